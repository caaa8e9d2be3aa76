"""What a simulator can be told through its API, and by whom."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Final

from twisted.internet.defer import Deferred, succeed
from twisted.web.client import Agent, HTTPConnectionPool, readBody
from twisted.web.http_headers import Headers
from twisted.web.iweb import IBodyProducer
from zope.interface import implementer

from tests.reactors import MemoryReactor
from tests.stack.case import StackTestCase
from tiktoklive.errors import UserOfflineError
from tiktoklive.events import Chat, Gift, Paused, StreamEnd
from tiktoklive.options import Options
from tiktoklive.simulator import Faults
from tiktoklive.simulator.control import ACTIONS, MOST, SimulatorControl
from tiktoklive.simulator.settings import TOKEN

SECRET: Final = "simulate-0123456789abcdef"


@implementer(IBodyProducer)
class Body:
    """The short body of a request."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.length = len(data)

    def startProducing(self, consumer: Any) -> Deferred[None]:
        """Write it all."""
        consumer.write(self._data)
        return succeed(None)

    def stopProducing(self) -> None:
        """It is written already."""

    pauseProducing = resumeProducing = stopProducing


class ControlTestCase(StackTestCase):
    """A simulator that is told things, at port 8091 of this machine."""

    def setUp(self) -> None:
        super().setUp()
        self.reactor: Any = MemoryReactor()
        self.control = SimulatorControl(self.reactor, "tcp:8091", {TOKEN: SECRET})
        self.control.open(self.tiktok)
        self.addCleanup(lambda: Deferred.fromCoroutine(self.control.close()))
        [(port, factory, *_, interface)] = self.reactor.tcpServers
        self.assertEqual((8091, "127.0.0.1"), (port, interface))
        self.network.add("127.0.0.1", 8091, factory)

    def ask(
        self, method: str, path: str, body: Any = None, token: str | None = SECRET, **headers: str
    ) -> tuple[int, Any]:
        """Ask for something: status, and what the answer's JSON says."""
        sent = {"Content-Type": "application/json", **headers}
        if token is not None:
            sent["Authorization"] = f"Bearer {token}"
        pool = HTTPConnectionPool(self.clock)
        agent: Any = Agent.usingEndpointFactory(self.clock, self.network, pool)
        content = None if body is None else Body(json.dumps(body).encode())
        lines = Headers({name.replace("_", "-"): [value] for name, value in sent.items()})
        asked = agent.request(
            method.encode(), f"http://127.0.0.1:8091{path}".encode(), lines, content
        )
        self.network.flush()
        response = self.successResultOf(asked)
        read = readBody(response)
        self.network.flush()
        pool.closeCachedConnections()
        self.network.flush()
        return response.code, json.loads(self.successResultOf(read) or b"null")

    def tell(self, path: str, /, **body: Any) -> Any:
        """Let something happen; what is said of it."""
        status, said = self.ask("POST", path, body)
        self.assertIn(status, (200, 201), said)
        return said


