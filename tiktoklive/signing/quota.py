"""What the headers of sign servers tell of how often they may be asked (wire facts §9.6)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC
from email.utils import parsedate_to_datetime

from tiktoklive.net.answers import Answer
from tiktoklive.pacing.budget import Quota, rest_of

#: Numbers below this are durations, the others are points in time.
_FIRST_TIME = 1e9

_NUMBER = re.compile(r"[0-9]{1,12}(\.[0-9]{1,9})?")

#: A count, which may be followed by the length of its window and by other limits.
_COUNT = re.compile(r"\s*([0-9]{1,9})\s*(?:;\s*w=([0-9]{1,9})\s*)?(?:[,;].*)?")

#: Characters of a date that are read.
_LONGEST_DATE = 100

_FAMILIES = ("x-ratelimit", "ratelimit")
_RESETS = tuple(f"{family}-reset" for family in _FAMILIES)


def retry_after_of(answer: Answer, now: float | None = None) -> float | None:
    """
    The seconds that a sign server's answer asks to wait, in whichever form.

    ``Retry-After`` goes before ``X-RateLimit-Reset``, and that before ``RateLimit-Reset``;
    each may be a duration or a point in time.

    :param answer: one that refuses for too many requests; for others see :func:`quota_of`.
    :param now: Unix seconds, from which points in time are counted if the answer has no
        ``Date``: the other side's clock against itself is better.
    """
    return _seconds(answer, ("retry-after", *_RESETS), now)


def end_of(window: float, answer: Answer, now: float | None = None) -> float:
    """
    The seconds until a window is over that began on the hour, or at midnight in UTC.

    :param window: how long it is in all, which it is as well if nobody knows what time it is.
    :param now: as for :func:`retry_after_of`.
    """
    date = _time(answer.header("date"))
    since = now if date is None else date
    return rest_of(window, since)


def quota_of(answer: Answer, now: float | None = None) -> Quota:
    """
    How often the server may still be asked, as far as any answer of it tells.

    :param now: as for :func:`retry_after_of`.
    """
    limit = window = remaining = None
    for family in _FAMILIES:
        found = _COUNT.fullmatch(answer.header(f"{family}-limit"))
        if limit is None and found is not None:
            limit, window = int(found[1]), float(found[2]) if found[2] else None
        found = _COUNT.fullmatch(answer.header(f"{family}-remaining"))
        if remaining is None and found is not None:
            remaining = int(found[1])
    return Quota(limit or None, remaining, _seconds(answer, _RESETS, now), window)


def _seconds(answer: Answer, names: Iterable[str], now: float | None) -> float | None:
    """The first of these headers that can be read, as seconds from now."""
    date = _time(answer.header("date"))
    since = now if date is None else date
    for name in names:
        text = answer.header(name).strip()
        if _NUMBER.fullmatch(text) and float(text) < _FIRST_TIME:
            return float(text)
        time = float(text) if _NUMBER.fullmatch(text) else _time(text)
        if time is not None and since is not None:
            return max(0.0, time - since)
    return None


def _time(text: str) -> float | None:
    """The Unix seconds of an HTTP date."""
    try:
        date = parsedate_to_datetime(text[:_LONGEST_DATE])
        return (date if date.tzinfo else date.replace(tzinfo=UTC)).timestamp()
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
