"""Whose turn it is to ask TikTok."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from twisted.internet.defer import CancelledError, Deferred
from twisted.internet.task import Clock
from twisted.logger import capturedLogs, formatEvent
from twisted.trial.unittest import SynchronousTestCase
from zope.interface.verify import verifyObject

from tests.seams import Resolver
from tiktoklive.errors import RateLimitedError
from tiktoklive.interfaces import IPatientResolver
from tiktoklive.pacing.lookups import BURST, LookUpQueue, Priority, patiently
from tiktoklive.rooms import PacedResolver


class TurnsTestCase(SynchronousTestCase):
    """Turns, on a clock."""

    def setUp(self) -> None:
        self.clock = Clock()
        self.turns = LookUpQueue(self.clock, 60)
        self.given: list[str] = []

    def take(self, line: Priority, *names: str) -> list[Deferred[None]]:
        """Let these wait in a line."""
        taken = []
        for name in names:
            turn = line.take()
            turn.addCallbacks(lambda _, name=name: self.given.append(name), lambda f: f)
            taken.append(turn)
        return taken

    def spend(self) -> None:
        """Take what may be taken at once."""
        self.take(self.turns.waiting, *(["early"] * BURST))
        self.assertEqual(BURST, len(self.given))
        self.given.clear()

    def pass_time(self, seconds: float) -> None:
        """Let time pass, in small steps."""
        for _ in range(int(seconds * 10)):
            self.clock.advance(0.1)


class LinesTests(TurnsTestCase):
    """What is logged of refusals."""

    def lines(self, seconds: float, hours: int) -> list[str]:
        """Look-ups are refused for hours, each for so long, and answered now and then."""
        with capturedLogs() as captured:
            for number in range(int(hours * 3600 / (seconds + 5))):
                self.turns.refused("429", seconds)
                self.clock.advance(seconds + 5)
                if number % 3 == 0:
                    self.turns.answered()
        return [str(formatEvent(event)) for event in captured]

    def test_flood(self) -> None:
        """Refusals that follow each other for a day cost no line each, but are counted."""
        lines = self.lines(5, 24)
        self.assertLessEqual(len(lines), 6 * 24)
        self.assertTrue(lines)
        self.assertIn("times more since this was logged", lines[-1])

    def test_long(self) -> None:
        """One that is for long is told though short ones were, and so is the way back."""
        with capturedLogs() as captured:
            self.turns.refused("429", 5)
            self.clock.advance(10)
            self.turns.refused("429", 4000)
            self.take(self.turns.lost, "one")
            self.clock.advance(3000)
            self.turns.answered()
        lines = [str(formatEvent(event)) for event in captured]
        self.assertIn("none for 4000 s", lines[1])
        self.assertIn("answered again, earlier than TikTok wanted.", lines[-1])
        self.assertEqual(3, len(lines))


class FailingTests(TurnsTestCase):
    """For how long all of them failed."""

    def ends(self, told: bool, after: float) -> float:
        """Another one is over after so many seconds."""
        self.clock.advance(after)
        self.turns.ended(told)
        return self.turns.failing_for

    def test_streak(self) -> None:
        """It is the time from the first to the last that failed, until one tells something."""
        self.assertEqual(0, self.turns.failing_for)
        self.assertEqual([0, 30, 330], [self.ends(False, after) for after in (5, 30, 300)])
        self.clock.advance(60)
        self.assertEqual(330, self.turns.failing_for)
        self.assertEqual([0, 0, 10], [self.ends(told, 10) for told in (True, False, False)])

    def test_old(self) -> None:
        """Two that have a quarter of an hour between them have nothing to do with each other."""
        self.ends(False, 0)
        self.assertEqual([30, 0], [self.ends(False, after) for after in (30, 901)])
        self.assertEqual(20, self.ends(False, 20))
        self.clock.advance(901)
        self.assertEqual(0, self.turns.failing_for)


class MinuteTests(TurnsTestCase):
    """How many there are."""

    def test_minute(self) -> None:
        """Five hundred who come at once have their turns in order, a minute's worth in a minute."""
        names = [f"user{number}" for number in range(500)]
        self.take(self.turns.waiting, *names)
        self.assertEqual(BURST, len(self.given))
        for minute in range(1, 9):
            self.pass_time(60)
            self.assertLessEqual(len(self.given), 60 * minute)
            self.assertGreater(len(self.given), 54 * minute)
        self.pass_time(60)
        self.assertEqual(names, self.given)
        self.assertEqual([], self.clock.getDelayedCalls())

    @given(
        st.sampled_from([0.5, 1, 2, 3, 7, 10, 60, 600]),
        st.lists(st.tuples(st.integers(0, 3), st.floats(0, 40)), max_size=60),
    )
    def test_never_more(self, per_minute: float, steps: list[tuple[int, float]]) -> None:
        """In no minute there are more than allowed, whoever comes when."""
        clock = Clock()
        turns = LookUpQueue(clock, per_minute)
        times: list[float] = []
        for urgency, seconds in steps:
            turns.take(urgency).addCallback(lambda _: times.append(clock.seconds()))
            while seconds > 0:
                calls = clock.getDelayedCalls()
                step = min([seconds, *(max(c.getTime() - clock.seconds(), 0.0) for c in calls)])
                clock.advance(step)
                seconds -= max(step, 1e-9)
        for at in times:
            recent = [time for time in times if at - 59.999 < time <= at]
            self.assertLessEqual(len(recent), max(per_minute, 1))

    def test_alone(self) -> None:
        """A single user does not wait: what it takes to enter a room may come at once."""
        self.take(self.turns.waiting, "look-up")
        self.take(self.turns.begun, "page", "details", "gifts")
        self.assertEqual(4, len(self.given))

    def test_no_limit(self) -> None:
        """Without a limit nobody waits."""
        self.turns = LookUpQueue(self.clock, 0)
        self.take(self.turns.waiting, *"abcdefghijklmnopqrstuvwxyz")
        self.assertEqual(26, len(self.given))
        self.turns.refused("403", 100)
        self.take(self.turns.waiting, "z")
        self.assertEqual(27, len(self.given))


