"""
Nodes as processes that are killed, frozen, stopped and started, with a real Redis.

More of that, and for longer, is in :mod:`tests.fleet.trials`.
``python -m tests.fleet.test_killed [ROUNDS]`` kills a node so many times, at random moments, with
the usual lease, and prints how long the rooms were without a stream.  It ends with status 1 if that
was more than 20 seconds, or a message is missing without a gap, or there twice.
"""

from __future__ import annotations

import signal
import sys
from random import Random
from typing import Any

from twisted.internet import task
from twisted.internet.task import deferLater

from tests.fleet.processes import FleetOfProcesses, WayToRedis
from tests.fleet.server import RedisServer, RedisTestCase
from tiktoklive.fleet.address import RedisAddress, endpoint_to, network_of
from tiktoklive.fleet.client import RedisClient

#: Seconds of a lease in the tests, and how many users there are.
LEASE, ROOMS = 3, 6


class ProcessesTests(RedisTestCase):
    """Nodes of a fleet, each a process of its own."""

    timeout = 110

    async def fleet(self, *names: str, aof: bool = False) -> FleetOfProcesses:
        """A fleet whose nodes share the rooms evenly."""
        server = self.server(aof=aof)
        client = await self.connected(server)
        fleet = FleetOfProcesses(server, client, ROOMS, 0.1, LEASE)
        self.addCleanup(lambda: self.deferred(fleet.end()))
        fleet.begin()
        fleet.add_node(names[0], *fleet.pushed)
        await fleet.until(fleet.all_followed)
        for name in names[1:]:
            fleet.add_node(name)
        await self.even(fleet, len(names))
        return fleet

    async def even(self, fleet: FleetOfProcesses, nodes: int) -> None:
        """Wait until so many nodes have as many rooms each."""
        for _ in range(300):
            counts = [count for count in (await fleet.owners()).values() if count]
            if counts == [ROOMS // nodes] * nodes:
                return
            await self.moment(0.1)
        self.fail(f"{counts} {fleet.logs()}")

    async def test_killed(self) -> None:
        """A node is killed: its rooms are followed by the other, and nothing is lost untold."""
        fleet = await self.fleet("a", "b")
        fleet.signal("a")
        fleet.nodes.pop("a").wait()
        await fleet.until(lambda: not fleet.all_followed())
        took = await fleet.until(fleet.all_followed)
        self.assertLess(took, 20)
        await self.moment(1.5)
        fleet.silence()
        await self.moment(1.5)
        self.assertEqual([], await fleet.wrong())

    async def test_frozen(self) -> None:
        """A node that does nothing for twice its lease writes nothing after the next one began."""
        fleet = await self.fleet("a", "b")
        fleet.signal("a", signal.SIGSTOP)
        await self.moment(LEASE * 2)
        await self.until_owned(fleet, "b")
        before = len(await fleet.events())
        fleet.signal("a", signal.SIGCONT)
        await self.in_order(fleet, before)

    async def test_cut_off(self) -> None:
        """A node that cannot reach Redis for twice its lease writes nothing after that either."""
        fleet = await self.fleet("b")
        way = WayToRedis(fleet.server.path)
        self.addCleanup(lambda: self.deferred(way.end()))
        fleet.add_node("a", redis=way.url)
        await self.even(fleet, 2)
        way.cut()
        await self.moment(LEASE * 2)
        await self.until_owned(fleet, "b")
        before = len(await fleet.events())
        way.cut(False)
        await self.in_order(fleet, before)

    async def test_redis_killed(self) -> None:
        """When Redis is killed and started again all nodes go on, and all is there, once."""
        fleet = await self.fleet("a", "b", aof=True)
        before = await fleet.owners()
        fleet.server.kill()
        await self.moment(0.7)
        fleet.server.start()
        await self.moment(LEASE)
        self.assertEqual(before, await fleet.owners())
        fleet.silence()
        await self.moment(1.5)
        self.assertEqual([], await fleet.wrong())
        self.assertEqual([], [e for e in await fleet.events() if e["event"] == "gap"])

    async def in_order(self, fleet: FleetOfProcesses, before: int) -> None:
        """What is written from now on is written by one node a room: in the pushed order."""
        await self.moment(LEASE)
        fleet.silence()
        await self.moment(1.5)
        self.assertEqual([], await fleet.wrong())
        events = (await fleet.events())[before:]
        for user in fleet.pushed:
            numbers = [
                int(each["data"]["comment"])
                for each in events
                if each["anchor"] == user and each["event"] == "chat" and not each["history"]
            ]
            self.assertEqual(sorted(numbers), numbers, user)
            self.assertGreater(len(numbers), 3)

    async def until_owned(self, fleet: FleetOfProcesses, node: str) -> None:
        """Wait until a node has all rooms."""
        for _ in range(300):
            if (await fleet.owners()).get(node) == ROOMS:
                return
            await self.moment(0.1)
        self.fail(fleet.logs())

    async def test_stopped(self) -> None:
        """A node that is told to end hands its rooms over: none has no stream, nothing is lost."""
        fleet = await self.fleet("a", "b")
        least = [1]

        def look() -> None:
            least[0] = min(least[0], *(len(room.viewers) for room in fleet.rooms))

        looking = task.LoopingCall(look)
        looking.start(0.02)
        fleet.signal("b", signal.SIGINT)
        await fleet.gone("b")
        looking.stop()
        self.assertEqual(1, least[0], "a room had no stream")
        await self.moment(0.5)
        fleet.silence()
        await self.moment(1.0)
        self.assertEqual([], await fleet.wrong())
        self.assertEqual([], [e for e in await fleet.events() if e["event"] == "gap"])
        self.assertEqual({"a"}, {name for name, count in (await fleet.owners()).items() if count})


async def rounds(reactor: Any, count: int, rooms: int = 24) -> None:
    """Kill one of three nodes so many times, and start another one each time."""
    random, server = Random(), RedisServer()
    server.start()
    address = RedisAddress("", 0, path=server.path)
    client = RedisClient(address, endpoint_to(address, reactor, network_of(reactor, {})), reactor)
    client.startService()
    await client.when_connected()
    fleet = FleetOfProcesses(server, client, rooms, 0.1, 10)
    longest = 0.0
    try:
        fleet.begin()
        fleet.add_node("n0", *fleet.pushed)
        await fleet.until(fleet.all_followed)
        fleet.add_node("n1")
        fleet.add_node("n2")
        await deferLater(reactor, 20)
        for number in range(count):
            await deferLater(reactor, random.uniform(2, 12))
            name = random.choice([each for each in fleet.nodes if (await fleet.owners()).get(each)])
            fleet.signal(name)
            fleet.nodes.pop(name).wait()
            await deferLater(reactor, 0.5)
            took = 0.5 + await fleet.until(fleet.all_followed, 60)
            longest = max(longest, took)
            fleet.add_node(f"n{number + 3}")
            shares = {node: count for node, count in (await fleet.owners()).items() if count}
            print(f"{number + 1}: {name} killed, all followed after {took:.1f} s, {shares}")
        await deferLater(reactor, 3)
        fleet.silence()
        await deferLater(reactor, 3)
        wrong = await fleet.wrong()
        pushed = sum(len(each) for each in fleet.pushed.values())
        events = [each["event"] for each in await fleet.events()]
        chats, gaps = events.count("chat"), events.count("gap")
        print(f"{pushed} messages, {chats} in the stream, {gaps} gaps, {len(wrong)} wrong")
        print(*wrong[:20], sep="\n")
        if wrong or longest > 20:
            raise SystemExit(1)
    finally:
        await fleet.end()
        await client.stopService()
        server.remove()


if __name__ == "__main__":
    task.react(rounds, [int(sys.argv[1]) if len(sys.argv) > 1 else 20])
