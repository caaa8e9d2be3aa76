"""What happened in an archive, in figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from tiktoklive.command.archive import Entry

#: Seconds that are counted together.
BIN = 10

#: What is counted by time: the event, and how much of it there is in one.
BY_TIME = ("chat", "like", "member", "giftStreak")


@dataclass
class BroadcastFigures:
    """
    One room of an archive.

    :ivar first: when its first event happened, in seconds since 1970; ``last`` likewise.
    :ivar is_dated: whether TikTok dated those; of a tape that was played later, what only our
        clock dated says nothing about the broadcast.
    :ivar viewers: how many watched, and when.
    :ivar by_time: of each event in :data:`BY_TIME`, how much of it there was in each bin.
    """

    anchor: str
    room: str
    first: float
    last: float
    is_dated: bool = False
    events: int = 0
    viewers: list[tuple[float, int]] = field(default_factory=list)
    by_time: dict[str, Counter[int]] = field(
        default_factory=lambda: {name: Counter() for name in BY_TIME}
    )
    diamonds: int = 0
    comments: int = 0

    def stretch(self, when: float, *, is_dated: bool) -> None:
        """It lasted, at least, from or until then."""
        if is_dated and not self.is_dated:
            self.first = self.last = when
            self.is_dated = True
        elif is_dated or not self.is_dated:
            self.first = min(self.first, when)
            self.last = max(self.last, when)

    @property
    def peak(self) -> int:
        """The most that watched at once."""
        return max((count for _, count in self.viewers), default=0)

    @property
    def seconds(self) -> float:
        """How long it is known."""
        return self.last - self.first


@dataclass
class Figures:
    """
    Of a whole archive.

    :ivar kinds: how many events there are of each name.
    :ivar users: the ids of all whose events they are.
    :ivar names: by id, what users are called.
    :ivar chatters: by id, how many comments.
    :ivar givers: by id, how many diamonds.
    :ivar gifts: by name, how many were given; ``worth`` the diamonds of all of them.
    """

    broadcasts: dict[str, BroadcastFigures] = field(default_factory=dict)
    kinds: Counter[str] = field(default_factory=Counter)
    users: set[str] = field(default_factory=set)
    names: dict[str, str] = field(default_factory=dict)
    chatters: Counter[str] = field(default_factory=Counter)
    givers: Counter[str] = field(default_factory=Counter)
    gifts: Counter[str] = field(default_factory=Counter)
    worth: Counter[str] = field(default_factory=Counter)
    likes: int = 0
    gaps: int = 0
    missing: float = 0.0

    def add(self, entry: Entry) -> None:
        """Count one event."""
        when = entry.ts / 1000
        self.kinds[entry.event] += 1
        if entry.room:
            broadcast = self.broadcasts.get(entry.room)
            if broadcast is None:
                broadcast = self.broadcasts[entry.room] = BroadcastFigures(
                    entry.anchor, entry.room, when, when
                )
            broadcast.events += 1
            broadcast.stretch(when, is_dated=entry.ts != entry.received_at)
        else:
            broadcast = BroadcastFigures(entry.anchor, "", when, when)  # before there was a room
        user = entry.data.get("userId")
        if isinstance(user, str) and user not in ("", "0"):
            self.users.add(user)
            if entry.event in ("chat", "giftStreak"):
                self.names[user] = _name(entry.data)
        count = _COUNTERS.get(entry.event)
        if count is not None:
            count(self, broadcast, entry, when)

    @property
    def diamonds(self) -> int:
        """All that were given."""
        return sum(each.diamonds for each in self.broadcasts.values())

    def called(self, counted: Counter[str], most: int) -> list[tuple[str, int]]:
        """Those with the most, by their names."""
        return [(self.names.get(user, user), count) for user, count in counted.most_common(most)]


def figures_of(entries: Iterable[Entry]) -> Figures:
    """Count all events."""
    figures = Figures()
    for entry in entries:
        figures.add(entry)
    return figures


def _name(data: Any) -> str:
    return str(data.get("uniqueId") or data.get("nickname") or data["userId"])


def _number(data: Any, name: str) -> int:
    value = data.get(name)
    return value if isinstance(value, int) and value > 0 else 0


def _chat(figures: Figures, broadcast: BroadcastFigures, entry: Entry, when: float) -> None:
    figures.chatters[str(entry.data.get("userId"))] += 1
    broadcast.comments += 1
    broadcast.by_time["chat"][int(when // BIN)] += 1


def _like(figures: Figures, broadcast: BroadcastFigures, entry: Entry, when: float) -> None:
    likes = _number(entry.data, "likeCount")
    figures.likes += likes
    broadcast.by_time["like"][int(when // BIN)] += likes


def _member(figures: Figures, broadcast: BroadcastFigures, entry: Entry, when: float) -> None:
    broadcast.by_time["member"][int(when // BIN)] += 1


def _streak(figures: Figures, broadcast: BroadcastFigures, entry: Entry, when: float) -> None:
    diamonds = _number(entry.data, "diamondTotal")
    gift = str(entry.data.get("giftName") or f"gift {entry.data.get('giftId')}")
    figures.givers[str(entry.data.get("userId"))] += diamonds
    figures.gifts[gift] += _number(entry.data, "repeatCount")
    figures.worth[gift] += diamonds
    broadcast.diamonds += diamonds
    broadcast.by_time["giftStreak"][int(when // BIN)] += diamonds


def _viewers(figures: Figures, broadcast: BroadcastFigures, entry: Entry, when: float) -> None:
    broadcast.viewers.append((when, _number(entry.data, "viewerCount")))


def _gap(figures: Figures, broadcast: BroadcastFigures, entry: Entry, when: float) -> None:
    figures.gaps += 1
    figures.missing += max(0, _number(entry.data, "to") - _number(entry.data, "from")) / 1000


_COUNTERS: dict[str, Callable[[Figures, BroadcastFigures, Entry, float], None]] = {
    "chat": _chat,
    "like": _like,
    "member": _member,
    "giftStreak": _streak,
    "roomUser": _viewers,
    "gap": _gap,
}
