"""
Cookies: as answers set them, as headers carry them, as people copy them.

Of those that answers set, only what a request can carry counts: another one would be kept, and
every request that is made with it would fail.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from http.cookiejar import Cookie, DefaultCookiePolicy
from typing import Any, Final
from urllib.parse import urlsplit

from twisted.web.http_headers import Headers

#: Cookies of one answer, or of one visitor, that are kept; browsers keep no more of one host.
MOST_COOKIES: Final = 64

#: A token, and what neither ends the header nor the cookie; and no more than browsers keep
#: (RFC 6265, section 6.1).
_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}")
_CONTENT = re.compile(r"[\x20-\x3a\x3c-\x7e]{0,4096}")

#: What a cookie's value is made of that needs no quotes, and how long browsers keep one (RFC 6265).
COOKIE_VALUE: Final = re.compile(r"[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]{1,4096}")

#: In a list of cookies, name and value of one that can be sent byte for byte.
_LISTED = re.compile(rf"({_NAME.pattern})=([\x21-\x2b\x2d-\x3a\x3c-\x7e]{{1,4096}})")

#: In such a list, what belongs to the one before.
_ATTRIBUTES: Final = frozenset(
    ("path", "domain", "expires", "max-age", "secure", "httponly", "samesite", "priority")
)

#: A comma that separates two header lines, rather than the parts of a date.
_JOINED = re.compile(r",\s*(?=[\w.-]+=)")


def copied_value(text: str, *names: str) -> str | None:
    """
    The value of a cookie as people copy it, maybe with its name; ``None`` if it is none.

    :param names: those that it may stand behind.
    """
    text = text.strip()
    name, _, value = text.partition("=")
    found = value if name in names else text
    return found if COOKIE_VALUE.fullmatch(found) else None


def split_cookies(headers: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """The user's own headers without ``Cookie``, and the cookies that stood in it."""
    others, cookies = {}, {}
    for name, value in headers.items():
        if name.lower() != "cookie":
            others[name] = value
            continue
        for crumb in value.split(";"):
            cookie, equals, content = crumb.strip().partition("=")
            if equals:
                cookies[cookie] = content
    return others, cookies


def cookie_header(cookies: Mapping[str, str]) -> str:
    """What a ``Cookie`` header says of them, byte for byte."""
    return "; ".join(f"{name}={value}" for name, value in cookies.items())


def tt_cookies(lines: Iterable[str]) -> dict[str, str]:
    """
    Read ``X-Set-TT-Cookie``: a list of cookies, in one line or several (wire facts §9.3).

    :return: name to value, of repeated names the last; what is said about where and how long
        they count is left out.
    """
    found = {}
    for line in lines:
        for item in _JOINED.sub(";", line).split(";"):
            cookie = _LISTED.fullmatch(item.strip())
            if cookie is not None and cookie[1].lower() not in _ATTRIBUTES:
                found[cookie[1]] = cookie[2]
                if len(found) == MOST_COOKIES:
                    return found
    return found


def cookies_in(lines: Iterable[str]) -> list[tuple[str, str]]:
    """
    Name and value of each ``Set-Cookie`` line whose cookie a request can carry.

    :param lines: the values of the headers.
    """
    pairs: list[tuple[str, str]] = []
    for line in lines:
        name, equals, value = line.partition(";")[0].partition("=")
        name, value = name.strip(), value.strip()
        if equals and _NAME.fullmatch(name) and _CONTENT.fullmatch(value):
            pairs.append((name, value))
        if len(pairs) == MOST_COOKIES:
            break
    return pairs


def keep_sendable(headers: Headers) -> list[tuple[str, str]]:
    """
    Leave no other cookies in the headers of an answer.

    Twisted's ``CookieAgent`` would fail for one that is not ASCII, and send on any other at the
    next redirect.

    :return: name and value of those that are left.
    """
    lines = headers.getRawHeaders(b"set-cookie", ())
    kept: list[bytes] = []
    pairs: list[tuple[str, str]] = []
    for line in lines:
        pair = cookies_in([line.decode("ascii")]) if line.isascii() else []
        if pair and len(kept) < MOST_COOKIES:
            kept.append(line)
            pairs += pair
    if len(kept) < len(lines):
        headers.setRawHeaders(b"set-cookie", kept)
    return pairs


class AnyHost(DefaultCookiePolicy):
    """
    Which cookies go where, to hosts of every kind.

    Python's looks for the port behind the first colon, in an address of IPv6 as well.
    """

    def return_ok_port(self, cookie: Cookie, request: Any) -> bool:
        """Whether a cookie is for the port of a request."""
        parts = urlsplit(request.get_full_url())
        port = parts.port or (443 if parts.scheme == "https" else 80)
        return not cookie.port or str(port) in cookie.port.split(",")
