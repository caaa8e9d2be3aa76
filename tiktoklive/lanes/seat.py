"""The place of one user's room among lanes: what it asks goes by the lane that it is in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Final, Protocol

from twisted.internet.defer import CancelledError, Deferred
from zope.interface import implementer

from tiktoklive.deferreds import started
from tiktoklive.errors import (
    AgeRestrictedError,
    IdentityError,
    LoginRequiredError,
    ProxyError,
    SourceRestingError,
    StreamLostError,
)
from tiktoklive.errors.isolation import AWAITED, as_error, failures_in
from tiktoklive.interfaces import (
    IPacedResolver,
    IRoomResolver,
    ISigner,
    IUserNames,
)
from tiktoklive.lanes.lane import Lane
from tiktoklive.model import Resume, Room, Ticket
from tiktoklive.pacing.lookups import at_leisure, closed_for, patiently
from tiktoklive.session.parts import ISeated

#: What sends a room to another lane within the same attempt: it could not even try in this one.
_AT_ONCE: Final = (ProxyError, SourceRestingError)


class IChooser(Protocol):
    """What chooses among all lanes, see :class:`~tiktoklive.lanes.lanes.Lanes`."""

    def choose(
        self, seat: Seat, *, beside: Sequence[Lane] = (), for_balance: bool = True
    ) -> Lane | None:
        """The lane for what a room does next."""

    def behind(self, seat: Seat, lane: Lane) -> Sequence[Lane]:
        """The other lanes that are fit for a room, beginning behind this one."""

    def tell(self, user: str, before: Lane, lane: Lane) -> None:
        """A room takes another lane."""


@implementer(IPacedResolver, ISigner, IUserNames)
class Seat:
    """
    The resolver, signer and names of one session.

    :param lanes: chooses.
    :param fixed: the lane that it stays in; ``None`` for any.
    :ivar lane: the lane that it is in; ``None`` before it has asked for anything.
    :ivar wants_session: whether guests may not see the room.
    :ivar second: the lane by which the room's second stream was opened last, if there was one.
    """

    def __init__(self, lanes: IChooser, fixed: Lane | None) -> None:
        self.fixed = fixed
        self.lane: Lane | None = None
        self.wants_session = False
        self.second: Lane | None = None
        self.patient: IRoomResolver = _Looks(self, patiently)
        self.leisurely: IRoomResolver = _Looks(self, at_leisure)
        self._lanes = lanes
        self._session: ISeated | None = None
        self._name = ""
        self._is_left = False
        #: The look-up that is under way, and whether it is to be begun anew.
        self._looking: Deferred[Room] | None = None
        self._anew = False
        #: Of an attempt: the lanes that were tried in vain, and how many sources in those.
        self._failed: list[Lane] = []
        self._others = 0
        #: Where, and as which guest of it, the last ticket was made.
        self._signed: tuple[Lane, int] | None = None

    def __repr__(self) -> str:
        return f"<Seat of @{self.user} in {self.lane}>"

    # --- who is on it -------------------------------------------------------------------

    def bind(self, session: ISeated) -> None:
        """This session sits on it."""
        self._session = session

    @property
    def user(self) -> str:
        """The user's name; ``""`` before it is known."""
        return self._name if self._session is None else self._session.unique_id

    @property
    def is_live(self) -> bool:
        """Whether its session has a stream."""
        return self._session is not None and self._session.is_live

    @property
    def name(self) -> str:
        """The name of the lane, ``""`` before there is one."""
        return "" if self.lane is None else self.lane.name

    def move(self, why: StreamLostError) -> None:
        """Let the stream be opened anew."""
        if self._session is not None:
            self._session.move(why)

    def take(self, lane: Lane) -> None:
        """Be in that lane from now on."""
        before = self.lane
        if before is lane:
            return
        if self._is_left:  # what is asked yet, nobody is followed for
            self.lane = lane
            return
        if before is not None:
            before.users -= 1
            before.abandoned(self.user)
            lane.came += 1
            self._lanes.tell(self.user, before, lane)
        lane.users += 1
        self.lane = lane

    def leave(self) -> None:
        """Be in none: the user is followed no more."""
        if self.lane is not None:
            self.lane.users -= 1
            self.lane.abandoned(self.user)
        self._is_left, self.lane, self._session = True, None, None

    def leave_the_queue(self) -> None:
        """A look-up that waits in a lane that rests is begun anew in one that is fit."""
        here = self.lane
        if self._looking is not None and self._lanes.choose(self, for_balance=False) is not here:
            self._anew = True
            self._looking.cancel()

    def present(self) -> Lane:
        """The lane that it is in, or would begin in."""
        if self.lane is None:
            self._choose()
        assert self.lane is not None, "there is one for everybody"
        return self.lane

    def beside(self) -> Sequence[Lane]:
        """The lanes for a second stream, the best first; the room's own is the last one."""
        own = self.present()
        return [*self._lanes.behind(self, own), own]

    def _choose(self, *, for_balance: bool = False) -> Lane:
        lane = self._lanes.choose(self, for_balance=for_balance)
        assert lane is not None, "nothing is left out"
        self.take(lane)
        lane.enter(self.user)
        return lane

    def _instead(self, error: Exception, tried: list[Lane]) -> Lane | None:
        """Where to go at once after a failure; ``None`` to stay."""
        found = list(failures_in(error))
        if any(isinstance(each, AgeRestrictedError | LoginRequiredError) for each in found):
            if self.wants_session or self.present().has_session:
                return None
            self.wants_session = True
            other = self._lanes.choose(self, beside=tried)
            self.wants_session = other is not None
            return other
        if not any(isinstance(each, _AT_ONCE) for each in found):
            return None
        return self._lanes.choose(self, beside=tried)

    # --- what a session asks ------------------------------------------------------------

    async def resolve(self, unique_id: str) -> Room:
        """Look the user up; see :class:`~tiktoklive.interfaces.IRoomResolver`."""
        return await self.look_up(lambda resolver: resolver, unique_id)

    def closed_for(self) -> float:
        """Seconds for which no look-up is wanted in any lane that it might take."""
        lane = self._lanes.choose(self, for_balance=False) or self.present()
        return closed_for(lane.wiring.resolver)

    async def unique_id(self, anchor_id: str) -> str | None:
        """What a user is called now; see :class:`~tiktoklive.interfaces.IUserNames`."""
        names = self.present().wiring.names
        return None if names is None else await names.unique_id(anchor_id)

    async def look_up(self, how: Callable[[IRoomResolver], IRoomResolver], name: str) -> Room:
        """
        Look a user up, by another lane if this one is not fit.

        :param how: makes of a lane's resolver the one that is asked.
        """
        self._name = name
        # A room that is live is moved by those alone who count streams.
        free = not self.is_live
        lane = self.present() if how is at_leisure else self._choose(for_balance=free)
        tried: list[Lane] = []
        while True:
            user, self._anew = self.user, False
            try:
                room = await self._ask(how(lane.wiring.resolver), name)
            except CancelledError:
                lane.abandoned(user)
                if not self._anew:
                    raise
                lane = self._choose()
                continue
            except AWAITED as fault:
                error = as_error(fault)
                lane.looked_up(user, error)
                tried.append(lane)
                other = self._instead(error, tried)
                if other is None:
                    raise
                self.take(other)
                other.enter(user)
                lane = other
                continue
            lane.looked_up(user)
            return room

    async def _ask(self, resolver: IRoomResolver, name: str) -> Room:
        async def ask() -> Room:
            return await resolver.resolve(name)

        looking = self._looking = started(ask())
        try:
            return await looking
        finally:
            if self._looking is looking:
                self._looking = None

    async def sign(self, room: Room, resume: Resume) -> Ticket:
        """Make a ticket; see :class:`~tiktoklive.interfaces.ISigner`."""
        if not resume.tried:  # an attempt begins
            self._failed, self._others = [], 0
            self._choose()
            if self._signed is not None and self._signed[0] is not self.lane:
                self._tell_of_loss(room, resume)
        lane, user = self.present(), self.user or room.unique_id
        while True:
            try:
                ticket = await lane.wiring.signer.sign(room, self._of(lane, resume))
            except CancelledError:
                lane.abandoned(user)
                raise
            except AWAITED as fault:
                error = as_error(fault)
                if not _is_old(error, resume):
                    lane.attempted(user, error)
                self._failed.append(lane)
                other = self._instead(error, self._failed)
                if other is None:
                    raise
                self._tell_of_loss(room, resume)
                self._others = len(resume.tried)
                self.take(other)
                other.enter(user)
                lane = other
                continue
            self._signed = lane, lane.wiring.tiktok.identity.generation
            more = self._lanes.choose(self, beside=[*self._failed, lane]) is not None
            tried = (*resume.tried[: self._others], *ticket.tried)
            return replace(ticket, lane=lane.name, last=ticket.last and not more, tried=tried)

    def _of(self, lane: Lane, resume: Resume) -> Resume:
        """What a lane has to know of the last attempt: nothing of what happened in another one."""
        resume = replace(resume, tried=resume.tried[self._others :])
        if self._signed is None or self._signed[0] is lane:
            return resume
        return replace(resume, failure=None, new_guest=False)

    def _tell_of_loss(self, room: Room, resume: Resume) -> None:
        """The lane that is left hears what happened in it, as it would by the next attempt."""
        if self._signed is None:
            return
        lane, generation = self._signed
        if any(isinstance(each, IdentityError) for each in failures_in(resume.failure)):
            lane.wiring.tiktok.identity.renew(generation)
        if not resume.tried and self.lane is not lane:
            for source in lane.wiring.sources:
                source.lost(room, resume)


def _is_old(error: Exception, resume: Resume) -> bool:
    """Whether an error only says what this attempt has met before, and was heard of then."""
    known = {id(each) for _, tried in resume.tried for each in failures_in(tried)}
    return all(id(each) in known for each in failures_in(error))


@implementer(IRoomResolver)
class _Looks:
    """The look-ups of a seat that can wait."""

    def __init__(self, seat: Seat, how: Callable[[Any], Any]) -> None:
        self._seat, self._how = seat, how

    async def resolve(self, unique_id: str) -> Room:
        """Look the user up when its turn comes."""
        return await self._seat.look_up(self._how, unique_id)
