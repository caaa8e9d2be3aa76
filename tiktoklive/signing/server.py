"""Asking a sign server, and what its refusals mean (wire facts §9)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from copy import copy
from importlib.metadata import PackageNotFoundError, version
from urllib.parse import urlsplit

from twisted.logger import Logger

from tiktoklive.clock import wall_time
from tiktoklive.errors import (
    ConnectError,
    LocalResourceError,
    SignatureError,
    SignatureRateLimitError,
    SignServerError,
    SignServerRefusedError,
    SignServerUnavailableError,
    SourceRestingError,
)
from tiktoklive.logs import LogThrottle, told_again
from tiktoklive.net.answers import Answer
from tiktoklive.net.cookies import cookie_header
from tiktoklive.net.login import Login
from tiktoklive.net.quoting import ids_of, words_of
from tiktoklive.net.web import Pairs, Web, override
from tiktoklive.pacing.budget import HOUR, Budget, window_of
from tiktoklive.signing.quota import end_of, quota_of, retry_after_of

#: The server that is asked when the user names no other (wire facts §9.1).
SIGN_BASE = "https://api.eulerstream.com"

#: What a client that has no name there calls itself (wire facts §9.3).
CLIENT = "ttlive-other"


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
    :param budget: how often it may be asked, shared by all rooms that ask this server; any number
        of times, but no more than it tells itself, if left out.
    :raise ValueError: the address is none.
    :ivar budget: likewise.
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
        budget: Budget | None = None,
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
        self.budget = budget or Budget(web.clock, 0, parts.netloc.rpartition("@")[2])
        self._web = web
        self._base = base.rstrip("/")
        self._params = dict(params or {})
        self._headers = dict(headers or {})
        self._told = False
        self._spent = LogThrottle()

    def anonymous(self) -> SignServer:
        """The same, asked for a guest: no session is sent along."""
        other = copy(self)
        other.login = None
        return other

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
        :raise SourceRestingError: it is asked as often as it may be already.
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
            session = {"sessionid": login.session_id, "tt-target-idc": login.target_idc}
            headers.append(("x-cookie-header", cookie_header(session)))
        elif login is not None:
            self._tell(login)
        self._take()
        quota, answered = None, False
        try:
            answer = await self._web.request(
                method,
                self._base + path,
                override([("client", CLIENT), *params], self._params),
                headers=override(headers, self._headers, key=str.lower),
                body=None if content is None else json.dumps(content).encode(),
            )
        except ConnectError as error:
            if isinstance(error, LocalResourceError):
                self.budget.unspent()
            # Of the same kind: a proxy's refusal is mended otherwise than a host out of reach.
            raise type(error)(f"The sign server told nothing of {asked}: {error}") from error
        else:
            quota = quota_of(answer, wall_time(self._web.clock))
            answered = answer.status != 429
        finally:
            self.budget.back(quota, answered=answered)
        if answer.status != 200:
            raise self.refusal(answer, asked)
        return answer

    def refusal(self, answer: Answer, asked: str) -> SignServerError:
        """The error for an answer that refuses; one that wants fewer requests gets none at all."""
        now = wall_time(self._web.clock)
        error = refusal(answer, asked, now=now)
        if isinstance(error, SignatureRateLimitError):
            self.budget.close(error.retry_after, spent=error.window > HOUR)
        return error

    def _take(self) -> None:
        """Spend one request, if there is one left."""
        early = self.budget.take()
        if not early:
            return
        again = self._spent.again("spent", float(self._web.clock.seconds()))
        if again is not None:
            self.log.info(
                "The sign server {host} is asked as often as it may be: again in "
                "{seconds:.0f} s{unsaid}.",
                host=self.host,
                seconds=early,
                unsaid=told_again(again, "logged"),
            )
        told = self.budget.closed_for()
        wished = f", though it wants none for {told:.0f} s" if told > early else ""
        raise SourceRestingError(
            f"The sign server ({self.host}) is asked as often as it may be already, by all rooms "
            f"together: again in {early:.0f} s{wished}.",
            retry_after=early,
        )

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
    """Our User-Agent for sign servers: the program's own name."""
    try:
        return f"txtiktoklive/{version('txtiktoklive')}"
    except PackageNotFoundError:  # a checkout that is not installed
        return "txtiktoklive"


def refusal(answer: Answer, asked: str, *, now: float | None = None) -> SignServerError:
    """
    The typed error for an answer other than 200 (wire facts §9.6).

    :param asked: what it was asked for: ``"the signature"``.
    :param now: see :func:`retry_after_of`.
    """
    status = answer.status
    label, said = words_of(answer)
    text = f"The sign server ({answer.host}) answered {asked} with HTTP {status}"
    text += f": {said!r}" if said else ", without a word"
    text += f"{ids_of(answer)}."
    if status == 429:
        head = f"{label}: " if label else ""
        wait, assumed = retry_after_of(answer, now), ""
        window = window_of(label, said)
        if wait is None and window:
            wait = end_of(window, answer, now)
            assumed = f" It does not say until when: {wait:.0f} s are what is left of its window."
        limited = SignatureRateLimitError(
            f"{head}{text} That is more than it allows: wait, or use the key of an account with "
            f"a larger quota.{assumed}",
            status=status,
            retry_after=wait,
        )
        limited.window = window
        return limited
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
