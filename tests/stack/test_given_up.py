"""The whole stack, where TikTok says once what it does not mean (wire facts §8.1)."""

from __future__ import annotations

from twisted.logger import LogLevel, capturedLogs, formatEvent

from tests.serving import ServiceTestCase
from tests.stack.case import chat
from tiktoklive.errors import (
    ApplicationRefusedError,
    EnterRefusedError,
    SignatureRefusedError,
    UserNotFoundError,
)
from tiktoklive.events import Connected, Disconnected, Error, GaveUp
from tiktoklive.simulator import Answer
from tiktoklive.simulator.false_answers import (
    FALSE_ANSWERS,
    LOOKUP_PATH,
    NO_LIVE_ROOM,
    NOT_LET_IN,
)
from tiktoklive.testing import settle

DAY = 86_400.0


class OnceTests(ServiceTestCase):
    """Everything is right afterwards; nobody is given up."""

    def assertLive(self, within: float) -> None:
        """She is followed in the end, and what is said there arrives."""
        settle(self.network, within, step=5)
        self.assertEqual({"alice": "live"}, self.phases())
        self.room.push([chat("here")])
        self.settle(1)
        self.assertIn("here", self.seen.comments())
        self.assertEqual([], self.seen.of(GaveUp))
        self.assertEqual({}, self.service.lost())

    def test_lookup(self) -> None:
        """One false answer to the first look-up: the page is asked at once, and knows."""
        for how in FALSE_ANSWERS:
            with self.subTest(how):
                self.setUp()
                self.tiktok.faults.misinform(how)
                self.start("alice")
                self.assertLive(2)
                self.assertEqual(1, len(self.lookups()))
                self.tearDown()

    def test_lookup_and_page(self) -> None:
        """Both are false: she is asked for again within minutes."""
        for how in FALSE_ANSWERS:
            with self.subTest(how):
                self.setUp()
                self.tiktok.faults.misinform(how)
                self.tiktok.answer_next("/@alice/live", NO_LIVE_ROOM)
                self.start("alice")
                self.assertIn(self.phases()["alice"], ("refused", "waiting"))
                self.assertLive(160)
                self.tearDown()

    def test_for_a_day(self) -> None:
        """Both are false for a day: it is told once, and she is live within the next hour."""
        answer = FALSE_ANSWERS["user not found"]
        self.tiktok.answer_next(LOOKUP_PATH, answer, 999)
        self.tiktok.answer_next("/@alice/live", NO_LIVE_ROOM, 999)
        with capturedLogs() as logged:
            self.start("alice")
            settle(self.network, DAY, step=30)
            self.assertEqual({"alice": "refused"}, self.phases())
            self.assertIsInstance(self.service.lost()["alice"], UserNotFoundError)
            self.assertLess(len(self.lookups()), 40)
            self.tiktok._forced.clear()
            self.assertLive(76 * 60)
        lines = [str(formatEvent(each)) for each in logged if each["log_level"] > LogLevel.debug]
        self.assertEqual(1, sum("refused: TikTok knows no @alice" in line for line in lines), lines)
        self.assertIsInstance(self.seen.only(Error).exception, UserNotFoundError)

    def test_handshake(self) -> None:
        """One refusal of the handshake: a new guest is let in seconds later."""
        for words, status in (
            ("illegal secret key", 200),
            ("illegal app_id", 200),
            ("", 400),
        ):
            with self.subTest(words, status=status):
                self.setUp()
                self.tiktok.refuse(status=status, message=words, code="417" if words else "")
                self.start("alice")
                self.assertLive(10)
                first, second = self.handshakes()
                self.assertNotEqual(first.cookies["ttwid"], second.cookies["ttwid"])
                self.tearDown()

    def test_handshake_for_a_day(self) -> None:
        """Refused for a day in changing words: each is told, and nobody is given up."""
        self.tiktok.refuse(message="illegal secret key", code="417", times=12)
        self.tiktok.refuse(message="illegal app_id", code="417", times=999)
        self.start("alice")
        settle(self.network, DAY, step=30)
        kinds = [type(each.exception) for each in self.seen.of(Error)]
        self.assertEqual([SignatureRefusedError, ApplicationRefusedError], kinds)
        self.assertIn("illegal app_id", self.service.status()["alice"].reason)
        self.tiktok._door.forced.clear()
        self.assertLive(76 * 60)

    def test_one_of_many(self) -> None:
        """One of several who is refused lets no source rest, and is seen in the status."""
        for name in ("bea", "cem"):
            self.tiktok.add_room(name)
        self.tiktok.answer_next("/@nobody/live", Answer(403, b"Access Denied"))
        self.start("bea", "cem", "nobody")
        settle(self.network, 3600, step=5)
        self.assertEqual({"bea": "live", "cem": "live", "nobody": "refused"}, self.phases())
        self.assertEqual("closed", self.wiring.sources[0].state)
        self.assertEqual(["nobody"], list(self.service.lost()))


