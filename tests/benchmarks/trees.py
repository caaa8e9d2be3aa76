"""The trees that are measured: this checkout, and another commit in a worktree of its own."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from compileall import compile_dir
from contextlib import contextmanager
from pathlib import Path

#: Where this file is.
CHECKOUT = Path(__file__).resolve().parent.parent.parent


class CannotError(Exception):
    """What was asked for cannot be measured here; the message says why."""


def environment(tree: Path) -> dict[str, str]:
    """With which a process imports the package of that tree, wherever else there is one."""
    return {**os.environ, "PYTHONPATH": str(tree)}


def run(tree: Path, command: Sequence[str]) -> tuple[int, str, str]:
    """
    Run a command over a tree: its exit status, and what it said on output and on error.

    When we are interrupted, everything that it has started is terminated too.
    """
    with subprocess.Popen(
        command,
        cwd=tree,
        env=environment(tree),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        try:
            out, err = process.communicate()
        except BaseException:
            os.killpg(process.pid, signal.SIGTERM)
            raise
    return process.returncode, out.decode("utf-8"), err.decode("utf-8", "replace")


def check(tree: Path) -> None:
    """
    Make sure that what is imported over a tree is that tree's.

    :raises CannotError: if it is not.
    """
    ask = "import tiktoklive, tests.benchmarks as b; print(tiktoklive.__file__); print(b.__file__)"
    status, out, err = run(tree, [sys.executable, "-c", ask])
    places = [Path(line).resolve() for line in out.splitlines()]
    if status or any(not place.is_relative_to(tree.resolve()) for place in places):
        raise CannotError(f"{tree} is not what is imported there: {out}{err}")


def git(*arguments: str) -> str:
    """
    What git says of this checkout.

    :raises CannotError: if it refuses.
    """
    try:
        done = subprocess.run(
            ["git", *arguments], cwd=CHECKOUT, capture_output=True, text=True, check=True
        )
    except FileNotFoundError:
        raise CannotError("There is no git here.") from None
    except subprocess.CalledProcessError as problem:
        raise CannotError(f"git {arguments[0]}: {problem.stderr.strip()}") from None
    return done.stdout.strip()


@contextmanager
def worktree(revision: str) -> Iterator[Path]:
    """
    The package of another commit, with the tests of this checkout, for as long as the block.

    The tests hold the benchmarks: it is always this checkout's that run, over both packages, so
    that both are measured alike and an old commit needs none of its own.  They are copied, since
    a link would lead them back here.

    :raises CannotError: if there is no such commit.
    """
    commit = git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    with tempfile.TemporaryDirectory() as name:
        there = Path(name, "tree")
        git("worktree", "add", "--detach", "--quiet", str(there), commit)
        try:
            shutil.rmtree(there / "tests", ignore_errors=True)
            shutil.copytree(
                CHECKOUT / "tests", there / "tests", ignore=shutil.ignore_patterns("__pycache__")
            )
            compile_dir(there, quiet=2)  # else what starts there first compiles it, and is slow
            yield there
        finally:
            git("worktree", "remove", "--force", str(there))


def why(status: int, err: str) -> str:
    """Why a benchmark ended so, in one line: the last that it said on standard error."""
    lines = [line for line in err.strip().splitlines() if line.strip()]
    return f"exit status {status}" + (f": {lines[-1].strip()[:300]}" if lines else "")
