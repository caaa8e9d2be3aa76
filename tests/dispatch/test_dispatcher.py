"""Events reach their observers in order, and nothing else is decoded."""

from __future__ import annotations

from typing import Any

from twisted.internet.defer import Deferred
from twisted.trial.unittest import SynchronousTestCase
from zope.interface import implementer

from tests.stack.case import CHAT, Recorder, chat
from tiktoklive.dispatch.dedup import DedupWindow
from tiktoklive.dispatch.dispatcher import NAMES_KEPT, Dispatcher
from tiktoklive.errors import MessageError
from tiktoklive.events import (
    Chat,
    Control,
    DecodedData,
    Error,
    Event,
    IEventObserver,
    IRawObserver,
    Origin,
    RawData,
    StreamEnd,
)
from tiktoklive.wire.batches import build_batch, parse_batch
from tiktoklive.wire.speech_pb2 import WebcastChatMessage

#: Ends in the middle of a field: decodes as nothing.
BAD = b"\x0a\xff"
LIKE = "WebcastLikeMessage"
SOCIAL = "WebcastSocialMessage"
CONTROL = "WebcastControlMessage"
SHOPPING = "WebcastOecLiveShoppingMessage"
FOLLOWS, SHARES = b"\x20\x01", b"\x20\x03"
ENDS = b"\x10\x03"
ORIGIN = Origin("alice", "7137682087200557829", 1_700_000_000_000, "test")


class DispatchTestCase(SynchronousTestCase):
    """A dispatcher, and a list of what was observed."""

    def setUp(self) -> None:
        self.dispatcher = Dispatcher()
        self.seen = DedupWindow(512)
        self.log: list[Any] = []

    def deliver(self, *messages: tuple[str, bytes], number: int = 0) -> StreamEnd | Control | None:
        """Deliver messages as one batch, without ids unless a number is given for the first."""
        numbered = [
            (method, payload, number and number + index, False)
            for index, (method, payload) in enumerate(messages)
        ]
        batch = parse_batch(build_batch(numbered, cursor="c"))
        return self.dispatcher.messages(list(batch.messages), lambda: ORIGIN, self.seen)

    def note(self, *words: Any) -> Any:
        """A function that notes these words, and the event."""
        return lambda event: self.log.append((*words, event.name))


class OrderTests(DispatchTestCase):
    """Who gets what first."""

    def test_as_added(self) -> None:
        """Observers get an event in the order in which they were added, functions or not."""

        @implementer(IEventObserver)
        class All:
            def __init__(self, note: Any) -> None:
                self.event = note

        self.dispatcher.on("chat", self.note(1))
        self.dispatcher.add_observer(All(self.note(2)))
        self.dispatcher.on(Chat, self.note(3))
        self.deliver(chat("hi"))
        self.assertEqual([1, 2, 3], [number for number, _ in self.log])

    def test_raw_data_first(self) -> None:
        """All raw data of a batch, unknown types too, comes before its other events."""
        raw: list[RawData] = []

        @implementer(IRawObserver)
        class Raw:
            def __init__(self, note: Any) -> None:
                self.decoded_data = note

            def raw_data(self, event: RawData) -> None:
                raw.append(event)
                self.decoded_data(event)

        self.dispatcher.add_observer(Raw(self.note()))
        self.dispatcher.on("chat", self.note())
        self.deliver(chat("hi"), ("Novelty", b"\x01"), (LIKE, b""), number=7)
        names = [name for (name,) in self.log]
        self.assertEqual(["rawData"] * 3 + ["decodedData", "chat", "decodedData"], names)
        self.assertEqual([CHAT, "Novelty", LIKE], [event.method for event in raw])
        self.assertEqual(
            (chat("hi")[1], "7", ORIGIN), (raw[0].payload, raw[0].msg_id, raw[0].origin)
        )

    def test_decoded_data(self) -> None:
        """Decoded data carries the event that follows, and its shape."""
        decoded: list[DecodedData] = []
        events: list[Chat] = []
        self.dispatcher.on(DecodedData, decoded.append)
        self.dispatcher.on(Chat, events.append)
        self.deliver(chat("hi"))
        self.assertIs(events[0], decoded[0].event)
        self.assertEqual((CHAT, "hi"), (decoded[0].method, decoded[0].as_dict()["comment"]))

    def test_derived(self) -> None:
        """follow and share come directly after their social, streamEnd after its control."""
        self.dispatcher.on("event", self.note())
        self.deliver((SOCIAL, FOLLOWS), chat("hi"), (SOCIAL, SHARES), (CONTROL, ENDS))
        self.assertEqual(
            ["social", "follow", "chat", "social", "share", "controlMessage", "streamEnd"],
            [name for (name,) in self.log],
        )

    def test_derived_alone(self) -> None:
        """Whoever observes only follow or share gets it."""
        self.dispatcher.on("share", self.note())
        self.deliver((SOCIAL, FOLLOWS), (SOCIAL, SHARES))
        self.assertEqual([("share",)], self.log)


