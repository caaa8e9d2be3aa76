"""
The bounded queue between the events of a room and a sink that may be slow.

What it does when it is full is its policy.  Whatever it loses is counted, and told in the
log: at once, and then once a minute at most.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from twisted.internet.defer import Deferred, succeed
from twisted.internet.interfaces import IReactorTime
from twisted.logger import Logger

from tiktoklive.model import QueueCounts

__all__ = ["ANNOUNCE", "BoundedQueue", "Policy", "QueueCounts"]

T = TypeVar("T")

#: The least seconds between two lines of the log about what one queue lost.
ANNOUNCE = 60.0


class Policy(StrEnum):
    """What happens to an item for which a queue has no room."""

    #: The oldest items make room for it.
    DROP_OLDEST = "drop-oldest"
    #: It is dropped.
    DROP_NEWEST = "drop-newest"
    #: Whoever brings it waits until there is room.
    BLOCK = "block"


@dataclass(slots=True)
class _Blocked(Generic[T]):
    """Somebody waits with an item."""

    item: T
    taken: Deferred[None]


class BoundedQueue(Generic[T]):
    """
    Keeps items in order until they are taken.

    It has room for an item that keeps it within its limit, and for any when it is empty: one
    that is larger than the limit must not block for ever.

    :param name: whose it is, for the log and the counts.
    :param limit: how much may wait.
    :param measure: how much an item is; each counts as 1 by default.
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
        self._size = 0
        self._blocked: deque[_Blocked[T]] = deque()
        self._waiting: list[Deferred[None]] = []
        self._dropped = 0
        self._unsaid = 0
        self._said_at: float | None = None
        self._full_since: float | None = None
        self._full_seconds = 0.0
        self._closed = False

    def __len__(self) -> int:
        """How many items wait to be taken."""
        return len(self._items)

    @property
    def counts(self) -> QueueCounts:
        """How it is doing now."""
        full = self._full_seconds
        if self._full_since is not None:
            full += self._clock.seconds() - self._full_since
        return QueueCounts(self.name, self._size, self.limit, self._dropped, full)

    def has_room(self, item: T) -> bool:
        """Whether :meth:`put` would take the item, without losing or blocking anything."""
        return not self._items or self._size + self._measure(item) <= self.limit

    def put(self, item: T) -> Deferred[None] | None:
        """
        Bring an item.

        :return: of a queue that blocks and has no room a Deferred that fires when the item is
            taken in; cancelling it takes the item back.  ``None`` otherwise.
        """
        if self._closed:
            self._lose(1)
            return None
        if not self._blocked and self.has_room(item):
            self._append(item)
            return None
        if self._full_since is None:
            self._full_since = self._clock.seconds()
        if self.policy is Policy.BLOCK:
            return self._block(item)
        if self.policy is Policy.DROP_NEWEST:
            self._lose(1)
            return None
        lost = 0
        while not self.has_room(item):
            self._size -= self._measure(self._items.popleft())
            lost += 1
        self._append(item)
        self._lose(lost)
        return None

    def take(self, most: int = 1) -> list[T]:
        """Take the oldest items, ``most`` of them at most; none if it is empty."""
        taken = [self._items.popleft() for _ in range(min(most, len(self._items)))]
        self._size -= sum(map(self._measure, taken))
        if taken:
            self._relieved()
        return taken

    def put_back(self, items: Iterable[T]) -> None:
        """Return items that were taken, to be the first again; there is room for them."""
        returned = list(items)
        self._items.extendleft(reversed(returned))
        self._size += sum(map(self._measure, returned))
        self._wake()

    def when_ready(self) -> Deferred[None]:
        """Fires when there is something to take, or the queue is closed."""
        if self._items or self._closed:
            return succeed(None)

        def forget(waiter: Deferred[None]) -> None:
            if waiter in self._waiting:
                self._waiting.remove(waiter)

        waiter: Deferred[None] = Deferred(forget)
        self._waiting.append(waiter)
        return waiter

    def close(self) -> None:
        """Take nothing in any more; what was not taken, and those who wait with something, lose."""
        if self._closed:
            return
        self._closed = True
        blocked, self._blocked = self._blocked, deque()
        lost = len(self._items) + len(blocked)
        self._items.clear()
        self._size = 0
        self._not_full()
        self._dropped += lost
        self._unsaid += lost
        self._say()
        for each in blocked:
            each.taken.callback(None)
        self._wake()

    # --- inside -----------------------------------------------------------------------

    def _append(self, item: T) -> None:
        self._items.append(item)
        self._size += self._measure(item)
        self._wake()

    def _block(self, item: T) -> Deferred[None]:
        def take_back(taken: Deferred[None]) -> None:
            self._blocked = deque(each for each in self._blocked if each.taken is not taken)

        blocked = _Blocked(item, Deferred(take_back))
        self._blocked.append(blocked)
        return blocked.taken

    def _relieved(self) -> None:
        """There is more room than before: let those in who wait."""
        while self._blocked and self.has_room(self._blocked[0].item):
            blocked = self._blocked.popleft()
            self._append(blocked.item)
            blocked.taken.callback(None)
        if not self._blocked:
            self._not_full()
            self._say_sometimes()

    def _not_full(self) -> None:
        if self._full_since is not None:
            self._full_seconds += self._clock.seconds() - self._full_since
            self._full_since = None

    def _wake(self) -> None:
        waiting, self._waiting = self._waiting, []
        for waiter in waiting:
            if not waiter.called:  # cancelled by another who was told
                waiter.callback(None)

    def _lose(self, count: int) -> None:
        self._dropped += count
        self._unsaid += count
        self._say_sometimes()

    def _say_sometimes(self) -> None:
        now = self._clock.seconds()
        if self._said_at is None or now - self._said_at >= ANNOUNCE:
            self._say()

    def _say(self) -> None:
        """Tell what was lost since it was told last."""
        lost, self._unsaid = self._unsaid, 0
        if lost:
            self._said_at = self._clock.seconds()
            self.log.warn(
                "{queue} is too slow: {lost} lost ({policy}), {dropped} in all",
                queue=self.name,
                lost=lost,
                policy="closed" if self._closed else self.policy.value,
                dropped=self._dropped,
            )
