"""
A recorder that is killed again and again: ``python -m tests.outputs.dying KIND FOLDER WHERE``.

It writes :data:`EVENTS` events to one output, and is killed at :data:`KILLS` random moments,
each time after a part of them; its successor begins a little before the last event that was
acknowledged, as after a reconnect.  The last one is left alive until all is done.  What was
acknowledged stands in ``FOLDER/acknowledged``, one key a line.

The processes are forks of one that has imported everything: each takes milliseconds.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

from twisted.internet.defer import Deferred
from twisted.internet.task import deferLater

from tests.benchmarks.mix import messages
from tests.outputs.doubles import ROOM
from tiktoklive.events import Event, Origin, decode
from tiktoklive.net.network import DirectNetwork
from tiktoklive.outputs.archive.schema import ARCHIVE
from tiktoklive.outputs.databaserunner import Database
from tiktoklive.outputs.sqlite import SqliteOutput
from tiktoklive.outputs.webhook.deliverer import Deliverer
from tiktoklive.outputs.webhook.outbox import OUTBOX
from tiktoklive.outputs.webhook.output import Webhook

EVENTS = 10_000
KILLS = 20
#: Events that each successor sends again.
AGAIN = 100
#: Of the receiver of webhooks.
SECRET = b"0123456789abcdef0123456789abcdef"


def events() -> list[Event]:
    """What is written: the same in each process."""
    where = Origin("host", ROOM, 1769860800000, "test")
    return [
        decode(method, payload, number=number, origin=where)
        for method, payload, number in messages(EVENTS)
    ]


def output_of(kind: str, folder: Path, where: str, acknowledge: Any, reactor: Any) -> Any:
    """The output."""
    if kind == "sqlite":
        database = Database(folder / "events.db", ARCHIVE, reactor)
        return SqliteOutput("sqlite", database, reactor, acknowledge=acknowledge)
    database = Database(folder / "outbox.db", OUTBOX, reactor)
    network = DirectNetwork(reactor)
    deliverer = Deliverer("webhook", database, where, [SECRET], network, reactor, Random(1))
    return Webhook("webhook", database, deliverer, reactor, gather=0.01, acknowledge=acknowledge)


async def write(reactor: Any, output: Any, mine: Sequence[Event], last: bool) -> None:
    """Write events, a few at each turn; the last process also waits until all are stored."""
    output.startService()
    for start in range(0, len(mine), 50):
        for event in mine[start : start + 50]:
            output.event(event)
        await deferLater(reactor, 0.003)
    while not last or output.committed < len(mine):
        await deferLater(reactor, 0.01)
    while isinstance(output, Webhook) and output.status().waiting:
        await deferLater(reactor, 0.01)
    await output.stopService()


def live(kind: str, folder: Path, where: str, mine: Sequence[Event], last: bool) -> None:
    """One process."""
    from twisted.internet import reactor
    from twisted.internet.task import react

    told = os.open(folder / "acknowledged", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    def acknowledge(keys: Sequence[str]) -> None:
        os.write(told, "".join(f"{key}\n" for key in keys).encode())

    output = output_of(kind, folder, where, acknowledge, reactor)
    react(lambda reactor: Deferred.fromCoroutine(write(reactor, output, mine, last)))


def main(kind: str, folder: Path, where: str) -> None:
    """All of them, one after the other."""
    every, random = events(), Random(time.time())
    place = {event.id: number for number, event in enumerate(every)}
    acknowledged = folder / "acknowledged"
    for number in range(KILLS + 1):
        known = acknowledged.read_text().split() if acknowledged.exists() else []
        done = max((place[key] for key in known), default=-1) + 1
        begin, last = max(done - AGAIN, 0), number == KILLS
        end = EVENTS if last else min(begin + AGAIN + EVENTS // KILLS, EVENTS)
        child = os.fork()
        if not child:
            live(kind, folder, where, every[begin:end], last)
            os._exit(1)  # react() exits by itself
        if not last:
            time.sleep(random.uniform(0.0, 0.25))
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    sys.stdout.write(f"{len(every)}\n")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3])
