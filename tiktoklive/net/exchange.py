"""
One request of HTTP and its answer: the agents below treq's client, which bound what comes.

Twisted's HTTP client limits the length of a line, not how many lines a head has, nor how many
interim answers (``100 Continue``) precede the answer; it keeps or logs each.  Bodies are
decompressed here before treq can, which does it without bound, and takes one that is no gzip for
an empty one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from hyperlink import EncodedURL
from treq.client import HTTPClient
from twisted.internet.defer import Deferred, succeed
from twisted.internet.interfaces import (
    IAddress,
    IConsumer,
    IProtocol,
    IProtocolFactory,
    IStreamClientEndpoint,
)
from twisted.internet.protocol import Factory, Protocol, connectionDone
from twisted.python.components import proxyForInterface
from twisted.python.failure import Failure
from twisted.web.client import URI, Agent, HTTPConnectionPool, ResponseDone
from twisted.web.http import PotentialDataLoss
from twisted.web.http_headers import Headers
from twisted.web.iweb import IAgent, IAgentEndpointFactory, IBodyProducer, IResponse
from zope.interface import implementer

from tiktoklive.errors import InvalidResponseError
from tiktoklive.net.answers import LineTooLongError, UnaskedEncodingError
from tiktoklive.net.bodies import too_large, unpacked, unreadable
from tiktoklive.net.cookies import keep_sendable
from tiktoklive.net.limits import MAX_HEAD

#: Bytes that a line of it may have: Twisted's bound.
MAX_LINE: Final = 16_384

#: How many status lines may stand in it: that of the answer, and those of interim answers.
_STATUS_LINES: Final = 16
_STATUS_LINE: Final = b"HTTP/1."

#: Bytes of a head that are passed on at once, so that little of the body counts as head.
_PIECE: Final = 2048

#: Bytes of a line that is too long in which its name is looked for.
_NAME: Final = 128

#: Pieces in which a body may come: chunks, or what one reading from the socket gives.
PIECES: Final = 16_384

_GZIP: Final = ("gzip", "x-gzip")
_PLAIN: Final = ("", "identity")


@implementer(IAgent)
class BoundedAgent:
    """
    Makes requests, and has answers only with their whole bodies, decompressed.

    An answer sets no cookies that a request could not carry.

    :param network: where connections go.
    :param pool: those that are kept.
    :param limit: bytes that a body may have, before and after decompression.
    :param head: bytes that the head of an answer may have, interim answers included.
    """

    def __init__(
        self,
        network: IAgentEndpointFactory,
        reactor: Any,
        pool: HTTPConnectionPool,
        limit: int,
        head: int = MAX_HEAD,
    ) -> None:
        self._agent = Agent.usingEndpointFactory(reactor, _BoundedHeads(network, head), pool)
        self._limit = limit

    def request(
        self,
        method: bytes,
        uri: bytes,
        headers: Headers | None = None,
        bodyProducer: IBodyProducer | None = None,
    ) -> Deferred[IResponse]:
        """
        Make a request.

        The bodies of redirects are read as well: an open one would hold its connection.

        :raise InvalidResponseError: head or body are too large, or the latter is no gzip.
        :raise LineTooLongError: a line of the head is.
        """
        asked: Deferred[Any] = self._agent.request(method, uri, headers, bodyProducer)
        return asked.addCallback(self._read, uri)

    def _read(self, response: IResponse, uri: bytes) -> Deferred[IResponse]:
        # treq's agent must not see it: it would try to decompress by itself.
        headers: Any = response.headers
        lines = headers.getRawHeaders(b"content-encoding", ())
        headers.removeHeader(b"content-encoding")
        encoding = b",".join(lines).decode("latin-1").strip().lower()
        body = _ReceivedBody(self._limit, uri)
        response.deliverBody(body)
        whole: Deferred[Any] = body.complete
        if encoding in _GZIP:
            whole.addCallback(unpacked, self._limit, uri)
        elif encoding not in _PLAIN:
            whole.addCallback(unreadable, encoding)
        whole.addCallback(WholeResponse, response)
        if headers.hasHeader(b"set-cookie"):
            whole.addCallback(_with_sendable_cookies)
        return whole


class _ExactAddress(EncodedURL):
    """
    An address that treq sends byte for byte, as who signed it knows it.

    It would percent-encode ``|``, ``"`` and the like, and refuse some hosts, IPv6 among them.

    :param uri: of :func:`~tiktoklive.net.web.uri_of`.
    """

    def __init__(self, uri: URI) -> None:
        super().__init__(uri.scheme.decode(), uri.host.decode(), port=uri.port)
        self._exact: str = uri.toBytes().decode()

    @property
    def host(self) -> str:
        """As Python's jar of cookies reads it: with the brackets of IPv6."""
        name: str = super().host
        return f"[{name}]" if ":" in name else name

    def to_uri(self) -> _ExactAddress:
        """It is one already."""
        return self

    def to_text(self, with_password: bool = False) -> str:
        """The address as it was given."""
        return self._exact


