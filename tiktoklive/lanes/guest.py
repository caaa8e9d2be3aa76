"""The second guest of a room: who goes by the lane that the room is in."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Protocol

from zope.interface import implementer

from tiktoklive.interfaces import IReceiver, ISigner, IStream, IStreamOpener
from tiktoklive.lanes.lane import Lane
from tiktoklive.model import Resume, Room, Ticket
from tiktoklive.session.parts import OtherGuest


class ISeatInLane(Protocol):
    """What of a :class:`~tiktoklive.lanes.seat.Seat` is asked."""

    def present(self) -> Lane:
        """The lane that it is in."""


@implementer(ISigner, IStreamOpener)
class GuestByLane:
    """
    Signs and opens as the second guest of the lane that a room is in.

    :param seat: the place of the room among lanes.
    """

    def __init__(self, seat: ISeatInLane) -> None:
        self._seat = seat
        #: Of the lane by which the last ticket was made: what it opens goes by no other one.
        self._guest: OtherGuest | None = None

    @classmethod
    def of(cls, seat: ISeatInLane) -> OtherGuest:
        """The second guest of a room."""
        both = cls(seat)
        return OtherGuest(both, both)

    async def sign(self, room: Room, resume: Resume) -> Ticket:
        """Make a ticket; see :meth:`tiktoklive.interfaces.ISigner.sign`."""
        guest = self._guest = self._seat.present().wiring.other_guest
        assert guest is not None, "each lane has one"
        return await guest.signer.sign(room, resume)

    def open(self, ticket: Ticket, receiver: IReceiver) -> Awaitable[IStream]:
        """Open a stream; see :meth:`tiktoklive.interfaces.IStreamOpener.open`."""
        guest = self._guest
        assert guest is not None, "it made the ticket"
        return guest.opener.open(ticket, receiver)
