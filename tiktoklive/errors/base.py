"""The root of all errors, and what would mend them."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from functools import lru_cache
from typing import ClassVar, Self, cast


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

    Where all of them failed with errors of one class, in parts of parts too, it is of that class as
    well: ``except BlockedError`` catches the failure of two look-ups that were both blocked, and
    ``except RoomLookupError`` that of one that was blocked and one that found nobody.  What else
    such an error tells (``status``, ``anchor_id``) is what the last of them told.

    :ivar failures: pairs of the part's name and its error, in the order tried.
    """

    def __new__(cls, message: str, failures: Sequence[tuple[str, Exception]]) -> Self:
        """Make one that is of the classes of all failures, too."""
        shared = _shared(_alone(failures))
        kind = cast("type[Self]", _of_both(shared)) if shared else cls
        return super().__new__(kind, message, failures)

    def __init__(self, message: str, failures: Sequence[tuple[str, Exception]]) -> None:
        self.failures = tuple(failures)
        alone = _alone(self.failures)
        if _shared(alone):
            told = vars(alone[-1])
            vars(self).update({name: told[name] for name in told if not name.startswith("__")})
        waits = [f for _, f in failures if getattr(f, "remedy", Remedy.WAIT) is Remedy.WAIT]
        known = [w for f in waits if (w := getattr(f, "retry_after", None)) is not None]
        # Not that of the other classes, which may want more than a message.
        TikTokLiveError.__init__(self, message, retry_after=min(known) if known else None)
        self.remedy = Remedy.WAIT
        if not waits and failures:
            self.remedy = getattr(failures[-1][1], "remedy", Remedy.CANCEL)


def _alone(failures: Sequence[tuple[str, Exception]]) -> list[Exception]:
    """The errors of parts that had no parts themselves, in the order tried."""
    found: list[Exception] = []
    for _, error in failures:
        inner = isinstance(error, AllFailedError) and error.failures
        found += _alone(inner) if inner else [error]
    return found


def _shared(errors: Sequence[Exception]) -> tuple[type[TikTokLiveError], ...]:
    """The classes that all of some errors are of, without those that follow from another one."""
    if not errors:
        return ()
    found = [
        kind
        for kind in type(errors[0]).__mro__
        if issubclass(kind, TikTokLiveError)
        and not issubclass(AllFailedError, kind)
        and all(isinstance(each, kind) for each in errors)
    ]
    return tuple(x for x in found if not any(y is not x and issubclass(y, x) for y in found))


@lru_cache(maxsize=64)
def _of_both(shared: tuple[type[TikTokLiveError], ...]) -> type[AllFailedError]:
    """An ``AllFailedError`` that is of these classes as well."""
    kind = AllFailedError
    return type(kind.__name__, (kind, *shared), {"__doc__": kind.__doc__})
