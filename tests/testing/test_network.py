"""The network in memory behaves like a network."""

from __future__ import annotations

from typing import Any

from twisted.internet import error
from twisted.internet.protocol import Factory, Protocol
from twisted.internet.task import Clock
from twisted.trial.unittest import SynchronousTestCase
from twisted.web.client import URI, Agent, HTTPConnectionPool, readBody
from twisted.web.resource import Resource
from twisted.web.server import NOT_DONE_YET, Site

from tiktoklive.testing import MemoryNetwork, settle
from tiktoklive.testing.transport import HIGH_WATER


class Notes(Protocol):
    """Writes down what happens to it."""

    def __init__(self) -> None:
        self.received: list[bytes] = []
        self.lost: Exception | None = None

    def dataReceived(self, data: bytes) -> None:
        """Keep it."""
        self.received.append(data)

    def connectionLost(self, reason: Any = None) -> None:
        """Keep it."""
        assert self.lost is None, "told twice"
        self.lost = reason.value


class Big(Resource):
    """A page much larger than any buffer."""

    isLeaf = True

    def render_GET(self, request: Any) -> bytes:
        """The page."""
        return b"x" * 1_000_000


class Slow(Resource):
    """A page whose answer takes two seconds."""

    isLeaf = True

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock

    def render_GET(self, request: Any) -> int:
        """Start it."""
        later = self._clock.callLater(2, self._finish, request)
        request.notifyFinish().addErrback(lambda gone: later.cancel())
        return NOT_DONE_YET

    def _finish(self, request: Any) -> None:
        request.write(b"slow")
        request.finish()


class BareTestCase(SynchronousTestCase):
    """A host whose servers write down what happens to them."""

    def setUp(self) -> None:
        self.network = MemoryNetwork()
        self.network.add("host.example", 443, Factory.forProtocol(Notes))

    def ask(self, uri: bytes = b"https://host.example/") -> Any:
        """Ask for a connection."""
        endpoint = self.network.endpointForURI(URI.fromBytes(uri))
        return endpoint.connect(Factory.forProtocol(Notes))

    def pair(self) -> tuple[Notes, Notes]:
        """A connected client and its server."""
        asked = self.ask()
        self.network.flush()
        client = self.successResultOf(asked)
        server = self.network.connections[-1].server.protocol
        assert isinstance(server, Notes)
        return client, server


class ConnectionTests(BareTestCase):
    """Connections that stand."""

    def test_needs_flush(self) -> None:
        """A connection stands only after the network was flushed."""
        asked = self.ask()
        self.assertNoResult(asked)
        self.assertEqual([("host.example", 443)], self.network.waiting)
        self.network.flush()
        self.successResultOf(asked)
        self.assertEqual([], self.network.waiting)

    def test_bytes(self) -> None:
        """Bytes arrive at the other side, in order, and are counted."""
        client, server = self.pair()
        client.transport.write(b"one ")
        client.transport.writeSequence([b"two", b""])
        server.transport.write(b"back")
        self.network.flush()
        self.assertEqual(b"one two", b"".join(server.received))
        self.assertEqual(b"back", b"".join(client.received))
        [connection] = self.network.open
        self.assertEqual((7, 4), (connection.bytes_to_server, connection.bytes_to_client))

    def test_close(self) -> None:
        """Closing delivers what was written, then tells both ends in order."""
        client, server = self.pair()
        server.transport.write(b"last")
        server.transport.loseConnection()
        server.transport.write(b" words")
        self.network.flush()
        self.assertEqual(b"last words", b"".join(client.received))
        self.assertIsInstance(client.lost, error.ConnectionDone)
        self.assertIsInstance(server.lost, error.ConnectionDone)
        self.assertEqual([], self.network.open)

    def test_abort(self) -> None:
        """Aborting loses what was written and looks unclean to the other end."""
        client, server = self.pair()
        server.transport.write(b"lost")
        server.transport.abortConnection()
        self.network.flush()
        self.assertEqual([], client.received)
        self.assertIsInstance(server.lost, error.ConnectionAborted)
        self.assertIsInstance(client.lost, error.ConnectionLost)

    def test_drop(self) -> None:
        """A dropped connection loses its bytes, and both ends see that it is lost."""
        client, server = self.pair()
        client.transport.write(b"gone")
        self.assertEqual(0, self.network.drop("other.example"))
        self.assertEqual(1, self.network.drop("host.example"))
        self.network.flush()
        self.assertEqual([], server.received)
        self.assertIsInstance(client.lost, error.ConnectionLost)
        self.assertIsInstance(server.lost, error.ConnectionLost)
        self.assertEqual([], self.network.open)

    def test_frozen(self) -> None:
        """A frozen connection moves nothing and tells nobody until it thaws."""
        client, server = self.pair()
        [connection] = self.network.open
        connection.frozen = True
        client.transport.write(b"later")
        client.transport.loseConnection()
        settle(self.network, 60)
        self.assertEqual(([], None, None), (server.received, server.lost, client.lost))
        connection.frozen = False
        self.network.flush()
        self.assertEqual([b"later"], server.received)
        self.assertIsInstance(client.lost, error.ConnectionDone)

    def test_paused_reader(self) -> None:
        """A reader that paused gets nothing before it resumes, not even the closing."""
        client, server = self.pair()
        client.transport.pauseProducing()
        server.transport.write(b"wait")
        server.transport.loseConnection()
        self.network.flush()
        self.assertEqual(([], None), (client.received, client.lost))
        client.transport.resumeProducing()
        self.network.flush()
        self.assertEqual([b"wait"], client.received)
        self.assertIsInstance(client.lost, error.ConnectionDone)

    def test_producer(self) -> None:
        """A streaming producer is paused by a full buffer and resumed by an empty one."""
        calls: list[str] = []

        class Producer:
            def pauseProducing(self) -> None:
                calls.append("pause")

            def resumeProducing(self) -> None:
                calls.append("resume")

            def stopProducing(self) -> None:
                calls.append("stop")

        client, server = self.pair()
        server.transport.registerProducer(Producer(), True)
        client.transport.pauseProducing()
        server.transport.write(b"x" * (HIGH_WATER + 1))
        self.network.flush()
        self.assertEqual(["pause"], calls)
        client.transport.resumeProducing()
        self.network.flush()
        self.assertEqual(["pause", "resume"], calls)
        self.network.drop()
        self.assertEqual(["pause", "resume", "stop"], calls)

    def test_pull_producer(self) -> None:
        """A pull producer is asked for piece after piece until it unregisters."""

        class Producer:
            left = 5

            def resumeProducing(self) -> None:
                server.transport.write(b"piece ")
                self.left -= 1
                if not self.left:
                    server.transport.unregisterProducer()

            def stopProducing(self) -> None:
                raise AssertionError("not stopped")

        client, server = self.pair()
        server.transport.registerProducer(Producer(), False)
        self.network.flush()
        self.assertEqual(b"piece " * 5, b"".join(client.received))

    def test_text_refused(self) -> None:
        """Writing text instead of bytes is an error, as on a socket."""
        client, _ = self.pair()
        self.assertRaises(TypeError, client.transport.write, "text")


