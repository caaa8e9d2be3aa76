"""Several look-ups in turn."""

from __future__ import annotations

from typing import Any

from twisted.internet.defer import CancelledError, Deferred
from twisted.trial.unittest import SynchronousTestCase
from zope.interface.verify import verifyObject

from tests.seams import OTHER, ROOM, Resolver
from tiktoklive.errors import (
    AgeRestrictedError,
    AllFailedError,
    BlockedError,
    ConnectError,
    ExtractRoomIdError,
    InvalidResponseError,
    RateLimitedError,
    Remedy,
    RoomLookupError,
    UserNotFoundError,
    UserOfflineError,
)
from tiktoklive.interfaces import IRoomResolver
from tiktoklive.model import Room, Status
from tiktoklive.rooms import FirstOfResolver

LIVE = Room("alice", ROOM.room_id, Status.LIVE)
PAUSED = Room("alice", OTHER.room_id, Status.PAUSED)
GUESS = Room("alice", ROOM.room_id)


def guess(error: RoomLookupError) -> RoomLookupError:
    """An error of somebody who does not know."""
    error.certain = False
    return error


class FirstOfResolverTests(SynchronousTestCase):
    """Who is asked, and whom one believes."""

    def resolve(self, *answers: Any) -> Deferred[Room]:
        """Ask resolvers that answer so."""
        self.parts = [Resolver(answer) for answer in answers]
        resolver = FirstOfResolver([(f"part {n}", part) for n, part in enumerate(self.parts)])
        verifyObject(IRoomResolver, resolver)
        return Deferred.fromCoroutine(resolver.resolve("alice"))

    def asked(self) -> list[int]:
        """How often each was asked."""
        return [len(part.questions) for part in self.parts]

    def test_first(self) -> None:
        """The first who knows a room is the last who is asked; paused counts."""
        for room in (LIVE, PAUSED):
            self.assertEqual(room, self.successResultOf(self.resolve(room, LIVE)))
            self.assertEqual([1, 0], self.asked())

    def test_next(self) -> None:
        """Whoever could not find out lets the next be asked."""
        for error in (
            BlockedError("x"),
            RateLimitedError("x"),
            InvalidResponseError("x"),
            ExtractRoomIdError("x"),
            ConnectError("x"),
            guess(UserOfflineError("might be")),
            guess(UserNotFoundError("no page")),
            ValueError("a fault of the part"),
        ):
            self.assertEqual(PAUSED, self.successResultOf(self.resolve(error, PAUSED)))

    def test_definite(self) -> None:
        """That nothing is on is an answer."""
        error = UserOfflineError("x")
        failed = self.failureResultOf(self.resolve(error, LIVE), UserOfflineError)
        self.assertIs(error, failed.value)
        self.assertEqual([1, 0], self.asked())

    def test_refused_by_one(self) -> None:
        """That there is nobody, or something for adults only, is asked about elsewhere."""
        for refused in (UserNotFoundError("x"), AgeRestrictedError("x")):
            self.assertEqual(LIVE, self.successResultOf(self.resolve(refused, LIVE)))
            self.assertEqual(GUESS, self.successResultOf(self.resolve(refused, GUESS)))
            off = UserOfflineError("off")
            failed = self.failureResultOf(self.resolve(refused, off), UserOfflineError)
            self.assertIs(off, failed.value)

    def test_refused_by_all(self) -> None:
        """It is told in the words of the first, and is certain if all said so."""
        for other, certain in (
            (UserNotFoundError("y"), True),
            (guess(UserNotFoundError("no page")), False),
            (guess(UserOfflineError("might be")), False),
            (BlockedError("y"), False),
        ):
            with self.subTest(other=other):
                first = UserNotFoundError("x")
                failed = self.failureResultOf(self.resolve(first, other), UserNotFoundError)
                self.assertIs(first, failed.value)
                self.assertEqual(certain, first.certain)
        adults = AgeRestrictedError("adults")
        failed = self.failureResultOf(self.resolve(BlockedError("y"), adults), AgeRestrictedError)
        self.assertIs(adults, failed.value)

    def test_all_failed(self) -> None:
        """When nobody could, the error lists what each said, and how long to wait."""
        blocked = BlockedError("blocked", retry_after=9)
        offline = guess(UserOfflineError("might be offline"))
        error = self.failureResultOf(self.resolve(blocked, offline), AllFailedError).value
        self.assertEqual((("part 0", blocked), ("part 1", offline)), error.failures)
        self.assertEqual((Remedy.WAIT, 9), (error.remedy, error.retry_after))
        self.assertIn("@alice could not be looked up", str(error))

    def test_all_the_same(self) -> None:
        """What all said in the same words is told once, as they said it."""
        errors = ConnectError("out of reach"), ConnectError("out of reach")
        error = self.failureResultOf(self.resolve(*errors), ConnectError).value
        self.assertIs(errors[0], error)

    def test_alone(self) -> None:
        """The error of the only one is told as it is."""
        for error in (BlockedError("x"), guess(UserOfflineError("might be"))):
            failed = self.failureResultOf(self.resolve(error), type(error))
            self.assertIs(error, failed.value)

    def test_guess(self) -> None:
        """A room without a status is taken if nobody knows more, and only then."""
        self.assertEqual(GUESS, self.successResultOf(self.resolve(GUESS)))
        self.assertEqual(GUESS, self.successResultOf(self.resolve(GUESS, BlockedError("x"))))
        self.assertEqual(GUESS, self.successResultOf(self.resolve(BlockedError("x"), GUESS)))
        self.assertEqual(PAUSED, self.successResultOf(self.resolve(GUESS, PAUSED)))
        self.failureResultOf(self.resolve(GUESS, UserOfflineError("over")), UserOfflineError)

    def test_cancelled(self) -> None:
        """Cancelling cancels who is being asked, and asks nobody else."""
        resolving = self.resolve(BlockedError("x"), None, LIVE)
        resolving.cancel()
        self.failureResultOf(resolving, CancelledError)
        self.assertEqual([1, 1, 0], self.asked())
        self.assertEqual(1, self.parts[1].cancelled)
