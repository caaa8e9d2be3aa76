"""Clients that mean harm: what they cost is counted in bytes, frames and objects."""

from __future__ import annotations

import gc
import struct
from typing import Any

from twisted.internet import reactor as _reactor
from twisted.internet.endpoints import TCP4ClientEndpoint
from twisted.internet.protocol import Factory
from twisted.internet.task import deferLater
from twisted.trial.unittest import SynchronousTestCase, TestCase

from tests.outputs.doubles import Said
from tests.outputs.web.case import Browser, WebCase, Wiring, make, make_feed
from tiktoklive.outputs.web.fanout import BEAT
from tiktoklive.outputs.web.guard import WebLimits
from tiktoklive.outputs.web.output import SiteOutput
from tiktoklive.outputs.web.ring import Item
from tiktoklive.outputs.web.sse import LAST_WORDS
from tiktoklive.outputs.web.websocket import frame

reactor: Any = _reactor

_UPGRADE = (
    "GET {path} HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)

#: A transport's own buffer, and one thing that makes it full.
_FULL = 2**16 + 40_000


def client_frame(opcode: int, payload: bytes = b"", fin: bool = True) -> bytes:
    """A frame of a client, whose mask is zeros."""
    assert len(payload) < 65536
    size = len(payload)
    length = bytes([0x80 | size]) if size < 126 else b"\xfe" + struct.pack("!H", size)
    return bytes([opcode | (0x80 if fin else 0)]) + length + bytes(4) + payload


def close_code(data: bytes) -> int | None:
    """The code of the closing frame among what a server sent; ``None`` if there is none."""
    rest = data.partition(b"\r\n\r\n")[2]
    while len(rest) >= 2:
        size, start = rest[1], 2
        if size == 126:
            size, start = struct.unpack("!H", rest[2:4])[0], 4
        elif size == 127:
            size, start = struct.unpack("!Q", rest[2:10])[0], 10
        if rest[0] & 0x0F == 8:
            return int(struct.unpack("!H", rest[start : start + 2])[0])
        rest = rest[start + size :]
    return None


class FrameTests(SynchronousTestCase):
    """Frames as a server writes them."""

    def test_lengths(self) -> None:
        """All three ways to write a length."""
        for size, head in (
            (0, b"\x81\x00"),
            (125, b"\x81\x7d"),
            (126, b"\x81\x7e\x00\x7e"),
            (65535, b"\x81\x7e\xff\xff"),
            (65536, b"\x81\x7f\x00\x00\x00\x00\x00\x01\x00\x00"),
        ):
            self.assertEqual(head + bytes(size), frame(bytes(size)))
        self.assertEqual(b"\x8a\x01x", frame(b"x", 10))


class HostileCase(WebCase):
    """A site, its feed, and clients that are bytes."""

    def setUp(self) -> None:
        super().setUp()
        self.feed = self.begin(make_feed(Wiring(self.reactor), "tcp:21213", {}), 21213)

    def limit(self, limits: WebLimits) -> None:
        """Let the site have limits that a test reaches."""
        self.successResultOf(self.web.stopService())
        self.web = self.begin(make(Wiring(self.reactor), self.argument, {}, limits))

    def open(self, port: int = 8080, path: str = "/ws", reads: bool = True) -> Browser:
        """An open WebSocket that says and understands nothing by itself."""
        browser = self.raw(b"", port)
        transport: Any = browser.transport
        if not reads:
            transport.pauseProducing()
        transport.write(_UPGRADE.format(path=path, host=f"localhost:{port}").encode())
        self.network.flush()
        return browser

    def send(self, browser: Browser, data: bytes) -> None:
        """Let it send something, and the server read that."""
        transport: Any = browser.transport
        transport.write(data)
        self.network.flush()

    def held(self, output: SiteOutput | None = None) -> int:
        """Bytes that wait for the newest client, in its queue and in its transport."""
        fanout = (output or self.web).fanout
        return fanout.waiting + self.network.connections[-1].server._size

    def listening(self) -> Any:
        """The server's end of the only WebSocket."""
        [found] = self.web.fanout._everybody()
        return found


class UnreadTests(HostileCase):
    """Clients that let us write and never read."""

    def test_pings(self) -> None:
        """Pongs wait in the one queue, on both outputs, and the client is dropped in the end."""
        for output, port in ((self.web, 8080), (self.feed, 21213)):
            browser = self.open(port, reads=False)
            most = 0
            for _ in range(3000):
                for _ in range(15):  # as fast as it may
                    self.send(browser, client_frame(9, bytes(125)))
                most = max(most, self.held(output))
                self.pass_time(1)
                if not len(output.fanout):
                    break
            self.assertEqual((0, 1), (len(output.fanout), output.fanout.dropped))
            self.assertLess(most, 1024 * 1024 + _FULL)

    def test_pongs_wait(self) -> None:
        """A pong comes after what was sent before it."""
        browser = self.open(reads=False)
        self.happen(*("x" * 50_000 for _ in range(4)))
        self.send(browser, client_frame(9, b"are you there"))
        transport: Any = browser.transport
        transport.resumeProducing()
        self.network.flush()
        self.assertTrue(browser.came.endswith(frame(b"are you there", 10)))

    def test_resumes(self) -> None:
        """One that resumes and resumes, and does not read, holds no event alive."""
        self.limit(WebLimits(messages=10_000, frames=10_000))
        self.happen("first")
        start = f"{self.web.fanout.ring.position.partition('-')[0]}-0"
        browsers = [self.open(path=f"/ws?last={start}", reads=False) for _ in range(20)]
        for _ in range(10):
            self.happen(*("y" * 9000 for _ in range(200)))
            for browser in browsers:
                self.send(browser, client_frame(1, b'{"resume": "%b"}' % start.encode()) * 20)
        ring = self.web.fanout.ring
        kept = sum(len(item.body) for item in ring.everything())
        kept += sum(len(item.body) for item in self.web.fanout.older.of("anna"))
        gc.collect()
        alive = sum(len(each.body) for each in gc.get_objects() if isinstance(each, Item))
        self.assertLess(alive, kept + 512 * 1024)
        shared = self.web.fanout.shared
        self.assertLessEqual(shared.size, shared.limit)

    def test_resume_too_often(self) -> None:
        """One that reads is told once, and then that it resumes too often; it may again later."""
        self.happen("one", "two")
        listener = self.socket()
        start = f"{listener.greeting['seq'].partition('-')[0]}-0"
        for _ in range(8):
            listener.say({"resume": start})
            self.network.flush()
        told = [each["code"] for each in listener.messages if "code" in each]
        self.assertEqual(["resume"] * 3, told)
        self.assertEqual(["one", "two"] * 5, listener.said)
        for seconds, times in ((2, 6), (10, 11)):
            self.pass_time(seconds)
            for _ in range(6):
                listener.say({"resume": start})
                self.network.flush()
            self.assertEqual(["one", "two"] * times, listener.said)

    def test_left_behind(self) -> None:
        """One that reads its backlog more slowly than things happen is dropped, and others not."""
        self.web.fanout.ring._most = 50
        self.happen(*("x" * 5000 for _ in range(50)))
        slow = self.open(path="/ws?backlog=50", reads=False)
        fast = self.socket("/ws?backlog=50")
        self.happen(*("x" * 5000 for _ in range(50)))
        transport: Any = slow.transport
        transport.resumeProducing()
        self.network.flush()
        self.assertEqual((1, 4008), (self.web.fanout.dropped, close_code(slow.came)))
        self.assertEqual(100, len(fast.said))

    def test_together(self) -> None:
        """What waits for all is bounded together, and the one with most of it goes first."""
        self.limit(WebLimits(together=300_000))
        browsers = [
            self.open(path=f"/ws?rooms={name}", reads=False) for name in ("anna", "bob", "carl")
        ]
        for _ in range(60):
            for anchor, size in (("anna", 4000), ("bob", 8000), ("carl", 2000)):
                self.happen("x" * size, anchor=anchor)
                shared = self.web.fanout.shared
                self.assertLessEqual(shared.size, shared.limit)
        self.pass_time(LAST_WORDS)
        self.assertEqual([False, True, False], [each.lost for each in browsers])
        self.assertEqual(300_000, self.web.queues()[1].limit)
        self.assertLess(100_000, self.web.queues()[1].size)

    def test_requests(self) -> None:
        """Requests whose answers nobody reads are not read further."""
        browser = self.raw(b"")
        transport: Any = browser.transport
        transport.pauseProducing()
        for _ in range(50):
            transport.write(b"GET /static/reader.js HTTP/1.1\r\nHost: localhost:8080\r\n\r\n" * 20)
            self.network.flush()
            self.assertLess(self.held(), _FULL)
        self.pass_time(BEAT * 5)
        self.assertEqual([], self.network.open_to("localhost"))


class ChatterTests(HostileCase):
    """Clients that say too much."""

    def flood(self, *pieces: bytes) -> tuple[Browser, int]:
        """What becomes of one that sends that, and how many frames of it were looked at."""
        browser = self.open()
        server = self.listening()
        looked: list[int] = []
        begin = server.onFrameBegin

        def onFrameBegin() -> None:
            looked.append(1)
            begin()

        server.onFrameBegin = onFrameBegin
        for piece in pieces:
            self.send(browser, piece)
        return browser, len(looked)

    def assertClosed(self, browser: Browser, looked: int) -> None:
        """It was told why, cost little, and is gone after a while."""
        self.assertEqual(1008, close_code(browser.came))
        self.assertLess(looked, 410)
        self.pass_time(LAST_WORDS)
        self.assertTrue(browser.lost)
        self.assertEqual(1, self.web.fanout.sent_away)
        self.assertEqual(1, self.web.queues()[2].dropped)
        self.web.fanout.sent_away = 0

    def test_frames(self) -> None:
        """Every frame counts: empty ones, pings, pongs, messages; beyond that none is looked at."""
        for flood in (
            [client_frame(1, b"", fin=False), client_frame(0, b"", fin=False) * 100_000],
            [client_frame(9) * 100_000],
            [client_frame(10, b"x") * 100_000],
            [client_frame(2, b"") * 100_000],
            [client_frame(1, b'{"subscribe": {}}') * 10_000],
            [client_frame(9)] * 5000,
        ):
            self.assertClosed(*self.flood(*flood))

    def test_bytes(self) -> None:
        """So does every byte."""
        half = client_frame(2, bytes(6000))
        browser, _ = self.flood(*[half * 10] * 30)
        self.assertEqual(1008, close_code(browser.came))

    def test_not_read(self) -> None:
        """One that goes on is not even read."""
        browser, _ = self.flood(client_frame(9) * 1000)
        moved = self.network.connections[-1].bytes_to_server
        self.send(browser, bytes(5_000_000))
        self.assertLess(self.network.connections[-1].bytes_to_server, moved + 70_000)
        self.pass_time(LAST_WORDS)
        self.assertTrue(browser.lost)

    def test_slowly(self) -> None:
        """A message of empty frames is bounded, however slowly they come."""
        browser = self.open()
        self.send(browser, client_frame(1, b"", fin=False))
        for _ in range(30):
            self.send(browser, client_frame(0, b"", fin=False) * 10)
            self.pass_time(1)
        self.assertEqual(1008, close_code(browser.came))

    def test_log(self) -> None:
        """What they do is told once in a while, and not for each."""
        said = Said(self, "Fanout", "Listening", "ListeningFactory", "protocol", "websocket")
        for _ in range(30):
            self.flood(client_frame(9) * 1000)
            self.pass_time(LAST_WORDS)
        for _ in range(30):
            self.flood(b"\xff\xff" * 100)
            self.pass_time(LAST_WORDS)
        self.assertEqual(30, self.web.fanout.sent_away)
        self.assertLess(len(said.lines), 8)  # one a minute

    def test_usual(self) -> None:
        """Clients that answer, ping and subscribe now and then stay."""
        listener = self.socket()
        for _ in range(40):
            listener.sendPing(b"x")
            listener.say({"subscribe": {"types": ["chat"]}})
            self.pass_time(1)
        self.happen("hello")
        self.assertEqual((["hello"], False), (listener.said, listener.is_over))


class TcpTests(TestCase):
    """The same with buffers of the kernel in between."""

    timeout = 60

    async def begin(self, limits: WebLimits) -> tuple[Any, Any]:
        """A site, and the endpoint that leads there."""
        output = make(Wiring(reactor), "tcp:0", {}, limits)
        output.startService()
        self.addCleanup(output.stopService)
        url = await output.ready()
        place = url.removeprefix("http://").rstrip("/")
        host, _, port = place.rpartition(":")
        return output, TCP4ClientEndpoint(reactor, host, int(port))

    async def open(self, endpoint: Any) -> Any:
        """An open WebSocket."""
        browser: Any = await endpoint.connect(Factory.forProtocol(Browser))
        browser.transport.write(_UPGRADE.format(path="/ws", host="127.0.0.1").encode())
        while not browser.came:
            await deferLater(reactor, 0.01)
        return browser

    async def test_never_reads(self) -> None:
        """One that pings for ever and reads nothing holds a megabyte, and is dropped."""
        output, endpoint = await self.begin(WebLimits(frames=10**9, received=10**9))
        browser = await self.open(endpoint)
        browser.transport.pauseProducing()
        [server] = output.fanout._everybody()
        most = 0
        while not output.fanout.dropped:
            browser.transport.write(client_frame(9, bytes(125)) * 500)
            await deferLater(reactor, 0)
            transport = server.transport
            kept = len(transport.dataBuffer) + transport._tempDataLen
            most = max(most, output.fanout.waiting + kept)
        self.assertLess(most, 1024 * 1024 + _FULL)
        browser.transport.abortConnection()

    async def test_half_open(self) -> None:
        """Half-open connections keep nobody out."""
        output, endpoint = await self.begin(WebLimits(connections=40))
        silent = []
        for _ in range(60):
            silent.append(await endpoint.connect(Factory.forProtocol(Browser)))
        asked: Any = await endpoint.connect(Factory.forProtocol(Browser))
        asked.transport.write(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        while not asked.came:
            await deferLater(reactor, 0.01)
        self.assertEqual(200, asked.status)
        self.assertLessEqual(len(output._site.channels), 40)
        for each in (*silent, asked):
            each.transport.abortConnection()
