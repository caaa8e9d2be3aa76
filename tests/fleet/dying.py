"""
Redis, or a reader, is killed again and again: ``python -m tests.fleet.dying VICTIM [ROUNDS]``.

A writer appends events to a stream, and a reader stores them in an archive, each in a process of
its own, a fork of one that has imported everything.  ``redis``: the server, with an append-only
file that is synced every second, is killed and started again after a while.  ``reader``: the reader
is killed, and its successor begins at once.  In the end what was confirmed, what is in the stream
and what is in the archive are compared.
"""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from random import Random
from shutil import rmtree
from typing import Any

from twisted.internet.defer import Deferred
from twisted.internet.interfaces import IPushProducer
from twisted.internet.task import deferLater, react
from zope.interface import implementer

from tests.benchmarks.mix import messages
from tests.fleet.server import RedisServer
from tests.outputs.doubles import Parts
from tiktoklive.events import Origin, decode
from tiktoklive.fleet.address import parse_redis
from tiktoklive.fleet.client import make_client
from tiktoklive.fleet.entries import StreamEntry
from tiktoklive.fleet.output import RedisOutput
from tiktoklive.fleet.reading import StreamSource
from tiktoklive.fleet.stream import Keys, Trim
from tiktoklive.outputs.queue import Policy
from tiktoklive.outputs.sqlite import make as make_sqlite

#: Kills, and events for each of them.
ROUNDS, EVENTS = 20, 1000
#: Seconds that Redis is away, and the longest that a victim lives.
AWAY, LIFE = 2.0, 1.5
#: Seconds between two bursts of events, and how many are in one.
PACE, BURST = 0.02, 20

ROOM = "7137682087200557829"


class Confirmed(RedisOutput):
    """Writes the ids of what was confirmed into a file."""

    file = -1

    async def _append(self, entries: Sequence[StreamEntry]) -> None:
        await super()._append(entries)
        os.write(self.file, b"".join(entry.key_bytes + b"\n" for entry in entries))


@implementer(IPushProducer)
class Pace:
    """A stream that waits when it is told to."""

    def __init__(self) -> None:
        self.waits = False

    def pauseProducing(self) -> None:
        self.waits = True

    def resumeProducing(self) -> None:
        self.waits = False

    def stopProducing(self) -> None:
        self.waits = False


