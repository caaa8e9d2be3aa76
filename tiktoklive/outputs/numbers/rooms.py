"""The numbers of all rooms, each of its latest broadcast."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from twisted.internet.interfaces import IReactorTime

from tiktoklive.bounded import BoundedMap
from tiktoklive.clock import wall_ms
from tiktoklive.events import Connected, Event, MessageEvent
from tiktoklive.events.base import NOWHERE
from tiktoklive.outputs.jsonbytes import dumps
from tiktoklive.outputs.numbers.broadcast import Broadcast
from tiktoklive.outputs.numbers.counted import Counted
from tiktoklive.outputs.numbers.rates import slot_at

#: Rooms whose numbers are kept; that of which nothing was heard for longest is forgotten.
ROOMS: Final = 10_000

#: Bytes of all rooms together that stay over a restart, and milliseconds since something was
#: counted after which nothing of a room does: no broadcast is without a message for a day.
KEPT, STALE = 4 * 1024 * 1024, 24 * 3600 * 1000


class RoomNumbers:
    """
    Counts the events of many rooms.

    :param clock: by whose seconds rates are told.
    :cvar what: this, for people who read of its file.
    :ivar changed: called when something is about to be counted, once for each batch.
    """

    what = "The numbers of broadcasts"

    def __init__(self, clock: IReactorTime) -> None:
        self._clock = clock
        self.changed: Callable[[], object] | None = None
        #: By room ids, those that were kept over a restart and have not gone on yet.
        self._restored: BoundedMap[str, str] = BoundedMap(ROOMS)
        #: By the username that is followed, in lower case.
        self._broadcasts: BoundedMap[str, Broadcast] = BoundedMap(ROOMS)
        #: Where the last event came from, which those of a batch share, when that was, and the
        #: broadcast that it belongs to.
        self._origin = NOWHERE
        #: By names of before, those that came after them: a streak may be told under the old one.
        self._former: BoundedMap[str, str] = BoundedMap(ROOMS)
        self._slot = 0
        self._latest: Broadcast | None = None

    def take(self, event: Event) -> None:
        """Count an event."""
        origin = event.origin
        broadcast = self._latest
        if origin is not self._origin:
            self._origin, self._slot = origin, slot_at(self._clock.seconds())
            broadcast = None
            if self.changed is not None:
                self.changed()
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

    def other_names(self, room: str, anchor: str) -> list[str]:
        """
        Other names, in lower case, under which a broadcast is known that is new under this one.

        :param room: the room of the broadcast, decimal text.
        :param anchor: the username in lower case that is followed now.
        """
        known = self._broadcasts.get(anchor)
        if not room or (known is not None and known.room == room):
            return []
        return [name for name, each in self._broadcasts.items() if each.room == room]

    def all(self) -> Iterator[tuple[str, Broadcast]]:
        """All rooms, by the username in lower case."""
        return self._broadcasts.items()

    def rename(self, old: str, new: str) -> None:
        """The same user is followed under another name from now on."""
        self._former.pop(new.lower())
        if old.lower() != new.lower():
            for name, later in list(self._former.items()):
                if later == old.lower():
                    self._former.put(name, new.lower())
            self._former.put(old.lower(), new.lower())
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

    # --- what stays over a restart ----------------------------------------------------

    def kept(self) -> list[bytes]:
        """For :meth:`restore`, as JSON: of all rooms that fit, those with the latest events."""
        shapes: list[bytes] = []
        size = 0
        latest = sorted(self._broadcasts.items(), key=lambda item: item[1].updated, reverse=True)
        for _, broadcast in latest:
            shape = dumps(broadcast.kept())
            size += len(shape)
            if size > KEPT:
                break
            shapes.append(shape)
        return shapes[::-1]

    def restore(self, shapes: Any) -> None:
        """
        Go on where :meth:`kept` ended, with what was counted within the last day.

        :raise ValueError: it makes no sense; nothing is changed.
        """
        if not isinstance(shapes, list):
            raise ValueError("its rooms are no list")
        since = wall_ms(self._clock) - STALE
        for broadcast in [Broadcast.restored(shape) for shape in shapes]:
            if broadcast.updated > since:
                name = broadcast.anchor.lower()
                self._broadcasts.put(name, broadcast)
                self._restored.put(broadcast.room, name)

    def _find(self, event: Event) -> Broadcast | None:
        """The broadcast that an event belongs to; ``None`` if it belongs to none that goes on."""
        anchor, room = event.anchor, event.room_id
        if not anchor:
            return None
        known = self._broadcasts.get(anchor.lower())
        if known is None and (before := self._restored.pop(room)) is not None:
            # Of the same broadcast under the name that the user had when it was written.
            self.rename(before, anchor)
            known = self._broadcasts.get(anchor.lower())
        if known is None and (new := self._former.get(anchor.lower())) is not None:
            later = self._broadcasts.get(new)
            known = later if later is not None and later.room == room else None
        if known is not None and (not room or known.room == room):
            return known
        if not room or (known is not None and not isinstance(event, MessageEvent | Connected)):
            return None  # what ends in a room that was left
        known = Broadcast(anchor, room, None if self.changed is None else Counted())
        self._broadcasts.put(anchor.lower(), known)
        return known
