"""
Battles: which of them go on in a room, and what is told of each from its start to its end.

A battle opens, has its scores told again and again, is finished, and the losers have a forfeit.
Any of these messages may be lost, and we may come in at any time: the first that is heard of a
battle starts it, and it ends once, at the latest a minute after its time and its last news.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice
from math import inf
from typing import Any

from twisted.internet.interfaces import IReactorTime

from tiktoklive.bounded import BoundedMap
from tiktoklive.clock import wall_ms
from tiktoklive.deferreds import Limit
from tiktoklive.dispatch.battle_teams import merged, size_of
from tiktoklive.dispatch.battles_carried import (
    CARRIED_OVER,
    MovingBattle,
    carried_battles,
    read_battles,
)
from tiktoklive.events.base import Event, MessageEvent, Origin
from tiktoklive.events.battle import CANCEL, FINISH, OPEN, LinkMicArmies, LinkMicBattle
from tiktoklive.events.battle import CUT_SHORT as CUT
from tiktoklive.events.battle_extras import LinkMicBattlePunishFinish
from tiktoklive.events.battle_parts import BattleTeam
from tiktoklive.events.battle_progress import (
    CANCELLED,
    CUT_SHORT,
    FINISHED,
    NEXT,
    TIME_UP,
    TIMEOUT,
    UNDER_WAY,
    Battle,
    BattleEnded,
    BattleScore,
    BattleStarted,
)
from tiktoklive.events.streak import STREAM_END

#: Seconds after its time, and after its last news, when a battle counts as over.
GRACE = 60.0
#: Seconds without news of one whose time nobody said, and the most that is believed of a time.
UNKNOWN, LONGEST = 300.0, 3600.0
#: Battles that may go on at a time, or have their forfeit; above it the one without news for
#: longest is over, or forgotten.
RUNNING = 8
#: Bytes that these may have together.
RUNNING_BYTES = 1 << 20
#: Battles that are over and remembered, so that what comes late does not start them again.
REMEMBERED = 1000

_REASONS = {FINISH: FINISHED, CUT: CUT_SHORT, CANCEL: CANCELLED}


class _Running:
    """A battle that goes on, and what is known of its news."""

    __slots__ = ("battle", "heard_at", "origin", "scored_at")

    def __init__(self, battle: Battle, origin: Origin) -> None:
        self.battle = battle
        self.origin = origin
        self.heard_at = 0.0
        #: TikTok's time of its last scores: those of an earlier time come late.
        self.scored_at = 0

    @property
    def due(self) -> float:
        """When it counts as over, in the clock's seconds, if nothing more is heard."""
        ends_at = self.battle.ends_at
        if ends_at is None:
            ends_at = self.heard_at + UNKNOWN
        return max(min(ends_at, self.heard_at + LONGEST), self.heard_at) + GRACE


