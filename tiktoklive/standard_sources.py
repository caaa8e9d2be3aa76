"""The sources that there are, each made of the parts of a wiring."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any, Protocol

from twisted.web.iweb import IAgentEndpointFactory

from tiktoklive.interfaces import IUrlSigner
from tiktoklive.net.attempt import WebSocketOpener
from tiktoklive.net.classic import ClassicOpener
from tiktoklive.net.login import OwnCookies
from tiktoklive.net.polling import PollingOpener
from tiktoklive.net.redaction import Redaction
from tiktoklive.net.tiktok import TikTokWeb
from tiktoklive.options import Options
from tiktoklive.pacing.breaker import Breaker
from tiktoklive.signing import ClassicSigner, DirectSigner, SignedSigner, SignServer
from tiktoklive.signing.users import users_of
from tiktoklive.sources import Source


class Wired(Protocol):
    """What of a :class:`~tiktoklive.wiring.Wiring` its sources are made of."""

    @property
    def reactor(self) -> Any:
        """Time."""

    @property
    def options(self) -> Options:
        """The settings."""

    @property
    def random(self) -> Random:
        """Where numbers at random are taken from."""

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

    @property
    def redaction(self) -> Redaction:
        """Knows what no error may show."""


def source_named(name: str, wiring: Wired) -> Source:
    """
    A source of that name.

    :raise ValueError: there is none.
    """
    make = SOURCES.get(name)
    if make is None:
        raise ValueError(f"There is no source {name!r}: choose of {', '.join(SOURCES)}.")
    return replace(make(wiring), breaker=Breaker(name, wiring.reactor, wiring.options.tolerance))


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


def _direct(wiring: Wired) -> Source:
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


def _signed(wiring: Wired) -> Source:
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
    )
    return Source("signed", signer, _sockets(wiring), budgets=(wiring.sign_server.budget,))


def _classic(wiring: Wired) -> Source:
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


#: The sources by name, and how each is made.
SOURCES: dict[str, Callable[[Wired], Source]] = {
    "direct": _direct,
    "signed": _signed,
    "classic": _classic,
}
