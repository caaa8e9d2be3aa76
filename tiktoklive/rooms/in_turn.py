"""Several look-ups, of which the first answer counts."""

from __future__ import annotations

from collections.abc import Sequence

from zope.interface import implementer

from tiktoklive.errors import (
    AgeRestrictedError,
    AllFailedError,
    InvalidResponseError,
    RoomLookupError,
    TikTokLiveError,
    UserNotFoundError,
    UserOfflineError,
)
from tiktoklive.fallback import FirstOf
from tiktoklive.interfaces import IRoomResolver
from tiktoklive.model import Room, Status


@implementer(IRoomResolver)
class FirstOfResolver:
    """
    Asks one resolver after the other, until one knows.

    That a user is not live is an answer too, unless the part only guesses.  That there is none of
    the name, or that the room is for adults only, is asked about elsewhere: it is said wrongly now
    and then (wire facts §8.1).  A room of unknown status is taken when no part knows more: its id
    outlives the broadcast (wire facts §8.1).

    :param parts: pairs of a name, for errors, and the resolver; at least one.
    """

    def __init__(self, parts: Sequence[tuple[str, IRoomResolver]]) -> None:
        self._first = FirstOf(parts, final=_is_answer)

    async def resolve(self, unique_id: str) -> Room:
        """
        Look the user up; see :meth:`tiktoklive.interfaces.IRoomResolver.resolve`.

        :raise UserNotFoundError: there is none of this name; it is ``certain`` if all parts are.
        :raise AllFailedError: no part knows; lists what each said, unless all said the same.
        """
        guesses = []
        refusals: list[RoomLookupError] = []

        async def look(resolver: IRoomResolver) -> Room:
            try:
                room = await resolver.resolve(unique_id)
            except (UserNotFoundError, AgeRestrictedError) as error:
                if error.certain:
                    refusals.append(error)
                raise
            if room.status is Status.UNKNOWN:
                guesses.append(room)
                raise InvalidResponseError(f"@{unique_id} has a room, which may be over.")
            return room

        try:
            return await self._first.ask(f"@{unique_id} could not be looked up", look)
        except TikTokLiveError as error:
            if guesses and not _is_answer(error):
                return guesses[0]
            if refusals and not _is_answer(error):
                refusals[0].certain = len(refusals) == len(self._first.parts)
                raise refusals[0] from None
            said = dict(error.failures) if isinstance(error, AllFailedError) else {}
            if len({(type(each), str(each)) for each in said.values()}) == 1:
                raise next(iter(said.values())) from None  # such as: the host is out of reach
            raise


def _is_answer(error: Exception) -> bool:
    return isinstance(error, UserOfflineError) and error.certain
