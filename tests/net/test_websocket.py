"""Streams over WebSocket, against a server that says exactly what the test wants."""

from __future__ import annotations

import base64
import hashlib
import struct
from collections.abc import Callable

from autobahn.twisted.websocket import WebSocketServerFactory, WebSocketServerProtocol
from twisted.internet import endpoints, reactor, ssl
from twisted.internet.defer import CancelledError, Deferred
from twisted.internet.protocol import Factory, Protocol
from twisted.logger import capturedLogs
from twisted.trial.unittest import SynchronousTestCase, TestCase
from zope.interface import implementer
from zope.interface.verify import verifyObject

from tests.net.certificate import certificate_for
from tiktoklive.errors import (
    ConnectError,
    DeviceBlockedError,
    HandshakeRefusedError,
    SignatureRefusedError,
    StreamError,
    StreamLostError,
)
from tiktoklive.interfaces import IReceiver, IStream, IStreamOpener
from tiktoklive.model import Room, Ticket
from tiktoklive.net.network import DirectNetwork
from tiktoklive.net.websocket import WebSocketOpener
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
        rest = self.received.partition(b"\r\n\r\n")[2]
        frames = []
        while rest:
            size = rest[1] & 0x7F
            start = 2
            if size == 126:
                size, start = struct.unpack("!H", rest[2:4])[0], 4
            mask, body = rest[start : start + 4], rest[start + 4 : start + 4 + size]
            payload = bytes(byte ^ mask[i % 4] for i, byte in enumerate(body))
            frames.append((rest[0] & 0x0F, payload))
            rest = rest[start + 4 + size :]
        return frames


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


class OpenTests(StreamTestCase):
    """Being let in."""

    def test_interfaces(self) -> None:
        """Opener and stream provide what they say."""
        verifyObject(IStreamOpener, self.opener)
        verifyObject(IStream, self.opened())

    def test_request(self) -> None:
        """The ticket's address, headers and cookies are what the server gets."""
        self.begin()
        lines = self.servers[-1].head().decode().split("\r\n")
        self.assertEqual("GET /path/?room_id=5&x=s3cret HTTP/1.1", lines[0])
        self.assertEqual(
            ["User-Agent: me", "Origin: https://www.tiktok.com", "Cookie: ttwid=1%7Cs3cret"],
            lines[6:],
        )

    def test_waits_for_admission(self) -> None:
        """A TCP connection alone is no stream, nor is half an answer."""
        opening = self.begin()
        answer = self.servers[-1].accept()
        self.say(answer[:20], answer[20:-1])
        self.assertNoResult(opening)
        self.say(answer[-1:])
        self.successResultOf(opening)
        self.assertEqual([], self.network.clock.getDelayedCalls())

    def test_heartbeat(self) -> None:
        """The server's wish for heartbeats is the stream's; without one there is none."""
        self.assertEqual(7.0, self.opened("Handshake-Options: a=b; ping-interval=7").heartbeat)
        self.assertIsNone(self.opened().heartbeat)

    def test_frames_behind_admission(self) -> None:
        """Frames in the same packet as the admission are delivered, after it."""
        opening = self.begin()
        order: list[str] = []
        opening.addCallback(lambda stream: order.append("opened"))
        self.listener.on_frame = lambda: order.append("frame")
        self.say(self.servers[-1].accept() + frame(b"one") + frame(b"two"))
        self.assertEqual(["opened", "frame", "frame"], order)

    def test_timeout(self) -> None:
        """Connecting and handshake together have a time limit, on the given clock."""
        opening = self.begin()
        self.network.clock.advance(19.9)
        self.assertNoResult(opening)
        self.network.clock.advance(0.2)
        error = self.failureResultOf(opening, ConnectError).value
        self.assertIn(HOST, str(error))
        self.assertIn("20 s", str(error))
        self.assertQuiet()

    def test_timeout_while_connecting(self) -> None:
        """The limit also ends an attempt that never gets a connection."""
        self.network.silence(HOST)
        opening = self.begin()
        self.network.clock.advance(20.1)
        self.failureResultOf(opening, ConnectError)
        self.assertQuiet()

    def test_cancel(self) -> None:
        """Cancelling leaves nothing open, whether before or after the connection."""
        for silent in (True, False):
            self.network.silence(HOST, silent)
            opening = self.begin()
            opening.cancel()
            self.failureResultOf(opening, CancelledError)
            self.assertQuiet()
        self.assertEqual([], self.listener.over)

    def test_no_connection(self) -> None:
        """A refused connection or an unknown host is a ConnectError that says so."""
        self.network.refuse(HOST)
        error = self.failureResultOf(self.begin(), ConnectError).value
        self.assertIn("refused", str(error))
        self.assertIsNotNone(error.__cause__)
        other = Ticket(Room("a", "1"), "wss://nowhere.example/?x=s3cret")
        error = self.failureResultOf(self.begin(other), ConnectError).value
        self.assertIn("nowhere.example", str(error))
        self.assertNotIn("s3cret", str(error))
        self.assertQuiet()

    def test_useless_ticket(self) -> None:
        """A ticket without an address, or with a broken header, fails without being shown."""
        for ticket in (
            Ticket(Room("a", "1"), ""),
            Ticket(Room("a", "1"), URL, cookies={"ttwid": "s3cret\r\nX: y"}),
        ):
            error = self.failureResultOf(self.begin(ticket), StreamError).value
            self.assertNotIn("s3cret", str(error))
        self.assertEqual([], self.network.attempts)

    def test_no_secrets(self) -> None:
        """Neither the log nor anybody's repr shows cookie or address."""
        with capturedLogs() as events:
            stream = self.opened()
            self.say(frame(b"hi"))
            self.hang_up()
        self.assertNotIn("s3cret", repr(events) + repr(stream) + repr(self.listener.over))


