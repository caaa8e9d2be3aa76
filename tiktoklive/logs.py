"""What is said in the log: how much of it, and how often a line that repeats."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Hashable, Mapping
from functools import wraps
from itertools import islice
from typing import Any, ParamSpec, TextIO, TypeVar

from twisted.logger import (
    FileLogObserver,
    FilteringLogObserver,
    LogEvent,
    LogLevel,
    LogLevelFilterPredicate,
    eventAsText,
    formatTime,
    globalLogPublisher,
)

from tiktoklive.bounded import BoundedMap

_P = ParamSpec("_P")
_T = TypeVar("_T")

#: Different things that one is asked about, before it forgets the oldest.
KEPT = 100

#: The numbers in a line: delays, numbers of tries and ids make no other thing of it.
NUMBER = re.compile(r"[0-9][0-9.]*")

#: Letters of a text that is kept as it is.  What others say may be of any length.
_LONG = 200


def told_again(times: int | None, how: str = "told") -> str:
    """What to add to something that was left out so many times; of a line, it is ``"logged"``."""
    return f" ({times} times more since this was {how})" if times else ""


def reasons(errors: Mapping[str, Exception], limit: int = 20) -> str:
    """Users, each with why, for one line; the first of them if there are many."""
    told = [f"@{name}: {error}" for name, error in islice(errors.items(), limit)]
    more = len(errors) - len(told)
    return " ".join([*told, *([f"And {more} more."] if more else [])])


class LogThrottle:
    """
    Keeps a line of the log from repeating itself for weeks.

    :param every: seconds that have to pass before the same thing is said again.
    :param most: what they grow to, twice as many each time, while it goes on; ``None`` to stay.
    :param first: how many times it may be said before that counts, and again after a time
        in which it did not happen.
    :param kept: different things that it knows, before it forgets the oldest.
    """

    __slots__ = ("_every", "_first", "_kept", "_most", "_said")

    def __init__(
        self, every: float = 600.0, first: int = 1, kept: int = KEPT, most: float | None = None
    ) -> None:
        self._every = every
        self._most = every if most is None else most
        self._first = first
        self._kept = kept
        #: What, and: times left, when it was said last, times that it was not said since, seconds
        #: until it is said again.  Each user who is followed has several of these, in most of which
        #: there is nothing.
        self._said: BoundedMap[Hashable, tuple[int, float, int, float]] | None = None

    def again(self, what: Hashable, now: float) -> int | None:
        """
        Whether to say it.

        :param now: the time, in seconds, of any clock.
        :return: how many times it was not said since the last time; ``None`` to be quiet.
        """
        if isinstance(what, str) and len(what) > _LONG:
            what = what[:_LONG], len(what), hash(what)
        said = self._said
        if said is None:
            said = self._said = BoundedMap(self._kept)
        left, at, unsaid, wait = said.get(what, (self._first, now, 0, self._every))
        since = abs(now - at)  # clocks may go back
        if since >= wait:
            goes_on = unsaid > 0 and since < 2 * wait
            left, wait = (1, min(2 * wait, self._most)) if goes_on else (self._first, self._every)
        if not left:
            said.put(what, (0, at, unsaid + 1, wait))
            return None
        said.put(what, (left - 1, now, 0, wait))
        return unsaid

    def said(self, what: Hashable, now: float) -> None:
        """It was said, whether it was time for it or not."""
        if self._said is None:
            self._said = BoundedMap(self._kept)
        self._said.put(what, (0, now, 0, self._every))


def ends_in_words(*errors: type[Exception]) -> Callable[[Callable[_P, _T]], Callable[_P, _T]]:
    """
    If what a function raises ends the program, let it be told by its own words alone.

    Twistd lets what keeps a service from starting through, up to the interpreter; who reads that
    a port is taken does not want to know by which lines of code.

    :param errors: those of which nothing is to be known but what they say.
    """

    def wrap(function: Callable[_P, _T]) -> Callable[_P, _T]:
        @wraps(function)
        def wrapped(*args: _P.args, **kwargs: _P.kwargs) -> _T:
            try:
                return function(*args, **kwargs)
            except errors as error:
                _without_traceback(error)
                raise

        return wrapped

    return wrap


def _without_traceback(error: Exception) -> None:
    usual = sys.excepthook

    def tell(kind: type[BaseException], value: BaseException, traceback: Any) -> None:
        if value is error:
            sys.stderr.write(f"{error}\n")
        else:
            usual(kind, value, traceback)

    sys.excepthook = tell


def for_people(stream: TextIO) -> FileLogObserver:
    """
    Write the log as people read it on a terminal: the time, and what happened.

    Which part of the program says it is of use in files that are searched, which twistd writes.
    """

    def line(event: LogEvent) -> str:
        level = event.get("log_level", LogLevel.info)
        text = eventAsText(event, includeTimestamp=False, includeSystem=False)
        if not text:
            return ""
        mark = f"{_MARKS[level]}: " if level in _MARKS else ""
        time = formatTime(event.get("log_time"), "%H:%M:%S")
        return f"{time} {mark}{text.replace(chr(10), chr(10) + chr(9))}\n"

    return FileLogObserver(stream, line)


_MARKS = {LogLevel.warn: "warning", LogLevel.error: "error", LogLevel.critical: "error"}

#: What loggers that write debug lines write to.
levels = LogLevelFilterPredicate(defaultLogLevel=LogLevel.debug)
voice = FilteringLogObserver(globalLogPublisher, [levels])


def log_from(level: object) -> None:
    """Say nothing below a level from now on."""
    levels.setLogLevelForNamespace("tiktoklive", level)
