"""
The life of a connection to one user's broadcasts, as a table of states.

A session sees no bytes: it asks a resolver for the room, a signer for a ticket, an
opener for a stream, and tells the observers what becomes of it.  Its states::

    idle -> resolving -> signing -> connecting -> live -> ending -> ended
               ^  |          |           |          |
               |  +-> offline (patient)  |          |
               +------ waiting <---------+----------+
    any of them -> failed (waiting can't help), stopped (we were told to)

A *patient* session (the daemon's) goes on through everything that waiting may mend, and
from one broadcast to the next.  An impatient one (``connect()``) fails at the first
error before it was live, and ends with the broadcast.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any, TypeVar

from automat import TypeMachineBuilder, pep614
from twisted.internet.defer import Deferred
from twisted.internet.interfaces import IDelayedCall

from tiktoklive.conversation import Conversation, Tally
from tiktoklive.course import AT_REST, OVER, Core
from tiktoklive.dispatch import Dispatcher
from tiktoklive.errors import UserOfflineError
from tiktoklive.events.control import Reconnecting, StreamEnd
from tiktoklive.events.streak import STREAM_END
from tiktoklive.interfaces import IRoomResolver, IStream
from tiktoklive.model import Room, State, Ticket
from tiktoklive.parts import Parts
from tiktoklive.seen import Seen
from tiktoklive.steps import Inputs, Step
from tiktoklive.story import Story
from tiktoklive.streaks import Streaks
from tiktoklive.whom import NewName, Whom

_T = TypeVar("_T")


def _machine() -> Callable[[Core], Inputs]:
    builder = TypeMachineBuilder(Inputs, Core)

    def step_of(
        s: Core,
        ask: Callable[[], Awaitable[_T]],
        done: Callable[[_T], None],
        failed: Callable[[Exception], None],
        stops: int | None = None,
    ) -> Step[_T]:
        """A step whose outcome is of the past as soon as we are told to stop."""
        before = s.stops if stops is None else stops
        return Step(ask, done, failed, lambda: s.stops != before)

    # --- the states that own something: how it is made ---------------------------

    def resolve(c: Inputs, s: Core) -> Step[Room | NewName]:
        if s.phase in AT_REST or s.phase == "restarting":
            # Here, because a state is made before what its transition does is done.
            s.begin()
        s.enter("resolving", quietly=s.phase in ("waiting", "offline", "resolving"))
        return step_of(s, s.look_up, lambda room: s.found(c, room), lambda e: s.judge(c, e))

    def sign(c: Inputs, s: Core, room: Room) -> Step[Ticket]:
        s.room = room
        s.enter("signing", f"room {room.room_id}", quietly=True)
        resume = replace(s.resume, deaf=s.deaf)
        return step_of(
            s, lambda: s.parts.signer.sign(room, resume), c._admitted, lambda e: s.judge(c, e)
        )

    def connect(c: Inputs, s: Core, ticket: Ticket) -> Step[IStream]:
        s.room = ticket.room
        s.streaks.begin(s.room.room_id)
        s.seen.enter(s.room.room_id)
        stops = s.stops
        for source, error in ticket.tried[len(s.resume.tried) :]:
            s.source_failed(source, error)
        s.enter("connecting", f"room {s.room.room_id} by {ticket.source}", quietly=True)
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
        delay = s.next_delay(error)
        s.enter("waiting", f"{error} Next try in {delay:.1f} s.")
        s.dispatcher.tell(Reconnecting(delay, s.failures, error, s.origin()))
        return s.parts.clock.callLater(delay, c._again)

    def look_again(c: Inputs, s: Core, error: Exception) -> IDelayedCall:
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
    for looking in (resolving, renamed):
        looking.upon(Inputs._found, nodata=True).to(signing).returns(None)
    signing.upon(Inputs._admitted, nodata=True).to(connecting).returns(None)
    connecting.upon(Inputs._other_source, nodata=True).to(signing).returns(None)

    for one, other in ((resolving, renamed), (renamed, resolving)):

        @pep614(one.upon(Inputs._again).to(other))
        def by_another_name(c: Inputs, s: Core, step: Step[Room | NewName]) -> None:
            step.abandon()

    @pep614(connecting.upon(Inputs._opened).to(live))
    def opened(c: Inputs, s: Core, step: Step[IStream], stream: IStream) -> None:
        s.go_live(stream)

    # --- the ways back -------------------------------------------------------------

    for step in steps:
        step.upon(Inputs._retry, nodata=True).to(waiting).returns(None)
        step.upon(Inputs._offline, nodata=True).to(offline).returns(None)
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
        def give_up_step(c: Inputs, s: Core, step: Step[Any], error: Exception) -> None:
            s.finish("failed", str(error), error)

        @pep614(step.upon(Inputs._over).to(ended))  # type: ignore[untyped-decorator]  # data differ
        def over_step(c: Inputs, s: Core, step: Step[Any]) -> None:
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
        def stop_step(c: Inputs, s: Core, step: Step[Any]) -> None:
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
        s.loss = None
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


_new_machine = _machine()


class Session:
    """
    Follows one user.

    :param unique_id: the username, without ``@``.
    :param parts: resolver, signer, opener, clock.
    :param dispatcher: whom to tell.
    """

    def __init__(self, unique_id: str, parts: Parts, dispatcher: Dispatcher) -> None:
        self.tally = Tally()
        self._core = Core(
            unique_id,
            Whom(unique_id),
            parts,
            parts.resolver,
            dispatcher,
            Seen(
                parts.limits.remembered,
                age=parts.limits.remembered_for,
                now=parts.clock.seconds,
            ),
            self.tally,
            Streaks(parts.clock, dispatcher.tell),
            Story(unique_id, parts.clock),
        )
        self._inputs = _new_machine(self._core)

    def follow(self) -> None:
        """Wait for the user to be live, and go on from broadcast to broadcast, until stopped."""
        self._core.patient = True
        self._core.resolver = self._core.parts.resolver
        self._start()

    def connect(self, resolver: IRoomResolver | None = None) -> Deferred[State]:
        """
        Connect to the broadcast that is on now.

        :param resolver: another one than that of the parts.
        :return: as :meth:`when_live`.
        """
        self._core.patient = False
        self._core.resolver = resolver or self._core.parts.resolver
        live = self.when_live()
        self._start()
        return live

    def stop(self) -> Deferred[None]:
        """Stop in order, whatever the state; fires when nothing is left running."""
        stopped = self.when_over().addCallback(lambda _: None)
        self._stop()
        return stopped

    # An input of an observer who is told of the last one has to wait for its turn.  What has to be
    # known before that is written down here.

    def _start(self) -> None:
        self._core.starting = self._core.phase in AT_REST
        self._inputs.start()

    def _stop(self) -> None:
        self._core.stops += 1
        self._core.starting = False
        if self._core.phase in AT_REST:
            self._core.waiters.tell_over(None)
        self._inputs.stop()

    def when_live(self) -> Deferred[State]:
        """
        Fires with the state when the server let us in; cancelling it stops the session.

        Fails with the session's error, or with
        :class:`~tiktoklive.errors.ConnectionStoppedError`.
        """

        def cancel(waiter: Deferred[State]) -> None:
            if waiter in self._core.waiters.live:
                self._core.waiters.live.remove(waiter)
            self._stop()

        waiter: Deferred[State] = Deferred(cancel)
        if self._core.phase == "live":
            waiter.callback(self._core.state())
        else:
            self._core.waiters.live.append(waiter)
        return waiter

    def when_over(self) -> Deferred[Exception | None]:
        """Fires when nothing more will happen by itself: with the error, or ``None``."""
        waiter: Deferred[Exception | None] = Deferred(self._core.waiters.forget)
        if self._core.phase in OVER and not self._core.starting:
            waiter.callback(self._core.error)
        else:
            self._core.waiters.over.append(waiter)
        return waiter

    def rename(self, unique_id: str) -> None:
        """
        Follow the same user under another name; a stream that is open stays so.

        Events carry it from now on, but for those of a batch that is being delivered, and the
        next look-up asks for it.
        """
        self._core.rename(unique_id)

    @property
    def unique_id(self) -> str:
        """The name under which the user is followed."""
        return self._core.unique_id

    @property
    def present_name(self) -> str:
        """What the user is called now, as far as is known."""
        return self._core.whom.unique_id

    def state(self) -> State:
        """What it is doing, and why."""
        return self._core.state()

    @property
    def room(self) -> Room | None:
        """The room it is, or was last, in."""
        return self._core.room
