"""Sign servers that sign addresses: one after the other, until one does (wire facts §9.2, §9.4)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlsplit, urlunsplit

from twisted.internet.defer import CancelledError
from zope.interface import implementer

from tiktoklive.errors import (
    ConnectError,
    InvalidResponseError,
    LocalResourceError,
    Remedy,
    SignatureError,
    SignatureRateLimitError,
    SignServerError,
    SignServerRefusedError,
    SourceRestingError,
    TikTokLiveError,
)
from tiktoklive.errors.isolation import kind_in_words
from tiktoklive.interfaces import IUrlSigner
from tiktoklive.model import SignedUrl
from tiktoklive.net.answers import Answer
from tiktoklive.net.cookies import COOKIE_VALUE
from tiktoklive.net.quoting import words_of
from tiktoklive.signing.server import SignServer
from tiktoklive.signing.users import Users

#: Servers that signed for older clients; the second when the first did not (wire facts §9.1).
URL_SIGNERS = ("https://tiktok.eulerstream.com", "https://tiktok-sign.zerody.one")

#: Seconds for each of them.
URL_TIMEOUT = 5.0

_GET_PATH = "/webcast/sign_url"

#: Where newer servers sign, the present one and its successor (wire facts §9.4).
_POST_PATHS = ("/webcast/sign_url", "/tiktok/sign_url")

#: What a signature that an address had before consists of.
_SIGNATURE = frozenset(("X-Bogus", "X-Gnarly", "msToken"))

_ASKED = "the signature"

#: A ``User-Agent`` that a request can carry: it is kept for all that follow.
_AGENT = re.compile(r"[\x20-\x7e]{1,1024}")


@implementer(IUrlSigner)
class SignServerUrls:
    """
    Has addresses signed by sign servers, which see nothing of us but the address.

    The old form, a GET, is tried first; where a server does not know it any more, the form of
    today, a POST.

    :param servers: in the order in which they are asked; at least one.
    :param users: how many are followed is told.
    :ivar budgets: how often the servers may be asked.
    """

    def __init__(self, servers: Sequence[SignServer], users: Users) -> None:
        if not servers:
            raise ValueError("There is no sign server to ask.")
        self.budgets = tuple(server.budget for server in servers)
        self._servers = tuple(servers)
        self._users = users

    async def sign_url(self, url: str) -> SignedUrl:
        """
        Sign one address; see :meth:`tiktoklive.interfaces.IUrlSigner.sign_url`.

        :raise SignatureError: no server did; the text lists them.
        :raise SignServerRefusedError: all want a key, or block us.
        :raise SignatureRateLimitError: all want to be asked less.
        :raise SourceRestingError: all are asked as often as they may be already.
        """
        failures: list[tuple[str, TikTokLiveError]] = []
        for server in self._servers:
            try:
                return await self._ask(server, url)
            except (CancelledError, LocalResourceError):
                raise
            except (
                SignServerError,
                SourceRestingError,
                ConnectError,
                InvalidResponseError,
            ) as error:
                failures.append((server.host, error))
        raise _nobody_signed(failures)

    async def _ask(self, server: SignServer, url: str) -> SignedUrl:
        """One server, in each of the forms that it may know: those it does not are 404."""
        count = str(self._users.count())
        try:
            answer = await server.get(_GET_PATH, _ASKED, [("url", url), ("uuc", count)])
        except SignatureError as error:
            gone = error
        else:
            return _signed(url, server, answer, _content(server, answer))
        content = {"url": _unsigned(url), "method": "GET", "type": "fetch"}
        agent = _agent_of(url)
        if agent:
            content["userAgent"] = agent
        for path in _POST_PATHS:
            try:
                answer = await server.post(path, _ASKED, content)
            except SignatureError as error:
                gone = error
            else:
                return _signed(url, server, answer, _response(server, answer))
        raise gone


def _agent_of(url: str) -> str:
    """The ``User-Agent`` of the browser that an address speaks of (wire facts §11.1)."""
    named = dict(parse_qsl(urlsplit(url).query))
    name, version = named.get("browser_name"), named.get("browser_version")
    return f"{name}/{version}" if name and version else ""


def _unsigned(url: str) -> str:
    """The address without a signature; all else stays byte for byte."""
    parts = urlsplit(url)
    pairs = parts.query.split("&")
    left = [pair for pair in pairs if pair.partition("=")[0] not in _SIGNATURE]
    return urlunsplit(parts._replace(query="&".join(left)))


def _content(server: SignServer, answer: Answer) -> dict[str, Any]:
    """The JSON object of an answer."""
    if answer.unreadable:
        raise _useless(answer, answer.unreadable)
    try:
        content = answer.unmasked().json()  # it gives back what is to be signed
    except ValueError:
        content = None
    if isinstance(content, dict):
        return content
    said = words_of(answer)[1]
    quoted = f": {said!r}" if said else ""
    raise _useless(answer, f"something else than a JSON object{quoted}")


def _response(server: SignServer, answer: Answer) -> dict[str, Any]:
    """What the form of today wraps: with HTTP 200 it may still refuse, by a code."""
    content = _content(server, answer)
    code = content.get("code")
    if code in (401, 402, 403, 429):
        raise server.refusal(replace(answer, status=int(code)), _ASKED)
    response = content.get("response")
    if isinstance(response, dict):
        return response
    said_words = words_of(answer)[1]
    quoted = f": {said_words!r}" if said_words else ""
    shown_code = f" (code {answer.shown(str(code))})" if code is not None else ""
    raise _useless(answer, f"no response{shown_code}{quoted}")


def _signed(url: str, server: SignServer, answer: Answer, content: dict[str, Any]) -> SignedUrl:
    """The signed address in an answer."""
    signed = content.get("signedUrl")
    if not isinstance(signed, str) or not signed:
        said = answer.shown(content.get("error") or content.get("message"))
        raise _useless(answer, f"no signedUrl{f': {said!r}' if said else ''}")
    if _place(signed) != _place(url):
        raise _useless(answer, "another address than the one that was to be signed")
    tokens = content.get("tokens")
    ms_token = content.get("msToken") or (tokens.get("msToken") if isinstance(tokens, dict) else "")
    agent = content.get("User-Agent") or content.get("userAgent")
    return SignedUrl(
        signed,
        agent if isinstance(agent, str) and _AGENT.fullmatch(agent) else "",
        ms_token if isinstance(ms_token, str) and COOKIE_VALUE.fullmatch(ms_token) else "",
    )


def _place(url: str) -> tuple[str, str, str] | None:
    """What of an address a signature must not change."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return parts.scheme, parts.netloc, parts.path


