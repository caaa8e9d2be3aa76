"""The table of owners: one set of tests for the one in Redis and the one in memory."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any, TypeVar

from twisted.internet.defer import Deferred, succeed
from twisted.internet.task import Clock
from twisted.trial.unittest import SynchronousTestCase

from tests.fleet.ownertable import OwnerTable
from tests.fleet.server import RedisTestCase
from tiktoklive.errors import RedisAwayError
from tiktoklive.fleet.ownership import FleetList, OwnedRoom, Ownership, Renewal, Taken
from tiktoklive.fleet.shares import Move, NodeLoad
from tiktoklive.fleet.stream import Keys

_T = TypeVar("_T")

A, B = "node-a", "node-b"

#: Seconds of a lease: with a real server as short as the tests can be.
LEASE = 0.3


class OwnershipContract:
    """What both tables do; ``table`` is one, and ``pass_by`` lets time pass."""

    table: Any

    def pass_by(self, seconds: float) -> Deferred[None]:
        """Let so much time pass for the table."""
        raise NotImplementedError

    def check(self, work: Coroutine[Any, Any, None]) -> Any:
        """Run a test."""
        raise NotImplementedError

    async def renew(self, node: str, lease: float = 60.0, **more: Any) -> Renewal:
        """Renew the lease of a node."""
        renewal: Renewal = await self.table.renew(NodeLoad(node, **more), lease)
        return renewal

    async def taken(self, node: str, count: int = 9, lease: float = 60.0) -> dict[str, Taken]:
        """Take rooms for a node, by user."""
        found: list[Taken] = await self.table.take(node, count, lease)
        return {each.room.user: each for each in found}

    def equal(self, expected: Any, found: Any) -> None:
        """Fail unless they are."""
        self.assertEqual(expected, found)  # type: ignore[attr-defined]

    def test_users(self) -> Any:
        """A user is added once, and listed in small letters."""

        async def go() -> None:
            self.equal(["anna", "bob"], await self.table.add(["Anna", "bob", "anna"]))
            self.equal([], await self.table.add(["ANNA"]))
            self.equal({"anna": "", "bob": ""}, dict((await self.table.list()).users))
            self.equal(["anna"], await self.table.remove(["ANNA", "carl"]))
            self.equal({"bob": ""}, dict((await self.table.list()).users))
            self.equal((False, True), (await self.table.has("anna"), await self.table.has("BOB")))

        return self.check(go())

    def test_renamed(self) -> Any:
        """A user who is called otherwise keeps node, token and the rest; no two have one name."""

        async def go() -> None:
            await self.table.add(["anna", "bob"])
            for node in (A, B):
                await self.renew(node)
            taken = await self.taken(A)
            room = taken["anna"].room
            await self.table.save(A, [(room, "what is known")])
            await self.table.offer(A, [Move("anna", A, B)])
            self.equal(None, await self.table.rename("nobody", "ann"))
            self.equal(False, await self.table.rename("anna", "BOB"))
            self.equal(True, await self.table.rename("bob", "bob"))
            self.equal(True, await self.table.rename("Anna", "Ann"))
            renewal = await self.renew(A)
            self.equal({"ann", "bob"}, set(renewal.owned))
            self.equal(room.token, renewal.owned["ann"].token)
            self.equal(((), 2), (renewal.offers, renewal.users))
            self.equal(
                {"ann": "what is known", "anna": ""}, await self.table.carried(["ann", "anna"])
            )
            self.equal(None, await self.table.rename("anna", "anni"))
            await self.table.forget_name("anna")
            self.equal(["anna"], await self.table.add(["anna"]))
            self.equal(["anna"], list(await self.taken(B)))

        return self.check(go())

    def test_taken_once(self) -> Any:
        """What one node has taken no other one gets, and each has a token of its own."""

        async def go() -> None:
            await self.table.add(["anna", "bob", "carl"])
            for node in (A, B):
                self.equal(3, (await self.renew(node)).free)
            first, second = await self.taken(A, 2), await self.taken(B)
            self.equal(({"anna", "bob"}, {"carl"}), (set(first), set(second)))
            self.equal(3, len({each.room.token for each in (*first.values(), *second.values())}))
            self.equal({False}, {each.had_owner for each in first.values()})
            self.equal({}, await self.taken(A))
            renewal = await self.renew(B, rate=2.5)
            self.equal({"carl": second["carl"].room}, renewal.owned)
            self.equal(0, renewal.free)
            loads = {load.node: load for load in renewal.nodes}
            self.equal((2, 1), (loads[A].rooms, loads[B].rooms))
            self.equal((2.5, 60.0), (loads[B].rate, loads[A].lease))
            users = dict((await self.table.list()).users)
            self.equal({"anna": A, "bob": A, "carl": B}, users)

        return self.check(go())

    def test_lease_over(self) -> Any:
        """Rooms whose lease is over are taken by another node, with what was written down."""

        async def go() -> None:
            await self.table.add(["anna"])
            await self.renew(A)
            first = (await self.taken(A))["anna"].room
            await self.table.save(A, [(first, "what is known")])
            self.equal({}, await self.taken(B, lease=LEASE))
            await self.pass_by(LEASE * 1.2)
            renewal = await self.renew(B, LEASE)
            self.equal((1, [B]), (renewal.free, [load.node for load in renewal.nodes]))
            again = (await self.taken(B, lease=LEASE))["anna"]
            self.equal(("what is known", True), (again.carried, again.had_owner))
            self.assertNotEqual(first.token, again.room.token)  # type: ignore[attr-defined]
            self.equal({}, (await self.renew(A)).owned)
            await self.table.save(A, [(first, "too late")])
            self.equal({"anna": "what is known"}, await self.table.carried(["Anna"]))

        return self.check(go())

    def test_renewed(self) -> Any:
        """What is renewed in time is not taken."""

        async def go() -> None:
            await self.table.add(["anna"])
            await self.renew(A)
            await self.taken(A)
            for _ in range(3):
                await self.pass_by(LEASE * 0.6)
                self.equal(["anna"], list((await self.renew(A)).owned))
                self.equal({}, await self.taken(B, lease=LEASE))

        return self.check(go())

    def test_handed_over(self) -> Any:
        """A room is given when the other node is ready, and only by its owner."""

        async def go() -> None:
            await self.table.add(["Anna", "bob"])
            for node in (A, B):
                await self.renew(node)
            first = (await self.taken(A))["anna"].room
            await self.table.offer(A, [Move("Anna", A, B)])
            await self.table.offer(B, [Move("bob", B, A)])  # it is not its own
            for ready in (False, True):
                [offer] = (await self.renew(B)).offers
                self.equal((Move("anna", A, B), ready), tuple(offer))
                await self.table.ready(A, ["Anna"])  # it is not asked
                await self.table.ready(B, ["Anna"])
            self.assertFalse(await self.table.give(B, "Anna", A, ""))  # type: ignore[attr-defined]
            self.assertFalse(await self.table.give(A, "bob", B, ""))  # type: ignore[attr-defined]
            self.assertTrue(await self.table.give(A, "Anna", B, "all"))  # type: ignore[attr-defined]
            self.assertFalse(await self.table.give(A, "Anna", B, "all"))  # type: ignore[attr-defined]
            renewal = await self.renew(B)
            self.equal(((), ["anna"]), (renewal.offers, list(renewal.owned)))
            self.equal("anna", renewal.owned["anna"].user)
            self.assertNotEqual(first.token, renewal.owned["anna"].token)  # type: ignore[attr-defined]
            self.equal({"anna": "all"}, await self.table.carried(["anna"]))
            self.equal(["bob"], list((await self.renew(A)).owned))

        return self.check(go())

    def test_offers_end(self) -> Any:
        """An offer is over when it is taken back, and when one of the two is gone."""

        async def go() -> None:
            await self.table.add(["anna"])
            for node in (A, B):
                await self.renew(node)
            await self.taken(A)
            move = Move("anna", A, B)
            await self.table.offer(A, [move])
            await self.table.withdraw(B, ["anna"])
            self.equal(1, len((await self.renew(A)).offers))
            await self.table.withdraw(A, ["anna"])
            self.equal(0, len((await self.renew(A)).offers))
            await self.table.offer(A, [move])
            await self.pass_by(LEASE * 1.2)
            self.equal(0, len((await self.renew(A, LEASE)).offers))

        return self.check(go())

    def test_released(self) -> Any:
        """What a node lets go of is taken at once, with a new token, and the node is gone."""

        async def go() -> None:
            await self.table.add(["anna", "bob"])
            await self.renew(A)
            before = await self.taken(A)
            await self.table.release(A, {"anna": "known"})
            renewal = await self.renew(B)
            self.equal(([B], 2), ([load.node for load in renewal.nodes], renewal.free))
            taken = await self.taken(B)
            self.equal({"anna": "known"}, {user: each.carried for user, each in taken.items()})
            await self.table.save(A, [(before["anna"].room, "too late")])
            self.equal({"anna": "known"}, await self.table.carried(["anna"]))

        return self.check(go())

    def test_removed(self) -> Any:
        """A user who is removed is nobody's any more, and is followed anew when added again."""

        async def go() -> None:
            await self.table.add(["anna", "bob"])
            await self.renew(A)
            room = (await self.taken(A))["anna"].room
            await self.table.save(A, [(room, "old")])
            await self.table.remove(["anna"])
            self.equal(["bob"], list((await self.renew(A)).owned))
            await self.table.add(["anna"])
            again = (await self.taken(B))["anna"]
            self.equal(("", False), (again.carried, again.had_owner))

        return self.check(go())

    def test_drained(self) -> Any:
        """A node that is drained is seen as leaving by all; one that is not there cannot be."""

        async def go() -> None:
            for node in (A, B):
                await self.renew(node)
            self.equal((False, True), (await self.table.empty("none"), await self.table.empty(A)))
            loads = {load.node: load.leaving for load in (await self.renew(B)).nodes}
            self.equal({A: True, B: False}, loads)
            found: FleetList = await self.table.list()
            self.equal({A: True, B: False}, {node.node: node.drained for node in found.nodes})
            self.assertTrue(all(node.age < 60 for node in found.nodes))  # type: ignore[attr-defined]
            again = (await self.table.refill("none"), await self.table.refill(A))
            self.equal((False, True), again)
            self.equal({False}, {load.leaving for load in (await self.renew(B)).nodes})

        return self.check(go())


