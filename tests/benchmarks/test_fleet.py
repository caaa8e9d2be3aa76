"""The benchmark of fleets: what its rooms send, and what it says of it."""

from __future__ import annotations

from typing import Any
from unittest import mock

from twisted.internet.defer import Deferred
from twisted.internet.task import Clock
from twisted.trial.unittest import SynchronousTestCase

from tests.benchmarks import fleet
from tests.benchmarks.fleet import Plan, allowed, until
from tests.benchmarks.fleet_client import Counting
from tests.benchmarks.fleet_server import APART, BURST, Talk, stamped
from tests.benchmarks.mix import messages
from tests.benchmarks.outlet import OFFSET
from tests.outputs.doubles import chat
from tiktoklive.simulator.tiktok import Simulator
from tiktoklive.wire.messages import decode_message


class StampedTests(SynchronousTestCase):
    """The moment in which a message is sent."""

    def test_all_types(self) -> None:
        """Of each message of the mix it is the time, and nothing else of it is another."""
        for method, payload, _ in messages(500, seed=9):
            before: Any = decode_message(method, payload)
            after: Any = decode_message(method, stamped(payload, OFFSET + 5))
            self.assertEqual(OFFSET + 5, after.common.create_time, method)
            before.common.create_time = after.common.create_time
            self.assertEqual(before, after, method)


class TalkTests(SynchronousTestCase):
    """Rooms that talk."""

    def setUp(self) -> None:
        self.clock = Clock()
        self.simulator = Simulator(self.clock, seed=16)
        for number in range(4):
            self.simulator.add_room(f"room{number}")
        self.rooms = list(self.simulator.rooms.values())
        self.pushed: list[tuple[str, list[Any]]] = []
        for room in self.rooms:
            name = room.unique_id
            self.patch(room, "push", lambda made, name=name: self.pushed.append((name, made)))
        for room in self.rooms[:3]:
            room.viewers.append(mock.Mock())

    def test_burst(self) -> None:
        """Those with a viewer take turns, each with a frame of its own."""
        talk = Talk(self.clock, self.simulator, 0)
        talk.burst(2)
        talk.burst(2)
        self.assertEqual(["room0", "room1", "room2", "room0"], [name for name, _ in self.pushed])
        self.assertEqual({"followed": 3, "sent": 4 * BURST}, talk.figures())

    def test_nobody(self) -> None:
        """Without viewers nothing is sent."""
        for room in self.rooms:
            room.viewers.clear()
        talk = Talk(self.clock, self.simulator, 0)
        talk.burst(2)
        self.assertEqual({"followed": 0, "sent": 0}, talk.figures())

    def test_ids(self) -> None:
        """No id comes twice, and none is that of another simulator."""
        for number in (0, 1):
            Talk(self.clock, self.simulator, number).burst(3)
        ids = [each[2] for _, made in self.pushed for each in made]
        self.assertEqual(6 * BURST, len(set(ids)))
        self.assertEqual({0, 1}, {(each - min(ids)) // APART for each in ids})

    def test_pace(self) -> None:
        """As many are sent as a rate says, and then it answers."""
        talk, done = Talk(self.clock, self.simulator, 0), mock.Mock()
        talk.pace(100.0, 3.0, done)
        self.clock.pump([0.05] * 20)
        self.assertEqual((100, 0), (talk.sent, done.call_count))
        self.clock.pump([0.7] * 10)
        self.assertEqual((300, 1), (talk.sent, done.call_count))
        self.assertEqual([], self.clock.getDelayedCalls())


class CountingTests(SynchronousTestCase):
    """What arrives."""

    def test_once(self) -> None:
        """A message counts once; what the simulator did not send in a burst does not."""
        counting = Counting()
        for number, moment in ((1, OFFSET + 1), (1, OFFSET + 1), (2, OFFSET + 1), (3, 5)):
            event: Any = chat("Ann", "x", number=number)
            event.message.common.create_time = moment
            counting.event(event)
        look = self.successResultOf(Deferred.fromCoroutine(counting.look()))
        self.assertEqual({"messages": 2}, look)

    def test_lag(self) -> None:
        """The lag is of what came since it was asked for last."""
        counting = Counting()
        self.assertEqual({"p50": 0.0, "p99": 0.0}, self.lag(counting))
        for number in range(100):
            event: Any = chat("Ann", "x", number=number)
            event.message.common.create_time = OFFSET + 1
            counting.event(event)
        self.assertLess(0.0, self.lag(counting)["p50"])
        self.assertEqual({"p50": 0.0, "p99": 0.0}, self.lag(counting))

    def lag(self, counting: Counting) -> dict[str, Any]:
        """What it is."""
        return self.successResultOf(Deferred.fromCoroutine(counting.lag()))


class WordsTests(SynchronousTestCase):
    """What is said of the machine."""

    def test_allowed(self) -> None:
        """Where it allows all of it, that is said; where it does not, how much it is."""
        plan = Plan(rooms=100, nodes=4, simulators=1, seconds=5)
        enough = allowed(plan, {"per_s": 6000, "paced_per_s": 2000})
        self.assertIn("allowed 6,000 messages a second in 100 rooms", enough)
        self.assertIn("20 a second in each room", enough)
        plan = Plan(rooms=2000, nodes=4, simulators=1, seconds=5)
        less = allowed(plan, {"per_s": 6000, "paced_per_s": 3000})
        self.assertIn("would be 40,000", less)
        self.assertIn("1.5, 3,000 a second in all", less)

    def test_until(self) -> None:
        """What does not become true in time is said."""
        self.patch(fleet.time, "sleep", lambda seconds: None)
        self.assertIn("all nodes", str(self.assertRaises(RuntimeError, self.never)))

    def never(self) -> None:
        """Wait for it no longer than a moment."""
        until(lambda: False, 0.0, "all nodes join")
