"""What one node is told of how often it may ask holds for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from twisted.internet.task import Clock
from twisted.trial.unittest import SynchronousTestCase

from tests.clocks import NOVEMBER
from tests.fleet.memory import MemoryClient, MemoryRedis
from tests.fleet.server import RedisTestCase
from tests.outputs.doubles import Said
from tiktoklive.fleet.stream import Keys
from tiktoklive.fleet.words import HEAR, LIFTED, LOOK, TELL, WHY, FleetWord, FleetWords
from tiktoklive.pacing.bucket import TokenBucket
from tiktoklive.pacing.budget import HOUR, PROBE, Budget, Quota
from tiktoklive.pacing.lookups import LookUpQueue

KEYS = Keys("x")


def tell(server: MemoryRedis, keys: Sequence[bytes], words: Sequence[bytes]) -> int:
    """The body of ``TELL``."""
    value, ms = words[0], int(words[1])
    before = server.do("GET", keys[0])
    if not ms:
        ms = round(LIFTED * 1000)
    elif before and before.split(b" ")[1] != b"lifted":
        ms = max(ms, server.do("PTTL", keys[0]))
    server.do("SET", keys[0], value, "PX", ms)
    return ms


def hear(server: MemoryRedis, keys: Sequence[bytes], words: Sequence[bytes]) -> list[Any]:
    """The body of ``HEAR``."""
    return [[server.do("PTTL", key), server.do("GET", key) or b""] for key in keys]


class EmptyBucket(TokenBucket):
    """What a fleet has in the place of a budget's own count."""

    def __init__(self) -> None:
        super().__init__(1e9, 0)

    def give_back(self) -> None:
        raise AssertionError("nothing was taken")


class WordsCase(SynchronousTestCase):
    """Two nodes and a Redis in memory."""

    def setUp(self) -> None:
        self.clock = Clock()
        self.clock.rightNow = NOVEMBER
        self.server = MemoryRedis(self.clock)
        self.server.teach(TELL, tell)
        self.server.teach(HEAR, hear)
        self.said = Said(self, "FleetWords")
        self.clients = [MemoryClient(self.server) for _ in range(2)]
        self.words = [
            FleetWords(client, KEYS, self.clock, name)
            for client, name in zip(self.clients, "ab", strict=True)
        ]
        for each in self.words:
            each.startService()
            self.addCleanup(each.stopService)

    def wait(self, seconds: float = 2 * LOOK) -> None:
        """Let time pass."""
        self.clock.pump([0.5] * round(seconds * 2))


class SignServerTests(WordsCase):
    """What a sign server says to one of two nodes."""

    def setUp(self) -> None:
        super().setUp()
        self.budgets = [Budget(self.clock, 0, "sign.example") for _ in range(2)]
        for budget, words in zip(self.budgets, self.words, strict=True):
            # Without a limit of ours the bucket is not asked.
            budget.share(EmptyBucket(), words.of("sign:sign.example"))

    def closed(self) -> list[int]:
        """For how many seconds each node is to ask nothing."""
        return [round(budget.closed_for()) for budget in self.budgets]

    def test_closed(self) -> None:
        """It wants to be left alone for a while: by both, and no longer than it said."""
        self.budgets[0].take()
        self.budgets[0].close(120.0)
        self.budgets[0].back()
        self.wait(2)
        self.assertEqual([118, 118], self.closed())
        self.wait(119)
        self.assertEqual([0, 0], self.closed())
        self.assertEqual([], self.server.execute("KEYS", "*"))

    def test_spent(self) -> None:
        """A quota that is used up is so for both, and is tried as seldom as by one."""
        self.budgets[0].take()
        self.budgets[0].back(Quota(100, 0, 20_000.0, 86_400.0), answered=True)
        self.wait(2)
        self.assertEqual([19_998, 19_998], self.closed())
        self.assertGreater(self.budgets[1].wait(), HOUR)

    def test_longer(self) -> None:
        """Of two answers the longer time counts, whoever got it."""
        self.budgets[0].close(600.0)
        self.budgets[1].close(60.0)
        self.wait(3)
        self.assertEqual([597, 597], self.closed())

    def test_answers_again(self) -> None:
        """The first that sees that it answers again tells the other one."""
        first, second = self.budgets
        first.close(3000.0)
        self.wait(PROBE)
        self.assertEqual(0.0, first.take())
        self.assertGreater(second.wait(), 0.0)
        first.back(answered=True)
        self.wait()
        self.assertEqual([0, 0], self.closed())
        self.assertEqual(0.0, second.take())
        second.back(answered=True)

    def test_refused_again(self) -> None:
        """While the one that was told tries in vain, the other one does not try at all."""
        first, second = self.budgets
        first.close(3000.0)
        for _ in range(4):
            self.wait(PROBE)
            self.assertEqual(0.0, first.take())
            first.close(3000.0)
            first.back()
            self.assertGreater(second.wait(), 0.0)
            self.wait()

    def test_away(self) -> None:
        """Without Redis each heeds what it knows, and the others are told when it is back."""
        self.clients[0].part()
        self.budgets[0].close(120.0)
        self.wait(20)
        self.assertEqual([100, 0], self.closed())
        self.clients[0].join()
        self.wait(2)
        self.assertEqual([98, 98], self.closed())
        self.clients[1].part()
        self.wait(10)
        self.assertEqual([88, 88], self.closed())

    def test_too_late(self) -> None:
        """What held while Redis was away, and does no more, is told nobody."""
        self.clients[0].part()
        self.budgets[0].close(10.0)
        self.wait(20)
        self.clients[0].join()
        self.wait(2)
        self.assertEqual([0, 0], self.closed())
        self.assertEqual([], self.server.execute("KEYS", "*"))

    def test_joins(self) -> None:
        """A node that joins heeds what holds."""
        self.budgets[0].close(100.0)
        self.wait(10)
        late, budget = FleetWords(self.clients[0], KEYS, self.clock, "c"), Budget(self.clock, 0)
        word = late.of("sign:sign.example")
        word.listen(budget.heard)
        late.startService()
        self.addCleanup(late.stopService)
        self.wait(1)
        self.assertEqual(89, round(budget.closed_for()))

    def test_said(self) -> None:
        """It is logged once by who hears it, with the reason."""
        self.budgets[0].close(100.0)
        self.wait(20)
        [line] = self.said.lines
        self.assertIn("sign:sign.example: another node was told to wait for", line)
        self.assertIn("wants fewer requests", line)

    def test_bounded(self) -> None:
        """What a server says is cut, and what another version wrote is passed over."""
        word = self.words[0].of("sign:sign.example")
        word.tell(100.0, why="x\n" * 1000)
        self.wait(1)
        [key] = self.server.execute("KEYS", "*")
        self.assertLess(len(self.server.execute("GET", key)), WHY + 20)
        self.server.execute("SET", key, "what is this", "PX", 100_000)
        self.wait(2)
        self.assertGreater(self.closed()[1], 90)


