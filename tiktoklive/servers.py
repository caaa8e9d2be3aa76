"""Who is asked for what: TikTok's servers, and the sign servers that the options name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import partial
from ipaddress import ip_address
from urllib.parse import urlsplit

from twisted.internet.interfaces import IReactorTime

from tiktoklive.chat import DirectChat
from tiktoklive.described.rules import host_and_port, shown
from tiktoklive.gifts import GiftList
from tiktoklive.interfaces import IChatSender, IGiftSource, IRoomResolver, IUrlSigner
from tiktoklive.net.cookies import cookie_header, split_cookies
from tiktoklive.net.login import Login
from tiktoklive.net.redaction import Redaction, secrets_of
from tiktoklive.net.tiktok import TikTokWeb
from tiktoklive.net.web import Web
from tiktoklive.options import Options, SignProviderOptions
from tiktoklive.pacing.budget import Budget, ISharedBucket, ISharedWord
from tiktoklive.pacing.lookups import Priority
from tiktoklive.rooms import (
    ApiLiveResolver,
    FirstOfResolver,
    InformedResolver,
    PageResolver,
    fetch_room_info,
)
from tiktoklive.signing import (
    SIGN_BASE,
    SignServer,
    SignServerChat,
    SignServerGifts,
    SignServerResolver,
    SignServerUrls,
)
from tiktoklive.signing.urls import URL_SIGNERS
from tiktoklive.signing.users import users_of


def placed(options: Options) -> Options:
    """
    The options with a simulator, if they name one, in the place of all who are asked.

    What a sign server or TikTok gave us is of no use to it, and stays here.

    :raise ValueError: what they name is no host and port.
    """
    if options.simulator is None:
        return options
    try:
        host_and_port(options.simulator)
    except ValueError as error:
        raise ValueError(f"simulator {error}, not {shown(options.simulator)}.") from None
    # Through a proxy it would be a machine of its name there.
    proxies = (options.request_options.proxy, options.websocket_options.proxy)
    http, host = f"http://{options.simulator}", urlsplit(f"//{options.simulator}").hostname or ""
    return replace(
        options,
        web_base=http,
        webcast_base=http,
        ws_base=f"ws://{options.simulator}",
        sign_base=http,
        sign_provider_options=SignProviderOptions(),
        ttwid=None,
        request_headers=_without_guest(options.request_headers),
        websocket_headers=_without_guest(options.websocket_headers),
        session_hosts=(
            *options.session_hosts,
            *([host] if _is_here(host) and not any(proxies) else []),
        ),
    )


def anonymous(options: Options) -> Options:
    """The same for a guest who is not the user: without session and cookies of theirs."""
    request_headers, _ = split_cookies(options.request_headers)
    websocket_headers, _ = split_cookies(options.websocket_headers)
    return replace(
        options,
        session_id=None,
        tt_target_idc="",
        session_hosts=(),
        ttwid=None,
        request_headers=request_headers,
        websocket_headers=websocket_headers,
    )


def _without_guest(headers: Mapping[str, str]) -> dict[str, str]:
    """The user's headers without a guest cookie."""
    others, cookies = split_cookies(headers)
    cookies.pop("ttwid", None)
    return others | ({"Cookie": cookie_header(cookies)} if cookies else {})


