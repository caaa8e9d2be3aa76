"""Servers are verified, whichever way they are gone to, and by one means only."""

from __future__ import annotations

import ast
import errno
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address
from random import Random
from typing import Any

from cryptography.x509 import DNSName, IPAddress, RFC822Name, UniformResourceIdentifier
from cryptography.x509.oid import ExtendedKeyUsageOID
from OpenSSL import SSL
from twisted.internet import reactor
from twisted.internet.address import IPv4Address
from twisted.internet.defer import Deferred, succeed
from twisted.internet.endpoints import TCP4ClientEndpoint
from twisted.internet.interfaces import (
    IHostnameResolver,
    IReactorPluggableNameResolver,
    IReactorTCP,
    IReactorTime,
)
from twisted.internet.protocol import Factory, Protocol
from twisted.internet.ssl import PrivateCertificate
from twisted.logger import LogLevel, capturedLogs
from twisted.python.failure import Failure
from twisted.trial.unittest import SynchronousTestCase, TestCase
from zope.interface import implementer

from tests.net.authority import Authority
from tests.net.proxies import ConnectProxy, SmallProxy, SocksProxy
from tests.test_floors import CHECKOUT, read_modules
from tiktoklive.errors import ConnectError, HandshakeRefusedError, LocalResourceError, ProxyError
from tiktoklive.interfaces import IReceiver
from tiktoklive.model import Room, Ticket
from tiktoklive.net import public_only, tls
from tiktoklive.net.network import DirectNetwork
from tiktoklive.net.proxy import ProxyNetwork, parse_proxy
from tiktoklive.net.public_only import PublicNetwork
from tiktoklive.net.tls import TlsPolicy
from tiktoklive.net.web import Web
from tiktoklive.net.websocket import WebSocketOpener
from tiktoklive.outputs.webhook.deliverer import Deliverer
from tiktoklive.outputs.webhook.outbox import Delivery
from tiktoklive.signing import SignServer

SECRET = "s3cret"


@dataclass(frozen=True)
class Case:
    """
    A server, and what becomes of it.

    :ivar words: why it is refused; ``""`` when it is not.
    """

    said: str
    certificate: PrivateCertificate
    words: str = ""
    host: str = "target.example"


AUTHORITY, STRANGER = Authority(), Authority("Stranger")


def signed(*names: str, **more: Any) -> PrivateCertificate:
    """A certificate for hosts and addresses."""
    return AUTHORITY.certificate([_general(name) for name in names], **more)


def _general(name: str) -> Any:
    try:
        return IPAddress(ip_address(name))
    except ValueError:
        return DNSName(name)


TARGET = [DNSName("target.example")]
ODD = [*map(DNSName, ["*.com", "192.0.2.1", "a\0b", "*", "x" * 300]), RFC822Name("a@b.example")]

CASES = (
    Case("its name", signed("target.example")),
    Case("its name among others", signed("a.example", "target.example", "192.0.2.1")),
    Case("its name among odd ones", AUTHORITY.certificate([*ODD, *TARGET])),
    Case("its name in capitals", signed("TARGET.Example")),
    Case("a pattern", signed("*.shop.example"), host="a.shop.example"),
    Case("an international name", signed("xn--bcher-kva.example"), host="bücher.example"),
    Case("a name with a number", signed("relay1"), host="relay1"),
    Case("an address", signed("192.0.2.7"), host="192.0.2.7"),
    Case("an address of IPv6", signed("2001:db8::7"), host="[2001:db8::7]"),
    Case("no names", AUTHORITY.certificate(None), "its certificate names no host"),
    Case("an empty list of names", AUTHORITY.certificate([]), "its certificate names no host"),
    Case(
        "an URI only",
        AUTHORITY.certificate([UniformResourceIdentifier("https://target.example/")]),
        "its certificate names no host",
    ),
    Case(
        "an address of mail only",
        AUTHORITY.certificate([RFC822Name("target@target.example")]),
        "its certificate names no host",
    ),
    Case(
        "an address only",
        signed("192.0.2.7"),
        "its certificate is for 192.0.2.7, not for target.example",
    ),
    Case("names that are none", AUTHORITY.certificate(b"\x30\x09\x82\x0etarget"), "certificate"),
    Case("names that are garbage", AUTHORITY.certificate(b"target.example"), "certificate"),
    Case(
        "another host",
        signed("other.example", "b.example", "c.example", "d.example", "e.example"),
        "is for other.example, b.example, c.example and 2 more, not for target.example",
    ),
    Case("a zero byte", signed("target.example\0.b.example"), "names that no host can have"),
    Case("controls and a colon", signed("a:\x1b[2J\n"), "names that no host can have, not for"),
    Case("controls", signed("\x1b[2J\n"), "names that no host can have, not for target.example"),
    Case("all of com", signed("*.com"), "is for *.com, not for a.com", host="a.com"),
    Case("everything", signed("*"), "not for target.example"),
    Case("everything below", signed("*."), "not for target.example"),
    Case("half a pattern", signed("t*.shop.example"), "not for", host="target.shop.example"),
    Case("a pattern within", signed("a.*.example"), "not for a.b.example", host="a.b.example"),
    Case("one too deep", signed("*.shop.example"), "not for", host="a.b.shop.example"),
    Case("one too high", signed("*.shop.example"), "not for shop.example", host="shop.example"),
    Case("another address", signed("192.0.2.8"), "not for 192.0.2.7", host="192.0.2.7"),
    Case(
        "an address as a name",
        AUTHORITY.certificate([DNSName("192.0.2.7")]),
        "not for 192.0.2.7",
        host="192.0.2.7",
    ),
    Case(
        "an address written otherwise",
        AUTHORITY.certificate([DNSName("0x7f000001"), DNSName("127.1")]),
        "not for 127.1",
        host="127.1",
    ),
    Case(
        "a pattern of addresses",
        AUTHORITY.certificate([DNSName("*.0.2.7")]),
        "not for 192.0.2.7",
        host="192.0.2.7",
    ),
    Case("past", signed("target.example", shift=timedelta(days=-9)), "has expired"),
    Case("future", signed("target.example", shift=timedelta(days=9)), "is not valid yet"),
    Case("self-signed", AUTHORITY.certificate(TARGET, self_signed=True), "is self-signed"),
    Case("a stranger's", STRANGER.certificate(TARGET), "is signed by nobody that this machine"),
    Case(
        "a client's",
        signed("target.example", usage=ExtendedKeyUsageOID.CLIENT_AUTH),
        "is not made for servers",
    ),
)


