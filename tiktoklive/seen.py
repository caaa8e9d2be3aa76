"""What was delivered before, to drop what TikTok repeats."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable
from math import inf

from tiktoklive.wire.frames_pb2 import ResponseMessage

#: How many ids are kept as keys of a dict, at 70 bytes each, where looking them up costs
#: least; they are packed then, at 8 bytes each.
RECENT = 160

#: In how many parcels the others are packed, to be forgotten one by one.
PARCELS = 4


class _Parcel:
    """
    Ids that were packed at about the same time.

    :ivar began: when the first of them were added.
    :ivar at: when the last of them were.
    :ivar highest: the highest of them.
    """

    __slots__ = ("_ids", "_sorted", "at", "began", "highest")

    def __init__(self, began: float) -> None:
        self._ids = array("Q")
        self._sorted = True
        self.began = self.at = began
        self.highest = 0

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, numbers: array[int], highest: int, at: float) -> None:
        self._ids.extend(numbers)
        self._sorted = False
        self.at = at
        if highest > self.highest:
            self.highest = highest

    def __contains__(self, number: int) -> bool:
        if not self._sorted:  # not in add(): most parcels are never asked
            self._ids, self._sorted = array("Q", sorted(self._ids)), True
        place = bisect_left(self._ids, number)
        return place < len(self._ids) and self._ids[place] == number


class Seen:
    """
    The message ids that were delivered last in one room, over all its streams.

    A message that nobody observed was not delivered, and is not kept here.  The window is
    bounded twice: the latest ids up to a number, and none that is older than one and a half times
    an age, so that a room that was busy once does not cost for ever.

    :param limit: how many ids are kept at most.
    :param age: seconds for which they are kept at least, unless more than the limit come.
    :param now: the time in seconds.
    :ivar room_id: the room that they are of.
    :ivar ids: the latest ids as keys, oldest first (a dict takes half the memory of a set);
        who adds to them calls :meth:`trim` afterwards.
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
        "_parcels",
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
        self._recent = min(limit, RECENT)
        self._age = age
        self._now = now
        self._began = now()
        self._last = 0
        self._parcels: list[_Parcel] = []

    def __len__(self) -> int:
        return len(self.ids) + sum(map(len, self._parcels))

    def enter(self, room_id: str) -> None:
        """What follows is of that room; what was seen of another one means nothing in it."""
        if room_id != self.room_id:
            self.room_id = room_id
            self.ids.clear()
            self._parcels.clear()
            self.highest = self._last = 0

    @property
    def newest(self) -> int:
        """The id that was delivered last; 0 if there is none."""
        return next(reversed(self.ids), self._last)

    def __contains__(self, number: int) -> bool:
        return number in self.ids or (number <= self.highest and self.packed(number))

    def packed(self, number: int) -> bool:
        """Whether it is one of those that are not in ``ids`` any more."""
        return any(number in parcel for parcel in reversed(self._parcels))

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
        while self._parcels and now >= self._parcels[0].at + self._age:
            del self._parcels[0]
        self.highest = max((parcel.highest for parcel in self._parcels), default=0)

    def _pack(self) -> None:
        ids, parcels = self.ids, self._parcels
        self._began = now = self._now()
        self._last = self.newest
        numbers, highest = array("Q", ids), max(ids)
        # In place, because a delivery may be under way that looks at it.
        ids.clear()
        room = self._limit - self._recent
        if not room:  # nothing is packed: the younger half stays
            kept = numbers[-(self._limit // 2) :] if self._limit > 1 else ()
            self.forgotten += len(numbers) - len(kept)
            ids.update(dict.fromkeys(kept))
            return
        size = -(-room // PARCELS)
        while numbers:
            last = parcels[-1] if parcels else None
            if last is None or len(last) >= size or now >= last.began + self._age / PARCELS:
                last = _Parcel(now)
                parcels.append(last)
            free = size - len(last)
            last.add(numbers[:free], highest, now)
            numbers = numbers[free:]
        while sum(map(len, parcels)) > room:
            self.forgotten += len(parcels[0])
            del parcels[0]
        if highest > self.highest:
            self.highest = highest
