"""
The envelope: the one JSON shape in which every output writes every event.

Version 1, keys in this order; later versions of 1 only add keys:

``v``
    1;
``id``
    ``"ROOM:MSG_ID"``; of events about the connection ``"ROOM:NAME:RECEIVED_AT"``.  The same
    message received twice has the same id;
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
``data``
    the event's 1.x JSON shape.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Set
from typing import Any

from tiktoklive.events import Event

VERSION = 1


def envelope(event: Event) -> dict[str, Any]:
    """The envelope of an event, ready for :func:`encode_line`."""
    return {
        "v": VERSION,
        "id": event.id,
        "event": event.name,
        "anchor": event.anchor,
        "room": event.room_id,
        "ts": getattr(event, "create_time", 0) or event.received_at,
        "received_at": event.received_at,
        "history": getattr(event, "is_history", False),
        "data": event.as_dict(),
    }


def encode_line(shape: Mapping[str, Any]) -> bytes:
    """
    One line of JSON in UTF-8, with its line break and without any other.

    Everything but quotes, backslashes and control characters stays as it is.  A lone
    surrogate, for which UTF-8 has no bytes, becomes its JSON escape; a number that JSON
    cannot say becomes ``null``.
    """
    try:
        text = _dumps(shape)
    except ValueError:
        text = _dumps(_finite(shape))
    return text.encode("utf-8", "backslashreplace") + b"\n"


def event_line(event: Event) -> bytes:
    """The envelope of an event as one line."""
    return encode_line(envelope(event))


def _dumps(shape: Any) -> str:
    return json.dumps(
        shape, ensure_ascii=False, separators=(",", ":"), allow_nan=False, default=_plain
    )


def _plain(value: Any) -> Any:
    """What a value that JSON doesn't know is written as."""
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, Set):
        return list(value)
    return str(value)


def _finite(value: Any) -> Any:
    """The same with ``None`` for every number that is infinite or none."""
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, Mapping):
        return {key: _finite(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(inner) for inner in value]
    return value
