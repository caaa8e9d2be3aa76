"""
HTTP: one request at a time, bounded in time and size.

treq's client makes it, by an agent of ours (:mod:`tiktoklive.net.exchange`).  Redirects are
followed here: each waits for its turn, and what follows them in treq leaves their bodies unread.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from http.cookiejar import CookieJar
from typing import Any, Final, TypeAlias
from urllib.parse import quote, urlencode, urljoin, urlsplit, urlunsplit

from treq.client import HTTPClient
from twisted.internet import defer
from twisted.internet.defer import Deferred
from twisted.web.client import URI, HTTPConnectionPool
from twisted.web.http_headers import Headers
from twisted.web.iweb import IAgentEndpointFactory

from tiktoklive.deferreds import GRACE, ask_within
from tiktoklive.errors import ConnectError, InvalidResponseError, TikTokLiveError
from tiktoklive.net.answers import Answer, LineTooLongError, UnaskedEncodingError
from tiktoklive.net.cookies import AnyHost
from tiktoklive.net.exchange import MAX_LINE, BoundedAgent, SentBody, request_exactly
from tiktoklive.net.limits import MAX_ANSWER, MAX_HEAD
from tiktoklive.net.login import is_tiktok
from tiktoklive.net.network import (
    connect_error,
    late_error,
    silence,
    was_cancelled,
)
from tiktoklive.net.redaction import Redaction
from tiktoklive.wire.limits import MAX_VALUES

_REDIRECTS = frozenset({301, 302, 303, 307, 308})

#: Headers that a redirect takes along to the server of somebody else.
_PUBLIC: Final = ("User-Agent", "Accept", "Accept-Language")


#: A query, or headers: ordered, some of them changed by the user.
Pairs: TypeAlias = Sequence[tuple[str, str]]

#: What a request target may hold as it is: what can be sent, since who signed it signed that.
_TARGET = "".join(map(chr, range(0x21, 0x7F)))

#: What may be looked up at all: a name, no longer than DNS allows, or an address of IPv6.
_HOST = re.compile(r"[0-9A-Za-z._-]{1,253}|[0-9A-Fa-f:.]{2,45}(?:%[0-9A-Za-z._-]{1,32})?")

_LONGEST_HOST = 253

_HTTP_SCHEMES = {"http": "http", "https": "https", "ws": "http", "wss": "https"}


def uri_of(url: str) -> URI:
    """
    Read an address as :meth:`IAgentEndpointFactory.endpointForURI` wants it.

    :param url: an absolute ``http``, ``https``, ``ws`` or ``wss`` address.
    :return: the same with an HTTP scheme and that scheme's port, if it names none; without
        user, password and fragment; byte for byte else, but for what cannot be sent (blanks,
        controls, what is not ASCII), which is percent-encoded.
    :raise ValueError: when it is no such address.
    """
    parts = urlsplit(url)
    scheme = _HTTP_SCHEMES.get(parts.scheme)
    if scheme is None or not parts.hostname:
        raise ValueError(f"Not an http, https, ws or wss address: {parts.scheme or 'no'} scheme.")
    if len(parts.hostname) > _LONGEST_HOST:  # before IDNA, whose time is the square of it
        raise ValueError("The host of the address is no name: it is too long.")
    host = parts.hostname if parts.hostname.isascii() else parts.hostname.encode("idna").decode()
    if not _HOST.fullmatch(host):
        raise ValueError("The host of the address is no name: too long, or with odd characters.")
    netloc = f"[{host}]" if ":" in host else host
    if parts.port is not None:
        netloc += f":{parts.port}"
    path, query = (quote(each, safe=_TARGET) for each in (parts.path or "/", parts.query))
    plain = urlunsplit((scheme, netloc, path, query, "")).encode("ascii")
    uri: URI = URI.fromBytes(plain)
    uri.host = host.encode("ascii")  # as it is even for IPv6 without a port
    return uri


def place_of(url: str, *, always: bool = False) -> str:
    """
    The host of an address, and its port, for people.

    :param always: whether the port is named even where it is the usual one of the scheme.
    """
    parts = urlsplit(url)
    usual = 443 if parts.scheme in ("https", "wss") else 80
    host = parts.hostname or ""
    try:
        port = parts.port or usual
    except ValueError:
        return host  # that it cannot be used is told elsewhere
    shown = f"[{host}]" if ":" in host else host
    return f"{shown}:{port}" if always or port != usual else host


class Web:
    """
    Asks web servers.

    :param network: where connections go.
    :param reactor: the reactor, or a test's clock.
    :param timeout: seconds for one request with its redirects and its body.
    :param limit: bytes that a body may have, before and after decompression.
    :param head: bytes that the head of an answer may have, see
        :class:`~tiktoklive.net.exchange.BoundedAgent`.
    :param values: how many values of JSON a body may have.
    :param redaction: knows secrets, beside those of a request, that no answer may show.
    """

    def __init__(
        self,
        network: IAgentEndpointFactory,
        reactor: Any,
        *,
        timeout: float = 10.0,
        limit: int = MAX_ANSWER,
        head: int = MAX_HEAD,
        values: int = MAX_VALUES,
        redaction: Redaction | None = None,
    ) -> None:
        self.clock = reactor
        self.redaction = redaction or Redaction()
        self._timeout = timeout
        self._values = values
        self._pool = HTTPConnectionPool(reactor)
        self._agent = BoundedAgent(network, reactor, self._pool, limit, head)
        self._running: set[Deferred[Any]] = set()

    async def get(
        self,
        url: str,
        params: Sequence[tuple[str, str]] = (),
        *,
        headers: Sequence[tuple[str, str]] = (),
        cookies: Mapping[str, str] | None = None,
        redirects: int = 0,
    ) -> Answer:
        """
        GET a page; see :meth:`request`.
        """
        return await self.request(
            "GET", url, params, headers=headers, cookies=cookies, redirects=redirects
        )

    async def request(
        self,
        method: str,
        url: str,
        params: Sequence[tuple[str, str]] = (),
        *,
        headers: Sequence[tuple[str, str]] = (),
        cookies: Mapping[str, str] | None = None,
        body: bytes | None = None,
        redirects: int = 0,
        turn: Callable[[], Awaitable[None]] | None = None,
    ) -> Answer:
        """
        Ask a web server.

        Nothing is remembered from one call to the next.  Cookies, those given and those
        set on the way, go only to hosts that they belong to.

        :param method: ``GET`` or ``POST``.
        :param url: the address, which is sent as it stands: see
            :func:`uri_of`.
        :param params: its query, in this order, percent-encoded here.
        :param headers: ordered pairs; what is said in them of encodings is left out, as it is
            ours to know which can be read.  A redirect to the server of somebody else takes
            along what a browser would, and no more.
        :param cookies: for the host of ``url``.
        :param body: what is sent, if anything.
        :param redirects: how many are followed; the answer to the last one is returned.
        :param turn: waited for before each of them; that does not count against the time limit.
        :raise ConnectError: no complete answer came in time, or there is no such address.
        :raise InvalidResponseError: the body is too large.
        """
        if params:
            url += ("&" if urlsplit(url).query else "?") + urlencode(params)
        first, given = url, dict(cookies or {})
        jar: Any = CookieJar(AnyHost())  # any will do; its own kind is not in older versions
        client = HTTPClient(self._agent, jar, data_to_body_producer=SentBody)
        sent = Headers()
        for name, value in headers:
            if name.lower() != "accept-encoding":
                sent.addRawHeader(name, value)
        set_cookies: list[tuple[str, str]] = []
        left = self._timeout
        while True:
            began = self.clock.seconds()
            # Those that were given, and those that are set on the way, the client keeps.
            cookies = given if url is first else None
            try:
                answer = await self._ask(
                    client, method, url, left, headers=sent, cookies=cookies, data=body
                )
            except LineTooLongError as error:
                known = self.redaction.sent(first, headers, given.items())
                raise _unread(url, known.shown(error.name)) from None
            # None left, and yet an answer: it was we who took so long.
            left = left - (self.clock.seconds() - began)
            left = left if left > 0 else GRACE
            set_cookies += answer.set_cookies
            leads_on = redirects > 0 and answer.status in _REDIRECTS
            target = _target(answer, url) if leads_on else None
            if target is None:
                sent_with = self.redaction.sent(first, headers, given.items())
                known, head, content = sent_with.answered(
                    answer.headers, answer.content, set_cookies
                )
                exact = None
                if content is not answer.content or head is not answer.headers:
                    exact = answer.headers, answer.content
                return replace(
                    answer,
                    headers=head,
                    content=content,
                    set_cookies=tuple(set_cookies),
                    redaction=known,
                    exact=exact,
                    led_to="" if url is first else urlsplit(url).path,
                )
            redirects -= 1
            if not _same_side(url, target):
                sent = _public(sent)
            url = target
            if turn is not None:
                await turn()

    async def _ask(
        self, client: HTTPClient, method: str, url: str, seconds: float, **more: Any
    ) -> Answer:
        """The answer to one request, with its body if we can read it."""
        try:
            uri = uri_of(url)
        except ValueError as error:
            raise ConnectError(f"The address cannot be used: {error}") from None
        host = place_of(url)
        ask = partial(request_exactly, client, method, uri, self.clock, **more)
        response = await self._within(ask, seconds, url)
        headers: dict[str, list[str]] = {}
        for raw, lines in response.headers.getAllRawHeaders():
            headers[raw.decode("latin-1").lower()] = [x.decode("latin-1") for x in lines]
        whole = response.original  # our agent's, where all is there
        content, encoding = whole.body, ""
        if isinstance(whole.body, UnaskedEncodingError):
            content, encoding = b"", whole.body.encoding
        return Answer(
            response.code,
            host,
            headers,
            content,
            whole.set_cookies,
            values=self._values,
            encoding=encoding,
        )

    async def _within(self, ask: Callable[[], Deferred[Any]], seconds: float, url: str) -> Any:
        """The response to one request, if it comes in time; errors are ours."""
        running = ask_within(ask, seconds, self.clock, _late)
        self._running.add(running)
        try:
            return await running
        except (TikTokLiveError, LineTooLongError, defer.CancelledError):
            raise
        except defer.TimeoutError:
            host = place_of(url, always=True)
            words = f"{host} did not answer completely within {self._timeout:g} s."
            raise late_error(host, words) from None
        except Exception as error:
            if was_cancelled(error):
                raise defer.CancelledError() from error
            told = connect_error(place_of(url, always=True), error)
            silence(error)
            raise told from error
        finally:
            self._running.discard(running)

    async def close(self) -> None:
        """Cancel what is under way and close all connections."""
        for running in list(self._running):
            running.cancel()
        await self._pool.closeCachedConnections()


def override(
    pairs: Pairs, changes: Mapping[str, str], *, key: Callable[[str], str] = str
) -> list[tuple[str, str]]:
    """
    The pairs with the values that the user wants: in the place of the first of that name,
    further ones of it left out; new names at the end.

    :param key: by what two names are the same; ``str.lower`` for headers.
    """
    todo = {key(name): (name, value) for name, value in changes.items()}
    changed = frozenset(todo)
    found = []
    for name, value in pairs:
        if key(name) not in changed:
            found.append((name, value))
        elif key(name) in todo:
            found.append(todo.pop(key(name)))
    return [*found, *todo.values()]


def _unread(url: str, name: str) -> InvalidResponseError:
    """The error for a line of a head that is too long."""
    named = f" ({name})" if name else ""
    return InvalidResponseError(
        f"{place_of(url)} sent a line of more than {MAX_LINE} bytes in the head of its "
        f"answer{named}: it is not read."
    )


def _target(answer: Answer, url: str) -> str | None:
    """Where an answer redirects to, if one can go there."""
    if "location" not in answer.headers:
        return None
    try:
        target = urljoin(url, answer.headers["location"][0])
        uri_of(target)
    except ValueError:
        return None
    return target if urlsplit(target).scheme in ("http", "https") else None


def _same_side(url: str, target: str) -> bool:
    """Whether a redirect leads to the same server, or from one of TikTok's to another."""
    origins = [(uri.scheme, uri.host.lower(), uri.port) for uri in map(uri_of, (url, target))]
    return origins[0] == origins[1] or (is_tiktok(url) and is_tiktok(target))


def _public(headers: Headers) -> Headers:
    """Those that any server may read: others may be keys to the one that was asked."""
    kept = ((name, headers.getRawHeaders(name)) for name in _PUBLIC)
    return Headers({name: lines for name, lines in kept if lines})


def _late(result: object, seconds: float) -> Answer:
    # Twisted's HTTP client wraps the cancellation that a time limit causes into errors of
    # its own, which the limit would not know again.
    raise defer.TimeoutError(seconds, "Deferred")
