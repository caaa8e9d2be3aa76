"""What comes after a failure, as tables."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from twisted.trial.unittest import SynchronousTestCase

from tests.seams import met
from tiktoklive.errors import (
    AgeRestrictedError,
    AllFailedError,
    ApplicationRefusedError,
    ConnectError,
    DeviceBlockedError,
    EmptyFetchError,
    EnterRefusedError,
    ForeignPushServerError,
    HandshakeRefusedError,
    InitialFetchError,
    NoWSUpgradeError,
    ProxyAuthError,
    RateLimitedError,
    SignatureRateLimitError,
    SignatureRefusedError,
    SignServerError,
    SignServerRefusedError,
    SignServerStubError,
    SignServerUnavailableError,
    SourceRestingError,
    StreamLostError,
    TapeError,
    TtwidMissingError,
    UserNotFoundError,
    UserOfflineError,
)
from tiktoklive.fallback import all_failed
from tiktoklive.model import Resume
from tiktoklive.pacing.breaker import fresh_start, is_about_room, refuses_resume
from tiktoklive.session.log import in_words
from tiktoklive.session.reconnect import is_answer
from tiktoklive.session.retry import (
    SHORT_STREAMS,
    Known,
    Next,
    Patience,
    Verdict,
    delay_before,
    judge,
)

OFF = UserOfflineError("off")
LOST = StreamLostError("lost")
DOWN = ConnectError("down")
ADULTS = AgeRestrictedError("adults")
NOBODY = UserNotFoundError("nobody")
NO_KEY = SignatureRefusedError("sign!")
BAD = ApplicationRefusedError("400", status=400)
BLOCKED = DeviceBlockedError("blocked", status=200)
FOREIGN = ValueError("a mistake")
NO_PROXY = ProxyAuthError("407")
TAPE = TapeError("over")
OUT = EnterRefusedError("not you", code=1000, said="payload_handler_im_enter_room")

SELDOM = Verdict(Next.REFUSED, refused=True)
NEW_GUEST = Verdict(Next.RETRY, refused=True)

NEW = Known()
PATIENT = Known(patient=True)
LIVE = Known(was_live=True, in_broadcast=True)
FOLLOWING = replace(LIVE, patient=True)


class JudgeTests(SynchronousTestCase):
    """Which input comes next."""

    def test_table(self) -> None:
        """The remedy of an error decides, with what is known."""
        back = replace(FOLLOWING, returning=True)
        for known, error, following in (
            # Before it was live.
            (NEW, DOWN, Next.GIVE_UP),
            (NEW, OFF, Next.GIVE_UP),
            (NEW, BLOCKED, Next.RETRY),
            (replace(NEW, failures=2), BLOCKED, Next.GIVE_UP),
            (PATIENT, DOWN, Next.RETRY),
            (PATIENT, FOREIGN, Next.RETRY),
            (PATIENT, OFF, Next.OFFLINE),
            (PATIENT, ADULTS, SELDOM),
            (PATIENT, NOBODY, SELDOM),
            (PATIENT, NO_KEY, NEW_GUEST),
            (replace(PATIENT, refusals=1), NO_KEY, SELDOM),
            (PATIENT, BAD, NEW_GUEST),
            (PATIENT, NO_PROXY, NEW_GUEST),
            (replace(PATIENT, refusals=9), NO_PROXY, SELDOM),
            (PATIENT, TAPE, Next.GIVE_UP),
            # It was opened, and closed when we entered.
            (NEW, OUT, NEW_GUEST),
            (replace(NEW, refusals=1), OUT, Next.GIVE_UP),
            (PATIENT, OUT, NEW_GUEST),
            (replace(PATIENT, refusals=1), OUT, SELDOM),
            (FOLLOWING, OUT, NEW_GUEST),
            (replace(FOLLOWING, refusals=4), OUT, NEW_GUEST),
            (replace(FOLLOWING, refusals=5), OUT, SELDOM),
            (replace(FOLLOWING, refusals=1, in_broadcast=False), OUT, SELDOM),
            # After that.
            (LIVE, LOST, Next.RETRY),
            (replace(LIVE, short=SHORT_STREAMS - 1), LOST, Next.RETRY),
            (replace(LIVE, short=SHORT_STREAMS), LOST, Next.GIVE_UP),
            (replace(LIVE, short=None), LOST, Next.RETRY),
            (LIVE, NO_KEY, Next.RETRY),
            (LIVE, BAD, Next.GIVE_UP),
            (LIVE, OFF, Next.RETRY),
            (FOLLOWING, LOST, Next.RETRY),
            (FOLLOWING, BAD, Next.RETRY),
            (FOLLOWING, NOBODY, NEW_GUEST),
            (replace(FOLLOWING, refusals=4), NOBODY, NEW_GUEST),
            (replace(FOLLOWING, refusals=5), NOBODY, SELDOM),
            (replace(FOLLOWING, in_broadcast=False), NOBODY, SELDOM),
            (FOLLOWING, TAPE, Next.GIVE_UP),
            (FOLLOWING, OFF, Next.RETRY),
            (replace(FOLLOWING, in_broadcast=False), OFF, Next.OFFLINE),
            (replace(LIVE, in_broadcast=False), OFF, Next.OVER),
            # On the way back into a room that nobody has looked up.
            (back, NO_KEY, Next.LOOK_UP),
            (back, BAD, Next.LOOK_UP),
            (back, OFF, Next.LOOK_UP),
            (back, SignServerUnavailableError("500", status=500), Next.LOOK_UP),
            (back, DOWN, Next.RETRY),
            (back, BLOCKED, Next.RETRY),
            (replace(back, patient=False), BAD, Next.LOOK_UP),
        ):
            with self.subTest(known=known, error=error):
                if isinstance(following, Next):
                    following = Verdict(following)
                self.assertEqual(following, judge(error, met(error, known), Patience()))

    def test_refused_delays(self) -> None:
        """After a refusal it is minutes, then an hour."""
        patience, random = Patience(), Random(1)
        for refusals, low, high in ((1, 90, 150), (2, 180, 300), (6, 2700, 4500), (99, 2700, 4500)):
            for _ in range(50):
                known = met(NOBODY, Known(refusals=refusals - 1))
                delay = delay_before(Next.REFUSED, NOBODY, known, 20.0, patience, random)
                delay = delay.whole
                self.assertTrue(low <= delay <= high, (refusals, delay))
        wish = RateLimitedError("slow", retry_after=1e9)
        delay = delay_before(Next.REFUSED, wish, met(wish), 20.0, patience, random)
        self.assertEqual((patience.asked, 0.0), delay)

    def test_ends(self) -> None:
        """Two look-ups in a row that say so are the end of the broadcast."""
        for known, following in ((FOLLOWING, Next.OFFLINE), (LIVE, Next.OVER)):
            known = replace(known, said_over=1)
            self.assertEqual(Verdict(following, True), judge(OFF, met(OFF, known), Patience()))

    def test_delays(self) -> None:
        """Each grows from the one before; wishes, and what others have to mend, come on top."""
        patience, random = Patience(), Random(1)
        for error, known, low, high in (
            (DOWN, PATIENT, 1, 30),
            (RateLimitedError("slow", retry_after=100), PATIENT, 101, 130),
            (RateLimitedError("slow", retry_after=1e9), PATIENT, 301, 330),
            (OFF, FOLLOWING, 45, 75),
            (BAD, FOLLOWING, 45, 75),
            (NO_KEY, FOLLOWING, 1, 30),
        ):
            for _ in range(50):
                whole, own = delay_before(
                    Next.RETRY, error, met(error, known), 20.0, patience, random
                )
                self.assertTrue(1 <= own <= 30, error)
                self.assertTrue(low <= whole <= high, (error, whole))

    def test_words(self) -> None:
        """A wish that is longer than what is waited is told with its real length."""
        self.assertEqual("down Next try in 2.0 s.", in_words(DOWN, 2.0))
        self.assertEqual("nobody Next try in 61 min.", in_words(NOBODY, 3650.0))
        self.assertEqual(
            "slow Next try in 301.0 s. We are to wait for 86400 s, but ask again now and then "
            "until then.",
            in_words(RateLimitedError("slow", retry_after=86_400), 301.0),
        )


class ResumeTests(SynchronousTestCase):
    """Which refusals may be those of a cursor."""

    def test_table(self) -> None:
        """Any that is not known to be about something else; of a room that is over, some more."""
        caused = NoWSUpgradeError("no")
        caused.__cause__ = DOWN
        no, yes, room = (False, False), (True, True), (False, True)
        for error, expected in (
            (HandshakeRefusedError("?", status=200), yes),
            (HandshakeRefusedError("?"), yes),
            (NO_KEY, yes),
            (BAD, yes),
            (HandshakeRefusedError("?", status=431), yes),
            (HandshakeRefusedError("?", status=403), no),
            (HandshakeRefusedError("?", status=429), no),
            (HandshakeRefusedError("?", status=503), no),
            (HandshakeRefusedError("?", status=400, retry_after=5), no),
            (BLOCKED, no),
            (TtwidMissingError("none"), no),
            (InitialFetchError("?", status=400), yes),
            (InitialFetchError("?", status=403), no),
            (InitialFetchError("?", status=502), no),
            (EmptyFetchError("?"), yes),
            (ForeignPushServerError("none"), yes),
            (NoWSUpgradeError("no"), yes),
            (caused, no),
            (SignServerError("400", status=400), yes),
            (SignServerStubError("stub", status=200), yes),
            (SignServerRefusedError("401", status=401), no),
            (SignatureRateLimitError("429", status=429), no),
            (SignServerUnavailableError("500", status=500), room),
            (OFF, room),
            (DOWN, no),
            (SourceRestingError("rests"), no),
            (LOST, no),
            (FOREIGN, no),
            (AllFailedError("all", [("a", DOWN), ("b", BAD)]), yes),
        ):
            with self.subTest(error=repr(error)):
                self.assertEqual(expected, (refuses_resume(error), is_about_room(error)))

    def test_fresh_start(self) -> None:
        """Those that may have refused a cursor have another turn without it, and only those."""
        resume = Resume("c", "i", LOST)
        tried = (("a", BAD), ("b", DOWN))
        self.assertIsNone(fresh_start(resume, tried[1:]))
        self.assertIsNone(fresh_start(Resume(failure=LOST), tried))
        anew = fresh_start(resume, tried)
        self.assertEqual(Resume("", "", LOST, tried[1:], refused=True), anew)

    def test_answers(self) -> None:
        """Who could not be reached has refused nothing."""
        self.assertTrue(is_answer(met(BLOCKED)))
        self.assertFalse(is_answer(met(DOWN)))
        self.assertFalse(is_answer(met(SourceRestingError("rests"))))
        self.assertFalse(is_answer(met(all_failed("x", [("a", DOWN), ("b", DOWN)]))))
        self.assertTrue(is_answer(met(all_failed("x", [("a", DOWN), ("b", BLOCKED)]))))

    def test_too_long(self) -> None:
        """What is too long to be sent back is none."""
        self.assertEqual("", Resume("c" * 5000, "i").internal_ext)
        self.assertEqual("", Resume("c", "i" * 5000).cursor)
        self.assertEqual("c" * 4096, Resume("c" * 4096, "i").cursor)
