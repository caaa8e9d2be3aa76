"""What a session knows, as values: what happens makes the next one."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace

from twisted.trial.unittest import SynchronousTestCase

from tests.seams import OTHER, ROOM
from tiktoklive.model import Status
from tiktoklive.session.knowledge import KnownBroadcast, Run
from tiktoklive.session.reconnect import Losses

#: A broadcast that was looked up as one room, and was then let in to another by the ticket.
LIVE = KnownBroadcast(OTHER, ROOM.room_id, True, 1, "banned")


class KnowledgeTests(SynchronousTestCase):
    """Each value."""

    def test_frozen(self) -> None:
        """None of them can be changed, so that whoever has one goes on knowing the same."""
        for value, name in ((Run(), "over"), (LIVE, "in_progress"), (Losses(), "deaf_ends")):
            with self.subTest(type(value).__name__):
                self.assertRaises(FrozenInstanceError, setattr, value, name, 1)
                self.assertFalse(hasattr(value, "__dict__"))


class RunTests(SynchronousTestCase):
    """From the start to the end."""

    def test_calm(self) -> None:
        """After a while without failure the next one is the first, and all else is the same."""
        run = Run(was_live=True, upgraded=True, offline="off")
        self.assertEqual(run, replace(run, failures=5, delay=9.0).calm())


class BroadcastTests(SynchronousTestCase):
    """What is known of a broadcast."""

    def test_next(self) -> None:
        """What happens, and what is known after it."""
        paused = replace(OTHER, status=Status.PAUSED)
        third = replace(ROOM, room_id="3")
        for name, known, expected in (
            ("found as looked up", LIVE.found(ROOM), replace(LIVE, said_over=0)),
            ("found as it is", LIVE.found(OTHER), replace(LIVE, said_over=0)),
            ("elsewhere", LIVE.found(third), replace(LIVE, said_over=0, looked_up="3")),
            ("first", KnownBroadcast().found(ROOM), KnownBroadcast(looked_up=ROOM.room_id)),
            ("over", LIVE.over("ended"), KnownBroadcast(OTHER, ROOM.room_id, False, 1, "ended")),
            ("paused", LIVE.paused(), replace(LIVE, room=paused)),
            ("paused nowhere", KnownBroadcast().paused(), KnownBroadcast()),
        ):
            with self.subTest(name):
                self.assertEqual(expected, known)

    def test_elsewhere(self) -> None:
        """It is the same as long as a look-up tells either of the ids that are known."""
        for known, room, expected in (
            (KnownBroadcast(), ROOM, False),
            (LIVE, ROOM, False),
            (LIVE, OTHER, False),
            (LIVE, replace(ROOM, room_id="3"), True),
        ):
            self.assertIs(expected, known.is_elsewhere(room))

    def test_how(self) -> None:
        """How it ended is told in words, also when nobody knows."""
        self.assertIn("moderation", LIVE.how)
        self.assertIn("host", LIVE.over("ended").how)
        self.assertEqual("the broadcast is over", KnownBroadcast().how)
