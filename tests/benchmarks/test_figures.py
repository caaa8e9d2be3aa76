"""The arithmetic of the benchmarks' runner, and its table."""

from __future__ import annotations

from twisted.trial.unittest import SynchronousTestCase

from tests.benchmarks.figures import Found, flat, in_words, last_line, medians, ratios, report


class ReadingTests(SynchronousTestCase):
    """What a benchmark printed."""

    def test_last_line(self) -> None:
        """The JSON object of the last line counts, whatever stands above it."""
        self.assertEqual({"a": 1.5}, last_line('{"a": 0}\n a: 1.5\n{"a": 1.5}\n\n'))

    def test_none(self) -> None:
        """What ends otherwise has no figures."""
        for printed in ("", "\n", "Traceback", "[1]", "3", '{"a": 1}\nbye'):
            self.assertIsNone(last_line(printed), printed)

    def test_flat(self) -> None:
        """Objects in objects have their name before those of their figures; lists are left out."""
        found = {"lost": 0, "gaps": {"Closed": 3, "by": {"x": 0.5}}, "took": [1], "by": "isal"}
        expected = {"lost": 0, "gaps.Closed": 3, "gaps.by.x": 0.5, "by": "isal"}
        self.assertEqual(expected, flat(found))


class ComparingTests(SynchronousTestCase):
    """Two trees that ran in turn."""

    def test_medians(self) -> None:
        """Numbers have their median, words stay, and what a run lacks is left out."""
        runs = [{"a": each, "b": "zlib", "c": True} for each in (1, 9, 2)]
        runs[0]["d"] = 1
        self.assertEqual({"a": 2, "b": "zlib", "c": True}, medians(runs))
        self.assertEqual({}, medians([]))

    def test_ratios(self) -> None:
        """Each round is compared with its own: a machine that got slower is so for both trees."""
        now = [{"us": 10.0}, {"us": 22.0}, {"us": 30.0}]
        before = [{"us": 10.0}, {"us": 20.0}, {"us": 40.0}]
        self.assertEqual([0.75, 1.0, 1.1], ratios(now, before)["us"].as_list())

    def test_incomparable(self) -> None:
        """Words, truth values, what only one tree has, and what was nothing have no ratio."""
        now = [{"by": "isal", "orjson": True, "new": 1, "lost": 0, "us": 2}]
        before = [{"by": "zlib", "orjson": True, "lost": 0, "us": 1}]
        self.assertEqual(["us"], list(ratios(now, before)))
        self.assertEqual({}, ratios(now, []))

    def test_unfinished(self) -> None:
        """A tree with fewer runs is compared in those rounds that both have."""
        now, before = [{"us": 1}, {"us": 3}], [{"us": 2}]
        self.assertEqual([0.5, 0.5, 0.5], ratios(now, before)["us"].as_list())


class TableTests(SynchronousTestCase):
    """What people read."""

    def test_words(self) -> None:
        """Numbers are as long as they have to be."""
        for value, expected in (
            (None, "-"),
            ("isal", "isal"),
            (True, "True"),
            (0, "0"),
            (127560, "127,560"),
            (0.785, "0.785"),
            (9.50, "9.5"),
            (12345.67, "12,346"),
        ):
            self.assertEqual(expected, in_words(value))

    def test_alone(self) -> None:
        """One tree has one column, and what went wrong stands below."""
        every = {
            "decode": Found([{"ratio": 0.75}], [], {}),
            "soak": Found([{"lost": 2}], [], {"now": "exit status 1"}),
        }
        lines = list(report(every, compared=False))
        self.assertEqual(
            [
                "benchmark  figure   now",
                "decode     ratio   0.75",
                "soak       lost       2",
                "soak (now): exit status 1",
            ],
            lines,
        )

    def test_compared(self) -> None:
        """Two have both medians, and the spread of their ratio."""
        found = Found([{"us": 1.0}, {"us": 3.0}], [{"us": 2.0}, {"us": 2.0}], {})
        [row] = found.rows("stream", compared=True)
        self.assertEqual(["stream", "us", "2", "2", "0.500", "1.000", "1.500"], row)
        self.assertEqual([0.5, 1.0, 1.5], found.as_dict()["ratios"]["us"])  # type: ignore[index]

    def test_not_before(self) -> None:
        """What the other tree could not run has a line all the same."""
        found = Found([{"us": 1.0}], [], {"before": "exit status 1: ImportError"})
        [row] = found.rows("start", compared=True)
        self.assertEqual(["start", "us", "1", "-", "-", "-", "-"], row)
