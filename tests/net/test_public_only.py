"""A network that reaches only the internet."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, ip_network
from typing import Any

from hypothesis import given
from hypothesis.strategies import ip_addresses
from twisted.internet.address import IPv4Address as TCP4
from twisted.internet.address import IPv6Address as TCP6
from twisted.internet.error import DNSLookupError
from twisted.internet.interfaces import IHostnameResolver
from twisted.trial.unittest import SynchronousTestCase
from twisted.web.client import URI
from zope.interface import implementer

from tests.reactors import MemoryReactor
from tiktoklive.net.public_only import PublicNetwork, is_public
from tiktoklive.net.special import IPV4, IPV6, MULTICAST, UNICAST

#: Blocks whose addresses stand for others.
HOLDING = ("::ffff:0:0/96", "64:ff9b::/96", "2001::/32", "2002::/16")


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
            "192.0.0.192",
            "192.88.99.1",
            "fec0::1",
            "3fff::1",
            "3fff:fff:ffff::1",
            "::8.8.8.8",
            "4000::1",
            "2001::1",
            "2001:0:0808:0808::f5ff:fffe",  # Teredo of 10.0.0.1 by 8.8.8.8
            "2001:0:0a00:0001::f7f7:f7f7",  # Teredo of 8.8.8.8 by 10.0.0.1
            "2002:c058:6301::1",
            "no address",
            "",
        ):
            self.assertFalse(is_public(host), host)

    def test_public(self) -> None:
        """The internet, over IPv6 too."""
        for host in (
            "8.8.8.8",
            "2606:4700::1111",
            "::ffff:8.8.8.8",
            "64:ff9b::808:808",
            "2002:808:808::1",
            "2001:0:0808:0808::f7f7:f7f7",  # Teredo of 8.8.8.8 by 8.8.8.8
            "192.0.0.9",
            "192.0.1.0",
            "223.255.255.255",
            "3fff:1000::",
            "3ffe:ffff::1",
        ):
            self.assertTrue(is_public(host), host)


def expected(address: IPv4Address | IPv6Address) -> bool:
    """What the registries say of an address: the word of the smallest block around it."""
    number, entries = int(address), IPV6 if address.version == 6 else IPV4
    words = []
    for block, _, reachable in entries:
        network = ip_network(block)
        if int(network.network_address) <= number <= int(network.broadcast_address):
            words.append((network.num_addresses, reachable is True))
    if address.version == 6:
        return number >> 125 == 1 and (not words or min(words)[1])
    return number >> 28 != 14 and (not words or min(words)[1])


def places(block: str) -> Iterator[IPv4Address | IPv6Address]:
    """The first, the last and a middle address of a block, and its neighbours outside."""
    network = ip_network(block)
    first, last = int(network.network_address), int(network.broadcast_address)
    make = type(network.network_address)
    for number in (first - 1, first, (first + last) // 2, last, last + 1):
        if 0 <= number < 2**network.max_prefixlen:
            yield make(number)


#: "Globally reachable" in the registries, as of their date.
PUBLIC = """
192.0.0.9/32 192.0.0.10/32 192.31.196.0/24 192.52.193.0/24 192.175.48.0/24
64:ff9b::/96 2001:1::1/128 2001:1::2/128 2001:1::3/128 2001:3::/32 2001:4:112::/48 2001:20::/28
2001:30::/28 2620:4f:8000::/48
"""


class RegistryTests(SynchronousTestCase):
    """The registries of addresses of special purpose, entry by entry."""

    def test_ipv4(self) -> None:
        """Each block of IPv4 is as public as its entry says, and ends where it does."""
        for block in (*(entry[0] for entry in IPV4), MULTICAST, "8.0.0.0/8"):
            for address in places(block):
                self.assertEqual(expected(address), is_public(str(address)), (block, address))

    def test_ipv6(self) -> None:
        """So is each block of IPv6 that stands for nothing else."""
        holding = [ip_network(block) for block in HOLDING]
        for block in (*(entry[0] for entry in IPV6), "fec0::/10", "ff00::/8", "::/96", UNICAST):
            for address in places(block):
                if not any(address in network for network in holding):
                    self.assertEqual(expected(address), is_public(str(address)), (block, address))

    def test_held(self) -> None:
        """An address that stands for one of IPv4 is as public as that is, in each notation."""
        for block in (*(entry[0] for entry in IPV4), MULTICAST, "8.0.0.0/8"):
            for address in places(block):
                number, said = int(address), is_public(str(address))
                for held in (
                    0xFFFF << 32 | number,
                    0x64FF9B << 96 | number,
                    0x2002 << 112 | number << 80 | 0xFFFF,
                    0x2001_0000 << 96 | number << 64 | 0xF7F7F7F7,
                    0x2001_0000 << 96 | 0x08080808 << 64 | number ^ 0xFFFFFFFF,
                ):
                    self.assertEqual(said, is_public(str(IPv6Address(held))), (address, held))

    def test_whole(self) -> None:
        """The tables have an entry for each block once, and blocks that are none don't get in."""
        for entries, count in ((IPV4, 26), (IPV6, 25)):
            self.assertEqual(count, len({ip_network(entry[0]) for entry in entries}))
            self.assertEqual(count, len(entries))

    def test_public(self) -> None:
        """Of the blocks of special purpose these are public, and all else is not."""
        public = [entry[0] for entry in (*IPV4, *IPV6) if entry[2]]
        self.assertEqual(PUBLIC.split(), public)

    @given(ip_addresses())
    def test_any(self, address: IPv4Address | IPv6Address) -> None:
        """Any address at all has the answer of the registries."""
        if not any(address in ip_network(block) for block in HOLDING):
            self.assertEqual(expected(address), is_public(str(address)))


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
            kind = TCP6 if ":" in host else TCP4
            resolutionReceiver.addressResolved(kind("TCP", host, portNumber))
        resolutionReceiver.resolutionComplete()
        return self


class NetworkTests(SynchronousTestCase):
    """What is connected to."""

    def connect(self, *answers: list[str]) -> tuple[Any, PublicNetwork, list[str]]:
        """Connect once; the attempt, the network, and the addresses that were tried."""
        reactor: Any = MemoryReactor()
        self.resolver = reactor.nameResolver = Turning(*answers)
        network = PublicNetwork(reactor)
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