class MemoryOwnershipTests(OwnershipContract, SynchronousTestCase):
    """The one in memory."""

    def setUp(self) -> None:
        self.clock = Clock()
        self.redis = OwnerTable(self.clock)
        self.table = self.redis.ownership(A)

    def pass_by(self, seconds: float) -> Deferred[None]:
        self.clock.advance(seconds)
        return succeed(None)

    def check(self, work: Coroutine[Any, Any, None]) -> None:
        self.successResultOf(Deferred.fromCoroutine(work))

    def test_away(self) -> None:
        """Without Redis everything fails, and nothing is done."""
        self.redis.away.add(A)
        self.failureResultOf(Deferred.fromCoroutine(self.table.add(["anna"])), RedisAwayError)
        self.redis.away.clear()
        self.assertEqual({}, self.successResultOf(Deferred.fromCoroutine(self.table.list())).users)


class RedisOwnershipTests(OwnershipContract, RedisTestCase):
    """The one in Redis."""

    async def _begun(self) -> None:
        self.redis = await self.connected(self.server())
        self.table = Ownership(self.redis, Keys("fleet"))

    def pass_by(self, seconds: float) -> Deferred[None]:
        return self.moment(seconds)

    def check(self, work: Coroutine[Any, Any, None]) -> Deferred[None]:
        async def go() -> None:
            await self._begun()
            await work

        return Deferred.fromCoroutine(go())

    def test_many(self) -> Deferred[None]:
        """Thousands of rooms are taken, renewed and listed in one call each."""

        async def go() -> None:
            users = [f"user{number}" for number in range(2500)]
            self.assertEqual(2500, len(await self.table.add(users)))
            await self.renew(A)
            self.assertEqual(2500, len(await self.taken(A, 2500)))
            self.assertEqual(2500, len((await self.renew(A)).owned))
            self.assertEqual({A}, set((await self.table.list()).users.values()))

        return self.check(go())

    def test_forgotten_nodes(self) -> Deferred[None]:
        """A node that is long gone and owns nothing leaves nothing behind; else it stays."""

        async def go() -> None:
            await self.table.add(["anna"])
            for node in (A, B):
                await self.renew(node)
            await self.taken(A)
            await self.moment(0.03)
            await self.renew("node-c", 0.001)
            nodes = {node.node for node in (await self.table.list()).nodes}
            self.assertEqual({A, "node-c"}, nodes)
            self.assertEqual({"anna": A}, dict((await self.table.list()).users))

        return self.check(go())

    def test_strange_words(self) -> Deferred[None]:
        """What another version wrote of a node is no reason to fail."""

        async def go() -> None:
            await self.redis.call("HSET", self.table.keys.of("nodes"), B, "99999999999999 [1]")
            [load, other] = sorted((await self.renew(A)).nodes, key=lambda each: each.node)
            self.assertEqual((NodeLoad(A, lease=60.0), NodeLoad(B, rate=None)), (load, other))

        return self.check(go())

    def test_room(self) -> Deferred[None]:
        """The token of a room is where an output looks for it."""

        async def go() -> None:
            await self.table.add(["Anna"])
            await self.renew(A)
            room = (await self.taken(A))["anna"].room
            self.assertEqual(OwnedRoom("anna", room.token), room)
            found = await self.redis.call("HGET", self.table.tokens, "anna")
            self.assertEqual(room.token.encode(), found)

        return self.check(go())
