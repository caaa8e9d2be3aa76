"""The whole stack: what happens when TikTok refuses a look-up, or answers it wrongly."""

from __future__ import annotations

from typing import Any

from tests.stack.case import SILENT, StackTestCase
from tiktoklive.errors import (
    AgeRestrictedError,
    AllFailedError,
    BlockedError,
    ConnectError,
    InvalidResponseError,
    RateLimitedError,
    UserNotFoundError,
)
from tiktoklive.events import Error, GaveUp, Reconnecting
from tiktoklive.options import Options
from tiktoklive.simulator import Answer
from tiktoklive.testing import settle

LOOKUP = "/api-live/user/room/"


class LookupTests(StackTestCase):
    """Refused look-ups."""

    def answer(self, answer: Answer, times: int = 9) -> None:
        """Give this answer to the next look-ups, and to those who ask for the page instead."""
        self.tiktok.answer_next(LOOKUP, answer, times)
        self.tiktok.answer_next("/@alice/live", answer, times)

    def both_fail(self, kind: type[Exception], answer: Answer) -> Any:
        """connect() fails with what both the look-up and the page said, and is of its class."""
        self.answer(answer)
        error = self.fails(AllFailedError)
        self.assertIsInstance(error, kind)
        self.assertEqual(["api-live", "page"], [name for name, _ in error.failures])
        self.assertEqual([kind, kind], [type(each) for _, each in error.failures])
        return error

    def fails(self, kind: type[Exception], answer: Answer | None = None) -> Any:
        """connect() fails with exactly this, and no handshake was tried."""
        if answer is not None:
            self.tiktok.answer_next(LOOKUP, answer, 9)
        connected = self.connection().connect()
        self.settle(60)
        error = self.refused(connected, kind)
        self.assertEqual(kind.__name__, type(error).__name__)
        self.assertEqual(([], 1), (self.handshakes(), len(self.lookups())))
        return error

    def test_not_found(self) -> None:
        """A user whom TikTok doesn't know is told as such."""
        del self.tiktok.rooms["alice"]
        self.assertIn("@alice", str(self.fails(UserNotFoundError)))

    def test_unreadable(self) -> None:
        """What cannot be read of an answer is told as what it is, and not as a block."""
        for headers, words in (
            ((("Content-Encoding", "br"),), "(HTTP 200) with a body in the encoding 'br'"),
            ((("Content-Encoding", "deflate"),), "in the encoding 'deflate', which was not asked"),
            ((("X-Long", "y" * 20_000),), "a line of more than 16384 bytes in the head"),
        ):
            with self.subTest(words):
                self.setUp()
                self.answer(Answer(200, b"\x8b\x02\x80{}\x03", headers=headers))
                error = self.fails(InvalidResponseError)
                self.assertIn(words, str(error))
                self.assertIn("www.tiktok.com", str(error))

    def test_not_found_to_the_patient(self) -> None:
        """A user who doesn't exist, say two, is a state; after a week it is the end of hope."""
        del self.tiktok.rooms["alice"]
        connection = self.follow()
        over = connection.when_over()
        self.assertEqual("refused", connection.get_state().phase)
        pages = [each for each in self.tiktok.requests if each.path == "/@alice/live"]
        self.assertEqual((1, 1), (len(self.lookups()), len(pages)))
        settle(self.network, 6.9 * 86_400, step=60)
        self.assertNoResult(over)
        self.assertEqual(0, len(self.seen.of(GaveUp)))
        self.assertEqual(1, len(self.seen.of(Error)))
        settle(self.network, 0.2 * 86_400, step=60)
        error = self.successResultOf(over)
        self.assertIsInstance(error, UserNotFoundError)
        self.assertEqual("failed", connection.get_state().phase)
        self.assertIs(error, self.seen.only(GaveUp).reason)

    def test_age_restricted(self) -> None:
        """A room for adults is told as such, when no other is known at the page."""
        self.tiktok.answer_next("/@alice/live", Answer(403, b"Access Denied"))
        answer = Answer.json({"statusCode": 4003110, "message": "for adults", "data": {}})
        self.fails(AgeRestrictedError, answer)

    def test_blocked(self) -> None:
        """HTTP 403, a challenge page and anything that is no JSON mean that we are blocked."""
        page = b"<html>Please wait...</html>"
        for answer in (
            Answer(403, b"Access Denied"),
            Answer(200, page, headers=(("X-TT-System-Error", "3"),)),
            Answer(200, b"<html>hello</html>"),
            Answer(200, b""),
        ):
            with self.subTest(answer.status, body=answer.body):
                self.tiktok.requests.clear()
                self.tiktok._forced.clear()
                self.both_fail(BlockedError, answer)

    def test_invalid(self) -> None:
        """An answer of unknown form is told as such, beside what the page said."""
        self.tiktok.behaviour.page_style = "bare"
        error = self.fails(AllFailedError, Answer.json({"statusCode": 12345, "data": {}}))
        self.assertEqual(
            [InvalidResponseError, BlockedError], [type(each) for _, each in error.failures]
        )

    def test_page_instead(self) -> None:
        """What says nothing of the user lets the page be asked, which gets us in."""
        self.wiring = self.wire(Options(lookups_per_minute=0, limits=SILENT))
        for answer in (
            Answer(403),
            Answer(429, headers=(("Retry-After", "40"),)),
            Answer(200, b""),
            Answer.json({"statusCode": 12345, "data": {}}),
        ):
            with self.subTest(answer.status, body=answer.body):
                self.tiktok.answer_next(LOOKUP, answer)
                self.live().disconnect()
                self.settle(3)

    def test_rate_limited(self) -> None:
        """HTTP 429 fails connect(), with the wait that TikTok asks for."""
        error = self.both_fail(RateLimitedError, Answer(429, headers=(("Retry-After", "40"),)))
        self.assertEqual(40.0, error.retry_after)

    def test_rate_limited_patient(self) -> None:
        """A patient connection honours Retry-After, then gets in."""
        self.answer(Answer(429, headers=(("Retry-After", "40"),)), 1)
        connection = self.follow()
        self.settle(40)
        self.assertEqual(1, len(self.lookups()))
        self.settle(14)
        self.assertEqual("live", connection.get_state().phase)

    def test_blocked_patient(self) -> None:
        """A patient connection waits after each block, and gets in when it is lifted."""
        self.answer(Answer(403), 4)
        connection = self.follow()
        self.settle(120)
        self.assertEqual("live", connection.get_state().phase)
        delays = [each.delay for each in self.seen.of(Reconnecting)]
        self.assertEqual(4, len(delays))
        for before, delay in zip([1.0, *delays], delays, strict=False):
            self.assertTrue(1 <= delay <= 3 * before, delays)

    def test_silent(self) -> None:
        """A web host that never answers fails connect() after 10 seconds for each look-up."""
        self.network.silence("www.tiktok.com")
        connected = self.connection().connect()
        self.settle(19)
        self.assertNoResult(connected)
        self.settle(2)
        self.refused(connected, ConnectError)
