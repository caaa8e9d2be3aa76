"""
HTTP: one request at a time, bounded in time and size.

Redirects are followed and bodies decompressed here.  Of Twisted's agents, those for
redirects leave the body of a redirect unread, and with it the connection open; the one for
gzip, which treq's client always uses, decompresses without bound, and turns a body that is
no gzip into an empty one.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from http.cookiejar import CookieJar
from typing import Any, Final, TypeAlias
from urllib.parse import urlencode, urljoin, urlsplit

from OpenSSL import SSL
from treq.cookies import scoped_cookie
from twisted.internet import defer
from twisted.internet.defer import Deferred
from twisted.internet.error import ConnectError as NoConnection
from twisted.internet.error import ConnectionClosed
from twisted.web.client import Agent, CookieAgent, HTTPConnectionPool
from twisted.web.http_headers import Headers
from twisted.web.iweb import IAgentEndpointFactory, IResponse

from tiktoklive.deferreds import GRACE, cancel_after
from tiktoklive.errors import (
    ConnectError,
    FrameError,
    InvalidResponseError,
    PayloadTooLargeError,
    TikTokLiveError,
)
from tiktoklive.net.bodies import ReceivedBody, SentBody, too_large
from tiktoklive.net.cookies import SendableCookies, cookies_in
from tiktoklive.net.handshake import retry_after
from tiktoklive.net.heads import MAX_HEAD, BoundedHeads
from tiktoklive.net.network import connect_error, late_error, uri_of, was_cancelled
from tiktoklive.net.redaction import NOTHING_KNOWN, Redaction
from tiktoklive.wire.frames import gunzip
from tiktoklive.wire.jsonread import MAX_VALUES, read_json

#: Bytes that a body may have by default: several times those of TikTok's list of all gifts, which
#: is longer than anything else.
MAX_ANSWER: Final = 4 * 1024 * 1024

_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Answer:
    """
    What came back, with asterisks in the place of what was sent and must not be shown.

    :ivar status: HTTP status of the last answer, redirects followed.
    :ivar host: the host that gave it.
    :ivar headers: its headers, names in lower case; of repeated ones, all values.
    :ivar body: decompressed.
    :ivar led_to: the path to which the redirects led that were followed, ``""`` without any.
    :ivar values: how many values :meth:`json` accepts.
    :ivar set_cookies: name and value of each cookie set on the way, redirects included, in
        order and byte for byte.
    :ivar redaction: knows what was sent.
    :ivar exact: header and body as they came, if they were masked; see :meth:`unmasked`.
    """

    status: int
    host: str
    headers: Mapping[str, Sequence[str]] = field(repr=False)
    body: bytes = field(repr=False)
    set_cookies: Sequence[tuple[str, str]] = field(default=(), repr=False)
    values: int = field(default=MAX_VALUES, repr=False)
    redaction: Redaction = field(default=NOTHING_KNOWN, repr=False, compare=False)
    exact: tuple[Mapping[str, Sequence[str]], bytes] | None = field(default=None, repr=False)
    led_to: str = field(default="", repr=False)

    def shown(self, value: object) -> str:
        """Something that the answer says, fit to be quoted; ``""`` if it is no text."""
        return self.redaction.shown(value)

    def unmasked(self) -> Answer:
        """The same, byte for byte: for what is sent back or decoded, never for what is shown."""
        if self.exact is None:
            return self
        return replace(self, headers=self.exact[0], body=self.exact[1], exact=None)

    def header(self, name: str) -> str:
        """The last value of a header, ``""`` if there is none."""
        values = self.headers.get(name.lower())
        return values[-1] if values else ""

    @property
    def retry_after(self) -> float | None:
        """Seconds that the answer asks to wait."""
        return retry_after(self.header("retry-after"), self.header("date"))

    def json(self) -> Any:
        """
        The body, read as JSON.

        :raise JsonTooLargeError: it has too many values, or takes too much memory.
        :raise ValueError: it is none.
        """
        return read_json(self.body, values=self.values)


#: Failures whose texts are those of the system.
_SYSTEM = (OSError, ConnectError, NoConnection, ConnectionClosed, SSL.Error)

#: An answer, and where it redirects to, if it does.
_Asked: TypeAlias = tuple[Answer, str | None]


class Web:
    """
    Asks web servers.

    :param network: where connections go.
    :param reactor: the reactor, or a test's clock.
    :param timeout: seconds for one request with its redirects and its body.
    :param limit: bytes that a body may have, before and after decompression.
    :param head: bytes that the head of an answer may have, see
        :class:`~tiktoklive.net.heads.BoundedHeads`.
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
        self._limit = limit
        self._values = values
        self._pool = HTTPConnectionPool(reactor)
        self._agent = Agent.usingEndpointFactory(reactor, BoundedHeads(network, head), self._pool)
        self._running: set[Deferred[_Asked]] = set()

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
        :param url: the address.
        :param params: its query, in this order, percent-encoded here.
        :param headers: ordered pairs.
        :param cookies: for the host of ``url``.
        :param body: what is sent, if anything.
        :param redirects: how many are followed; the answer to the last one is returned.
        :param turn: waited for before each of them; that does not count against the time limit.
        :raise ConnectError: no complete answer came in time, or there is no such address.
        :raise InvalidResponseError: the body is too large.
        """
        if params:
            url += ("&" if urlsplit(url).query else "?") + urlencode(params)
        try:
            uri_of(url)
        except ValueError as error:
            raise ConnectError(f"The address cannot be used: {error}") from None
        first = url
        jar = CookieJar()
        for name, value in (cookies or {}).items():
            jar.set_cookie(scoped_cookie(url, name, value))
        agent = CookieAgent(SendableCookies(self._agent), jar)
        set_cookies: list[tuple[str, str]] = []
        sent = [*(cookies or {}).items()]
        left = self._timeout
        while True:
            began = self.clock.seconds()
            asking = Deferred.fromCoroutine(self._ask(agent, method, url, headers, body))
            answer, target = await self._within(asking, left, urlsplit(url).hostname or "")
            # None left, and yet an answer: it was we who took so long.
            left = left - (self.clock.seconds() - began)
            left = left if left > 0 else GRACE
            set_cookies += cookies_in(answer.headers.get("set-cookie", ()))
            if redirects <= 0 or target is None:
                known = self.redaction.sent(first, headers, sent)
                led_to = "" if url == first else urlsplit(url).path
                answer = replace(answer, set_cookies=tuple(set_cookies), led_to=led_to)
                return _masked(answer, known)
            redirects -= 1
            url = target
            if turn is not None:
                await turn()

    async def _within(self, asking: Deferred[_Asked], seconds: float, host: str) -> _Asked:
        """What comes of one request, if it comes in time; errors are ours."""
        running = cancel_after(asking, seconds, self.clock, _timed_out)
        self._running.add(running)
        try:
            return await running
        except (TikTokLiveError, defer.CancelledError):
            raise
        except defer.TimeoutError:
            words = f"{host} did not answer completely within {self._timeout:g} s."
            raise late_error(host, words) from None
        except Exception as error:
            if was_cancelled(error):
                raise defer.CancelledError() from error
            told = connect_error(host, error)
            _silence(error)
            raise told from error
        finally:
            self._running.discard(running)

    async def close(self) -> None:
        """Cancel what is under way and close all connections."""
        for running in list(self._running):
            running.cancel()
        await self._pool.closeCachedConnections()

    async def _ask(
        self,
        agent: CookieAgent,
        method: str,
        url: str,
        headers: Sequence[tuple[str, str]],
        body_sent: bytes | None,
    ) -> _Asked:
        """One request: the answer, and where it redirects to."""
        host = urlsplit(url).hostname or ""
        sent = Headers({"Accept-Encoding": ["gzip"]})
        for name, value in headers:
            sent.addRawHeader(name, value)
        where = uri_of(url).toBytes()
        producer = None if body_sent is None else SentBody(body_sent)
        response = await agent.request(method.encode("ascii"), where, sent, producer)
        received: dict[str, list[str]] = {}
        for raw, lines in response.headers.getAllRawHeaders():
            received[raw.decode("latin-1").lower()] = [x.decode("latin-1") for x in lines]
        packed = received.get("content-encoding", [""])[-1].strip().lower() == "gzip"
        body = await self._read(response, host, packed)
        answer = Answer(response.code, host, received, body, values=self._values)
        return answer, _target(answer, url)

    async def _read(self, response: IResponse, host: str, packed: bool) -> bytes:
        """The whole body, if it is not too large."""
        collected = ReceivedBody(self._limit, host)
        response.deliverBody(collected)
        body = await collected.complete
        if not packed or not body:
            return body
        try:
            return gunzip(body, self._limit)
        except PayloadTooLargeError as error:
            raise too_large(host) from error
        except FrameError as error:
            raise InvalidResponseError(f"{host} sent a body that is no valid gzip.") from error


def _masked(answer: Answer, known: Redaction) -> Answer:
    """An answer without what it repeats of the request."""
    given = [("cookie", line) for line in answer.headers.get("x-set-tt-cookie", ())]
    if given or answer.set_cookies:
        known = known.sent(headers=given, cookies=answer.set_cookies)
    body = known.masked(answer.body)
    headers: dict[str, Sequence[str]] = {}
    for name, lines in answer.headers.items():
        kept = known.masked(name.encode("latin-1")).decode("latin-1")
        headers[kept] = [known.masked(x.encode("latin-1")).decode("latin-1") for x in lines]
    exact = None
    if body is not answer.body or headers != answer.headers:
        exact = (answer.headers, answer.body)
    return replace(answer, headers=headers, body=body, redaction=known, exact=exact)


def _silence(error: BaseException) -> None:
    """
    Take the texts of others out of an error.

    Twisted's parser quotes the line that it cannot read, and whatever is raised later, while that
    error is handled, shows it in its traceback.
    """
    for inner in getattr(error, "reasons", None) or ():
        _silence(getattr(inner, "value", inner))
    if not isinstance(error, _SYSTEM) and not hasattr(error, "reasons"):
        error.args = ()


def _target(answer: Answer, url: str) -> str | None:
    """Where an answer redirects to, if it does, and if one can go there."""
    if answer.status not in _REDIRECTS or "location" not in answer.headers:
        return None
    try:
        target = urljoin(url, answer.headers["location"][0])
        uri_of(target)
    except ValueError:
        return None
    return target if urlsplit(target).scheme in ("http", "https") else None


def _timed_out(result: object, seconds: float) -> _Asked:
    # Twisted's HTTP client wraps the cancellation that a time limit causes into errors of
    # its own, which the limit would not know again.
    raise defer.TimeoutError(seconds, "Deferred")
