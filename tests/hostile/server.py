"""A TikTok in plain asyncio that serves what a table of behaviours says, by username."""

from __future__ import annotations

import asyncio
import ssl
import struct
import time
import zlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from tests.hostile import encoding
from tests.hostile.encoding import accept, batch, chat, frame, push, response

#: Room ids begin here; what is added is made of the username.
_ROOMS = 7_000_000_000_000_000_000


def room_of(name: str) -> int:
    """The room id of a user."""
    return _ROOMS + zlib.crc32(name.encode())


@dataclass
class Asked:
    """A request that came."""

    head: bytes
    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes = b""

    @property
    def everything(self) -> str:
        """All of it on one line, for servers that repeat it."""
        return " | ".join(self.head.decode("latin-1").split("\r\n"))


class Stream:
    """One WebSocket, seen from the server."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, asked: Asked):
        self.reader, self.writer, self.asked = reader, writer, asked

    async def send(self, data: bytes, opcode: int = 2) -> None:
        """Send one frame."""
        self.writer.write(frame(data, opcode))
        await self.writer.drain()

    async def receive(self) -> tuple[int, bytes]:
        """The next frame: its opcode, and what is in it."""
        head = await self.reader.readexactly(2)
        size = head[1] & 127
        if size == 126:
            size = struct.unpack(">H", await self.reader.readexactly(2))[0]
        elif size == 127:
            size = struct.unpack(">Q", await self.reader.readexactly(8))[0]
        mask = await self.reader.readexactly(4)
        data = await self.reader.readexactly(size)
        return head[0] & 15, bytes(each ^ mask[at & 3] for at, each in enumerate(data))

    async def pong(self) -> bool:
        """Ping, and wait for the answer; false if the stream is closed instead."""
        try:
            await self.send(b"are you there", 9)
            while (await self.receive())[0] != 10:
                pass
        except (asyncio.IncompleteReadError, OSError):
            return False
        return True


@dataclass
class Behaviour:
    """
    What a user's servers do; what is ``None`` is done as TikTok does it.

    :ivar stream: plays the stream after the handshake.
    :ivar answers: by the place (``api-live``, ``page``, ``info``, ``handshake``, ``sign``,
        ``fetch``): what is sent in the place of the right answer, as raw bytes; ``None`` for
        the right one.
    :ivar drip: seconds between the bytes of such answers.
    """

    stream: Callable[[Stream], Awaitable[None]] | None = None
    answers: dict[str, Callable[[Asked], Awaitable[bytes | None]]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    drip: float = 0.0


class Server:
    """Serves pages, look-ups, handshakes, streams and a sign server on one port."""

    def __init__(self) -> None:
        self.behaviours: dict[str, Behaviour] = {}
        self.other: Callable[[Asked], Awaitable[bytes]] | None = None
        self.port = 0
        self._rooms: dict[str, str] = {}
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[Any]] = set()

    async def start(self, context: ssl.SSLContext | None = None) -> None:
        """Listen on a free port of loopback, with TLS if there is a context for it."""
        self._server = await asyncio.start_server(
            self._serve, "127.0.0.1", 0, limit=1 << 24, ssl=context
        )
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Close everything."""
        assert self._server is not None
        self._server.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def add(self, name: str, behaviour: Behaviour) -> None:
        """Be so to this user."""
        self.behaviours[name] = behaviour
        self._rooms[str(room_of(name))] = name

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            while await self._answer(reader, writer):
                pass
        except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, OSError):
            pass
        except asyncio.CancelledError:
            pass
        finally:
            self._tasks.discard(task)
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Answer one request; whether the connection goes on."""
        asked = await _read(reader)
        place, name = self._place(asked)
        behaviour = self.behaviours.get(name)
        if behaviour is None:
            writer.write(await self.other(asked) if self.other is not None else response(404, b""))
            await writer.drain()
            return True
        behaviour.asked.append(place)
        special = behaviour.answers.get(place)
        said = await special(asked) if special is not None else None
        if said is not None:
            for piece in (
                (said[at : at + 1] for at in range(len(said))) if behaviour.drip else [said]
            ):
                writer.write(piece)
                await writer.drain()
                await asyncio.sleep(behaviour.drip)
            return True
        if place == "handshake":
            head = "HTTP/1.1 101 X\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            key = accept(asked.headers.get("sec-websocket-key", ""))
            writer.write(f"{head}Sec-WebSocket-Accept: {key}\r\n\r\n".encode())
            await writer.drain()
            play = behaviour.stream or idle
            await play(Stream(reader, writer, asked))
            return False
        writer.write(self._right(place, name))
        await writer.drain()
        return True

    def _place(self, asked: Asked) -> tuple[str, str]:
        """What was asked for, and about whom."""
        path, query = asked.path, asked.query
        by_room = self._rooms.get(query.get("room_id", ""), "")
        if "upgrade" in asked.headers:
            return "handshake", by_room
        if path.startswith("/api-live"):
            return "api-live", query.get("uniqueId", "")
        if path.startswith("/@"):
            return "page", path[2:].partition("/")[0]
        if path.startswith("/webcast/room/info"):
            return "info", by_room
        if path.startswith("/webcast/im/fetch"):
            return "fetch", by_room
        if path.startswith("/webcast/gift"):
            return "gifts", by_room
        if path.startswith("/webcast/rooms/"):
            return "sign", self._rooms.get(path.split("/")[3], "")
        return "other", ""

    def _right(self, place: str, name: str) -> bytes:
        """What TikTok would say."""
        room = str(room_of(name))
        if place == "api-live":
            who = {"id": room[-9:], "uniqueId": name, "roomId": room, "status": 2}
            data = {"user": who, "liveRoom": {"status": 2, "title": "t"}}
            return response(200, {"statusCode": 0, "message": "", "data": data})
        if place == "info":
            data = {"status": 2, "id_str": room, "title": "t", "create_time": int(time.time()) - 99}
            return response(200, {"status_code": 0, "data": data})
        if place in ("sign", "fetch"):
            push_server = f"ws://127.0.0.1:{self.port}/webcast/im/ws_proxy/ws_reuse_supplement/"
            route = encoding.field(7, encoding.field(1, "a") + encoding.field(2, "b"))
            body = batch(ack=False) + route + encoding.field(10, push_server)
            cookie = ("X-Set-TT-Cookie", "ttwid=1%7CfromTheSignServer")
            return response(200, body, [cookie], kind="application/octet-stream")
        if place == "page":
            return response(200, b"<html></html>", kind="text/html")
        return response(404, b"")


async def idle(stream: Stream) -> None:
    """Say nothing but what keeps a stream open, and read."""
    number = 0
    while True:
        _, data = await stream.receive()
        if b"hb" in data[:60]:
            number += 1
            await stream.send(push(batch(ack=False), "hb"))


async def canary(
    stream: Stream, sent: list[float], delays: list[tuple[float, float]], room: int
) -> None:
    """
    A well-behaved stream: numbered comments, and pings that tell how long the client stalls.

    :param delays: gets of each ping when it was sent, and the seconds that it waited for its
        answer, without those in which we were busy ourselves.
    """
    late = 0.0

    async def read() -> None:
        while True:
            opcode, data = await stream.receive()
            if opcode == 10:
                began: float = struct.unpack(">d", data)[0]
                delays.append((began, time.monotonic() - began - late))

    reading = asyncio.ensure_future(read())
    try:
        while not reading.done():
            await stream.send(struct.pack(">d", time.monotonic()), 9)
            sent.append(time.monotonic())
            number = len(sent)
            await stream.send(push(batch(chat(10_000 + number, room, f"number {number}"))))
            asleep = time.monotonic()
            await asyncio.sleep(0.02)
            late = max(late * 0.9, time.monotonic() - asleep - 0.02)
    finally:
        reading.cancel()


async def _read(reader: asyncio.StreamReader) -> Asked:
    head = await reader.readuntil(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    method, target, _ = first.split(" ", 2)
    headers = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if colon:
            headers[name.strip().lower()] = value.strip()
    path, _, query = target.partition("?")
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Asked(head, method, path, dict(parse_qsl(query)), headers, body)