def request_exactly(
    client: HTTPClient, method: str, uri: URI, clock: Any, **more: Any
) -> Deferred[Any]:
    """
    Let treq's client make a request, byte for byte, without following redirects.

    :param client: over a :class:`BoundedAgent`.
    :param more: headers, cookies, data.
    :return: treq's response, whose ``original`` is a :class:`WholeResponse`.
    """
    more |= {"allow_redirects": False, "unbuffered": True, "reactor": clock}
    asked: Deferred[Any] = client.request(method, _ExactAddress(uri), **more)
    return asked


class WholeResponse(proxyForInterface(IResponse)):  # type: ignore[misc]  # made at run time
    """
    A response whose body is there.

    :ivar body: it, or why it cannot be read.
    :ivar set_cookies: name and value of each cookie that it sets.
    """

    def __init__(self, body: bytes | UnaskedEncodingError, response: IResponse) -> None:
        super().__init__(response)
        self.body = body
        self.set_cookies: Sequence[tuple[str, str]] = ()

    def deliverBody(self, protocol: Protocol) -> None:
        """At once."""
        if isinstance(self.body, UnaskedEncodingError):
            protocol.connectionLost(Failure(self.body))
            return
        protocol.dataReceived(self.body)
        protocol.connectionLost(Failure(ResponseDone()))


def _with_sendable_cookies(response: WholeResponse) -> WholeResponse:
    response.set_cookies = keep_sendable(response.headers)
    return response


@implementer(IBodyProducer)
class SentBody:
    """A body that is there already; Twisted's own producer wants a file and the global reactor."""

    def __init__(self, body: bytes) -> None:
        self._body = body
        self.length = len(body)

    def startProducing(self, consumer: IConsumer) -> Deferred[None]:
        """Write it."""
        consumer.write(self._body)
        return succeed(None)

    def pauseProducing(self) -> None:
        """It was written at once."""

    resumeProducing = stopProducing = pauseProducing


class _ReceivedBody(Protocol):
    """Collects a body up to a limit; cancelling closes the connection."""

    def __init__(self, limit: int, uri: bytes) -> None:
        self.complete: Deferred[bytes] = Deferred(self._stop)
        self._left = limit
        self._uri = uri
        self._pieces = PIECES
        # Not a list of pieces: they may be of one byte, which takes forty times its size.
        self._body = bytearray()

    def _stop(self, complete: Deferred[bytes]) -> None:
        self._body = bytearray()
        if self.transport is not None:
            self.transport.loseConnection()

    def dataReceived(self, data: bytes) -> None:
        """Another piece."""
        self._left -= len(data)
        self._pieces -= 1
        if self.complete.called:
            return
        if self._left < 0 or self._pieces < 0:
            self._stop(self.complete)
            self.complete.errback(too_large(self._uri))
        else:
            self._body += data

    def connectionLost(self, reason: Failure = connectionDone) -> None:
        """The body ended, in order or not."""
        if self.complete.called:
            return
        if isinstance(reason.value, ResponseDone | PotentialDataLoss):  # the latter: by closing
            body, self._body = bytes(self._body), bytearray()
            self.complete.callback(body)
        else:
            self.complete.errback(reason)


