"""
Events as entries of a stream, and back.

The fields of an entry are, in this order:

``id``
    what tells the event from all others, see :mod:`tiktoklive.outputs.envelope`;
``event``
    its name: ``chat``;
``envelope``
    the envelope, JSON: all that other programs need;
``about``
    JSON: what makes the typed event again, beside the ``payload``: ``v`` 1, ``origin``, and of a
    message its wire name, number, and whether it is history; of any other event what it holds;
``payload``
    the bytes of the message; of any other event empty.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from google.protobuf.message import DecodeError

from tiktoklive.events import Event, Gift, MessageEvent, Origin, RawData
from tiktoklive.events.base import REGISTERED
from tiktoklive.events.table import ROWS
from tiktoklive.fleet.values import decoded_value, encoded_value
from tiktoklive.outputs.envelope import envelope
from tiktoklive.outputs.jsonbytes import dumps, loads
from tiktoklive.wire.limits import MAX_MESSAGE, MAX_MESSAGE_FIELDS
from tiktoklive.wire.messages import check_message

#: The version of ``about``.
VERSION: Final = 1

#: Events by their name; of those that the schema alone knows, what they are in the table.
CLASSES: Final[Mapping[str, type[Event]]] = {
    **{row.event_class.name: row.event_class for row in ROWS.values()},
    **{kind.name: kind for kind in REGISTERED},
}

_BASE: Final = frozenset(("number", "origin"))


class StreamEntry(NamedTuple):
    """
    An event on its way into a stream.

    :ivar key: its id.
    :ivar anchor: the username that is followed.
    """

    key: str
    name: str
    anchor: str
    envelope: bytes
    about: bytes
    payload: bytes

    @property
    def size(self) -> int:
        """About how much memory it takes, in bytes."""
        return 300 + len(self.envelope) + len(self.about) + len(self.payload)

    @property
    def key_bytes(self) -> bytes:
        """Its id, as it is written."""
        return self.key.encode("utf-8", "backslashreplace")

    def fields(self) -> list[bytes]:
        """The fields of the entry, as ``XADD`` takes them."""
        return [
            *(b"id", self.key_bytes),
            *(b"event", self.name.encode()),
            *(b"envelope", self.envelope),
            *(b"about", self.about),
            *(b"payload", self.payload),
        ]


def entry_of(event: Event, offset: float | None = None) -> StreamEntry:
    """
    The entry of an event.

    :param offset: seconds since the stream started.
    :raise TypeError: it is an event of others, which cannot be made again.
    """
    about, payload = _about(event)
    shape = dumps(envelope(event, offset))
    return StreamEntry(event.id, event.name, event.anchor, shape, dumps(about), payload)


def event_of(fields: Sequence[bytes]) -> Event:
    """
    The typed event of an entry.

    :param fields: as ``XREADGROUP`` gives them.
    :raise ValueError: it was not written by this program, or by a later version.
    """
    found = dict(zip(fields[::2], fields[1::2], strict=False))
    try:
        about = loads(found[b"about"])
        return _made(about, found[b"payload"])
    except (LookupError, TypeError, AttributeError, DecodeError, RecursionError) as error:
        raise ValueError(f"an entry of the stream cannot be read: {error!r:.200}") from error


def _about(event: Event) -> tuple[dict[str, Any], bytes]:
    """What makes an event again: its shape, and its payload."""
    if CLASSES.get(event.name) is not type(event):
        raise TypeError(f"{event.name} is no event of this package, and cannot be made again.")
    where = event.origin
    about: dict[str, Any] = {
        "v": VERSION,
        "event": event.name,
        "origin": [where.anchor, where.room_id, where.received_at, where.source],
        "number": event.number,
    }
    if isinstance(event, MessageEvent):
        about["method"] = event.method
        about["history"] = event.is_history
        if isinstance(event, Gift) and (listed := where.gifts.get(event.message.gift_id)):
            about["gift"] = [event.message.gift_id, listed]
        return about, event.payload or event.message.SerializeToString()
    if isinstance(event, RawData):
        about["method"] = event.method
        about["history"] = event.is_history
        return about, event.payload
    about["holds"] = {name: encoded_value(getattr(event, name), _nested) for name in _slots(event)}
    return about, b""


def _made(about: Any, payload: bytes) -> Event:
    """The event of a shape."""
    if about["v"] != VERSION:
        raise ValueError(f"it is of version {about['v']!r}, and not {VERSION}")
    kind = CLASSES[about["event"]]
    anchor, room_id, received_at, source = about["origin"]
    gifts = {int(about["gift"][0]): about["gift"][1]} if "gift" in about else {}
    origin = Origin(anchor, room_id, received_at, source, gifts)
    number = int(about["number"])
    if issubclass(kind, RawData):
        return kind(about["method"], payload, number, bool(about["history"]), origin)
    if issubclass(kind, MessageEvent):
        message_class = ROWS[about["method"]].message_class
        check_message(payload, message_class, MAX_MESSAGE, MAX_MESSAGE_FIELDS)
        message = message_class.FromString(payload)
        return kind(message, payload, number, bool(about["history"]), origin)
    event = object.__new__(kind)
    event.origin = origin
    event.number = number
    holds = about["holds"]
    for name in _slots(event):
        setattr(event, name, decoded_value(holds[name], _unnested))
    return event


def _slots(event: Event) -> list[str]:
    """What an event that is no message holds, beside number and origin."""
    found = [name for kind in type(event).__mro__ for name in vars(kind).get("__slots__", ())]
    return [name for name in found if name not in _BASE]


def _nested(event: Event) -> list[Any]:
    """An event within another."""
    about, payload = _about(event)
    return [about, b64encode(payload).decode("ascii")]


def _unnested(shape: Any) -> Event:
    about, payload = shape
    return _made(about, b64decode(payload, validate=True))