class RefusalTests(StreamTestCase):
    """Not being let in."""

    def refused(self, answer: str) -> HandshakeRefusedError:
        """The error that an answer causes."""
        opening = self.begin()
        self.say(answer.replace("\n", "\r\n").encode("latin-1"))
        error = self.failureResultOf(opening, HandshakeRefusedError).value
        self.assertEqual([], self.listener.over)
        self.assertQuiet()
        return error

    def test_http_200(self) -> None:
        """TikTok's usual refusal is an HTTP 200 with its reason in two headers."""
        error = self.refused(
            "HTTP/1.1 200 OK\nContent-Length: 0\nhandshake-msg: DEVICE_BLOCKED\n"
            "Handshake-Status: 415\n\n"
        )
        self.assertIsInstance(error, DeviceBlockedError)
        self.assertEqual((200, "415"), (error.status, error.code))

    def test_signature(self) -> None:
        """A demand for a signature has its own error, with advice."""
        error = self.refused("HTTP/1.1 200 OK\nHandshake-Msg: illegal secret key\n\n")
        self.assertIsInstance(error, SignatureRefusedError)
        self.assertIn("sign server", str(error))

    def test_others(self) -> None:
        """Any answer but 101 is a refusal with its status, whatever follows its head."""
        for status in (200, 302, 400, 403, 415, 429, 500):
            error = self.refused(f"HTTP/1.1 {status} Words\nRetry-After: 9\n\n<html>")
            self.assertEqual((status, 9.0), (error.status, error.retry_after))

    def test_bad_admission(self) -> None:
        """A 101 that does not fit our request is a refusal, too."""
        error = self.refused(
            "HTTP/1.1 101 Switching Protocols\nUpgrade: websocket\nConnection: Upgrade\n"
            "Sec-WebSocket-Accept: AAAA\n\n"
        )
        self.assertEqual(101, error.status)
        self.assertIn("Accept", str(error))

    def test_compression(self) -> None:
        """A server that compresses messages though we never offered it is turned down."""
        opening = self.begin()
        self.say(self.servers[-1].accept("Sec-WebSocket-Extensions: permessage-deflate"))
        self.failureResultOf(opening, HandshakeRefusedError)
        self.assertQuiet()

    def test_garbage(self) -> None:
        """What is no HTTP is refused, be it short or without end."""
        for answer in ("SSH-2.0-x\n\n", "HTTP/1.1 2xx No\n\n", "HTTP/1.1 200 \xff\xfe\n\n"):
            self.refused(answer)
        self.refused("x" * 70_000)

    def test_hung_up(self) -> None:
        """A server that hangs up without an answer could not be reached."""
        opening = self.begin()
        self.hang_up(b"HTTP/1.1 ")
        error = self.failureResultOf(opening, ConnectError).value
        self.assertIn("before an answer", str(error))
        self.assertQuiet()


