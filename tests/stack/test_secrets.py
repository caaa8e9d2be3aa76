"""The whole stack: no guest cookie and no signed address in anything that people read."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from twisted.logger import (
    ILogObserver,
    LogEvent,
    eventAsText,
    formatEvent,
    globalLogPublisher,
)
from zope.interface import implementer

from tests.stack.case import StackTestCase, chat
from tiktoklive.options import Options, SignProviderOptions
from tiktoklive.simulator import Answer


@implementer(ILogObserver)
class Log:
    """Keeps all that is logged at any level, but for what the other side, the simulator, logs."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def __call__(self, event: LogEvent) -> None:
        """Keep it, in every form in which it could be written."""
        if str(event.get("log_namespace", "")).startswith("tiktoklive.simulator"):
            return
        self.texts += [formatEvent(event), eventAsText(event), repr(event)]
        for value in event.values():
            self.texts += [repr(value), str(value)]


class SecretsTests(StackTestCase):
    """A run with everything that may go wrong in it."""

    def setUp(self) -> None:
        super().setUp()
        self.log = Log()
        globalLogPublisher.addObserver(self.log)
        self.addCleanup(globalLogPublisher.removeObserver, self.log)
        self.supplied = self.tiktok.mint_ttwid()
        self.options = Options(ttwid=self.supplied)
        self.wiring = self.wire(self.options)
        self.errors: list[Exception] = []
        self.states: list[Any] = []

    def run_it(self) -> None:
        """Refusals of all kinds, a lost and a stale stream, bad input, failing observers."""

        def broken(event: object) -> None:
            raise RuntimeError("an observer")

        self.tiktok.answer_next("/api-live/user/room/", Answer(429))
        self.tiktok.refuse(message="DEVICE_BLOCKED", code="415", times=2)
        self.tiktok.refuse(message="http: named cookie not present", code="417")
        self.tiktok.refuse(status=503)
        connection = self.follow()
        connection.on("chat", broken)
        for _ in range(120):
            self.settle(1)
            self.states.append(connection.get_state())
        self.assertEqual("live", connection.get_state().phase)
        self.room.push([chat("hello"), ("WebcastChatMessage", b"\x0a\xff"), ("Unknown", b"")])
        self.viewer.send(b"\x0a\xff")
        self.settle()
        self.tiktok.refuse(message="DEVICE_BLOCKED", code="415")
        self.lose(seconds=10)
        self.room.silence()
        self.settle(70)
        self.network.silence("webcast-ws.tiktok.com")
        self.lose(seconds=40)
        self.network.silence("webcast-ws.tiktok.com", False)
        self.settle(30)
        self.states.append(connection.get_state())
        self.tiktok.refuse(message="illegal secret key", code="417")
        self.tiktok.refuse(message="illegal app_id", code="417", times=3)
        self.lose(seconds=10)
        self.assertEqual("waiting", connection.get_state().phase)
        self.states.append(connection.get_state())
        self.flushLoggedErrors(RuntimeError)

    def test_nowhere(self) -> None:
        """Neither logs nor events, states and errors hold a ttwid or a socket's query."""
        self.run_it()
        sent = {request.cookies.get("ttwid") for request in self.handshakes()}
        self.assertGreaterEqual(len(sent), 4)
        self.assertIn(self.supplied, sent)
        texts = list(self.log.texts)
        for event in self.seen.events:
            texts += [repr(event), json.dumps(event.as_dict(), default=repr)]
            for name in ("reason", "exception", "state"):
                value = getattr(event, name, None)
                while value is not None:
                    texts += [repr(value), str(value)]
                    value = getattr(value, "__cause__", None) or getattr(value, "__context__", None)
        texts += [repr(state) + repr(state.as_dict()) for state in self.states]
        texts += [repr(self.wiring), repr(self.options), repr(self.services), repr(self.wiring.web)]
        texts += [repr(part) for part in (self.wiring.tiktok.identity, self.wiring.parts())]
        everything = "\n".join(texts)
        self.assertIn("live: room", everything)  # the log was kept
        self.assertIn("DEVICE_BLOCKED", everything)
        self.assertIn("Further ones are only counted", everything)
        for secret in sent:
            assert secret is not None
            self.assertNotIn(secret, everything)
            _, number, _, proof = secret.split("%7C")
            self.assertNotIn(number, everything)
            self.assertNotIn(proof, everything)
        self.assertNotIn("history_comment_count", everything)
        self.assertNotIn("internal_ext=", everything)

    def test_log_lines(self) -> None:
        """At level info, the log tells the course of events in one line for each change."""
        connection = self.follow()
        self.log.texts.clear()
        self.lose()
        self.room.end(close=False)
        self.settle(1)
        connection.stopService()
        self.settle(1)
        lines = [text for text in self.log.texts if text.startswith("@alice: ")]
        for phase in ("waiting: ", "live: room", "ending: ", "offline: ", "stopped"):
            self.assertTrue(any(phase in line for line in lines), (phase, lines))


