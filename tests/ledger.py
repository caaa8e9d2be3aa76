"""Accounts of all broadcasts of weeks: what was pushed in each, and what was told of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from twisted.internet.interfaces import IReactorTime
from zope.interface import implementer

from tiktoklive.events import Connected, Gap, StreamEnd
from tiktoklive.events.base import IEventObserver, MessageEvent

#: Seconds by which a gap may begin or end beside a message: its times are rounded.
SLACK = 1.0

#: Problems that are kept; the others are only counted.
KEPT = 50


@dataclass
class Account:
    """
    One broadcast, from when we began to follow it.

    :ivar pushed: by message id, when it was pushed.
    :ivar entered_at: when we were let in the first time; ``None`` before.
    :ivar sent: by message id, the number of the frame in which it was sent last.
    :ivar last: that of the frame of which something was delivered last.
    """

    pushed: dict[int, float] = field(default_factory=dict)
    ended_at: float | None = None
    entered_at: float | None = None
    delivered: set[int] = field(default_factory=set)
    sent: dict[int, int] = field(default_factory=dict)
    last: int = 0
    gaps: list[tuple[float, float]] = field(default_factory=list)
    ends: int = 0


@implementer(IEventObserver)
class Ledger:
    """
    Compares what happened with what was told.

    :ivar accounts: by room id, of the broadcasts that are not closed yet.
    :ivar counts: what happened how often.
    :ivar problems: what should not have.
    """

    def __init__(self, clock: IReactorTime) -> None:
        self.accounts: dict[str, Account] = {}
        self.counts: Counter[str] = Counter()
        self.problems: list[str] = []
        self._clock = clock
        self._frames = 0

    def problem(self, what: str) -> None:
        """Something is not as it must be."""
        self.counts["problems"] += 1
        if len(self.problems) < KEPT:
            day, seconds = divmod(self._clock.seconds(), 86_400)
            hour, minute = divmod(seconds / 60, 60)
            self.problems.append(f"day {day + 1:.0f}, {hour:02.0f}:{minute:04.1f}: {what}")

    # --- what happened ------------------------------------------------------------------

    def began(self, room_id: str) -> None:
        """A broadcast began."""
        self.counts["broadcasts"] += 1
        self.accounts[room_id] = Account()

    def pushed(self, room_id: str, numbers: list[int]) -> None:
        """Messages are about to be pushed."""
        self.accounts[room_id].pushed.update(dict.fromkeys(numbers, self._clock.seconds()))

    def sent(self, room_id: str, numbers: Iterable[int]) -> None:
        """A frame with these messages leaves the simulator, not for the first time perhaps."""
        account = self.accounts.get(room_id)
        if account is not None:
            self._frames += 1
            account.sent.update(
                (number, self._frames) for number in numbers if number not in account.delivered
            )

    def ended(self, room_id: str) -> None:
        """A broadcast is over."""
        self.accounts[room_id].ended_at = self._clock.seconds()

    def left(self, room_id: str) -> None:
        """Nobody follows it any more; who does later begins anew."""
        account = self.accounts.get(room_id)
        if account is not None:
            self.accounts[room_id] = Account(account.pushed, account.ended_at)

    # --- what was told ------------------------------------------------------------------

    def event(self, event: Any) -> None:
        """Whatever it is."""
        self.counts[event.name] += 1
        account = self.accounts.get(event.room_id)
        if isinstance(event, MessageEvent):
            if account is None:
                self.problem(f"{event.name} of room {event.room_id}, which is long over")
            elif event.number in account.pushed:
                self._came(account, event)
        elif account is None:
            if isinstance(event, Connected | StreamEnd):
                self.problem(f"{event.name} of room {event.room_id}, which is long over")
        elif isinstance(event, Connected):
            if account.ends:
                self.problem(f"@{event.anchor}: connected to a room whose end was told")
            if account.entered_at is None:
                account.entered_at = self._clock.seconds()
        elif isinstance(event, Gap):
            account.gaps.append((event.since / 1000 - SLACK, event.until / 1000 + SLACK))
        elif isinstance(event, StreamEnd):
            account.ends += 1
            self.counts[f"streamEnd, {event.reason}"] += 1
            if account.ends > 1:
                self.problem(f"@{event.anchor}: streamEnd {event.reason!r} was told again")
            if account.ended_at is None:
                self.problem(f"@{event.anchor}: streamEnd {event.reason!r} of one that goes on")

    def _came(self, account: Account, event: MessageEvent) -> None:
        self.counts["delivered"] += 1
        if event.number in account.delivered:
            self.problem(f"@{event.anchor}: a {event.name} came twice")
        account.delivered.add(event.number)
        # Those who poll get no frames.
        frame = account.sent.get(event.number, account.last)
        if frame < account.last:
            self.problem(f"@{event.anchor}: a {event.name} came behind a later message")
        account.last = frame

    # --- what is to be said of it in the end --------------------------------------------

    def close(self, room_id: str) -> None:
        """A broadcast is over for so long that everything must have been told of it."""
        account = self.accounts.pop(room_id)
        self.counts["pushed"] += len(account.pushed)
        if account.entered_at is None:
            return
        self.counts["entered"] += 1
        if account.ends != 1:
            self.problem(f"room {room_id}: {account.ends} times streamEnd")
        for number, at in account.pushed.items():
            if number in account.delivered or at <= account.entered_at:
                continue
            if any(since <= at <= until for since, until in account.gaps):
                self.counts["missed, with a gap"] += 1
            else:
                self.problem(f"room {room_id}: what was said at {at:.1f} is lost without a gap")
