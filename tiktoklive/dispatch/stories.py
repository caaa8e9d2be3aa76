"""What runs over many messages of a room, and is told as events of its own: streaks, battles."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from twisted.internet.interfaces import IReactorTime

from tiktoklive.dispatch.battles import BattleStories
from tiktoklive.dispatch.streaks import Streaks
from tiktoklive.events.base import Event, MessageEvent
from tiktoklive.events.battle import LinkMicArmies, LinkMicBattle
from tiktoklive.events.battle_extras import LinkMicBattlePunishFinish
from tiktoklive.events.giving import Gift


class Stories:
    """
    The stories of one user's broadcasts, one room at a time.

    :param tell: called with each event that tells of one.
    :ivar streaks: of gifts.
    :ivar battles: between hosts.
    """

    def __init__(self, clock: IReactorTime, tell: Callable[[Event], None]) -> None:
        self.streaks = Streaks(clock, tell)
        self.battles = BattleStories(clock, tell)
        #: Who reads the messages of a class, in a table since most are of none.
        self._readers: dict[type[MessageEvent], Callable[[Any], None]] = {
            Gift: self.streaks.gift,
            LinkMicBattle: self.battles.change,
            LinkMicArmies: self.battles.score,
            LinkMicBattlePunishFinish: self.battles.punished,
        }

    def begin(self, room_id: str) -> None:
        """A stream of that room is opened; what runs there goes on, what ran elsewhere is over."""
        self.streaks.begin(room_id)
        self.battles.begin(room_id)

    def take(self, event: MessageEvent) -> None:
        """A message that may be part of one."""
        reader = self._readers.get(type(event))
        if reader is not None:
            reader(event)

    def finish(self, reason: str) -> None:
        """Whatever runs is over, and nothing runs until :meth:`begin`."""
        self.streaks.finish(reason)
        self.battles.finish(reason)
