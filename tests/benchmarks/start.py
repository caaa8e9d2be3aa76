"""
What it costs to be told how a command is called.

Run ``python -m tests.benchmarks.start [--quick]``.  Each command line is run in turn with the
others, eleven times: ``twistd --help`` for comparison, then ``twistd tiktoklive --help``,
``twistd tiktoklive-simulator --help`` and ``--help`` of each command of ``tiktoklive``.  Taken are
the CPU time and the largest resident memory of the process, as the system tells them at its end,
and the wall time beside.  The first round, which may compile, does not count.

``--quick`` makes five rounds.  The last line is one JSON object with, for each command line,
``cpu_s``, ``wall_s`` and ``mib``, the medians, and ``ratio``: its CPU time by that of
``twistd --help`` in the same round, the median again.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import NamedTuple

from tiktoklive.command.main import COMMANDS

CHECKOUT = Path(__file__).resolve().parent.parent.parent

#: As the programs do that are installed beside the interpreter.
_TWISTD = "import sys; from twisted.scripts.twistd import run; sys.argv[0] = 'twistd'; run()"
_OURS = "import sys; from tiktoklive.command.main import main; sys.exit(main())"

#: What the others are compared with.
PLAIN = "twistd"

LINES = {
    PLAIN: [_TWISTD],
    **{f"twistd {name}": [_TWISTD, name] for name in ("tiktoklive", "tiktoklive-simulator")},
    **{f"tiktoklive {name}": [_OURS, name] for name in COMMANDS},
}


class Cost(NamedTuple):
    """What one process cost."""

    cpu: float
    wall: float
    mib: float


def cost_of(program: str, *arguments: str) -> Cost:
    """
    Ask for help, and wait for the end.

    :raise SystemExit: it failed.
    """
    began = perf_counter()
    command = [sys.executable, "-c", program, *arguments, "--help"]
    process = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        cwd=CHECKOUT,
        env={**os.environ, "PYTHONPATH": str(CHECKOUT)},
    )
    _, status, used = os.wait4(process.pid, 0)
    took = perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(arguments)} --help ended with {process.returncode}.")
    unit = 1 if sys.platform == "darwin" else 1024  # bytes there, KiB elsewhere
    return Cost(used.ru_utime + used.ru_stime, took, used.ru_maxrss * unit / 2**20)


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description="What --help costs.")
    parser.add_argument("--quick", action="store_true", help="fewer rounds")
    rounds = 5 if parser.parse_args().quick else 11
    runs: dict[str, list[Cost]] = {name: [] for name in LINES}
    for number in range(rounds + 1):
        for name, command in LINES.items():
            cost = cost_of(*command)
            if number:
                runs[name].append(cost)
    figures = {}
    for name, costs in runs.items():
        cpu, wall, mib = (median(each) for each in zip(*costs, strict=True))
        ratios = [mine.cpu / plain.cpu for mine, plain in zip(costs, runs[PLAIN], strict=True)]
        figures[name] = {
            "cpu_s": round(cpu, 3),
            "wall_s": round(wall, 3),
            "mib": round(mib, 1),
            "ratio": round(median(ratios), 2),
        }
        shown = f"{name} --help"
        print(
            f"{shown:>36}: {cpu:.3f} s CPU, {wall:.3f} s, {mib:5.1f} MiB, "
            f"{median(ratios):.2f} of {PLAIN} --help"
        )
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
