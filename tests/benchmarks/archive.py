"""
How many events a second are stored, in SQLite and as JSON lines, and what the reactor feels.

Run ``python -m tests.benchmarks.archive [--quick]``.  The events are those of the realistic
mix, decoded beforehand.  Each is measured against a floor in the same round:

``sqlite``
    the output, from the first event to the last commit, beside the same rows given to
    ``executemany`` in one thread without Twisted, in transactions as large, on the same disk;

``jsonl``
    the output, to the last byte written, beside a loop that makes the same JSON and writes it.

Then events come at a steady pace (``--pace``, 20 at a time, as frames bring them), while a call
every 5 ms measures how late the reactor is: the 99th percentile of that is what other rooms
would feel.

``sqlite_busy_per_s`` is how many a second are stored beside a reactor that never rests: what its
thread has to wait for the interpreter's lock decides that.

Figures are medians over the rounds.  The last line is one JSON object.
"""

from __future__ import annotations

import argparse
import json
import os
import sqlite3
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, time
from typing import Any

from twisted.internet.defer import Deferred
from twisted.internet.task import deferLater, react

from tests.benchmarks.mix import PER_FRAME, messages
from tests.outputs.doubles import ROOM, Parts
from tiktoklive.events import Event, Origin, decode
from tiktoklive.outputs.archive.rows import entry_of, store
from tiktoklive.outputs.archive.schema import ARCHIVE
from tiktoklive.outputs.database import open_database
from tiktoklive.outputs.envelope import encode_line, envelope
from tiktoklive.outputs.jsonl import make as make_jsonl
from tiktoklive.outputs.sqlite import TOGETHER
from tiktoklive.outputs.sqlite import make as make_sqlite

#: Seconds between two looks at how late the reactor is.
TICK = 0.005

#: Events that are stored beside a busy reactor, and seconds that a turn of it takes.
FEW, BUSY = 2000, 0.02


def events(count: int) -> list[Event]:
    """What is stored."""
    where = Origin("host", ROOM, int(time() * 1000), "test")
    return [decode(m, p, number=n, origin=where) for m, p, n in messages(count)]


def floor_sqlite(path: Path, every: Sequence[Event]) -> float:
    """Events a second by one thread, their rows made beforehand."""
    entries = [entry_of(event, None, None) for event in every]
    connection = open_database(path, ARCHIVE)
    began = perf_counter()
    for start in range(0, len(entries), TOGETHER):
        connection.execute("BEGIN IMMEDIATE")
        store(connection, entries[start : start + TOGETHER])
        connection.execute("COMMIT")
    rate = len(every) / (perf_counter() - began)
    connection.close()
    return rate


def floor_jsonl(path: Path, every: Sequence[Event]) -> float:
    """Events a second by a plain loop."""
    began = perf_counter()
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for event in every:
        os.write(fd, encode_line(envelope(event)))
    rate = len(every) / (perf_counter() - began)
    os.close(fd)
    return rate


async def stored(reactor: Any, output: Any, count: int) -> None:
    """Wait until all is stored."""
    while getattr(output, "committed", count) < count or output.queues()[0].size:
        await deferLater(reactor, 0.001)


async def run_fast(reactor: Any, output: Any, every: Sequence[Event]) -> float:
    """Events a second, as fast as they are taken; the reactor gets its turn at each frame."""
    output.startService()
    began = perf_counter()
    for start in range(0, len(every), PER_FRAME):
        for event in every[start : start + PER_FRAME]:
            output.event(event)
        counts = output.queues()[0]
        await deferLater(reactor, 0.001 if counts.size > counts.limit / 2 else 0)
    await stored(reactor, output, len(every))
    rate = len(every) / (perf_counter() - began)
    if output.queues()[0].dropped:
        raise AssertionError("events were lost")
    await output.stopService()
    return rate


