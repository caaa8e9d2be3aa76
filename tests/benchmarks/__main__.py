"""
Runs the benchmarks: ``python -m tests.benchmarks [NAME ...] [--quick | --long]``.

Without names it runs all that are here, one after the other, each in a process of its own:
``python -m tests.benchmarks.NAME``, whose last line is one JSON object.  It prints one table, and
as its own last line one JSON object with ``figures``: by benchmark, ``now``, ``before``, ``ratios``
and ``wrong``.  The exit status is 1 if one did not end as it should.

``--without-extras``
    as if the packages of the extra ``fast`` were not installed (:mod:`tests.benchmarks.hidden`);

``--against REV``
    the commit is checked out in a temporary worktree, and each benchmark is run in turn over this
    tree's package and that of the commit, A B A B, ``--rounds`` times.  It is always this tree's
    benchmarks that run, over the same messages, so that both are measured alike and a commit may
    be older than a benchmark.  Where one needs what the old package has not, its figures of
    before are missing, and a line below the table says why.  Ratios are now by before, taken in
    each round: the least of them, the median, the largest.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import monotonic

from tests.benchmarks import hidden
from tests.benchmarks.figures import Found, last_line, report
from tests.benchmarks.mix import shared_folder
from tests.benchmarks.trees import CHECKOUT, CannotError, check, git, run, why, worktree


@dataclass(frozen=True)
class Benchmark:
    """
    One that can be run.

    :ivar module: in this package; its arguments are ``options`` and, if told so, ``--quick``.
    :ivar has_long: whether it knows ``--long``.
    """

    module: str
    options: tuple[str, ...] = ()
    has_long: bool = False

    @property
    def is_here(self) -> bool:
        """Whether there is such a module, and it knows these options."""
        path = Path(__file__).with_name(f"{self.module}.py")
        return path.exists() and all(
            f'"{each}"' in path.read_text("utf-8") for each in self.options
        )

    def command(self, *, quick: bool = False, long: bool = False) -> list[str]:
        """What runs it."""
        length = ["--quick"] * quick + ["--long"] * (long and self.has_long)
        return hidden.command(f"tests.benchmarks.{self.module}", *self.options, *length)


#: By name, in the order in which they run.
BENCHMARKS = {
    "decode": Benchmark("decode"),
    "stream": Benchmark("stream", has_long=True),
    "outputs": Benchmark("outputs", has_long=True),
    "memory": Benchmark("memory"),
    "memory-tls": Benchmark("memory", ("--tls",)),
    "start": Benchmark("start"),
    "classic": Benchmark("classic"),
    "archive": Benchmark("archive"),
    "reading": Benchmark("reading"),
    "fanout": Benchmark("fanout"),
    "soak": Benchmark("soak", has_long=True),
    "fleet": Benchmark("fleet", has_long=True),
}


def measure(
    trees: Sequence[Path],
    commands: dict[str, list[str]],
    rounds: int,
    tell: Callable[[str], object],
) -> dict[str, Found]:
    """
    Run each in turn over the trees, so many times; what fails over a tree is not tried there again.

    :param trees: this one, and perhaps another.
    :param tell: gets a line when one is done.
    """
    every: dict[str, Found] = {}
    for name, command in commands.items():
        found = every[name] = Found([], [], {})
        for _ in range(rounds):
            for tree, label, runs in zip(
                trees, ("now", "before"), (found.now, found.before), strict=False
            ):
                if label in found.wrong:
                    continue
                began = monotonic()
                status, out, err = run(tree, command)
                figures = last_line(out)
                if figures is not None:
                    runs.append(figures)
                if status or figures is None:
                    found.wrong[label] = why(status, err)
                tell(f"{name} ({label}): {monotonic() - began:.0f} s")
    return every


def names(said: Iterable[str]) -> list[str]:
    """
    Which ones to run.

    :raises CannotError: if one is not known, or not here.
    """
    chosen = list(said)
    for name in chosen:
        if name not in BENCHMARKS or not BENCHMARKS[name].is_here:
            raise CannotError(f"There is no benchmark {name!r}: {', '.join(BENCHMARKS)}")
    return chosen or [name for name, each in BENCHMARKS.items() if each.is_here]


def arguments(said: Sequence[str] | None = None) -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks", description="Run the benchmarks."
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    length = parser.add_mutually_exclusive_group()
    length.add_argument("--quick", action="store_true", help="in their short form")
    length.add_argument("--long", action="store_true", help="in their long one, if they have it")
    parser.add_argument(
        "--without-extras", action="store_true", help=f"hide {', '.join(hidden.EXTRAS)}"
    )
    parser.add_argument("--against", metavar="REV", help="compare with this commit")
    parser.add_argument("--rounds", type=int, help="how often [1; with --against 3]")
    given = parser.parse_args(said)
    given.rounds = given.rounds or (3 if given.against else 1)
    return given


def main() -> int:
    """Measure and print."""
    given = arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the worktree is removed
    if given.without_extras:
        os.environ[hidden.HIDDEN] = ",".join(hidden.EXTRAS)
    with ExitStack() as stack:
        try:
            commands = {
                name: BENCHMARKS[name].command(quick=given.quick, long=given.long)
                for name in names(given.names)
            }
            trees = [CHECKOUT]
            if given.against:
                trees.append(stack.enter_context(worktree(given.against)))
            for tree in trees:
                check(tree)
        except CannotError as problem:
            print(problem, file=sys.stderr)
            return 2
        stack.enter_context(shared_folder())
        print(f"{hidden.in_words()}; {os.cpu_count()} processors, load {os.getloadavg()[0]:.2f}")
        every = measure(trees, commands, given.rounds, partial(print, flush=True))
    for line in report(every, compared=bool(given.against)):
        print(line)
    said = {
        "extras": hidden.in_use(),
        "against": git("rev-parse", given.against) if given.against else None,
        "figures": {name: found.as_dict() for name, found in every.items()},
    }
    print(json.dumps(said))
    return int(any(found.wrong for found in every.values()))


if __name__ == "__main__":
    sys.exit(main())
