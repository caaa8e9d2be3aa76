"""
The other side of the benchmarks: a TikTok that shares no code with the package, and is strict.

``python -m tests.benchmarks.push_server CERTIFICATE`` listens on two ports of loopback, one of them
with TLS, and says on its first line, as JSON, on which.  The file has certificate and key.  Then it
takes orders, each a line of JSON, and answers each with one:

``{"per_frame": 20, "compress": true, "warm": 500, "count": 10000, "window": 200, "pace": 0}``
    what the next client gets after entering the room; ``{"ready": true}``, and only then may the
    client be started.  It gets so many messages to warm up, and when all of their acks are in,
    there is the line ``{"entered": true}``;

``"go"``
    the other messages: ``window`` frames are on their way at a time, or as many messages a second
    as ``pace`` says.  When every frame is acknowledged, the answer is
    ``{"frames": ..., "acks": ...}``;

``"end"``
    close the stream; ``{"ended": true}``.

Anything that a client does otherwise than the protocol has it is answered by ``{"wrong": ...}``.
With a pace, messages are comments, and the moment in which each is sent is its ``create_time``, in
nanoseconds of the monotonic clock, which all processes of a machine share.
"""

from __future__ import annotations

import asyncio
import base64
import json
import ssl
import sys
from collections.abc import Iterator
from time import monotonic, monotonic_ns
from typing import Any

from tests.benchmarks.mix import ext_of, frames, messages, push
from tests.hostile import encoding as e
from tests.hostile.server import Behaviour, Server, Stream, room_of

#: The user who is live, and the room.
USER = "alice"
ROOM = room_of(USER)

#: Frames that may wait for their ack where it is about speed: several times what a client reads in
#: a millisecond.
WINDOW = 200

#: Messages a frame of those that come at a pace.
PACED = 10


class WrongError(Exception):
    """The client does not keep to the protocol."""


def fields(data: bytes) -> dict[int, int | bytes]:
    """The fields of a protobuf message, the last of each number."""
    found: dict[int, int | bytes] = {}
    at = 0

    def varint() -> int:
        nonlocal at
        value = shift = 0
        while True:
            byte = data[at]
            at += 1
            value |= (byte & 127) << shift
            if byte < 128:
                return value
            shift += 7

    try:
        while at < len(data):
            key = varint()
            value = varint()
            if key & 7 == 0:
                found[key >> 3] = value
            elif key & 7 == 2:
                found[key >> 3] = data[at : at + value]
                at += value
            else:
                raise WrongError(f"a field of type {key & 7}")
    except IndexError:
        raise WrongError("a message that ends early") from None
    if at != len(data):
        raise WrongError("a field that ends early")
    return found