class SignedSecretsTests(StackTestCase):
    """A run with a key and a session, in which a sign server repeats both wherever it can."""

    def run_it(self, options: Options) -> str:
        """Failures of all kinds, then a stream and its loss; everything that could be read."""
        log = Log()
        globalLogPublisher.addObserver(log)
        self.addCleanup(globalLogPublisher.removeObserver, log)
        self.tiktok.behaviour.sign_keys.add("k3y-of-mine")
        self.wiring = self.wire(options)
        echo = "k3y-of-mine s3ssion https://signed.example/?X-Gnarly=s1gned"
        path = f"/webcast/rooms/{self.room.room_id}/connect"
        for status in (200, 400, 429, 500):
            answer = Answer.json({"message": echo, "limit_label": echo}, status)
            self.tiktok.answer_next(path, replace(answer, headers=(("X-Request-Id", echo),)))
        for how in ("stub", "cookies", "empty"):
            self.tiktok.sign_server.fail(how)
        connection = self.follow()
        texts = []
        for _ in range(400):
            self.settle(1)
            texts.append(repr(connection.get_state()))
        self.assertEqual("live", connection.get_state().phase)
        self.tiktok.answer_next(path, Answer.json({"error": echo}, 401))
        self.lose(seconds=10)
        self.assertEqual("waiting", connection.get_state().phase)
        texts += [repr(connection.get_state()), repr(options), repr(self.wiring), *log.texts]
        texts += [repr(self.wiring.sign_server), repr(self.wiring.parts())]
        for event in self.seen.events:
            texts += [repr(event), json.dumps(event.as_dict(), default=repr)]
            for name in ("reason", "exception", "state"):
                value = getattr(event, name, None)
                while value is not None:
                    texts += [repr(value), str(value)]
                    value = getattr(value, "__cause__", None) or getattr(value, "__context__", None)
        for each in self.tiktok.requests:
            texts += [each.path, str(each.query)]
        return "\n".join(texts)

    def test_nowhere(self) -> None:
        """Key and session are in no log, event, state, error, repr or address."""
        options = Options(
            sources=("signed",),
            sign_provider_options=SignProviderOptions(api_key="k3y-of-mine"),
            session_id="s3ssion",
            tt_target_idc="useast5",
            session_hosts=("api.eulerstream.com",),
        )
        everything = self.run_it(options)
        self.assertIn("answered the first batch of @alice with HTTP 400", everything)
        for secret in ("k3y-of-mine", "s3ssion", "s1gned", "sim-token"):
            self.assertNotIn(secret, everything)
        fetches = [each for each in self.tiktok.requests if each.path.endswith("/connect")]
        for fetch in fetches:
            self.assertEqual("k3y-of-mine", fetch.header("x-api-key"))
            self.assertIn("sessionid=s3ssion", fetch.header("x-cookie-header") or "")
        self.assertEqual("s3ssion", self.handshakes()[0].cookies["sessionid"])

    def test_session_stays(self) -> None:
        """A session whose sign server was not allowed goes neither there nor to its socket."""
        options = Options(sources=("signed",), session_id="s3ssion", tt_target_idc="useast5")
        self.run_it(options)
        for each in self.tiktok.requests:
            if each.path.endswith("/connect") or each in self.handshakes():
                self.assertNotIn("s3ssion", str(each.headers))
