"""
The user that a session follows, and that may change their name.

Users are followed by name, but they can change it, and another can take it afterwards; their id
stays.  So the id is kept as soon as an answer tells it, and when the name leads nowhere, or to
somebody else, TikTok is asked who has the id.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from tiktoklive.errors import (
    InvalidResponseError,
    OtherUserError,
    TikTokLiveError,
    UserNotFoundError,
)
from tiktoklive.errors.isolation import failures_in
from tiktoklive.fallback import all_failed
from tiktoklive.interfaces import IRoomResolver, IUserNames
from tiktoklive.model import Room

#: Seconds to wait while look-ups do not find a user whose profile is there.
CONTRADICTED: Final = 60.0


class NewName(NamedTuple):
    """
    The user is called otherwise by now.

    :ivar why: what was wrong with the old name, for people.
    :ivar certain: whether the old name had been theirs for sure; otherwise TikTok's answers
        contradict each other, and the next look-up had better wait.
    """

    old: str
    new: str
    why: str
    certain: bool


class FollowedUser:
    """
    The user that a session follows.

    :ivar unique_id: what they are called now, as far as is known.
    :ivar anchor_id: their user id, decimal text; ``""`` until an answer told it.
    """

    def __init__(self, unique_id: str) -> None:
        self.unique_id = unique_id
        self.anchor_id = ""
        self._certain = True

    def rename(self, unique_id: str) -> None:
        """They are said to be called so."""
        self.unique_id, self._certain = unique_id, False

    async def look_up(self, resolver: IRoomResolver, names: IUserNames | None) -> Room | NewName:
        """
        Look the user up by the present name.

        :param names: knows who has an id; ``None`` if any user that has the name is meant.
        :return: the room, or another name under which to look again.
        :raise TikTokLiveError: as the resolver does.  That there is no such user is not raised as
            long as nobody could tell who has their id.
        """
        while True:
            name = self.unique_id
            answer = await _ask(resolver, name)
            if name != self.unique_id:
                continue  # somebody knew better meanwhile
            # The user id that it tells: a room's, or that of a user who is not live.
            told = getattr(answer, "anchor_id", "")
            told = told if isinstance(told, str) and told != "0" else ""
            other = None if isinstance(answer, Room) else _other_in(answer)
            if other is not None:
                told = ""  # it is not theirs
                if other.unique_id and self.anchor_id and other.anchor_id == self.anchor_id:
                    return self._judge(other.unique_id, other, taken=False)
            doubt = self._doubt(answer, told) if names is not None and self.anchor_id else None
            if names is None or doubt is None:
                self.anchor_id = told or self.anchor_id
                self._certain = self._certain or bool(told) or isinstance(answer, Room)
                if isinstance(answer, Room):
                    return answer
                raise answer
            present = await self._present(names, doubt)
            if name == self.unique_id:
                return self._judge(present, doubt, taken=bool(told))

    def _doubt(self, answer: Room | TikTokLiveError, told: str) -> TikTokLiveError | None:
        """Why an answer is not about the user, if it is not."""
        if told and told != self.anchor_id:
            return UserNotFoundError(
                f"@{self.unique_id} is the name of another user by now: of {told}, and we follow "
                f"{self.anchor_id}."
            )
        if isinstance(answer, Room):
            return None
        kinds = (UserNotFoundError, OtherUserError)
        nobody = any(isinstance(each, kinds) for each in failures_in(answer))
        return answer if nobody else None

    async def _present(self, names: IUserNames, doubt: TikTokLiveError) -> str | None:
        try:
            return await names.unique_id(self.anchor_id)
        except TikTokLiveError as error:
            what = f"@{self.unique_id} is not found, nor what user {self.anchor_id} is called now"
            raise all_failed(what, [("look-up", doubt), ("profile", error)]) from None

    def _judge(self, present: str | None, doubt: TikTokLiveError, *, taken: bool) -> NewName:
        """
        What it means that the user has that name, or does not exist.

        :param taken: whether another user has the name by which we looked.
        """
        if present is None:
            raise doubt
        old, certain = self.unique_id, self._certain
        if present.lower() == old.lower():
            # One of the two is late, which passes soon, or the user may not go live any more.
            raise InvalidResponseError(
                f"TikTok contradicts itself, so we wait: {doubt} But user {self.anchor_id} is "
                f"called @{present}.",
                retry_after=CONTRADICTED if certain and not taken else None,
            ) from doubt
        self.rename(present)
        return NewName(old, present, str(doubt), certain)


def _other_in(error: TikTokLiveError) -> OtherUserError | None:
    """What in an error is about a user of another name, if anything is."""
    return next((each for each in failures_in(error) if isinstance(each, OtherUserError)), None)


async def _ask(resolver: IRoomResolver, unique_id: str) -> Room | TikTokLiveError:
    try:
        return await resolver.resolve(unique_id)
    except TikTokLiveError as error:
        return error
