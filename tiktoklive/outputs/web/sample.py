"""Events that did not happen: a user sees by them what an overlay looks like."""

from __future__ import annotations

from itertools import count
from typing import Final

from tiktoklive.events import Event, Origin, decode
from tiktoklive.wire.messages import MESSAGE_TYPES

#: Ids of samples: below all that TikTok gives.
_numbers = count(1)

_SOMEBODY: Final = {"id": 1, "unique_id": "sample", "nickname": "Sample viewer"}

_SAMPLES: Final = (
    ("WebcastChatMessage", {"user": _SOMEBODY, "content": "This is what a comment looks like."}),
    (
        "WebcastGiftMessage",
        {
            "user": _SOMEBODY,
            "gift_id": 5655,
            "repeat_count": 3,
            "repeat_end": 1,
            "gift": {"id": 5655, "name": "Rose", "type": 1, "diamond_count": 1},
        },
    ),
)


def samples(now: float) -> list[Event]:
    """
    A comment and a gift.

    :param now: seconds since 1970.
    """
    origin = Origin("sample", "", int(now * 1000), "sample")
    made: list[Event] = []
    for method, fields in _SAMPLES:
        number = next(_numbers)
        message = MESSAGE_TYPES[method](common={"msg_id": number}, **fields)
        if method == "WebcastGiftMessage":
            message.group_id = number  # type: ignore[attr-defined]  # a gift has one
        made.append(decode(method, message.SerializeToString(), number=number, origin=origin))
    return made
