"""WebSockets to TikTok: opening one with a ticket, and the open stream."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from functools import partial
from typing import Any

from autobahn.twisted.websocket import WebSocketClientFactory, WebSocketClientProtocol
from twisted.internet import defer
from twisted.internet.defer import Deferred, succeed
from twisted.internet.interfaces import (
    IPushProducer,
    IReactorTime,
)
from twisted.internet.protocol import connectionDone
from twisted.logger import Logger
from twisted.python.failure import Failure
from twisted.web.iweb import IAgentEndpointFactory
from zope.interface import implementer

from tiktoklive.deferreds import Limit, Waiters, cancel_after
from tiktoklive.errors import (
    FrameTooLargeError,
    StreamError,
    UnreadStreamError,
)
from tiktoklive.interfaces import IReceiver, IStream, IStreamOpener
from tiktoklive.logs import voice
from tiktoklive.model import Ticket
from tiktoklive.net.attempt import WebSocketAttempt
from tiktoklive.net.bounded import MAX_UNREAD, BoundedClient, Unread
from tiktoklive.net.closing import closed_error, lost_error
from tiktoklive.net.handshake import heartbeat_wish, of_autobahn, refusal
from tiktoklive.net.network import connect_error, late_error, uri_of
from tiktoklive.net.redaction import Redaction
from tiktoklive.wire.frames import MAX_FRAME

#: Seconds that the other side has for its part in closing.
CLOSE_TIMEOUT = 2.0

#: Bytes that the head of the answer may have.
LONGEST_HEAD = 65_536

# autobahn's own logger with nothing coming out: it would say again what our errors say,
# and at its debug level it shows the cookies of the handshake.
_silence = copy(WebSocketClientProtocol.log)
_silence.set_log_level("none")


def _discard(data: bytes) -> None:
    """Where frames go when the receiver wants none any more."""


@implementer(IStream, IPushProducer)
class WebSocketStream(BoundedClient):
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
    message_data: Any
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

    def __init__(
        self, opener: WebSocketOpener, attempt: WebSocketAttempt, receiver: IReceiver
    ) -> None:
        super().__init__()
        self.factory = opener.factory
        self.maxMessagePayloadSize = opener.max_frame
        self.unread = Unread(opener.max_unread)
        self._clock = opener.clock
        self._host = attempt.host
        self._known = attempt.known
        self._attempt: WebSocketAttempt | None = attempt
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
        self._known.settle()
        if "handshake-options" in headers:
            self.heartbeat = heartbeat_wish(headers["handshake-options"])
        self.transport.registerProducer(self.unread, True)  # until dropConnection()
        if attempt is None or not attempt.succeeded(self):
            self.abort()

    # --- what arrives

    def dataReceived(self, data: bytes) -> None:
        """Bytes from the network; autobahn's own formats a line for its log every time."""
        self._dataReceived(data)
        if self.state == self.STATE_CONNECTING and len(self.data) > LONGEST_HEAD:
            self._give_up("the head of the answer does not end")

    def onMessageEnd(self) -> None:
        """A message is complete; autobahn's own also announces it to listeners we don't have."""
        if not self.failedByMe:
            if self.message_is_binary:
                self._deliver(b"".join(self.message_data))
            else:
                self._our_log.debug("{host} sent a text message: dropped", host=self._host)
        self.message_data = None

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
            return refusal(self._host, self.http_status_line, headers, problem, self._known)
        return connect_error(place, self._problem)

    def _why_closed(self, clean: bool, code: int | None, reason: str | None) -> Exception | None:
        """The reason for the receiver: ``None`` when we closed it."""
        if self._closing:
            return None
        if self.unread.too_much:
            return UnreadStreamError(
                f"TikTok ({self._host}) does not read what we send: more than "
                f"{self.unread.limit} bytes waited, and the stream was dropped."
            )
        if self.wasMaxMessagePayloadSizeExceeded:
            return FrameTooLargeError(
                f"TikTok ({self._host}) sent a message of more than "
                f"{self.maxMessagePayloadSize} bytes: the stream was dropped (1009)."
            )
        if self._close_frame is not None:
            told, said = self._close_frame
            words = self._known.shown(said.decode("utf-8", "replace"))
            return closed_error(self._host, told, words)
        return lost_error(self._host, self._known.shown(reason), self.failedByMe, self._problem)

    # --- IStream

    def send(self, data: bytes) -> None:
        """Send one push frame; discarded when the stream is closing or closed."""
        if self.state == self.STATE_OPEN:
            self.sendMessage(data, True)

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


@implementer(IStreamOpener)
class WebSocketOpener:
    """
    Opens streams over WebSocket.

    :param network: where connections go, see :class:`~tiktoklive.net.network.DirectNetwork`.
    :param clock: the reactor, or a test's clock.
    :param timeout: seconds for connecting and the handshake together.
    :param max_frame: bytes that a message may have; a stream that begins a longer one is
        dropped before the message is read.
    :param redaction: knows secrets, beside those of a ticket, that no error may show.
    :param max_unread: bytes that may wait because the other side does not read them; a stream
        with more is dropped.
    """

    def __init__(
        self,
        network: IAgentEndpointFactory,
        clock: IReactorTime,
        *,
        timeout: float = 20.0,
        max_frame: int = MAX_FRAME,
        redaction: Redaction | None = None,
        max_unread: int = MAX_UNREAD,
    ) -> None:
        self.clock = clock
        self.max_unread = max_unread
        self.max_frame = max_frame
        self.redaction = redaction or Redaction()
        # One for all streams: autobahn reads little but constants from it.
        self.factory = WebSocketClientFactory(reactor=clock)
        self._network = network
        self._timeout = timeout

    def open(self, ticket: Ticket, receiver: IReceiver) -> Deferred[IStream]:
        """
        Open a stream; see :meth:`tiktoklive.interfaces.IStreamOpener.open`.

        :raise StreamError: the ticket cannot be made into a request.
        """
        return Deferred.fromCoroutine(self._open(ticket, receiver))

    async def _open(self, ticket: Ticket, receiver: IReceiver) -> IStream:
        try:
            uri = uri_of(ticket.url)
            known = self.redaction.sent(ticket.url, ticket.headers, ticket.cookies.items())
            attempt = WebSocketAttempt(uri, ticket, receiver, known, partial(WebSocketStream, self))
        except ValueError as error:
            # `from None`: what it was made of may hold secrets.
            raise StreamError(f"The {ticket.source} ticket cannot be used: {error}.") from None
        opened = attempt.opened
        assert opened is not None  # until it is decided
        endpoint = self._network.endpointForURI(uri)
        attempt.begin(endpoint.connect(attempt))
        try:
            return await cancel_after(opened, self._timeout, self.clock)
        except defer.TimeoutError:
            words = f"{attempt.place} did not open the stream within {self._timeout:g} s."
            raise late_error(attempt.place, words) from None
