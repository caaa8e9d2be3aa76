"""The whole stack by the signed source and others, tried in turn."""

from __future__ import annotations

from dataclasses import replace

from tests.stack.case import chat
from tests.stack.test_signed import SIGNED, SignedTestCase
from tiktoklive.errors import (
    AllFailedError,
    Remedy,
    SignatureRateLimitError,
    SignatureRefusedError,
)
from tiktoklive.events import Chat, Reconnecting


class InTurnTests(SignedTestCase):
    """The direct source first, then the signed one."""

    options = replace(SIGNED, sources=("direct", "signed"))

    def test_second(self) -> None:
        """Where TikTok wants a signature, the sign server has its turn at once."""
        self.tiktok.refuse(message="illegal secret key", code="417")
        self.room.push([chat("before")])
        self.live()
        self.assertEqual(["before"], self.seen.comments())
        self.assertEqual({"signed"}, {event.origin.source for event in self.seen.of(Chat)})
        self.assertEqual((2, 1), (len(self.handshakes()), len(self.fetches())))
        self.assertEqual([], self.seen.of(Reconnecting))

    def test_first(self) -> None:
        """Where TikTok lets us in without, the sign server is not asked."""
        self.live()
        self.assertEqual([], self.fetches())

    def test_all_failed(self) -> None:
        """If all fail, the error lists each with its status and words."""
        self.tiktok.refuse(message="illegal secret key", code="417")
        self.tiktok.sign_server.fail("rate limit")
        error = self.refused(self.attempt(), AllFailedError)
        self.assertEqual(["direct", "signed"], [name for name, _ in error.failures])
        self.assertIsInstance(error.failures[0][1], SignatureRefusedError)
        self.assertIsInstance(error.failures[1][1], SignatureRateLimitError)
        for words in (
            "(1) direct: TikTok (webcast-ws.tiktok.com)",
            "HTTP 200, 417: 'illegal secret key'",
            "(2) signed: rate_limit_account_minute: The sign server (api.eulerstream.com)",
            "HTTP 429: 'Too many connections'",
        ):
            self.assertIn(words, str(error))
        self.assertNotIn("[", str(error))
        self.assertEqual((Remedy.WAIT, 23.0), (error.remedy, error.retry_after))
