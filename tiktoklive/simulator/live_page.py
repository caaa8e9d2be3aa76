"""The page of a user as people see it, with what programs find in it (wire facts §2.5)."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, Final

from tiktoklive.simulator.room import SimulatedRoom

#: Where the script of the live page is, which opens a socket of its own.
SCRIPT_PATH: Final = "/live-page.js"

#: That there is no such user (wire facts §2.3).
_NOBODY = 10221


def page_of(room: SimulatedRoom | None, style: str, *, profile: bool = False) -> str:
    """
    The page of a user.

    :param room: the user's; ``None`` if there is no such user.
    :param style: a page style of :class:`~tiktoklive.simulator.world.Behaviour`.
    :param profile: whether it is the profile, which shows more than the live page.
    """
    if style == "bare":
        return _html("", "")
    if style == "classic":
        return _html(*_classic(room))
    script = _script("SIGI_STATE", _state(room))
    if profile:
        script += _script("__UNIVERSAL_DATA_FOR_REHYDRATION__", _profile(room))
    elif room is not None and room.is_live:
        script += (
            f'{_script("live-page", {"room": room.room_id})}<script src="{SCRIPT_PATH}"></script>'
        )
    return _html(_card(room), script)


@cache
def live_script() -> bytes:
    """The script of the live page."""
    return Path(__file__).with_name("live.js").read_bytes()


def _script(name: str, content: Any) -> str:
    # As tight as TikTok's own: clients of the first generation look for '"roomId":"'.
    text = json.dumps(content, separators=(",", ":")).replace("</", "<\\/")
    return f'<script id="{name}" type="application/json">{text}</script>'


def _profile(room: SimulatedRoom | None) -> dict[str, Any]:
    """What a profile shows of a user, or that there is none (wire facts §2.5)."""
    detail: dict[str, Any] = {"statusCode": _NOBODY, "statusMsg": ""}
    if room is not None:
        stats = {
            "followerCount": room.totals.followers,
            "followingCount": 12,
            "heartCount": 0,
            "videoCount": 0,
        }
        detail = {"statusCode": 0, "userInfo": {"user": user_of(room), "stats": stats}}
    return {"__DEFAULT_SCOPE__": {"webapp.user-detail": detail}}


def user_of(room: SimulatedRoom) -> dict[str, Any]:
    """A user as the live page and the JSON look-up describe them."""
    return {
        "id": room.anchor_id,
        "uniqueId": room.unique_id,
        "nickname": room.nickname,
        "signature": "",
        "avatarLarger": room.pictures.of_owner(room.anchor_id, 1080),
        "roomId": room.room_id,
        "status": int(room.status),
    }


def live_room_of(room: SimulatedRoom) -> dict[str, Any]:
    """A user's broadcast, likewise."""
    return {
        "status": int(room.status),
        "title": room.title if room.room_id else "",
        "startTime": room.started_at,
    }


def _state(room: SimulatedRoom | None) -> dict[str, Any]:
    state: dict[str, Any] = {"AppContext": {"appContext": {"language": "en"}}, "UserPage": {}}
    if room is not None:
        info = {"user": user_of(room), "liveRoom": live_room_of(room)}
        state["LiveRoom"] = {"liveRoomUserInfo": info}
    return state


def _classic(room: SimulatedRoom | None) -> tuple[str, str]:
    """Head and body of a page of the first generation: it shows an id, and no status."""
    if room is None or not room.is_live:
        return _card(room), ""
    link = f"snssdk1180://live?room_id={room.room_id}&amp;refer=web"
    script = json.dumps({"roomId": room.room_id, "uniqueId": room.unique_id}, separators=(",", ":"))
    return (
        f'{_card(room)}<meta property="al:android:url" content="{link}">',
        f"<script>window.__INIT__={script}</script>",
    )


def _card(room: SimulatedRoom | None) -> str:
    """What other sites show of the page; only of users that there are."""
    if room is None:
        return ""
    return f'<meta property="og:url" content="https://www.tiktok.com/@{room.unique_id}/live">'


def _html(head: str, body: str) -> str:
    return (
        f"<!DOCTYPE html><html><head><title>TikTok</title>{head}</head><body>{body}</body></html>"
    )
