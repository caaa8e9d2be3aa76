"""What readers do with the reader page: look for, mark, hide, save, compare; and its numbers."""

from __future__ import annotations

import json
import time
from functools import partial

from tests.browser.case import CHOOSE, COMMENTS, BrowserCase, shows
from tests.browser.house import call
from tests.browser.messages import chat, gift, poll, present, watching
from tests.browser.test_boards import battle
from tiktoklive.options import Options
from tiktoklive.session.retry import Patience
from tiktoklive.simulator import RandomScript

TOKEN = "control-token-of-this-test"

#: Type something into a field.
TYPE = """
    const field = document.querySelector(arguments[0]);
    field.value = arguments[1];
    field.dispatchEvent(new Event("input", {bubbles: true}));
"""
#: What is to be seen of the comments.
SEEN = """[...document.querySelectorAll('.chat')].filter((each) => each.checkVisibility())
    .map((each) => each.querySelector('.text').textContent)"""
#: What the numbers beside the feed say: viewers, diamonds, the names of the givers.
NUMBERS = """JSON.stringify([document.getElementById('watching').textContent,
    document.getElementById('diamonds').textContent,
    [...document.querySelectorAll('#givers .name')].map((each) => each.textContent)])"""
#: A condition: the room is live.
LIVE = "document.getElementById('phase').textContent === 'live'"


class NumbersTests(BrowserCase):
    """The numbers belong to a broadcast, and are the server's."""

    def say(self, watching: str, diamonds: str, *givers: str) -> str:
        """A condition: the numbers say so."""
        wanted = json.dumps(
            [watching, diamonds, list(givers)], separators=(",", ":"), ensure_ascii=False
        )
        return f"{NUMBERS} === {json.dumps(wanted)}"

    async def test_broadcast(self) -> None:
        """They survive a reload, are the same in two tabs, rest offline, and begin anew."""
        self.house.settings = Options(patience=Patience(offline=0.5))
        await self.house.open()
        await self.open()
        room = self.house.room
        room.push([watching(507), gift(5, end=True)])
        await self.wait(self.say("507", "5", "Bob"))
        await self.open(until=self.say("507", "5", "Bob"))
        await call(self.browser.open_tab)
        await self.open(until=self.say("507", "5", "Bob"))
        await call(self.browser.close_tab)
        await self.wait("document.querySelector('#chart-diamonds .bar')")
        await self.wait(
            "document.querySelector('#chart-viewers title').textContent.includes('507')"
        )
        room.end()
        await self.wait(self.say("–", "5", "Bob"))
        await self.wait("document.getElementById('chatting').textContent === '0'")
        await self.wait(f"!({LIVE})")
        room.go_live()
        await self.wait(LIVE)
        room.push([watching(12), gift(2, end=True, name="Eve")])
        await self.wait(self.say("12", "2", "Eve"))
        await self.open(until=self.say("12", "2", "Eve"))


