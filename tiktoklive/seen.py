"""What was delivered before, to drop what TikTok repeats."""

from __future__ import annotations

from collections.abc import Iterable

from tiktoklive.wire.frames_pb2 import ResponseMessage


class Seen:
    """
    The message ids that were delivered last in one room, over all its streams.

    A message that nobody observed was not delivered, and is not kept here.

    :param limit: how many ids are kept; the older half of more goes at once.
    :ivar ids: the ids as keys, oldest first (a dict takes half the memory of a set); who
        adds to them calls :meth:`trim` afterwards.
    :ivar dropped: messages that were repeated, and dropped.
    :ivar forgotten: ids that had to make room.
    """

    __slots__ = ("_limit", "dropped", "forgotten", "ids")

    def __init__(self, limit: int) -> None:
        self.ids: dict[int, None] = {}
        self.dropped = 0
        self.forgotten = 0
        self._limit = limit

    def fresh(self, messages: Iterable[ResponseMessage]) -> list[ResponseMessage]:
        """
        Those that were not delivered yet; they count as delivered from now on.

        Messages without an id are always new.
        """
        found = []
        for message in messages:
            number = message.msg_id
            if number in self.ids:
                self.dropped += 1
                continue
            if number:
                self.ids[number] = None
            found.append(message)
        self.trim()
        return found

    def trim(self) -> None:
        """Forget the oldest ids when there are too many."""
        if len(self.ids) > self._limit:
            # In place, because a delivery may be under way that looks at it.
            kept = list(self.ids)[-(self._limit // 2) :] if self._limit > 1 else []
            self.forgotten += len(self.ids) - len(kept)
            self.ids.clear()
            self.ids.update(dict.fromkeys(kept))
