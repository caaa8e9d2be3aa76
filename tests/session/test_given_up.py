"""What gives a user up: nothing that is said at the start, whoever says it, in whatever words."""

from __future__ import annotations

from twisted.logger import LogLevel, capturedLogs, formatEvent

from tests.errors.kinds import KINDS, made
from tests.seams import ROOM, SessionTestCase
from tiktoklive.errors import (
    EnterRefusedError,
    NoRootCertificatesError,
    SignatureRefusedError,
    StreamLostError,
    TapeError,
    TikTokLiveError,
    UserNotFoundError,
    UserOfflineError,
)
from tiktoklive.events import Connected, Disconnected, Error, GaveUp
from tiktoklive.session.retry import FIRST_SECONDS
from tiktoklive.wire.frames import heartbeat_echo

#: What no one else says: no time changes it.
FINAL = (NoRootCertificatesError, TapeError)


class PatientTestCase(SessionTestCase):
    """A session that is waited for."""

    def wait(self) -> None:
        """Until it is live, an hour and a quarter at most."""
        for _ in range(76):
            if self.phase == "live":
                break
            self.clock.advance(60)
        self.assertEqual("live", self.phase)


class KindsTests(PatientTestCase):
    """Every class of error, at every step of the way, to the patient and to the impatient."""

    def places(self) -> dict[str, object]:
        """The parts that may fail."""
        return {"look-up": self.resolver, "ticket": self.signer, "stream": self.opener}

    def test_once(self) -> None:
        """Whatever is said once at the start, a patient session is live within the hour."""
        for kind in KINDS:
            for place in self.places():
                with self.subTest(kind.__name__, place=place):
                    self.setUp()
                    part = self.places()[place]
                    part.answers = [made(kind), *part.answers]  # type: ignore[attr-defined]
                    self.session.follow()
                    final = issubclass(kind, FINAL)
                    self.assertEqual(final, self.phase == "failed")
                    if not final:
                        self.wait()
                    gave_up = [NoRootCertificatesError] if kind is NoRootCertificatesError else []
                    self.assertEqual(gave_up, [type(e.reason) for e in self.seen.of(GaveUp)])
                    self.session.stop()

    def test_for_a_day(self) -> None:
        """Nor when it is said all day: it is live an hour after that, at the latest."""
        for kind in KINDS:
            if issubclass(kind, FINAL):
                continue
            for place in self.places():
                with self.subTest(kind.__name__, place=place):
                    self.setUp()
                    part = self.places()[place]
                    right = part.answers  # type: ignore[attr-defined]
                    part.answers = [made(kind)]  # type: ignore[attr-defined]
                    self.session.follow()
                    for _ in range(24):
                        self.clock.advance(3600)
                    self.assertIn(self.phase, ("waiting", "refused", "offline"))
                    part.answers = right  # type: ignore[attr-defined]
                    self.wait()
                    self.assertEqual([], self.seen.of(GaveUp))
                    self.session.stop()

    def test_impatient(self) -> None:
        """connect() fails with the error, and says that it gave up."""
        for kind in KINDS:
            for place in self.places():
                with self.subTest(kind.__name__, place=place):
                    self.setUp()
                    error = made(kind)
                    part = self.places()[place]
                    part.answers = [error]  # type: ignore[attr-defined]
                    connected = self.session.connect()
                    for _ in range(3):
                        self.clock.advance(30)
                    self.assertIs(error, self.failureResultOf(connected, kind).value)
                    given_up = [] if issubclass(kind, TapeError) else [error]
                    self.assertEqual(given_up, [each.reason for each in self.seen.of(GaveUp)])


