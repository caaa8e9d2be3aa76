"""
The options that an output's argument may end with: ``FILE?rotate=100M&gzip=1``.

Every option is known by name, and is given once; what is misspelt is refused, because an
archive that silently keeps everything for ever is found out about too late.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, TypedDict

from tiktoklive.outputs.queue import Policy

_SIZES = {"": 1, "K": 1024, "M": 1024**2, "G": 1024**3}
_SECONDS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400}

Coerce = Callable[[str], Any]


def split_file(argument: str) -> tuple[str, str]:
    """
    Part a file's name from the options behind the first single ``?``.

    Two of them stand for one in the name: ``what??.jsonl`` is the file ``what?.jsonl``.
    """
    name, position = "", 0
    for mark in re.finditer(r"\?\??", argument):
        name += argument[position : mark.start()]
        position = mark.end()
        if mark[0] == "?":
            return name, argument[position:]
        name += "?"
    return name + argument[position:], ""


def read_options(text: str, known: Mapping[str, Coerce]) -> dict[str, Any]:
    """
    Read ``name=value&name=value``.

    :param known: what makes a value of the text, for each name; it raises :class:`ValueError`
        with words that go on after ``NAME must be``.
    :raise ValueError: an unknown name, one without a value or given twice, a bad value.
    """
    values: dict[str, Any] = {}
    for part in text.split("&") if text else ():
        name, equals, value = part.partition("=")
        if name not in known:
            raise ValueError(f"there is no option {name!r}; there are: {', '.join(known)}.")
        if not equals or not value:
            raise ValueError(f"the option {name} needs a value: {name}=VALUE.")
        if name in values:
            raise ValueError(f"the option {name} is given twice.")
        try:
            values[name] = known[name](value)
        except ValueError as error:
            raise ValueError(f"{name} must be {error}, not {value!r}.") from None
    return values


def size(text: str) -> int:
    """Bytes: ``500K``, ``100M``, ``2G``."""
    return _number(text, r"(\d+)([KMG]?)B?", _SIZES, "a size such as 500K, 100M or 2G")


def duration(text: str) -> int:
    """Seconds: ``90``, ``30s``, ``5m``, ``12h``, ``7d``."""
    return _number(text, r"(\d+)([smhd]?)", _SECONDS, "a time such as 30s, 5m, 12h or 7d")


def seconds(text: str) -> float:
    """Seconds, fractions too, 0 included."""
    if not re.fullmatch(r"\d+(\.\d+)?", text, re.ASCII):
        raise ValueError("a number of seconds such as 0.5")
    return float(text)


def whole(text: str) -> int:
    """A whole number from 1 on."""
    return _number(text, r"(\d+)()", _SIZES, "a whole number from 1 on")


def yes(text: str) -> bool:
    """``1`` or ``0``."""
    if text not in ("0", "1"):
        raise ValueError("1 or 0")
    return text == "1"


def policy(text: str) -> Policy:
    """What a full queue does."""
    try:
        return Policy(text)
    except ValueError:
        raise ValueError(f"one of {', '.join(Policy)}") from None


#: The options of an output with a queue.
QUEUE: Mapping[str, Coerce] = {"queue": size, "full": policy}


class Waiting(TypedDict):
    """How much may wait in the queue of an output, and what happens to more."""

    limit: int
    policy: Policy


def waiting(options: Mapping[str, Any], limit: int, policy: Policy = Policy.DROP_NEWEST) -> Waiting:
    """
    What was said of its queue.

    :param limit: how much may wait if that was not said.
    :param policy: what happens to more if that was not said.
    """
    return Waiting(limit=options.get("queue", limit), policy=options.get("full", policy))


def _number(text: str, pattern: str, units: Mapping[str, int], words: str) -> int:
    found = re.fullmatch(pattern, text, re.ASCII)
    number = int(found[1]) * units[found[2]] if found else 0
    if not number:
        raise ValueError(words)
    return number


def file_to_write(name: str, *, pipe: bool = False) -> Path:
    """
    The path of a file that can be written.

    :param pipe: whether a pipe or a device will do, of what is written from start to end.
    :raise ValueError: it names a place where no file can be.
    """
    path = Path(name).absolute()  # from where it was said: twistd goes to its --rundir later
    with suppress(FileNotFoundError):
        path.lstat()  # a name that is too long, say: not every Python's is_dir() tells
    if path.is_dir():
        raise ValueError(f"{name} is a directory: name a file in it.")
    if not pipe and path.exists() and not path.is_file():
        raise ValueError(f"{name} is a pipe or a device: name a regular file.")
    if not path.parent.is_dir():
        raise ValueError(f"there is no directory {Path(name).parent}: make it first.")
    return path
