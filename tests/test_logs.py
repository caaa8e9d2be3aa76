"""Lines of the log that are not said again and again."""

from __future__ import annotations

import sys
from io import StringIO

from twisted.logger import LogLevel
from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.errors import StartError
from tiktoklive.logs import (
    KEPT,
    LogThrottle,
    ends_in_words,
    levels,
    log_from,
    reasons,
    told_again,
)


class LevelTests(SynchronousTestCase):
    """How much is logged."""

    def test_default(self) -> None:
        """Until somebody says otherwise, debug lines are for whoever looks at them."""
        self.assertIs(LogLevel.debug, levels.logLevelForNamespace("of.another.program"))

    def test_from(self) -> None:
        """Below a level nothing of ours is said, and all is again when that is taken back."""
        before = levels.logLevelForNamespace("tiktoklive")
        self.addCleanup(log_from, before)
        log_from(LogLevel.warn)
        self.assertIs(LogLevel.warn, levels.logLevelForNamespace("tiktoklive.session.log"))


class WordsTests(SynchronousTestCase):
    """What is said of an error that ends the program."""

    def setUp(self) -> None:
        self.usual: list[BaseException] = []
        self.patch(sys, "excepthook", lambda kind, value, traceback: self.usual.append(value))
        self.said = StringIO()
        self.patch(sys, "stderr", self.said)

    def end(self, error: Exception) -> None:
        """What the interpreter does with an error that nobody catches."""

        @ends_in_words(StartError)
        def start() -> None:
            raise error

        self.assertIs(error, self.assertRaises(type(error), start))
        sys.excepthook(type(error), error, None)

    def test_words(self) -> None:
        """An error that says what is wrong is told by its words alone."""
        self.end(StartError("The tape is none."))
        self.assertEqual("The tape is none.\n", self.said.getvalue())
        self.assertEqual([], self.usual)

    def test_others(self) -> None:
        """Others, and what comes later, are told as ever."""
        self.end(StartError("first"))
        error, later = ValueError("a mistake"), StartError("not of ours")
        self.end(error)
        sys.excepthook(StartError, later, None)
        self.assertEqual([error, later], self.usual)
        self.assertEqual("first\n", self.said.getvalue())


class ReasonsTests(SynchronousTestCase):
    """Users with reasons, in one line."""

    def test_many(self) -> None:
        """Of many the first are named, and how many more there are; of few, all and no more."""
        errors = {name: ValueError(f"Not {name}.") for name in ("ann", "bob", "carl")}
        self.assertEqual("@ann: Not ann. @bob: Not bob. @carl: Not carl.", reasons(errors, 3))
        self.assertEqual("@ann: Not ann. And 2 more.", reasons(errors, 1))
        self.assertEqual("", reasons({}))


class LogThrottleTests(SynchronousTestCase):
    """What is said, and when it is said again."""

    def test_again(self) -> None:
        """The same is said again after a while, with how many times it was not."""
        throttle = LogThrottle(60)
        said = [throttle.again("it", now) for now in (0, 1, 59.9, 60, 61, 200)]
        self.assertEqual([0, None, None, 2, None, 1], said)

    def test_first(self) -> None:
        """It may be said some times before it counts, and again when it had stopped."""
        throttle = LogThrottle(60, first=2)
        said = [throttle.again("it", now) for now in (0, 1, 2, 3, 61, 62, 122, 182, 242, 243, 244)]
        self.assertEqual([0, 0, None, None, 2, None, 1, 0, 0, 0, None], said)

    def test_ever_less(self) -> None:
        """What goes on is said ever less often; when it had stopped, as often as at first."""
        throttle = LogThrottle(60, first=2, most=200)
        minutes = [now for now in range(0, 1200, 10) if throttle.again("it", now) is not None]
        self.assertEqual([0, 10, 70, 190, 390, 590, 790, 990, 1190], minutes)
        late = [throttle.again("it", now) for now in (1600, 1601, 1602, 1660, 1661)]
        self.assertEqual([0, 0, None, None, 2], late)

    def test_each(self) -> None:
        """Different things don't silence each other."""
        throttle = LogThrottle(60)
        self.assertEqual([0, 0, None], [throttle.again(what, 0) for what in "aba"])

    def test_bounded(self) -> None:
        """It remembers so many things and no more; the oldest is the first to be forgotten."""
        throttle = LogThrottle(60)
        for number in range(KEPT + 1):
            throttle.again(number, 0)
        self.assertEqual((0, None), (throttle.again(0, 0), throttle.again(KEPT, 0)))

    def test_said_by_others(self) -> None:
        """What was said anyway is not said again soon, either."""
        throttle = LogThrottle(60)
        throttle.said("it", 0)
        self.assertEqual([None, 1], [throttle.again("it", now) for now in (59, 60)])

    def test_how_often(self) -> None:
        """How often it was left out is added to it, if it was at all."""
        self.assertEqual(
            ["", " (2 times more since this was told)", " (3 times more since this was logged)"],
            [told_again(0), told_again(2), told_again(3, "logged")],
        )
