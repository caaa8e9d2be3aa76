"""Where connections go, and what is said when they don't get there."""

from __future__ import annotations

from twisted.internet import defer, endpoints, error, reactor, ssl
from twisted.internet.defer import Deferred
from twisted.internet.protocol import Factory, Protocol
from twisted.python.failure import Failure
from twisted.trial.unittest import SynchronousTestCase, TestCase
from twisted.web.client import URI, ResponseNeverReceived
from twisted.web.error import SchemeNotSupported

from tests.net.certificate import certificate_for
from tests.reactors import MemoryReactor
from tiktoklive.deferreds import GRACE
from tiktoklive.net.network import DirectNetwork, cause_of, connect_error, was_cancelled
from tiktoklive.net.web import place_of, uri_of


class UriTests(SynchronousTestCase):
    """Reading addresses."""

    def test_default_ports(self) -> None:
        """Each scheme has its HTTP twin and that one's port."""
        for url, scheme, port in (
            ("http://a.example/", b"http", 80),
            ("https://a.example/", b"https", 443),
            ("ws://a.example/", b"http", 80),
            ("wss://a.example/", b"https", 443),
            ("wss://a.example:8443/", b"https", 8443),
        ):
            uri = uri_of(url)
            self.assertEqual((scheme, b"a.example", port), (uri.scheme, uri.host, uri.port), url)

    def test_target(self) -> None:
        """Path and query stay as they were encoded, the fragment does not travel."""
        uri = uri_of("wss://a.example/x/y?b=%20&a=1+2&a=3#part")
        self.assertEqual(b"/x/y?b=%20&a=1+2&a=3", uri.originForm)

    def test_no_path(self) -> None:
        """A request asks for a path, also where an address has none before its query."""
        for url in ("wss://a.example?x=1", "wss://a.example/?x=1"):
            self.assertEqual(b"/?x=1", uri_of(url).originForm)
        self.assertEqual(b"/", uri_of("https://a.example").originForm)

    def test_host_forms(self) -> None:
        """IPv6 and international names become what an endpoint takes; user and password don't."""
        self.assertEqual(b"::1", uri_of("ws://[::1]:99/").host)
        self.assertEqual(b"xn--bcher-kva.example", uri_of("https://Bücher.example/").host)
        self.assertEqual(b"a.example", uri_of("https://user:secret@a.example/").host)
        for host in ("a_b.example", "-a.example", "192.0.2.7", "a.example."):
            self.assertEqual(host.encode(), uri_of(f"https://{host}/").host)

    def test_refused(self) -> None:
        """What is no address of a web server is refused without being shown."""
        for url in ("", "a.example/x?key=s3cret", "ftp://a.example/", "https:///x", "ws://a:b/"):
            problem = self.assertRaises(ValueError, uri_of, url)
            self.assertNotIn("s3cret", str(problem))
        odd = ("\0a", "a\x1b", "a b", "a" * 250, "b\\a", "a%2fb", "a;b", 'a"b', "a<b>", "a,b")
        for host in (f"{each}.example" for each in odd):
            problem = self.assertRaises(ValueError, uri_of, f"https://{host}/")
            self.assertNotIn(host, str(problem))


class DirectNetworkTests(SynchronousTestCase):
    """Endpoints for addresses."""

    def test_other_schemes(self) -> None:
        """There is no way to anything but http and https."""
        network = DirectNetwork(MemoryReactor())
        uri = URI.fromBytes(b"ftp://a.example/")
        self.assertRaises(SchemeNotSupported, network.endpointForURI, uri)

    def test_time_limit(self) -> None:
        """An attempt to connect has a limit, which is ours: the reactor's own is far behind it."""
        reactor = MemoryReactor()
        network = DirectNetwork(reactor, connect_timeout=7.0)
        endpoint = network.endpointForURI(uri_of("http://127.0.0.1:9/"))
        connecting = endpoint.connect(Factory.forProtocol(Protocol))
        [(host, port, _, timeout, _)] = reactor.tcpClients
        self.assertEqual(("127.0.0.1", 9), (host, port))
        self.assertGreater(timeout, 7.0 + GRACE)
        reactor.advance(6.9)
        self.assertNoResult(connecting)
        reactor.advance(0.1)
        self.failureResultOf(connecting, error.TimeoutError)


