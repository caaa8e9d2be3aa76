"""One attempt to open a WebSocket: its request, and what becomes of it."""

from __future__ import annotations

import os
from base64 import b64encode
from collections.abc import Callable
from typing import Protocol

from twisted.internet.defer import Deferred
from twisted.internet.interfaces import IAddress, IProtocol
from twisted.internet.protocol import ClientFactory
from twisted.python.failure import Failure
from twisted.web.client import URI

from tiktoklive.interfaces import IReceiver, IStream
from tiktoklive.model import Ticket
from tiktoklive.net.handshake import handshake_request
from tiktoklive.net.network import connect_error, place_of
from tiktoklive.net.redaction import Redaction


class AbortableStream(Protocol):
    """What an attempt knows of the stream that it may become."""

    def abort(self) -> None:
        """Drop the connection now."""


class WebSocketAttempt(ClientFactory):
    """
    One attempt to open a stream.

    The transport keeps it as long as the connection lasts, so it lets go of everything as
    soon as it is decided.

    :param known: what of the request no error may show.
    :param make: makes the stream when the connection stands.
    """

    noisy = False

    def __init__(
        self,
        uri: URI,
        ticket: Ticket,
        receiver: IReceiver,
        known: Redaction,
        make: Callable[[WebSocketAttempt, IReceiver], AbortableStream],
    ) -> None:
        self.host, self.place = place_of(ticket.url), place_of(ticket.url, always=True)
        self.key = b64encode(os.urandom(16))
        self.request = handshake_request(uri, ticket.headers, ticket.cookies, self.key)
        self.known = known
        self.receiver: IReceiver | None = receiver
        self.opened: Deferred[IStream] | None = Deferred(self._cancelled)
        self._connecting: Deferred[IProtocol] | None = None
        self._make: Callable[[WebSocketAttempt, IReceiver], AbortableStream] | None = make
        self._stream: AbortableStream | None = None

    def buildProtocol(self, addr: IAddress | None) -> AbortableStream | None:  # type: ignore[override]
        """The connection stands: the stream will shake hands, if the caller still waits."""
        if self.receiver is not None and self._make is not None:
            self._stream = self._make(self, self.receiver)
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
        self._stream = self._make = None
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
