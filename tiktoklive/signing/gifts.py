"""The list of gifts as a sign server has it (wire facts §9.5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from zope.interface import implementer

from tiktoklive.errors import InvalidResponseError, UserOfflineError
from tiktoklive.interfaces import IGiftSource
from tiktoklive.model import Room
from tiktoklive.net.quoting import content_of, ids_of
from tiktoklive.signing.server import SignServer


@implementer(IGiftSource)
class SignServerGifts:
    """
    Asks a sign server for the gifts of a room.

    How its answer is nested is not described anywhere: the list is taken from where it is.

    :param server: the sign server; it wants a key whose plan includes this.
    """

    def __init__(self, server: SignServer) -> None:
        self._server = server

    async def gifts(self, room: Room) -> Sequence[Mapping[str, Any]]:
        """
        The list; see :meth:`tiktoklive.interfaces.IGiftSource.gifts`.

        :raise SignServerError: the server refused.
        :raise UserOfflineError: there is no room to ask for.
        """
        if not room.room_id:
            raise UserOfflineError(
                f"No room of @{room.unique_id} is known, and the sign server lists gifts by room."
            )
        path = f"/webcast/rooms/{room.room_id}/gifts"
        answer = await self._server.get(path, "the list of gifts")
        content = content_of(answer)
        for where in (content, content.get("data"), content.get("response")):
            gifts = where.get("gifts") if isinstance(where, dict) else where
            if isinstance(gifts, list) and all(isinstance(gift, dict) for gift in gifts):
                return gifts
        ids = ids_of(answer)
        raise InvalidResponseError(
            f"The sign server ({answer.host}{ids}) answered the list of gifts with something "
            "that holds none."
        )
