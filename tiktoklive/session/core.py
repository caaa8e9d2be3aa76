"""
What the states of a session share: its parts, and what it does on the way.

The states themselves, and what leads from one to the next, are the table in
:mod:`tiktoklive.session.machine`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from tiktoklive.clock import wall_ms
from tiktoklive.dispatch.dedup import DedupWindow
from tiktoklive.dispatch.dispatcher import Dispatcher
from tiktoklive.dispatch.trackers import Trackers
from tiktoklive.errors import (
    ConnectError,
    DeafStreamError,
    InvalidResponseError,
    SourceRestingError,
    StreamLostError,
    TapeError,
    TikTokLiveError,
    UserOfflineError,
)
from tiktoklive.errors.isolation import failures_in, without_frames
from tiktoklive.events.base import Origin
from tiktoklive.events.control import (
    Disconnected,
    Error,
    Gap,
    GaveUp,
    Renamed,
    StreamEnd,
)
from tiktoklive.events.streak import DISCONNECTED, STREAM_END
from tiktoklive.fallback import all_failed, is_local
from tiktoklive.interfaces import IPushedStream, IRoomResolver, IStream
from tiktoklive.model import Room, State, Status, Ticket
from tiktoklive.pacing.breaker import fresh_start, is_about_room
from tiktoklive.pacing.lookups import closed_for
from tiktoklive.session.inputs import Inputs, Stops
from tiktoklive.session.knowledge import Fetched, KnownBroadcast, Run
from tiktoklive.session.log import SessionLog
from tiktoklive.session.parts import Parts
from tiktoklive.session.reconnect import CarriedOn, Losses, Reconnect, Whereabouts
from tiktoklive.session.retry import (
    Known,
    Next,
    What,
    delay_before,
    is_refused_as_over,
    judge,
)
from tiktoklive.session.second import SecondStream
from tiktoklive.session.user import FollowedUser, NewName
from tiktoklive.session.waiting import SessionWaiters
from tiktoklive.stream.conversation import Conversation, Tally
from tiktoklive.stream.limits import bounds
from tiktoklive.stream.liveness import DEAF


@dataclass
class Core:
    """
    What all states share.

    :ivar unique_id: the name under which the user is followed.
    :ivar followed_user: the user, whatever they are called now.
    """

    unique_id: str
    followed_user: FollowedUser
    parts: Parts
    resolver: IRoomResolver
    dispatcher: Dispatcher
    seen: DedupWindow
    tally: Tally
    trackers: Trackers
    session_log: SessionLog

    patient: bool = False
    #: Since it was started; of the broadcast; what was lost there.
    run: Run = field(default_factory=lambda: Run(at_rest=True))
    broadcast: KnownBroadcast = field(default_factory=KnownBroadcast)
    losses: Losses = field(default_factory=Losses)
    #: What the next start goes on from, if another session was there before.
    carried: CarriedOn | None = None
    fetched: Fetched = field(default_factory=Fetched)
    conversation: Conversation | None = None
    #: What the server let us in to, until it is over.
    stream: IStream | None = None
    opened_at: float = 0.0
    #: Whether the stream is being closed because we wanted that.
    leaving: bool = False
    stops: Stops = field(default_factory=Stops)
    #: Whether we were told to start, and have not begun yet.
    starting: bool = False
    waiters: SessionWaiters = field(default_factory=SessionWaiters)
    #: Called when the user was refused for good, by what was said, and is asked for seldom.
    on_refused: Callable[[], None] = lambda: None

    def __post_init__(self) -> None:
        self.back = Reconnect(self.parts.clock)
        self.second = SecondStream(self) if self.parts.other_guest is not None else None

    # --- for people -----------------------------------------------------------

    def origin(self) -> Origin:
        """Where and when the events about the connection happen."""
        if self.conversation is not None:
            return self.conversation.origin()
        room_id = self.broadcast.room.room_id if self.broadcast.room is not None else ""
        return Origin(self.unique_id, room_id, wall_ms(self.parts.clock))

    def state(self) -> State:
        """For ``connect()`` and ``get_state()``."""
        stream, room = self.stream, self.broadcast.room
        live = stream is not None and not self.leaving
        info, gifts = self.fetched.info, self.fetched.gifts
        if live and room is not None and (info is None or self.fetched.room_id != room.room_id):
            info = room.info
        if gifts is None and room is not None:
            gifts = room.gifts
        life = self.conversation.life if live and self.conversation is not None else None
        pushed = IPushedStream(stream, None) if live else None
        deaf = isinstance(self.losses.resume.failure, DeafStreamError) and not self.run.over
        return State(
            is_connected=live,
            upgraded_to_websocket=live and stream is not None and not stream.asks,
            room_id=room.room_id if room is not None else "",
            room_info=info,
            available_gifts=gifts,
            phase=self.session_log.phase,
            reason=self.session_log.reason or self.session_log.why(),
            liveness=life.state if life is not None else DEAF if deaf else "",
            paused=life is not None and life.paused,
            unique_id=self.followed_user.unique_id,
            anchor_id=self.followed_user.anchor_id,
            restrictions=room.restrictions if room is not None else (),
            pages=pushed.pages() if pushed is not None else (),
            streams=None if self.second is None else self.second.state(),
            bounds=bounds(self.parts.limits, self.tally, self.seen, self.trackers, self.dispatcher),
            lane="" if self.parts.seat is None else self.parts.seat.name,
        )

    def why_not_yet(self) -> str:
        """Why a look-up takes long, if it does."""
        closed = closed_for(self.parts.resolver)
        if not closed:
            return ""
        return f"No look-ups are wanted for {closed:.0f} s more; one is tried now and then."

    # --- the steps ------------------------------------------------------------

    def refused(self, c: Inputs, ticket: Ticket, error: Exception) -> None:
        """A ticket opened no stream: the next source has its turn, if there is one."""
        self.conversation = None
        tried = (*ticket.tried, (ticket.source, error))
        local = is_local(error)
        over = ticket.last or local or isinstance(error, UserOfflineError)
        anew = fresh_start(self.losses.resume, tried) if ticket.last and not local else None
        if over and anew is None:
            error = all_failed("No source let us in", tried)
            self.judge(c, What.ATTEMPT, error)
            return
        before = self.stops.count
        resume = replace(self.losses.resume, tried=tried) if anew is None else anew
        self.losses = replace(self.losses, resume=resume)
        if anew is None:
            self.source_failed(ticket.source, error)
        else:
            self.session_log.refused(
                f"{ticket.source}, which has another turn without a cursor", error
            )
        if self.stops.count == before:
            c.other_source(ticket.room)

    def source_failed(self, source: str, error: Exception) -> None:
        """Tell that a source did not let us in, and another one has its turn."""
        self.session_log.refused(source, error)
        # Our network, most likely.
        away = self.back.where.returning and isinstance(error, ConnectError)
        if not away and not isinstance(error, SourceRestingError):  # else why it rests was told
            info = f"The source {source} failed, another one has its turn"
            self.dispatcher.tell(Error(info, error, self.origin()))

    def rename(self, unique_id: str) -> None:
        """The user is followed under another name from now on."""
        self.unique_id = self.session_log.user = unique_id
        self.followed_user.rename(unique_id)
        self.back.where = replace(self.back.where, doubted=True)
        # What was said of the other name is said no more.
        self.run = replace(self.run, refusals=0, refusal=None, unknown_since=None)
        if self.conversation is not None:
            self.conversation.anchor = unique_id
        if self.second is not None:
            self.second.rename(unique_id)

    def found(self, c: Inputs, room: Room | NewName) -> None:
        """The user is live: in the room that we know, or in another one."""
        if isinstance(room, NewName):
            self.renamed(c, room)
            return
        if room.unique_id != self.unique_id:
            room = replace(room, followed=self.unique_id)
        if self.broadcast.is_elsewhere(room):
            if self.broadcast.in_progress and not self.tell_end():
                return
            self.losses, self.back.where = self.losses.elsewhere(), Whereabouts()
        self.run = self.run.found()
        self.broadcast, self.fetched = self.broadcast.found(room), self.fetched.entering(room)
        self.back.where = replace(
            self.back.where, sure_at=self.parts.clock.seconds(), doubted=False, returning=False
        )
        c.found(room)

    def go_on(self, c: Inputs) -> None:
        """A delay after a failure is over: return to the room, or look the user up."""
        closed = closed_for(self.parts.resolver) > 0
        room = self.broadcast.room
        paused = room is not None and room.status is Status.PAUSED  # a look-up tells
        known = room if self.broadcast.in_progress and not paused else None
        room = self.back.room(known, self.unique_id, closed)
        if room is None:
            c.again()
        else:
            c.back(room)

    def renamed(self, c: Inputs, name: NewName) -> None:
        """The user is called otherwise by now, and is looked up again."""
        before, anchor_id = self.stops.count, self.followed_user.anchor_id
        self.session_log.renamed(anchor_id, name.new, name.why)
        self.dispatcher.tell(Renamed(name.old, name.new, anchor_id, self.origin()))
        if self.stops.count != before:
            return
        if name.certain:
            c.again()
        else:
            error = InvalidResponseError(f"TikTok contradicts itself, so we wait: {name.why}")
            parts, known = self.parts, self.known(error)
            last, patience = self.run.delay, parts.patience
            c.retry(error, delay_before(Next.RETRY, error, known, last, patience, parts.random))

    def tell_end(self) -> bool:
        """Tell that the broadcast is over, as look-ups say; false if observers stopped us."""
        before, end = self.stops.count, StreamEnd(0, self.origin())
        loss, self.losses = self.losses.loss, replace(self.losses, loss=None)
        self.broadcast = self.broadcast.over(end.reason)
        if loss is not None:  # it went on after we were gone, nobody knows for how long
            self.tally.gaps += 1
            began, now = wall_ms(self.parts.clock, loss.since), wall_ms(self.parts.clock)
            self.dispatcher.tell(Gap(began, now, loss.reason, self.origin()))
        self.trackers.finish(STREAM_END)
        self.dispatcher.tell(end)
        return self.stops.count == before

    def judge(self, c: Inputs, what: What, error: Exception) -> None:
        """Which input a failed step or a lost stream is."""
        ours = isinstance(error, TikTokLiveError)
        if not ours:
            self.session_log.surprised(error)
        if what is What.LOOK_UP:
            self.run = self.run.looked_up(error, self.parts.clock.seconds())
        known = self.known(error)
        if ours:
            without_frames(error)  # it says all that there is to know
        if self.resolver is not self.parts.resolver and is_refused_as_over(known):
            # The next look-up will tell; also when the room was given to connect(), and was not
            # looked up so far.
            self.resolver = self.parts.resolver
        if what is not What.STREAM:
            resume = self.back.failed(error, known, self.losses.resume, what)
            self.losses = replace(self.losses, resume=resume)
        elif known.about_room:  # all else was told already
            self.back.where = replace(self.back.where, doubted=True)
        patience, random = self.parts.patience, self.parts.random
        verdict = judge(error, known, patience)
        delay = delay_before(verdict.next, error, known, self.run.delay, patience, random)
        if not ours and verdict.next is not Next.GIVE_UP:
            without_frames(error)  # it is kept until the next attempt, and the next, for days
        if isinstance(error, UserOfflineError) and known.in_broadcast and not known.returning:
            self.broadcast = replace(self.broadcast, said_over=known.said_over + 1)
        if verdict.refused:
            self.run = replace(self.run, refusals=known.refusals + 1)
        if verdict.ends and not self.tell_end():
            return
        if verdict.next is Next.LOOK_UP:
            self.session_log.refused("the room that was lost, which is looked up", error)
            c.again()
        elif verdict.next is Next.RETRY:
            c.retry(error, delay)
        elif verdict.next is Next.REFUSED:
            c.refused(error, delay)
        elif verdict.next is Next.OFFLINE:
            c.offline(error, delay)
        elif verdict.next is Next.OVER:
            c.over()
        else:
            c.hopeless(error)

    def known(self, error: Exception) -> Known:
        """What decides what comes after a failure."""
        about_room = is_about_room(error)
        since, now = self.run.unknown_since, self.parts.clock.seconds()
        return Known(
            self.patient,
            self.run.was_live,
            self.broadcast.in_progress,
            self.back.where.returning,
            self.broadcast.said_over,
            self.losses.short,
            self.run.failures,
            self.run.refusals,
            0.0 if since is None else now - since,
            tuple(failures_in(error)),
            about_room,
        )

    def stream_closed(self, c: Inputs, reason: Exception | None) -> None:
        """The stream of this session's conversation is over."""
        conversation, second = self.conversation, self.second
        if conversation is None or (second is not None and second.goes_on(reason)):
            return
        over, ours = conversation.over, self.leaving
        assert over is not None, "it has just ended"
        lived = self.parts.clock.seconds() - self.opened_at
        resume = self.back.left(over.lost, over.resume, self.tally.frames, lived, over.spoke)
        deaf = over.origin.source if isinstance(over.lost, DeafStreamError) else None
        loss = over.loss if second is None else second.loss(over.loss)
        self.losses = self.losses.after(resume, loss, lived, spoke=over.spoke, deaf=deaf)
        self.conversation = self.stream = None
        if over.paused:
            self.broadcast = self.broadcast.paused()
        if lived >= self.parts.patience.healthy_after:
            self.run = self.run.calm()
        if ours:  # else a streak or a battle may go on in the next stream
            self.trackers.finish(DISCONNECTED)
        self.dispatcher.tell(Disconnected(None if ours else over.reason, over.origin))
        # Observers may just have told us to stop, and even to start again: the state that this
        # led to decides what the end of the stream means.
        c.closed()

    def close(self, why: StreamLostError | None = None) -> None:
        """Close the stream; :meth:`stream_closed` tells when it is, or is about to."""
        if self.second is not None:
            self.second.stop()
        if self.conversation is not None:
            self.conversation.close(why)

    def leave(self) -> None:
        """Close the stream, because that is what we want."""
        self.leaving = True
        self.close()

    def finish(self, phase: str, reason: str, error: Exception | None) -> None:
        """Enter a state in which nothing more happens by itself."""
        self.run = replace(self.run, at_rest=True, over=True, error=error)
        self.fetched = self.fetched.over()
        # Observers may start us again: who waits from now on waits for what comes of that.
        waiters, self.waiters = self.waiters, SessionWaiters()
        self.session_log.enter(phase, reason)
        self.trackers.finish(STREAM_END if phase == "ended" else DISCONNECTED)
        if isinstance(error, TikTokLiveError):
            without_frames(error)  # it says all that there is to know; whoever waits adds their own
        if error is not None:
            if not self.run.was_live:
                self.dispatcher.tell(Error("Error while connecting", error, self.origin()))
            if not isinstance(error, TapeError):  # else it is over, as was to be
                self.dispatcher.tell(GaveUp(error, self.origin()))
        waiters.tell_over(error)


def lost(c: Inputs, s: Core) -> None:
    """The stream of a state that had one is lost: what comes next is judged."""
    failure = s.losses.resume.failure
    assert failure is not None, "a stream is lost for a reason"
    s.judge(c, What.STREAM, failure)
