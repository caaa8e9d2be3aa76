"""What was delivered before, to drop what TikTok repeats."""

from __future__ import annotations

from collections.abc import Iterable

from tiktoklive.wire.frames_pb2 import ResponseMessage


class Seen:
    """
    The message ids that were delivered last in one room, over all its streams.

    A message that nobody observed was not delivered, and is not kept here.

    :param limit: how many ids are kept at most; the oldest half of them goes at once.
    :ivar new: the latest ids; who adds to them calls :meth:`trim` afterwards.
    :ivar old: those before.
    :ivar dropped: messages that were repeated, and dropped.
    """

    __slots__ = ("_half", "dropped", "new", "old")

    def __init__(self, limit: int) -> None:
        self.new: dict[int, None] = {}  # dicts as sets: half the memory of sets
        self.old: dict[int, None] = {}
        self.dropped = 0
        self._half = limit // 2

    def fresh(self, messages: Iterable[ResponseMessage]) -> list[ResponseMessage]:
        """
        Those that were not delivered yet; they count as delivered from now on.

        Messages without an id are always new.
        """
        found = []
        for message in messages:
            number = message.msg_id
            if number in self.new or number in self.old:
                self.dropped += 1
                continue
            if number:
                self.new[number] = None
            found.append(message)
        self.trim()
        return found

    def trim(self) -> None:
        """Forget the oldest ids when there are too many."""
        if len(self.new) > self._half:
            self.old, self.new = self.new, {}
