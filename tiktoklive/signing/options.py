"""The settings of sign servers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tiktoklive.described.rules import address, headers, host_names, key, one_of, parameters
from tiktoklive.described.setting import described, setting

__all__ = ["PUSH_HOSTS", "QUERY_FORM", "SIGN_PATH", "SignProviderOptions"]

#: What the setting ``query_form`` is.
QUERY_FORM = setting(
    "of the source ``direct``: how the socket's query is written: ``encoded``, as a form is, or "
    "``raw`` but for ``%20``, as TikTok's own player does for its signature, with ``version_code`` "
    "twice and a ``last_rtt`` of 0. Which of it matters is not known (wire facts §4.3)",
    one_of("encoded", "raw"),
    flag="query-form",
    help="Direct source: how the query is written, encoded or raw.",
    takes="FORM",
    needs=("direct",),
)

#: What the setting ``sign_path`` is.
SIGN_PATH = setting(
    "what the source ``signed`` asks a sign server for: ``connect``, today's way "
    "(``/webcast/rooms/ID/connect``), or ``fetch``, the older one (``/webcast/fetch``)",
    one_of("connect", "fetch"),
    flag="sign-path",
    help="What to ask a sign server for: connect or fetch.",
    takes="WAY",
    needs=("signed",),
)

#: What the setting ``push_hosts`` is.
PUSH_HOSTS = setting(
    "of the source ``signed``: hosts of a sign server's relay, by which streams may come in the "
    "place of TikTok's. Such a relay sees your network address, the room, and all that the stream "
    "brings. Your User-Agent goes there, but no session, and no cookie, header or parameter of "
    "yours",
    host_names,
    flag="allow-push-host",
    help="Relay of a sign server that streams may come by.",
    takes="HOST",
    again=True,
    needs=("signed",),
    example=("ws-fallback.example.org",),
)


@described
@dataclass(frozen=True, slots=True)
class SignProviderOptions:
    """Which sign server to ask, and how."""

    host: str | None = field(
        default=None,
        metadata=setting(
            "the address of a sign server to ask before the customary ones; the source ``signed`` "
            "asks it alone",
            address("http", "https"),
            flag="sign-host",
            help="Address of a sign server to ask before the customary ones.",
            takes="ADDRESS",
            asking=True,
            example="https://sign.example.org",
        ),
    )
    params: Mapping[str, str] = field(
        default_factory=dict,
        repr=False,
        metadata=setting(
            "further query parameters for sign servers",
            parameters,
            flag="sign-param",
            help="NAME=VALUE for the query of each request to a sign server.",
            takes="NAME=VALUE",
            asking=True,
            example={"client": "mine"},
        ),
    )
    headers: Mapping[str, str] = field(
        default_factory=dict,
        repr=False,
        metadata=setting(
            "further headers for sign servers",
            headers,
            flag="sign-header",
            help="'NAME: VALUE' as a header of each request to a sign server.",
            takes="NAME: VALUE",
            asking=True,
            example={"X-Mine": "yes"},
        ),
    )
    api_key: str | None = field(
        default=None,
        repr=False,
        metadata=setting(
            "the key of an account at the sign server, sent as ``x-api-key`` (wire "
            "facts §9.3). With a key the server is also asked for rooms, gifts and chat where "
            "TikTok does not tell, whatever the source",
            key,
            flag="sign-key-file",
            help="File with the sign server's API key.",
            asking=True,
            variable="TIKTOKLIVE_SIGN_KEY",
            secret=True,
            example="0123456789abcdef",
        ),
    )
