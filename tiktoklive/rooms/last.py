"""The room that a user is, or was last, live in: for questions that need no broadcast."""

from __future__ import annotations

from tiktoklive.errors import TikTokLiveError, UserOfflineError
from tiktoklive.errors.isolation import failures_in
from tiktoklive.interfaces import IRoomResolver
from tiktoklive.model import Room, Status


async def last_room(resolver: IRoomResolver, unique_id: str) -> Room:
    """
    Look a user up who need not be live.

    :return: the room; of a user who is not live that of the last broadcast, which has ended.
    :raise UserOfflineError: the user is not live, and no answer tells a room.
    :raise TikTokLiveError: as the resolver does.
    """
    try:
        return await resolver.resolve(unique_id)
    except TikTokLiveError as error:
        for each in failures_in(error):
            if isinstance(each, UserOfflineError) and each.room_id:
                return Room(unique_id, each.room_id, Status.ENDED, anchor_id=each.anchor_id)
        raise


async def any_room(resolver: IRoomResolver, unique_id: str) -> Room:
    """
    The same for what can be asked without a room: one without an id if none is to be had.

    Whatever keeps us from finding it may keep us from asking as well, which is told then.
    """
    try:
        return await last_room(resolver, unique_id)
    except TikTokLiveError:
        return Room(unique_id, "")
