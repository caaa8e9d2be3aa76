"""Waiting for a bounded time."""

from __future__ import annotations

from twisted.internet.defer import CancelledError, Deferred
from twisted.internet.task import Clock
from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.deferreds import wait_at_most


class WithinTests(SynchronousTestCase):
    """What comes in time, late, or never."""

    def setUp(self) -> None:
        self.clock = Clock()
        self.waiting: Deferred[int] = Deferred()
        self.late: list[str] = []
        self.over = wait_at_most(self.waiting, 5, self.clock, lambda: self.late.append("late"))

    def test_in_time(self) -> None:
        """What comes in time is the result, and no timer stays."""
        self.waiting.callback(7)
        self.assertEqual(7, self.successResultOf(self.over))
        self.assertEqual([], self.clock.getDelayedCalls())

    def test_failure(self) -> None:
        """So is a failure."""
        self.waiting.errback(ValueError())
        self.failureResultOf(self.over, ValueError)

    def test_late(self) -> None:
        """What does not come is told and left; if it fails later that is no news."""
        self.clock.advance(5)
        self.assertEqual((None, ["late"]), (self.successResultOf(self.over), self.late))
        self.waiting.errback(ValueError())

    def test_cancel(self) -> None:
        """Cancelling cancels what is waited for."""
        self.over.cancel()
        self.failureResultOf(self.over, CancelledError)
        self.assertTrue(self.waiting.called)
        self.assertEqual([], self.clock.getDelayedCalls())
