"""The page of a live broadcast, read for the room that it shows."""

from __future__ import annotations

import json
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
from tiktoklive.net.answers import blocked, challenge_in, digits, refuse
from tiktoklive.net.tiktok import TikTokWeb
from tiktoklive.net.web import Answer
from tiktoklive.rooms.broadcast import broadcast_of, statuses_of

#: The scripts that hold what the page shows, as JSON (wire facts §2.5).
_STATES: Final = ("SIGI_STATE", "sigi-persisted-data")

#: Where 1.x looks for the id, in this order (wire facts §2.5, §8.1).  It looks for the first in
#: short pieces and at last in the whole page, which finds the same.  Each match is short, so the
#: time for a page is proportional to its length, whatever is in it.
_PATTERNS: Final = (
    re.compile(rb'roomId":"([1-9][0-9]{0,18})"'),
    re.compile(rb"room_id=([1-9][0-9]{0,18})(?![0-9])"),
)

#: Redirects that are followed: to the spelling of a name, or of a host.
_REDIRECTS: Final = 3


@implementer(IRoomResolver)
class PageResolver:
    """
    Reads ``/@name/live``, as the first generation of clients did (wire facts §2.5, §8.1).

    :param tiktok: whom to ask.
    """

    def __init__(self, tiktok: TikTokWeb) -> None:
        self._tiktok = tiktok

    async def resolve(self, unique_id: str) -> Room:
        """Look the user up; see :meth:`tiktoklive.interfaces.IRoomResolver.resolve`."""
        headers = [
            ("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"),
            ("Accept-Language", self._tiktok.device.accept_language),
        ]
        path = f"/@{quote(unique_id)}/live"
        answer = await self._tiktok.get(path, headers=headers, redirects=_REDIRECTS)
        return room_in(answer, unique_id)


def room_in(answer: Answer, unique_id: str) -> Room:
    """
    Read a live page.

    :return: the room; its status is unknown if the page shows no more than an id.
    :raise RoomLookupError: one of its subclasses, see
        :meth:`~tiktoklive.interfaces.IRoomResolver.resolve`; those that the page does not tell
        but only lets guess are not ``certain``.
    """
    asked = f"the request for the live page of @{unique_id}"
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
    state = _state_in(page)
    if state is not None:
        room = _room_of_state(state, unique_id)
        if room is not None:
            return room
    for pattern in _PATTERNS:
        match = pattern.search(page)
        if match is not None:
            return Room(unique_id, match[1].decode("ascii"))
    challenge = challenge_in(answer)
    if challenge:
        raise blocked(answer, asked, challenge)
    if _script(page, _STATES[0]) >= 0 or _script(page, _STATES[1]) >= 0:
        raise ExtractRoomIdError(
            f"The live page of @{unique_id} holds no room id where one is known to be: TikTok "
            "has changed its page, or shows another one from here."
        )
    if b'"og:url"' in page:
        raise _guess(
            UserOfflineError(f"@{unique_id} might be offline: their live page shows no room.")
        )
    raise blocked(answer, asked, "a page that shows no user")


def _guess(error: RoomLookupError) -> RoomLookupError:
    """An error that the page does not tell, but only lets guess."""
    error.certain = False
    return error


def _state_in(page: bytes) -> Mapping[str, Any] | None:
    """What the page shows, as its own scripts read it; ``None`` if it does not say."""
    for name in _STATES:
        start = _script(page, name)
        end = page.find(b"</script", start)
        brace = page.find(b"{", start, end)
        if min(start, end, brace) < 0:
            continue
        text = page[brace:end].decode("utf-8", "replace")
        try:
            # In the older script the object is followed by further statements.
            state, _ = json.JSONDecoder().raw_decode(text)
        except (ValueError, RecursionError):
            continue
        if isinstance(state, dict):
            return state
    return None


def _script(page: bytes, name: str) -> int:
    """Where the content of the script with this id begins, -1 if there is none."""
    for quoted in (f'id="{name}"', f"id='{name}'"):
        found = page.find(quoted.encode("ascii"))
        if found >= 0:
            return page.find(b">", found)
    return -1


def _room_of_state(state: Mapping[str, Any], unique_id: str) -> Room | None:
    """The room, if the state holds one where it should."""
    if "LiveRoom" not in state:
        raise UserNotFoundError(
            f"TikTok's page knows no @{unique_id} who could go live: check the name's spelling."
        )
    info = _object(_object(state["LiveRoom"]).get("liveRoomUserInfo"))
    user, live_room = _object(info.get("user")), _object(info.get("liveRoom"))
    if not user:
        return None
    room_id = digits(user.get("roomId"))
    told = statuses_of(user, live_room)
    if room_id and room_id != "0" and not told:
        return Room(unique_id, room_id)
    return broadcast_of(unique_id, user, live_room)


def _object(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
