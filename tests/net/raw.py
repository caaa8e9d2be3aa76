"""A WebSocket server that says exactly what a test wants, and who listens."""

from __future__ import annotations

import base64
import hashlib
import struct
from collections.abc import Callable
from typing import NamedTuple

from twisted.internet.defer import Deferred
from twisted.internet.protocol import Factory, Protocol
from twisted.trial.unittest import SynchronousTestCase
from zope.interface import implementer

from tiktoklive.interfaces import IReceiver, IStream
from tiktoklive.model import Room, Ticket
from tiktoklive.net.attempt import WebSocketOpener
from tiktoklive.testing import MemoryNetwork

HOST = "ws.example"
URL = f"wss://{HOST}/path/?room_id=5&x=s3cret"
TICKET = Ticket(
    Room("somebody", "5"),
    URL,
    headers=(("User-Agent", "me"), ("Origin", "https://www.tiktok.com")),
    cookies={"ttwid": "1%7Cs3cret"},
)


@implementer(IReceiver)
class Listener:
    """Remembers what a stream brings."""

    def __init__(self) -> None:
        self.frames: list[bytes] = []
        self.over: list[Exception | None] = []
        self.on_frame: Callable[[], object] | None = None

    def frame(self, data: bytes) -> None:
        self.frames.append(data)
        if self.on_frame is not None:
            self.on_frame()

    def batch(self, data: bytes) -> None:
        raise AssertionError("there are no bare batches on a WebSocket")

    def closed(self, reason: Exception | None) -> None:
        self.over.append(reason)


class RawServer(Protocol):
    """Says what it is told, byte for byte."""

    def __init__(self) -> None:
        self.received = b""

    def dataReceived(self, data: bytes) -> None:
        self.received += data

    def head(self) -> bytes:
        """The client's request."""
        return self.received.partition(b"\r\n\r\n")[0]

    def accept(self, *headers: str) -> bytes:
        """The answer that lets the client in."""
        key = self.head().partition(b"Sec-WebSocket-Key: ")[2].partition(b"\r\n")[0]
        digest = hashlib.sha1(key + b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11").digest()
        lines = [
            "HTTP/1.1 101 Switching Protocols",
            "Upgrade: websocket",
            "Connection: Upgrade",
            f"Sec-WebSocket-Accept: {base64.b64encode(digest).decode()}",
            *headers,
        ]
        return "\r\n".join([*lines, "", ""]).encode()

    def client_frames(self) -> list[tuple[int, bytes]]:
        """Opcode and payload of everything the client sent after its request."""
        return [(each.opcode, each.payload) for each in self.strictly_read()]

    def strictly_read(self) -> list[ClientFrame]:
        """The same, with the masks."""
        return read_client_frames(self.received.partition(b"\r\n\r\n")[2])


class ClientFrame(NamedTuple):
    """A whole message, or a control frame, as a client sent it."""

    opcode: int
    mask: bytes
    payload: bytes


def read_client_frames(data: bytes) -> list[ClientFrame]:
    """
    Read what a client sent, as strictly as RFC 6455, section 5, is.

    :raise AssertionError: a frame is not masked, has a reserved bit, tells its length in more bytes
        than it takes, or ends early; or a control frame is too long.
    """
    found = []
    while data:
        assert data[0] & 0x70 == 0, "a reserved bit is set"
        assert data[0] & 0x80, "a message is sent in several frames"
        assert data[1] & 0x80, "a frame of a client is not masked"
        opcode, size, start = data[0] & 0x0F, data[1] & 0x7F, 2
        assert opcode in (1, 2) or (opcode in (8, 9, 10) and size < 126), "there is no such frame"
        if size == 126:
            (size,), start = struct.unpack("!H", data[2:4]), 4
            assert size > 125, "the length takes no more bytes"
        elif size == 127:
            (size,), start = struct.unpack("!Q", data[2:10]), 10
            assert 0xFFFF < size < 1 << 63, "the length takes two more bytes"
        mask, body = data[start : start + 4], data[start + 4 : start + 4 + size]
        assert len(mask) == 4 and len(body) == size, "a frame ends early"
        payload = bytes(byte ^ mask[place % 4] for place, byte in enumerate(body))
        found.append(ClientFrame(opcode, mask, payload))
        data = data[start + 4 + size :]
    return found


def frame(payload: bytes, opcode: int = 2, fin: bool = True) -> bytes:
    """A WebSocket frame of a server."""
    first = bytes([opcode | (0x80 if fin else 0)])
    if len(payload) < 126:
        return first + bytes([len(payload)]) + payload
    if len(payload) < 65536:
        return first + b"\x7e" + struct.pack("!H", len(payload)) + payload
    return first + b"\x7f" + struct.pack("!Q", len(payload)) + payload


def close_frame(code: int, reason: bytes = b"") -> bytes:
    """A WebSocket close frame of a server."""
    return frame(struct.pack("!H", code) + reason, 8)


class StreamTestCase(SynchronousTestCase):
    """A client and a raw server in memory."""

    def setUp(self) -> None:
        self.network = MemoryNetwork()
        self.servers: list[RawServer] = []

        def build() -> RawServer:
            self.servers.append(RawServer())
            return self.servers[-1]

        self.network.add(HOST, 443, Factory.forProtocol(build))
        self.opener = WebSocketOpener(self.network, self.network.clock, max_frame=200_000)
        self.listener = Listener()

    def begin(self, ticket: Ticket = TICKET) -> Deferred[IStream]:
        """Ask for a stream; the server has the request."""
        opening = self.opener.open(ticket, self.listener)
        self.network.flush()
        return opening

    def say(self, *pieces: bytes) -> None:
        """Let the server send, each piece arriving by itself."""
        for piece in pieces:
            self.servers[-1].transport.write(piece)
            self.network.flush()

    def hang_up(self, last: bytes = b"") -> None:
        """Let the server send its last words and close the connection behind them."""
        self.servers[-1].transport.write(last)
        self.servers[-1].transport.loseConnection()
        self.network.flush()

    def opened(self, *headers: str) -> IStream:
        """A stream that the server let in."""
        opening = self.begin()
        self.say(self.servers[-1].accept(*headers))
        return self.successResultOf(opening)

    def assertQuiet(self) -> None:
        """Nothing is open and no timer runs."""
        self.network.flush()
        self.assertEqual([], self.network.open)
        self.assertEqual([], self.network.waiting)
        self.assertEqual([], self.network.clock.getDelayedCalls())
