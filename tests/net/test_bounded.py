"""What a stream holds in memory for a server that does not read, or that sends crumbs."""

from __future__ import annotations

import sys
from typing import Any

from twisted.internet import endpoints
from twisted.internet import reactor as _reactor
from twisted.internet.defer import Deferred
from twisted.internet.protocol import Factory
from twisted.internet.task import deferLater
from twisted.trial.unittest import TestCase

from tests.net.certificate import certificate_for
from tests.net.proxies import ConnectProxy, SmallProxy, SocksProxy
from tests.net.raw import Listener, RawServer, StreamTestCase, frame
from tiktoklive.errors import StreamLostError, UnreadStreamError
from tiktoklive.model import Room, Ticket
from tiktoklive.net.attempt import WebSocketOpener
from tiktoklive.net.bounded import TURN
from tiktoklive.net.limits import MAX_UNREAD
from tiktoklive.net.network import DirectNetwork
from tiktoklive.net.proxy import ProxyNetwork, parse_proxy
from tiktoklive.net.tls import TlsPolicy
from tiktoklive.wire.frames import ack
from tiktoklive.wire.text import LONGEST

reactor: Any = _reactor

#: What a transport takes before it says that it is full, and one frame that makes it full.
_FULL = 2**16 + 4200


class DeafServerTests(StreamTestCase):
    """A server that does not read."""

    def deaf(self) -> Any:
        """A stream to one."""
        stream = self.opened()
        self.servers[-1].transport.pauseProducing()
        return stream

    def held(self) -> int:
        """Bytes that wait on our side."""
        return self.network.connections[-1].client._size

    def assertLost(self) -> None:
        """The stream was lost, with its reason, and nothing is left of it."""
        self.network.flush()
        [reason] = self.listener.over
        self.assertIsInstance(reason, UnreadStreamError)
        self.assertIn("does not read what we send", str(reason))
        self.assertQuiet()

    def test_acks(self) -> None:
        """Sending is over when the bound is reached, and not earlier."""
        stream = self.deaf()
        most = 0
        for _ in range(1000):
            stream.send(bytes(4096))
            most = max(most, self.held())
        self.assertLess(MAX_UNREAD, most)
        self.assertLess(most, MAX_UNREAD + _FULL)
        self.assertLost()

    def test_pings(self) -> None:
        """Pongs count as well, that nobody of ours asked for."""
        self.deaf()
        most = 0
        while not self.listener.over and most < 2 * MAX_UNREAD:
            self.say(frame(bytes(125), 9) * 100)
            most = max(most, self.held())
        self.assertLess(most, MAX_UNREAD + _FULL)
        self.assertLost()

    def test_setting(self) -> None:
        """The bound can be set."""
        self.opener.max_unread = 10_000
        stream = self.deaf()
        for _ in range(30):
            stream.send(bytes(4096))
        self.assertLost()

    def test_slow(self) -> None:
        """A server that reads slowly gets any amount."""
        stream = self.opened()
        transport = self.servers[-1].transport
        for _ in range(10):
            transport.pauseProducing()
            for _ in range(200):
                stream.send(bytes(4096))
            transport.resumeProducing()
            self.network.flush()
        self.assertEqual([], self.listener.over)
        self.assertEqual(2000, len(self.servers[-1].client_frames()))

    def test_while_delivering(self) -> None:
        """A receiver that answers every frame of one packet stops when the stream is lost."""
        stream = self.deaf()
        self.listener.on_frame = lambda: stream.send(bytes(4096))
        self.say(frame(b"x") * 10_000)
        self.assertLess(len(self.listener.frames), 300)
        self.assertLost()

    def test_close(self) -> None:
        """One that is closed is closed, whatever waits."""
        stream = self.deaf()
        for _ in range(20):
            stream.send(bytes(4096))
        closed = stream.close()
        self.network.clock.advance(2.1)
        self.network.flush()
        self.successResultOf(closed)
        self.assertEqual([None], self.listener.over)
        self.assertQuiet()

    def test_ack(self) -> None:
        """An acknowledgement repeats what TikTok sends, and nothing that is longer."""
        self.assertIn(b"x" * LONGEST, ack(1, "x" * LONGEST))
        self.assertEqual(ack(1, ""), ack(1, "x" * (LONGEST + 1)))
        self.assertEqual(ack(1, ""), ack(1, b"\xff" * 10_000_000))


