"""
The standard set of parts, and how to put another in the place of one.

A :class:`Wiring` is a frozen table: ``dataclasses.replace(wiring, opener=...)`` gives one
with another part.  What several connections may share (network, cookies of a guest,
the pool of HTTP connections) is shared by giving them the same wiring.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random, SystemRandom
from typing import TYPE_CHECKING, Any

from twisted.internet.defer import Deferred, gatherResults
from twisted.web.iweb import IAgentEndpointFactory

from tiktoklive.breaker import Breaker
from tiktoklive.budget import Budget
from tiktoklive.chat import DirectChat, FirstOfChat, PacedChat
from tiktoklive.gifts import GiftList, KeptGifts
from tiktoklive.interfaces import (
    IChatSender,
    IGiftSource,
    IRoomResolver,
    ISigner,
    IStreamOpener,
    IUrlSigner,
    IUserNames,
)
from tiktoklive.net.classic import ClassicOpener
from tiktoklive.net.identity import GuestIdentity
from tiktoklive.net.login import Login
from tiktoklive.net.network import DirectNetwork
from tiktoklive.net.polling import PollingOpener
from tiktoklive.net.proxy import ProxyNetwork, parse_proxy
from tiktoklive.net.tiktok import TikTokWeb
from tiktoklive.net.web import Web
from tiktoklive.net.websocket import WebSocketOpener
from tiktoklive.options import Options, RequestOptions, WebsocketOptions
from tiktoklive.parts import Parts
from tiktoklive.rooms import (
    ApiLiveResolver,
    FirstOfResolver,
    InformedResolver,
    PacedNames,
    PacedResolver,
    PageResolver,
    ProfileNames,
    fetch_room_info,
)
from tiktoklive.signing import (
    SIGN_BASE,
    ClassicSigner,
    DirectSigner,
    SignedSigner,
    SignServer,
    SignServerChat,
    SignServerGifts,
    SignServerResolver,
    SignServerUrls,
)
from tiktoklive.signing.urls import URL_SIGNERS, URL_TIMEOUT
from tiktoklive.signing.users import users_of
from tiktoklive.sources import OpenerBySource, Source, SourcesInTurn

__all__ = ["Wiring", "standard_wiring"]

#: Seconds that a sign server has for an answer: as TikTok, for it asks TikTok itself.
_SIGN_TIMEOUT = 10.0


if TYPE_CHECKING:
    from twisted.internet.base import ReactorBase


@dataclass(frozen=True, slots=True)
class Wiring:
    """
    The parts that connections are made of.

    :ivar reactor: time and, for the standard network, connections.
    :ivar options: the settings that the parts were made with.
    :ivar network: the door to the network for HTTP.
    :ivar websocket_network: that for WebSockets; the same unless one of them has a proxy.
    :ivar web: HTTP.
    :ivar tiktok: TikTok's web servers, asked as who we are to TikTok.
    :ivar sign_server: the sign server of the signed source.
    :ivar url_signer: signs addresses that TikTok answers only signed.
    :ivar more_web: other users of HTTP, closed with the wiring.
    :ivar names: what users are called now, to find those who changed their name; ``None`` to
        follow whoever has the name.
    :ivar sources: the ways into a room, in order; ``source.state`` says whether one rests.
    :ivar gifts: which gifts can be sent.
    :ivar chat: says something in a room's chat.
    """

    reactor: Any
    options: Options
    network: IAgentEndpointFactory
    websocket_network: IAgentEndpointFactory
    random: Random
    web: Web
    tiktok: TikTokWeb
    sign_server: SignServer
    url_signer: IUrlSigner
    resolver: IRoomResolver
    signer: ISigner
    opener: IStreamOpener
    gifts: IGiftSource
    chat: IChatSender
    more_web: tuple[Web, ...] = ()
    sources: tuple[Source, ...] = ()
    names: IUserNames | None = None

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
            initial_data=self.options.process_initial_data,
            names=self.names,
        )

    def informed(self, resolver: IRoomResolver) -> IRoomResolver:
        """A resolver that also asks for what the options say should be known of a room."""
        info = self.room_info if self.options.fetch_room_info_on_connect else None
        gifts = self.gifts if self.options.enable_extended_gift_info else None
        if info is None and gifts is None:
            return resolver
        return InformedResolver(resolver, info, gifts)

    async def room_info(self, room_id: str) -> dict[str, Any]:
        """What TikTok tells about a room; see :func:`tiktoklive.rooms.fetch_room_info`."""
        return await fetch_room_info(self.tiktok, room_id)

    def close(self) -> Deferred[None]:
        """Close what is kept open between requests; fires when it is closed."""
        closing = [Deferred.fromCoroutine(web.close()) for web in (self.web, *self.more_web)]
        return gatherResults(closing).addCallback(lambda results: None)


def standard_wiring(
    reactor: Any = None,
    options: Options | None = None,
    *,
    network: IAgentEndpointFactory | None = None,
    random: Random | None = None,
) -> Wiring:
    """
    Put together the parts that the options ask for.

    :param reactor: the reactor, or a test's clock together with ``network``; the global
        reactor when left out.
    :param network: where connections go, those to proxies too; straight to their hosts when
        left out.
    :param random: for device presets and jitter.
    :raise ValueError: an option's value is no good: a cookie that is none, an unknown source, no
        address of a proxy.
    """
    if reactor is None:
        reactor = _global_reactor()
    options = options or Options()
    network = network or DirectNetwork(reactor)
    random = random or SystemRandom()
    web_network = _way(reactor, network, options.request_options, "request_options")
    web = Web(web_network, reactor, timeout=options.request_options.timeout)
    identity = GuestIdentity(
        web,
        reactor,
        random,
        base=options.web_base,
        ttwid=options.ttwid,
        headers=options.request_headers,
    )
    login = None
    if options.session_id is not None:
        login = Login(options.session_id, options.tt_target_idc, options.session_hosts)
    tiktok = TikTokWeb(
        web,
        identity,
        web_base=options.web_base,
        webcast_base=options.webcast_base,
        login=login,
        params=options.client_params,
        headers=options.request_headers,
    )
    sign_web = Web(web_network, reactor, timeout=_SIGN_TIMEOUT)
    provider = options.sign_provider_options
    sign_server = SignServer(
        sign_web,
        base=provider.host or options.sign_base or SIGN_BASE,
        api_key=provider.api_key,
        params=provider.params,
        headers=provider.headers,
        login=login,
    )
    url_web = Web(web_network, reactor, timeout=URL_TIMEOUT)
    url_signer = _url_signer(url_web, options)
    wiring = Wiring(
        reactor=reactor,
        options=options,
        network=web_network,
        websocket_network=_way(reactor, network, options.websocket_options, "websocket_options"),
        random=random,
        web=web,
        tiktok=tiktok,
        sign_server=sign_server,
        url_signer=url_signer,
        more_web=(sign_web, url_web),
        resolver=_resolver(tiktok, sign_server, options),
        signer=SourcesInTurn(()),
        opener=OpenerBySource(()),
        gifts=KeptGifts(_gifts(tiktok, url_signer, sign_server), reactor),
        chat=PacedChat(
            FirstOfChat(_chat(tiktok, sign_server, options)),
            reactor,
            options.chat_interval,
            session_id=options.session_id,
        ),
    )
    sources = tuple(_source(name, wiring) for name in options.sources)
    if not sources:
        raise ValueError("There is no source to try.")
    paced = PacedResolver(wiring.resolver, reactor, options.lookups_per_minute)
    return replace(
        wiring,
        sources=sources,
        resolver=wiring.informed(paced),
        names=PacedNames(ProfileNames(tiktok), paced),
        signer=SourcesInTurn(sources),
        opener=OpenerBySource(sources),
    )


def _url_signer(web: Web, options: Options) -> IUrlSigner:
    """Sign servers for addresses: the user's first, then the customary ones."""
    provider = options.sign_provider_options
    customary = (options.sign_base,) if options.sign_base else URL_SIGNERS
    bases = [base.rstrip("/") for base in (provider.host, *customary) if base]
    servers = [
        SignServer(
            web,
            base=base,
            api_key=provider.api_key,
            params=provider.params,
            headers=provider.headers,
        )
        for base in dict.fromkeys(bases)
    ]
    return SignServerUrls(servers, users_of(web.clock))


