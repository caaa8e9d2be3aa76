"""
What a connected room costs in memory.

Run ``python -m tests.benchmarks.memory [--quick]``.  One process follows 200 rooms of a
simulator in another process over plain WebSockets, with one observer for all.  Each room
sends 600 messages, so that what fills up over time is full.  Resident memory is read with
the first room alone, and with all of them.

``--quick`` follows 100 rooms.  The last line is one JSON object with ``rooms``,
``first_room_kib`` (the whole process with one room), ``all_rooms_kib`` and ``kib_per_room``
(what each room beyond the first added).
"""

from __future__ import annotations

import argparse
import gc
import json
import os
from pathlib import Path
from typing import Any

from twisted.internet.defer import Deferred, gatherResults
from twisted.internet.task import deferLater, react

from tests.benchmarks.child import Server, server
from tests.benchmarks.decode import observe_all
from tests.benchmarks.server import IDLE
from tiktoklive.events import RawData
from tiktoklive.service import LiveService
from tiktoklive.wiring import standard_wiring

#: How many rooms are told to connect at a time.
AT_A_TIME = 20


def resident_kib() -> float:
    """Resident memory of this process without garbage."""
    gc.collect()
    return held_kib()


def held_kib() -> float:
    """Resident memory of this process as it is."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1024


class Rooms:
    """Follows rooms, and knows when each has told everything."""

    def __init__(self, reactor: Any, there: Server) -> None:
        self.service = LiveService(standard_wiring(reactor, there.options))
        observe_all(self.service)
        self.service.on("raw_data", self._count)
        self.service.startService()
        self._waiting: dict[str, tuple[int, Deferred[None]]] = {}

    def _count(self, event: RawData) -> None:
        left, done = self._waiting[event.anchor]
        self._waiting[event.anchor] = (left - 1, done)
        if left == 1:
            done.callback(None)

    async def follow(self, numbers: range) -> None:
        """Connect, and wait for all of their messages."""
        for start in range(numbers.start, numbers.stop, AT_A_TIME):
            told = []
            for number in range(start, min(start + AT_A_TIME, numbers.stop)):
                done: Deferred[None] = Deferred()
                self._waiting[f"idle{number}"] = (IDLE, done)
                told.append(done)
                self.service.add(f"idle{number}")
            await gatherResults(told)


async def measure(reactor: Any, rooms: int) -> None:
    """Follow, read and print."""
    with server(rooms=rooms) as there:
        follow = Rooms(reactor, there)
        await follow.follow(range(1, 2))
        await deferLater(reactor, 1.0)
        first = resident_kib()
        await follow.follow(range(2, rooms + 1))
        await deferLater(reactor, 1.0)
        everything = resident_kib()
        states = [state.phase for state in follow.service.status().values()]
        if states != ["live"] * rooms:
            raise AssertionError(f"Not all rooms are live: {states}")
        await follow.service.stopService()
    figures = {
        "rooms": rooms,
        "first_room_kib": round(first),
        "all_rooms_kib": round(everything),
        "kib_per_room": round((everything - first) / (rooms - 1), 1),
    }
    for name, value in figures.items():
        print(f"{name:>15}: {value:,}")
    print(json.dumps(figures))


def main(reactor: Any, *arguments: str) -> Deferred[None]:
    """Read the arguments."""
    parser = argparse.ArgumentParser(description="Memory of a connected room.")
    parser.add_argument("--quick", action="store_true", help="fewer rooms")
    rooms = 100 if parser.parse_args(arguments).quick else 200
    return Deferred.fromCoroutine(measure(reactor, rooms))


if __name__ == "__main__":
    import sys

    react(main, sys.argv[1:])