class AttemptTests(BareTestCase):
    """Connections that do not come about."""

    def test_unknown_host(self) -> None:
        """A host that nobody added has no address."""
        self.failureResultOf(self.ask(b"https://nowhere.example/"), error.DNSLookupError)

    def test_unknown_port(self) -> None:
        """Another port of a known host refuses."""
        asked = self.ask(b"https://host.example:8443/")
        self.network.flush()
        self.failureResultOf(asked, error.ConnectionRefusedError)
        self.assertEqual([("host.example", 8443)], self.network.attempts)

    def test_tls_mismatch(self) -> None:
        """Plain speech to a TLS port does not connect, nor does TLS to a plain port."""
        self.network.add("plain.example", 80, Factory.forProtocol(Notes))
        for uri in (b"http://host.example:443/", b"https://plain.example:80/"):
            asked = self.ask(uri)
            self.network.flush()
            self.failureResultOf(asked, error.ConnectError)

    def test_refusing(self) -> None:
        """A host that was told to refuse does so until told otherwise."""
        self.network.refuse("host.example")
        asked = self.ask()
        self.network.flush()
        self.failureResultOf(asked, error.ConnectionRefusedError)
        self.network.refuse("host.example", False)
        self.pair()

    def test_silent(self) -> None:
        """An attempt at a silent host hangs, can be cancelled, and else goes through later."""
        self.network.silence("host.example")
        cancelled, patient = self.ask(), self.ask()
        settle(self.network, 100)
        self.assertNoResult(cancelled)
        cancelled.cancel()
        self.failureResultOf(cancelled)
        self.network.silence("host.example", False)
        self.network.flush()
        self.successResultOf(patient)
        self.assertEqual(1, len(self.network.connections))


class WebTests(SynchronousTestCase):
    """Real web servers behind the network, real web clients before it."""

    def setUp(self) -> None:
        self.network = MemoryNetwork()
        self.clock = self.network.clock
        root = Resource()
        root.putChild(b"big", Big())
        root.putChild(b"slow", Slow(self.clock))
        self.network.add("web.example", 443, Site(root, reactor=self.clock))
        self.pool = HTTPConnectionPool(self.clock)
        self.agent = Agent.usingEndpointFactory(self.clock, self.network, self.pool)

    def get(self, path: bytes) -> Any:
        """Ask for a page, and for its body."""
        answer = self.agent.request(b"GET", b"https://web.example" + path)
        return answer.addCallback(readBody)

    def test_big_body(self) -> None:
        """A large answer arrives whole."""
        body = self.get(b"/big")
        self.network.flush()
        self.assertEqual(b"x" * 1_000_000, self.successResultOf(body))

    def test_pool(self) -> None:
        """A pooled connection is used again, and closing the pool leaves nothing open."""
        for _ in range(2):
            body = self.get(b"/big")
            self.network.flush()
            self.successResultOf(body)
        self.assertEqual(1, len(self.network.connections))
        closed = self.pool.closeCachedConnections()
        self.network.flush()
        self.successResultOf(closed)
        self.assertEqual([], self.network.open)

    def test_settle(self) -> None:
        """Settling lets time pass step by step, so that slow answers arrive."""
        body = self.get(b"/slow")
        settle(self.network, 1.9)
        self.assertNoResult(body)
        settle(self.network, 0.2)
        self.assertEqual(b"slow", self.successResultOf(body))
        self.assertAlmostEqual(2.1, self.clock.seconds(), 3)

    def test_cancel(self) -> None:
        """Cancelling a request that waits for its answer leaves nothing open."""
        body = self.get(b"/slow")
        self.network.flush()
        body.cancel()
        self.network.flush()
        self.failureResultOf(body)
        self.assertEqual([], self.network.open)
