"""Rooms among lanes: spread, moved when a lane rests, and back when it is fit again."""

from __future__ import annotations

from itertools import pairwise

from twisted.internet.defer import Deferred

from tests.lanes.case import LanesCase
from tiktoklive.lanes.lane import TOLERANCE
from tiktoklive.lanes.lanes import EVERY


class SpreadTests(LanesCase):
    """Who goes by which lane."""

    def test_even(self) -> None:
        """Ninety rooms spread evenly over three lanes, and each stays where it is."""
        self.serve(live=90, lookups_per_minute=0)
        self.settle(10)
        self.assertEqual({"a": 30, "b": 30, "c": 30}, self.streams())
        self.assertEqual({"a": 30, "b": 30, "c": 30}, self.by_users())
        before = {user: state.lane for user, state in self.states.items()}
        self.settle(120)
        self.assertEqual(before, {user: state.lane for user, state in self.states.items()})
        self.assertEqual(0, sum(lane.came for lane in self.told.values()))
        self.assertNothingBeside()

    def test_guests(self) -> None:
        """Each lane has a guest of its own: its own cookie, device and look-ups."""
        self.serve(live=6)
        self.settle(5)
        lanes, wirings = self.lanes_now, [lane.wiring for lane in self.lanes_now]
        cookies = [
            self.successResultOf(Deferred.fromCoroutine(each.tiktok.identity.ttwid()))
            for each in wirings
        ]
        self.assertEqual(3, len(set(cookies)))
        self.assertEqual(3, len({id(each.lookups) for each in lanes}))
        asked = [each for each in self.tiktok.requests if each.path == "/ttwid/check/"]
        self.assertEqual(3, len(asked))

    def test_removed(self) -> None:
        """When the users of one lane are gone, others take their places, the live ones slowly."""
        self.serve(live=12, lookups_per_minute=0)
        self.settle(5)
        for user, state in self.states.items():
            if state.lane == "a":
                self.service.remove(user)
        self.settle()
        self.assertEqual({"a": 0, "b": 4, "c": 4}, self.by_users())
        self.settle(EVERY * 5)
        self.assertEqual([2, 3, 3], sorted(self.streams().values()))

    def test_asked_when_removed(self) -> None:
        """What was asked of a user who is removed meanwhile counts for no lane."""
        self.serve(live=1, offline=1, lookups_per_minute=0)
        self.settle(5)
        asked = self.service.room_info("user1")
        self.service.remove("user1")
        self.settle(5)
        asked.addErrback(lambda failure: None)
        self.assertEqual([0, 0, 1], sorted(self.by_users().values()))

    def test_one_side_live(self) -> None:
        """Where the users of one lane alone are live, some change places, once and for all."""
        lanes = self.lanes[:2]
        self.serve(lanes=lanes, lookups_per_minute=0)
        for number in range(12):
            self.follow(f"user{number}", live=number % 2 == 0)
        self.settle(5)
        self.assertEqual({"a": 6, "b": 0}, self.streams())
        self.settle(300)
        self.assertEqual({"a": 6, "b": 6}, self.by_users())
        moved = [event.anchor for event in self.seen.events if event.name == "reconnecting"]
        self.assertEqual([3, 3], sorted(self.streams().values()))
        self.assertEqual((3, 3), (len(moved), len(set(moved))))

    def test_not_live(self) -> None:
        """Users who are not live take other lanes at their next look-up, one after the other."""
        self.serve(offline=12, lookups_per_minute=0)
        self.settle(5)
        for user, state in self.states.items():
            if state.lane == "a":
                self.service.remove(user)
        self.settle(150)
        self.assertEqual([2, 3, 3], sorted(self.by_users().values()))


