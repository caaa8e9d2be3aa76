"""Asking a sign server, and what its refusals mean (wire facts §9)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import UTC
from email.utils import parsedate_to_datetime
from importlib.metadata import PackageNotFoundError, version
from urllib.parse import urlsplit

from twisted.logger import Logger

from tiktoklive.errors import (
    ConnectError,
    SignatureError,
    SignatureRateLimitError,
    SignServerError,
    SignServerRefusedError,
    SignServerUnavailableError,
)
from tiktoklive.net.login import Login
from tiktoklive.net.pairs import Pairs, override
from tiktoklive.net.web import Answer, Web
from tiktoklive.net.words import ids_of, words_of

#: Who is asked when nobody else is named (wire facts §9.1).
SIGN_BASE = "https://api.eulerstream.com"

#: What a client that has no name there calls itself (wire facts §9.3).
CLIENT = "ttlive-other"

#: Shorter values that the user adds to requests are no secrets, but words that occur in texts.
_SHORTEST_SECRET = 8

#: Numbers below this are durations, the others are points in time (wire facts §9.6).
_FIRST_TIME = 1e9

_NUMBER = re.compile(r"[0-9]{1,12}(\.[0-9]{1,9})?")


class SignServer:
    """
    Asks one sign server.

    The key goes to it alone: no redirect is followed.

    :param web: how it is asked; its time limit is the sign server's.
    :param base: its address.
    :param api_key: the key of an account there; ``None`` to be anonymous.
    :param params: query parameters that the user wants in every request, over ours.
    :param headers: headers likewise.
    :param login: whose session it may use, if its host was allowed (wire facts §9.3).
    :raise ValueError: the address is none.
    """

    log = Logger()

    def __init__(
        self,
        web: Web,
        *,
        base: str = SIGN_BASE,
        api_key: str | None = None,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        login: Login | None = None,
    ) -> None:
        parts = urlsplit(base)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.query:
            raise ValueError(
                "The sign server's address must look like https://host, with nothing after a "
                "question mark: give further parameters as params."
            )
        self.host = parts.hostname
        self.api_key = api_key
        self.login = login
        self._web = web
        self._base = base.rstrip("/")
        self._params = dict(params or {})
        self._headers = dict(headers or {})
        self._told = False

    def takes(self, login: Login | None) -> bool:
        """
        Whether a session is sent along.

        Only to a host that its user named, and only together with its data centre, without
        which TikTok does not take it (wire facts §9.3, §12.3).
        """
        return login is not None and login.may_go_to(self._base) and bool(login.target_idc)

    async def get(self, path: str, asked: str, params: Pairs = ()) -> Answer:
        """
        GET a path, with the session if it may have it.

        :param path: ``/webcast/fetch``.
        :param asked: what for, in words: ``"the first batch"``.
        :param params: the query, in order.
        :raise SignServerError: any answer but 200, typed.
        :raise ConnectError: no complete answer came in time.
        """
        return await self._ask("GET", path, asked, params, self.login)

    async def post(
        self, path: str, asked: str, content: Mapping[str, object], login: Login | None = None
    ) -> Answer:
        """
        POST JSON; as :meth:`get`.

        :param login: whose session is sent in the place of the usual one.
        """
        return await self._ask("POST", path, asked, (), login or self.login, content)

    def secrets(self, login: Login | None = None) -> list[str]:
        """What an answer might repeat and nobody may see."""
        found = [self.api_key or ""]
        for each in (self.login, login):
            found += [each.session_id] if each is not None else []
        added = [*self._params.values(), *self._headers.values()]
        return found + [value for value in added if len(value) >= _SHORTEST_SECRET]

    async def _ask(
        self,
        method: str,
        path: str,
        asked: str,
        params: Pairs,
        login: Login | None,
        content: Mapping[str, object] | None = None,
    ) -> Answer:
        headers = [("User-Agent", _user_agent())]
        if self.api_key:
            headers.append(("x-api-key", self.api_key))
        if content is not None:
            headers.append(("Content-Type", "application/json"))
        if login is not None and self.takes(login):
            session = f"sessionid={login.session_id}; tt-target-idc={login.target_idc}"
            headers.append(("x-cookie-header", session))
        elif login is not None:
            self._tell(login)
        try:
            answer = await self._web.request(
                method,
                self._base + path,
                override([("client", CLIENT), *params], self._params),
                headers=override(headers, self._headers, key=str.lower),
                body=None if content is None else json.dumps(content).encode(),
            )
        except ConnectError as error:
            # Of the same kind: a proxy's refusal is mended otherwise than a host out of reach.
            raise type(error)(f"The sign server told nothing of {asked}: {error}") from error
        if answer.status != 200:
            now = float(self._web.clock.seconds())
            raise refusal(answer, asked, secrets=self.secrets(login), now=now)
        return answer

    def _tell(self, login: Login) -> None:
        """Say once that a session is not sent, and why."""
        if self._told:
            return
        self._told = True
        self.log.info(
            "The session is not sent to the sign server {host}: {why}.",
            host=self.host,
            why="its tt-target-idc is not known"
            if login.may_go_to(self._base)
            else "it is not among the session hosts",
        )


def _user_agent() -> str:
    """Who we are to a sign server: nobody but ourselves."""
    try:
        return f"txtiktoklive/{version('txtiktoklive')}"
    except PackageNotFoundError:  # a checkout that is not installed
        return "txtiktoklive"


def retry_after_of(answer: Answer, now: float | None = None) -> float | None:
    """
    The seconds that a sign server's answer asks to wait, in whichever form (wire facts §9.6).

    ``Retry-After`` goes before ``X-RateLimit-Reset``, and that before ``RateLimit-Reset``;
    each may be a duration or a point in time.

    :param answer: one that refuses for too many requests; others may have headers that tell
        when the quota is renewed, which is nothing to wait for then.
    :param now: Unix seconds, from which points in time are counted if the answer has no
        ``Date``: the other side's clock against itself is better.
    """
    date = _time(answer.header("date"))
    for name in ("retry-after", "x-ratelimit-reset", "ratelimit-reset"):
        text = answer.header(name).strip()
        if _NUMBER.fullmatch(text) and float(text) < _FIRST_TIME:
            return float(text)
        time = float(text) if _NUMBER.fullmatch(text) else _time(text)
        since = now if date is None else date
        if time is not None and since is not None:
            return max(0.0, time - since)
    return None


def _time(text: str) -> float | None:
    """The Unix seconds of an HTTP date."""
    try:
        date = parsedate_to_datetime(text)
        return (date if date.tzinfo else date.replace(tzinfo=UTC)).timestamp()
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def refusal(
    answer: Answer, asked: str, *, secrets: Iterable[str] = (), now: float | None = None
) -> SignServerError:
    """
    The typed error for an answer other than 200 (wire facts §9.6).

    :param asked: what it was asked for: ``"the signature"``.
    :param secrets: what was sent and must not be shown, should the answer repeat it.
    :param now: see :func:`retry_after_of`.
    """
    status = answer.status
    label, said = words_of(answer, secrets)
    text = f"The sign server ({answer.host}) answered {asked} with HTTP {status}"
    text += f": {said!r}" if said else ", without a word"
    text += f"{ids_of(answer, secrets)}."
    if status == 429:
        head = f"{label}: " if label else ""
        return SignatureRateLimitError(
            f"{head}{text} That is more than it allows: wait, or use the key of an account with "
            "a larger quota.",
            status=status,
            retry_after=retry_after_of(answer, now),
        )
    kind: type[SignServerError] = SignServerError
    advice = "It does not take the request as it is: try another path, server or source."
    if status in (401, 402, 403):
        kind = SignServerRefusedError
        advice = (
            "It wants an API key, or one whose plan includes this, or it blocks this network: "
            "supply a key, or use another source."
        )
    elif status == 404:
        kind = SignatureError
        advice = "It does not offer this, or not any more: use another path, server or source."
    elif status >= 500:
        kind = SignServerUnavailableError
        advice = "TikTok refused it, or it is down or overloaded: try again later."
    return kind(f"{text} {advice}", status=status, retry_after=answer.retry_after)
