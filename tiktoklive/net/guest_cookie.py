"""
A guest's cookie, ``ttwid``, and how TikTok is asked for one (wire facts §2.2).

A browser gets one with its first page, or from an endpoint that is for this alone.  That endpoint
is asked first, and pages only where it gives none: an address that asks for many of them is shown
a wall.  Where none is given it is asked again after a while, ever more seldom, for all rooms
together.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Final, NoReturn, Protocol

from twisted.internet.interfaces import IReactorTime
from twisted.internet.task import deferLater
from twisted.logger import Logger

from tiktoklive.errors import (
    ConnectError,
    InvalidResponseError,
    LocalResourceError,
    TtwidMissingError,
)
from tiktoklive.net.answers import Answer
from tiktoklive.net.cookies import COOKIE_VALUE, copied_value
from tiktoklive.net.login import OwnCookies
from tiktoklive.net.web import Pairs, Web, override
from tiktoklive.pacing.backoff import doubling
from tiktoklive.pacing.budget import PROBE
from tiktoklive.pacing.lookups import Priority

#: The endpoint, and what it is sent.
CHECK_PATH: Final = "/ttwid/check/"
CHECK: Final = {
    "aid": 1988,
    "service": "www.tiktok.com",
    "union": False,
    "unionHost": "",
    "needFid": False,
    "fid": "",
    "migrate_priority": 0,
}

#: Answers that say that there is no such endpoint; so many seconds later it is asked again.
_UNKNOWN: Final = frozenset((404, 405, 410, 501))
_UNKNOWN_FOR: Final = 3600.0

#: Seconds between the two rounds of one question.
_PAUSE: Final = 0.75

#: Seconds until it is asked again after none was given: the first time, and at most.
_FIRST, _MOST = 60.0, 1800.0


class Browser(Protocol):
    """What of a device a request for a cookie says."""

    @property
    def user_agent(self) -> str:
        """The ``User-Agent``."""

    @property
    def accept_language(self) -> str:
        """The ``Accept-Language``."""


class GuestCookie:
    """
    The cookie, once there is one.

    :param web: how to ask for it.
    :param base: where.
    :param supplied: one from a browser: it counts until it is refused, and again where no other is
        to be had.
    :param headers: that the user wants in every request to TikTok, without cookies.
    :param own: the cookies that the user wants in them.
    :param line: where each request waits for its turn; ``None`` to wait for none.
    :raise ValueError: ``supplied`` is no cookie's value.
    :ivar value: it, byte for byte as TikTok sent it; ``None`` if there is none yet.
    """

    _log = Logger()

    def __init__(
        self,
        web: Web,
        clock: IReactorTime,
        *,
        base: str,
        supplied: str | None = None,
        headers: Mapping[str, str] | None = None,
        own: OwnCookies | None = None,
        line: Priority | None = None,
    ) -> None:
        if supplied is not None:
            supplied = copied_value(supplied, "ttwid")
            if supplied is None:
                raise ValueError("The ttwid is no cookie's value: copy it again, without quotes.")
        self.value = supplied
        self._supplied = supplied
        self._was_refused = False
        self._web = web
        self._clock = clock
        self._base = base.rstrip("/")
        self._headers = dict(headers or {})
        self._cookies = dict((own or OwnCookies({})).cookies_for(self._base))
        self._line = line
        self._rest_after = doubling(_FIRST, _MOST)
        #: How often in a row none was given, until when none is asked for, and why.
        self._failures = 0
        self._rests_until = 0.0
        self._why = ""
        #: Until when the endpoint counts as one that there is not.
        self._unknown_until = 0.0

    def forget(self) -> bool:
        """
        It was refused.

        :return: whether it was the supplied one, which was not refused before.
        """
        self.value = None
        first = self._supplied is not None and not self._was_refused
        self._was_refused = True
        return first

    async def fetch(self, unique_id: str, browser: Browser) -> str:
        """
        Ask for one; the supplied one, if that is all there is: one refusal may be a mistake.

        :param unique_id: whose page a browser would show.
        :raise TtwidMissingError: TikTok gave none, now or a short while ago.
        :raise ConnectError: TikTok cannot be reached.
        """
        early = self._rests_until - self._clock.seconds()
        try:
            if early > 0:
                raise TtwidMissingError(
                    f"{self._why} It is asked again in {early:.0f} s.", retry_after=early
                )
            value = await self._ask(unique_id, browser)
        except TtwidMissingError as error:
            if self._supplied is None:
                raise
            if early <= 0:
                self._log.info("The supplied ttwid is tried again: {error}", error=error)
            value = self._supplied
        self.value = value
        self._web.redaction.learn(value)
        return value

    # --- inside ---------------------------------------------------------------------------

    async def _ask(self, unique_id: str, browser: Browser) -> str:
        """Ask the endpoint and a page, twice."""
        answers: list[Answer] = []
        problem: Exception | None = None
        for number, page in enumerate((f"/@{unique_id or 'tiktok'}", "/live")):
            if number:
                await deferLater(self._clock, _PAUSE)
            for ask in (self._of_endpoint, self._of_page):
                try:
                    answer = await ask(page, browser)
                except LocalResourceError:
                    raise
                except (ConnectError, InvalidResponseError) as error:
                    if ask == self._of_page:
                        self._unanswered(error)
                    problem = error
                    continue
                if answer is None:
                    continue
                for name, value in reversed(answer.set_cookies):
                    if name == "ttwid" and COOKIE_VALUE.fullmatch(value):
                        self._failures = 0
                        return value  # any other would be kept, and fail every request
                answers.append(answer)
                if answer.status == 429:
                    self._none(answers, problem)
        self._none(answers, problem)

    async def _of_endpoint(self, page: str, browser: Browser) -> Answer | None:
        """The endpoint's answer; ``None`` if there is no such endpoint."""
        if self._unknown_until > self._clock.seconds():
            return None
        answer = await self._request(
            "POST",
            CHECK_PATH,
            [
                ("User-Agent", browser.user_agent),
                ("Accept", "application/json, text/plain, */*"),
                ("Accept-Language", browser.accept_language),
                ("Content-Type", "application/json"),
                ("Referer", self._base + page),
            ],
            json.dumps(CHECK, separators=(",", ":")).encode(),
        )
        if answer.status in _UNKNOWN:
            self._unknown_until = self._clock.seconds() + _UNKNOWN_FOR
        return answer

    async def _of_page(self, page: str, browser: Browser) -> Answer:
        """A page's answer, with what was set on the way there."""
        return await self._request(
            "GET",
            page,
            [
                ("User-Agent", browser.user_agent),
                ("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"),
                ("Accept-Language", browser.accept_language),
            ],
        )

    async def _request(
        self, method: str, path: str, headers: Pairs, body: bytes | None = None
    ) -> Answer:
        """One request, when it is its turn."""
        line = self._line
        if line is not None:
            await line.take()
        answer = await self._web.request(
            method,
            self._base + path,
            cookies=self._cookies,
            headers=override(headers, self._headers, key=str.lower),
            body=body,
            redirects=5 if body is None else 0,
            turn=None if line is None else line.take,
        )
        if line is not None and answer.status == 429:
            why = f"TikTok ({answer.host}) answered with HTTP 429."
            line.queue.refused(why, answer.retry_after or 0.0, closes=False)
        return answer

    def _unanswered(self, error: Exception) -> NoReturn:
        """Neither the endpoint nor a page told anything: nothing is asked of a third."""
        if isinstance(error, InvalidResponseError):  # it was TikTok's
            self._rest(str(error), None)
        raise error

    def _none(self, answers: Sequence[Answer], problem: Exception | None) -> NoReturn:
        """Say what was tried, and what the user can do."""
        statuses = sorted({answer.status for answer in answers})
        seen = ", ".join(f"HTTP {status}" for status in statuses) or "nothing"
        said = f"TikTok gave no usable ttwid cookie in {len(answers)} answers ({seen})"
        if any(answer.header("x-tt-system-error") == "3" for answer in answers):
            said += ", but a challenge page (X-TT-System-Error: 3): it does not like our TLS"
        why = (
            f"{said}. Copy the cookie ttwid of www.tiktok.com from a browser and supply it by "
            "TIKTOKLIVE_TTWID or --ttwid-file, or try again later."
        )
        wish = answers[-1].retry_after if answers else None
        raise TtwidMissingError(why, retry_after=self._rest(why, wish)) from problem

    def _rest(self, why: str, wish: float | None) -> float:
        """Ask for none for a while; how many seconds it is, or is wished."""
        rest = max(self._rest_after(self._failures), min(wish or 0.0, PROBE))
        self._failures += 1
        self._why = why
        self._rests_until = self._clock.seconds() + rest
        return max(rest, wish or 0.0)
