"""Opening a WebSocket to TikTok with a ticket: the attempt, its request, and what becomes of it."""

from __future__ import annotations

import os
from base64 import b64encode
from collections.abc import Callable
from functools import partial

from autobahn.twisted.websocket import WebSocketClientFactory
from twisted.internet import defer
from twisted.internet.defer import Deferred
from twisted.internet.interfaces import IAddress, IProtocol, IReactorTime
from twisted.internet.protocol import ClientFactory
from twisted.python.failure import Failure
from twisted.web.client import URI
from twisted.web.iweb import IAgentEndpointFactory
from zope.interface import implementer

from tiktoklive.deferreds import ask_within
from tiktoklive.errors import StreamError
from tiktoklive.interfaces import IReceiver, IStream, IStreamOpener
from tiktoklive.model import Ticket
from tiktoklive.net.closing import RELAY
from tiktoklive.net.handshake import handshake_request
from tiktoklive.net.limits import MAX_UNREAD
from tiktoklive.net.network import connect_error, late_error
from tiktoklive.net.redaction import Redaction
from tiktoklive.net.web import place_of, uri_of
from tiktoklive.net.websocket import WebSocketStream
from tiktoklive.wire.limits import MAX_FRAME


class WebSocketAttempt(ClientFactory):
    """
    One attempt to open a stream.

    The transport keeps it as long as the connection lasts, so it lets go of everything as
    soon as it is decided.

    :param opener: of which the stream will be one.
    :param host: the other side, for people; with its port only if that is an unusual one.
    :param place: the same, always with its port.
    :param who: whose it is: ``TikTok``.
    :param key: what the server has to answer to, as the request says it.
    :param request: what shakes hands.
    :param known: what of the request no error may show.
    """

    noisy = False

    def __init__(
        self,
        opener: WebSocketOpener,
        host: str,
        place: str,
        who: str,
        receiver: IReceiver,
        key: bytes,
        request: bytes,
        known: Redaction,
    ) -> None:
        self.host, self.place, self.who = host, place, who
        self.key, self.request, self.known = key, request, known
        self.receiver: IReceiver | None = receiver
        self.opened: Deferred[IStream] | None = Deferred(self._cancelled)
        self._connecting: Deferred[IProtocol] | None = None
        self._opener: WebSocketOpener | None = opener
        self._stream: WebSocketStream | None = None

    def buildProtocol(self, addr: IAddress | None) -> WebSocketStream | None:
        """The connection stands: the stream will shake hands, if the caller still waits."""
        if self.receiver is not None and self._opener is not None:
            self._stream = WebSocketStream(self._opener, self, self.receiver)
        return self._stream

    def begin(self, connecting: Deferred[IProtocol]) -> None:
        """Watch the connection being made."""
        self._connecting = connecting
        connecting.addErrback(self._not_connected)

    def _not_connected(self, failure: Failure) -> None:
        self.failed(connect_error(self.place, failure.value))

    def succeeded(self, stream: IStream) -> bool:
        """The server let us in; whether the caller still wants it."""
        opened = self._decided()
        if opened is None:
            return False
        opened.callback(stream)
        return True

    def failed(self, why: Exception) -> None:
        """It will not open."""
        opened = self._decided()
        if opened is not None:
            opened.errback(why)

    def _decided(self) -> Deferred[IStream] | None:
        opened, self.opened = self.opened, None
        self.request = b""
        self.receiver = None
        self._stream = self._opener = None
        self._connecting = None
        return opened

    def _cancelled(self, opened: Deferred[IStream]) -> None:
        """The caller does not wait any more: leave nothing open."""
        connecting, stream = self._connecting, self._stream
        self._decided()
        if stream is not None:
            stream.abort()
        elif connecting is not None:
            connecting.cancel()


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
            host, place = place_of(ticket.url), place_of(ticket.url, always=True)
            who = RELAY if ticket.relayed else "TikTok"
            known = self.redaction.sent(ticket.url, ticket.headers, ticket.cookies.items())
            known.settle()  # the stream may last for hours, and keeps none of its request
            key = b64encode(os.urandom(16))
            request = handshake_request(uri, ticket.headers, ticket.cookies, key)
        except ValueError as error:
            # `from None`: what it was made of may hold secrets.
            raise StreamError(f"The {ticket.source} ticket cannot be used: {error}.") from None
        attempt = partial(WebSocketAttempt, self, host, place, who, receiver, key, request, known)
        try:
            return await ask_within(partial(self._begin, uri, attempt), self._timeout, self.clock)
        except defer.TimeoutError:
            words = f"{place} did not open the stream within {self._timeout:g} s."
            raise late_error(place, words) from None

    def _begin(self, uri: URI, make: Callable[[], WebSocketAttempt]) -> Deferred[IStream]:
        """Connect and shake hands; fires with the open stream."""
        attempt = make()
        opened = attempt.opened
        assert opened is not None  # until it is decided
        attempt.begin(self._network.endpointForURI(uri).connect(attempt))
        return opened
