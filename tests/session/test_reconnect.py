"""What one session knows of its way back into a room."""

from __future__ import annotations

from dataclasses import replace

from twisted.internet.task import Clock
from twisted.trial.unittest import SynchronousTestCase
from zope.interface import implementer

from tests.seams import OTHER, ROOM, Resolver, SessionTestCase, Stream, met
from tests.stack.case import chat
from tiktoklive.errors import (
    ApplicationRefusedError,
    ConnectError,
    DeafStreamError,
    DeviceBlockedError,
    StreamLostError,
    UserOfflineError,
)
from tiktoklive.events import Gap
from tiktoklive.interfaces import IPacedResolver
from tiktoklive.model import Resume, Room
from tiktoklive.session.reconnect import AWAY, LEISURE, RESUMES, Reconnect, Whereabouts
from tiktoklive.session.retry import What
from tiktoklive.stream.gaps import GRACE
from tiktoklive.wire.batches import build_batch

LOST = StreamLostError("lost")
RESUME = Resume("c", "i", LOST)


def is_elsewhere(now: Room) -> bool:
    """Whether that is another room than the one we are in."""
    return now.room_id != ROOM.room_id


class ReconnectTestCase(SynchronousTestCase):
    """A way back, on a clock."""

    def setUp(self) -> None:
        self.clock = Clock()
        self.back = Reconnect(self.clock)
        self.resolver = Resolver()
        self.moves: list[str] = []

    def left(self, lost: Exception = LOST, lived: float = 60.0, spoke: bool = True) -> Resume:
        """A stream is over on which one frame came."""
        self.back.where = replace(self.back.where, frames=0)
        return self.back.left(lost, RESUME, 1, lived, spoke)

    def open_again(self) -> None:
        """We are in again."""
        self.assertIsNotNone(self.back.room(ROOM, "alice", False))
        self.back.confirm(self.resolver, "alice", ROOM.anchor_id, is_elsewhere, self.move)

    def found(self) -> None:
        """A look-up found the user there."""
        now = self.clock.seconds()
        self.back.where = replace(self.back.where, sure_at=now, doubted=False, returning=False)

    def move(self, why: Exception) -> None:
        """The room is the user's no more."""
        self.moves.append(str(why))


class RoomTests(ReconnectTestCase):
    """Which room is returned to."""

    def test_known(self) -> None:
        """The one that was lost, under the name by which the user is followed."""
        self.left()
        self.assertEqual(ROOM, self.back.room(ROOM, "alice", False))
        self.assertTrue(self.back.where.returning)
        other = replace(ROOM, followed="alice2")
        self.assertEqual(other, self.back.room(ROOM, "alice2", False))
        self.assertEqual(ROOM, self.back.room(other, "alice", False))

    def test_none(self) -> None:
        """None where none is known, where it is in doubt, or after minutes."""
        self.left()
        self.assertIsNone(self.back.room(None, "alice", False))
        self.clock.advance(AWAY)
        self.assertIsNone(self.back.room(ROOM, "alice", False))
        self.assertFalse(self.back.where.returning)
        self.left(DeafStreamError("deaf"))
        self.assertIsNone(self.back.room(ROOM, "alice", True))
        self.found()
        self.assertEqual(ROOM, self.back.room(ROOM, "alice", False))
        refused = ApplicationRefusedError("400", status=400)
        self.back.failed(refused, met(refused), RESUME, What.ATTEMPT)
        self.assertIsNone(self.back.room(ROOM, "alice", False))
        self.back.where = Whereabouts()
        self.left()
        self.assertEqual(ROOM, self.back.room(ROOM, "alice", False))


class CursorTests(ReconnectTestCase):
    """What is gone on from."""

    def test_failed(self) -> None:
        """A cursor outlasts failures that nobody answered, and few that somebody did."""
        down, blocked = ConnectError("down"), DeviceBlockedError("blocked")
        for _ in range(9):
            resume = self.back.failed(down, met(down), RESUME, What.ATTEMPT)
            self.assertEqual(Resume("c", "i", down), resume)
            self.assertEqual(RESUME, self.back.failed(down, met(down), RESUME, What.LOOK_UP))
        for _ in range(RESUMES - 1):
            resume = self.back.failed(blocked, met(blocked), RESUME, What.ATTEMPT)
            self.assertEqual("c", resume.cursor)
        resume = self.back.failed(blocked, met(blocked), RESUME, What.ATTEMPT)
        self.assertEqual(Resume(failure=blocked), resume)

    def test_taken(self) -> None:
        """A stream that opened has taken it: refusals are counted from then on."""
        blocked = DeviceBlockedError("blocked")
        for _ in range(3):
            for _ in range(RESUMES - 1):
                resume = self.back.failed(blocked, met(blocked), RESUME, What.ATTEMPT)
                self.assertEqual("c", resume.cursor)
            self.back.where = replace(self.back.where, refusals=0)  # as when it is live
            self.left()

    def test_left(self) -> None:
        """It outlasts streams that brought something, and not those that brought nothing."""
        anew = Resume(failure=LOST, refused=True)
        self.assertEqual(RESUME, self.left())
        self.assertEqual(RESUME, self.left(spoke=False))
        self.back.where = replace(self.back.where, frames=1)
        self.assertEqual(anew, self.back.left(LOST, RESUME, 1, 60, False))
        deaf = DeafStreamError("deaf")
        self.assertEqual(replace(anew, failure=deaf), self.left(deaf, spoke=False))
        for _ in range(4):
            self.assertEqual(RESUME, self.left(lived=1, spoke=False))
        self.assertEqual(anew, self.left(lived=1, spoke=False))


