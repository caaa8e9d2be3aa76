"""
Whose turn it is to ask TikTok: so many requests a minute for all users together.

Four lines wait for turns, each before the next: those who go on with a look-up that has begun,
those whose answer somebody waits for, those who look for a room that was lost, and those who
look whether somebody is live yet.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Final

from twisted.internet.defer import Deferred, succeed
from twisted.internet.interfaces import IDelayedCall, IReactorTime
from twisted.logger import Logger

from tiktoklive.errors import RateLimitedError
from tiktoklive.interfaces import IPatientResolver, IRoomResolver

#: How many times slower it may become when TikTok refuses, and how much of that each answer
#: takes back.
SLOWEST: Final = 16.0
_RECOVERY: Final = 0.8

#: More seconds than these are taken for a mistake, whoever asks us to wait for them.
LONGEST: Final = 86_400.0

#: So many may ask at once if nobody asked for a while: what it costs to enter one room.
BURST: Final = 4

#: The seconds of a minute, and a little more: networks are not exact.
_MINUTE: Final = 60.06

#: Every how many turns it is that of whoever waits longest, so that no line stands still.
_FAIR: Final = 4

#: Somebody who waits for an answer is told when TikTok wants us to wait for longer than this.
_TOLD: Final = 10.0

_BEGUN, _ASKED, _LOST, _WAITING = range(4)


@dataclass(frozen=True, slots=True)
class Line:
    """
    One of the lines that wait.

    :ivar urgency: which, 0 for the first.
    """

    turns: Turns
    urgency: int

    def take(self) -> Deferred[None]:
        """See :meth:`Turns.take`."""
        return self.turns.take(self.urgency)


class Turns:
    """
    Gives turns, one at a distance from the next after the first few.

    In no minute there are more than allowed, those that may come at once included.  After
    refusals (403, 429, a challenge page) the distance doubles, up to sixteen times, and shrinks
    with every answer.  While TikTok wants us to wait, no look-up begins.

    :param clock: the reactor, or a test's clock.
    :param per_minute: how many, at most; 0 for as many as are wanted.
    :ivar begun: the line of those who go on with a look-up.
    :ivar asked: the line of those whose answer somebody waits for.
    :ivar lost: the line of those who look for a room that was lost.
    :ivar waiting: the line of those who look whether somebody is live yet.
    """

    log = Logger()

    def __init__(self, clock: IReactorTime, per_minute: float) -> None:
        self._clock = clock
        # What may come early is taken off the minute, so that none has more than it may.
        self._burst = min(BURST, max(int(per_minute / 2), 1))
        left = per_minute - (self._burst - 1)
        self._distance = _MINUTE / left if per_minute > 0 else 0.0
        self._slower = 1.0
        self._free_at = clock.seconds()
        self._closed_until = 0.0
        self._why = ""
        self._given = self._came = 0
        #: In each line, in order, who waits, and a number that tells since when.
        self._lines: tuple[deque[tuple[int, Deferred[None]]], ...]
        self._lines = (deque(), deque(), deque(), deque())
        self._timer: IDelayedCall | None = None
        self.begun, self.asked = Line(self, _BEGUN), Line(self, _ASKED)
        self.lost, self.waiting = Line(self, _LOST), Line(self, _WAITING)

    @property
    def distance(self) -> float:
        """Seconds from one turn to the next, now."""
        return self._distance * self._slower

    @property
    def queued(self) -> int:
        """How many wait for their turn."""
        return sum(map(len, self._lines))

    @property
    def closed_until(self) -> float:
        """Until when TikTok wants us to wait, in the clock's seconds; it may be over."""
        return self._closed_until

    def take(self, urgency: int) -> Deferred[None]:
        """
        Wait for a turn; cancelling gives it to the next.

        :raise RateLimitedError: TikTok wants us to wait for so long that it has to be told to
            whoever waits for an answer.
        """
        if not self._distance:
            return succeed(None)
        line = self._lines[urgency]
        turn: Deferred[None] = Deferred(lambda turn: self._leave(urgency, turn))
        self._came += 1
        line.append((self._came, turn))
        self._tell()
        self._look()
        return turn

    def answered(self) -> None:
        """TikTok answered, whatever it was."""
        self._slower = max(self._slower * _RECOVERY, 1.0)

    def refused(self, why: object, seconds: float = 0.0) -> None:
        """
        TikTok refused: all become slower, unless there is no limit.

        :param why: for people.
        :param seconds: how long it wants us to wait, a day at most.
        """
        if not self._distance:
            return
        now = self._clock.seconds()
        was, self._slower = self._slower, min(self._slower * 2, SLOWEST)
        asked = min(seconds, LONGEST)
        self._free_at = max(self._free_at, now + self.distance)
        if asked:
            self._closed_until, self._why = max(self._closed_until, now + asked), str(why)
        if was == 1.0:
            self.log.warn(
                "Look-ups are refused: one every {seconds:.1f} s from now on. {why}",
                seconds=self.distance,
                why=why,
            )
        self._tell()
        self._look()

    def _tell(self) -> None:
        """Those whose answer somebody waits for don't wait for a time that is too long."""
        seconds = self._closed_until - self._clock.seconds()
        if seconds <= _TOLD:
            return
        line = self._lines[_ASKED]
        while line:
            line.popleft()[1].errback(
                RateLimitedError(
                    f"TikTok is not asked for {seconds:.0f} s more, as it wants: {self._why}",
                    retry_after=seconds,
                )
            )

    def _leave(self, urgency: int, turn: Deferred[None]) -> None:
        line = self._lines[urgency]
        for place, (_, waiting) in enumerate(line):
            if waiting is turn:
                del line[place]
                break
        self._look()

    def _look(self) -> None:
        """Give all turns for which it is time, and come back when it is time for the next."""
        self._sleep(None)
        while lines := [line for line in self._lines if line]:
            now = self._clock.seconds()
            ahead = 0.0 if self._slower > 1 else (self._burst - 1) * self._distance
            early = self._free_at - ahead - now
            if not self._lines[_BEGUN]:
                early = max(early, self._closed_until - now)
            if early > 0:
                self._sleep(early)
                return
            self._free_at = max(self._free_at, now) + self.distance
            self._given += 1
            if self._given % _FAIR == 0 and now >= self._closed_until:
                lines.sort(key=lambda line: line[0][0])
            lines[0].popleft()[1].callback(None)

    def _sleep(self, seconds: float | None) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if seconds is not None:
            self._timer = self._clock.callLater(seconds, self._due)

    def _due(self) -> None:
        self._timer = None
        self._look()


def patiently(resolver: IRoomResolver) -> IRoomResolver:
    """A resolver for those whose answer nobody waits for, if it knows the difference."""
    if not IPatientResolver.providedBy(resolver):
        return resolver
    patient: IRoomResolver = resolver.patient
    return patient
