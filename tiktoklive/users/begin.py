"""Users are begun to be followed a few at a time, where many are to be at once."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from twisted.internet.interfaces import IDelayedCall, IReactorTime

from tiktoklive.session.session import Session

#: Users that are begun to be followed at a time, and seconds between two such times.  Getting
#: into a room takes some milliseconds of work: with hundreds of them, what else there is to do
#: has its turn in between.
AT_A_TIME, APART = 5, 0.05


class BeginQueue:
    """
    Those whose turn to be followed comes.

    :param begin: called with each when it is; it has to look whether that is still wanted.
    """

    def __init__(self, clock: IReactorTime, begin: Callable[[Session], object]) -> None:
        self._clock, self._begin = clock, begin
        self._coming: deque[Session] = deque()
        #: How many may still come in this turn.
        self._places = AT_A_TIME
        self._next: IDelayedCall | None = None

    def add(self, session: Session) -> None:
        """Follow it, soon if many are to be followed at once."""
        self._coming.append(session)
        if self._next is None:
            self._turn()
        else:
            self._take()

    def clear(self) -> None:
        """Begin with none of them."""
        self._coming.clear()
        if self._next is not None:
            self._next.cancel()
            self._next = None

    def _turn(self) -> None:
        self._next = None
        self._places = AT_A_TIME
        self._take()

    def _take(self) -> None:
        while self._coming and self._places:
            self._places -= 1
            if self._next is None:
                self._next = self._clock.callLater(APART, self._turn)
            self._begin(self._coming.popleft())
