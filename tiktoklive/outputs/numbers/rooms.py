"""The numbers of all rooms, each of its latest broadcast."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from twisted.internet.interfaces import IReactorTime

from tiktoklive.bounded import BoundedMap
from tiktoklive.events import Connected, Event, MessageEvent
from tiktoklive.events.base import NOWHERE
from tiktoklive.outputs.numbers.broadcast import Broadcast
from tiktoklive.outputs.numbers.rates import slot_at

#: Rooms whose numbers are kept; that of which nothing was heard for longest is forgotten.
ROOMS: Final = 10_000


class RoomNumbers:
    """
    Counts the events of many rooms.

    :param clock: by whose seconds rates are told.
    """

    def __init__(self, clock: IReactorTime) -> None:
        self._clock = clock
        #: By the username that is followed, in lower case.
        self._broadcasts: BoundedMap[str, Broadcast] = BoundedMap(ROOMS)
        #: Where the last event came from, which those of a batch share, when that was, and the
        #: broadcast that it belongs to.
        self._origin = NOWHERE
        self._slot = 0
        self._latest: Broadcast | None = None

    def take(self, event: Event) -> None:
        """Count an event."""
        origin = event.origin
        broadcast = self._latest
        if origin is not self._origin:
            self._origin, self._slot = origin, slot_at(self._clock.seconds())
            broadcast = None
        if broadcast is None:
            broadcast = self._latest = self._find(event)
            if broadcast is None:
                return
        broadcast.take(event, self._slot)

    def of(self, anchor: str) -> Broadcast | None:
        """
        The latest broadcast of a user, as far as there was one.

        :param anchor: the username that is followed.
        """
        return self._broadcasts.get(anchor.lower())

    def all(self) -> Iterator[tuple[str, Broadcast]]:
        """All rooms, by the username in lower case."""
        return self._broadcasts.items()

    def rename(self, old: str, new: str) -> None:
        """The same user is followed under another name from now on."""
        broadcast = self._broadcasts.pop(old.lower())
        if broadcast is not None:
            broadcast.anchor = new
            self._broadcasts.put(new.lower(), broadcast)

    def shape(self, broadcast: Broadcast) -> dict[str, Any]:
        """Its numbers as they are now."""
        return broadcast.as_dict(slot_at(self._clock.seconds()))

    def past(self, broadcast: Broadcast) -> list[list[int | None]]:
        """Its last quarter of an hour."""
        return broadcast.past(slot_at(self._clock.seconds()))

    def moves(self, broadcast: Broadcast) -> bool:
        """Whether its numbers change though nothing happens: those of the last minute fall."""
        return broadcast.moves(slot_at(self._clock.seconds()))

    def _find(self, event: Event) -> Broadcast | None:
        """The broadcast that an event belongs to; ``None`` if it belongs to none that goes on."""
        anchor, room = event.anchor, event.room_id
        if not anchor:
            return None
        known = self._broadcasts.get(anchor.lower())
        if known is not None and (not room or known.room == room):
            return known
        if not room or (known is not None and not isinstance(event, MessageEvent | Connected)):
            return None  # what ends in a room that was left
        known = Broadcast(anchor, room)
        self._broadcasts.put(anchor.lower(), known)
        return known