class RefusedTests(PatientTestCase):
    """A refusal that was said for good."""

    def test_told_when_it_changes(self) -> None:
        """What is said is told once, in event, state and log, until it is something else."""
        self.resolver.answers = [UserNotFoundError("nobody")]
        with capturedLogs() as logged:
            self.session.follow()
            self.clock.pump([60.0] * 600)
            self.assertIn("nobody", self.session.state().reason)
            self.resolver.answers = [SignatureRefusedError("no key")]
            self.clock.pump([60.0] * 600)
        self.assertIn("no key", self.session.state().reason)
        self.assertEqual(
            ["nobody", "no key"], [str(each.exception) for each in self.seen.of(Error)]
        )
        lines = [str(formatEvent(each)) for each in logged if each["log_level"] > LogLevel.debug]
        refused = [line for line in lines if ": refused: " in line]
        self.assertEqual(2, len(refused), refused)
        for line, words in zip(refused, ("nobody", "no key"), strict=True):
            self.assertIn(words, line)

    def test_misspelt(self) -> None:
        """The first answer is a clear line and a state; the next looks come seldom."""
        self.resolver.answers = [UserNotFoundError("There is no @alice: check the spelling.")]
        self.session.follow()
        self.assertEqual("refused", self.phase)
        self.assertRegex(self.session.state().reason, r"check the spelling\. Next try in [0-9.]+ s")
        self.assertIsNotNone(self.session.unknown)
        self.clock.pump([60.0] * 60 * 24)
        self.assertLess(len(self.resolver.questions), 40)
        self.resolver.answers = [ROOM]
        self.wait()
        self.assertIsNone(self.session.unknown)
        self.assertIsNone(self.session.refusal)

    def test_new_guest(self) -> None:
        """A handshake that is refused is tried at once as a new guest, and only once so."""
        self.opener.answers = [SignatureRefusedError("no key")]
        self.session.follow()
        self.assertLess(self.retried(), 5)
        self.clock.pump([60.0] * 60)
        guests = [resume.new_guest for resume in self.signer.resumes]
        self.assertEqual([False, True, False], guests[:3])
        self.assertEqual(1, sum(guests))

    def test_after_live(self) -> None:
        """A user who was live and is said not to exist is not given up by that either."""
        self.session.follow()
        self.resolver.answers = [UserNotFoundError("nobody")]
        self.lose(EnterRefusedError("out"))
        for _ in range(4):
            self.assertLess(self.retried(), 90)
            self.assertEqual("waiting", self.phase, "much is missed in minutes")
        self.retried()
        self.assertEqual("refused", self.phase)
        self.assertIsNone(self.session.unknown, "nobody mistook a name")
        self.resolver.answers = [ROOM]
        self.retried()
        self.assertEqual("live", self.phase)

    def test_a_week(self) -> None:
        """If all say for a week that there is no such user, it is given up, and told."""
        error = UserNotFoundError("nobody")
        self.resolver.answers = [error]
        over = self.session.when_over()
        self.session.follow()
        self.clock.pump([600.0] * 6 * 24 * 6)
        self.assertEqual("refused", self.phase)
        self.clock.pump([600.0] * 6 * 26)
        self.assertEqual("failed", self.phase)
        self.assertIs(error, self.successResultOf(over))
        self.assertIs(error, self.seen.only(GaveUp).reason)

    def test_not_after_a_week_of_doubt(self) -> None:
        """It is not if somebody could not tell, or the user was seen in between."""
        doubted = UserNotFoundError("nobody")
        doubted.certain = False
        self.resolver.answers = [doubted]
        self.session.follow()
        self.clock.pump([600.0] * 6 * 24 * 9)
        self.assertEqual("refused", self.phase)
        self.assertIsNone(self.session.unknown)
        for _ in range(3):
            self.resolver.answers = [UserNotFoundError("nobody")]
            self.clock.pump([600.0] * 6 * 24 * 5)
            self.resolver.answers = [UserOfflineError("off")]
            self.clock.pump([600.0] * 12)
            self.assertEqual("offline", self.phase)

    def test_other_failures_between(self) -> None:
        """Failures on the way change nothing of what was refused."""
        self.resolver.answers = [UserNotFoundError("nobody")]
        self.session.follow()
        for error in (TikTokLiveError("down"), UserNotFoundError("nobody")):
            self.resolver.answers = [error]
            self.retried()
        self.assertEqual(1, len(self.seen.of(Error)))


