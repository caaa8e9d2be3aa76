"""Nodes of a fleet whose Redis takes nothing, with a real one: it is full, or a replica."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from tests.fleet.members import Follower, Happened
from tests.fleet.server import RedisTestCase
from tests.outputs.doubles import Said
from tiktoklive.fleet.localrooms import LocalRooms
from tiktoklive.fleet.node import FleetNode
from tiktoklive.fleet.ownedevents import OwnedEvents
from tiktoklive.fleet.ownership import Ownership
from tiktoklive.fleet.stream import Keys

#: Seconds of a lease.
LEASE = 1.2

USERS = {"anna", "bob", "carl"}


class UnwritableTests(RedisTestCase):
    """It keeps its rooms until the lease is over, says so once, and goes on afterwards."""

    async def node(self, **more: Any) -> None:
        """A node that has all rooms."""
        from twisted.internet import reactor

        self.server_ = self.server(more=["--maxmemory-policy", "noeviction"])
        self.admin = await self.connected(self.server_)
        await self.admin.call("ACL", "SETUSER", "node", "on", ">secret", "~*", "&*", "+@all")
        keys = Keys("x")
        await Ownership(self.admin, keys).add(sorted(USERS))
        self.said = Said(self, "Remarks", "RedisClient")
        client = self.client(self.server_, user="node", password="secret")
        self.follower = Follower(reactor)  # type: ignore[arg-type]  # it asks for the time alone
        self.wrote: list[Any] = []

        async def stored() -> None:
            """All is stored at once."""

        rooms = LocalRooms(self.follower, reactor, self.wrote.append, stored)  # type: ignore[arg-type]
        self.events = OwnedEvents(rooms, lambda streams: None)
        self.node_ = FleetNode(Ownership(client, keys), rooms, reactor, "n", lease=LEASE)  # type: ignore[arg-type]
        client.watch(lambda connected: self.node_.hurry() if connected else None)
        self.node_.startService()
        self.addCleanup(self.node_.stopService)
        await self.until(lambda: set(self.follower.users) == USERS)

    async def until(self, true: Callable[[], object]) -> None:
        """Wait until something is so."""
        while not true():
            await self.moment(0.02)

    def owned(self) -> int:
        """How many rooms the node has."""
        return self.node_.node_counts().owned

    async def check(
        self, close: Callable[[], Awaitable[Any]], reopen: Callable[[], Awaitable[Any]], why: str
    ) -> None:
        """Redis takes nothing for a short while, and then for longer than a lease."""
        await close()
        await self.until(lambda: any("cannot renew" in line for line in self.said.lines))
        self.assertEqual((3, 0), (self.owned(), self.node_.node_counts().leases_over))
        self.events.event(Happened("anna", 1))  # type: ignore[arg-type]  # all that is looked at
        self.assertEqual(1, len(self.wrote))
        await reopen()
        await self.until(lambda: self.node_.node_counts().renewal_age < LEASE / 3)
        self.assertEqual(3, len(self.follower.said), "a room was left")
        await close()
        await self.until(lambda: self.node_.node_counts().leases_over)
        self.assertEqual((0, {}), (self.owned(), self.follower.users))
        await self.moment(LEASE)
        lines = [line for line in self.said.lines if "cannot renew its lease" in line]
        self.assertEqual(1, len(lines), self.said.lines)
        self.assertIn(why, lines[0])
        over = [line for line in self.said.lines if "The lease of node n is over: 3 rooms" in line]
        self.assertEqual(1, len(over))
        await reopen()
        await self.until(lambda: set(self.follower.users) == USERS)
        self.assertEqual({2 * LEASE}, {each.lost for each in self.follower.users.values()})
        self.assertEqual(3, self.owned())
        connected = [line for line in self.said.lines if line.endswith(": connected")]
        self.assertLessEqual(len(connected), 4, self.said.lines)

    async def test_full(self) -> None:
        """It is full, and throws nothing away."""
        await self.node()
        await self.check(
            lambda: self.admin.call("CONFIG", "SET", "maxmemory", "1"),
            lambda: self.admin.call("CONFIG", "SET", "maxmemory", "0"),
            "is full: raise its maxmemory",
        )

    async def test_replica(self) -> None:
        """It became a replica, which can be read alone."""
        await self.node()
        await self.check(
            lambda: self.admin.call("REPLICAOF", "127.0.0.1", "1"),
            lambda: self.admin.call("REPLICAOF", "NO", "ONE"),
            "READONLY",
        )

    async def test_read_only_user(self) -> None:
        """The user may read alone."""
        await self.node()
        await self.check(
            lambda: self.admin.call("ACL", "SETUSER", "node", "-@write"),
            lambda: self.admin.call("ACL", "SETUSER", "node", "+@all"),
            "refuses",
        )
