"""The root of all errors, and what would mend them."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import ClassVar


class Remedy(Enum):
    """What would make a failed request succeed."""

    WAIT = "wait"  #: try again later, unchanged
    CANCEL = "cancel"  #: nothing: it will never work
    AUTH = "auth"  #: credentials, a signature or an identity are missing
    MODIFY = "modify"  #: the request itself must change: a name, an option


class TikTokLiveError(Exception):
    """
    The root of all errors of this package.

    :param message: one or two sentences for a human.
    :param retry_after: seconds after which a new try makes sense.
    :cvar final: whether it is no word of others, who may say something else later, but the end of
        what was to be done.
    """

    remedy: Remedy = Remedy.WAIT
    final: ClassVar[bool] = False

    def __init__(self, message: str, *, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class AllFailedError(TikTokLiveError):
    """
    Every part that was tried in turn failed.

    :ivar failures: pairs of the part's name and its error, in the order tried.
    """

    def __init__(self, message: str, failures: Sequence[tuple[str, Exception]]) -> None:
        self.failures = tuple(failures)
        waits = [f for _, f in failures if getattr(f, "remedy", Remedy.WAIT) is Remedy.WAIT]
        known = [w for f in waits if (w := getattr(f, "retry_after", None)) is not None]
        super().__init__(message, retry_after=min(known) if known else None)
        if not waits and failures:
            self.remedy = getattr(failures[-1][1], "remedy", Remedy.CANCEL)
