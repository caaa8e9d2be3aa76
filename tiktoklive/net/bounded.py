"""
What one WebSocket to TikTok may hold in memory of what it reads, and how long it may hold us.

autobahn bounds the length of its content alone.  All frames that were read at once are handled at
once: a few bytes each can be as expensive as a frame may be, so others have their turn in between.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from autobahn.twisted.websocket import WebSocketClientProtocol
from twisted.internet.interfaces import IDelayedCall, IReactorTime
from twisted.internet.protocol import connectionDone
from twisted.logger import Logger
from twisted.python.failure import Failure

#: Bytes that the head of the answer may have.
LONGEST_HEAD: Final = 65_536

#: Frames that a message may be sent in, and pieces of a frame that are kept apart.
_MOST_FRAMES: Final = 1024
_MOST_PIECES: Final = 64

#: What a binary message in one frame begins with, and what stands in the place of its length if
#: that is in the next two bytes.
_WHOLE, _TWO_MORE = b"\x82", 126

#: Seconds that one stream's frames may take before others have their turn.
TURN: Final = 0.02


class BoundedClient(WebSocketClientProtocol):
    """autobahn's client, which keeps no more of a message than its length."""

    transport: Any
    data: bytes
    current_frame: Any
    maxMessagePayloadSize: int
    frame_data: Any
    message_data: Any
    _deliver: Callable[[bytes], None]
    _our_log: Logger
    _host: str
    _clock: IReactorTime
    _frames = 0
    _taken = 0  # bytes of the data that are done with, and not cut off yet: cutting copies the rest
    _held = False
    _turn: IDelayedCall | None = None
    _lost: Failure | None = None

    def dataReceived(self, data: bytes) -> None:
        """Bytes from the network; autobahn's own formats a line for its log every time."""
        self._dataReceived(data)
        if self.state == self.STATE_CONNECTING and len(self.data) > LONGEST_HEAD:
            self.failHandshake("the head of the answer does not end")

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

    def processData(self) -> bool:
        """Handle what comes next; a message in one frame, as nearly all are, without detours."""
        message = self._whole_message()
        if message is not None:
            self._deliver(message)
        if self._taken and (message is None or self._taken >= len(self.data)):
            self.data, self._taken = self.data[self._taken :], 0
        return bool(super().processData()) if message is None else bool(self.data)

    def _whole_message(self) -> bytes | None:
        """
        Take the next message, if it is a binary one of up to 64 KiB in one frame that is all there.

        Anything else is autobahn's, whatever is wrong with it too.
        """
        data, start = self.data, self._taken + 2
        if not data.startswith(_WHOLE, self._taken) or len(data) < start + 2:
            return None
        size = data[start - 1]
        if size == _TWO_MORE:
            size, start = int.from_bytes(data[start : start + 2], "big"), start + 2
            if size < _TWO_MORE:
                return None
        elif size > _TWO_MORE:
            return None
        end = start + size
        if end > len(data) or size > self.maxMessagePayloadSize:
            return None
        if self.current_frame is not None or self.inside_message or self.failedByMe:
            return None
        self._taken = end
        return data[start:end]

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

    def onMessageEnd(self) -> None:
        """A message is complete; autobahn's own also announces it to listeners we don't have."""
        if not self.failedByMe:
            if self.message_is_binary:
                self._deliver(b"".join(self.message_data))
            else:
                self._our_log.debug("{host} sent a text message: dropped", host=self._host)
        self.message_data = None
