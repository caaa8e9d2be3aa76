"""
Two times: the steady one, for timers and intervals, and the wall clock's, for time stamps.

Twisted's reactors take both from ``time.time()``.  When the wall clock is set back by an hour,
every call that was scheduled comes an hour late, and the reactor sleeps until then; when it is
set forward, all of them come at once.  So a clock here is *steady*: its ``seconds()`` go on from
the wall clock's time at which it began, at the pace of ``time.monotonic()``, whatever becomes of
the wall clock; and what the wall clock shows is asked by :func:`wall_time`.

``time.monotonic()``, rather than a clock that counts the time of a suspended machine
(``CLOCK_BOOTTIME``), because the system's own waiting (``epoll``) does not count it either, it is
everywhere where Python is, and it errs on the side of patience: after a suspend nothing is
overdue, and a stream that died meanwhile is found by the first limit that passes.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from threading import Event, Thread
from typing import Any
from weakref import WeakKeyDictionary

from twisted.internet.base import DelayedCall, ReactorBase
from twisted.internet.error import AlreadyCalled, AlreadyCancelled
from twisted.internet.interfaces import IDelayedCall, IReactorTime
from twisted.python.runtime import seconds as runtime_seconds
from zope.interface import directlyProvides, implementer, providedBy

__all__ = ["SteadyClock", "make_steady", "steady_clock", "wall_time"]

#: Seconds between two looks at the wall clock, in a reactor that is not ours.
LOOK = 1.0
#: Seconds by which it has to be off to count as set: adjusting it slowly is no step.
STEP = 0.5


def wall_time(clock: Any) -> float:
    """
    What the wall clock shows, for time stamps.

    :param clock: one that is steady has a ``wall()``; of any other, such as a test's, the
        ``seconds()`` are both.
    :return: seconds since 1970.
    """
    wall = getattr(clock, "wall", None)
    return float(clock.seconds() if wall is None else wall())


def wall_at(clock: Any, seconds: float) -> float:
    """
    When it was, by what the wall clock shows now.

    :param seconds: a moment, in the clock's ``seconds()``.
    :return: seconds since 1970.
    """
    return wall_time(clock) + (seconds - float(clock.seconds()))


def wall_ms(clock: Any, seconds: float | None = None) -> int:
    """
    The same in milliseconds.

    :param seconds: of that moment rather than of now.
    """
    return int((wall_time(clock) if seconds is None else wall_at(clock, seconds)) * 1000)


def make_steady(reactor: Any) -> None:
    """
    Let a reactor's time be steady.  Who owns the reactor does it, before anything else.

    Its ``seconds()`` still begin as seconds since 1970, so calls that were scheduled before come
    when they would have; ``reactor.wall()`` is what the wall clock shows.  A reactor that has
    another clock than Twisted's, as a test's has, keeps it.
    """
    if not _is_wall(reactor):
        return
    steady = _steady()
    reactor.seconds = steady
    reactor.wall = time.time
    for call in reactor.getDelayedCalls():
        if isinstance(call, DelayedCall):
            call.seconds = steady  # by which it is reset


def steady_clock(reactor: Any) -> Any:
    """
    The clock for a reactor that may not be ours.

    :return: the reactor itself if it is steady, or has a clock of its own; otherwise the one
        :class:`SteadyClock` of it.
    """
    if not _is_wall(reactor):
        return reactor
    clock = _CLOCKS.get(reactor)
    if clock is None:
        clock = _CLOCKS[reactor] = SteadyClock(reactor)
    return clock


def _is_wall(reactor: Any) -> bool:
    """Whether a reactor takes its time from the wall clock."""
    return isinstance(reactor, ReactorBase) and reactor.seconds is runtime_seconds


def _apart() -> float:
    return time.time() - time.monotonic()


def steady_seconds() -> float:
    """Seconds for intervals where there is no reactor: in threads, and of files."""
    return time.monotonic()


def _steady() -> Callable[[], float]:
    """Seconds since 1970 as they go on if the wall clock is not set."""
    offset, monotonic = _apart(), time.monotonic
    return lambda: offset + monotonic()


@implementer(IDelayedCall)
class _Call:
    """
    A call that a steady clock will make.

    Written here, and small, because a program that follows many users has several for each of
    them: Twisted's ``DelayedCall`` takes three times the memory.

    :ivar awaited: the reactor's own call, which makes this one.
    """

    __slots__ = ("_args", "_clock", "_function", "_kw", "_over", "_time", "awaited")

    def __init__(
        self,
        clock: SteadyClock,
        time: float,
        function: Callable[..., Any],
        args: tuple[object, ...],
        kw: dict[str, object],
    ) -> None:
        self._clock = clock
        self._time = time
        self._function = function
        self._args = args
        self._kw = kw or None
        self._over: type[Exception] | None = None
        self.awaited: IDelayedCall | None = None

    def __call__(self) -> None:
        """The reactor's call has come: is it time?"""
        if self._time > self._clock.seconds():  # delayed, or the wall clock was set forward
            self._clock.schedule(self)
            return
        function, args, kw = self._function, self._args, self._kw
        self._end(AlreadyCalled)
        function(*args, **(kw or {}))

    def getTime(self) -> float:
        """See ``IDelayedCall``."""
        return self._time

    def active(self) -> bool:
        """See ``IDelayedCall``."""
        return self._over is None

    def cancel(self) -> None:
        """See ``IDelayedCall``."""
        self._check()
        self._end(AlreadyCancelled)

    def delay(self, secondsLater: float) -> None:
        """See ``IDelayedCall``."""
        self._check()
        self._move(self._time + secondsLater)

    def reset(self, secondsFromNow: float) -> None:
        """See ``IDelayedCall``."""
        self._check()
        self._move(self._clock.seconds() + secondsFromNow)

    def _check(self) -> None:
        if self._over is not None:
            raise self._over

    def _end(self, how: type[Exception]) -> None:
        """It keeps nothing that it was to be made with."""
        self._over = how
        self._function, self._args, self._kw = _nothing, (), None
        self._clock.forget(self)

    def _move(self, time: float) -> None:
        """When it comes later, that is seen when the reactor's call comes."""
        sooner = time < self._time
        self._time = time
        if sooner:
            self._clock.schedule(self)


