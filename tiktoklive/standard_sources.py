"""The built-in sources, and how the sources of a wiring are made of its parts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Final, Protocol

from twisted.web.iweb import IAgentEndpointFactory

from tiktoklive.interfaces import ISourceMaker, IUrlSigner, PartWiring
from tiktoklive.net.attempt import WebSocketOpener
from tiktoklive.net.classic import ClassicOpener
from tiktoklive.net.identity import GuestIdentity
from tiktoklive.net.login import OwnCookies
from tiktoklive.net.polling import PollingOpener
from tiktoklive.net.redaction import Redaction
from tiktoklive.net.tiktok import TikTokWeb
from tiktoklive.net.web import Web
from tiktoklive.options import Options
from tiktoklive.pacing.breaker import Breaker
from tiktoklive.pacing.lookups import LookUpQueue
from tiktoklive.plugins import find_maker, split_description
from tiktoklive.rooms.details import why_not_theirs
from tiktoklive.servers import anonymous
from tiktoklive.session.parts import OtherGuest
from tiktoklive.signing import ClassicSigner, DirectSigner, SignedSigner, SignServer
from tiktoklive.signing.users import users_of
from tiktoklive.sources import OpenerBySource, Source, SourcesInTurn


class Wired(PartWiring, Protocol):
    """What of a :class:`~tiktoklive.wiring.Wiring` its sources are made of."""

    @property
    def options(self) -> Options:
        """The settings."""

    @property
    def websocket_network(self) -> IAgentEndpointFactory:
        """The door to the network."""

    @property
    def tiktok(self) -> TikTokWeb:
        """TikTok's web servers."""

    @property
    def sign_server(self) -> SignServer:
        """The sign server of the signed source."""

    @property
    def url_signer(self) -> IUrlSigner:
        """Signs the addresses of the classic source."""

    async def room_info(self, room_id: str) -> Mapping[str, Any]:
        """What TikTok tells about a room."""

    @property
    def web(self) -> Web:
        """HTTP."""

    @property
    def redaction(self) -> Redaction:
        """Knows what no error may show."""


def sources_of(wiring: Wired, shared: dict[str, Source]) -> tuple[Source, ...]:
    """
    The sources of ``wiring.options.sources``, each with a name and a breaker of its own.

    :param shared: by description, those that hold something open: there is one for all lanes.
    :raise ValueError: there is none of a kind, or one cannot be made of its argument.
    """
    made: dict[str, Source] = {}
    for description in wiring.options.sources:
        kind, argument = split_description(description)
        maker = find_maker(ISourceMaker, kind)
        try:
            source = shared.get(description) or maker.make(wiring, argument)
        except ValueError as error:
            raise ValueError(f"The source {kind} cannot be used. {error}") from error
        if source.service is not None:
            shared[description] = source
        name, number = source.name, 2
        while name in made:  # tickets are told apart by it
            name, number = f"{source.name}-{number}", number + 1
        breaker = source.breaker or Breaker(name, wiring.reactor, wiring.options.tolerance)
        made[name] = replace(source, name=name, breaker=breaker)
    if not made:
        raise ValueError("There is no source to try.")
    return tuple(made.values())


def held_open(sources: Sequence[Source], descriptions: Sequence[str]) -> dict[str, Source]:
    """Of the sources that were made of these descriptions, those that others have to share."""
    pairs = zip(descriptions, sources, strict=False)  # a tape is played without any
    return {word: source for word, source in pairs if source.service is not None}


#: The kinds of sources that ask as a guest, and so can be had twice.
OF_GUESTS: Final = ("direct", "signed", "classic")


def other_guest(wiring: Wired, asked: LookUpQueue, changed: Callable[..., Wired]) -> OtherGuest:
    """
    As whom the second stream of a room is opened: a guest without the user's session and cookies.

    It has the sources of the first one once more, the first of them last: where there are several,
    two streams are of two of them.  They rest for themselves, so that what only this guest is
    refused keeps no stream from opening; the requests wait for their turn with all others.

    :param asked: in which its requests wait for their turn.
    :param changed: gives the wiring with other parts, by their names.
    :raise ValueError: no source asks as a guest.
    """
    options = anonymous(wiring.options)
    kinds = [each for each in options.sources if split_description(each)[0] in OF_GUESTS]
    if not kinds:
        raise ValueError(f"Two streams need a source of these: {', '.join(OF_GUESTS)}.")
    options = replace(options, sources=(*kinds[1:], kinds[0]))
    identity = GuestIdentity(
        wiring.web,
        wiring.reactor,
        wiring.random,
        base=options.web_base,
        headers=options.request_headers,
        line=asked.begun,
    )
    tiktok = TikTokWeb(
        wiring.web,
        identity,
        web_base=options.web_base,
        webcast_base=options.webcast_base,
        params=options.client_params,
        headers=options.request_headers,
    )
    server = wiring.sign_server.anonymous()
    sources = sources_of(changed(options=options, tiktok=tiktok, sign_server=server), {})
    return OtherGuest(SourcesInTurn(sources), OpenerBySource(sources))


def _no_argument(kind: str, argument: str) -> None:
    if argument:
        raise ValueError(f"It takes no argument: write {kind}.")


def _sockets(wiring: Wired) -> WebSocketOpener:
    options = wiring.options
    return WebSocketOpener(
        wiring.websocket_network,
        wiring.reactor,
        timeout=options.websocket_options.timeout,
        max_frame=options.limits.frame,
        max_unread=options.limits.unread,
        redaction=wiring.redaction,
    )


def make_direct(wiring: Wired, argument: str) -> Source:
    """The maker of ``direct``."""
    _no_argument("direct", argument)
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
        own=OwnCookies(options.request_headers, options.session_hosts),
        sign_query=options.sign_query,
        form=options.query_form,
    )
    return Source("direct", signer, _sockets(wiring))


def make_signed(wiring: Wired, argument: str) -> Source:
    """The maker of ``signed``."""
    _no_argument("signed", argument)
    options = wiring.options
    signer = SignedSigner(
        wiring.sign_server,
        wiring.tiktok.identity,
        wiring.random,
        path=options.sign_path,
        bases=(options.ws_base, options.webcast_base, options.web_base),
        push_hosts=options.push_hosts,
        compress=options.compress,
        history=options.process_initial_data,
        params=options.client_params,
        headers=options.websocket_headers,
        own=OwnCookies(options.request_headers, options.session_hosts),
        why_not=partial(why_not_theirs, wiring.room_info),
    )
    return Source("signed", signer, _sockets(wiring), budgets=(wiring.sign_server.budget,))


def make_classic(wiring: Wired, argument: str) -> Source:
    """The maker of ``classic``."""
    _no_argument("classic", argument)
    options, tiktok = wiring.options, wiring.tiktok
    signer = ClassicSigner(
        tiktok,
        wiring.url_signer,
        users_of(wiring.reactor),
        bases=(options.ws_base, options.webcast_base, options.web_base),
        upgrade=options.enable_websocket_upgrade,
        compress=options.compress,
        headers=options.websocket_headers,
        own=OwnCookies(options.request_headers, options.session_hosts),
    )
    polling = PollingOpener(tiktok, wiring.reactor, interval=options.request_polling_interval)
    budgets = getattr(wiring.url_signer, "budgets", ())
    opener = ClassicOpener(
        _sockets(wiring), polling if options.enable_request_polling else None, tiktok
    )
    return Source("classic", signer, opener, budgets=budgets)
