"""The users of a fleet, for the outputs of a node that show and choose who is followed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final, Protocol

from twisted.application.service import Service
from twisted.internet.defer import Deferred
from twisted.internet.interfaces import IDelayedCall, IReactorTime
from twisted.logger import Logger
from zope.interface import implementer

from tiktoklive.errors import InvalidUniqueIdError, RedisError
from tiktoklive.fleet.ownership import Ownership
from tiktoklive.interfaces import IRoomFacts, IRoomNames, IRooms, ISharedRooms
from tiktoklive.model import State, parse_unique_id
from tiktoklive.model.status import ELSEWHERE

#: Seconds between two looks at who is in the fleet.
LISTED: Final = 10.0


class IFollowed(Protocol):
    """The rooms of this process."""

    def status(self) -> Mapping[str, State]:
        """Username to what its connection is doing."""

    def room_info(self, unique_id: str) -> Awaitable[Mapping[str, Any]]:
        """What TikTok says about a room."""

    def available_gifts(self, unique_id: str) -> Awaitable[Sequence[Mapping[str, Any]]]:
        """Which gifts can be sent there."""


@implementer(IRooms, IRoomNames, ISharedRooms, IRoomFacts)
class FleetRooms(Service):
    """
    All users of a fleet: those of this node as they are, the others by their nodes.

    :param live: the rooms of this process.
    :param changed: called when users were added or removed here.
    """

    log = Logger()

    def __init__(
        self,
        ownership: Ownership,
        live: IFollowed,
        clock: IReactorTime,
        changed: Callable[[], object] = lambda: None,
    ) -> None:
        self._ownership, self._live, self._clock, self._changed = ownership, live, clock, changed
        self._owners: Mapping[str, str] = {}
        self._next: IDelayedCall | None = None

    def startService(self) -> None:
        """Look who is there, now and then."""
        super().startService()
        self._look()

    def stopService(self) -> None:
        """Look no more."""
        super().stopService()
        if self._next is not None:
            self._next.cancel()
            self._next = None

    def status(self) -> dict[str, State]:
        """Username to what its connection is doing here, or which node follows it."""
        here = dict(self._live.status())
        there = {
            user: State(
                phase=ELSEWHERE,
                reason=f"node {node} follows it" if node else "it waits for a node",
                unique_id=user,
            )
            for user, node in self._owners.items()
            if user not in here
        }
        return {**here, **there}

    async def add(self, unique_id: str) -> str:
        """
        Add a user to the fleet; which node follows it is not said yet.

        :raise InvalidUniqueIdError: there is no username in it.
        :raise ValueError: that user is in the fleet.
        :raise RedisError: Redis did not do it.
        """
        user = parse_unique_id(unique_id).lower()
        if not await self._ownership.add([user]):
            raise ValueError(f"@{user} is followed already.")
        await self._list()
        self._changed()
        return user

    async def look_for(self, unique_id: str) -> bool:
        """
        See :class:`~tiktoklive.interfaces.ISharedRooms`.

        :raise RedisError: Redis cannot be asked.
        """
        try:
            user = parse_unique_id(unique_id).lower()
        except InvalidUniqueIdError:
            return False
        if not await self._ownership.has(user):
            return False
        await self._list()
        return user in self._owners

    async def remove(self, unique_id: str) -> None:
        """
        Remove a user from the fleet: its node follows it no more, soon.

        :raise KeyError: that user is not in the fleet.
        :raise RedisError: Redis did not do it.
        """
        user = parse_unique_id(unique_id).lower()
        if not await self._ownership.remove([user]):
            raise KeyError(f"@{user} is not followed.")
        await self._list()
        self._changed()

    async def rename(self, unique_id: str, new: str) -> str:
        """
        Call a user of the fleet otherwise; a stream that is open stays so.

        :raise InvalidUniqueIdError: there is no username in one of them.
        :raise KeyError: the first is not in the fleet.
        :raise ValueError: the second is.
        :raise RedisError: Redis did not do it.
        """
        old, user = parse_unique_id(unique_id).lower(), parse_unique_id(new).lower()
        renamed = await self._ownership.rename(old, user)
        if renamed is None:
            raise KeyError(f"@{old} is not followed.")
        if not renamed:
            raise ValueError(f"@{user} is followed already.")
        await self._list()
        self._changed()
        return user

    async def room_info(self, unique_id: str) -> Mapping[str, Any]:
        """See :class:`~tiktoklive.interfaces.IRoomFacts`; of rooms of this node."""
        return await self._live.room_info(unique_id)

    async def available_gifts(self, unique_id: str) -> Sequence[Mapping[str, Any]]:
        """See :class:`~tiktoklive.interfaces.IRoomFacts`; of rooms of this node."""
        return await self._live.available_gifts(unique_id)

    def _look(self) -> None:
        self._next = None

        def over(_: object) -> None:
            if self.running and self._next is None:
                self._next = self._clock.callLater(LISTED, self._look)

        looking = Deferred.fromCoroutine(self._list())
        # That Redis is away is said by the node.
        looking.addErrback(lambda failure: failure.trap(RedisError))
        looking.addErrback(lambda failure: self.log.failure("The fleet is not seen", failure))
        looking.addBoth(over)

    async def _list(self) -> None:
        self._owners = (await self._ownership.list()).users
