"""
Which node follows which user: the table of owners in Redis, as nodes and commands use it.

A node owns a room until its *lease* is over: unless it renews it, others take the room then.  With
every owner the room gets a new *token*; what is written with an older one is refused.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, Protocol

from tiktoklive.fleet import scripts
from tiktoklive.fleet.client import Script, Word
from tiktoklive.fleet.shares import Move, NodeLoad
from tiktoklive.fleet.stream import Keys


class OwnedRoom(NamedTuple):
    """
    A room that a node owns.

    :ivar user: the username, in small letters as all of a fleet.
    :ivar token: lets its events be written; ``""`` if the fleet has forgotten it.
    """

    user: str
    token: str


class Offer(NamedTuple):
    """
    A room that is being handed over.

    :ivar ready: whether the node that is to get it follows it already.
    """

    move: Move
    ready: bool


class Taken(NamedTuple):
    """
    A room that was taken.

    :ivar carried: what its last owner wrote down; ``""`` if that was nothing.
    :ivar had_owner: whether another node had it before.
    """

    room: OwnedRoom
    carried: str
    had_owner: bool


@dataclass(frozen=True, slots=True)
class Renewal:
    """
    What there is to know after a lease was renewed.

    :ivar owned: the rooms of the node that asked, by the username.
    :ivar nodes: the nodes that live, itself included.
    :ivar offers: what is being handed over.
    :ivar users: how many users there are.
    """

    owned: Mapping[str, OwnedRoom]
    nodes: tuple[NodeLoad, ...]
    offers: tuple[Offer, ...]
    users: int

    @property
    def free(self) -> int:
        """How many users no living node follows."""
        return max(self.users - sum(node.rooms for node in self.nodes), 0)


class NodeState(NamedTuple):
    """
    A node, for people.

    :ivar age: seconds since it was seen.
    :ivar drained: whether it gives all its rooms away.
    """

    node: str
    age: float
    drained: bool


class FleetList(NamedTuple):
    """
    All users and nodes of a fleet.

    :ivar users: username to its node, ``""`` if it has none.
    """

    users: Mapping[str, str]
    nodes: Sequence[NodeState]


class IRunsScripts(Protocol):
    """What of a client of Redis is needed here."""

    @property
    def connected(self) -> bool:
        """Whether it can be asked now."""

    async def script(self, script: Script, keys: Sequence[Word], arguments: Sequence[Word]) -> Any:
        """Run a script."""


class Ownership:
    """
    The table of owners of one fleet.

    Every method fails with a :class:`~tiktoklive.errors.RedisError` when Redis does not do it;
    it may have been done nevertheless, and all may be done again.

    :param client: speaks to Redis.
    :param keys: those of the fleet.
    """

    def __init__(self, client: IRunsScripts, keys: Keys) -> None:
        self.keys = keys
        self._client = client
        self._keys = [keys.of(each) for each in scripts.KEYS]

    @property
    def connected(self) -> bool:
        """Whether Redis can be asked now."""
        return self._client.connected

    @property
    def tokens(self) -> str:
        """The key of the hash of tokens, by usernames."""
        return self.keys.of("tokens")

    async def renew(self, load: NodeLoad, lease: float) -> Renewal:
        """
        Keep all rooms of a node for another lease.

        :param load: the node; of its rooms Redis knows the number better.
        :param lease: in seconds.
        """
        rate = None if load.rate is None else round(load.rate, 3)
        told = json.dumps({"rate": rate, "leaving": load.leaving, "lease": lease})
        found = await self._run(scripts.RENEW, load.node, told, _ms(lease))
        owned, nodes, offers, users = found
        rooms = [OwnedRoom(_text(name), _text(token)) for name, token in owned]
        return Renewal(
            {room.user: room for room in rooms},
            tuple(_node(*each) for each in nodes),
            tuple(_offer(_text(user), _text(value)) for user, value in offers),
            int(users),
        )

    async def take(self, node: str, count: int, lease: float) -> list[Taken]:
        """Take so many rooms, if there are any without a node, or with one whose lease is over."""
        found = await self._run(scripts.TAKE, node, count, _ms(lease))
        return [
            Taken(OwnedRoom(_text(name), _text(token)), _text(carried), bool(had_owner))
            for name, token, carried, had_owner in found
        ]

    async def offer(self, node: str, moves: Sequence[Move]) -> None:
        """Offer rooms of a node to others."""
        words = [word for move in moves for word in (move.user.lower(), move.target)]
        await self._run(scripts.OFFER, node, *words)

    async def ready(self, node: str, users: Sequence[str]) -> None:
        """A node follows what was offered to it: it may be given."""
        await self._run(scripts.READY, node, *map(str.lower, users))

    async def withdraw(self, node: str, users: Sequence[str]) -> None:
        """A node keeps rooms that it has offered."""
        await self._run(scripts.WITHDRAW, node, *map(str.lower, users))

    async def give(self, node: str, user: str, target: str, carried: str) -> bool:
        """Give an offered room away; false if it was not the node's to give any more."""
        return bool(await self._run(scripts.GIVE, node, user.lower(), target, carried))

    async def release(self, node: str, carried: Mapping[str, str]) -> None:
        """
        A node ends: others may take its rooms at once.

        :param carried: what the next owner should know, by username.
        """
        words = [word for user, known in carried.items() for word in (user.lower(), known)]
        await self._run(scripts.RELEASE, node, *words)

    async def save(self, node: str, carried: Sequence[tuple[OwnedRoom, str]]) -> None:
        """Write down what the next owner should know of rooms; not of those that were lost."""
        words = [word for room, known in carried for word in (room.user.lower(), room.token, known)]
        await self._run(scripts.SAVE, node, *words)

    async def carried(self, users: Sequence[str]) -> dict[str, str]:
        """What was written down of rooms, by the username in small letters."""
        keys = [user.lower() for user in users]
        found = await self._run(scripts.CARRIED, *keys)
        return {key: _text(value or b"") for key, value in zip(keys, found, strict=True)}

    async def add(self, users: Sequence[str]) -> list[str]:
        """Add users; gives those that are new.  The fleet has usernames in small letters."""
        found = await self._run(scripts.ADD, *map(str.lower, users))
        return [_text(user) for user in found]

    async def remove(self, users: Sequence[str]) -> list[str]:
        """Remove users; gives those that there were."""
        found = await self._run(scripts.REMOVE, *map(str.lower, users))
        return [_text(user) for user in found]

    async def has(self, user: str) -> bool:
        """Whether there is such a user."""
        return bool(await self._run(scripts.HAS, user.lower()))

    async def rename(self, user: str, new: str) -> bool | None:
        """
        Call a user otherwise, whose room stays what it is.

        :return: ``None`` if there is no such user; false if there is one of the new name.
        """
        done: int = await self._run(scripts.RENAME, user.lower(), new.lower())
        return None if not done else done > 0

    async def forget_name(self, user: str) -> None:
        """Nothing more will be written under a name that a user had before."""
        await self._run(scripts.FORGET_NAME, user.lower())

    async def list(self) -> FleetList:
        """All users and nodes."""
        users, nodes = await self._run(scripts.LIST)
        return FleetList(
            {_text(name): _text(node) for name, node in users},
            [
                NodeState(_text(node), age / 1000, bool(drained) or _load_of(load).leaving)
                for node, age, drained, load in nodes
            ],
        )

    async def empty(self, node: str) -> bool:
        """Let a node give all its rooms away, and take no more; false if there is no such node."""
        return bool(await self._run(scripts.DRAIN, node))

    async def refill(self, node: str) -> bool:
        """Let a node that was to be empty take rooms again; false if there is no such node."""
        return bool(await self._run(scripts.UNDRAIN, node))

    async def _run(self, script: Script, *arguments: Word) -> Any:
        return await self._client.script(script, self._keys, arguments)


def _ms(seconds: float) -> int:
    return round(seconds * 1000)


def _text(word: bytes | int) -> str:
    return word.decode("utf-8", "replace") if isinstance(word, bytes) else str(word)


def _load_of(load: bytes) -> NodeLoad:
    """What a node told of itself; as little as nothing, of one whose version we do not know."""
    try:
        told = json.loads(load)
        rate = told["rate"]
        rate = None if rate is None else max(float(rate), 0.0)
        lease = float(told.get("lease", 0))  # earlier versions did not say it
        return NodeLoad("", rate=rate, leaving=told["leaving"] is True, lease=lease)
    except (ValueError, TypeError, LookupError):
        return NodeLoad("", rate=None)


def _node(node: bytes, rooms: int, drained: int, load: bytes) -> NodeLoad:
    told = _load_of(load)
    return replace(told, node=_text(node), rooms=rooms, leaving=told.leaving or bool(drained))


def _offer(user: str, value: str) -> Offer:
    source, target, *ready = value.split(" ")
    return Offer(Move(user, source, target), bool(ready))
