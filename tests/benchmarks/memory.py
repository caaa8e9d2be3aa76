"""
What a connected room costs in memory.

Run ``python -m tests.benchmarks.memory [--tls] [--quick]``.  One process follows 200 rooms of a
simulator in another process over WebSockets, with one observer for all.  Each room sends 600
messages, frame by frame, so that what fills up over time is full: that is a room *idle*.  Then all
rooms send as many again at once: that is *after a burst*.  Resident memory is read with the first
room alone, after its burst, and with all of them, before theirs and after.  A process of its own
then does the same for 40 rooms with ``tracemalloc``, which is slow; it knows what Python has
allocated, and neither what OpenSSL has nor what lies between.

``--tls`` goes through TLS: an authority is made for the run, and the server shows its certificate
beside its own.  ``--quick`` follows 100 rooms.  The last line is one JSON object with ``rooms``,
``tls``, ``first_room_kib`` (the whole process with one room), and what each room beyond the first
added: ``kib_per_room`` (idle), ``burst_kib_per_room``, ``traced_kib_per_room`` and
``traced_burst_kib_per_room``.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from ipaddress import ip_address
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from cryptography.x509 import IPAddress
from twisted.internet.defer import Deferred, gatherResults
from twisted.internet.ssl import Certificate
from twisted.internet.task import deferLater, react
from twisted.logger import globalLogBeginner

from tests.benchmarks.child import Server, running
from tests.benchmarks.decode import observe_all
from tests.benchmarks.server import IDLE
from tests.net.authority import Authority
from tiktoklive.events import RawData
from tiktoklive.net import DirectNetwork
from tiktoklive.options import Options
from tiktoklive.service import LiveService
from tiktoklive.wiring import standard_wiring

#: How many rooms are told to connect at a time.
AT_A_TIME = 20

#: How many rooms there are while Python's allocations are traced.
TRACED_ROOMS = 40


def resident_kib() -> float:
    """Resident memory of this process without garbage."""
    gc.collect()
    return held_kib()


def held_kib() -> float:
    """Resident memory of this process as it is."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1024


def traced_kib() -> float:
    """What Python has allocated, without garbage, since it is traced."""
    gc.collect()
    return tracemalloc.get_traced_memory()[0] / 1024


class Rooms:
    """Follows rooms, and knows when each has told everything."""

    def __init__(self, reactor: Any, there: Server, root: Certificate | None = None) -> None:
        options: Options = there.options
        network = None
        if root is not None:
            base = f"https://{there.address}"
            options = replace(
                options, web_base=base, webcast_base=base, ws_base=f"wss://{there.address}"
            )
            network = DirectNetwork(reactor, trust_root=root)
        self._there = there
        self.service = LiveService(standard_wiring(reactor, options, network=network))
        observe_all(self.service)
        self.service.on("raw_data", self._count)
        self.service.startService()
        self._waiting: dict[str, tuple[int, Deferred[None]]] = {}

    def _count(self, event: RawData) -> None:
        left, done = self._waiting[event.anchor]
        self._waiting[event.anchor] = (left - 1, done)
        if left == 1:
            done.callback(None)

    def _told(self, number: int) -> Deferred[None]:
        """Fires when a room has told as much as it tells once."""
        done: Deferred[None] = Deferred()
        self._waiting[f"idle{number}"] = (IDLE, done)
        return done

    async def follow(self, numbers: range) -> None:
        """Connect, and wait for all of their messages."""
        for start in range(numbers.start, numbers.stop, AT_A_TIME):
            told = []
            for number in range(start, min(start + AT_A_TIME, numbers.stop)):
                told.append(self._told(number))
                self.service.add(f"idle{number}")
            await gatherResults(told)

    async def burst(self, numbers: range) -> None:
        """Let them tell as much again, all at once."""
        told = [self._told(number) for number in numbers]
        self._there.say(f"burst {numbers.start} {numbers.stop - 1}")
        await gatherResults(told)


@contextmanager
def serving(rooms: int, tls: bool) -> Iterator[tuple[Server, Certificate | None]]:
    """The server, and whose certificate it has."""
    program = "tests.benchmarks.memory_server"
    if not tls:
        with running(program, rooms) as there:
            yield there, None
        return
    authority = Authority()
    made = authority.with_root([IPAddress(ip_address("127.0.0.1"))])
    with TemporaryDirectory() as place:
        pem = Path(place, "server.pem")
        pem.write_bytes(made.root.dumpPEM() + made.dumpPEM())
        with running(program, rooms, pem) as there:
            yield there, authority.root


async def measure(reactor: Any, rooms: int, tls: bool, traced: bool) -> None:
    """Follow, read and print."""
    read = traced_kib if traced else resident_kib
    with serving(rooms, tls) as (there, root):
        follow = Rooms(reactor, there, root)
        first, others = range(1, 2), range(2, rooms + 1)
        found = []
        for numbers, step in (
            (first, follow.follow),
            (first, follow.burst),
            (others, follow.follow),
            (others, follow.burst),
        ):
            await step(numbers)
            await deferLater(reactor, 1.0)
            found.append(read())
        states = [state.phase for state in follow.service.status().values()]
        if states != ["live"] * rooms:
            raise AssertionError(f"Not all rooms are live: {states}")
        await follow.service.stopService()
    _, alone, idle, burst = found
    kind = "traced_" if traced else ""
    figures: dict[str, Any] = {} if traced else {"rooms": rooms, "tls": tls}
    if not traced:
        figures["first_room_kib"] = round(alone)
    figures[f"{kind}kib_per_room"] = round((idle - alone) / (rooms - 1), 1)
    figures[f"{kind}burst_kib_per_room"] = round((burst - alone) / (rooms - 1), 1)
    if traced:
        print(json.dumps(figures))
        return
    figures |= traced_figures(tls)
    for name, value in figures.items():
        print(f"{name:>26}: {value:,}")
    print(json.dumps(figures))


def traced_figures(tls: bool) -> dict[str, Any]:
    """The figures of a process that traces what Python allocates."""
    command = [sys.executable, "-m", "tests.benchmarks.memory", "--traced"]
    ran = subprocess.run(
        [*command, *(["--tls"] if tls else [])], stdout=subprocess.PIPE, text=True, check=True
    )
    figures: dict[str, Any] = json.loads(ran.stdout.splitlines()[-1])
    return figures


def main(reactor: Any, *arguments: str) -> Deferred[None]:
    """Read the arguments."""
    # As in every daemon: before that Twisted keeps all that is logged.
    globalLogBeginner.beginLoggingTo([lambda event: None], redirectStandardIO=False)
    parser = argparse.ArgumentParser(description="Memory of a connected room.")
    parser.add_argument("--tls", action="store_true", help="go through TLS")
    parser.add_argument("--quick", action="store_true", help="fewer rooms")
    parser.add_argument("--traced", action="store_true", help="with tracemalloc alone")
    given = parser.parse_args(arguments)
    if given.traced:
        tracemalloc.start()
    rooms = TRACED_ROOMS if given.traced else 100 if given.quick else 200
    return Deferred.fromCoroutine(measure(reactor, rooms, given.tls, given.traced))


if __name__ == "__main__":
    react(main, sys.argv[1:])
