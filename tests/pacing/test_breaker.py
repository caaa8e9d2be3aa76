"""A source that fails rests, and is probed by one room at a time."""

from __future__ import annotations

import contextlib

from hypothesis import given
from hypothesis import strategies as st
from twisted.internet.task import Clock
from twisted.logger import capturedLogs, formatEvent
from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.errors import (
    AgeRestrictedError,
    AllFailedError,
    ConnectError,
    DeviceBlockedError,
    EmptyFetchError,
    HandshakeRefusedError,
    InitialFetchError,
    NoWSUpgradeError,
    Remedy,
    SignatureRateLimitError,
    SignServerError,
    SignServerRefusedError,
    SignServerUnavailableError,
    SourceRestingError,
    StreamLostError,
    UserOfflineError,
)
from tiktoklive.pacing.breaker import Breaker, Tolerance, refuses_resume

DOWN = ConnectError("nobody there")


class ResumeTests(SynchronousTestCase):
    """Which refusals may be about a cursor."""

    def test_table(self) -> None:
        """Those of unknown meaning; not those about us, our address, our key or the server."""
        unlike_a_poll = NoWSUpgradeError("no")
        unlike_a_poll.__cause__ = ValueError("of another kind")
        for error, may_be in (
            (HandshakeRefusedError("no"), True),
            (HandshakeRefusedError("no", status=200, reason="new word"), True),
            (HandshakeRefusedError("no", status=404), True),
            (HandshakeRefusedError("no", status=499), True),
            (HandshakeRefusedError("no", status=500), False),
            (HandshakeRefusedError("no", status=429), False),
            (HandshakeRefusedError("no", status=403), False),
            (HandshakeRefusedError("no", status=402), False),
            (HandshakeRefusedError("no", status=401), False),
            (HandshakeRefusedError("no", retry_after=1.0), False),
            (HandshakeRefusedError("no", retry_after=0.0), False),
            (DeviceBlockedError("no"), False),
            (InitialFetchError("no"), True),
            (EmptyFetchError("no"), True),
            (InitialFetchError("no", status=503), False),
            (SignServerError("no", status=404), True),
            (SignServerRefusedError("no"), False),
            (SignServerUnavailableError("no"), False),
            (SignatureRateLimitError("no"), False),
            (NoWSUpgradeError("no"), True),
            (unlike_a_poll, False),
            (ConnectError("no"), False),
            (StreamLostError("no"), False),
            (ValueError("no"), False),
        ):
            self.assertIs(may_be, refuses_resume(error), repr(error))
        both = AllFailedError("no", [("a", ConnectError("no")), ("b", InitialFetchError("no"))])
        self.assertTrue(refuses_resume(both))


