"""
Limits of time on others.

A limit says that the other side took too long, so it has to be the other side that did.  Twisted
runs the calls that are due before it reads what has arrived.  After the process stood still
(stopped, suspended, starved, or busy with something of its own), every limit is over at once, and
what came in time lies in the system's buffers, unread.  So a limit here never ends anything in the
turn of the reactor in which it is over: what has arrived is read first.  And one that is found over
long after it was due gives :data:`GRACE` seconds more, in which the backlog is read, and the other
side answers what it is asked late.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeVar

from twisted.internet import defer
from twisted.internet.defer import Deferred
from twisted.internet.interfaces import IReactorTime
from twisted.python.failure import Failure

_T = TypeVar("_T")

#: Seconds after which a call that comes late says that we stood still.
LATE: Final = 1.0
#: Seconds that the other side has then.
GRACE: Final = 5.0
#: How often a limit gives way, so that a process that is always late still ends its waiting.
TIMES: Final = 3


class Limit:
    """
    A call that is made when the other side took too long, and not when we did.

    :param seconds: until then.
    :param over: what is called.
    :param left: seconds that are left as things are then, of a limit that moves with each sign of
        life: nothing is called as long as there are any.
    """

    __slots__ = ("_call", "_clock", "_due", "_left", "_over", "_times")

    def __init__(
        self,
        seconds: float,
        clock: IReactorTime,
        over: Callable[[], object],
        left: Callable[[], float] | None = None,
    ) -> None:
        self._clock = clock
        self._over = over
        self._left = left
        self._times = TIMES
        self._arm(seconds)

    def active(self) -> bool:
        """Whether it is yet to come."""
        return bool(self._call.active())

    def cancel(self) -> None:
        """It is not needed any more."""
        self._call.cancel()

    def _arm(self, seconds: float) -> None:
        self._due = self._clock.seconds() + seconds
        self._call = self._clock.callLater(seconds, self._look)

    def _look(self) -> None:
        left = self._due - self._clock.seconds() if self._left is None else self._left()
        if left > 0:
            self._arm(left)
        elif left < -LATE and self._times:
            self._times -= 1
            self._arm(GRACE)
        else:
            self._call = self._clock.callLater(0, self._over)


def stop(limit: Limit | None) -> None:
    """Cancel a limit that may be over, or never was."""
    if limit is not None and limit.active():
        limit.cancel()


def within(
    waiting: Deferred[Any], seconds: float, clock: IReactorTime, late: Callable[[], object]
) -> Deferred[Any]:
    """
    Wait for something that may never come.  It is not cancelled: it may still come later.

    :param late: called when the time is over.
    :return: fires with the result, or with ``None`` when the time is over; cancelling it cancels
        what is waited for.
    """
    over: Deferred[Any] = Deferred(lambda _: waiting.cancel())

    def time_is_over() -> None:
        late()
        over.callback(None)

    limit = Limit(seconds, clock, time_is_over)

    def came(result: Any) -> None:
        if limit.active():
            limit.cancel()
            over.callback(result)
        # Else nobody waits any more, and what came too late is nobody's failure.

    waiting.addBoth(came)
    return over


def cancel_after(
    waiting: Deferred[_T],
    seconds: float,
    clock: IReactorTime,
    over: Callable[[Any, float], Any] | None = None,
) -> Deferred[_T]:
    """
    Cancel what takes too long: ``Deferred.addTimeout`` by the rule of this module.

    :param over: called with what the cancelling led to, and the seconds; gives the result.  When
        left out, it is a ``TimeoutError``.
    :return: the same Deferred.
    """
    is_over = False

    def time_is_over() -> None:
        nonlocal is_over
        is_over = True
        waiting.cancel()

    limit = Limit(seconds, clock, time_is_over)

    def convert(result: Any) -> Any:
        return (over or _timed_out)(result, seconds) if is_over else result

    def came(result: Any) -> Any:
        if limit.active():
            limit.cancel()
        return result

    waiting.addBoth(convert)
    waiting.addBoth(came)
    return waiting


def _timed_out(result: Any, seconds: float) -> Any:
    if isinstance(result, Failure):
        result.trap(defer.CancelledError)  # type: ignore[no-untyped-call]  # Twisted's
        raise defer.TimeoutError(seconds, "Deferred")
    return result
