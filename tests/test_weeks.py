"""A day on the line, as :mod:`tests.weeks` lets weeks pass."""

from __future__ import annotations

from twisted.trial.unittest import SynchronousTestCase

from tests.guests import Broken
from tests.hosts import HOUR
from tests.outage import ORDERS, Outage
from tests.weeks import Weeks

#: Seconds before, in and after an outage.
OUTAGE = (300, 1200, 300)

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


class OutageTests(SynchronousTestCase):
    """Each source away, for minutes instead of a day."""

    def test_each(self) -> None:
        """No room is without events for longer than it takes, and nobody is asked too often."""
        for source in ORDERS:
            outage = Outage(source, 2)
            outage.run(*OUTAGE)
            self.assertEqual([], outage.problems)
            self.assertLess(1, sum(outage.most.values()), source)

    def test_noticed(self) -> None:
        """A room that no source lets in is noticed."""
        outage = Outage("direct", 1)
        self.patch(type(outage), "direct_away", _all_away)
        outage.run(300, 300, 0)
        self.assertIn("heard nothing for", " ".join(outage.problems))


def _all_away(outage: Outage, away: bool) -> None:
    Outage.classic_away(outage, away)
    Outage.signed_away(outage, away)
    outage.tiktok.behaviour.sign_sockets = (lambda query: "nobody") if away else None
