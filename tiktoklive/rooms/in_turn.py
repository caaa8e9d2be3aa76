"""Several look-ups, of which the first answer counts."""

from __future__ import annotations

from collections.abc import Sequence

from zope.interface import implementer

from tiktoklive.errors import (
    AgeRestrictedError,
    AllFailedError,
    InvalidResponseError,
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

    That a user is not there, not live, or shown to adults only is an answer too, unless the
    part only guesses.  A room of unknown status is taken when no part knows more: its id
    outlives the broadcast (wire facts §8.1).

    :param parts: pairs of a name, for errors, and the resolver; at least one.
    """

    def __init__(self, parts: Sequence[tuple[str, IRoomResolver]]) -> None:
        self._first = FirstOf(parts, final=_is_answer)

    async def resolve(self, unique_id: str) -> Room:
        """
        Look the user up; see :meth:`tiktoklive.interfaces.IRoomResolver.resolve`.

        :raise AllFailedError: no part knows; lists what each said, unless all said the same.
        """
        guesses = []

        async def look(resolver: IRoomResolver) -> Room:
            room = await resolver.resolve(unique_id)
            if room.status is Status.UNKNOWN:
                guesses.append(room)
                raise InvalidResponseError(f"@{unique_id} has a room, which may be over.")
            return room

        try:
            return await self._first.ask(f"@{unique_id} could not be looked up", look)
        except TikTokLiveError as error:
            if guesses and not _is_answer(error):
                return guesses[0]
            said = dict(error.failures) if isinstance(error, AllFailedError) else {}
            if len({(type(each), str(each)) for each in said.values()}) == 1:
                raise next(iter(said.values())) from None  # such as: the host is out of reach
            raise


def _is_answer(error: Exception) -> bool:
    answers = (UserNotFoundError, UserOfflineError, AgeRestrictedError)
    return isinstance(error, answers) and error.certain
