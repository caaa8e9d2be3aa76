"""The rooms that a node follows: how much happens there, and what waits."""

from __future__ import annotations

from typing import Any

from twisted.internet.defer import Deferred, succeed
from twisted.internet.task import Clock
from twisted.trial.unittest import SynchronousTestCase

from tests.fleet.members import Follower, event
from tiktoklive.fleet.localrooms import COUNTED, HELD, Claim, LocalRooms
from tiktoklive.fleet.ownedevents import OwnedEvents


class LocalRoomsTests(SynchronousTestCase):
    """Rooms on a clock of their own."""

    def setUp(self) -> None:
        self.clock = Clock()
        self.follower = Follower(self.clock)
        self.wrote: list[Any] = []
        self.stored: Deferred[None] = succeed(None)
        self.rooms = LocalRooms(self.follower, self.clock, self.wrote.append, lambda: self.stored)
        self.paced: list[object] = []
        self.observer = OwnedEvents(self.rooms, self.paced.append)

    def counted(self, seconds: float) -> dict[str, float] | None:
        """The rates, after they were looked at every two seconds for so long."""
        found = self.rooms.rates()
        for _ in range(round(seconds / 2)):
            self.clock.advance(2)
            found = self.rooms.rates()
        return found

    def test_rates(self) -> None:
        """Rates are known after a while, and follow what happens slowly."""
        self.follower.rates = {"anna": 8.0, "bob": 2.0}
        for user in ("anna", "bob"):
            self.rooms.follow(user, "1", Claim.OWNED)
        self.assertIsNone(self.counted(COUNTED - 4))
        found = self.counted(6)
        assert found is not None
        self.assertAlmostEqual(8.0, found["anna"], places=1)
        self.assertAlmostEqual(2.0, found["bob"], places=1)

    def test_repeated(self) -> None:
        """What a room repeats to all that come does not count."""
        self.follower.repeated = 50
        self.follower.rates = {"anna": 2.0}
        for user in ("anna", "bob"):
            self.rooms.follow(user, "1", Claim.OWNED)
        found = self.counted(3 * COUNTED)
        assert found is not None
        self.assertAlmostEqual(2.0, found["anna"], places=1)
        self.assertEqual(0.0, found["bob"])

    def test_moved(self) -> None:
        """The rate of a room that moves is known where it comes to; another is a usual one."""
        self.rooms.follow("anna", "1", Claim.OWNED, "8.00 text")
        self.rooms.follow("bob", "2", Claim.OWNED, "2.00 text")
        self.rooms.follow("carl", "3", Claim.OWNED, "-1.00 text")
        self.assertEqual({"anna": 8.0, "bob": 2.0, "carl": 5.0}, self.rooms.rates())
        self.assertEqual("text", self.follower.users["anna"].carried)
        self.assertEqual("8.00 text", self.rooms.known(self.rooms["anna"]))
        self.assertEqual("-1.00 text", self.rooms.known(self.rooms["carl"]))

    def test_strange(self) -> None:
        """What another version wrote is as if nothing was written."""
        for number, known in enumerate(("", "text", "nan text", "inf text")):
            self.rooms.follow(f"user{number}", "1", Claim.OWNED, known)
            self.assertIsNone(self.rooms[f"user{number}"].rate)

    def test_too_many_wait(self) -> None:
        """When too much waits for a room all of it is dropped, and the room is not wanted."""
        self.rooms.follow("anna", "", Claim.COMING)
        for number in range(HELD):
            self.observer.event(event("anna", number))
        self.assertEqual(1, len(self.rooms.settled()))
        self.observer.event(event("anna", HELD))
        self.assertEqual([], self.rooms.settled())
        self.assertEqual(0, len(self.rooms["anna"].held))

    def test_token_of_what_is_on_its_way(self) -> None:
        """What a room that was left has on its way keeps its token until it is written."""
        self.rooms.follow("anna", "1", Claim.OWNED)
        self.stored = Deferred()
        self.rooms.leave(self.rooms["anna"])
        self.assertEqual(("1", False), (self.rooms.token("anna"), self.rooms.may_follow("anna")))
        self.stored.callback(None)
        self.assertEqual(("", True), (self.rooms.token("anna"), self.rooms.may_follow("anna")))

    def test_pace(self) -> None:
        """The streams are those of the output, which may let them wait."""
        streams = object()
        self.observer.pace(streams)
        self.assertEqual([streams], self.paced)
