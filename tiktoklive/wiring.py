"""
The standard set of parts, and how to put another in the place of one.

A :class:`Wiring` is a frozen table: ``dataclasses.replace(wiring, opener=...)`` gives one
with another part.  What several connections may share (network, cookies of a guest,
the pool of HTTP connections) is shared by giving them the same wiring.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from random import Random, SystemRandom
from typing import TYPE_CHECKING, Any

from twisted.internet.defer import Deferred, gatherResults
from twisted.web.iweb import IAgentEndpointFactory

from tiktoklive import servers
from tiktoklive.chat import FirstOfChat, PacedChat
from tiktoklive.clock import steady_clock
from tiktoklive.described.given import instead_of
from tiktoklive.dispatch.backpressure import BackPressure
from tiktoklive.dispatch.dispatcher import Dispatcher
from tiktoklive.gifts import KeptGifts
from tiktoklive.interfaces import (
    IChatSender,
    IGiftSource,
    IRoomResolver,
    ISigner,
    IStreamOpener,
    IUrlSigner,
    IUserNames,
)
from tiktoklive.model import LookupState, SourcesState
from tiktoklive.net.identity import GuestIdentity
from tiktoklive.net.login import Login
from tiktoklive.net.network import DirectNetwork
from tiktoklive.net.proxy import ProxyNetwork, parse_proxy
from tiktoklive.net.redaction import Redaction
from tiktoklive.net.tiktok import TikTokWeb
from tiktoklive.net.web import Web
from tiktoklive.options import Options, RequestOptions, WebsocketOptions
from tiktoklive.pacing.lookups import LookUpQueue, Priority
from tiktoklive.rooms import (
    InformedResolver,
    PacedNames,
    PacedResolver,
    ProfileNames,
    fetch_room_info,
)
from tiktoklive.servers import Budgets
from tiktoklive.session.parts import Parts
from tiktoklive.signing import SignServer
from tiktoklive.signing.urls import URL_TIMEOUT
from tiktoklive.sources import OpenerBySource, Source, SourcesInTurn
from tiktoklive.standard_sources import source_named

__all__ = ["Wiring", "standard_wiring"]

#: Seconds that a sign server has for an answer: as TikTok, for it asks TikTok itself.
_SIGN_TIMEOUT = 10.0


if TYPE_CHECKING:
    from twisted.internet.base import ReactorBase


@dataclass(frozen=True, slots=True)
class Wiring:
    """
    The parts that connections are made of.

    :ivar reactor: time and, for the standard network, connections; of a reactor whose time is the
        wall clock's, the :class:`~tiktoklive.clock.SteadyClock`.
    :ivar options: the settings that the parts were made with.
    :ivar door: the door to the network, before there is any proxy.
    :ivar network: the door to the network for HTTP.
    :ivar websocket_network: that for WebSockets; the same unless one of them has a proxy.
    :ivar web: HTTP.
    :ivar tiktok: TikTok's web servers, asked as who we are to TikTok.
    :ivar sign_server: the sign server of the signed source.
    :ivar url_signer: signs addresses that TikTok answers only signed.
    :ivar turns: whose turn it is to ask TikTok about users.
    :ivar budgets: how often each sign server may be asked.
    :ivar more_web: other users of HTTP, closed with the wiring.
    :ivar names: what users are called now, to find those who changed their name; ``None`` to
        follow any user that has the name.
    :ivar sources: the ways into a room, in order; see :meth:`sources_status`.
    :ivar gifts: which gifts can be sent.
    :ivar chat: says something in a room's chat.
    :ivar redaction: knows the secrets that nothing may show.
    :ivar pictures: where a simulator has pictures without TLS, ``http://host:port``.
    :ivar around: what the opener stands in, of any wiring that is made of this one: a recorder.
    """

    reactor: Any
    options: Options
    door: IAgentEndpointFactory
    network: IAgentEndpointFactory
    websocket_network: IAgentEndpointFactory
    random: Random
    web: Web
    tiktok: TikTokWeb
    sign_server: SignServer
    url_signer: IUrlSigner
    turns: LookUpQueue
    budgets: Budgets
    resolver: IRoomResolver
    signer: ISigner
    opener: IStreamOpener
    gifts: IGiftSource
    chat: IChatSender
    more_web: tuple[Web, ...] = ()
    sources: tuple[Source, ...] = ()
    names: IUserNames | None = None
    redaction: Redaction = field(default_factory=Redaction)
    pictures: str = ""
    around: Callable[[IStreamOpener], IStreamOpener] | None = None

    def with_options(self, options: Options) -> Wiring:
        """
        The standard parts for other options, which keep to the limits of these.

        Sign servers are asked as often as both may together.  So is TikTok, as the same guest,
        unless the other options go through another proxy; another session is another guest.

        :raise ValueError: as :func:`standard_wiring`.
        """
        ours, theirs = self.options.request_options, options.request_options
        turns = self.turns if theirs.proxy == ours.proxy else None
        same = turns is not None and options.session_id == self.options.session_id
        identity = self.tiktok.identity if same else None
        made = _wired(self.reactor, options, self.door, self.random, self.budgets, turns, identity)
        opener = made.opener if self.around is None else self.around(made.opener)
        return replace(made, opener=opener, pictures=self.pictures, around=self.around)

    def dispatcher(self) -> Dispatcher:
        """What hands the messages of sessions to their observers."""
        limits = self.options.limits
        return Dispatcher(
            BackPressure(self.reactor, limits.held),
            busy=limits.busy,
            busy_bytes=limits.busy_bytes,
            largest=limits.message,
            fields=limits.message_fields,
        )

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
        tiktok = self.tiktok.in_line(self.turns.asked)
        return _informed(resolver, tiktok, self.gifts, self.options, given=True)

    async def room_info(self, room_id: str) -> dict[str, Any]:
        """What TikTok tells about a room; see :func:`tiktoklive.rooms.fetch_room_info`."""
        return await fetch_room_info(self.tiktok.in_line(self.turns.asked), room_id)

    def sources_status(self) -> SourcesState:
        """How all who are asked are doing, and how often they may be asked."""
        until = self.turns.closed_until
        return SourcesState(
            tuple(source.status() for source in self.sources),
            LookupState(
                self.turns.queued,
                self.turns.distance,
                until if until > self.reactor.seconds() else None,
                self.turns.tried_at,
                self.turns.closed_for,
                self.turns.failing_for,
            ),
        )

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
    if options is None:
        options = Options()
    elif not isinstance(options, Options):
        raise TypeError(instead_of(Options, options))
    network = network or DirectNetwork(reactor)
    reactor = steady_clock(reactor)
    random = random or SystemRandom()
    budgets = Budgets(reactor, options.sign_requests_per_minute)
    return _wired(reactor, options, network, random, budgets)


def _wired(
    reactor: Any,
    options: Options,
    network: IAgentEndpointFactory,
    random: Random,
    budgets: Budgets,
    turns: LookUpQueue | None = None,
    identity: GuestIdentity | None = None,
) -> Wiring:
    """The parts that go one way; those that are given are shared with another wiring."""
    options = servers.placed(options)
    web_network = _way(reactor, network, options.request_options, "request_options")
    limits = options.limits
    known = servers.redaction(options)
    ask = partial(
        Web,
        web_network,
        reactor,
        limit=limits.answer,
        head=limits.answer_head,
        values=limits.answer_values,
        redaction=known,
    )
    web = ask(timeout=options.request_options.timeout)
    turns = turns or LookUpQueue(reactor, options.lookups_per_minute)
    identity = identity or GuestIdentity(
        web,
        reactor,
        random,
        base=options.web_base,
        ttwid=options.ttwid,
        headers=options.request_headers,
        hosts=options.session_hosts,
        line=turns.begun,
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
        hosts=options.session_hosts,
    )
    sign_web = ask(timeout=_SIGN_TIMEOUT)
    sign_server = servers.sign_server(sign_web, options, login, budgets)
    url_web = ask(timeout=URL_TIMEOUT)
    url_signer = servers.url_signer(url_web, options, budgets)
    gifts = KeptGifts(servers.gifts(tiktok.in_line(turns.asked), url_signer, sign_server), reactor)

    def resolver(line: Priority) -> IRoomResolver:
        found = servers.resolver(tiktok, line, sign_server, options)
        return _informed(found, tiktok.in_line(turns.begun), gifts, options)

    def plain(line: Priority) -> IRoomResolver:
        return servers.resolver(tiktok, line, sign_server, options)

    paced = PacedResolver(resolver, turns, plain)
    wiring = Wiring(
        reactor=reactor,
        options=options,
        door=network,
        network=web_network,
        websocket_network=_way(reactor, network, options.websocket_options, "websocket_options"),
        random=random,
        web=web,
        tiktok=tiktok,
        sign_server=sign_server,
        url_signer=url_signer,
        more_web=(sign_web, url_web),
        turns=turns,
        budgets=budgets,
        resolver=paced,
        names=PacedNames(ProfileNames(tiktok.in_line(turns.begun)), paced),
        signer=SourcesInTurn(()),
        opener=OpenerBySource(()),
        redaction=known,
        pictures=f"http://{options.simulator}" if options.simulator else "",
        gifts=gifts,
        chat=PacedChat(
            FirstOfChat(servers.chat(tiktok, sign_server, options)),
            reactor,
            options.chat_interval,
            session_id=options.session_id,
        ),
    )
    sources = tuple(source_named(name, wiring) for name in options.sources)
    if not sources:
        raise ValueError("There is no source to try.")
    return replace(
        wiring,
        sources=sources,
        signer=SourcesInTurn(sources),
        opener=OpenerBySource(sources),
    )


def _informed(
    resolver: IRoomResolver,
    tiktok: TikTokWeb,
    gifts: IGiftSource,
    options: Options,
    *,
    given: bool = False,
) -> IRoomResolver:
    """See :meth:`Wiring.informed`; a room that was given is taken whosever it is."""
    with_info, with_gifts = options.fetch_room_info_on_connect, options.enable_extended_gift_info
    if not with_info and not with_gifts:
        return resolver
    info = partial(fetch_room_info, tiktok) if with_info else None
    return InformedResolver(resolver, info, gifts if with_gifts else None, given=given)


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


def _global_reactor() -> ReactorBase:
    from twisted.internet import reactor

    return reactor  # type: ignore[return-value]  # Twisted types it as its interfaces
