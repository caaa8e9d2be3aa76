"""
Long trials of fleets of processes: ``python -m tests.fleet.trials WHAT [--rounds N] [--rooms N]``.

``redis``
    Redis, with an append-only file that is synced every second, is killed while three nodes write,
    and started again two seconds later, at random moments.  All nodes go on, all that was pushed is
    in the stream, once, and nobody was told a gap.
``partition``
    Nothing passes between one of two nodes and Redis, in neither direction, for twice the lease;
    no connection is closed.  What the node then writes is nothing of rooms that are another's.
``flushed``
    One of two nodes is frozen while Redis loses all its data, and until the other one has the
    users, who are added again.  What the node then writes is nothing of rooms of the other's.
``unwritable``
    Redis is full, and then a replica: for a third of a lease, in which nothing is lost and no gap
    is told, and for three leases.
``shares``
    A node joins three others, and later leaves, while messages come in rooms that differ by a
    factor of ten.  A minute later the shares differ by 20 % at most, by rooms and by messages, and
    no room was without a stream for longer than it takes to connect again.
``stops``
    Three nodes are told to stop, one after the other, and started again, while many messages come.
    All that was pushed is in the stream, once, and nobody was told a gap.

It ends with status 1 if something of this is not so.
"""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Awaitable, Callable, Mapping
from random import Random
from typing import Any, Final

from twisted.internet import task
from twisted.internet.task import deferLater

from tests.fleet.processes import FleetOfProcesses, WayToRedis
from tests.fleet.server import RedisServer
from tiktoklive.clock import steady_seconds
from tiktoklive.fleet.address import RedisAddress, endpoint_to, network_of
from tiktoklive.fleet.client import RedisClient

#: Seconds that Redis is away.
AWAY: Final = 2.0

#: Seconds in which a session is connected again.
RECONNECT: Final = 5.0