def _is_here(host: str) -> bool:
    """Whether a host is this machine: what is sent there, nobody else can read."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


class Budgets:
    """
    One budget for each server, whichever part asks it.

    :param per_minute: how often each may be asked.
    """

    def __init__(self, clock: IReactorTime, per_minute: float) -> None:
        self._clock = clock
        self._per_minute = per_minute
        self._known: dict[str, Budget] = {}
        self._shared: Callable[[str], tuple[ISharedBucket, ISharedWord]] | None = None

    def share(self, make: Callable[[str], tuple[ISharedBucket, ISharedWord]]) -> None:
        """
        Let each server's budget be one that others share.

        :param make: gives the bucket of a host, and what the host wants.
        """
        self._shared = make
        for name, budget in self._known.items():
            budget.share(*make(name))

    def of(self, base: str) -> Budget:
        """That of the server at an address."""
        parts = urlsplit(base)
        usual = 443 if parts.scheme == "https" else 80
        host = parts.hostname or ""
        name = host if (parts.port or usual) == usual else f"{host}:{parts.port}"
        if name not in self._known:
            self._known[name] = Budget(self._clock, self._per_minute, name)
            if self._shared is not None:
                self._known[name].share(*self._shared(name))
        return self._known[name]


def redaction(options: Options) -> Redaction:
    """What the options hold that nothing may show, whichever side repeats it."""
    provider = options.sign_provider_options
    named = [
        (options.session_id or "").strip().removeprefix("sessionid="),
        (options.ttwid or "").strip().removeprefix("ttwid="),
        provider.api_key or "",
    ]
    for address in (options.request_options.proxy, options.websocket_options.proxy):
        with suppress(ValueError):  # which is told where it is used
            parts = urlsplit(address or "")
            named += [parts.password or "", *secrets_of([("user", parts.username or "")])]
    added = (
        *options.client_params.items(),
        *options.request_headers.items(),
        *options.websocket_headers.items(),
        *provider.params.items(),
        *provider.headers.items(),
    )
    return Redaction([*named, *secrets_of(added)])


def sign_server(web: Web, options: Options, login: Login | None, budgets: Budgets) -> SignServer:
    """The sign server that fetches first batches, and tells what TikTok does not."""
    provider = options.sign_provider_options
    base = provider.host or options.sign_base or SIGN_BASE
    return SignServer(
        web,
        base=base,
        api_key=provider.api_key,
        params=provider.params,
        headers=provider.headers,
        login=login,
        budget=budgets.of(base),
    )


def url_signer(web: Web, options: Options, budgets: Budgets) -> IUrlSigner:
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
            budget=budgets.of(base),
        )
        for base in dict.fromkeys(bases)
    ]
    return SignServerUrls(servers, users_of(web.clock))


def resolver(
    tiktok: TikTokWeb, line: Priority, server: SignServer, options: Options
) -> IRoomResolver:
    """
    Who is asked for rooms; the classic client asks the page first (wire facts §8.1).

    Sign servers answer this, and the two things below, only to those who have a key.

    :param line: where the first request to TikTok waits for its turn.
    """
    first, then = tiktok.in_line(line), tiktok.in_line(line.queue.begun)
    parts: list[tuple[str, IRoomResolver]]
    if options.sources[:1] == ("classic",):
        parts = [("page", PageResolver(first)), ("api-live", ApiLiveResolver(then))]
    else:
        parts = [("api-live", ApiLiveResolver(first)), ("page", PageResolver(then))]
    if server.api_key:
        parts.append(("sign server", SignServerResolver(server)))
    return FirstOfResolver(parts)


def gifts(
    tiktok: TikTokWeb, signer: IUrlSigner, server: SignServer
) -> list[tuple[str, IGiftSource]]:
    """Who is asked for gifts: whether the list has to be signed is contested (wire facts §8.4)."""
    parts: list[tuple[str, IGiftSource]] = [
        ("unsigned", GiftList(tiktok)),
        ("signed", GiftList(tiktok, signer)),
    ]
    if server.api_key:
        parts.append(("sign server", SignServerGifts(server)))
    return parts


def chat(tiktok: TikTokWeb, server: SignServer, options: Options) -> list[tuple[str, IChatSender]]:
    """Who takes chat messages."""
    parts: list[tuple[str, IChatSender]] = [
        ("TikTok", DirectChat(tiktok, options.session_hosts)),
    ]
    if server.api_key:
        sender = SignServerChat(
            server, target_idc=options.tt_target_idc, hosts=options.session_hosts
        )
        parts.append(("sign server", sender))
    return parts


def informed(
    resolver: IRoomResolver,
    tiktok: TikTokWeb,
    gifts: IGiftSource,
    options: Options,
    *,
    given: bool = False,
) -> IRoomResolver:
    """
    A resolver that also asks for what the options say should be known of a room.

    :param given: whether the room was given, and is taken whosever it is.
    """
    with_info, with_gifts = options.fetch_room_info_on_connect, options.enable_extended_gift_info
    if not with_info and not with_gifts:
        return resolver
    info = partial(fetch_room_info, tiktok) if with_info else None
    return InformedResolver(resolver, info, gifts if with_gifts else None, given=given)
