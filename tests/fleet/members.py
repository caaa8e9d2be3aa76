"""Nodes in memory: one clock, one table of owners, and followers that do as a test says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from twisted.internet.defer import Deferred, succeed
from twisted.internet.task import Clock
from twisted.trial.unittest import SynchronousTestCase

from tests.fleet.ownertable import OwnerTable
from tiktoklive.events import Event
from tiktoklive.fleet.localrooms import Claim, LocalRooms
from tiktoklive.fleet.node import LEASE, FleetNode
from tiktoklive.fleet.ownedevents import OwnedEvents
from tiktoklive.model import Counts, MessageCounts


@dataclass
class Following:
    """One user who is followed."""

    carried: str
    lost: float | None
    phase: str = "live"
    messages: int = 0


class Follower:
    """
    Follows users as the test wants it.

    :ivar phase: in which those are that are added.
    :ivar said: what was done, in order.
    :ivar rate: messages a second of each user.
    :ivar repeated: messages that come at once when a user is followed.
    """

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.users: dict[str, Following] = {}
        self.phase = "live"
        self.said: list[str] = []
        self.rates: dict[str, float] = {}
        self.began: dict[str, float] = {}
        self.repeated = 0

    def add(self, unique_id: str, carried: str = "", *, lost: float | None = None) -> str:
        """Follow one more."""
        if unique_id in self.users:
            raise ValueError(f"@{unique_id} is followed already.")
        if unique_id.startswith("!"):
            raise ValueError("There is no username in it.")
        self.users[unique_id] = Following(carried, lost, self.phase)
        self.began[unique_id] = self.clock.seconds()
        self.said.append(f"+{unique_id}")
        return unique_id

    def remove(self, unique_id: str, *, silently: bool = False) -> Deferred[None]:
        """Follow one no more: another node goes on."""
        assert silently
        del self.users[unique_id]
        self.said.append(f"-{unique_id}")
        return succeed(None)

    def rename(self, unique_id: str, new: str) -> str:
        """Follow one under another name."""
        if new in self.users:
            raise ValueError(f"@{new} is followed already.")
        self.users[new] = self.users.pop(unique_id)
        self.began[new] = self.began[unique_id]
        self.said.append(f"{unique_id}={new}")
        return new

    def carried(self, unique_id: str) -> str:
        """What is known of one."""
        following = self.users[unique_id]
        return f"{following.carried}.{unique_id}" if not following.carried else following.carried

    def counts(self) -> Counts:
        """What was counted."""
        now = self.clock.seconds()
        return Counts(
            {},
            {},
            0,
            {
                user: MessageCounts(
                    messages=round((now - self.began[user]) * self.rates.get(user, 0.0))
                    + (self.repeated if now - self.began[user] > 1 else 0)
                )
                for user in self.users
            },
            MessageCounts(),
            {user: following.phase for user, following in self.users.items()},
        )


class Member:
    """
    One node with its follower.

    :ivar wrote: events that it wrote, each with the token of its room.
    """

    def __init__(self, redis: OwnerTable, name: str, **more: Any) -> None:
        self.name = name
        self.follower = Follower(redis.clock)
        self.wrote: list[tuple[Any, str]] = []
        self.stored: Callable[[], Deferred[None]] = lambda: succeed(None)
        self.rooms = LocalRooms(self.follower, redis.clock, self.write, lambda: self.stored())
        self.observer = OwnedEvents(self.rooms, lambda streams: None)
        self.node = FleetNode(
            redis.ownership(name),  # type: ignore[arg-type]  # it has the same methods
            self.rooms,
            redis.clock,
            name,
            **more,
        )

    def write(self, event: Any) -> None:
        """An event that is written."""
        self.wrote.append((event, self.rooms.token(event.anchor)))

    @property
    def owned(self) -> set[str]:
        """The users that it owns, as far as it knows."""
        return {room.user for room in self.rooms.of(Claim.OWNED)}

    @property
    def followed(self) -> set[str]:
        """The users that it follows."""
        return set(self.follower.users)


class FleetCase(SynchronousTestCase):
    """Some nodes of one fleet."""

    def setUp(self) -> None:
        self.clock = Clock()
        self.redis = OwnerTable(self.clock)
        self.table = self.redis.ownership()
        self.members: list[Member] = []

    def tearDown(self) -> None:
        self.redis.away.clear()
        for member in self.members:
            if member.node.running:
                self.stop(member)
        self.assertEqual([], self.clock.getDelayedCalls())

    def did(self, work: Any) -> Any:
        """What a coroutine gives at once."""
        return self.successResultOf(Deferred.fromCoroutine(work))

    def users(self, count: int) -> list[str]:
        """Add so many users to the fleet."""
        users = [f"user{number}" for number in range(count)]
        self.did(self.table.add(users))
        return users

    def join(self, name: str, **more: Any) -> Member:
        """A node that starts now."""
        member = Member(self.redis, name, **more)
        self.members.append(member)
        member.node.startService()
        member.node.hurry()
        self.clock.advance(0)
        return member

    def kill(self, member: Member) -> None:
        """Let a node be gone without a word: nothing of it moves any more."""
        member.node.running = 0
        self.members.remove(member)
        for call in (member.node._next, member.node._end):
            if call is not None and call.active():
                call.cancel()

    def stop(self, member: Member, seconds: float = 30.0) -> None:
        """Stop a node, and let it take its time."""
        stopped = member.node.stopService()
        self.pass_by(seconds)
        self.successResultOf(stopped)

    def pass_by(self, seconds: float = 3.0) -> None:
        """Let time pass in small parts."""
        self.clock.pump([0.1] * round(seconds * 10))

    def owners(self) -> dict[str, str]:
        """Each user's node, by the table."""
        return dict(self.did(self.table.list()).users)

    def assertFollowedOnce(self, count: int) -> None:
        """Each of so many users is followed by one node: the one that the table has for it."""
        followed = sorted((user, m.name) for m in self.members for user in m.followed)
        self.assertEqual(sorted(self.owners().items()), followed)
        self.assertEqual(count, len(followed))


def lease_over() -> float:
    """Seconds after which the rooms of a node that is gone have another one, at the latest."""
    return LEASE * 1.25 + 0.5


def event(user: str, number: int = 0, name: str = "chat") -> Event:
    """Something that happens in a user's room."""
    return Happened(user, number, name)  # type: ignore[return-value]  # all that is looked at


@dataclass(frozen=True)
class Happened:
    """An event, as far as nodes look at it."""

    anchor: str
    number: int
    name: str = "chat"
