"""Users with options of their own, in one service, over the whole stack in memory."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from twisted.application.service import Service
from twisted.logger import capturedLogs, formatEvent
from zope.interface import implementer

from tests.stack.case import SILENT, StackTestCase, chat
from tiktoklive import capture
from tiktoklive.capture.recording import RecordedOpener
from tiktoklive.errors import InvalidUserOptionsError
from tiktoklive.events import Chat, Event, IEventObserver
from tiktoklive.interfaces import IOutput
from tiktoklive.options import Options
from tiktoklive.service import LiveService
from tiktoklive.users import UserOptions

#: A lane that leads nowhere.
LANE = "name=away,proxy=http://proxy.example:3128"

SECRET = "0123456789abcdef0123456789abcdef"


@implementer(IOutput, IEventObserver)
class Output(Service):
    """Remembers the comments that it gets, and everything by its user."""

    def __init__(self, name: str) -> None:
        self.setName(name)
        self.comments: list[str] = []
        self.users: set[str] = set()

    def event(self, event: Event) -> None:
        self.users.add(event.anchor)
        if isinstance(event, Chat):
            self.comments.append(event.comment)


class OwnCase(StackTestCase):
    """A service with two outputs; alice and bea are live."""

    def setUp(self) -> None:
        super().setUp()
        self.home = Path(self.mktemp()).absolute()
        self.home.mkdir()
        self.bea = self.tiktok.add_room("bea")
        self.service = self.make()

    def make(self, **options: Any) -> LiveService:
        """Another service on the same network."""
        service = LiveService(self.wire(Options(limits=SILENT, **options)))
        self.outputs = [Output("jsonl-1"), Output("web-2")]
        for output in self.outputs:
            service.add_observer(output)
        self.services.append(service)
        return service

    def file(self, name: str, text: str) -> str:
        """A private file."""
        path = self.home / name
        path.write_text(text)
        path.chmod(0o600)
        return str(path)

    def phases(self) -> dict[str, str]:
        """What each connection is doing."""
        return {name: state.phase for name, state in self.service.status().items()}

    def start(self, **own: UserOptions | None) -> None:
        """Follow these, with their options."""
        for name, options in own.items():
            self.service.add(name, options)
        self.service.startService()
        self.settle(10)  # a second guest waits for its turn, as look-ups do

    def say(self, *names: str) -> None:
        """A comment in the room of each, with the user's name."""
        for name in names:
            self.tiktok.rooms[name].push([chat(name)])
        self.settle()


