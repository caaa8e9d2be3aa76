"""Where a first batch may lead: push servers that can be trusted, and their full address."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode, urlsplit

from tiktoklive.net.login import is_tiktok
from tiktoklive.net.quoting import shown
from tiktoklive.net.web import Pairs


def is_trusted(push_server: str, bases: Iterable[str]) -> bool:
    """
    Whether a ticket may lead there: to TikTok, or to what the user put in its place.

    :param bases: the configured addresses of TikTok's servers.
    """
    try:
        parts = urlsplit(push_server)
        if parts.scheme == "wss" and is_tiktok(push_server):
            return True
    except ValueError:
        return False
    return any(
        parts.hostname == base.hostname
        and (parts.scheme == "wss" or (parts.scheme == "ws" and base.scheme in ("ws", "http")))
        for base in map(urlsplit, bases)
        if base.hostname
    )


def is_relay(push_server: str, bases: Iterable[str], hosts: Iterable[str]) -> bool:
    """
    Whether a ticket leads to a relay between TikTok and us that the user allowed by name.

    It is one whatever else stands there, but never a host of TikTok's.  It is reached by TLS, or as
    TikTok's servers are where the user put it in their place.

    :param bases: as for :func:`is_trusted`.
    :param hosts: the names that the user allowed, in any case.
    """
    try:
        parts = urlsplit(push_server)
    except ValueError:
        return False
    if is_tiktok(push_server) or (parts.hostname or "") not in {host.lower() for host in hosts}:
        return False
    return parts.scheme == "wss" or is_trusted(push_server, bases)


def refused_relay(push_server: str, sign_host: str) -> str:
    """
    Why nothing was sent to a push server that is neither TikTok's nor allowed.

    :param sign_host: the host of the sign server that named it.
    :return: whose it is, as far as its name tells, what it would see, and how it is allowed.
    """
    shown_host = host_of(push_server)
    if not shown_host:
        return "no push server"
    named = f"the push server {shown_host!r}, which is not TikTok's"
    try:
        parts = urlsplit(push_server)
    except ValueError:
        return f"{named}: nothing was sent there"
    ours, theirs = (host.lower().split(".")[-2:] for host in (parts.hostname or "", sign_host))
    whose = f"its name ends like the sign server's, in {'.'.join(ours)}"
    if ours != theirs or len(ours) < 2:
        whose = f"nor does its name end like that of the sign server ({shown(sign_host)})"
    named += f" ({whose}): nothing was sent there"
    if parts.scheme != "wss":
        return named
    return (
        f"{named}. It would see your network address, the room, the made-up browser and guest, and "
        "all that the stream brings, and could change it; never a session. If you want that, "
        f"allow it: push_hosts, or --allow-push-host {shown_host}"
    )


def host_of(url: str) -> str:
    """The host of an address, short enough to be shown; all of it if it is no address."""
    try:
        return shown(urlsplit(url).hostname or url)
    except ValueError:
        return shown(url)


def with_query(url: str, query: Pairs) -> str:
    """An address with a query added, whether it has one already or not (wire facts §6.1)."""
    joint = "?"
    if "?" in url:
        joint = "" if url.endswith(("?", "&")) else "&"
    return url + joint + urlencode(query)
