"""First batches that are not to be had, from TikTok or a sign server."""

from __future__ import annotations

from tiktoklive.errors.asking import RateLimitedError
from tiktoklive.errors.base import Remedy, TikTokLiveError


class InitialFetchError(TikTokLiveError):
    """
    TikTok did not answer ``im/fetch`` with a batch (wire facts §3.2).

    :param status: the HTTP status, if that is what was wrong.
    """

    def __init__(
        self, message: str, *, status: int | None = None, retry_after: float | None = None
    ) -> None:
        super().__init__(message, retry_after=retry_after)
        self.status = status


class EmptyFetchError(InitialFetchError):
    """An answer without a body: TikTok rejected the request without a word (wire facts §2.3)."""


class MissingCursorError(InitialFetchError):
    """A first batch without a cursor: nothing can be continued from it."""


class ForeignPushServerError(InitialFetchError):
    """A batch that names a push server which is not TikTok's, or none (wire facts §9.7)."""


class SignServerError(TikTokLiveError):
    """
    A sign server did not do what it was asked for.

    :param status: its HTTP status.  After 404, the usual answer of some servers today (wire
        facts §3.4), it takes another path or another server.
    """

    def __init__(
        self, message: str, *, status: int | None = None, retry_after: float | None = None
    ) -> None:
        super().__init__(message, retry_after=retry_after)
        self.status = status
        if status == 404:
            self.remedy = Remedy.MODIFY


class SignatureError(SignServerError):
    """Nobody signed the address: no sign server, or not the program that was to do it."""


class SignServerRefusedError(SignServerError):
    """401, 402 or 403: a key is missing, the feature is paid for, or the network is blocked."""

    remedy = Remedy.AUTH


class SignatureRateLimitError(SignServerError, RateLimitedError):
    """
    429: more requests than the sign server allows; ``retry_after`` says until when.

    :ivar window: seconds of the window whose limit was reached: 86,400 for that of a day; 0.0 if
        the server does not name one.
    """

    window: float = 0.0


class SignServerUnavailableError(SignServerError):
    """5xx: TikTok refused the sign server, or it is starting, down or overloaded."""


class SignServerStubError(SignServerError):
    """An answer that is there, and of no use: a stub in the place of a batch (wire facts §9.7)."""


class UnidentifiedTicketError(SignServerError):
    """An answer without cookies: TikTok would not know which guest it lets in (wire facts §9.6)."""


class OtherRoomError(SignServerError):
    """An answer for another room than was asked about, which TikTok does not confirm."""


class SourceRestingError(TikTokLiveError):
    """A source failed too often, or is asked too much: it is not asked for ``retry_after`` s."""


class PageNotOpenError(SourceRestingError):
    """No page of the room is open in the browser that pushes: nobody could be asked."""
