"""The last events, each written as JSON once, and where in them a client went away."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

_POSITION = re.compile(r"([0-9a-z]{1,32})-([0-9]{1,18})")


@dataclass(frozen=True, slots=True)
class Item:
    """
    One event, ready to be sent.

    :ivar position: ``EPOCH-N``, by which a client says how far it came; ``""`` of a sample,
        which nobody gets again.
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
    """

    def __init__(self, epoch: str, items: int = 5_000, size: int = 8 * 1024 * 1024) -> None:
        self._epoch = epoch
        self._most = items
        self._limit = size
        self._items: deque[Item] = deque()
        self._size = 0
        self._last = 0

    @property
    def position(self) -> str:
        """How far somebody came who has everything so far."""
        return f"{self._epoch}-{self._last}"

    def add(self, name: str, room: str, body: bytes) -> Item:
        """
        Keep one more event, and let go of the oldest.

        :param body: its envelope without the closing brace: its position is put in there.
        """
        self._last += 1
        position = self.position
        whole = b'%b,"seq":"%b"}' % (body, position.encode("ascii"))
        item = Item(position, self._last, name, room.lower(), whole)
        self._items.append(item)
        self._size += len(whole)
        while len(self._items) > self._most or (self._size > self._limit and len(self._items) > 1):
            self._size -= len(self._items.popleft().body)
        return item

    def everything(self) -> Iterable[Item]:
        """All that is there, oldest first."""
        return self._items

    def since(self, position: str) -> list[Item] | None:
        """
        What came after a position.

        :return: ``None`` when that is not known: it is of another run, or too long ago.
        """
        found = _POSITION.fullmatch(position)
        if found is None or found[1] != self._epoch:
            return None
        number = int(found[2])
        first = self._items[0].number if self._items else self._last + 1
        if not first - 1 <= number <= self._last:
            return None
        return [item for item in self._items if item.number > number]