class OwnTests(OwnCase):
    """What each of the options does."""

    def test_session(self) -> None:
        """Its account watches the user, as another guest, and no other user."""
        self.start(alice=None, bea=UserOptions(session_file=self.file("a", SECRET)))
        self.assertEqual({"alice": "live", "bea": "live"}, self.phases())
        handshakes = {dict(each.query)["room_id"]: each.cookies for each in self.handshakes()}
        ours, theirs = handshakes[self.room.room_id], handshakes[self.bea.room_id]
        self.assertNotIn("sessionid", ours)
        self.assertEqual(SECRET, theirs["sessionid"])
        self.assertNotEqual(ours["ttwid"], theirs["ttwid"])

    def test_sources(self) -> None:
        """A user has ways in of its own, and shares guest and look-ups with all others."""
        self.start(alice=None, bea=UserOptions(sources=("classic", "direct")))
        sources = {
            name: [each.name for each in self.service._roster.entry(name).wiring.sources]
            for name in ("alice", "bea")
        }
        self.assertEqual({"alice": ["direct"], "bea": ["classic", "direct"]}, sources)
        usual, own = (self.service._roster.entry(name).wiring for name in ("alice", "bea"))
        self.assertIs(usual.lookups, own.lookups)
        self.assertIs(usual.budgets, own.budgets)
        self.assertIs(usual.tiktok.identity, own.tiktok.identity)

    def test_gifts(self) -> None:
        """The list of gifts is asked for of that user alone."""
        self.start(alice=None, bea=UserOptions(enable_extended_gift_info=True))
        states = self.service.status()
        self.assertIsNone(states["alice"].available_gifts)
        self.assertTrue(states["bea"].available_gifts)

    def test_proxy(self) -> None:
        """All that is asked of the user goes to the proxy, and what is asked of others does not."""
        self.network.silence("proxy.example")
        self.start(alice=None, bea=UserOptions(proxy="http://proxy.example:3128"))
        self.assertEqual("live", self.phases()["alice"])
        self.assertEqual([("proxy.example", 3128)], self.network.waiting)
        asked = [value for each in self.tiktok.requests for _, value in each.query]
        self.assertIn("alice", asked)
        self.assertNotIn("bea", asked)
        self.assertNotIn(self.bea.room_id, asked)
        own = self.service._roster.entry("bea").wiring
        self.assertIsNot(self.service.wiring.lookups, own.lookups)
        self.assertIsNot(self.service.wiring.budgets, own.budgets)

    def test_status(self) -> None:
        """The log tells of the sources of all, and of those who have their own."""
        own = UserOptions(sources=("classic",))
        self.start(alice=None, bea=own, **{f"user{number}": own for number in range(6)})
        with capturedLogs() as logged:
            self.service.log_status()
        lines = [str(formatEvent(each)) for each in logged]
        self.assertIn("Source direct: works", lines)
        theirs = [line for line in lines if line.startswith("For @bea, @user0, ")]
        self.assertIn("@user3 and 2 more: Source classic: ", theirs[0])

    def test_recorded(self) -> None:
        """A recorder writes what users with other parts bring, too."""
        tape = self.home / "tape.jsonl"
        recorder = capture.Recorder(self.wiring.opener, tape, self.clock, per_user=True)
        around = partial(RecordedOpener, recorder)
        self.service = LiveService(replace(self.wiring, opener=recorder, around=around))
        self.services.append(self.service)
        self.start(alice=None, bea=UserOptions(session_file=self.file("a", SECRET)))
        for name in ("alice", "bea"):
            self.say(name)
            self.assertIn('"kind"', (self.home / f"tape-{name}.jsonl").read_text())

    def test_shared(self) -> None:
        """Users of the same options share their parts, which are closed after the last of them."""
        own = UserOptions(session_file=self.file("a", SECRET))
        self.start(alice=own, bea=own)
        made = self.service._book.wirings._made
        [(_, uses)] = made.values()
        self.assertEqual(2, uses)
        for name, left in (("alice", 1), ("bea", 0)):
            self.successResultOf(self.removed(name))
            self.assertEqual(left, len(made))

    def removed(self, name: str) -> Any:
        """The removal of a user, for which all time was given."""
        removing = self.service.remove(name)
        self.settle(5)
        return removing

    def test_outputs(self) -> None:
        """A user's events go to the outputs that were chosen, by kind or name, and all others'."""
        self.start(alice=UserOptions(outputs=("jsonl",)), bea=None)
        self.say("alice", "bea")
        jsonl, web = self.outputs
        self.assertEqual(["alice", "bea"], jsonl.comments)
        self.assertEqual((["bea"], {"bea"}), (web.comments, web.users))
        self.service.rename("alice", "anna")
        self.say("alice")
        self.assertEqual((3, 1), (len(jsonl.comments), len(web.comments)))
        self.service.remove("anna")
        self.service.add("alice", UserOptions(outputs=("web-2",)))
        self.settle(5)
        self.tiktok.rooms["alice"].push([chat("to the other")])
        self.settle()
        self.assertEqual(("to the other", 3), (web.comments[-1], len(jsonl.comments)))

    def test_all_observers(self) -> None:
        """Observers that are no outputs hear of all users; an output that comes later is chosen."""
        self.service.add_observer(self.seen)
        self.start(alice=UserOptions(outputs=("jsonl",)))
        late = Output("web-3")
        self.service.add_observer(late)
        self.say("alice")
        self.assertEqual((["alice"], []), (self.seen.comments(), late.comments))

    def test_nothing_left_out(self) -> None:
        """As long as all users have all outputs, nothing stands between these and the events."""
        self.start(alice=None)
        for each in self.service._dispatcher.subscriptions:
            self.assertEqual(each.observer.event, each.callbacks["event"])  # type: ignore[attr-defined]

    def test_refused(self) -> None:
        """What cannot be is refused before anything of it is followed."""
        for options, said in (
            (UserOptions(outputs=("sqlite",)), "no sqlite: there are jsonl-1, web-2"),
            (UserOptions(session_file=str(self.home / "x")), "cannot be read"),
        ):
            error = self.assertRaises(InvalidUserOptionsError, self.service.add, "bea", options)
            self.assertIn(said, str(error))
        self.assertEqual({}, self.service.status())

    def test_asked(self) -> None:
        """What is asked about a room is asked by the user's own account."""
        self.start(bea=UserOptions(session_file=self.file("a", SECRET)))
        self.service.room_info("bea")
        self.settle(1)
        self.assertEqual(SECRET, self.tiktok.requests[-1].cookies["sessionid"])

    def test_given_sources(self) -> None:
        """Who gives options from elsewhere opens no other port, and reads no file, by a source."""
        with patch.dict("os.environ", TIKTOKLIVE_BROWSER_TOKEN=SECRET):
            service = self.make(sources=("direct", "browser:8082"))
        for source in ("browser:unix:/tmp/x", "browser:0.0.0.0:80", "browser:ssl:1:privateKey=/x"):
            error = self.assertRaises(
                InvalidUserOptionsError, service.add_with, "bea", {"sources": ["direct", source]}
            )
            self.assertIn("sources: browser with an argument must be one of", str(error))
            self.assertIn("direct, browser:8082", str(error))
        for source in ("signed", "browser:8082"):
            self.assertEqual("bea", service.add_with("bea", {"sources": [source]}))
            service.remove("bea")


