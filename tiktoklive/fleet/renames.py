"""
Users of a fleet who are called otherwise: the list gets the new name, and the stream stays open.

With its name a room keeps its token, by which the node that follows it knows it again.
"""

from __future__ import annotations

from collections.abc import Callable

from twisted.internet.defer import Deferred
from twisted.logger import Logger

from tiktoklive.errors import RedisError
from tiktoklive.fleet.localrooms import Claim, LocalRoom, LocalRooms
from tiktoklive.fleet.ownership import Ownership, Renewal
from tiktoklive.wire.unique_id import is_unique_id


class Renames:
    """
    What a node does about new names.

    :param soon: called when there is something to be done.
    """

    log = Logger()

    def __init__(self, ownership: Ownership, rooms: LocalRooms, soon: Callable[[], object]) -> None:
        self._ownership, self._rooms, self._soon = ownership, rooms, soon
        #: What the list does not know yet.
        self._found: dict[str, str] = {}
        rooms.renamed = self.found

    def found(self, room: LocalRoom, new: str) -> None:
        """A session has found that a user is called otherwise."""
        name = new.lower()
        if name != room.user and is_unique_id(name):
            self._found[room.user] = name
            self._soon()

    async def tell(self) -> None:
        """
        Let the list have what was found.

        :raise RedisError: it is told with the next renewal.
        """
        while self._found:
            user, new = next(iter(self._found.items()))
            room = self._rooms.get(user)
            if room is not None and room.claim is Claim.OWNED:
                renamed = await self._ownership.rename(user, new)
                if renamed is False:
                    self.log.warn(
                        "@{user} is called @{new} now, and both names are in the fleet: remove "
                        "one of the two",
                        user=user,
                        new=new,
                    )
            self._found.pop(user, None)

    def follow(self, renewal: Renewal) -> None:
        """Follow under their new names those whom the list has under others."""
        named = {
            owned.token: user for user, owned in renewal.owned.items() if user not in self._rooms
        }
        for room in self._rooms.of(Claim.OWNED):
            new = named.get(room.token)
            if room.token and new is not None and room.user not in renewal.owned:
                self._rename(room, new)

    def _rename(self, room: LocalRoom, new: str) -> None:
        old = room.user
        if not self._rooms.rename(room, new):
            return  # it is left, and followed anew

        async def forget() -> None:
            await self._rooms.stored()
            await self._ownership.forget_name(old)

        # What was written under the old name is there; if not, the old name stays known.
        Deferred.fromCoroutine(forget()).addErrback(lambda failure: failure.trap(RedisError))
