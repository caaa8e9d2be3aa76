"""Those who wait for a session: until it is live, or until nothing more happens by itself."""

from __future__ import annotations

from tiktoklive.deferreds import Waiters
from tiktoklive.errors import ConnectionStoppedError
from tiktoklive.model import State

#: Who waits for the end gets its error, if there was one.
_Ending = Exception | None


class SessionWaiters:
    """
    Those who wait, each for their own Deferred.

    :ivar live: until the server let us in.
    :ivar over: until nothing more happens by itself; who is cancelled waits no more, and nothing
        stops.
    :ivar closed: those of them who waited when a session that was stopping was started again.
    """

    __slots__ = ("closed", "live", "over")

    def __init__(self) -> None:
        self.live: Waiters[State] = Waiters()
        self.over: Waiters[_Ending] = Waiters()
        self.closed: tuple[Waiters[_Ending], ...] = ()

    def tell_over(self, error: Exception | None) -> None:
        """Nothing more will happen by itself."""
        # Who is told may wait again, for what comes then.
        live, self.live = self.live, Waiters()
        over, self.over = self.over, Waiters()
        live.fail(error or ConnectionStoppedError("Stopped before it was connected."))
        self.tell_closed(error)
        over.tell(error)

    def tell_closed(self, error: Exception | None) -> None:
        """Tell those who waited since before a session was started again."""
        closed, self.closed = self.closed, ()
        for waiters in closed:
            waiters.tell(error)

    def start_again(self) -> None:
        """Those who wait since before this start wait for the end of what was; others don't."""
        if self.over:
            self.closed, self.over = (*self.closed, self.over), Waiters()
