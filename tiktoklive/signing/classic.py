"""The classic source's tickets: the first batch fetched by us, signed by a sign server."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from twisted.internet.defer import CancelledError
from twisted.logger import Logger
from zope.interface import implementer

from tiktoklive.errors import (
    ConnectError,
    ForeignPushServerError,
    LocalResourceError,
    MissingCursorError,
    SignatureError,
    TikTokLiveError,
    TtwidMissingError,
)
from tiktoklive.interfaces import ISigner, IUrlSigner
from tiktoklive.logs import NUMBER, LogThrottle, told_again
from tiktoklive.model import Resume, Room, SignedUrl, Ticket
from tiktoklive.net.cookies import split_cookies
from tiktoklive.net.fetch import Visit
from tiktoklive.net.identity import Guest
from tiktoklive.net.login import OwnCookies
from tiktoklive.net.tiktok import TikTokWeb
from tiktoklive.net.web import override
from tiktoklive.signing.push_hosts import host_of, is_trusted, with_query
from tiktoklive.signing.query import browser_headers
from tiktoklive.signing.users import Users
from tiktoklive.wire.frames_pb2 import WebcastResponse
from tiktoklive.wire.text import continuation, text

#: Appended to the socket's query (wire facts §3.3).
_VERSION = ("version_code", "180800")


@implementer(ISigner)
class ClassicSigner:
    """
    Has the address of ``im/fetch`` signed, fetches it, and goes where it leads (wire facts §3.2).

    A guest's ``ttwid`` is asked for, because sockets demand one, and gone without where TikTok
    gives none: the first batch and polling don't depend on it.

    :param tiktok: TikTok's servers, with the identity and the login to ask with.
    :param urls: signs addresses; it never sees a cookie.
    :param users: the followed user is noted there, for the signer.
    :param bases: addresses whose hosts may be push servers beside TikTok's.
    :param upgrade: whether a WebSocket is wanted.
    :param compress: ask for gzipped batches on the WebSocket.
    :param headers: of the WebSocket's handshake, over ours.
    :param own: the cookies that the user wants in every request to TikTok, for the WebSocket.
    """

    _log = Logger()

    def __init__(
        self,
        tiktok: TikTokWeb,
        urls: IUrlSigner,
        users: Users,
        *,
        bases: Iterable[str] = (),
        upgrade: bool = True,
        compress: bool = True,
        headers: Mapping[str, str] | None = None,
        own: OwnCookies | None = None,
    ) -> None:
        self._tiktok = tiktok
        self._urls = urls
        self._users = users
        self._guest = Guest(tiktok.identity)
        self._bases = tuple(bases)
        self._upgrade = upgrade
        self._compress = compress
        self._headers, self._cookies = split_cookies(headers or {})
        self._own = own or OwnCookies({})
        self._agent = ""
        self._unsigned = LogThrottle(most=3600.0)

    async def sign(self, room: Room, resume: Resume) -> Ticket:
        """
        Make a ticket; see :meth:`tiktoklive.interfaces.ISigner.sign`.

        :raise SignatureError: no server signed, and there is no session.
        :raise InitialFetchError: TikTok gave no batch to go on from.
        :raise UserOfflineError: TikTok says that the broadcast is over.
        :raise ConnectError: TikTok cannot be reached.
        """
        self._users.add(room.unique_id)
        self._guest.renew_after(room, resume)
        visit = Visit(
            self._tiktok,
            room.room_id,
            # The only browser for which is signed, if that is known: the query agrees with it.
            self._guest.device.with_agent(self._agent or self._tiktok.user_agent),
            await self._guest_cookies(room),
            resume.cursor,
            resume.internal_ext,
        )
        signed = await self._signed(visit.url())
        if signed.user_agent not in ("", visit.device.user_agent):
            self._agent = signed.user_agent
        data, batch = await visit.fetch(signed)
        if not continuation(batch.cursor, batch.internal_ext)[0]:
            raise MissingCursorError(
                "TikTok's first batch has no cursor: nothing can be continued from it. "
                "It may pass later; if it does not, try another source."
            )
        url, not_upgraded = "", None
        if self._upgrade and resume.upgraded and resume.cursor and not batch.push_server:
            raise ForeignPushServerError(
                "Asked to go on where a WebSocket broke off, TikTok answered with a batch that "
                "names no push server, as if to a client that polls: it has to be asked anew."
            )
        if self._upgrade and batch.push_server:
            try:
                url = self._socket_url(visit, batch)
            except ForeignPushServerError as error:
                not_upgraded = error
        session = self._tiktok.login.cookies_for(url) if self._tiktok.login is not None else {}
        return Ticket(
            room,
            url,
            headers=override(browser_headers(visit.device), self._headers, key=str.lower),
            cookies={
                **self._own.cookies_for(url),
                **visit.cookies,
                **self._own.permitted(url, self._cookies),
                **session,
            },
            source="classic",
            cursor=visit.cursor,
            internal_ext=visit.internal_ext,
            first_batch=data,
            not_upgraded=not_upgraded,
        )

    async def _guest_cookies(self, room: Room) -> dict[str, str]:
        try:
            return {"ttwid": await self._guest.ttwid(room)}
        except LocalResourceError:
            raise
        except (TtwidMissingError, ConnectError) as error:
            self._log.info(
                "@{user}: going on without a ttwid cookie: {error}",
                user=room.unique_id,
                error=error,
            )
            return {}

    async def _signed(self, url: str) -> SignedUrl:
        """The address signed; as it is if that fails and a session may do instead."""
        try:
            signed = await self._urls.sign_url(url)
            if urlsplit(signed.url)[:2] != urlsplit(url)[:2]:  # our cookies are not for others
                raise SignatureError("The signer gave the address of another host back.")
            return signed
        except (CancelledError, LocalResourceError):
            raise
        except TikTokLiveError as error:
            if not self._tiktok.has_session(url):
                raise
            what = NUMBER.sub("", str(error))  # for how long it is so changes nothing
            again = self._unsigned.again(what, float(self._tiktok.clock.seconds()))
            if again is not None:
                self._log.info(
                    "Asking unsigned, with the session: {error}{again}",
                    error=error,
                    again=told_again(again, "logged"),
                )
            return SignedUrl(url)

    def _socket_url(self, visit: Visit, batch: WebcastResponse) -> str:
        """
        The address of the socket that a batch names (wire facts §3.3).

        :raise ForeignPushServerError: it is not TikTok's.
        """
        server = text(batch.push_server)
        if not is_trusted(server, self._bases):
            raise ForeignPushServerError(
                f"The first batch names the push server {host_of(server)!r}, which is not "
                "TikTok's: nothing was sent there."
            )
        changes = {"compress": "gzip" if self._compress else ""}
        changes |= {text(each.key): text(each.value) for each in batch.route_params_map}
        return with_query(server, [*override(visit.parameters(), changes), _VERSION])
