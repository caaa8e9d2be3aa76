"""
HTTP: one request at a time, bounded in time and size.

treq's client makes it, by an agent of ours (:mod:`tiktoklive.net.exchange`).  Redirects are
followed here: each waits for its turn, and what follows them in treq leaves their bodies unread.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final
from urllib.parse import urlencode, urljoin, urlsplit

from OpenSSL import SSL
from treq.client import HTTPClient
from twisted.internet import defer
from twisted.internet.defer import Deferred
from twisted.internet.error import ConnectError as NoConnection
from twisted.internet.error import ConnectionClosed
from twisted.web.client import HTTPConnectionPool
from twisted.web.http_headers import Headers
from twisted.web.iweb import IAgentEndpointFactory

from tiktoklive.deferreds import GRACE, cancel_after
from tiktoklive.errors import ConnectError, InvalidResponseError, TikTokLiveError
from tiktoklive.net.cookies import cookies_in
from tiktoklive.net.exchange import (
    MAX_HEAD,
    MAX_LINE,
    BoundedAgent,
    LineTooLongError,
    SentBody,
    UnaskedEncodingError,
)
from tiktoklive.net.handshake import retry_after
from tiktoklive.net.network import (
    ExactAddress,
    connect_error,
    late_error,
    uri_of,
    was_cancelled,
)
from tiktoklive.net.redaction import NOTHING_KNOWN, Redaction
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
    :ivar content: its body, decompressed.
    :ivar values: how many values :meth:`json` accepts.
    :ivar set_cookies: name and value of each cookie set on the way, redirects included, in
        order and byte for byte.
    :ivar redaction: knows what was sent.
    :ivar exact: header and body as they came, if they were masked; see :meth:`unmasked`.
    :ivar encoding: of a body that cannot be read: it was not asked for.
    """

    status: int
    host: str
    headers: Mapping[str, Sequence[str]] = field(repr=False)
    content: bytes = field(repr=False)
    set_cookies: Sequence[tuple[str, str]] = field(default=(), repr=False)
    values: int = field(default=MAX_VALUES, repr=False)
    redaction: Redaction = field(default=NOTHING_KNOWN, repr=False, compare=False)
    exact: tuple[Mapping[str, Sequence[str]], bytes] | None = field(default=None, repr=False)
    encoding: str = field(default="", repr=False)

    @property
    def body(self) -> bytes:
        """
        The body, for those who read it.

        :raise InvalidResponseError: it is in an encoding that was not asked for.
        """
        if self.encoding:
            raise InvalidResponseError(
                f"{self.host} answered (HTTP {self.status}) with {self.unreadable}: try again, or "
                "look at the proxy, if there is one.",
                retry_after=self.retry_after,
            )
        return self.content

    @property
    def unreadable(self) -> str:
        """What is the matter with the body, if it cannot be read, else ``""``."""
        if not self.encoding:
            return ""
        named = self.shown(self.encoding)
        return f"a body in the encoding {named!r}, which was not asked for (gzip was)"

    def shown(self, value: object) -> str:
        """Something that the answer says, fit to be quoted; ``""`` if it is no text."""
        return self.redaction.shown(value)

    def unmasked(self) -> Answer:
        """The same, byte for byte: for what is sent back or decoded, never for what is shown."""
        if self.exact is None:
            return self
        return replace(self, headers=self.exact[0], content=self.exact[1], exact=None)

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
        self._running: set[Deferred[Answer]] = set()

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
            :func:`~tiktoklive.net.network.uri_of`.
        :param params: its query, in this order, percent-encoded here.
        :param headers: ordered pairs; what is said in them of encodings is left out, as it is
            ours to know which can be read.
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
            address = ExactAddress(uri_of(url))
        except ValueError as error:
            raise ConnectError(f"The address cannot be used: {error}") from None
        given = dict(cookies or {})
        known = self.redaction.sent(url, headers, given.items())
        client = HTTPClient(self._agent, data_to_body_producer=SentBody)
        sent = Headers()
        for name, value in headers:
            if name.lower() != "accept-encoding":
                sent.addRawHeader(name, value)
        set_cookies: list[tuple[str, str]] = []
        left = self._timeout
        while True:
            began = self.clock.seconds()
            asking = defer.maybeDeferred(
                client.request,
                method,
                address,
                headers=sent,
                cookies=given,
                data=body,
                allow_redirects=False,
                unbuffered=True,
                reactor=self.clock,
            )
            answer = await self._within(asking, left, urlsplit(url).hostname or "", known)
            # None left, and yet an answer: it was we who took so long.
            left = left - (self.clock.seconds() - began)
            left = left if left > 0 else GRACE
            if "set-cookie" in answer.headers:
                set_cookies += cookies_in(answer.headers["set-cookie"])
            target = _target(answer, url) if redirects > 0 else None
            if target is None:
                return _masked(replace(answer, set_cookies=tuple(set_cookies)), known)
            redirects -= 1
            url, address = target
            given = {}  # the client has them
            if turn is not None:
                await turn()

    async def _within(
        self, asking: Deferred[Any], seconds: float, host: str, known: Redaction
    ) -> Answer:
        """The answer to one request, if it comes in time; errors are ours."""
        answer = Deferred.fromCoroutine(self._read(asking, host))
        running = cancel_after(answer, seconds, self.clock, _late)
        self._running.add(running)
        try:
            return await running
        except (TikTokLiveError, defer.CancelledError):
            raise
        except defer.TimeoutError:
            words = f"{host} did not answer completely within {self._timeout:g} s."
            raise late_error(host, words) from None
        except LineTooLongError as error:
            named = f" ({known.shown(error.name)})" if error.name else ""
            raise InvalidResponseError(
                f"{host} sent a line of more than {MAX_LINE} bytes in the head of its answer"
                f"{named}: it is not read."
            ) from None
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

    async def _read(self, asking: Deferred[Any], host: str) -> Answer:
        """The answer, with its body if we can read it."""
        response = await asking
        headers: dict[str, list[str]] = {}
        for raw, lines in response.headers.getAllRawHeaders():
            headers[raw.decode("latin-1").lower()] = [x.decode("latin-1") for x in lines]
        encoding = ""
        try:
            content = await response.content()
        except UnaskedEncodingError as error:
            content, encoding = b"", error.encoding
        return Answer(response.code, host, headers, content, values=self._values, encoding=encoding)


