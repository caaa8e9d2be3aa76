"""A network that reaches only the internet."""

from __future__ import annotations

from typing import Any

from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.error import DNSLookupError
from twisted.internet.interfaces import IHostnameResolver
from twisted.internet.testing import MemoryReactorClock
from twisted.trial.unittest import SynchronousTestCase
from twisted.web.client import URI
from zope.interface import implementer

from tiktoklive.net.guarded import GuardedNetwork, is_public


class AddressTests(SynchronousTestCase):
    """Which addresses are public."""

    def test_not_public(self) -> None:
        """This machine, its neighbours, and what stands for them in another notation."""
        for host in (
            "127.0.0.1",
            "127.9.9.9",
            "0.0.0.0",
            "10.0.0.1",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "192.0.2.1",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "fe80::1",
            "fe80::1%eth0",
            "fc00::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "2002:a00:1::1",
            "no address",
            "",
        ):
            self.assertFalse(is_public(host), host)

    def test_public(self) -> None:
        """The internet, over IPv6 too."""
        for host in ("8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"):
            self.assertTrue(is_public(host), host)


@implementer(IHostnameResolver)
class Turning:
    """A resolver whose every answer is the next of a list."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers = list(answers)

    def resolveHostName(
        self,
        resolutionReceiver: Any,
        hostName: str,
        portNumber: int = 0,
        addressTypes: Any = None,
        transportSemantics: str = "TCP",
    ) -> Any:
        resolutionReceiver.resolutionBegan(self)
        for host in self.answers.pop(0):
            kind = IPv6Address if ":" in host else IPv4Address
            resolutionReceiver.addressResolved(kind("TCP", host, portNumber))
        resolutionReceiver.resolutionComplete()
        return self


class NetworkTests(SynchronousTestCase):
    """What is connected to."""

    def connect(self, *answers: list[str]) -> tuple[Any, GuardedNetwork, list[str]]:
        """Connect once; the attempt, the network, and the addresses that were tried."""
        reactor: Any = MemoryReactorClock()
        self.resolver = reactor.nameResolver = Turning(*answers)
        network = GuardedNetwork(reactor)
        uri = URI.fromBytes(b"http://hook.test:8000/")
        attempt = network.endpointForURI(uri).connect(None)  # type: ignore[arg-type]
        reactor.advance(1)
        return attempt, network, [client[0] for client in reactor.tcpClients]

    def test_refused(self) -> None:
        """A name that stands for an address at home is not connected to."""
        attempt, network, tried = self.connect(["10.0.0.1"])
        self.failureResultOf(attempt, DNSLookupError)
        self.assertEqual(("10.0.0.1", []), (network.refused, tried))

    def test_sorted_out(self) -> None:
        """Of several addresses, only those of the internet are tried."""
        _, _, tried = self.connect(["192.168.1.1", "8.8.8.8", "::1"])
        self.assertEqual(["8.8.8.8"], tried)

    def test_rebinding(self) -> None:
        """The name is looked up once: what was checked is what is connected to."""
        _, network, tried = self.connect(["8.8.8.8"], ["127.0.0.1"])
        self.assertEqual((["8.8.8.8"], ""), (tried, network.refused))
        self.assertEqual([["127.0.0.1"]], self.resolver.answers)
