"""Requests of bounded size, on connections of which none is left open."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from twisted.internet.defer import Deferred
from twisted.internet.protocol import connectionDone
from twisted.python.failure import Failure
from twisted.web.http import HTTPChannel
from twisted.web.resource import Resource
from twisted.web.server import Request, Site

from tiktoklive.deferreds import Waiters
from tiktoklive.outputs.web.guard import WebLimits, host_of

#: Seconds that the first request of a connection has to arrive.
_ARRIVAL = 15.0

#: Seconds from when an answer was given until the next request is there.
_IDLE = 60.0

_TOO_LARGE = b'{"error":"The request is too large.","code":"size"}\n'
_ANSWER = (
    b"HTTP/1.1 413 Request Entity Too Large\r\nConnection: close\r\n"
    b"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%b"
)


class _WithoutBody:
    """
    Answers with the headers alone.

    Twisted does that too, and has a line in the log for each such request.
    """

    def __init__(self, resource: Any) -> None:
        self._resource = resource

    def render(self, request: Request) -> Any:
        """What the resource would answer, without it."""
        body = self._resource.render(request)
        if isinstance(body, bytes) and body:
            request.setHeader(b"content-length", b"%d" % len(body))
            return b""
        return body


class BoundedRequest(Request):
    """
    A request whose body may not be larger than its site says.

    The address that it shows, and that Twisted may log, is without its query: there may be a
    token in that.
    """

    _refused = False
    _received = 0

    def getHeader(self, key: Any) -> Any:
        """A header; one that is named by a text is a text, whatever bytes came."""
        if isinstance(key, bytes):
            return super().getHeader(key)
        value = super().getHeader(key.encode("ascii"))
        return None if value is None else value.decode("latin-1")

    def gotLength(self, length: int | None) -> None:
        """What the headers say of the body."""
        self._look(length or 0)
        super().gotLength(0 if self._refused else length)

    def handleContentChunk(self, data: bytes) -> None:
        """A piece of the body."""
        self._received += len(data)
        self._look(self._received)
        if not self._refused:
            super().handleContentChunk(data)

    def requestReceived(self, command: bytes, path: bytes, version: bytes) -> None:
        """All of it is there."""
        channel: Any = self.channel
        if channel.is_full:  # with answers to those before
            channel.transport.abortConnection()
        elif not self._refused:
            super().requestReceived(command, path, version)

    def render(self, resrc: Any) -> None:
        """Let a resource answer it."""
        super().render(_WithoutBody(resrc) if self.method == b"HEAD" else resrc)

    def process(self) -> None:
        """Answer it."""
        self.uri = self.path
        super().process()

    def _look(self, size: int) -> None:
        channel: Any = self.channel
        if size > channel.site.largest and not self._refused:
            self._refused = True
            channel.transport.write(_ANSWER % (len(_TOO_LARGE), _TOO_LARGE))
            channel.loseConnection()


class CountedChannel(HTTPChannel):
    """
    A connection that its site knows of.

    :ivar host: the client's address; ``""`` if it has none.
    :ivar is_full: whether its buffer is: a client that asks more without reading is cut off.
    """

    site: BoundedSite
    host = ""
    is_full = False
    #: Whether a request came: of those that are none, only the number is kept.
    _has_asked = False

    def connectionMade(self) -> None:
        """A client has connected."""
        super().connectionMade()
        self.site.channels.add(self)

    def pauseProducing(self) -> None:
        """Its buffer is full."""
        self.is_full = True
        super().pauseProducing()

    def resumeProducing(self) -> None:
        """Its buffer is empty."""
        self.is_full = False
        super().resumeProducing()

    def setTimeout(self, period: float | None) -> float | None:
        """
        Wait for a request so long; ``None`` while one is being answered.

        :return: for how long it waited before.
        """
        if period is None:
            self.site.idle.pop(self, None)
        else:
            self.site.idle[self] = None
        before: float | None = super().setTimeout(period)
        return before if before is None else _IDLE  # which Twisted sets when it was answered

    def allHeadersReceived(self) -> None:
        """A request has begun."""
        self._has_asked = True
        super().allHeadersReceived()

    def timeoutConnection(self) -> None:
        """It waited long enough; Twisted's own has two lines of the log for each, and more time."""
        transport: Any = self.transport
        transport.abortConnection()

    def resetTimeout(self) -> None:
        """Do nothing: a client that sends a byte now and then must not stay for ever."""

    def connectionLost(self, reason: Failure = connectionDone) -> None:
        """It is gone."""
        super().connectionLost(reason)
        if not self._has_asked:
            self.site.strange += 1
        self.site.forget(self)


class BoundedSite(Site):
    """
    A site that keeps no log of its requests, and closes what is open when it ends.

    When there is no room for one more connection, the one that waited longest for a request is
    closed for it; when all are being answered, it is sent away.  So is, of an address that has
    its share, the one that waited longest of that address.

    :param limits: how many connections there may be, of one address too; and bytes of a body.
    :param crowded: called with an address that has its share.
    :ivar largest: bytes that the body of a request may have.
    :ivar channels: the connections that are open, those of event streams and WebSockets apart.
    :ivar idle: those on which a request is waited for, the longest first.
    :ivar strange: how many ended without a request: idle ones, those that spoke no TLS, or
        something else than HTTP.
    """

    protocol: Any = CountedChannel
    requestFactory = BoundedRequest
    noisy = False

    def __init__(
        self,
        root: Resource,
        clock: Any,
        limits: WebLimits,
        crowded: Callable[[str], object] = lambda host: None,
    ) -> None:
        super().__init__(root, timeout=_ARRIVAL, reactor=clock)
        self.largest = limits.body
        self.channels: set[Any] = set()
        self.idle: dict[Any, None] = {}
        self.strange = 0
        self._limits = limits
        self._crowded = crowded
        self._closing: Waiters[None] = Waiters()

    def startFactory(self) -> None:
        """Begin no log."""

    def stopFactory(self) -> None:
        """End none."""

    def log(self, request: Any) -> None:
        """Log nothing: an address may hold a token."""

    def acceptableProtocols(self) -> list[bytes]:
        """HTTP/1.1 alone, which streams and WebSockets need."""
        return [b"http/1.1"]

    def buildProtocol(self, addr: Any) -> Any:
        """A channel, if there is room for one or can be made."""
        host, most = host_of(addr), self._limits.connections
        share = self._limits.share_of(host, most)
        if share < most and sum(each.host == host for each in self.channels) >= share:
            self._crowded(host)
            if not self._make_room(host):
                return None
        if len(self.channels) >= most and not self._make_room(None):
            return None
        channel: Any = super().buildProtocol(addr)
        channel.host = host
        return channel

    def _make_room(self, host: str | None) -> bool:
        """Close what waited longest for a request, of one address or of all; whether it could."""
        for channel in self.idle:
            if host in (None, channel.host):
                self.forget(channel)
                channel.transport.abortConnection()
                return True
        return False

    def forget(self, channel: Any) -> None:
        """A connection is gone, or is one of events now, which are counted elsewhere."""
        self.channels.discard(channel)
        self.idle.pop(channel, None)
        if not self.channels:
            self._closing.tell(None)

    def close(self) -> Deferred[None]:
        """Cut off all connections; fires when they are gone."""
        closed = self._closing.wait()
        for channel in list(self.channels):
            channel.transport.abortConnection()
        self.forget(None)
        return closed