def unmasked(data: bytes, mask: bytes) -> bytes:
    """What a client has sent; masking twice is not masking."""
    size = len(data)
    pad = (mask * (size // 4 + 1))[:size]
    return (int.from_bytes(data) ^ int.from_bytes(pad)).to_bytes(size)


def take(data: bytearray) -> Iterator[tuple[int, bytes]]:
    """
    The whole WebSocket frames at the beginning of what a client sent, which is shortened by them.

    :raises WrongError: if one is no frame of a client.
    """
    at = 0
    while len(data) >= at + 6:
        first, second = data[at], data[at + 1]
        size, head = second & 127, 2
        if size == 126:
            size, head = int.from_bytes(data[at + 2 : at + 4]), 4
        if first & 0xF0 != 0x80 or not second & 128 or size == 127:
            raise WrongError("a frame in pieces, without mask, or larger than any of a client")
        if len(data) < at + head + 4 + size:
            break
        begin = at + head + 4
        mask, body = data[begin - 4 : begin], data[begin : begin + size]
        at = begin + size
        yield first & 15, unmasked(bytes(body), bytes(mask))
    del data[:at]


def check_request(stream: Stream) -> None:
    """
    What a client asked for before it became a stream.

    :raises WrongError: if it is not what browsers ask for.
    """
    asked = stream.asked
    wanted = {"upgrade": "websocket", "sec-websocket-version": "13"}
    for name, value in wanted.items():
        if asked.headers.get(name, "").lower() != value:
            raise WrongError(f"{name} is {asked.headers.get(name)!r}")
    if len(base64.b64decode(asked.headers.get("sec-websocket-key", ""))) != 16:
        raise WrongError("no key")
    if "ttwid=" not in asked.headers.get("cookie", ""):
        raise WrongError("no guest cookie")
    if (asked.method, asked.query.get("room_id")) != ("GET", str(ROOM)):
        raise WrongError("another room")


class Show:
    """
    One client and its frames.

    :ivar window: how many frames may wait for their acks.
    :ivar is_over: whether all is sent and acknowledged, and the client may leave.
    :ivar sent: how many frames there were, and how many acks came.
    """

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._waiting: set[int] = set()
        self._left: Iterator[tuple[int, bytes]] = iter(())
        self.window = WINDOW
        self.is_over = False
        self._at_a_pace = False
        self._all_in = asyncio.Event()
        self.entered = asyncio.Event()
        self.sent = self.acks = 0

    async def read(self) -> None:
        """Read what the client sends until it goes."""
        data = bytearray()
        while piece := await self._stream.reader.read(1 << 18):
            data += piece
            for opcode, body in take(data):
                if opcode == 2:
                    self._frame(body)
                elif opcode == 8:
                    return
            self._more()

    def _frame(self, body: bytes) -> None:
        said = fields(body)
        kind = said.get(7)
        if kind == b"ack":
            log_id = said.get(2)
            if log_id not in self._waiting or said.get(8) != ext_of(int(log_id)).encode():
                raise WrongError(f"an ack of {log_id!r} that nobody asked for")
            self._waiting.remove(int(log_id))
            self.acks += 1
        elif kind == b"hb":
            self._stream.writer.write(e.frame(e.push(e.batch(ack=False), "hb")))
        elif kind == b"im_enter_room":
            payload = said.get(8)
            if not isinstance(payload, bytes) or fields(payload).get(1) != ROOM:
                raise WrongError("it enters another room")
            self.entered.set()
        else:
            raise WrongError(f"a frame of type {kind!r}")

    def _more(self) -> None:
        """Send as many as the window lets through."""
        out = []
        while len(self._waiting) < self.window and (found := next(self._left, None)):
            self._waiting.add(found[0])
            out.append(found[1])
        if out:
            self.sent += len(out)
            self._stream.writer.write(b"".join(out))
        elif not self._waiting and not self._at_a_pace:
            self._all_in.set()

    async def send(self, made: list[tuple[int, bytes]]) -> None:
        """Send frames and wait for their acks."""
        self._all_in.clear()
        self._left = iter(made)
        self._more()
        await self._all_in.wait()

    async def send_at(self, pace: float, count: int) -> None:
        """Send comments at a pace, and wait for their acks."""
        self._all_in.clear()
        self._at_a_pace = True
        began = monotonic()
        for log_id in range(1, count // PACED + 1):
            await asyncio.sleep(max(0.0, began + log_id * PACED / pace - monotonic()))
            self._waiting.add(log_id)
            self.sent += 1
            self._stream.writer.write(comments(log_id))
        self._at_a_pace = False
        self._more()
        await self._all_in.wait()

    def close(self) -> None:
        """Close the stream."""
        self._stream.writer.write(e.frame(b"\x03\xe8", 8))


def comments(log_id: int) -> bytes:
    """A WebSocket frame of comments that are sent now."""
    made = []
    for number in range(PACED):
        name, msg_id = "WebcastChatMessage", log_id * PACED + number
        common = e.field(1, name) + e.field(2, msg_id) + e.field(3, ROOM)
        common += e.field(4, monotonic_ns())
        payload = e.field(1, common) + e.field(2, e.user(5, "bob")) + e.field(3, "how are you")
        made.append(e.message(name, payload, msg_id))
    return e.frame(push(e.batch(*made, internal_ext=ext_of(log_id)), log_id))


class Orders:
    """Gives the client that comes next what was ordered for it."""

    def __init__(self) -> None:
        self._plan: dict[str, Any] = {}
        self._made: tuple[Any, list[tuple[int, bytes]]] = (None, [])
        self._go: asyncio.Queue[str] = asyncio.Queue()

    def order(self, line: str) -> None:
        """Take an order."""
        said = json.loads(line)
        if isinstance(said, str):
            self._go.put_nowait(said)
        else:
            self._plan, self._go = said, asyncio.Queue()
            if not said["pace"]:
                self._frames()
            say(ready=True)

    def _frames(self) -> list[tuple[int, bytes]]:
        """The frames of the plan, made once for all clients that get the same."""
        plan = self._plan
        of = (plan["per_frame"], plan["compress"], plan["warm"] + plan["count"])
        if self._made[0] != of:
            made = frames(messages(of[2]), per_frame=of[0], compress=of[1])
            self._made = of, [(number, e.frame(each)) for number, each in enumerate(made, 1)]
        return self._made[1]

    async def play(self, stream: Stream) -> None:
        """Serve one client, from the handshake to its end."""
        show = Show(stream)
        try:
            check_request(stream)
            reading = asyncio.create_task(show.read())
            playing = asyncio.create_task(self._play(show))
            done, going_on = await asyncio.wait(
                (reading, playing), return_when=asyncio.FIRST_COMPLETED
            )
            for task in going_on:
                task.cancel()
            for task in done:
                await task
            if not show.is_over:
                raise WrongError(f"the client left after {show.acks} of {show.sent} acks")
        except (WrongError, OSError) as problem:
            say(wrong=str(problem))

    async def _play(self, show: Show) -> None:
        await show.entered.wait()
        plan, go = self._plan, self._go
        if plan["pace"]:
            say(entered=True)
            await go.get()
            await show.send_at(plan["pace"], plan["count"])
        else:
            made, show.window = self._frames(), plan["window"]
            warm = plan["warm"] // plan["per_frame"]
            await show.send(made[:warm])
            say(entered=True)
            await go.get()
            await show.send(made[warm:])
        show.is_over = True
        say(frames=show.sent, acks=show.acks)
        await go.get()
        show.close()
        say(ended=True)


def say(**what: Any) -> None:
    """Tell the benchmark."""
    print(json.dumps(what), flush=True)


async def serve(certificate: str) -> None:
    """Serve until the input ends."""
    orders = Orders()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    servers = {"plain": Server(), "tls": Server()}
    for name, server in servers.items():
        server.add(USER, Behaviour(stream=orders.play))
        await server.start(context if name == "tls" else None)
    say(**{name: server.port for name, server in servers.items()})
    while line := await asyncio.to_thread(sys.stdin.readline):
        orders.order(line)
    for server in servers.values():
        await server.stop()


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1]))
