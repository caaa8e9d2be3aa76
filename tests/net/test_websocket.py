"""Opening streams over WebSocket, and what they bring."""

from __future__ import annotations

from autobahn.twisted.websocket import WebSocketServerFactory, WebSocketServerProtocol
from twisted.internet import endpoints, reactor, ssl
from twisted.internet.defer import CancelledError, Deferred
from twisted.logger import capturedLogs
from twisted.trial.unittest import TestCase
from zope.interface.verify import verifyObject

from tests.net.certificate import certificate_for
from tests.net.raw import HOST, URL, Listener, StreamTestCase, close_frame, frame
from tiktoklive.errors import (
    ConnectError,
    DeviceBlockedError,
    HandshakeRefusedError,
    SignatureRefusedError,
    StreamError,
)
from tiktoklive.interfaces import IStream, IStreamOpener
from tiktoklive.model import Room, Ticket
from tiktoklive.net.attempt import WebSocketOpener
from tiktoklive.net.network import DirectNetwork


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

    def test_subprotocol(self) -> None:
        """A server that wants another protocol inside: it was we who dropped that, and why."""
        opening = self.begin()
        self.say(self.servers[-1].accept("Sec-WebSocket-Protocol: echo-protocol"))
        error = self.failureResultOf(opening, HandshakeRefusedError).value
        self.assertEqual(101, error.status)
        self.assertIn("(HTTP 101)", str(error))
        self.assertIn("we dropped the connection: ", str(error))
        self.assertIn("subprotocol", str(error))
        self.assertNotIn("refused", str(error))
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
        self.assertEqual(1000, self.listener.over[0].code)
        self.assertQuiet()

    def test_send(self) -> None:
        """What is sent arrives as one masked binary message."""
        stream = self.opened()
        stream.send(b"heartbeat")
        stream.send(b"x" * 300)
        self.network.flush()
        self.assertEqual([(2, b"heartbeat"), (2, b"x" * 300)], self.servers[-1].client_frames())


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
        self.assertIn("its certificate is ", str(error))