@implementer(IReactorTime, IReactorTCP, IReactorPluggableNameResolver, IHostnameResolver)
class Loopback:
    """The reactor, with every name and address on the loopback."""

    def __init__(self) -> None:
        self.nameResolver = self

    def __getattr__(self, name: str) -> Any:
        return getattr(reactor, name)

    def resolveHostName(self, receiver: Any, hostName: str, portNumber: int = 0, *args: Any) -> Any:
        receiver.resolutionBegan(self)
        receiver.addressResolved(IPv4Address("TCP", "127.0.0.1", portNumber))
        receiver.resolutionComplete()
        return self


class Hearing(Protocol):
    """A server that answers whatever it hears in the same way."""

    transport: Any
    factory: Any

    def dataReceived(self, data: bytes) -> None:
        self.factory.heard.append(data)
        self.transport.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")

    def connectionLost(self, reason: Failure) -> None:  # type: ignore[override]
        self.factory.left()


@implementer(IReceiver)
class Nobody:
    """The receiver of a stream that never opens."""

    def frame(self, data: bytes) -> None:
        raise AssertionError("a frame")

    def batch(self, data: bytes) -> None:
        raise AssertionError("a batch")

    def closed(self, reason: Exception | None) -> None:
        raise AssertionError("closed")


class OneDelivery:
    """An outbox with one delivery in it, told what becomes of it."""

    def __init__(self) -> None:
        self.over: Deferred[str] = Deferred()

    def run(self, call: Callable[..., Any], *args: Any) -> Deferred[Any]:
        if call.__name__ == "next_due":
            now = None if self.over.called else Delivery("msg_1", 0, b"{}")
            return succeed((now, None))
        if not self.over.called:
            self.over.callback(str(args[2]) if call.__name__ == "postpone" else "")
        return succeed(0)


