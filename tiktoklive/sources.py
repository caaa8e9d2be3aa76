"""
Sources: ways into a room, each a signer and the opener of its streams, tried in turn.

Nobody owns a stable door into the service (wire facts §14), so several stand behind one
interface.  A source fails when it makes no ticket, and also when its ticket opens no
stream: the session asks for another one then, see :class:`SourcesInTurn`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from twisted.internet.defer import CancelledError
from zope.interface import implementer

from tiktoklive.breaker import Breaker
from tiktoklive.budget import Budget
from tiktoklive.errors import RateLimitedError, SourceRestingError, UserOfflineError
from tiktoklive.fallback import all_failed
from tiktoklive.interfaces import IReceiver, ISigner, IStream, IStreamOpener
from tiktoklive.model import Resume, Room, Ticket

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Source:
    """
    One way into rooms.

    :ivar name: for users and logs, and the ``source`` of its tickets: ``"direct"``.
    :ivar signer: makes its tickets.
    :ivar opener: opens streams with them.
    :ivar breaker: lets it rest after failures; ``None`` to ask it always.
    :ivar budget: how many tickets it may be asked for; ``None`` for any number.
    """

    name: str
    signer: ISigner
    opener: IStreamOpener
    breaker: Breaker | None = None
    budget: Budget | None = None

    @property
    def state(self) -> str:
        """``"closed"`` when it works, ``"open"`` when it rests, ``"half-open"`` when probed."""
        return "closed" if self.breaker is None else self.breaker.state

    async def sign(self, room: Room, resume: Resume) -> Ticket:
        """
        Ask for a ticket, if it is time.

        :raise SourceRestingError: it is not.
        """
        if self.breaker is not None:
            self.breaker.enter(room.unique_id)
        early = 0.0 if self.budget is None else self.budget.take()
        if early:
            if self.breaker is not None:
                self.breaker.abandoned(room.unique_id)
            raise SourceRestingError(
                f"The source {self.name} is asked as often as it may be already, by all rooms "
                f"together: again in {early:.0f} s.",
                retry_after=early,
            )
        ticket = await self._watched(room, self.signer.sign(room, resume))
        return replace(ticket, source=self.name)

    async def open(self, ticket: Ticket, receiver: IReceiver) -> IStream:
        """Open a stream."""
        stream = await self._watched(ticket.room, self.opener.open(ticket, receiver))
        if self.breaker is not None:
            self.breaker.succeeded()
        return stream

    async def _watched(self, room: Room, asked: Awaitable[_T]) -> _T:
        """What comes of it, with the breaker told of failures."""
        try:
            return await asked
        except CancelledError:
            if self.breaker is not None:
                self.breaker.abandoned(room.unique_id)
            raise
        except Exception as error:
            if self.breaker is not None:
                self.breaker.failed(room.unique_id, error)
            asked_for = getattr(error, "retry_after", None)
            if self.budget is not None and isinstance(error, RateLimitedError):
                self.budget.close(asked_for or 0.0)
            raise


@implementer(ISigner)
class SourcesInTurn:
    """
    Makes a ticket of the first source that can, of those not tried yet in this attempt.

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
            except Exception as error:
                tried.append((source.name, error))
            else:
                return replace(ticket, last=number == len(left), tried=tuple(tried))
        raise all_failed(f"@{room.unique_id}: no source let us in", tried)


@implementer(IStreamOpener)
class OpenerBySource:
    """Opens each ticket's stream with the opener of its source."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self._sources = {source.name: source for source in sources}

    def open(self, ticket: Ticket, receiver: IReceiver) -> Awaitable[IStream]:
        """Open a stream; see :meth:`tiktoklive.interfaces.IStreamOpener.open`."""
        return self._sources[ticket.source].open(ticket, receiver)
