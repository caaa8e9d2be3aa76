"""An open WebSocket to TikTok."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from typing import Any, Protocol

from autobahn.twisted.websocket import WebSocketClientFactory, WebSocketClientProtocol
from twisted.internet.defer import Deferred, succeed
from twisted.internet.interfaces import (
    IPushProducer,
    IReactorTime,
)
from twisted.internet.protocol import connectionDone
from twisted.logger import Logger
from twisted.python.failure import Failure
from zope.interface import implementer

from tiktoklive.clock import wall_time
from tiktoklive.deferreds import Limit, Waiters
from tiktoklive.errors import (
    FrameTooLargeError,
    UnreadStreamError,
)
from tiktoklive.interfaces import IReceiver, IStream
from tiktoklive.logs import voice
from tiktoklive.net.closing import closed_error, lost_error
from tiktoklive.net.handshake import heartbeat_wish, of_autobahn, refusal
from tiktoklive.net.network import connect_error
from tiktoklive.net.outgoing import SendingClient, Unread
from tiktoklive.net.redaction import Redaction

#: Seconds that the other side has for its part in closing.
CLOSE_TIMEOUT = 2.0

# autobahn's own logger with nothing coming out: it would say again what our errors say,
# and at its debug level it shows the cookies of the handshake.
_silence = copy(WebSocketClientProtocol.log)
_silence.set_log_level("none")


def _discard(data: bytes) -> None:
    """Where frames go when the receiver wants none any more."""


class StreamOpener(Protocol):
    """
    What a stream knows of what opens streams.

    :ivar factory: autobahn's, for its constants.
    :ivar max_frame: bytes that a message may have.
    :ivar max_unread: bytes that may wait because the other side does not read them.
    """

    factory: WebSocketClientFactory
    clock: IReactorTime
    max_frame: int
    max_unread: int


class OpeningAttempt(Protocol):
    """
    What a stream knows of the attempt to open it.

    :ivar place: the host and its port, for people.
    :ivar who: whose host it is, for people.
    :ivar request: what is sent to shake hands, and the key in it.
    :ivar known: what of the request no error may show.
    """

    host: str
    place: str
    who: str
    key: bytes
    request: bytes
    known: Redaction

    def succeeded(self, stream: IStream) -> bool:
        """The server let us in; whether the caller still wants it."""

    def failed(self, why: Exception) -> None:
        """It will not open."""


@implementer(IStream, IPushProducer)
class WebSocketStream(SendingClient):
    """
    autobahn's client, cut down to what a stream of TikTok LIVE needs.

    Its options are attributes of the class, where autobahn looks before it copies them out
    of its factory into every connection.  Its own timers know only the global reactor and
    are all off; those needed run on the opener's clock.  TikTok answers no pings, so none
    are sent; the server's are answered (wire facts §6.8).
    """

    log = _silence
    version = 18
    logOctets = False
    logFrames = False
    trackTimings = False
    utf8validateIncoming = False
    acceptMaskedServerFrames = False
    maskClientFrames = True
    applyMask = True
    maxFramePayloadSize = 0
    autoFragmentSize = 0
    failByDrop = True
    echoCloseCodeReason = False
    serverConnectionDropTimeout = 0
    openHandshakeTimeout = 0
    closeHandshakeTimeout = 0
    tcpNoDelay = True
    autoPingInterval = 0
    autoPingTimeout = 0
    autoPingSize = 12
    autoPingRestartOnAnyTraffic = False
    perMessageCompressionOffers = ()
    http_status_line = ""

    transport: Any
    heartbeat: float | None = None
    transport_name = "websocket"
    acks = heartbeats = True
    asks = recorded = False
    not_upgraded: Exception | None = None
    _our_log = Logger(observer=voice)
    _closing = False
    _timer: Limit | None = None
    _problem: BaseException | None = None
    _close_frame: tuple[int | None, bytes] | None = None

    def __init__(self, opener: StreamOpener, attempt: OpeningAttempt, receiver: IReceiver) -> None:
        super().__init__()
        self.factory = opener.factory
        self.maxMessagePayloadSize = opener.max_frame
        self.unread = Unread(opener.max_unread)
        self._clock = opener.clock
        self._host, self._who = attempt.host, attempt.who
        self._known = attempt.known
        self._attempt: OpeningAttempt | None = attempt
        self._receiver: IReceiver | None = receiver
        self._deliver: Callable[[bytes], None] = receiver.frame
        self._closers: Waiters[None] | None = None

    @staticmethod
    def perMessageCompressionAccept(response: Any) -> None:
        """Turn down compression of messages: it was not offered."""

    # --- the handshake

    def startHandshake(self) -> None:
        """Send our own request: autobahn's doubles headers and always names the port."""
        if self._attempt is not None:
            self.websocket_key = self._attempt.key
            self.transport.write(self._attempt.request)

    def processHandshake(self) -> Any:
        """Read the answer, as far as it has come."""
        try:
            return super().processHandshake()
        except UnicodeDecodeError:
            # autobahn decodes the head for its debug log, strictly, before it parses it.
            return self._give_up("the head of the answer is not UTF-8")

    def _give_up(self, why: str) -> None:
        self.failHandshake(why)

    def onOpen(self) -> None:
        """The server let us in."""
        attempt, self._attempt = self._attempt, None
        headers = self.http_headers
        # All of this has done its work, and would stay as long as the stream.
        del self.http_headers, self.http_response_data, self.http_status_line
        del self.websocket_key, self.utf8validator
        self._transport_details = None  # type: ignore[assignment]  # as in autobahn itself
        self.send_queue = ()  # type: ignore[assignment]  # all is written at once
        if "handshake-options" in headers:
            self.heartbeat = heartbeat_wish(headers["handshake-options"])
        self.transport.registerProducer(self.unread, True)  # until dropConnection()
        if attempt is None or not attempt.succeeded(self):
            self.abort()

    # --- what arrives

    def onCloseFrame(self, code: int, reasonRaw: bytes) -> bool | None:
        """The server closes, or agrees to; then it has to drop the connection, or we do."""
        self._close_frame = code, reasonRaw or b""  # which autobahn forgets if it is no good
        stop = super().onCloseFrame(code, reasonRaw)
        self._give_time()
        return stop

    def connectionLost(self, reason: Failure = connectionDone) -> None:
        """The connection is gone."""
        self._problem = reason.value
        super().connectionLost(reason)

    def onClose(self, wasClean: bool, code: int | None, reason: str | None) -> None:
        """It is over, whether it had been open or not."""
        reason = of_autobahn(reason or "")
        if self._timer is not None and self._timer.active():
            self._timer.cancel()
        self._timer = None
        attempt, self._attempt = self._attempt, None
        if attempt is not None:
            attempt.failed(self._why_not_opened(attempt.place))
        receiver, self._receiver = self._receiver, None
        self._deliver = _discard
        if receiver is not None and attempt is None:
            receiver.closed(self._why_closed(wasClean, code, reason))
        if self._closers is not None:
            self._closers.tell(None)

    def _why_not_opened(self, place: str) -> Exception:
        """What to tell the caller that waits for the stream to open."""
        if self.http_status_line or (self.wasNotCleanReason and self.droppedByMe):
            headers = getattr(self, "http_headers", {})
            problem = self.wasNotCleanReason or ""
            return refusal(
                self._host, self.http_status_line, headers, problem, self._known, who=self._who
            )
        return connect_error(place, self._problem)

    def _why_closed(self, clean: bool, code: int | None, reason: str | None) -> Exception | None:
        """The reason for the receiver: ``None`` when we closed it."""
        if self._closing:
            return None
        if self.unread.too_much:
            return UnreadStreamError(
                f"{self._who} ({self._host}) does not read what we send: more than "
                f"{self.unread.limit} bytes waited, and the stream was dropped."
            )
        if self.wasMaxMessagePayloadSizeExceeded:
            return FrameTooLargeError(
                f"{self._who} ({self._host}) sent a message of more than "
                f"{self.maxMessagePayloadSize} bytes: the stream was dropped (1009)."
            )
        if self._close_frame is not None:
            told, said = self._close_frame
            words = self._known.shown(said.decode("utf-8", "replace"))
            return closed_error(self._host, told, words, who=self._who, now=wall_time(self._clock))
        return lost_error(self._host, self._known.shown(reason), self.failedByMe, self._problem)

    # --- IStream

    def close(self) -> Deferred[None]:
        """Close in order, or by force after :data:`CLOSE_TIMEOUT` seconds."""
        if self._receiver is None:
            return succeed(None)
        if not self._closing:
            self._closing = True
            self._deliver = _discard
            self.resumeProducing()  # else the answer to our closing would not be read
            if self.state == self.STATE_OPEN:
                self.sendClose(1000)
            self._give_time()
        if self._closers is None:
            self._closers = Waiters()
        return self._closers.wait()

    # --- IPushProducer

    def pauseProducing(self) -> None:
        """Read nothing more from the socket; heartbeats are still sent."""
        if not self._closing and self._receiver is not None:
            self.hold()

    def resumeProducing(self) -> None:
        """Read again."""
        if self._receiver is not None:
            self.release()

    def stopProducing(self) -> None:
        """Close."""
        self.close()

    def _give_time(self) -> None:
        """Drop the connection if it is still there after a while."""
        if self._timer is None:
            self._timer = Limit(CLOSE_TIMEOUT, self._clock, self.abort)

    def abort(self) -> None:
        """Drop the connection now."""
        self.transport.abortConnection()
