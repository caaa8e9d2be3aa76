"""Sum up what many viewers do at once: joins, likes, the viewer count, a battle's score."""

from __future__ import annotations

from collections.abc import Callable

from twisted.internet.interfaces import IDelayedCall, IReactorTime

#: Seconds that joins and likes are collected for one line.
COLLECT = 2.0
#: Seconds between two lines about the viewer count, or about a battle's score.
PAUSE = 10.0
#: Names in one line.
NAMED = 3
#: Names that are told from each other, and characters of each; further ones are only counted.
MOST, LONGEST = 1000, 80


class Aggregation:
    """The users that did the same thing lately: a few by name, the others as a number."""

    def __init__(self) -> None:
        self._all: dict[str, None] = {}  # a set that keeps its order
        self._more = 0

    def add(self, name: str) -> None:
        """Count one more, each name once as long as there are not very many."""
        if len(self._all) < MOST:
            self._all[name[:LONGEST]] = None
        else:
            self._more += 1

    def take(self) -> str:
        """``Anna, Bob and 3 more``, or ``""``; then start anew."""
        everybody, self._all = list(self._all), {}
        names, others = everybody[:NAMED], len(everybody[NAMED:]) + self._more
        self._more = 0
        if others:
            return f"{', '.join(names)} and {others:,} more"
        return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


class RoomSummary:
    """
    What is summed up of one room.

    :param say: called with each line.
    """

    def __init__(self, clock: IReactorTime, say: Callable[[str], None]) -> None:
        self._clock = clock
        self._say = say
        self._joining = Aggregation()
        self._liking = Aggregation()
        self._taps = 0
        self._total = 0
        self._call: IDelayedCall | None = None
        self._viewers = News()
        self._score = News()

    def joined(self, name: str) -> None:
        """A viewer came in."""
        self._joining.add(name)
        self._soon()

    def liked(self, name: str, taps: int, total: int) -> None:
        """A viewer tapped; totals come from several servers and may go backwards."""
        self._liking.add(name)
        self._taps += taps
        self._total = max(self._total, total)
        self._soon()

    def watched(self, viewers: int) -> None:
        """The viewer count is this."""
        if self._viewers.is_due(str(viewers), self._clock.seconds()):
            self._say(f"{viewers:,} watching")

    def scored(self, score: str) -> None:
        """The score of a battle is this."""
        if score and self._score.is_due(score, self._clock.seconds()):
            self._say(f"battle: {score}")

    def flush(self) -> None:
        """Say what was collected."""
        if self._call is not None:
            self._call.cancel()
            self._flush()

    def _soon(self) -> None:
        if self._call is None:
            self._call = self._clock.callLater(COLLECT, self._flush)

    def _flush(self) -> None:
        self._call = None
        if names := self._joining.take():
            self._say(f"{names} joined")
        if names := self._liking.take():
            taps, self._taps = self._taps, 0
            total = f", {self._total:,} in all" if self._total else ""
            self._say(f"{names} liked ({taps:,}{total})")


class News:
    """Something that is worth saying when it changed, but not too often."""

    def __init__(self) -> None:
        self._last = ""
        self._next = 0.0

    def is_due(self, text: str, now: float) -> bool:
        """Whether to say it now."""
        if text == self._last or now < self._next:
            return False
        self._last, self._next = text, now + PAUSE
        return True
