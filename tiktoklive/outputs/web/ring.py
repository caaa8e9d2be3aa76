"""The last events, each written as JSON once, and where in them a client went away."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Sequence
from typing import NamedTuple

_POSITION = re.compile(r"([0-9a-z]{1,32})-([0-9]{1,18})")


class Item(NamedTuple):
    """
    One event, ready to be sent.

    :ivar position: ``EPOCH-N``, by which a client says how far it came; ``""`` of a sample,
        which no client gets again.
    :ivar number: the ``N`` of it; 0 of a sample.
    :ivar name: the event's name.
    :ivar room: the username that is followed, in lower case.
    :ivar body: its envelope, as JSON on one line.
    """

    position: str
    number: int
    name: str
    room: str
    body: bytes


class Ring:
    """
    Keeps the last events, as many as fit.

    Numbers rise by one from 1 on.  The epoch tells those of different runs apart.

    :param epoch: lower-case letters and digits.
    :param items: how many events are kept.
    :param size: how many bytes they may have together.
    :ivar let_go: called with each event that is not kept any more.
    """

    def __init__(self, epoch: str, items: int = 5_000, size: int = 8 * 1024 * 1024) -> None:
        self.let_go: Callable[[Item], object] = lambda item: None
        self._epoch = epoch
        self._most = items
        self._limit = size
        self._items: deque[Item] = deque()
        self._size = 0
        self._last = 0

    @property
    def position(self) -> str:
        """The position of a client that has everything so far."""
        return f"{self._epoch}-{self._last}"

    def add(self, name: str, room: str, body: bytes) -> Item:
        """
        Keep one more event, and let go of the oldest.

        :param body: its envelope without the closing brace: its position is put in there.
        """
        self._last += 1
        position = self.position
        whole = b"".join((body, b',"seq":"', position.encode("ascii"), b'"}'))
        item = Item(position, self._last, name, room.lower(), whole)
        self._items.append(item)
        self._size += len(whole)
        while len(self._items) > self._most or self._size > self._limit:
            gone = self._items.popleft()
            self._size -= len(gone.body)
            self.let_go(gone)
        return item

    def number_of(self, position: str) -> int:
        """The number in a position; 0 if it is of another run, before all that is known here."""
        found = _POSITION.fullmatch(position)
        return int(found[2]) if found is not None and found[1] == self._epoch else 0

    def everything(self) -> Sequence[Item]:
        """All that is there, oldest first."""
        return self._items

    @property
    def first(self) -> int:
        """The number of the oldest event, or of the next one if there is none."""
        return self._items[0].number if self._items else self._last + 1

    @property
    def last(self) -> int:
        """The number of the latest event that was kept, 0 before the first."""
        return self._last

    def at(self, number: int) -> Item | None:
        """The event with a number; ``None`` when it is not there any more, or not yet."""
        place = number - self.first
        return self._items[place] if 0 <= place < len(self._items) else None

    def since(self, position: str) -> int | None:
        """
        The number of what came after a position.

        :return: ``None`` when that is not known: it is of another run, or too long ago.
        """
        found = _POSITION.fullmatch(position)
        if found is None or found[1] != self._epoch:
            return None
        number = int(found[2]) + 1
        return number if self.first <= number <= self._last + 1 else None

    def latest(self, count: int, wanted: Callable[[Item], bool]) -> int:
        """The number from which on there are so many that are wanted, or all there is."""
        number = self._last + 1
        for item in reversed(self._items):
            if count <= 0:
                break
            if wanted(item):
                number, count = item.number, count - 1
        return number


class Backlog:
    """
    What one client missed, read from the ring piece by piece.

    It keeps numbers and no events: however many clients read their backlogs slowly, or never,
    the ring's own memory is all that it takes.

    :param first: the number of the first event; the last is the latest of now.
    :param wanted: whether an event is to be told.
    """

    __slots__ = ("_last", "_next", "_ring", "_wanted")

    def __init__(self, ring: Ring, first: int, wanted: Callable[[Item], bool]) -> None:
        self._ring = ring
        self._next = first
        self._last = ring.last
        self._wanted = wanted

    @property
    def is_over(self) -> bool:
        """Whether all was read."""
        return self._next > self._last

    def read(self, size: int) -> list[Item]:
        """
        The next events, of about so many bytes together.

        :raise LookupError: the ring has let go of them.
        """
        piece: list[Item] = []
        while size > 0 and self._next <= self._last:
            item = self._ring.at(self._next)
            if item is None:
                raise LookupError("too slow")
            self._next += 1
            if self._wanted(item):
                piece.append(item)
                size -= len(item.body)
        return piece
