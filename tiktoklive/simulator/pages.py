"""The pages and look-ups of the simulated TikTok (wire facts §2.1, §2.3, §8)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from tiktoklive.model import Status
from tiktoklive.simulator.gift_list import gift_list
from tiktoklive.simulator.live_page import (
    SCRIPT_PATH,
    live_room_of,
    live_script,
    page_of,
    user_of,
)
from tiktoklive.simulator.requests import Answer, Request, is_signed
from tiktoklive.simulator.room import SimulatedRoom
from tiktoklive.simulator.video import stream_url
from tiktoklive.simulator.world import World

#: TikTok's numbers (wire facts §2.3).
USER_NOT_FOUND: Final = 19881007
PARAMS_ERROR: Final = 10011
AGE_RESTRICTED: Final = 4003110

#: The one ``Origin`` that all clients send, if any: another one, as with a slash at its end, is
#: refused by some hosts (wire facts §12.3).
_ORIGIN: Final = "https://www.tiktok.com"


#: Where a guest cookie is given, and what has to be sent (wire facts §2.2).
CHECK_PATH: Final = "/ttwid/check/"
CHECK: Final = {
    "aid": 1988,
    "service": "www.tiktok.com",
    "union": False,
    "unionHost": "",
    "needFid": False,
    "fid": "",
    "migrate_priority": 0,
}


class Pages:
    """
    Answers everything but the socket.

    :param rooms: the rooms by lower-case username.
    """

    def __init__(self, world: World, rooms: Mapping[str, SimulatedRoom]) -> None:
        self._world = world
        self._rooms = rooms
        self._cookie_requests = 0
        self._webcast = {
            "/webcast/room/info/": self.room_info,
            "/webcast/room/check_alive/": self.check_alive,
            "/webcast/gift/list/": self.gifts,
        }

    def answer(self, request: Request) -> Answer:
        """The answer to a request that arrived for one of our paths, or a 404."""
        found = self._find(request.path)
        if found is None:
            return Answer(404, b"<html><title>404</title></html>")
        if not request.header("user-agent"):
            return Answer(403, b"Access Denied")
        return found(request)

    def _find(self, path: str) -> Callable[[Request], Answer] | None:
        if path.rstrip("/") == "/api-live/user/room":
            return self.user_room
        if path in self._webcast:
            return self._webcast[path]
        if path == CHECK_PATH:
            return self.check if self._world.behaviour.ttwid_check else None
        if path == SCRIPT_PATH:
            return lambda request: Answer(200, live_script(), "text/javascript; charset=utf-8")
        if path == "/live" or _name_in(path):
            return self.page
        return None

    def _cookie(self, request: Request) -> tuple[tuple[str, str], ...]:
        """The headers that give a guest cookie, if one is given."""
        self._cookie_requests += 1
        first = self._world.behaviour.ttwid_after
        if first is None or self._cookie_requests < first:
            return ()
        cookie = f"ttwid={self._world.mint()}; Path=/; Max-Age=31536000; HttpOnly"
        if (request.header("host") or "").partition(":")[0].endswith(".tiktok.com"):
            cookie += "; Domain=.tiktok.com; Secure; SameSite=None"
        return (("Set-Cookie", cookie),)

    def check(self, request: Request) -> Answer:
        """``/ttwid/check/``: a guest cookie, and nothing else (wire facts §2.2)."""
        try:
            asked = json.loads(request.body)
        except ValueError:
            asked = None
        if not isinstance(asked, dict) or asked.keys() != CHECK.keys():
            return Answer.json({"status_code": PARAMS_ERROR, "message": "params error"}, 400)
        if asked != CHECK or request.header("content-type") != "application/json":
            return Answer.json({"status_code": PARAMS_ERROR, "message": "params error"})
        return replace(Answer.json({"status_code": 0}), headers=self._cookie(request))

    def page(self, request: Request) -> Answer:
        """A page for people, of a user mostly; it gives the guest cookie (wire facts §2.2)."""
        headers = self._cookie(request)
        name = _name_in(request.path)
        style = self._world.behaviour.page_style if name else "bare"
        profile = not request.path.endswith("/live")
        room = self._rooms.get(name.lower())
        if room is None and profile:
            room = user_by_id(self._rooms.values(), name)
        body = page_of(room, style, profile=profile)
        return Answer(200, body.encode(), headers=headers)

    def user_room(self, request: Request) -> Answer:
        """``/api-live/user/room``: the room of a user (wire facts §8.1)."""
        if missing(request, ("aid", "sourceType", "uniqueId")):
            return Answer.json({"statusCode": PARAMS_ERROR, "message": "params_error"})
        room = self._rooms.get((request.parameter("uniqueId") or "").lower())
        if room is None:
            return Answer.json(
                {"statusCode": USER_NOT_FOUND, "message": "user_not_found", "data": None}
            )
        counts = {"userCount": room.viewer_count, "enterCount": room.entered_count}
        data = {
            "user": user_of(room),
            "stats": {"followingCount": 12, "followerCount": room.totals.followers},
            "liveRoom": {**live_room_of(room), "liveRoomStats": counts},
        }
        return Answer.json({"statusCode": 0, "message": "", "data": data})

    def room_info(self, request: Request) -> Answer:
        """``/webcast/room/info/``: about one room (wire facts §8.3)."""
        if request.header("origin") not in (None, _ORIGIN):
            return Answer(403, b"")  # wire facts §8.3: an Origin can turn this call into a 403
        room_id = request.parameter("room_id") or ""
        if missing(request, ("aid", "room_id")):
            return webcast(PARAMS_ERROR, {"message": "Request params error"})
        room = room_by_id(self._rooms.values(), room_id)
        if room is None:
            return webcast(PARAMS_ERROR, {"message": "Request params error"})
        if room.age_restricted and not request.cookies.get("sessionid"):
            return webcast(AGE_RESTRICTED, {"prompts": "This LIVE is for adults only"})
        status = room.status if room_id == room.room_id else Status.ENDED
        return webcast(0, self._info(room, room_id, status))

    def check_alive(self, request: Request) -> Answer:
        """``/webcast/room/check_alive/``: which of some rooms are live (wire facts §8.2)."""
        if missing(request, ("aid", "room_ids")):
            return webcast(PARAMS_ERROR, {"message": "Request params error"})
        told = []
        for room_id in (request.parameter("room_ids") or "").split(","):
            room = room_by_id(self._rooms.values(), room_id)
            alive = room is not None and room.room_id == room_id and room.is_live
            told.append({"alive": alive, "room_id_str": room_id})
        return webcast(0, told)

    def gifts(self, request: Request) -> Answer:
        """``/webcast/gift/list/``: which gifts can be sent (wire facts §8.4)."""
        if not self._world.behaviour.unsigned_gifts and not is_signed(request):
            return Answer(403)
        room_id = request.parameter("room_id")  # without one it is listed too
        known = room_id is None or room_by_id(self._rooms.values(), room_id) is not None
        if missing(request, ("aid", "app_language", "device_platform")) or not known:
            return webcast(PARAMS_ERROR, {"message": "Request params error"})
        return webcast(0, {"gifts": gift_list(self._world.pictures), "pages": []})

    def _info(self, room: SimulatedRoom, room_id: str, status: Status) -> dict[str, Any]:
        owner = {
            "id": int(room.anchor_id),
            "id_str": room.anchor_id,
            "display_id": room.unique_id,
            "nickname": room.nickname,
            "sec_uid": "",
            "avatar_thumb": {"url_list": [room.pictures.of_owner(room.anchor_id, 100)]},
            "follow_info": {"follower_count": room.totals.followers, "following_count": 12},
        }
        return {
            "id": int(room_id),
            "id_str": room_id,
            "status": int(status),
            "title": room.title,
            "create_time": room.started_at,
            "finish_time": 0 if status in (Status.LIVE, Status.PAUSED) else room.ended_at,
            "user_count": room.viewer_count,
            "like_count": room.like_count,
            "owner": owner,
            "owner_user_id_str": room.anchor_id,
            "stats": {
                "like_count": room.like_count,
                "total_user": room.entered_count,
                "share_count": room.totals.shares,
            },
            "stream_url": stream_url(room_id),
            "cover": {"url_list": [room.pictures.of_owner(room_id, 720)]},
            "admin_user_ids": [],
        }


def missing(request: Request, names: Iterable[str]) -> list[str]:
    """Which of these query parameters are not there, or empty."""
    return [name for name in names if not request.parameter(name)]


def user_by_id(rooms: Iterable[SimulatedRoom], anchor_id: str) -> SimulatedRoom | None:
    """The user with this id."""
    return next((room for room in rooms if room.anchor_id == anchor_id), None)


def room_by_id(rooms: Iterable[SimulatedRoom], room_id: str) -> SimulatedRoom | None:
    """The room that has, or once had, this id."""
    for room in rooms:
        if room_id and (room_id == room.room_id or room_id in room.past_room_ids):
            return room
    return None


def webcast(status_code: int, data: Any) -> Answer:
    """An answer in the form of the webcast hosts."""
    return Answer.json({"data": data, "extra": {}, "status_code": status_code})


def _name_in(path: str) -> str:
    """The user whose page this is, profile or live; ``""`` if no user's."""
    name = path.removeprefix("/@").removesuffix("/live")
    return name if path.startswith("/@") and "/" not in name else ""