def _masked(answer: Answer, known: Redaction) -> Answer:
    """An answer without what it repeats of the request."""
    given = [("cookie", line) for line in answer.headers.get("x-set-tt-cookie", ())]
    if given or answer.set_cookies:
        known = known.sent(headers=given, cookies=answer.set_cookies)
    body = known.masked(answer.content)
    headers: dict[str, Sequence[str]] = {}
    for name, lines in answer.headers.items():
        kept = known.masked(name.encode("latin-1")).decode("latin-1")
        headers[kept] = [known.masked(x.encode("latin-1")).decode("latin-1") for x in lines]
    exact = None
    if body is not answer.content or headers != answer.headers:
        exact = (answer.headers, answer.content)
    return replace(answer, headers=headers, content=body, redaction=known, exact=exact)


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


def _target(answer: Answer, url: str) -> tuple[str, ExactAddress] | None:
    """Where an answer redirects to, if it does, and if one can go there."""
    if answer.status not in _REDIRECTS or "location" not in answer.headers:
        return None
    try:
        target = urljoin(url, answer.headers["location"][0])
        address = ExactAddress(uri_of(target))
    except ValueError:
        return None
    return (target, address) if urlsplit(target).scheme in ("http", "https") else None


def _late(result: object, seconds: float) -> Answer:
    # Twisted's HTTP client wraps the cancellation that a time limit causes into errors of
    # its own, which the limit would not know again.
    raise defer.TimeoutError(seconds, "Deferred")