async def run_paced(reactor: Any, output: Any, every: Sequence[Event], pace: int) -> float:
    """Milliseconds by which the reactor was late, at the 99th percentile."""
    late: list[float] = []
    running = True

    def tick(due: float) -> None:
        now = perf_counter()
        late.append((now - due) * 1000)
        if running:
            reactor.callLater(TICK, tick, now + TICK)

    output.startService()
    tick(perf_counter())
    began = perf_counter()
    for start in range(0, len(every), PER_FRAME):
        await deferLater(reactor, max(0.0, began + start / pace - perf_counter()))
        for event in every[start : start + PER_FRAME]:
            output.event(event)
    await stored(reactor, output, len(every))
    running = False
    await deferLater(reactor, 2 * TICK)
    await output.stopService()
    return quantiles(late, n=100)[98]


async def run_busy(reactor: Any, output: Any, every: Sequence[Event]) -> float:
    """Events a second, while the reactor's thread has work all the time."""
    output.startService()
    for event in every:
        output.event(event)
    began = perf_counter()
    while output.committed < len(every):
        turn = perf_counter()
        while perf_counter() - turn < BUSY:
            pass
        await deferLater(reactor, 0)
    rate = len(every) / (perf_counter() - began)
    await output.stopService()
    return rate


def check(folder: Path, count: int) -> None:
    """All is there."""
    connection = sqlite3.connect(folder / "ours.db")
    [(rows,)] = connection.execute("SELECT count(*) FROM events")
    connection.close()
    lines = (folder / "ours.jsonl").read_bytes().count(b"\n")
    if (rows, lines) != (count, count):
        raise AssertionError(f"{rows} rows and {lines} lines of {count} events")


async def measure(reactor: Any, count: int, rounds: int, paces: tuple[int, int]) -> None:
    """Run, check and print."""
    every = events(count)
    parts = Parts(reactor)
    rates: dict[str, list[float]] = {}
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            floors = floor_sqlite(folder / "floor.db", every), floor_jsonl(folder / "floor", every)
            sqlite = await run_fast(reactor, make_sqlite(parts, f"{folder}/ours.db"), every)
            jsonl = await run_fast(reactor, make_jsonl(parts, f"{folder}/ours.jsonl"), every)
            check(folder, count)
            busy = await run_busy(reactor, make_sqlite(parts, f"{folder}/b.db"), every[:FEW])
            late = [
                await run_paced(reactor, make_sqlite(parts, f"{folder}/p.db"), every, paces[0]),
                await run_paced(reactor, make_jsonl(parts, f"{folder}/p.jsonl"), every, paces[1]),
            ]
        for what, value in (
            ("sqlite_per_s", sqlite),
            ("sqlite_floor_per_s", floors[0]),
            ("sqlite_ratio", sqlite / floors[0]),
            ("sqlite_busy_per_s", busy),
            ("sqlite_late_ms_p99", late[0]),
            ("jsonl_per_s", jsonl),
            ("jsonl_floor_per_s", floors[1]),
            ("jsonl_ratio", jsonl / floors[1]),
            ("jsonl_late_ms_p99", late[1]),
        ):
            rates.setdefault(what, []).append(value)
    print(f"{count} events a run, {rounds} rounds; late at {paces[0]} and {paces[1]} a second")
    figures = {
        what: round(median(values)) if what.endswith("_per_s") else round(median(values), 3)
        for what, values in rates.items()
    }
    for what, value in figures.items():
        print(f"{what:>20}: {value:,}")
    print(json.dumps(figures))


def main(reactor: Any, *arguments: str) -> Deferred[None]:
    """Read the arguments."""
    parser = argparse.ArgumentParser(description="Events into an archive and into JSON lines.")
    parser.add_argument("--quick", action="store_true", help="fewer events and rounds")
    parser.add_argument(
        "--pace", type=int, nargs=2, default=(5000, 20_000), help="events/s: sqlite, jsonl"
    )
    said = parser.parse_args(arguments)
    count, rounds = (10_000, 3) if said.quick else (40_000, 5)
    return Deferred.fromCoroutine(measure(reactor, count, rounds, tuple(said.pace)))


if __name__ == "__main__":
    import sys

    react(main, sys.argv[1:])
