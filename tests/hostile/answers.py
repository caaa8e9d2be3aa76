"""What is tried: answers to requests."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from tests.hostile import encoding as e
from tests.hostile.server import Asked

if TYPE_CHECKING:
    from tests.hostile.trial import Trial

#: Bytes that a payload may just have, so that it is not refused for its size alone.
MUCH = 2 * 1024 * 1024 - 4000

#: By name, a body that is no good.
BODIES: dict[str, Callable[[], bytes]] = {
    "4 MB of [": lambda: b"[" * 2 * MUCH,
    "a million []": lambda: b"[" + b"[]," * (2 * MUCH // 3) + b"0]",
    "a million {}": lambda: b'{"data":[' + b"{}," * (2 * MUCH // 3) + b"{}]}",
    "a number of 1 MB": lambda: b'{"statusCode":' + b"9" * (1 << 20) + b"}",
    "texts in objects in objects": lambda: b'{"a":' * (MUCH // 3),
    "1 MB of <title": lambda: b"<title" * (1 << 18),
    "300 KB of one letter": lambda: b'{"message":"' + b"a" * 300_000 + b'"}',
    "1 MB of a://": lambda: b'{"message":"' + b"a://" * (1 << 18) + b'"}',
    "1 MB of <script": lambda: b"<script id=" * (1 << 17),
}

#: By name, what a sign server may give as the first batch.
BATCHES: dict[str, Callable[[], bytes]] = {
    "a million empty messages": lambda: e.field(1, b"") * (MUCH // 2),
    "a million parameters": lambda: e.field(7, b"") * (MUCH // 2),
    "a cursor of 2 MB": lambda: e.field(2, "c" * MUCH),
}


def first_batch(make: Callable[[], bytes]) -> Callable[[Trial], Awaitable[str]]:
    """A first batch of a sign server."""

    async def play(trial: Trial) -> str:
        data = e.gzipped(make())

        async def answer(asked: Asked) -> bytes:
            headers = [("Content-Encoding", "gzip"), ("X-Set-TT-Cookie", "ttwid=1%7Cx")]
            return e.response(200, data, headers, kind="application/octet-stream")

        return await trial.refuse("sign", answer)

    return play


def answered(place: str, body: Callable[[], bytes], status: int) -> Callable[..., Awaitable[str]]:
    """An answer with that body."""

    async def play(trial: Trial) -> str:
        data = e.gzipped(body())

        async def answer(asked: Asked) -> bytes:
            headers = [("Content-Encoding", "gzip"), ("Handshake-Msg", "no")]
            return e.response(status, data, headers, kind="text/html")

        return await trial.refuse(place, answer)

    return play


def endless_head(place: str, part: bytes, begin: bytes) -> Callable[[Trial], Awaitable[str]]:
    """An answer whose head does not end."""

    async def play(trial: Trial) -> str:
        async def answer(asked: Asked) -> bytes:
            return begin + part * ((24 << 20) // len(part))

        return await trial.refuse(place, answer)

    return play


def repeats(place: str, status: int, how: str) -> Callable[[Trial], Awaitable[str]]:
    """An answer that repeats the whole request; what it held must be told nowhere."""

    async def play(trial: Trial) -> str:
        async def answer(asked: Asked) -> bytes:
            said = asked.everything
            cookie = asked.headers.get("cookie", "")
            headers = [("Handshake-Msg", cookie), ("Handshake-Status", cookie[-100:]), ("X", said)]
            body = {"statusCode": 9, "status_code": 9, "message": said, "data": {"message": said}}
            return e.response(
                status,
                json.dumps(body).encode() if how == "json" else said.encode(),
                headers,
                reason=said[:200],
            )

        return await trial.refuse(place, answer)

    return play