class DecodingTests(DispatchTestCase):
    """Only what is observed is decoded."""

    def test_unobserved(self) -> None:
        """A message that nobody observes may be damaged: nobody notices."""
        self.dispatcher.on(Chat, self.note())
        self.dispatcher.on(Error, self.note())
        self.deliver((LIKE, BAD), chat("hi"))
        self.assertEqual([("chat",)], self.log)
        self.assertEqual({}, dict(self.dispatcher.undecodable))

    def test_observed(self) -> None:
        """The same message, observed, is an error, counted and skipped."""
        self.dispatcher.on("like", self.note())
        errors: list[Error] = []
        self.dispatcher.on(Error, errors.append)
        self.deliver((LIKE, BAD), chat("hi"))
        self.assertEqual(([], {LIKE: 1}), (self.log, dict(self.dispatcher.undecodable)))
        [error] = errors
        self.assertIsInstance(error.exception, MessageError)
        self.assertIs(ORIGIN, error.origin)
        self.assertIsNotNone(error.exception.__cause__)

    def test_raw_only(self) -> None:
        """Raw data is not decoded."""
        self.dispatcher.on(RawData, self.note())
        self.dispatcher.on(Error, self.note())
        self.deliver((LIKE, BAD))
        self.assertEqual([("rawData",)], self.log)

    def test_unobserved_again(self) -> None:
        """What nobody observes any more is not decoded any more."""
        subscription = self.dispatcher.on("like", self.note())
        self.deliver((LIKE, b""))
        subscription.remove()
        self.dispatcher.on(Error, self.note())
        self.deliver((LIKE, BAD))
        self.assertEqual([("like",)], self.log)

    def test_control(self) -> None:
        """Control messages are decoded even if nobody observes anything: they may be the end."""
        end = self.deliver(chat("hi"), (CONTROL, ENDS))
        assert end is not None
        self.assertEqual((3, ORIGIN), (end.action, end.origin))
        pause = self.deliver((CONTROL, b"\x10\x02"), (CONTROL, b"\x10\x01"), chat("hi"))
        assert isinstance(pause, Control)
        self.assertEqual(1, pause.action)

    def test_control_of_before(self) -> None:
        """What control messages say that are history is not so any more: it is only told."""
        for what in ("controlMessage", "streamEnd"):
            self.dispatcher.on(what, self.note())
        for action in range(1, 5):
            batch = parse_batch(build_batch([(CONTROL, bytes([0x10, action]), action, True)]))
            self.assertIsNone(self.dispatcher.messages(batch.messages, lambda: ORIGIN, self.seen))
        self.assertEqual([("controlMessage",)] * 4, self.log)

    def test_told_once_a_minute(self) -> None:
        """Damaged messages of one name in one room are one error, and a count a minute later."""
        errors: list[Error] = []
        self.dispatcher.on(Error, errors.append)
        self.dispatcher.on("like", self.note())
        self.dispatcher.on("social", self.note())
        origin = ORIGIN

        def deliver(method: str) -> None:
            batch = parse_batch(build_batch([(method, BAD, 0, False)]))
            self.dispatcher.messages(batch.messages, lambda: origin, self.seen)

        for method in (LIKE, SOCIAL, LIKE, LIKE, SOCIAL):
            deliver(method)
        self.assertEqual(["message decoding failed"] * 2, [error.info for error in errors])
        origin = ORIGIN._replace(anchor="bob")
        deliver(LIKE)
        self.assertEqual(3, len(errors))
        origin = ORIGIN._replace(received_at=ORIGIN.received_at + 60_000)
        deliver(LIKE)
        self.assertEqual(
            "message decoding failed (2 times more since this was told)", errors[-1].info
        )
        self.assertEqual({LIKE: 5, SOCIAL: 2}, dict(self.dispatcher.undecodable))

    def test_unknown(self) -> None:
        """Unknown types are raw data, for observers of everything, and counted."""
        events: list[Any] = []
        self.dispatcher.on("event", events.append)
        self.deliver(("Novelty", BAD), ("Novelty", b""))
        self.assertEqual(["Novelty", "Novelty"], [event.method for event in events])
        self.assertEqual({"Novelty": 2}, dict(self.dispatcher.unknown))

    def test_event(self) -> None:
        """An event knows its payload, its number and where it came from."""
        events: list[Chat] = []
        self.dispatcher.on(Chat, events.append)
        self.deliver(chat("hi"), number=99)
        [event] = events
        self.assertEqual((chat("hi")[1], 99, "99"), (event.payload, event.number, event.msg_id))
        self.assertEqual(f"{ORIGIN.room_id}:99", event.id)
        self.assertIs(ORIGIN, event.origin)

    def test_seen(self) -> None:
        """A message whose id was delivered before is dropped, for raw observers too."""
        for what in (Chat, RawData):
            self.dispatcher.on(what, self.note())
        self.deliver(chat("hi"), number=5)
        self.deliver(chat("hi"), chat("new"), number=5)
        self.assertEqual([("rawData",), ("chat",)] * 2, self.log)
        self.assertEqual(1, self.seen.dropped)

    def test_without_id(self) -> None:
        """Messages without an id are all delivered."""
        self.dispatcher.on(Chat, self.note())
        self.deliver(chat("hi"), chat("hi"))
        self.assertEqual([("chat",)] * 2, self.log)

    def test_inner_id(self) -> None:
        """Where the batch tells no id, the one inside the message is its id: as good as any."""
        numbers: list[tuple[int, str]] = []
        self.dispatcher.on(Chat, lambda event: numbers.append((event.number, event.id)))
        inside = WebcastChatMessage(common={"msg_id": 77}, content="hi").SerializeToString()
        self.deliver((CHAT, inside), (CHAT, inside))
        self.deliver((CHAT, inside), number=77)
        self.deliver((CHAT, inside), chat("hi"))
        self.assertEqual([(77, f"{ORIGIN.room_id}:77")], numbers[:1])
        self.assertEqual((2, 3), (len(numbers), self.seen.dropped))
        self.deliver((CHAT, BAD))
        self.assertEqual({CHAT: 1}, dict(self.dispatcher.undecodable))

    def test_memory(self) -> None:
        """The latest ids are remembered, old ones are forgotten."""
        self.seen = DedupWindow(8)
        self.dispatcher.on(Chat, self.note())
        for number in range(1, 41):
            self.deliver(chat("hi"), number=number)
        for number in (40, 39, 38, 37):
            self.deliver(chat("again"), number=number)
        self.assertEqual((40, 4), (len(self.log), self.seen.dropped))
        self.deliver(chat("from long ago"), number=1)
        self.assertEqual((41, 4), (len(self.log), self.seen.dropped))


