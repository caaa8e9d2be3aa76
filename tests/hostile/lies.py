"""
A server that refuses, lies, limits and wants a login: well-formed answers, and none of them right.

What is looked at is whether the daemon comes out of each by itself, follows nobody else meanwhile,
and says what it was told.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.hostile import encoding as e
from tests.hostile.server import Asked, Behaviour, Stream, room_of

if TYPE_CHECKING:
    from tests.hostile.trial import Trial

#: Seconds after which the daemon must be in, once the truth is told.
BACK = 90.0

#: Another host, whom nobody follows, and what is said there.
OTHER, OTHER_ROOM, OTHER_SAID = "somebody_else", room_of("somebody_else"), "not for you"

_LOGIN = ("Location", "https://www.tiktok.com/login?redirect_url=x")


def _page(state: Any) -> bytes:
    script = f'<script id="SIGI_STATE" type="application/json">{json.dumps(state)}</script>'
    return e.response(200, f"<html><body>{script}</body></html>".encode(), kind="text/html")


def _of(name: str, room: int, **live: Any) -> dict[str, Any]:
    """A user who is live, as both look-ups tell it."""
    user = {"id": str(room)[-9:], "uniqueId": name, "roomId": str(room), "status": 2}
    return {"user": user, "liveRoom": {"status": 2, "title": "t", **live}}


def _api(code: int, **more: Any) -> bytes:
    return e.response(200, {"statusCode": code, "status_code": code, **more})


def _other_page() -> bytes:
    return _page({"LiveRoom": {"liveRoomUserInfo": _of(OTHER, OTHER_ROOM)}})


def _wall(**flags: Any) -> bytes:
    return _page({"LiveRoom": {"liveRoomStatus": 0, "recommendLiveRooms": [], **flags}})


def _of_another_room() -> bytes:
    """A first batch of a sign server, of a room that is not the user's."""
    route = e.field(7, e.field(1, "a") + e.field(2, "b"))
    push = e.field(10, "wss://webcast-ws.tiktok.com/webcast/im/ws_proxy/ws_reuse_supplement/")
    comment = e.chat(3, OTHER_ROOM, OTHER_SAID)
    headers = [("X-Set-TT-Cookie", "ttwid=1%7Cx"), ("X-Room-Id", str(OTHER_ROOM))]
    body = e.batch(comment, ack=False) + route + push
    return e.response(200, body, headers, kind="application/octet-stream")


_DOWN = e.response(503, b"no")
_OTHER_API = e.response(200, {"statusCode": 0, "data": _of(OTHER, OTHER_ROOM)})


@dataclass(frozen=True)
class Lie:
    """
    What is said until the daemon has told of it, by place; then the truth.

    :ivar words: what it must tell, wherever: in its log, or as the reason of the room's state.
    """

    says: dict[str, bytes]
    words: str
    source: str = "direct"
    short: bool = True


#: By name; where the look-up is lied to, the other look-up is down, so that it is heard.
LIES: dict[str, Lie] = {
    "the page of another host": Lie(
        {"api-live": _DOWN, "page": _other_page()}, f"with @{OTHER}: that room is not entered"
    ),
    "another host in both": Lie(
        {"api-live": _OTHER_API, "page": _other_page()},
        f"with @{OTHER}: that room is not entered",
        short=False,
    ),
    "details of another host": Lie(
        {
            "info": e.response(
                200,
                {"status_code": 0, "data": {"status": 2, "owner": {"display_id": OTHER}, "a": 1}},
            )
        },
        f"with @{OTHER}: that room is not entered",
        short=False,
    ),
    "a login wall": Lie(
        {"api-live": _DOWN, "page": _wall(needLogin=True, showLiveGate=True)}, "says needLogin"
    ),
    "a gate": Lie(
        {"api-live": _DOWN, "page": _wall(showLiveGate=True)}, "showLiveGate", short=False
    ),
    "a redirect to the login": Lie(
        {"api-live": e.response(302, b"", [_LOGIN]), "page": _DOWN},
        "sending us to its login page (HTTP 302)",
    ),
    "a login that is wanted": Lie(
        {"api-live": _api(20003), "page": _DOWN}, "20003: it wants a login", short=False
    ),
    "withheld without a word": Lie(
        {"api-live": _api(4003110, data={"prompts": ""}), "page": _DOWN},
        "does not say why (4003110)",
        short=False,
    ),
    "a room that has finished": Lie(
        {"info": _api(30003, data={"message": "room has finished", "prompts": "over"})},
        "(30003, 'room has finished')",
        short=False,
    ),
    "a captcha": Lie(
        {"api-live": e.response(200, b"tiktok-verify-page"), "page": _DOWN},
        "a captcha",
        short=False,
    ),
    "too many requests": Lie(
        {"api-live": e.response(429, b"", [("Retry-After", "5")]), "page": _DOWN},
        "HTTP 429: too many requests",
    ),
    "a browser that is flagged": Lie(
        {"handshake": e.response(200, b"", [("Handshake-Msg", "DEVICE_BLOCKED")])},
        "'DEVICE_BLOCKED'",
        short=False,
    ),
    "another protocol inside": Lie({"handshake": b""}, "we dropped the connection"),
    "the login in a handshake": Lie(
        {"handshake": e.response(302, b"", [_LOGIN])}, "sends us to its login page", short=False
    ),
    "a sign server's other room": Lie(
        {
            "sign": _of_another_room(),
            "info": e.response(200, {"status_code": 0, "data": {"status": 2, "title": "t"}}),
        },
        "it is not entered on one word alone",
        "signed",
        short=False,
    ),
    "a sign server's minute": Lie(
        {
            "sign": e.response(
                429, {"limit_label": "rate_limit_account_minute"}, [("Retry-After", "5")]
            )
        },
        "rate_limit_account_minute: ",
        "signed",
        short=False,
    ),
}