class NotLetInTests(ServiceTestCase):
    """The stream opens, and is closed 0.7 s after we entered, with a reason."""

    def test_told(self) -> None:
        """The reason is in the log, the error and the event; connected is not told."""
        self.tiktok.faults.refuse_entries(times=999)
        with capturedLogs() as logged:
            self.start("alice")
            self.settle(10)
        told = [event.as_dict() for event in self.seen.of(Disconnected)]
        self.assertEqual([(1000, NOT_LET_IN)] * 2, [(each["code"], each["said"]) for each in told])
        for words in ("not live", "chosen viewers", "network address", "cookies are stale"):
            self.assertIn(words, told[0]["reason"])
        self.assertEqual([], self.seen.of(Connected))
        lines = [str(formatEvent(each)) for each in logged if each["log_level"] > LogLevel.debug]
        self.assertTrue(any(": refused: " in line and NOT_LET_IN in line for line in lines), lines)
        self.assertEqual("refused", self.phases()["alice"])
        # As a new guest, and after the user was looked up again.
        self.assertEqual((2, 2), (len(self.handshakes()), len(self.lookups())))
        first, second = self.handshakes()
        self.assertNotEqual(first.cookies["ttwid"], second.cookies["ttwid"])
        settle(self.network, DAY, step=30)
        self.assertLess(len(self.handshakes()), 40)
        self.assertEqual([], self.seen.of(Connected))
        self.tiktok.faults.clear()
        settle(self.network, 76 * 60, step=30)
        self.assertEqual({"alice": "live"}, self.phases())

    def test_connect(self) -> None:
        """connect() fails with the typed error."""
        self.tiktok.faults.refuse_entries(times=9)
        connected = self.connection().connect()
        self.settle(20)
        error = self.refused(connected, EnterRefusedError)
        self.assertEqual((1000, NOT_LET_IN), (error.code, error.said))

    def test_others(self) -> None:
        """Many rooms that do not let us in let no source rest: others are let in."""
        names = [f"user{number}" for number in range(12)]
        for name in names:
            self.tiktok.add_room(name)
        self.tiktok.faults.refuse_entries(times=24)
        self.start(*names)
        self.settle(60)
        self.assertEqual({"refused"}, set(self.phases().values()))
        breaker = self.wiring.sources[0].breaker
        assert breaker is not None
        self.assertEqual((0, "closed"), (breaker.opened, breaker.state))
        self.service.add("alice")
        self.settle(5)
        self.assertEqual("live", self.phases()["alice"])

    def test_any_reason(self) -> None:
        """So is any other reason, whatever the code; of a stream that had spoken too."""
        self.start("alice")
        for code, said in ((1000, "payload_handler_hb"), (4429, "rate_limit_account_day")):
            self.seen.events.clear()
            self.room.drop(code=code, reason=said)
            self.settle(0.5)
            told = self.seen.only(Disconnected).as_dict()
            self.assertEqual((code, said), (told["code"], told["said"]))
            self.assertIn(said, told["reason"])
            self.assertIn(said, self.service.status()["alice"].reason)
            self.settle(10)
            self.assertEqual(1, len(self.seen.of(Connected)))
