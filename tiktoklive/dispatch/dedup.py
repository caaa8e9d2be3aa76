"""What was delivered before, to drop what TikTok repeats."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable
from math import inf

from tiktoklive.wire.frames_pb2 import ResponseMessage

#: How many ids are kept as keys of a dict, at 70 bytes each, where looking them up costs
#: least; they are packed then, at 8 bytes each.
RECENT = 80

#: In how many parcels a full window is packed, to be forgotten one by one.
PARCELS = 8


class _Parcel:
    """
    Ids that were packed at about the same time.

    :ivar began: when the first of them were added.
    :ivar at: when the last of them were.
    :ivar lowest: none of them is below it, and none above ``highest``.
    """

    __slots__ = ("_ids", "_sorted", "at", "began", "highest", "lowest")

    def __init__(self, began: float) -> None:
        self._ids = array("Q")
        self._sorted = True
        self.began = self.at = began
        self.highest = 0
        self.lowest = (1 << 64) - 1

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, numbers: array[int], lowest: int, highest: int, at: float) -> None:
        self._ids.extend(numbers)
        self._sorted = False
        self.at = at
        if lowest < self.lowest:
            self.lowest = lowest
        if highest > self.highest:
            self.highest = highest

    def __contains__(self, number: int) -> bool:
        if not self.lowest <= number <= self.highest:
            return False
        if not self._sorted:  # not in add(): most parcels are never asked
            self._ids, self._sorted = array("Q", sorted(self._ids)), True
        place = bisect_left(self._ids, number)
        return place < len(self._ids) and self._ids[place] == number


class _Window:
    """
    Packed ids in the order in which they were delivered, of which the last ones are kept.

    :param limit: how many are kept at least; those of one parcel more at most.
    :param apart: seconds after which a parcel is full, however many are in it.
    """

    __slots__ = ("_apart", "_limit", "parcels")

    def __init__(self, limit: int, apart: float) -> None:
        self._limit = limit
        self._apart = apart
        self.parcels: list[_Parcel] = []

    def __len__(self) -> int:
        return sum(map(len, self.parcels))

    def __contains__(self, number: int) -> bool:
        return any(number in parcel for parcel in reversed(self.parcels))

    @property
    def lowest(self) -> int:
        """None of them is below it; 0 if there are none."""
        return min((parcel.lowest for parcel in self.parcels), default=0)

    @property
    def highest(self) -> int:
        """None of them is above it; 0 if there are none."""
        return max((parcel.highest for parcel in self.parcels), default=0)

    def add(self, numbers: array[int], lowest: int, highest: int, now: float) -> int:
        """Pack these, too, within these bounds; how many had to make room for them."""
        size = -(-self._limit // PARCELS)
        while numbers:
            last = self.parcels[-1] if self.parcels else None
            if last is None or len(last) >= size or now >= last.began + self._apart:
                last = _Parcel(now)
                self.parcels.append(last)
            free = size - len(last)
            last.add(numbers[:free], lowest, highest, now)
            numbers = numbers[free:]
            if numbers:
                lowest = min(numbers)
        forgotten, count = 0, len(self)
        while count - len(self.parcels[0]) >= self._limit:
            forgotten += len(self.parcels[0])
            count -= len(self.parcels.pop(0))
        return forgotten

    def forget(self, before: float) -> None:
        """Forget those that were delivered before that time."""
        while self.parcels and self.parcels[0].at <= before:
            del self.parcels[0]


class DedupWindow:
    """
    The message ids that were delivered last in one room, over all its streams.

    A message that no observer wanted was not delivered, and is not kept here.  The window is
    bounded twice: the latest ids up to a number, and none that is older than one and a half times
    an age, so that a room that was busy once does not cost for ever.

    Looking an id up forgets none.  An id below all that are packed is older than they are: it is
    kept in a window of its own, so that a replay that goes back further than the window does not
    push out what it is about to repeat.

    :param limit: how many of the latest ids are kept at least, and a quarter more at most; the
        same of ids that are out of their order.
    :param age: seconds for which they are kept at least, unless more than the limit come.
    :param now: the time in seconds.
    :ivar room_id: the room that they are of.
    :ivar ids: the latest ids as keys, oldest first (a dict takes half the memory of a set);
        a caller that adds to them calls :meth:`trim` afterwards.
    :ivar highest: no id that is packed is above it.  Ids rise with time, so that one look at
        it tells that almost any new message is new.
    :ivar dropped: messages that were repeated, and dropped.
    :ivar forgotten: ids that had to make room.
    """

    __slots__ = (
        "_age",
        "_began",
        "_last",
        "_limit",
        "_now",
        "_older",
        "_packed",
        "_recent",
        "dropped",
        "forgotten",
        "highest",
        "ids",
        "room_id",
    )

    def __init__(
        self, limit: int, *, age: float = inf, now: Callable[[], float] = lambda: 0.0
    ) -> None:
        self.room_id = ""
        self.ids: dict[int, None] = {}
        self.highest = 0
        self.dropped = 0
        self.forgotten = 0
        self._limit = limit
        #: Up to here ids are not packed at all, and twice as many are kept at most.
        self._recent = RECENT if limit > RECENT else 2 * limit
        self._age = age
        self._now = now
        self._began = now()
        self._last = 0
        self._packed = _Window(limit, age / PARCELS)
        self._older = _Window(limit, age / PARCELS)

    def __len__(self) -> int:
        return len(self.ids) + len(self._packed) + len(self._older)

    def enter(self, room_id: str) -> None:
        """What follows is of that room; what was seen of another one means nothing in it."""
        if room_id != self.room_id:
            self.room_id = room_id
            self.ids.clear()
            self._packed.parcels.clear()
            self._older.parcels.clear()
            self.highest = self._last = 0

    @property
    def newest(self) -> int:
        """The id that was delivered last; 0 if there is none."""
        return next(reversed(self.ids), self._last)

    def __contains__(self, number: int) -> bool:
        return number in self.ids or (number <= self.highest and self.packed(number))

    def packed(self, number: int) -> bool:
        """Whether it is one of those that are not in ``ids`` any more."""
        return number in self._packed or number in self._older

    def fresh(self, messages: Iterable[ResponseMessage]) -> list[ResponseMessage]:
        """
        Those that were not delivered yet; they count as delivered from now on.

        Messages without an id are always new.
        """
        found = []
        for message in messages:
            number = message.msg_id
            if number and number in self:
                self.dropped += 1
                continue
            if number:
                self.ids[number] = None
            found.append(message)
        self.trim()
        return found

    def trim(self) -> None:
        """Pack the ids when there are too many, and forget the oldest of all."""
        if len(self.ids) > self._recent:
            self._pack()

    def forget(self) -> None:
        """Forget what is too old.  Costs little; to be called now and then."""
        now = self._now()
        if self.ids and now >= self._began + self._age / PARCELS:
            self._pack()
        for window in (self._packed, self._older):
            window.forget(now - self._age)
        self.highest = max(self._packed.highest, self._older.highest)

    def _pack(self) -> None:
        ids = self.ids
        self._began = now = self._now()
        self._last = self.newest
        numbers, lowest, highest = array("Q", ids), min(ids), max(ids)
        # In place, because a delivery may be under way that looks at it.
        ids.clear()
        if self._limit <= RECENT:  # nothing is packed: the youngest stay
            kept = numbers[max(len(numbers) - self._limit, 0) :]
            self.forgotten += len(numbers) - len(kept)
            ids.update(dict.fromkeys(kept))
            return
        if highest > self.highest:
            self.highest = highest
        known = self._packed.lowest
        if lowest < known:  # seldom: they come in order
            older = array("Q", [number for number in numbers if number < known])
            self.forgotten += self._older.add(older, lowest, max(older), now)
            numbers = array("Q", [number for number in numbers if number >= known])
            lowest = min(numbers, default=0)
        if numbers:
            self.forgotten += self._packed.add(numbers, lowest, highest, now)
