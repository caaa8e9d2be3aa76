"""Figures of benchmarks: read from what they print, compared, and written as tables."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

#: What a benchmark found, by name.
Figures = dict[str, float | str | bool]

#: Spaces between two columns.
_GAP = "  "


def flat(found: Mapping[str, object], before: str = "") -> Figures:
    """The same without objects in objects: ``{"a": {"b": 1}}`` is ``a.b``."""
    figures: Figures = {}
    for name, value in found.items():
        if isinstance(value, Mapping):
            figures |= flat(value, f"{before}{name}.")
        elif isinstance(value, float | int | str):
            figures[before + name] = value
    return figures


def last_line(printed: str) -> Figures | None:
    """The JSON object in the last line of what a benchmark printed; ``None`` if there is none."""
    lines = printed.strip().splitlines()
    try:
        found = json.loads(lines[-1]) if lines else None
    except ValueError:
        return None
    return flat(found) if isinstance(found, dict) else None


def is_number(value: object) -> bool:
    """Whether a figure can be compared; a truth value cannot."""
    return isinstance(value, float | int) and not isinstance(value, bool)


def medians(runs: Sequence[Mapping[str, Any]]) -> Figures:
    """One for each figure that all runs have; of what is no number, that of the first run."""
    if not runs:
        return {}
    found: Figures = {}
    for name, value in runs[0].items():
        values: list[Any] = [run.get(name) for run in runs]
        if all(map(is_number, values)):
            found[name] = median(values)
        elif None not in values:
            found[name] = value
    return found


@dataclass(frozen=True)
class Ratio:
    """
    How many times as large a figure is now as it was before.

    It is taken in each round, from the run of this tree and the one of the other right after it.
    """

    least: float
    median: float
    most: float

    @classmethod
    def of(cls, pairs: Iterable[tuple[float, float]]) -> Ratio | None:
        """Of pairs of now and before; ``None`` if something was nothing before."""
        found = list(pairs)
        if not found or any(before == 0 for _, before in found):
            return None
        ratios = [now / before for now, before in found]
        return cls(min(ratios), median(ratios), max(ratios))

    def as_list(self) -> list[float]:
        """The three of them."""
        return [round(each, 4) for each in (self.least, self.median, self.most)]


def ratios(
    now: Sequence[Mapping[str, Any]], before: Sequence[Mapping[str, Any]]
) -> dict[str, Ratio]:
    """By figure, of the rounds of both trees; only what is a number in each of them."""
    rounds = list(zip(now, before, strict=False))
    found: dict[str, Ratio] = {}
    for name in rounds[0][0] if rounds else ():
        values: list[Any] = [(new.get(name), old.get(name)) for new, old in rounds]
        numbers = all(is_number(new) and is_number(old) for new, old in values)
        if numbers and (ratio := Ratio.of(values)) is not None:
            found[name] = ratio
    return found


def in_words(value: float | str | bool | None) -> str:
    """A figure for people."""
    if value is None:
        return "-"
    if isinstance(value, bool | str):
        return str(value)
    if isinstance(value, int) or value == round(value) or abs(value) >= 10_000:
        return f"{round(value):,}"
    return f"{value:,.3f}".rstrip("0").rstrip(".")


def table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Lines of a table whose first row is its head; the first two columns are names."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        cells = [
            cell.ljust(width) if column < 2 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield _GAP.join(cells).rstrip()


@dataclass
class Found:
    """
    What became of one benchmark.

    :ivar now: what this tree's runs found, and ``before``: those of the other.
    :ivar wrong: by tree, ``now`` or ``before``, why a run did not end as it should.
    """

    now: list[Figures]
    before: list[Figures]
    wrong: dict[str, str]

    def rows(self, name: str, *, compared: bool) -> Iterator[list[str]]:
        """Its rows in the table."""
        now, before = medians(self.now), medians(self.before)
        compare = ratios(self.now, self.before)
        for figure, value in now.items():
            row = [name, figure, in_words(value)]
            if compared:
                row.append(in_words(before.get(figure)))
                ratio = compare.get(figure)
                row += [f"{each:.3f}" for each in ratio.as_list()] if ratio else ["-"] * 3
            yield row

    def as_dict(self) -> dict[str, object]:
        """All of it, for JSON."""
        return {
            "now": medians(self.now),
            "before": medians(self.before),
            "ratios": {n: r.as_list() for n, r in ratios(self.now, self.before).items()},
            "wrong": self.wrong,
        }


def report(every: Mapping[str, Found], *, compared: bool) -> Iterator[str]:
    """The table of all, and below it what went wrong."""
    head = ["benchmark", "figure", "now"]
    if compared:
        head += ["before", "now/before: min", "median", "max"]
    rows = [row for name, found in every.items() for row in found.rows(name, compared=compared)]
    yield from table([head, *rows])
    for name, found in every.items():
        for tree, why in found.wrong.items():
            yield f"{name} ({tree}): {why}"
