"""The overlay page in a real browser, and the reader's button that tries it."""

from __future__ import annotations

from tests.browser.case import BrowserCase
from tests.browser.house import call
from tests.browser.messages import chat, deletion, followed, gift

CONNECTED = "document.body.dataset.link === 'open'"
LINES = "[...document.querySelectorAll('li')].map((each) => each.innerText)"
#: The page said that the token was wrong.
WRONG = "document.querySelector('#ask .wrong').checkVisibility()"


def lines(*texts: str) -> str:
    """A condition: these lines are shown, in this order."""
    return f"JSON.stringify({LINES}) === JSON.stringify({list(texts)!r})"


class OverlayTests(BrowserCase):
    """What the overlay shows, and for how long."""

    async def overlay(self, query: str = "") -> None:
        """Open an overlay on a room."""
        await self.house.open()
        await self.open(f"/overlay?{query}", until=CONNECTED)

    async def test_shown(self) -> None:
        """Comments and gifts as text, a streak on one line; the page behind is transparent."""
        await self.overlay("pictures=0")
        self.house.room.push([chat("hello"), gift(1)])
        await self.wait(lines("Bob hello", "Bob gave Rose ×1"))
        self.house.room.push([chat("<b>bold</b>"), gift(7, end=True)])
        await self.wait(lines("Bob hello", "Bob gave Rose ×7", "Bob <b>bold</b>"))
        body = "return getComputedStyle(document.body).backgroundColor"
        self.assertEqual("rgba(0, 0, 0, 0)", await self.run_in_page(body))
        own = self.house.address.removeprefix("http://")
        self.assertEqual({own}, await self.hosts())
        self.assertEqual([], await self.complaints())

    async def test_renamed(self) -> None:
        """Overlays, their numbers and the reader go on when the user whom they name is renamed."""
        token = "control-token-of-this-test"
        self.house.tokens = {"TIKTOKLIVE_WEB_TOKEN": token}
        await self.overlay("fade=0&pictures=0&room=alice")
        await call(self.browser.open_tab)
        await self.open("/#alice")
        self.house.room.push([chat("one")])
        await self.wait("document.querySelector('#feed').innerText.includes('one')")
        rename = """
            const [old, name, token] = arguments;
            fetch(`/api/rooms/${old}`, {method: "PATCH", body: JSON.stringify({name}), headers:
                {"Content-Type": "application/json", Authorization: `Bearer ${token}`}});
        """
        await self.run_in_page(rename, "alice", "alice.new", token)
        await self.wait("location.hash === '#alice.new'")
        self.house.room.push([chat("two")])
        await self.wait("document.querySelector('#feed').innerText.includes('two')")
        await call(self.browser.close_tab)
        await self.wait(lines("Bob one", "Bob two"))
        script = """
            return import("/static/overlay-numbers.js").then(({Numbers}) => {
                let told = {};
                const numbers = new Numbers((shape) => (told = shape));
                numbers.take({anchor: "alice", room: "7", comments: 1});
                numbers.take({anchor: "alice.new", room: "7", comments: 2});
                numbers.take({anchor: "bert", room: "8", comments: 5});
                return told.comments;
            });
        """
        self.assertEqual(7, await self.run_in_page(script))

    async def test_fade(self) -> None:
        """A line goes after its time, others stay theirs."""
        await self.overlay("fade=0.4")
        self.house.room.push([chat("soon gone")])
        await self.wait(lines("Bob soon gone"))
        await self.wait("document.querySelector('li.leaving')")
        await self.wait(lines())
        self.house.room.push([chat("the next")])
        await self.wait(lines("Bob the next"))

    async def test_stays(self) -> None:
        """Without fading, a line stays until more lines than wanted push it out."""
        await self.overlay("fade=0&lines=2")
        self.house.room.push([chat("one"), chat("two"), chat("three")])
        await self.wait(lines("Bob two", "Bob three"))

    async def test_deleted(self) -> None:
        """What moderation removes is gone at once, a message as well as all of a user's."""
        await self.overlay("fade=0")
        self.house.room.push(
            [
                (*chat("rude", number=8), 4711),
                chat("spam", number=9),
                chat("more spam", number=9),
                chat("kind"),
            ]
        )
        await self.wait("document.querySelectorAll('li').length === 4")
        self.house.room.push([deletion(messages=(4711,))])
        await self.wait(lines("Bob spam", "Bob more spam", "Bob kind"))
        self.house.room.push([deletion(users=(9,))])
        await self.wait(lines("Bob kind"))

    async def test_deleted_in_one_room(self) -> None:
        """Who was removed from one room is still shown of another, where all are shown."""
        await self.house.open("alice", "bert")
        alice, bert = (self.house.simulator.rooms[name] for name in ("alice", "bert"))
        for path in ("chat?fade=0", "ticker?show=chat&speed=150", "alerts?seconds=60&show=follow"):
            await self.open(f"/overlay/{path}", until=CONNECTED)
            kind = "" if "alerts" in path else path[:4]
            alice.push([chat(f"{kind} one"), followed("Bob", 7)])
            if kind:
                bert.push([chat(f"{kind} two")])
                await self.wait(f"document.body.innerText.includes('{kind} one')")
                await self.wait(f"document.body.innerText.includes('{kind} two')")
                alice.push([deletion(users=(7,))])
                await self.wait(f"!document.body.innerText.includes('{kind} one')")
                await self.wait(f"document.body.innerText.includes('{kind} two')")
            else:
                await self.wait("document.querySelector('.alert.follow')")
                alice.push([deletion(users=(7,))])
                await self.wait("!document.querySelector('.alert')")

    async def test_parameters(self) -> None:
        """What is shown, size, direction, side and colours are those of the address."""
        query = (
            "room=alice&show=gift&size=40&direction=down&align=right&colour=00f&names=gold&box=f00"
        )
        await self.overlay(query)
        self.house.room.push([chat("not wanted"), gift(2)])
        await self.wait("document.querySelectorAll('li').length === 1")
        shown = await self.run_in_page(
            """
            const style = (selector) => getComputedStyle(document.querySelector(selector));
            return [
                style("li").fontSize, style("li").color, style("li").backgroundColor,
                style("bdi").color, style("#lines").flexDirection, style("#lines").alignItems,
            ];
            """
        )
        expected = ["40px", "rgb(0, 0, 255)", "rgb(255, 0, 0)", "rgb(255, 215, 0)"]
        self.assertEqual([*expected, "column-reverse", "flex-end"], shown)

    async def test_reduced_motion(self) -> None:
        """Who wants no motion gets none: lines come and go at once."""
        await call(lambda: self.browser.prefer(prefers_reduced_motion="reduce"))
        self.addCleanup(call, self.browser.prefer)
        await self.overlay("fade=0.2")
        self.house.room.push([chat("still")])
        look = "document.querySelector('li') && getComputedStyle(document.querySelector('li'))"
        await self.wait(f"{look}?.animationName === 'none'")
        await self.wait(lines())

    async def test_lost(self) -> None:
        """What happens while the connection is lost is shown when it is back, and once."""
        await self.overlay("fade=0")
        self.house.room.push([chat("one")])
        await self.wait(lines("Bob one"))
        await self.house.cut()
        self.house.room.push([chat("two")])
        await self.wait(lines("Bob one", "Bob two"))
        await self.wait(CONNECTED)
        self.house.room.push([chat("three")])
        await self.wait(lines("Bob one", "Bob two", "Bob three"))

    async def test_lost_at_once(self) -> None:
        """So is what happens while it is lost before anything was shown at all."""
        await self.overlay("fade=0&show=chat")
        await self.house.cut()
        self.house.room.push([chat("one")])
        await self.wait(lines("Bob one"))

    async def test_restart(self) -> None:
        """After the server was restarted a line is neither shown again nor missed."""
        await self.overlay("fade=0")
        self.house.room.push([chat("one")])
        await self.wait(lines("Bob one"))
        await self.house.stop()
        await self.wait("document.body.dataset.link === 'waiting'")
        await self.house.start()
        await self.wait(CONNECTED)
        self.house.room.push([chat("two")])
        await self.wait(lines("Bob one", "Bob two"))

    async def test_sample(self) -> None:
        """The reader's button asks for the control token; overlays show the sample, nobody else."""
        self.house.tokens = {"TIKTOKLIVE_WEB_TOKEN": "control-token-of-this-test"}
        await self.overlay("fade=0&room=alice")
        await call(self.browser.open_tab)
        await self.open("/", until="document.getElementById('link').dataset.state === 'open'")
        await self.click("#sample")
        for token in ("not-the-right-token", "control-token-of-this-test"):
            await self.wait("document.getElementById('ask').open")
            await self.run_in_page("document.getElementById('token').value = arguments[0]", token)
            await self.click("#ask button.main")
            await self.wait("!document.getElementById('ask').open || " + WRONG)
        told = "document.getElementById('sample-told').textContent"
        await self.wait(f"{told} === 'Sent to 1 open overlay.'")
        shown = "return document.querySelectorAll('.chat, .gift').length"
        self.assertEqual(0, await self.run_in_page(shown))
        await call(self.browser.close_tab)
        await self.wait("document.querySelector('li.chat')?.textContent")
        await self.wait("document.querySelector('li.gift .times')?.textContent === '×3'")

    async def test_no_control(self) -> None:
        """On this machine, where there is no token at all, the button needs none either."""
        await self.house.open()
        await self.open("/", until="document.getElementById('link').dataset.state === 'open'")
        await self.click("#sample")
        told = "document.getElementById('sample-told').textContent"
        await self.wait(f"{told} === 'Sent to 0 open overlays.'")

    async def test_token(self) -> None:
        """An overlay takes its token from its address, and says when that is not the right one."""
        self.house.tokens = {
            "TIKTOKLIVE_WEB_READ_TOKEN": "read-token-of-this-test",
            "TIKTOKLIVE_WEB_OVERLAY_TOKEN": "overlay-token-of-this-test",
        }
        await self.house.open()
        await self.open("/overlay?token=wrong", until="document.querySelector('.problem')")
        await self.open("/overlay?token=overlay-token-of-this-test&fade=0", until=CONNECTED)
        self.house.room.push([chat("let in")])
        await self.wait(lines("Bob let in"))

    async def test_no_such_room(self) -> None:
        """A room that cannot be is told to the overlay's owner in the server's words."""
        await self.house.open()
        await self.open("/overlay?room=no%20name", until="document.querySelector('.problem')")

    async def test_many(self) -> None:
        """Twenty overlays and a reader in one browser all show what happens."""
        await self.house.open()
        for _ in range(20):
            await self.open("/overlay?fade=0", until="document.body.dataset.link")
            await call(self.browser.open_tab)
        await self.open()
        self.house.room.push([chat("to all of you")])
        await self.wait("document.querySelector('.chat .text')?.textContent === 'to all of you'")
        for _ in range(20):
            await call(self.browser.close_tab)
            await self.wait(lines("Bob to all of you"))
