"""
The bounded queue between the events of a room and a sink that may be slow.

What it does when it is full is its policy.  Whatever it loses is counted, and told in the
log: at once, and then once a minute at most.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Generic, TypeVar

from twisted.internet.defer import Deferred, succeed
from twisted.internet.interfaces import IPushProducer, IReactorTime
from twisted.logger import Logger

from tiktoklive.logs import LogThrottle
from tiktoklive.model import QueueCounts

__all__ = ["ANNOUNCE", "BoundedQueue", "Policy", "QueueCounts"]

T = TypeVar("T")

#: What an item may measure that is larger than a whole queue, and has it to itself then.
LARGEST = 1024 * 1024

#: The least seconds between two lines of the log about what one queue lost.
ANNOUNCE = 60.0


class Policy(StrEnum):
    """What happens to an item for which a queue has no room."""

    #: The oldest items make room for it.
    DROP_OLDEST = "drop-oldest"
    #: It is dropped.
    DROP_NEWEST = "drop-newest"
    #: The streams wait from when the queue is half full until it is a quarter full.  What comes
    #: nevertheless has the other half; what has no room there is dropped.
    BLOCK = "block"
    #: As with ``block`` while it can be written; otherwise, as waiting does not help then, as with
    #: ``drop-newest``.
    PACE = "pace"


#: Those by which the streams wait.
_WAITING = (Policy.BLOCK, Policy.PACE)


class Stopwatch:
    """
    Counts for how long something was so, in all.

    :param seconds: the time.
    """

    def __init__(self, seconds: Callable[[], float]) -> None:
        self._now = seconds
        self._since: float | None = None
        self._before = 0.0

    @property
    def seconds(self) -> float:
        """How long that was, and is."""
        return self._before + (0.0 if self._since is None else self._now() - self._since)

    def set(self, is_so: bool) -> None:
        """Tell whether it is so now."""
        if not is_so:
            self._before, self._since = self.seconds, None
        elif self._since is None:
            self._since = self._now()


class BoundedQueue(Generic[T]):
    """
    Keeps items in order until they are taken.

    It has room for an item that keeps it within its limit, and when it is empty for one of up to
    :data:`LARGEST`: one that is larger than a small limit must not block for ever.  What was taken
    and is not done yet still counts.

    :param name: the output's name, for the log and the counts.
    :param limit: how much may wait.
    :param measure: how much an item is; each counts as 1 by default.
    :ivar size: how much there is.
    :ivar failing: why nothing of it can be written now, ``""`` if it can: what is lost meanwhile is
        told as lost for that.
    """

    log = Logger()

    def __init__(
        self,
        name: str,
        clock: IReactorTime,
        limit: int,
        policy: Policy = Policy.DROP_OLDEST,
        measure: Callable[[T], int] = lambda item: 1,
    ) -> None:
        self.name = name
        self.limit = limit
        self.policy = policy
        self._clock = clock
        self._measure = measure
        self._items: deque[T] = deque()
        #: Of all, and of those that were taken and are not done yet.
        self.size = 0
        self._in_hand = 0
        self._streams: list[IPushProducer] = []
        self._holds = False
        #: With more than that the streams wait.
        self._much = limit / 2 if policy in _WAITING else float("inf")
        #: What waits for items, and for how many.
        self._waiting: dict[Deferred[None], int] = {}
        #: How many came so far, how many were taken and are not done yet; what waits until all that
        #: came before is not there any more, and how many that were.
        self._entered = self._held = 0
        self._leaving: dict[Deferred[None], int] = {}
        self._dropped = 0
        self._unsaid = 0
        self._throttle = LogThrottle(ANNOUNCE)
        self._full = Stopwatch(clock.seconds)
        self._closed = False
        self._failing = ""

    def __len__(self) -> int:
        """How many items wait to be taken."""
        return len(self._items)

    @property
    def failing(self) -> str:
        """See above."""
        return self._failing

    @failing.setter
    def failing(self, why: str) -> None:
        self._failing = why
        if self.policy is Policy.PACE:
            if why:
                self._let_go()
            else:
                self._grown(0)

    @property
    def counts(self) -> QueueCounts:
        """How it is doing now."""
        return QueueCounts(self.name, self.size, self.limit, self._dropped, self._full.seconds)

    def pace(self, streams: IPushProducer) -> None:
        """
        Get to know what can wait, for the policy that needs it.

        :param streams: see :class:`~tiktoklive.interfaces.IPacer`.
        """
        if self.policy in _WAITING:
            self._streams.append(streams)
            if self._holds:
                streams.pauseProducing()

    def has_room(self, item: T) -> bool:
        """Whether :meth:`put` would take the item without losing anything."""
        size = self._measure(item)
        return self.size + size <= self.limit or (not self.size and size <= LARGEST)

    @property
    def has_much_room(self) -> bool:
        """Whether there is room for an item of any usual size; a small queue is empty then."""
        return self.size * 2 <= self.limit if self.limit >= 2 * LARGEST else not self.size

    def put(self, item: T) -> None:
        """Bring an item."""
        size = self._measure(item)
        if self._closed:
            self._lose(1)
        elif self.size + size <= self.limit or self.has_room(item):
            self._entered += 1
            self._items.append(item)
            self._grown(size)
        elif self.policy is Policy.DROP_OLDEST:
            self._full.set(True)
            lost = 0
            while self._items and not self.has_room(item):
                self.size -= self._measure(self._items.popleft())
                lost += 1
            if self.has_room(item):
                self._entered += 1
                self._items.append(item)
                self._grown(size)
            else:
                lost += 1
            self._tell_done()
            self._lose(lost)
        else:
            self._full.set(True)
            self._lose(1)

    def take(self, most: int = 1) -> list[T]:
        """Take the oldest items, ``most`` of them at most; none if it is empty."""
        taken = [self._items.popleft() for _ in range(min(most, len(self._items)))]
        self.size -= sum(map(self._measure, taken))
        if taken:
            self._relieved()
        return taken

    def hold(self, most: int, size: int) -> list[T]:
        """
        Take the oldest items, which count until :meth:`done` is called; none if it is empty.

        :param most: how many.
        :param size: how much they may be together; one is taken even if it is more.
        """
        total = self.size - self._in_hand
        if len(self._items) <= most and total <= size:  # all of them, as after most batches
            held = list(self._items)
            self._items.clear()
            self._in_hand += total
            self._held += len(held)
            return held
        held, total = [], 0
        for _ in range(min(most, len(self._items))):
            item = self._measure(self._items[0])
            if held and total + item > size:
                break
            held.append(self._items.popleft())
            total += item
        self._in_hand += total
        self._held += len(held)
        return held

    def done(self) -> None:
        """What was held is not there any more."""
        if self._held:
            self.size -= self._in_hand
            self._in_hand = self._held = 0
            self._relieved()

    def put_back(self, items: Iterable[T]) -> None:
        """Return items that were taken or held, to be the first again; there is room for them."""
        returned = list(items)
        self.size -= self._in_hand
        self._in_hand = self._held = 0
        self._items.extendleft(reversed(returned))
        self._grown(sum(map(self._measure, returned)))

    def when_ready(self, count: int = 1) -> Deferred[None]:
        """Fires when there are so many items to take, or the queue is closed."""
        if len(self._items) >= count or self._closed:
            return succeed(None)

        def forget(waiter: Deferred[None]) -> None:
            self._waiting.pop(waiter, None)

        waiter: Deferred[None] = Deferred(forget)
        self._waiting[waiter] = count
        return waiter

    def when_done(self) -> Deferred[None]:
        """Fires when what is there now was done or lost, whatever comes meanwhile."""
        if not self._items and not self._held:
            return succeed(None)

        def forget(waiter: Deferred[None]) -> None:
            self._leaving.pop(waiter, None)

        waiter: Deferred[None] = Deferred(forget)
        self._leaving[waiter] = self._entered
        return waiter

    def close(self) -> None:
        """Take nothing in any more; what was not taken is lost."""
        if self._closed:
            return
        self._say()
        self._closed = True
        lost = len(self._items)
        self._items.clear()
        self.size = self._in_hand
        self._dropped += lost
        self._unsaid += lost
        self._relieved()
        self._say()
        self._wake()

    def open(self) -> None:
        """Take items in again."""
        self._closed = False

    # --- inside -----------------------------------------------------------------------

    def _grown(self, by: int) -> None:
        self.size += by
        if self.size > self._much and not self._holds and self._may_hold():
            self._holds = True
            self._full.set(True)
            for streams in self._streams:
                streams.pauseProducing()
        if self._waiting:
            self._wake()

    def _relieved(self) -> None:
        """There is more room than before."""
        if self._leaving:
            self._tell_done()
        if self._holds:
            if self.size > self._much / 2:
                return
            self._let_go()
            if self._holds:
                return
        self._full.set(False)
        self._say_sometimes()

    def _may_hold(self) -> bool:
        """Whether it helps to let the streams wait."""
        return self.policy is not Policy.PACE or not self._failing

    def _let_go(self) -> None:
        """Let the streams go on."""
        if self._holds:
            self._holds = False
            for streams in list(self._streams):
                streams.resumeProducing()
                if self._holds:
                    return  # again, because of the first that went on

    def _wake(self) -> None:
        for waiter, count in list(self._waiting.items()):
            ready = len(self._items) >= count or self._closed
            if ready and self._waiting.pop(waiter, 0):  # not cancelled by another
                waiter.callback(None)

    def _tell_done(self) -> None:
        done = self._entered - len(self._items) - self._held
        for waiter, entered in list(self._leaving.items()):
            if entered <= done and self._leaving.pop(waiter, None) is not None:
                waiter.callback(None)

    def _lose(self, count: int) -> None:
        self._dropped += count
        self._unsaid += count
        self._say_sometimes()

    def _say_sometimes(self) -> None:
        if self._unsaid and self._throttle.again("lost", self._clock.seconds()) is not None:
            self._say()

    def _say(self) -> None:
        """Tell what was lost since it was told last, and for what."""
        lost, self._unsaid = self._unsaid, 0
        if lost:
            self._throttle.said("lost", self._clock.seconds())
            self.log.warn(
                "{queue} {why}: {lost} lost{policy}, {dropped} in all",
                queue=self.name,
                why=self._why(),
                lost=lost,
                policy="" if self._closed else f" ({self.policy.value})",
                dropped=self._dropped,
            )

    def _why(self) -> str:
        """For what something is lost."""
        if not self.failing:
            return "was stopped before all was written" if self._closed else "is too slow"
        if self._closed:
            return f"was stopped while nothing could be written ({self.failing})"
        return f"is full, as nothing can be written ({self.failing})"
