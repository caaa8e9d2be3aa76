"""What arrives, before it is an event of its own: a message as bytes, and decoded."""

from __future__ import annotations

import base64
from typing import Any, ClassVar

from tiktoklive.events.base import NOWHERE, Event, MessageEvent, Origin, digest
from tiktoklive.interfaces import IObserver


class RawData(Event):
    """
    The bytes of one message, whether its type is known or not.

    :ivar method: the wire name.
    :ivar payload: the message's bytes, undecoded.
    :ivar is_history: whether TikTok replays an old message.
    """

    __slots__ = ("is_history", "method", "payload")
    name: ClassVar[str] = "rawData"

    def __init__(
        self,
        method: str,
        payload: bytes,
        number: int = 0,
        is_history: bool = False,
        origin: Origin = NOWHERE,
    ) -> None:
        super().__init__(origin)
        self.method = method
        self.payload = payload
        self.number = number
        self.is_history = is_history

    @property
    def id(self) -> str:
        """``ROOM:MSG_ID``, as that of the event; without an id, a digest of the bytes."""
        unique = self.msg_id if self.number else digest(self.method, self.payload)
        return f"{self.room_id}:{unique}"

    @property
    def msg_id(self) -> str:
        """The message's unique id, decimal text."""
        return str(self.number)

    @property
    def payload_size(self) -> int:
        """Bytes of the message."""
        return len(self.payload)

    def as_dict(self) -> dict[str, Any]:
        """``{"method": text, "payload": base64}``."""
        return {"method": self.method, "payload": base64.b64encode(self.payload).decode("ascii")}

    def _about(self) -> str:
        return f"{self.method} {len(self.payload)} bytes"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, RawData):
            return NotImplemented
        return (self.method, self.payload, self.number) == (
            other.method,
            other.payload,
            other.number,
        )

    def __hash__(self) -> int:
        return hash((self.method, self.payload))


class DecodedData(Event):
    """
    A decoded message, just before its own event.

    :ivar event: the event that follows.
    """

    __slots__ = ("event",)
    name: ClassVar[str] = "decodedData"

    def __init__(self, event: MessageEvent) -> None:
        super().__init__(event.origin)
        self.event = event

    @property
    def method(self) -> str:
        """The wire name."""
        return self.event.method

    @property
    def payload_size(self) -> int:
        """Bytes of the message."""
        return self.event.payload_size

    def as_dict(self) -> dict[str, Any]:
        """The shape of the event that follows; of a gift, without what a list says of it."""
        return self.event.as_decoded()

    def _about(self) -> str:
        return repr(self.event)


class IRawObserver(IObserver):
    """For observers of the bytes.  All ``raw_data`` of a batch come before its other events."""

    def raw_data(event: RawData) -> object:
        """Any message, known or not, before it is decoded."""

    def decoded_data(event: DecodedData) -> object:
        """Any message that was decoded, just before its own event."""
