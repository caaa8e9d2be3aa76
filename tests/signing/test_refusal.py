"""What the refusals of sign servers mean."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.errors import (
    RateLimitedError,
    Remedy,
    SignatureError,
    SignatureRateLimitError,
    SignServerError,
    SignServerRefusedError,
    SignServerUnavailableError,
)
from tiktoklive.net.answers import Answer
from tiktoklive.net.redaction import Redaction
from tiktoklive.signing.server import refusal

HOST = "sign.example"
DATE = "Fri, 02 Jan 2026 10:00:00 GMT"
TIME = 1_767_348_000  # the same


def answer(status: int = 429, body: Any = b"", **headers: str) -> Answer:
    """An answer; underscores in the names of headers stand for dashes."""
    if not isinstance(body, bytes):
        body = json.dumps(body).encode()
    named = {name.replace("_", "-").lower(): [value] for name, value in headers.items()}
    return Answer(status, HOST, named, body)


class RefusalTests(SynchronousTestCase):
    """Every status has its error."""

    def test_statuses(self) -> None:
        """The error's class and remedy follow from the status."""
        for status, kind, remedy in (
            (400, SignServerError, Remedy.WAIT),
            (301, SignServerError, Remedy.WAIT),
            (401, SignServerRefusedError, Remedy.AUTH),
            (402, SignServerRefusedError, Remedy.AUTH),
            (403, SignServerRefusedError, Remedy.AUTH),
            (404, SignatureError, Remedy.MODIFY),
            (429, SignatureRateLimitError, Remedy.WAIT),
            (500, SignServerUnavailableError, Remedy.WAIT),
            (502, SignServerUnavailableError, Remedy.WAIT),
            (503, SignServerUnavailableError, Remedy.WAIT),
        ):
            error = refusal(answer(status), "the signature")
            self.assertIs(kind, type(error), status)
            self.assertEqual(
                (status, remedy, None), (error.status, error.remedy, error.retry_after)
            )
            self.assertIn(f"({HOST}) answered the signature with HTTP {status}", str(error))

    def test_words(self) -> None:
        """Its own words are quoted: those of JSON, of a text, of a page's title."""
        for body, words in (
            ({"message": "no such plan", "error": "x"}, "'no such plan'"),
            ({"error": "This ISP is blocked"}, "'This ISP is blocked'"),
            ({"error": {"message": "inside"}}, "'inside'"),
            ("just text", "'just text'"),
            (b"API is not ready\nfor connections yet.", "'API is not ready for connections yet.'"),
            (b"<html><head><title>502 Bad Gateway</title>", "'502 Bad Gateway'"),
            (b"<html>", "without a word"),
            (b"", "without a word"),
            ({"message": 5}, "without a word"),
            (["what"], "without a word"),
            (b"\xff\xfe\x00", "'\ufffd\ufffd'"),
            (b"x" * 9000, f"'{'x' * 120}'"),
        ):
            self.assertIn(words, str(refusal(answer(500, body), "it")))

    def test_encoding(self) -> None:
        """A body in an encoding that was not asked for hides no status, and is named."""
        unread = replace(answer(503, b"", retry_after="9"), encoding="br")
        error: Any = refusal(unread, "the signature")
        self.assertIn("HTTP 503", str(error))
        self.assertIn("a body in the encoding 'br', which was not asked for", str(error))
        self.assertEqual(9.0, error.retry_after)

    def test_rate_limit(self) -> None:
        """The limit's label goes in front of the message, and there is a time to wait."""
        body = {"message": "Too many", "limit_label": "rate_limit_account_day"}
        error = refusal(answer(429, body, X_RateLimit_Reset="55"), "the first batch")
        self.assertTrue(str(error).startswith("rate_limit_account_day: "), str(error))
        self.assertIn("'Too many'", str(error))
        self.assertEqual(55.0, error.retry_after)
        self.assertIsInstance(error, RateLimitedError)

    def test_renewal_of_the_quota(self) -> None:
        """When the quota is renewed is nothing to wait for if it is not exhausted."""
        error = refusal(answer(503, X_RateLimit_Reset="55"), "it")
        self.assertIsNone(error.retry_after)
        error = refusal(answer(503, X_RateLimit_Reset="55", Retry_After="5"), "it")
        self.assertEqual(5.0, error.retry_after)

    def test_ids(self) -> None:
        """What its operators ask for is in the message."""
        error = refusal(answer(400, X_Request_Id="req-1", X_Agent_Id="agent-2"), "it")
        self.assertIn("X-Request-Id req-1, X-Agent-Id agent-2.", str(error))

    def test_secrets(self) -> None:
        """Neither keys that it repeats nor addresses that it names are shown."""
        said = "Key k3y-0f-m1ne of https://me:pw@t.example/a?X-Gnarly=signed: bad \u202e wss://ws.example/?t=1"
        said_so = answer(401, {"message": said}, X_Agent_Id="k3y-0f-m1ne")
        shown = str(refusal(replace(said_so, redaction=Redaction(["k3y-0f-m1ne"])), "it"))
        self.assertIn("'Key *** of https://t.example bad wss://ws.example'", shown)
        self.assertIn("X-Agent-Id ***", shown)

    @given(st.binary() | st.text().map(str.encode), st.integers(100, 599), st.text())
    def test_anything(self, body: bytes, status: int, header: str) -> None:
        """Whatever it says, there is an error of one printable line."""
        error = refusal(answer(status, body, X_Request_Id=header), "it")
        self.assertTrue(str(error).isprintable())
        self.assertLess(len(str(error)), 700)