class OrderTests(TurnsTestCase):
    """Who goes first."""

    def test_lines(self) -> None:
        """What has begun, who is waited for, who was lost, and then the rest."""
        self.spend()
        turns = self.turns
        self.take(turns.waiting, "waiting")
        self.take(turns.lost, "lost")
        self.take(turns.asked, "asked")
        self.take(turns.begun, "begun")
        self.assertEqual(4, turns.queued)
        self.pass_time(2.5)
        self.assertEqual(["begun", "asked"], self.given)
        self.pass_time(10)
        self.assertEqual({"begun", "asked", "lost", "waiting"}, set(self.given))

    def test_nobody_starves(self) -> None:
        """Every fourth turn is that of whoever waits longest."""
        self.spend()
        self.take(self.turns.waiting, "poor")
        for _ in range(10):
            self.take(self.turns.asked, "rich", "rich")
            self.pass_time(1)
        self.assertIn("poor", self.given[:4])

    def test_cancel(self) -> None:
        """Who is cancelled gives its turn to the next; the last one leaves nothing."""
        self.spend()
        first, _ = self.take(self.turns.waiting, "first", "second")
        first.cancel()
        self.failureResultOf(first, CancelledError)
        self.pass_time(1.2)
        self.assertEqual(["second"], self.given)
        [last] = self.take(self.turns.waiting, "last")
        last.cancel()
        self.failureResultOf(last, CancelledError)
        self.assertEqual(([], 0), (self.clock.getDelayedCalls(), self.turns.queued))

    def test_within(self) -> None:
        """Who comes while others have their turn is heard, and nobody is let in twice."""
        self.spend()

        def again(_: None) -> None:
            self.take(self.turns.begun, "page")

        self.turns.waiting.take().addCallback(again)
        self.take(self.turns.waiting, "other")
        self.pass_time(2.5)
        self.assertEqual(["page"], self.given)
        self.assertEqual(1, len(self.clock.getDelayedCalls()))


