"""Parts tried in turn."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from twisted.internet.defer import CancelledError, Deferred, fail, succeed
from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.errors import (
    AllFailedError,
    BlockedError,
    DeviceBlockedError,
    RateLimitedError,
    Remedy,
    SignatureRefusedError,
    UserOfflineError,
)
from tiktoklive.errors.isolation import failures_in
from tiktoklive.fallback import FirstOf, all_failed


def answers(*outcomes: str | Exception) -> FirstOf[Callable[[], Awaitable[str]]]:
    """Parts with these outcomes, named a, b, c ..."""

    def part(outcome: str | Exception) -> Callable[[], Awaitable[str]]:
        return lambda: fail(outcome) if isinstance(outcome, Exception) else succeed(outcome)

    return FirstOf(
        [(name, part(each)) for name, each in zip("abcdef", outcomes, strict=False)],
        final=lambda error: isinstance(error, UserOfflineError),
    )


class FirstOfTests(SynchronousTestCase):
    """Who answers, and what is told when nobody does."""

    def ask(self, parts: FirstOf[Callable[[], Awaitable[str]]]) -> Deferred[str]:
        """Ask, and remember who was asked."""
        return Deferred.fromCoroutine(parts.ask("Nobody knew", lambda part: part()))

    def test_order(self) -> None:
        """The first that can answers; those before it failed, those after it are not asked."""
        parts = answers(BlockedError("no"), "yes", "never")
        self.assertEqual("yes", self.successResultOf(self.ask(parts)))

    def test_all(self) -> None:
        """When all fail, every failure is kept and told, with its remedy."""
        errors = BlockedError("blocked, they say"), RateLimitedError("slowly", retry_after=7)
        error = self.failureResultOf(self.ask(answers(*errors)), AllFailedError).value
        self.assertEqual((("a", errors[0]), ("b", errors[1])), error.failures)
        self.assertEqual("Nobody knew. (1) a: blocked, they say (2) b: slowly", str(error))
        self.assertEqual((Remedy.WAIT, 7), (error.remedy, error.retry_after))

    def test_only(self) -> None:
        """The error of the only part is told as it is."""
        error = BlockedError("no")
        self.assertIs(error, self.failureResultOf(self.ask(answers(error))).value)

    def test_final(self) -> None:
        """An error that is an answer ends the search."""
        self.failureResultOf(self.ask(answers(UserOfflineError("off"), "late")), UserOfflineError)

    def test_undocumented(self) -> None:
        """A part that fails in a way of its own does not keep the others from being asked."""
        self.assertEqual("yes", self.successResultOf(self.ask(answers(KeyError("x"), "yes"))))

    def test_cancelled(self) -> None:
        """Cancelling is no failure of a part: nobody else is asked."""
        waiting: Deferred[str] = Deferred()
        asked: list[str] = []
        parts: FirstOf[Callable[[], Awaitable[str]]] = FirstOf(
            [("a", lambda: waiting), ("b", lambda: succeed(asked.append("b") or ""))]
        )
        asking = self.ask(parts)
        asking.cancel()
        self.failureResultOf(asking, CancelledError)
        self.assertEqual([], asked)

    def test_nobody(self) -> None:
        """There has to be somebody."""
        self.assertRaises(ValueError, FirstOf, [])


class FailuresTests(SynchronousTestCase):
    """What is inside an error."""

    def test_found(self) -> None:
        """
        Causes, and failures of parts, are found wherever they are; loops end.  What only says that
        they failed is none.
        """
        inner = DeviceBlockedError("device")
        inner.__cause__ = loop = ValueError("loop")
        loop.__cause__ = inner
        error = all_failed("x", [("a", SignatureRefusedError("key")), ("b", inner)])
        kinds = {type(each) for each in failures_in(error)}
        self.assertEqual({SignatureRefusedError, DeviceBlockedError, ValueError}, kinds)
        self.assertEqual([], list(failures_in(None)))
