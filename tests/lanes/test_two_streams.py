"""Two streams of a room by two lanes: one that goes down takes one, and nothing is missed."""

from __future__ import annotations

from tests.lanes.case import LanesCase
from tiktoklive.events import Gap


class TwoStreamsTests(LanesCase):
    """Rooms with two streams."""

    def opened(self) -> dict[str, int]:
        """How many connections for streams each lane has made."""
        return {
            name: [host for host, _ in proxy.targets].count("webcast-ws.tiktok.com")
            for name, proxy in self.proxies.items()
        }

    def say(self, text: str) -> None:
        """Something is said in all rooms."""
        for room in self.rooms.values():
            room.say("bob", text)
        self.settle()

    def test_beside(self) -> None:
        """The second streams go by the lane behind the first one's, and are as even."""
        self.serve(live=1, streams=2, lookups_per_minute=0)
        self.settle(30)
        self.assertEqual({"a": 1, "b": 1, "c": 0}, self.opened())
        for number in range(1, 6):
            self.follow(f"user{number}")
        self.settle(30)
        self.assertEqual({"a": 2, "b": 2, "c": 2}, self.streams())
        self.assertEqual({"a": 4, "b": 4, "c": 4}, self.opened())
        guests = {viewer.request.cookies["ttwid"] for viewer in self.tiktok.viewers}
        self.assertEqual((12, 6), (len(self.tiktok.viewers), len(guests)))
        self.assertNothingBeside()

    def test_down(self) -> None:
        """A lane goes down in the midst of what is said: all of it arrives once, without a gap."""
        self.serve(live=6, streams=2, lookups_per_minute=0)
        self.settle(30)
        self.say("before")
        self.down("a")
        self.say("meanwhile")
        self.settle(30)
        self.say("after")
        for text in ("before", "meanwhile", "after"):
            self.assertEqual(6, self.seen.comments().count(text), text)
        self.assertEqual([], self.seen.of(Gap))
        self.assertEqual(12, len(self.tiktok.viewers))
        assert self.service.wiring.lanes is not None
        for seat in self.service.wiring.lanes._seats.values():
            self.assertIsNot(seat.lane, seat.second)

    def test_fixed(self) -> None:
        """A user who was given a lane has both streams there."""
        self.serve(streams=2, lookups_per_minute=0)
        self.follow("alice", lane="b")
        self.settle(30)
        self.assertEqual({"a": 0, "b": 2, "c": 0}, self.opened())
        self.assertEqual(2, len(self.tiktok.viewers))