def _resolver(tiktok: TikTokWeb, server: SignServer, options: Options) -> IRoomResolver:
    """
    Who is asked for rooms; the classic client asks the page first (wire facts §8.1).

    Sign servers answer this, and the two things below, only to those who have a key.
    """
    parts: list[tuple[str, IRoomResolver]] = [
        ("api-live", ApiLiveResolver(tiktok)),
        ("page", PageResolver(tiktok)),
    ]
    if options.sources[:1] == ("classic",):
        parts.reverse()
    if server.api_key:
        parts.append(("sign server", SignServerResolver(server)))
    return FirstOfResolver(parts)


def _gifts(
    tiktok: TikTokWeb, url_signer: IUrlSigner, server: SignServer
) -> list[tuple[str, IGiftSource]]:
    """Who is asked for gifts: whether the list has to be signed is contested (wire facts §8.4)."""
    parts: list[tuple[str, IGiftSource]] = [
        ("unsigned", GiftList(tiktok)),
        ("signed", GiftList(tiktok, url_signer)),
    ]
    if server.api_key:
        parts.append(("sign server", SignServerGifts(server)))
    return parts


def _chat(tiktok: TikTokWeb, server: SignServer, options: Options) -> list[tuple[str, IChatSender]]:
    """Who takes chat messages."""
    parts: list[tuple[str, IChatSender]] = [
        ("TikTok", DirectChat(tiktok, options.session_hosts)),
    ]
    if server.api_key:
        chat = SignServerChat(server, target_idc=options.tt_target_idc, hosts=options.session_hosts)
        parts.append(("sign server", chat))
    return parts


