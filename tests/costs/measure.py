"""How much memory and time something takes, in this process."""

from __future__ import annotations

import ctypes
import gc
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import Any, Final, NamedTuple

#: What one input may cost.
MEMORY: Final = 32 * 1024 * 1024
SECONDS: Final = 0.25

#: Steps of :func:`yardstick` in the time that one input may take, on a machine of our day.
STEPS: Final = 40

_LIBC: Any = ctypes.CDLL(None)
_STATUS = Path("/proc/self/status")
_CLEAR = Path("/proc/self/clear_refs")


class Cost(NamedTuple):
    """What something took: bytes, at the most, and seconds of the processor."""

    memory: int
    seconds: float


def can_measure() -> bool:
    """Whether this system tells the most memory that was taken since it was asked to."""
    return _CLEAR.exists() and hasattr(_LIBC, "malloc_trim")


def measure(action: Callable[[], object]) -> Cost:
    """What an action costs, with what it returns; what was there before does not count."""
    gc.collect()
    _LIBC.malloc_trim(0)  # what is free, but not given back, would hide what is taken
    _CLEAR.write_text("5")
    before, began = _kilobytes("VmRSS"), process_time()
    kept = action()
    seconds = process_time() - began
    cost = Cost((_kilobytes("VmHWM") - before) * 1024, seconds)
    del kept
    return cost


def yardstick() -> float:
    """Seconds for work of a kind that all of this is made of; the least of some tries."""
    value = [{"name": "x" * 20, "number": number} for number in range(7000)]

    def work() -> float:
        began = process_time()
        json.loads(json.dumps(value))
        return process_time() - began

    return min(work() for _ in range(5))


def by_itself(module: str) -> None:
    """Begin anew with an allocator that gives back what is free; Python's own would hide it."""
    if os.environ.get("PYTHONMALLOC") != "malloc":
        command = [sys.executable, "-m", module, *sys.argv[1:]]
        os.execve(sys.executable, command, {**os.environ, "PYTHONMALLOC": "malloc"})


def _kilobytes(name: str) -> int:
    for line in _STATUS.read_text().splitlines():
        if line.startswith(name):
            return int(line.split()[1])
    raise AssertionError(f"{_STATUS} has no {name}")