class LaneTests(OwnCase):
    """Users of a service with lanes."""

    def setUp(self) -> None:
        super().setUp()
        self.network.silence("proxy.example")
        self.service = self.make(lanes=("name=home,proxy=none", LANE))

    def asked(self) -> set[str]:
        """What was asked of TikTok that did not go to the proxy."""
        return {value for each in self.tiktok.requests for _, value in each.query}

    def test_lane(self) -> None:
        """A user stays in its lane, alone or with other options; another one in any."""
        own = UserOptions(lane="away", enable_extended_gift_info=True)
        self.start(alice=UserOptions(lane="home"), bea=UserOptions(lane="away"), cem=own)
        self.assertEqual("live", self.phases()["alice"])
        self.assertEqual("home", self.service.status()["alice"].lane)
        self.assertEqual("away", self.service.status()["bea"].lane)
        self.assertTrue({"bea", "cem", self.bea.room_id}.isdisjoint(self.asked()))
        self.assertEqual({"lane": "home"}, self.service.options_of("alice"))
        self.assertEqual("away", self.service.status()["cem"].lane)
        lanes: Any = self.service.wiring.lanes
        self.assertEqual([1, 2], [lane.users for lane in lanes.all])
        self.service.remove("cem")
        self.settle(5)
        self.assertEqual([1, 1], [lane.users for lane in lanes.all])

    def test_figures(self) -> None:
        """A lane has all users and streams that go by it, and not those with another proxy."""
        gifts = UserOptions(lane="home", enable_extended_gift_info=True)
        self.start(alice=gifts, bea=UserOptions(proxy="http://proxy.example:9"))
        self.assertEqual(["home", ""], [each.lane for each in self.service.status().values()])
        lanes: Any = self.service.wiring.lanes
        told = [(each.users, each.streams) for each in lanes.status()]
        self.assertEqual([(1, 1), (0, 0)], told)
        self.service.remove("alice")
        self.settle(5)
        self.assertEqual((0, 0), (lanes.status()[0].users, lanes.status()[0].streams))

    def test_shared(self) -> None:
        """Whoever has other parts in a lane asks as often as the lane may."""
        self.start(alice=UserOptions(lane="home", enable_extended_gift_info=True))
        lanes = self.service.wiring.lanes
        assert lanes is not None
        home, own = lanes.named("home").wiring, self.service._roster.entry("alice").wiring
        self.assertIs(home.lookups, own.lookups)
        self.assertIs(home.tiktok.identity, own.tiktok.identity)
        self.assertTrue(self.service.status()["alice"].available_gifts)

    def test_unknown(self) -> None:
        """A lane that is not there is refused by its name, and where there are none."""
        for service, said in (
            (self.service, "There is no lane 'x': choose of home, away"),
            (self.make(), "There are no lanes"),
        ):
            error = self.assertRaises(
                InvalidUserOptionsError, service.add, "bea", UserOptions(lane="x")
            )
            self.assertIn(f"lane: {said}", str(error))


