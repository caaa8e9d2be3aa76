"""
The cookies that answers set: only those that a request can carry.

One that it cannot would be kept, and every request that is made with it would fail.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from twisted.internet.defer import Deferred
from twisted.web.iweb import IAgent, IResponse
from zope.interface import implementer

#: Cookies of one answer, or of one visitor, that are kept; browsers keep no more of one host.
MOST_COOKIES: Final = 64

#: A token, and what neither ends the header nor the cookie; and no more than browsers keep
#: (RFC 6265, section 6.1).
_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}")
_CONTENT = re.compile(r"[\x20-\x3a\x3c-\x7e]{0,4096}")


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


@implementer(IAgent)
class SendableCookies:
    """
    An agent whose responses set no other cookies.

    Twisted's ``CookieAgent`` around it would fail for a cookie that is not ASCII, and send on any
    other at the next redirect.

    :param agent: makes the requests.
    """

    def __init__(self, agent: Any) -> None:
        self._agent = agent

    def request(
        self, method: bytes, uri: bytes, headers: Any = None, bodyProducer: Any = None
    ) -> Deferred[IResponse]:
        """Make a request."""
        asked: Deferred[IResponse] = self._agent.request(method, uri, headers, bodyProducer)
        return asked.addCallback(_cleaned)


def _cleaned(response: IResponse) -> IResponse:
    headers: Any = response.headers
    lines = headers.getRawHeaders(b"set-cookie", ())
    kept = [each for each in lines if each.isascii() and cookies_in([each.decode("ascii")])]
    if len(kept) < len(lines) or len(kept) > MOST_COOKIES:
        headers.setRawHeaders(b"set-cookie", kept[:MOST_COOKIES])
    return response