def lie(each: Lie) -> Callable[[Trial], Awaitable[str]]:
    """Lie until it was told of, then tell the truth, and see whether the daemon comes in."""

    async def play(trial: Trial) -> str:
        truth = False

        def saying(said: bytes) -> Callable[[Asked], Awaitable[bytes | None]]:
            async def answer(asked: Asked) -> bytes | None:
                return None if truth else said or _another_protocol(asked)

            return answer

        async def stream(opened: Stream) -> None:
            await opened.receive()
            await opened.send(e.push(e.batch(e.chat(1, trial.room, "the right room"))))
            while True:
                await opened.receive()

        behaviour = Behaviour(
            stream=stream, answers={place: saying(said) for place, said in each.says.items()}
        )
        trial.others(OTHER, Behaviour(stream=_other_stream))
        trial.begin()
        await trial.follow(behaviour)
        told = await until_true(lambda: trial.told(each.words), 40)
        truth = True
        if not told:
            return f"WRONG: {each.words!r} was not told: {await trial.reason()}"
        back = await until_true(lambda: _heard(trial, "the right room"), BACK)
        if await _heard(trial, OTHER_SAID):
            return "WRONG: somebody else was followed"
        return "told, and in" if back else f"WRONG: not in: {await trial.reason()}"

    return play


async def restricted(trial: Trial) -> str:
    """A room for subscribers, which lets us in and says nothing: it is told for whom it is."""
    data = _of(trial.name, trial.room, liveSubOnly=1, paidEvent={"paid_type": 1})
    said = e.response(200, {"statusCode": 0, "data": data})

    async def answer(asked: Asked) -> bytes:
        return said

    trial.begin()
    await trial.follow(Behaviour(answers={"api-live": answer}))
    words = "for subscribers only, paid for"
    return words if await until_true(lambda: trial.told(words), 20) else "WRONG: it is not told"


async def spent_day(trial: Trial) -> str:
    """A sign server whose day is spent, and which does not say until when: it is left alone."""
    asked: list[float] = []

    async def answer(request: Asked) -> bytes:
        asked.append(time.monotonic())
        return e.response(429, {"message": "no", "limit_label": "rate_limit_account_day"})

    trial.begin()
    await trial.follow(Behaviour(answers={"sign": answer}))
    if not await until_true(lambda: trial.told("does not say until when"), 20):
        return f"WRONG: it is not told: {await trial.reason()}"
    await trial.pause(5)
    return "asked once" if len(asked) == 1 else f"WRONG: asked {len(asked)} times"


def lies() -> list[tuple[str, Callable[[Trial], Awaitable[str]], bool, bool, str]]:
    """What is tried: its name, how, whether in short, with a daemon of its own, and the source."""
    found = [("lie: for subscribers only", restricted, True, True, "direct")]
    for name, each in LIES.items():
        fresh = not {"handshake", "sign"}.isdisjoint(each.says)
        found.append((f"lie: {name}", lie(each), each.short, fresh, each.source))
    # The last: nobody is let in by this source any more.
    found.append(("lie: a sign server's day", spent_day, True, True, "signed"))
    return found


def _another_protocol(asked: Asked) -> bytes:
    """A handshake that answers with a protocol that nobody asked for."""
    key = e.accept(asked.headers.get("sec-websocket-key", ""))
    return (
        "HTTP/1.1 101 X\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Accept: {key}\r\nSec-WebSocket-Protocol: echo-protocol\r\n\r\n"
    ).encode()


async def _other_stream(stream: Stream) -> None:
    await stream.receive()
    await stream.send(e.push(e.batch(e.chat(2, OTHER_ROOM, OTHER_SAID))))
    while True:
        await stream.receive()


async def _heard(trial: Trial, said: str) -> bool:
    return any(each["data"].get("comment") == said for each in trial.events())


async def until_true(what: Callable[[], Awaitable[bool]], seconds: float) -> bool:
    """Wait for it; whether it came."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if await what():
            return True
        await asyncio.sleep(0.1)
    return False
