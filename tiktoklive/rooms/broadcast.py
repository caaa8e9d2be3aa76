"""A user's broadcast as TikTok describes it, in its JSON look-up and in its live page alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tiktoklive.errors import InvalidResponseError, OtherUserError, UserOfflineError
from tiktoklive.model import Room, Status
from tiktoklive.wire.jsonread import digits, number
from tiktoklive.wire.unique_id import is_unique_id

#: Characters of a title; TikTok allows some dozens.
TITLE = 1000


def broadcast_of(unique_id: str, user: Mapping[str, Any], live_room: object) -> Room:
    """
    The room that a user is live in.

    One of the two statuses being live is enough, and a paused broadcast counts as live: it is
    not ended (wire facts §8.2).

    :param user: has ``id``, ``uniqueId``, ``roomId``, ``status``, ``secret``.
    :param live_room: has ``status``, ``title``, ``liveSubOnly`` and ``paidEvent``, if it is an
        object at all.
    :raise OtherUserError: the user is another one.
    :raise UserOfflineError: there is no room, or it is not live.
    :raise InvalidResponseError: the room id is none.
    """
    live = live_room if isinstance(live_room, dict) else {}
    has_other_name = is_other_name(unique_id, user.get("uniqueId"))
    restrictions, statuses = restrictions_of(user, live), statuses_of(user, live)
    anchor_id, room_id = digits(user.get("id")) or "", digits(user.get("roomId"))
    if has_other_name and anchor_id != unique_id:
        raise other_user(unique_id, user.get("uniqueId"), anchor_id)
    if room_id is None:
        raise InvalidResponseError(f"TikTok's answer about @{unique_id} has a room id of no form.")
    if room_id in ("", "0") or not statuses & {Status.LIVE, Status.PAUSED}:
        last = room_id if number(room_id) else ""
        raise UserOfflineError(f"@{unique_id} is not live now.", anchor_id=anchor_id, room_id=last)
    title = live.get("title")
    return Room(
        unique_id,
        room_id,
        Status.LIVE if Status.LIVE in statuses else Status.PAUSED,
        anchor_id=anchor_id,
        title=title[:TITLE] if isinstance(title, str) else "",
        restrictions=restrictions,
    )


def check_name(unique_id: str, told: object, anchor_id: str) -> None:
    """
    Compare whom an answer is about with the user who was looked up.

    TikTok shows the page of another host for a name now and then (wire facts §8.1).

    :param unique_id: the name that was looked up; a user's id leads to the user as well.
    :param told: the name in the answer; anything but text tells nothing.
    :param anchor_id: the user id in the answer, ``""`` if there is none.
    :raise OtherUserError: it is about another user.
    """
    if is_other_name(unique_id, told) and anchor_id != unique_id:
        raise other_user(unique_id, told, anchor_id)


def is_other_name(unique_id: str, told: object) -> bool:
    """Whether an answer has another name than that which was looked up; see :func:`check_name`."""
    return isinstance(told, str) and told.lower() not in ("", unique_id.lower())


def other_user(unique_id: str, told: object, anchor_id: str) -> OtherUserError:
    """The error for an answer that is about another user; see :func:`check_name`."""
    other = str(told) if is_unique_id(told) else ""
    named = f"user {anchor_id}" if anchor_id else "a user of another name"
    if other and is_other_name(unique_id, other):
        named = f"@{other}"
    return OtherUserError(
        f"TikTok answered a request about @{unique_id} with {named}: that room is not entered. "
        "Wait; if the user changed their name, follow them by the new one.",
        unique_id=other,
        anchor_id=anchor_id,
    )


def restrictions_of(user: Mapping[str, Any], live_room: Mapping[str, Any]) -> tuple[str, ...]:
    """For whom a room is, as far as TikTok tells it (wire facts §8.2), in words."""
    event = live_room.get("paidEvent")
    paid = event.get("paid_type") if isinstance(event, dict) else None
    subscribers = live_room.get("liveSubOnly")
    told = (
        ("for subscribers only", subscribers and number(subscribers)),
        ("paid for", paid and number(paid)),
        ("of a private account", user.get("secret") is True),
    )
    return tuple(words for words, is_so in told if is_so)


def statuses_of(user: Mapping[str, Any], live_room: Mapping[str, Any]) -> set[int]:
    """The statuses that are told of a user and of the room."""
    told = (number(user.get("status")), number(live_room.get("status")))
    return {status for status in told if status is not None}
