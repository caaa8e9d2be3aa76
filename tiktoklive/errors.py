"""
What can go wrong, and whether waiting can help.

Every error of this package is a :class:`TikTokLiveError`.  A program that only
wants to decide what to do next needs two of its attributes:

``remedy``
    what would make the same request succeed (the idea is XMPP's stanza error
    types);

``retry_after``
    seconds after which a new try makes sense, or ``None`` when nobody said.

The message names who failed (TikTok, a sign server, a proxy, this program), the
HTTP status and the other side's own words, and what the user can do.  It never
holds a cookie, a key, a signed URL or a whole payload.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

__all__ = [
    "AgeRestrictedError",
    "AllFailedError",
    "AlreadyConnectedError",
    "AlreadyConnectingError",
    "ApplicationRefusedError",
    "BatchError",
    "BlockedError",
    "ChatRefusedError",
    "ConnectError",
    "ConnectionStoppedError",
    "DecodeError",
    "DeviceBlockedError",
    "EmptyFetchError",
    "ExtractRoomIdError",
    "ForeignPushServerError",
    "FrameError",
    "HandshakeRefusedError",
    "IdentityError",
    "InitialFetchError",
    "InvalidMessageError",
    "InvalidResponseError",
    "InvalidSessionIdError",
    "InvalidUniqueIdError",
    "MessageError",
    "MissingCookieError",
    "MissingCursorError",
    "NoWSUpgradeError",
    "PayloadTooLargeError",
    "ProxyAuthError",
    "ProxyError",
    "ProxyRefusedError",
    "RateLimitedError",
    "Remedy",
    "RoomLookupError",
    "SignServerError",
    "SignServerRefusedError",
    "SignServerStubError",
    "SignServerUnavailableError",
    "SignatureError",
    "SignatureRateLimitError",
    "SignatureRefusedError",
    "StaleStreamError",
    "StreamError",
    "StreamLostError",
    "TapeError",
    "TikTokLiveError",
    "TtwidMissingError",
    "UnidentifiedTicketError",
    "UserNotFoundError",
    "UserOfflineError",
]


class Remedy(Enum):
    """What would make a failed request succeed."""

    WAIT = "wait"  #: try again later, unchanged
    CANCEL = "cancel"  #: nothing: it will never work
    AUTH = "auth"  #: credentials, a signature or an identity are missing
    MODIFY = "modify"  #: the request itself must change: a name, an option


class TikTokLiveError(Exception):
    """
    The root of all errors of this package.

    :param message: one or two sentences for a human.
    :param retry_after: seconds after which a new try makes sense.
    """

    remedy: Remedy = Remedy.WAIT

    def __init__(self, message: str, *, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


# --- decoding -----------------------------------------------------------------


class DecodeError(TikTokLiveError):
    """Bytes from the other side could not be understood."""

    remedy = Remedy.CANCEL


class FrameError(DecodeError):
    """A WebSocket message is not a push frame, or its payload is not valid gzip."""


class PayloadTooLargeError(FrameError):
    """A payload is, or would become when decompressed, larger than allowed."""


class BatchError(DecodeError):
    """A payload is not a batch of messages (``WebcastResponse``)."""


class MessageError(DecodeError):
    """One message of a batch does not decode as the type that it names."""


class TapeError(DecodeError):
    """A tape (a recorded capture) cannot be read."""


# --- the user's input and the order of calls ----------------------------------


class InvalidUniqueIdError(TikTokLiveError):
    """What was given is neither a username, nor ``@username``, nor a live URL."""

    remedy = Remedy.MODIFY


class AlreadyConnectingError(TikTokLiveError):
    """``connect()`` was called while a connection is being made."""

    remedy = Remedy.CANCEL


class AlreadyConnectedError(TikTokLiveError):
    """``connect()`` was called on a live connection."""

    remedy = Remedy.CANCEL


class ConnectionStoppedError(TikTokLiveError):
    """The connection was stopped by this program before it became live."""

    remedy = Remedy.CANCEL


# --- looking up a room --------------------------------------------------------


class RoomLookupError(TikTokLiveError):
    """The room of a user could not be found out; unless ``certain``, another look-up may know."""

    certain: bool = True


class UserNotFoundError(RoomLookupError):
    """TikTok knows no user of this name, or the user can never go live."""

    remedy = Remedy.CANCEL


class UserOfflineError(RoomLookupError):
    """The user exists and is not live now."""


class AgeRestrictedError(RoomLookupError):
    """TikTok shows this room only to a logged-in, adult account."""

    remedy = Remedy.AUTH


class BlockedError(RoomLookupError):
    """TikTok blocked or challenged this address (HTTP 403, a captcha or a challenge page)."""


class RateLimitedError(RoomLookupError):
    """TikTok or a sign server asked for fewer requests (HTTP 429)."""


class InvalidResponseError(RoomLookupError):
    """An answer has a form or a status code that nobody has described."""


class ExtractRoomIdError(RoomLookupError):
    """A page was shown that holds no room id, or every look-up failed without saying why."""


# --- chat -------------------------------------------------------------------------


class InvalidSessionIdError(TikTokLiveError):
    """There is no session id, or TikTok says that it has expired (wire facts §8.5)."""

    remedy = Remedy.AUTH


class InvalidMessageError(TikTokLiveError):
    """A chat message that cannot be sent: empty, or too long."""

    remedy = Remedy.MODIFY


class ChatRefusedError(TikTokLiveError):
    """
    TikTok or the sign server did not take a chat message.

    :param code: TikTok's own status code, or the HTTP status when it gave none.
    """

    remedy = Remedy.CANCEL

    def __init__(self, message: str, *, code: int, retry_after: float | None = None) -> None:
        super().__init__(message, retry_after=retry_after)
        self.code = code


# --- being let in -------------------------------------------------------------


class IdentityError(TikTokLiveError):
    """No usable guest identity: TikTok gave no ``ttwid`` cookie, or refuses ours."""


class TtwidMissingError(IdentityError):
    """All tries to get a ``ttwid`` cookie ended without one."""


class StreamError(TikTokLiveError):
    """The stream of a room could not be opened, or broke."""


class HandshakeRefusedError(StreamError):
    """
    The WebSocket server answered the upgrade with something else than 101.

    :param status: the HTTP status; TikTok's refusals usually carry 200.
    :param reason: TikTok's own word (``Handshake-Msg``), or ``""``.
    :param code: TikTok's own code (``Handshake-Status``), or ``""``.
    """

    def __init__(
        self,
        message: str,
        *,
        status: int | None = None,
        reason: str = "",
        code: str = "",
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message, retry_after=retry_after)
        self.status = status
        self.reason = reason
        self.code = code


class DeviceBlockedError(HandshakeRefusedError, IdentityError):
    """``DEVICE_BLOCKED``: the pair of ttwid and User-Agent is flagged; a new one may pass."""


class MissingCookieError(HandshakeRefusedError, IdentityError):
    """``http: named cookie not present``: the handshake carried no ``ttwid``."""


class SignatureRefusedError(HandshakeRefusedError):
    """``illegal secret key``: TikTok wants a signature that we don't have."""

    remedy = Remedy.AUTH


