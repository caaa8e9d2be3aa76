"""A client, targets, and the network behind a proxy, in memory."""

from __future__ import annotations

from typing import Any

from twisted.internet.defer import Deferred
from twisted.internet.interfaces import IProtocol
from twisted.internet.protocol import Factory, Protocol, connectionDone
from twisted.protocols.tls import TLSMemoryBIOFactory
from twisted.python.failure import Failure
from twisted.trial.unittest import SynchronousTestCase

from tests.net.certificate import certificate_for
from tests.net.proxies import ConnectProxy, SocksProxy
from tiktoklive.net.proxy import ProxyNetwork, parse_proxy
from tiktoklive.net.tls import TlsPolicy
from tiktoklive.net.web import uri_of
from tiktoklive.testing import MemoryNetwork

LOGIN = ("user", "s3cret")
URLS = {
    ConnectProxy: "http://user:s3cret@proxy.example:3128",
    SocksProxy: "socks5://user:s3cret@proxy.example:1080",
}


class Client(Protocol):
    """Remembers what the target says, and how it ended."""

    def __init__(self) -> None:
        self.heard: list[bytes] = []
        self.over: list[BaseException] = []

    def dataReceived(self, data: bytes) -> None:
        self.heard.append(data)

    def connectionLost(self, reason: Failure = connectionDone) -> None:
        self.over.append(reason.value)


class Hello(Protocol):
    """A server that speaks first, and repeats what it is told."""

    def connectionMade(self) -> None:
        self.transport.write(b"hello ")

    def dataReceived(self, data: bytes) -> None:
        self.transport.write(data)


class MemoryTestCase(SynchronousTestCase):
    """A client, and a network in memory."""

    def setUp(self) -> None:
        self.network = MemoryNetwork()
        self.certificate = certificate_for("target.example", "::1", "xn--bcher-kva.example")
        hello = Factory.forProtocol(Hello)
        secure = TLSMemoryBIOFactory(self.certificate.options(), False, hello, self.network.clock)
        for host in ("target.example", "other.example", "::1", "xn--bcher-kva.example"):
            self.network.add(host, 443, secure, tls=False)
            self.network.add(host, 80, hello)

    def dial(self, host: str, port: int) -> Any:
        """How a proxy in memory gets to a target."""
        uri = uri_of(f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}")
        return self.network.endpointForURI(uri)

    def behind(self, url: str, **more: Any) -> ProxyNetwork:
        """The network behind a proxy."""
        tls = TlsPolicy(self.certificate)
        return ProxyNetwork(self.network, parse_proxy(url), self.network.clock, tls=tls, **more)

    def connect(self, network: ProxyNetwork, url: str) -> Deferred[IProtocol]:
        """Begin to connect a client."""
        return network.endpointForURI(uri_of(url)).connect(Factory.forProtocol(Client))

    def settle(self) -> None:
        self.network.flush()

    def assertQuiet(self) -> None:
        """Nothing is open and no timer runs."""
        self.settle()
        self.assertEqual([], self.network.open)
        self.assertEqual([], self.network.waiting)
        self.assertEqual([], self.network.clock.getDelayedCalls())
