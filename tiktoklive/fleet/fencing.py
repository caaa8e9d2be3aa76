"""
Fencing: an event is appended only if its writer is still the one that has the room.

The script that appends looks for the token of the room, in the same step.  So an old owner that
does not know yet that it is one appends nothing after the new one has begun.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from tiktoklive.fleet.client import Script
from tiktoklive.fleet.entries import StreamEntry
from tiktoklive.fleet.localrooms import LocalRooms
from tiktoklive.fleet.stream import append_script

#: Appends the events of rooms that are the writer's; its fourth key is that of the tokens, and the
#: fence of an entry is ``USER TOKEN``.
FENCED_APPEND: Final[Script] = append_script(
    "local user, token = string.match(fence, '^(%S+) (%S+)$') "
    "local known = user and redis.call('HGET', KEYS[4], user) "
    # Of a user who was renamed: see ``scripts.RENAME``.
    "for _ = 1, 3 do if known and string.sub(known, 1, 1) == '>' then "
    "known = redis.call('HGET', KEYS[4], string.sub(known, 2)) end end "
    "return user and known == token"
)


def fence_of(rooms: LocalRooms) -> Callable[[StreamEntry], str]:
    """What gives the fence of an entry, for the rooms of a node."""

    def fence(entry: StreamEntry) -> str:
        return " ".join(rooms.fence(entry.anchor.lower()))

    return fence