class DownTests(LanesCase):
    """A proxy that does not connect any more."""

    def test_moves(self) -> None:
        """The rooms of a lane whose proxy is gone are live by the others in ten seconds."""
        self.serve(live=30, lookups_per_minute=0)
        self.settle(5)
        self.down("a")
        self.settle(10)
        self.assertEqual({"a": 0, "b": 15, "c": 15}, self.streams())
        self.assertEqual("open", self.told["a"].state)
        self.assertIn("a.proxy.example:3128 could not be reached", self.told["a"].why)
        for room in self.rooms.values():
            room.say("bob", "still here")
        self.settle()
        self.assertEqual(30, self.seen.comments().count("still here"))
        self.assertNothingBeside()

    def test_comes_back(self) -> None:
        """When it is back a look-up finds out, and rooms come back one by one, to an even share."""
        self.serve(live=15, lookups_per_minute=0)
        self.settle(5)
        self.down("a")
        self.settle(60)
        self.assertEqual([0, 7, 8], sorted(self.streams().values()))
        self.up("a")
        self.settle(TOLERANCE.longest / 2)
        counts = []
        for _ in range(20):
            counts.append(self.streams()["a"])
            self.settle(EVERY)
        steps = [after - before for before, after in pairwise(counts)]
        self.assertEqual({0, 1}, {*steps, 0, 1})
        self.assertLessEqual(max(self.streams().values()) - min(self.streams().values()), 1)
        self.assertEqual("closed", self.told["a"].state)

    def test_others_untouched(self) -> None:
        """Rooms of the other lanes notice nothing."""
        self.serve(live=12, lookups_per_minute=0)
        self.settle(5)
        others = [user for user in self.states if self.lane_of(user) != "a"]
        self.down("a")
        self.settle(30)
        told = {event.anchor for event in self.seen.events if event.name == "reconnecting"}
        self.assertEqual(set(), told & set(others))

    def test_cut_off(self) -> None:
        """No room is sent to a lane that was cut off and is not known to be gone yet."""
        self.serve(live=9, lookups_per_minute=0)
        self.settle(EVERY - self.clock.seconds() % EVERY - 0.5)
        others = {user for user in self.states if self.lane_of(user) != "a"}
        self.down("a")
        self.settle(EVERY)
        moved = {event.anchor for event in self.seen.events if event.name == "reconnecting"}
        self.assertEqual(set(), moved & others)

    def test_counted_once(self) -> None:
        """One room that does not get through by its proxy is one failure, and no reason to rest."""
        self.serve(live=3, lookups_per_minute=0)
        self.settle(5)
        self.down("a")
        self.settle(6)
        self.assertEqual(("closed", 0), (self.told["a"].state, self.streams()["a"]))

    def test_all_down(self) -> None:
        """Where no lane is fit rooms stay, go on trying, and are live soon after one is back."""
        self.serve(live=6, lookups_per_minute=0)
        self.settle(5)
        for name in "abc":
            self.down(name)
        self.settle(200)
        self.assertEqual({"a": 0, "b": 0, "c": 0}, self.streams())
        self.up("b")
        self.settle(60)
        self.assertEqual({"a": 0, "b": 6, "c": 0}, self.streams())
        self.assertNothingBeside()

    def test_refused_login(self) -> None:
        """A proxy that wants another password sends rooms elsewhere, not into a wait for hours."""
        self.serve(live=6, lookups_per_minute=0)
        self.settle(5)
        self.proxies["a"].login = ("user", "other")
        self.network.drop("a.proxy.example")
        self.settle(10)
        self.assertEqual({"a": 0, "b": 3, "c": 3}, self.streams())


class BlockedTests(LanesCase):
    """A guest, or an address, that TikTok does not want."""

    def test_blocked(self) -> None:
        """A lane whose guest is blocked rests; the others do not even get a new guest."""
        self.serve(live=15, lookups_per_minute=0)
        self.settle(5)
        guests = [each.wiring.tiktok.identity.generation for each in self.lanes_now]
        self.walled.add("a")
        self.network.drop("a.proxy.example")
        self.settle(120)
        self.assertEqual(15, sum(self.streams().values()))
        self.assertEqual(0, self.streams()["a"])
        self.assertNotEqual("closed", self.told["a"].state)
        after = [each.wiring.tiktok.identity.generation for each in self.lanes_now]
        self.assertEqual(guests[1:], after[1:])
        self.assertEqual({"closed"}, {self.told[name].state for name in "bc"})
        self.walled.clear()
        self.settle(600)
        self.assertEqual([5, 5, 5], sorted(self.streams().values()))

    def test_look_ups(self) -> None:
        """Users who are not live leave a lane whose look-ups are blocked."""
        self.serve(offline=9, lookups_per_minute=0)
        self.settle(5)
        self.walled.add("a")
        self.network.drop("a.proxy.example")
        self.settle(300)
        self.assertEqual(0, self.by_users()["a"])
        self.assertIn(self.told["a"].state, ("open", "half-open"))
        self.assertEqual({"offline"}, {state.phase for state in self.states.values()})

    def test_wishes_to_be_left_alone(self) -> None:
        """What waits in a lane by which TikTok wants no look-ups is asked by another one."""
        self.serve(offline=9, lookups_per_minute=60)
        self.settle(20)
        self.lanes_now[0].lookups.refused("HTTP 429", 3600.0)
        self.settle(120)
        self.assertEqual(0, self.by_users()["a"])
        self.assertEqual({"offline"}, {state.phase for state in self.states.values()})
