"""
How long ``tiktoklive stats`` and ``export`` take for an archive of simulated events.

Run ``python -m tests.benchmarks.reading [--quick] [--keep FOLDER]``.  The archive is made
first, in SQLite and as JSON lines; each command then runs on each of them, once.  The last line
is one JSON object.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from contextlib import redirect_stdout
from itertools import islice
from pathlib import Path
from time import perf_counter

from twisted.internet.task import Clock

from tiktoklive.command.main import main as command
from tiktoklive.dispatch.dedup import DedupWindow
from tiktoklive.dispatch.dispatcher import Dispatcher
from tiktoklive.dispatch.trackers import Trackers
from tiktoklive.events import Connected, Event, Origin
from tiktoklive.model import State
from tiktoklive.outputs.archive.rows import entry_of, store
from tiktoklive.outputs.archive.schema import ARCHIVE
from tiktoklive.outputs.database import open_database
from tiktoklive.outputs.envelope import encode_line, envelope
from tiktoklive.outputs.offsets import Offsets
from tiktoklive.simulator.lifelike import EPOCH, RandomScript
from tiktoklive.wire.frames_pb2 import ResponseMessage

ROOM = "7137682087200557829"
#: Messages a second: 100,000 of them are a broadcast of two hours.
RATE = 14.0
#: Messages in a batch.
TOGETHER = 20


def make_archives(folder: Path, count: int, anchor: str = "alice") -> tuple[Path, Path]:
    """The same events in both kinds of archives."""
    lines, database = folder / "events.jsonl", folder / "events.db"
    clock, offsets = Clock(), Offsets()
    dispatcher = Dispatcher()
    trackers = Trackers(clock, dispatcher.tell)
    trackers.begin(ROOM)
    connection = open_database(database, ARCHIVE)
    connection.execute("BEGIN IMMEDIATE")
    with lines.open("wb") as file:

        def keep(event: Event) -> None:
            offset = offsets.of(event)
            file.write(encode_line(envelope(event, offset)))
            store(connection, [entry_of(event, offset, offsets.began(event.room_id))])

        def where() -> Origin:
            return Origin(anchor, ROOM, int((EPOCH + clock.seconds()) * 1000), "direct")

        dispatcher.on("event", keep)
        info = {"create_time": int(EPOCH)}
        dispatcher.tell(Connected(State(True, room_id=ROOM, room_info=info), where()))
        script = islice(RandomScript(1, rate=RATE).messages(), count)
        seen = DedupWindow(512)
        while batch := list(islice(script, TOGETHER)):
            dispatcher.messages(
                [ResponseMessage(method=m, payload=p, msg_id=n) for m, p, n in batch],
                where,
                seen,
                trackers,
            )
            clock.advance(TOGETHER / RATE)
    connection.execute("COMMIT")
    connection.close()
    return lines, database


def timed(*arguments: str) -> float:
    """Seconds that a command takes."""
    began = perf_counter()
    with open(os.devnull, "w", encoding="utf-8") as nowhere, redirect_stdout(nowhere):
        status = command(arguments)
    if status:
        raise AssertionError(f"{arguments[0]} failed with status {status}")
    return perf_counter() - began


def measure(folder: Path, count: int) -> dict[str, float]:
    """All commands, on both archives."""
    lines, database = make_archives(folder, count)
    seconds = {}
    for archive in (lines, database):
        kind = archive.suffix[1:]
        picture = str(folder / f"{kind}.svg")
        seconds[f"stats_{kind}"] = timed("stats", str(archive))
        seconds[f"stats_plot_{kind}"] = timed("stats", str(archive), "--plot", picture)
        for form in ("csv", "srt", "ass", "jsonl"):
            to = str(folder / f"{kind}.{form}")
            seconds[f"export_{form}_{kind}"] = timed(
                "export", str(archive), "--format", form, "--to", to
            )
    return {name: round(value, 2) for name, value in seconds.items()}


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description="Reading archives.")
    parser.add_argument("--quick", action="store_true", help="fewer events")
    parser.add_argument("--keep", type=Path, help="folder in which to leave what is made")
    said = parser.parse_args()
    count = 10_000 if said.quick else 100_000
    with tempfile.TemporaryDirectory() as name:
        folder = said.keep or Path(name)
        figures = measure(folder, count)
    print(f"{count:,} simulated messages; seconds")
    for what, seconds in figures.items():
        print(f"{what:>20}: {seconds:.2f}")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
