"""Events that the ring has let go of: of each room and kind the last, so that gifts survive."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from heapq import merge
from typing import Final

from tiktoklive.bounded import BoundedMap
from tiktoklive.events.raw import DecodedData, RawData
from tiktoklive.outputs.web.ring import Item

#: How many events of a kind are kept of a room, where it is not :data:`USUAL` many.
LIMITS: Final = {
    "chat": 1_000,
    "gift": 300,
    "giftStreak": 1_000,
    "follow": 500,
    "subscribe": 500,
    "superFan": 500,
    "envelope": 300,
    "questionNew": 300,
    RawData.name: 0,
    DecodedData.name: 0,
}
USUAL: Final = 100

#: Bytes that all may have together.
SIZE: Final = 32 * 1024 * 1024

#: Rooms of which something is kept.
ROOMS: Final = 10_000

#: Bytes that Python takes for an event beside its content.
_EACH: Final = 150


class _Kept:
    """The events of one room, by their names."""

    __slots__ = ("kinds", "size")

    def __init__(self) -> None:
        self.kinds: dict[str, deque[Item]] = {}
        self.size = 0

    def add(self, item: Item) -> int:
        """Keep one more; how many bytes more there are."""
        items = self.kinds.get(item.name)
        if items is None:
            items = self.kinds[item.name] = deque()
        items.append(item)
        more = len(item.body) + _EACH
        if len(items) > LIMITS.get(item.name, USUAL):
            more -= len(items.popleft().body) + _EACH
        self.size += more
        return more

    def shrink(self) -> int:
        """Let go of a quarter of what takes most; how many bytes less there are."""
        largest = max(self.kinds.values(), key=lambda items: sum(len(each.body) for each in items))
        before = self.size
        for _ in range(len(largest) // 4 + 1):
            self.size -= len(largest.popleft().body) + _EACH
        if not largest:
            self.kinds = {name: items for name, items in self.kinds.items() if items}
        return before - self.size


class OlderEvents:
    """
    Keeps them.

    When all are too many bytes together, the room with the most lets go of some.

    :param size: bytes that they may have together.
    """

    def __init__(self, size: int = SIZE) -> None:
        self._limit = size
        self._size = 0
        self._rooms: BoundedMap[str, _Kept] = BoundedMap(ROOMS)

    def add(self, item: Item) -> None:
        """Keep one more, newer than all others."""
        if not LIMITS.get(item.name, USUAL):
            return
        kept = self._rooms.get(item.room)
        if kept is None:
            kept = _Kept()
            for _, gone in self._rooms.put(item.room, kept):
                self._size -= gone.size
        self._size += kept.add(item)
        while self._size > self._limit:
            largest = max((each for _, each in self._rooms.items()), key=lambda each: each.size)
            self._size -= largest.shrink()

    def of(self, room: str) -> Iterator[Item]:
        """
        Those of a room, the latest first.

        :param room: the username that is followed, in lower case.
        """
        kept = self._rooms.get(room)
        kinds = [] if kept is None else [reversed(items) for items in kept.kinds.values()]
        return merge(*kinds, key=lambda item: -item.number)


def latest_before(
    items: Iterable[Item], number: int, wanted: Callable[[Item], bool], limit: int, size: int
) -> tuple[list[Item], bool]:
    """
    The last events before one, oldest first, and whether there are more.

    :param items: all there are, the latest first.
    :param number: the number of that one.
    :param limit: how many at most.
    :param size: bytes that they may have together; one may be larger.
    """
    found: list[Item] = []
    for item in items:
        if item.number >= number or not wanted(item):
            continue
        size -= len(item.body)
        if len(found) >= limit or (found and size < 0):
            return found[::-1], True
        found.append(item)
    return found[::-1], False
