"""
A server that opens the stream and closes it, with a code and a reason; or refuses once, at first.

What is looked at is whether the daemon says what it was told, gives nobody up, and is back.
"""

from __future__ import annotations

import asyncio
import json
import struct
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.hostile import encoding as e
from tests.hostile.broken import DECEPTIONS, FRAMES, SHORT, deceive
from tests.hostile.lies import until_true
from tests.hostile.server import Asked, Behaviour, Stream

if TYPE_CHECKING:
    from tests.hostile.trial import Trial

#: What TikTok says when it opened a stream and does not let us enter, seconds after we entered.
NOT_LET_IN, ENTERED = b"payload_handler_im_enter_room", 0.7

#: Seconds after which the daemon must be in, once nothing is refused any more; and after a refusal
#: that was said for good, by its words.
BACK, LATER = 60.0, 160.0

_SAID = "the right room"


def close(code: int | None, reason: bytes = b"", *, fin: bool = True) -> bytes:
    """A close frame, which need not be a valid one."""
    return e.frame(b"" if code is None else struct.pack(">H", code) + reason, 8, fin=fin)


@dataclass(frozen=True)
class Closing:
    """
    How a stream is closed.

    :ivar data: what is sent, before the connection is closed.
    :ivar words: what must be told of it, wherever: in the log, or as the reason of the state.
    :ivar times: of how many streams, one after the other.
    :ivar spoken: whether the room speaks before.
    """

    data: bytes
    words: str
    times: int = 1
    spoken: bool = False
    short: bool = False


#: By name.
CLOSINGS = {
    "not let in at first": Closing(
        close(1000, NOT_LET_IN), "did not let us enter the room", short=True
    ),
    "a heartbeat before we entered": Closing(
        close(1000, b"payload_handler_hb"),
        "a heartbeat before it knew which room we are in",
        spoken=True,
        short=True,
    ),
    "a heartbeat, again and again": Closing(
        close(1000, b"payload_handler_hb"), "'payload_handler_hb'", times=3
    ),
    "the limit of a day": Closing(
        close(4429, b"rate_limit_account_day"),
        "code 4429, 'rate_limit_account_day'",
        times=2,
        short=True,
    ),
    "going away": Closing(close(1001, b"going away"), "code 1001, 'going away'", spoken=True),
    "without a code": Closing(close(None), "without a code"),
    "half a code": Closing(e.frame(b"\x03", 8), "was dropped (1002)", short=True),
    "no code of any close": Closing(close(1005, b"x"), "code 1005, 'x'", short=True),
    "code 0": Closing(close(0), "code 0"),
    "code 999": Closing(close(999, b"because"), "code 999, 'because'", spoken=True),
    "code 65535": Closing(close(65535, b"because"), "code 65535, 'because'"),
    "no text": Closing(close(1000, b"\xff\xfe because"), "because", short=True),
    "half a letter": Closing(close(1011, "\N{EURO SIGN}".encode()[:2]), "code 1011"),
    "125 bytes": Closing(close(4000, b"r" * 123), "code 4000, 'rrr", short=True),
    "126 bytes": Closing(close(4000, b"r" * 124), "was dropped (1002)"),
    "64 KB": Closing(close(4000, b"r" * 65_000), "was dropped (1002)", spoken=True, short=True),
    "in fragments": Closing(close(1000, b"because", fin=False), "was dropped (1002)"),
    "lines of a log": Closing(
        close(1000, b"x\r\n2026-01-01 ERROR \x1b[31mfake\x00"), "code 1000, 'x", short=True
    ),
    "the protocol is broken": Closing(b"\x83\x00", "was dropped (1002)", spoken=True),
}


def closed(each: Closing) -> Callable[[Trial], Awaitable[str]]:
    """Close some streams so, and then none."""

    async def play(trial: Trial) -> str:
        closings = 0

        async def stream(opened: Stream) -> None:
            nonlocal closings
            await opened.receive()
            number, closings = closings, closings + 1
            if number < each.times:
                if each.spoken:
                    await opened.send(e.push(e.batch(e.chat(1, trial.room, "before"))))
                await asyncio.sleep(ENTERED)
                opened.writer.write(each.data)
                await opened.writer.drain()
                await asyncio.sleep(0.2)
                return
            await opened.send(e.push(e.batch(e.chat(2, trial.room, _SAID))))
            while True:
                await opened.receive()

        trial.begin()
        await trial.follow(Behaviour(stream=stream))
        if not await until_true(lambda: trial.told(each.words), 40):
            return f"WRONG: {each.words!r} was not told: {await trial.reason()}"
        if not await until_true(lambda: _heard(trial), BACK):
            return f"WRONG: not in: {await trial.reason()}"
        return f"told, and in after {closings - 1}"

    return play


async def never_let_in(trial: Trial) -> str:
    """Every stream is closed when we have entered: seldom tried, told, and never as connected."""
    entered: list[float] = []

    async def stream(opened: Stream) -> None:
        entered.append(time.monotonic())
        await opened.receive()
        await asyncio.sleep(ENTERED)
        opened.writer.write(close(1000, NOT_LET_IN))
        await opened.writer.drain()
        await asyncio.sleep(0.2)

    trial.begin()
    await trial.follow(Behaviour(stream=stream))
    if not await until_true(lambda: _in_readyz(trial, "refused: ", NOT_LET_IN.decode()), 40):
        return f"WRONG: /readyz says nothing of it: {await trial.reason()}"
    if any(each["event"] == "connected" for each in trial.events()):
        return "WRONG: connected was told"
    before = len(entered)
    await trial.pause(4)
    if before > 3 or len(entered) > before:
        return f"WRONG: entered {len(entered)} times"
    return f"refused after {before}, in /readyz"


