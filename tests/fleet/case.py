"""Readers of a stream in a Redis in memory, and outputs that take what they get."""

from __future__ import annotations

from typing import Any

from twisted.application.service import Service
from twisted.internet.defer import Deferred
from twisted.internet.interfaces import IPushProducer
from twisted.internet.task import Clock
from twisted.trial.unittest import SynchronousTestCase
from zope.interface import implementer

from tests.clocks import NOVEMBER
from tests.fleet.memory import MemoryClient, MemoryRedis
from tests.fleet.scripts import teach
from tests.outputs.doubles import Said, chat
from tiktoklive.dispatch.backpressure import BackPressure
from tiktoklive.dispatch.dispatcher import Dispatcher
from tiktoklive.events import DecodedData, Event, IEventObserver, IRawObserver, RawData
from tiktoklive.fleet.entries import entry_of
from tiktoklive.fleet.reader import StreamReader
from tiktoklive.fleet.stream import APPEND, Keys, Trim, append_arguments
from tiktoklive.interfaces import IConfirmingOutput, IPacer

KEYS = Keys()


@implementer(IEventObserver)
class Taking(Service):
    """An output that takes what it gets at once."""

    def __init__(self) -> None:
        self.events: list[Event] = []

    def event(self, event: Event) -> object:
        self.events.append(event)
        return None

    @property
    def texts(self) -> list[str]:
        """The comments that it got."""
        return [getattr(each, "comment", each.name) for each in self.events]


@implementer(IConfirmingOutput, IPacer)
class Storing(Taking):
    """One that stores when the test says so, and has as much room as it says."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting: list[Deferred[None]] = []
        self.room = 1000
        self.streams: IPushProducer | None = None

    def has_room(self) -> bool:
        return len(self.events) < self.room

    def when_written(self) -> Deferred[None]:
        self.waiting.append(Deferred())
        return self.waiting[-1]

    def pace(self, streams: IPushProducer) -> None:
        self.streams = streams

    def store(self) -> None:
        """All that it got is stored."""
        waiting, self.waiting = self.waiting, []
        for each in waiting:
            each.callback(None)


@implementer(IRawObserver)
class Raw(Taking):
    """One that wants the bytes."""

    def raw_data(self, event: RawData) -> None:
        self.events.append(event)

    def decoded_data(self, event: DecodedData) -> None:
        self.events.append(event)


class ReaderTestCase(SynchronousTestCase):
    """Readers of a stream in a Redis in memory."""

    def setUp(self) -> None:
        """A server with an empty stream."""
        self.clock = Clock()
        self.clock.rightNow = NOVEMBER
        self.server = teach(MemoryRedis(self.clock))
        self.number = 0
        self.said = Said(self, "StreamDelivery", "StreamReader")

    def append(self, *texts: str, trim: Trim = Trim()) -> None:  # noqa: B008 -- frozen
        """Append comments, and let those know that wait for them."""
        entries = []
        for text in texts:
            self.number += 1
            entries.append(entry_of(chat("Ann", text, number=self.number)))
        words: Any = append_arguments(entries, trim)
        self.server.run(
            APPEND, [each.encode() for each in (KEYS.events, *KEYS.ids)], as_sent(words)
        )
        self.server.changed.tell(None)
        self.clock.advance(0.0)

    def reader(self, output: Taking, *, client: Any = None, **more: Any) -> StreamReader:
        """A reader that is running; its clock is the test's."""
        dispatcher = Dispatcher(BackPressure(self.clock, 1000.0))
        subscription = dispatcher.add_observer(output)
        given: Any = {"keys": KEYS, "group": "g", "consumer": "me", "start": "0", **more}
        client = MemoryClient(self.server) if client is None else client
        reader = StreamReader("reader", client, dispatcher, subscription, self.clock, **given)
        self.start(reader)
        return reader

    def start(self, reader: StreamReader) -> None:
        """Start it; it is stopped when the test is over."""
        reader.startService()
        self.addCleanup(self.clock.pump, [1.0] * 10)
        self.addCleanup(reader.stopService)

    def kill(self, reader: StreamReader) -> None:
        """Let it be as a process that was killed: it says nothing to Redis any more."""
        client: Any = reader.client
        client.why = "it was killed"

    def pending(self, consumer: str = "me") -> int:
        """How many entries a consumer has not confirmed."""
        return len(self.server.execute("XPENDING", KEYS.events, "g", "-", "+", 1000, consumer))


def as_sent(words: list[Any]) -> list[bytes]:
    """Words as a client sends them."""
    return [each if isinstance(each, bytes) else str(each).encode() for each in words]
