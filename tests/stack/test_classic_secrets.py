"""The whole stack by the classic source: no session, token, key or signature is shown anywhere."""

from __future__ import annotations

import json

from twisted.logger import globalLogPublisher

from tests.stack.case import chat
from tests.stack.test_classic import ClassicTestCase
from tests.stack.test_secrets import Log
from tiktoklive.options import SignProviderOptions
from tiktoklive.simulator import Answer
from tiktoklive.simulator.fetch import FETCH_PATH
from tiktoklive.wire.batches import build_batch


class SecretsTests(ClassicTestCase):
    """A run with everything that may go wrong in it."""

    def setUp(self) -> None:
        super().setUp()
        self.log = Log()
        globalLogPublisher.addObserver(self.log)
        self.addCleanup(globalLogPublisher.removeObserver, self.log)
        self.tiktok.behaviour.sign_keys = {"k3y-of-mine"}
        self.rewire(
            session=True,
            sign_provider_options=SignProviderOptions(api_key="k3y-of-mine"),
        )

    def run_it(self) -> list[str]:
        """Failures of all kinds, by socket and by polling; the secrets that were in use."""
        tiktok = self.tiktok
        self.follow(wiring=self.wiring)
        for how in ("gone", "blocked network", "rate limit", "bad gateway"):
            tiktok.url_signing.fail(how, times=6 if how == "gone" else 2)
            self.lose(seconds=60)
        evil = build_batch(
            [], cursor="1_1_1_1_0_0", internal_ext="x", push_server="wss://e.example/?t0k3n"
        )
        tiktok.answer_next(FETCH_PATH, Answer(200, evil))
        self.lose(seconds=10)
        self.room.push([chat("polled")])
        answers = (
            Answer(200),
            Answer(200, b"<html>"),
            Answer.json({"error": self.session_id}, 403),
            Answer.json({"message": "no"}, 429),
            Answer(503),
        )
        for answer in answers:
            tiktok.answer_next(FETCH_PATH, answer)
        self.settle(90)
        self.assertIn("polled", self.seen.comments())
        self.assertEqual(1, len(tiktok.viewers))
        tokens = {each.cookies.get("msToken", "") for each in self.fetches()} - {""}
        guests = {each.cookies.get("ttwid", "") for each in self.fetches()} - {""}
        self.assertGreaterEqual(len(tokens), 2)
        bogus = {each.parameter("X-Bogus") or "" for each in self.fetches()} - {""}
        return [self.session_id, "k3y-of-mine", "t0k3n", *tokens, *guests, *bogus]

    def test_nowhere(self) -> None:
        """Neither logs nor events and errors hold any of it, nor the address that was signed."""
        secrets = self.run_it()
        texts = list(self.log.texts)
        for event in self.seen.events:
            texts += [repr(event), json.dumps(event.as_dict(), default=repr)]
            problem = getattr(event, "exception", None) or getattr(event, "reason", None)
            while problem is not None:
                texts += [repr(problem), str(problem)]
                problem = problem.__cause__ or problem.__context__
        texts += [repr(self.wiring), repr(self.services)]
        everything = "\n".join(texts)
        self.assertIn("HTTP 404", everything)  # the log was kept
        for secret in (*secrets, "webcast_sdk_version", "X-Bogus"):
            self.assertNotIn(secret, everything)
