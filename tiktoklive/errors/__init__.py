"""
What can go wrong, and whether waiting can help.

Every error of this package is a :class:`TikTokLiveError`.  A program that only
wants to decide what to do next needs two of its attributes:

``remedy``
    what would make the same request succeed (the idea is XMPP's stanza error
    types);

``retry_after``
    seconds after which a new try makes sense, or ``None`` when nobody said.

The message names who failed (TikTok, a sign server, a proxy, this program), the
HTTP status and the other side's own words, and what the user can do.  It never
holds a cookie, a key, a signed URL or a whole payload.
"""

from tiktoklive.errors.asking import (
    AgeRestrictedError,
    BlockedError,
    ChatRefusedError,
    ExtractRoomIdError,
    InvalidMessageError,
    InvalidResponseError,
    InvalidSessionIdError,
    RateLimitedError,
    RoomLookupError,
    UserNotFoundError,
    UserOfflineError,
)
from tiktoklive.errors.base import (
    AllFailedError,
    Remedy,
    TikTokLiveError,
)
from tiktoklive.errors.input import (
    AlreadyConnectedError,
    AlreadyConnectingError,
    ArchiveError,
    BatchError,
    BatchTooLargeError,
    ConnectionStoppedError,
    DecodeError,
    FrameError,
    InvalidUniqueIdError,
    MessageError,
    MessageTooLargeError,
    PayloadTooLargeError,
    StartError,
    TapeError,
    TooManyMessagesError,
)
from tiktoklive.errors.signing import (
    EmptyFetchError,
    ForeignPushServerError,
    InitialFetchError,
    MissingCursorError,
    SignatureError,
    SignatureRateLimitError,
    SignServerError,
    SignServerRefusedError,
    SignServerStubError,
    SignServerUnavailableError,
    SourceRestingError,
    UnidentifiedTicketError,
)
from tiktoklive.errors.streams import (
    ApplicationRefusedError,
    ConnectError,
    DeafStreamError,
    DeviceBlockedError,
    EnterRefusedError,
    FrameTooLargeError,
    HandshakeRefusedError,
    HeldStreamError,
    IdentityError,
    LocalResourceError,
    MissingCookieError,
    NoWSUpgradeError,
    ProxyAuthError,
    ProxyError,
    ProxyRefusedError,
    SignatureRefusedError,
    StaleStreamError,
    StreamError,
    StreamLostError,
    TtwidMissingError,
    UnreadStreamError,
)

__all__ = [
    "AgeRestrictedError",
    "AllFailedError",
    "AlreadyConnectedError",
    "AlreadyConnectingError",
    "ApplicationRefusedError",
    "ArchiveError",
    "BatchError",
    "BatchTooLargeError",
    "BlockedError",
    "ChatRefusedError",
    "ConnectError",
    "ConnectionStoppedError",
    "DeafStreamError",
    "DecodeError",
    "DeviceBlockedError",
    "EmptyFetchError",
    "EnterRefusedError",
    "ExtractRoomIdError",
    "ForeignPushServerError",
    "FrameError",
    "FrameTooLargeError",
    "HandshakeRefusedError",
    "HeldStreamError",
    "IdentityError",
    "InitialFetchError",
    "InvalidMessageError",
    "InvalidResponseError",
    "InvalidSessionIdError",
    "InvalidUniqueIdError",
    "LocalResourceError",
    "MessageError",
    "MessageTooLargeError",
    "MissingCookieError",
    "MissingCursorError",
    "NoWSUpgradeError",
    "PayloadTooLargeError",
    "ProxyAuthError",
    "ProxyError",
    "ProxyRefusedError",
    "RateLimitedError",
    "Remedy",
    "RoomLookupError",
    "SignServerError",
    "SignServerRefusedError",
    "SignServerStubError",
    "SignServerUnavailableError",
    "SignatureError",
    "SignatureRateLimitError",
    "SignatureRefusedError",
    "SourceRestingError",
    "StaleStreamError",
    "StartError",
    "StreamError",
    "StreamLostError",
    "TapeError",
    "TikTokLiveError",
    "TooManyMessagesError",
    "TtwidMissingError",
    "UnidentifiedTicketError",
    "UnreadStreamError",
    "UserNotFoundError",
    "UserOfflineError",
]
