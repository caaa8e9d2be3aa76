"""Redis, where a fleet has its streams: what keeps it from doing what it is asked for."""

from __future__ import annotations

from tiktoklive.errors.base import Remedy, TikTokLiveError


class RedisError(TikTokLiveError):
    """Redis did not do what it was asked for."""


class RedisAwayError(RedisError):
    """
    There is no connection with Redis, or it was lost before the answer came.

    :ivar sent: whether the command was sent: then it may have been done, or may be done yet.
    """

    def __init__(
        self, message: str, *, sent: bool = False, retry_after: float | None = None
    ) -> None:
        super().__init__(message, retry_after=retry_after)
        self.sent = sent


class RedisSlowError(RedisAwayError):
    """Redis did not answer in time; the command may have been done, or may be done yet."""


class RedisReplyError(RedisError):
    """
    Redis answered with an error.

    :param code: the first word of its answer, in capitals, such as ``WRONGTYPE``; ``ERR`` for
        those without a word of their own.
    """

    remedy = Remedy.CANCEL

    def __init__(
        self, message: str, *, code: str = "ERR", retry_after: float | None = None
    ) -> None:
        super().__init__(message, retry_after=retry_after)
        self.code = code


class RedisNotReadyError(RedisReplyError):
    """It is starting, failing over, or busy: LOADING, READONLY, MASTERDOWN, CLUSTERDOWN, BUSY."""

    remedy = Remedy.WAIT


class RedisFullError(RedisReplyError):
    """It takes nothing more: its memory (OOM) or its disk (MISCONF) is full."""

    remedy = Remedy.WAIT


class RedisRefusedError(RedisReplyError):
    """It wants a password, or does not allow the command: NOAUTH, WRONGPASS, NOPERM."""

    remedy = Remedy.AUTH
