"""What is told of several messages together: gift streaks, battles, guests, the audience."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from twisted.internet.interfaces import IReactorTime

from tiktoklive.dispatch.battles import BattleStories
from tiktoklive.dispatch.guest_list import GuestLists
from tiktoklive.dispatch.ranked import RankedAudience
from tiktoklive.dispatch.streaks import Streaks
from tiktoklive.events.audience import RoomUser
from tiktoklive.events.base import Event, MessageEvent
from tiktoklive.events.battle import LinkMicArmies, LinkMicBattle
from tiktoklive.events.battle_extras import LinkMicBattlePunishFinish
from tiktoklive.events.giving import Gift
from tiktoklive.events.guests import LinkLayer, LinkMessage


class Stories:
    """
    The stories of one user's broadcasts, one room at a time.

    :param tell: called with each event that may come at any time.
    :ivar streaks: of gifts.
    :ivar battles: between hosts.
    """

    def __init__(self, clock: IReactorTime, tell: Callable[[Event], None]) -> None:
        self.streaks = Streaks(clock, tell)
        self.battles = BattleStories(clock, tell)
        self._guests = GuestLists()
        self._audience = RankedAudience()
        #: Who reads the messages of a class, in a table since most are of none.  What a reader
        #: gives back comes directly after the message, in the place of what is derived from it.
        self._readers: dict[type[MessageEvent], Callable[[Any], Iterable[Event] | None]] = {
            Gift: self.streaks.gift,
            LinkMicBattle: self.battles.change,
            LinkMicArmies: self.battles.score,
            LinkMicBattlePunishFinish: self.battles.punished,
            LinkLayer: self._guests.after,
            LinkMessage: self._guests.after,
            RoomUser: self._audience.after,
        }

    def begin(self, room_id: str) -> None:
        """A stream of that room is opened; what runs there goes on, what ran elsewhere is over."""
        self.streaks.begin(room_id)
        self.battles.begin(room_id)
        self._guests.begin(room_id)
        self._audience.begin(room_id)

    def after(self, event: MessageEvent) -> Iterable[Event]:
        """What comes directly after a message, which may be part of a story."""
        reader = self._readers.get(type(event))
        told = None if reader is None else reader(event)
        return event.derived() if told is None else told

    def finish(self, reason: str) -> None:
        """Whatever runs is over, and nothing runs until :meth:`begin`."""
        self.streaks.finish(reason)
        self.battles.finish(reason)
        self._guests.forget()
        self._audience.forget()
