"""A session between fakes at its seams: from broadcast to broadcast, and who waits for its end."""

from __future__ import annotations

from typing import Any

from twisted.internet.defer import CancelledError, Deferred

from tests.seams import OTHER, ROOM, SessionTestCase
from tiktoklive.errors import (
    ApplicationRefusedError,
    ConnectError,
    DeviceBlockedError,
    RateLimitedError,
    Remedy,
    StreamLostError,
    TapeError,
    TikTokLiveError,
    UserOfflineError,
)
from tiktoklive.events import Error, GaveUp, Reconnecting
from tiktoklive.session.retry import REFUSALS, Patience


class FollowTests(SessionTestCase):
    """follow(): patient."""

    def test_waits(self) -> None:
        """It goes on through every failure that waiting may mend."""
        self.resolver.answers = [ConnectError("1"), RateLimitedError("2"), ROOM]
        self.signer.answers = [TikTokLiveError("3"), True]
        self.opener.answers = [DeviceBlockedError("4"), StreamLostError("5"), True]
        self.session.follow()
        for _ in range(5):
            self.assertEqual("waiting", self.phase)
            self.retried()
        self.assertEqual("live", self.phase)

    def test_refused_identity_is_remembered(self) -> None:
        """A failing look-up doesn't make the signer miss that the identity was refused."""
        self.opener.answers = [DeviceBlockedError("blocked"), True]
        self.resolver.answers = [ROOM, ConnectError("down"), ROOM]
        self.session.follow()
        self.retried()
        self.retried()
        self.assertEqual("live", self.phase)
        self.assertIsInstance(self.signer.resumes[-1].failure, DeviceBlockedError)

    def test_remedies(self) -> None:
        """Whatever the remedy is, there is another try, and none for what is final."""
        for remedy in Remedy:
            with self.subTest(remedy.name):
                error = TikTokLiveError("so it is")
                error.remedy = remedy
                self.resolver.answers = [error]
                self.make()
                self.session.follow()
                self.assertEqual("waiting", self.phase)
                self.retried()
                self.assertEqual("waiting" if remedy is Remedy.WAIT else "refused", self.phase)
                self.session.stop()

    def test_remedies_after_live(self) -> None:
        """Who was let in once is asked for seldom only by what is said to never work."""
        for remedy in Remedy:
            with self.subTest(remedy.name):
                self.signer.answers = [True]
                self.make()
                self.session.follow()
                error = TikTokLiveError("so it is")
                error.remedy = remedy
                self.signer.answers = [error]
                self.lose()
                self.retried()
                for _ in range(REFUSALS):
                    self.assertEqual("waiting", self.phase)
                    self.retried()
                self.assertEqual("refused" if remedy is Remedy.CANCEL else "waiting", self.phase)
                self.session.stop()

    def test_refusals_after_live_are_asked_seldom(self) -> None:
        """What takes a change of others is tried as seldom as an offline user is looked for."""
        self.session.follow()
        self.signer.answers = [ApplicationRefusedError("no!")]
        self.lose()
        self.assertLess(self.retried(), 30)
        for _ in range(20):
            self.assertTrue(45 <= self.retried() <= 75)
        self.signer.answers = [True]
        self.retried()
        self.assertEqual("live", self.phase)

    def test_final(self) -> None:
        """What is nobody's word, but the end, ends it at every step; nobody is given up."""
        for part in (self.resolver, self.signer, self.opener):
            with self.subTest(type(part).__name__):
                answers, part.answers = part.answers, [TapeError("the tape is over")]
                self.make()
                over = self.session.when_over()
                self.seen.events.clear()
                self.session.follow()
                self.assertEqual("failed", self.phase)
                error = self.successResultOf(over)
                self.assertIsInstance(error, TapeError)
                self.assertIs(error, self.seen.only(Error).exception)
                self.assertEqual([], self.seen.of(GaveUp))
                self.assertEqual([], self.clock.getDelayedCalls())
                part.answers = answers

    def test_offline(self) -> None:
        """A user who is not live is looked at again after 45 to 75 seconds, again and again."""
        self.resolver.answers = [UserOfflineError("off")]
        self.session.follow()
        times = []
        for _ in range(20):
            self.assertEqual("offline", self.phase)
            [call] = self.clock.getDelayedCalls()
            times.append(call.getTime() - self.clock.seconds())
            self.clock.advance(times[-1])
        self.assertTrue(all(45 <= each <= 75 for each in times), times)
        self.assertGreater(max(times) - min(times), 5)
        self.assertEqual([], self.seen.events)

    def test_offline_is_configurable(self) -> None:
        """How often, the patience says."""
        self.patience = Patience(offline=4)
        self.resolver.answers = [UserOfflineError("off")]
        self.make()
        self.session.follow()
        [call] = self.clock.getDelayedCalls()
        self.assertTrue(3 <= call.getTime() <= 5)

    def test_next_broadcast(self) -> None:
        """After the end of a broadcast it waits for the next one."""
        self.session.follow()
        self.stream.end()
        self.assertEqual("offline", self.phase)
        self.resolver.answers = [OTHER]
        self.clock.advance(76)
        self.assertEqual(("live", OTHER), (self.phase, self.session.room))

    def test_undocumented_failure(self) -> None:
        """A part that fails with what it shouldn't is logged with its traceback and tried again."""
        self.resolver.answers = [ZeroDivisionError("oops"), ROOM]
        self.session.follow()
        self.assertEqual(1, len(self.flushLoggedErrors(ZeroDivisionError)))
        self.retried()
        self.assertEqual("live", self.phase)

    def test_part_raises_at_once(self) -> None:
        """A part that raises instead of returning something to wait for has failed like others."""
        for part, name in (
            (self.resolver, "resolve"),
            (self.signer, "sign"),
            (self.opener, "open"),
        ):
            with self.subTest(name):

                def broken(*arguments: object) -> Any:
                    raise ConnectError("at once")

                setattr(part, name, broken)
                self.make()
                self.session.follow()
                self.assertEqual("waiting", self.phase)
                delattr(part, name)
                self.clock.advance(self.seen.of(Reconnecting)[-1].delay)
                self.assertEqual("live", self.phase)
                self.session.stop()


class OverTests(SessionTestCase):
    """when_over()."""

    def test_not_yet(self) -> None:
        """Nothing that goes on by itself fires it."""
        over = self.session.when_over()
        self.session.follow()
        self.lose()
        self.retried()
        self.stream.end()
        self.assertNoResult(over)
        self.session.stop()
        self.assertIsNone(self.successResultOf(over))

    def test_cancelled(self) -> None:
        """Who no longer waits is forgotten, also when another who is told cancels him."""
        self.session.follow()
        for _ in range(3):
            gone = self.session.when_over()
            gone.cancel()
            self.failureResultOf(gone, CancelledError)
        self.assertEqual(0, len(self.session._core.waiters.over))
        first, second = self.session.when_over(), self.session.when_over()
        first.addCallback(lambda error: second.cancel())
        self.assertEqual("live", self.phase)
        self.session.stop()
        self.failureResultOf(second, CancelledError)

    def test_callbacks_may_act(self) -> None:
        """Who is told may start the session again, at once."""
        again: list[Deferred[Any]] = []

        def restart(result: object) -> None:
            again.append(self.session.connect())

        self.session.when_over().addCallback(restart)
        self.session.connect()
        self.session.stop()
        self.assertTrue(self.successResultOf(again[0]).is_connected)
        self.assertEqual("live", self.phase)
