"""Which of two streams of a room brought which messages, and what that says of those unseen."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from math import exp, log, sqrt
from typing import Final

from tiktoklive.model import Unseen
from tiktoklive.wire.frames_pb2 import ResponseMessage

#: Seconds that a message which one stream brought has to come by the other, at least.
SETTLE: Final = 5.0

#: Ids of messages that wait to be counted; with more the counting begins anew.
MOST: Final = 4096

#: Messages for which one estimate is made.
STRETCH: Final = 200

#: Of an interval that holds the truth 95 times of 100, in standard deviations.
_WIDE: Final = 1.96


def chapman(both: int, first_only: int, second_only: int) -> tuple[float, float]:
    """
    How many messages there were, from what two guests were shown of them.

    It is Chapman's estimator of capture and recapture, N = (n1 + 1)(n2 + 1) / (m + 1) - 1; it is
    nearly without bias, also where few came by both.  It holds if the guests were shown messages
    independently of each other, and each message with the same chance.

    :param both: messages that both guests were shown (m).
    :param first_only: those that the first was shown alone; n1 is the sum of these two.
    :param second_only: those that the second was shown alone.
    :return: how many, and the variance of that.
    """
    one, two = both + first_only, both + second_only
    total = (one + 1) * (two + 1) / (both + 1) - 1
    variance = (one + 1) * (two + 1) * first_only * second_only / ((both + 1) ** 2 * (both + 2))
    return total, variance


def with_interval(total: float, variance: float, seen: int) -> Unseen:
    """
    How many were not seen, and between which numbers that is 95 times of 100.

    The interval is the wider one, at each end, of those of the number itself and of its logarithm:
    the first is too narrow where few messages came by both, the second where hardly any are unseen.

    :param total: how many there were, as :func:`chapman` says, with the variance of that.
    :param seen: how many of them came by any stream.
    """
    unseen = total - seen
    if not (unseen and variance):
        return Unseen(total, variance, unseen, unseen, unseen)
    width, factor = _WIDE * sqrt(variance), exp(_WIDE * sqrt(log(1 + variance / unseen**2)))
    low, high = min(unseen - width, unseen / factor), max(unseen + width, unseen * factor)
    return Unseen(total, variance, unseen, max(low, 0.0), high)


class _Slice:
    """
    The messages that came first within some seconds.

    :param until: when these are over.
    :param counts: whether they will be counted.
    :ivar ids: by id the streams that brought it, 1 for the first and 2 for the second.
    :ivar passed: by stream when it brought something behind the end of the slice.
    """

    __slots__ = ("counts", "ids", "passed", "until")

    def __init__(self, until: float, *, counts: bool) -> None:
        self.until = until
        self.counts = counts
        self.ids: dict[int, int] = {}
        self.passed: list[float | None] = [None, None]


class Overlap:
    """
    Counts while both streams live.

    A message counts once both streams have brought something that was pushed after it, and
    :data:`SETTLE` seconds later: until then it may still come by the other one, and the other one
    may turn out to be dead.  What came first within :data:`SETTLE` seconds after the second stream
    was live does not count, because the other may have brought it before; nor does what waits
    when either is lost.  Messages that are history do not count, nor those without an id.

    How much is shown changes with time: so the estimate is made for each :data:`STRETCH` messages
    alone, and these are added up.

    :ivar both: messages that came by both.
    :ivar first_only: messages that came by the first alone.
    :ivar second_only: messages that came by the second alone.
    """

    __slots__ = (
        *("_settled", "_slices", "_total", "_variance", "_waiting"),
        *("both", "first_only", "second_only"),
    )

    def __init__(self) -> None:
        self.both = self.first_only = self.second_only = 0
        #: What was estimated so far, of which of these.
        self._total = self._variance = 0.0
        self._settled = (0, 0, 0)
        #: Oldest first; empty while not both live.
        self._slices: deque[_Slice] = deque()
        self._waiting = 0

    def begin(self, now: float) -> None:
        """Both streams live from now on."""
        self.stop()
        self._slices.append(_Slice(now + SETTLE, counts=False))

    def stop(self) -> None:
        """One of them does not live any more."""
        self._slices.clear()
        self._waiting = 0

    def brought(self, stream: int, messages: Iterable[ResponseMessage], now: float) -> None:
        """
        A stream brought a batch.

        :param stream: 0 for the first, 1 for the second.
        :param now: the time, in a clock's seconds.
        """
        slices = self._slices
        if not slices:
            return
        numbers = [item.msg_id for item in messages if item.msg_id and not item.is_history]
        if not numbers:
            return
        if now >= slices[-1].until:
            slices.append(_Slice(now + SETTLE, counts=True))
        for each in slices:
            if now >= each.until and each.passed[stream] is None:
                each.passed[stream] = now
        self._count(now)
        newest = slices[-1].ids
        for number in numbers:
            for each in reversed(slices):
                if number in each.ids:
                    each.ids[number] |= 1 << stream
                    break
            else:
                newest[number] = 1 << stream
                self._waiting += 1
        if self._waiting > MOST:
            self.begin(now)

    def _count(self, now: float) -> None:
        """Count what is settled."""
        slices = self._slices
        while len(slices) > 1:
            one, two = slices[0].passed
            if one is None or two is None or now < max(one, two) + SETTLE:
                return
            done = slices.popleft()
            self._waiting -= len(done.ids)
            if done.counts:
                by = list(done.ids.values())
                self.first_only += by.count(1)
                self.second_only += by.count(2)
                self.both += by.count(3)
                stretch = self._stretch()
                if sum(stretch) >= STRETCH:
                    total, variance = chapman(*stretch)
                    self._total += total
                    self._variance += variance
                    self._settled = self.both, self.first_only, self.second_only

    def _stretch(self) -> tuple[int, int, int]:
        """What was counted since the last estimate."""
        both, first_only, second_only = self._settled
        return self.both - both, self.first_only - first_only, self.second_only - second_only

    def unseen(self) -> Unseen | None:
        """How many there were, and how many neither brought; ``None`` before any came by both."""
        if not self.both:
            return None
        total, variance = chapman(*self._stretch())
        seen = self.both + self.first_only + self.second_only
        return with_interval(self._total + total, self._variance + variance, seen)
