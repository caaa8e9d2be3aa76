"""
A network that reaches only addresses of the internet, none of this machine or its neighbours.

Addresses that others give must not let them reach what only we can reach.  A name is
looked up once per connection, what it stands for is checked, and that is connected to: a name
that stands for something else a moment later gains nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from typing import Any

from twisted.internet.address import IPv4Address as TCP4
from twisted.internet.address import IPv6Address as TCP6
from twisted.internet.interfaces import (
    IAddress,
    IHostnameResolver,
    IHostResolution,
    IReactorPluggableNameResolver,
    IResolutionReceiver,
)
from zope.interface import implementer

from tiktoklive.net.network import DirectNetwork
from tiktoklive.net.special import IPV4, IPV6, MULTICAST, UNICAST, Entry

#: Where an IPv6 address holds one of IPv4, and at which bits.  Teredo holds two, one inverted.
_HOLDING = (
    (IPv6Network("::ffff:0:0/96"), 0),
    (IPv6Network("64:ff9b::/96"), 0),
    (IPv6Network("2002::/16"), 80),
)
_TEREDO = IPv6Network("2001::/32")

_MULTICAST, _UNICAST = IPv4Network(MULTICAST), IPv6Network(UNICAST)


def _by_size(entries: Iterable[Entry]) -> list[tuple[IPv4Network | IPv6Network, bool]]:
    """Blocks and whether they are public, those within others before these."""
    blocks = [(ip_network(block), reachable is True) for block, _, reachable in entries]
    return sorted(blocks, key=lambda block: -block[0].prefixlen)


_SPECIAL4, _SPECIAL6 = _by_size(IPV4), _by_size(IPV6)


def is_public(host: str) -> bool:
    """
    Whether an IP address belongs to the internet, and is one machine's.

    An address that stands for others, such as that of a translator, is as public as those are.
    """
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return False
    if isinstance(address, IPv4Address):
        return address not in _MULTICAST and _is_reachable(address, _SPECIAL4)
    held = _held(address)
    if held:
        return all(is_public(str(each)) for each in held)
    return address in _UNICAST and _is_reachable(address, _SPECIAL6)


def _is_reachable(
    address: IPv4Address | IPv6Address, special: list[tuple[IPv4Network | IPv6Network, bool]]
) -> bool:
    """What the smallest block with the address says; what is in none is public."""
    return next((reachable for block, reachable in special if address in block), True)


def _held(address: IPv6Address) -> list[IPv4Address]:
    """The IPv4 addresses that an IPv6 address stands for."""
    bits = int(address)
    if address in _TEREDO:
        return [IPv4Address(bits >> 64 & 0xFFFFFFFF), IPv4Address(bits & 0xFFFFFFFF ^ 0xFFFFFFFF)]
    return [
        IPv4Address(bits >> shift & 0xFFFFFFFF) for network, shift in _HOLDING if address in network
    ]


class PublicNetwork(DirectNetwork):
    """
    As :class:`~tiktoklive.net.network.DirectNetwork`, with addresses that are not public left
    out of what a name stands for.

    A caller that uses it for more than one host cannot tell whose address :attr:`refused` is.
    """

    def __init__(self, reactor: Any, *, connect_timeout: float = 15.0) -> None:
        self._guard = _Guard(reactor)
        super().__init__(self._guard, connect_timeout=connect_timeout)

    @property
    def refused(self) -> str:
        """An address that was left out of the last look-up, ``""`` if none was."""
        return self._guard.nameResolver.refused


@implementer(IReactorPluggableNameResolver)
class _Guard:
    """The reactor, with a resolver that leaves addresses out."""

    def __init__(self, reactor: Any) -> None:
        self._reactor = reactor
        self.nameResolver = _PublicOnly(reactor)

    def installNameResolver(self, resolver: IHostnameResolver) -> IHostnameResolver:
        """Install one in the reactor itself."""
        installed: IHostnameResolver = self._reactor.installNameResolver(resolver)
        return installed

    def __getattr__(self, name: str) -> Any:
        return getattr(self._reactor, name)


@implementer(IHostnameResolver)
class _PublicOnly:
    """Asks the resolver of the reactor, whichever it has when it is asked."""

    def __init__(self, reactor: Any) -> None:
        self._reactor = reactor
        self.refused = ""

    def resolveHostName(
        self,
        resolutionReceiver: IResolutionReceiver,
        hostName: str,
        portNumber: int = 0,
        addressTypes: Sequence[type[IAddress]] | None = None,
        transportSemantics: str = "TCP",
    ) -> IHostResolution:
        """Look a name up."""
        self.refused = ""
        resolution: IHostResolution = self._reactor.nameResolver.resolveHostName(
            _Sieve(resolutionReceiver, self._refuse),
            hostName,
            portNumber,
            addressTypes,
            transportSemantics,
        )
        return resolution

    def _refuse(self, host: str) -> None:
        self.refused = host


@implementer(IResolutionReceiver)
class _Sieve:
    """Passes public addresses on."""

    def __init__(self, receiver: IResolutionReceiver, refuse: Callable[[str], None]) -> None:
        self._receiver = receiver
        self._refuse = refuse

    def resolutionBegan(self, resolutionInProgress: IHostResolution) -> None:
        """It begins."""
        self._receiver.resolutionBegan(resolutionInProgress)

    def addressResolved(self, address: IAddress) -> None:
        """One more address."""
        if isinstance(address, TCP4 | TCP6) and is_public(address.host):
            self._receiver.addressResolved(address)
        else:
            self._refuse(getattr(address, "host", str(address)))

    def resolutionComplete(self) -> None:
        """That was all."""
        self._receiver.resolutionComplete()