class LeisureTests(ReconnectTestCase):
    """Whether a room that was returned to is still the user's."""

    def test_same(self) -> None:
        """It is looked up once, at leisure."""
        self.left()
        self.open_again()
        self.clock.advance(LEISURE - 1)
        self.assertEqual([], self.resolver.questions)
        self.clock.advance(1)
        self.assertEqual(([("alice",)], []), (self.resolver.questions, self.moves))
        self.clock.advance(1000)
        self.assertEqual(1, len(self.resolver.questions))

    def test_moved(self) -> None:
        """Another room is moved to, and this one is in doubt."""
        self.resolver.answers = [OTHER]
        self.left()
        self.open_again()
        self.clock.advance(LEISURE)
        [why] = self.moves
        self.assertIn(OTHER.room_id, why)
        self.left()
        self.assertIsNone(self.back.room(ROOM, "alice", False))

    def test_somebody_else(self) -> None:
        """That of another user who has the name by now is none of our business."""
        self.resolver.answers = [replace(OTHER, anchor_id="6")]
        self.left()
        self.back.room(ROOM, "alice", False)
        self.back.confirm(self.resolver, "alice", "5", is_elsewhere, self.move)
        self.clock.advance(LEISURE)
        self.assertEqual((1, []), (len(self.resolver.questions), self.moves))

    def test_tells_nothing(self) -> None:
        """One that fails changes nothing, and one that is not wanted any more is not made."""
        self.resolver.answers = [ConnectError("down")]
        self.left()
        self.open_again()
        self.clock.advance(LEISURE)
        self.assertEqual([], self.moves)
        self.left()
        self.open_again()
        self.left()
        self.assertEqual([], self.clock.getDelayedCalls())

    def test_not_a_return(self) -> None:
        """What was looked up is not looked up again."""
        self.found()
        self.back.confirm(self.resolver, "alice", "", is_elsewhere, self.move)
        self.assertEqual([], self.clock.getDelayedCalls())


class SessionTests(SessionTestCase):
    """The way back of a whole session."""

    def test_other_room(self) -> None:
        """What spoke against the room that was left says nothing of the one that was found."""
        self.session.follow()
        self.lose()  # at once: two such streams put a room in doubt
        self.signer.answers = [UserOfflineError("over"), True]
        self.resolver.answers = [OTHER]
        self.retried()
        self.assertEqual(OTHER.room_id, self.session.state().room_id)
        asked = len(self.resolver.questions)
        self.lose()
        self.retried()
        self.assertEqual(("live", asked), (self.phase, len(self.resolver.questions)))

    def test_about_room(self) -> None:
        """A stream that was lost for what may be about the room puts it in doubt."""
        for error, way in (
            (LOST, "return"),
            (UserOfflineError("over"), "look up"),
            (ApplicationRefusedError("400", status=400), "look up"),
        ):
            with self.subTest(error=error):
                self.setUp()
                self.session.follow()
                self.clock.advance(100)
                asked = len(self.resolver.questions)
                self.lose(error)
                self.retried()
                looked = len(self.resolver.questions) > asked
                self.assertEqual(way, "look up" if looked else "return")

    def test_why_not_yet(self) -> None:
        """As long as no look-ups are wanted the state says so, and for how long still."""

        @implementer(IPacedResolver)
        class Closed(Resolver):
            patient = leisurely = Resolver()
            seconds = 30.0

            def closed_for(self) -> float:
                return self.seconds

        closed = self.resolver = Closed(None)
        self.make()
        self.session.connect()
        for seconds in (30.0, 12.0):
            closed.seconds = seconds
            said = f"No look-ups are wanted for {seconds:.0f} s more"
            self.assertIn(said, self.session.state().reason)
        closed.seconds = 0.0
        self.assertEqual("", self.session.state().reason)

    def test_batches(self) -> None:
        """A batch that was asked for at the cursor says that nothing is missed; others do not."""
        for asks, gaps in ((True, 0), (False, 1)):
            with self.subTest(asks=asks):
                self.setUp()
                self.patch(Stream, "asks", asks)
                self.session.follow()
                self.stream.push(chat("hi"), cursor="c")
                self.lose()
                self.retried()
                self.stream.receiver.batch(build_batch([], cursor="d"))
                self.clock.advance(GRACE + 1)
                self.assertEqual(gaps, len(self.seen.of(Gap)))
