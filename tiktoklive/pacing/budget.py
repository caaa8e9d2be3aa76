"""How often a server may be asked by all rooms of a wiring together: by us, and by its own word."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from math import inf
from typing import Final, Protocol

from twisted.internet.interfaces import IReactorTime

from tiktoklive.model import BudgetState
from tiktoklive.pacing.bucket import IBucket

#: More seconds than these are taken for a mistake: quotas are those of a day at most.
LONGEST: Final = 86_400.0

#: Seconds after which a server that wants to be left alone for longer is asked once more, to see
#: whether it is so: one answer is not the truth.
PROBE: Final = 300.0

#: The same where its own figures agree: none remain, and until then none will.  An account's quota
#: of a day is really spent, and trying costs.
HOUR: Final = 3600.0
PROBE_SPENT: Final = HOUR

#: Seconds by which those who share it, and were not told themselves, do so later.
_OTHERS: Final = 60.0

#: Seconds to leave a server alone, and those of its quota, if it does not tell.
MINUTE: Final = 60.0

#: The windows that the labels of limits name, in seconds (wire facts §9.6).
_WINDOWS: Final = {"minute": 60.0, "hour": 3600.0, "day": 86_400.0}

#: Seconds that a window lasts at least, when one would be over just now: clocks differ.
_SOON: Final = 60.0


def window_of(*said: str) -> float:
    """
    How long the window is whose limit was reached, in seconds.

    :param said: what an answer says: its label, its message.
    :return: 86,400 if ``rate_limit_account_day`` is a word of it; 0.0 if it names none.
    """
    for words in said:
        for word in words.lower().split():
            name = word.strip("\"'.,:;()[]")
            kind = name.rpartition("_")[2]
            if name.startswith("rate_limit_") and kind in _WINDOWS:
                return _WINDOWS[kind]
    return 0.0


def rest_of(window: float, now: float | None) -> float:
    """
    The seconds until a window is over that began on the hour, or at midnight in UTC.

    :param window: how long it is in all, which it is as well if nobody knows what time it is.
    :param now: Unix seconds.
    """
    return window if now is None else max(window - now % window, _SOON)


@dataclass(frozen=True, slots=True)
class Quota:
    """
    What a server tells of how often it may be asked; ``None`` for what it does not tell.

    :ivar limit: how often in its window.
    :ivar remaining: how often until the window is over.
    :ivar seconds: until then.
    :ivar window: how long the window is, in seconds.
    """

    limit: int | None = None
    remaining: int | None = None
    seconds: float | None = None
    window: float | None = None


class ISharedBucket(IBucket, Protocol):
    """A bucket from which others take as well."""

    def give_back(self) -> None:
        """One that was taken was not used."""


class ISharedWord(Protocol):
    """What one server wants, for all who ask it."""

    def tell(self, seconds: float, *, spent: bool = False, why: str = "") -> None:
        """
        Let the others know that it wants none for so long; 0.0: it has answered again.

        :param spent: whether a quota is used up, so that trying earlier costs.
        """

    def listen(self, heard: Callable[[float, bool, str], object]) -> None:
        """Have something called with what others were told: the same three."""


class Budget:
    """
    Lets so many requests through in any minute, all at once if they want, and never more than
    the server allows.

    While it wants none for long, one is let through now and then, to see whether it is so.

    :param clock: the reactor, or a test's clock.
    :param per_minute: how many; 0 for no limit but the server's.  Less than 1 is one in a longer
        time.
    :param host: whose it is.
    """

    def __init__(self, clock: IReactorTime, per_minute: float, host: str = "") -> None:
        self.per_minute = per_minute
        self.host = host
        self._clock = clock
        self._count = max(int(per_minute), 1) if per_minute > 0 else 0
        self._within = MINUTE / min(per_minute, 1.0) if per_minute > 0 else MINUTE
        #: When the last ones were let through.
        self._times: deque[float] = deque(maxlen=self._count)
        self._closed_until = 0.0
        #: Whether it was closed because the quota of a day is spent.
        self._is_spent = False
        #: When the last one was let through, or the server refused; and whether the last one is
        #: to show whether the server wants none any more.
        self._last = -inf
        self._probing = False
        #: How many were let through and are not back yet.
        self._out = 0
        #: What the server told: how many may still come, until when, and of a new window.
        self._left: float = inf
        self._until = 0.0
        self._limit: int | None = None
        self._window = MINUTE
        #: What stands in the place of our own count, if others share it.
        self._shared: ISharedBucket | None = None
        self._word: ISharedWord | None = None

    def share(self, bucket: ISharedBucket, word: ISharedWord | None = None) -> None:
        """
        Take from that bucket from now on, which others take from as well.

        Then half as many as are allowed in a minute may come at once.

        :param word: what the server tells one of us, for all.
        """
        self._word = word
        if word is not None:
            word.listen(self.heard)
        if not self._count:
            return
        bucket.burst = max(self._count // 2, 1)
        rest = self.per_minute - bucket.burst
        bucket.distance = MINUTE / (rest if rest > 0 else self.per_minute)
        self._shared = bucket

    @property
    def left(self) -> float:
        """How many may come now; infinite without a limit."""
        if self.wait():
            return 0.0
        now = self._clock.seconds()
        if self._shared is not None:
            return min(1.0, self._left)
        ours = self._count - sum(at > now - self._within for at in self._times)
        return min(float(ours) if self._count else inf, self._left)

    def wait(self) -> float:
        """Seconds until one may come; 0.0 for now."""
        until, now = self._server(), self._clock.seconds()
        if until > now:
            spent = self._is_spent or (self._left < 1 and self._until >= until - MINUTE)
            until = min(until, self._last + (PROBE_SPENT if spent else PROBE))
        return max(0.0, max(until, self._own()) - now)

    def closed_for(self) -> float:
        """Seconds until one may come as of right, which is what the server told."""
        return max(0.0, max(self._server(), self._own()) - self._clock.seconds())

    def _own(self) -> float:
        """From when on one may come by our own settings."""
        if self._shared is not None:
            now = self._clock.seconds()
            return now + self._shared.wait(now)
        if self._count and len(self._times) == self._count:
            return self._times[0] + self._within
        return -inf

    def _server(self) -> float:
        """From when on one may come by the server's word."""
        now = self._clock.seconds()
        if now >= self._until:  # a new window of the server's, as far as we know
            self._left = inf if self._limit is None else max(self._limit - self._out, 0)
            self._until = now + self._window if self._limit is not None else inf
        return max(self._closed_until, self._until if self._left < 1 else -inf)

    def take(self) -> float:
        """
        Let one through, if there is one left; :meth:`back` tells when it is back.

        :return: 0.0 if there was, else the seconds until there will be one.
        """
        wait = self.wait()
        if not wait:
            now = self._clock.seconds()
            if self._shared is not None:
                self._shared.take(now)
            self._probing = self._server() > now
            self._last = now
            self._times.append(now)
            self._left -= 1
            self._out += 1
        return wait

    def unspent(self) -> None:
        """The one that was let through last was never sent: we could not; then it is back."""
        if self._shared is not None:
            self._shared.give_back()
        if self._times:
            self._times.pop()
        self._left += 1

    def back(self, quota: Quota | None = None, *, answered: bool = False) -> None:
        """
        One is back.

        :param quota: what the server told with it.
        :param answered: whether it was answered, and not with a wish for fewer.
        """
        self._out -= 1
        if self._probing and answered:  # it does not want none
            self._open()
            if self._word is not None:
                self._word.tell(0.0)
        self._probing = False
        self._note_quota(quota)

    def heard(self, seconds: float, spent: bool, why: str = "") -> None:
        """
        What the server told another one that shares it; 0.0 seconds: that it has answered again.

        Whoever was told sees first whether it is still so.
        """
        if not seconds:
            self._open()
            return
        now = self._clock.seconds()
        self._shut(now + min(seconds, LONGEST), spent=spent)
        self._last = now + _OTHERS

    def _open(self) -> None:
        self._closed_until, self._left, self._is_spent = 0.0, inf, False

    def _shut(self, until: float, *, spent: bool) -> None:
        self._is_spent = spent or (self._is_spent and self._closed_until > self._clock.seconds())
        self._closed_until = max(self._closed_until, until)

    def _note_quota(self, quota: Quota | None) -> None:
        if quota is None or quota == Quota():
            return
        now = self._clock.seconds()
        seconds = quota.seconds
        if quota.limit is not None:
            if quota.limit != self._limit:
                self._limit, self._window = quota.limit, MINUTE
            known = max(quota.window or 0.0, seconds or 0.0)
            self._window = min(max(self._window, known), LONGEST)
        told = quota.remaining
        if told is None:
            if quota.limit is None or self._left != inf:
                return
            told = quota.limit - 1
        if seconds is None:
            seconds = self._until - now if self._until < inf else self._window
        until = now + min(seconds, LONGEST)
        # Those that are under way may be counted already, or not.
        left = max(told - self._out, 0)
        if abs(until - self._until) <= 1.0:  # answers overtake each other
            left = min(left, int(self._left)) if self._left < inf else left
        self._left, self._until = left, until
        if not told and self._word is not None:
            self._word.tell(until - now, spent=True, why="its quota is used up")

    def close(self, seconds: float | None, *, spent: bool = False) -> None:
        """
        Let no request through for a while: the server wants it.

        :param seconds: for how long, a day at most; ``None`` if it does not tell.
        :param spent: whether it says that the quota of a day is spent, which is seldom tried.
        """
        now, wanted = self._clock.seconds(), min(MINUTE if seconds is None else seconds, LONGEST)
        self._shut(now + wanted, spent=spent)
        self._last = now
        if self._word is not None:
            self._word.tell(wanted, spent=spent, why=f"{self.host} wants fewer requests")

    def state(self) -> BudgetState:
        """Its state, for status and metrics."""
        wait = self.closed_for()
        return BudgetState(
            host=self.host,
            per_minute=self.per_minute,
            told=self._limit,
            left=self.left,
            again_at=self._clock.seconds() + wait if wait else None,
        )
