"""What one user said and gave: of what this output still has in memory, and of an archive."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from twisted.logger import Logger
from twisted.web.server import Request

from tiktoklive.errors import ArchiveError
from tiktoklive.interfaces import IUserArchive
from tiktoklive.outputs.jsonbytes import loads
from tiktoklive.outputs.web.answers import Refusal, as_json
from tiktoklive.outputs.web.control import RoomControl
from tiktoklive.outputs.web.later import answer_later
from tiktoklive.outputs.web.ring import Item

#: A user's id; the schema says the same.
USER_ID: Final = r"^[0-9]{1,20}$"

#: The last lines of a user that are told.
LINES: Final = 30

#: What is told of a user, of their latest event.
_ATTRIBUTES: Final = (
    "userId",
    "uniqueId",
    "nickname",
    "profilePictureUrl",
    "userBadges",
    "isModerator",
    "isSubscriber",
    "topGifterRank",
    "gifterLevel",
    "teamMemberLevel",
)

#: Events that are lines of a user's; the first three are comments.
_COMMENTS: Final = frozenset(("chat", "emote", "questionNew"))
_LINES: Final = _COMMENTS | {"giftStreak", "subscribe", "follow", "share"}
#: Events that say what a user is like.
_OF_USERS: Final = _LINES | {"gift", "like", "member"}

_GIVEN: Final = re.compile(rb'"(repeatCount|diamondTotal)":([0-9]{1,15})')


class People:
    """
    Answers about users of the rooms that are followed.

    :param items: gives the events of a room that are in memory, oldest first.
    :param archives: finds the outputs beside this one that can be asked about users.
    """

    log = Logger()

    def __init__(
        self,
        items: Callable[[str], Iterable[Item]],
        control: RoomControl,
        archives: Callable[[], Iterable[IUserArchive]],
    ) -> None:
        self._items = items
        self._control = control
        self._archives = archives

    def one(self, request: Request, name: str, user_id: str) -> int:
        """``GET /api/rooms/NAME/people/USERID``."""
        room = self._control.find(name)
        if not re.fullmatch(USER_ID, user_id, re.ASCII):
            raise Refusal(400, "user", "A user's id is a number of 20 digits at most.")

        async def answer() -> bytes:
            said = self.here(room, user_id)
            archived = await self._archived(user_id)
            for key, value in archived.items():
                # What is in memory may be ahead of the archive, or of before it began.
                said[key] = _earlier(said[key], value) if key == "first" else max(said[key], value)
            return as_json(request, {**said, "archive": bool(archived)})

        return answer_later(request, answer())

    def here(self, room: str, user_id: str) -> dict[str, Any]:
        """
        What is in memory.

        Bodies are looked through as they are, since thousands of them would take long to parse:
        no text that a user typed can hold a quote that is not escaped.
        """
        mark = b'"userId":"%b"' % user_id.encode("ascii")
        found = [
            item
            for item in self._items(room.lower())
            if item.name in _OF_USERS and mark in item.body
        ]
        given = [_given(item) for item in found if item.name == "giftStreak"]
        lines = [item for item in found if item.name in _LINES][-LINES:]
        ends = [loads(item.body)["received_at"] for item in (*found[:1], *found[-1:])]
        return {
            "user": _user(found[-1]) if found else None,
            "comments": sum(item.name in _COMMENTS for item in found),
            "gifts": sum(each.get(b"repeatCount", 1) for each in given),
            "diamonds": sum(each.get(b"diamondTotal", 0) for each in given),
            "first": min(ends, default=0),
            "last": max(ends, default=0),
            "lines": [loads(item.body) for item in lines],
        }

    async def _archived(self, user_id: str) -> Mapping[str, int]:
        for archive in self._archives():
            try:
                return await archive.about(user_id)
            except ArchiveError as e:
                self.log.info("an archive was asked in vain: {reason}", reason=str(e))
        return {}


def _given(item: Item) -> dict[bytes, int]:
    return {key: int(number) for key, number in _GIVEN.findall(item.body)}


def _user(item: Item) -> dict[str, Any]:
    data = loads(item.body)["data"]
    return {key: data[key] for key in _ATTRIBUTES if key in data}


def _earlier(one: int, other: int) -> int:
    return min(filter(None, (one, other)), default=0)
