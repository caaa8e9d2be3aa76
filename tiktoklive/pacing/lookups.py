"""
Whose turn it is to ask TikTok: so many requests a minute for all users together.

Five lines wait for turns, each before the next: look-ups that have begun and go on, those whose
answer a caller waits for, those of a room that was lost, those that look whether a user is live
yet, and those that look at leisure whether a room is still the right one.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Final

from twisted.internet.defer import Deferred, succeed
from twisted.internet.interfaces import IDelayedCall, IReactorTime
from twisted.logger import Logger

from tiktoklive.errors import RateLimitedError
from tiktoklive.interfaces import IPacedResolver, IPatientResolver, IRoomResolver
from tiktoklive.logs import LogThrottle, told_again
from tiktoklive.model import LookupState
from tiktoklive.pacing.bucket import IBucket, TokenBucket
from tiktoklive.pacing.budget import LONGEST, PROBE, ISharedWord

#: How many times slower it may become when TikTok refuses, and how much of that each answer
#: takes back.
SLOWEST: Final = 16.0
_RECOVERY: Final = 0.8

#: So many may ask at once after a while without requests: what it costs to enter one room, with
#: its page, its gifts and a guest cookie.
BURST: Final = 5

#: The seconds of a minute, and a little more: networks are not exact.
_MINUTE: Final = 60.06

#: Every how many turns the one that waits longest has it, so that no line stands still.
_FAIR: Final = 4

#: Look-ups that fail one after the other belong together if no more seconds are between them: a
#: session that fails is tried again after six minutes at most.
_STREAK: Final = 900.0

#: A caller that waits for an answer is told when TikTok wants us to wait for longer than this.
_TOLD: Final = 10.0

_BEGUN, _ASKED, _LOST, _WAITING, _LEISURE = range(5)


@dataclass(frozen=True, slots=True)
class Priority:
    """
    One of the lines that wait.

    :ivar queue: of which queue.
    :ivar urgency: which, 0 for the first.
    """

    queue: LookUpQueue
    urgency: int

    @property
    def begins(self) -> bool:
        """Whether look-ups begin in it."""
        return self.urgency != _BEGUN

    def take(self) -> Deferred[None]:
        """See :meth:`LookUpQueue.take`."""
        return self.queue.take(self.urgency)


class LookUpQueue:
    """
    Gives turns, one at a distance from the next after the first few.

    In no minute there are more than allowed, those that may come at once included.  After
    refusals (403, 429, a challenge page) the distance doubles, up to sixteen times, and shrinks
    with every answer.  While TikTok wants us to wait, no look-up begins.  If it wants that for
    long, one does every few minutes, to see whether it is so: one answer is not the truth.

    :param clock: the reactor, or a test's clock.
    :param per_minute: how many, at most; 0 for as many as are wanted.
    :ivar begun: the line of look-ups that have begun and go on.
    :ivar asked: the line of look-ups whose answer a caller waits for.
    :ivar lost: the line of look-ups of a room that was lost.
    :ivar waiting: the line of look-ups whether a user is live yet.
    :ivar leisure: the line of look-ups that can wait for as long as it takes.
    """

    log = Logger()

    def __init__(self, clock: IReactorTime, per_minute: float) -> None:
        self._clock = clock
        # What may come early is taken off the minute, so that none has more than it may.
        self._burst = min(BURST, max(int(per_minute / 2), 1))
        left = per_minute - (self._burst - 1)
        self._distance = _MINUTE / left if per_minute > 0 else 0.0
        self._slower = 1.0
        self._bucket: IBucket = TokenBucket(self._distance, self._burst)
        self._closed_until = 0.0
        self._word: ISharedWord | None = None
        #: From when on one may begin nevertheless, and whether that one was not answered yet.
        self._probe_at = 0.0
        self._probing = False
        self._why = ""
        self._given = self._came = 0
        #: When the first and the last failed of those that failed one after the other.
        self._failed: tuple[float, float] | None = None
        #: In each line, in order, what waits, and a number that tells since when.
        self._lines: tuple[deque[tuple[int, Deferred[None]]], ...]
        self._lines = (deque(), deque(), deque(), deque(), deque())
        self._timer: IDelayedCall | None = None
        #: TikTok may refuse every few seconds, for hours, and answer in between.
        self._said = LogThrottle()
        self.begun, self.asked = Priority(self, _BEGUN), Priority(self, _ASKED)
        self.lost, self.waiting = Priority(self, _LOST), Priority(self, _WAITING)
        self.leisure = Priority(self, _LEISURE)

    def share(self, bucket: IBucket, word: ISharedWord | None = None) -> None:
        """
        Take turns from that bucket from now on, which others take from as well.

        :param word: what TikTok tells one of us, for all.
        """
        self._bucket, self._word = bucket, word
        if word is not None:
            word.listen(self.heard)
        self._slow_down(self._slower)

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

    @property
    def closed_for(self) -> float:
        """Seconds until then; 0.0 if it is over."""
        return max(self._closed_until - self._clock.seconds(), 0.0)

    @property
    def failing_for(self) -> float:
        """
        Seconds from the first to the last of the look-ups that failed one after the other; 0.0 if
        the last one told what was asked, or none was made for a while.
        """
        if self._failed is None or self._clock.seconds() - self._failed[1] > _STREAK:
            return 0.0
        return self._failed[1] - self._failed[0]

    @property
    def tried_at(self) -> float | None:
        """When one begins nevertheless, in the clock's seconds, if that is earlier."""
        return self._probe_at if self._opens_at() < self._closed_until else None

    def state(self) -> LookupState:
        """Its state, for status and metrics."""
        until = self._closed_until
        return LookupState(
            self.queued,
            self.distance,
            until if until > self._clock.seconds() else None,
            self.tried_at,
            self.closed_for,
            self.failing_for,
        )

    def take(self, urgency: int) -> Deferred[None]:
        """
        Wait for a turn; cancelling gives it to the next.

        :raise RateLimitedError: TikTok wants us to wait for so long that it has to be told to
            the caller that waits for an answer.
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

    def ended(self, told: bool) -> None:
        """A look-up is over: whether it told what was asked, a user who is not live included."""
        now = self._clock.seconds()
        if told:
            self._failed = None
        elif self._failed is None or now - self._failed[1] > _STREAK:
            self._failed = now, now
        else:
            self._failed = self._failed[0], now

    def answered(self) -> None:
        """TikTok answered, whatever it was."""
        self._slow_down(max(self._slower * _RECOVERY, 1.0))
        if self._probing:
            self._probing = False
            if self._closed_until > self._clock.seconds():
                now = self._closed_until = self._clock.seconds()
                if (unsaid := self._said.again("answered", now)) is not None:
                    self.log.info(
                        "Look-ups are answered again, earlier than TikTok wanted{again}.",
                        again=told_again(unsaid, "logged"),
                    )
                if self._word is not None:
                    self._word.tell(0.0)
            self._look()

    def heard(self, seconds: float, spent: bool, why: str) -> None:
        """What TikTok told another one that shares the turns; 0.0 seconds: it answers again."""
        now = self._clock.seconds()
        if not seconds:
            self._closed_until = min(self._closed_until, now)
        elif self._distance:
            self._closed_until = max(self._closed_until, now + min(seconds, LONGEST))
            # Whoever was told sees first whether it is still so.
            self._why, self._probe_at, self._probing = why, now + 1.2 * PROBE, False
        self._tell()
        self._look()

    def unanswered(self) -> None:
        """TikTok could not be reached: what waits for the probe does so no more."""
        self._probing = False
        self._tell()

    def refused(self, why: object, seconds: float = 0.0, *, closes: bool = True) -> None:
        """
        TikTok refused: all become slower, unless there is no limit.

        :param why: for people.
        :param seconds: how long it wants us to wait, a day at most.
        :param closes: whether that is said of look-ups; else it makes them slower, and no more.
        """
        if not self._distance:
            return
        now = self._clock.seconds()
        was = self._slower
        self._slow_down(min(was * 2, SLOWEST))
        asked = min(seconds, LONGEST) if closes else 0.0
        self._bucket.close(now, self.distance)
        opened = self._closed_until <= now
        if asked:
            self._closed_until, self._why = max(self._closed_until, now + asked), str(why)
            if opened or self._probing:
                self._probe_at = now + PROBE
            self._probing = False
            if self._word is not None:
                self._word.tell(asked, why=str(why))
        unsaid = None
        if was == 1.0 or (asked and opened):
            unsaid = self._said.again(("refused", asked > PROBE), now)
        if unsaid is not None:
            none = f"none for {asked:.0f} s" if asked else ""
            if asked > PROBE:
                none += f", but one every {PROBE:.0f} s to see whether it is so"
            self.log.warn(
                "Look-ups are refused: {none}one every {seconds:.1f} s from now on{again}. {why}",
                none=f"{none}; then " if none else "",
                seconds=self.distance,
                again=told_again(unsaid, "logged"),
                why=why,
            )
        self._tell()
        self._look()

    def _slow_down(self, times: float) -> None:
        """Become so many times slower than without refusals; then none come at once."""
        self._slower = times
        self._bucket.distance = self.distance
        self._bucket.burst = 1 if times > 1 else self._burst

    def _opens_at(self) -> float:
        """From when on a look-up may begin."""
        return min(self._closed_until, self._probe_at)

    def _tell(self) -> None:
        """Look-ups whose answer a caller waits for don't wait for a time that is too long."""
        now = self._clock.seconds()
        seconds = self._closed_until - now
        if min(seconds, self._opens_at() - now) <= _TOLD:
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
            closed = self._closed_until > now
            opens = 0.0 if self._lines[_BEGUN] else self._opens_at() - now
            early = max(self._bucket.wait(now), opens)
            if early > 0:
                self._sleep(early)
                return
            self._bucket.take(now)
            self._given += 1
            if closed and not self._lines[_BEGUN]:
                self._probing, self._probe_at = True, now + PROBE
            elif self._given % _FAIR == 0 and not closed:
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
    """A resolver for look-ups whose answer no caller waits for, if it knows the difference."""
    if not IPatientResolver.providedBy(resolver):
        return resolver
    patient: IRoomResolver = resolver.patient
    return patient


def at_leisure(resolver: IRoomResolver) -> IRoomResolver:
    """A resolver for questions that can wait for as long as it takes, if it knows of such."""
    if not IPacedResolver.providedBy(resolver):
        return resolver
    leisurely: IRoomResolver = resolver.leisurely
    return leisurely


def closed_for(resolver: IRoomResolver) -> float:
    """Seconds for which no look-up is wanted, as far as a resolver knows; 0.0 for none."""
    return float(resolver.closed_for()) if IPacedResolver.providedBy(resolver) else 0.0
