"""The overlays beside the chat, and the page that builds their addresses, in a real browser."""

from __future__ import annotations

import struct
from functools import partial
from pathlib import Path
from typing import Any

from tests.browser.case import BrowserCase
from tests.browser.house import call
from tests.browser.messages import chat, followed, present, subscribed, super_fan, user
from tests.browser.test_overlay import CONNECTED, lines
from tiktoklive.simulator import RandomScript
from tiktoklive.wire.common_pb2 import User

#: Remember which sounds are played, and what is said.
LISTEN = """
    window.played = [];
    HTMLMediaElement.prototype.play = function () {
        played.push(decodeURIComponent(new URL(this.src).pathname));
        return Promise.resolve();
    };
    speechSynthesis.speak = (said) => {
        played.push(said.text);
        said.dispatchEvent(new Event("end"));
    };
"""
#: What makes a look: of an element, after a selector.
LOOK = """
    const style = (document, selector) => {
        const found = getComputedStyle(document.querySelector(selector));
        return ["fontSize", "color", "backgroundColor", "textShadow", "fontFamily"].map(
            (each) => found[each]);
    };
"""


def silence(path: Path) -> None:
    """Write a sound in which nothing is to be heard."""
    head = b"WAVEfmt " + struct.pack("<IHHIIHH", 16, 1, 1, 8000, 8000, 1, 8)
    data = b"data" + struct.pack("<I", 8) + b"\x80" * 8
    path.write_bytes(b"RIFF" + struct.pack("<I", len(head + data)) + head + data)


class ChatTests(BrowserCase):
    """How the chat looks, and what it leaves out."""

    async def test_options(self) -> None:
        """Each viewer has a colour, an initial below the portrait, a side; some are left out."""
        await self.house.open()
        query = "fade=0&box=transparent&align=right&min=100&ignore=@User8,nobody&commands=0"
        await self.open(f"/overlay/chat?{query}", until=CONNECTED)
        moderator = User(id=11, unique_id="mod", nickname="محمد", user_attr={"is_admin": True})
        spoken = [
            chat("hello"),
            chat("ignored", number=8),
            chat("!command"),
            chat("! no command", "Ann", 9),
            present(99, 1, "Cheap"),
            present(100, 2, "Dear", moderator),
        ]
        self.house.room.push(spoken)
        await self.wait(lines("Bob hello", "Ann ! no command", "محمد gave Dear ×1"))
        shown = await self.run_in_page(
            """
            const [first, second] = document.querySelectorAll("li.chat");
            const of = (selector) => first.querySelector(selector);
            const edges = (selector) => of(selector).getBoundingClientRect();
            const colour = (line) => getComputedStyle(line.querySelector(".name")).color;
            return [
                of(".portrait").dataset.initial,
                edges(".portrait").left > edges(".body").right - 1,
                colour(first) !== colour(second),
                getComputedStyle(of(".text")).textShadow.split("px 0px").length > 8,
                getComputedStyle(of(".text")).unicodeBidi,
                document.querySelector("li.gift bdi").textContent,
            ];
            """
        )
        self.assertEqual(["B", True, True, True, "isolate", "محمد"], shown)

    async def test_pictures(self) -> None:
        """A portrait is laid over the initial when it has come, and not before."""
        self.house.has_pictures = True
        await self.house.open()
        await self.open("/overlay/chat?fade=0", until=CONNECTED)
        pictures = self.house.room.pictures
        method, payload, *_ = next(RandomScript(5, mix={"chat": 1}, pictures=pictures).messages())
        self.house.room.push([(method, payload), chat("nowhere")])
        covered = "[...document.querySelectorAll('.portrait')].map((each) => [%s])"
        shown = "each.classList.contains('covered'), each.querySelector('img')?.naturalWidth > 0"
        expected = "[[true,true],[false,false]]"
        await self.wait(f"JSON.stringify({covered % shown}) === '{expected}'")
        initials = await self.run_in_page(f"return {covered % 'each.dataset.initial'}")
        self.assertTrue(all(each for [each] in initials))