class TellingTests(ControlTestCase):
    """What happens then."""

    def test_visitors(self) -> None:
        """What visitors are to say and give is seen by those who follow the room."""
        self.live()
        self.tell("/api/rooms/alice/visitor", user="mod", moderator=True)
        self.tell("/api/rooms/@Alice/say", user="mod", text="!dice")
        self.tell("/api/rooms/alice/gift", user="bob", gift="Lion")
        self.settle()
        self.assertEqual("!dice", self.seen.only(Chat).comment)
        self.assertTrue(self.seen.only(Chat).user.is_moderator)
        self.assertEqual("Lion", self.seen.only(Gift).gift_name)

    def test_all_actions(self) -> None:
        """Each action can be told, with no more than it needs, and answers with the room."""
        needed = {
            **{name: {} for name in ("live", "end", "pause", "resume")},
            "say": {"user": "bob", "text": "x"},
            "ask": {"user": "bob", "question": "x"},
            "watch": {"count": 5},
        }
        for action in sorted(ACTIONS, key=lambda name: name == "end"):
            with self.subTest(action):
                body = needed.get(action, {"user": "bob"})
                said = self.tell(f"/api/rooms/alice/{action}", **body)
                self.assertEqual("alice", said["name"])

    def test_broadcast(self) -> None:
        """A broadcast is paused, resumed, ended, and another begins."""
        self.live()
        self.tell("/api/rooms/alice/pause")
        self.settle()
        self.assertEqual(1, self.seen.only(Paused).action)
        self.assertEqual("live", self.tell("/api/rooms/alice/resume")["status"])
        before = self.room.room_id
        said = self.tell("/api/rooms/alice/end", action=4)
        self.settle()
        self.assertEqual(4, self.seen.only(StreamEnd).action)
        self.assertEqual("ended", said["status"])
        status, said = self.ask("POST", "/api/rooms/alice/say", {"user": "bob", "text": "x"})
        self.assertEqual((400, True), (status, "not live" in said["error"]))
        self.assertNotEqual(before, self.tell("/api/rooms/alice/live")["room_id"])

    def test_users(self) -> None:
        """Users are added, live or not, looked at, and renamed."""
        said = self.tell("/api/rooms", name="@carol", title="Hello", nickname="C")
        self.assertEqual(("carol", "live", "Hello"), (said["name"], said["status"], said["title"]))
        self.assertEqual("ended", self.tell("/api/rooms", name="dan", live=False)["status"])
        status, said = self.ask("POST", "/api/rooms", {"name": "CAROL"})
        self.assertEqual((400, "There is a @CAROL already."), (status, said["error"]))
        status, said = self.ask("PATCH", "/api/rooms/carol", {"name": "carol2", "title": "New"})
        self.assertEqual((200, "carol2", "New"), (status, said["name"], said["title"]))
        self.assertEqual(404, self.ask("GET", "/api/rooms/carol")[0])
        self.assertEqual(200, self.ask("GET", "/api/rooms/carol2")[0])
        _, said = self.ask("GET", "/api/rooms")
        self.assertEqual(["alice", "dan", "carol2"], [each["name"] for each in said["rooms"]])
        connection = self.connection("dan")
        connected = connection.connect()
        self.settle()
        self.refused(connected, UserOfflineError)

    def test_faults(self) -> None:
        """What goes wrong is asked for by the name of the fault, and is forgotten by DELETE."""
        self.live()
        self.tell("/api/faults", fault="cut", how="reset", user="alice")
        self.settle(10)
        self.assertEqual(2, len(self.room.all_viewers))
        self.tell("/api/faults", fault="garbage", kind="text", times=2)
        self.tell("/api/faults", fault="answer", path="/@alice", how="500", times=None)
        self.tell("/api/faults", fault="refuse", message="DEVICE_BLOCKED", code="415")
        self.tell("/api/faults", fault="sign_server", how="rate limit")
        self.tell("/api/faults", fault="at_random", rates={"reset": 1.0})
        status, _ = self.ask("DELETE", "/api/faults")
        self.assertEqual(200, status)
        self.room.say("bob", "1")
        self.settle(5)
        self.assertEqual(2, len(self.room.all_viewers))
        self.assertEqual(["1"], self.seen.comments())

    def test_all_forgotten(self) -> None:
        """Each fault is forgotten by DELETE, whichever part of the simulator it is of."""
        _, said = self.ask("GET", "/api")
        needed: dict[str, dict[str, Any]] = {
            "answer": {"path": "/api-live/user/room/", "how": "500"},
            "misinform": {"how": "user not found"},
            "challenge": {"path": "/@alice"},
            "delay_handshakes": {"seconds": 9},
            "hide": {"share": 1},
            "garbage": {"kind": "text"},
            "at_random": {"rates": {"reset": 1}},
            "sign_server": {"how": "rate limit"},
            "sign_url": {"how": "rate limit"},
        }
        ways = {"sign_server": "signed", "sign_relay": "signed", "sign_url": "classic"}
        for fault in said["faults"]:
            with self.subTest(fault):
                self.tell("/api/faults", fault=fault, **needed.get(fault, {}))
                self.assertEqual(200, self.ask("DELETE", "/api/faults")[0])
                refused = len(self.tiktok.refused)
                self.wiring = self.wire(Options(sources=(ways.get(fault, "direct"),)))
                self.live(self.connection(wiring=self.wiring))
                self.room.say("bob", fault)
                self.settle(5)
                self.assertEqual(fault, self.seen.comments()[-1])
                self.assertEqual(refused, len(self.tiktok.refused))
                self.stop_all()
                self.services.clear()

    def test_every_fault(self) -> None:
        """The faults that a test can ask for by one call can be asked for here, with their keys."""
        _, said = self.ask("GET", "/api")
        asked = {"cut", "silence", "deafen", "garbage", "answer", "delay_handshakes", "clear"}
        self.assertLessEqual(asked | {"refuse_resumes", "at_random"}, set(said["faults"]))
        self.assertEqual("close or abort or reset, or left out", said["faults"]["cut"]["how"])
        inner = {name for name in vars(Faults) if name.startswith(("of_", "meet", "hold"))}
        self.assertTrue(inner)
        self.assertEqual(set(), inner & set(said["faults"]))
        self.assertEqual(set(ACTIONS), set(said["actions"]))
        self.assertEqual(
            {"user": "a text", "text": "a text", "language": "a text, or left out"},
            said["actions"]["say"],
        )

    def test_documented(self) -> None:
        """The documentation names each action, and each fault that is no method of Faults."""
        page = (Path(__file__).parents[2] / "doc" / "daemon.rst").read_text("utf-8")
        [table] = re.findall(r"(?s)``GET /api``\n(.*?)``POST /api/sessions``", page)
        for name in (*ACTIONS, "refuse", "challenge", "sign_server", "sign_relay", "sign_url"):
            self.assertRegex(table, rf"(``|/){name}``")

    def test_sessions(self) -> None:
        """A session is given out, and what is said with it is heard."""
        session = self.tell("/api/sessions", name="carol")["session_id"]
        connection = self.live()
        sent = connection.send_message("hello", session)
        self.settle(2)
        self.successResultOf(sent)
        self.assertEqual("carol", self.seen.only(Chat).user.unique_id)