@dataclass(frozen=True)
class Refusal:
    """
    What is said once, to the first who asks; then the truth.

    :ivar says: what is said, by place.
    :ivar words: what must be told of it.
    :ivar state: the state that it leads to, which ``/readyz`` must tell with the words; ``""`` if
        it passes in seconds.
    :ivar waits: whether it is waited for that the daemon is in.
    """

    words: str
    says: dict[str, bytes] = field(default_factory=dict)
    state: str = ""
    source: str = "direct"
    short: bool = False
    waits: bool = True


_NOT_FOUND = e.response(200, {"message": "user_not_found", "statusCode": 19881007})
_NO_PAGE = e.response(404, b"<html></html>")


def _handshake(status: int, message: str = "", code: str = "") -> dict[str, bytes]:
    headers = [("Handshake-Msg", message), ("Handshake-Status", code)] if message else []
    return {"handshake": e.response(status, b"", headers)}


#: By name.
REFUSALS = {
    "user_not_found": Refusal(
        "TikTok knows no @", {"api-live": _NOT_FOUND, "page": _NO_PAGE}, "refused: "
    ),
    "user_not_found, in /readyz": Refusal(
        "TikTok knows no @",
        {"api-live": _NOT_FOUND, "page": _NO_PAGE},
        "refused: ",
        short=True,
        waits=False,
    ),
    "nothing in it": Refusal(
        "TikTok knows nothing of @",
        {"api-live": e.response(200, {"statusCode": 0, "data": None}), "page": _NO_PAGE},
        "refused: ",
    ),
    "404000": Refusal(
        "404000", {"api-live": e.response(200, {"statusCode": 404000}), "page": _NO_PAGE}
    ),
    "illegal secret key": Refusal(
        "'illegal secret key'", _handshake(200, "illegal secret key", "417"), short=True
    ),
    "illegal app_id": Refusal("'illegal app_id'", _handshake(200, "illegal app_id", "417")),
    "HTTP 417": Refusal("HTTP 417", _handshake(417)),
    "HTTP 400": Refusal("HTTP 400", _handshake(400), short=True),
    "a sign server's 400": Refusal(
        "HTTP 400", {"sign": e.response(400, {"message": "no"})}, source="signed"
    ),
}


def once(each: Refusal) -> Callable[[Trial], Awaitable[str]]:
    """Refuse once, and see whether the daemon comes in by itself."""

    async def play(trial: Trial) -> str:
        left = set(each.says)

        def saying(place: str) -> Callable[[Asked], Awaitable[bytes | None]]:
            async def answer(asked: Asked) -> bytes | None:
                if place not in left:
                    return None
                left.remove(place)
                return each.says[place]

            return answer

        async def stream(opened: Stream) -> None:
            await opened.receive()
            await opened.send(e.push(e.batch(e.chat(1, trial.room, _SAID))))
            while True:
                await opened.receive()

        behaviour = Behaviour(stream=stream, answers={place: saying(place) for place in each.says})
        trial.begin()
        await trial.follow(behaviour)
        if not await until_true(lambda: trial.told(each.words), 20):
            return f"WRONG: {each.words!r} was not told: {await trial.reason()}"
        if each.state and not await _in_readyz(trial, each.state, each.words):
            return f"WRONG: /readyz says nothing of it: {await trial.reason()}"
        if not each.waits:
            return "told, in /readyz as well"
        if not await until_true(lambda: _heard(trial), LATER if each.state else BACK):
            return f"WRONG: not in: {await trial.reason()}"
        return "told, and in"

    return play


def closes() -> list[tuple[str, Callable[[Trial], Awaitable[str]], bool, bool, str]]:
    """What is tried: its name, how, whether in short, with a daemon of its own, and the source."""
    found = [
        (f"close: {name}", closed(each), each.short, number == 0, "direct")
        for number, (name, each) in enumerate(CLOSINGS.items())
    ]
    for name, (data, words) in FRAMES.items():
        broken = Closing(data, words, spoken=True)
        found.append((f"broken: {name}", closed(broken), name in SHORT, False, "direct"))
    for name, make in DECEPTIONS.items():
        found.append((f"deceives: {name}", deceive(make), name in SHORT, False, "direct"))
    found.append(("close: never let in", never_let_in, True, True, "direct"))
    for name, each in REFUSALS.items():
        fresh = not {"handshake", "sign"}.isdisjoint(each.says)
        found.append((f"once: {name}", once(each), each.short, fresh, each.source))
    return found


async def _heard(trial: Trial) -> bool:
    return any(each["data"].get("comment") == _SAID for each in trial.events())


async def _in_readyz(trial: Trial, *words: str) -> bool:
    """Whether /readyz says these of the user's room."""
    _, said = await trial.daemon.ask("GET", "/readyz")
    reason = json.loads(said).get("rooms", {}).get(trial.name, "") if said else ""
    return all(each in reason for each in words)
