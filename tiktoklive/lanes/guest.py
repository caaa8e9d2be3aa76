"""
The second guest of a room, for whom a second stream is opened: of the lane behind the room's own.

So a lane that goes down takes one of two streams, and nothing is missed.  A room that is to stay in
one lane has both of them there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from zope.interface import implementer

from tiktoklive.errors import ProxyError
from tiktoklive.errors.isolation import AWAITED, as_error, failures_in
from tiktoklive.interfaces import IReceiver, ISigner, IStream, IStreamOpener
from tiktoklive.lanes.lane import Lane
from tiktoklive.model import Resume, Room, Ticket
from tiktoklive.session.parts import OtherGuest


class ISeatInLane(Protocol):
    """What of a :class:`~tiktoklive.lanes.seat.Seat` is asked."""

    second: Lane | None

    def beside(self) -> Sequence[Lane]:
        """The lanes for a second stream, the best first; the room's own is the last one."""


@implementer(ISigner, IStreamOpener)
class GuestByLane:
    """
    Signs and opens as the second guest of a lane.

    :param seat: the place of the room among lanes.
    """

    def __init__(self, seat: ISeatInLane) -> None:
        self._seat = seat
        #: That by which the last ticket was made: what it opens goes by no other one.
        self._lane: Lane | None = None
        #: Whether its proxy did not let that stream through.
        self._is_down = False

    @classmethod
    def of(cls, seat: ISeatInLane) -> OtherGuest:
        """The second guest of a room."""
        both = cls(seat)
        return OtherGuest(both, both)

    async def sign(self, room: Room, resume: Resume) -> Ticket:
        """Make a ticket; see :meth:`tiktoklive.interfaces.ISigner.sign`."""
        before = self._lane
        if resume.tried and before is not None:  # the same attempt goes on
            return await self._sign(before, room, resume)
        *others, own = self._seat.beside()
        if self._is_down:
            others = [lane for lane in others if lane is not before]
        for lane in others:
            try:
                return await self._sign(lane, room, resume)
            except AWAITED as fault:
                if not any(isinstance(each, ProxyError) for each in failures_in(as_error(fault))):
                    raise
        return await self._sign(own, room, resume)

    async def _sign(self, lane: Lane, room: Room, resume: Resume) -> Ticket:
        if lane is not self._lane:  # what happened in another one says nothing of this one's guest
            resume = replace(resume, failure=None, new_guest=False)
        self._lane, self._is_down = lane, False
        try:
            ticket = await _guest_of(lane).signer.sign(room, resume)
        except AWAITED as fault:
            lane.attempted(room.unique_id, as_error(fault))
            raise
        return replace(ticket, lane=lane.name)

    async def open(self, ticket: Ticket, receiver: IReceiver) -> IStream:
        """Open a stream; see :meth:`tiktoklive.interfaces.IStreamOpener.open`."""
        lane, user = self._lane, ticket.room.unique_id
        assert lane is not None, "the ticket was made in it"
        try:
            stream = await _guest_of(lane).opener.open(ticket, receiver)
        except AWAITED as fault:
            error = as_error(fault)
            self._is_down = any(isinstance(each, ProxyError) for each in failures_in(error))
            lane.attempted(user, error)
            raise
        lane.attempted(user)
        self._seat.second = lane
        return stream


def _guest_of(lane: Lane) -> OtherGuest:
    guest = lane.wiring.other_guest
    assert guest is not None, "each lane has one"
    return guest
