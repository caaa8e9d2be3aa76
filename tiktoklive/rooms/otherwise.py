"""Rooms that a source knows, where TikTok does not tell."""

from __future__ import annotations

from collections.abc import Sequence

from zope.interface import implementer

from tiktoklive.errors import (
    OtherUserError,
    RoomLookupError,
    TikTokLiveError,
    UserOfflineError,
)
from tiktoklive.errors.isolation import failures_in
from tiktoklive.interfaces import IPacedResolver, IRoomResolver
from tiktoklive.model import Room

#: What nobody else is asked after.
_BELIEVED = (OtherUserError, UserOfflineError)


def known_otherwise(resolver: IPacedResolver, others: Sequence[IRoomResolver]) -> IPacedResolver:
    """The same resolver, which asks others where TikTok does not tell; as it is without any."""
    return KnownOtherwise(resolver, others) if others else resolver


@implementer(IRoomResolver)
class _OrOthers:
    """One of the ways to ask, and who is asked when that fails."""

    def __init__(
        self, asked: IRoomResolver, paced: IPacedResolver, others: Sequence[IRoomResolver]
    ) -> None:
        self._first, self._paced, self._others = asked, paced, others

    async def resolve(self, unique_id: str) -> Room:
        """
        Look the user up.

        That the user is not live is believed: a page stays open behind the end.  So is that the
        name leads to another user.  While no look-up is wanted, nobody waits for one where others
        know.
        """
        if self._paced.closed_for() > 0 and (room := await self._known(unique_id)) is not None:
            return room
        try:
            return await self._first.resolve(unique_id)
        except TikTokLiveError as error:
            if any(isinstance(each, _BELIEVED) for each in failures_in(error)):
                raise
            room = await self._known(unique_id)
            if room is None:
                raise
            return room

    async def _known(self, unique_id: str) -> Room | None:
        for other in self._others:
            try:
                return await other.resolve(unique_id)
            except RoomLookupError:
                continue
        return None


@implementer(IPacedResolver)
class KnownOtherwise(_OrOthers):
    """
    Asks TikTok, and where it does not tell, those who know the room otherwise.

    :param resolver: asks TikTok.
    :param others: know some rooms without asking anybody.
    """

    def __init__(self, resolver: IPacedResolver, others: Sequence[IRoomResolver]) -> None:
        super().__init__(resolver, resolver, others)
        self.patient: IRoomResolver = _OrOthers(resolver.patient, resolver, others)
        #: Whether it is still the user's room is what TikTok alone can tell.
        self.leisurely: IRoomResolver = resolver.leisurely

    def closed_for(self) -> float:
        """Seconds for which TikTok wants no look-ups."""
        return float(self._paced.closed_for())
