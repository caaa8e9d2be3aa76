"""A user's broadcast as TikTok describes it, in its JSON look-up and in its live page alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tiktoklive.errors import InvalidResponseError, UserOfflineError
from tiktoklive.model import Room, Status
from tiktoklive.wire.jsonread import digits, number

#: Characters of a title; TikTok allows some dozens.
TITLE = 1000


def broadcast_of(unique_id: str, user: Mapping[str, Any], live_room: object) -> Room:
    """
    The room that a user is live in.

    One of the two statuses being live is enough, and a paused broadcast counts as live: it is
    not ended (wire facts §8.2).

    :param user: has ``id``, ``roomId``, ``status``.
    :param live_room: has ``status`` and ``title``, if it is an object at all.
    :raise UserOfflineError: there is no room, or it is not live.
    :raise InvalidResponseError: the room id is none.
    """
    live = live_room if isinstance(live_room, dict) else {}
    statuses = statuses_of(user, live)
    room_id = digits(user.get("roomId"))
    if room_id is None:
        raise InvalidResponseError(f"TikTok's answer about @{unique_id} has a room id of no form.")
    anchor_id = digits(user.get("id")) or ""
    if room_id in ("", "0") or not statuses & {Status.LIVE, Status.PAUSED}:
        raise UserOfflineError(f"@{unique_id} is not live now.", anchor_id=anchor_id)
    title = live.get("title")
    return Room(
        unique_id,
        room_id,
        Status.LIVE if Status.LIVE in statuses else Status.PAUSED,
        anchor_id=anchor_id,
        title=title[:TITLE] if isinstance(title, str) else "",
    )


def statuses_of(user: Mapping[str, Any], live_room: Mapping[str, Any]) -> set[int]:
    """The statuses that are told of a user and of the room."""
    told = (number(user.get("status")), number(live_room.get("status")))
    return {status for status in told if status is not None}
