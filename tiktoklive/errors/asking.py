"""Rooms that are not found, and chat that is not taken."""

from __future__ import annotations

from tiktoklive.errors.base import Remedy, TikTokLiveError


class RoomLookupError(TikTokLiveError):
    """The room of a user could not be found out; unless ``certain``, another look-up may know."""

    certain: bool = True


class UserNotFoundError(RoomLookupError):
    """TikTok knows no user of this name, or the user can never go live."""

    remedy = Remedy.CANCEL


class UserOfflineError(RoomLookupError):
    """
    The user exists and is not live now.

    :ivar anchor_id: their user id, decimal text; ``""`` when the source does not say.
    :ivar room_id: the room of their last broadcast, likewise.
    """

    def __init__(
        self,
        message: str,
        *,
        retry_after: float | None = None,
        anchor_id: str = "",
        room_id: str = "",
    ) -> None:
        super().__init__(message, retry_after=retry_after)
        self.anchor_id = anchor_id
        self.room_id = room_id


class AgeRestrictedError(RoomLookupError):
    """TikTok shows this room only to a logged-in, adult account."""

    remedy = Remedy.AUTH


class BlockedError(RoomLookupError):
    """TikTok blocked or challenged this address (HTTP 403, a captcha or a challenge page)."""


class RateLimitedError(RoomLookupError):
    """TikTok or a sign server asked for fewer requests (HTTP 429)."""


class InvalidResponseError(RoomLookupError):
    """An answer has a form or a status code that nobody has described."""


class ExtractRoomIdError(RoomLookupError):
    """A page was shown that holds no room id, or every look-up failed without saying why."""


class InvalidSessionIdError(TikTokLiveError):
    """There is no session id, or TikTok says that it has expired (wire facts §8.5)."""

    remedy = Remedy.AUTH


class InvalidMessageError(TikTokLiveError):
    """A chat message that cannot be sent: empty, or too long."""

    remedy = Remedy.MODIFY


class ChatRefusedError(TikTokLiveError):
    """
    TikTok or the sign server did not take a chat message.

    :param code: TikTok's own status code, or the HTTP status when it gave none.
    """

    remedy = Remedy.CANCEL

    def __init__(self, message: str, *, code: int, retry_after: float | None = None) -> None:
        super().__init__(message, retry_after=retry_after)
        self.code = code
