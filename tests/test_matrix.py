"""Each fault against each source: a test for every cell of the matrix."""

from __future__ import annotations

import io
from contextlib import redirect_stdout
from typing import Any

from twisted.trial.unittest import SynchronousTestCase

from tests import matrix
from tests.cells import SOURCES, Cell, Named
from tests.matrix import GARBAGE, ROWS
from tests.rows import Row, run
from tiktoklive.errors import StaleStreamError, StreamLostError
from tiktoklive.events.control import Gap
from tiktoklive.simulator import WRONG_ANSWERS
from tiktoklive.simulator.http_faults import HTTP_FAULTS


class MatrixTests(SynchronousTestCase):
    """Nothing lost that could arrive, nothing twice, in order, the error named, nothing left."""


def _cell(row: Row, source: str) -> Any:
    def test(self: SynchronousTestCase) -> None:
        self.assertEqual([], run(row, source))

    test.__doc__ = f"{row.name}, by the source {source}."
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
        for how in HTTP_FAULTS:
            for where in ("look-up", "ticket", "poll", "signature", "details"):
                self.assertIn(f"{where}: {how}", names)
        for how in WRONG_ANSWERS:
            self.assertIn(f"wrong details: {how}", names)
        for source in SOURCES:
            least = 45 if source == "two" else 60
            self.assertGreater(sum(source in row.named for row in ROWS), least)

    def test_finds_mistakes(self) -> None:
        """What is lost, twice or late, ends or is named otherwise, or is left, is a problem."""
        cell = Cell("signed")
        with cell.watched():
            cell.start()
            cell.say(5)
            for event in cell.seen.events[-2:]:
                cell.seen.event(event)
            cell.said += [1, 2]
            cell.due.update([1, 2])
            cell.network.clock.callLater(100, lambda: None)
            cell.judge(Named(StaleStreamError), "live")
            cell.judge(None, "failed")
            cell.stop()
        problems = " ".join(cell.problems)
        for words in (
            "2 messages came twice",
            "the order was not kept",
            "2 of 12 messages were lost",
            "2 messages were missed without a word",
            "no StaleStreamError",
            "it is live",
            "left open",
        ):
            self.assertIn(words, problems)

    def test_two_streams(self) -> None:
        """Of two streams one is hit, the session stays live, and a gap would be a problem."""
        cell = Cell("two")
        with cell.watched():
            cell.start()
            cell.say(5)
            cell.faults.cut("reset", after=1)
            cell.say(10)
            self.assertNotIn("disconnected", cell.seen.names())
            cell.judge(Named(StreamLostError), "live")
            self.assertEqual([], cell.problems)
            cell.seen.event(Gap(0, 1, None, cell.seen.events[-1].origin))
            cell.judge(Named(StreamLostError), "live")
            cell.stop()
        self.assertEqual(["0 were missed while one stream lived, or told so"], cell.problems)

    def test_printed(self) -> None:
        """The command prints a row with its cells, what is wrong, and how many cells are."""
        right = Row("cut", lambda cell: cell.faults.cut(), {"direct": Named(StreamLostError)})
        wrong = Row("no cut", lambda cell: None, {"signed": Named(StreamLostError)})
        self.patch(matrix, "ROWS", (right, wrong))
        printed = io.StringIO()
        with redirect_stdout(printed):
            self.assertEqual(1, matrix.main())
        lines = [line.split() for line in printed.getvalue().splitlines()]
        self.assertEqual([*SOURCES], lines[0])
        others = ["-"] * (len(SOURCES) - 1)
        self.assertEqual(["cut", "StreamLostError", "(source)", *others], lines[1])
        self.assertIn("cut, direct: The stream of", printed.getvalue())
        self.assertEqual(["no", "cut", "-", "WRONG", *others[1:]], lines[2])
        self.assertRegex(printed.getvalue(), r"2 cells in \d+ s, 1 wrong")