class ApplicationRefusedError(HandshakeRefusedError):
    """``illegal app_id``, or HTTP 400: the parameters of the socket's URL are not accepted."""

    remedy = Remedy.MODIFY


class StreamLostError(StreamError):
    """An open stream ended without the broadcast having ended."""


class StaleStreamError(StreamLostError):
    """Nothing at all arrived on an open stream for longer than the limit."""


class ConnectError(TikTokLiveError):
    """No connection to a host could be made: name look-up, TCP, TLS or a time limit."""


class ProxyError(ConnectError):
    """A proxy could not be reached, or did not connect us to where we wanted."""


class ProxyAuthError(ProxyError):
    """A proxy wants a user and a password, or others than it got."""

    remedy = Remedy.AUTH


class ProxyRefusedError(ProxyError):
    """A proxy's rules do not allow it; or what answered is no proxy of that kind."""

    remedy = Remedy.MODIFY


class NoWSUpgradeError(StreamError):
    """No WebSocket is open, and polling is off or impossible (wire facts §3.2)."""

    remedy = Remedy.MODIFY


# --- fetching the first batch, by ourselves or by a sign server -------------------


class InitialFetchError(TikTokLiveError):
    """TikTok did not answer ``im/fetch`` with a batch (wire facts §3.2)."""


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
        facts §3.4), waiting is no use.
    """

    def __init__(
        self, message: str, *, status: int | None = None, retry_after: float | None = None
    ) -> None:
        super().__init__(message, retry_after=retry_after)
        self.status = status
        if status == 404:
            self.remedy = Remedy.CANCEL


class SignatureError(SignServerError):
    """Nobody signed the address: no sign server, or not the program that was to do it."""


class SignServerRefusedError(SignServerError):
    """401, 402 or 403: a key is missing, the feature is paid for, or the network is blocked."""

    remedy = Remedy.AUTH


class SignatureRateLimitError(SignServerError, RateLimitedError):
    """429: more requests than the sign server allows; ``retry_after`` says until when."""


class SignServerUnavailableError(SignServerError):
    """5xx: TikTok refused the sign server, or it is starting, down or overloaded."""


class SignServerStubError(SignServerError):
    """An answer that is there, and of no use: a stub in the place of a batch (wire facts §9.7)."""


class UnidentifiedTicketError(SignServerError):
    """An answer without cookies: TikTok would not know whom it lets in (wire facts §9.6)."""


# --- several parts tried in turn ------------------------------------------------


class AllFailedError(TikTokLiveError):
    """
    Every part that was tried in turn failed.

    :ivar failures: pairs of the part's name and its error, in the order tried.
    """

    def __init__(self, message: str, failures: Sequence[tuple[str, Exception]]) -> None:
        self.failures = tuple(failures)
        waits = [f for _, f in failures if getattr(f, "remedy", Remedy.WAIT) is Remedy.WAIT]
        known = [w for f in waits if (w := getattr(f, "retry_after", None)) is not None]
        super().__init__(message, retry_after=min(known) if known else None)
        if not waits and failures:
            self.remedy = getattr(failures[-1][1], "remedy", Remedy.CANCEL)
