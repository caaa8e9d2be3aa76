"""
Sources: ways into a room, each a signer and the opener of its streams, tried in turn.

Nobody owns a stable door into the service (wire facts §14), so several stand behind one
interface.  A source fails when it makes no ticket, and also when its ticket opens no
stream: the session asks for another one then, see :class:`SourcesInTurn`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from dataclasses import dataclass, replace

from twisted.internet.defer import CancelledError
from zope.interface import implementer

from tiktoklive.errors import UserOfflineError
from tiktoklive.fallback import all_failed
from tiktoklive.interfaces import IReceiver, ISigner, IStream, IStreamOpener
from tiktoklive.model import Resume, Room, Ticket


@dataclass(frozen=True, slots=True)
class Source:
    """
    One way into rooms.

    :ivar name: for users and logs, and the ``source`` of its tickets: ``"direct"``.
    :ivar signer: makes its tickets.
    :ivar opener: opens streams with them.
    """

    name: str
    signer: ISigner
    opener: IStreamOpener


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
                ticket = await source.signer.sign(room, resume)
            except (CancelledError, UserOfflineError):
                raise
            except Exception as error:
                tried.append((source.name, error))
            else:
                return replace(
                    ticket, source=source.name, last=number == len(left), tried=tuple(tried)
                )
        raise all_failed(f"@{room.unique_id}: no source let us in", tried)


@implementer(IStreamOpener)
class OpenerBySource:
    """Opens each ticket's stream with the opener of its source."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self._openers = {source.name: source.opener for source in sources}

    def open(self, ticket: Ticket, receiver: IReceiver) -> Awaitable[IStream]:
        """Open a stream; see :meth:`tiktoklive.interfaces.IStreamOpener.open`."""
        return self._openers[ticket.source].open(ticket, receiver)
