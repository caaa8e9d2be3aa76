"""A tape, and fakes of what is around a recorder or a replay."""

from __future__ import annotations

import json
from collections.abc import Awaitable
from pathlib import Path

from twisted.internet.defer import Deferred, fail, succeed
from twisted.internet.interfaces import IReactorTime
from twisted.trial.unittest import SynchronousTestCase
from zope.interface import implementer

from tiktoklive.capture import TapeEntry, TapeHeader, read_tape
from tiktoklive.interfaces import IReceiver, IStream, IStreamOpener
from tiktoklive.model import Room, Ticket

TICKET = Ticket(
    Room("anna", "7137682087200557829"),
    "wss://example.invalid/?signature=SECRET",
    headers=[("X-Key", "SECRET")],
    cookies={"ttwid": "SECRET"},
    source="direct",
)


@implementer(IReceiver)
class Heard:
    """A receiver that remembers what it was told, and when."""

    def __init__(self, clock: IReactorTime | None = None) -> None:
        self.clock = clock
        self.told: list[tuple[str, object]] = []
        self.times: list[float] = []

    def _tell(self, what: str, value: object) -> None:
        self.told.append((what, value))
        if self.clock is not None:
            self.times.append(self.clock.seconds())

    def frame(self, data: bytes) -> None:
        self._tell("frame", data)

    def batch(self, data: bytes) -> None:
        self._tell("batch", data)

    def closed(self, reason: Exception | None) -> None:
        self._tell("closed", reason)


@implementer(IStream)
class Stream:
    """A stream that does nothing."""

    heartbeat: float | None = None
    transport_name = "websocket"
    acks = heartbeats = True
    asks = recorded = False
    not_upgraded: Exception | None = None

    def send(self, data: bytes) -> None:
        pass

    def close(self) -> Awaitable[None]:
        return succeed(None)


@implementer(IStreamOpener)
class Opener:
    """Opens streams that the test speaks for."""

    def __init__(self, answer: Exception | None = None) -> None:
        self.receivers: list[IReceiver] = []
        self.answer = answer

    def open(self, ticket: Ticket, receiver: IReceiver) -> Awaitable[IStream]:
        self.receivers.append(receiver)
        d: Deferred[IStream] = fail(self.answer) if self.answer else succeed(Stream())
        return d


def line(**fields: object) -> bytes:
    """One line of a tape."""
    return json.dumps(fields).encode() + b"\n"


HEADER = line(tape=1, unique_id="anna", room_id="7", started_at="2026-01-31", source="direct")
ONE = line(at=0.5, kind="frame", data="AQ==")
TWO = line(at=1.5, kind="batch", data="AgI=")
ITEMS = [
    TapeHeader("anna", "7", "2026-01-31", "direct"),
    TapeEntry(0.5, "frame", b"\x01"),
    TapeEntry(1.5, "batch", b"\x02\x02"),
]


class TapeCase(SynchronousTestCase):
    """Tests with a tape in a directory of their own."""

    def setUp(self) -> None:
        self.path = Path(self.mktemp())

    def write(self, *lines: bytes) -> None:
        """Make the tape."""
        self.path.write_bytes(b"".join(lines))

    def read(self) -> tuple[list[TapeHeader | TapeEntry], list[int]]:
        """The items of the tape, and the numbers of its damaged lines."""
        damaged: list[int] = []
        items = list(read_tape(self.path, lambda number, wrong: damaged.append(number)))
        return items, damaged
