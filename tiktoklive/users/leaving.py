"""Sessions that are no user's any more, until nothing of their connections is left."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final, TypeVar

from twisted.internet.defer import Deferred
from twisted.logger import Logger

from tiktoklive.deferreds import wait_at_most
from tiktoklive.model import MessageCounts
from tiktoklive.session.session import Session

_T = TypeVar("_T")

#: Seconds that stopping may take.  What a session does then takes less: it closes a stream.
STOP_TIMEOUT: Final = 5.0

#: Why a connection gives way to another one of the same user.
OTHER_OPTIONS: Final = "The user got other options, and so another connection."


class Leaving:
    """
    Those that stop.

    :ivar sessions: they.
    :ivar gone: what was counted of those that have stopped.
    """

    log = Logger()

    def __init__(self, clock: Any) -> None:
        self._clock = clock
        self.sessions: set[Session] = set()
        self.gone = MessageCounts()

    def stop(
        self, session: Session, free: Callable[[], object], *, silently: bool, why: str = ""
    ) -> Deferred[None]:
        """
        Stop one, which is left behind, and logged, if it takes too long.

        :param free: called when nothing of its connection is left open.
        :param silently: see :meth:`~tiktoklive.session.session.Session.stop`, like ``why``.
        """
        self.sessions.add(session)

        def gone(result: _T) -> _T:
            self.sessions.discard(session)
            self.gone += session.arrived()
            free()
            return result

        stopping = session.stop(silently=silently, why=why)
        return self.within(stopping, [session]).addBoth(gone)

    def within(self, stopping: Deferred[_T], sessions: Iterable[Session]) -> Deferred[Any]:
        """Wait until some have stopped, for so long as that may take."""
        return wait_at_most(stopping, STOP_TIMEOUT, self._clock, lambda: self._late(sessions))

    def counted(self) -> MessageCounts:
        """What was counted of all of them."""
        return sum(map(Session.arrived, self.sessions), self.gone)

    def _late(self, sessions: Iterable[Session]) -> None:
        for session in sessions:
            if not session.is_at_rest:
                self.log.warn(
                    "@{user} does not stop: it is left behind while {phase}, {reason}",
                    user=session.unique_id,
                    phase=session.phase,
                    reason=session.state().reason or "without a reason",
                )
