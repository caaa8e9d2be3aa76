"""
Sources: ways into a room, each a signer and the opener of its streams, tried in turn.

Nobody owns a stable door into the service (wire facts §14), so several stand behind one
interface.  A source fails when it makes no ticket, and also when its ticket opens no
stream: the session asks for another one then, see :class:`SourcesInTurn`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import inf
from typing import Any, TypeVar

from twisted.application.service import IService
from twisted.internet.defer import CancelledError, Deferred, maybeDeferred
from zope.interface import alsoProvides, directlyProvides, implementer

from tiktoklive.errors import (
    ConnectError,
    DeafStreamError,
    RelayRateLimitError,
    SourceRestingError,
    StreamLostError,
    UserOfflineError,
)
from tiktoklive.errors.isolation import AWAITED, as_error
from tiktoklive.fallback import all_failed, is_local
from tiktoklive.interfaces import (
    IReceiver,
    IRoomResolver,
    ISigner,
    IStream,
    IStreamOpener,
    IWitness,
)
from tiktoklive.model import LookupState, Resume, Room, SourcesState, SourceState, Ticket
from tiktoklive.pacing.breaker import Breaker, fresh_start, is_about_room
from tiktoklive.pacing.budget import HOUR, Budget

__all__ = ["OpenerBySource", "Source", "SourcesInTurn"]

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Source:
    """
    One way into rooms.

    :ivar name: for users and logs, and the ``source`` of its tickets: ``"direct"``.
    :ivar signer: makes its tickets.
    :ivar opener: opens streams with them.
    :ivar breaker: lets it rest after failures; ``None`` to ask it always.
    :ivar budgets: how often the servers that its signer asks may be asked, which see to it
        themselves.
    :ivar rooms: knows the rooms of some users without TikTok being asked; it is asked where TikTok
        does not tell.
    :ivar service: what it has to hold open beside its streams, such as an endpoint.  A daemon runs
        it before its outputs; elsewhere the source starts it itself, and it is stopped with the
        wiring.
    """

    name: str
    signer: ISigner
    opener: IStreamOpener
    breaker: Breaker | None = None
    budgets: tuple[Budget, ...] = ()
    service: IService | None = None
    rooms: IRoomResolver | None = None

    @property
    def state(self) -> str:
        """``"closed"`` when it works, ``"open"`` when it rests, ``"half-open"`` when probed."""
        return "closed" if self.breaker is None else self.breaker.state

    def status(self) -> SourceState:
        """How it is doing, for those who watch over it."""
        budgets = tuple(budget.state() for budget in self.budgets)
        breaker = self.breaker
        if breaker is None:
            return SourceState(self.name, budgets=budgets)
        return SourceState(
            self.name, breaker.state, breaker.why, breaker.until, breaker.opened, budgets
        )

    def stopped(self) -> Deferred[None] | None:
        """Stop what it holds open, unless others run that; fires when it is stopped."""
        service: Any = self.service
        if service is None or not service.running or service.parent is not None:
            return None
        stopping: Deferred[None] = maybeDeferred(service.stopService)
        return stopping

    async def sign(self, room: Room, resume: Resume) -> Ticket:
        """
        Ask for a ticket, if it is time.

        :raise SourceRestingError: it is not.
        """
        ask = partial(self.signer.sign, room, resume)
        ticket = await self._watched(room, ask, resume, enter=True)
        if ticket.relayed:  # it begins anew; nothing was refused
            resume = replace(resume, cursor="", internal_ext="")
        return replace(ticket, source=self.name, resume=resume)

    async def open(self, ticket: Ticket, receiver: IReceiver) -> IStream:
        """Open a stream."""
        breaker, user = self.breaker, ticket.room.unique_id
        if breaker is None:
            return await self.opener.open(ticket, receiver)

        def over(reason: Exception | None) -> None:
            breaker.stream_closed(user, watched)
            self._heed(reason)

        watched: Any = _Watched(receiver, over)
        ask = partial(self.opener.open, ticket, watched)
        stream = await self._watched(ticket.room, ask, ticket.resume)
        breaker.succeeded(user)
        if not watched.is_over:
            breaker.stream_opened(user, watched)
        return stream

    def _heed(self, reason: Exception | None) -> None:
        """Ask no server again whose relay says that we have had what we may, until we may more."""
        if isinstance(reason, RelayRateLimitError):
            for budget in self.budgets:
                budget.close(reason.retry_after, spent=reason.window > HOUR)

    def lost(self, room: Room, resume: Resume) -> None:
        """A room comes back because its stream, of whichever source, was lost."""
        if resume.refused:  # what it went on from was at fault, or it was told already
            return
        failure = resume.failure
        if self.breaker is not None and isinstance(failure, StreamLostError):
            deaf = isinstance(failure, DeafStreamError) and resume.deaf[-1:] == (self.name,)
            self.breaker.stream_lost(room.unique_id, failure, deaf)

    async def _watched(
        self,
        room: Room,
        ask: Callable[[], Awaitable[_T]],
        resume: Resume,
        *,
        enter: bool = False,
    ) -> _T:
        """
        What comes of asking, with the breaker told of failures.

        On the way back into a room that was not looked up, what the room being over, or our
        network being away, would explain counts against no source.  Nor does a refused cursor.

        :param enter: whether an attempt begins: the breaker says whether it may.
        """
        if enter and self.breaker is not None:
            self.breaker.enter(room.unique_id)
        try:
            return await ask()
        except (CancelledError, SourceRestingError):  # the latter: nobody was asked
            if self.breaker is not None:
                self.breaker.abandoned(room.unique_id)
            raise
        except AWAITED as fault:
            if self.breaker is not None:
                error = as_error(fault)
                tentative = resume.returning or resume.cursor
                away = resume.returning and isinstance(error, ConnectError)
                if away or is_local(error) or (tentative and is_about_room(error)):
                    self.breaker.abandoned(room.unique_id)
                else:
                    self.breaker.failed(room.unique_id, error)
            raise


class _Watched:
    """
    Stands between a stream and its receiver, to hear of its end.

    What comes often goes straight to the receiver, without a call in between.

    :param over: called with the reason when the stream is over, before the receiver hears of it.
    :ivar is_over: whether it is.
    """

    def __init__(self, receiver: IReceiver, over: Callable[[Exception | None], None]) -> None:
        self.frame, self.batch = receiver.frame, receiver.batch
        self.is_over = False
        self._receiver = receiver
        self._over = over
        directlyProvides(self, IReceiver)
        witness = IWitness(receiver, None)
        if witness is not None:
            self.survived, self.missed = witness.survived, witness.missed
            alsoProvides(self, IWitness)

    def closed(self, reason: Exception | None) -> None:
        """It is over."""
        self.is_over = True
        self._over(reason)
        self._receiver.closed(reason)


@implementer(ISigner)
class SourcesInTurn:
    """
    Makes a ticket of the first source that can, of those not tried yet in this attempt.

    When none can go on from the cursor, those that may have refused it are asked once more
    without it.

    :param sources: in the user's order.
    """

    def __init__(self, sources: Sequence[Source]) -> None:
        self._sources = tuple(sources)

    async def sign(self, room: Room, resume: Resume) -> Ticket:
        """
        Make a ticket; see :meth:`tiktoklive.interfaces.ISigner.sign`.

        :raise UserOfflineError: a source found out that the broadcast is over.
        :raise AllFailedError: no source made one; lists all, those tried before too.
        """
        if not resume.tried:  # the first of an attempt: news of the last stream
            for source in self._sources:
                source.lost(room, resume)
        found = await self._sign(room, resume)
        if isinstance(found, Ticket):
            return found
        anew = fresh_start(resume, found)
        if anew is not None:
            found = await self._sign(room, anew)
            if isinstance(found, Ticket):
                return found
        raise all_failed("No source let us in", found)

    async def _sign(self, room: Room, resume: Resume) -> Ticket | list[tuple[str, Exception]]:
        """A ticket of the first source that makes one; else all who did not, and why."""
        tried = list(resume.tried)
        names = {name for name, _ in tried}
        left = [source for source in self._sources if source.name not in names]
        # Those whose streams went deaf come last, the one that did last at the very end.
        deaf = {name: number for number, name in enumerate(resume.deaf)}
        left.sort(key=lambda source: deaf.get(source.name, -1))
        for number, source in enumerate(left, 1):
            try:
                ticket = await source.sign(room, resume)
            except (CancelledError, UserOfflineError):
                raise
            except AWAITED as fault:
                error = as_error(fault)
                tried.append((source.name, error))
                if is_local(error):  # nobody else would be reached either
                    break
            else:
                return replace(ticket, last=number == len(left), tried=tuple(tried))
        return tried


@implementer(IStreamOpener)
class OpenerBySource:
    """Opens each ticket's stream with the opener of its source."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self._sources = {source.name: source for source in sources}

    def open(self, ticket: Ticket, receiver: IReceiver) -> Awaitable[IStream]:
        """Open a stream; see :meth:`tiktoklive.interfaces.IStreamOpener.open`."""
        return self._sources[ticket.source].open(ticket, receiver)


