"""What is told of several messages together: gift streaks, battles, guests, the audience."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

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
    :ivar silent: whether what runs is not told to be over when it is: another process goes on.
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
        self.silent = False
        #: What ran in a room that another process was in.
        self._carried: tuple[str, list[Any], list[Any]] | None = None

    def go_on(self, room_id: str, streaks: list[Any], battles: list[Any]) -> None:
        """Go on with the gift streaks and battles of a room, from when it is entered."""
        self._carried = (room_id, streaks, battles) if streaks or battles else None

    def carried(self) -> tuple[list[Any], list[Any]]:
        """The gift streaks and the battles that run, for another process to go on with."""
        streaks, battles = self.known_streaks, self.known_battles
        return (
            [] if streaks is None else streaks.carried(),
            [] if battles is None else battles.carried(),
        )

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
        self._take_up()
        if room_id != self._room_id:
            self._guests = self._audience = None
        self._room_id, self._stopped, self.silent = room_id, "", False
        if self.known_streaks is not None:
            self.known_streaks.begin(room_id)
        if self.known_battles is not None:
            self.known_battles.begin(room_id)

    def _take_up(self) -> None:
        """Go on with what ran where another process was."""
        carried, self._carried = self._carried, None
        if carried is None:
            return
        self._room_id, streaks, battles = carried
        if streaks:
            with suppress(ValueError):  # of a later version
                self.streaks.go_on(streaks)
        if battles:
            with suppress(ValueError):
                self.battles.go_on(battles)

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
        if not self.silent:
            self._take_up()
        self._stopped = reason
        self._guests = self._audience = None
        for known in (self.known_streaks, self.known_battles):
            if known is not None and self.silent:
                known.forget(reason)
            elif known is not None:
                known.finish(reason)