class WaysTests(TestCase):
    """Every way to servers, and every kind of certificate."""

    def setUp(self) -> None:
        self.world: Any = Loopback()
        self.patch(tls, "trusted_roots", lambda: AUTHORITY.root)
        self.patch(public_only, "is_public", lambda host: True)

    async def listen(self, factory: Any, certificate: Any = None) -> Any:
        """A port on the loopback."""
        if certificate is None:
            port = reactor.listenTCP(0, factory, interface="127.0.0.1")
        else:
            port = reactor.listenSSL(0, factory, certificate.options(), interface="127.0.0.1")
        return port

    async def check(self, go: Callable[[str, int], Awaitable[None]]) -> None:
        """
        Go to a server of each kind.

        :param go: takes a host and a port, and raises what is told of a failure.
        """
        for case in CASES:
            factory: Any = Factory.forProtocol(Hearing)
            factory.heard, gone = [], Deferred()
            factory.left = lambda gone=gone: gone.called or gone.callback(None)
            port = await self.listen(factory, case.certificate)
            try:
                await go(case.host, port.getHost().port)
            except ConnectError as error:
                self.assertTrue(case.words, f"{case.said}: {error}")
                self.assertIn(case.words, str(error), case.said)
                self.assertTrue(str(error).isprintable())
                self.assertEqual([], factory.heard, case.said)
                await gone
            else:
                self.assertEqual("", case.words, case.said)
                self.assertTrue(factory.heard, case.said)
            finally:
                await port.stopListening()

    async def ask(self, network: Any, url: str) -> None:
        """One request over HTTP."""
        web = Web(network, self.world)
        try:
            await web.get(url, headers=[("X-Secret", SECRET)])
        finally:
            await web.close()

    async def test_http(self) -> None:
        """A request."""
        network = DirectNetwork(self.world)
        await self.check(lambda host, port: self.ask(network, f"https://{host}:{port}/"))

    async def test_public(self) -> None:
        """A request that reaches only the internet."""
        network = PublicNetwork(self.world)
        await self.check(lambda host, port: self.ask(network, f"https://{host}:{port}/"))

    async def test_websocket(self) -> None:
        """A stream: of servers that are believed, the answer is read."""
        opener = WebSocketOpener(DirectNetwork(self.world), self.world)

        async def go(host: str, port: int) -> None:
            ticket = Ticket(Room("a", "1"), f"wss://{host}:{port}/", cookies={"sid": SECRET})
            try:
                await opener.open(ticket, Nobody())
            except HandshakeRefusedError:
                pass  # it was asked, and answers as a web server

        await self.check(go)

    async def test_webhook(self) -> None:
        """A delivery."""

        async def go(host: str, port: int) -> None:
            outbox = OneDelivery()
            url = f"https://{host}:{port}/"
            network = PublicNetwork(self.world)
            deliverer = Deliverer("hook", outbox, url, [b"k"], network, self.world, Random(1))
            deliverer.start()
            said = await outbox.over
            await deliverer.stop()
            if said:
                raise ConnectError(said)

        await self.check(go)

    async def test_sign_server(self) -> None:
        """A request to a sign server."""

        async def go(host: str, port: int) -> None:
            web = Web(DirectNetwork(self.world), self.world)
            server = SignServer(web, base=f"https://{host}:{port}", api_key=SECRET)
            try:
                await server.get("/x", "the signature")
            finally:
                await web.close()

        await self.check(go)

    async def through(self, kind: type[SmallProxy], scheme: str) -> None:
        """A request through a proxy."""
        proxy = kind(lambda host, port: TCP4ClientEndpoint(reactor, "127.0.0.1", port))
        listening = await self.listen(proxy)
        address = parse_proxy(f"{scheme}://proxy.example:{listening.getHost().port}")
        network = ProxyNetwork(DirectNetwork(self.world), address, self.world)
        await self.check(lambda host, port: self.ask(network, f"https://{host}:{port}/"))
        self.assertEqual(len(CASES), len(proxy.targets))
        await proxy.when_quiet()
        await listening.stopListening()

    async def test_connect(self) -> None:
        """Through an HTTP proxy."""
        await self.through(ConnectProxy, "http")

    async def test_socks(self) -> None:
        """Through a SOCKS5 proxy."""
        await self.through(SocksProxy, "socks5")

    async def test_proxy(self) -> None:
        """An https proxy: it gets neither our password nor our target before it is verified."""

        async def go(host: str, port: int) -> None:
            address = parse_proxy(f"https://user:{SECRET}@{host}:{port}")
            network = ProxyNetwork(DirectNetwork(self.world), address, self.world)
            try:
                await self.ask(network, "http://beyond.example/")
            except ConnectError as error:
                self.assertIsInstance(error, ProxyError)
                raise

        await self.check(go)


class FaultTests(TestCase):
    """Faults while a certificate is verified."""

    async def test_all_refuse(self) -> None:
        """Whatever is raised refuses the server, and what is no refusal is logged."""
        for problem in (KeyError("x"), RecursionError(), SystemExit(), MemoryError()):

            def fail(*args: Any, problem: BaseException = problem) -> None:
                raise problem

            self.patch(tls, "verify_host", fail)
            factory: Any = Factory.forProtocol(Hearing)
            factory.heard, gone = [], Deferred()
            factory.left = lambda gone=gone: gone.callback(None)
            options = signed("target.example").options()
            port = reactor.listenSSL(0, factory, options, interface="127.0.0.1")
            world: Any = Loopback()
            web = Web(DirectNetwork(world, trust_root=AUTHORITY.root), world)
            with capturedLogs() as logged:
                url = f"https://target.example:{port.getHost().port}/"
                error = await self.assertFailure(Deferred.fromCoroutine(web.get(url)), ConnectError)
                await gone
            self.assertIn(type(problem).__name__, str(error))
            self.assertEqual([], factory.heard)
            self.assertIn(LogLevel.critical, [event["log_level"] for event in logged])
            self.flushLoggedErrors(type(problem))
            await web.close()
            await port.stopListening()

    async def test_no_memory(self) -> None:
        """A TLS connection for which there is no memory is a failed attempt, and our own fault."""

        def fail(*args: Any) -> None:
            raise MemoryError

        self.patch(tls.HostCreator, "_make", fail)
        factory: Any = Factory.forProtocol(Hearing)
        factory.heard, gone = [], Deferred()
        factory.left = lambda: gone.callback(None)
        port = reactor.listenTCP(0, factory, interface="127.0.0.1")
        world: Any = Loopback()
        web = Web(DirectNetwork(world, trust_root=AUTHORITY.root), world)
        url = f"https://target.example:{port.getHost().port}/"
        asking = Deferred.fromCoroutine(web.get(url))
        error = await self.assertFailure(asking, LocalResourceError)
        self.assertIn("has no memory left", str(error))
        await gone
        await web.close()
        await port.stopListening()


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
