"""Waiting for a bounded time."""

from __future__ import annotations

from twisted.internet.defer import CancelledError, Deferred
from twisted.internet.task import Clock
from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.deferreds import GRACE, LATE, TIMES, Limit, wait_at_most


class LimitTests(SynchronousTestCase):
    """A limit on others, who are not to blame when this process stood still."""

    def test_late(self) -> None:
        """It may come a second late and counts; later than that it gives a grace, three times."""
        for late, graces in ((0.0, 0), (LATE, 0), (LATE + 0.5, 1), (100.0, 1)):
            clock, over = Clock(), list[float]()
            Limit(10, clock, lambda clock=clock, over=over: over.append(clock.seconds()))
            clock.advance(10 + late)
            clock.advance(0)
            self.assertEqual([] if graces else [10 + late], over, late)
            clock.advance(GRACE)
            clock.advance(0)
            self.assertEqual([10 + late + GRACE * graces], over, late)

    def test_late_again(self) -> None:
        """A process that stands still again and again waits no longer than some graces."""
        clock, over = Clock(), list[float]()
        limit = Limit(10, clock, lambda: over.append(clock.seconds()))
        for _ in range(TIMES + 1):
            self.assertTrue(limit.active())
            clock.advance(100)
        clock.advance(0)
        self.assertEqual([100.0 * (TIMES + 1)], over)


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
