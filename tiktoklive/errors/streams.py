"""Streams that are not opened, or break."""

from __future__ import annotations

from tiktoklive.errors.asking import RateLimitedError
from tiktoklive.errors.base import Remedy, TikTokLiveError


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
    """
    An open stream ended without the broadcast having ended.

    :ivar code: of the close frame with which the other side closed it; ``None`` if none came.
    :ivar said: the reason in it, fit to be shown; ``""`` if there was none.
    """

    def __init__(
        self,
        message: str,
        *,
        code: int | None = None,
        said: str = "",
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message, retry_after=retry_after)
        self.code = code
        self.said = said


class EnterRefusedError(StreamLostError):
    """
    ``payload_handler_im_enter_room``: TikTok opened the stream, and closed it when we entered.

    Nobody knows which of four things it says (wire facts §6.8): the user is not live, the broadcast
    is for chosen viewers, the network is flagged, or the guest's cookies are stale.  It says
    nothing of the source.
    """


class RelayRateLimitError(StreamLostError, RateLimitedError):
    """
    4429: a sign server's relay has given the account as much as it may have (wire facts §9.7).

    :ivar window: seconds of the window whose limit was reached: 86,400 for that of a day.
    """

    window: float = 0.0


class StaleStreamError(StreamLostError):
    """Nothing at all arrived on an open stream for longer than the limit."""


class DeafStreamError(StreamLostError):
    """An open stream brought no message for longer than the limit, but signs of life."""


class FrameTooLargeError(StreamLostError):
    """A message on an open stream was larger than allowed, and the stream was dropped."""


class UnreadStreamError(StreamLostError):
    """The other side did not read what we sent: too much waited, and the stream was dropped."""


class HeldStreamError(StreamError):
    """
    Observers let an open stream wait for so long that TikTok may have stopped sending: it gets no
    acks meanwhile (wire facts §6.4).
    """


class ConnectError(TikTokLiveError):
    """No connection to a host could be made: name look-up, TCP, TLS or a time limit."""


class LocalResourceError(ConnectError):
    """
    This process or machine lacks what connections need: file descriptors, ports, memory, threads.

    It says nothing of the server that was to be reached, and counts against no source.
    """


class NoRootCertificatesError(LocalResourceError):
    """This machine has no root certificates, so that no server can be trusted."""

    remedy = Remedy.MODIFY
    final = True


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
