"""A day on the line, as :mod:`tests.weeks` lets weeks pass."""

from __future__ import annotations

from twisted.trial.unittest import SynchronousTestCase

from tests.guests import Broken
from tests.hosts import HOUR
from tests.weeks import Weeks

#: With which it is a day of many broadcasts.
SEED = 3


class DayTests(SynchronousTestCase):
    """A few users, for a day in which many things go wrong."""

    def test_day(self) -> None:
        """Nothing is lost without a word, twice, late, asked for too often or left behind."""
        weeks = Weeks(4, seed=SEED, quiet=HOUR)
        weeks.run(1)
        self.assertTrue(self.flushLoggedErrors(Broken))
        self.assertEqual([], weeks.ledger.problems)
        self.assertLess(3, len(weeks.weather.fronts))
        for what in ("delivered", "gap", "streamEnd", "missed, with a gap"):
            self.assertTrue(weeks.ledger.counts[what], what)
