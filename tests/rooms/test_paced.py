"""Look-ups one after the other, however many wait."""

from __future__ import annotations

from twisted.internet.defer import CancelledError, Deferred
from twisted.internet.task import Clock
from twisted.trial.unittest import SynchronousTestCase
from zope.interface.verify import verifyObject

from tests.seams import Resolver
from tests.stack import StackTestCase
from tiktoklive.errors import BlockedError, RateLimitedError, UserOfflineError
from tiktoklive.interfaces import IRoomResolver
from tiktoklive.model import Room, Status
from tiktoklive.options import Options
from tiktoklive.rooms import PacedResolver
from tiktoklive.service import LiveService
from tiktoklive.simulator import Answer


class PacedTests(SynchronousTestCase):
    """One resolver, on a clock."""

    def setUp(self) -> None:
        self.clock = Clock()
        self.inner = Resolver()
        self.paced = PacedResolver(self.inner, self.clock, 60)

    def ask(self, *names: str) -> list[Deferred[Room]]:
        """Ask for users, all at once."""
        return [Deferred.fromCoroutine(self.paced.resolve(name)) for name in names]

    def pass_time(self, seconds: float) -> None:
        """Let time pass, in small steps."""
        for _ in range(int(seconds * 10)):
            self.clock.advance(0.1)

    @property
    def asked(self) -> list[str]:
        """Who was looked up, in order."""
        return [name for (name,) in self.inner.questions]

    def test_interface(self) -> None:
        """It is a resolver like any other."""
        verifyObject(IRoomResolver, self.paced)

    def test_minute(self) -> None:
        """Five hundred who ask at once are asked for in order, a minute's worth in a minute."""
        names = [f"user{number}" for number in range(500)]
        waiting = self.ask(*names)
        self.assertEqual(10, len(self.asked))
        for minute in range(1, 10):
            before = len(self.asked)
            self.pass_time(60)
            self.assertLessEqual(len(self.asked) - before, 60)
            self.assertGreater(len(self.asked), 45 * minute)
        self.pass_time(60)
        self.assertEqual(names, self.asked)
        for each in waiting:
            self.successResultOf(each)
        self.assertEqual([], self.clock.getDelayedCalls())

    def test_no_limit(self) -> None:
        """Without a limit nobody waits."""
        self.paced = PacedResolver(self.inner, self.clock, 0)
        for each in self.ask(*"abcdefghijklmnopqrstuvwxyz"):
            self.successResultOf(each)

    def test_lost_rooms_first(self) -> None:
        """Who was live goes before those who were not, and those before them."""
        self.ask("alice")
        self.ask(*(f"user{number}" for number in range(20)))
        self.ask("alice")
        self.pass_time(1.3)
        self.assertEqual("alice", self.asked[-1])

    def test_not_live_any_more(self) -> None:
        """Who is not live any more waits in line with the others."""
        self.ask("alice")
        self.inner.answers = [UserOfflineError("off")]
        for each in self.ask("alice"):
            self.failureResultOf(each, UserOfflineError)
        for each in self.ask(*(f"user{number}" for number in range(20)), "alice"):
            each.addErrback(lambda failure: None)
        self.pass_time(2.5)
        self.assertNotIn("alice", self.asked[2:])

    def test_cancel(self) -> None:
        """Who is cancelled gives its turn to the next; the last one leaves nothing."""
        waiting = self.ask(*(f"user{number}" for number in range(12)))
        waiting[10].cancel()
        self.failureResultOf(waiting[10], CancelledError)
        self.pass_time(1.3)
        self.assertEqual("user11", self.asked[-1])
        [last] = self.ask("last")
        last.cancel()
        self.failureResultOf(last, CancelledError)
        self.assertEqual(([], 0), (self.clock.getDelayedCalls(), self.paced.queued))

    def test_slows_down(self) -> None:
        """Refusals make it slower, up to a bound; answers bring it back."""
        self.inner.answers = [BlockedError("403")]
        usual = self.paced.distance
        for factor in (2, 4, 8, 16, 16):
            [asked] = self.ask("alice")
            self.pass_time(60)
            self.failureResultOf(asked, BlockedError)
            self.assertAlmostEqual(usual * factor, self.paced.distance)
        self.inner.answers = [UserOfflineError("off")]
        for _ in range(20):
            [asked] = self.ask("alice")
            self.pass_time(20)
            self.failureResultOf(asked, UserOfflineError)
        self.assertEqual(usual, self.paced.distance)

    def test_retry_after(self) -> None:
        """The time that is asked for is kept for all, an hour at most."""
        for asked_for, kept in ((50.0, 50), (1e9, 3600)):
            self.setUp()
            self.inner.answers = [RateLimitedError("429", retry_after=asked_for), Room("b", "1")]
            self.failureResultOf(self.ask("alice")[0], RateLimitedError)
            [other] = self.ask("bea")
            self.clock.advance(kept - 1)
            self.assertNoResult(other)
            self.clock.advance(2)
            self.successResultOf(other)


class ServiceTests(StackTestCase):
    """Many who are waited for, through the whole stack."""

    def test_hour(self) -> None:
        """Two hundred users who are not live cost no more look-ups than are allowed."""
        names = [f"user{number}" for number in range(200)]
        for name in names:
            self.tiktok.add_room(name, status=Status.ENDED)
        self.wiring = self.wire(Options(lookups_per_minute=30))
        service = LiveService(self.wiring)
        self.services.append(service)
        for name in names:
            service.add(name)
        service.startService()
        for _ in range(30):
            before = len(self.lookups())
            self.settle(60)
            self.assertLessEqual(len(self.lookups()) - before, 30)
        asked = {each.parameter("uniqueId") for each in self.lookups()}
        self.assertEqual(set(names), asked)

    def test_refused(self) -> None:
        """When TikTok refuses, everybody becomes slower."""
        for path in ("/api-live/user/room/", "/@alice/live"):
            self.tiktok.answer_next(path, Answer(429, headers=(("Retry-After", "100"),)))
        self.follow()
        self.follow("@bea")
        self.settle(99)
        self.assertEqual({"alice"}, {each.parameter("uniqueId") for each in self.lookups()})
        self.tiktok.add_room("bea")
        self.settle(60)
        self.assertEqual({"live"}, {each.get_state().phase for each in self.services})