class CrumbTests(StreamTestCase):
    """A server that sends crumbs."""

    def test_empty_frames(self) -> None:
        """A message of empty frames without end ends the stream."""
        stream: Any = self.opened()
        self.say(frame(b"", 2, fin=False), *[frame(b"", 0, fin=False) * 500] * 3)
        [reason] = self.listener.over
        self.assertIsInstance(reason, StreamLostError)
        self.assertIn("more than 1024 frames", str(reason))
        self.assertFalse(stream.message_data and len(stream.message_data) > 1024)
        self.assertQuiet()

    def test_some_frames(self) -> None:
        """A message of some frames is one, between pings too."""
        self.opened()
        self.say(frame(b"a", 2, fin=False), frame(b"", 9))
        self.say(*[frame(b"b", 0, fin=False)] * 1000)
        self.say(frame(b"c", 0), frame(b"d"))
        self.assertEqual([b"a" + b"b" * 1000 + b"c", b"d"], self.listener.frames)

    def test_pieces(self) -> None:
        """A frame that arrives in pieces of two bytes takes no more memory than its length."""
        stream: Any = self.opened()
        whole = bytes(range(256)) * 400
        data = frame(whole)
        for start in range(0, len(data) - 2, 2):
            stream.dataReceived(data[start : start + 2])
        held = sum(map(sys.getsizeof, stream.frame_data))
        self.assertLess(held, 2 * len(whole))
        self.assertLess(len(stream.frame_data), 100)
        stream.dataReceived(data[-2:])
        self.assertEqual([whole], self.listener.frames)


class TurnTests(StreamTestCase):
    """A server that sends many expensive frames at once."""

    def setUp(self) -> None:
        super().setUp()
        self.seen: list[int] = []
        self.stream: Any = self.opened()
        self.listener.on_frame = self.expensive

    def expensive(self) -> None:
        """A frame takes more than half a turn; then others should have theirs."""
        if not self.seen and len(self.listener.frames) == 1:
            self.network.clock.callLater(0, lambda: self.seen.append(len(self.listener.frames)))
        self.network.clock.rightNow += TURN * 0.6

    def test_others(self) -> None:
        """Others have their turn before all of it is handled, and nothing of it is lost."""
        frames = [b"%d" % number for number in range(10)]
        self.say(b"".join(map(frame, frames)))
        self.assertEqual([2], self.seen)
        self.assertEqual(frames, self.listener.frames)
        self.listener.on_frame = None
        self.say(frame(b"more"))
        self.assertEqual([*frames, b"more"], self.listener.frames)

    def test_more_arrives(self) -> None:
        """What arrives meanwhile, as it may over TLS, waits behind the rest."""
        self.stream.dataReceived(frame(b"a") * 3)
        self.stream.dataReceived(frame(b"b"))
        self.assertEqual([b"a", b"a"], self.listener.frames)
        self.network.flush()
        self.assertEqual([b"a", b"a", b"a", b"b"], self.listener.frames)

    def test_lost(self) -> None:
        """What was read before the connection was lost is delivered before the end is told."""
        self.stream.dataReceived(frame(b"a") * 5)
        self.servers[-1].transport.abortConnection()
        self.network.connections[-1].client.abortConnection()
        self.network.flush()
        self.assertEqual([b"a"] * 5, self.listener.frames)
        self.assertEqual(1, len(self.listener.over))
        self.assertQuiet()

    def test_held(self) -> None:
        """Reading does not go on by itself while observers are too slow."""
        self.stream.dataReceived(frame(b"a") * 3)
        self.stream.pauseProducing()
        self.network.flush()
        self.say(frame(b"b"))
        self.assertNotIn(b"b", self.listener.frames)
        self.stream.resumeProducing()
        self.network.flush()
        self.assertIn(b"b", self.listener.frames)

    def test_resumed(self) -> None:
        """Nor does it when they are ready again and it is not our turn yet."""
        self.stream.dataReceived(frame(b"a") * 3)
        self.stream.pauseProducing()
        self.stream.resumeProducing()
        self.assertTrue(self.network.connections[-1].client._paused)
        self.network.flush()
        self.assertFalse(self.network.connections[-1].client._paused)

    def test_close(self) -> None:
        """A stream that is closed in between delivers nothing more and leaves nothing behind."""
        self.stream.dataReceived(frame(b"a") * 5)
        self.stream.close()
        self.network.flush()
        self.network.clock.advance(2.1)
        self.assertQuiet()
        self.assertEqual([b"a", b"a"], self.listener.frames)
        self.assertEqual([None], self.listener.over)


