"""
The settings of a connection, under the names of 1.x in snake_case; times are in seconds.

All are frozen; change one with :func:`dataclasses.replace`.  Each field says what it is.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from tiktoklive.described.rules import (
    address,
    command,
    each_once,
    headers,
    host_names,
    more_than_0,
    parameters,
)
from tiktoklive.described.setting import described, setting
from tiktoklive.net.options import (
    LANES,
    SIMULATOR,
    FleetOptions,
    RequestOptions,
    WebsocketOptions,
)
from tiktoklive.net.rules import cookie_value
from tiktoklive.pacing.breaker import Tolerance
from tiktoklive.session.retry import Patience
from tiktoklive.signing.options import PUSH_HOSTS, QUERY_FORM, SIGN_PATH, SignProviderOptions
from tiktoklive.stream.limits import STREAMS, Limits
from tiktoklive.users.setting import STATE

__all__ = ["FleetOptions", "Options", "RequestOptions", "SignProviderOptions", "WebsocketOptions"]

_web_address = address("http", "https")


@described
@dataclass(frozen=True, slots=True)
class Options:
    """Settings of a connection."""

    # --- ways into a room -----------------------------------------------------------------

    sources: tuple[str, ...] = field(
        default=("direct",),
        metadata=setting(
            "which ways into a room are tried, in this order: ``direct``, ``signed``, "
            "``classic``, ``browser:PORT``, or one of a plugin; each when the one before fails",
            each_once,
            flag="source",
            help="Ways into a room to try, in order, KIND[:ARGUMENT],... as below.",
            takes="SOURCES",
            again=True,
            heading="Ways into a room",
        ),
    )
    enable_websocket_upgrade: bool = field(
        default=True,
        metadata=setting(
            "of the source ``classic``: use a WebSocket if TikTok offers it",
            flag="no-websocket-upgrade",
            help="Classic source: poll, and open no WebSocket.",
            needs=("classic",),
        ),
    )
    enable_request_polling: bool = field(
        default=True,
        metadata=setting(
            "of the source ``classic``: poll if there is no WebSocket",
            flag="no-polling",
            help="Classic source: don't poll where there is no WebSocket.",
            needs=("classic",),
        ),
    )
    request_polling_interval: float = field(
        default=1.0,
        metadata=setting(
            "of the source ``classic``: the least time between two polls",
            more_than_0,
            flag="polling-interval",
            help="Classic source: least seconds between two polls.",
            takes="SECONDS",
            needs=("classic",),
        ),
    )
    sign_query: Callable[[str], Awaitable[str] | str] | None = field(
        default=None,
        repr=False,
        metadata=setting(
            "of the source ``direct``: gives what to append to the socket's query, such as "
            "``X-Gnarly=...``, from the query as it is sent (wire facts §4.3). On the command "
            "line and in a file it is a program that signs: it gets the query on its standard "
            "input and prints what to append; it is split as a shell does, and run without one",
            command,
            flag="sign-command",
            help="Direct source: command that signs a query.",
            takes="COMMAND",
            needs=("direct",),
            example="python3 /opt/tiktoklive/sign.py",
        ),
    )
    query_form: str = field(default="encoded", metadata=QUERY_FORM)
    sign_provider_options: SignProviderOptions = field(
        default_factory=SignProviderOptions,
        metadata=setting("which sign server to ask, and how"),
    )
    sign_base: str | None = field(
        default=None,
        metadata=setting(
            "the address of a sign server in the place of the customary ones",
            _web_address,
            flag="sign-base",
            help="Address in the place of the customary sign servers.",
            takes="ADDRESS",
            asking=True,
            example="https://sign.example.org",
        ),
    )
    sign_path: str = field(default="connect", metadata=SIGN_PATH)
    push_hosts: tuple[str, ...] = field(default=(), metadata=PUSH_HOSTS)
    streams: int = field(default=1, metadata=STREAMS)
    sign_requests_per_minute: float = field(
        default=10.0,
        metadata=setting(
            "how many requests each sign server gets in any minute, at most, of all connections "
            "of a wiring together; all may come at once; 0 for as many as it allows by its own "
            "word",
            flag="sign-requests",
            help="Requests to a sign server a minute, at most; 0: any.",
        ),
    )

    # --- what to ask for ------------------------------------------------------------------

    process_initial_data: bool = field(
        default=True,
        metadata=setting(
            "deliver what happened shortly before we came",
            flag="no-initial-data",
            help="Leave out what happened shortly before we came.",
            heading="What to ask TikTok for",
        ),
    )
    fetch_room_info_on_connect: bool = field(
        default=True,
        metadata=setting(
            "ask for the details of the room first, for ``state.room_info``; a room that has "
            "ended is refused then",
            flag="no-room-info",
            help="Don't ask for the details of a room first.",
        ),
    )
    enable_extended_gift_info: bool = field(
        default=False,
        metadata=setting(
            "ask for the list of gifts first, for ``state.available_gifts`` and "
            "``extendedGiftInfo`` in the JSON of gifts",
            flag="extended-gift-info",
            help="Ask for the list of gifts, to add to each gift.",
        ),
    )
    compress: bool = field(
        default=True,
        metadata=setting(
            "ask for gzip: less traffic, more work",
            flag="no-gzip",
            help="Ask for what happens uncompressed: more traffic, less work.",
        ),
    )
    lookups_per_minute: float = field(
        default=60.0,
        metadata=setting(
            "how many requests to TikTok the look-ups of users, with the details of rooms and "
            "gifts, cost in any minute, at most; of all connections of a wiring together and "
            "evenly spread; 0 for as many as they want",
            flag="lookups",
            help="Requests a minute to look users up, at most; 0: any.",
            asking=True,
        ),
    )

    # --- who we are -----------------------------------------------------------------------

    ttwid: str | None = field(
        default=None,
        repr=False,
        metadata=setting(
            "the value of the guest cookie ``ttwid`` from a browser, byte for byte; without it "
            "one is asked for",
            cookie_value,
            flag="ttwid-file",
            help="File with the guest cookie to use.",
            asking=True,
            variable="TIKTOKLIVE_TTWID",
            secret=True,
            heading="Guest and account",
            example="1%7Cxxxxxxxx",
        ),
    )
    session_id: str | None = field(
        default=None,
        repr=False,
        metadata=setting(
            "the value of the cookie ``sessionid`` of a logged-in account, for chat, for "
            "polling and for age-restricted rooms. It goes to TikTok's hosts alone, by TLS",
            cookie_value,
            flag="session-file",
            help="File with the session id of an account.",
            asking=True,
            variable="TIKTOKLIVE_SESSION_ID",
            secret=True,
            example="0123456789abcdef0123456789abcdef",
        ),
    )
    tt_target_idc: str = field(
        default="",
        repr=False,
        metadata=setting(
            "the account's data centre, the value of its cookie ``tt-target-idc`` (wire facts "
            "§2.2)",
            cookie_value,
            flag="target-idc",
            help="The account's data centre, the cookie tt-target-idc.",
            asking=True,
            of_session=True,
            variable="TIKTOKLIVE_TARGET_IDC",
            secret=True,
            example="useast1a",
        ),
    )
    session_hosts: tuple[str, ...] = field(
        default=(),
        metadata=setting(
            "hosts beside TikTok's that may get the session: a relay, a sign server",
            host_names,
            flag="session-host",
            help="Host beside TikTok's that may get the session.",
            takes="HOST",
            again=True,
            asking=True,
            of_session=True,
            example=("sign.example.org",),
        ),
    )
    chat_interval: float = field(
        default=1.0,
        metadata=setting(
            "the least time between two messages to a chat",
            flag="chat-interval",
            help="Least seconds between two messages that an output sends.",
            takes="SECONDS",
        ),
    )
    client_params: Mapping[str, str] = field(
        default_factory=dict,
        repr=False,
        metadata=setting(
            "query parameters for all requests to TikTok and for the socket, over ours",
            parameters,
            flag="client-param",
            help="NAME=VALUE for the query of each request to TikTok.",
            takes="NAME=VALUE",
            asking=True,
            example={"app_language": "de"},
        ),
    )
    request_headers: Mapping[str, str] = field(
        default_factory=dict,
        repr=False,
        metadata=setting(
            "headers for all requests to TikTok, over ours; a ``Cookie`` is added to our cookies, "
            "those of the WebSocket too, where a session may go: to TikTok's hosts by TLS and to "
            "``session_hosts``",
            headers,
            flag="request-header",
            help="'NAME: VALUE' as a header of each request to TikTok.",
            takes="NAME: VALUE",
            asking=True,
            example={"Accept-Language": "de"},
        ),
    )
    websocket_headers: Mapping[str, str] = field(
        default_factory=dict,
        repr=False,
        metadata=setting(
            "headers of the WebSocket's handshake, over ours; a ``Cookie`` as above",
            headers,
            flag="websocket-header",
            help="'NAME: VALUE' as a header of WebSockets' handshakes.",
            takes="NAME: VALUE",
            example={"Accept-Language": "de"},
        ),
    )

    # --- where things are -----------------------------------------------------------------

    request_options: RequestOptions = field(
        default_factory=RequestOptions,
        metadata=setting("how to ask web servers", heading="By which way"),
    )
    websocket_options: WebsocketOptions = field(
        default_factory=WebsocketOptions, metadata=setting("how to open WebSockets")
    )
    lanes: tuple[str, ...] = field(default=(), repr=False, metadata=LANES)
    simulator: str | None = field(default=None, metadata=SIMULATOR)
    web_base: str = field(
        default="https://www.tiktok.com",
        metadata=setting(
            "the address of TikTok's pages and look-ups; like the next two, a relay can stand in",
            _web_address,
            flag="web-base",
            help="Address of TikTok's pages.",
            takes="ADDRESS",
            asking=True,
        ),
    )
    webcast_base: str = field(
        default="https://webcast.tiktok.com",
        metadata=setting(
            "the address of TikTok's live API",
            _web_address,
            flag="webcast-base",
            help="Address of TikTok's API of rooms.",
            takes="ADDRESS",
            asking=True,
        ),
    )
    ws_base: str = field(
        default="wss://webcast-ws.tiktok.com",
        metadata=setting(
            "the address of the WebSocket server; ``wss://webcast-ws.eu.tiktok.com`` and "
            "``.us.`` are said to reach the same (wire facts §2.1)",
            address("ws", "wss"),
            flag="ws-base",
            help="Address of TikTok's WebSockets.",
            takes="ADDRESS",
        ),
    )

    fleet: FleetOptions = field(
        default_factory=FleetOptions, metadata=setting("many machines with one list of users")
    )
    state: str | None = field(default=None, metadata=STATE)

    # --- what only a file gives -----------------------------------------------------------

    patience: Patience = field(
        default_factory=Patience,
        metadata=setting("how long to wait before trying again"),
    )
    limits: Limits = field(default_factory=Limits, metadata=setting("what to put up with"))
    tolerance: Tolerance = field(
        default_factory=Tolerance,
        metadata=setting("how often a source may fail before it rests"),
    )
