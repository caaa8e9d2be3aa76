"""The events of a node's rooms: which are written, and which wait until the room is its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from zope.interface import implementer

from tiktoklive.events import Connected, Event, IEventObserver, Renamed
from tiktoklive.fleet.localrooms import Claim, LocalRooms
from tiktoklive.interfaces import IPacer


@implementer(IEventObserver, IPacer)
class OwnedEvents:
    """
    Observes in the place of the fleet's output, which gets the events of the rooms that are owned.

    Those of rooms that are coming wait until they are.

    :param pace: of the output, which may let the streams wait.
    """

    def __init__(self, rooms: LocalRooms, pace: Callable[[Any], None]) -> None:
        self._rooms = rooms
        self._pace = pace

    def event(self, event: Event) -> object:
        """Pass it on, let it wait, or drop it."""
        room = self._rooms.named(event.anchor.lower())
        if room is None:
            return None
        if room.claim is Claim.COMING:
            room.hold(event)
            return None
        self._rooms.write(event)
        if isinstance(event, Renamed):
            self._rooms.renamed(room, event.new)
        if event.name == Connected.name:
            # What is lost from now on is of this broadcast: the next owner has to know of it.
            room.saved = ""
            self._rooms.entered()
        return None

    def pace(self, streams: Any) -> None:
        """The output may let them wait."""
        self._pace(streams)
