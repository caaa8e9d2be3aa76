"""What answers of TikTok's web servers mean, by their status and their code."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from twisted.trial.unittest import SynchronousTestCase

from tests.rooms.answering import answer
from tiktoklive.errors import (
    AgeRestrictedError,
    BlockedError,
    InvalidResponseError,
    LoginRequiredError,
    RateLimitedError,
    RoomLookupError,
    UserOfflineError,
)
from tiktoklive.net.answers import code_and_words, code_error, content_of, refuse


class StatusTests(SynchronousTestCase):
    """Statuses that say more than the body."""

    #: Of a refusal, which error it is and what it says.
    REFUSALS = (
        (403, BlockedError, "blocks this network address"),
        (420, BlockedError, "blocks this network address"),
        (429, RateLimitedError, "too many requests from here"),
        (500, InvalidResponseError, "try again later"),
        (503, InvalidResponseError, "try again later"),
    )

    def fails(self, *arguments: Any, **more: Any) -> Exception:
        """The error with which the content of an answer is refused."""
        return self.assertRaises(
            RoomLookupError, content_of, answer(*arguments, **more), "the look-up of @anna"
        )

    def test_refusals(self) -> None:
        """A status of refusal counts whatever the body says, and its Retry-After is kept."""
        for status, kind, words in self.REFUSALS:
            for content in (None, {"statusCode": 0}):
                error: Any = self.fails(content, status=status, retry_after="30")
                self.assertIs(kind, type(error), status)
                self.assertEqual(30.0, error.retry_after)
                self.assertIn(f"answered the look-up of @anna with HTTP {status}: ", str(error))
                self.assertIn(words, str(error))

    def test_refuse(self) -> None:
        """Whoever has seen that it is a refusal gets the same errors."""
        for status, kind, words in (*self.REFUSALS, (404, InvalidResponseError, "try again")):
            error = self.assertRaises(RoomLookupError, refuse, answer(status=status), "x")
            self.assertIs(kind, type(error), status)
            self.assertIn(words, str(error))

    def test_encodings(self) -> None:
        """Who has no answer because of its encoding is told that, and of no block."""
        for status in (200, 404):
            unread = replace(answer(status=status, retry_after="30"), encoding="zstd")
            error: Any = self.assertRaises(RoomLookupError, content_of, unread, "x")
            self.assertIs(InvalidResponseError, type(error))
            self.assertIn(f"(HTTP {status}) with a body in the encoding 'zstd', ", str(error))
            self.assertEqual(30.0, error.retry_after)
        for status, kind, words in self.REFUSALS:
            unread = replace(answer(status=status), encoding="br")
            error = self.assertRaises(RoomLookupError, content_of, unread, "x")
            self.assertIs(kind, type(error), status)
            self.assertIn(words, str(error))

    def test_others(self) -> None:
        """The JSON of any other status is read."""
        for status in (200, 400, 404, 421, 428, 499):
            self.assertEqual({"a": 1}, content_of(answer({"a": 1}, status=status), "x"), status)

    def test_no_json(self) -> None:
        """A page in place of JSON is a block; JSON of another form is an invalid answer."""
        self.assertIs(BlockedError, type(self.fails(body=b"<html>", status=404)))
        self.assertIs(InvalidResponseError, type(self.fails([1])))


class CodeTests(SynchronousTestCase):
    """Status codes inside the JSON."""

    def test_codes(self) -> None:
        """A few are known; the rest is told in TikTok's words."""
        given = answer({})
        for code, kind, words in (
            (4003110, AgeRestrictedError, "logged-in adults only"),
            (4003110, AgeRestrictedError, "(4003110, 'nope')"),
            (20003, LoginRequiredError, "status code 20003: it wants a login"),
            (10041, UserOfflineError, "has finished (10041, 'nope')"),
            (30003, UserOfflineError, "has finished (30003, 'nope')"),
            (7, InvalidResponseError, "status code 7 and 'nope'"),
            (None, InvalidResponseError, "no status code and 'nope'"),
        ):
            error = code_error(code, "nope", "@anna", given)
            self.assertIs(kind, type(error), code)
            self.assertTrue(str(error).startswith("@anna: "), error)
            self.assertIn(words, str(error))
        self.assertEqual("status code 7 and no message", code_and_words(7, ""))
