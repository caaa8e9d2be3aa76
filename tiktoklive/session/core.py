"""
What the states of a session share: its parts, and what it does on the way.

The states themselves, and what leads from one to the next, are the table in
:mod:`tiktoklive.session.machine`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from tiktoklive.clock import wall_ms
from tiktoklive.dispatch.dedup import DedupWindow
from tiktoklive.dispatch.dispatcher import Dispatcher
from tiktoklive.dispatch.streaks import Streaks
from tiktoklive.errors import (
    ConnectError,
    DeafStreamError,
    InvalidResponseError,
    SourceRestingError,
    StreamLostError,
    TikTokLiveError,
    UserOfflineError,
)
from tiktoklive.events.base import Origin
from tiktoklive.events.control import (
    Connected,
    Disconnected,
    Error,
    Gap,
    Renamed,
    StreamEnd,
    WebsocketConnected,
)
from tiktoklive.events.streak import DISCONNECTED, STREAM_END
from tiktoklive.fallback import all_failed, is_local
from tiktoklive.interfaces import IRoomResolver, IStream
from tiktoklive.model import Resume, Room, State, Status, Ticket
from tiktoklive.pacing.breaker import fresh_start
from tiktoklive.pacing.lookups import closed_for, patiently
from tiktoklive.session.bounds import bounds
from tiktoklive.session.inputs import ENDS, Inputs
from tiktoklive.session.log import SessionLog
from tiktoklive.session.parts import Parts
from tiktoklive.session.reconnect import Reconnect
from tiktoklive.session.retry import SHORT, Known, Next, delays, is_refused_as_over, judge
from tiktoklive.session.user import FollowedUser, NewName
from tiktoklive.session.waiting import SessionWaiters
from tiktoklive.stream.conversation import POLLING, Conversation, Tally
from tiktoklive.stream.gaps import Loss
from tiktoklive.stream.liveness import DEAF

#: States in which nothing is under way, and those of them in which something was.
AT_REST = frozenset(("idle", "ended", "failed", "stopped"))
OVER = AT_REST - {"idle"}


@dataclass
class Core:
    """
    What all states share.

    :ivar unique_id: the name under which the user is followed.
    :ivar whom: the user, whatever they are called now.
    """

    unique_id: str
    followed_user: FollowedUser
    parts: Parts
    resolver: IRoomResolver
    dispatcher: Dispatcher
    seen: DedupWindow
    tally: Tally
    streaks: Streaks
    session_log: SessionLog

    patient: bool = False
    was_live: bool = False
    failures: int = 0
    #: How long the last one of them was waited for, without what others asked for.
    delay: float = 0.0
    phase: str = "idle"
    reason: str = ""
    room: Room | None = None
    #: The room id as it was looked up, which a ticket may have corrected.
    looked_up: str = ""
    resume: Resume = field(default_factory=Resume)
    conversation: Conversation | None = None
    transport_name: str = ""
    opened_at: float = 0.0
    #: What the next stream of the room has to make good.
    loss: Loss | None = None
    #: The sources that went deaf in the room, and how many streams did in a row.
    deaf: tuple[str, ...] = ()
    deaf_ends: int = 0
    #: Whether we are in a broadcast that is not over as far as we know, and how many look-ups
    #: in a row say that it is.
    in_broadcast: bool = False
    said_over: int = 0
    #: How the last one ended.
    how_ended: str = ""
    #: Streams that ended at once; ``None`` after one that did not.
    short: int | None = 0
    #: Counts the times that we were told to stop.  Observers may do that while they are told
    #: something, and start us again: what was about to happen then is of the past.
    stops: int = 0
    #: Whether we were told to start, and have not begun yet.
    starting: bool = False
    reason_offline: str = ""
    error: Exception | None = None
    waiters: SessionWaiters = field(default_factory=SessionWaiters)

    def __post_init__(self) -> None:
        self.back = Reconnect(self.parts.clock)

    # --- for people -----------------------------------------------------------

    def enter(self, phase: str, reason: str = "", *, quietly: bool = False) -> None:
        """One line in the log for each change, with its reason."""
        self.phase, self.reason = phase, reason
        self.session_log.entered(phase, reason, quietly=quietly)

    def origin(self) -> Origin:
        """Where and when the events about the connection happen."""
        if self.conversation is not None:
            return self.conversation.origin()
        room_id = self.room.room_id if self.room is not None else ""
        return Origin(self.unique_id, room_id, wall_ms(self.parts.clock))

    def state(self) -> State:
        """For ``connect()`` and ``get_state()``."""
        live = self.phase == "live" and self.conversation is not None  # it may be just lost
        life = self.conversation.life if live and self.conversation is not None else None
        deaf = isinstance(self.resume.failure, DeafStreamError) and self.phase not in OVER
        return State(
            is_connected=live,
            upgraded_to_websocket=live and self.transport_name != POLLING,
            room_id=self.room.room_id if self.room is not None else "",
            room_info=self.room.info if live and self.room is not None else None,
            available_gifts=self.room.gifts if self.room is not None else None,
            phase=self.phase,
            reason=self.reason or self._why_not_yet(),
            liveness=life.state if life is not None else DEAF if deaf else "",
            paused=life is not None and life.paused,
            unique_id=self.followed_user.unique_id,
            anchor_id=self.followed_user.anchor_id,
            bounds=bounds(self.parts.limits, self.tally, self.seen, self.streaks, self.dispatcher),
        )

    def _why_not_yet(self) -> str:
        closed = closed_for(self.parts.resolver) if self.phase == "resolving" else 0.0
        if not closed:
            return ""
        return f"No look-ups are wanted for {closed:.0f} s more; one is tried now and then."

    def begin(self) -> None:
        """Nothing of what was before counts any more."""
        self.starting = False
        self.was_live, self.failures, self.delay, self.error = False, 0, 0.0, None
        self.reason_offline = self.how_ended = ""
        self.in_broadcast, self.short = False, 0
        self.forget_room()
        self.resume = Resume()

    def forget_room(self) -> None:
        """What was lost in a room, and how to go on there, means nothing in another one."""
        self.resume = Resume(failure=self.resume.failure)
        self.loss, self.deaf = None, ()
        self.deaf_ends = self.said_over = 0
        self.back.forget()

    def how(self) -> str:
        """How the broadcast ended, for people."""
        return ENDS.get(self.how_ended, "the broadcast is over")

    # --- the steps ------------------------------------------------------------

    def refused(self, c: Inputs, ticket: Ticket, error: Exception) -> None:
        """A ticket opened no stream: the next source has its turn, if there is one."""
        self.conversation = None
        tried = (*ticket.tried, (ticket.source, error))
        local = is_local(error)
        over = ticket.last or local or isinstance(error, UserOfflineError)
        anew = fresh_start(self.resume, tried) if ticket.last and not local else None
        if over and anew is None:
            self.judge(c, all_failed(f"@{self.unique_id}: no source let us in", tried))
            return
        before = self.stops
        if anew is None:
            self.resume = replace(self.resume, tried=tried)
            self.source_failed(ticket.source, error)
        else:
            self.resume = anew
            self.session_log.refused(
                f"{ticket.source}, which has another turn without a cursor", error
            )
        if self.stops == before:
            c._other_source(ticket.room)

    def source_failed(self, source: str, error: Exception) -> None:
        """Tell that a source did not let us in, and another one has its turn."""
        self.session_log.refused(source, error)
        away = self.back.returning and isinstance(error, ConnectError)  # our network, most likely
        if not away and not isinstance(error, SourceRestingError):  # else why it rests was told
            info = f"The source {source} failed, another one has its turn"
            self.dispatcher.tell(Error(info, error, self.origin()))

    async def look_up(self) -> Room | NewName:
        """Who is patient goes on following the user when another has the name."""
        # Somebody may wait for connect(), but nobody for what comes after it.
        can_wait = self.patient or self.was_live
        resolver = patiently(self.resolver) if can_wait else self.resolver
        return await self.followed_user.look_up(
            resolver, self.parts.names if self.patient else None
        )

    def rename(self, unique_id: str) -> None:
        """The user is followed under another name from now on."""
        self.unique_id = self.session_log.user = unique_id
        self.followed_user.rename(unique_id)
        self.back.doubt()
        if self.conversation is not None:
            self.conversation.anchor = unique_id

    def found(self, c: Inputs, room: Room | NewName) -> None:
        """The user is live: in the room that we know, or in another one."""
        if isinstance(room, NewName):
            self.renamed(c, room)
            return
        if room.unique_id != self.unique_id:
            room = replace(room, followed=self.unique_id)
        self.said_over = 0
        known = self.room
        if known is not None and room.room_id not in (self.looked_up, known.room_id):
            if self.in_broadcast and not self.tell_end():
                return
            self.forget_room()
        if known is None or room.room_id != known.room_id:
            self.looked_up = room.room_id
        self.back.found()
        c._found(room)

    def go_on(self, c: Inputs) -> None:
        """A delay after a failure is over: return to the room, or look the user up."""
        closed = closed_for(self.parts.resolver) > 0
        paused = self.room is not None and self.room.status is Status.PAUSED  # a look-up tells
        known = self.room if self.in_broadcast and not paused else None
        room = self.back.room(known, self.unique_id, closed)
        if room is None:
            c._again()
        else:
            c._back(room)

    def resuming(self) -> Resume:
        """What the next attempt should know."""
        upgraded = self.was_live and self.transport_name != POLLING
        returning = self.back.returning
        return replace(self.resume, deaf=self.deaf, returning=returning, upgraded=upgraded)

    def renamed(self, c: Inputs, name: NewName) -> None:
        """The user is called otherwise by now, and is looked up again."""
        before, anchor_id = self.stops, self.followed_user.anchor_id
        self.session_log.renamed(anchor_id, name.new, name.why)
        self.dispatcher.tell(Renamed(name.old, name.new, anchor_id, self.origin()))
        if self.stops != before:
            return
        if name.certain:
            c._again()
        else:
            c._retry(InvalidResponseError(f"TikTok contradicts itself, so we wait: {name.why}"))

    def tell_end(self) -> bool:
        """Tell that the broadcast is over, as look-ups say; false if observers stopped us."""
        before = self.stops
        self.in_broadcast = False
        if self.loss is not None:  # it went on after we were gone, nobody knows for how long
            since, reason, self.loss = self.loss.since, self.loss.reason, None
            self.tally.gaps += 1
            began, now = wall_ms(self.parts.clock, since), wall_ms(self.parts.clock)
            self.dispatcher.tell(Gap(began, now, reason, self.origin()))
        end = StreamEnd(0, self.origin())
        self.how_ended = end.reason
        self.streaks.finish(STREAM_END)
        self.dispatcher.tell(end)
        return self.stops == before

    def judge(self, c: Inputs, error: Exception) -> None:
        """Which input a failed step or a lost stream is."""
        if not isinstance(error, TikTokLiveError):
            self.session_log.surprised(error)
        known = self.known()
        if is_refused_as_over(error, known):
            # The next look-up will tell; also when the room was given to connect(), and was not
            # looked up so far.
            self.resolver = self.parts.resolver
        self.resume = self.back.failed(error, self.resume, self.phase)
        verdict = judge(error, known, self.parts.patience)
        if isinstance(error, UserOfflineError) and self.in_broadcast and not known.returning:
            self.said_over += 1
        if verdict.ends and not self.tell_end():
            return
        if verdict.next is Next.LOOK_UP:
            self.session_log.refused("the room that was lost, which is looked up", error)
            c._again()
        elif verdict.next is Next.RETRY:
            c._retry(error)
        elif verdict.next is Next.OFFLINE:
            c._offline(error)
        elif verdict.next is Next.OVER:
            c._over()
        else:
            c._hopeless(error)

    def known(self) -> Known:
        """What decides what comes after a failure."""
        return Known(
            self.patient,
            self.was_live,
            self.in_broadcast,
            self.back.returning,
            self.said_over,
            self.short,
            self.failures,
        )

    def next_delay(self, error: Exception) -> float:
        """Count a failure: the seconds until the next try."""
        patience, random = self.parts.patience, self.parts.random
        self.failures += 1
        self.delay, delay = delays(error, self.known(), self.delay, patience, random)
        return delay

    def stream_closed(self, c: Inputs, reason: Exception | None) -> None:
        """The stream of this session's conversation is over."""
        conversation = self.conversation
        if conversation is None:
            return
        ours = self.phase in ("ending", "stopping", "restarting")
        origin = self.origin()
        reason, self.back.moved = self.back.moved or reason, None
        lost = reason or StreamLostError("TikTok closed the stream.")
        lived, spoke = self.parts.clock.seconds() - self.opened_at, conversation.life.spoke
        resume = conversation.resume(lost, self.resume)
        self.resume = self.back.left(lost, resume, self.tally.frames, lived, spoke)
        self.loss = conversation.lost(lost)
        if spoke:
            self.deaf_ends = 0
        if isinstance(lost, DeafStreamError):
            self.deaf_ends += 1
            others = tuple(name for name in self.deaf if name != origin.source)
            self.deaf = (*others, origin.source)
        self.conversation = None
        if self.room is not None and conversation.life.paused:
            self.room = replace(self.room, status=Status.PAUSED)
        if lived >= self.parts.patience.healthy_after:
            self.failures, self.delay = 0, 0.0
        if self.short is not None:
            self.short = None if lived >= SHORT else self.short + 1
        if ours:  # else a streak may go on in the next stream
            self.streaks.finish(DISCONNECTED)
        self.dispatcher.tell(Disconnected(None if ours else reason, origin))
        # Observers may just have told us to stop, and even to start again: the state that this
        # led to decides what the end of the stream means.
        c._closed()

    def go_live(self, stream: IStream) -> None:
        """The server let us in."""
        conversation = self.conversation
        assert conversation is not None, "a stream is opened for a conversation"
        self.opened_at = self.parts.clock.seconds()
        self.was_live = self.in_broadcast = True
        self.transport_name = stream.transport_name
        polling = " by polling" if self.transport_name == POLLING else ""
        self.enter("live", f"room {conversation.origin().room_id}{polling}")
        state, origin = self.state(), self.origin()
        if stream.not_upgraded is not None:
            self.dispatcher.tell(Error("Upgrade to websocket failed", stream.not_upgraded, origin))
        if not polling:
            self.dispatcher.tell(WebsocketConnected(origin))
        conversation.begin(stream)
        if self.conversation is None:
            return  # it was over already
        if self.room is not None and self.resolver is self.parts.resolver:
            self.back.opened(
                self.resolver,
                self.followed_user.unique_id,
                self.followed_user.anchor_id,
                self.room,
                self.close,
            )
        self.dispatcher.tell(Connected(state, origin))
        self.waiters.tell_live(state)

    def close(self) -> None:
        """Close the stream; :meth:`stream_closed` tells when it is, or is about to."""
        if self.conversation is not None:
            self.conversation.close()

    def finish(self, phase: str, reason: str, error: Exception | None) -> None:
        """Enter a state in which nothing more happens by itself."""
        self.error = error
        # Observers may start us again: who waits from now on waits for what comes of that.
        waiters, self.waiters = self.waiters, SessionWaiters()
        self.enter(phase, reason)
        self.streaks.finish(STREAM_END if phase == "ended" else DISCONNECTED)
        if error is not None and not self.was_live:
            self.dispatcher.tell(Error("Error while connecting", error, self.origin()))
        waiters.tell_over(error)
