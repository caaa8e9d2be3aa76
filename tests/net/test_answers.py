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
from tiktoklive.net.answers import (
    Answer,
    check_code,
    code_and_words,
    content_of,
    digits,
    masked,
    number,
    refuse,
)
from tiktoklive.net.redaction import Redaction


class MaskedTests(SynchronousTestCase):
    """What an answer repeats of the request."""

    SECRET = "s3cr3t-0f-m1ne"

    def masked(self, headers: dict[str, list[str]], body: bytes = b"", **more: Any) -> Answer:
        """An answer to a request that was made with the secret."""
        given = Answer(200, "www.tiktok.com", headers, body, **more)
        cookies = [("sessionid", self.SECRET)]
        return masked(given, Redaction(["0ther-s3cret"]), "https://x/?a=b", (), cookies)

    def test_everywhere(self) -> None:
        """It is masked in names and lines of headers and in the body, and nothing else is."""
        stars = "*" * len(self.SECRET)
        for headers, shown in (
            (
                {"a": ["b"], "x": [f"is {self.SECRET}", "c"]},
                {"a": ["b"], "x": [f"is {stars}", "c"]},
            ),
            ({f"x-{self.SECRET}": ["b"], "c": ["\xe4"]}, {f"x-{stars}": ["b"], "c": ["\xe4"]}),
            ({"x": ["b", "0ther-s3cret"]}, {"x": ["b", "*" * 12]}),
            ({"x": [self.SECRET[:7], self.SECRET[7:]]}, {"x": [self.SECRET[:7], self.SECRET[7:]]}),
        ):
            with self.subTest(headers):
                answer = self.masked(headers, b"yes")
                self.assertEqual((shown, b"yes"), (answer.headers, answer.body))
                self.assertEqual((headers, b"yes"), self.exact(answer))
        answer = self.masked({"a": ["b"]}, f"<{self.SECRET}>".encode())
        self.assertEqual(({"a": ["b"]}, f"<{stars}>".encode()), (answer.headers, answer.body))
        self.assertEqual(({"a": ["b"]}, f"<{self.SECRET}>".encode()), self.exact(answer))

    def exact(self, answer: Answer) -> tuple[object, bytes]:
        """Headers and body as they came."""
        unmasked = answer.unmasked()
        return unmasked.headers, unmasked.body

    def test_given_back(self) -> None:
        """A cookie that the answer itself sets is a secret from then on."""
        cookie = "n3w-c00kie-0f-mine"
        for more, headers in (
            ({"set_cookies": (("ttwid", cookie),)}, {"x": [cookie]}),
            ({}, {"x-set-tt-cookie": [f"ttwid={cookie}; Path=/"]}),
        ):
            answer = self.masked(headers, f"<{cookie}>".encode(), **more)
            self.assertNotIn(cookie, f"{answer.headers} {answer.body!r}")
            self.assertNotIn(cookie, answer.shown(f"it is {cookie}"))

    def test_nothing(self) -> None:
        """An answer that repeats nothing is what it was, and costs no copy."""
        headers, body = {"a": ["b"], "content-type": ["text/html"]}, b"hello"
        answer = self.masked(headers, body)
        self.assertIs(headers, answer.headers)
        self.assertIs(body, answer.body)
        self.assertIs(answer, answer.unmasked())


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
        """0 is well; a few others are known; the rest is told in TikTok's words."""
        given = answer({})
        check_code(0, "", "@anna", given)
        for code, kind, words in (
            (4003110, AgeRestrictedError, "logged-in adults only"),
            (4003110, AgeRestrictedError, "(4003110, 'nope')"),
            (20003, LoginRequiredError, "status code 20003: it wants a login"),
            (10041, UserOfflineError, "has finished (10041, 'nope')"),
            (30003, UserOfflineError, "has finished (30003, 'nope')"),
            (7, InvalidResponseError, "status code 7 and 'nope'"),
            (None, InvalidResponseError, "no status code and 'nope'"),
        ):
            error = self.assertRaises(RoomLookupError, check_code, code, "nope", "@anna", given)
            self.assertIs(kind, type(error), code)
            self.assertTrue(str(error).startswith("@anna: "), error)
            self.assertIn(words, str(error))
        self.assertEqual("status code 7 and no message", code_and_words(7, ""))


class NumberTests(SynchronousTestCase):
    """Ids, written in either way."""

    def test_digits(self) -> None:
        """Whole numbers of 64 bits, without sign; nothing is ``""``, other things ``None``."""
        largest = (1 << 64) - 1
        for value, wanted in (
            (None, ""),
            ("", ""),
            (0, "0"),
            (largest, str(largest)),
            (str(largest), str(largest)),
            (largest + 1, None),
            (str(largest + 1), None),
            ("0" * 20, "0" * 20),
            ("0" * 21, None),
            (-1, None),
            ("-1", None),
            (True, None),
            ("²", None),
            (1.5, None),
        ):
            self.assertEqual(wanted, digits(value), repr(value))
        self.assertEqual([7, None, None], [number(value) for value in ("7", "", "x")])
