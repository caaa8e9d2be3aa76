"""The room of users who need not be live."""

from __future__ import annotations

from typing import Any

from twisted.internet.defer import CancelledError, Deferred
from twisted.trial.unittest import SynchronousTestCase

from tests.seams import ROOM, Resolver
from tiktoklive.errors import (
    AllFailedError,
    BlockedError,
    TikTokLiveError,
    UserNotFoundError,
    UserOfflineError,
)
from tiktoklive.model import Room, Status
from tiktoklive.rooms.last import any_room, last_room

ENDED = Room("alice", "77", Status.ENDED, anchor_id="7")


def offline(room_id: str = "") -> UserOfflineError:
    """They are not live, and were in that room."""
    return UserOfflineError("@alice is not live.", anchor_id="7", room_id=room_id)


class LastTests(SynchronousTestCase):
    """By the answer of a look-up."""

    def found(self, function: Any, answer: Any) -> Deferred[Room]:
        """Ask for the room."""
        return Deferred.fromCoroutine(function(Resolver(answer), "alice"))

    def test_live(self) -> None:
        """That of a user who is live is the one of the look-up."""
        for function in (last_room, any_room):
            self.assertEqual(ROOM, self.successResultOf(self.found(function, ROOM)))

    def test_offline(self) -> None:
        """That of a user who is not live has ended; also where others know nothing."""
        both = AllFailedError("nobody knows", [("a", BlockedError("no")), ("b", offline("77"))])
        for answer in (offline("77"), both):
            for function in (last_room, any_room):
                self.assertEqual(ENDED, self.successResultOf(self.found(function, answer)))

    def test_none(self) -> None:
        """Where no room is told it is an error, or none."""
        for error in (offline(), UserNotFoundError("no"), BlockedError("no")):
            self.failureResultOf(self.found(last_room, error), type(error))
            nowhere = self.successResultOf(self.found(any_room, error))
            self.assertEqual(Room("alice", ""), nowhere)

    def test_others(self) -> None:
        """What is no error of ours is no answer: somebody stopped it, or it is broken."""
        for fault in (CancelledError(), KeyError("x"), KeyboardInterrupt()):
            self.assertNotIsInstance(fault, TikTokLiveError)
            for function in (last_room, any_room):
                self.failureResultOf(self.found(function, fault), type(fault))
