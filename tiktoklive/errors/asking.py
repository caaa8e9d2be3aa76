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


class OtherUserError(RoomLookupError):
    """
    An answer about a user is about another one: the room in it is not theirs, and is not entered.

    :ivar unique_id: whom it is about; ``""`` when it gives no name.
    :ivar anchor_id: the user id of that one, decimal text; ``""`` when the source does not say.
    """

    certain = False

    def __init__(
        self,
        message: str,
        *,
        retry_after: float | None = None,
        unique_id: str = "",
        anchor_id: str = "",
    ) -> None:
        super().__init__(message, retry_after=retry_after)
        self.unique_id = unique_id
        self.anchor_id = anchor_id


class RoomWithheldError(RoomLookupError):
    """TikTok keeps a room from us, or what it knows of it, and does not say for whom it is."""

    remedy = Remedy.AUTH


class LoginRequiredError(RoomWithheldError):
    """TikTok wants a login before it tells what was asked for, of everybody or of this address."""


class AgeRestrictedError(RoomWithheldError):
    """TikTok shows this room only to a logged-in, adult account."""


class BlockedError(RoomLookupError):
    """TikTok blocked or challenged this address (HTTP 403, a captcha or a challenge page)."""


class RateLimitedError(RoomLookupError):
    """TikTok or a sign server asked for fewer requests (HTTP 429)."""


class InvalidResponseError(RoomLookupError):
    """An answer has a form or a status code that is not described."""


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
