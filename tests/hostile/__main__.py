"""
``python -m tests.hostile``: try everything against the daemon, and print a table.

``--short`` leaves out what is much like something else; ``--only WORDS`` tries what has these
words in its name.  The last line is one JSON object; the exit status is 1 if anything is wrong.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
from pathlib import Path

from tests.hostile.attacks import ATTACKS, Attack
from tests.hostile.daemon import SESSION, Daemon
from tests.hostile.polls import INTERVAL
from tests.hostile.server import Server
from tests.hostile.trial import Row, Watch, play

#: What a source needs beside its name: guests are not polled for.
SETTINGS = {
    "classic": f'session_id = "{SESSION}"\nsession_hosts = ["127.0.0.1"]\n'
    f"request_polling_interval = {INTERVAL}\n"
}


async def run(attacks: list[Attack], place: Path) -> list[Row]:
    """Try one after the other, against one daemon as long as it is none the worse for it."""
    rows: list[Row] = []
    number = 0
    while number < len(attacks):
        server, daemon = Server(), Daemon(place / str(number))
        watch = Watch(daemon)
        await server.start()
        server.add("canary", watch.behaviour())
        source = attacks[number].source
        sign = f'sources = ["{source}"]\nsign_base = "http://127.0.0.1:{server.port}"\n'
        await daemon.start(server.port, "canary", settings=sign + SETTINGS.get(source, ""))
        try:
            await _begun(daemon)
            first = number
            while number < len(attacks) and (number == first or not attacks[number].fresh):
                rows.append(await play(attacks[number], number, daemon, server, watch))
                number += 1
                _print(rows[-1])
                if not daemon.alive:
                    break
        finally:
            status = await daemon.stop()
            await server.stop()
        if status != 0:
            print(f"the daemon ended with {status}:\n{daemon.log()[-2000:]}")
    return rows


async def _begun(daemon: Daemon) -> None:
    for _ in range(1200):
        if daemon.events():
            return
        await asyncio.sleep(0.05)
    raise RuntimeError(f"The daemon follows nobody: {daemon.log()}")


def _print(row: Row) -> None:
    verdict = ", ".join(dict.fromkeys(row.problems)) or "ok"
    print(
        f"{row.name[:44]:44} {row.memory:7.1f} MiB {row.stall:6.2f} s {row.cpu:6.2f} s cpu "
        f"{row.lines:3} lines  {verdict:12.40}  {row.outcome[:60]}",
        flush=True,
    )


def main() -> int:
    """Read the command line, and try."""
    parser = argparse.ArgumentParser(prog="python -m tests.hostile", description=__doc__)
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--only", default="")
    arguments = parser.parse_args()
    attacks = [
        each
        for each in ATTACKS
        if arguments.only in each.name and (each.short or not arguments.short)
    ]
    with tempfile.TemporaryDirectory() as place:
        rows = asyncio.run(run(attacks, Path(place)))
    wrong = len(attacks) - len(rows) + sum(bool(row.problems) for row in rows)
    print(f"{len(attacks)} tried, {wrong} wrong")
    print(json.dumps({"wrong": wrong, "rows": [row.as_dict() for row in rows]}))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
