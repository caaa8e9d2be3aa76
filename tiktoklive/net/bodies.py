"""The bodies of requests and answers: bounded, and without the global reactor."""

from __future__ import annotations

from typing import Final

from twisted.internet.defer import Deferred, succeed
from twisted.internet.interfaces import IConsumer
from twisted.internet.protocol import Protocol, connectionDone
from twisted.python.failure import Failure
from twisted.web.client import ResponseDone
from twisted.web.http import PotentialDataLoss
from twisted.web.iweb import IBodyProducer
from zope.interface import implementer

from tiktoklive.errors import InvalidResponseError

#: Pieces in which a body may come: chunks, or what one reading from the socket gives.
PIECES: Final = 16_384


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


class ReceivedBody(Protocol):
    """Collects a body up to a limit; cancelling closes the connection."""

    def __init__(self, limit: int, host: str) -> None:
        self.complete: Deferred[bytes] = Deferred(self._stop)
        self._left = limit
        self._host = host
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
            self.complete.errback(too_large(self._host))
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


def too_large(host: str) -> InvalidResponseError:
    """The error for a body beyond its bound."""
    return InvalidResponseError(f"{host} sent a body that is larger than allowed.")
