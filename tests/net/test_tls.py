"""Servers are verified, whichever way they are gone to, and by one means only."""

from __future__ import annotations

import ast
import errno
from collections.abc import Callable
from typing import Any

from OpenSSL import SSL
from twisted.internet.protocol import Factory, Protocol, connectionDone
from twisted.internet.task import Clock
from twisted.protocols.tls import TLSMemoryBIOFactory
from twisted.python.failure import Failure
from twisted.test import iosim
from twisted.trial.unittest import SynchronousTestCase
from twisted.web.client import URI

from tests.net.tls_servers import AUTHORITY, signed
from tests.test_floors import CHECKOUT, read_modules
from tiktoklive.net import tls
from tiktoklive.net.tls import PIECE, TlsConnection, TlsFactory, TlsPolicy


class PolicyTests(SynchronousTestCase):
    """What the connections of a policy have."""

    def connection(self, policy: TlsPolicy, host: bytes) -> SSL.Connection:
        """One of them."""
        creator = policy.creatorForNetloc(host, 443)
        made: SSL.Connection = creator.clientConnectionForTLS(None)  # type: ignore[arg-type]
        return made

    def test_context_is_shared(self) -> None:
        """All hosts share the TLS context with its many certificates."""
        policy = TlsPolicy(AUTHORITY.root)
        hosts = (b"a.example", b"b.example", b"192.0.2.7")
        contexts = {id(self.connection(policy, host).get_context()) for host in hosts}
        self.assertEqual(1, len(contexts))

    def test_server_name(self) -> None:
        """Servers are told by which name they are asked, if it is one."""
        policy = TlsPolicy(AUTHORITY.root)
        for host, name in ((b"a.example", b"a.example"), (b"192.0.2.7", None), (b"::1", None)):
            self.assertEqual(name, self.connection(policy, host).get_servername(), host)

    def test_context_is_made_again(self) -> None:
        """A context that could not be made, such as for want of a file descriptor, is not kept."""
        policy = TlsPolicy()
        problem = OSError(errno.EMFILE, "Too many open files")

        def fail() -> None:
            raise problem

        patched = self.patch(tls, "trusted_roots", fail)
        self.assertIs(problem, self.assertRaises(OSError, self.connection, policy, b"a.example"))
        patched.restore()
        self.patch(tls, "trusted_roots", lambda: AUTHORITY.root)
        self.connection(policy, b"a.example")


class Heard(Protocol):
    """Keeps what it hears, and does something each time."""

    def __init__(self, then: Callable[[], object] = lambda: None) -> None:
        self.heard: list[bytes] = []
        self.lost = False
        self._then = then

    def dataReceived(self, data: bytes) -> None:
        self.heard.append(data)
        self._then()

    def connectionLost(self, reason: Failure = connectionDone) -> None:
        self.lost = True


class ConnectionTests(SynchronousTestCase):
    """What OpenSSL is given of what arrives."""

    def connect(self, then: Callable[[], object] = lambda: None) -> None:
        """
        A connection that has shaken hands.

        :param then: what the client does each time it hears something.
        """
        self.clock = Clock()
        self.inner = Heard(then)
        uri = URI.fromBytes(b"https://target.example/")
        factory: Any = Factory.forProtocol(lambda: self.inner)
        made: Any = TlsFactory(TlsPolicy(AUTHORITY.root), uri, factory, self.clock)
        self.client: TlsConnection = made.buildProtocol(None)
        options = signed("target.example").options()
        serving: Any = Factory.forProtocol(Protocol)
        server: Any = TLSMemoryBIOFactory(options, False, serving, self.clock).buildProtocol(None)
        ends = iosim.FakeTransport(server, True), iosim.FakeTransport(self.client, False)
        self.pump = iosim.connect(server, ends[0], self.client, ends[1])
        self.server = server.wrappedProtocol
        self.given: list[int] = []
        connection: Any = self.client.getHandle()
        give = connection.bio_write

        def counted(data: bytes) -> int:
            self.given.append(len(data))
            written: int = give(data)
            return written

        connection.bio_write = counted

    def send(self, data: bytes) -> None:
        """Let the server send something, which arrives in one go."""
        self.server.transport.write(data)
        self.clock.advance(0)
        self.pump.flush()

    def test_pieces(self) -> None:
        """OpenSSL never has much at once, whatever arrives: its buffer would never shrink again."""
        self.connect()
        data = bytes(range(256)) * 235  # 60,160: as much as is read from a socket in one go
        self.send(data)
        self.assertEqual(data, b"".join(self.inner.heard))
        self.assertGreater(sum(self.given), len(data))
        self.assertEqual(PIECE, max(self.given))
        self.assertLess(len(self.given), sum(self.given) / PIECE + 3)

    def test_aborted_between(self) -> None:
        """Who aborts the connection because of one piece hears of no other, and that it is lost."""
        self.connect(lambda: self.client.abortConnection())
        self.send(bytes(16_000) * 3)
        self.assertEqual(1, len(self.inner.heard))
        self.assertTrue(self.inner.lost)

    def test_closed_between(self) -> None:
        """What the server sends and closes behind is delivered, and then that it is over."""
        self.connect()
        self.server.transport.write(bytes(16_000) * 3)
        self.server.transport.loseConnection()
        self.pump.flush()
        self.assertEqual(48_000, sum(map(len, self.inner.heard)))
        self.assertTrue(self.inner.lost)


