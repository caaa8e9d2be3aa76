"""``python -m tests.benchmarks``: what it runs, over which trees."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from unittest import skipUnless

from twisted.trial.unittest import SynchronousTestCase

from tests.benchmarks import __main__ as runner
from tests.benchmarks import hidden, outputs, stream
from tests.benchmarks.__main__ import BENCHMARKS, Benchmark, arguments, measure, names
from tests.benchmarks.figures import Found
from tests.benchmarks.measuring import Spent
from tests.benchmarks.trees import (
    CHECKOUT,
    CannotError,
    check,
    environment,
    git,
    run,
    why,
    worktree,
)

#: A benchmark that says over which tree it runs, and in which order: its last figure grows.
SAYS = """
import json, pathlib
count = pathlib.Path("../count")
number = int(count.read_text()) if count.exists() else 0
count.write_text(str(number + 1))
print("some words")
print(json.dumps({"tree": pathlib.Path.cwd().name, "number": number}))
"""


class RunningTests(SynchronousTestCase):
    """One after the other, in turn over the trees."""

    def setUp(self) -> None:
        folder = Path(self.mktemp())
        self.trees = [folder / "new", folder / "old"]
        for tree in self.trees:
            tree.mkdir(parents=True)

    def run_it(self, program: str, rounds: int) -> Found:
        """What becomes of a program that is run over both trees."""
        told: list[str] = []
        found = measure(self.trees, {"x": [sys.executable, "-c", program]}, rounds, told.append)
        self.assertTrue(all(line.startswith("x (") for line in told))
        return found["x"]

    def test_in_turn(self) -> None:
        """Both trees take turns, A B A B."""
        found = self.run_it(SAYS, 2)
        self.assertEqual([0, 2], [run["number"] for run in found.now])
        self.assertEqual([1, 3], [run["number"] for run in found.before])
        self.assertEqual(("new", "old"), (found.now[0]["tree"], found.before[0]["tree"]))
        self.assertEqual({}, found.wrong)

    def test_impossible(self) -> None:
        """What fails over the old tree is told in its last words, and not tried there again."""
        refuse = "if pathlib.Path.cwd().name == 'old': raise SystemExit('it has no such part')\n"
        found = self.run_it(SAYS.replace("count =", refuse + "count =", 1), 3)
        self.assertEqual(([0, 1, 2], []), ([run["number"] for run in found.now], found.before))
        self.assertEqual("exit status 1: it has no such part", found.wrong["before"])

    def test_no_figures(self) -> None:
        """What prints no object at its end has failed, whatever its status."""
        found = self.run_it("print('fine')", 1)
        status = "exit status 0"
        self.assertEqual(([], {"now": status, "before": status}), (found.now, found.wrong))

    def test_interrupted(self) -> None:
        """An interrupt ends what runs, and what that has started."""
        folder = self.trees[0]

        def interrupt(process: subprocess.Popen[bytes]) -> tuple[bytes, bytes]:
            assert process.stdout is not None
            process.stdout.readline()
            raise KeyboardInterrupt

        wait = f"[{sys.executable!r}, '-c', 'import signal; print(flush=True); signal.pause()']"
        program = f"import subprocess; subprocess.run({wait}); open('survived', 'w')"
        self.patch(subprocess.Popen, "communicate", interrupt)
        self.assertRaises(KeyboardInterrupt, run, folder, [sys.executable, "-c", program])
        self.assertFalse((folder / "survived").exists())

    def test_why(self) -> None:
        """A failure is its status, and the last line of standard error."""
        self.assertEqual(
            "exit status 2: usage: no such thing", why(2, "a\nusage: no such thing\n\n")
        )
        self.assertEqual("exit status 1", why(1, "\n"))


class ChoosingTests(SynchronousTestCase):
    """What the command line says."""

    def test_names(self) -> None:
        """Those named are run, or all that are here; others are refused."""
        self.assertEqual(["soak", "decode"], names(["soak", "decode"]))
        self.assertIn("outputs", names([]))
        self.assertRaises(CannotError, names, ["speed"])
        self.patch(runner, "BENCHMARKS", {"later": Benchmark("no_such_module")})
        self.assertEqual([], names([]))
        self.assertRaises(CannotError, names, ["later"])

    def test_options(self) -> None:
        """A benchmark that does not know its options yet is not here."""
        self.assertFalse(Benchmark("decode", ("--no-such-option",)).is_here)
        self.assertTrue(Benchmark("decode", ("--quick",)).is_here)

    def test_length(self) -> None:
        """All know the short form; only some know a long one, which is theirs anyhow else."""
        command = BENCHMARKS["decode"].command
        self.assertEqual("--quick", command(quick=True)[-1])
        self.assertEqual("tests.benchmarks.decode", command(long=True)[-1])
        self.assertEqual("--long", BENCHMARKS["soak"].command(long=True)[-1])
        for name, each in BENCHMARKS.items():
            if each.is_here:
                text = (CHECKOUT / f"tests/benchmarks/{each.module}.py").read_text("utf-8")
                self.assertIn('"--quick"', text, name)
                self.assertEqual(each.has_long, '"--long"' in text, name)

    def test_rounds(self) -> None:
        """A comparison is three rounds unless told otherwise, what is alone is one."""
        self.assertEqual((1, 3), (arguments([]).rounds, arguments(["--against", "x"]).rounds))
        self.assertEqual(5, arguments(["--against", "x", "--rounds", "5"]).rounds)


class HiddenTests(SynchronousTestCase):
    """As if the extras were not installed."""

    def said(self, **more: str) -> list[str]:
        """What a process says that starts as all of them do."""
        ask = (
            "from tests.benchmarks import hidden; hidden.hide()\n"
            "from tiktoklive.outputs import jsonbytes\n"
            "print(jsonbytes.orjson is None); print(hidden.in_words())"
        )
        done = subprocess.run(
            [sys.executable, "-c", ask],
            env={**environment(CHECKOUT), **more},
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.splitlines()

    def test_hidden(self) -> None:
        """The package does without them then, and the benchmark says so."""
        without = self.said(**{hidden.HIDDEN: ",".join(hidden.EXTRAS)})
        self.assertEqual("True", without[0])
        self.assertNotIn("orjson", without[1])
        here, words = self.said()
        self.assertEqual(here == "False", "orjson" in words)

    def test_module(self) -> None:
        """A module gets its own name and arguments."""
        done = subprocess.run(
            hidden.command("tests.benchmarks.decode", "--help"),
            env=environment(CHECKOUT),
            capture_output=True,
            text=True,
        )
        self.assertIn("usage: decode.py", done.stdout)


@skipUnless((CHECKOUT / ".git").exists(), "this is no checkout")
class WorktreeTests(SynchronousTestCase):
    """Another commit."""

    def test_worktree(self) -> None:
        """It has the package of the commit and the tests of here, and is gone afterwards."""
        with worktree("HEAD") as tree:
            check(tree)
            self.assertEqual(
                (CHECKOUT / "tests/benchmarks/mix.py").read_bytes(),
                (tree / "tests/benchmarks/mix.py").read_bytes(),
            )
            self.assertIn(str(tree), git("worktree", "list"))
        self.assertFalse(tree.exists())
        self.assertNotIn(str(tree), git("worktree", "list"))

    def test_unknown(self) -> None:
        """A commit that is not there is refused, and so is what looks like an option."""
        for revision in ("no-such-commit", "--all"):
            self.assertRaises(CannotError, worktree(revision).__enter__)

    def test_other_tree(self) -> None:
        """A tree without the package is not measured as if it were this one."""
        folder = Path(self.mktemp())
        folder.mkdir()
        self.assertRaises(CannotError, check, folder)


class SummaryTests(SynchronousTestCase):
    """Figures of rounds."""

    def test_stream(self) -> None:
        """A message's microseconds of each side, and the ratio of each round."""
        rounds = [
            (Spent(0.01, 1.0, 2.0), Spent(0.02, 0.001, 0.03)),
            (Spent(0.03, 1.0, 4.0), Spent(0.02, 0.003, 0.05)),
            (Spent(0.02, 1.0, 3.0), Spent(0.02, 0.002, 0.04)),
        ]
        figures = stream.summary("w", rounds, 1000)
        self.assertEqual(
            {
                "w_ratio": 1.0,
                "w_ours_us": 20.0,
                "w_bare_us": 20.0,
                "w_server_us": 2.0,
                "w_ours_wall_us": 40.0,
                "w_bare_wall_us": 3000.0,
            },
            figures,
        )

    def test_outputs(self) -> None:
        """Each kind is a multiple of the bare client's cost in its own round."""
        first = {"bare": 0.01, "jsonl": 0.05, "sqlite": 0.08, "web": 0.04, "all": 0.15}
        second = {name: 2 * seconds for name, seconds in first.items()}
        figures = outputs.summary([first, second], {"jsonl": 0, "all_sqlite": 3}, 1000)
        self.assertEqual((15.0, 5.0), (figures["bare_us"], figures["jsonl_multiple"]))
        self.assertEqual((15.0, 3), (figures["all_multiple"], figures["all_sqlite_lost"]))

    def test_lost(self) -> None:
        """What is in the file is found by the id of its message; what is not, is lost."""
        folder = Path(self.mktemp())
        folder.mkdir()
        lines = [{"v": 1, "id": "7:5"}, {"v": 1, "id": "7:6:follow"}, {"id": "7:connected:9:1"}]
        text = "".join(json.dumps(each, separators=(",", ":")) + os.linesep for each in lines)
        (folder / "events.jsonl").write_text(text, "utf-8")
        self.assertEqual({"jsonl": 1}, outputs.lost([5, 6, 7], folder, ["jsonl", "web"]))
