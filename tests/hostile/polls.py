"""
Servers that lie to a client that polls: answers of ``im/fetch`` that are wrong, one after another.

A room is polled, the server lies for two seconds, and tells the truth again.  What was said before
and behind that must be told once, nothing that is untrue may be, and the server must not be asked
more often than the options say.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from tests.hostile import encoding as e
from tests.hostile.lies import until_true
from tests.hostile.server import Asked, Behaviour

if TYPE_CHECKING:
    from tests.hostile.trial import Trial

#: Seconds between two polls, as the daemon is told, and how long the server lies.
INTERVAL, LYING = 0.1, 2.0

#: Seconds after which the daemon must be in again: what others ask for is waited for five minutes
#: at most, and these attacks ask for less.
BACK = 90.0

#: Bytes that a body may not have.
_MUCH = 200 << 20


@dataclass
class Poll:
    """
    A request that is lied to.

    :ivar number: the how manieth of the room it is.
    :ivar elsewhere: the address of a server on another host.
    """

    number: int
    room: int
    asked: Asked
    elsewhere: str

    def batch(self, said: str, more: bytes = b"", **batch: str) -> bytes:
        """A batch of one comment."""
        return e.batch(e.chat(1000 + self.number, self.room, said), **batch) + more


def _answer(body: bytes, *headers: tuple[str, str], status: int = 200) -> bytes:
    return e.response(status, body, list(headers), kind="application/octet-stream")


def _raw(length: str, body: bytes) -> bytes:
    """An answer whose length is what it says."""
    return f"HTTP/1.1 200 OK\r\n{length}\r\n\r\n".encode() + body


def _later(status: int, wish: str, *more: tuple[str, str]) -> Callable[[Poll], bytes]:
    return lambda poll: _answer(b"", ("Retry-After", wish), *more, status=status)


@dataclass(frozen=True)
class Lie:
    """
    What is answered for a while.

    :ivar says: of each request, byte by byte if it ``drips``.
    :ivar words: what must be told of it: by an error event, in the log, or as the reason of the
        state; ``""`` if nothing has to be.
    :ivar told: the comment of the lying answers, if they have one that is to be told.
    :ivar gaps: how many gaps may be told of it, as each is believed to be one.
    """

    says: Callable[[Poll], bytes]
    words: str = ""
    told: str = ""
    drips: bool = False
    gaps: int = 2
    short: bool = False


def _control(poll: Poll, room: int, action: int) -> bytes:
    return _answer(e.batch(e.control(5000 + poll.number, room, action)))


def _pause(wish: int) -> Callable[[Poll], bytes]:
    return lambda poll: _answer(poll.batch("in the lie", e.field(3, wish)))


_TORN = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffff\r\nx"
_BOMB = e.gzipped(bytes(_MUCH))
_GZIP = ("Content-Encoding", "gzip")
_PAGE = b"<!DOCTYPE html><html><body>Please wait...</body></html>"

#: By name.
LIES: dict[str, Lie] = {
    "the same cursor for ever": Lie(
        lambda poll: _answer(poll.batch("in the lie", cursor="same")), told="in the lie"
    ),
    "cursors that go back": Lie(
        lambda poll: _answer(poll.batch("in the lie", cursor=f"{9999 - poll.number}")),
        told="in the lie",
    ),
    "the same batch again and again": Lie(
        lambda poll: _answer(e.batch(e.chat(77, poll.room, "in the lie"))), told="in the lie"
    ),
    "batches of nothing": Lie(lambda poll: _answer(e.batch())),
    "nothing with HTTP 200": Lie(lambda poll: _answer(b""), "nothing in it"),
    "history again and again": Lie(
        lambda poll: _answer(
            e.batch(
                e.message(
                    "WebcastChatMessage",
                    e.common("WebcastChatMessage", 88, poll.room) + e.field(3, "in the lie"),
                    88,
                    history=True,
                )
            )
        ),
        told="in the lie",
        short=True,
    ),
    "a pause of 0": Lie(_pause(0), told="in the lie"),
    "a negative pause": Lie(_pause(-1), told="in the lie"),
    "a pause of 2^63-1": Lie(_pause((1 << 63) - 1), told="in the lie"),
    "a pause of 2^63": Lie(_pause(1 << 63), told="in the lie"),
    "comments of another room": Lie(
        lambda poll: _answer(e.batch(e.chat(1000 + poll.number, poll.room + 1, "in the lie"))),
        told="in the lie",
    ),
    "the end of another room": Lie(lambda poll: _control(poll, poll.room + 1, 3)),
    "an end that is none": Lie(lambda poll: _control(poll, poll.room, 3)),
    "a page": Lie(lambda poll: e.response(200, _PAGE, kind="text/html"), "something else than a"),
    "a page, packed": Lie(lambda poll: _answer(e.gzipped(_PAGE), _GZIP), "something else than a"),
    "a bomb": Lie(lambda poll: _answer(_BOMB, _GZIP), "larger than allowed", short=True),
    "a bomb in a bomb": Lie(lambda poll: _answer(e.gzipped(_BOMB), _GZIP), "something else than"),
    "no gzip": Lie(lambda poll: _answer(b"\x1f\x8bx", _GZIP), "no valid gzip"),
    "a torn gzip": Lie(lambda poll: _answer(_BOMB[:-9], _GZIP)),
    "another encoding": Lie(
        lambda poll: _answer(e.batch(), ("Content-Encoding", "br")), "which was not asked for"
    ),
    "too short a length": Lie(lambda poll: _raw("Content-Length: 9", poll.batch("x" * 999))),
    "too long a length": Lie(
        lambda poll: _raw("Content-Length: 99999999", poll.batch("x")), "did not answer completely"
    ),
    "a negative length": Lie(lambda poll: _raw("Content-Length: -5", poll.batch("x"))),
    "two lengths": Lie(
        lambda poll: _raw("Content-Length: 5\r\nContent-Length: 7", poll.batch("x"))
    ),
    "no number as a length": Lie(lambda poll: _raw("Content-Length: 1e9", poll.batch("x"))),
    "a chunk of 2^48": Lie(lambda poll: _TORN.encode(), "did not answer completely"),
    "another host": Lie(
        lambda poll: _answer(b"", ("Location", poll.elsewhere), status=302), "HTTP 302"
    ),
    "another host, for good": Lie(
        lambda poll: _answer(b"", ("Location", poll.elsewhere), status=308), "HTTP 308"
    ),
    "a byte now and then": Lie(
        lambda poll: _answer(poll.batch("x" * 999)), "did not answer completely", drips=True
    ),
    "no content": Lie(lambda poll: b"HTTP/1.1 204 No Content\r\n\r\n", "HTTP 204"),
    "a part": Lie(lambda poll: _answer(poll.batch("a part"), status=206), "HTTP 206"),
    "not modified": Lie(lambda poll: b"HTTP/1.1 304 Not Modified\r\n\r\n", "HTTP 304"),
    "wait -5": Lie(_later(429, "-5"), "HTTP 429"),
    "wait 1e308": Lie(_later(429, "1e308"), "HTTP 429"),
    "wait inf": Lie(_later(503, "inf"), "HTTP 503"),
    "wait until 1970": Lie(
        _later(
            429,
            "Thu, 01 Jan 1970 00:00:00 GMT",
            ("Date", "Mon, 30 Nov 2026 08:00:00 GMT"),
        ),
        "HTTP 429",
    ),
    "wait for an hour of no clock": Lie(_later(429, "Thu, 99 Foo 9999 99:99:99 XXX"), "HTTP 429"),
}


def lie(each: Lie) -> Callable[[Trial], Awaitable[str]]:
    """Lie for a while, and see what becomes of it."""

    async def play(trial: Trial) -> str:
        polls: list[float] = []
        strangers: list[bytes] = []
        lying, lies = 0.0, False

        async def strange(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            strangers.append(await reader.read(65536))
            writer.close()

        other = await asyncio.start_server(strange, "127.0.0.1", 0)
        elsewhere = f"http://localhost:{other.sockets[0].getsockname()[1]}/x"

        async def fetch(asked: Asked) -> bytes:
            nonlocal lying
            polls.append(time.monotonic())
            poll = Poll(len(polls), trial.room, asked, elsewhere)
            if lies and (not lying or time.monotonic() < lying + LYING):
                lying = lying or time.monotonic()
                behaviour.drip = 0.2 if each.drips else 0.0
                return each.says(poll)
            behaviour.drip = 0.0
            said = "behind" if lying else "before"
            return _answer(poll.batch(f"{said} {poll.number}", cursor=f"c{poll.number}"))

        behaviour = Behaviour(answers={"fetch": fetch})
        trial.begin()
        await trial.follow(behaviour)
        if not await until_true(lambda: _heard(trial, "before "), 30):
            return f"WRONG: not in: {await trial.reason()}"
        lies = True
        if each.words and not await until_true(lambda: _told(trial, each.words), 30):
            return f"WRONG: {each.words!r} was not told: {await trial.reason()}"
        back = await until_true(lambda: _heard(trial, "behind "), BACK)
        other.close()
        problems = [] if back else [f"not back: {await trial.reason()}"]
        comments = [x["data"]["comment"] for x in trial.events() if x["event"] == "chat"]
        numbered = [x for x in comments if x != each.told]
        problems += [f"{x} told twice" for x in set(numbered) if numbered.count(x) > 1][:3]
        gaps = sum(x["event"] == "gap" for x in trial.events())
        if gaps > each.gaps:
            problems.append(f"{gaps} gaps")
        if each.told and each.told not in comments:
            problems.append("a comment of the lie is lost")
        if strangers:
            problems.append(f"went elsewhere: {strangers[0]!r}")
        close = sum(b - a < INTERVAL * 0.9 for a, b in pairwise(polls[2:]))
        if close > 2:  # after a loss, the batch of the ticket and the first poll
            problems.append(f"{close} of {len(polls)} polls at once")
        ends = sum(x["event"] == "streamEnd" for x in trial.events())
        said = f"back, {len(polls)} polls, {gaps} gaps, {ends} ends"
        return f"WRONG: {'; '.join(problems)}" if problems else said

    return play


async def _told(trial: Trial, words: str) -> bool:
    errors = (each["data"] for each in trial.events() if each["event"] == "error")
    return any(words in str(each) for each in errors) or await trial.told(words)


async def _heard(trial: Trial, begin: str) -> bool:
    return any(str(each["data"].get("comment")).startswith(begin) for each in trial.events())


def polls() -> list[tuple[str, Callable[[Trial], Awaitable[str]], bool, bool, str]]:
    """What is tried: its name, how, whether in short, with a daemon of its own, and the source."""
    return [
        (f"poll: {name}", lie(each), each.short, True, "classic") for name, each in LIES.items()
    ]