class KeptTests(OwnCase):
    """Options of users who were added stay, without any secret."""

    def setUp(self) -> None:
        super().setUp()
        self.state = self.home / "state.json"

    def process(self) -> LiveService:
        """The next process with that file."""
        self.service = self.make(state=str(self.state))
        self.service.startService()
        self.settle(10)
        return self.service

    def end(self) -> None:
        """It stops."""
        self.service.stopService()
        self.settle(5)

    def test_kept(self) -> None:
        """The next process follows the user in the same way; the file holds no secret."""
        self.file("bea.session", SECRET)
        options = {"session_file": "bea.session", "outputs": ["jsonl"]}
        self.process().add_with("bea", options)
        self.end()
        self.assertNotIn(SECRET, self.state.read_text())
        service = self.process()
        self.assertEqual(options, service.options_of("bea"))
        self.assertEqual(SECRET, self.handshakes()[-1].cookies["sessionid"])
        self.say("bea")
        self.assertEqual([["bea"], []], [each.comments for each in self.outputs])

    def test_unfit(self) -> None:
        """Who cannot be followed as it is written is told, and stays; the others are followed."""
        self.file("bea.session", SECRET)
        self.process().add_with("bea", {"session_file": "bea.session"})
        self.service.add("alice")
        self.end()
        before = json.loads(self.state.read_bytes())
        (self.home / "bea.session").unlink()
        with capturedLogs() as logged:
            service = self.process()
        told = [formatEvent(each) for each in logged if each["log_level"].name == "error"]
        self.assertEqual(1, len(told))
        self.assertIn("@bea was added at run time, and cannot be followed: session_file", told[0])
        self.assertEqual({"alice": "live", "bea": "failed"}, self.phases())
        self.assertIn("cannot be read", service.status()["bea"].reason)
        self.assertEqual({"session_file": "bea.session"}, service.options_of("bea"))
        self.assertEqual(["bea"], list(service.lost()))
        self.assertRaises(ValueError, service.rename, "alice", "bea")
        self.end()
        users = {each["name"]: each for each in json.loads(self.state.read_bytes())["users"]}
        self.assertEqual({each["name"]: each for each in before["users"]}["bea"], users["bea"])

    def test_mended(self) -> None:
        """Such a user can be added anew, or removed."""
        user = '{"name": "%s", "options": {"colour": "red"}}'
        users = ", ".join(user % name for name in ("alice", "bea"))
        self.state.write_text(f'{{"v": 1, "users": [{users}]}}')
        service = self.process()
        self.assertEqual({}, service.options_of("bea"))
        self.successResultOf(service.remove("bea"))
        service.add("alice")
        self.settle(1)
        self.assertEqual({"alice": "live"}, self.phases())
        self.end()
        self.assertNotIn("colour", self.state.read_text())
