"""
Runs a module as if packages were not installed: ``python -m tests.benchmarks.hidden MODULE ...``.

Which ones, the variable :data:`HIDDEN` says.  What the benchmarks start, they start by this module,
so that a benchmark and all of its processes are with the extras, or without them.
"""

from __future__ import annotations

import os
import runpy
import sys
from importlib.util import find_spec

#: The variable with the names of the packages, separated by commas.
HIDDEN = "TIKTOKLIVE_BENCHMARK_HIDDEN"

#: The extras that make something faster.
EXTRAS = ("isal", "orjson")

#: All that may be used for it, the extras or not.
FASTER = ("deflate", *EXTRAS)


def hide() -> None:
    """Let importing these packages fail from now on."""
    for name in filter(None, os.environ.get(HIDDEN, "").split(",")):
        sys.modules[name] = None  # type: ignore[assignment]  # as Python's own documentation has it


def in_use() -> dict[str, bool]:
    """Which of the faster packages can be imported here."""
    hidden = os.environ.get(HIDDEN, "").split(",")
    return {name: name not in hidden and find_spec(name) is not None for name in FASTER}


def in_words() -> str:
    """The same for people."""
    found = [name for name, here in in_use().items() if here]
    return f"with {', '.join(found)}" if found else "without extras"


def command(module: str, *arguments: str) -> list[str]:
    """What starts a module in a process of its own."""
    return [sys.executable, "-m", "tests.benchmarks.hidden", module, *arguments]


def main() -> None:
    """Hide, and run."""
    hide()
    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
