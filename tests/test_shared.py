"""One question for many."""

from __future__ import annotations

from typing import Any

from twisted.internet.defer import CancelledError, Deferred
from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.deferreds import SingleFlight


class SharedTests(SynchronousTestCase):
    """Those who wait for one answer."""

    def setUp(self) -> None:
        self.told: list[Any] = []
        self.asked: list[Deferred[str]] = []
        self.shared: SingleFlight[str] = SingleFlight(self.told.append)

    def question(self) -> Deferred[str]:
        """Ask, and let it wait."""
        self.asked.append(Deferred())
        return self.asked[-1]

    def test_once(self) -> None:
        """It is asked once, and all get the answer; the next one asks anew."""
        waiting = [self.shared.ask(self.question) for _ in range(3)]
        self.assertTrue(self.shared.is_asking)
        self.asked[0].callback("yes")
        self.assertEqual(["yes"] * 3, [self.successResultOf(each) for each in waiting])
        self.assertEqual((["yes"], False), (self.told, self.shared.is_asking))
        self.shared.ask(self.question)
        self.assertEqual(2, len(self.asked))

    def test_failure(self) -> None:
        """All get the failure, also of a question that raises at once."""

        def broken() -> Deferred[str]:
            raise KeyError("x")

        self.failureResultOf(self.shared.ask(broken), KeyError)
        waiting = [self.shared.ask(self.question) for _ in range(2)]
        self.asked[0].errback(KeyError("y"))
        for each in waiting:
            self.failureResultOf(each, KeyError)
        self.assertEqual(2, len(self.told))

    def test_cancel(self) -> None:
        """One who is cancelled takes nothing from the others; the last one ends the question."""
        first, second = (self.shared.ask(self.question) for _ in range(2))
        first.cancel()
        self.failureResultOf(first, CancelledError)
        self.assertFalse(self.asked[0].called)
        second.cancel()
        self.failureResultOf(second, CancelledError)
        self.assertTrue(self.asked[0].called)
        self.assertFalse(self.shared.is_asking)

    def test_cancel_when_told(self) -> None:
        """One who is told may cancel another who is about to be."""
        first, second = (self.shared.ask(self.question) for _ in range(2))
        first.addCallback(lambda _: second.cancel())
        self.asked[0].callback("yes")
        self.failureResultOf(second, CancelledError)
