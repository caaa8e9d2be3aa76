"""The numbers of a broadcast's last quarter of an hour, for the charts of pages."""

from __future__ import annotations

from collections import deque
from typing import Final, NamedTuple

from tiktoklive.outputs.numbers.rates import SLOTS

#: Slots of five seconds that are kept.
KEPT: Final = 180


class PastNumbers(NamedTuple):
    """
    The numbers at the end of a slot.

    :ivar viewers: ``None`` while the broadcast is not live.
    :ivar comments: of the minute that ends with it.
    :ivar diamonds: of the whole broadcast so far.
    """

    slot: int
    viewers: int | None
    comments: int
    diamonds: int


class Past:
    """
    What the numbers were.

    :param diamonds: those from before anything is known.
    """

    __slots__ = ("_before", "_moments")

    def __init__(self, diamonds: int = 0) -> None:
        self._before = PastNumbers(0, None, 0, diamonds)
        self._moments: deque[PastNumbers] = deque(maxlen=KEPT)

    def keep(self, moment: PastNumbers) -> None:
        """A slot is over in which something changed."""
        self._moments.append(moment)

    def as_list(self, now: PastNumbers) -> list[list[int | None]]:
        """
        Every slot from the first that is known up to now.

        :return: viewers, comments of the minute, and diamonds of each slot alone.
        """
        rows: list[list[int | None]] = []
        # Of what is older than all that is kept only the sum is known.
        whole = len(self._moments) < KEPT
        before = self._before if whole else self._moments[0]
        for each in (*self._moments, now):
            idle = min(KEPT, each.slot - before.slot - 1) if rows else 0
            # Nothing changed in these but the minute, which went by.
            for slot in range(idle):
                rows.append([before.viewers, before.comments if slot < SLOTS else 0, 0])
            rows.append([each.viewers, each.comments, each.diamonds - before.diamonds])
            before = each
        return rows[-KEPT:]
