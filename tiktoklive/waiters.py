"""Those who wait for a session: until it is live, or until nothing more happens by itself."""

from __future__ import annotations

from twisted.internet.defer import Deferred

from tiktoklive.errors import ConnectionStoppedError
from tiktoklive.model import State

#: One who waits for the end: of its error, if there was one.
Ending = Deferred[Exception | None]


class Waiters:
    """
    Those who wait, each for their own Deferred.

    :ivar live: until the server let us in.
    :ivar over: until nothing more happens by itself.
    :ivar closed: those of them who waited when a session that was stopping was started again.
    """

    def __init__(self) -> None:
        self.live: list[Deferred[State]] = []
        self.over: list[Ending] = []
        self.closed: list[Ending] = []

    def tell_live(self, state: State) -> None:
        """The server let us in."""
        waiting, self.live = self.live, []
        for waiter in waiting:
            if not waiter.called:  # cancelled by another who was told
                waiter.callback(state)

    def tell_over(self, error: Exception | None) -> None:
        """Nothing more will happen by itself."""
        live, self.live = self.live, []
        over, self.over = self.over, []
        for waiter in live:
            if not waiter.called:
                waiter.errback(error or ConnectionStoppedError("Stopped before it was connected."))
        self.tell_closed(error)
        for ended in over:
            if not ended.called:
                ended.callback(error)

    def tell_closed(self, error: Exception | None) -> None:
        """Tell those who waited since before a session was started again."""
        closed, self.closed = self.closed, []
        for ended in closed:
            if not ended.called:
                ended.callback(error)

    def start_again(self) -> None:
        """Those who wait since before this start wait for the end of what was; others don't."""
        self.closed, self.over = [*self.closed, *self.over], []

    def forget(self, waiter: Ending) -> None:
        """One who waited for the end was cancelled; others wait on, and nothing stops."""
        for waiting in (self.over, self.closed):
            if waiter in waiting:
                waiting.remove(waiter)
