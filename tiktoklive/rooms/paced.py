"""Look-ups in our own time: so many a minute for all users together, however many wait."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable, Iterator
from typing import Final, TypeVar

from twisted.internet.defer import Deferred
from twisted.internet.interfaces import IDelayedCall, IReactorTime
from twisted.logger import Logger
from zope.interface import implementer

from tiktoklive.errors import BlockedError, RateLimitedError, TikTokLiveError
from tiktoklive.fallback import failures_in
from tiktoklive.interfaces import IRoomResolver
from tiktoklive.model import Room

_T = TypeVar("_T")

#: How many times slower it may become when TikTok refuses, and how much of that each answer
#: takes back.
SLOWEST: Final = 16.0
_RECOVERY: Final = 0.8

#: More seconds than these are taken for a mistake, whoever asks us to wait for them.
LONGEST: Final = 3600.0

#: So many may ask at once, if nobody asked for a while.
BURST: Final = 10

#: For how many users it is remembered that they were live.
_KEPT: Final = 10_000


@implementer(IRoomResolver)
class PacedResolver:
    """
    Asks another resolver, one question at a distance from the next after the first few.

    Who was live when last looked up goes before those who were not: a room that is lost is worth
    more than one that may begin.  After refusals (403, 429, a challenge page) the distance
    doubles, up to sixteen times, and shrinks with every answer.

    :param inner: is asked.
    :param clock: the reactor, or a test's clock.
    :param per_minute: how many look-ups a minute, at most; 0 for as many as are wanted.
    """

    log = Logger()

    def __init__(self, inner: IRoomResolver, clock: IReactorTime, per_minute: float) -> None:
        self._inner = inner
        self._clock = clock
        # What may come at once is taken off the minute, so that none has more than it may.
        self._burst = min(BURST, max(int(per_minute / 6), 1))
        left = per_minute - self._burst if per_minute > self._burst else per_minute
        self._distance = 60 / left if per_minute > 0 else 0.0
        self._slower = 1.0
        self._free_at = clock.seconds()
        self._was_live: OrderedDict[str, None] = OrderedDict()
        self._urgent: deque[Deferred[None]] = deque()
        self._waiting: deque[Deferred[None]] = deque()
        self._timer: IDelayedCall | None = None

    @property
    def distance(self) -> float:
        """Seconds from one look-up to the next, now."""
        return self._distance * self._slower

    @property
    def queued(self) -> int:
        """How many wait for their turn."""
        return len(self._urgent) + len(self._waiting)

    async def resolve(self, unique_id: str) -> Room:
        """Look the user up when its turn comes; cancelling gives the turn to the next."""
        urgent = unique_id in self._was_live
        try:
            room = await self.ask(lambda: self._inner.resolve(unique_id), urgent=urgent)
        except TikTokLiveError:
            self._was_live.pop(unique_id, None)
            raise
        self.prefer(unique_id)
        return room

    async def ask(self, question: Callable[[], Awaitable[_T]], *, urgent: bool = True) -> _T:
        """
        Ask TikTok anything that counts as a look-up, when its turn comes.

        :param urgent: whether it goes before those who were not live.
        """
        if self._distance:
            await self._turn(urgent)
        try:
            answer = await question()
        except TikTokLiveError as error:
            self._judge(error)
            raise
        self._slower = max(self._slower * _RECOVERY, 1.0)
        return answer

    def prefer(self, unique_id: str) -> None:
        """Let a user's next look-up go before those of users who were not live."""
        self._was_live[unique_id] = None
        self._was_live.move_to_end(unique_id)
        if len(self._was_live) > _KEPT:
            self._was_live.popitem(last=False)

    def _turn(self, urgent: bool) -> Deferred[None]:
        line = self._urgent if urgent else self._waiting
        turn: Deferred[None] = Deferred(lambda turn: self._leave(line, turn))
        line.append(turn)
        self._next()
        return turn

    def _leave(self, line: deque[Deferred[None]], turn: Deferred[None]) -> None:
        if turn in line:
            line.remove(turn)
        if not self.queued and self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _next(self) -> None:
        """Let the next one ask if it is time, and come back when it is."""
        while self.queued and self._timer is None:
            now = self._clock.seconds()
            ahead = 0.0 if self._slower > 1 else (self._burst - 1) * self._distance
            early = self._free_at - ahead - now
            if early > 0:
                self._timer = self._clock.callLater(early, self._due)
                return
            self._free_at = max(self._free_at, now) + self.distance
            (self._urgent or self._waiting).popleft().callback(None)

    def _due(self) -> None:
        self._timer = None
        self._next()

    def _judge(self, error: Exception) -> None:
        """A refusal makes us slower for all; any other answer is as good as a room."""
        refusals = [each for each in failures_in(error) if _is_refusal(each)]
        if not refusals:
            self._slower = max(self._slower * _RECOVERY, 1.0)
            return
        was, self._slower = self._slower, min(self._slower * 2, SLOWEST)
        asked = min(max(_waits(refusals), default=0.0), LONGEST)
        self._free_at = max(self._free_at, self._clock.seconds() + max(asked, self.distance))
        if was == 1.0 and self._distance:
            self.log.warn(
                "Look-ups are refused: one every {seconds:.1f} s from now on. {error}",
                seconds=self.distance,
                error=error,
            )


def _is_refusal(error: BaseException) -> bool:
    return isinstance(error, BlockedError | RateLimitedError)


def _waits(errors: list[BaseException]) -> Iterator[float]:
    for error in errors:
        asked = getattr(error, "retry_after", None)
        if asked is not None:
            yield float(asked)
