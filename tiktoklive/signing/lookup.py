"""Whether a user is live, and in which room: a sign server's look-up (wire facts §9.5)."""

from __future__ import annotations

import re
from urllib.parse import quote

from zope.interface import implementer

from tiktoklive.errors import InvalidResponseError, UserOfflineError
from tiktoklive.interfaces import IRoomResolver
from tiktoklive.model import Room, Status
from tiktoklive.net.quoting import content_of, ids_of, words_of
from tiktoklive.signing.server import SignServer


@implementer(IRoomResolver)
class SignServerResolver:
    """
    Asks a sign server, for when TikTok itself does not answer (wire facts §8.1).

    :param server: the sign server; it wants a key whose plan includes this.
    """

    def __init__(self, server: SignServer) -> None:
        self._server = server

    async def resolve(self, unique_id: str) -> Room:
        """
        Look the user up; see :meth:`tiktoklive.interfaces.IRoomResolver.resolve`.

        :raise SignServerError: the server refused.
        """
        path = f"/webcast/anchors/{quote(unique_id, safe='')}/room_id"
        answer = await self._server.get(path, f"the look-up of @{unique_id}")
        content = content_of(answer)
        room_id, status = str(content.get("room_id") or ""), content.get("room_status")
        is_told = content.get("ok") is not False
        on_air = status in (Status.LIVE, Status.PAUSED)
        known = re.fullmatch(r"[0-9]{1,20}", room_id) and 0 < int(room_id) < 1 << 64
        if is_told and content.get("is_live") is False and not on_air:
            raise UserOfflineError(
                f"@{unique_id} is not live now, says the sign server.",
                room_id=room_id if known else "",
            )
        if not is_told or not known or not (on_air or content.get("is_live") is True):
            said = words_of(answer)[1]
            quoted = f": {said!r}" if said else ""
            raise InvalidResponseError(
                f"The sign server ({answer.host}{ids_of(answer)}) told no room of "
                f"@{unique_id}{quoted}."
            )
        return Room(unique_id, room_id, Status.PAUSED if status == Status.PAUSED else Status.LIVE)
