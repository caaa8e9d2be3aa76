"""What users were called before: who names one of those names is led to the present one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from tiktoklive.bounded import BoundedMap
from tiktoklive.events import Connected, Event, Renamed
from tiktoklive.outputs.numbers.rooms import RoomNumbers

#: Names of before that are remembered, and how often one user may have been renamed.
FORMER: Final = 1_000
_RENAMES: Final = 10

#: Events that may tell that a user is followed under another name.
NAMING: Final = frozenset((Connected.name, Renamed.name))


class FormerNames:
    """
    The names that users had, all in lower case.

    :ivar follows: tells whether a user is followed under a name; ``None`` until that is known.
    """

    def __init__(self) -> None:
        #: By names of before those that came after them.
        self._former: BoundedMap[str, str] = BoundedMap(FORMER)
        self.follows: Callable[[str], bool] | None = None

    def renamed(self, before: str, now: str) -> None:
        """A user has another name."""
        self._former.pop(now)
        self._former.put(before, now)

    def current(self, room: str) -> str:
        """
        What the user is called now that a client names.

        :param room: a username, which may be one of before.
        """
        for _ in range(_RENAMES):
            new = self._former.get(room)
            if new is None or (self.follows is not None and self.follows(room)):
                break
            room = new
        return room

    def before(self, event: Event, numbers: RoomNumbers) -> str:
        """
        The name before, if an event tells that a user is followed under another one now.

        That is said by ``renamed``, or seen when a broadcast goes on under another name and nobody
        is followed under the one that it had.

        :param event: one of :data:`NAMING`.
        :param numbers: know under which name a broadcast was seen.
        :return: ``""`` if it tells nothing of that kind.
        """
        anchor = event.anchor.lower()
        if isinstance(event, Renamed):
            old = event.old.lower()
            return old if old != anchor == event.new.lower() else ""
        self._former.pop(anchor)  # whoever had that name before
        if self.follows is None:
            return ""
        others = numbers.other_names(event.room_id, anchor)
        return next((name for name in others if not self.follows(name)), "")