class BattleTracker:
    """
    The battles of one user's broadcasts, one room at a time.

    :param tell: called with each event that tells of one.
    """

    def __init__(self, clock: IReactorTime, tell: Callable[[Event], None]) -> None:
        self._clock = clock
        self._tell = tell
        self._room_id = ""
        self.running: BoundedMap[int, _Running] = BoundedMap(RUNNING, RUNNING_BYTES)
        self._punished: BoundedMap[int, Battle] = BoundedMap(RUNNING, RUNNING_BYTES)
        self.over: BoundedMap[int, None] = BoundedMap(REMEMBERED)
        #: Why no battle may go on now, if so.
        self._stopped = ""
        self._call: Limit | None = None
        self._call_at = inf

    @property
    def size(self) -> int:
        """About how many bytes are kept."""
        return self.running.size + self._punished.size

    def begin(self, room_id: str) -> None:
        """A stream of that room is opened; what goes on there goes on, what was elsewhere ends."""
        if room_id != self._room_id:
            self.finish(STREAM_END)
            self.over.clear()
            self._punished.clear()
            self._room_id = room_id
        self._stopped = ""

    def finish(self, reason: str) -> None:
        """Whatever goes on is over, and nothing starts until :meth:`begin`."""
        self._stopped = reason
        while len(self.running):
            number = next(iter(self.running))
            self._end(number, reason, None)
        self._watch()

    def forget(self, reason: str) -> None:
        """The same, but nothing is told of what goes on: others go on with it."""
        self._stopped = reason
        self.running.clear()
        self._watch()

    # --- another process ------------------------------------------------------

    def carried(self) -> list[Any]:
        """What goes on, and which are over, for another process to go on with; bounded."""
        known = [
            MovingBattle(each.battle, each.heard_at, each.scored_at, each.origin)
            for _, each in self.running.items()
        ]
        if not known and not len(self.over):
            return []
        over = list(islice(reversed(list(self.over)), CARRIED_OVER))[::-1]
        return [carried_battles(reversed(known), self._clock), over]

    def go_on(self, carried: list[Any]) -> None:
        """
        Go on with what :meth:`carried` was in another process: nothing is told of it now.

        :raise ValueError: it was no such thing.
        """
        battles, over = carried if len(carried) == 2 else (None, None)
        if not isinstance(battles, list) or not isinstance(over, list):
            raise ValueError("these are no battles")
        for known in reversed(list(read_battles(battles[:RUNNING], self._clock))):
            running = _Running(known.battle, known.origin)
            running.heard_at, running.scored_at = known.heard_at, known.scored_at
            self.running.put(int(known.battle.battle_id), running, size_of(known.battle))
        for number in over[-CARRIED_OVER:]:
            if type(number) is int:
                self.over.put(number, None)
        self._watch()

    # --- what comes -----------------------------------------------------------

    def change(self, event: LinkMicBattle) -> None:
        """A battle is set up, opens, ends or is cancelled."""
        action = event.action
        starts = action in (OPEN, FINISH, CUT)
        self._take(event, event.message.battle_id, event.teams, starts=starts, ends=event.is_end)
        if action in _REASONS:
            self._end(event.message.battle_id, _REASONS[action], event)
        self._watch()

    def score(self, event: LinkMicArmies) -> None:
        """Its scores."""
        number = event.message.battle_id
        running = self.running.get(number)
        late = running is not None and 0 < event.score_time < running.scored_at
        self._take(event, number, [] if late else event.teams, starts=True)
        if event.is_last and (running := self.running.get(number)) is not None:
            running.battle.ends_at = self._clock.seconds()
        self._watch()

    def punished(self, event: LinkMicBattlePunishFinish) -> None:
        """The losers' forfeit is over; so is the battle, if nobody said that it is."""
        number = event.message.battle_id
        self._end(number, FINISHED, event)
        battle = self._punished.pop(number)
        if battle is not None:
            battle.punishment = CUT_SHORT if event.reason else TIME_UP
        elif number and not self._stopped:
            self.over.put(number, None)
        self._watch()

    def _take(
        self,
        event: LinkMicBattle | LinkMicArmies,
        number: int,
        teams: Iterable[BattleTeam],
        *,
        starts: bool,
        ends: bool = False,
    ) -> None:
        """What a message says of a battle; tell its start, or what changed before its end."""
        if self._stopped or not number or number in self.over:
            return
        running = self.running.get(number)
        is_new = running is None
        if running is None:
            if not starts:
                return  # an invitation, or what became of one
            if not self._end_others(event):
                return
            opens = isinstance(event, LinkMicBattle) and event.is_start
            battle = Battle(str(number), event.room_id, self._clock.seconds, from_start=opens)
            running = _Running(battle, event.origin)
        battle, before = running.battle, running.battle.teams
        self._times(battle, event)
        running.origin, running.heard_at = event.origin, self._clock.seconds()
        if isinstance(event, LinkMicArmies):
            running.scored_at = max(running.scored_at, event.score_time)
        battle.teams = merged(before, teams)
        pushed_out = self.running.put(number, running, size_of(battle))
        if is_new:
            self._tell(BattleStarted(battle, event, event.origin))
        elif battle.teams != before and not ends:
            self._tell(BattleScore(battle, event, event.origin))
        for oldest, gone in pushed_out:
            self._end(oldest, TIMEOUT, None, gone)

    def _end_others(self, event: LinkMicBattle | LinkMicArmies) -> bool:
        """
        A battle begins: the one before it of the same hosts is over, whose end was lost.

        Not so one that began later: what is told of the one before may come late.

        :return: false if observers stopped us when they were told.
        """
        channel = event.channel_id
        if channel != "0":
            for number, running in list(self.running.items()):
                battle = running.battle
                is_later = 0 < event.start_time < battle.start_time
                if battle.channel_id == channel and not is_later:
                    self._end(number, NEXT, event)
        return not self._stopped

    def _times(self, battle: Battle, event: LinkMicBattle | LinkMicArmies) -> None:
        """When it began and is to end, on TikTok's clock and on ours."""
        battle.kind = event.kind or battle.kind
        battle.start_time = event.start_time or battle.start_time
        battle.duration = event.duration or battle.duration
        if event.channel_id != "0":
            battle.channel_id = event.channel_id
        end_time = event.end_time
        if not end_time:
            return
        # By TikTok's own clock, which may differ from ours.
        now = 0 if event.is_history else event.create_time
        left = (end_time - (now or wall_ms(self._clock))) / 1000
        ends_at = self._clock.seconds() + max(left, 0.0)
        if end_time == battle.end_time and battle.ends_at is not None:
            ends_at = min(ends_at, battle.ends_at)  # that message was faster
        battle.end_time, battle.ends_at = end_time, ends_at

    # --- the end --------------------------------------------------------------

    def _end(
        self, number: int, reason: str, cause: MessageEvent | None, gone: _Running | None = None
    ) -> None:
        """It is over, if it goes on: tell that."""
        running = self.running.pop(number) or gone
        if running is None or running.battle.is_over:
            return
        battle, origin = running.battle, running.origin
        self.over.put(number, None)
        battle.reason = reason
        if cause is None:
            origin = origin._replace(received_at=wall_ms(self._clock))
        else:
            origin = cause.origin
        event = BattleEnded(battle, cause, origin)
        if event.winner_ids:
            battle.punishment = UNDER_WAY
        if not self._stopped:
            self._punished.put(number, battle, size_of(battle))
        self._tell(event)

    def _watch(self) -> None:
        """One timer for the battle that is over first."""
        due = min((each.due for _, each in self.running.items()), default=inf)
        if (self._call is not None and due < self._call_at) or due == inf:
            self._unwatch()
        if self._call is None and due < inf:
            self._call_at = due
            left = max(due - self._clock.seconds(), 0.0)
            self._call = Limit(left, self._clock, self._look, self._left)

    def _unwatch(self) -> None:
        if self._call is not None:
            self._call.cancel()
            self._call = None

    def _look(self) -> None:
        self._call = None
        now = self._clock.seconds()
        for number, running in list(self.running.items()):
            if running.due <= now:
                self._end(number, TIMEOUT, None)
        self._watch()

    def _left(self) -> float:
        """Seconds until the first is over."""
        now = self._clock.seconds()
        return min((each.due for _, each in self.running.items()), default=now) - now