class BreakerTests(SynchronousTestCase):
    """One breaker, on a clock."""

    def setUp(self) -> None:
        self.clock = Clock()
        self.breaker = Breaker("signed", self.clock, Tolerance(failures=3, window=60, rest=30))

    def fail_times(self, times: int = 3, error: Exception = DOWN) -> None:
        """Let different rooms fail."""
        for number in range(times):
            self.breaker.enter(f"room{number}")
            self.breaker.failed(f"room{number}", error)

    def resting(self, who: str = "alice") -> SourceRestingError:
        """The error of somebody who is not let to the source."""
        return self.assertRaises(SourceRestingError, self.breaker.enter, who)

    def test_opens(self) -> None:
        """Some failures within the window open it; the error says why, and when to come again."""
        self.fail_times(2)
        self.assertEqual("closed", self.breaker.state)
        self.fail_times(1)
        self.assertEqual("open", self.breaker.state)
        self.clock.advance(10)
        error = self.resting()
        self.assertEqual((Remedy.WAIT, 20), (error.remedy, error.retry_after))
        self.assertIn("signed rests after failures, for 20 s more", str(error))
        self.assertIn("nobody there", str(error))

    def test_usual(self) -> None:
        """Five failures in two minutes let it rest for half a minute at first, ten at most."""
        self.breaker = Breaker("signed", self.clock)
        for pause in (30, 30, 30, 30.5):  # the first is too old when the fifth comes
            self.fail_times(1)
            self.clock.advance(pause)
        self.fail_times(1)
        self.assertEqual("closed", self.breaker.state)
        self.fail_times(1)
        for rest in (30, 60, 120, 240, 480, 600, 600):
            self.assertEqual(rest, self.resting("room0").retry_after)
            self.clock.advance(rest)
            self.fail_times(1)

    def test_window(self) -> None:
        """Failures that lie far apart do not."""
        for _ in range(9):
            self.fail_times(1)
            self.clock.advance(31)
        self.assertEqual("closed", self.breaker.state)

    def test_success(self) -> None:
        """A success between makes earlier failures forgotten."""
        self.fail_times(2)
        self.breaker.succeeded("bea")
        self.fail_times(2)
        self.assertEqual("closed", self.breaker.state)

    def test_one_room(self) -> None:
        """What is said of a user or a broadcast says nothing of the source."""
        self.fail_times(9, UserOfflineError("off"))
        self.fail_times(9, AgeRestrictedError("adults"))
        self.assertEqual("closed", self.breaker.state)
        self.fail_times(3, SignatureRateLimitError("slowly"))
        self.assertEqual("open", self.breaker.state)

    def test_one_user(self) -> None:
        """A user who fails alone, in whatever words, lets it rest for nobody else."""
        self.breaker.stream_opened("bea", "bea")
        for _ in range(9):
            with contextlib.suppress(SourceRestingError):
                self.breaker.enter("alice")
                self.breaker.failed("alice", DOWN)
            self.breaker.enter("bea")
        self.assertEqual(30, self.resting("alice").retry_after)
        self.assertEqual(
            ("closed", "", None), (self.breaker.state, self.breaker.why, self.breaker.until)
        )
        self.breaker.succeeded("bea")
        self.assertEqual(30, self.resting("alice").retry_after)
        self.clock.advance(30)
        self.breaker.enter("alice")
        self.breaker.failed("alice", DOWN)
        self.assertEqual(60, self.resting("alice").retry_after)
        self.clock.advance(60)
        self.breaker.enter("alice")
        self.breaker.succeeded("alice")
        self.breaker.enter("alice")

    def test_one_user_first(self) -> None:
        """If others fail then as well, it is the source, and rests for all."""
        for _ in range(3):
            self.breaker.failed("alice", DOWN)
        for who in ("bea", "cem", "bea"):
            self.breaker.enter(who)
            self.breaker.failed(who, DOWN)
        self.assertEqual("open", self.breaker.state)
        self.assertEqual([30 * 2] * 2, [self.resting(who).retry_after for who in ("alice", "dan")])

    def test_probe(self) -> None:
        """After the rest one room at a time may try; its success lets all in again."""
        self.fail_times()
        self.clock.advance(30)
        self.assertEqual("half-open", self.breaker.state)
        self.breaker.enter("alice")
        self.resting("bea")
        self.breaker.enter("alice")  # for its stream, after its ticket
        self.breaker.succeeded("alice")
        self.breaker.enter("bea")
        self.assertEqual("closed", self.breaker.state)

    def test_probe_fails(self) -> None:
        """A probe that fails makes the next rest twice as long, up to a bound."""
        self.fail_times()
        for rest in (30, 60, 120, 240, 480, 600, 600):
            self.clock.advance(rest - 1)
            self.resting()
            self.clock.advance(1)
            self.breaker.enter("alice")
            self.breaker.failed("alice", DOWN)
        self.assertEqual(8, self.breaker.opened)

    def test_late_news(self) -> None:
        """Failures of attempts that began before it opened do not lengthen the rest."""
        self.fail_times()
        self.breaker.failed("late", DOWN)
        self.clock.advance(30)
        self.breaker.enter("alice")
        self.breaker.failed("later", DOWN)
        self.assertEqual("half-open", self.breaker.state)

    def test_asked(self) -> None:
        """A longer rest that the other side asks for is kept, up to the minutes until a probe."""
        for asked, rest in ((100.0, 100), (1e9, 300)):
            self.setUp()
            self.fail_times(3, ConnectError("busy", retry_after=asked))
            self.assertEqual(rest, self.resting().retry_after)

    def test_wish_is_told(self) -> None:
        """A rest that is wished for is in the log only if it is longer than the one that comes."""
        for asked in (30.0, 100.0, 300.0, 301.0):
            self.setUp()
            with capturedLogs() as logged:
                self.fail_times(3, ConnectError("busy", retry_after=asked))
            [line] = map(formatEvent, logged)
            self.assertEqual(asked > 300, f", though {asked:.0f} s are wished: busy" in line, line)
            self.assertEqual(asked > 300, "wished" in line, line)

    def test_lost_probe(self) -> None:
        """A probe that was given up, or is never heard of, gives way to another room."""
        self.fail_times()
        self.clock.advance(30)
        self.breaker.enter("alice")
        self.breaker.abandoned("alice")
        self.breaker.enter("bea")
        self.clock.advance(59)
        self.assertEqual(1, self.resting("carl").retry_after)
        self.clock.advance(1)
        self.breaker.enter("carl")

    def test_probe_about_a_room(self) -> None:
        """A probe whose room is over said nothing: the next one probes."""
        self.fail_times()
        self.clock.advance(30)
        self.breaker.enter("alice")
        self.breaker.failed("alice", UserOfflineError("over"))
        self.breaker.enter("bea")

    def test_told(self) -> None:
        """Why, and until when, is told while it does not work; each change is in the log."""
        with capturedLogs() as logged:
            self.assertEqual(("", None), (self.breaker.why, self.breaker.until))
            self.fail_times()
            self.assertEqual(("nobody there", 30), (self.breaker.why, self.breaker.until))
            self.clock.advance(30)
            self.assertEqual(("nobody there", None), (self.breaker.why, self.breaker.until))
            self.breaker.enter("alice")
            self.breaker.enter("alice")
            self.breaker.succeeded("alice")
            self.assertEqual(("", None), (self.breaker.why, self.breaker.until))
        self.assertEqual(
            [
                "Source signed: rests for 30 s: nobody there",
                "Source signed: @alice tries whether it works again.",
                "Source signed: works again.",
            ],
            [formatEvent(each) for each in logged],
        )

    def tries(self, *rooms: str) -> int:
        """How many lines of the log say that a room tries."""
        with capturedLogs() as logged:
            for room in rooms:
                self.breaker.enter(room)
        return sum("tries whether" in str(formatEvent(each)) for each in logged)

    def test_told_who_tries(self) -> None:
        """A room that tries is in the log at once, and not again; the next one is."""
        self.fail_times()
        self.clock.advance(30)
        self.assertEqual(1, self.tries("alice"))
        self.assertEqual(0, self.tries("alice", "alice"))
        self.breaker.abandoned("alice")
        self.assertEqual(1, self.tries("bea"))

    def test_told_now_and_then(self) -> None:
        """Where rooms try over and over, five of them are told in an hour."""
        self.fail_times()
        self.clock.advance(30)
        for told in (1, 1, 1, 1, 1, 0, 0):
            self.assertEqual(told, self.tries("alice"))
            self.breaker.abandoned("alice")
        self.clock.advance(3600)
        self.assertEqual(1, self.tries("alice"))

    @given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from("edsfa"), st.integers(0, 40))))
    def test_one_probe(self, steps: list[tuple[int, str, int]]) -> None:
        """Whatever happens, two rooms never probe at a time within the probe's limit."""
        clock = Clock()
        breaker = Breaker("x", clock, Tolerance(failures=2, window=60, rest=10))
        probing: dict[str, float] = {}
        for number, what, seconds in steps:
            who = f"room{number}"
            clock.advance(seconds)
            half = breaker.state == "half-open" and breaker._only is None
            if what == "e":
                try:
                    breaker.enter(who)
                except SourceRestingError as error:
                    self.assertGreater(error.retry_after or 0, 0)
                    continue
                if half:
                    probing = {k: v for k, v in probing.items() if clock.seconds() - v < 60}
                    self.assertLessEqual(set(probing), {who})
                    probing[who] = clock.seconds()
            elif what == "a":
                breaker.abandoned(who)
                probing.pop(who, None)
            elif what == "s":
                breaker.succeeded(who)
                probing.clear()
            elif what == "f":
                breaker.failed(who, DOWN)
                if who in probing:
                    probing.clear()
