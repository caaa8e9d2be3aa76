"""The whole stack behind real proxies, over real TCP and TLS: nothing goes around them."""

from __future__ import annotations

import re
import socket
from dataclasses import replace
from typing import Any

from twisted.internet import reactor
from twisted.internet.address import IPv4Address
from twisted.internet.defer import Deferred, succeed
from twisted.internet.endpoints import TCP4ClientEndpoint
from twisted.internet.interfaces import (
    IHostnameResolver,
    IReactorPluggableNameResolver,
    IReactorTCP,
    IReactorTime,
    IResolutionReceiver,
)
from twisted.logger import globalLogPublisher
from twisted.protocols.policies import WrappingFactory
from twisted.protocols.tls import TLSMemoryBIOFactory
from twisted.trial.unittest import TestCase
from zope.interface import implementer

from tests.net.certificate import certificate_for
from tests.net.proxies import ConnectProxy, SmallProxy, SocksProxy
from tests.stack.case import chat
from tests.stack.test_secrets import Log
from tiktoklive.connection import WebcastPushConnection
from tiktoklive.errors import ConnectError, ProxyAuthError, ProxyError
from tiktoklive.events import Chat
from tiktoklive.net.network import DirectNetwork
from tiktoklive.options import Options, RequestOptions, WebsocketOptions
from tiktoklive.rooms import ApiLiveResolver
from tiktoklive.simulator import HOSTS, Simulator
from tiktoklive.wiring import standard_wiring

LOGIN = ("user", "s3cret")
HTTP = "http://user:s3cret@http.proxy.example:3128"
HTTPS = "https://user:s3cret@https.proxy.example"
SOCKS = "socks5://user:s3cret@socks.proxy.example:1080"

WEB = ("www.tiktok.com", 443)
LIVE = ("webcast.tiktok.com", 443)
SOCKET = ("webcast-ws.tiktok.com", 443)

#: The hosts that the direct source asks.
DIRECT = ("www.tiktok.com", "webcast.tiktok.com", "webcast-ws.tiktok.com")


@implementer(IReactorTime, IReactorTCP, IReactorPluggableNameResolver, IHostnameResolver)
class Outside:
    """
    All of the world that the client gets to see: a few names, each with one port.

    :ivar places: what is where: name and port, and the real port on the loopback.
    :ivar resolved: every name that was looked up.
    :ivar connected: name and port of every connection that was asked for.
    """

    def __init__(self) -> None:
        self.places: dict[tuple[str, int], int] = {}
        self.resolved: list[str] = []
        self.connected: list[tuple[str, int]] = []
        self._names: list[str] = []
        self.nameResolver = self

    def seconds(self) -> float:
        return reactor.seconds()

    def callLater(self, delay: float, call: Any, *args: Any, **kwargs: Any) -> Any:
        return reactor.callLater(delay, call, *args, **kwargs)

    def getDelayedCalls(self) -> Any:
        raise NotImplementedError

    def listenTCP(self, *args: Any, **kwargs: Any) -> Any:
        raise NotImplementedError

    def installNameResolver(self, resolver: Any) -> Any:
        raise NotImplementedError

    def resolveHostName(
        self,
        receiver: IResolutionReceiver,
        hostName: str,
        portNumber: int = 0,
        *args: Any,
        **kwargs: Any,
    ) -> IResolutionReceiver:
        """Give each name that there is an address of its own."""
        self.resolved.append(hostName)
        receiver.resolutionBegan(None)
        if any(hostName == name for name, _ in self.places):
            self._names.append(hostName)
            address = f"192.0.2.{len(self._names)}"
            receiver.addressResolved(IPv4Address("TCP", address, portNumber))
        receiver.resolutionComplete()
        return receiver

    def connectTCP(self, host: str, port: int, factory: Any, *args: Any, **kwargs: Any) -> Any:
        """Lead a connection to where the name really is."""
        name = self._names[int(host.removeprefix("192.0.2.")) - 1]
        self.connected.append((name, port))
        return reactor.connectTCP("127.0.0.1", self.places[name, port], factory)


class Entrance(WrappingFactory):
    """Counts who comes in, and tells when all have left."""

    noisy = False
    visitors = 0
    left: Deferred[None] | None = None

    def registerProtocol(self, p: Any) -> None:
        self.visitors += 1
        super().registerProtocol(p)

    def unregisterProtocol(self, p: Any) -> None:
        super().unregisterProtocol(p)
        if not self.protocols and self.left is not None:
            self.left.callback(None)

    def when_quiet(self) -> Deferred[None]:
        """Fires when nobody is in; to be called once."""
        if not self.protocols:
            return succeed(None)
        self.left = Deferred()
        return self.left


