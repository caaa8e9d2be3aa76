"""The chat of the simulated TikTok's rooms: what accounts say is heard by the viewers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from tiktoklive.simulator.pages import PARAMS_ERROR, missing, room_by_id, webcast
from tiktoklive.simulator.requests import Answer, Request, is_signed
from tiktoklive.simulator.room import SimulatedRoom
from tiktoklive.simulator.visitors import Standing, user_named
from tiktoklive.simulator.world import World
from tiktoklive.wire.common_pb2 import User

CHAT_PATH: Final = "/webcast/room/chat/"

#: TikTok's numbers (wire facts §2.3); those of refusals are ours.
_LOGIN_REQUIRED: Final = 20003
_FINISHED: Final = 10041
_REFUSED: Final = 50007

_SESSION: Final = ("sessionid", "sessionid_ss", "sid_tt")
_LONGEST: Final = 150


class SimulatedChat:
    """
    Takes messages from users who are logged in (wire facts §8.5).

    :param rooms: the rooms by lower-case username.
    :ivar accounts: the users who are logged in, by session id.
    """

    def __init__(self, world: World, rooms: Mapping[str, SimulatedRoom]) -> None:
        self.accounts: dict[str, User] = {}
        self._world = world
        self._rooms = rooms

    def log_in(self, unique_id: str, nickname: str, session_id: str = "") -> str:
        """A session id for an account: the one that is given, or a new one."""
        session_id = session_id or self._world.rng.randbytes(16).hex()
        self.accounts[session_id] = user_named(unique_id, self._world.pictures, Standing(nickname))
        return session_id

    def answer(self, request: Request) -> Answer:
        """``/webcast/room/chat/``: say something."""
        refuses = not self._world.behaviour.unsigned_chat and not is_signed(request)
        if refuses or not request.header("user-agent"):
            return Answer(403)
        sessions = {request.cookies.get(name, "") for name in _SESSION}
        account = self.accounts.get(min(sessions)) if len(sessions) == 1 else None
        if account is None:
            return webcast(_LOGIN_REQUIRED, {"message": "User doesn't login"})
        if missing(request, ("aid", "room_id", "content")) or request.body:
            return webcast(PARAMS_ERROR, {"message": "Request params error"})
        room_id, content = request.parameter("room_id") or "", request.parameter("content") or ""
        room = room_by_id(self._rooms.values(), room_id)
        if room is None or room.room_id != room_id or not room.is_live:
            return webcast(_FINISHED, {"message": "room has finished"})
        if len(content) > _LONGEST or not content.strip():
            return webcast(_REFUSED, {"message": "This comment can't be posted"})
        msg_id = room.say(account, content)
        said = {"msg_id": msg_id, "msg_id_str": str(msg_id), "content": content}
        return webcast(0, {**said, "user": {"id_str": str(account.id)}})