class TcpTests(TestCase):
    """The same with buffers of the kernel in between."""

    timeout = 60

    async def lost(self, proxy: type[SmallProxy] | None, tls: bool) -> None:
        """A server, or a proxy before it, that does not read loses the stream."""
        certificate, servers = certificate_for("localhost"), []

        def build() -> RawServer:
            servers.append(RawServer())
            return servers[-1]

        factory = Factory.forProtocol(build)
        endpoint: Any = endpoints.TCP4ServerEndpoint(reactor, 0, interface="127.0.0.1")
        if tls:
            options = certificate.options()
            endpoint = endpoints.SSL4ServerEndpoint(reactor, 0, options, interface="127.0.0.1")
        port = await endpoint.listen(factory)
        self.addCleanup(port.stopListening)
        network: Any = DirectNetwork(reactor, trust_root=certificate)
        between: SmallProxy | None = None
        if proxy is not None:
            between = proxy(
                lambda host, port: endpoints.TCP4ClientEndpoint(reactor, "127.0.0.1", port)
            )
            there = await endpoints.TCP4ServerEndpoint(reactor, 0, interface="127.0.0.1").listen(
                between
            )
            self.addCleanup(there.stopListening)
            scheme = "http" if proxy is ConnectProxy else "socks5"
            url = f"{scheme}://127.0.0.1:{there.getHost().port}"
            network = ProxyNetwork(network, parse_proxy(url), reactor, tls=TlsPolicy(certificate))
        listener, over = Listener(), Deferred[Exception | None]()
        listener.closed = over.callback  # type: ignore[method-assign]
        scheme = "wss" if tls else "ws"
        ticket = Ticket(Room("a", "1"), f"{scheme}://localhost:{port.getHost().port}/")
        opening = WebSocketOpener(network, reactor).open(ticket, listener)
        while not servers or not servers[-1].head():
            await deferLater(reactor, 0.01)
        servers[-1].transport.write(servers[-1].accept())
        stream: Any = await opening
        ends = [servers[-1]] if between is None else list(between.open)
        for end in ends:
            end.transport.pauseProducing()
        sent = 0
        while not over.called and sent < 64 * 1024 * 1024:
            for _ in range(64):
                stream.send(bytes(4096))
                sent += 4096
            await deferLater(reactor, 0)
        reason = await over
        self.assertIsInstance(reason, UnreadStreamError)
        for end in ends:
            end.transport.abortConnection()
        if between is not None:
            servers[-1].transport.abortConnection()
            await between.when_quiet()

    async def test_plain(self) -> None:
        """Without TLS."""
        await self.lost(None, False)

    async def test_tls(self) -> None:
        """Over TLS."""
        await self.lost(None, True)

    async def test_connect(self) -> None:
        """Over TLS through an HTTP proxy."""
        await self.lost(ConnectProxy, True)

    async def test_socks(self) -> None:
        """Through a SOCKS5 proxy."""
        await self.lost(SocksProxy, False)
