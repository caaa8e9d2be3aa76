"""From a request to a WebSocket."""

from __future__ import annotations

from typing import Any, Final

from autobahn.twisted.resource import WebSocketResource
from autobahn.twisted.websocket import WebSocketServerFactory, WebSocketServerProtocol
from twisted.web.server import Request

from tiktoklive.outputs.web.answers import Refusal
from tiktoklive.outputs.web.tokens import PROTOCOL

#: The largest message that a client may send, in bytes.
_LONGEST: Final = 8 * 1024


class ListeningFactory(WebSocketServerFactory):
    """Makes the one protocol that one upgrade request is for."""

    noisy = False

    def __init__(self, clock: Any, protocol: WebSocketServerProtocol, largest: int) -> None:
        super().__init__(reactor=clock)
        # autobahn's own timers run on the global reactor, whatever reactor it was given.
        self.setProtocolOptions(
            openHandshakeTimeout=0,
            closeHandshakeTimeout=0,
            autoPingInterval=0,
            failByDrop=False,
            maxFramePayloadSize=largest,
            maxMessagePayloadSize=largest,
            allowNullOrigin=True,  # origins were looked at by the guard
            serveFlashSocketPolicy=False,
            webStatus=False,
        )
        self._protocol = protocol

    def buildProtocol(self, addr: Any) -> WebSocketServerProtocol:
        """The protocol."""
        self._protocol.factory = self
        return self._protocol


def upgrade(
    request: Request, clock: Any, protocol: WebSocketServerProtocol, largest: int = _LONGEST
) -> Any:
    """
    Hand a request's connection to a protocol.

    :param largest: bytes that a message of the client may have.
    :raise Refusal: it is no upgrade request.
    """
    if (request.getHeader("upgrade") or "").lower() != "websocket":
        raise Refusal(
            426, "upgrade", "Here is a WebSocket: open it as one.", (("Upgrade", "websocket"),)
        )
    headers = request.requestHeaders
    headers.removeHeader("authorization")  # it is not needed any more, and neither is this:
    protocols = (request.getHeader("sec-websocket-protocol") or "").replace(" ", "").split(",")
    headers.removeHeader("sec-websocket-protocol")
    if PROTOCOL in protocols:
        headers.setRawHeaders("sec-websocket-protocol", [PROTOCOL])
    resource: Any = WebSocketResource(ListeningFactory(clock, protocol, largest))
    return resource.render(request)
