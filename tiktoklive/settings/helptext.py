"""How help is laid out: as wide as the terminal is, tables included."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterable

#: Columns: fewer leave no room beside the names of options, and longer lines are hard to read.
NARROWEST, WIDEST = 50, 100

#: Columns that a text needs beside a name; with fewer it stands below it.
_ENOUGH = 24


def width_of_help() -> int:
    """Columns for help: those of the variable ``COLUMNS``, or of the terminal, or 80."""
    return max(NARROWEST, min(shutil.get_terminal_size((80, 24)).columns, WIDEST))


def wrapped(text: str, width: int, first: str = "", others: str = "") -> str:
    """
    A text in lines, in which no path, address or name is broken.

    :param width: columns of a line; only what cannot be broken is longer.
    :param first: what stands before the first line.
    :param others: what stands before the other ones.
    """
    return textwrap.fill(
        text,
        width,
        initial_indent=first,
        subsequent_indent=others,
        break_on_hyphens=False,
        break_long_words=False,
    )


def table(title: str, rows: Iterable[tuple[str, str]], width: int) -> str:
    """
    Names, each with what it means beside it, or below it where a line is too short for that.

    :param title: stands above it.
    :param width: columns of a line.
    """
    listed = list(rows)
    column = max(len(name) for name, _ in listed) + 4
    if width - column < _ENOUGH:
        told = (f"  {name}\n{wrapped(text, width, ' ' * 6, ' ' * 6)}" for name, text in listed)
    else:
        told = (
            wrapped(text, width, f"  {name:<{column - 2}}", " " * column) for name, text in listed
        )
    return "\n".join([title, *told, ""])
