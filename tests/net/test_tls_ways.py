"""Whichever way servers are gone to, they are verified."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from random import Random
from typing import Any

from twisted.internet import reactor
from twisted.internet.defer import Deferred, succeed
from twisted.internet.endpoints import TCP4ClientEndpoint
from twisted.internet.protocol import Factory
from twisted.logger import LogLevel, capturedLogs
from twisted.trial.unittest import TestCase
from zope.interface import implementer

from tests.net.proxies import ConnectProxy, SmallProxy, SocksProxy
from tests.net.tls_servers import AUTHORITY, CASES, Hearing, Loopback, signed
from tiktoklive.errors import ConnectError, HandshakeRefusedError, LocalResourceError, ProxyError
from tiktoklive.errors.isolation import kind_in_words
from tiktoklive.interfaces import IReceiver
from tiktoklive.model import Room, Ticket
from tiktoklive.net import public_only, tls
from tiktoklive.net.attempt import WebSocketOpener
from tiktoklive.net.network import DirectNetwork
from tiktoklive.net.proxy import ProxyNetwork, parse_proxy
from tiktoklive.net.public_only import PublicNetwork
from tiktoklive.net.web import Web
from tiktoklive.outputs.webhook.deliverer import Deliverer
from tiktoklive.outputs.webhook.outbox import Delivery
from tiktoklive.signing import SignServer

SECRET = "s3cret"


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
            self.assertIn(f"({kind_in_words(problem)})", str(error))
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