class FindingTests(BrowserCase):
    """Search, words that stand out, people, and what is saved."""

    async def test_finding(self) -> None:
        """Lines are looked for and marked; one user's card is opened, and their lines hidden."""
        await self.house.open()
        await self.open()
        talk = [
            chat("red apples", "Ann", 8),
            chat("Green pears", "Bob", 9),
            chat("grapes", "Ann", 8),
        ]
        self.house.room.push([*talk, gift(3, name="Bob", end=True)])
        await self.wait(shows("red apples", "Green pears", "grapes"))
        await self.run_in_page(TYPE, "#search", "PEARS")
        await self.wait(f"JSON.stringify({SEEN}) === '[\"Green pears\"]'")
        await self.wait("document.querySelector('.chat mark').textContent === 'pears'")
        await self.run_in_page(TYPE, "#search", "")
        await self.wait(f"{SEEN}.length === 3 && !document.querySelector('mark')")
        await self.run_in_page(TYPE, "#words", "apples, grape")
        await self.wait("document.querySelectorAll('.highlight').length === 2")
        await self.run_in_page("document.querySelector('.scroller').focus()")
        for key in ("\ue007", "\ue013", "\ue007"):  # enter, up, enter: the last but one
            await call(self.browser.press, key)
        person = "document.getElementById('person')"
        await self.wait(f"{person}.open && {person}.querySelectorAll('.said li').length === 2")
        text = await self.run_in_page(f"return {person}.innerText")
        for wanted in ("Ann", "@user8", "Id 8", "2 comments", "0 gifts", "no archive", "grapes"):
            self.assertIn(wanted, text)
        profile = await self.run_in_page("return document.querySelector('.profile').href")
        self.assertEqual("https://www.tiktok.com/@user8", profile)
        await self.click("#person .ignore")
        await self.click("#person .main")
        await self.wait(f"JSON.stringify({SEEN}) === '[\"Green pears\"]'")
        await self.open(until=f"JSON.stringify({SEEN}) === '[\"Green pears\"]'")
        await self.click("#settings-menu summary")
        for form, first in (("txt", "Bob: Green pears"), ("csv", "time,room"), ("jsonl", "{")):
            await self.run_in_page("URL.createObjectURL = (b) => ((window.saved = b.text()), '#')")
            await self.click(f"[data-export={form}]")
            saved = await self.run_in_page("return window.saved")
            self.assertIn(first, saved)
            self.assertIn("Green pears", saved)
            self.assertIn("Rose", saved)
            self.assertNotIn("apples", saved)
        await self.click("#ignored button")
        await self.wait(f"{SEEN}.length === 3")
        await self.click("#sample")
        told = "document.getElementById('sample-told').textContent"
        await self.wait(f"{told} === 'Sent to 0 open overlays.'")

    async def test_many_rooms(self) -> None:
        """As many rooms stand side by side as older lines are fetched of, and the page says so."""
        names = [f"user{number}" for number in range(7)]
        await self.house.open(*names)
        await self.open()
        words = "document.querySelector('.older').textContent"
        await self.wait(f"{words} === 'Older lines of the first 6 rooms'")
        await self.run_in_page(CHOOSE, "user3")
        await self.wait(f"{words} === 'Older lines'")
        await self.run_in_page(CHOOSE, "")
        await self.click("#rooms-menu summary")
        await self.click("#side-by-side")
        await self.wait("document.querySelectorAll('.column').length === 6")
        await self.click("#side-by-side")

    async def test_rooms(self) -> None:
        """Rooms stand side by side, and are added and removed with the token, asked for once."""
        self.house.tokens = {"TIKTOKLIVE_WEB_TOKEN": TOKEN}
        self.house.settings = Options(session_id=self.house.simulator.add_session())
        await self.house.open("alice", "bert")
        self.house.simulator.add_room("carla")
        await self.open()
        for name in ("alice", "bert"):
            self.house.simulator.rooms[name].push([chat(f"at {name}")])
        await self.wait(f"{COMMENTS}.length === 2")
        await self.click("#rooms-menu summary")
        await self.click("#side-by-side")
        columns = "[...document.querySelectorAll('.column')].map((each) => each.innerText)"
        await self.wait(f"{columns}.length === 2")
        first, second = await self.run_in_page(f"return {columns}")
        self.assertIn("at alice", first)
        self.assertNotIn("at alice", second)
        await self.run_in_page(TYPE, "#new-room", "@carla")
        await self.click("#add-room button")
        await self.wait("document.getElementById('ask').open")
        await self.wait("document.querySelector('#ask .reason').textContent.includes('rooms')")
        await self.run_in_page("document.getElementById('token').value = arguments[0]", TOKEN)
        await self.click("#ask button.main")
        await self.wait(f"{columns}.length === 3")
        await self.click("#followed li:first-child button")
        await self.wait(f"{columns}.length === 2")
        names = "[...document.querySelectorAll('#followed .name')].map((each) => each.textContent)"
        await self.run_in_page(CHOOSE, "bert")
        await self.wait("document.getElementById('speak').checkVisibility()")
        await self.run_in_page(TYPE, "#speak input", "hello, <b>everybody</b>")
        await self.click("#speak button")
        await self.wait("document.querySelector('#speak [role=status]').textContent !== 'Sending…'")
        said = "return document.querySelector('#speak [role=status]').textContent"
        self.assertEqual("Sent.", await self.run_in_page(said))
        self.assertEqual(["@bert", "@carla"], await self.run_in_page(f"return {names}.sort()"))
        await self.run_in_page(CHOOSE, "")
        await self.click("#rooms-menu summary")
        for left in (1, 0):
            await self.click("#followed li:first-child button")
            await self.wait(f"{names}.length === {left}")
        await self.open("/moderator", until="document.body.innerText.includes('add one on')")


class CardsTests(BrowserCase):
    """What is going on beside the talk, and how gifts and people are told apart."""

    async def test_cards(self) -> None:
        """Battle, poll, goal, pin, caption and rank have cards, whose times count down."""
        await self.house.open()
        await self.open()
        room = self.house.room
        methods = ("RoomPin", "Caption", "RankUpdate", "GoalUpdate", "Barrage")
        for method in methods:
            name = f"Webcast{method}Message"
            room.push([(name, next(RandomScript(1, mix={name: 1}).messages())[1])])
        room.push([poll(), *battle(time.time())])
        for kind, text in {
            "pin": "look at this",
            "caption": "welcome everybody",
            "rank": "Ranking 6",
            "goal": "192 of 200",
            "poll": "",
            "battle": "Ends in ",
        }.items():
            shown = f"document.querySelector('.moment.{kind}')?.textContent.includes('{text}')"
            await self.wait(shown)
        left = "document.querySelector('.moment.battle .countdown').textContent"
        before = await self.run_in_page(f"return {left}")
        await self.wait(f"{left} !== arguments[0]", before)
        titles = "[...document.querySelectorAll('.line.card .title')].map((e) => e.textContent)"
        for title in ("Pinned", "Poll", "A battle begins"):
            await self.wait(f"{titles}.includes({title!r})")
        level = "[...document.querySelectorAll('.line.sub')].map((each) => each.innerText).join()"
        await self.wait(
            f"{level}.includes('Joost van Dijk') && {level}.includes('reached level 33')"
        )

    async def test_gifts(self) -> None:
        """A dear gift stands out more than a cheap one; a letter stands for what has no picture."""
        await self.house.open()
        await self.open()
        self.house.room.push([gift(1, end=True), present(29999, 5)])
        await self.wait(
            "document.querySelector('.gift.tier-0') && document.querySelector('.tier-4')"
        )
        heights = "return ['.tier-0', '.tier-4'].map((e) => document.querySelector(e).offsetHeight)"
        cheap, dear = await self.run_in_page(heights)
        self.assertGreater(dear, cheap)
        letter = "return document.querySelector('.tier-0 .gift-picture').textContent"
        self.assertEqual("R", await self.run_in_page(letter))
        times = "return document.querySelector('.tier-4 time').checkVisibility()"
        await call(partial(self.browser.resize, 390, 844, phone=True))
        self.addCleanup(call, self.browser.resize, 1280, 860)
        self.assertTrue(await self.run_in_page(times))
