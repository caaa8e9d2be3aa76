"""A source whose streams end at once, or go deaf, rests as one that lets no client in."""

from __future__ import annotations

from twisted.internet.task import Clock
from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.errors import (
    ConnectError,
    DeafStreamError,
    EnterRefusedError,
    SourceRestingError,
    StreamLostError,
)
from tiktoklive.pacing.breaker import Breaker, Tolerance

DOWN = ConnectError("nobody there")


class StreamTests(SynchronousTestCase):
    """A source that lets everybody in, and whose streams are of no use."""

    def setUp(self) -> None:
        self.clock = Clock()
        self.breaker = Breaker("signed", self.clock, Tolerance(failures=3, window=60, rest=30))

    def stream(self, who: str, seconds: float, *, deaf: bool = False) -> None:
        """A stream that lives so long, and a room that comes back."""
        self.breaker.succeeded(who)
        self.breaker.stream_opened(who, who)
        self.clock.advance(seconds)
        self.breaker.stream_closed(who, who)
        kind = DeafStreamError if deaf else StreamLostError
        self.breaker.stream_lost(who, kind("of no use"), deaf)

    def test_at_once(self) -> None:
        """Streams that are closed at once open it, although each was let in."""
        self.stream("alice", 1)
        self.stream("alice", 1)
        self.assertEqual("closed", self.breaker.state)
        self.stream("alice", 1)
        self.assertEqual(("open", "of no use"), (self.breaker.state, self.breaker.why))

    def test_not_let_in(self) -> None:
        """Rooms that do not let us in, though their streams open, say nothing of it."""
        for number in range(9):
            who = f"room{number}"
            self.breaker.succeeded(who)
            self.breaker.stream_opened(who, who)
            self.breaker.stream_closed(who, who)
            self.breaker.stream_lost(who, EnterRefusedError("out"), False)
        self.assertEqual("closed", self.breaker.state)

    def test_one_short_room(self) -> None:
        """One room whose streams end at once lets it rest for nobody else."""
        for _ in range(3):
            self.stream("alice", 1)
        self.assertRaises(SourceRestingError, self.breaker.enter, "alice")
        self.breaker.enter("bea")

    def test_lost_later(self) -> None:
        """Streams that lived for a while say nothing of it, whatever ended them."""
        for _ in range(9):
            self.stream("alice", 5)
        self.assertEqual("closed", self.breaker.state)

    def test_short_of_before(self) -> None:
        """A stream that was closed at once, of a room that is over, does not count for the next."""
        for _ in range(9):
            self.breaker.stream_opened("alice", "over")
            self.breaker.stream_closed("alice", "over")
            self.stream("alice", 5)
        self.assertEqual("closed", self.breaker.state)

    def test_one_deaf_room(self) -> None:
        """A room that is deaf again and again says nothing of the source, for it takes its time."""
        for _ in range(9):
            self.stream("alice", 45, deaf=True)
        self.assertEqual("closed", self.breaker.state)

    def test_many_deaf_rooms(self) -> None:
        """Many rooms that are deaf do."""
        for who in ("alice", "bea", "cem"):
            self.breaker.stream_opened(who, who)
        self.clock.advance(45)
        for who in ("alice", "bea", "cem"):
            self.breaker.stream_closed(who, who)
            self.breaker.stream_lost(who, DeafStreamError("deaf"), True)
        self.assertEqual("open", self.breaker.state)

    def test_others_are_well(self) -> None:
        """Not as long as more rooms have streams that go on."""
        for number in range(4):
            self.breaker.stream_opened(f"well{number}", f"well{number}")
        for number in range(3):
            self.stream(f"room{number}", 1)
        self.assertEqual("closed", self.breaker.state)
        self.breaker.stream_closed("well0", "well0")
        self.stream("room3", 1)
        self.assertEqual("open", self.breaker.state)

    def test_never_back(self) -> None:
        """A room that does not come back was over: nothing is said, nor remembered for ever."""
        for number in range(9):
            self.breaker.stream_opened(f"room{number}", f"room{number}")
            self.breaker.stream_closed(f"room{number}", f"room{number}")
        self.clock.advance(10_000)
        self.breaker.stream_opened("late", "late")
        self.breaker.stream_closed("late", "late")
        for number in range(9):
            self.breaker.stream_lost(f"room{number}", StreamLostError("lost"), False)
        self.assertEqual("closed", self.breaker.state)
