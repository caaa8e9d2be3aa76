"""The settings of requests, of WebSockets and of a fleet; times are in seconds."""

from __future__ import annotations

from dataclasses import dataclass, field

from tiktoklive.described.rules import host_and_port, more_than_0
from tiktoklive.described.setting import described, setting
from tiktoklive.net.lanes import lane_list
from tiktoklive.net.rules import proxy_address, redis_address

__all__ = ["LANES", "SIMULATOR", "FleetOptions", "RequestOptions", "WebsocketOptions"]

#: What the setting ``lanes`` is.
LANES = setting(
    "several ways out, among which rooms are spread, each ``name=NAME,proxy=ADDRESS``, with a "
    "guest cookie, look-ups and budgets of its own; a room takes another one when its own fails "
    "(:doc:`lanes`). ``name=direct`` without a proxy, or ``proxy=none``, is the machine's own "
    "way; ``session=yes`` is said of the one that has the session, or else the first has it. The "
    "address of a proxy with a user is given by ``TIKTOKLIVE_LANE_NAME_PROXY``, with the "
    "name of the lane in capitals and ``_`` for ``-``, or in a file",
    lane_list,
    flag="lane",
    help="One of several ways out: name=NAME,proxy=ADDRESS.",
    takes="name=NAME,proxy=ADDRESS",
    again=True,
    user=True,
    example=("name=de,proxy=socks5://user:password@proxy.example.org:1080", "name=direct"),
)


#: What the setting ``simulator`` is.
SIMULATOR = setting(
    "``HOST:PORT`` of a simulator (``twistd tiktoklive-simulator``) in the place of TikTok "
    "and of sign servers, and so of the three addresses below and of ``sign_base``. The "
    "guest cookie and what is for sign servers stay here; the session, and a ``Cookie`` of "
    "yours, go there if that is this machine and there is no proxy, and otherwise if "
    "``session_hosts`` names it",
    host_and_port,
    flag="simulator",
    help="HOST:PORT of a simulator to ask in the place of TikTok.",
    takes="HOST:PORT",
    asking=True,
    example="127.0.0.1:8090",
)


@described
@dataclass(frozen=True, slots=True)
class RequestOptions:
    """How to ask web servers."""

    proxy: str | None = field(
        default=None,
        repr=False,
        metadata=setting(
            "a proxy for requests: ``http://user:pass@host:port``, ``https://...`` or "
            "``socks5://...``; straight to the hosts without one. A flag or a variable that says "
            "nothing of WebSockets is for them, too; ``none`` behind the flag is for no proxy "
            "where the environment or the file names one",
            proxy_address,
            flag="proxy",
            help="Go through http://host:port or socks5://host:port, or none.",
            takes="ADDRESS",
            asking=True,
            variable="TIKTOKLIVE_PROXY",
            user=True,
            elsewhere=("httpsAgent", "httpAgent"),
            example="http://user:password@proxy.example.org:3128",
        ),
    )
    timeout: float = field(
        default=10.0,
        metadata=setting(
            "seconds for one request with its redirects",
            more_than_0,
            flag="request-timeout",
            help="Seconds for a request with its redirects.",
            takes="SECONDS",
            asking=True,
        ),
    )


@described
@dataclass(frozen=True, slots=True)
class WebsocketOptions:
    """How to open WebSockets."""

    proxy: str | None = field(
        default=None,
        repr=False,
        metadata=setting(
            "a proxy for WebSockets, written as that for requests; the two fields are independent "
            "of each other",
            proxy_address,
            flag="websocket-proxy",
            help="The same for WebSockets alone.",
            takes="ADDRESS",
            variable="TIKTOKLIVE_WEBSOCKET_PROXY",
            user=True,
            elsewhere=("agent",),
            example="socks5://user:password@proxy.example.org:1080",
        ),
    )
    timeout: float = field(
        default=20.0,
        metadata=setting(
            "seconds until the WebSocket must be open",
            more_than_0,
            flag="websocket-timeout",
            help="Seconds until a WebSocket must be open.",
            takes="SECONDS",
        ),
    )


@described
@dataclass(frozen=True, slots=True)
class FleetOptions:
    """Where a fleet has what its machines share."""

    address: str | None = field(
        default=None,
        metadata=setting(
            "of the daemon: the Redis in which a fleet has its users and events, "
            "``redis://HOST:PORT/DB?name=NAME``; the daemon follows its share of these users. A "
            "password stands in ``TIKTOKLIVE_REDIS_PASSWORD``, or in the file that "
            "``TIKTOKLIVE_REDIS_PASSWORD_FILE`` names",
            redis_address,
            flag="fleet",
            help="Redis of a fleet: follow a share of its users.",
            takes="ADDRESS",
            heading="With other machines",
            example="redis://127.0.0.1:6379/0",
        ),
    )
