"""
Gift streaks: one report for each, when it is over.

A gift of type 1 is sent again and again with a running count, and once more when the
streak closes.  A streak that is never closed counts as over after 60 s without news
(wire facts §12.3).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from twisted.internet.interfaces import IDelayedCall, IReactorTime

from tiktoklive.events import Gift
from tiktoklive.events.giving import STREAKABLE

#: Seconds without news after which a streak counts as over.
STALE = 60.0
#: Streaks that may run at a time; above it the oldest counts as over.
RUNNING = 1000
#: Kinds of gift whose details are remembered.
KNOWN = 2000

_Key = tuple[str, str, str, str]


class GiftDetails(NamedTuple):
    """What a message may leave out when an earlier one said it."""

    type: int
    name: str
    diamonds: int


class Streaks:
    """
    Reports each gift once.

    :param report: called with the last event of a gift or streak, and its details.
    """

    def __init__(self, clock: IReactorTime, report: Callable[[Gift, GiftDetails], None]) -> None:
        self._clock = clock
        self._report = report
        self._running: dict[_Key, tuple[Gift, GiftDetails, IDelayedCall]] = {}
        self._details: dict[str, GiftDetails] = {}

    def gift(self, event: Gift) -> None:
        """Take one more event."""
        details = self._details_of(event)
        key = (event.anchor, event.user.user_id, event.gift_id, event.group_id)
        old = self._running.pop(key, None)
        if old is not None:
            old[2].cancel()
        if self._is_final(event, details):
            self._report(event, details)
            return
        if len(self._running) >= RUNNING:
            self._over(next(iter(self._running)))
        stale = self._clock.callLater(STALE, self._stale, key)
        self._running[key] = (event, details, stale)

    def finish(self, anchor: str | None = None) -> None:
        """Report what is still running: of one broadcaster, or of all."""
        for key in [key for key in self._running if anchor is None or key[0] == anchor]:
            self._over(key)

    def _over(self, key: _Key) -> None:
        event, details, stale = self._running.pop(key)
        stale.cancel()
        self._report(event, details)

    def _stale(self, key: _Key) -> None:
        event, details, _ = self._running.pop(key)
        self._report(event, details)

    def _details_of(self, event: Gift) -> GiftDetails:
        """What the message says, else what the last message about this gift said."""
        if not event.message.HasField("gift"):
            return self._details.get(event.gift_id) or GiftDetails(0, "", 0)
        details = GiftDetails(event.gift_type, event.gift_name, event.diamond_count)
        if self._details.get(event.gift_id) != details:
            if len(self._details) >= KNOWN:
                del self._details[next(iter(self._details))]
            self._details[event.gift_id] = details
        return details

    @staticmethod
    def _is_final(event: Gift, details: GiftDetails) -> bool:
        if event.repeat_end:
            return True
        if details.type:
            return details.type != STREAKABLE
        # Of a gift about which nobody said anything yet: streaks have a group.
        return event.group_id == "0"
