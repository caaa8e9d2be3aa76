"""What is told of several messages together: gift streaks, guests, the audience."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from twisted.internet.interfaces import IReactorTime

from tiktoklive.dispatch.guest_list import GuestLists
from tiktoklive.dispatch.ranked import RankedAudience
from tiktoklive.dispatch.streaks import Streaks
from tiktoklive.events.audience import RoomUser
from tiktoklive.events.base import Event, MessageEvent
from tiktoklive.events.giving import Gift
from tiktoklive.events.guests import LinkLayer, LinkMessage


class Stories:
    """
    The stories of one user's broadcasts, one room at a time.

    :param tell: called with each event that does not come directly after a message.
    """

    def __init__(self, clock: IReactorTime, tell: Callable[[Event], None]) -> None:
        self.streaks = Streaks(clock, tell)
        self._guests = GuestLists()
        self._audience = RankedAudience()

    def begin(self, room_id: str) -> None:
        """A stream of that room is opened; what is known of that room is still true."""
        self.streaks.begin(room_id)
        self._guests.begin(room_id)
        self._audience.begin(room_id)

    def finish(self, reason: str) -> None:
        """The broadcast, or the following of it, is over: whatever runs ends."""
        self.streaks.finish(reason)
        self._guests.forget()
        self._audience.forget()

    def after(self, event: MessageEvent) -> Iterable[Event]:
        """What comes directly after a message."""
        if isinstance(event, Gift):
            self.streaks.gift(event)
        elif isinstance(event, LinkLayer | LinkMessage):
            return self._guests.after(event)
        elif isinstance(event, RoomUser):
            return self._audience.after(event)
        return event.derived()
