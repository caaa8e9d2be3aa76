"""
The life of a connection to one user's broadcasts, as a table of states.

A session sees no bytes: it asks a resolver for the room, a signer for a ticket, an
opener for a stream, and tells the observers what becomes of it.  Its states::

    idle -> resolving -> signing -> connecting -> entering -> live -> ending -> ended
               ^  |          ^           |           |         |
               |  +-> offline (patient)  |           |         |
               +----- waiting, refused <-+-----------+---------+
               look up, or return: signing
    any of them -> failed (waiting can't help), stopped (we were told to)

A *patient* session (the daemon's) goes on through everything that others may say, and
from one broadcast to the next.  An impatient one (``connect()``) fails at the first
error before it was live, and ends with the broadcast.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from automat import TypeMachineBuilder, pep614
from twisted.internet.defer import succeed
from twisted.internet.interfaces import IDelayedCall

from tiktoklive.errors import UserOfflineError
from tiktoklive.errors.isolation import without_frames
from tiktoklive.events.base import Origin, gifts_by_id
from tiktoklive.events.control import (
    Connected,
    Error,
    StreamEnd,
    WebsocketConnected,
)
from tiktoklive.interfaces import IStream
from tiktoklive.model import Room, Ticket
from tiktoklive.pacing.lookups import patiently
from tiktoklive.session.core import Core, lost
from tiktoklive.session.inputs import Attempt, Entering, Inputs
from tiktoklive.session.knowledge import KnownBroadcast, Run
from tiktoklive.session.log import known_of
from tiktoklive.session.pauses import look_again, stay_refused, wait
from tiktoklive.session.reconnect import Losses, Whereabouts
from tiktoklive.session.retry import FIRST_SECONDS, What
from tiktoklive.session.silence import ask_whether_on
from tiktoklive.session.user import NewName
from tiktoklive.stream.conversation import Conversation


def machine() -> Callable[[Core], Inputs]:
    """The table: makes the machine of a core."""
    builder = TypeMachineBuilder(Inputs, Core)

    # --- the states that own something: how it is made ---------------------------

    def first(c: Inputs, s: Core) -> Attempt[Room | NewName]:
        # Here, because a state is made before what its transition does is done.
        # Nothing of what was before counts any more, but where the last broadcast was, and what
        # another session has left.
        s.starting, s.leaving = False, False
        before, on, s.carried = s.broadcast, s.carried, None
        goes_on = on is not None and before.room is not None
        s.run, s.broadcast = Run(), KnownBroadcast(before.room, before.looked_up, goes_on)
        s.losses, s.back.where = on.losses if on else Losses(), Whereabouts()
        room = before.room
        if on is None or not on.returns or room is None:
            return look_up(c, s, quietly=False)
        s.back.where = Whereabouts(sure_at=s.parts.clock.seconds(), returning=True)
        judge = partial(s.judge, c, What.ATTEMPT)
        return Attempt(lambda: succeed(room), lambda _: c.found(room), judge, s.stops)

    def look_up(c: Inputs, s: Core, *, quietly: bool = True) -> Attempt[Room | NewName]:
        # What it is done again for was told.
        s.session_log.enter("resolving", quietly=quietly, why=s.why_not_yet)
        # Somebody may wait for connect(), but nobody for what comes after it.
        can_wait = s.patient or s.run.was_live
        ask = partial(
            s.followed_user.look_up,
            patiently(s.resolver) if can_wait else s.resolver,
            # Who is patient goes on following the user when another has the name.
            s.parts.names if s.patient else None,
        )
        return Attempt(ask, partial(s.found, c), partial(s.judge, c, What.LOOK_UP), s.stops)

    def sign(c: Inputs, s: Core, room: Room) -> Attempt[Ticket]:
        s.broadcast = replace(s.broadcast, room=room)
        s.session_log.enter("signing", f"room {room.room_id}", quietly=True)
        resume = replace(
            s.losses.resume,
            deaf=s.losses.deaf,
            returning=s.back.where.returning,
            upgraded=s.run.upgraded,
            new_guest=s.run.refusals == 1,
        )
        ask = partial(s.parts.signer.sign, room, resume)
        return Attempt(ask, c.admitted, partial(s.judge, c, What.ATTEMPT), s.stops)

    def connect(c: Inputs, s: Core, ticket: Ticket) -> Attempt[IStream]:
        s.broadcast = replace(s.broadcast, room=ticket.room)
        stops, room_id = s.stops.count, ticket.room.room_id
        s.trackers.begin(room_id)
        s.seen.enter(room_id)
        known = {id(error) for _, error in s.losses.resume.tried}
        for source, error in ticket.tried:
            if id(error) not in known:
                s.source_failed(source, error)
            without_frames(error)  # the ticket is kept as long as the stream
        if ticket.resume.refused:
            resume = s.losses.resume
            s.losses = replace(s.losses, resume=resume.anew(resume.tried))
        s.session_log.enter("connecting", f"room {room_id} by {ticket.source}", quietly=True)
        s.back.where = replace(s.back.where, frames=s.tally.frames)
        conversation = s.conversation = Conversation(
            ticket,
            s.dispatcher,
            s.parts.clock,
            seen=s.seen,
            tally=s.tally,
            limits=s.parts.limits,
            on_end=c.end,
            on_closed=partial(s.stream_closed, c),
            on_spoke=c.spoke,
            trackers=s.trackers,
            initial_data=s.parts.initial_data,
            resume=s.losses.resume,
            loss=s.losses.loss,
            deaf_ends=s.losses.deaf_ends,
            anchor=s.unique_id,
        )
        conversation.life.on_silent = partial(ask_whether_on, s)
        if s.fetched.gifts is not None:
            conversation.gifts = gifts_by_id(s.fetched.gifts)
        ask = partial(s.parts.opener.open, ticket, conversation)
        return Attempt(ask, c.opened, partial(s.refused, c, ticket), s.stops, stops)

    def enter(c: Inputs, s: Core, stream: IStream) -> Entering:
        conversation, room = s.conversation, s.broadcast.room
        assert conversation is not None and room is not None, "a stream is opened for them"
        s.opened_at = s.parts.clock.seconds()
        s.leaving = False
        s.run = replace(s.run, upgraded=not stream.asks)
        s.session_log.enter("entering", f"room {room.room_id}", quietly=True)
        origin = conversation.origin()
        if stream.not_upgraded is not None:
            s.dispatcher.tell(Error("Upgrade to websocket failed", stream.not_upgraded, origin))
        if not stream.asks:
            s.dispatcher.tell(WebsocketConnected(origin))
        survived = s.parts.clock.callLater(FIRST_SECONDS, lambda: c.spoke(conversation.origin()))
        entering = Entering(stream, survived)
        conversation.begin(stream)
        return entering

    idle = builder.state("idle")
    beginning = builder.state("beginning", first)
    resolving = builder.state("resolving", look_up)
    #: The same by another name: a state is made anew only from another one.
    renamed = builder.state("renamed", look_up)
    signing = builder.state("signing", sign)
    connecting = builder.state("connecting", connect)
    entering = builder.state("entering", enter)
    live = builder.state("live")
    #: A stream is over; what comes next is being judged.
    left = builder.state("left")
    waiting = builder.state("waiting", wait)
    refused = builder.state("refused", stay_refused)
    offline = builder.state("offline", look_again)
    ending = builder.state("ending")
    stopping = builder.state("stopping")
    restarting = builder.state("restarting")
    ended = builder.state("ended")
    failed = builder.state("failed")
    stopped = builder.state("stopped")

    looks = (beginning, resolving, renamed)
    steps = (*looks, signing, connecting)
    pauses = (waiting, refused, offline)
    closing = (stopping, restarting)
    streams = (live, left, ending, restarting)
    ends = (ended, failed, stopped)

    # --- the way up ----------------------------------------------------------------

    for state in (idle, *ends):
        state.upon(Inputs.start).to(beginning).returns(None)
    for pause in pauses:
        pause.upon(Inputs.again, nodata=True).to(resolving).returns(None)

    @pep614(refused.upon(Inputs.hurry).to(resolving))
    def look_up_at_once(c: Inputs, s: Core, call: IDelayedCall) -> None:
        call.cancel()

    for pause in (waiting, refused):
        pause.upon(Inputs.back, nodata=True).to(signing).returns(None)
    for looking in looks:
        looking.upon(Inputs.found, nodata=True).to(signing).returns(None)
    signing.upon(Inputs.admitted, nodata=True).to(connecting).returns(None)
    connecting.upon(Inputs.other_source, nodata=True).to(signing).returns(None)

    for one, other in ((beginning, renamed), (resolving, renamed), (renamed, resolving)):

        @pep614(one.upon(Inputs.again).to(other))
        def by_another_name(c: Inputs, s: Core, step: Attempt[Room | NewName]) -> None:
            step.abandon()

    connecting.upon(Inputs.opened, nodata=True).to(entering).returns(None)

    def is_decided(step: Entering) -> None:
        if step.survived.active():
            step.survived.cancel()

    @pep614(entering.upon(Inputs.spoke).to(live))
    def spoke(c: Inputs, s: Core, step: Entering, origin: Origin) -> None:
        is_decided(step)
        conversation, room, stream = s.conversation, s.broadcast.room, step.stream
        assert room is not None, "a stream is opened for it"
        s.run = replace(s.run, was_live=True, refusals=0, refusal=None)
        s.broadcast = replace(s.broadcast, in_progress=True)
        if conversation is None:
            return  # it was over already
        s.stream = stream
        s.back.where = replace(s.back.where, refusals=0)
        polling = " by polling" if stream.asks else ""
        for_whom = f" ({known_of(room)})" if room.restrictions else ""
        s.session_log.enter("live", f"room {room.room_id}{polling}{for_whom}")
        if s.second is not None:
            s.second.begin(c.end, partial(s.stream_closed, c))
        state = s.state()
        if s.back.where.returning and s.resolver is s.parts.resolver:
            user, is_elsewhere = s.followed_user, s.broadcast.is_elsewhere
            s.back.confirm(s.resolver, user.unique_id, user.anchor_id, is_elsewhere, s.close)
        if not conversation.ended:  # what came first may have told that it is over
            s.dispatcher.tell(Connected(state, origin))
        s.waiters.live.tell(state)

    # --- the ways back -------------------------------------------------------------

    for step in steps:
        step.upon(Inputs.retry, nodata=True).to(waiting).returns(None)
        step.upon(Inputs.refused, nodata=True).to(refused).returns(None)
        step.upon(Inputs.offline, nodata=True).to(offline).returns(None)
    for step in (signing, connecting):
        step.upon(Inputs.again, nodata=True).to(resolving).returns(None)
    left.upon(Inputs.retry).to(waiting).returns(None)
    left.upon(Inputs.refused).to(refused).returns(None)
    left.upon(Inputs.offline).to(offline).returns(None)

    @pep614(entering.upon(Inputs.closed).to(left))
    def not_entered(c: Inputs, s: Core, step: Entering) -> None:
        is_decided(step)
        lost(c, s)

    live.upon(Inputs.closed).to(left)(lost)

    @pep614(ending.upon(Inputs.closed).loop())
    def all_told(c: Inputs, s: Core) -> None:
        s.judge(c, What.BROADCAST, UserOfflineError("The broadcast is over."))

    ending.upon(Inputs.offline).to(offline).returns(None)

    @pep614(live.upon(Inputs.end).to(ending))
    def end(c: Inputs, s: Core, end: StreamEnd) -> None:
        s.broadcast = s.broadcast.over(end.reason)
        s.session_log.enter("ending", s.broadcast.how)
        s.leave()

    # --- the ways out --------------------------------------------------------------

    for step in steps:

        @pep614(step.upon(Inputs.hopeless).to(failed))  # type: ignore[untyped-decorator]  # data differ
        def give_up_step(c: Inputs, s: Core, step: Attempt[Any], error: Exception) -> None:
            s.finish("failed", str(error), error)

        @pep614(step.upon(Inputs.over).to(ended))  # type: ignore[untyped-decorator]  # data differ
        def over_step(c: Inputs, s: Core, step: Attempt[Any]) -> None:
            s.finish("ended", s.broadcast.how, None)

    for stream in (left, ending):

        @pep614(stream.upon(Inputs.hopeless).to(failed))
        def give_up(c: Inputs, s: Core, error: Exception) -> None:
            s.finish("failed", str(error), error)

        @pep614(stream.upon(Inputs.over).to(ended))
        def over(c: Inputs, s: Core) -> None:
            s.finish("ended", s.broadcast.how, None)

    for step in steps:

        @pep614(step.upon(Inputs.stop).to(stopped))  # type: ignore[untyped-decorator]  # data differ
        def stop_step(c: Inputs, s: Core, step: Attempt[Any]) -> None:
            s.conversation = None
            step.abandon()
            s.finish("stopped", s.stops.why, None)

    for pause in pauses:

        @pep614(pause.upon(Inputs.stop).to(stopped))
        def stop_pause(c: Inputs, s: Core, call: IDelayedCall) -> None:
            call.cancel()
            s.finish("stopped", s.stops.why, None)

    @pep614(entering.upon(Inputs.stop).to(stopping))
    def stop_entering(c: Inputs, s: Core, step: Entering) -> None:
        is_decided(step)
        s.stream = step.stream if s.conversation is not None else None
        stop_live(c, s)

    @pep614(left.upon(Inputs.stop).to(stopped))
    def stop_left(c: Inputs, s: Core) -> None:
        s.finish("stopped", s.stops.why, None)

    @pep614(live.upon(Inputs.stop).to(stopping))
    def stop_live(c: Inputs, s: Core) -> None:
        s.session_log.enter("stopping", quietly=True)
        s.leave()

    @pep614(ending.upon(Inputs.stop).to(stopping))
    def stop_ending(c: Inputs, s: Core) -> None:
        s.session_log.enter("stopping", quietly=True)

    @pep614(stopping.upon(Inputs.start).to(restarting))
    def start_again(c: Inputs, s: Core) -> None:
        s.session_log.enter("restarting", quietly=True)
        s.waiters.start_again()

    @pep614(restarting.upon(Inputs.stop).to(stopping))
    def stop_again(c: Inputs, s: Core) -> None:
        s.session_log.enter("stopping", quietly=True)

    @pep614(restarting.upon(Inputs.closed).to(beginning))
    def restart(c: Inputs, s: Core) -> None:
        s.waiters.tell_closed(None)

    @pep614(stopping.upon(Inputs.closed).to(stopped))
    def closed(c: Inputs, s: Core) -> None:
        s.finish("stopped", s.stops.why, None)

    for state in (idle, *ends):
        state.upon(Inputs.stop).loop().returns(None)

    # --- late news, and calls that change nothing -----------------------------------

    for owner in (*steps, entering, *pauses):
        owner.upon(Inputs.start, nodata=True).loop().returns(None)
    for owner in (*steps, entering, waiting, offline):
        owner.upon(Inputs.hurry, nodata=True).loop().returns(None)
    for state in (idle, *streams, stopping, *ends):
        state.upon(Inputs.hurry).loop().returns(None)
    for stream in streams:
        stream.upon(Inputs.start).loop().returns(None)
    stopping.upon(Inputs.stop).loop().returns(None)
    for owner in (connecting, *pauses):
        owner.upon(Inputs.end, nodata=True).loop().returns(None)
    for owner in (*looks, signing, *pauses):
        owner.upon(Inputs.other_source, nodata=True).loop().returns(None)
    for state in (*streams, stopping, *ends):
        state.upon(Inputs.other_source).loop().returns(None)
        state.upon(Inputs.spoke).loop().returns(None)
    for owner in (*steps, *pauses):
        owner.upon(Inputs.spoke, nodata=True).loop().returns(None)
    for state in (left, ending, *closing, *ends):
        state.upon(Inputs.end).loop().returns(None)
    for state in (left, *ends):
        state.upon(Inputs.closed).loop().returns(None)
    for state in (*closing, *ends):
        state.upon(Inputs.again).loop().returns(None)
        state.upon(Inputs.found).loop().returns(None)
        state.upon(Inputs.admitted).loop().returns(None)
        state.upon(Inputs.opened).loop().returns(None)
        state.upon(Inputs.retry).loop().returns(None)
        state.upon(Inputs.refused).loop().returns(None)
        state.upon(Inputs.offline).loop().returns(None)
        state.upon(Inputs.over).loop().returns(None)
        state.upon(Inputs.hopeless).loop().returns(None)
    return builder.build()
