"""
What one WebSocket to TikTok may hold in memory, in both directions, and how long it may hold us.

What is read is bounded by autobahn in the length of its content alone, and what is written not at
all.  All frames that were read at once are handled at once: a few bytes each can be as expensive
as a frame may be, so others have their turn in between.
"""

from __future__ import annotations

from typing import Any, Final

from autobahn.twisted.websocket import WebSocketClientProtocol
from twisted.internet.interfaces import IDelayedCall, IPushProducer, IReactorTime
from twisted.internet.protocol import connectionDone
from twisted.python.failure import Failure
from zope.interface import implementer

#: Bytes that may wait to be sent on one stream.  What a client says in an hour is less.
MAX_UNREAD: Final = 1024 * 1024

#: Frames that a message may be sent in, and pieces of a frame that are kept apart.
_MOST_FRAMES: Final = 1024
_MOST_PIECES: Final = 64

#: Seconds that one stream's frames may take before others have their turn.
TURN: Final = 0.02


@implementer(IPushProducer)
class Unread:
    """
    Counts what waits in the send buffer of a connection.

    A transport tells no one how much that is.  It tells its streaming producer that the buffer is
    full (64 KiB), and that it is empty again: so this is registered as the producer, over TLS and
    through proxies as well, and counts what is written in between.  That is never less than what
    waits beyond the full buffer.

    :param limit: bytes that may be written before the buffer is empty again.
    :ivar size: bytes that were written since the buffer was full.
    """

    __slots__ = ("_full", "limit", "size")

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._full = False
        self.size = 0

    @property
    def too_much(self) -> bool:
        """Whether more waits than may."""
        return self.size > self.limit

    def wrote(self, size: int) -> bool:
        """
        Count what was written.

        :return: whether that is too much.
        """
        if not self._full:
            return False
        self.size += size
        return self.too_much

    def pauseProducing(self) -> None:
        """The buffer is full."""
        self._full = True

    def resumeProducing(self) -> None:
        """The buffer is empty; what was too much once remains so."""
        self._full = False
        if not self.too_much:
            self.size = 0

    def stopProducing(self) -> None:
        """The connection is lost."""


class BoundedClient(WebSocketClientProtocol):
    """
    autobahn's client, which keeps no more than a message's length, and whose unread bytes count.

    :ivar unread: what waits to be sent; to be registered with the transport as its producer.
    """

    transport: Any
    frame_data: Any
    unread: Unread
    _clock: IReactorTime
    _frames = 0
    _held = False
    _turn: IDelayedCall | None = None
    _lost: Failure | None = None

    def consumeData(self) -> None:
        """Handle what was read, unless others have their turn."""
        if self._turn is None:
            self._handle()

    def _handle(self) -> bool:
        """Handle what was read, as long as it is our turn; whether that is all of it."""
        if self.state not in (self.STATE_OPEN, self.STATE_CLOSING):
            super().consumeData()
            return True
        until = self._clock.seconds() + TURN
        while self.processData() and self.state != self.STATE_CLOSED:
            if self._clock.seconds() >= until:
                self.transport.pauseProducing()
                self._turn = self._clock.callLater(0, self._go_on)
                return False
        return True

    def _go_on(self) -> None:
        """It is our turn again."""
        self._turn = None
        if not self._handle():
            return
        if self._lost is not None:
            super().connectionLost(self._lost)
        elif not self._held:
            self.transport.resumeProducing()

    def connectionLost(self, reason: Failure = connectionDone) -> None:
        """The connection is gone; what was read before is handled first."""
        if self._turn is not None:
            self._lost = reason
        else:
            super().connectionLost(reason)

    def hold(self) -> None:
        """Read nothing more."""
        self._held = True
        self.transport.pauseProducing()

    def release(self) -> None:
        """Read again."""
        self._held = False
        if self._turn is None:
            self.transport.resumeProducing()

    def onMessageBegin(self, isBinary: bool) -> None:
        """A message begins."""
        self._frames = self.message_data_total_length = 0
        self.message_is_binary = isBinary
        self.message_data = []

    def onMessageFrameBegin(self, length: int) -> None:
        """A frame of a message begins; an empty one costs memory as well."""
        super().onMessageFrameBegin(length)
        self._frames += 1
        if self._frames > _MOST_FRAMES and not self.failedByMe:
            self._protocol_violation(f"a message of more than {_MOST_FRAMES} frames")

    def onMessageFrameData(self, payload: bytes) -> None:
        """Some bytes of a frame; autobahn keeps each piece, however small, until it is complete."""
        if self.failedByMe:
            return
        pieces = self.frame_data
        if len(pieces) < _MOST_PIECES:
            pieces.append(payload)
        else:
            if len(pieces) == _MOST_PIECES:
                pieces.append(bytearray())
            pieces[-1] += payload

    def sendData(self, data: bytes, sync: bool = False, chopsize: int | None = None) -> None:
        """Write what goes out: what is sent, and the pongs that autobahn answers by itself."""
        self.transport.write(data)
        if self.unread.wrote(len(data)):
            self.dropConnection(abort=True)
