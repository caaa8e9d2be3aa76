"""Tables for a terminal, whatever alphabet is in them."""

from __future__ import annotations

import shutil
import sys
import unicodedata
from collections.abc import Collection, Sequence

from tiktoklive.outputs.plaintext import plain


def table(
    titles: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    right: Collection[int] = (),
    limit: int = 60,
) -> str:
    """
    Lines with columns.

    :param titles: of the columns; none for a table without.
    :param right: the columns that stand at their right edge: numbers.
    :param limit: characters of a cell after which it is cut.
    """
    cells = [[plain(cell, limit) for cell in row] for row in ([titles] if titles else []) + [*rows]]
    if not cells:
        return ""
    widths = [max(map(width, column)) for column in zip(*cells, strict=True)]
    lines = []
    for row in cells:
        shown = []
        for place, (cell, wide) in enumerate(zip(row, widths, strict=True)):
            blank = " " * (wide - width(cell))
            shown.append(blank + cell if place in right else cell + blank)
        lines.append("  ".join(shown).rstrip() + "\n")
    return "".join(lines)


def records(titles: Sequence[str], rows: Sequence[Sequence[str]], *, right: Collection[int]) -> str:
    """
    A table; or, where a terminal is too narrow for it, each row as lines of their own.

    :param right: the columns that stand at their right edge: numbers.
    """
    whole = table(titles, rows, right=right)
    if sys.stdout is None or not sys.stdout.isatty():
        return whole
    columns = shutil.get_terminal_size().columns
    if max(map(width, whole.splitlines())) <= columns:
        return whole
    return "\n".join(table((), list(zip(titles, row, strict=True))) for row in rows)


def width(text: str) -> int:
    """In how many columns a terminal shows a text."""
    return sum(
        0
        if unicodedata.combining(c) or c in "\u200c\u200d\ufe0f"
        else 2
        if unicodedata.east_asian_width(c) in "WF"
        else 1
        for c in text
    )
