"""Answers of TikTok's web servers, given without asking anybody."""

from __future__ import annotations

import json
from collections import deque
from random import Random
from typing import Any

from twisted.internet.task import Clock

from tiktoklive.net.answers import Answer
from tiktoklive.net.identity import GuestIdentity
from tiktoklive.net.tiktok import TikTokWeb
from tiktoklive.net.web import Web
from tiktoklive.testing import MemoryNetwork


def answer(content: Any = None, *, status: int = 200, body: bytes = b"", **headers: str) -> Answer:
    """An answer with JSON, or with a body of any kind."""
    if content is not None:
        body = json.dumps(content).encode()
    return Answer(
        status, "www.tiktok.com", {n.replace("_", "-"): [v] for n, v in headers.items()}, body
    )


class FakeWeb(Web):
    """Gives answers, the last one again and again, and remembers what it was asked."""

    def __init__(self, *given: Answer) -> None:
        super().__init__(MemoryNetwork(), Clock())
        self.given = deque(given)
        self.method = ""
        self.url = ""
        self.params: Any = ()
        self.more: dict[str, Any] = {}
        self.asked = 0

    async def request(self, method: str, url: str, params: Any = (), **more: Any) -> Answer:
        self.method, self.url, self.params, self.more = method, url, params, more
        self.asked += 1
        return self.given.popleft() if len(self.given) > 1 else self.given[0]

    def header(self, name: str) -> str:
        """The only value of a header that was sent last."""
        [value] = [value for each, value in self.more["headers"] if each == name]
        return str(value)

    def tiktok(self, **more: Any) -> TikTokWeb:
        """TikTok behind it."""
        return TikTokWeb(self, GuestIdentity(self, Clock(), Random(1)), **more)
