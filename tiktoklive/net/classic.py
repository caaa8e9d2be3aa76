"""The classic source's streams: a WebSocket if one is offered, else polling (wire facts §3.2)."""

from __future__ import annotations

from dataclasses import replace

from twisted.internet.defer import CancelledError
from zope.interface import implementer

from tiktoklive.errors import IdentityError, NoWSUpgradeError, TikTokLiveError, UserOfflineError
from tiktoklive.fallback import all_failed
from tiktoklive.interfaces import IReceiver, IStream, IStreamOpener
from tiktoklive.model import Ticket
from tiktoklive.net.fetch import FETCH_PATH
from tiktoklive.net.tiktok import TikTokWeb


@implementer(IStreamOpener)
class ClassicOpener:
    """
    Opens a WebSocket where the ticket leads, and polls if there is none or it does not open.

    :param sockets: opens WebSockets.
    :param polling: opens streams by polling; ``None`` if it is switched off.
    :param tiktok: whose login polling needs.
    """

    def __init__(
        self, sockets: IStreamOpener, polling: IStreamOpener | None, tiktok: TikTokWeb
    ) -> None:
        self._sockets = sockets
        self._polling = polling
        self._tiktok = tiktok

    async def open(self, ticket: Ticket, receiver: IReceiver) -> IStream:
        """
        Open a stream; see :meth:`tiktoklive.interfaces.IStreamOpener.open`.

        :raise NoWSUpgradeError: there is no WebSocket, and no polling.
        :raise InitialFetchError: there is no WebSocket, and TikTok refuses polling.
        """
        cause = ticket.not_upgraded
        if ticket.url:
            try:
                return await self._sockets.open(ticket, receiver)
            except (CancelledError, UserOfflineError):
                raise
            except TikTokLiveError as error:
                cause = error
                if isinstance(error, IdentityError):
                    # Polling may go on with this identity; the next WebSocket may not.
                    self._tiktok.identity.refused(ticket.cookies.get("ttwid"))
        if self._polling is None or not self._tiktok.has_session(self._tiktok.url(FETCH_PATH)):
            raise self._no_upgrade(cause) from cause
        try:
            return await self._polling.open(replace(ticket, url="", not_upgraded=cause), receiver)
        except (CancelledError, UserOfflineError):
            raise
        except TikTokLiveError as error:
            if cause is None:
                raise
            who = f"@{ticket.room.unique_id}: neither WebSocket nor polling"
            raise all_failed(who, [("websocket", cause), ("polling", error)]) from error

    def _no_upgrade(self, cause: Exception | None) -> NoWSUpgradeError:
        """Why there is no stream, and which option would help."""
        why = (
            f"The WebSocket did not open: {cause}"
            if cause is not None
            else "TikTok offered no WebSocket, or enable_websocket_upgrade is off."
        )
        if self._polling is None:
            advice = "Polling is switched off: set enable_request_polling, and a session id."
        elif self._tiktok.login is not None:
            advice = (
                "Polling needs the session, which may not go to the configured webcast_base: "
                "name its host in session_hosts."
            )
        else:
            advice = (
                "Polling needs a session id (session_id), because guests would have to sign "
                "every request."
            )
        error = NoWSUpgradeError(f"{why} {advice}", retry_after=getattr(cause, "retry_after", None))
        if isinstance(cause, TikTokLiveError):
            error.remedy = cause.remedy  # what would have opened the WebSocket helps as well
        return error
