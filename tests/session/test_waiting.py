"""Those who wait for a session."""

from __future__ import annotations

from twisted.internet.defer import Deferred
from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.errors import ConnectionStoppedError, UserOfflineError
from tiktoklive.session.waiting import SessionWaiters


class WaitingTests(SynchronousTestCase):
    """The :class:`SessionWaiters` of a session."""

    def setUp(self) -> None:
        self.waiters = SessionWaiters()

    def test_over(self) -> None:
        """Who waits to be let in gets the error, or is told that it was stopped; others the end."""
        error = UserOfflineError("not live")
        for given, kind in ((error, UserOfflineError), (None, ConnectionStoppedError)):
            live, over = self.waiters.live.wait(), self.waiters.over.wait()
            self.waiters.tell_over(given)
            self.failureResultOf(live, kind)
            self.assertIs(given, self.successResultOf(over))

    def test_started_again(self) -> None:
        """Who waited since before a start is told of the end of what was, all starts of it."""
        first = self.waiters.over.wait()
        self.waiters.start_again()
        second = self.waiters.over.wait()
        self.waiters.start_again()
        third = self.waiters.over.wait()
        self.waiters.tell_closed(None)
        self.assertEqual([None, None], [self.successResultOf(each) for each in (first, second)])
        self.assertNoResult(third)
        self.waiters.tell_over(None)
        self.successResultOf(third)

    def test_waits_again(self) -> None:
        """Who waits for the end because of being told something waits for the next end."""
        later: list[Deferred[Exception | None]] = []
        live = self.waiters.live.wait()
        live.addErrback(lambda _: later.append(self.waiters.over.wait()))
        self.waiters.tell_over(None)
        self.assertNoResult(later[0])
