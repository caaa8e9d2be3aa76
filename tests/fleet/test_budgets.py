"""Budgets that the nodes of a fleet share, and what a node does while Redis is away."""

from __future__ import annotations

from twisted.internet.defer import Deferred
from twisted.internet.task import Clock
from twisted.trial.unittest import SynchronousTestCase

from tests.fleet.server import RedisTestCase
from tiktoklive.errors import RedisAwayError
from tiktoklive.fleet.budgets import FleetBucket, FleetTokens
from tiktoklive.fleet.stream import Keys
from tiktoklive.pacing.bucket import TokenBucket
from tiktoklive.pacing.budget import Budget
from tiktoklive.pacing.lookups import LookUpQueue


class Tokens:
    """
    A bucket as Redis has it.

    :ivar away: whether it cannot be asked.
    :ivar waiting: answers that are held back, if they are to be.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._bucket = TokenBucket(0.0)
        self.away = False
        self.taken = 0
        self.waiting: list[Deferred[None]] | None = None

    async def take(self, distance: float, burst: float) -> float:
        if self.away:
            raise RedisAwayError("it is away")
        self._bucket.distance, self._bucket.burst = distance, burst
        wait = self._bucket.take(self._clock.seconds())
        self.taken += not wait
        if self.waiting is not None:
            self.waiting.append(Deferred())
            await self.waiting[-1]
        return wait


class LookUpsTests(SynchronousTestCase):
    """Look-ups of two nodes."""

    def setUp(self) -> None:
        self.clock = Clock()
        self.tokens = Tokens(self.clock)
        self.nodes = 2
        self.queues = [LookUpQueue(self.clock, 60) for _ in range(2)]
        for queue in self.queues:
            queue.share(FleetBucket(self.tokens, self.clock, lambda: self.nodes))
        self.times: list[float] = []

    def ask(self, queue: LookUpQueue, count: int) -> None:
        """Want so many turns."""
        for _ in range(count):
            queue.waiting.take().addCallback(lambda _: self.times.append(self.clock.seconds()))

    def most(self) -> int:
        """The most turns that there were in any minute."""
        return max(sum(at <= each < at + 60 for each in self.times) for at in self.times)

    def test_together(self) -> None:
        """Both together look up as often as one alone would, whoever has more to ask."""
        self.ask(self.queues[0], 300)
        self.ask(self.queues[1], 30)
        self.clock.pump([0.05] * 20 * 180)
        self.assertLessEqual(self.most(), 60)
        self.assertGreater(len(self.times), 165)

    def test_one(self) -> None:
        """A node has all of it as long as the other asks nothing."""
        self.ask(self.queues[0], 100)
        self.clock.pump([0.05] * 20 * 60)
        self.assertGreater(len(self.times), 55)

    def test_away(self) -> None:
        """While Redis is away each node goes on at its share; afterwards as before."""
        self.tokens.away = True
        for queue in self.queues:
            self.ask(queue, 300)
        self.clock.pump([0.05] * 20 * 120)
        self.assertLessEqual(self.most(), 60)
        self.assertGreater(len(self.times), 100)
        before, self.tokens.away = len(self.times), False
        self.clock.pump([0.05] * 20 * 60)
        self.assertLessEqual(len(self.times) - before, 66)
        self.assertGreater(self.tokens.taken, 50)

    def test_refused(self) -> None:
        """A refusal makes the node that met it slower, and not the other one."""
        self.queues[0].refused("429")
        for queue in self.queues:
            self.ask(queue, 50)
        self.assertEqual(2 * self.queues[1].distance, self.queues[0].distance)
        self.clock.pump([0.05] * 20 * 60)
        self.assertLessEqual(self.most(), 60)

    def test_unlimited(self) -> None:
        """Where there is no limit Redis is not asked."""
        queue = LookUpQueue(self.clock, 0)
        queue.share(FleetBucket(self.tokens, self.clock, lambda: 1))
        self.ask(queue, 10)
        self.assertEqual((10, 0), (len(self.times), self.tokens.taken))


class SignServerTests(SynchronousTestCase):
    """How often two nodes ask a sign server."""

    def setUp(self) -> None:
        self.clock = Clock()
        self.tokens = Tokens(self.clock)
        self.budgets = [Budget(self.clock, 10) for _ in range(2)]
        for budget in self.budgets:
            budget.share(FleetBucket(self.tokens, self.clock, lambda: 2, ahead=True))

    def spend(self, seconds: int) -> list[float]:
        """When requests were let through, of nodes that want them all the time."""
        times = []
        for _ in range(seconds * 4):
            self.clock.advance(0.25)
            for budget in self.budgets:
                if not budget.take():
                    times.append(self.clock.seconds())
                    budget.back(answered=True)
        return times

    def test_together(self) -> None:
        """In no minute there are more than allowed, and in the long run as many."""
        times = self.spend(300)
        most = max(sum(at <= each < at + 60 for each in times) for at in times)
        self.assertLessEqual(most, 10)
        self.assertGreater(len(times), 20)

    def test_at_once(self) -> None:
        """The first request does not wait for Redis, and is paid for when it has answered."""
        self.tokens.waiting = []
        budget = self.budgets[0]
        self.assertEqual(0.0, budget.take())
        self.assertGreater(budget.take(), 0.0)
        waiting, self.tokens.waiting = self.tokens.waiting, None
        waiting[0].callback(None)
        self.assertEqual(1, self.tokens.taken)
        self.assertEqual(0.0, budget.take())

    def test_unspent(self) -> None:
        """What was never sent is there for the next one."""
        budget = self.budgets[0]
        self.assertEqual(0.0, budget.take())
        before = self.tokens.taken
        budget.unspent()
        self.assertEqual(0.0, budget.take())
        self.assertEqual(before, self.tokens.taken)

    def test_away(self) -> None:
        """Without Redis each node has its share."""
        self.tokens.away = True
        times = self.spend(240)
        most = max(sum(at <= each < at + 60 for each in times) for at in times)
        self.assertLessEqual(most, 12)
        self.assertGreater(len(times), 16)


class ScriptTests(RedisTestCase):
    """The bucket in Redis."""

    async def test_bucket(self) -> None:
        """A burst at once, and then one at a distance; each key is a bucket of its own."""
        client = await self.connected(self.server())
        tokens = FleetTokens(client, Keys("x"), "lookups")
        found = [await tokens.take(0.5, 3) for _ in range(4)]
        self.assertEqual([0.0] * 3, found[:3])
        self.assertTrue(0.0 < found[3] <= 0.5, found)
        await self.moment(found[3] + 0.02)
        self.assertEqual(0.0, await tokens.take(0.5, 3))
        self.assertGreater(await tokens.take(0.5, 3), 0.0)
        self.assertEqual(0.0, await FleetTokens(client, Keys("x"), "other").take(0.5, 1))

    async def test_forgotten(self) -> None:
        """A bucket that is full again is no key any more."""
        client = await self.connected(self.server())
        await FleetTokens(client, Keys("x"), "lookups").take(0.01, 1)
        self.assertLess(await client.call("PTTL", "tiktoklive:{x}:budget:lookups"), 1100)