def _nothing() -> None:
    """What is made of a call that was made, or cancelled."""


@implementer(IReactorTime)
class SteadyClock:
    """
    Steady time in a reactor that is not ours, and stays as it is.

    It is the reactor in everything but time.  A call of the reactor that comes before it is due,
    because the wall clock was set forward, is scheduled anew.  One that would come too late,
    because the wall clock was set back, is not noticed by anything that the reactor does: it
    sleeps.  So a thread compares the two clocks once a second, from the first call on until the
    reactor shuts down, and has all calls scheduled anew when they have parted.

    :param reactor: one that takes its time from the wall clock.
    """

    def __init__(self, reactor: Any) -> None:
        self._reactor = reactor
        self._calls: dict[_Call, None] = {}
        self._over: Event | None = None
        self._steady = _steady()
        self._apart = _apart()
        directlyProvides(self, providedBy(reactor))

    def __getattr__(self, name: str) -> Any:
        """All else is the reactor's."""
        return getattr(self._reactor, name)

    def seconds(self) -> float:
        """See ``IReactorTime``: steady."""
        return self._steady()

    def wall(self) -> float:
        """What the wall clock shows."""
        return time.time()

    def callLater(
        self,
        delay: float,
        callable: Callable[..., Any],  # noqa: A002 -- its name in IReactorTime
        *args: object,
        **kw: object,
    ) -> IDelayedCall:
        """See ``IReactorTime``."""
        call = _Call(self, self.seconds() + delay, callable, args, kw)
        self.schedule(call)
        if self._over is None:
            self._over = Event()
            self._reactor.callWhenRunning(self._watch, self._over)
        return call

    def getDelayedCalls(self) -> Sequence[IDelayedCall]:
        """See ``IReactorTime``: those that were scheduled here."""
        return list(self._calls)

    def look(self) -> bool:
        """
        Was the wall clock set?  Then all calls are scheduled anew.

        :return: whether it was.
        """
        if not self._parted():
            return False
        self._apart = _apart()
        for call in list(self._calls):
            self.schedule(call)
        return True

    def schedule(self, call: _Call) -> None:
        """Have the reactor make a call when it is due, and not when it was."""
        self.forget(call)
        self._calls[call] = None
        call.awaited = self._reactor.callLater(max(0.0, call.getTime() - self.seconds()), call)

    def forget(self, call: _Call) -> None:
        """It is not to be made, or was."""
        self._calls.pop(call, None)
        awaited, call.awaited = call.awaited, None
        if awaited is not None and awaited.active():
            awaited.cancel()

    def _parted(self) -> bool:
        return abs(_apart() - self._apart) > STEP

    def _watch(self, over: Event) -> None:
        def look() -> None:
            while not over.wait(LOOK):
                if self._parted():
                    self._reactor.callFromThread(self.look)

        self._reactor.addSystemEventTrigger("during", "shutdown", over.set)
        Thread(target=look, name="tiktoklive clock", daemon=True).start()


_CLOCKS: WeakKeyDictionary[Any, SteadyClock] = WeakKeyDictionary()