class LookUpsTests(WordsCase):
    """What TikTok says to one of two nodes."""

    def setUp(self) -> None:
        super().setUp()
        self.queues = [LookUpQueue(self.clock, 60) for _ in range(2)]
        for queue, words in zip(self.queues, self.words, strict=True):
            queue.share(queue._bucket, words.of("lookups"))

    def closed(self) -> list[int]:
        """For how many seconds each node is to ask nothing."""
        return [round(queue.closed_for) for queue in self.queues]

    def test_closed(self) -> None:
        """No look-up begins on the other node either, for as long as TikTok said."""
        self.queues[0].refused("429 of api-live", 90.0)
        self.wait(2)
        self.assertEqual([88, 88], self.closed())
        turn = self.queues[1].waiting.take()
        self.wait(80)
        self.assertNoResult(turn)
        self.wait(10)
        self.successResultOf(turn)

    def test_slower(self) -> None:
        """A refusal without a time makes that node slower, and the others are told nothing."""
        self.queues[0].refused("403")
        self.wait(2)
        self.assertEqual([0, 0], self.closed())
        self.assertEqual([], self.server.execute("KEYS", "*"))

    def test_answers_again(self) -> None:
        """The node that was told tries it first; when TikTok answers, the other goes on, too."""
        self.queues[0].refused("429", 3000.0)
        self.wait(2)
        turns = [queue.waiting.take() for queue in self.queues]
        self.wait(PROBE + 5)
        self.successResultOf(turns[0])
        self.assertNoResult(turns[1])
        self.queues[0].answered()
        self.wait()
        self.successResultOf(turns[1])
        self.assertEqual([0, 0], self.closed())


class ScriptTests(RedisTestCase):
    """The scripts in Redis."""

    async def test_both(self) -> None:
        """The longer time counts until it is lifted, and then what is told next."""
        client = await self.connected(self.server())

        async def told(value: str, ms: int) -> tuple[int, bytes]:
            await client.script(TELL, ["k"], [value, ms])
            [[left, found], nothing] = await client.script(HEAR, ["k", "other"], [])
            self.assertEqual([-2, b""], nothing)
            return round(left / 1000), found

        self.assertEqual((100, b"a:1 closed why not"), await told("a:1 closed why not", 100_000))
        self.assertEqual((100, b"b:1 spent "), await told("b:1 spent ", 50_000))
        self.assertEqual((round(LIFTED), b"a:2 lifted "), await told("a:2 lifted ", 0))
        self.assertEqual((5, b"b:2 closed "), await told("b:2 closed ", 5000))

    async def test_nodes(self) -> None:
        """What one node tells the other one hears."""
        from twisted.internet import reactor

        client = await self.connected(self.server())
        nodes: list[FleetWord] = []
        for name in "ab":
            words = FleetWords(client, KEYS, reactor, name)  # type: ignore[arg-type]
            words.startService()
            self.addCleanup(words.stopService)
            nodes.append(words.of("lookups"))
        heard: list[tuple[float, bool, str]] = []
        nodes[0].listen(lambda *what: self.fail("it told that itself"))
        nodes[1].listen(lambda *what: heard.append(what))
        nodes[0].tell(100.0, spent=True, why="the quota")
        while not heard:
            await self.moment()
        [(seconds, spent, why)] = heard
        self.assertTrue(95 < seconds <= 100, seconds)
        self.assertEqual((True, "the quota"), (spent, why))
