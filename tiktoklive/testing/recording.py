"""An observer that remembers."""

from __future__ import annotations

from typing import Any

from zope.interface import implementer

from tiktoklive.events.base import Event, IEventObserver


@implementer(IEventObserver)
class RecordingObserver:
    """
    Remembers every event, in order.

    Add it to a connection, or to whatever delivers events.

    :ivar events: the events.
    """

    def __init__(self) -> None:
        self.events: list[Event] = []

    def event(self, event: Event) -> None:
        """Remember it."""
        self.events.append(event)

    def names(self) -> list[str]:
        """The names of the events, in order: ``["connected", "chat", …]``."""
        return [event.name for event in self.events]

    def named(self, name: str) -> list[Any]:
        """The events of one name, in order."""
        return [event for event in self.events if event.name == name]