class RefusalTests(ControlTestCase):
    """What is not told, or not by whom it may be."""

    def test_tokens(self) -> None:
        """Without the token nothing is said and nothing happens."""
        for token in (None, "", "wrong-0123456789abcdef", SECRET[:-1]):
            for method, path in (
                ("GET", "/api/rooms"),
                ("POST", "/api/rooms/alice/end"),
                ("GET", "/api"),
            ):
                status, said = self.ask(method, path, {} if method == "POST" else None, token)
                self.assertEqual((401, "token"), (status, said["code"]))
        self.assertTrue(self.room.is_live)

    def test_others_pages(self) -> None:
        """A page of another site, or one that has its name lead here, is refused."""
        for headers in ({"Origin": "https://evil.example"}, {"Host": "evil.example"}):
            status, _ = self.ask("POST", "/api/rooms/alice/end", {}, **headers)
            self.assertEqual(403, status)
        status, _ = self.ask("POST", "/api/rooms/alice/end", {}, Content_Type="text/plain")
        self.assertEqual(415, status)
        self.assertTrue(self.room.is_live)

    def test_nonsense(self) -> None:
        """What makes no sense is refused in one sentence that says what would."""
        for path, body, words in (
            ("/api/rooms/alice/say", {"user": "bob"}, "Text is missing"),
            ("/api/rooms/alice/say", {"user": "bob", "text": 1}, "Text must be a text"),
            ("/api/rooms/alice/say", {"user": "b", "text": "x" * 1001}, "Text must be a text"),
            ("/api/rooms/alice/say", {"who": "bob"}, "There is no key 'who': there are user, text"),
            ("/api/rooms/alice/gift", {"user": "bob", "gift": "Moon"}, "Rose"),
            ("/api/rooms/alice/like", {"user": "bob", "count": 1.5}, "whole number"),
            ("/api/rooms/alice/like", {"user": "bob", "count": True}, "whole number"),
            ("/api/rooms/alice/dance", {}, "In a room there are live, end"),
            ("/api/rooms/nobody/end", {}, "no such user"),
            ("/api/rooms", {"name": "a b"}, "'a b' is not a TikTok username"),
            ("/api/faults", {"fault": "boom"}, "fault must be one of"),
            ("/api/faults", {"fault": ["cut"]}, "fault must be one of"),
            ("/api/faults", {"fault": "meet"}, "fault must be one of"),
            ("/api/faults", {"fault": "cut", "how": "gently"}, "close or abort or reset"),
            ("/api/faults", {"fault": "cut", "user": "nobody"}, "There is no user 'nobody'"),
            ("/api/faults", {"fault": "cut", "times": MOST + 1}, f"{MOST} at most"),
            ("/api/faults", {"fault": "delay_handshakes", "seconds": "1"}, "Seconds must be"),
            ("/api/faults", {"fault": "delay_handshakes", "seconds": -1}, "Seconds must be"),
            ("/api/faults", {"fault": "delay_handshakes", "seconds": 1e308}, "from 0 to 86400"),
            ("/api/faults", {"fault": "sign_url", "how": "kindly"}, "No failure 'kindly'"),
            ("/api/faults", {"fault": "at_random", "rates": {"reset": "x"}}, "table of numbers"),
            ("/api/sessions", {}, "Name is missing"),
            ("/api/faults", [], "an object of JSON"),
        ):
            status, said = self.ask("POST", path, body)
            self.assertIn(status, (400, 404), path)
            self.assertIn(words, said["error"])
            self.assertTrue(said["error"].endswith("."), said)

    def test_size(self) -> None:
        """A body that is too large is refused."""
        status, _ = self.ask("POST", "/api/rooms/alice/say", {"user": "b", "text": "x" * 20_000})
        self.assertEqual(413, status)

    def test_many_users(self) -> None:
        """There is an end to the users that can be added."""
        rooms = self.tiktok.rooms
        rooms |= {str(number): self.room for number in range(MOST)}
        status, said = self.ask("POST", "/api/rooms", {"name": "carol"})
        self.assertEqual((400, f"There are {MOST} users already."), (status, said["error"]))


class ListeningTests(StackTestCase):
    """Where it listens, and for whom."""

    def make(self, endpoint: str = "tcp:8091", **environ: str) -> SimulatorControl:
        """One that does not listen yet."""
        reactor: Any = MemoryReactor()
        return SimulatorControl(reactor, endpoint, environ)

    def test_no_token(self) -> None:
        """Without a token, or with one that can be guessed, it is not made."""
        for environ in ({}, {TOKEN: "short"}, {f"{TOKEN}_FILE": "/nowhere"}):
            error = self.assertRaises(ValueError, self.make, **environ)
            self.assertIn(TOKEN, str(error))

    def test_file(self) -> None:
        """The token may stand in a file that only its owner can read."""
        path = Path(self.mktemp())
        path.write_text(SECRET)
        path.chmod(0o644)
        self.assertRaises(ValueError, self.make, **{f"{TOKEN}_FILE": str(path)})
        path.chmod(0o600)
        self.make(**{f"{TOKEN}_FILE": str(path)})

    def test_no_endpoint(self) -> None:
        """What is no endpoint is refused."""
        self.assertRaises(ValueError, self.make, "8091x", **{TOKEN: SECRET})
