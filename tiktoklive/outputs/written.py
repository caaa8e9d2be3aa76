"""An event as JSON: made once for all outputs that write it, by the first that asks."""

from __future__ import annotations

from functools import lru_cache
from json.encoder import encode_basestring
from typing import Any

from zope.interface import implementer

from tiktoklive.events import Event
from tiktoklive.interfaces import IGatherer
from tiktoklive.outputs.envelope import VERSION, envelope
from tiktoklive.outputs.jsonbytes import dumps

#: Under which the outputs of a batch share the event that is being told.
_LATEST = object()


class WrittenEvent:
    """
    What outputs write of one event; bytes are made when they are asked for, and once.

    :ivar event: the event.
    :ivar id: its id.
    :ivar room: its room's.
    :ivar received_at: when it arrived here, in milliseconds since 1970.
    :ivar ts: when the server made it, in milliseconds since 1970; where it doesn't say, when it
        arrived.
    """

    __slots__ = ("_body", "_data", "_offset", "event", "id", "received_at", "room", "ts")

    def __init__(self, event: Event) -> None:
        self.event = event
        self.id = event.id
        self.room = event.room_id
        self.received_at = event.received_at
        self.ts: int = getattr(event, "create_time", 0) or self.received_at
        self._data: bytes | None = None
        self._body: bytes | None = None
        self._offset: float | None = None

    @property
    def data(self) -> bytes:
        """Its 1.x JSON shape."""
        data = self._data
        if data is None:
            data = self._data = dumps(self.event.as_dict())
        return data

    def body(self, offset: float | None) -> bytes:
        """
        Its envelope, without a line break.

        :param offset: seconds since the stream started, if that is known: each output counts them
            for itself.
        """
        if self._body is None or offset != self._offset:
            self._body = b"".join((self._head(offset), self.data, b"}"))
            self._offset = offset
        return self._body

    def _head(self, offset: float | None) -> bytes:
        """The envelope up to the data: the same as :func:`dumps` would write."""
        event, ts, received_at = self.event, self.ts, self.received_at
        history = getattr(event, "is_history", False)
        if ts.__class__ is int is received_at.__class__ and history.__class__ is bool:
            try:
                # As a text, without its own way through an encoder: this runs for every event.
                return (
                    f'{{"v":{VERSION},"id":{encode_basestring(self.id)}'
                    f"{_names(event.name, event.anchor, self.room)}"
                    f',"ts":{ts},"received_at":{received_at}'
                    f',"history":{"true" if history else "false"}'
                    f',"offset":{_number(offset)},"data":'
                ).encode()
            except (TypeError, UnicodeEncodeError):
                pass  # an id of another's event that is no text, or half a character in a name
        return dumps(envelope(event, offset, {}))[: -len(b"{}}")]


@lru_cache(64)
def _names(event: str, anchor: str, room: str) -> str:
    """What the envelopes of many events say alike."""
    return (
        f',"event":{encode_basestring(event)}'
        f',"anchor":{encode_basestring(anchor)}'
        f',"room":{encode_basestring(room)}'
    )


def _number(offset: float | None) -> str:
    if offset is None:
        return "null"
    # Between those, all that write JSON spell fractions alike.
    return repr(offset) if 1e-3 <= abs(offset) < 1e15 else dumps(offset).decode("ascii")


@implementer(IGatherer)
class WritingOutput:
    """What outputs that write events have in common: they share what was made of one."""

    #: What the observers of the batch share; ``None`` between batches.
    _kept: dict[Any, Any] | None = None

    def batch_begins(self, kept: dict[Any, Any]) -> None:
        """Share what is made of its events."""
        self._kept = kept

    def batch_ends(self) -> None:
        """Nothing of its events is kept."""
        self._kept = None

    def _written(self, event: Event) -> WrittenEvent:
        """The event as JSON: another output may have made it."""
        kept = self._kept
        if kept is None:
            return WrittenEvent(event)
        latest: WrittenEvent | None = kept.get(_LATEST)
        if latest is None or latest.event is not event:
            latest = kept[_LATEST] = WrittenEvent(event)
        return latest
