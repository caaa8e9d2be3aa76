"""
The standard set of parts, and how to put another in the place of one.

A :class:`Wiring` is a frozen table: ``dataclasses.replace(wiring, opener=...)`` gives one
with another part.  What several connections may share (network, cookies of a guest,
the pool of HTTP connections) is shared by giving them the same wiring.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
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
from tiktoklive.lanes import Lane, Lanes, Seat
from tiktoklive.lanes.guest import GuestByLane
from tiktoklive.lanes.lanes import OpenerByLane
from tiktoklive.lanes.ways import lane_options, lanes_of, together
from tiktoklive.model import SourcesState
from tiktoklive.net.identity import GuestIdentity
from tiktoklive.net.login import Login
from tiktoklive.net.network import DirectNetwork
from tiktoklive.net.proxy import behind, parse_proxy
from tiktoklive.net.redaction import Redaction
from tiktoklive.net.tiktok import TikTokWeb
from tiktoklive.net.web import Web
from tiktoklive.options import Options
from tiktoklive.pacing.lookups import LookUpQueue, Priority
from tiktoklive.rooms import PacedNames, PacedResolver, ProfileNames, fetch_room_info
from tiktoklive.rooms.otherwise import known_otherwise
from tiktoklive.servers import Budgets
from tiktoklive.session.parts import OtherGuest, Parts
from tiktoklive.signing import SignServer
from tiktoklive.signing.urls import URL_TIMEOUT
from tiktoklive.sources import OpenerBySource, Source, SourcesInTurn
from tiktoklive.standard_sources import held_open, other_guest, sources_of

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
    :ivar lookups: the queue that says whose turn it is to ask TikTok about users.
    :ivar budgets: how often each sign server may be asked.
    :ivar more_web: other users of HTTP, closed with the wiring.
    :ivar names: what users are called now, to find those who changed their name; ``None`` to
        follow any user that has the name.
    :ivar sources: the ways into a room, in order; see :meth:`sources_status`.
    :ivar other_guest: as whom a second stream of a room is opened; ``None`` if there is to be one.
    :ivar gifts: which gifts can be sent.
    :ivar chat: says something in a room's chat.
    :ivar redaction: knows the secrets that nothing may show.
    :ivar pictures: where a simulator has pictures without TLS, ``http://host:port``.
    :ivar around: what the opener stands in, of any wiring that is made of this one: a recorder.
    :ivar lanes: the lanes, if the options name some.  The other parts are those of the lane that
        has the session then; what a room asks goes by that of the room, see :meth:`of`.
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
    lookups: LookUpQueue
    budgets: Budgets
    resolver: IRoomResolver
    signer: ISigner
    opener: IStreamOpener
    gifts: IGiftSource
    chat: IChatSender
    more_web: tuple[Web, ...] = ()
    sources: tuple[Source, ...] = ()
    names: IUserNames | None = None
    other_guest: OtherGuest | None = None
    redaction: Redaction = field(default_factory=Redaction)
    pictures: str = ""
    lanes: Lanes | None = None
    around: Callable[[IStreamOpener], IStreamOpener] | None = None

    def with_options(self, options: Options, held: Mapping[str, Source] | None = None) -> Wiring:
        """
        The standard parts for other options, which keep to the limits of these.

        Through the same proxy, both share how often TikTok and sign servers may be asked, and the
        guest, but for another session; through another, the sign servers that get a key.

        :param held: sources to share beside those of this one, by their descriptions.
        :raise ValueError: as :func:`standard_wiring`.
        """
        ours, lookups, identity, budgets = self.options, None, None, self.budgets
        if options.request_options.proxy == ours.request_options.proxy:
            lookups = self.lookups
            identity = self.tiktok.identity if options.session_id == ours.session_id else None
        elif options.sign_provider_options.api_key is None:
            budgets = Budgets(self.reactor, options.sign_requests_per_minute)
        shared = {**(held or {}), **held_open(self.sources, ours.sources)}
        door = self.door
        return _wired(self.reactor, options, door, self.random, budgets, shared, lookups, identity)

    def parts(self, lane: str = "") -> Parts:
        """
        What a session needs.

        :param lane: the name of the lane by which all that it asks shall go, whatever becomes of
            that; ``""`` for the one that is best, from time to time.
        :raise ValueError: there is no such lane.
        """
        if self.lanes is not None:
            return self._in_lanes(self.lanes, lane)
        if lane:
            raise ValueError(f"There is no lane {lane[:40]!r}: the options name none.")
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
            other_guest=self.other_guest,
        )

    def _in_lanes(self, lanes: Lanes, name: str) -> Parts:
        """Parts that go by the lane of the session; those that were replaced stay as they are."""
        seat, usual = lanes.seat(name), lanes.usual
        return replace(
            replace(self, lanes=None).parts(),
            resolver=seat if self.resolver is usual.resolver else self.resolver,
            signer=seat if self.signer is usual.signer else self.signer,
            names=seat if self.names is not None else None,
            other_guest=None if self.other_guest is None else GuestByLane.of(seat),
            seat=seat,
        )

    def of(self, parts: Parts) -> Wiring:
        """The wiring by which a session asks: that of its lane, this one where there are none."""
        if not isinstance(parts.seat, Seat):
            return self
        wiring = parts.seat.present().wiring
        assert isinstance(wiring, Wiring), "lanes are made of wirings"
        return wiring

    def informed(self, resolver: IRoomResolver) -> IRoomResolver:
        """A resolver that also asks for what the options say should be known of a room."""
        tiktok = self.tiktok.in_line(self.lookups.asked)
        return servers.informed(resolver, tiktok, self.gifts, self.options, given=True)

    async def room_info(self, room_id: str) -> dict[str, Any]:
        """What TikTok tells about a room; see :func:`tiktoklive.rooms.fetch_room_info`."""
        return await fetch_room_info(self.tiktok.in_line(self.lookups.asked), room_id)

    def sources_status(self) -> SourcesState:
        """How all who are asked are doing, and how often they may be asked."""
        if self.lanes is not None:
            return together(self.lanes.status())
        return SourcesState(tuple(each.status() for each in self.sources), self.lookups.state())

    def close(self) -> Deferred[None]:
        """Close what is kept open between requests and streams; fires when it is closed."""
        closing = [Deferred.fromCoroutine(web.close()) for web in (self.web, *self.more_web)]
        closing += [each for source in self.sources if (each := source.stopped()) is not None]
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
        address of a proxy, lanes beside a proxy.
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
    if options.lanes:
        return _with_lanes(reactor, options, network, random, budgets)
    return _wired(reactor, options, network, random, budgets, {})


def _with_lanes(
    reactor: Any, options: Options, network: IAgentEndpointFactory, random: Random, budgets: Budgets
) -> Wiring:
    """A wiring for each lane, and one of all of them."""
    described = lanes_of(options)
    lanes, wirings, first = [], [], 0
    held: dict[str, Source] = {}
    # What a sign server allows a key, it allows to all lanes together; else it counts addresses.
    shared = options.sign_provider_options.api_key is not None
    for number, each in enumerate(described):
        own = budgets if shared else Budgets(reactor, options.sign_requests_per_minute)
        wiring = _wired(reactor, lane_options(options, each), network, random, own, held)
        proxy = "" if each.address is None else str(parse_proxy(each.address))
        has_session = each.session and options.session_id is not None
        lane = Lane(each.name, proxy, wiring, wiring.lookups, reactor, has_session=has_session)
        lanes.append(lane)
        wirings.append(wiring)
        first = number if each.session else first
    usual = wirings[first]
    webs = [web for each in wirings for web in (each.web, *each.more_web)]
    return replace(
        usual,
        options=replace(usual.options, lanes=options.lanes),
        more_web=tuple(web for web in webs if web is not usual.web),
        opener=OpenerByLane(lanes, lanes[first]),
        lanes=Lanes(lanes, usual, reactor),
    )


def _wired(
    reactor: Any,
    options: Options,
    network: IAgentEndpointFactory,
    random: Random,
    budgets: Budgets,
    held: dict[str, Source],
    lookups: LookUpQueue | None = None,
    identity: GuestIdentity | None = None,
) -> Wiring:
    """The parts that go one way; those that are given are shared with another wiring."""
    options = servers.placed(options)
    web_network = behind(network, options.request_options, reactor, "request_options")
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
    lookups = lookups or LookUpQueue(reactor, options.lookups_per_minute)
    identity = identity or GuestIdentity(
        web,
        reactor,
        random,
        base=options.web_base,
        ttwid=options.ttwid,
        headers=options.request_headers,
        hosts=options.session_hosts,
        line=lookups.begun,
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
    lists = servers.gifts(tiktok.in_line(lookups.asked), url_signer, sign_server)
    gifts = KeptGifts(lists, reactor)

    def plain(line: Priority) -> IRoomResolver:
        return servers.resolver(tiktok, line, sign_server, options)

    def resolver(line: Priority) -> IRoomResolver:
        return servers.informed(plain(line), tiktok.in_line(lookups.begun), gifts, options)

    paced = PacedResolver(resolver, lookups, plain)
    wiring = Wiring(
        reactor=reactor,
        options=options,
        door=network,
        network=web_network,
        websocket_network=behind(network, options.websocket_options, reactor, "websocket_options"),
        random=random,
        web=web,
        tiktok=tiktok,
        sign_server=sign_server,
        url_signer=url_signer,
        more_web=(sign_web, url_web),
        lookups=lookups,
        budgets=budgets,
        resolver=paced,
        names=PacedNames(ProfileNames(tiktok.in_line(lookups.begun)), paced),
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
    sources = sources_of(wiring, held)
    guest = other_guest(wiring, lookups, partial(replace, wiring)) if options.streams == 2 else None
    return replace(
        wiring,
        sources=sources,
        resolver=known_otherwise(paced, [each.rooms for each in sources if each.rooms is not None]),
        signer=SourcesInTurn(sources),
        opener=OpenerBySource(sources),
        other_guest=guest,
    )


def _global_reactor() -> ReactorBase:
    from twisted.internet import reactor

    return reactor  # type: ignore[return-value]  # Twisted types it as its interfaces