class CauseTests(SynchronousTestCase):
    """Failures in words."""

    def test_words(self) -> None:
        """The usual failures are named in plain words, also inside those of the HTTP client."""
        lost = ResponseNeverReceived([Failure(error.ConnectionLost())])
        for problem, words in (
            (error.DNSLookupError("x"), "looked up"),
            (error.ConnectionRefusedError(), "refused"),
            (error.TimeoutError(), "in time"),
            (defer.TimeoutError(), "in time"),
            (lost, "closed before"),
            (ssl.SSL.Error([("a", "b", "certificate verify failed")]), "certificate verify failed"),
            (None, "closed before"),
        ):
            self.assertIn(words, cause_of(problem))

    def test_foreign_texts(self) -> None:
        """The text of an unknown error, which may quote the request, is not shown."""
        self.assertEqual("value error", cause_of(ValueError("https://a.example/?key=s3cret")))

    def test_place(self) -> None:
        """People are told the port of a host: always, or where it is not the usual one."""
        for url, usually, always in (
            ("https://a.example/x?key=s3cret", "a.example", "a.example:443"),
            ("wss://a.example/", "a.example", "a.example:443"),
            ("http://a.example/", "a.example", "a.example:80"),
            ("https://a.example:443/", "a.example", "a.example:443"),
            ("http://127.0.0.1:8090/@alice", "127.0.0.1:8090", "127.0.0.1:8090"),
            ("wss://user:s3cret@a.example:1/", "a.example:1", "a.example:1"),
            ("https://[::1]:8/", "[::1]:8", "[::1]:8"),
            ("https://a.example:many/", "a.example", "a.example"),
        ):
            self.assertEqual((usually, always), (place_of(url), place_of(url, always=True)))

    def test_host_and_cause(self) -> None:
        """The error names the host, and keeps what Twisted said."""
        problem = error.ConnectionRefusedError()
        said = connect_error("a.example", problem)
        self.assertIn("a.example", str(said))
        self.assertIs(problem, said.__cause__)

    def test_cancelled(self) -> None:
        """What was cancelled here is told from what failed there."""
        wrapped = ResponseNeverReceived([Failure(defer.CancelledError())])
        self.assertTrue(was_cancelled(wrapped))
        self.assertTrue(was_cancelled(error.ConnectingCancelledError(None)))
        self.assertFalse(was_cancelled(error.ConnectionLost()))


class Greeter(Protocol):
    """Says something to whoever connects."""

    def connectionMade(self) -> None:
        self.transport.write(b"hello")
        self.transport.loseConnection()


class Listener(Protocol):
    """Remembers what was said until the end, or how it ended."""

    def __init__(self) -> None:
        self.over: Deferred[bytes | Exception] = Deferred()
        self.heard = b""

    def dataReceived(self, data: bytes) -> None:
        self.heard += data

    def connectionLost(self, reason: Failure) -> None:
        self.over.callback(self.heard or reason.value)


class TlsTests(TestCase):
    """Real TLS over the loopback."""

    async def greeting(self, network: DirectNetwork, server: ssl.PrivateCertificate) -> object:
        """What somebody hears who connects to ``https://localhost``."""
        endpoint = endpoints.SSL4ServerEndpoint(reactor, 0, server.options(), interface="127.0.0.1")
        port = await endpoint.listen(Factory.forProtocol(Greeter))
        self.addCleanup(port.stopListening)
        uri = uri_of(f"wss://localhost:{port.getHost().port}/")
        listener = await network.endpointForURI(uri).connect(Factory.forProtocol(Listener))
        return await listener.over

    async def test_trusted(self) -> None:
        """A certificate that is trusted and names the host is accepted."""
        server = certificate_for("localhost")
        heard = await self.greeting(DirectNetwork(reactor, trust_root=server), server)
        self.assertEqual(b"hello", heard)

    async def test_untrusted(self) -> None:
        """A certificate that nobody vouches for is not, and the error says it was TLS."""
        heard = await self.greeting(DirectNetwork(reactor), certificate_for("localhost"))
        self.assertIsInstance(heard, Exception)
        self.assertIn("its certificate is ", cause_of(heard))

    async def test_wrong_name(self) -> None:
        """A trusted certificate of another host is not accepted either."""
        server = certificate_for("other.example")
        heard = await self.greeting(DirectNetwork(reactor, trust_root=server), server)
        self.assertIsInstance(heard, Exception)
        self.assertIn("its certificate is ", cause_of(heard))
