"""A reactor in memory that asks nobody for names."""

from __future__ import annotations

from typing import Any

from twisted.internet.address import IPv4Address
from twisted.internet.interfaces import (
    IHostnameResolver,
    IHostResolution,
    IReactorPluggableNameResolver,
    IResolutionReceiver,
)
from twisted.internet.testing import MemoryReactorClock
from zope.interface import implementer

#: Where every host is.
HOME = "127.0.0.1"


@implementer(IHostResolution)
class Resolution:
    """A look-up, over as soon as it is begun."""

    def __init__(self, name: str) -> None:
        self.name = name

    def cancel(self) -> None:
        """It is too late."""


@implementer(IHostnameResolver)
class HomeResolver:
    """Every host is at :data:`HOME`, and is found at once."""

    def resolveHostName(
        self,
        resolutionReceiver: IResolutionReceiver,
        hostName: str,
        portNumber: int = 0,
        addressTypes: Any = None,
        transportSemantics: str = "TCP",
    ) -> Resolution:
        """Tell it."""
        resolution = Resolution(hostName)
        resolutionReceiver.resolutionBegan(resolution)
        resolutionReceiver.addressResolved(IPv4Address("TCP", HOME, portNumber))
        resolutionReceiver.resolutionComplete()
        return resolution


@implementer(IReactorPluggableNameResolver)
class MemoryReactor(MemoryReactorClock):
    """
    Twisted's own, with names.

    Twisted 24.11's had none: what was to be connected by it asked the system for the host, in a
    thread of the global reactor, and another test got the answer.
    """

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # Twisted's
        self.nameResolver: Any = HomeResolver()
