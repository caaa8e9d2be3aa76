"""A process as a node of a fleet: the services that it needs, from the address of the fleet."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from string import ascii_letters, digits
from typing import Any, Final, Protocol

from twisted.application.service import IService

from tiktoklive.fleet.address import RedisAddress, parse_redis
from tiktoklive.fleet.budgets import FleetBucket, FleetTokens
from tiktoklive.fleet.client import make_client
from tiktoklive.fleet.fencing import FENCED_APPEND, fence_of
from tiktoklive.fleet.localrooms import IFollower, LocalRooms
from tiktoklive.fleet.node import LEASE, FleetNode
from tiktoklive.fleet.output import BATCH, LIMIT, RedisOutput, fleet_name
from tiktoklive.fleet.ownedevents import OwnedEvents
from tiktoklive.fleet.ownership import Ownership
from tiktoklive.fleet.rooms import FleetRooms, IFollowed
from tiktoklive.fleet.stream import LONGEST, NAME, OLDEST, Keys, Trim
from tiktoklive.fleet.words import FleetWords
from tiktoklive.outputs.arguments import QUEUE, duration, read_options, whole
from tiktoklive.outputs.queue import Policy
from tiktoklive.pacing.budget import ISharedBucket, ISharedWord
from tiktoklive.pacing.lookups import LookUpQueue

#: What the name of a node may be made of, and how long it may be.
_LETTERS: Final = frozenset(ascii_letters + digits + "._-")
_LONGEST: Final = 40


def _node_name(text: str) -> str:
    if not 0 < len(text) <= _LONGEST or not _LETTERS.issuperset(text):
        raise ValueError("40 letters, digits, dots, - and _ at most")
    return text


def _lease(text: str) -> int:
    if (seconds := duration(text)) < 2:
        raise ValueError("2s or more")
    return seconds


_OPTIONS: Final[dict[str, Callable[[str], Any]]] = {
    "name": fleet_name,
    "node": _node_name,
    "lease": _lease,
    "maxlen": whole,
    "age": duration,
    "batch": whole,
    **QUEUE,
}


@dataclass(frozen=True, slots=True)
class FleetAddress:
    """
    Where a fleet is, and what was said of it.

    :ivar redis: where its Redis is.
    :ivar options: what stands behind the ``?`` of the address, read.
    """

    redis: RedisAddress
    options: Mapping[str, Any]

    @property
    def keys(self) -> Keys:
        """The keys of the fleet."""
        return Keys(self.options.get("name", NAME))


def parse_fleet(text: str) -> FleetAddress:
    """
    Read the address of a fleet: ``redis://HOST:PORT/DB?name=NAME``.

    :raise ValueError: it is none, or an option is no good.
    """
    address, rest = parse_redis(text)
    return FleetAddress(address, read_options(rest, _OPTIONS))


class IBudgets(Protocol):
    """How often servers may be asked."""

    def share(self, make: Callable[[str], tuple[ISharedBucket, ISharedWord]]) -> None:
        """Let each be one that others share."""


@dataclass(frozen=True, slots=True)
class Membership:
    """
    The parts of a node.

    :ivar before: services that start before the rooms are followed, and stop behind it.
    :ivar behind: services that start when rooms can be followed, and stop first.
    :ivar observer: observes all rooms.
    :ivar rooms: the users of the fleet.
    """

    before: Sequence[IService]
    behind: Sequence[IService]
    observer: OwnedEvents
    rooms: FleetRooms
    _bucket: Callable[[str, bool], FleetBucket]
    _words: FleetWords

    def share(
        self, lookups: LookUpQueue, budgets: IBudgets, lane: str = "", *, one_key: bool = False
    ) -> None:
        """
        Let look-ups and sign servers be asked as often as the fleet may, all nodes together.

        :param lane: the name of the lane by which they are asked: those of the same name share
            their buckets, on all nodes; ``""`` where there are no lanes.
        :param one_key: whether all lanes ask sign servers by the same key, and so have one budget.
        """
        way = f"lane:{lane.lower()}:" if lane else ""
        lookups.share(self._bucket(f"{way}lookups", False), self._words.of(f"{way}lookups"))
        way = "" if one_key else way

        def of(host: str) -> tuple[ISharedBucket, ISharedWord]:
            return self._bucket(f"{way}sign:{host}", True), self._words.of(f"{way}sign:{host}")

        budgets.share(of)


class IFollowing(IFollower, IFollowed, Protocol):
    """A :class:`~tiktoklive.service.LiveService`."""


def become_member(
    address: FleetAddress,
    live: IFollowing,
    reactor: Any,
    random: Random,
    users: Sequence[str] = (),
    environ: Mapping[str, str] = os.environ,
) -> Membership:
    """
    Put the parts of a node together; nothing is opened.

    :param live: follows users.
    :param users: for a fleet that has none.
    :raise ValueError: what the environment says of Redis is no good.
    """
    options, keys = address.options, address.keys
    # A node's own words with Redis do not wait behind events.
    client = make_client(address.redis, reactor, environ)
    ownership = Ownership(client, keys)
    output: RedisOutput
    rooms = LocalRooms(
        live, reactor, lambda event: output.event(event), lambda: output.when_written()
    )
    output = RedisOutput(
        str(address.redis),
        make_client(address.redis, reactor, environ, lines=client.lines),
        reactor,
        keys=keys,
        trim=Trim(options.get("maxlen", LONGEST), options.get("age", OLDEST)),
        batch=options.get("batch", BATCH),
        limit=options.get("queue", LIMIT),
        policy=options.get("full", Policy.BLOCK),
        script=FENCED_APPEND,
        more_keys=[ownership.tokens],
        fence=fence_of(rooms),
    )
    output.setName("fleet-events")
    client.setName("fleet-redis")
    name = options.get("node") or _host()
    # Another id for each process: what an earlier one of that name had is not this one's.
    node_id = f"{name}-{random.randrange(16**6):06x}"
    node = FleetNode(
        ownership,
        rooms,
        reactor,
        node_id,
        lease=options.get("lease", LEASE),
        users=[user.lower() for user in users],
    )
    node.setName("fleet-node")

    def watch(connected: bool) -> None:
        if connected:
            node.hurry()

    client.watch(watch)
    listed = FleetRooms(ownership, live, reactor, node.hurry)
    listed.setName("fleet-rooms")

    def bucket(what: str, ahead: bool) -> FleetBucket:
        tokens = FleetTokens(client, keys, what)
        return FleetBucket(tokens, reactor, lambda: node.nodes, ahead=ahead)

    words = FleetWords(client, keys, reactor, node_id)
    words.setName("fleet-words")
    observer = OwnedEvents(rooms, output.pace)
    return Membership([client, output, words], [listed, node], observer, listed, bucket, words)


def _host() -> str:
    name = socket.gethostname()[:_LONGEST]
    return "".join(each if each in _LETTERS else "-" for each in name) or "node"
