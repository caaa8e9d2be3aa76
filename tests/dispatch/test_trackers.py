"""What is told of several messages together, and when it is forgotten."""

from __future__ import annotations

from twisted.internet.task import Clock
from twisted.trial.unittest import SynchronousTestCase

from tests.dispatch.test_guest_list import newer
from tests.dispatch.test_ranked import room_user
from tests.dispatch.test_streaks import gift
from tests.events.making import ROOM, made
from tiktoklive.dispatch.trackers import Trackers
from tiktoklive.events import Event, GiftStreak, MessageEvent


class TrackersTests(SynchronousTestCase):
    """Guests and the audience of one room at a time."""

    def setUp(self) -> None:
        self.told: list[Event] = []
        self.trackers = Trackers(Clock(), self.told.append)
        self.trackers.begin(ROOM)

    def after(self, *events: MessageEvent) -> list[str]:
        """The names of what comes directly after them."""
        return [each.name for event in events for each in self.trackers.take(event)]

    def test_derived(self) -> None:
        """What a message tells by itself comes after it all the same."""
        self.assertEqual(["follow"], self.after(made("SocialMessage", "action: 1")))
        self.assertEqual([], self.after(made("ChatMessage")))
        self.assertEqual([], self.told)

    def test_same_room(self) -> None:
        """In another stream of the room, what changed meanwhile is told."""
        self.after(newer(7), room_user((7, 20, "ann")))
        self.trackers.begin(ROOM)
        self.assertEqual(["guestLeft", "guestJoined"], self.after(newer(8)))
        self.assertEqual([], self.after(room_user((7, 20, ""))))

    def test_forgotten(self) -> None:
        """With the broadcast and the room all is forgotten: nobody left, and nobody joined."""
        for forget in (
            lambda: self.trackers.finish("stream_end"),
            lambda: self.trackers.finish("disconnected"),
            lambda: self.trackers.begin("8"),
        ):
            self.after(newer(7, 8), room_user((7, 20, "ann")))
            forget()
            self.assertEqual([], self.after(newer(9)))
            self.assertEqual(["audience"], self.after(room_user((7, 20, ""))))
            self.trackers.begin(ROOM)

    def test_streaks(self) -> None:
        """Those of gifts are kept from the first gift on, and end at once where all is over."""
        self.after(made("ChatMessage"))
        self.assertIsNone(self.trackers.known_streaks)
        self.trackers.finish("disconnected")
        self.after(gift(2))
        self.assertEqual(
            [(2, "disconnected")],
            [
                (each.repeat_count, each.reason)
                for each in self.told
                if isinstance(each, GiftStreak)
            ],
        )
        self.trackers.begin(ROOM)
        self.after(gift(3, group=2))
        self.assertEqual(1, len(self.trackers.streaks.running))
        self.trackers.finish("stream_end")
        self.assertEqual(2, len(self.told))