#: What makes TLS connections to servers, or whole clients that do, by its name in the source.
OTHER_WAYS = frozenset(
    (
        "optionsForClientTLS ClientContextFactory CertificateOptions SSL4ClientEndpoint "
        "wrapClientTLS connectSSL startTLS TLSMemoryBIOFactory clientFromString "
        "BrowserLikePolicyForHTTPS HostnameCachingHTTPSPolicy WebClientContextFactory "
        "ProxyAgent connectWS create_client_agent create_connection "
        "open_connection create_default_context SSLContext urlopen HTTPSConnection"
    ).split()
)

#: Modules that none of ours imports: they speak TLS by themselves.
OTHER_CLIENTS = frozenset(
    ("ssl", "http.client", "urllib.request", "ftplib", "smtplib", "requests", "httpx", "aiohttp")
)


def other_ways(source: str) -> list[str]:
    """Where a module makes TLS connections in another way than by :mod:`tiktoklive.net.tls`."""
    found = []
    for node in ast.walk(ast.parse(source)):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or "", *(alias.name for alias in node.names)]
            names += [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Attribute):
            names = [node.attr]
        elif isinstance(node, ast.Name):
            names = [node.id]
        elif isinstance(node, ast.Call):
            function = node.func
            # An agent that is not told by which network it goes, and treq's functions.
            if isinstance(function, ast.Name) and function.id == "Agent":
                names = ["Agent()"]
            if ast.unparse(function).startswith("treq."):
                names = ["treq()"]
        wrong = {"Agent()", "treq()"} | OTHER_WAYS
        imported = isinstance(node, ast.Import | ast.ImportFrom)
        found += [
            f"{node.lineno}: {name}"
            for name in names
            if name in wrong or (imported and name in OTHER_CLIENTS)
        ]
    return found


class SourceTests(SynchronousTestCase):
    """The source of the package."""

    def test_one_way(self) -> None:
        """No module but the one makes TLS connections to servers; one asks ``ssl`` for roots."""
        modules = read_modules(CHECKOUT)
        self.assertTrue(other_ways(modules.pop("tiktoklive.net.tls")[0]))
        asking = other_ways(modules.pop("tiktoklive.net.roots")[0])
        self.assertEqual(["ssl", "SSLContext"], [way.partition(": ")[2] for way in asking])
        wrong = [f"{name}:{way}" for name, (text, _) in modules.items() for way in other_ways(text)]
        self.assertEqual([], wrong)

    def test_seen(self) -> None:
        """The reader sees what it is there to see."""
        for source in (
            "from twisted.internet.endpoints import wrapClientTLS",
            "from twisted.internet import endpoints\nendpoints.wrapClientTLS(a, b)",
            "import ssl",
            "from urllib import request",
            "from twisted.web.client import Agent\nAgent(reactor)",
            "import treq\ntreq.get(url)",
            "reactor.connectSSL(a, b, c, d)",
        ):
            self.assertTrue(other_ways(source), source)
        fine = "from twisted.web.client import Agent\nAgent.usingEndpointFactory(a, b, c)"
        self.assertEqual([], other_ways(fine))