class AlertTests(BrowserCase):
    """One after the other, with their sounds."""

    async def alerts(self, query: str) -> None:
        """Open the alerts, with files of the user's, and listen."""
        folder = Path(self.mktemp()).absolute()
        folder.mkdir()
        for name in ("small", "large", "huge", "follow", "sub", "fan"):
            silence(folder / f"{name}.wav")
        self.house.tokens = {"TIKTOKLIVE_WEB_FILES": str(folder)}
        await self.house.open()
        await self.open(f"/overlay/alerts?{query}", until=CONNECTED)
        await self.run_in_page(LISTEN)

    async def test_tiers(self) -> None:
        """Each tier of gifts, and each other kind, has its look, its words and its sound."""
        sounds = "sound1=small.wav&sound2=large.wav&sound3=huge.wav&soundfollow=follow.wav"
        more = "&soundsub=sub.wav&soundfan=fan.wav&soundshare=../etc/passwd.wav&speech=1"
        await self.alerts(f"seconds=1&tiers=5,100,1000&pictures=0&{sounds}{more}")
        expected = [
            (present(4, 1), None, ""),  # cheaper than the first tier
            (present(5, 2, "Rose"), "alert gift tier1", "Bob\ngave Rose\n5\ndiamonds"),
            (present(100, 3), "alert gift tier2", "Bob\ngave Lion\n100\ndiamonds"),
            (present(30_000, 4), "alert gift tier3", "Bob\ngave Lion\n30,000\ndiamonds"),
            (followed(), "alert follow tier1", "Bob\nfollowed"),
            (subscribed(), "alert sub tier1", "Bob\nsubscribed, for 3 months"),
            (super_fan(), "alert fan tier1", "Bob\nbecame a super fan"),
        ]
        heard: list[str] = []
        files = iter(("small", "large", "huge", "follow", "sub", "fan"))
        for message, looks, text in expected:
            self.house.room.push([message])
            if looks is None:
                continue
            shown = "document.querySelector('.alert:not(.leaving)')"
            await self.wait(
                f"{shown}?.className === arguments[0] && {shown}.innerText === arguments[1]",
                looks,
                text,
            )
            said = " ".join(text.split("\n")[:2])
            heard += [f"/files/{next(files)}.wav", said]
            self.assertEqual(heard, await self.run_in_page("return played"))
        asked = {each.rpartition("/files/")[2] for each in await call(self.browser.requested)}
        self.assertLessEqual({"small.wav", "huge.wav", "fan.wav"}, asked)
        self.assertEqual([], await self.complaints())

    async def test_bound(self) -> None:
        """Of more than may wait the cheapest are left out; followers are told together."""
        await self.alerts("seconds=60&queue=3&tiers=1,100,1000&pictures=0")
        self.house.room.push([present(1, 1)])
        await self.wait("document.querySelector('.alert')")
        self.house.room.push([followed("Ann", 8), followed("Eve", 9), followed("Zoe", 10)])
        await self.wait("document.body.dataset.waiting === '1'")
        self.house.room.push([present(each, each) for each in (*range(100, 200), 5000)])
        await self.wait("document.body.dataset.dropped === '99'")
        self.assertEqual("3", await self.run_in_page("return document.body.dataset.waiting"))