class ProxyTests(TestCase):
    """A room of a small TikTok that listens on the loopback, seen through proxies."""

    timeout = 20

    def setUp(self) -> None:
        self.outside = Outside()
        certificate = certificate_for(*DIRECT, "https.proxy.example")
        self.inner = DirectNetwork(self.outside, trust_root=certificate)
        self.simulator = Simulator(reactor)
        self.room = self.simulator.add_room("alice")
        self.entrance, self.simulated = self.enter_by(certificate)
        self.plain = self.listen(self.simulator.site())
        self.http = self.proxy(ConnectProxy, "http.proxy.example", 3128)
        self.https = self.proxy(ConnectProxy, "https.proxy.example", 443, certificate)
        self.socks = self.proxy(SocksProxy, "socks.proxy.example", 1080)
        self.log = Log()
        globalLogPublisher.addObserver(self.log)
        self.addCleanup(globalLogPublisher.removeObserver, self.log)
        self.looked_up: list[Any] = []
        for name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex"):
            self.patch(socket, name, lambda *args, **kwargs: self.looked_up.append(args))

    def tearDown(self) -> None:
        self.assertEqual([], [text for text in self.log.texts if re.search("s3cret|wr0ng", text)])

    def listen(self, factory: Any, certificate: Any = None) -> int:
        """Listen on the loopback until the test is over."""
        if certificate is None:
            port = reactor.listenTCP(0, factory, interface="127.0.0.1")
        else:
            port = reactor.listenSSL(0, factory, certificate.options(), interface="127.0.0.1")
        self.addCleanup(port.stopListening)
        number: int = port.getHost().port
        return number

    def enter_by(self, certificate: Any) -> tuple[Entrance, int]:
        """Let TikTok be entered on another port, with this certificate."""
        secure = TLSMemoryBIOFactory(certificate.options(), False, self.simulator.site())
        entrance = Entrance(secure)
        return entrance, self.listen(entrance)

    def proxy(
        self, kind: type[SmallProxy], host: str, port: int, certificate: Any = None
    ) -> SmallProxy:
        """A proxy to which all names of TikTok are known, and who listens under its own."""
        proxy = kind(self.dial, LOGIN)
        self.outside.places[host, port] = self.listen(proxy, certificate)
        return proxy

    def dial(self, host: str, port: int) -> TCP4ClientEndpoint:
        """The way of proxies to TikTok."""
        assert host in HOSTS, host
        real = {443: self.simulated, 80: self.plain}[port]
        return TCP4ClientEndpoint(reactor, "127.0.0.1", real)

    async def follow(self, web: str | None, socket: str | None, **options: str) -> None:
        """A connection to the room, from its beginning to its end, with a comment between."""
        settings = Options(
            request_options=RequestOptions(proxy=web),
            websocket_options=WebsocketOptions(proxy=socket),
            **options,
        )
        wiring = standard_wiring(self.outside, settings, network=self.inner)
        # Users are looked up in one way: the second one, after a failure, would come in while
        # the first is leaving.
        resolver = wiring.informed(ApiLiveResolver(wiring.tiktok))
        wiring = replace(wiring, resolver=resolver)
        connection = WebcastPushConnection("@alice", wiring=wiring)
        comment = f"said after {len(self.simulator.requests)} requests"
        heard: Deferred[None] = Deferred()

        def hear(event: Chat) -> None:
            if event.comment == comment:  # and not an earlier one, told again
                heard.callback(None)

        connection.on(Chat, hear)
        try:
            state = await connection.connect()
            self.assertTrue(state.is_connected)
            self.room.push([chat(comment)])
            await heard
        finally:
            await connection.disconnect()
            await wiring.close()
            for each in (self.http, self.https, self.socks, self.entrance):
                await each.when_quiet()

    def assertNothingBeside(self, *places: tuple[str, int]) -> None:
        """Only these places were gone to, no other name was looked up, and no one else came."""
        self.assertEqual(set(places), set(self.outside.connected))
        self.assertEqual({name for name, _ in places}, set(self.outside.resolved))
        self.assertEqual([], self.looked_up)
        dialled = [each for proxy in (self.http, self.https, self.socks) for each in proxy.targets]
        direct = [each for each in self.outside.connected if each[0] in HOSTS]
        self.assertEqual(len(dialled) + len(direct), self.entrance.visitors)

    async def test_one_for_all(self) -> None:
        """Through each kind of proxy a room can be followed, and everything goes through it."""
        for url, proxy, place in (
            (HTTP, self.http, ("http.proxy.example", 3128)),
            (HTTPS, self.https, ("https.proxy.example", 443)),
            (SOCKS, self.socks, ("socks.proxy.example", 1080)),
        ):
            self.outside.connected.clear()
            self.outside.resolved.clear()
            await self.follow(url, url)
            self.assertNothingBeside(place)
            self.assertEqual({WEB, LIVE, SOCKET}, set(proxy.targets))
            self.assertEqual({LOGIN}, set(proxy.logins))

    async def test_two(self) -> None:
        """HTTP and WebSocket may have different proxies."""
        await self.follow(SOCKS, HTTP)
        self.assertNothingBeside(("http.proxy.example", 3128), ("socks.proxy.example", 1080))
        self.assertEqual({WEB, LIVE}, set(self.socks.targets))
        self.assertEqual([SOCKET], self.http.targets)

    async def test_only_http(self) -> None:
        """With a proxy for HTTP only, the WebSocket goes straight, and nothing else does."""
        self.outside.places[SOCKET] = self.simulated
        await self.follow(HTTP, None)
        self.assertNothingBeside(("http.proxy.example", 3128), SOCKET)
        self.assertEqual({WEB, LIVE}, set(self.http.targets))

    async def test_only_websocket(self) -> None:
        """With a proxy for the WebSocket only, HTTP goes straight."""
        self.outside.places[WEB] = self.outside.places[LIVE] = self.simulated
        await self.follow(None, SOCKS)
        self.assertNothingBeside(("socks.proxy.example", 1080), WEB, LIVE)
        self.assertEqual([SOCKET], self.socks.targets)

    async def test_lanes(self) -> None:
        """Of two lanes each room's requests and stream go by its own, over real TCP and TLS."""
        self.outside.connected.clear()
        wiring = standard_wiring(
            self.outside,
            Options(lanes=(f"name=a,proxy={HTTP}", f"name=b,proxy={SOCKS}")),
            network=self.inner,
        )
        self.simulator.add_room("bob")
        for name, lane, other in (("alice", self.http, self.socks), ("bob", self.socks, self.http)):
            before = len(other.targets)
            connection = WebcastPushConnection(name, wiring=wiring)
            state = await connection.connect()
            self.assertEqual({"alice": "a", "bob": "b"}[name], state.lane)
            await connection.get_room_info()
            await connection.get_available_gifts()
            await connection.disconnect()
            self.assertEqual({WEB, LIVE, SOCKET}, set(lane.targets))
            self.assertEqual(before, len(other.targets))
        await wiring.close()
        for each in (self.http, self.socks, self.entrance):
            await each.when_quiet()
        self.assertNothingBeside(("http.proxy.example", 3128), ("socks.proxy.example", 1080))

    async def test_without_tls(self) -> None:
        """What is not encrypted goes through proxies all the same, by the same means."""
        for url, proxy in ((HTTP, self.http), (HTTPS, self.https), (SOCKS, self.socks)):
            await self.follow(
                url,
                url,
                web_base="http://www.tiktok.com",
                webcast_base="http://webcast.tiktok.com",
                ws_base="ws://webcast-ws.tiktok.com",
            )
            self.assertEqual({(host, 80) for host in DIRECT}, set(proxy.targets))
        self.assertEqual(3, len(set(self.outside.connected)))
        self.assertEqual(set(), {each[0] for each in self.outside.connected} & set(HOSTS))

    async def test_wrong_certificate_of_proxy(self) -> None:
        """An https proxy is not given a password before it has shown its certificate."""
        impostor = ConnectProxy(self.dial, LOGIN)
        port = self.listen(impostor, certificate_for("https.proxy.example"))
        self.outside.places["https.proxy.example", 443] = port
        error = await self.assertFailure(self.following(HTTPS, HTTPS), ProxyError)
        self.assertIn("https.proxy.example:443", str(error))
        self.assertIn("its certificate is ", str(error))
        self.assertEqual([], impostor.logins)
        await impostor.when_quiet()

    async def test_wrong_certificate(self) -> None:
        """A proxy that leads elsewhere is not believed: the certificate is not the target's."""
        self.entrance, self.simulated = self.enter_by(certificate_for(*HOSTS[:3]))
        for url in (HTTP, HTTPS, SOCKS):
            error = await self.assertFailure(self.following(url, url), ConnectError)
            self.assertIn("www.tiktok.com:443 could not be reached: its certificate", str(error))
        self.assertEqual([], self.simulator.requests)

    async def test_wrong_certificate_of_socket(self) -> None:
        """Nor is one for the WebSocket."""
        self.outside.places[WEB] = self.outside.places[LIVE] = self.simulated
        elsewhere, self.simulated = self.enter_by(certificate_for(*HOSTS[:3]))
        error = await self.assertFailure(self.following(None, SOCKS), ConnectError)
        self.assertIn("webcast-ws.tiktok.com:443 could not be reached: its certificate", str(error))
        await elsewhere.when_quiet()

    async def test_wrong_login(self) -> None:
        """A proxy that does not know us is told from a TikTok that does not."""
        for url in (HTTP, HTTPS, SOCKS):
            wrong = url.replace("s3cret", "wr0ng")
            for following in (self.following(wrong, wrong), self.following(HTTP, wrong)):
                error = await self.assertFailure(following, ProxyAuthError)
                self.assertNotIn("wr0ng", str(error))
                self.assertIn(".proxy.example:", str(error))

    async def test_no_proxy(self) -> None:
        """A proxy that is not there is named, and nobody else is asked instead."""
        url = "http://user:s3cret@gone.proxy.example:1"
        error = await self.assertFailure(self.following(url, url), ProxyError)
        self.assertIn("gone.proxy.example:1 could not be reached", str(error))
        self.assertEqual({"gone.proxy.example"}, set(self.outside.resolved))
        self.assertEqual([], self.outside.connected)

    def following(self, web: str | None, socket: str | None) -> Deferred[None]:
        """As :meth:`follow`, for what fails."""
        return Deferred.fromCoroutine(self.follow(web, socket))
