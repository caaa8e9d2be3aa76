"""The page of a live broadcast, read for the room that it shows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote

from zope.interface import implementer

from tiktoklive.errors import (
    ExtractRoomIdError,
    RoomLookupError,
    UserNotFoundError,
    UserOfflineError,
)
from tiktoklive.interfaces import IRoomResolver
from tiktoklive.model import Room
from tiktoklive.net.answers import (
    Answer,
    blocked,
    challenge_in,
    refuse,
    wants_login,
    withheld,
)
from tiktoklive.net.login import is_login_page
from tiktoklive.net.tiktok import TikTokWeb
from tiktoklive.rooms.broadcast import broadcast_of, check_name, statuses_of
from tiktoklive.rooms.scripts import has_script, object_in, page_at, script_in
from tiktoklive.wire.jsonread import digits

#: The scripts that hold what the page shows, as JSON (wire facts §2.5).
_STATES: Final = ("SIGI_STATE", "sigi-persisted-data")

#: Where 1.x looks for the id, in this order (wire facts §2.5, §8.1).  It looks for the first in
#: short pieces and at last in the whole page, which finds the same.  Each match is short, so the
#: time for a page is proportional to its length, whatever is in it.
_PATTERNS: Final = (
    re.compile(rb'roomId":"([1-9][0-9]{0,18})"'),
    re.compile(rb"room_id=([1-9][0-9]{0,18})(?![0-9])"),
)

#: A user of whom a page tells, whoever it is: the rooms of others are recommended on it as well.
_USERS: Final = re.compile(rb'"uniqueId":\s?"([^"]{1,64})"')


@implementer(IRoomResolver)
class PageResolver:
    """
    Reads ``/@name/live``, as the first generation of clients did (wire facts §2.5, §8.1).

    :param tiktok: TikTok's servers.
    """

    def __init__(self, tiktok: TikTokWeb) -> None:
        self._tiktok = tiktok

    async def resolve(self, unique_id: str) -> Room:
        """Look the user up; see :meth:`tiktoklive.interfaces.IRoomResolver.resolve`."""
        return room_in(await page_at(self._tiktok, f"/@{quote(unique_id)}/live"), unique_id)


def room_in(answer: Answer, unique_id: str) -> Room:
    """
    Read a live page.

    :return: the room; its status is unknown if the page shows no more than an id.
    :raise RoomLookupError: one of its subclasses, see
        :meth:`~tiktoklive.interfaces.IRoomResolver.resolve`; those that the page does not tell
        but only lets guess are not ``certain``.
    """
    asked = f"the request for the live page of @{unique_id}"
    if is_login_page(answer.led_to):
        raise wants_login(f"TikTok ({answer.host}) answered {asked} with its login page")
    if answer.status == 404:
        raise _guess(
            UserNotFoundError(
                f"TikTok ({answer.host}) has no live page of @{unique_id} (HTTP 404): check the "
                "name's spelling."
            )
        )
    if answer.status >= 400:
        refuse(answer, asked)
    page = answer.body
    state = script_in(page, *_STATES)
    if state is not None:
        room = _room_of_state(state, unique_id)
        if room is not None:
            return room
    guess = _guess_room(page, unique_id)
    if guess is not None:
        return guess
    if state is not None:
        _check_access(object_in(state["LiveRoom"]), unique_id)
    challenge = challenge_in(answer)
    if challenge:
        raise blocked(answer, asked, challenge)
    if any(has_script(page, name) for name in _STATES):
        raise ExtractRoomIdError(
            f"The live page of @{unique_id} holds no room id where one is known to be: TikTok "
            "has changed its page, or shows another one from here."
        )
    if b'"og:url"' in page:
        raise _guess(
            UserOfflineError(f"@{unique_id} might be offline: their live page shows no room.")
        )
    raise blocked(answer, asked, "a page that shows no user")


def _guess_room(page: bytes, unique_id: str) -> Room | None:
    """The first room id of a page that tells of no other user; whether it is live is not known."""
    wanted = unique_id.lower().encode()
    if any(match[1].lower() != wanted for match in _USERS.finditer(page)):
        return None
    for pattern in _PATTERNS:
        match = pattern.search(page)
        if match is not None:
            return Room(unique_id, match[1].decode("ascii"))
    return None


def _check_access(live_room: Mapping[str, Any], unique_id: str) -> None:
    """
    Read what a page that shows no user wants before it does (wire facts §2.5).

    :raise RoomWithheldError: it wants something.
    """
    subject = f"The live page of @{unique_id}"
    if live_room.get("needLogin") is True:
        raise wants_login(f"{subject} shows no user, and says needLogin")
    if live_room.get("isAgeGateRoom") is True:
        raise withheld(subject, "isAgeGateRoom", "in the page")
    if live_room.get("showLiveGate") is True:
        raise withheld(subject, "", "showLiveGate in the page")


def _guess(error: RoomLookupError) -> RoomLookupError:
    """An error that the page does not tell, but only lets guess."""
    error.certain = False
    return error


def _room_of_state(state: Mapping[str, Any], unique_id: str) -> Room | None:
    """The room, if the state holds one where it should."""
    if "LiveRoom" not in state:
        raise UserNotFoundError(
            f"TikTok's page knows no @{unique_id} that could go live: check the name's spelling."
        )
    info = object_in(object_in(state["LiveRoom"]).get("liveRoomUserInfo"))
    user, live_room = object_in(info.get("user")), object_in(info.get("liveRoom"))
    if not user:
        return None
    check_name(unique_id, user.get("uniqueId"), digits(user.get("id")) or "")
    room_id = digits(user.get("roomId"))
    told = statuses_of(user, live_room)
    if room_id and room_id != "0" and not told:
        return Room(unique_id, room_id, anchor_id=digits(user.get("id")) or "")
    return broadcast_of(unique_id, user, live_room)
