"""
Heads of HTTP answers, bounded.

Twisted's HTTP client limits the length of a line, not how many lines a head has, nor how many
interim answers (``100 Continue``) precede the answer; it keeps or logs each.
"""

from __future__ import annotations

from typing import Any, Final

from twisted.internet.defer import Deferred
from twisted.internet.interfaces import (
    IAddress,
    IProtocol,
    IProtocolFactory,
    IStreamClientEndpoint,
)
from twisted.internet.protocol import Factory
from twisted.web.client import URI
from twisted.web.iweb import IAgentEndpointFactory
from zope.interface import implementer

from tiktoklive.errors import InvalidResponseError

#: Bytes that a head may have by default, with the interim answers before it: about twenty times
#: those of TikTok's.
MAX_HEAD: Final = 64 * 1024

#: How many status lines may stand in it: that of the answer, and those of interim answers.
_STATUS_LINES: Final = 16
_STATUS_LINE: Final = b"HTTP/1."

#: Bytes of a head that are passed on at once, so that little of the body counts as head.
_PIECE: Final = 2048


@implementer(IAgentEndpointFactory)
class BoundedHeads:
    """
    Ends connections on which the head of an answer does not end; for an agent of HTTP.

    The request fails with :exc:`~tiktoklive.errors.InvalidResponseError` then.

    :param network: where connections go.
    :param limit: bytes that a head may have, interim answers included.
    """

    def __init__(self, network: IAgentEndpointFactory, limit: int = MAX_HEAD) -> None:
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
        self._ended = False
        self._request = protocol.request
        self._receive = protocol.dataReceived
        self._abort = protocol.abort
        protocol.request = self._begin_request
        protocol.dataReceived = self._received

    def _begin_request(self, request: Any) -> Deferred[Any]:
        self._left, self._lines = self._limit, _STATUS_LINES
        answer: Deferred[Any] = self._request(request)
        return answer.addBoth(self._answered)

    def _answered(self, result: Any) -> Any:
        self._left = None
        if not self._ended:
            return result  # or why there is none
        raise InvalidResponseError(
            f"{self._host} sent an answer whose head does not end: more than {self._limit} bytes, "
            f"or {_STATUS_LINES} interim answers."
        )

    def _is_too_much(self) -> bool:
        return self._left is not None and (self._left <= 0 or self._lines < 0)

    def _received(self, data: bytes) -> None:
        while self._left is not None and data:
            most = max(1, min(_PIECE, self._left))
            piece, data = data[:most], data[most:]
            self._left -= len(piece)
            self._lines -= piece.count(_STATUS_LINE)
            self._receive(piece)
            if self._is_too_much():
                self._ended = True
                self._abort()
                return
        if data:
            self._receive(data)  # of the body
