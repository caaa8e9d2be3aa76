"""What is told of several messages together: gift streaks, battles, guests, the audience."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from twisted.internet.interfaces import IReactorTime

from tiktoklive.dispatch.battles import BattleTracker
from tiktoklive.dispatch.guest_list import GuestLists
from tiktoklive.dispatch.ranked import RankedAudience
from tiktoklive.dispatch.streaks import Streaks
from tiktoklive.events.audience import RoomUser
from tiktoklive.events.base import Event, MessageEvent
from tiktoklive.events.battle import LinkMicArmies, LinkMicBattle
from tiktoklive.events.battle_extras import LinkMicBattlePunishFinish
from tiktoklive.events.giving import Gift
from tiktoklive.events.guests import LinkLayer, LinkMessage

_LINKS = (LinkLayer, LinkMessage)


class Trackers:
    """
    Those of one user's broadcasts, one room at a time.

    :param tell: called with each event that they make and that may come at any time.
    :ivar known_streaks: of gifts; ``None`` until one is given.
    :ivar known_battles: of battles; ``None`` until one is heard of, as most rooms have none.
    """

    def __init__(self, clock: IReactorTime, tell: Callable[[Event], None]) -> None:
        self._clock = clock
        self._tell = tell
        self.known_streaks: Streaks | None = None
        self.known_battles: BattleTracker | None = None
        #: Likewise.
        self._guests: GuestLists | None = None
        self._audience: RankedAudience | None = None
        self._room_id = self._stopped = ""

    @property
    def streaks(self) -> Streaks:
        """Of gifts; made now, if there is none."""
        if self.known_streaks is None:
            self.known_streaks = Streaks(self._clock, self._tell)
            self.known_streaks.begin(self._room_id)
            if self._stopped:
                self.known_streaks.finish(self._stopped)
        return self.known_streaks

    @property
    def battles(self) -> BattleTracker:
        """Of battles between hosts; made now, if there is none."""
        if self.known_battles is None:
            self.known_battles = BattleTracker(self._clock, self._tell)
            self.known_battles.begin(self._room_id)
            if self._stopped:
                self.known_battles.finish(self._stopped)
        return self.known_battles

    def begin(self, room_id: str) -> None:
        """A stream of that room is opened; what runs there goes on, what ran elsewhere is over."""
        if room_id != self._room_id:
            self._guests = self._audience = None
        self._room_id, self._stopped = room_id, ""
        if self.known_streaks is not None:
            self.known_streaks.begin(room_id)
        if self.known_battles is not None:
            self.known_battles.begin(room_id)

    def take(self, event: MessageEvent) -> Iterable[Event]:
        """
        A message that may be part of something.

        :return: what comes directly after it.
        """
        if isinstance(event, Gift):
            self.streaks.gift(event)
        elif isinstance(event, RoomUser):
            if self._audience is None:
                self._audience = RankedAudience()
            return self._audience.after(event)
        elif isinstance(event, _LINKS):
            if self._guests is None:
                self._guests = GuestLists()
            return self._guests.after(event)
        elif isinstance(event, LinkMicBattle):
            self.battles.change(event)
        elif isinstance(event, LinkMicArmies):
            self.battles.score(event)
        elif isinstance(event, LinkMicBattlePunishFinish):
            self.battles.punished(event)
        return event.derived()

    def finish(self, reason: str) -> None:
        """Whatever runs is over, and nothing runs until :meth:`begin`."""
        self._stopped = reason
        self._guests = self._audience = None
        if self.known_streaks is not None:
            self.known_streaks.finish(reason)
        if self.known_battles is not None:
            self.known_battles.finish(reason)
