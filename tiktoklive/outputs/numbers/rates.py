"""How much there is in a minute."""

from __future__ import annotations

from typing import Final

#: Seconds that are counted together, in a slot, and how many of those there are in a minute.
WIDTH, SLOTS = 5, 12

_EMPTY: Final = (0,) * SLOTS


def slot_at(seconds: float) -> int:
    """
    The number of a slot.

    :param seconds: those of a clock that never goes back.
    """
    return int(seconds / WIDTH)


class Rate:
    """What came in the last minute."""

    __slots__ = ("_latest", "_values")

    def __init__(self) -> None:
        self._values = [0] * SLOTS
        self._latest = 0

    def add(self, value: int, slot: int) -> None:
        """So much came in a slot."""
        if slot > self._latest:
            self._go_to(slot)
        self._values[self._latest % SLOTS] += value

    def per_minute(self, slot: int) -> int:
        """How much came in the minute that ends with a slot."""
        if slot > self._latest:
            self._go_to(slot)
        return sum(self._values)

    def _go_to(self, slot: int) -> None:
        if slot - self._latest >= SLOTS:
            self._values[:] = _EMPTY
        else:
            for number in range(self._latest + 1, slot + 1):
                self._values[number % SLOTS] = 0
        self._latest = slot
