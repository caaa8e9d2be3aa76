"""
What one WebSocket to TikTok sends, and what of it may wait because the other side does not read.

autobahn needs ten times as long to write a frame, which is a quarter of the time of a room whose
frames have one message each.  So what is sent while the stream is open is written here (RFC 6455,
section 5).  autobahn still writes the close frame, which belongs to its states.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from twisted.internet.interfaces import IPushProducer
from zope.interface import implementer

from tiktoklive.net.bounded import BoundedClient

#: Kinds of frames.
BINARY: Final = 2
PONG: Final = 10

_FINAL, _MASKED = 0x80, 0x80
_SHORT, _MIDDLE = 125, 0xFFFF  # the longest payloads whose length takes no, and two, more bytes
_TWO_MORE, _EIGHT_MORE = 126, 127  # what stands in the place of a longer one's length

#: Random bytes that are drawn at once: 512 masks.
_BLOCK: Final = 2048


class Masks:
    """
    Random masks of four bytes.  None is given twice, whoever asks: nobody may foresee the next.

    :ivar take: gives the next one.
    """

    __slots__ = ("take",)

    take: Callable[[], bytes]

    def __init__(self) -> None:
        self.renew()

    def renew(self) -> None:
        """Forget those that are drawn: another process has them as well."""
        self.take = _drawn().__next__


def _drawn() -> Iterator[bytes]:
    while True:
        block = os.urandom(_BLOCK)
        for place in range(0, _BLOCK, 4):
            yield block[place : place + 4]


#: Those of all streams of this process.
MASKS: Final = Masks()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=MASKS.renew)


def client_frame(payload: bytes, opcode: int = BINARY) -> bytes:
    """
    Write a whole message, or a control frame, as a client has to: masked.

    :param opcode: what kind of frame it is.
    """
    size, mask = len(payload), MASKS.take()
    if size <= _SHORT:
        head = bytes((_FINAL | opcode, _MASKED | size))
    elif size <= _MIDDLE:
        head = struct.pack("!BBH", _FINAL | opcode, _MASKED | _TWO_MORE, size)
    else:
        head = struct.pack("!BBQ", _FINAL | opcode, _MASKED | _EIGHT_MORE, size)
    # As numbers of that many bytes, which Python combines at once.
    key = int.from_bytes((mask * (size // 4 + 1))[:size], "little")
    masked = (int.from_bytes(payload, "little") ^ key).to_bytes(size, "little")
    return head + mask + masked


@implementer(IPushProducer)
@dataclass(slots=True, eq=False)
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

    limit: int
    size: int = field(default=0, init=False)
    _full: bool = field(default=False, init=False)

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


class SendingClient(BoundedClient):
    """
    autobahn's client, which sends only while it is open, and not without bound.

    :ivar unread: what waits.
    """

    unread: Unread

    def send(self, data: bytes) -> None:
        """Send one push frame; discarded when the stream is closing or closed."""
        if self.state == self.STATE_OPEN:
            self.sendData(client_frame(data))

    def sendPong(self, payload: bytes | None = None) -> None:
        """Answer a ping, as autobahn does by itself."""
        if self.state == self.STATE_OPEN:
            self.sendData(client_frame(payload or b"", PONG))

    def sendData(self, data: bytes, sync: bool = False, chopsize: int | None = None) -> None:
        """Write what goes out: what is sent, the pongs, and autobahn's close frame."""
        self.transport.write(data)
        if self.unread.wrote(len(data)):
            self.dropConnection(abort=True)
