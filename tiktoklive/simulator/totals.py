"""What is counted of a broadcast, as its messages tell it and as room info says it."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any, Final

from google.protobuf.message import DecodeError

from tiktoklive.wire.audience_pb2 import (
    WebcastLikeMessage,
    WebcastMemberMessage,
    WebcastRoomUserSeqMessage,
    WebcastSocialMessage,
)

#: Followers of somebody of whom nothing else is known.
FOLLOWERS: Final = 3456


@dataclass(slots=True)
class Totals:
    """
    The totals of one broadcast, and its broadcaster's followers.

    :ivar watching: how many watch now; 0 if no message has said so.
    :ivar seen: how many have come, likewise.
    """

    likes: int = 0
    followers: int = FOLLOWERS
    shares: int = 0
    watching: int = 0
    seen: int = 0

    @classmethod
    def drawn(cls, rng: Random) -> Totals:
        """Those of a broadcast that has been going on for a while."""
        watching = rng.randrange(80, 2000)
        return cls(
            likes=rng.randrange(1000, 90_000),
            followers=rng.randrange(500, 50_000),
            shares=rng.randrange(10, 500),
            watching=watching,
            seen=watching * 3,
        )

    def take(self, other: Totals) -> None:
        """Be what another one is."""
        for name in self.__slots__:
            setattr(self, name, getattr(other, name))

    def hear(self, method: str, payload: bytes) -> None:
        """
        Take over what a message says of them.

        What only grows does not shrink by a message that was made before others.
        """
        known = _TELLING.get(method)
        if known is None:
            return
        kind, fields = known
        try:
            message = kind.FromString(payload)
        except DecodeError:
            return  # garbage, which is pushed on purpose
        for field, name in fields:
            if value := getattr(message, field):
                least = 0 if name == "watching" else getattr(self, name)
                setattr(self, name, max(least, value))


#: What tells of which: the class of the message, and its fields.
_TELLING: Final[dict[str, tuple[Any, tuple[tuple[str, str], ...]]]] = {
    "WebcastLikeMessage": (WebcastLikeMessage, (("total", "likes"),)),
    "WebcastMemberMessage": (WebcastMemberMessage, (("member_count", "watching"),)),
    "WebcastSocialMessage": (
        WebcastSocialMessage,
        (("follow_count", "followers"), ("share_count", "shares")),
    ),
    "WebcastRoomUserSeqMessage": (
        WebcastRoomUserSeqMessage,
        (("total", "watching"), ("total_user", "seen")),
    ),
}
