"""
HTTP: one request at a time, bounded in time and size.

Redirects are followed and bodies decompressed here.  Of Twisted's agents, those for
redirects leave the body of a redirect unread, and with it the connection open; the one for
gzip, which treq's client always uses, decompresses without bound, and turns a body that is
no gzip into an empty one.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from http.cookiejar import CookieJar
from typing import Any, TypeAlias
from urllib.parse import urlencode, urljoin, urlsplit

from treq.cookies import scoped_cookie
from twisted.internet import defer
from twisted.internet.defer import Deferred, succeed
from twisted.internet.interfaces import IConsumer
from twisted.internet.protocol import Protocol, connectionDone
from twisted.python.failure import Failure
from twisted.web.client import Agent, CookieAgent, HTTPConnectionPool, ResponseDone
from twisted.web.http import PotentialDataLoss
from twisted.web.http_headers import Headers
from twisted.web.iweb import IAgentEndpointFactory, IBodyProducer, IResponse
from zope.interface import implementer

from tiktoklive.errors import (
    ConnectError,
    FrameError,
    InvalidResponseError,
    PayloadTooLargeError,
    TikTokLiveError,
)
from tiktoklive.net.handshake import retry_after
from tiktoklive.net.network import connect_error, late_error, uri_of, was_cancelled
from tiktoklive.wire.frames import gunzip

_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Answer:
    """
    What came back.

    :ivar status: HTTP status of the last answer, redirects followed.
    :ivar host: who gave it.
    :ivar headers: its headers, names in lower case; of repeated ones, all values.
    :ivar body: decompressed.
    :ivar set_cookies: name and value of each cookie set on the way, redirects included, in
        order and byte for byte.
    """

    status: int
    host: str
    headers: Mapping[str, Sequence[str]] = field(repr=False)
    body: bytes = field(repr=False)
    set_cookies: Sequence[tuple[str, str]] = field(default=(), repr=False)

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

        :raise ValueError: it is none.
        """
        try:
            return json.loads(self.body)
        except RecursionError:
            raise ValueError("nested too deeply") from None


#: An answer, and where it redirects to, if it does.
_Asked: TypeAlias = tuple[Answer, str | None]


class Web:
    """
    Asks web servers.

    :param network: where connections go.
    :param reactor: the reactor, or a test's clock.
    :param timeout: seconds for one request with its redirects and its body.
    :param limit: bytes that a body may have.
    """

    def __init__(
        self,
        network: IAgentEndpointFactory,
        reactor: Any,
        *,
        timeout: float = 10.0,
        limit: int = 8 * 1024 * 1024,
    ) -> None:
        self.clock = reactor
        self._timeout = timeout
        self._limit = limit
        self._pool = HTTPConnectionPool(reactor)  # type: ignore[no-untyped-call]  # Twisted's
        self._agent = Agent.usingEndpointFactory(  # type: ignore[no-untyped-call]  # likewise
            reactor, network, self._pool
        )
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
        jar = CookieJar()
        for name, value in (cookies or {}).items():
            jar.set_cookie(scoped_cookie(url, name, value))
        agent = CookieAgent(self._agent, jar)
        set_cookies: list[tuple[str, str]] = []
        left = self._timeout
        while True:
            began = self.clock.seconds()
            asking = Deferred.fromCoroutine(self._ask(agent, method, url, headers, body))
            answer, target = await self._within(asking, left, urlsplit(url).hostname or "")
            left = max(0.0, left - (self.clock.seconds() - began))
            set_cookies += _cookie_pairs(answer.headers.get("set-cookie", ()))
            if redirects <= 0 or target is None:
                return replace(answer, set_cookies=tuple(set_cookies))
            redirects -= 1
            url = target
            if turn is not None:
                await turn()

    async def _within(self, asking: Deferred[_Asked], seconds: float, host: str) -> _Asked:
        """What comes of one request, if it comes in time; errors are ours."""
        running = asking.addTimeout(seconds, self.clock, _timed_out)
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
            raise connect_error(host, error) from error
        finally:
            self._running.discard(running)

    async def close(self) -> None:
        """Cancel what is under way and close all connections."""
        for running in list(self._running):
            running.cancel()
        await self._pool.closeCachedConnections()  # type: ignore[no-untyped-call]  # Twisted's

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
        where = uri_of(url).toBytes()  # type: ignore[no-untyped-call]  # Twisted's
        producer = None if body_sent is None else _Sent(body_sent)
        response = await agent.request(method.encode("ascii"), where, sent, producer)
        received: dict[str, list[str]] = {}
        for raw, lines in response.headers.getAllRawHeaders():
            received[raw.decode("latin-1").lower()] = [x.decode("latin-1") for x in lines]
        packed = received.get("content-encoding", [""])[-1].strip().lower() == "gzip"
        body = await self._read(response, host, packed)
        answer = Answer(response.code, host, received, body)
        return answer, _target(answer, url)

    async def _read(self, response: IResponse, host: str, packed: bool) -> bytes:
        """The whole body, if it is not too large."""
        collected = _Body(self._limit, host)
        response.deliverBody(collected)  # type: ignore[no-untyped-call]  # Twisted's
        body = await collected.complete
        if not packed or not body:
            return body
        try:
            return gunzip(body, self._limit)
        except PayloadTooLargeError as error:
            raise _too_large(host) from error
        except FrameError as error:
            raise InvalidResponseError(f"{host} sent a body that is no valid gzip.") from error


@implementer(IBodyProducer)
class _Sent:
    """A body that is there already; Twisted's own producer wants a file and the global reactor."""

    def __init__(self, body: bytes) -> None:
        self._body = body
        self.length = len(body)

    def startProducing(self, consumer: IConsumer) -> Deferred[None]:
        """Write it."""
        consumer.write(self._body)
        return succeed(None)

    def pauseProducing(self) -> None:
        """It was written at once."""

    resumeProducing = stopProducing = pauseProducing


class _Body(Protocol):
    """Collects a body up to a limit; cancelling closes the connection."""

    def __init__(self, limit: int, host: str) -> None:
        self.complete: Deferred[bytes] = Deferred(self._stop)
        self._left = limit
        self._host = host
        self._parts: list[bytes] = []

    def _stop(self, complete: Deferred[bytes]) -> None:
        self._parts.clear()
        if self.transport is not None:
            self.transport.loseConnection()

    def dataReceived(self, data: bytes) -> None:
        """Another piece."""
        self._left -= len(data)
        if self.complete.called:
            return
        if self._left < 0:
            self._stop(self.complete)
            self.complete.errback(_too_large(self._host))
        else:
            self._parts.append(data)

    def connectionLost(self, reason: Failure = connectionDone) -> None:
        """The body ended, in order or not."""
        if self.complete.called:
            return
        if isinstance(reason.value, ResponseDone | PotentialDataLoss):  # the latter: by closing
            self.complete.callback(b"".join(self._parts))
        else:
            self.complete.errback(reason)


def _too_large(host: str) -> InvalidResponseError:
    return InvalidResponseError(f"{host} sent a body that is larger than allowed.")


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


def _cookie_pairs(lines: Sequence[str]) -> list[tuple[str, str]]:
    """Name and value of each ``Set-Cookie`` line."""
    pairs = []
    for line in lines:
        name, equals, value = line.partition(";")[0].partition("=")
        if equals and name.strip():
            pairs.append((name.strip(), value.strip()))
    return pairs


def _timed_out(result: object, seconds: float) -> _Asked:
    # Twisted's HTTP client wraps the cancellation that a time limit causes into errors of
    # its own, which addTimeout would not know again.
    raise defer.TimeoutError(seconds, "Deferred")
