"""
The table of owners in memory: as strict as the one in Redis, and with the same tests.

See :class:`tests.fleet.test_ownership.OwnershipContract`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from twisted.internet.task import Clock

from tiktoklive.errors import RedisAwayError
from tiktoklive.fleet.ownership import (
    FleetList,
    NodeState,
    Offer,
    OwnedRoom,
    Renewal,
    Taken,
)
from tiktoklive.fleet.shares import Move, NodeLoad


@dataclass
class _Entry:
    name: str
    owner: str = ""
    at: float = 0.0
    token: str = ""
    carried: str = ""


@dataclass
class _Table:
    """What Redis would hold."""

    entries: dict[str, _Entry] = field(default_factory=dict)
    offers: dict[str, Offer] = field(default_factory=dict)
    nodes: dict[str, tuple[float, NodeLoad]] = field(default_factory=dict)
    drained: set[str] = field(default_factory=set)


class OwnerTable:
    """
    Where the tables of several nodes meet.

    :ivar away: the nodes that cannot reach it; ``None`` in it is for all.
    :ivar calls: what was asked, and by whom, in order.
    """

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.table = _Table()
        self.tokens = 0  # no data is lost with which one would come twice
        self.away: set[str | None] = set()
        self.calls: list[tuple[str, str]] = []

    def lose_data(self) -> None:
        """It comes back with nothing in it."""
        self.table = _Table()

    def ownership(self, node: str = "") -> MemoryOwnership:
        """The table as one node sees it."""
        return MemoryOwnership(self, node)


class MemoryOwnership:
    """
    What :class:`~tiktoklive.fleet.ownership.Ownership` is, in memory.

    :param node: whose connection it is: that may be away.
    """

    def __init__(self, redis: OwnerTable, node: str) -> None:
        self._redis = redis
        self._node = node

    @property
    def connected(self) -> bool:
        """Whether it can be reached."""
        return self._redis.away.isdisjoint((None, self._node))

    def _asked(self, what: str) -> _Table:
        redis = self._redis
        redis.calls.append((self._node, what))
        if not self.connected:
            raise RedisAwayError("Redis cannot be asked: it is away.")
        return redis.table

    def _now(self) -> float:
        return self._redis.clock.seconds()

    def _owned(self, table: _Table, node: str, user: str) -> _Entry | None:
        entry = table.entries.get(user.lower())
        return entry if entry is not None and entry.owner == node else None

    def _name(self, entry: _Entry, owner: str) -> OwnedRoom:
        self._redis.tokens += 1
        entry.token = f"{self._redis.tokens}:{owner}"
        return OwnedRoom(entry.name, entry.token)

    async def renew(self, load: NodeLoad, lease: float) -> Renewal:
        table, now = self._asked("renew"), self._now()
        table.nodes[load.node] = now, replace(load, lease=lease)
        owned = {}
        for user, entry in table.entries.items():
            if entry.owner == load.node:
                entry.at = now
                owned[user] = OwnedRoom(entry.name, entry.token)
        nodes = [
            replace(
                its,
                rooms=sum(entry.owner == node for entry in table.entries.values()),
                leaving=its.leaving or node in table.drained,
            )
            for node, (at, its) in table.nodes.items()
            if now - at <= lease
        ]
        alive = {node.node for node in nodes}
        for user, (move, _) in list(table.offers.items()):
            ours = self._owned(table, move.source, user) is not None
            if not ours or not {move.source, move.target} <= alive:
                del table.offers[user]
        return Renewal(owned, tuple(nodes), tuple(table.offers.values()), len(table.entries))

    async def take(self, node: str, count: int, lease: float) -> list[Taken]:
        table, now = self._asked("take"), self._now()
        fresh = [each for each in table.entries.values() if not each.owner]
        stale = [e for e in table.entries.values() if e.owner and now - e.at >= lease]
        taken = []
        for entry in [*fresh, *stale][:count]:
            had_owner = bool(entry.owner)
            entry.owner, entry.at = node, now
            table.offers.pop(entry.name.lower(), None)
            taken.append(Taken(self._name(entry, node), entry.carried, had_owner))
        return taken

    async def offer(self, node: str, moves: Sequence[Move]) -> None:
        table = self._asked("offer")
        for move in moves:
            user = move.user.lower()
            if self._owned(table, node, user) is not None:
                table.offers.setdefault(user, Offer(Move(user, node, move.target), False))

    def _of(
        self, table: _Table, users: Sequence[str], which: Callable[[Move], bool]
    ) -> list[tuple[str, Offer]]:
        found = [(user.lower(), table.offers.get(user.lower())) for user in users]
        return [(user, offer) for user, offer in found if offer and which(offer.move)]

    async def ready(self, node: str, users: Sequence[str]) -> None:
        table = self._asked("ready")
        for user, offer in self._of(table, users, lambda move: move.target == node):
            table.offers[user] = offer._replace(ready=True)

    async def withdraw(self, node: str, users: Sequence[str]) -> None:
        table = self._asked("withdraw")
        for user, _ in self._of(table, users, lambda move: move.source == node):
            del table.offers[user]

    async def give(self, node: str, user: str, target: str, carried: str) -> bool:
        table, user = self._asked("give"), user.lower()
        entry, offer = self._owned(table, node, user), table.offers.get(user)
        if entry is None or offer is None or offer.move != Move(user, node, target):
            return False
        del table.offers[user]
        entry.owner, entry.at, entry.carried = target, self._now(), carried
        self._name(entry, target)
        return True

    async def release(self, node: str, carried: Mapping[str, str]) -> None:
        table = self._asked("release")
        for user, known in carried.items():
            if (entry := self._owned(table, node, user)) is not None:
                entry.at, entry.carried = -1e9, known
                table.offers.pop(user.lower(), None)
                self._name(entry, "")
        table.nodes[node] = -1e9, NodeLoad(node)

    async def save(self, node: str, carried: Sequence[tuple[OwnedRoom, str]]) -> None:
        table = self._asked("save")
        for room, known in carried:
            entry = table.entries.get(room.user.lower())
            if entry is not None and entry.token == room.token:
                entry.carried = known

    async def carried(self, users: Sequence[str]) -> dict[str, str]:
        table = self._asked("carried")
        found = {user.lower(): table.entries.get(user.lower()) for user in users}
        return {user: entry.carried if entry else "" for user, entry in found.items()}

    async def add(self, users: Sequence[str]) -> list[str]:
        table, new = self._asked("add"), []
        for user in map(str.lower, users):
            if user not in table.entries:
                table.entries[user] = _Entry(user)
                new.append(user)
        return new

    async def remove(self, users: Sequence[str]) -> list[str]:
        table = self._asked("remove")
        gone = [user for user in map(str.lower, users) if table.entries.pop(user, None) is not None]
        for user in gone:
            table.offers.pop(user, None)
        return gone

    async def has(self, user: str) -> bool:
        return user.lower() in self._asked("has").entries

    async def rename(self, user: str, new: str) -> bool | None:
        table, user, new = self._asked("rename"), user.lower(), new.lower()
        if user not in table.entries:
            return None
        if user != new and new in table.entries:
            return False
        table.offers.pop(user, None)
        table.entries[new] = replace(table.entries.pop(user), name=new)
        return True

    async def forget_name(self, user: str) -> None:
        self._asked("forget_name")

    async def list(self) -> FleetList:
        table, now = self._asked("list"), self._now()
        return FleetList(
            {entry.name: entry.owner for entry in table.entries.values()},
            [
                NodeState(node, now - at, load.leaving or node in table.drained)
                for node, (at, load) in table.nodes.items()
            ],
        )

    async def empty(self, node: str) -> bool:
        table = self._asked("empty")
        if node not in table.nodes:
            return False
        table.drained.add(node)
        return True

    async def refill(self, node: str) -> bool:
        table = self._asked("refill")
        if node not in table.nodes:
            return False
        table.drained.discard(node)
        return True
