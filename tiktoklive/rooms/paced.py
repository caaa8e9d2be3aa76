"""Look-ups in our own time: each waits where it belongs, and refusals make all slower."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

from zope.interface import implementer

from tiktoklive.bounded import BoundedMap
from tiktoklive.errors import (
    AgeRestrictedError,
    BlockedError,
    ConnectError,
    RateLimitedError,
    TikTokLiveError,
    UserNotFoundError,
    UserOfflineError,
)
from tiktoklive.errors.isolation import failures_in
from tiktoklive.interfaces import IPacedResolver, IRoomResolver
from tiktoklive.model import Room
from tiktoklive.pacing.lookups import LookUpQueue, Priority

_T = TypeVar("_T")

#: For how many users it is remembered that they were live.
_KEPT: Final = 10_000

#: What tells that a user is not live for us.  Other failures tell nothing of the user.
_NOT_LIVE: Final = (UserNotFoundError, UserOfflineError, AgeRestrictedError)


@implementer(IPacedResolver)
class PacedResolver:
    """
    Asks another resolver, for a caller that waits for the answer.

    Its :attr:`patient` is for look-ups that no caller waits for.  A user that was live when last
    looked up goes before those that were not: a room that is lost is worth more than one that may
    begin.

    :param inner: makes the resolver that is asked, whose requests wait in a line.
    :param lookups: the queue that says whose turn it is.
    :param plain: makes one that asks for nothing but the room, for look-ups at leisure; the
        same if left out.
    """

    def __init__(
        self,
        inner: Callable[[Priority], IRoomResolver],
        lookups: LookUpQueue,
        plain: Callable[[Priority], IRoomResolver] | None = None,
    ) -> None:
        self._lookups = lookups
        self._asked, self._lost, self._waiting = (
            inner(line) for line in (lookups.asked, lookups.lost, lookups.waiting)
        )
        self._was_live: BoundedMap[str, None] = BoundedMap(_KEPT)
        self._leisure = (plain or inner)(lookups.leisure)
        self.patient: IRoomResolver = _Patient(self.resolve_patiently)
        self.leisurely: IRoomResolver = _Patient(self.resolve_at_leisure)

    async def resolve(self, unique_id: str) -> Room:
        """Look the user up, before look-ups that no caller waits for."""
        return await self._look_up(self._asked, unique_id)

    async def resolve_patiently(self, unique_id: str) -> Room:
        """Look the user up when its turn comes."""
        was_live = unique_id in self._was_live
        return await self._look_up(self._lost if was_live else self._waiting, unique_id)

    async def resolve_at_leisure(self, unique_id: str) -> Room:
        """Look the user up when no other look-up waits."""
        return await self._look_up(self._leisure, unique_id)

    def closed_for(self) -> float:
        """Seconds for which TikTok wants no look-ups."""
        return self._lookups.closed_for

    async def _look_up(self, inner: IRoomResolver, unique_id: str) -> Room:
        try:
            room = await self.heed(inner.resolve(unique_id))
        except TikTokLiveError as error:
            told = any(isinstance(each, _NOT_LIVE) for each in failures_in(error))
            if told:
                self._was_live.pop(unique_id)
            self._lookups.ended(told)
            raise
        self._lookups.ended(True)
        self._was_live.put(unique_id, None)
        return room

    async def heed(self, answer: Awaitable[_T]) -> _T:
        """What comes of something that counts as a look-up; refusals make all slower."""
        try:
            result = await answer
        except TikTokLiveError as error:
            self._judge(error)
            raise
        self._lookups.answered()
        return result

    def prefer(self, unique_id: str) -> None:
        """Let a user's next look-up go before those of users that were not live."""
        self._was_live.put(unique_id, None)

    def _judge(self, error: TikTokLiveError) -> None:
        """
        A refusal makes us slower for all; any other answer is as good as a room.

        Only that of the whole look-up: an address that blocks us while another answers is no
        reason to look less often.  HTTP 429 is, and the part that hears it tells the queue.
        """
        found = list(failures_in(error))
        refusals = [each for each in found if isinstance(each, BlockedError)]
        if refusals:
            waits = (each.retry_after or 0.0 for each in refusals)
            self._lookups.refused(error, max(waits))
        elif any(isinstance(each, ConnectError) for each in found):
            self._lookups.unanswered()
        elif not any(isinstance(each, RateLimitedError) for each in found):
            self._lookups.answered()


@implementer(IRoomResolver)
class _Patient:
    """The same for look-ups that can wait."""

    def __init__(self, resolve: Callable[[str], Awaitable[Room]]) -> None:
        self._resolve = resolve

    async def resolve(self, unique_id: str) -> Room:
        """Look the user up when its turn comes."""
        return await self._resolve(unique_id)
