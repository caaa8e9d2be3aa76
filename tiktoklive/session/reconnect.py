"""
What one session knows of its way back into a room: whether it is still the user's, and whether
the cursor is taken there.

The rules are in :mod:`tiktoklive.session.retry`; here is what they are asked about.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from twisted.internet.interfaces import IReactorTime
from twisted.internet.task import deferLater

from tiktoklive.errors import DeafStreamError, StreamLostError
from tiktoklive.interfaces import IRoomResolver
from tiktoklive.model import Resume, Room
from tiktoklive.pacing.lookups import at_leisure
from tiktoklive.session.inputs import Attempt
from tiktoklive.session.retry import (
    LEISURE,
    RESUMES,
    SHORT_STREAMS,
    What,
    Whereabouts,
    is_answer,
    returns,
)


class Reconnect:
    """
    The way back.

    :ivar where: what is known of it; a new value for another room, or a new beginning.
    """

    def __init__(self, clock: IReactorTime) -> None:
        self.where = Whereabouts()
        self._clock = clock
        self._confirming: Attempt[Room] | None = None

    def failed(self, error: Exception, resume: Resume, what: What) -> Resume:
        """
        A look-up or an attempt failed, or a broadcast is over: what the next one should know.

        A cursor is not tried for ever: see :data:`~tiktoklive.session.retry.RESUMES`.
        """
        self.where = where = self.where.failed(error, what is What.LOOK_UP)
        if what is What.LOOK_UP:
            # It says nothing of how we are let in: the signer has still to hear why it was
            # refused the last time.
            return resume
        if what is What.ATTEMPT and resume.cursor:
            self.where = where = replace(where, refusals=where.refusals + is_answer(error))
            if where.refusals >= RESUMES:
                return Resume(failure=error)
        return Resume(resume.cursor, resume.internal_ext, error)

    def room(self, room: Room | None, name: str, closed: bool) -> Room | None:
        """
        The room to return to; ``None`` if the user has to be looked up.

        :param name: under which the user is followed.
        :param closed: whether no look-up may begin now.
        """
        if room is None or not returns(self.where, self._clock.seconds(), closed=closed):
            return None
        self.where = replace(self.where, returning=True)
        return replace(room, followed="" if room.unique_id == name else name)

    # --- a stream -------------------------------------------------------------------------

    def confirm(
        self,
        resolver: IRoomResolver,
        name: str,
        anchor_id: str,
        room: Room,
        move: Callable[[StreamLostError], None],
    ) -> None:
        """
        We are in a room that was returned to: look at leisure whether it is still the user's.

        :param move: called if it is not, with what to tell.
        """
        if not self.where.returning:
            return

        async def ask() -> Room:
            await deferLater(self._clock, LEISURE)
            return await at_leisure(resolver).resolve(name)

        def found(now: Room) -> None:
            if now.room_id == room.room_id:
                self.where = replace(self.where, returning=False)
            elif now.anchor_id in ("", anchor_id) or not anchor_id:
                self.where = replace(self.where, doubted=True)
                move(StreamLostError(f"@{name} is live in another room by now: {now.room_id}."))

        # One that fails told nothing: the stream is open.
        self._confirming = Attempt(ask, found, lambda error: None)

    def left(
        self, lost: Exception, resume: Resume, frames: int, lived: float, spoke: bool
    ) -> Resume:
        """
        A stream is over: what to go on from.

        One that went on from a cursor and has brought nothing was refused in its own way, and so
        were several in a row that ended at once and never spoke.

        :param resume: what is known at its end.
        :param frames: how many came of all streams so far.
        :param lived: for how many seconds it was open.
        :param spoke: whether it has pushed messages.
        """
        if self._confirming is not None:
            self._confirming.abandon()
            self._confirming = None
        before = self.where
        sure = spoke or not before.returning
        self.where = before.left(lost, self._clock.seconds(), lived, sure)
        if not resume.cursor or spoke:
            return resume
        nothing = frames == before.frames or isinstance(lost, DeafStreamError)
        if nothing or self.where.short >= SHORT_STREAMS:
            return replace(resume.anew(), failure=lost)
        return resume
