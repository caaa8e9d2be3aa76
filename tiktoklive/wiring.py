"""
The standard set of parts, and how to put another in the place of one.

A :class:`Wiring` is a frozen table: ``dataclasses.replace(wiring, opener=...)`` gives one
with another part.  What several connections may share (network, cookies of a guest,
the pool of HTTP connections) is shared by giving them the same wiring.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random, SystemRandom
from typing import TYPE_CHECKING, Any

from twisted.internet.defer import Deferred
from twisted.web.iweb import IAgentEndpointFactory

from tiktoklive.conversation import Limits
from tiktoklive.course import Parts, Patience
from tiktoklive.interfaces import IRoomResolver, ISigner, IStreamOpener
from tiktoklive.net.identity import GuestIdentity
from tiktoklive.net.network import DirectNetwork
from tiktoklive.net.web import Web
from tiktoklive.net.websocket import WebSocketOpener
from tiktoklive.rooms import ApiLiveResolver, fetch_room_info
from tiktoklive.signing import DirectSigner

__all__ = ["Options", "Wiring", "standard_wiring"]


if TYPE_CHECKING:
    from twisted.internet.base import ReactorBase


@dataclass(frozen=True, slots=True)
class Options:
    """
    Settings of a connection.

    :ivar web_base: TikTok's pages and look-ups; like the next two, a relay or a simulator
        can stand in.
    :ivar webcast_base: TikTok's live API.
    :ivar ws_base: the WebSocket server; ``wss://webcast-ws.eu.tiktok.com`` and ``.us.`` are
        said to reach the same (wire facts §2.1).
    :ivar ttwid: the value of a guest cookie from a browser, byte for byte; without it one is
        asked for.
    :ivar compress: ask for gzip.
    :ivar request_timeout: seconds for one HTTP request.
    :ivar websocket_timeout: seconds until the WebSocket must be open.
    :ivar patience: how long to wait before trying again.
    :ivar limits: what to put up with.
    """

    web_base: str = "https://www.tiktok.com"
    webcast_base: str = "https://webcast.tiktok.com"
    ws_base: str = "wss://webcast-ws.tiktok.com"
    ttwid: str | None = field(default=None, repr=False)
    compress: bool = True
    request_timeout: float = 10.0
    websocket_timeout: float = 20.0
    patience: Patience = field(default_factory=Patience)
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True)
class Wiring:
    """
    The parts that connections are made of.

    :ivar reactor: time and, for the standard network, connections.
    :ivar options: the settings that the parts were made with.
    :ivar network: the one door to the network.
    :ivar web: HTTP.
    :ivar identity: who we are to TikTok.
    """

    reactor: Any
    options: Options
    network: IAgentEndpointFactory
    random: Random
    web: Web
    identity: GuestIdentity
    resolver: IRoomResolver
    signer: ISigner
    opener: IStreamOpener

    def parts(self) -> Parts:
        """What a session needs."""
        return Parts(
            resolver=self.resolver,
            signer=self.signer,
            opener=self.opener,
            clock=self.reactor,
            random=self.random,
            patience=self.options.patience,
            limits=self.options.limits,
        )

    async def room_info(self, room_id: str) -> dict[str, Any]:
        """What TikTok tells about a room; see :func:`tiktoklive.rooms.fetch_room_info`."""
        return await fetch_room_info(
            self.web, self.identity.device, room_id, webcast_base=self.options.webcast_base
        )

    def close(self) -> Deferred[None]:
        """Close what is kept open between requests; fires when it is closed."""
        return Deferred.fromCoroutine(self.web.close())


def standard_wiring(
    reactor: Any = None,
    options: Options | None = None,
    *,
    network: IAgentEndpointFactory | None = None,
    random: Random | None = None,
) -> Wiring:
    """
    Put together the direct source: api-live, a guest's cookie, TikTok's own WebSocket.

    :param reactor: the reactor, or a test's clock together with ``network``; the global
        reactor when left out.
    :param network: where connections go; straight to their hosts when left out.
    :param random: for device presets and jitter.
    """
    if reactor is None:
        reactor = _global_reactor()
    options = options or Options()
    network = network or DirectNetwork(reactor)
    random = random or SystemRandom()
    web = Web(network, reactor, timeout=options.request_timeout)
    identity = GuestIdentity(web, reactor, random, base=options.web_base, ttwid=options.ttwid)
    return Wiring(
        reactor=reactor,
        options=options,
        network=network,
        random=random,
        web=web,
        identity=identity,
        resolver=ApiLiveResolver(web, identity, web_base=options.web_base),
        signer=DirectSigner(identity, random, ws_base=options.ws_base, compress=options.compress),
        opener=WebSocketOpener(network, reactor, timeout=options.websocket_timeout),
    )


def _global_reactor() -> ReactorBase:
    from twisted.internet import reactor

    return reactor  # type: ignore[return-value]  # Twisted types it as its interfaces
