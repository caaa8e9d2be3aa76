"""What arrives, or is asked of us, and cannot be used."""

from __future__ import annotations

from tiktoklive.errors.base import Remedy, TikTokLiveError


class DecodeError(TikTokLiveError):
    """Bytes from the other side could not be understood."""

    remedy = Remedy.CANCEL


class FrameError(DecodeError):
    """A WebSocket message is not a push frame, or its payload is not valid gzip."""


class PayloadTooLargeError(FrameError):
    """A payload is, or would become when decompressed, larger than allowed."""


class BatchError(DecodeError):
    """A payload is not a batch of messages (``WebcastResponse``)."""


class TooManyMessagesError(BatchError):
    """A batch has more messages than allowed."""


class BatchTooLargeError(BatchError):
    """A batch is larger, or has more fields in all its messages together, than allowed."""


class MessageError(DecodeError):
    """One message of a batch does not decode as the type that it names."""


class MessageTooLargeError(MessageError):
    """One message of a batch is larger, or has more fields, than allowed."""


class TapeError(DecodeError):
    """A tape (a recorded capture) cannot be read, or is over."""

    final = True


class ArchiveError(TikTokLiveError):
    """An archive, or another file that is a database, is none, or is not there."""

    remedy = Remedy.MODIFY


class StartError(TikTokLiveError):
    """What a service needs to start is not as it must be: a file, a directory, a lock."""

    remedy = Remedy.MODIFY


class InvalidUniqueIdError(TikTokLiveError):
    """What was given is neither a username, nor ``@username``, nor a live URL."""

    remedy = Remedy.MODIFY


class InvalidUserOptionsError(TikTokLiveError):
    """What was given for one user alone, or a file of users, cannot be as it is written there."""

    remedy = Remedy.MODIFY


class AlreadyConnectingError(TikTokLiveError):
    """``connect()`` was called while a connection is being made."""

    remedy = Remedy.CANCEL


class AlreadyConnectedError(TikTokLiveError):
    """``connect()`` was called on a live connection."""

    remedy = Remedy.CANCEL


class ConnectionStoppedError(TikTokLiveError):
    """The connection was stopped by this program before it became live."""

    remedy = Remedy.CANCEL