class RefusalTests(TurnsTestCase):
    """What TikTok's refusals change."""

    def test_slower(self) -> None:
        """They make all slower, up to a bound; answers bring it back."""
        usual = self.turns.distance
        for factor in (2, 4, 8, 16, 16):
            self.turns.refused("HTTP 403")
            self.assertAlmostEqual(usual * factor, self.turns.distance)
        for _ in range(20):
            self.turns.answered()
        self.assertEqual(usual, self.turns.distance)

    def test_nothing_at_once(self) -> None:
        """While they are slower, nothing comes at once."""
        self.turns.refused("HTTP 403")
        self.take(self.turns.waiting, "one", "two")
        self.pass_time(2)
        self.assertEqual([], self.given)
        self.pass_time(0.2)
        self.assertEqual(["one"], self.given)

    def test_wait(self) -> None:
        """While TikTok wants us to wait no look-up begins; one goes on."""
        self.turns.refused("HTTP 429", 50)
        self.take(self.turns.waiting, "waiting")
        self.take(self.turns.lost, "lost")
        self.take(self.turns.begun, "begun")
        self.clock.advance(3)
        self.clock.advance(46)
        self.assertEqual(["begun"], self.given)
        self.assertEqual((50, 1), (self.turns.state().closed_until, self.turns.state().closed_for))
        self.clock.advance(1)
        self.assertEqual(
            (None, 0), (self.turns.state().closed_until, self.turns.state().closed_for)
        )
        self.clock.advance(0.01)
        self.assertEqual(["begun", "lost"], self.given)

    def test_probe(self) -> None:
        """If it wants that for a day, one begins every five minutes; an answer to it opens."""
        self.spend()
        self.turns.refused("HTTP 429", 1e9)
        names = [f"user{number}" for number in range(9)]
        self.take(self.turns.waiting, *names)
        self.turns.answered()  # to a look-up that had begun before
        for number in range(1, 4):
            self.clock.advance(299)
            self.assertEqual(number - 1, len(self.given))
            self.clock.advance(1.01)
            self.assertEqual(number, len(self.given))
            self.assertGreater(self.turns.closed_for, 85_000)
            if number < 3:
                self.turns.refused("HTTP 429", 86_400)
        self.turns.answered()
        self.assertEqual((0, None), (self.turns.closed_for, self.turns.tried_at))
        self.pass_time(600)
        self.assertEqual(names, self.given)

    def test_probe_log(self) -> None:
        """The log tells how long it wants us to wait, and what we do instead."""
        with capturedLogs() as logged:
            self.turns.refused("HTTP 429.", 86_400)
        [line] = [formatEvent(each) for each in logged]
        self.assertIn("none for 86400 s, but one every 300 s", line)

    def test_probe_by_who_asks(self) -> None:
        """Where nobody else looks, one who waits for an answer is the one that is tried."""
        self.turns.refused("HTTP 429", 86_400)
        [early] = self.take(self.turns.asked, "early")
        self.assertIn("86400", self.failureResultOf(early, RateLimitedError).getErrorMessage())
        self.clock.advance(301)
        self.take(self.turns.asked, "late")
        self.assertEqual(["late"], self.given)

    def test_probe_in_vain(self) -> None:
        """Who waits for its answer is told when nobody could be reached, and when it is refused."""
        for tell in (self.turns.unanswered, lambda: self.turns.refused("HTTP 429", 86_400)):
            self.turns.refused("HTTP 429", 86_400)
            self.clock.advance(295)
            self.take(self.turns.asked, "tried")
            [late] = self.take(self.turns.asked, "late")
            self.clock.advance(5.1)
            self.assertEqual("tried", self.given[-1])
            self.assertNoResult(late)
            tell()
            self.failureResultOf(late, RateLimitedError)

    def test_behind_a_look_up(self) -> None:
        """What is refused behind a look-up makes it slower, and closes nothing."""
        self.turns.refused("HTTP 429", 86_400, closes=False)
        self.assertEqual(0, self.turns.closed_for)
        self.assertAlmostEqual(2 * 60.06 / 56, self.turns.distance)

    def test_told(self) -> None:
        """Who waits for an answer is told of a long wait at once, and waits for a short one."""
        self.spend()
        [early] = self.take(self.turns.asked, "early")
        self.turns.refused("TikTok said no.", 40)
        [late] = self.take(self.turns.asked, "late")
        for turn in (early, late):
            error = self.failureResultOf(turn, RateLimitedError).value
            self.assertEqual(40, error.retry_after)
            self.assertIn("for 40 s more, as it wants: TikTok said no.", str(error))
        self.clock.advance(35)
        [patient] = self.take(self.turns.asked, "patient")
        self.assertNoResult(patient)
        self.clock.advance(5.1)
        self.successResultOf(patient)


class PatientlyTests(SynchronousTestCase):
    """The resolver of those who can wait."""

    def test_known(self) -> None:
        """That of one who knows the difference, any other as it is."""
        resolver = Resolver()
        self.assertIs(resolver, patiently(resolver))
        paced = PacedResolver(lambda line: resolver, LookUpQueue(Clock(), 60))
        verifyObject(IPatientResolver, paced)
        self.assertIs(paced.patient, patiently(paced))
        self.assertIs(paced.patient, patiently(patiently(paced)))
