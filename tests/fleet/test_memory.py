"""The Redis in memory says what the real one says."""

from __future__ import annotations

from typing import Any

from twisted.internet.task import Clock
from twisted.trial.unittest import SynchronousTestCase

from tests.clocks import NOVEMBER
from tests.fleet.memory import MemoryClient, MemoryRedis
from tests.fleet.server import RedisTestCase
from tiktoklive.errors import RedisAwayError, RedisReplyError
from tiktoklive.fleet.client import Script

#: Commands, one a line, whose answers depend on no time.
COMMANDS = """
PING
SET k 007
GET k
INCRBY k 3
INCRBY i 3
INCR i
SET k x NX
SET n x NX PX 100000
EXISTS k n other
TYPE k
SADD k x
HSET k a b
HSET h a 1 b 2
HSET h a 3 c 4
HMGET h a z c
HGETALL h
HDEL h a z
HLEN h
SADD s a b a
SISMEMBER s a
SREM s a z
SCARD s
DEL s h other
PTTL k
PTTL other
XADD q 5-1 f v
XADD q 5-1 f v
XADD q 4-0 f v
XADD q NOMKSTREAM 6-0 f v g w
XADD other NOMKSTREAM 6-0 f v
XADD q 7-0 f
XLEN q
XRANGE q - +
XRANGE q (5-1 +
XREVRANGE q + - COUNT 1
XGROUP CREATE other g $
XGROUP CREATE q g 0
XGROUP CREATE q g 0
XGROUP CREATE p g $ MKSTREAM
XREADGROUP GROUP g me COUNT 1 STREAMS q >
XREADGROUP GROUP g you STREAMS q >
XREADGROUP GROUP g you STREAMS q >
XREADGROUP GROUP g me STREAMS q 0
XREADGROUP GROUP none me STREAMS q >
XREAD COUNT 1 STREAMS q 5-1
XREAD COUNT 1 STREAMS q 9-1
XINFO GROUPS q
XPENDING q g
XPENDING p g
XPENDING q none
XCLAIM q g me 100000 6-0 JUSTID
XCLAIM q g me 0 6-0 9-9 JUSTID
XPENDING q g
XAUTOCLAIM q g you 0 0-0 COUNT 1 JUSTID
XAUTOCLAIM q g you 0 6-0 COUNT 10
XACK q g 5-1 5-1 9-0
XDEL q 6-0 6-0
XREADGROUP GROUP g you STREAMS q 0
XAUTOCLAIM q g you 0 0-0
XPENDING q g
XADD q MAXLEN = 1 8-0 f v
XADD q MINID = 9 9-0 f v
XRANGE q - +
XINFO GROUPS q
XGROUP CREATECONSUMER q g she
XGROUP CREATECONSUMER q g she
XGROUP DELCONSUMER q g she
XGROUP DESTROY q g
XGROUP DESTROY q g
XTRIM q MAXLEN 0
XLEN q
NOSUCH a
GET
"""


class SameTests(RedisTestCase):
    """Both servers are told the same."""

    async def test_same(self) -> None:
        """The answers, and the codes of the errors, are those of the real one."""
        client = await self.connected(self.server())
        clock = Clock()
        clock.rightNow = NOVEMBER
        memory = MemoryRedis(clock)
        wrong = []
        for line in COMMANDS.strip().splitlines():
            words = line.split()
            one, other = await real(client, words), fake(memory, words)
            if one != other:
                wrong.append(f"{line}: {one!r}, here {other!r}")
        self.assertEqual([], wrong, "\n" + "\n".join(wrong))


async def real(client: Any, words: list[str]) -> Any:
    """What the real server answers."""
    try:
        return await client.call(*words)
    except RedisReplyError as error:
        return error.code


def fake(memory: MemoryRedis, words: list[str]) -> Any:
    """What ours answers."""
    try:
        return memory.execute(*words)
    except RedisReplyError as error:
        return error.code


class MemoryClientTests(SynchronousTestCase):
    """The client that goes with it."""

    def setUp(self) -> None:
        """A server and its client."""
        self.clock = Clock()
        self.clock.rightNow = NOVEMBER
        self.server = MemoryRedis(self.clock)
        self.client = MemoryClient(self.server)

    def test_waits(self) -> None:
        """A command that waits is answered when there is something, or when its time is over."""
        self.server.execute("XGROUP", "CREATE", "q", "g", "0", "MKSTREAM")
        read = ("XREADGROUP", "GROUP", "g", "me", "BLOCK", 1000, "STREAMS", "q", ">")
        waiting = RedisTestCase.deferred(self.client.call(*read))
        self.assertNoResult(waiting)
        self.successResultOf(RedisTestCase.deferred(self.client.call("XADD", "q", "1-1", "a", "b")))
        self.assertEqual([[b"q", [[b"1-1", [b"a", b"b"]]]]], self.successResultOf(waiting))
        waiting = RedisTestCase.deferred(self.client.call(*read))
        self.clock.advance(1.0)
        self.clock.advance(0.0)
        self.assertIsNone(self.successResultOf(waiting))

    def test_lost_answer(self) -> None:
        """A command whose answer is lost was done."""
        self.client.lost_answers = 1
        told: list[bool] = []
        self.client.watch(told.append)
        failed = RedisTestCase.deferred(self.client.call("SET", "a", "b"))
        self.assertTrue(self.failureResultOf(failed, RedisAwayError).value.sent)
        self.client.join()
        again = RedisTestCase.deferred(self.client.call("GET", "a"))
        self.assertEqual(b"b", self.successResultOf(again))
        self.assertEqual([False, True], told)

    def test_script(self) -> None:
        """A script does what was taught of it; one that was not taught is the test's mistake."""
        script = Script("adds", "return ...")
        self.server.teach(script, lambda server, keys, words: server.do("SET", keys[0], words[0]))
        run = RedisTestCase.deferred(self.client.script(script, ["a"], [7]))
        self.assertEqual(b"OK", self.successResultOf(run))
        self.assertEqual(b"7", self.server.execute("GET", "a"))
        unknown = RedisTestCase.deferred(self.client.script(Script("x", "y"), [], []))
        self.failureResultOf(unknown, AssertionError)

    def test_time(self) -> None:
        """The server's time is that of the clock, and keys end by it."""
        self.clock.rightNow = 7.25
        self.assertEqual([b"7", b"250000"], self.server.execute("TIME"))
        self.server.execute("SET", "a", "b", "PX", 500)
        self.clock.advance(0.4)
        self.assertEqual(100, self.server.execute("PTTL", "a"))
        self.clock.advance(0.1)
        self.assertIsNone(self.server.execute("GET", "a"))
