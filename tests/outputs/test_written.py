"""An event as JSON, made once for all outputs."""

from __future__ import annotations

import gc
import json
import weakref
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

from twisted.internet.task import Clock
from twisted.trial.unittest import SynchronousTestCase

from tests.outputs.doubles import NOON, ROOM, DirectDatabase, Parts, Trough, chat, origin
from tiktoklive.dispatch.dispatcher import Dispatcher
from tiktoklive.errors import StreamLostError
from tiktoklive.events import Connected, Disconnected, Event, Origin, RawData, StreamEnd, decode
from tiktoklive.events.speech import Chat
from tiktoklive.model import State
from tiktoklive.outputs import jsonbytes
from tiktoklive.outputs.archive import ARCHIVE
from tiktoklive.outputs.envelope import encode_line, envelope
from tiktoklive.outputs.jsonl import JsonLines
from tiktoklive.outputs.line_writer import LineWriter
from tiktoklive.outputs.sqlite import GATHER, SqliteOutput
from tiktoklive.outputs.web.output import WebOutput
from tiktoklive.outputs.web.output import make as make_web
from tiktoklive.outputs.webhook.outbox import OUTBOX
from tiktoklive.outputs.webhook.output import Webhook
from tiktoklive.outputs.written import WrittenEvent
from tiktoklive.simulator.lifelike import RandomScript


class Odd(Event):
    """An event of a program, which does as it likes."""

    name = "odd"
    create_time = 1.5
    is_history: Any = None

    def as_dict(self) -> dict[str, Any]:
        """Something."""
        return {"a": (1, float("nan"))}


class Numbered(Odd):
    """One whose id is none."""

    name = "numbered"
    create_time = 3
    is_history = True
    id = 7  # type: ignore[assignment]  # which is what is odd


class Counting(Chat):
    """A comment that counts how often it is made into a shape; it may be watched as it goes."""

    __slots__ = ("__weakref__",)

    made = 0

    def as_dict(self) -> dict[str, Any]:
        """Its shape."""
        Counting.made += 1
        return super().as_dict()


def samples() -> list[Event]:
    """Events of all sorts."""
    strange = Origin('a"\\\n\x01\x7fé\u2028', "", NOON, "")
    events: list[Event] = [
        decode(method, payload, number=number, origin=origin(), is_history=number % 2 == 0)
        for method, payload, number in islice(RandomScript(3).messages(), 400)
    ]
    events += [
        Connected(State(True, True, ROOM, {"title": "x", "stats": {"n": 1}}), origin()),
        Disconnected(StreamLostError("gone"), origin()),
        StreamEnd(3, strange),
        chat("Zoé 👋🏽", 'a"b\\c\n', strange),
    ]
    return events


def odd_ones() -> list[Event]:
    """Events of which not all outputs can make something."""
    half = Origin("a", "\ud83d", NOON, "")
    long = State(True, True, ROOM, {"n": 2**70, "e": 1.5})
    raw = RawData("WebcastNew", b"\x00\xff", 7, False, origin())
    return [StreamEnd(3, half), Odd(origin()), Numbered(origin()), Connected(long, origin()), raw]


class WrittenTests(SynchronousTestCase):
    """The bytes are those of the envelope."""

    def check(self) -> None:
        """Compare all samples with what is made of their envelopes."""
        for event in samples() + odd_ones():
            for offset in (None, 0.0, 1.5, -2.25, 0.001, 123456.789, 2**53 / 1000):
                self.compare(event, offset)
            data = WrittenEvent(event).data
            self.assertEqual(encode_line(event.as_dict()), data + b"\n")
        for offset in (1e-5, -1e-9, 1e16, 1e300):
            self.compare(chat("Anna", "hi"), offset)

    def compare(self, event: Event, offset: float | None) -> None:
        """The same bytes."""
        expected = encode_line(envelope(event, offset))
        self.assertEqual(expected, WrittenEvent(event).body(offset) + b"\n")

    def test_same(self) -> None:
        """They are the same bytes, by what is in use."""
        self.check()

    def test_same_by_json(self) -> None:
        """And by Python's own json."""
        self.patch(jsonbytes, "orjson", None)
        self.check()

    def test_once(self) -> None:
        """They are made once; other offsets give other envelopes around the same data."""
        written = WrittenEvent(chat("Anna", "hi"))
        self.assertIs(written.data, written.data)
        self.assertIs(written.body(1.0), written.body(1.0))
        shapes = [json.loads(written.body(offset)) for offset in (1.0, None, 2.0)]
        self.assertEqual([1.0, None, 2.0], [shape["offset"] for shape in shapes])


class Undelivered:
    """Leaves in the outbox what is in it."""

    failing = ""
    left = dead = 0

    def start(self) -> None:
        pass

    def look(self) -> None:
        pass

    async def follow_the_wall(self) -> None:
        pass

    async def stop(self) -> None:
        pass


