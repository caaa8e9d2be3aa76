"""
The envelope: the one JSON shape in which every output writes every event.

Version 1, keys in this order; later versions of 1 only add keys:

``v``
    1;
``id``
    ``"ROOM:MSG_ID"``; of events about the connection ``"ROOM:NAME:RECEIVED_AT:NUMBER"``, where
    the number rises.  The same message received twice has the same id; a message that TikTok gave
    no id has ``"ROOM:xDIGITS"``, a digest of its type and bytes;
``event``
    the event's name: ``"chat"``;
``anchor``
    the username that is followed, without ``@``;
``room``
    the room id, decimal text;
``ts``
    when the server made the message, in milliseconds since 1970; where it doesn't say,
    ``received_at``;
``received_at``
    when it arrived here, in milliseconds since 1970;
``history``
    whether TikTok replayed an old message;
``offset``
    seconds since the stream started (:mod:`~tiktoklive.outputs.offsets`), ``null`` while that is
    not known;
``data``
    the event's 1.x JSON shape.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tiktoklive.events import Event
from tiktoklive.outputs.jsonbytes import dumps

__all__ = ["encode_line", "envelope"]

VERSION = 1


def envelope(
    event: Event, offset: float | None = None, data: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """
    The envelope of an event, ready for :func:`encode_line`.

    :param offset: seconds since the stream started, if that is known.
    :param data: what is in it in the place of the event's own shape.
    """
    return {
        "v": VERSION,
        "id": event.id,
        "event": event.name,
        "anchor": event.anchor,
        "room": event.room_id,
        "ts": getattr(event, "create_time", 0) or event.received_at,
        "received_at": event.received_at,
        "history": getattr(event, "is_history", False),
        "offset": offset,
        "data": event.as_dict() if data is None else data,
    }


def encode_line(shape: Mapping[str, Any]) -> bytes:
    """
    One line of JSON in UTF-8, with its line break and without any other.

    A number that JSON cannot say, such as infinity, becomes ``null``; a value that JSON does not
    know is written as text.
    """
    return dumps(shape) + b"\n"
