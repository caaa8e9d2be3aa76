"""What the site answers: JSON, refusals in one sentence, and the headers of every answer."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any, Final

from twisted.web.server import Request

from tiktoklive.outputs.jsonbytes import dumps


def _below(hosts: Iterable[str]) -> str:
    """Hosts, and all below them, as a policy names them."""
    return " ".join(f"https://{host} https://*.{host}" for host in hosts)


#: Hosts that have TikTok's pictures, with all below them.
PICTURE_HOSTS: Final = (
    *("tiktokcdn.com", "tiktokcdn-us.com", "tiktokcdn-eu.com", "tiktokcdn-in.com"),
    *("tiktok.com", "tiktokv.com", "ttwstatic.com", "ibyteimg.com", "byteoversea.com"),
    "muscdn.com",
)

#: What a browser may do with what it gets from here: a page runs our scripts, shows pictures
#: of those hosts, and talks to us only. A page of ours may have another one of ours within it. No
#: text becomes markup or a script, whatever a script does: there is no policy that would allow it.
POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
        "media-src 'self'",
        "frame-src 'self'",
        f"img-src 'self' data: {_below(PICTURE_HOSTS)}",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'self'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
)

#: A host that a policy can name: one that is an IPv6 address it cannot.
_NAMED: Final = re.compile(r"http://[A-Za-z0-9._-]+:([0-9]+|\*)")

#: An origin that a policy can name.
_AROUND: Final = re.compile(r"https?://[a-z0-9._-]+(?::[0-9]{1,5})?")

_HEADERS: Final = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Cache-Control", "no-store"),
)


class Refusal(Exception):
    """
    A request is not granted.

    :param status: the HTTP status.
    :param code: one word, for programs.
    :param sentence: for people: what is wrong and what they can do.
    :param headers: more headers of the answer.
    """

    def __init__(
        self, status: int, code: str, sentence: str, headers: tuple[tuple[str, str], ...] = ()
    ) -> None:
        super().__init__(sentence)
        self.status = status
        self.code = code
        self.sentence = sentence
        self.headers = headers

    def as_dict(self) -> dict[str, str]:
        """The answer's JSON."""
        return {"error": self.sentence, "code": self.code}


class UnknownUser(Refusal):
    """
    A user is not followed, as far as is known here.

    :param name: as it was asked for.
    """

    def __init__(self, name: str) -> None:
        self.user = name.removeprefix("@")
        super().__init__(404, "unknown", f"@{self.user} is not followed.")


def policy(pictures: str, hosts: Iterable[str] = PICTURE_HOSTS, origins: Iterable[str] = ()) -> str:
    """
    What a browser may do.

    :param pictures: where a simulator has pictures: ``http://host:port``, any port with ``*``;
        ``""`` for nowhere.
    :param hosts: names of hosts of whose pictures, and of whose below them, a page may show some.
    :param origins: whose pages may have one of ours within them.
    """
    shown = _below(hosts)
    if _NAMED.fullmatch(pictures):
        shown = f"{shown} {pictures}"
    around = " ".join(("'self'", *sorted(filter(_AROUND.fullmatch, origins))))
    return POLICY.replace(_below(PICTURE_HOSTS), shown).replace(
        "frame-ancestors 'self'", f"frame-ancestors {around}"
    )


def secure(request: Request, allowed: str = POLICY) -> None:
    """
    Set the headers that every answer has.

    :param allowed: what a browser may do.
    """
    request.setHeader("Content-Security-Policy", allowed)
    for name, value in _HEADERS:
        request.setHeader(name, value)


def as_json(request: Request, shape: Any, status: int = 200) -> bytes:
    """An answer in JSON."""
    request.setResponseCode(status)
    request.setHeader("Content-Type", "application/json")
    return dumps(shape) + b"\n"


def read_json(request: Request) -> dict[str, Any]:
    """
    The object that a request brings, as JSON; an empty one if there is no body.

    :raise Refusal: it is none, or is not said to be JSON, as a form of another site's page cannot.
    """
    kind = (request.getHeader("content-type") or "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise Refusal(415, "type", "Send JSON: Content-Type: application/json.")
    content: Any = request.content
    try:
        body = json.loads(content.read() or b"{}")
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict):
        raise Refusal(400, "body", "The body must be an object of JSON.")
    return body


def read_named(request: Request, *others: str) -> dict[str, Any]:
    """
    What a request says: a name, and tables of some other names.

    :raise Refusal: it says something else.
    """
    body = read_json(request)
    tables = [body[key] for key in others if key in body]
    if (
        not isinstance(body.get("name"), str)
        or not set(body) <= {"name", *others}
        or not all(isinstance(each, dict) for each in tables)
    ):
        more = "".join(f', and "{key}": {{...}} if need be' for key in others)
        raise Refusal(400, "body", f'The body must be {{"name": "alice"}}{more}.')
    return body


def refused(request: Request, refusal: Refusal) -> bytes:
    """The answer that refuses."""
    for name, value in refusal.headers:
        request.setHeader(name, value)
    return as_json(request, refusal.as_dict(), refusal.status)
