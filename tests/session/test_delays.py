"""A session between fakes at its seams: how long it waits, and what it resumes."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import Any

from tests.seams import OTHER, ROOM, SessionTestCase
from tiktoklive.errors import (
    ConnectError,
    DeafStreamError,
    DeviceBlockedError,
    RateLimitedError,
    StreamLostError,
    UserOfflineError,
)
from tiktoklive.events import Disconnected, Gap, Reconnecting
from tiktoklive.session.retry import Patience


class DelayTests(SessionTestCase):
    """How long a session waits before it tries again."""

    def delays(self, count: int) -> list[float]:
        """The delays of so many failures in a row."""
        return [self.retried() for _ in range(count)]

    def test_decorrelated(self) -> None:
        """Each delay is by chance between the first and three times the one before, up to 30 s."""
        self.opener.answers = [ConnectError("down")]
        self.session.follow()
        delays = self.delays(40)
        for before, delay in zip([1.0, *delays], delays, strict=False):
            self.assertTrue(1 <= delay <= min(3 * before, 30) + 1e-6, delays)
        self.assertEqual(40, len(set(delays)), "no chance in it")
        self.assertGreater(sum(delays[20:]) / 20, 5, "it does not grow")
        self.assertEqual(list(range(1, 42)), [each.attempt for each in self.seen.of(Reconnecting)])

    def test_bounds(self) -> None:
        """It is never shorter than the first, nor longer than the longest delay."""

        class Extreme(Random):
            value = 0.0

            def uniform(self, a: float, b: float) -> float:
                return a + (b - a) * self.value

        random = Extreme()
        for patience, value, expected in (
            (Patience(first=2, most=30), 0.0, [2, 2, 2, 2, 2]),
            (Patience(first=2, most=30), 1.0, [6, 18, 30, 30, 30]),
            (Patience(first=20, most=5), 0.0, [5, 5, 5, 5, 5]),
        ):
            random.value = value
            delays = [0.0]
            for _ in expected:
                delays.append(patience.delay(delays[-1], random))
            self.assertEqual(expected, delays[1:])

    def test_sessions_drift_apart(self) -> None:
        """A hundred sessions that fail in the same seconds do not come back in step."""
        patience, random = Patience(), Random(1)
        at, before = [0.0] * 100, [0.0] * 100
        for _ in range(5):
            before = [patience.delay(each, random) for each in before]
            at = [time + delay for time, delay in zip(at, before, strict=True)]
        self.assertLess(max(Counter(int(each) for each in at).values()), 15)

    def test_configurable(self) -> None:
        """First and longest delay are the patience's."""
        self.patience = Patience(first=10, most=15)
        self.opener.answers = [ConnectError("down")]
        self.make()
        self.session.follow()
        for delay in self.delays(5):
            self.assertTrue(10 <= delay <= 15, delay)

    def test_absurd_retry_after(self) -> None:
        """Nobody can send us away for years."""
        self.resolver.answers = [RateLimitedError("slow", retry_after=1e9), ROOM]
        self.session.follow()
        self.assertLess(self.retried(), 304)

    def test_quota_of_a_day(self) -> None:
        """A session that is sent away for hours asks again after minutes, and tells both."""
        self.resolver.answers = [RateLimitedError("slow", retry_after=40_000), ROOM]
        self.session.follow()
        reason = self.session.state().reason
        self.assertTrue(301 <= self.retried() <= 303)
        self.assertIn("Next try in 30", reason)
        self.assertIn("wait for 40000 s", reason)

    def test_retry_after(self) -> None:
        """What the other side asks to wait comes on top."""
        self.resolver.answers = [RateLimitedError("slow", retry_after=100), ROOM]
        self.session.follow()
        self.assertTrue(101 <= self.retried() <= 103)

    def test_healthy_stream(self) -> None:
        """A stream that lived 30 seconds begins the count anew, a shorter one doesn't."""
        self.session.follow()
        for age, attempt in ((1, 1), (29.9, 2), (30, 1), (1, 2)):
            self.clock.advance(age - 0.001 if age == 29.9 else age)
            self.lose()
            self.assertEqual(attempt, self.seen.of(Reconnecting)[-1].attempt, age)
            self.retried()

    def test_offline_resets(self) -> None:
        """Finding out that the user is offline begins the count anew."""
        self.resolver.answers = [ConnectError("1"), UserOfflineError("off"), ConnectError("2")]
        self.session.follow()
        self.retried()
        self.clock.advance(76)
        self.assertEqual([1, 1], [each.attempt for each in self.seen.of(Reconnecting)])

    def test_reason(self) -> None:
        """The state says what went wrong and when the next try is."""
        self.opener.answers = [ConnectError("down")]
        self.session.follow()
        reason = self.session.state().reason
        delay = self.seen.only(Reconnecting).delay
        self.assertEqual(f"down Next try in {delay:.1f} s.", reason)


