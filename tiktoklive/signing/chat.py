"""Saying something in a room's chat by way of a sign server (wire facts §9.5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from zope.interface import implementer

from tiktoklive.chat import check_text, login_for
from tiktoklive.errors import (
    ChatRefusedError,
    InvalidSessionIdError,
    SignServerRefusedError,
)
from tiktoklive.interfaces import IChatSender
from tiktoklive.model import Room
from tiktoklive.net.quoting import content_of, words_of
from tiktoklive.signing.server import SignServer


@implementer(IChatSender)
class SignServerChat:
    """
    Has a sign server send messages, with a session that it may have (wire facts §9.5).

    :param server: the sign server; it wants a key whose plan includes chat.
    :param target_idc: the data centre of sessions that are named, if none was set up.
    :param hosts: names of hosts beside TikTok's that may get such a session.
    """

    def __init__(
        self, server: SignServer, *, target_idc: str = "", hosts: Iterable[str] = ()
    ) -> None:
        self._server = server
        self._target_idc = target_idc
        self._hosts = frozenset(hosts)

    async def send(self, room: Room, text: str, session_id: str | None) -> Mapping[str, Any]:
        """
        Send a message; see :meth:`tiktoklive.interfaces.IChatSender.send`.

        :return: the ``data`` of the server's answer.
        :raise SignServerRefusedError: there is no key, or it does not include chat.
        :raise SignServerError: another refusal.
        :raise ConnectError: no answer came; whether the message was sent is not known.
        """
        check_text(text)
        host = self._server.host
        if not self._server.api_key:
            raise SignServerRefusedError(
                f"The sign server ({host}) sends chat only for those who have an API key: supply "
                "one whose plan includes it."
            )
        login = login_for(session_id, self._server.login, self._hosts, self._target_idc)
        if not self._server.takes(login):
            raise InvalidSessionIdError(
                f"The session is not sent to the sign server ({host}): it needs tt_target_idc of "
                "its account, and the host among session_hosts. Its operator can do "
                "everything with the account then."
            )
        path = f"/webcast/rooms/{room.room_id}/chat"
        answer = await self._server.post(path, "the chat message", {"content": text}, login)
        content = content_of(answer)
        code = content.get("code")
        if isinstance(code, int) and code not in (0, 200):
            said = words_of(answer)[1]
            quoted = f" and {said!r}" if said else ""
            raise ChatRefusedError(
                f"The sign server ({host}) did not send the message: code {code}{quoted}.",
                code=code,
            )
        data = content.get("data")
        return data if isinstance(data, dict) else content