class ReceiveTests(StreamTestCase):
    """What arrives."""

    def test_in_order(self) -> None:
        """Messages of all sizes arrive whole and in order, however the bytes are cut."""
        self.opened()
        payloads = [b"", b"a", b"b" * 125, b"c" * 126, b"d" * 65_535, b"e" * 65_536, b"f"]
        data = b"".join(map(frame, payloads))
        for step in (1_000, 65_536, len(data)):
            self.listener.frames.clear()
            self.say(*(data[i : i + step] for i in range(0, len(data), step)))
            self.assertEqual(payloads, self.listener.frames)

    def test_byte_by_byte(self) -> None:
        """Even one byte at a time."""
        self.opened()
        self.say(*(bytes([byte]) for byte in frame(b"hello" * 30)))
        self.assertEqual([b"hello" * 30], self.listener.frames)

    def test_fragments(self) -> None:
        """A message in several frames is one message, also with a ping between them."""
        self.opened()
        self.say(frame(b"one ", 2, fin=False) + frame(b"?", 9) + frame(b"two", 0), frame(b"three"))
        self.assertEqual([b"one two", b"three"], self.listener.frames)

    def test_text(self) -> None:
        """Text messages, which TikTok never sends, are dropped, valid or not."""
        self.opened()
        self.say(frame(b"text", 1), frame(b"\xff", 1), frame(b"data"))
        self.assertEqual([b"data"], self.listener.frames)

    def test_pings(self) -> None:
        """The server's pings are answered; we send none and demand no answer."""
        self.opened()
        self.say(frame(b"are you there", 9), frame(b"unasked", 10))
        self.network.clock.advance(3600)
        self.network.flush()
        self.assertEqual([(10, b"are you there")], self.servers[-1].client_frames())
        self.assertEqual([], self.listener.over)

    def test_close_behind_frames(self) -> None:
        """Frames right before the close and the end of the connection are all delivered."""
        self.opened()
        frames = [b"big" * 30_000, b"small"]
        self.hang_up(b"".join(map(frame, frames)) + close_frame(1000))
        self.assertEqual(frames, self.listener.frames)
        self.assertEqual([None], self.listener.over)
        self.assertQuiet()

    def test_send(self) -> None:
        """What is sent arrives as one masked binary message."""
        stream = self.opened()
        stream.send(b"heartbeat")
        stream.send(b"x" * 300)
        self.network.flush()
        self.assertEqual([(2, b"heartbeat"), (2, b"x" * 300)], self.servers[-1].client_frames())


class EndTests(StreamTestCase):
    """How streams end."""

    def lost(self) -> str:
        """The text of the one reason that was given, an error."""
        [reason] = self.listener.over
        self.assertIsInstance(reason, StreamLostError)
        self.assertQuiet()
        return str(reason)

    def test_in_order(self) -> None:
        """The server's 1000, 1001 and a close without a code are an orderly end."""
        for last in (close_frame(1000), close_frame(1001, b"bye"), frame(b"", 8)):
            self.listener.over.clear()
            self.opened()
            self.hang_up(last)
            self.assertEqual([None], self.listener.over)
            self.assertQuiet()

    def test_other_codes(self) -> None:
        """Any other code is a loss that names code and reason."""
        for code in (1011, 4001, 4556):
            self.listener.over.clear()
            self.opened()
            self.hang_up(close_frame(code, b"because"))
            text = self.lost()
            self.assertIn(str(code), text)
            self.assertIn("because", text)

    def test_broken(self) -> None:
        """A connection that just breaks is a loss with 1006."""
        self.opened()
        self.network.drop()
        self.network.flush()
        self.assertIn("1006", self.lost())

    def test_half_closed(self) -> None:
        """A server that says goodbye and never leaves is left after two seconds."""
        self.opened()
        self.say(close_frame(1000))
        self.assertEqual([], self.listener.over)
        self.network.clock.advance(2.1)
        self.network.flush()
        self.assertEqual([None], self.listener.over)
        self.assertQuiet()

    def test_too_large(self) -> None:
        """A message beyond the limit ends the stream as soon as its length is known."""
        self.opened()
        self.say(b"\x82\x7f" + struct.pack("!Q", 2**40))
        self.assertIn("200000 bytes", self.lost())

    def test_too_large_in_fragments(self) -> None:
        """A message cannot grow beyond the limit in small frames either."""
        self.opened()
        self.say(frame(b"x" * 60_000, 2, fin=False), *[frame(b"x" * 60_000, 0, fin=False)] * 3)
        self.assertIn("200000 bytes", self.lost())
        self.assertEqual([], self.listener.frames)

    def test_violation(self) -> None:
        """A server that breaks the protocol is left, with its sin in the error."""
        self.opened()
        self.say(b"\x83\x00")
        self.assertIn("opcode", self.lost())


