"""The JSON look-up of a user: one small answer tells whether they exist, and are live."""

from __future__ import annotations

from zope.interface import implementer

from tiktoklive.errors import BlockedError, InvalidResponseError, UserNotFoundError
from tiktoklive.interfaces import IRoomResolver
from tiktoklive.model import Room
from tiktoklive.net.answers import Answer, code_error, content_of, refuse
from tiktoklive.net.tiktok import TikTokWeb
from tiktoklive.rooms.broadcast import broadcast_of
from tiktoklive.wire.jsonread import number

_USER_NOT_FOUND = 19881007


@implementer(IRoomResolver)
class ApiLiveResolver:
    """
    Asks ``api-live/user/room/``: existence, room and liveness in one small answer.

    Unsigned and without cookies (wire facts §4.1, §8.1).

    :param tiktok: TikTok's servers.
    """

    def __init__(self, tiktok: TikTokWeb) -> None:
        self._tiktok = tiktok

    async def resolve(self, unique_id: str) -> Room:
        """Look the user up; see :meth:`tiktoklive.interfaces.IRoomResolver.resolve`."""
        device = self._tiktok.identity.device
        params = [
            ("aid", "1988"),
            ("app_name", "tiktok_web"),
            ("device_platform", "web_pc"),
            ("app_language", device.language),
            ("browser_language", device.locale),
            ("region", device.region),
            ("user_is_login", "false"),
            ("sourceType", "54"),
            ("staleTime", "600000"),
            ("uniqueId", unique_id),
        ]
        answer = await self._tiktok.get("/api-live/user/room/", params)
        return room_of(answer, unique_id)


def room_of(answer: Answer, unique_id: str) -> Room:
    """
    Read an answer of ``api-live/user/room/`` (wire facts §2.3, §8.2).

    A paused broadcast counts as live: it is not ended.

    :raise RoomLookupError: one of its subclasses, see
        :meth:`~tiktoklive.interfaces.IRoomResolver.resolve`.
    """
    content = content_of(answer, f"the look-up of @{unique_id}")
    code = number(content.get("statusCode"))
    message = content.get("message")
    if code == _USER_NOT_FOUND or message == "user_not_found":
        raise UserNotFoundError(
            f"TikTok knows no @{unique_id} that could go live: check the name's spelling."
        )
    if message == "params_error":
        raise BlockedError(
            f"TikTok refused the parameters of the look-up of @{unique_id} (params_error), "
            "which it also does to addresses and browsers that it blocks: wait, or try another "
            "network."
        )
    if code != 0:
        raise code_error(code, message, f"@{unique_id}", answer)
    if answer.status >= 400:
        refuse(answer, f"the look-up of @{unique_id}")
    data = content.get("data")
    if data is None:
        raise UserNotFoundError(f"TikTok knows nothing of @{unique_id}: check the name's spelling.")
    user = data.get("user") if isinstance(data, dict) else None
    if not isinstance(user, dict):
        raise InvalidResponseError(f"TikTok's answer about @{unique_id} holds no user.")
    return broadcast_of(unique_id, user, data.get("liveRoom"))
