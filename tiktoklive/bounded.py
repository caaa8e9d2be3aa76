"""A table that others fill: bounded in entries and in bytes."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf
from typing import Generic, TypeVar, overload

_K = TypeVar("_K")
_V = TypeVar("_V")
_D = TypeVar("_D")


class BoundedMap(Generic[_K, _V]):
    """
    Keeps the entries that were put in last; the oldest make room for them.

    :param entries: how many there may be.
    :param most: bytes that all may have together, by the sizes that they are put in with.  An
        entry that is larger than that alone is not kept.
    :ivar size: bytes that they have together.
    :ivar evicted: how many had to make room.
    :ivar evicted_by_size: those of them that were not too many, but too large.
    """

    __slots__ = ("_entries", "_kept", "_most", "evicted", "evicted_by_size", "size")

    def __init__(self, entries: float = inf, most: float = inf) -> None:
        self._entries = entries
        self._most = most
        self._kept: dict[_K, tuple[_V, int]] = {}
        self.size = 0
        self.evicted = self.evicted_by_size = 0

    def __len__(self) -> int:
        return len(self._kept)

    def __contains__(self, key: object) -> bool:
        return key in self._kept

    def __iter__(self) -> Iterator[_K]:
        """The keys, the oldest first."""
        return iter(self._kept)

    def items(self) -> Iterator[tuple[_K, _V]]:
        """Key and value of each, the oldest first."""
        return ((key, value) for key, (value, _) in self._kept.items())

    @overload
    def get(self, key: _K) -> _V | None: ...
    @overload
    def get(self, key: _K, default: _D) -> _V | _D: ...
    def get(self, key: _K, default: _D | None = None) -> _V | _D | None:
        """What is kept under that key."""
        found = self._kept.get(key)
        return default if found is None else found[0]

    def put(self, key: _K, value: _V, size: int = 0) -> list[tuple[_K, _V]]:
        """
        Keep it, as the newest.

        :param size: bytes of key and value.
        :return: what had to make room for it, the oldest first.
        """
        self.pop(key)
        self._kept[key] = value, size
        self.size += size
        gone: list[tuple[_K, _V]] = []
        if size > self._most:  # it alone is too large, and takes nothing with it
            gone.append(self._evict(key))
        while len(self._kept) > self._entries or self.size > self._most:
            gone.append(self._evict(next(iter(self._kept))))
        return gone

    def _evict(self, key: _K) -> tuple[_K, _V]:
        value, size = self._kept.pop(key)
        self.size -= size
        self.evicted += 1
        self.evicted_by_size += len(self._kept) < self._entries
        return key, value

    def pop(self, key: _K) -> _V | None:
        """Take it out."""
        found = self._kept.pop(key, None)
        if found is None:
            return None
        self.size -= found[1]
        return found[0]

    def clear(self) -> None:
        """Take all out."""
        self._kept.clear()
        self.size = 0
