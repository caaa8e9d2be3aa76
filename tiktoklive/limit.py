"""Waiting, but not for ever."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from twisted.internet.defer import Deferred
from twisted.internet.interfaces import IReactorTime


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

    timer = clock.callLater(seconds, time_is_over)

    def came(result: Any) -> None:
        if timer.active():
            timer.cancel()
            over.callback(result)
        # Else nobody waits any more, and what came too late is nobody's failure.

    waiting.addBoth(came)
    return over
