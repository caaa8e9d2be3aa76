"""Longer pauses."""

from __future__ import annotations

from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.pacing.backoff import doubling


class DoublingTests(SynchronousTestCase):
    """Pauses that double."""

    def test_doubling(self) -> None:
        """The first is as long as was said, each further one twice as long, up to the longest."""
        pause = doubling(2.0, 30.0)
        self.assertEqual([2.0, 4.0, 8.0, 16.0, 30.0, 30.0], [pause(before) for before in range(6)])

    def test_for_ever(self) -> None:
        """Any number of failures is no more than the longest pause."""
        self.assertEqual([600.0, 5.0], [doubling(30.0, 600.0)(10**6), doubling(9.0, 5.0)(0)])