class EnteringTests(SessionTestCase):
    """A stream is open, and nothing has come of it yet."""

    def setUp(self) -> None:
        super().setUp()
        self.opener.speaking = False

    def test_connected_when_it_speaks(self) -> None:
        """connected is told with the first message, before it, and not earlier."""
        connected = self.session.connect()
        self.assertEqual(["websocketConnected"], self.seen.names())
        self.assertNoResult(connected)
        self.assertFalse(self.session.state().is_connected)
        self.clock.advance(1)
        self.stream.push(("WebcastChatMessage", b""))
        names = self.seen.names()
        self.assertLess(names.index("connected"), names.index("chat"))
        self.assertTrue(self.successResultOf(connected).is_connected)

    def test_connected_when_entered(self) -> None:
        """Or with the answer that we have entered the room; an echo of a heartbeat is none."""
        for speaking, phase in ((False, "entering"), (True, "live")):
            self.opener.speaking = speaking
            self.make()
            self.session.follow()
            self.stream.receiver.frame(heartbeat_echo())
            self.assertEqual(phase, self.phase)
            self.session.stop()

    def test_connected_when_it_stays(self) -> None:
        """Or when it is open for some seconds."""
        connected = self.session.connect()
        self.clock.advance(FIRST_SECONDS - 0.1)
        self.assertEqual("entering", self.phase)
        self.clock.advance(0.1)
        self.assertEqual("live", self.phase)
        self.successResultOf(connected)

    def test_closed_at_once(self) -> None:
        """One that is closed at once is told with the reason, and was never connected."""
        error = EnterRefusedError("not you", code=1000, said="payload_handler_im_enter_room")
        self.session.follow()
        for number in range(1, 6):
            self.clock.advance(0.7)
            self.stream.lose(error)
            told = self.seen.of(Disconnected)
            self.assertEqual(number, len(told))
            self.assertEqual(
                {"reason": "not you", "code": 1000, "said": "payload_handler_im_enter_room"},
                told[-1].as_dict(),
            )
            self.assertEqual("waiting" if number == 1 else "refused", self.phase)
            self.assertIn("not you", self.session.state().reason)
            delay = self.retried()
        self.assertEqual([], self.seen.of(Connected))
        self.assertGreater(delay, 600)
        self.assertEqual(len(self.resolver.questions), len(self.signer.questions))
        self.assertTrue(self.signer.resumes[1].new_guest)
        self.assertEqual(1, sum(resume.new_guest for resume in self.signer.resumes))

    def test_closed_at_once_to_the_impatient(self) -> None:
        """connect() tries once more as a new guest, then fails with the error."""
        error = EnterRefusedError("not you")
        connected = self.session.connect()
        self.stream.lose(error)
        self.assertNoResult(connected)
        self.retried()
        self.stream.lose(error)
        self.assertIs(error, self.failureResultOf(connected, EnterRefusedError).value)
        self.assertEqual("failed", self.phase)

    def test_lost_at_once(self) -> None:
        """Another loss fails connect() as well: it was never let in."""
        connected = self.session.connect()
        self.lose()
        self.failureResultOf(connected, StreamLostError)

    def test_stopped(self) -> None:
        """Stopped meanwhile, it is closed, and nothing is left."""
        connected = self.session.connect()
        self.stream.closes_at_once = False
        stopped = self.session.stop()
        self.assertEqual(("stopping", True), (self.phase, self.session.is_leaving))
        self.assertNoResult(stopped)
        self.stream.lose(None)
        self.successResultOf(stopped)
        self.failureResultOf(connected)
        self.assertEqual([], self.clock.getDelayedCalls())
        self.assertEqual({}, self.seen.only(Disconnected).as_dict())
