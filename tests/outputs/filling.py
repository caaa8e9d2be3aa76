"""
A recorder whose disk becomes full, and has room again: ``... filling KIND FOLDER HOW``.

``HOW`` is ``limit``, for a limit on the size of files, or ``ballast``, for a small file system
that is the folder, and a large file in it that is deleted in time.  It prints one JSON object:
how many events were written, what the queues counted, and what the log said.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from twisted.internet.defer import Deferred
from twisted.internet.task import Clock, deferLater, react
from twisted.logger import formatEvent, globalLogPublisher

from tests.outputs.doubles import chat, origin
from tiktoklive.events import Event
from tiktoklive.net.network import DirectNetwork
from tiktoklive.outputs.archive.schema import ARCHIVE
from tiktoklive.outputs.channel import FileChannel
from tiktoklive.outputs.databaserunner import Database
from tiktoklive.outputs.jsonl import JsonLines
from tiktoklive.outputs.line_writer import RETRY, LineWriter
from tiktoklive.outputs.sqlite import SqliteOutput
from tiktoklive.outputs.webhook.deliverer import Deliverer
from tiktoklive.outputs.webhook.outbox import OUTBOX
from tiktoklive.outputs.webhook.output import Webhook

#: Bytes that files may have, or the file system has, while there is little room.
ROOM = 300_000
#: Bytes of the file system that the test makes.
DISK = 8 * 1024 * 1024
#: Bytes that may wait in a queue.
QUEUE = 300_000

_UNLIMITED = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)


def narrow(folder: Path, how: str) -> Callable[[], None]:
    """Leave little room; what is returned makes more."""
    if how == "limit":
        resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM, resource.RLIM_INFINITY))
        return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, _UNLIMITED)
    ballast = folder / "ballast"
    ballast.write_bytes(bytes(DISK - ROOM))
    return ballast.unlink


def event(number: int) -> Event:
    """One to write."""
    return chat("Anna", f"{number} " * 20, origin(), number=number + 1)


def fill_lines(folder: Path, widen: Callable[[], None], flush: float) -> dict[str, Any]:
    """With the output for JSON lines, which may be gathered first."""
    clock = Clock()
    channel = FileChannel(folder / "events.jsonl")
    output = JsonLines(LineWriter("jsonl", channel, clock, limit=QUEUE, flush=flush))
    output.startService()
    written = 0
    while not output.queues()[0].dropped:
        output.event(event(written))
        written += 1
        if not written % 50:
            clock.advance(flush)
    whole = (folder / "events.jsonl").read_bytes().endswith(b"\n")
    widen()
    clock.advance(RETRY)
    said = {"written": written, "dropped": output.queues()[0].dropped, "whole": whole}
    output.stopService()
    return said


async def fill_database(
    reactor: Any, output: Any, widen: Callable[[], None], log: list[str]
) -> dict[str, Any]:
    """With one that has a database."""
    output.startService()
    written = 0
    while not output.queues()[0].dropped or not any("cannot be written" in line for line in log):
        for _ in range(5):
            output.event(event(written))
            written += 1
        await deferLater(reactor, 0.01)
    widen()
    counts = output.queues()[0]
    while counts.size or output.committed + counts.dropped < written:
        await deferLater(reactor, 0.01)
        counts = output.queues()[0]
    said = {"written": written, "dropped": counts.dropped, "committed": output.committed}
    await output.stopService()
    return said


def main(kind: str, folder: Path, how: str) -> None:
    """Fill it."""
    log: list[str] = []

    def observe(event: Any) -> None:
        if event.get("log_namespace", "").startswith("tiktoklive.outputs"):
            log.append(formatEvent(event))

    globalLogPublisher.addObserver(observe)
    widen = narrow(folder, how)

    def report(said: dict[str, Any]) -> None:
        sys.stdout.write(json.dumps({**said, "log": log}) + "\n")
        sys.stdout.flush()

    def run(reactor: Any) -> Deferred[None]:
        output: Any
        if kind == "sqlite":
            database = Database(folder / "events.db", ARCHIVE, reactor)
            output = SqliteOutput("sqlite", database, reactor, limit=QUEUE, retry=0.05)
        else:
            database = Database(folder / "outbox.db", OUTBOX, reactor)
            nowhere = "http://127.0.0.1:1/"
            network = DirectNetwork(reactor)
            deliverer = Deliverer("webhook", database, nowhere, [b""], network, reactor, Random(1))
            output = Webhook(
                "webhook", database, deliverer, reactor, limit=QUEUE, retry=0.05, gather=0.05
            )
        running = Deferred.fromCoroutine(fill_database(reactor, output, widen, log))
        return running.addCallback(report)

    if kind in ("jsonl", "gathered"):
        report(fill_lines(folder, widen, 0.5 if kind == "gathered" else 0.0))
    else:
        react(run)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3])