def _useless(answer: Answer, what: str) -> SignatureError:
    return SignatureError(
        f"The sign server ({answer.host}) answered {_ASKED} with {what}. Use another server, a "
        "signer of your own, or another source.",
        status=answer.status,
    )


def _nobody_signed(failures: Sequence[tuple[str, TikTokLiveError]]) -> TikTokLiveError:
    """
    The error that lists what each server said.

    Its kind is that of the failures if they are all of one kind that helps to decide; whether
    waiting can help is up to whether it can at any of them.
    """
    listed = "; ".join(f"{host}: {_status(error)}" for host, error in failures)
    last = failures[-1][1]
    waits = [error.retry_after for _, error in failures if error.retry_after is not None]
    if all(isinstance(error, SourceRestingError) for _, error in failures):
        return SourceRestingError(str(last), retry_after=min(waits))
    if len(failures) == 1 and isinstance(last, SignServerError):
        message = str(last)
    else:
        message = (
            f"No sign server signed the address ({listed}). The last one: {last} Set a session id "
            "or use a signer of your own, a key, or another source."
        )
    kind: type[SignServerError] = SignatureError
    for each in (SignatureRateLimitError, SignServerRefusedError):
        if all(isinstance(error, each) for _, error in failures):
            kind = each
    found = kind(
        message,
        status=getattr(last, "status", None),
        retry_after=min(waits) if waits else None,
    )
    if any(error.remedy is Remedy.WAIT for _, error in failures):
        found.remedy = Remedy.WAIT
    return found


def _status(error: TikTokLiveError) -> str:
    """A failure in a few words."""
    status = getattr(error, "status", None)
    if status is not None:
        return f"HTTP {status}"
    found = (words for kind, words in _IN_SHORT if isinstance(error, kind))
    return next(found, kind_in_words(error))


_IN_SHORT = (
    (ConnectError, "no answer"),
    (SourceRestingError, "not asked now"),
    (SignatureError, "no signature"),
    (InvalidResponseError, "an answer that cannot be read"),
)
