"""Events to write, and a channel that does what the test says."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from google.protobuf import text_encoding, text_format
from twisted.internet.interfaces import IReactorTime
from twisted.logger import formatEvent, globalLogPublisher
from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.events import Event, MessageEvent, Origin, decode
from tiktoklive.model import LookupState, SourcesState
from tiktoklive.outputs.database import Schema, open_database
from tiktoklive.wire.messages import MESSAGE_TYPES

#: 2026-01-31, 12:00:00 UTC, in seconds.
NOON = 1769860800
ROOM = "7137682087200557829"


@dataclass
class Parts:
    """The little that a maker of outputs reads from the wiring."""

    reactor: IReactorTime
    pictures: str = ""

    def sources_status(self) -> SourcesState:
        """There are no sources."""
        return SourcesState((), LookupState(0, 0.0, None))


def origin(anchor: str = "host", seconds: float = 0.0) -> Origin:
    """Where an event came from, ``seconds`` after noon."""
    return Origin(anchor, ROOM, int((NOON + seconds) * 1000), "test")


def event(method: str, text: str = "", where: Origin | None = None, **more: Any) -> MessageEvent:
    """The event of a message that is written in protobuf's text form."""
    name = f"Webcast{method}"
    message = text_format.Parse(text, MESSAGE_TYPES[name]())
    made = decode(name, message.SerializeToString(), origin=where or origin(), **more)
    assert isinstance(made, MessageEvent)
    return made


def user(name: str, number: int = 1) -> str:
    """A user in protobuf's text form."""
    return f'user {{ id: {number} nickname: "{name}" unique_id: "{name.lower()}" }}'


def gift(name: str, count: int, end: bool, number: int, **more: Any) -> Event:
    """One of a streak of roses."""
    text = (
        f"{user(name, 7)} gift_id: 5655 group_id: 99 repeat_count: {count} repeat_end: {int(end)}"
        ' gift { name: "Rose" diamond_count: 1 type: 1 }'
    )
    return event("GiftMessage", text, number=number, **more)


def chat(name: str, comment: str, where: Origin | None = None, **more: Any) -> Event:
    """A comment."""
    content = text_encoding.CEscape(comment.encode("utf-8"), as_utf8=False)
    return event("ChatMessage", f'{user(name)} content: "{content}"', where, **more)


class DirectDatabase:
    """
    A database that does its work at once instead of in a thread.

    :ivar fault: what it fails with instead.
    """

    def __init__(self, path: Path, schema: Schema) -> None:
        self.path = path
        self.fault: Exception | None = None
        self._schema = schema
        self._connection: sqlite3.Connection | None = None

    def begin(self) -> None:
        pass

    async def run(self, work: Callable[..., Any], *args: Any) -> Any:
        if self.fault is not None:
            raise self.fault
        if self._connection is None:
            self._connection = open_database(self.path, self._schema)
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            result = work(self._connection, *args)
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")
        return result

    async def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def query(self, sql: str) -> list[Any]:
        """What a reader of the file sees."""
        connection = sqlite3.connect(self.path)
        try:
            return connection.execute(sql).fetchall()
        finally:
            connection.close()


class Said:
    """Remembers what classes of ours log, by the end of their namespace."""

    def __init__(self, case: SynchronousTestCase, *names: str) -> None:
        self.lines: list[str] = []
        self._names = names
        globalLogPublisher.addObserver(self._observe)
        case.addCleanup(globalLogPublisher.removeObserver, self._observe)

    def _observe(self, event: Any) -> None:
        if event.get("log_namespace", "").rpartition(".")[2] in self._names:
            self.lines.append(formatEvent(event))


class Trough:
    """A channel: takes what it may, keeps what it took."""

    def __init__(self) -> None:
        self.taken = b""
        self.space: int | None = None
        self.fault: Exception | None = None
        self.closes = 0
        self.writes = 0

    def open(self) -> None:
        if self.fault is not None:
            raise self.fault

    def write(self, data: bytes) -> int:
        if self.fault is not None:
            raise self.fault
        self.writes += 1
        part = data if self.space is None else data[: self.space]
        if self.space is not None:
            self.space -= len(part)
        self.taken += part
        return len(part)

    def close(self) -> None:
        self.closes += 1

    @property
    def lines(self) -> list[str]:
        """What it took, as lines."""
        return self.taken.decode().splitlines()