class Trial:
    """
    A fleet of processes that something is done to.

    :ivar wrong: what should not have happened, for people.
    """

    def __init__(self, reactor: Any, rooms: int, apart: float, lease: int) -> None:
        self.reactor, self.random, self.wrong = reactor, Random(), list[str]()
        self.server = RedisServer(aof=True)
        address = RedisAddress("", 0, path=self.server.path)
        endpoint = endpoint_to(address, reactor, network_of(reactor, {}))
        self.client = RedisClient(address, endpoint, reactor)
        self.fleet = FleetOfProcesses(self.server, self.client, rooms, apart, lease)

    async def run(self, what: Callable[[Trial], Awaitable[None]]) -> list[str]:
        """Do it; what is wrong."""
        self.server.start()
        self.client.startService()
        await self.client.when_connected()
        try:
            self.fleet.begin()
            await what(self)
        finally:
            await self.fleet.end()
            await self.client.stopService()
            self.server.remove()
        return self.wrong

    async def wait(self, seconds: float) -> None:
        """Let time pass."""
        await deferLater(self.reactor, seconds)

    async def begin(self, *nodes: str, seconds: float = 20.0) -> None:
        """Start nodes, the first one alone, and let each have its share."""
        first, *others = nodes
        self.fleet.add_node(first, *self.fleet.pushed)
        await self.fleet.until(self.fleet.all_followed, 120)
        for name in others:
            self.fleet.add_node(name)
        await self.wait(seconds)

    async def over(self, *, gaps: bool = True) -> None:
        """Compare what was pushed with what is in the stream."""
        await self.wait(3)
        self.fleet.silence()
        await self.wait(3)
        self.wrong += (await self.fleet.wrong())[:20]
        events = [each["event"] for each in await self.fleet.events()]
        told = events.count("gap")
        if told and not gaps:
            self.wrong.append(f"{told} gaps were told")
        pushed = sum(map(len, self.fleet.pushed.values()))
        said(f"{pushed} messages, {events.count('chat')} in the stream, {told} gaps")

    async def kill_redis(self, rounds: int) -> None:
        """See the module."""
        await self.begin("a", "b", "c")
        for number in range(rounds):
            await self.wait(self.random.uniform(1, 6))
            before = {node: len(users) for node, users in (await self.fleet.owned()).items()}
            self.server.kill()
            await self.wait(AWAY)
            self.server.start()
            began = steady_seconds()
            # Each node has renewed its lease, and has its rooms.
            await self.fleet.until(lambda: self.client.connected)
            await self.renewed(began)
            after = {node: len(users) for node, users in (await self.fleet.owned()).items()}
            took = steady_seconds() - began
            said(f"{number + 1}: killed; all nodes go on {took:.1f} s after its start: {after}")
            if before != after:
                self.wrong.append(f"{number + 1}: nodes had {before} rooms, and then {after}")
        await self.over(gaps=False)

    async def renewed(self, began: float) -> None:
        """Wait until each node was seen since then."""
        from tiktoklive.fleet.ownership import Ownership

        table = Ownership(self.client, self.fleet.keys)
        while True:
            listed = await table.list()
            ages = {each.node.rpartition("-")[0]: each.age for each in listed.nodes}
            since = steady_seconds() - began
            if all(ages.get(name, since + 1) < since for name in self.fleet.nodes):
                return
            if since > 30:
                raise AssertionError(f"not all nodes go on: {ages} {self.fleet.logs()}")
            await self.wait(0.1)

    async def partition(self, rounds: int) -> None:
        """See the module."""
        way = WayToRedis(self.server.path)
        try:
            await self.begin("b")
            self.fleet.add_node("a", redis=way.url)
            await self.wait(15)
            for number in range(rounds):
                way.cut()
                await self.wait(2 * self.fleet.lease)
                while list(found := await self.fleet.owned()) != ["b"]:
                    await self.wait(0.1)
                before = len(await self.fleet.events())
                way.cut(False)
                await self.wait(self.random.uniform(1, 3))
                late = self.in_order((await self.fleet.events())[before:])
                self.wrong += [f"{number + 1}: {each}" for each in late]
                await self.wait(2 * self.fleet.lease)
                found = await self.fleet.owned()
                shares = {node: len(users) for node, users in found.items()}
                said(f"{number + 1}: cut off for {2 * self.fleet.lease} s, afterwards {shares}")
                if len(shares) != 2:
                    self.wrong.append(f"{number + 1}: the node did not come back: {shares}")
            await self.over()
        finally:
            await way.end()

    async def flushed(self, rounds: int) -> None:
        """See the module."""
        from tiktoklive.fleet.ownership import Ownership

        table = Ownership(self.client, self.fleet.keys)
        await self.begin("b", "a", seconds=5 * self.fleet.lease)
        for number in range(rounds):
            self.fleet.signal("a", signal.SIGSTOP)
            await self.client.call("FLUSHALL")
            await table.add(list(self.fleet.pushed))
            await self.wait(2 * self.fleet.lease)
            while list(await self.fleet.owned()) != ["b"]:
                await self.wait(0.1)
            before = len(await self.fleet.events())
            self.fleet.signal("a", signal.SIGCONT)
            await self.wait(self.random.uniform(1, 3))
            events = (await self.fleet.events())[before:]
            self.wrong += [f"{number + 1}: {each}" for each in self.in_order(events)]
            await self.wait(5 * self.fleet.lease)
            shares = {node: len(users) for node, users in (await self.fleet.owned()).items()}
            said(f"{number + 1}: frozen over FLUSHALL, {len(events)} events later {shares}")
            if len(shares) != 2:
                self.wrong.append(f"{number + 1}: the node did not come back: {shares}")

    @staticmethod
    def in_order(events: list[dict[str, Any]]) -> list[str]:
        """Rooms in which what was written is not in the order in which it was pushed."""
        numbers: dict[str, list[int]] = {}
        for each in events:
            if each["event"] == "chat" and not each["history"]:
                numbers.setdefault(each["anchor"], []).append(int(each["data"]["comment"]))
        return [f"@{user}: {found}" for user, found in numbers.items() if found != sorted(found)]

    async def stops(self, rounds: int) -> None:
        """See the module."""
        await self.begin("a", "b", "c", seconds=25)
        for number in range(rounds):
            name = "abc"[number % 3]
            self.fleet.signal(name, signal.SIGTERM)
            began = steady_seconds()
            await self.fleet.gone(name)
            said(f"{number + 1}: {name} was gone after {steady_seconds() - began:.1f} s")
            await self.wait(6)
            self.fleet.add_node(name)
            await self.wait(20)
        await self.over(gaps=False)

    async def unwritable(self, rounds: int) -> None:
        """See the module."""
        lease = self.fleet.lease
        ways = {
            "full": (("CONFIG", "SET", "maxmemory", "1"), ("CONFIG", "SET", "maxmemory", "0")),
            "a replica": (("REPLICAOF", "127.0.0.1", "1"), ("REPLICAOF", "NO", "ONE")),
        }
        await self.begin("a", "b")
        for number in range(rounds):
            for seconds in (lease / 3, 3.0 * lease):
                for what, (close, reopen) in ways.items():
                    told = self.told(await self.fleet.events(), "gap")
                    await self.client.call(*close)
                    await self.wait(seconds)
                    await self.client.call(*reopen)
                    began = steady_seconds()
                    await self.renewed(began)
                    await self.fleet.until(self.fleet.all_followed)
                    took = steady_seconds() - began
                    await self.wait(3)
                    gaps = self.told(await self.fleet.events(), "gap") - told
                    said(
                        f"{number + 1}: {what} for {seconds:g} s: all go on {took:.1f} s later, "
                        f"{gaps} gaps"
                    )
                    if gaps and seconds < lease:
                        self.wrong.append(f"{number + 1}: gaps of a short outage")
        await self.over()

    @staticmethod
    def told(events: list[dict[str, Any]], name: str) -> int:
        """How many events there are of a name."""
        return sum(each["event"] == name for each in events)

    async def shares(self, rounds: int) -> None:
        """See the module."""
        # Few rooms are loud, most are quiet.
        for user in self.fleet.pushed:
            self.fleet.every[user] = self.random.choice((1, 2, 4, 6, 8, 10, 10, 10))
        await self.begin("a", "b", "c", seconds=70)
        for number in range(rounds):
            for what in ("joins", "leaves"):
                looking = Looking(self.fleet)
                name = f"late{number}"
                if what == "joins":
                    self.fleet.add_node(name)
                else:
                    self.fleet.signal(name, signal.SIGTERM)
                    await self.fleet.gone(name, 60)
                await self.wait(60)
                rooms, rates = self.figures(await self.fleet.owned())
                longest = looking.end()
                apart = [max(each) / max(min(each), 1e-9) - 1 for each in (rooms, rates)]
                said(
                    f"{number + 1}: a node {what}: rooms {rooms}, {apart[0]:.0%} apart; messages "
                    f"a second {[round(each) for each in rates]}, {apart[1]:.0%} apart; a room was "
                    f"without a stream for {longest:.2f} s at most"
                )
                if max(apart) > 0.2 or longest > RECONNECT:
                    self.wrong.append(f"{number + 1}: {what}")
        await self.over()

    def figures(self, owned: Mapping[str, list[str]]) -> tuple[list[int], list[float]]:
        """How many rooms each node has, and the messages a second in them."""
        each = [users for node, users in owned.items() if node]
        apart = self.fleet.apart
        rates = [sum(1 / self.fleet.every[user] / apart for user in users) for users in each]
        return [len(users) for users in each], rates


