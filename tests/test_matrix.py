"""Each fault against each source: a test for every cell of the matrix."""

from __future__ import annotations

import io
from contextlib import redirect_stdout
from typing import Any

from twisted.trial.unittest import SynchronousTestCase

from tests import matrix
from tests.cells import SOURCES, Named
from tests.matrix import GARBAGE, MISHAPS, ROWS, Row, run
from tiktoklive.errors import StaleStreamError, StreamLostError


class MatrixTests(SynchronousTestCase):
    """Nothing lost that could arrive, nothing twice, in order, the error named, nothing left."""


def _cell(row: Row, source: str) -> Any:
    def test(self: SynchronousTestCase) -> None:
        self.assertEqual([], run(row, source))

    test.__doc__ = f"{row.name}, by the source {source}."
    if row.todo:
        test.todo = row.todo  # type: ignore[attr-defined]
    return test


for _row in ROWS:
    for _source in _row.named:
        _words = "".join(letter if letter.isalnum() else " " for letter in _row.name).split()
        setattr(MatrixTests, f"test_{'_'.join([*_words, _source])}", _cell(_row, _source))


class TableTests(SynchronousTestCase):
    """The table itself."""

    def test_complete(self) -> None:
        """Every kind of garbage and every mishap has a row, and every source a cell in most."""
        names = [row.name for row in ROWS]
        self.assertEqual(len(names), len(set(names)))
        self.assertLessEqual(set(GARBAGE), set(names))
        self.assertGreaterEqual(len(GARBAGE), 15)
        for how in MISHAPS:
            for where in ("look-up", "ticket", "poll", "signature", "details"):
                self.assertIn(f"{where}: {how}", names)
        for source in SOURCES:
            self.assertGreater(sum(source in row.named for row in ROWS), 60)

    def test_finds_mistakes(self) -> None:
        """A cell whose expectations are not met says so: wrong error, wrong end, something lost."""
        wrong = Row(
            "nothing is wrong",
            lambda cell: cell.faults.deafen(),
            {"direct": Named(StaleStreamError)},
            final={"direct": "failed"},
            check=lambda cell: cell.due.update(cell.said),
        )
        problems = " ".join(run(wrong, "direct"))
        self.assertIn("no StaleStreamError", problems)
        self.assertIn("it is live", problems)
        self.assertIn("missed without a word", problems)

    def test_printed(self) -> None:
        """The command prints a row with its cells, what is wrong, and how many cells are."""
        right = Row("cut", lambda cell: cell.faults.cut(), {"direct": Named(StreamLostError)})
        wrong = Row("no cut", lambda cell: None, {"signed": Named(StreamLostError)})
        late = Row("later", lambda cell: None, {"signed": Named(StreamLostError)}, todo="not yet")
        self.patch(matrix, "ROWS", (right, wrong, late))
        printed = io.StringIO()
        with redirect_stdout(printed):
            self.assertEqual(1, matrix.main())
        lines = [line.split() for line in printed.getvalue().splitlines()]
        self.assertEqual([*SOURCES], lines[0])
        self.assertEqual(["cut", "StreamLostError", "-", "-", "-"], lines[1])
        self.assertEqual(["no", "cut", "-", "WRONG", "-", "-"], lines[2])
        self.assertEqual(["later", "-", "to", "do", "-", "-"], lines[3])
        self.assertIn("to do: later: not yet", printed.getvalue())