#: What the states of a breaker mean to people.
_IN_WORDS = {
    "closed": "works",
    "open": "rests after failures",
    "half-open": "is tried again by one room",
}


def status_lines(status: SourcesState, now: float) -> Iterator[str]:
    """
    How all who are asked are doing, one line for each; none when there is no source to ask.

    Of lanes each has a line of its own, before those of its sources and look-ups.

    :param now: the clock's seconds.
    """
    for lane in status.lanes:
        way = f" by {lane.proxy}" if lane.proxy else ", straight out"
        line = f"Lane {lane.name}{way}: {_IN_WORDS[lane.state]}"
        if lane.until is not None:
            line += f" for {lane.until - now:.0f} s more"
        users, streams = _several(lane.users, "user"), _several(lane.streams, "stream")
        line += f", {users}, {streams}, {lane.came} came from other lanes"
        yield f"{line}: {lane.why}" if lane.why else line
        for line in _lines(lane.sources, lane.lookups, now):
            yield f"Lane {lane.name}: {line}"
    if not status.lanes:
        yield from _lines(status.sources, status.lookups, now)


def _lines(sources: Sequence[SourceState], lookups: LookupState, now: float) -> Iterator[str]:
    if not sources:  # a tape is played
        return
    for source in sources:
        line = f"Source {source.name}: {_IN_WORDS[source.state]}"
        if source.until is not None:
            line += f" for {source.until - now:.0f} s more"
        for budget in source.budgets:
            if budget.again_at is not None:
                line += f", {budget.host} may be asked again in {budget.again_at - now:.0f} s"
            elif budget.left < inf:
                line += f", {budget.host} may be asked {budget.left:.0f} times now"
        yield f"{line}: {source.why}" if source.why else line
    line = f"Look-ups: {lookups.queued} wait"
    if lookups.distance:
        line += f", one every {lookups.distance:.1f} s"
    if lookups.closed_until is not None:
        line += f", none for {lookups.closed_until - now:.0f} s more"
        if lookups.tried_at is not None:
            line += f" but one in {max(lookups.tried_at - now, 0):.0f} s, to see whether it is so"
    yield line


def _several(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