class Looking:
    """Looks for how long rooms have no stream."""

    def __init__(self, fleet: FleetOfProcesses) -> None:
        self._fleet = fleet
        self._since: dict[str, float] = {}
        self._longest = 0.0
        self._call = task.LoopingCall(self._look)
        self._call.start(0.05)

    def _look(self) -> None:
        now = steady_seconds()
        for room in self._fleet.rooms:
            if room.viewers:
                self._since.pop(room.unique_id, None)
            else:
                since = self._since.setdefault(room.unique_id, now)
                self._longest = max(self._longest, now - since)

    def end(self) -> float:
        """The longest that a room had none, in seconds."""
        self._call.stop()
        return self._longest


def said(line: str) -> None:
    """For people, at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


#: What there is, with rooms, seconds from one message to the next, the lease, and rounds.
TRIALS: Final[Mapping[str, tuple[str, int, float, int, int]]] = {
    "redis": ("kill_redis", 24, 0.1, 10, 20),
    "stops": ("stops", 60, 0.1, 10, 3),
    "partition": ("partition", 12, 0.1, 3, 5),
    "flushed": ("flushed", 12, 0.1, 3, 5),
    "unwritable": ("unwritable", 12, 0.1, 6, 1),
    "shares": ("shares", 300, 0.5, 10, 1),
}


async def main(reactor: Any, words: list[str]) -> None:
    """Do what is asked for."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.fleet.trials",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("what", choices=TRIALS)
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--rooms", type=int)
    given = parser.parse_args(words)
    name, rooms, apart, lease, rounds = TRIALS[given.what]
    trial = Trial(reactor, given.rooms or rooms, apart, lease)
    times = given.rounds or rounds

    def do(trial: Trial) -> Awaitable[None]:
        doing: Awaitable[None] = getattr(trial, name)(times)
        return doing

    wrong = await trial.run(do)
    for line in wrong:
        said(f"WRONG {line}")
    if wrong:
        raise SystemExit(1)


if __name__ == "__main__":
    task.react(main, [sys.argv[1:]])
