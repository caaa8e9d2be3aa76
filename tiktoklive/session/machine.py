"""
The life of a connection to one user's broadcasts, as a table of states.

A session sees no bytes: it asks a resolver for the room, a signer for a ticket, an
opener for a stream, and tells the observers what becomes of it.  Its states::

    idle -> resolving -> signing -> connecting -> live -> ending -> ended
               ^  |          ^           |          |
               |  +-> offline (patient)  |          |
               +------ waiting <---------+----------+
               look up, or return: signing
    any of them -> failed (waiting can't help), stopped (we were told to)

A *patient* session (the daemon's) goes on through everything that waiting may mend, and
from one broadcast to the next.  An impatient one (``connect()``) fails at the first
error before it was live, and ends with the broadcast.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from automat import TypeMachineBuilder, pep614
from twisted.internet.interfaces import IDelayedCall

from tiktoklive.errors import UserOfflineError
from tiktoklive.errors.isolation import without_frames
from tiktoklive.events.control import Reconnecting, StreamEnd
from tiktoklive.events.streak import STREAM_END
from tiktoklive.interfaces import IStream
from tiktoklive.model import Room, Ticket
from tiktoklive.session.core import AT_REST, Core
from tiktoklive.session.inputs import Attempt, Inputs
from tiktoklive.session.retry import in_words
from tiktoklive.session.user import NewName
from tiktoklive.stream.conversation import Conversation

_T = TypeVar("_T")


def machine() -> Callable[[Core], Inputs]:
    """The table: makes the machine of a core."""
    builder = TypeMachineBuilder(Inputs, Core)

    def step_of(
        s: Core,
        ask: Callable[[], Awaitable[_T]],
        done: Callable[[_T], None],
        failed: Callable[[Exception], None],
        stops: int | None = None,
    ) -> Attempt[_T]:
        """A step whose outcome is of the past as soon as we are told to stop."""
        before = s.stops if stops is None else stops
        return Attempt(ask, done, failed, lambda: s.stops != before)

    # --- the states that own something: how it is made ---------------------------

    def resolve(c: Inputs, s: Core) -> Attempt[Room | NewName]:
        if s.phase in AT_REST or s.phase == "restarting":
            # Here, because a state is made before what its transition does is done.
            s.begin()
        known = ("waiting", "offline", "resolving", "signing", "connecting")  # what for was told
        s.enter("resolving", quietly=s.phase in known)
        return step_of(s, s.look_up, lambda room: s.found(c, room), lambda e: s.judge(c, e))

    def sign(c: Inputs, s: Core, room: Room) -> Attempt[Ticket]:
        s.room = room
        s.enter("signing", f"room {room.room_id}", quietly=True)
        resume = s.resuming()
        return step_of(
            s, lambda: s.parts.signer.sign(room, resume), c._admitted, lambda e: s.judge(c, e)
        )

    def connect(c: Inputs, s: Core, ticket: Ticket) -> Attempt[IStream]:
        s.room = ticket.room
        s.streaks.begin(s.room.room_id)
        s.seen.enter(s.room.room_id)
        stops = s.stops
        known = {id(error) for _, error in s.resume.tried}
        for source, error in ticket.tried:
            if id(error) not in known:
                s.source_failed(source, error)
        for _, error in ticket.tried:
            without_frames(error)  # the ticket is kept as long as the stream
        if ticket.resume.refused:
            s.resume = s.resume.anew(s.resume.tried)
        s.enter("connecting", f"room {s.room.room_id} by {ticket.source}", quietly=True)
        s.back.opening(s.tally.frames)
        conversation = s.conversation = Conversation(
            ticket,
            s.dispatcher,
            s.parts.clock,
            seen=s.seen,
            tally=s.tally,
            limits=s.parts.limits,
            on_end=c._end,
            on_closed=lambda reason: s.stream_closed(c, reason),
            streaks=s.streaks,
            initial_data=s.parts.initial_data,
            resumed=bool(s.resume.cursor),
            loss=s.loss,
            deaf_ends=s.deaf_ends,
        )
        conversation.anchor = s.unique_id
        return step_of(
            s,
            lambda: s.parts.opener.open(ticket, conversation),
            c._opened,
            lambda e: s.refused(c, ticket, e),
            stops,
        )

    def wait(c: Inputs, s: Core, error: Exception) -> IDelayedCall:
        without_frames(error)  # it is kept until the next attempt, and the next, for days perhaps
        delay = s.next_delay(error)
        s.enter("waiting", in_words(error, delay))
        s.dispatcher.tell(Reconnecting(delay, s.failures, error, s.origin()))
        return s.parts.clock.callLater(delay, s.go_on, c)

    def look_again(c: Inputs, s: Core, error: Exception) -> IDelayedCall:
        without_frames(error)
        delay = s.parts.patience.offline_delay(s.parts.random)
        s.failures, s.delay = 0, 0.0
        known = s.phase == "resolving" and s.reason_offline == str(error)
        s.reason_offline = str(error)
        s.streaks.finish(STREAM_END)
        s.enter("offline", f"{error} Next look in {delay:.0f} s.", quietly=known)
        return s.parts.clock.callLater(delay, c._again)

    idle = builder.state("idle")
    resolving = builder.state("resolving", resolve)
    #: The same by another name: a state is made anew only from another one.
    renamed = builder.state("renamed", resolve)
    signing = builder.state("signing", sign)
    connecting = builder.state("connecting", connect)
    live = builder.state("live")
    waiting = builder.state("waiting", wait)
    offline = builder.state("offline", look_again)
    ending = builder.state("ending")
    stopping = builder.state("stopping")
    restarting = builder.state("restarting")
    ended = builder.state("ended")
    failed = builder.state("failed")
    stopped = builder.state("stopped")

    steps = (resolving, renamed, signing, connecting)
    pauses = (waiting, offline)
    closing = (stopping, restarting)
    streams = (live, ending, restarting)
    ends = (ended, failed, stopped)

    # --- the way up ----------------------------------------------------------------

    for state in (idle, *ends):
        state.upon(Inputs.start).to(resolving).returns(None)
    for pause in pauses:
        pause.upon(Inputs._again, nodata=True).to(resolving).returns(None)
    waiting.upon(Inputs._back, nodata=True).to(signing).returns(None)
    for looking in (resolving, renamed):
        looking.upon(Inputs._found, nodata=True).to(signing).returns(None)
    signing.upon(Inputs._admitted, nodata=True).to(connecting).returns(None)
    connecting.upon(Inputs._other_source, nodata=True).to(signing).returns(None)

    for one, other in ((resolving, renamed), (renamed, resolving)):

        @pep614(one.upon(Inputs._again).to(other))
        def by_another_name(c: Inputs, s: Core, step: Attempt[Room | NewName]) -> None:
            step.abandon()

    @pep614(connecting.upon(Inputs._opened).to(live))
    def opened(c: Inputs, s: Core, step: Attempt[IStream], stream: IStream) -> None:
        s.go_live(stream)

    # --- the ways back -------------------------------------------------------------

    for step in steps:
        step.upon(Inputs._retry, nodata=True).to(waiting).returns(None)
        step.upon(Inputs._offline, nodata=True).to(offline).returns(None)
    for step in (signing, connecting):
        step.upon(Inputs._again, nodata=True).to(resolving).returns(None)
    live.upon(Inputs._retry).to(waiting).returns(None)

    @pep614(live.upon(Inputs._closed).loop())
    def lost(c: Inputs, s: Core) -> None:
        assert s.resume.failure is not None, "a stream is lost for a reason"
        s.judge(c, s.resume.failure)

    @pep614(ending.upon(Inputs._closed).loop())
    def all_told(c: Inputs, s: Core) -> None:
        s.judge(c, UserOfflineError("The broadcast is over."))

    ending.upon(Inputs._offline).to(offline).returns(None)

    @pep614(live.upon(Inputs._end).to(ending))
    def end(c: Inputs, s: Core, end: StreamEnd) -> None:
        s.in_broadcast, s.how_ended = False, end.reason
        s.enter("ending", s.how())
        s.close()

    # --- the ways out --------------------------------------------------------------

    for step in steps:

        @pep614(step.upon(Inputs._hopeless).to(failed))  # type: ignore[untyped-decorator]  # data differ
        def give_up_step(c: Inputs, s: Core, step: Attempt[Any], error: Exception) -> None:
            s.finish("failed", str(error), error)

        @pep614(step.upon(Inputs._over).to(ended))  # type: ignore[untyped-decorator]  # data differ
        def over_step(c: Inputs, s: Core, step: Attempt[Any]) -> None:
            s.finish("ended", s.how(), None)

    for stream in (live, ending):

        @pep614(stream.upon(Inputs._hopeless).to(failed))
        def give_up(c: Inputs, s: Core, error: Exception) -> None:
            s.finish("failed", str(error), error)

        @pep614(stream.upon(Inputs._over).to(ended))
        def over(c: Inputs, s: Core) -> None:
            s.finish("ended", s.how(), None)

    for step in steps:

        @pep614(step.upon(Inputs.stop).to(stopped))  # type: ignore[untyped-decorator]  # data differ
        def stop_step(c: Inputs, s: Core, step: Attempt[Any]) -> None:
            s.conversation = None
            step.abandon()
            s.finish("stopped", "", None)

    for pause in pauses:

        @pep614(pause.upon(Inputs.stop).to(stopped))
        def stop_pause(c: Inputs, s: Core, call: IDelayedCall) -> None:
            call.cancel()
            s.finish("stopped", "", None)

    @pep614(live.upon(Inputs.stop).to(stopping))
    def stop_live(c: Inputs, s: Core) -> None:
        s.enter("stopping", quietly=True)
        s.close()

    @pep614(ending.upon(Inputs.stop).to(stopping))
    def stop_ending(c: Inputs, s: Core) -> None:
        s.enter("stopping", quietly=True)

    @pep614(stopping.upon(Inputs.start).to(restarting))
    def start_again(c: Inputs, s: Core) -> None:
        s.enter("restarting", quietly=True)
        s.waiters.start_again()

    @pep614(restarting.upon(Inputs.stop).to(stopping))
    def stop_again(c: Inputs, s: Core) -> None:
        s.enter("stopping", quietly=True)

    @pep614(restarting.upon(Inputs._closed).to(resolving))
    def restart(c: Inputs, s: Core) -> None:
        s.waiters.tell_closed(None)

    @pep614(stopping.upon(Inputs._closed).to(stopped))
    def closed(c: Inputs, s: Core) -> None:
        s.finish("stopped", "", None)

    for state in (idle, *ends):
        state.upon(Inputs.stop).loop().returns(None)

    # --- late news, and calls that change nothing -----------------------------------

    for owner in (*steps, *pauses):
        owner.upon(Inputs.start, nodata=True).loop().returns(None)
    for stream in streams:
        stream.upon(Inputs.start).loop().returns(None)
    stopping.upon(Inputs.stop).loop().returns(None)
    for owner in (connecting, *pauses):
        owner.upon(Inputs._end, nodata=True).loop().returns(None)
    for owner in (resolving, signing, *pauses):
        owner.upon(Inputs._other_source, nodata=True).loop().returns(None)
    for state in (*streams, stopping, *ends):
        state.upon(Inputs._other_source).loop().returns(None)
    for state in (ending, *closing, *ends):
        state.upon(Inputs._end).loop().returns(None)
    for state in ends:
        state.upon(Inputs._closed).loop().returns(None)
    for state in (*closing, *ends):
        state.upon(Inputs._again).loop().returns(None)
        state.upon(Inputs._found).loop().returns(None)
        state.upon(Inputs._admitted).loop().returns(None)
        state.upon(Inputs._opened).loop().returns(None)
        state.upon(Inputs._retry).loop().returns(None)
        state.upon(Inputs._offline).loop().returns(None)
        state.upon(Inputs._over).loop().returns(None)
        state.upon(Inputs._hopeless).loop().returns(None)
    return builder.build()