async def write(reactor: Any, url: str, folder: Path, count: int) -> None:
    """Append so many events; all of them are in Redis when this ends."""
    address, _ = parse_redis(url)
    client = make_client(address, reactor, {})
    output = Confirmed(url, client, reactor, trim=Trim(count * 2), policy=Policy.BLOCK)
    output.file = os.open(folder / "confirmed", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    pace = Pace()
    output.pace(pace)
    output.startService()
    where = Origin("host", ROOM, 1769860800000, "test")
    for number, (method, payload, msg_id) in enumerate(messages(count), 1):
        output.event(decode(method, payload, number=msg_id, origin=where))
        if not number % BURST:
            await deferLater(reactor, PACE)
        while pace.waits:
            await deferLater(reactor, PACE)
    await output.when_written()
    await output.stopService()


async def read(reactor: Any, url: str, folder: Path, done: Callable[[], bool]) -> None:
    """Store what is in the stream, until there will be nothing more."""
    output = make_sqlite(Parts(reactor), str(folder / "events.db"))  # type: ignore[arg-type]
    source = StreamSource(f"redis:{url}?group=g&consumer=c&start=beginning&count=100", reactor, {})
    reader = source.reader("sqlite", output)
    output.startService()
    reader.startService()
    while True:
        over = done()  # asked first: what comes after the last look is nothing
        await deferLater(reactor, 0.1)
        [counts] = reader.streams()
        if over and counts.lag == 0 and not counts.pending and not reader.failing:
            break
    await reader.stopService()
    await output.stopService()


def fork(work: Callable[[Any], Any], limit: int) -> int:
    """
    A process that does something with a reactor.

    :param limit: seconds that it may take.
    """
    child = os.fork()
    if not child:
        try:
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            signal.alarm(limit)
            react(lambda reactor: Deferred.fromCoroutine(work(reactor)))
        except SystemExit as end:
            os._exit(int(end.code or 0))
        finally:
            os._exit(1)
    return child


def is_over(child: int) -> bool:
    """Whether a process has ended."""
    return os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def kill_redis(server: RedisServer, rounds: int, random: Random) -> None:
    """Kill it at random moments."""
    for _ in range(rounds):
        time.sleep(random.uniform(0.1, LIFE))
        server.kill()
        time.sleep(AWAY)
        server.start()


def kill_readers(start: Callable[[], int], rounds: int, random: Random) -> None:
    """Start one after the other, and kill each at a random moment."""
    for _ in range(rounds):
        child = start()
        time.sleep(random.uniform(0.1, LIFE))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def ids_in_stream(server: RedisServer) -> list[str]:
    """The ids in the stream, asked for by Redis' own client, which needs no reactor."""
    words = ["redis-cli", "--no-raw", "-s", server.path, "XRANGE", Keys().events, "-", "+"]
    said = subprocess.run(words, capture_output=True, check=True).stdout.decode()
    lines = said.splitlines()
    return [
        following.partition('"')[2].rstrip('"')
        for line, following in pairwise(lines)
        if line.endswith('1) "id"')
    ]


def main(victim: str, rounds: int = ROUNDS, events: int = EVENTS) -> list[str]:
    """
    Do it.

    :return: what is wrong, for people: nothing.
    """
    random = Random(time.time())
    folder = Path(tempfile.mkdtemp(prefix="dying-"))
    server = RedisServer(aof=True)
    count = rounds * events
    limit = 60 + 8 * rounds
    signal.signal(signal.SIGALRM, lambda number, frame: sys.exit("it takes too long"))
    signal.alarm(limit)
    try:
        server.start()
        server.wait()
        writer = fork(lambda reactor: write(reactor, server.url, folder, count), limit)

        def reader() -> int:
            return fork(
                lambda reactor: read(reactor, server.url, folder, (folder / "written").exists),
                limit,
            )

        if victim == "redis":
            last = reader()
            kill_redis(server, rounds, random)
        else:
            kill_readers(reader, rounds, random)
            last = reader()
        wrong = []
        if os.waitpid(writer, 0)[1]:
            wrong.append("the writer failed")
        (folder / "written").touch()
        if os.waitpid(last, 0)[1]:
            wrong.append("the reader failed")
        return wrong + compare(server, folder, count)
    finally:
        server.remove()
        rmtree(folder)


def compare(server: RedisServer, folder: Path, count: int) -> list[str]:
    """What is missing, or there too often."""
    confirmed = (folder / "confirmed").read_text().split()
    entries = ids_in_stream(server)
    database = sqlite3.connect(folder / "events.db")
    stored = [each for (each,) in database.execute("SELECT id FROM events WHERE event != 'gap'")]
    gaps = database.execute("SELECT count(*) FROM events WHERE event = 'gap'").fetchone()[0]
    database.close()
    sys.stdout.write(
        f"{count} events: {len(confirmed)} confirmed, {len(entries)} in the stream, "
        f"{len(stored)} in the archive, {gaps} gaps\n"
    )
    known = set(entries)
    checks = {
        "events were not confirmed": count - len(set(confirmed)),
        "events are not in the stream": count - len(known),
        "ids are in the stream twice": len(entries) - len(known),
        "confirmed events are not in the stream": len(set(confirmed) - known),
        "events of the stream are not in the archive": len(known - set(stored)),
        "events are in the archive, and not in the stream": len(set(stored) - known),
        "events are in the archive twice": len(stored) - len(set(stored)),
        "gaps were told": gaps,
    }
    return [f"{number} {what}" for what, number in checks.items() if number]


if __name__ == "__main__":
    found = main(sys.argv[1], *map(int, sys.argv[2:]))
    sys.stdout.writelines(f"{line}\n" for line in found)
    sys.exit(bool(found))
