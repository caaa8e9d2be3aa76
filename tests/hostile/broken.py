"""
Servers that break the protocol on a stream: frames that RFC 6455 forbids, batches that deceive.

Each frame must be told in words, and the room goes on in a new stream; of a batch that deceives,
nothing but its messages may have an effect.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from tests.hostile import encoding as e

if TYPE_CHECKING:
    from tests.hostile.trial import Trial

_PUSH = e.push(e.batch(e.chat(9, 0, "broken")))
_BEGUN = e.frame(_PUSH[:9], 2, fin=False)
_LENGTH = b"\x82\x7f"
_MINIMAL = "not using minimal length encoding"
_TOO_LONG = "control frame with payload length > 125 octets"


def _bits(bits: int, opcode: int = 2) -> bytes:
    """A frame with reserved bits."""
    plain = e.frame(_PUSH, opcode)
    return bytes([plain[0] | bits << 4]) + plain[1:]


#: By name: what is sent, and what must be told of it.
FRAMES: dict[str, tuple[bytes, str]] = {
    "a long ping": (b"\x89\x7e\x00\x7e" + b"p" * 126, _TOO_LONG),
    "a ping with a length of eight bytes": (b"\x89\x7f" + bytes(7) + b"\x05hello", _TOO_LONG),
    "a ping in fragments": (e.frame(b"p", 9, fin=False), "fragmented control frame"),
    "a pong in fragments": (e.frame(b"p", 10, fin=False), "fragmented control frame"),
    "a message within a message": (_BEGUN + e.frame(_PUSH), "while inside fragmented message"),
    "the end of no message": (e.frame(_PUSH, 0), "outside fragmented message"),
    "a close within a message": (_BEGUN + e.frame(b"\x03\xe8bye", 8), "code 1000, 'bye'"),
    "a compressed message": (_bits(4), "RSV = 4"),
    "all reserved bits": (_bits(7), "RSV = 7"),
    "a compressed rest": (_BEGUN + _bits(4, 0), "RSV = 4"),
    "a reserved opcode": (e.frame(b"x", 3), "reserved opcode 3"),
    "a reserved control opcode": (e.frame(b"x", 15), "reserved opcode 15"),
    "a mask": (e.masked(_PUSH, 2), "masked server-to-client frame"),
    "a short length in eight bytes": (_LENGTH + bytes(7) + b"\x05hello", _MINIMAL),
    "a short length in two bytes": (b"\x82\x7e\x00\x05hello", _MINIMAL),
    "a length of 2^64-1": (_LENGTH + b"\xff" * 8, ">2^63"),
    "a length of 2^63-1": (_LENGTH + b"\x7f" + b"\xff" * 7, "(1009)"),
    "HTTP behind the handshake": (b"HTTP/1.1 200 OK\r\n\r\n", "was dropped (1002)"),
}

#: Tried in the short form.
SHORT = ("a compressed message", "the end of another room")


def _control(room: int, action: int) -> bytes:
    return e.push(e.batch(e.control(70 + action, room, action)))


def _chat(room: int, text: str, more: bytes = b"", number: int = 80) -> bytes:
    return e.push(e.batch(e.chat(number, room, text)) + more)


#: By name, of a room: a batch after which the room must go on, on the same stream.
DECEPTIONS: dict[str, Callable[[int], bytes]] = {
    "the end of another room": lambda room: _control(room + 1, 3),
    "a pause of another room": lambda room: _control(room + 1, 1),
    "comments of another room": lambda room: e.push(
        e.batch(*(e.chat(80 + each, room + 1, "x") for each in range(50)))
    ),
    "an unknown action": lambda room: _control(room, 1 << 31),
    "a cursor twice": lambda room: _chat(room, "x", e.field(2, "b") + e.field(2, "c\r\nX: y\x00")),
    "a heartbeat each 1 ms": lambda room: _chat(room, "x", e.field(8, 1)),
    "a heartbeat in 2^63-1 ms": lambda room: _chat(room, "x", e.field(8, (1 << 63) - 1)),
    "an id of 2^63": lambda room: _chat(room, "x", number=1 << 63),
    "an id of 2^64-1": lambda room: _chat(room, "x", number=(1 << 64) - 1),
    "gzip of gzip": lambda room: e.push(e.gzipped(e.gzipped(e.batch()))),
    "a varint of 11 bytes": lambda room: _chat(room, "x", b"\x20" + b"\xff" * 10 + b"\x01"),
    "an open group": lambda room: _chat(room, "x", e.varint(77 << 3 | 3)),
    "the answer to entering another room": lambda room: e.push(
        e.field(1, room + 1), "im_enter_room_resp"
    ),
}


def deceive(make: Callable[[int], bytes]) -> Callable[[Trial], Awaitable[str]]:
    """Send it, and see whether the stream goes on as if nothing had been said."""

    async def play(trial: Trial) -> str:
        stream = await trial.join()
        trial.begin()
        await stream.send(make(trial.room))
        await stream.send(e.push(e.batch(e.chat(99, trial.room, "still here"))))
        if not await stream.pong():
            return "WRONG: the stream is closed"
        for _ in range(100):
            if any(each["data"].get("comment") == "still here" for each in trial.events()):
                break
            await asyncio.sleep(0.05)
        else:
            return "WRONG: nothing is told any more"
        told = {each["event"] for each in trial.events()} & {"streamEnd", "paused", "disconnected"}
        return f"WRONG: {', '.join(sorted(told))}" if told else "goes on"

    return play
