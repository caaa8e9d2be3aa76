"""Those who wait for the same thing."""

from __future__ import annotations

from twisted.internet.defer import CancelledError, Deferred
from twisted.python.failure import Failure
from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.deferreds import Waiters


class WaitersTests(SynchronousTestCase):
    """Some :class:`Waiters`."""

    def setUp(self) -> None:
        self.waiters: Waiters[str] = Waiters()

    def test_told(self) -> None:
        """All who wait are told, in their order, and once."""
        order: list[tuple[str, int]] = []
        for number in range(3):
            self.waiters.wait().addCallback(lambda *said: order.append(said), number)
        self.assertEqual(3, len(self.waiters))
        self.waiters.tell("now")
        self.waiters.tell("again")
        self.assertEqual([("now", 0), ("now", 1), ("now", 2)], order)
        self.assertEqual(0, len(self.waiters))

    def test_failed(self) -> None:
        """A failure fails all, and so does an error."""
        for tell in (lambda: self.waiters.tell(Failure(KeyError())), self.fail_them):
            waiting = [self.waiters.wait() for _ in range(2)]
            tell()
            for each in waiting:
                self.failureResultOf(each, KeyError)

    def fail_them(self) -> None:
        """What they wait for does not come."""
        self.waiters.fail(KeyError())

    def test_cancelled(self) -> None:
        """One who is cancelled waits no more; the others are told."""
        first, second = self.waiters.wait(), self.waiters.wait()
        first.cancel()
        self.failureResultOf(first, CancelledError)
        self.assertEqual(1, len(self.waiters))
        self.waiters.tell("now")
        self.assertEqual("now", self.successResultOf(second))

    def test_gave_up(self) -> None:
        """Who gives up may say so, and is not among them then."""
        left: list[int] = []
        waiter = self.waiters.wait(lambda: left.append(len(self.waiters)))
        self.waiters.wait()
        waiter.addErrback(lambda _: None).cancel()
        self.assertEqual([1], left)

    def test_cancelled_when_told(self) -> None:
        """One who is told may cancel another who was to be told."""
        first = self.waiters.wait()
        second = self.waiters.wait()
        first.addCallback(lambda _: second.cancel())
        self.waiters.tell("now")
        self.failureResultOf(second, CancelledError)
        self.successResultOf(first)

    def test_waits_again(self) -> None:
        """Who begins to wait while others are told waits for the next time."""
        later: list[Deferred[str]] = []
        self.waiters.wait().addCallback(lambda _: later.append(self.waiters.wait()))
        self.waiters.tell("now")
        self.assertNoResult(later[0])
        self.waiters.tell("then")
        self.assertEqual("then", self.successResultOf(later[0]))