class RemovalTests(DispatchTestCase):
    """Observers can go."""

    def test_subscription(self) -> None:
        """What on() returns removes it, once and again."""
        subscription = self.dispatcher.on(Chat, self.note(1))
        self.dispatcher.on(Chat, self.note(2))
        subscription.remove()
        subscription.remove()
        self.deliver(chat("hi"))
        self.assertEqual([(2, "chat")], self.log)

    def test_same_function_twice(self) -> None:
        """A function that was added twice is called twice; each is removed for itself."""
        note = self.note()
        first = self.dispatcher.on(Chat, note)
        self.dispatcher.on(Chat, note)
        self.deliver(chat("hi"))
        first.remove()
        self.deliver(chat("hi"))
        self.assertEqual(3, len(self.log))

    def test_observer(self) -> None:
        """remove_observer() removes an observer, by identity."""
        one, two = Recorder(), Recorder()
        self.dispatcher.add_observer(one)
        self.dispatcher.add_observer(two)
        self.dispatcher.remove_observer(one)
        self.deliver(chat("hi"))
        self.assertEqual(([], ["chat"]), (one.names(), two.names()))

    def test_not_there(self) -> None:
        """Removing an observer that is not there is an error."""
        recorder = Recorder()
        self.assertRaises(ValueError, self.dispatcher.remove_observer, recorder)
        self.dispatcher.add_observer(recorder).remove()
        self.assertRaises(ValueError, self.dispatcher.remove_observer, recorder)


