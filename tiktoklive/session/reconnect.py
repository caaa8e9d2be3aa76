"""
The way back into a room that was lost: what was lost there, whether the room is still the user's,
and whether the cursor is taken there.

There are two ways back after a loss.  A session *returns* to the room that it was just in, by
the id that it knows, without asking where the user is: the source lets it in, or says no.
It *looks up* the user when the room is in doubt: it was refused, its streams bring nothing or end
at once, a look-up said that it is over, or it was away for longer than :data:`AWAY`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any, Final

from twisted.internet.interfaces import IReactorTime
from twisted.internet.task import deferLater

from tiktoklive.errors import (
    AgeRestrictedError,
    AllFailedError,
    ConnectError,
    DeafStreamError,
    EnterRefusedError,
    IdentityError,
    SourceRestingError,
    StreamLostError,
    TikTokLiveError,
    UserNotFoundError,
    UserOfflineError,
)
from tiktoklive.errors.isolation import failures_in
from tiktoklive.interfaces import IRoomResolver
from tiktoklive.model import Resume, Room
from tiktoklive.pacing.lookups import at_leisure
from tiktoklive.session.inputs import Attempt
from tiktoklive.session.retry import SHORT, SHORT_STREAMS, Known, What
from tiktoklive.stream.gaps import Loss

#: Seconds after which a room that was lost is looked up before it is entered again.  A host whose
#: app crashed is back within minutes, often in a new room; before that the broadcast that we were
#: in is most likely the one that is on, and a room that is over refuses us.
AWAY = 300.0

#: Seconds behind a return until the user is looked up when nobody else wants to ask: whether this
#: is still their room.
LEISURE = 60.0

#: Seconds between the two look-ups that have to say that a broadcast on whose stream nothing comes
#: is over, until the stream is left.
TWICE = 60.0

#: So many short streams in a row put the room in doubt.
DOUBTFUL = 2

#: So many attempts in a row that go on from a cursor and are answered with any refusal are
#: enough: the next one begins anew.
RESUMES = 3

#: What the first attempt should know.
NOTHING_TRIED: Final = Resume()


@dataclass(frozen=True, slots=True)
class Losses:
    """
    What was lost in a room, and how to go on there.

    :ivar resume: what the next attempt should know.
    :ivar loss: what the next stream has to make good.
    :ivar deaf: the sources whose streams went deaf.
    :ivar deaf_ends: how many streams did in a row.
    :ivar short: how many streams ended at once, in whatever room; ``None`` after one that did not.
    """

    resume: Resume = NOTHING_TRIED
    loss: Loss | None = None
    deaf: tuple[str, ...] = ()
    deaf_ends: int = 0
    short: int | None = 0

    def elsewhere(self) -> Losses:
        """All that means nothing in another room."""
        return Losses(Resume(failure=self.resume.failure), short=self.short)

    def after(
        self, resume: Resume, loss: Loss, lived: float, *, spoke: bool, deaf: str | None
    ) -> Losses:
        """
        A stream is over.

        :param lived: for how many seconds it was open.
        :param spoke: whether it has pushed messages.
        :param deaf: its source, if it went deaf.
        """
        ends, sources = 0 if spoke else self.deaf_ends, self.deaf
        if deaf is not None:
            ends, sources = ends + 1, (*(name for name in sources if name != deaf), deaf)
        short = None if self.short is None or lived >= SHORT else self.short + 1
        return Losses(resume, loss, sources, ends, short)


@dataclass(frozen=True, slots=True)
class CarriedOn:
    """
    What a session begins with that goes on in a broadcast in the place of another one.

    :ivar losses: what the other one leaves.
    :ivar returns: whether that was so shortly before that nobody has to be asked for the room.
    """

    losses: Losses
    returns: bool = False


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """
    What is known of the room that a session was in.

    :ivar sure_at: when it was last known to be the user's, in a clock's seconds.
    :ivar doubted: whether something has spoken against it since.
    :ivar short: how many streams in a row have ended at once.
    :ivar returning: whether the attempt, or the stream, is a return: the room is the one that was
        lost, and nobody was asked since whether it is the user's.
    :ivar looking: whether the last thing that failed was a look-up.
    :ivar refusals: attempts in a row that went on from a cursor and were refused.
    :ivar frames: of all streams before the present one.
    """

    sure_at: float = 0.0
    doubted: bool = False
    short: int = 0
    returning: bool = False
    looking: bool = False
    refusals: int = 0
    frames: int = 0

    def failed(self, known: Known, looking: bool) -> Whereabouts:
        """An attempt to come back failed, or a look-up that was to tell the way."""
        answers = (UserNotFoundError, UserOfflineError, AgeRestrictedError)
        told = looking and any(isinstance(each, answers) for each in known.inside)
        doubted = self.doubted or told or known.about_room
        return replace(self, doubted=doubted, returning=False, looking=looking)

    def left(self, error: Exception, now: float, lived: float, sure: bool) -> Whereabouts:
        """
        A stream is over; whether its error is about the room is judged behind it.

        :param lived: for how many seconds it was open.
        :param sure: whether that it was open says that the room was the user's: after a look-up,
            or when the room spoke.
        """
        short = self.short + 1 if lived < SHORT else 0
        silent = isinstance(error, DeafStreamError)
        refused = isinstance(error, EnterRefusedError)
        doubtful = silent or refused or short >= DOUBTFUL
        return replace(
            self,
            sure_at=now if sure else self.sure_at,
            doubted=self.doubted or doubtful,
            short=short,
            returning=False,
            looking=False,
        )


def returns(where: Whereabouts, now: float, *, closed: bool) -> bool:
    """
    Whether a session that was in a broadcast returns to its room, rather than looking it up.

    :param closed: whether no look-up may begin now.
    """
    if where.doubted:
        return False
    return where.looking or closed or now - where.sure_at < AWAY


def is_answer(known: Known) -> bool:
    """Whether somebody who was asked to go on from a cursor has answered at all."""
    return any(
        isinstance(each, Exception) and not isinstance(each, _UNANSWERED) for each in known.inside
    )


_UNANSWERED = (ConnectError, SourceRestingError, OSError)


class Reconnect:
    """
    The way back.

    :ivar where: what is known of it; a new value for another room, or a new beginning.
    """

    def __init__(self, clock: IReactorTime) -> None:
        self.where = Whereabouts()
        self._clock = clock
        #: What is asked at leisure while a stream is open.
        self._asking: Attempt[Any] | None = None

    def failed(self, error: Exception, known: Known, resume: Resume, what: What) -> Resume:
        """
        A look-up or an attempt failed, or a broadcast is over: what the next one should know.

        A cursor is not tried for ever: see :data:`RESUMES`.
        """
        self.where = where = self.where.failed(known, what is What.LOOK_UP)
        if what is What.LOOK_UP:
            # It says nothing of how we are let in: the signer has still to hear why it was
            # refused the last time.
            return resume
        if what is What.ATTEMPT and resume.cursor:
            self.where = where = replace(where, refusals=where.refusals + is_answer(known))
            if where.refusals >= RESUMES:
                return Resume(failure=error)
        if _all_rested(known) and resume.failure is not None and _about_guest(resume.failure):
            error = resume.failure  # the guest who was refused has still to be replaced
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
        is_elsewhere: Callable[[Room], bool],
        move: Callable[[StreamLostError], None],
    ) -> None:
        """
        We are in a room that was returned to: look at leisure whether it is still the user's.

        :param is_elsewhere: whether a room that is found is another one.
        :param move: called if it is, with what to tell.
        """
        if not self.where.returning:
            return

        async def ask() -> Room:
            await deferLater(self._clock, LEISURE)
            return await at_leisure(resolver).resolve(name)

        def found(now: Room) -> None:
            if not is_elsewhere(now):
                self.where = replace(self.where, returning=False)
            elif now.anchor_id in ("", anchor_id) or not anchor_id:
                self._leave(move, f"@{name} is live in another room by now: {now.room_id}.")

        # One that fails told nothing: the stream is open.
        self._asking = Attempt(ask, found, lambda error: None)

    def silent(
        self,
        look: Callable[[], Awaitable[Room | TikTokLiveError]],
        is_elsewhere: Callable[[Room], bool],
        messages: Callable[[], int],
        move: Callable[[StreamLostError], None],
    ) -> None:
        """
        No message has come for long: look at leisure whether the broadcast is over.

        :param look: looks the user up, and returns the error that says that they are not live.
        :param is_elsewhere: whether a room that is found is another one.
        :param messages: how many came so far.
        :param move: called if two look-ups in a row say that it is over, or one that the user is
            elsewhere, and nothing came meanwhile; with what to tell.
        """
        if self._asking is not None and not self._asking.is_over:
            return
        before = messages()

        async def ask() -> Room | TikTokLiveError:
            now = await look()
            if isinstance(now, Room):
                return now
            await deferLater(self._clock, TWICE)
            return await look()

        def found(now: Room | TikTokLiveError) -> None:
            if messages() != before:
                return
            if not isinstance(now, Room):
                self._leave(move, f"Nothing has come for long, and two look-ups say: {now}")
            elif is_elsewhere(now):
                name = now.unique_id
                self._leave(move, f"@{name} is live in another room by now: {now.room_id}.")

        self._asking = Attempt(ask, found, lambda error: None)

    def _leave(self, move: Callable[[StreamLostError], None], why: str) -> None:
        self.where = replace(self.where, doubted=True)
        move(StreamLostError(why))

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
        if self._asking is not None:
            self._asking.abandon()
            self._asking = None
        before = self.where
        sure = spoke or not before.returning
        self.where = before.left(lost, self._clock.seconds(), lived, sure)
        if not resume.cursor or spoke:
            return resume
        nothing = frames == before.frames or isinstance(lost, DeafStreamError)
        if nothing or self.where.short >= SHORT_STREAMS:
            return replace(resume.anew(), failure=lost)
        return resume


def _all_rested(known: Known) -> bool:
    """Whether an attempt failed because all sources rest."""
    return all(isinstance(each, AllFailedError | SourceRestingError) for each in known.inside)


def _about_guest(error: Exception) -> bool:
    """Whether an attempt failed because of the guest as whom it was made."""
    return any(isinstance(each, IdentityError) for each in failures_in(error))
