"""Clocks of tests that do what those of machines do: they are set, and we miss a while of them."""

from __future__ import annotations

from collections.abc import Callable

from twisted.internet.task import Clock

#: 2026-11-01, in seconds since 1970.
NOVEMBER = 1793491200.0


class SteppedClock(Clock):
    """
    A steady clock, and a wall clock that can be set.

    :ivar step: seconds by which the wall clock was set forward.
    """

    def __init__(self, now: float = NOVEMBER) -> None:
        super().__init__()
        self.rightNow = now
        self.step = 0.0

    def wall(self) -> float:
        """What the wall clock shows."""
        return self.rightNow + self.step

    def stand_still(self, seconds: float, read: Callable[[], object] = lambda: None) -> None:
        """
        The process does not run for a while, and then goes on as Twisted's reactors do: in each
        turn the calls that are due come first, and what has arrived is read after them.

        :param read: reads it.
        """
        self.rightNow += seconds
        while due := [call for call in self.calls if call.getTime() <= self.rightNow]:
            for call in due:
                if call.active():
                    self.calls.remove(call)
                    call.called = 1
                    call.func(*call.args, **call.kw)
            read()
