"""What proxies say, to the letter, in memory."""

from __future__ import annotations

from typing import Any

from twisted.internet.defer import CancelledError, Deferred
from twisted.internet.interfaces import IAddress, IProtocol
from twisted.internet.protocol import Factory

from tests.net.behind import URLS, Client, MemoryTestCase
from tests.net.proxies import ConnectProxy
from tests.net.raw import RawServer
from tiktoklive.errors import ProxyError, ProxyRefusedError
from tiktoklive.net.network import connect_error
from tiktoklive.net.web import uri_of


class RawTests(MemoryTestCase):
    """A proxy that says exactly what a test wants."""

    def setUp(self) -> None:
        super().setUp()
        self.servers: list[RawServer] = []

        def build() -> RawServer:
            self.servers.append(RawServer())
            return self.servers[-1]

        self.network.add("proxy.example", 3128, Factory.forProtocol(build))
        self.behind_raw = self.behind(URLS[ConnectProxy], timeout=7.0)

    def begin(self, url: str = "http://target.example/") -> Deferred[IProtocol]:
        connecting = self.connect(self.behind_raw, url)
        self.settle()
        return connecting

    def say(self, *pieces: bytes) -> None:
        for piece in pieces:
            self.servers[-1].transport.write(piece)
            self.settle()

    def test_rest(self) -> None:
        """What comes from the target in one piece with the proxy's answer is not lost."""
        connecting = self.begin()
        self.say(b"HTTP/1.1 200 OK\r\n\r\nhello")
        client: Any = self.successResultOf(connecting)
        self.assertEqual([b"hello"], client.heard)
        client.transport.loseConnection()
        self.assertQuiet()

    def test_piecemeal(self) -> None:
        """The answer may come byte by byte; the client is connected once, with its last."""
        connecting = self.begin()
        answer = b"HTTP/1.1 200 OK\r\n\r\n"
        self.say(*[bytes([byte]) for byte in answer[:-1]])
        self.assertNoResult(connecting)
        self.say(answer[-1:])
        client: Any = self.successResultOf(connecting)
        self.assertEqual([], client.heard)
        peer = client.transport.getPeer()
        self.assertEqual(3128, peer.port)
        client.transport.loseConnection()
        self.assertQuiet()

    def test_time_limit(self) -> None:
        """A proxy that says nothing is given up, and the connection to it closed."""
        connecting = self.begin("https://target.example/")
        self.network.clock.advance(6.9)
        self.assertNoResult(connecting)
        self.network.clock.advance(0.2)
        error = self.failureResultOf(connecting, ProxyError).value
        self.assertIn("proxy.example:3128 did not connect to target.example:443", str(error))
        self.assertIn("within 7 s", str(error))
        self.assertQuiet()

    def test_time_limit_of_reaching(self) -> None:
        """The time counts from the beginning, and not only when the proxy is reached."""
        self.network.silence("proxy.example")
        connecting = self.begin()
        self.network.clock.advance(7.1)
        self.failureResultOf(connecting, ProxyError)
        self.assertQuiet()

    def test_cancel_reaching(self) -> None:
        """Who gives up while the proxy is being reached leaves nothing open."""
        self.network.silence("proxy.example")
        connecting = self.begin()
        connecting.cancel()
        self.failureResultOf(connecting, CancelledError)
        self.assertQuiet()

    def test_cancel_asking(self) -> None:
        """Who gives up while the proxy is asked leaves nothing open, and hears no more."""
        for url in ("http://target.example/", "https://target.example/"):
            connecting = self.begin(url)
            connecting.cancel()
            self.failureResultOf(connecting, CancelledError)
            self.say(b"HTTP/1.1 200 OK\r\n\r\nhello")
            self.assertQuiet()

    def test_not_reached(self) -> None:
        """A proxy that is not there is the proxy's fault, and not the target's."""
        self.network.refuse("proxy.example")
        connecting = self.begin()
        error = self.failureResultOf(connecting, ProxyError).value
        self.assertEqual(
            "The proxy proxy.example:3128 could not be reached: the connection was refused.",
            str(error),
        )
        self.assertIs(error, connect_error("target.example", error))
        self.assertQuiet()

    def test_unknown_name(self) -> None:
        """So is one whose name nobody knows."""
        network = self.behind("socks5://nobody.example")
        error = self.failureResultOf(self.connect(network, "http://a.example/"), ProxyError).value
        self.assertIn("nobody.example:1080", str(error))
        self.assertIn("its name could not be looked up", str(error))
        self.assertQuiet()

    def test_hangs_up(self) -> None:
        """A proxy that closes without an answer is named."""
        connecting = self.begin()
        self.servers[-1].transport.loseConnection()
        self.settle()
        error = self.failureResultOf(connecting, ProxyError).value
        self.assertIn("proxy.example:3128 could not be asked for target.example:80", str(error))
        self.assertIn("closed before an answer came", str(error))
        self.assertQuiet()

    def test_hostile(self) -> None:
        """A proxy that talks on after its refusal is not listened to."""
        connecting = self.begin()
        self.say(b"SSH-2.0-x\r\n", b"HTTP/1.1 200 OK\r\n\r\n" * 1000)
        self.failureResultOf(connecting, ProxyRefusedError)
        self.assertQuiet()

    def test_bad_target(self) -> None:
        """A target that cannot be asked for fails as any other."""
        uri = uri_of("http://target.example/")
        uri.host = b"x" * 300
        connecting = self.behind_raw.endpointForURI(uri).connect(Factory.forProtocol(Client))
        self.settle()
        self.failureResultOf(connecting, ProxyRefusedError)
        self.assertEqual(b"", self.servers[-1].received)
        self.assertQuiet()

    def test_nobody_home(self) -> None:
        """A factory that makes no protocol, or fails, ends the connection."""

        class Absent(Factory):
            def __init__(self, problem: Exception | None) -> None:
                self.problem = problem

            def buildProtocol(self, addr: IAddress | None) -> None:
                if self.problem is not None:
                    raise self.problem

        for problem in (None, RuntimeError("boo")):
            endpoint = self.behind_raw.endpointForURI(uri_of("http://target.example/"))
            connecting = endpoint.connect(Absent(problem))
            self.settle()
            self.say(b"HTTP/1.1 200 OK\r\n\r\nhello")
            self.failureResultOf(connecting)
            self.assertQuiet()

    def test_closed_at_once(self) -> None:
        """A client that closes the moment it is connected does not hear what came along."""

        class Shy(Client):
            def connectionMade(self) -> None:
                self.transport.abortConnection()

        endpoint = self.behind_raw.endpointForURI(uri_of("http://target.example/"))
        connecting = endpoint.connect(Factory.forProtocol(Shy))
        self.settle()
        self.say(b"HTTP/1.1 200 OK\r\n\r\n")
        client: Any = self.successResultOf(connecting)
        self.assertEqual(([], 1), (client.heard, len(client.over)))
        self.assertQuiet()
