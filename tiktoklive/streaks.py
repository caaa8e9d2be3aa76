"""
Gift streaks: which of them run in a room, and the one event that each becomes when it is over.

A gift of type 1 is sent again and again with a running count, and once more when the streak
closes.  The closing message may be lost, and messages may come twice, late or without the
gift's details; a streak without news for 60 s counts as over (wire facts §12.3).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeVar

from twisted.internet.interfaces import IReactorTime

from tiktoklive.clock import wall_ms
from tiktoklive.events.base import Event
from tiktoklive.events.giving import STREAKABLE, Gift
from tiktoklive.events.pictures import last_url
from tiktoklive.events.streak import (
    REPEAT_END,
    SINGLE,
    STREAM_END,
    TIMEOUT,
    GiftDetails,
    GiftStreak,
)
from tiktoklive.limit import Limit
from tiktoklive.wire.text import text

#: Seconds without news after which a streak counts as over.
STALE = 60.0
#: Streaks that may run at a time; above it the one without news for longest counts as over.
RUNNING = 1000
#: Streaks that are over and remembered, so that what comes late is not counted again.
REMEMBERED = 2000
#: Kinds of gift whose details are remembered.
KINDS = 2000

_K = TypeVar("_K")
_V = TypeVar("_V")
#: User, gift, group.
_Key = tuple[int, int, int]


class _Running(NamedTuple):
    """A streak that may go on: its last event, its highest count, the time of its last news."""

    gift: Gift
    repeats: int
    heard_at: float


class Streaks:
    """
    The gift streaks of one user's broadcasts, one room at a time.

    :param tell: called with each :class:`~tiktoklive.events.streak.GiftStreak`.
    :ivar pushed_out: streaks that were ended, or forgotten after their end, because there were
        too many.
    """

    def __init__(self, clock: IReactorTime, tell: Callable[[Event], None]) -> None:
        self._clock = clock
        self._tell = tell
        self.pushed_out = 0
        self._room_id = ""
        #: In the order of their last news.
        self._running: dict[_Key, _Running] = {}
        self._over: dict[_Key, None] = {}
        self._details: dict[int, GiftDetails] = {}
        #: Why no streak may run now, if so.
        self._stopped = ""
        self._call: Limit | None = None

    def begin(self, room_id: str) -> None:
        """A stream of that room is opened; what runs there goes on, what ran elsewhere is over."""
        if room_id != self._room_id:
            self.finish(STREAM_END)
            self._over.clear()
            self._details.clear()
            self._room_id = room_id
        self._stopped = ""

    def gift(self, event: Gift) -> None:
        """Take one more event; tell what it ends."""
        details = self._learn(event)
        if not _is_streak(event, details):
            self._tell(GiftStreak(event, details, max(event.repeat_count, 1), SINGLE, event.origin))
            return
        message = event.message
        key = message.user.id, message.gift_id, message.group_id
        if key in self._over:
            return
        before = self._running.pop(key, None)
        count = max(message.repeat_count, before.repeats if before is not None else 1)
        running = _Running(event, count, self._clock.seconds())
        if event.repeat_end or self._stopped:
            self._end(key, running, REPEAT_END if event.repeat_end else self._stopped)
            return
        self._running[key] = running
        if self._call is None:
            self._call = Limit(STALE, self._clock, self._look, self._left)
        if len(self._running) > RUNNING:
            self.pushed_out += 1
            oldest = next(iter(self._running))
            self._end(oldest, self._running.pop(oldest), TIMEOUT)

    def finish(self, reason: str) -> None:
        """Whatever runs is over, and nothing runs until :meth:`begin`."""
        self._stopped = reason
        if self._call is not None:
            self._call.cancel()
            self._call = None
        running, self._running = self._running, {}
        for key, streak in running.items():
            self._end(key, streak, reason)

    def _look(self) -> None:
        """One timer for the streak that has been without news for longest."""
        self._call = None
        while self._running:
            key, running = next(iter(self._running.items()))
            left = self._left()
            if left > 0:
                self._call = Limit(left, self._clock, self._look, self._left)
                return
            del self._running[key]
            self._end(key, running, TIMEOUT)

    def _left(self) -> float:
        """Seconds until the streak that has been without news for longest is over."""
        heard_at = next((each.heard_at for each in self._running.values()), self._clock.seconds())
        return heard_at + STALE - self._clock.seconds()

    def _end(self, key: _Key, running: _Running, reason: str) -> None:
        # Without a group, what comes late cannot be told from the same viewer's next streak.
        if key[2]:
            self.pushed_out += len(self._over) == REMEMBERED and key not in self._over
            _remember(self._over, key, None, REMEMBERED)
        gift, origin = running.gift, running.gift.origin
        if reason != REPEAT_END:
            origin = origin._replace(received_at=wall_ms(self._clock))
        details = self._details.get(key[1], _UNKNOWN)
        self._tell(GiftStreak(gift, details, running.repeats, reason, origin))

    def _learn(self, event: Gift) -> GiftDetails:
        """What this message says of its gift; where it says nothing, what others said, or the
        list of gifts."""
        gift_id = event.message.gift_id
        remembered = self._details.get(gift_id)
        details = _listed(event) if remembered is None else remembered
        if event.message.HasField("gift"):
            said = event.message.gift
            details = GiftDetails(
                said.type or details.type,
                text(said.name) or details.name,
                said.diamond_count or details.diamonds,
                last_url(said.image) or details.picture,
            )
        if details not in (remembered, _UNKNOWN):
            _remember(self._details, gift_id, details, KINDS)
        return details


_UNKNOWN = GiftDetails()


def _is_streak(event: Gift, details: GiftDetails) -> bool:
    """Whether further messages may raise its count."""
    if details.type:
        return details.type == STREAKABLE
    # Nobody said so far: streaks have a group.
    return event.message.group_id != 0


def _listed(event: Gift) -> GiftDetails:
    """What the list of gifts says, if it was fetched."""
    info = event.extended_gift_info or {}
    kind, name, diamonds = (info.get(key) for key in ("type", "name", "diamond_count"))
    return GiftDetails(
        kind if isinstance(kind, int) else 0,
        name if isinstance(name, str) else "",
        diamonds if isinstance(diamonds, int) else 0,
    )


def _remember(what: dict[_K, _V], key: _K, value: _V, limit: int) -> None:
    """Keep it, and forget the oldest when there are too many."""
    what[key] = value
    if len(what) > limit:
        del what[next(iter(what))]
