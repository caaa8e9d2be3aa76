"""One WebSocket by which frames are pushed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, Protocol

from autobahn.twisted.websocket import WebSocketServerProtocol
from twisted.internet.interfaces import IPushProducer, IReactorTime
from zope.interface import implementer

from tiktoklive.outputs.jsonbytes import dumps
from tiktoklive.outputs.web.answers import Refusal
from tiktoklive.outputs.web.websocket import SILENCE
from tiktoklive.ownbrowser.pages import MOST_PAGES, OpenPages

#: Seconds after which a client that says nothing is cut off.
IDLE: Final = 120.0


class TakesPushes(Protocol):
    """What takes what a socket brings."""

    pages: OpenPages

    def take(self, data: bytes, *, binary: bool = False) -> tuple[str, dict[str, Any]]:
        """A push: who pushed, and the answer."""


@implementer(IPushProducer)
class PushSocket(WebSocketServerProtocol):
    """
    Each message is a push, and is answered by one; a page is gone with its socket.

    :param joined: called with it when it is open.
    :param left: called with it when it is gone.
    """

    log = SILENCE

    def __init__(
        self,
        front: TakesPushes,
        clock: IReactorTime,
        joined: Callable[[PushSocket], object],
        left: Callable[[PushSocket], object],
    ) -> None:
        super().__init__()
        self._front, self._clock = front, clock
        self._joined, self._left = joined, left
        self._names: set[str] = set()
        self._heard_at = clock.seconds()

    # --- what autobahn calls

    def onOpen(self) -> None:
        """The handshake is over."""
        transport: Any = self.transport
        transport.unregisterProducer()  # the HTTP channel, which is out of it
        # Who does not read the answers is not read.
        transport.registerProducer(self, True)
        self._joined(self)

    def onMessage(self, payload: bytes, isBinary: bool) -> None:
        """A push."""
        self._heard_at = self._clock.seconds()
        try:
            page, answer = self._front.take(payload, binary=isBinary)
        except Refusal as refusal:
            self.sendMessage(dumps(refusal.as_dict()))
            return
        if len(self._names) >= MOST_PAGES:
            self._names.clear()  # names of pages that are gone: those that push come again
        self._names.add(page)
        self.sendMessage(dumps(answer))

    def onClose(self, wasClean: bool, code: int | None, reason: str | None) -> None:
        """The connection is gone, and its pages with it."""
        self._left(self)
        self._front.pages.forget(self._names, "What pushed the page in the browser is gone.")

    # --- IPushProducer

    def pauseProducing(self) -> None:
        """The client does not read."""
        self._connection.pauseProducing()

    def resumeProducing(self) -> None:
        """It reads again."""
        self._connection.resumeProducing()

    def stopProducing(self) -> None:
        """The connection is gone."""

    # --- what the endpoint calls

    def sweep(self) -> None:
        """Cut it off if it has said nothing for too long."""
        if self._clock.seconds() - self._heard_at >= IDLE:
            self.cut_off()

    def cut_off(self) -> None:
        """End it at once."""
        self._connection.abortConnection()

    @property
    def _connection(self) -> Any:
        return self.transport
