"""Sign servers that sign addresses, in the old form and in today's (wire facts §9.2, §9.4)."""

from __future__ import annotations

import hashlib
import json
from collections import deque
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from tiktoklive.simulator.pages import missing
from tiktoklive.simulator.requests import Answer, Request
from tiktoklive.simulator.signserver import REFUSALS
from tiktoklive.simulator.world import World

#: The server that signs addresses and does nothing else (wire facts §9.1).
URL_SIGN_HOSTS: Final = ("tiktok-sign.zerody.one",)

#: The browser for which is signed if the request names no other.
SIGNING_AGENT: Final = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/146.0.0.0 Safari/537.36"
)

#: Seconds that a signature counts (wire facts §9.2).
LIFETIME: Final = 30.0

_PATHS: Final = frozenset(("/webcast/sign_url", "/tiktok/sign_url"))

#: Of the form of today: HTTP 200, and no permission all the same.
NO_PERMISSION: Final = Answer.json(
    {"code": 403, "message": "You do not have permission to use this endpoint", "response": None}
)


@dataclass(frozen=True, slots=True)
class Signature:
    """What has to go with a signed address, and until when it counts."""

    user_agent: str
    ms_token: str
    expires: float


class UrlSigning:
    """
    Signs addresses for clients that may have it, and knows the signatures that it gave.

    :param world: its switches say which clients may.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self._signatures: dict[str, Signature] = {}
        self._failures: deque[tuple[str, Answer]] = deque()

    def fail(self, how: str | Answer, times: int = 1, *, host: str = "") -> None:
        """
        Let the next requests fail, whatever they ask.

        :param how: an answer, or the name of one of
            :data:`~tiktoklive.simulator.signserver.REFUSALS`.
        :param host: only at this host.
        :raise ValueError: there is no such refusal.
        """
        if isinstance(how, str) and how not in REFUSALS:
            raise ValueError(f"No failure {how!r}: choose of {', '.join(REFUSALS)}.")
        answer = REFUSALS[how] if isinstance(how, str) else how
        self._failures.extend([(host, answer)] * times)

    def forget(self) -> None:
        """Let no more of them fail."""
        self._failures.clear()

    def accepts(self, request: Request) -> bool:
        """Whether a request has a signature of ours, and all that belongs to it, unchanged."""
        given = self._signatures.get(request.target)
        return (
            given is not None
            and self._world.clock.seconds() <= given.expires
            and request.header("user-agent") == given.user_agent
            and request.cookies.get("msToken") == given.ms_token
        )

    def answer(self, request: Request) -> Answer:
        """The answer to a request for a signature."""
        host = (request.header("host") or "").partition(":")[0].lower()
        for failure in self._failures:
            if failure[0] in ("", host):
                self._failures.remove(failure)
                return failure[1]
        key = request.header("x-api-key")
        behaviour = self._world.behaviour
        if not (behaviour.sign_anonymous if key is None else key in behaviour.sign_keys):
            return REFUSALS["no key"]
        if request.method == "GET" and request.path == "/webcast/sign_url":
            return self._old_form(request) if behaviour.sign_get else REFUSALS["gone"]
        return self._todays_form(request) if request.method == "POST" else Answer(405)

    def _old_form(self, request: Request) -> Answer:
        url = request.parameter("url") or ""
        if missing(request, ("url", "client", "uuc")) or not _is_signable(url):
            return REFUSALS["bad request"]
        ms_token = self._ms_token()
        signed = self._sign(url, SIGNING_AGENT, ms_token)
        return Answer.json({"signedUrl": signed, "User-Agent": SIGNING_AGENT, "msToken": ms_token})

    def _todays_form(self, request: Request) -> Answer:
        try:
            content: Any = json.loads(request.body)
            url, agent = content["url"], content.get("userAgent") or SIGNING_AGENT
        except (ValueError, KeyError, TypeError, AttributeError):
            return REFUSALS["bad request"]
        if not request.parameter("client") or not _is_signable(url):
            return REFUSALS["bad request"]
        ms_token = self._ms_token()
        signed = self._sign(f"{url}&msToken={ms_token}", agent, ms_token)
        return Answer.json(
            {
                "code": 200,
                "message": "",
                "response": {
                    "signedUrl": signed,
                    "userAgent": agent,
                    "browserName": agent.partition("/")[0],
                    "browserVersion": agent.partition("/")[2],
                    "tokens": {"msToken": ms_token},
                    "requestHeaders": {},
                    "cookies": "",
                },
            }
        )

    def _ms_token(self) -> str:
        return self._world.rng.randbytes(24).hex()

    def _sign(self, url: str, user_agent: str, ms_token: str) -> str:
        """The address with a signature, which is remembered as long as it counts."""
        now = self._world.clock.seconds()
        for old in [key for key, each in self._signatures.items() if each.expires < now]:
            del self._signatures[old]
        proof = hashlib.sha256(f"{self._world.rng.random()}{url}{user_agent}".encode()).hexdigest()
        signed = f"{url}&X-Bogus={proof[:28]}"
        parts = urlsplit(signed)
        self._signatures[f"{parts.path}?{parts.query}"] = Signature(
            user_agent, ms_token, now + LIFETIME
        )
        return signed


def signs_urls(path: str) -> bool:
    """Whether a path is one where addresses are signed."""
    return path in _PATHS


def _is_signable(url: object) -> bool:
    """Whether it is the address of a request to the webcast host, without a signature."""
    if not isinstance(url, str):
        return False
    parts = urlsplit(url)
    names = {pair.partition("=")[0] for pair in parts.query.split("&")}
    signed = names & {"X-Bogus", "X-Gnarly", "msToken"}
    return parts.path.startswith("/webcast/") and bool(parts.query) and not signed