@implementer(IAgentEndpointFactory)
class _BoundedHeads:
    """Where connections go, which end when the head of an answer does not."""

    def __init__(self, network: IAgentEndpointFactory, limit: int) -> None:
        self._network = network
        self._limit = limit

    def endpointForURI(self, uri: URI) -> IStreamClientEndpoint:
        """The endpoint for a request."""
        endpoint = self._network.endpointForURI(uri)
        return _Endpoint(endpoint, uri.host.decode("ascii", "replace"), self._limit)


@implementer(IStreamClientEndpoint)
class _Endpoint:
    """Connects, and sets a watch on what was connected."""

    def __init__(self, endpoint: IStreamClientEndpoint, host: str, limit: int) -> None:
        self._endpoint = endpoint
        self._host = host
        self._limit = limit

    def connect(self, factory: IProtocolFactory) -> Deferred[IProtocol]:
        """Likewise."""
        connected: Deferred[IProtocol] = self._endpoint.connect(
            _Factory(factory, self._host, self._limit)
        )
        return connected


class _Factory(Factory):
    """Makes what the agent's factory makes, watched."""

    noisy = False

    def __init__(self, factory: IProtocolFactory, host: str, limit: int) -> None:
        self._factory = factory
        self._host = host
        self._limit = limit

    def doStart(self) -> None:
        """Also the agent's."""
        self._factory.doStart()

    def doStop(self) -> None:
        """Likewise."""
        self._factory.doStop()

    def buildProtocol(self, addr: IAddress | None) -> Any:
        """The agent's protocol."""
        protocol: Any = self._factory.buildProtocol(addr)  # type: ignore[arg-type]
        if protocol is not None:
            _Watch(protocol, self._host, self._limit)
        return protocol


class _Watch:
    """
    Counts what arrives on a connection between a request and the end of the head of its answer.

    :param protocol: one end of the connection; that its ``request()`` fires tells that the head
        has ended.
    """

    def __init__(self, protocol: Any, host: str, limit: int) -> None:
        self._host = host
        self._limit = limit
        self._left: int | None = None
        self._lines = _STATUS_LINES
        #: Of the line that has not ended: how long it is, and how it begins.
        self._line, self._start = 0, b""
        self._problem: Exception | None = None
        self._request = protocol.request
        self._receive = protocol.dataReceived
        self._abort = protocol.abort
        protocol.request = self._begin_request
        protocol.dataReceived = self._received

    def _begin_request(self, request: Any) -> Deferred[Any]:
        self._left, self._lines = self._limit, _STATUS_LINES
        self._line, self._start = 0, b""
        answer: Deferred[Any] = self._request(request)
        return answer.addBoth(self._answered)

    def _answered(self, result: Any) -> Any:
        self._left = None
        if self._problem is None:
            return result  # or why there is none
        raise self._problem

    def _is_unfinished(self) -> bool:
        """Whether the head has not ended, although it should have."""
        if self._left is None:
            return False
        self._problem = InvalidResponseError(
            f"{self._host} sent an answer whose head does not end: more than {self._limit} bytes, "
            f"or {_STATUS_LINES} interim answers."
        )
        return True

    def _is_too_long(self, piece: bytes) -> bool:
        """Whether a line goes on for longer than Twisted reads, which would not say so."""
        # Only the first line of a piece can: others begin and end, or end later, in less.
        end = piece.find(b"\n")
        self._start += piece[: _NAME - len(self._start)]
        self._line += len(piece) if end < 0 else end
        if self._line > MAX_LINE:
            name, colon, _ = self._start.partition(b":")
            self._problem = LineTooLongError(name.decode("latin-1") if colon else "")
            return True
        if end >= 0:
            rest = piece[piece.rfind(b"\n") + 1 :]
            self._line, self._start = len(rest), rest[:_NAME]
        return False

    def _received(self, data: bytes) -> None:
        while self._left is not None and data:
            most = max(1, min(_PIECE, self._left))
            piece, data = data[:most], data[most:]
            self._left = left = self._left - len(piece)
            self._lines -= piece.count(_STATUS_LINE)
            if self._is_too_long(piece):
                self._abort()
                return
            self._receive(piece)
            if (left <= 0 or self._lines < 0) and self._is_unfinished():
                self._abort()
                return
        if data:
            self._receive(data)  # of the body
