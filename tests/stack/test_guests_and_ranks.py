"""The whole stack: guests and the audience, which are told of several messages together."""

from __future__ import annotations

from typing import Any

from zope.interface import implementer

from tests.dispatch.test_guest_list import newer, older
from tests.dispatch.test_ranked import room_user
from tests.stack.case import StackTestCase
from tiktoklive.events import (
    Audience,
    Connected,
    EnterRoom,
    GuestJoined,
    GuestLeft,
    IRankedAudienceObserver,
    LinkLayer,
    MessageEvent,
    RoomUser,
)


class TrackersTestCase(StackTestCase):
    """A connection that is live, and what is told from then on."""

    def setUp(self) -> None:
        super().setUp()
        self.connection = self.live()
        self.seen.events.clear()

    def push(self, *events: MessageEvent) -> list[str]:
        """Let messages arrive in one batch; the names of what they become."""
        before = len(self.seen.events)
        self.room.push([(event.method, event.payload) for event in events])
        self.settle(0.0)
        return self.seen.names()[before:]


class GuestTests(TrackersTestCase):
    """Guests by lists."""

    def test_lists(self) -> None:
        """Who joins or leaves is told directly after the message that tells it first."""
        told = self.push(newer(7), older(7, 8), newer(7, 8), older(8))
        self.assertEqual(
            ["linkLayer", "linkMessage", "guestJoined", "linkLayer", "linkMessage", "guestLeft"],
            told,
        )
        [joined] = self.seen.of(GuestJoined)
        self.assertEqual(("user8", self.room.room_id), (joined.user.unique_id, joined.room_id))
        self.assertEqual(
            2, len({each.id for each in self.seen.events if each.name.startswith("guest")})
        )

    def test_next_stream(self) -> None:
        """What changed while the stream was lost is told in the next one."""
        self.push(newer(7))
        self.lose()
        self.assertEqual(["linkLayer", "guestLeft"], self.push(newer()))

    def test_end_of_broadcast(self) -> None:
        """Guests do not leave because the broadcast is over."""
        self.push(newer(7))
        self.room.end()
        self.settle(3)
        self.assertEqual([], self.seen.of(GuestLeft))

    def test_disconnected(self) -> None:
        """Nor because we leave; when we come again, the first list is a first again."""
        self.push(newer(7))
        self.connection.disconnect()
        self.settle(3)
        self.connection.connect()
        self.settle(10)
        self.assertEqual(["linkLayer"], self.push(newer(8)))

    def test_observed_alone(self) -> None:
        """Observers of nothing else are told."""
        told: list[Any] = []
        self.connection.remove_observer(self.seen)
        self.connection.on(GuestJoined, told.append)
        self.push(newer(7), older(7, 8))
        self.assertEqual(["8"], [each.user_id for each in told])

    def test_unobserved(self) -> None:
        """Without an observer of guests the lists are not looked at."""
        told: list[Any] = []
        self.connection.remove_observer(self.seen)
        self.connection.on(LinkLayer, told.append)
        self.push(newer(7))
        self.connection.on(GuestJoined, told.append)
        self.push(newer(7, 8))
        self.assertEqual(["linkLayer", "linkLayer"], [each.name for each in told])


class AudienceTests(TrackersTestCase):
    """The ranks."""

    def test_by_interface(self) -> None:
        """Who asks for it is told of each change, who observes everything is not."""
        told: list[Audience] = []

        @implementer(IRankedAudienceObserver)
        class Ranks:
            def audience(self, event: Audience) -> None:
                told.append(event)

        self.connection.add_observer(Ranks())
        messages = [room_user((7, 20, "ann")), room_user((7, 20, "")), room_user((7, 30, ""))]
        self.assertEqual(["roomUser"] * 3, self.push(*messages))
        self.assertEqual(
            [("ann", 20), ("ann", 30)],
            [(each.viewers[0].unique_id, each.coins) for each in told],
        )

    def test_order(self) -> None:
        """It comes directly after its message."""
        names: list[str] = []
        for kind in (Audience, RoomUser):
            self.connection.on(kind, lambda event: names.append(event.name))
        self.push(room_user((7, 20, "ann")), room_user((7, 21, "ann")))
        self.assertEqual(["roomUser", "audience"] * 2, names)


class EnterRoomTests(StackTestCase):
    """The server's answer to our entering."""

    def test_told(self) -> None:
        """It is told once for each stream, before what the room pushes, to those who ask for it."""
        told: list[str] = []
        connection = self.connection()
        for kind in (EnterRoom, Connected, LinkLayer):
            connection.on(kind, lambda event: told.append(event.name))
        self.live(connection)
        self.room.push([(newer(7).method, newer(7).payload)])
        self.settle(1)
        self.assertEqual({"connected", "enterRoom"}, set(told[:2]))
        self.assertEqual(["linkLayer"], told[2:])
        self.lose()
        self.assertEqual(2, told.count("enterRoom"))
        self.assertNotIn("enterRoom", self.seen.names())
