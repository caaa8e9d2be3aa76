"""Asking a sign server no more often than it may be asked."""

from __future__ import annotations

from typing import Any

from twisted.internet.defer import Deferred
from twisted.logger import capturedLogs, formatEvent
from twisted.trial.unittest import SynchronousTestCase

from tests.signing.test_urls import GONE, URL, ScriptedWeb, good
from tiktoklive.errors import (
    ConnectError,
    SignatureError,
    SignatureRateLimitError,
    SourceRestingError,
)
from tiktoklive.net.answers import Answer
from tiktoklive.pacing.budget import Budget
from tiktoklive.signing import SignServer, SignServerUrls
from tiktoklive.signing.users import Users

BUSY = (429, b"", {"retry-after": "20"})


class BudgetTests(SynchronousTestCase):
    """One server, with and without a limit of ours."""

    def serve(self, *answers: Any, per_minute: float = 0) -> None:
        """A server that gives these answers."""
        self.web = ScriptedWeb(a=list(answers))
        self.clock: Any = self.web.clock
        self.budget = Budget(self.clock, per_minute, "a.example")
        self.server = SignServer(self.web, base="https://a.example", budget=self.budget)

    def ask(self) -> Deferred[Answer]:
        """Ask it something."""
        return Deferred.fromCoroutine(self.server.get("/x", "a thing"))

    def rests(self, seconds: float) -> str:
        """Ask in vain, and without that anybody hears of it; the error."""
        before = len(self.web.asked)
        error = self.failureResultOf(self.ask(), SourceRestingError).value
        self.assertEqual((before, seconds), (len(self.web.asked), error.retry_after))
        return str(error)

    def test_ours(self) -> None:
        """Our own limit counts every request, answered or not."""
        self.serve(good(), ConnectError("away"), GONE, good(), per_minute=3)
        self.successResultOf(self.ask())
        self.failureResultOf(self.ask(), ConnectError)
        self.failureResultOf(self.ask(), SignatureError)
        self.assertIn("(a.example) is asked as often as it may be already", self.rests(60))
        self.clock.advance(60)
        self.successResultOf(self.ask())

    def test_success(self) -> None:
        """What is told with an answer is heeded: none remain, so nobody asks."""
        told = {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "300"}
        self.serve((200, {}, told))
        self.successResultOf(self.ask())
        self.rests(300)

    def test_error(self) -> None:
        """So it is with one that refuses for another reason."""
        self.serve((503, b"", {"ratelimit-remaining": "0", "ratelimit-reset": "30"}))
        self.failureResultOf(self.ask())
        self.rests(30)

    def test_rate_limit(self) -> None:
        """After a 429 nobody asks for as long as it wants; for a minute if it does not tell."""
        for answer, seconds in ((BUSY, 20), ((429, b"", {}), 60)):
            self.serve(answer)
            self.failureResultOf(self.ask(), SignatureRateLimitError)
            self.rests(seconds)

    def test_rate_limit_of_a_day(self) -> None:
        """
        A day's quota that is spent, without a header that says until when, is tried once an hour
        until midnight in UTC, and not every minute; the first that is answered ends it.
        """
        for said in ({"limit_label": "rate_limit_account_day"}, {"message": "rate_limit_ip_day"}):
            self.serve(*[(429, said, {})] * 14, good(), good())
            self.clock.advance(10 * 3600)
            error = self.failureResultOf(self.ask(), SignatureRateLimitError).value
            self.assertEqual((14 * 3600, 86_400), (error.retry_after, error.window))
            self.assertIn("does not say until when: 50400 s", str(error))
            self.assertEqual(24 * 3600, self.budget.state().again_at)
            for minute in range(1, 14 * 60):
                self.clock.advance(60)
                refused = self.failureResultOf(
                    self.ask(), SourceRestingError, SignatureRateLimitError
                )
                self.assertEqual(
                    minute % 60 == 0, refused.check(SignatureRateLimitError) is not None
                )
            self.assertEqual(14, len(self.web.asked))
            self.clock.advance(60)
            self.successResultOf(self.ask())
            self.successResultOf(self.ask())

    def test_rate_limit_of_a_day_is_over(self) -> None:
        """A day's quota that is there again before midnight is found within the hour."""
        self.serve((429, {"limit_label": "rate_limit_account_day"}, {}), good(), BUSY, good())
        self.failureResultOf(self.ask(), SignatureRateLimitError)
        self.rests(3600)
        self.clock.advance(3600)
        self.successResultOf(self.ask())
        self.failureResultOf(self.ask(), SignatureRateLimitError)
        self.rests(20)

    def test_rate_limit_of_an_hour(self) -> None:
        """The other windows end on the hour, and after a minute."""
        for label, seconds in (("rate_limit_account_hour", 1200), ("rate_limit_ip_minute", 60)):
            self.serve((429, {"limit_label": label}, {}))
            self.clock.advance(2400)
            error = self.failureResultOf(self.ask(), SignatureRateLimitError).value
            self.assertEqual(seconds, error.retry_after)

    def test_own_budget(self) -> None:
        """A server to which nobody gave a budget heeds what it is told, all the same."""
        self.serve(BUSY)
        self.server = SignServer(self.web, base="https://a.example:8443")
        self.failureResultOf(self.ask(), SignatureRateLimitError)
        self.rests(20)
        self.assertEqual("a.example:8443", self.server.budget.host)

    def test_logged_seldom(self) -> None:
        """That it is spent is in the log, once in a while."""
        self.serve(BUSY)
        self.failureResultOf(self.ask(), SignatureRateLimitError)
        with capturedLogs() as logged:
            for _ in range(10):
                self.rests(20)
        [line] = [formatEvent(each) for each in logged]
        self.assertIn("The sign server a.example is asked as often as it may be: again in 20", line)


class UrlTests(SynchronousTestCase):
    """Servers that sign addresses, one after the other."""

    def sign(self, **answers: list[Any]) -> Deferred[Any]:
        """Have an address signed twice; the second time."""
        self.web = ScriptedWeb(**answers)
        servers = [SignServer(self.web, base=f"https://{name}.example") for name in answers]
        signer = SignServerUrls(servers, Users(self.web.clock))
        self.assertEqual([each.budget for each in servers], list(signer.budgets))
        Deferred.fromCoroutine(signer.sign_url(URL)).addErrback(lambda failure: None)
        return Deferred.fromCoroutine(signer.sign_url(URL))

    def test_next(self) -> None:
        """One that is spent is passed over."""
        self.successResultOf(self.sign(a=[BUSY], b=[good(), good()]))
        self.assertEqual(["a", "b", "b"], [url.split("/")[2][0] for _, url, _, _ in self.web.asked])

    def test_all(self) -> None:
        """When all are spent, it is told until the first may be asked again."""
        slow = (429, b"", {"retry-after": "50"})
        error = self.failureResultOf(self.sign(a=[slow], b=[BUSY]), SourceRestingError).value
        self.assertEqual(20, error.retry_after)

    def test_code(self) -> None:
        """A refusal inside of a 200 counts as well."""
        inside = (200, {"code": 429, "message": "slowly"}, {})
        self.failureResultOf(self.sign(a=[GONE, inside]), SourceRestingError)