class CloseTests(StreamTestCase):
    """Our own close."""

    def test_handshake(self) -> None:
        """Both say goodbye, then the server hangs up."""
        stream = self.opened()
        closing = stream.close()
        self.network.flush()
        self.assertNoResult(closing)
        self.assertEqual([(8, b"\x03\xe8")], self.servers[-1].client_frames())
        self.hang_up(close_frame(1000))
        self.successResultOf(closing)
        self.assertEqual([None], self.listener.over)
        self.assertQuiet()

    def test_deaf_server(self) -> None:
        """A server that does not answer is left after two seconds; that is no loss."""
        for answer in (b"", close_frame(1000)):
            self.listener.over.clear()
            closing = self.opened().close()
            self.say(answer)
            self.network.clock.advance(1.9)
            self.network.flush()
            self.assertNoResult(closing)
            self.network.clock.advance(0.2)
            self.network.flush()
            self.successResultOf(closing)
            self.assertEqual([None], self.listener.over)
            self.assertQuiet()

    def test_again(self) -> None:
        """Closing twice closes once, closing what is closed is nothing."""
        stream = self.opened()
        closings = [stream.close(), stream.close()]
        self.network.flush()
        self.hang_up(close_frame(1000))
        for closing in [*closings, stream.close()]:
            self.successResultOf(closing)
        self.assertEqual([None], self.listener.over)
        self.assertEqual(1, len(self.servers[-1].client_frames()))

    def test_nothing_after(self) -> None:
        """After our close no frame is delivered and none is sent."""
        stream = self.opened()
        self.listener.on_frame = stream.close
        self.say(frame(b"one") + frame(b"two"))
        stream.send(b"late")
        self.network.flush()
        self.assertEqual([b"one"], self.listener.frames)
        self.assertEqual([8], [opcode for opcode, _ in self.servers[-1].client_frames()])
        self.hang_up()
        stream.send(b"later")
        self.assertQuiet()

    def test_close_in_admission(self) -> None:
        """Closing at the very moment of being let in works."""
        opening = self.begin()
        opening.addCallback(lambda stream: stream.close())
        self.say(self.servers[-1].accept() + frame(b"early"))
        self.hang_up(close_frame(1000))
        self.successResultOf(opening)
        self.assertEqual([], self.listener.frames)
        self.assertEqual([None], self.listener.over)
        self.assertQuiet()


class TlsTests(TestCase):
    """The whole way over the loopback, with TLS."""

    async def listen(self, certificate: ssl.PrivateCertificate) -> str:
        """The address of a server that echoes."""

        class Echo(WebSocketServerProtocol):
            def onMessage(self, payload: bytes, isBinary: bool) -> None:
                self.sendMessage(payload, isBinary)

        factory = WebSocketServerFactory()
        factory.protocol = Echo
        factory.setProtocolOptions(openHandshakeTimeout=0, closeHandshakeTimeout=0)
        options = certificate.options()
        endpoint = endpoints.SSL4ServerEndpoint(reactor, 0, options, interface="127.0.0.1")
        port = await endpoint.listen(factory)
        self.addCleanup(port.stopListening)
        return f"wss://localhost:{port.getHost().port}/"

    async def test_there_and_back(self) -> None:
        """A frame goes to a trusted server and comes back; then both close in order."""
        certificate = certificate_for("localhost")
        url = await self.listen(certificate)
        listener, echoed = Listener(), Deferred()
        listener.on_frame = lambda: echoed.callback(None)
        opener = WebSocketOpener(DirectNetwork(reactor, trust_root=certificate), reactor)
        stream = await opener.open(Ticket(Room("a", "1"), url), listener)
        stream.send(b"x" * 100_000)
        await echoed
        await stream.close()
        self.assertEqual([b"x" * 100_000], listener.frames)
        self.assertEqual([None], listener.over)

    async def test_untrusted(self) -> None:
        """Nothing is said to a server that nobody vouches for."""
        url = await self.listen(certificate_for("localhost"))
        opener = WebSocketOpener(DirectNetwork(reactor), reactor)
        opening = opener.open(Ticket(Room("a", "1"), url), Listener())
        error = await self.assertFailure(opening, ConnectError)
        self.assertIn("TLS failed", str(error))
