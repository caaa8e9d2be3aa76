"""The WebSocket: what comes, what a client may say, and who is dropped."""

from __future__ import annotations

from tests.outputs.web.case import WebCase
from tiktoklive.outputs.web.fanout import BEAT
from tiktoklive.outputs.web.sse import LAST_WORDS


class SocketTests(WebCase):
    """What a client gets."""

    def test_events(self) -> None:
        """Each message is an envelope with its position."""
        listener = self.socket()
        everything = {"types": None, "rooms": None}
        self.assertEqual(everything, listener.greeting["subscribed"])
        self.assertRegex(listener.greeting["seq"], r"^[0-9a-f]+-0$")
        self.happen("hello")
        [message] = listener.messages
        self.assertEqual((1, "chat", "hello"), (message["v"], message["event"], listener.said[0]))
        self.assertRegex(message["seq"], r"^[0-9a-f]+-1$")

    def test_subscribe(self) -> None:
        """A client chooses types and rooms at any time, and is told what it has chosen."""
        listener = self.socket()
        listener.say({"subscribe": {"types": ["chat", "gift"], "rooms": ["@Bob"]}})
        self.network.flush()
        chosen = {"types": ["chat", "gift"], "rooms": ["bob"]}
        [answer] = listener.messages
        self.assertEqual((chosen, listener.greeting["seq"]), (answer["subscribed"], answer["seq"]))
        self.happen("hers")
        self.happen("his", anchor="bob")
        self.assertEqual(["his"], listener.said)
        listener.say({"subscribe": {}})
        self.network.flush()
        everything = {"types": None, "rooms": None}
        self.assertEqual(everything, listener.messages[-1]["subscribed"])
        self.happen("hers too")
        self.assertEqual(["his", "hers too"], listener.said)

    def test_bound(self) -> None:
        """A subscription has at most 200 names of each kind, and one with more changes nothing."""
        names = [f"u{number}" for number in range(201)]
        listener = self.socket()
        for kind, given in (("rooms", names), ("types", ["chat"] * 201)):
            listener.say({"subscribe": {kind: given}})
            self.network.flush()
            answer = listener.messages.pop()
            self.assertEqual("message", answer["code"])
            self.assertIn(f"{kind} must be a list of at most 200", answer["error"])
        self.happen("to all")
        self.assertEqual(["to all"], listener.said)
        listener.say({"subscribe": {"rooms": names[:200], "types": ["chat"] * 200}})
        self.network.flush()
        answer = listener.messages[-1]["subscribed"]
        self.assertEqual((200, ["chat"]), (len(answer["rooms"]), answer["types"]))

    def test_bound_in_address(self) -> None:
        """So it is in an address, of a socket and of an event stream."""
        rooms = ",".join(f"u{number}" for number in range(201))
        types = ",".join(["chat"] * 201)
        for path in ("/ws", "/events"):
            for query in (f"rooms={rooms}", f"types={types}"):
                refused = self.ask(f"{path}?{query}")
                self.assertEqual(400, refused.status, path)
                self.assertIn("may name 200 at most", refused.json["error"])
        allowed = rooms.rpartition(",")[0]
        for path, status in (("/ws", 426), ("/events", 200)):
            self.assertEqual(status, self.ask(f"{path}?rooms={allowed},").status)

    def test_query(self) -> None:
        """The address may say the same, and ask for the last events."""
        self.happen("one")
        self.happen("other", anchor="bob")
        self.assertEqual(["one"], self.socket("/ws?rooms=anna&backlog=5&types=chat").said)

    def test_resume(self) -> None:
        """A client goes on where it was, and is told whether anything is missing."""
        first = self.socket()
        self.happen("before")
        position = first.messages[0]["seq"]
        self.happen("missed")
        for listener in (self.socket(), self.socket(f"/ws?last={position}")):
            if not listener.messages:
                listener.say({"resume": position})
            self.network.flush()
            self.assertEqual({"resumed": {"complete": True}}, listener.messages[0])
            self.assertEqual(["missed"], listener.said)
        strange = self.socket()
        strange.say({"resume": "zz-4"})
        self.network.flush()
        self.assertEqual({"resumed": {"complete": False}}, strange.messages[0])
        self.assertEqual(["before", "missed"], strange.said)

    def test_resume_start(self) -> None:
        """One to whom nothing had happened yet knows where to go on, too."""
        self.happen("before")
        listener = self.socket("/ws?types=gift&backlog=5")
        self.happen("missed")
        again = self.socket(f"/ws?last={listener.greeting['seq']}")
        self.assertEqual({"resumed": {"complete": True}}, again.messages[0])
        self.assertEqual(["missed"], again.said)
        self.assertEqual(again.messages[-1]["seq"], again.greeting["seq"])

    def test_nonsense(self) -> None:
        """What makes no sense is answered with a sentence, and changes nothing."""
        listener = self.socket()
        for message in (
            "hello",
            {},
            {"unsubscribe": 1},
            {"subscribe": []},
            {"subscribe": {"types": "chat"}},
            {"subscribe": {"types": ["nonsense"]}},
            {"subscribe": {"rooms": ["no body"]}},
            {"subscribe": {"rooms": [7]}},
            {"subscribe": {"room": ["anna"]}},
            {"resume": 7},
        ):
            listener.say(message)
            self.network.flush()
            self.assertEqual({"error", "code"}, set(listener.messages.pop()), message)
        listener.sendMessage(b"\x00", True)
        listener.sendMessage(b"[" * 5000)
        self.network.flush()
        self.assertEqual(["message"] * 2, [each["code"] for each in listener.messages])
        self.happen("hello")
        self.assertEqual(["hello"], listener.said)

    def test_too_large(self) -> None:
        """A message that is too large ends the connection."""
        listener = self.socket()
        listener.sendMessage(b" " * 10_000)
        self.network.flush()
        self.assertEqual((True, 1009), (listener.is_over, listener.code))

    def test_stays(self) -> None:
        """One who is told that it is closed, and does not go, is cut off."""
        listener = self.socket()
        listener.sendMessage(b" " * 10_000)
        listener._dataReceived = lambda data: None  # it does not hear that
        self.network.flush()
        self.happen("unheard")
        self.assertEqual(1, len(self.web.fanout))
        self.pass_time(BEAT)
        self.assertEqual(0, len(self.web.fanout))

    def test_too_many(self) -> None:
        """A client that says too much is closed with a code that says so."""
        listener = self.socket()
        for _ in range(60):
            listener.say({"subscribe": {}})
        self.network.flush()
        self.assertEqual((True, 1008), (listener.is_over, listener.code))
        patient = self.socket()
        for _ in range(60):
            patient.say({"subscribe": {}})
            self.pass_time(0.25)
        self.assertFalse(patient.is_over)

    def test_beat(self) -> None:
        """A quiet connection is pinged, and is there afterwards."""
        listener = self.socket()
        seen: list[bytes] = []
        listener.onPing = seen.append  # type: ignore[method-assign]
        self.pass_time(BEAT)
        self.assertEqual([b""], seen)

    def test_no_upgrade(self) -> None:
        """A plain request there is told what it is."""
        self.assertEqual(426, self.ask("/ws").status)

    def test_stop(self) -> None:
        """When the server stops it says so, after all that happened."""
        listener = self.socket()
        self.say("last words")
        stopped = self.web.stopService()
        self.network.flush()
        self.successResultOf(stopped)
        self.assertEqual((["last words"], 1001), (listener.said, listener.code))

    def test_silent(self) -> None:
        """Stopping does not wait for ever for one who is gone without a word."""
        self.socket()
        self.network.connections[-1].frozen = True
        stopped = self.web.stopService()
        self.pass_time(LAST_WORDS)
        self.assertNoResult(stopped)  # the network has not told anybody yet
        self.network.connections[-1].frozen = False
        self.network.flush()
        self.successResultOf(stopped)


class SlowTests(WebCase):
    """Clients that don't read as fast as things happen."""

    def test_dropped(self) -> None:
        """A slow client is closed with 4008, and others notice nothing."""
        slow, fast = self.socket(), self.socket()
        slow.transport.pauseProducing()
        for number in range(40):
            self.happen(f"{number} " + "x" * 50_000)
        slow.transport.resumeProducing()
        self.network.flush()
        self.assertEqual((True, 4008), (slow.is_over, slow.code))
        self.assertEqual([str(n) for n in range(40)], [each.split()[0] for each in fast.said])
        self.assertEqual(1, self.web.queues()[0].dropped)

    def test_cut_off(self) -> None:
        """One that takes nothing at all is cut off."""
        slow = self.socket()
        slow.transport.pauseProducing()
        for _ in range(40):
            self.happen("x" * 50_000)
        self.pass_time(LAST_WORDS)
        self.assertEqual(0, len(self.web.fanout))
