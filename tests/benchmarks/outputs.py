"""
What a message costs the daemon with its outputs, as a multiple of what it costs a bare client.

Run ``python -m tests.benchmarks.outputs [--quick | --long]``.  The strict server of
:mod:`tests.benchmarks.stream` sends the same messages, twenty a frame with gzip over plain TCP, in
turn to the bare client and to the daemon, ``python -m tiktoklive`` in a process of its own, with

``jsonl``
    ``--output jsonl:FILE``;

``sqlite``
    ``--output sqlite:FILE``;

``web``
    ``--output web:tcp:0`` without a reader (:mod:`tests.benchmarks.fanout` has many);

``all``
    the three of them.

What is measured is the CPU time of the whole process, threads included, from the first frame behind
some to warm up until it has had nothing to do for a second.  Then the daemon is stopped, and every
message looked for in the file and in the database.

The last line is one JSON object: ``bare_us``, and for each kind ``_us``, CPU time of a message in
microseconds; ``_multiple``, how many times that of the bare client it is; and for ``jsonl`` and
``sqlite``, alone and in ``all``, ``_lost``: messages that are not there, which should be none.
They are medians over the rounds, the multiple that of each round's; what was lost is the most.
"""

from __future__ import annotations

import argparse
import json
import re
import sqlite3
import tempfile
from collections.abc import Iterable
from pathlib import Path
from statistics import median
from typing import Any

from tests.benchmarks.hidden import in_words
from tests.benchmarks.measuring import TTWID, Bench, Process, bench
from tests.benchmarks.mix import messages
from tests.benchmarks.push_server import USER
from tests.benchmarks.stream import WAYS, bare_order, client, run

#: By kind, which outputs there are.
KINDS = {
    "jsonl": ("jsonl",),
    "sqlite": ("sqlite",),
    "web": ("web",),
    "all": ("jsonl", "sqlite", "web"),
}

#: What the daemon is told of each; in the folder in which it runs.
OUTPUTS = {"jsonl": "jsonl:events.jsonl", "sqlite": "sqlite:events.db", "web": "web:tcp:0"}

#: Seconds of rest by which one knows that the outputs have written everything.
QUIET = 1.0

#: The id of an event: the room, and the number of its message.
_ID = re.compile(rb'"id":"\d+:(\d+)')


def in_lines(path: Path) -> set[int]:
    """The ids of the messages in a file of JSON lines."""
    return {int(found) for found in _ID.findall(path.read_bytes())}


def in_database(path: Path) -> set[int]:
    """The ids of the messages in an archive."""
    connection = sqlite3.connect(path)
    found = [row[0].split(":")[1] for row in connection.execute("SELECT id FROM events")]
    connection.close()
    return {int(each) for each in found if each.isdecimal()}


def lost(expected: Iterable[int], folder: Path, kinds: Iterable[str]) -> dict[str, int]:
    """By output, how many of the messages are not in what it wrote."""
    ways = {"jsonl": (in_lines, "events.jsonl"), "sqlite": (in_database, "events.db")}
    return {
        kind: len(set(expected) - ways[kind][0](folder / ways[kind][1]))
        for kind in kinds
        if kind in ways
    }


class Daemon:
    """
    ``python -m tiktoklive`` in a folder of its own, for as long as the block.

    :param kinds: of its outputs.
    """

    def __init__(self, there: Bench, folder: Path, kinds: Iterable[str]) -> None:
        arguments = ["--user", USER]
        for name, value in there.bases(tls=False).items():
            arguments += [f"--{name.replace('_', '-')}", value]
        for kind in kinds:
            place = OUTPUTS[kind].replace(":events", f":{folder}/events")
            arguments += ["--output", place]
        more = {
            "HOME": str(folder),
            "XDG_STATE_HOME": str(folder / "state"),
            "TIKTOKLIVE_TTWID": TTWID,
        }
        self._log = (folder / "log").open("wb")
        self.process = Process("tiktoklive", *arguments, more=more, log=self._log)

    def __enter__(self) -> Process:
        return self.process

    def __exit__(self, *failure: object) -> None:
        self.process.end(terminate=True)
        self._log.close()


def run_daemon(
    there: Bench, kinds: Iterable[str], plan: dict[str, Any]
) -> tuple[float, dict[str, int]]:
    """Serve a daemon once: seconds of its CPU time, and what it lost."""
    expected = [number for _, _, number in messages(plan["warm"] + plan["count"])]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        there.server.ask(plan)
        with Daemon(there, folder, kinds) as process:
            try:
                spent = there.run(process.running.pid, QUIET)
            except RuntimeError as problem:
                raise RuntimeError((folder / "log").read_text("utf-8")[-1000:]) from problem
        return spent.client, lost(expected, folder, kinds)


def summary(rounds: list[dict[str, float]], gone: dict[str, int], count: int) -> dict[str, float]:
    """The figures, of rounds that have seconds by kind, the bare client's too."""
    figures: dict[str, float] = {}
    for kind in rounds[0]:
        figures[f"{kind}_us"] = round(median(each[kind] for each in rounds) / count * 1e6, 1)
    for kind in KINDS:
        figures[f"{kind}_multiple"] = round(median(r[kind] / r["bare"] for r in rounds), 2)
    return figures | {f"{name}_lost": number for name, number in gone.items()}


def measure(count: int, rounds: int) -> dict[str, float]:
    """All kinds in turn; the first round of the bare client warms it up."""
    plan = WAYS[0].plan(count)
    seconds: list[dict[str, float]] = []
    gone: dict[str, int] = {}
    with bench() as there, client("bare", there) as bare:
        order = bare_order(there, tls=False)
        run(there, bare, order, plan)
        for _ in range(rounds):
            seconds.append({"bare": run(there, bare, order, plan)[0].client})
            for kind, kinds in KINDS.items():
                seconds[-1][kind], missing = run_daemon(there, kinds, plan)
                for output, number in missing.items():
                    name = output if kind == output else f"{kind}_{output}"
                    gone[name] = max(gone.get(name, 0), number)
    return summary(seconds, gone, count)


def main() -> None:
    """Read the arguments, measure and print."""
    parser = argparse.ArgumentParser(description="The daemon's outputs, beside a bare client.")
    parser.add_argument("--quick", action="store_true", help="fewer messages and rounds")
    parser.add_argument("--long", action="store_true", help="more of them")
    said = parser.parse_args()
    count, rounds = (4000, 2) if said.quick else (20_000, 9 if said.long else 4)
    figures = measure(count, rounds)
    print(f"{count} messages a run, {rounds} rounds, {in_words()}")
    for name, value in figures.items():
        print(f"{name:>17}: {value:,}")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
