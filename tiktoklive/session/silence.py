"""
Whether a broadcast on whose stream nothing comes is still on.

A server may end it without a word, in a pause as well, and go on answering heartbeats.  So when no
message has come for long (:data:`~tiktoklive.stream.liveness.ASK`), the user is looked up at
leisure.  What one look-up says changes nothing.
"""

from __future__ import annotations

from tiktoklive.errors import TikTokLiveError, UserNotFoundError, UserOfflineError
from tiktoklive.model import Room
from tiktoklive.pacing.lookups import at_leisure
from tiktoklive.session.core import Core


def ask_whether_on(s: Core) -> None:
    """The stream has been silent for long."""
    user = s.followed_user
    if s.resolver is not s.parts.resolver:
        return  # the room was given to connect(), and nobody is looked up
    # Who is patient finds a user again who has another name.
    gone = (UserOfflineError, UserNotFoundError) if s.patient else UserOfflineError

    async def look() -> Room | TikTokLiveError:
        try:
            now = await at_leisure(s.resolver).resolve(user.unique_id)
        except gone as error:
            return error
        if not user.anchor_id or now.anchor_id in ("", user.anchor_id):
            return now
        taken = UserNotFoundError(f"@{user.unique_id} is the name of another user by now.")
        if s.patient:
            return taken
        raise taken

    s.back.silent(look, s.broadcast.is_elsewhere, lambda: s.tally.messages, s.close)
