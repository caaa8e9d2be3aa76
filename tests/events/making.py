"""Events out of messages in protobuf's text form."""

from __future__ import annotations

from typing import Any

from google.protobuf import text_format

from tiktoklive.events import Origin, decode
from tiktoklive.wire.messages import MESSAGE_TYPES

ROOM = "7137682087200557829"
ORIGIN = Origin("alice", ROOM, 1_700_000_000_123, "test")

BOB = 'user { id: 18446744073709551615 unique_id: "bob" nickname: "Bob" }'


def made(name: str, text: str = "", **more: Any) -> Any:
    """
    The event of a message, through its bytes.

    :param name: the wire name without ``Webcast``.
    """
    method = f"Webcast{name}"
    message = text_format.Parse(text, MESSAGE_TYPES[method]())
    more.setdefault("origin", ORIGIN)
    return decode(method, message.SerializeToString(), **more)