class Outputs:
    """One of each kind that writes envelopes, and what it wrote."""

    def __init__(self, case: SynchronousTestCase) -> None:
        self.clock = Clock()
        self.clock.advance(NOON)
        parts: Any = Parts(self.clock)
        parts.random = Random(1)
        self.trough = Trough()
        self.lines = JsonLines(LineWriter("test", self.trough, self.clock))
        self.database = DirectDatabase(Path(case.mktemp()), ARCHIVE)
        self.archive = SqliteOutput("test", self.database, self.clock)
        self.outbox = DirectDatabase(Path(case.mktemp()), OUTBOX)
        deliverer: Any = Undelivered()
        self.webhook = Webhook("test", self.outbox, deliverer, self.clock, gather=GATHER)
        self.web: WebOutput = make_web(parts, "tcp:0", {})
        self.archive.startService()
        self.webhook.startService()
        case.addCleanup(self.archive.stopService)
        case.addCleanup(self.webhook.stopService)

    def everything(self) -> list[Any]:
        """All of them."""
        return [self.lines, self.archive, self.webhook, self.web]

    def wrote(self) -> list[Any]:
        """What each wrote."""
        self.clock.advance(GATHER)
        return [
            self.trough.taken,
            self.database.query("SELECT * FROM events ORDER BY seq"),
            self.outbox.query("SELECT events, body FROM deliveries"),
            [item.body for item in self.web.fanout.ring.everything()],
        ]


class SharedTests(SynchronousTestCase):
    """Outputs that observe the same share what they make of an event."""

    def setUp(self) -> None:
        self.dispatcher = Dispatcher()
        self.outputs = Outputs(self)
        Counting.made = 0

    def counting(self, comment: str = "hi") -> Counting:
        """A comment that counts."""
        said = chat("Anna", comment)
        return Counting(said.message, said.payload, 5, False, origin())

    def test_once(self) -> None:
        """The shape of an event is made once for all of them."""
        for output in self.outputs.everything():
            self.dispatcher.add_observer(output)
        with self.dispatcher.batch:
            for number in range(3):
                self.dispatcher.tell(self.counting(str(number)))
        self.assertEqual(3, Counting.made)
        self.dispatcher.tell(self.counting("alone"))
        self.assertEqual(4, Counting.made)

    def test_same(self) -> None:
        """Each writes what it writes without the others, outside of a batch."""
        alone = Outputs(self)
        events = samples()
        for output in self.outputs.everything():
            self.dispatcher.add_observer(output)
        with self.dispatcher.batch:
            for event in events:
                self.dispatcher.tell(event)
        for output in alone.everything():
            for event in events:
                output.event(event)
        together = self.outputs.wrote()
        self.assertEqual(alone.wrote(), together)
        self.assertEqual(len(events), together[0].count(b"\n"))

    def test_offsets(self) -> None:
        """An output that came later counts for itself, and says what it knows."""
        late = Trough()
        self.dispatcher.add_observer(self.outputs.lines)
        self.dispatcher.tell(Connected(State(), origin()))
        self.dispatcher.add_observer(JsonLines(LineWriter("late", late, self.outputs.clock)))
        self.dispatcher.tell(chat("Anna", "hi", origin(seconds=2.0)))
        offsets = [json.loads(trough.lines[-1])["offset"] for trough in (self.outputs.trough, late)]
        self.assertEqual([2.0, None], offsets)

    def test_meddling(self) -> None:
        """An observer that changes the shape it was given changes nothing for the others."""

        def meddle(event: Event) -> None:
            shape = event.as_dict()
            shape["comment"] = "changed"
            shape["userDetails"].clear()

        expected = encode_line(envelope(chat("Anna", "hi")))
        self.dispatcher.on("chat", meddle)
        self.dispatcher.add_observer(self.outputs.lines)
        self.dispatcher.on("chat", meddle)
        late = Trough()
        self.dispatcher.add_observer(JsonLines(LineWriter("late", late, self.outputs.clock)))
        with self.dispatcher.batch:
            self.dispatcher.tell(chat("Anna", "hi"))
        self.assertEqual((expected, expected), (self.outputs.trough.taken, late.taken))

    def test_nested(self) -> None:
        """An event that is told between the outputs of another does not get into its place."""
        self.dispatcher.add_observer(self.outputs.lines)

        def fail(event: Event) -> None:
            raise ValueError("no")

        self.dispatcher.on("chat", fail)
        self.dispatcher.add_observer(self.outputs.web)
        self.dispatcher.tell(chat("Anna", "hi"))
        self.flushLoggedErrors(ValueError)
        lines = self.outputs.trough.lines
        bodies = [item.body for item in self.outputs.web.fanout.ring.everything()]
        for expected, written in ((["chat", "error"], lines), (["error", "chat"], bodies)):
            self.assertEqual(expected, [json.loads(each)["event"] for each in written])

    def test_not_kept(self) -> None:
        """Of an event that was written nothing is kept when its batch is over."""
        self.dispatcher.add_observer(self.outputs.lines)
        self.dispatcher.add_observer(self.outputs.web)
        event = self.counting()
        gone = weakref.ref(event)
        with self.dispatcher.batch:
            self.dispatcher.tell(event)
            del event
            gc.collect()
            self.assertIsNotNone(gone())  # the latest, for those that may still ask
        gc.collect()
        self.assertIsNone(gone())

    def test_one(self) -> None:
        """While a batch goes on, one event is kept of it, and not all."""
        self.dispatcher.add_observer(self.outputs.lines)
        events = [self.counting(str(number)) for number in range(3)]
        gone = [weakref.ref(event) for event in events]
        with self.dispatcher.batch:
            while events:
                self.dispatcher.tell(events.pop(0))
            gc.collect()
            self.assertEqual([False, False, True], [each() is not None for each in gone])
