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
