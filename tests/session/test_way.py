"""What was lost in a room, and whether it is returned to: as values."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from twisted.trial.unittest import SynchronousTestCase

from tests.seams import met
from tests.session.test_retry import ADULTS, BAD, BLOCKED, DOWN, LOST, NO_KEY, NOBODY, OFF, OUT
from tiktoklive.errors import (
    DeafStreamError,
    RateLimitedError,
    SignatureRateLimitError,
    SignServerUnavailableError,
    StaleStreamError,
)
from tiktoklive.model import Resume
from tiktoklive.session.reconnect import AWAY, Losses, Whereabouts, returns
from tiktoklive.session.retry import SHORT
from tiktoklive.stream.gaps import Loss

RESUME = Resume("c", "i", LOST)
LOSS = Loss(5.0, LOST, 17)


class WayTests(SynchronousTestCase):
    """Whether a session returns to its room, or looks the user up."""

    def way(self, where: Whereabouts, now: float, closed: bool = False) -> str:
        """In a word."""
        return "return" if returns(where, now, closed=closed) else "look up"

    def test_away(self) -> None:
        """It looks up after minutes, unless no look-up is to be had."""
        where = Whereabouts().left(LOST, 1000, 100, True)
        self.assertEqual("return", self.way(where, 1000 + AWAY - 1))
        self.assertEqual("look up", self.way(where, 1000 + AWAY))
        self.assertEqual("return", self.way(replace(where, looking=True), 1000 + AWAY))
        self.assertEqual("return", self.way(where, 1000 + AWAY, closed=True))

    def test_streams(self) -> None:
        """A deaf stream puts the room in doubt, and so do two in a row that ended at once."""
        for error, lived, times, way in (
            (LOST, 100, 9, "return"),
            (StaleStreamError("stale"), 100, 9, "return"),
            (LOST, 1, 1, "return"),
            (LOST, 1, 2, "look up"),
            (DeafStreamError("deaf"), 100, 1, "look up"),
            (OUT, 1, 1, "look up"),
        ):
            with self.subTest(error=error, times=times):
                where = Whereabouts()
                for _ in range(times):
                    where = where.left(error, 1000, lived, True)
                self.assertEqual(way, self.way(where, 1001))
        healthy = Whereabouts().left(LOST, 1, 1, True).left(LOST, 9, 7, True)
        self.assertEqual("return", self.way(healthy.left(LOST, 11, 1, True), 12))

    def test_unsure(self) -> None:
        """A return that brought nothing does not prolong what a look-up, or the room, has told."""
        where = Whereabouts().left(LOST, 1000, 100, True).left(LOST, 1200, 100, False)
        self.assertEqual("look up", self.way(where, 1000 + AWAY))

    def test_failures(self) -> None:
        """What may be about the room puts it in doubt; a look-up that finds it ends that."""
        for error, looking, way in (
            (DOWN, False, "return"),
            (BLOCKED, False, "return"),
            (SignatureRateLimitError("429", status=429), False, "return"),
            (NO_KEY, False, "look up"),
            (BAD, False, "look up"),
            (SignServerUnavailableError("500", status=500), False, "look up"),
            (DOWN, True, "return"),
            (RateLimitedError("429"), True, "return"),
            (OFF, True, "look up"),
            (NOBODY, True, "look up"),
            (ADULTS, True, "look up"),
        ):
            with self.subTest(error=error, looking=looking):
                where = Whereabouts(1000).failed(met(error), looking)
                self.assertEqual(way, self.way(where, 1001))
                found = replace(where.failed(met(DOWN), False), sure_at=1001, doubted=False)
                self.assertEqual("return", self.way(found, 1001))


class LossesTests(SynchronousTestCase):
    """What was lost in a room."""

    def test_elsewhere(self) -> None:
        """In another room only why we left, and how short the streams are, has a meaning."""
        losses = Losses(RESUME, LOSS, ("a",), 3, 2)
        self.assertEqual(Losses(Resume(failure=LOST), short=2), losses.elsewhere())

    def test_after(self) -> None:
        """A stream is over: which went deaf, how many in a row, and how many at once."""
        cases: list[tuple[Losses, dict[str, Any], Losses]] = [
            (Losses(), {}, Losses(short=None)),
            (Losses(), {"lived": SHORT - 0.1}, Losses(short=1)),
            (Losses(short=3), {"lived": SHORT - 0.1}, Losses(short=4)),
            (Losses(short=None), {"lived": 0.0}, Losses(short=None)),
            (Losses(), {"deaf": "a"}, Losses(deaf=("a",), deaf_ends=1, short=None)),
            (
                Losses(deaf=("a", "b"), deaf_ends=2, short=None),
                {"deaf": "a"},
                Losses(deaf=("b", "a"), deaf_ends=3, short=None),
            ),
            (
                Losses(deaf=("a",), deaf_ends=2, short=None),
                {"deaf": "b", "spoke": True},
                Losses(deaf=("a", "b"), deaf_ends=1, short=None),
            ),
            (
                Losses(deaf=("a",), deaf_ends=2, short=None),
                {"spoke": True},
                Losses(deaf=("a",), short=None),
            ),
        ]
        for before, more, expected in cases:
            arguments = {"lived": SHORT, "spoke": False, "deaf": None} | more
            with self.subTest(before, **more):
                after = before.after(RESUME, LOSS, **arguments)
                self.assertEqual(replace(expected, resume=RESUME, loss=LOSS), after)
