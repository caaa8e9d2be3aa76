"""What is tried: of frames, streams, answers, clients of ours, and with our own process."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.hostile import encoding as e
from tests.hostile.bursts import together
from tests.hostile.closes import closes
from tests.hostile.here import client_sends, half_requests, stopped, unlinked
from tests.hostile.lies import lies
from tests.hostile.polls import polls
from tests.hostile.server import Asked, Stream

if TYPE_CHECKING:
    from tests.hostile.trial import Trial
from tests.hostile.answers import (
    BATCHES,
    BODIES,
    MUCH,
    answered,
    endless_head,
    first_batch,
    repeats,
)


@dataclass(frozen=True)
class Attack:
    """
    One thing that is tried.

    :ivar play: does it; returns what became of it, in a few words.
    :ivar short: whether it is part of the short form.
    :ivar fresh: whether it gets a daemon that was not attacked before: a source that fails again
        and again rests, for all rooms.
    :ivar source: by which the daemon goes in.
    :ivar lines: how many lines it may cost in the log, with those that tell of joining a room
        and of leaving it.
    """

    name: str
    play: Callable[[Trial], Awaitable[str]]
    short: bool = True
    fresh: bool = False
    source: str = "direct"
    lines: int = 25


# --- frames ------------------------------------------------------------------------------


def _badges(number: int, room: int) -> bytes:
    sender = e.user(5, "bob", e.field(64, b"") * number)
    return e.push(e.batch(e.chat(7, room, "hi", sender)))


def _one(method: str, room: int, more: bytes) -> bytes:
    return e.push(e.batch(e.message(method, e.common(method, 7, room) + more, 7)))


def _nested(number: int, depth: int) -> bytes:
    inner = b""
    for _ in range(depth):
        inner = e.field(number, inner)
    return inner


_GROUP = e.varint(99 << 3 | 3) + e.varint(99 << 3 | 4)

#: By name, a frame for a room.
FRAMES: dict[str, Callable[[int], bytes]] = {
    "a million empty badges": lambda room: _badges(MUCH // 2, room),
    "30,000 empty badges": lambda room: _badges(30_000, room),
    "a million empty ranks": lambda room: _one(
        "WebcastRoomUserSeqMessage", room, e.field(2, b"") * (MUCH // 2)
    ),
    "30,000 empty ranks": lambda room: _one(
        "WebcastRoomUserSeqMessage", room, e.field(2, b"") * 30_000
    ),
    "a group before a million messages": lambda room: e.push(
        _GROUP + e.field(1, b"") * (MUCH // 2)
    ),
    "groups in groups": lambda room: e.push(
        e.batch() + e.varint(99 << 3 | 3) * 100_000 + e.varint(99 << 3 | 4) * 100_000
    ),
    "a million frame headers": lambda room: (
        e.field(2, 1) + e.field(7, "msg") + e.field(5, b"") * (MUCH // 2)
    ),
    "unknown numbers": lambda room: e.push(e.batch() + e.field(200, 1) * (MUCH // 3)),
    "unknown numbers in a payload": lambda room: _one(
        "WebcastChatMessage", room, e.field(900, 1) * (MUCH // 3)
    ),
    "a JSON text of brackets": lambda room: e.push(
        e.batch(e.gift(9, room, 1, 5, e.field(22, "{" + "[" * 101 + '\\"' * 100_000)))
    ),
    "a JSON text of digits": lambda room: e.push(
        e.batch(e.gift(9, room, 1, 5, e.field(22, '{"a":' + "9" * 1_000_000 + "}")))
    ),
    "2 MB of one letter said": lambda room: e.push(e.batch(e.chat(8, room, "a" * MUCH))),
    "texts in texts": lambda room: _one(
        "WebcastChatMessage", room, e.field(1, e.field(8, _nested(4, 20_000)))
    ),
    "half a million images of a gift": lambda room: _one(
        "WebcastGiftMessage", room, e.field(15, e.field(1, e.field(1, b"") * (MUCH // 4)))
    ),
    "200 MB of zeros": lambda room: e.push(bytes(200 << 20)),
    "a torn gzip": lambda room: e.push(e.batch(), packed=True)[:-9],
    "an empty frame": lambda room: b"",
    "a cursor of 4 MB": lambda room: e.push(
        e.batch(e.chat(8, room, "x"), cursor="c" * (4 << 20), internal_ext="i" * (4 << 20))
    ),
}


def _frame(make: Callable[[int], bytes]) -> Callable[[Trial], Awaitable[str]]:
    async def play(trial: Trial) -> str:
        stream = await trial.join()
        data = make(trial.room)
        trial.begin()
        try:
            await stream.send(data)
        except ConnectionError:
            return "stream closed"
        return "goes on" if await stream.pong() else "stream closed"

    return play


# --- streams -----------------------------------------------------------------------------


async def _garbage(trial: Trial) -> str:
    """Two thousand frames that nobody can read."""
    stream = await trial.join()
    trial.begin()
    for number in range(2000):
        await stream.send(b"\xff\xfe%d" % number)
    alive = await stream.pong()
    told = await trial.count("error")
    return f"{'goes on' if alive else 'stream closed'}, {told} error events"


async def _names(trial: Trial) -> str:
    """Wire names that nobody knows, 100 KB each."""
    stream = await trial.join()
    trial.begin()
    for number in range(600):
        name = f"Webcast{number}".ljust(100_000, "x")
        await stream.send(e.push(e.batch(e.message(name, b"", 1000 + number))))
    return "goes on" if await stream.pong() else "stream closed"


async def _streaks(trial: Trial) -> str:
    """Forty thousand gift streaks that never end, each with a large message."""
    stream = await trial.join()
    trial.begin()
    padding = e.field(900, "p" * 5000)
    for begin in range(0, 40_000, 400):
        gifts = [
            e.gift(50_000 + each, trial.room, 1, 90_000 + each, padding)
            for each in range(begin, begin + 400)
        ]
        await stream.send(e.push(e.batch(*gifts)))
        await stream.pong()
    return "goes on" if await stream.pong() else "stream closed"


async def _history(trial: Trial) -> str:
    """A control message of before we came says that the broadcast is over."""
    stream = await trial.join()
    trial.begin()
    await stream.send(e.push(e.batch(e.control(77, trial.room, 3, history=True))))
    await stream.send(e.push(e.batch(e.chat(78, trial.room, "still here"))))
    if not await stream.pong():
        return "WRONG: the stream is closed"
    return "goes on" if not await trial.count("streamEnd") else "WRONG: the end was told"


async def _acks(trial: Trial) -> str:
    """Batches that want to be acknowledged, from a server that reads nothing."""
    stream = await trial.join()
    trial.begin()
    data = e.push(e.batch(internal_ext=os.urandom(1500).hex()))
    said = await _flood(stream, lambda number: e.frame(data), 20_000)
    await trial.pause(3.0)
    return said


async def _pings(trial: Trial) -> str:
    """Pings from a server that reads nothing."""
    stream = await trial.join()
    trial.begin()
    said = await _flood(stream, lambda number: e.frame(b"p" * 120, 9), 300_000)
    await trial.pause(3.0)
    return said


async def _flood(stream: Stream, make: Callable[[int], bytes], most: int) -> str:
    """Send frames and read nothing, until the other side hangs up or does not read either."""
    stream.writer.transport.pause_reading()  # else what is sent to us is kept in our memory
    try:
        for number in range(most):
            if stream.writer.transport.is_closing():
                return "stream closed"
            stream.writer.write(make(number))
            if number % 50 == 0:
                await asyncio.wait_for(stream.writer.drain(), 10)
    except (OSError, TimeoutError) as problem:
        return "stream closed" if isinstance(problem, ConnectionError) else "not read any more"
    await asyncio.sleep(0)
    return f"took {most} frames"


async def _empty_pieces(trial: Trial) -> str:
    """A message in a million empty pieces."""
    stream = await trial.join()
    trial.begin()
    stream.writer.write(e.frame(b"", 2, fin=False))
    try:
        for _ in range(100):
            stream.writer.write(e.frame(b"", 0, fin=False) * 2000)
            await asyncio.wait_for(stream.writer.drain(), 10)
    except (OSError, TimeoutError):
        return "stream closed"
    stream.writer.write(e.frame(b"", 0))
    return "goes on" if await stream.pong() else "stream closed"


# --- answers: tests.hostile.answers ------------------------------------------------------


async def _refused_cursor(trial: Trial) -> str:
    """A stream breaks off, and no handshake that goes on from its cursor is let in."""
    queries: list[str] = []

    async def handshake(asked: Asked) -> bytes | None:
        queries.append(asked.query.get("cursor", ""))
        return e.response(400, b"", reason="Bad Request") if queries[-1] else None

    stream = await trial.join(handshake=handshake)
    trial.begin()
    await stream.send(e.push(e.batch(e.chat(5, trial.room, "x"), cursor="refused")))
    await trial.pause(0.5)
    stream.writer.transport.abort()
    for _ in range(200):
        if queries[1:] and not queries[-1]:
            return f"back without it after {queries.count('refused')} refusals"
        await asyncio.sleep(0.1)
    return f"WRONG: not back: {queries}"


async def _close_reason(trial: Trial) -> str:
    """A stream that is closed with our cookie as the reason."""
    stream = await trial.join()
    trial.begin()
    cookie = stream.asked.headers.get("cookie", "").encode()
    stream.writer.write(e.frame(b"\x0f\xa1" + cookie[:100], 8))
    await trial.pause()
    return "stream closed"


#: What is tried of answers in the short form; bodies say nothing in a handshake.
_BODY = ("200: 4 MB of [", "200: 1 MB of <title")
_SHORT = (*_BODY, "many headers", "100 Continue", "repeats the request")


def _all() -> list[Attack]:
    found = [Attack(f"frame: {name}", _frame(make)) for name, make in FRAMES.items()]
    found += [
        Attack("stream: 2,000 frames of garbage", _garbage),
        Attack("stream: unknown names of 100 KB", _names),
        Attack("stream: 40,000 running streaks", _streaks),
        Attack("stream: an end of before we came", _history),
        Attack("stream: acks that nobody reads", _acks),
        Attack("stream: pings, pongs that nobody reads", _pings),
        Attack("stream: empty pieces", _empty_pieces),
        Attack("stream: 100 expensive frames in one packet", together),
        Attack("stream: our cookie as the close's reason", _close_reason),
        Attack("stream: a cursor that is refused", _refused_cursor),
    ]
    begin = b"HTTP/1.1 200 OK\r\n"
    for place in ("api-live", "page", "info", "handshake"):
        fresh = place == "handshake"
        plays = {
            f"{status}: {name}": answered(place, body, status)
            for status in (200, 500)
            for name, body in BODIES.items()
        }
        plays |= {
            "many headers": endless_head(place, b"X-A: b\r\n", begin),
            "one long header": endless_head(place, b"x" * 4096, begin + b"X: "),
            "100 Continue": endless_head(place, b"HTTP/1.1 100 C\r\n\r\n", b""),
            "repeats the request": repeats(place, 403, "json"),
            "repeats it as text": repeats(place, 200, "text"),
        }
        found += [
            Attack(f"{place} {name}", play, name in _SHORT and not (fresh and name in _BODY), fresh)
            for name, play in plays.items()
        ]
    for name, body in BODIES.items():
        for status in (200, 500):
            play = answered("sign", body, status)
            found.append(Attack(f"sign {status}: {name}", play, False, True, "signed"))
    for name, data in BATCHES.items():
        found.append(Attack(f"sign: {name}", first_batch(data), True, True, "signed"))
    found += [
        Attack(
            "sign: many headers", endless_head("sign", b"X-A: b\r\n", begin), False, True, "signed"
        ),
        Attack("sign: repeats the request", repeats("sign", 401, "json"), True, True, "signed"),
    ]
    found += [
        Attack(
            "client: pings, and reads nothing", client_sends(e.masked(b"p" * 120, 9) * 50, 4000)
        ),
        Attack("client: empty pieces", client_sends(e.masked(b"", 0, fin=False) * 50, 4000)),
        Attack("client: half a request, 200 times", half_requests),
        Attack("process: the output's file is taken away", unlinked),
        Attack("process: held while its server closes", stopped),
    ]
    return [*found, *(Attack(*each) for each in (*closes(), *lies(), *polls()))]


#: Everything that is tried.
ATTACKS = _all()