class BoundTests(DispatchTestCase):
    """What others can make it keep, and what it counts."""

    def test_invented_names(self) -> None:
        """Plans are kept for so many invented names, none of them long; known names have theirs."""
        self.deliver(*((f"WebcastInvented{number}", b"") for number in range(NAMES_KEPT + 9)))
        kept = len(self.dispatcher._plans)
        self.assertLessEqual(kept, NAMES_KEPT)
        self.dispatcher = Dispatcher()
        self.deliver(("W" * 5000, b""), ("WebcastShort", b""))
        self.assertEqual(["WebcastShort"], list(self.dispatcher._plans))

    def test_too_large(self) -> None:
        """Messages that are too large to be decoded are counted apart from damaged ones."""
        self.dispatcher = Dispatcher(largest=100)
        self.dispatcher.on(Chat, self.log.append)
        self.deliver(chat("x" * 200), (CHAT, BAD), chat("fine"))
        self.assertEqual((1, 2), (self.dispatcher.too_large, self.dispatcher.undecodable.total()))
        self.assertEqual(["fine"], [event.comment for event in self.log])


class FailureTests(DispatchTestCase):
    """Failing observers are counted and told."""

    def test_counted(self) -> None:
        """Each failure is counted, told with the observer's name, and logged."""
        errors: list[Error] = []

        def broken(event: Event) -> None:
            raise ZeroDivisionError("oops")

        self.dispatcher.on(Chat, broken)
        self.dispatcher.on(Error, errors.append)
        self.deliver(chat("hi"), chat("ho"))
        self.assertEqual((2, 2), (self.dispatcher.failed, len(errors)))
        self.assertIn("broken failed on chat", errors[0].info)
        self.assertEqual(2, len(self.flushLoggedErrors(ZeroDivisionError)))

    def test_later(self) -> None:
        """A Deferred that fails later counts when it fails."""
        waiting: Deferred[None] = Deferred()
        self.dispatcher.on(Chat, lambda event: waiting)
        self.deliver(chat("hi"))
        self.assertEqual(0, self.dispatcher.failed)
        waiting.errback(ZeroDivisionError())
        self.assertEqual(1, self.dispatcher.failed)
        self.assertEqual(1, len(self.flushLoggedErrors(ZeroDivisionError)))

    def test_derived(self) -> None:
        """A failing observer of social doesn't keep the follow away."""

        def broken(event: Event) -> None:
            raise ZeroDivisionError

        self.dispatcher.on("social", broken)
        self.dispatcher.on("follow", self.note())
        self.deliver((SOCIAL, FOLLOWS))
        self.assertEqual([("follow",)], self.log)
        self.flushLoggedErrors(ZeroDivisionError)

    def test_results(self) -> None:
        """What else an observer returns is of no interest."""
        self.dispatcher.on(Chat, lambda event: 7)
        self.deliver(chat("hi"))
        self.assertEqual(0, self.dispatcher.failed)
