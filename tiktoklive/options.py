"""
The settings of a connection, under the names of 1.x in snake_case.

All are frozen; change one with :func:`dataclasses.replace`.  Times are in seconds.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from tiktoklive.pacing.breaker import Tolerance
from tiktoklive.session.retry import Patience
from tiktoklive.stream.limits import Limits

__all__ = ["Options", "RequestOptions", "SignProviderOptions", "WebsocketOptions"]


@dataclass(frozen=True, slots=True)
class RequestOptions:
    """
    How to ask web servers.

    :ivar proxy: ``http://user:pass@host:port`` or ``socks5://user:pass@host:port``; see
        :func:`tiktoklive.net.proxy.parse_proxy`.  Straight to the hosts when ``None``.
    :ivar timeout: seconds for one request with its redirects.
    """

    proxy: str | None = field(default=None, repr=False)
    timeout: float = 10.0


@dataclass(frozen=True, slots=True)
class WebsocketOptions:
    """
    How to open WebSockets.

    :ivar proxy: as for requests; the two are independent of each other.
    :ivar timeout: seconds until the WebSocket must be open.
    """

    proxy: str | None = field(default=None, repr=False)
    timeout: float = 20.0


@dataclass(frozen=True, slots=True)
class SignProviderOptions:
    """
    Which sign server to ask, and how.

    :ivar host: its address, asked before the customary ones; only it by the signed source.
    :ivar params: further query parameters.
    :ivar headers: further headers.
    :ivar api_key: the key of an account there, sent as ``x-api-key`` (wire facts §9.3).
    """

    host: str | None = None
    params: Mapping[str, str] = field(default_factory=dict, repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    api_key: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Options:
    """
    Settings of a connection.

    :ivar process_initial_data: deliver what happened shortly before we came.
    :ivar fetch_room_info_on_connect: ask for the details of the room first, for
        ``state.room_info``; a room that has ended is refused then.
    :ivar enable_extended_gift_info: fetch the list of gifts first, for
        ``state.available_gifts`` and ``extendedGiftInfo`` in the JSON of gifts.
    :ivar enable_websocket_upgrade: of the classic source: use a WebSocket if TikTok offers it.
    :ivar enable_request_polling: of the classic source: poll if there is no WebSocket.
    :ivar request_polling_interval: the least time between two polls.
    :ivar session_id: the cookie ``sessionid`` of a logged-in account, for chat, for polling and
        for age-restricted rooms.
    :ivar tt_target_idc: its companion, the account's data centre (wire facts §2.2).
    :ivar session_hosts: hosts beside TikTok's that may get the session.
    :ivar client_params: query parameters for all requests to TikTok and for the socket, over
        ours.
    :ivar request_headers: headers for all requests to TikTok, over ours.
    :ivar websocket_headers: headers of the WebSocket's handshake, over ours.
    :ivar sources: which ways into a room are tried, in this order: ``direct``, ``signed``,
        ``classic``.
    :ivar sign_base: the sign server in the place of the customary ones.
    :ivar sign_path: what the signed source asks for: ``connect``
        (``/webcast/rooms/ID/connect``) or ``fetch`` (the older ``/webcast/fetch``).
    :ivar sign_query: of the direct source: gives what to append to the socket's query, such as
        ``X-Gnarly=...``, from the query as it is sent (wire facts §4.3).
    :ivar lookups_per_minute: how many requests to TikTok the look-ups of users, with the details
        of rooms and gifts, cost in any minute, at most; of all connections of a wiring together
        and evenly spread; 0 for as many as they want.
    :ivar sign_requests_per_minute: how many requests each sign server gets in any minute, at most,
        likewise; all may come at once.
    :ivar tolerance: how often a source may fail before it rests.
    :ivar chat_interval: the least time between two messages to a chat.
    :ivar web_base: TikTok's pages and look-ups; like the next two, a relay or a simulator
        can stand in.
    :ivar webcast_base: TikTok's live API.
    :ivar ws_base: the WebSocket server; ``wss://webcast-ws.eu.tiktok.com`` and ``.us.`` are
        said to reach the same (wire facts §2.1).
    :ivar ttwid: the value of a guest cookie from a browser, byte for byte; without it one is
        asked for.
    :ivar compress: ask for gzip.
    :ivar patience: how long to wait before trying again.
    :ivar limits: what to put up with.
    """

    process_initial_data: bool = True
    fetch_room_info_on_connect: bool = True
    enable_extended_gift_info: bool = False
    enable_websocket_upgrade: bool = True
    enable_request_polling: bool = True
    request_polling_interval: float = 1.0
    session_id: str | None = field(default=None, repr=False)
    tt_target_idc: str = field(default="", repr=False)
    session_hosts: tuple[str, ...] = ()
    client_params: Mapping[str, str] = field(default_factory=dict, repr=False)
    request_headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    websocket_headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    request_options: RequestOptions = field(default_factory=RequestOptions)
    websocket_options: WebsocketOptions = field(default_factory=WebsocketOptions)
    sign_provider_options: SignProviderOptions = field(default_factory=SignProviderOptions)
    sources: tuple[str, ...] = ("direct",)
    sign_base: str | None = None
    sign_path: str = "connect"
    sign_query: Callable[[str], Awaitable[str] | str] | None = field(default=None, repr=False)
    lookups_per_minute: float = 60.0
    sign_requests_per_minute: float = 10.0
    tolerance: Tolerance = field(default_factory=Tolerance)
    chat_interval: float = 1.0
    web_base: str = "https://www.tiktok.com"
    webcast_base: str = "https://webcast.tiktok.com"
    ws_base: str = "wss://webcast-ws.tiktok.com"
    ttwid: str | None = field(default=None, repr=False)
    compress: bool = True
    patience: Patience = field(default_factory=Patience)
    limits: Limits = field(default_factory=Limits)
