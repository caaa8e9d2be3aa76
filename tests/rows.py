"""One row of the matrix: something that goes wrong, and by source the error that must name it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from tests.cells import Cell, Named


@dataclass(frozen=True)
class Row:
    """
    One thing that goes wrong.

    :ivar begin: lets it go wrong.
    :ivar named: the error that names it, by source; ``None`` where it is none, as everything goes
        on.
    :ivar early: whether it goes wrong from the beginning, not after a while.
    :ivar lasts: seconds until nothing goes wrong any more.
    :ivar final: the state in which it ends, by source, if not ``live``.
    :ivar other: whether there is a second source.
    :ivar check: what else there is to say in the end.
    """

    name: str
    begin: Callable[[Cell], None]
    named: Mapping[str, Named | None]
    early: bool = False
    lasts: int = 10
    final: Mapping[str, str] = field(default_factory=dict)
    other: bool = False
    check: Callable[[Cell], None] = lambda cell: None


def run(row: Row, source: str, words: list[str] | None = None) -> list[str]:
    """
    Let it happen.

    :param words: gets those of the error that named it, if one was to.
    :return: what was not as it must be.
    """
    other = ("signed" if source == "direct" else "direct") if row.other else ""
    cell = Cell(source, other)
    with cell.watched():
        if row.early:
            row.begin(cell)
        cell.start()
        cell.say(5)
        if not row.early:
            row.begin(cell)
        cell.say(row.lasts)
        row.check(cell)
        cell.recover()
        cell.judge(row.named[source], row.final.get(source, "live"))
        if words is not None and (named := row.named[source]) is not None:
            words += [str(error) for error in cell.errors() if named.fits(error)][:1]
        cell.stop()
    return cell.problems
