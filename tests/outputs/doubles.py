"""Events to write, and a channel that does what the test says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from google.protobuf import text_encoding, text_format
from twisted.internet.interfaces import IReactorTime

from tiktoklive.events import Event, MessageEvent, Origin, decode
from tiktoklive.wire.messages import MESSAGE_TYPES

#: 2026-01-31, 12:00:00 UTC, in seconds.
NOON = 1769860800
ROOM = "7137682087200557829"


@dataclass
class Parts:
    """The little that a maker of outputs reads from the wiring."""

    reactor: IReactorTime


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


def chat(name: str, comment: str, where: Origin | None = None, **more: Any) -> Event:
    """A comment."""
    content = text_encoding.CEscape(comment.encode("utf-8"), as_utf8=False)
    return event("ChatMessage", f'{user(name)} content: "{content}"', where, **more)


class Trough:
    """A channel: takes what it may, keeps what it took."""

    def __init__(self) -> None:
        self.taken = b""
        self.space: int | None = None
        self.fault: Exception | None = None
        self.closes = 0

    def write(self, data: bytes) -> int:
        if self.fault is not None:
            raise self.fault
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
