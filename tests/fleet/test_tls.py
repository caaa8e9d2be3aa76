"""The client through TLS, and over TCP: a server in front of Redis that ends the TLS."""

from __future__ import annotations

from typing import Any

from twisted.internet.endpoints import UNIXClientEndpoint
from twisted.internet.interfaces import IAddress
from twisted.internet.protocol import Factory, Protocol
from twisted.internet.ssl import PrivateCertificate
from twisted.python.failure import Failure

from tests.fleet.server import RedisServer, RedisTestCase
from tests.net.certificate import certificate_for
from tiktoklive.fleet.address import TRUSTED, parse_redis
from tiktoklive.fleet.client import RedisClient, make_client


class Relay(Protocol):
    """One end: what it gets, the other end sends."""

    def __init__(self) -> None:
        self.other: Relay | None = None
        self.early = b""

    def dataReceived(self, data: bytes) -> None:
        if self.other is None or self.other.transport is None:
            self.early += data
        else:
            self.other.transport.write(data)

    def connectionLost(self, reason: Failure = Failure(Exception())) -> None:  # noqa: B008
        if self.other is not None and self.other.transport is not None:
            self.other.transport.loseConnection()


class Front(Factory):
    """Connects each client with the server."""

    noisy = False

    def __init__(self, server: RedisServer, reactor: Any) -> None:
        self._endpoint = UNIXClientEndpoint(reactor, server.path)

    def buildProtocol(self, addr: IAddress | None) -> Relay:
        front = Relay()

        def connected(back: Any) -> None:
            front.other, back.other = back, front
            back.transport.write(front.early)

        connecting = self._endpoint.connect(Factory.forProtocol(Relay))
        connecting.addCallbacks(connected, lambda failure: None)
        return front


class TlsTests(RedisTestCase):
    """``rediss`` and ``redis``."""

    async def front(self, certificate: PrivateCertificate | None) -> int:
        """The port of a server in front of Redis, with TLS if there is a certificate."""
        from twisted.internet import reactor

        server = self.server()
        await self.connected(server)
        listens: Any = reactor
        if certificate is None:
            port = listens.listenTCP(0, Front(server, reactor), interface="127.0.0.1")
        else:
            options, front = certificate.options(), Front(server, reactor)
            port = listens.listenSSL(0, front, options, interface="127.0.0.1")
        self.addCleanup(port.stopListening)
        number: int = port.getHost().port
        return number

    def made(self, url: str, **environ: str) -> RedisClient:
        """A client that is running."""
        from twisted.internet import reactor

        client = make_client(parse_redis(url)[0], reactor, environ)
        client.startService()
        self.addCleanup(client.stopService)
        return client

    async def test_tcp(self) -> None:
        """Without TLS, by the host's address."""
        client = self.made(f"redis://127.0.0.1:{await self.front(None)}/3")
        await client.when_connected()
        self.assertEqual(b"PONG", await client.call("PING"))

    async def test_trusted(self) -> None:
        """With TLS, where the certificate is one that is trusted, and names the host."""
        certificate = certificate_for("127.0.0.1")
        path = self.mktemp()
        with open(path, "wb") as file:
            file.write(certificate.dumpPEM())
        url = f"rediss://127.0.0.1:{await self.front(certificate)}"
        client = self.made(url, **{TRUSTED: path})
        await client.when_connected()
        self.assertEqual(b"OK", await client.call("SET", "large", bytes(1_000_000)))
        self.assertEqual(bytes(1_000_000), await client.call("GET", "large"))

    async def test_refused(self) -> None:
        """Any other is refused, and that is told as the reason."""
        url = f"rediss://127.0.0.1:{await self.front(certificate_for('127.0.0.1'))}"
        client = self.made(url)
        waiting = client.when_connected()
        while "certificate" not in client.why:
            await self.moment()
        self.assertNoResult(waiting)
        waiting.addErrback(lambda _: None)