class BuilderTests(BrowserCase):
    """The page that builds addresses."""

    async def set(self, name: str, value: Any) -> None:
        """Fill in an option."""
        await self.run_in_page(
            """
            const field = document.getElementById(`option-${arguments[0]}`);
            if (typeof arguments[1] === "boolean") field.checked = arguments[1];
            else field.value = arguments[1];
            field.dispatchEvent(new Event("change", { bubbles: true }));
            """,
            name,
            value,
        )

    async def test_address(self) -> None:
        """The address gives exactly what the preview shows, style sheet of one's own included."""
        folder = Path(self.mktemp()).absolute()
        folder.mkdir()
        (folder / "mine.css").write_text(".alert { letter-spacing: 7px; }")
        silence(folder / "ding.wav")
        self.house.tokens = {"TIKTOKLIVE_WEB_FILES": str(folder)}
        await self.house.open()
        await self.open(
            "/overlays#alerts", until="document.querySelector('#option-css option + option')"
        )
        for name, value in (
            ("size", "44"),
            ("box", "ff000080"),
            ("font", "DejaVu Serif"),
            ("outline", "4"),
            ("css", "mine.css"),
            ("sound1", "ding.wav"),
            ("seconds", "30"),
            ("colour", "red; } * { display: none"),  # which is no colour
            ("speech", True),
        ):
            await self.set(name, value)
        await self.run_in_page("document.getElementById('room').value = '@alice'")
        await self.set("pictures", False)
        frame = "document.getElementById('frame').contentDocument"
        await self.wait(f"{frame}.body?.dataset.link === 'open'")
        address = await self.run_in_page("return document.getElementById('address').value")
        self.assertEqual(
            f"{self.house.address}/overlay/alerts?room=alice&seconds=30&size=44&font=DejaVu+Serif"
            "&box=ff000080&outline=4&pictures=0&css=mine.css&sound1=ding.wav&speech=1",
            address,
        )
        within = await self.run_in_page(f"return {frame}.location.href")
        self.assertEqual(address, within)
        self.house.room.push([present(200, 1)])
        await self.wait(f"{frame}.querySelector('.alert') !== null")
        spaced = ", getComputedStyle({0}.querySelector('.alert')).letterSpacing"
        preview = await self.run_in_page(
            f"{LOOK} return [style({frame}, '.alert'){spaced.format(frame)}]"
        )
        self.addCleanup(call, self.browser.resize, 1280, 860)
        await call(self.browser.resize, 800, 500)
        await self.open(address.removeprefix(self.house.address), until=CONNECTED)
        self.house.room.push([present(200, 2)])
        await self.wait("document.querySelector('.alert')")
        alone = await self.run_in_page(
            f"{LOOK} return [style(document, '.alert'){spaced.format('document')}]"
        )
        self.assertEqual(preview, alone)
        self.assertEqual(["rgb(255, 255, 255)", "rgba(255, 0, 0, 0.5)"], alone[0][1:3])
        self.assertEqual("7px", alone[1])
        self.assertEqual([], await self.complaints())

    async def test_usual(self) -> None:
        """Each kind's usual address has nothing in it, and its overlay opens without complaint."""
        await self.house.open()
        await self.open("/overlays", until="document.getElementById('address').value")
        frame = "document.getElementById('frame').contentDocument"
        for kind in ("alerts", "goal", "top", "counter", "ticker", "battle", "poll", "chat"):
            await self.click(f"#kinds input[value={kind}] + span")
            await self.wait(f"{frame}.body?.dataset.kind === arguments[0]", kind)
            await self.wait(f"{frame}.body.dataset.link === 'open'")
            shown = await self.run_in_page("return document.getElementById('address').value")
            self.assertEqual(f"{self.house.address}/overlay/{kind}", shown)
        self.assertEqual([], await self.complaints())

    async def test_offered(self) -> None:
        """It offers the rooms and the user's files, and asks for the token that this needs."""
        folder = Path(self.mktemp())
        folder.mkdir()
        silence(folder / "ding.wav")
        token = "read-0123456789abcdef"
        self.house.tokens = {
            "TIKTOKLIVE_WEB_FILES": str(folder),
            "TIKTOKLIVE_WEB_READ_TOKEN": token,
        }
        await self.house.open("alice", "bert")
        await self.open("/overlays#alerts", until="document.getElementById('ask').open")
        await self.click("#token")
        await call(partial(self.browser.press, *token, "\ue007"))
        offered = "[...document.querySelectorAll('#rooms option')].map((each) => each.value).join()"
        await self.wait(f"{offered} === 'alice,bert'")
        await self.wait("document.querySelector('#option-sound1 option[value=\"ding.wav\"]')")

    async def test_samples(self) -> None:
        """A test event of each kind, and of each tier of gifts, is shown by the preview."""
        await self.house.open()
        await self.open("/overlays", until="document.getElementById('address').value")
        frame = "document.getElementById('frame').contentDocument"
        told = "document.getElementById('sample-told').textContent === 'Sent to 1 open overlay.'"
        for kind, sample, shown in (
            ("alerts", "gift1", ".alert.tier1"),
            ("alerts", "gift2", ".alert.tier2"),
            ("alerts", "gift3", ".alert.tier3"),
            ("alerts", "superFan", ".alert.fan"),
            ("chat", "chat", "li.chat"),
            ("ticker", "follow", ".item.follow"),
            ("top", "gift3", ".giver"),
            ("battle", "battle", ".side + .side"),
            ("poll", "poll", ".answer"),
            ("goal", "like", ".full[style*='0.015']"),
        ):
            await self.click("#kinds input[value=counter] + span")
            await self.click(f"#kinds input[value={kind}] + span")
            await self.wait(f"{frame}.body?.dataset.kind === arguments[0]", kind)
            await self.wait(f"{frame}.body.dataset.link === 'open'")
            await self.click(f"[data-sample={sample}]")
            await self.wait(f"{frame}.querySelector({shown!r}) !== null && {told}")
        self.assertEqual([], await self.complaints())


class TickerTests(BrowserCase):
    """What runs through the picture."""

    async def test_runs(self) -> None:
        """Items follow each other from right to left; who wants no motion sees them in place."""
        await self.house.open()
        await self.open("/overlay/ticker?speed=200&show=gift,chat", until=CONNECTED)
        self.house.room.push([present(10, 1), chat("second", "Ann", 8)])
        await self.wait("document.querySelectorAll('.item').length > 1")
        left = "document.querySelector('.item').getBoundingClientRect().left"
        before = await self.run_in_page(f"return {left}")
        await self.wait(f"{left} < arguments[0] - 20", before)
        await call(lambda: self.browser.prefer(prefers_reduced_motion="reduce"))
        self.addCleanup(call, self.browser.prefer)
        await self.open("/overlay/ticker", until=CONNECTED)
        self.house.room.push([present(10, 3, "Rose", user("Eve", 9))])
        await self.wait("document.querySelector('.item')?.getAnimations().length === 0")
        self.assertLess(await self.run_in_page(f"return {left}"), 40)
