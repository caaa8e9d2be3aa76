"""The direct source's tickets: a guest's cookie, and no other server asked (wire facts §4)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from random import Random

from zope.interface import implementer

from tiktoklive.dispatch.awaiting import awaited
from tiktoklive.interfaces import ISigner
from tiktoklive.model import Resume, Room, Ticket
from tiktoklive.net.cookies import split_cookies
from tiktoklive.net.identity import Guest, GuestIdentity
from tiktoklive.net.login import Login, OwnCookies
from tiktoklive.net.web import override
from tiktoklive.signing.query import FORMS, as_player, browser_headers, socket_query, written

#: Where the socket is, on any of TikTok's socket hosts (wire facts §2.1).
SOCKET_PATH = "/webcast/im/ws_proxy/ws_reuse_supplement/"


@implementer(ISigner)
class DirectSigner:
    """
    Signs nothing: a guest cookie and a socket address put together here (wire facts §4).

    :param identity: the guest to be let in; renewed when TikTok refuses it.
    :param random: for the round-trip time that is claimed.
    :param ws_base: the socket's host, with its scheme.
    :param compress: ask for gzipped batches.
    :param history: ask for the comments of the last moments.
    :param login: whose session is sent along.
    :param params: query parameters over ours.
    :param headers: headers over ours.
    :param own: the cookies that the user wants in every request to TikTok.
    :param sign_query: gives what to append to the query, from the query as it is sent.
    :param form: how the query is written: ``encoded``, or ``raw`` as TikTok's player does.
    :raise ValueError: there is no such form.
    """

    def __init__(
        self,
        identity: GuestIdentity,
        random: Random,
        *,
        ws_base: str = "wss://webcast-ws.tiktok.com",
        compress: bool = True,
        history: bool = True,
        login: Login | None = None,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        own: OwnCookies | None = None,
        sign_query: Callable[[str], Awaitable[str] | str] | None = None,
        form: str = "encoded",
    ) -> None:
        if form not in FORMS:
            raise ValueError(f"There is no form of query {form!r}: choose of {', '.join(FORMS)}.")
        self._form = form
        self._identity = identity
        self._guest = Guest(identity)
        self._random = random
        self._url = ws_base.rstrip("/") + SOCKET_PATH
        self._compress = compress
        self._history = history
        self._login = login
        self._params = dict(params or {})
        self._headers, cookies = split_cookies(headers or {})
        own = own or OwnCookies({})
        self._own = own.cookies_for(self._url)
        self._cookies = own.permitted(self._url, cookies)
        self._sign_query = sign_query

    async def sign(self, room: Room, resume: Resume) -> Ticket:
        """
        Make a ticket; see :meth:`tiktoklive.interfaces.ISigner.sign`.

        :raise TtwidMissingError: there is no guest cookie to be had.
        :raise ConnectError: TikTok cannot be reached for one.
        """
        self._guest.renew_after(room, resume)
        ttwid = await self._guest.ttwid(room)
        device = self._identity.device
        query = socket_query(
            device, room.room_id, self._random, compress=self._compress, history=self._history
        )
        if resume.cursor:
            query.append(("cursor", resume.cursor))
        if resume.internal_ext:
            query.append(("internal_ext", resume.internal_ext))
        headers = browser_headers(device)
        session = self._login.cookies_for(self._url) if self._login is not None else {}
        if self._form == "raw":
            query = as_player(query)
        if self._params:
            query = override(query, self._params)
        if self._headers:
            headers = override(headers, self._headers, key=str.lower)
        sent = written(query, self._form)
        if self._sign_query is not None:
            sent = await _signed(sent, self._sign_query)
        return Ticket(
            room,
            f"{self._url}?{sent}",
            headers=headers,
            cookies={
                **self._own,
                "ttwid": ttwid,
                **self._cookies,
                **session,
            },
            source="direct",
            cursor=resume.cursor,
            internal_ext=resume.internal_ext,
        )


async def _signed(query: str, sign: Callable[[str], Awaitable[str] | str]) -> str:
    """The query with what the hook appends to it."""
    suffix = sign(query)
    if not isinstance(suffix, str):
        suffix = await awaited(suffix)
    suffix = suffix.strip().lstrip("&")
    return f"{query}&{suffix}" if suffix else query
