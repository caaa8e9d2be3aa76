"""What is tried on this side: clients of our own listeners, and our own process."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from tests.hostile import encoding as e

if TYPE_CHECKING:
    from tests.hostile.trial import Trial

# --- clients of ours ---------------------------------------------------------------------


async def _client(trial: Trial, path: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    reader, writer = await asyncio.open_connection("127.0.0.1", trial.daemon.web)
    writer.write(
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{trial.daemon.web}\r\nUpgrade: websocket\r\n"
        "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        f"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nAuthorization: Bearer {trial.read}\r\n\r\n"
        "".encode()
    )
    head = await reader.readuntil(b"\r\n\r\n")
    if b" 101 " not in head:
        raise RuntimeError(f"No WebSocket: {head!r}")
    return reader, writer


def client_sends(data: bytes, times: int) -> Callable[[Trial], Awaitable[str]]:
    """A client that sends that again and again, and reads nothing."""

    async def play(trial: Trial) -> str:
        _, writer = await _client(trial, "/ws")
        trial.begin()
        try:
            for _ in range(times):
                if writer.transport.is_closing():
                    return "closed"
                writer.write(data)
                await asyncio.wait_for(writer.drain(), 10)
        except (OSError, TimeoutError) as problem:
            return "closed" if isinstance(problem, ConnectionError) else "not read any more"
        finally:
            await trial.pause()
            writer.transport.abort()
        return "took all of it"

    return play


async def half_requests(trial: Trial) -> str:
    """Two hundred connections that begin a request and never end it."""
    trial.begin()
    writers = []
    for _ in range(200):
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", trial.daemon.web)
            writer.write(b"GET /healthz HTTP/1.1\r\nX: ")
            writers.append(writer)
        except OSError:
            break
    status, _ = await trial.daemon.ask("GET", "/healthz")
    for writer in writers:
        writer.transport.abort()
    return "others are served" if status == 200 else f"others got {status}"


# --- our own process ---------------------------------------------------------------------


async def unlinked(trial: Trial) -> str:
    """The file of an output is taken away."""
    trial.begin()
    kept = trial.daemon.place / "events.jsonl"
    aside = trial.daemon.place / "taken-away.jsonl"
    kept.rename(aside)
    await trial.pause()
    return "begun anew" if kept.exists() else "WRONG: nothing is written any more"


async def stopped(trial: Trial) -> str:
    """The process is held for a while, in which its server sends, and closes."""
    stream = await trial.join()
    trial.begin(stalls=False)
    trial.daemon.hold()
    numbers = range(500, 700)
    for number in numbers:
        await stream.send(e.push(e.batch(e.chat(number, trial.room, "while you were away"))))
    stream.writer.close()
    await asyncio.sleep(2)
    trial.daemon.go_on()
    await trial.pause()
    events = [each for each in trial.events() if each["event"] == "chat"]
    missing = len(numbers) - sum("while you were" in each["data"]["comment"] for each in events)
    return f"WRONG: {missing} of 200 missing" if missing else "all 200 delivered"
