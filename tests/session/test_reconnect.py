"""What one session knows of its way back into a room."""

from __future__ import annotations

from dataclasses import replace

from twisted.internet.task import Clock
from twisted.trial.unittest import SynchronousTestCase

from tests.seams import OTHER, ROOM, Resolver
from tiktoklive.errors import (
    ApplicationRefusedError,
    ConnectError,
    DeafStreamError,
    DeviceBlockedError,
    StreamLostError,
)
from tiktoklive.model import Resume
from tiktoklive.session.reconnect import Reconnect
from tiktoklive.session.retry import AWAY, LEISURE, RESUMES, What, Whereabouts

LOST = StreamLostError("lost")
RESUME = Resume("c", "i", LOST)


class ReconnectTestCase(SynchronousTestCase):
    """A way back, on a clock."""

    def setUp(self) -> None:
        self.clock = Clock()
        self.back = Reconnect(self.clock)
        self.resolver = Resolver()
        self.moves = 0

    def left(self, lost: Exception = LOST, lived: float = 60.0, spoke: bool = True) -> Resume:
        """A stream is over on which one frame came."""
        self.back.where = replace(self.back.where, frames=0)
        return self.back.left(lost, RESUME, 1, lived, spoke)

    def open_again(self) -> None:
        """We are in again."""
        self.assertIsNotNone(self.back.room(ROOM, "alice", False))
        self.back.opened(self.resolver, "alice", ROOM.anchor_id, ROOM, self.move)

    def found(self) -> None:
        """A look-up found the user there."""
        now = self.clock.seconds()
        self.back.where = replace(self.back.where, sure_at=now, doubted=False, returning=False)

    def move(self) -> None:
        """The room is the user's no more."""
        self.moves += 1


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
        self.back.failed(ApplicationRefusedError("400", status=400), RESUME, What.ATTEMPT)
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
            resume = self.back.failed(down, RESUME, What.ATTEMPT)
            self.assertEqual(Resume("c", "i", down), resume)
            self.assertEqual(RESUME, self.back.failed(down, RESUME, What.LOOK_UP))
        for _ in range(RESUMES - 1):
            self.assertEqual("c", self.back.failed(blocked, RESUME, What.ATTEMPT).cursor)
        self.assertEqual(Resume(failure=blocked), self.back.failed(blocked, RESUME, What.ATTEMPT))

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
        self.assertEqual(([("alice",)], 0), (self.resolver.questions, self.moves))
        self.clock.advance(1000)
        self.assertEqual(1, len(self.resolver.questions))

    def test_moved(self) -> None:
        """Another room is moved to, and this one is in doubt."""
        self.resolver.answers = [OTHER]
        self.left()
        self.open_again()
        self.clock.advance(LEISURE)
        self.assertEqual(1, self.moves)
        self.assertIn(OTHER.room_id, str(self.back.moved))
        self.left()
        self.assertIsNone(self.back.room(ROOM, "alice", False))

    def test_somebody_else(self) -> None:
        """That of another user who has the name by now is none of our business."""
        self.resolver.answers = [replace(OTHER, anchor_id="6")]
        self.left()
        self.back.room(ROOM, "alice", False)
        self.back.opened(self.resolver, "alice", "5", ROOM, self.move)
        self.clock.advance(LEISURE)
        self.assertEqual((1, 0), (len(self.resolver.questions), self.moves))

    def test_tells_nothing(self) -> None:
        """One that fails changes nothing, and one that is not wanted any more is not made."""
        self.resolver.answers = [ConnectError("down")]
        self.left()
        self.open_again()
        self.clock.advance(LEISURE)
        self.assertEqual(0, self.moves)
        self.left()
        self.open_again()
        self.left()
        self.assertEqual([], self.clock.getDelayedCalls())

    def test_not_a_return(self) -> None:
        """What was looked up is not looked up again."""
        self.found()
        self.back.opened(self.resolver, "alice", "", ROOM, self.move)
        self.assertEqual([], self.clock.getDelayedCalls())
