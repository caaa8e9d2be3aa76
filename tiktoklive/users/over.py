"""When there is nobody left to follow, as far as is known."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from twisted.internet.defer import Deferred
from twisted.logger import Logger

from tiktoklive.deferreds import Waiters
from tiktoklive.logs import reasons
from tiktoklive.session.session import Session


class Ending:
    """
    Knows who was given up, and tells when that are all.

    :param sessions: those that are followed, always as they are now.
    :ivar controlled: whether others may bring more users: nobody left is not the end then.
    :ivar failed: username to why it was given up.
    :ivar waiting: those who want to know.
    """

    log = Logger()

    def __init__(self, sessions: Collection[Session]) -> None:
        self._sessions = sessions
        self.controlled = False
        self.failed: dict[str, Exception] = {}
        #: Those of whom the log said last that they were all.
        self._told: dict[str, Exception] = {}
        self.waiting: Waiters[dict[str, Exception]] = Waiters()

    def wait(self) -> Deferred[dict[str, Exception]]:
        """Fires when that is so, perhaps at once: with username to error."""
        waiter = self.waiting.wait().addCallback(dict)  # of its own
        self.look()
        return waiter

    def look(self) -> None:
        """Something has changed: see whether it is over."""
        if self.controlled or not self.waiting:
            return
        lost = {}
        for each in self._sessions:
            if error := self.failed.get(each.unique_id) or each.unknown:
                lost[each.unique_id] = error
        if lost and len(lost) == len(self._sessions):
            self._told = lost
            self.log.info("No user is left to follow. {why}", why=reasons(lost))
            self.waiting.tell(lost)

    def untold(self, lost: Mapping[str, Exception]) -> dict[str, Exception]:
        """Those of the lost of whom the log has not said why."""
        return {name: why for name, why in lost.items() if self._told.get(name) is not why}
