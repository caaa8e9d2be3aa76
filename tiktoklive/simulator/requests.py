"""What a client sent in one HTTP request, and what it gets: plain values, kept for tests."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar
from urllib.parse import parse_qsl

from twisted.web.server import Request as WebRequest

#: How many of the latest things of each sort are kept at least.
KEPT: Final = 10_000

_T = TypeVar("_T")


def keep(kept: list[_T], item: _T) -> None:
    """Append to a list that tests read, but let it not grow for ever in a long demonstration."""
    kept.append(item)
    if len(kept) >= 2 * KEPT:
        del kept[:KEPT]


@dataclass(frozen=True, slots=True)
class Request:
    """
    A request, or the opening handshake of a WebSocket, as it arrived.

    :ivar path: the path without the query.
    :ivar query: the query's parameters, decoded once, in order, repeated ones too.
    :ivar headers: names (lower case) and values, in order.
    :ivar cookies: name to value, byte for byte.
    :ivar at: when it came, in the clock's seconds.
    :ivar body: what was sent, as it came.
    :ivar target: path and query, as they came.
    """

    method: str
    path: str
    query: tuple[tuple[str, str], ...] = field(repr=False)
    headers: tuple[tuple[str, str], ...] = field(repr=False)
    cookies: Mapping[str, str] = field(repr=False)
    at: float = 0.0
    body: bytes = field(default=b"", repr=False)
    target: str = field(default="", repr=False)

    def parameter(self, name: str) -> str | None:
        """The first value of a query parameter, ``None`` if it was not sent."""
        return next((value for key, value in self.query if key == name), None)

    def header(self, name: str) -> str | None:
        """The first value of a header, ``None`` if it was not sent."""
        return next((value for key, value in self.headers if key == name.lower()), None)


def read_request(request: WebRequest, at: float) -> Request:
    """Copy what matters out of a request of Twisted Web."""
    path, _, query = request.uri.decode("latin-1").partition("?")
    headers = tuple(
        (name.decode("latin-1").lower(), value.decode("utf-8", "replace"))
        for name, values in request.requestHeaders.getAllRawHeaders()
        for value in values
    )
    cookies: dict[str, str] = {}
    for name, value in headers:
        if name == "cookie":
            for crumb in value.split(";"):
                key, _, content = crumb.strip().partition("=")
                cookies[key] = content
    return Request(
        request.method.decode("latin-1"),
        path,
        tuple(parse_qsl(query, keep_blank_values=True)),
        headers,
        cookies,
        at,
        b"" if request.content is None else request.content.read(),
        request.uri.decode("latin-1"),
    )


def is_signed(request: Request) -> bool:
    """Whether its address is signed; by which rules is not looked at (wire facts §4.3)."""
    return any(request.parameter(name) for name in ("X-Bogus", "_signature"))


@dataclass(frozen=True, slots=True)
class Answer:
    """
    What the server sends back.

    :ivar headers: pairs of name and value; ``Set-Cookie`` may stand more than once.
    """

    status: int = 200
    body: bytes = b""
    content_type: str = "text/html; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()

    @classmethod
    def json(cls, value: Any, status: int = 200) -> Answer:
        """An answer with a JSON body."""
        body = json.dumps(value, ensure_ascii=False).encode()
        return cls(status, body, "application/json; charset=utf-8")

    def send(self, request: WebRequest) -> bytes:
        """Write head and headers; the body is returned, for ``render``."""
        request.setResponseCode(self.status)
        for name, value in ("Content-Type", self.content_type), *self.headers:
            request.responseHeaders.addRawHeader(name, value)
        return self.body
