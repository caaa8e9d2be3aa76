"""The scripts of the stream, with the real server and in memory: both do the same."""

from __future__ import annotations

from typing import Any

from twisted.internet.task import Clock

from tests.clocks import NOVEMBER
from tests.fleet.memory import MemoryClient, MemoryRedis
from tests.fleet.scripts import appends, teach
from tests.fleet.server import RedisTestCase
from tests.outputs.doubles import chat
from tiktoklive.errors import RedisReplyError
from tiktoklive.fleet.client import Script, Word
from tiktoklive.fleet.entries import StreamEntry, entry_of
from tiktoklive.fleet.stream import (
    APPEND,
    FORGET_CONSUMERS,
    LAG,
    MAKE_GROUP,
    READ,
    Keys,
    Trim,
    append_arguments,
    append_script,
)

KEYS = Keys("test")
STREAM = KEYS.events
USUAL = Trim()


def entries(*numbers: int) -> list[StreamEntry]:
    """Comments with these ids."""
    return [entry_of(chat("Ann", f"no. {each}", number=each)) for each in numbers]


class ScriptTests(RedisTestCase):
    """Each test is done twice."""

    async def both(self, more: Script | None = None, body: Any = None) -> list[Any]:
        """A client of the real server, and one of that in memory."""
        clock = Clock()
        clock.rightNow = NOVEMBER
        memory = teach(MemoryRedis(clock))
        if more is not None:
            memory.teach(more, body)
        return [await self.connected(self.server()), MemoryClient(memory)]

    @staticmethod
    async def append(
        client: Any, *numbers: int, trim: Trim = USUAL, remembered: int = 100, **more: Any
    ) -> Any:
        """Append comments."""
        words = append_arguments(entries(*numbers), trim, remembered=remembered, **more)
        return await client.script(APPEND, [STREAM, *KEYS.ids], words)

    @staticmethod
    async def read(client: Any, count: int = 10, group: Word = "g") -> Any:
        """Missed, waiting, and the ids of what is new."""
        missed, _, lag, found = await client.script(READ, [STREAM], [group, "me", count])
        return missed, lag, [int(each[1][1].rpartition(b":")[2]) for each in found]

    async def test_append(self) -> None:
        """What is there already is not appended again, in the same call or a later one."""
        for client in await self.both():
            self.assertEqual([1, 1, 0], await self.append(client, 1, 2, 1))
            self.assertEqual([0, 1], await self.append(client, 2, 3))
            found = await client.call("XRANGE", STREAM, "-", "+")
            self.assertEqual([each.fields() for each in entries(1, 2, 3)], [e[1] for e in found])

    async def test_remembered(self) -> None:
        """The ids that came last are known, and others are forgotten: their number is bounded."""
        for client in await self.both():
            for number in range(1, 26):
                await self.append(client, number, remembered=10)
            self.assertEqual([0] * 10, await self.append(client, *range(16, 26), remembered=10))
            self.assertEqual([1], await self.append(client, 1, remembered=10))
            known = [await client.call("SCARD", key) for key in KEYS.ids]
            self.assertLessEqual(sum(known), 20)

    async def test_trimmed(self) -> None:
        """The stream gets neither longer nor older than it may, about."""
        for client in await self.both():
            for first in range(1, 1000, 50):
                await self.append(client, *range(first, first + 50), trim=Trim(100, 3600))
            self.assertLess(await client.call("XLEN", STREAM), 250)
        for client in await self.both():
            await client.call("XADD", STREAM, "1-1", "id", "old")
            for first in range(1, 1000, 50):
                await self.append(client, *range(first, first + 50), trim=Trim(10_000, 3600))
            await client.call("XTRIM", STREAM, "MAXLEN", 1000)  # the rest of the oldest node
            self.assertEqual(1000, await client.call("XLEN", STREAM))

    async def test_fenced(self) -> None:
        """What belongs to a room that its writer has lost is not appended, and the rest is."""
        script = append_script("return fence == 'mine'")
        for client in await self.both(script, appends(lambda fence: fence == b"mine")):
            words = append_arguments(entries(1, 2, 3), Trim(), ["mine", "lost", "mine"])
            answer = await client.script(script, [STREAM, *KEYS.ids], words)
            self.assertEqual([1, -1, 1], answer)
            self.assertEqual(2, await client.call("XLEN", STREAM))

    async def test_read(self) -> None:
        """A group reads what is new, each once, and is told how many wait."""
        for client in await self.both():
            await self.append(client, 1, 2)
            self.assertEqual(1, await client.script(MAKE_GROUP, [STREAM], ["g", "$"]))
            self.assertEqual(0, await client.script(MAKE_GROUP, [STREAM], ["g", "0"]))
            self.assertEqual((0, 0, []), await self.read(client))
            await self.append(client, 3, 4, 5)
            self.assertEqual((0, 1, [3, 4]), await self.read(client, 2))
            self.assertEqual((0, 0, [5]), await self.read(client, 2))
            await client.script(MAKE_GROUP, [STREAM], ["all", "0"])
            self.assertEqual((0, 0, [1, 2, 3, 4, 5]), await self.read(client, group="all"))

    async def test_missed(self) -> None:
        """A group is told once how many entries were removed before it had read them."""
        for client in await self.both():
            await client.script(MAKE_GROUP, [STREAM], ["g", "0"])
            await self.append(client, *range(1, 11))
            self.assertEqual((0, 8, [1, 2]), await self.read(client, 2))
            await client.call("XTRIM", STREAM, "MAXLEN", 3)
            self.assertEqual((5, 1, [8, 9]), await self.read(client, 2))
            self.assertEqual((0, 0, [10]), await self.read(client, 2))
            await self.append(client, 11)
            await client.call("XTRIM", STREAM, "MAXLEN", 0)
            self.assertEqual((1, 0, []), await self.read(client, 2))
            self.assertEqual((0, 0, []), await self.read(client, 2))
            await self.append(client, 12)
            self.assertEqual((0, 0, [12]), await self.read(client, 2))

    async def test_counted(self) -> None:
        """What Redis has counted wrongly, as after a restart, is put right: nothing is missed."""
        for client in await self.both():
            await client.script(MAKE_GROUP, [STREAM], ["g", "0"])
            await self.append(client, *range(1, 11))
            await self.read(client)
            await client.call("XTRIM", STREAM, "MAXLEN", 2)
            top = (await client.call("XREVRANGE", STREAM, "+", "-", "COUNT", 1))[0][0]
            await client.call("XGROUP", "SETID", STREAM, "g", top, "ENTRIESREAD", 3)
            self.assertEqual(0, await client.script(LAG, [STREAM], ["g"]))
            self.assertEqual((0, 0, []), await self.read(client))
            await self.append(client, 11, 12)
            self.assertEqual(2, await client.script(LAG, [STREAM], ["g"]))
            self.assertEqual((0, 0, [11, 12]), await self.read(client))

    async def test_gone(self) -> None:
        """Without a stream, or a group, reading fails by a code of its own."""
        for client in await self.both():
            for _ in range(2):
                error = await self.assertFailure(self.deferred(self.read(client)), RedisReplyError)
                self.assertEqual("NOGROUP", error.code)
                await self.append(client, 1)

    async def test_consumers(self) -> None:
        """Consumers that have nothing are forgotten after a while, and those that have not."""
        for client in await self.both():
            await client.script(MAKE_GROUP, [STREAM], ["g", "0"])
            await self.append(client, 1)
            await self.read(client)
            await client.call("XGROUP", "CREATECONSUMER", STREAM, "g", "idle")
            forget = ["g", -1]
            self.assertEqual(1, await client.script(FORGET_CONSUMERS, [STREAM], forget))
            self.assertEqual(1, (await client.call("XPENDING", STREAM, "g"))[0])