class ResumeTests(SessionTestCase):
    """What goes over from one stream to the next."""

    def setUp(self) -> None:
        super().setUp()
        self.session.follow()
        self.clock.advance(10)
        self.stream.push(("WebcastChatMessage", b""), cursor="c1", internal_ext="i1")

    def test_cursor(self) -> None:
        """Cursor, internal_ext and the loss are handed to the signer."""
        error = StreamLostError("lost")
        self.lose(error)
        self.retried()
        resume = self.signer.resumes[-1]
        self.assertEqual(("c1", "i1"), (resume.cursor, resume.internal_ext))
        self.assertIs(error, resume.failure)

    def test_kept_through_failures(self) -> None:
        """Failed attempts in between don't lose them."""
        self.opener.answers = [DeviceBlockedError("blocked"), True]
        self.lose()
        self.retried()
        self.retried()
        resume = self.signer.resumes[-1]
        self.assertEqual(("c1", "i1"), (resume.cursor, resume.internal_ext))
        self.assertIsInstance(resume.failure, DeviceBlockedError)

    def test_refused_by_silence(self) -> None:
        """A stream that went on from them and on which nothing arrived gives them up."""
        self.opener.speaking = False
        self.lose()
        self.retried()
        self.lose()
        self.retried()
        self.assertEqual(["c1", ""], [each.cursor for each in self.signer.resumes[-2:]])

    def test_other_room(self) -> None:
        """In another room they mean nothing, and the gap is of the old one; the failure stays."""
        self.resolver.answers = [OTHER]
        self.lose(DeafStreamError("deaf"))
        self.retried()
        resume = self.signer.resumes[-1]
        self.assertEqual(("", ""), (resume.cursor, resume.internal_ext))
        self.assertIsInstance(resume.failure, StreamLostError)
        self.assertEqual(ROOM.room_id, self.seen.only(Gap).room_id)

    def test_gap(self) -> None:
        """A gap from the last frame to the new stream is told soon after connected."""
        self.clock.advance(5)
        self.seen.events.clear()
        self.lose()
        delay = self.retried()
        self.clock.advance(1)
        gap = self.seen.only(Gap)
        self.assertEqual(10_000, gap.since)
        self.assertAlmostEqual(15_000 + 1000 * delay, gap.until, -1)
        self.assertEqual(
            ["disconnected", "reconnecting", "websocketConnected", "connected", "gap"],
            self.seen.names(),
        )

    def test_gap_over_a_stream_without_a_word(self) -> None:
        """A new stream that is over before it began leaves the gap as it was."""
        opened, error = self.opener.open, StreamLostError("the first")
        self.lose(error)

        def over(ticket: Any, receiver: Any) -> Any:
            receiver.closed(StreamLostError("the second"))
            return opened(ticket, receiver)

        self.opener.open = over  # type: ignore[method-assign]
        self.retried()
        self.opener.open = opened  # type: ignore[method-assign]
        self.retried()
        self.clock.advance(1)
        gap = self.seen.only(Gap)
        self.assertEqual((10_000, error), (gap.since, gap.reason))

    def test_closed_in_order(self) -> None:
        """A stream closed in order by TikTok, unsaid why, is a loss too."""
        self.seen.events.clear()
        self.stream.lose(None)
        self.assertIsNone(self.seen.only(Disconnected).reason)
        self.assertEqual("waiting", self.phase)
        self.retried()
        self.clock.advance(1)
        self.assertIsInstance(self.seen.only(Gap).reason, StreamLostError)