def _way(
    reactor: Any,
    network: IAgentEndpointFactory,
    options: RequestOptions | WebsocketOptions,
    where: str,
) -> IAgentEndpointFactory:
    """The network, through a proxy if there is one."""
    if options.proxy is None:
        return network
    try:
        proxy = parse_proxy(options.proxy)
    except ValueError as error:
        raise ValueError(f"{where}.proxy cannot be used. {error}") from None
    # Less than for the whole: then it is the proxy that is named as late, and not the target.
    return ProxyNetwork(network, proxy, reactor, timeout=0.9 * options.timeout)


def _source(name: str, wiring: Wiring) -> Source:
    make = SOURCES.get(name)
    if make is None:
        raise ValueError(f"There is no source {name!r}: choose of {', '.join(SOURCES)}.")
    return replace(make(wiring), breaker=Breaker(name, wiring.reactor, wiring.options.tolerance))


def _sockets(wiring: Wiring) -> WebSocketOpener:
    timeout = wiring.options.websocket_options.timeout
    return WebSocketOpener(wiring.websocket_network, wiring.reactor, timeout=timeout)


def _direct(wiring: Wiring) -> Source:
    options = wiring.options
    signer = DirectSigner(
        wiring.tiktok.identity,
        wiring.random,
        ws_base=options.ws_base,
        compress=options.compress,
        history=options.process_initial_data,
        login=wiring.tiktok.login,
        params=options.client_params,
        headers=options.websocket_headers,
        sign_query=options.sign_query,
    )
    return Source("direct", signer, _sockets(wiring))


def _signed(wiring: Wiring) -> Source:
    options = wiring.options
    signer = SignedSigner(
        wiring.sign_server,
        wiring.tiktok.identity,
        wiring.random,
        path=options.sign_path,
        bases=(options.ws_base, options.webcast_base, options.web_base),
        compress=options.compress,
        history=options.process_initial_data,
        params=options.client_params,
        headers=options.websocket_headers,
    )
    return Source("signed", signer, _sockets(wiring), budget=_sign_budget(wiring))


def _classic(wiring: Wiring) -> Source:
    options, tiktok = wiring.options, wiring.tiktok
    signer = ClassicSigner(
        tiktok,
        wiring.url_signer,
        users_of(wiring.reactor),
        bases=(options.ws_base, options.webcast_base, options.web_base),
        upgrade=options.enable_websocket_upgrade,
        compress=options.compress,
        headers=options.websocket_headers,
    )
    polling = PollingOpener(tiktok, wiring.reactor, interval=options.request_polling_interval)
    opener = ClassicOpener(
        _sockets(wiring), polling if options.enable_request_polling else None, tiktok
    )
    return Source("classic", signer, opener, budget=_sign_budget(wiring))


def _sign_budget(wiring: Wiring) -> Budget:
    per_minute = wiring.options.sign_requests_per_minute
    # All of a minute's may come at once: reconnects do, and each waits for its ticket.
    return Budget(wiring.reactor, per_minute, burst=int(per_minute))


#: The sources by name, and how each is made.
SOURCES: dict[str, Callable[[Wiring], Source]] = {
    "direct": _direct,
    "signed": _signed,
    "classic": _classic,
}


def _global_reactor() -> ReactorBase:
    from twisted.internet import reactor

    return reactor  # type: ignore[return-value]  # Twisted types it as its interfaces
