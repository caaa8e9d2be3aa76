"""
What the states of a session share: its parts, and what it does on the way.

The states themselves, and what leads from one to the next, are the table in
:mod:`tiktoklive.session`.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from random import Random
from typing import Generic, Protocol, TypeVar

from twisted.internet.defer import Deferred
from twisted.internet.interfaces import IReactorTime
from twisted.logger import Logger
from twisted.python.failure import Failure

from tiktoklive.bounds import bounds
from tiktoklive.conversation import POLLING, Conversation, Limits, Tally
from tiktoklive.dispatch import Dispatcher
from tiktoklive.errors import (
    ConnectionStoppedError,
    HandshakeRefusedError,
    IdentityError,
    Remedy,
    SignatureRefusedError,
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
    StreamEnd,
    WebsocketConnected,
)
from tiktoklive.events.streak import DISCONNECTED, STREAM_END
from tiktoklive.fallback import all_failed, failures_in
from tiktoklive.interfaces import IRoomResolver, ISigner, IStream, IStreamOpener
from tiktoklive.model import Resume, Room, State, Ticket
from tiktoklive.patience import Patience
from tiktoklive.seen import Seen
from tiktoklive.seldom import Seldom
from tiktoklive.streaks import Streaks
from tiktoklive.voice import voice

_T = TypeVar("_T")

_log = Logger("tiktoklive.session", observer=voice)

_NUMBER = re.compile(r"[0-9][0-9.]*")


@dataclass(frozen=True, slots=True)
class Parts:
    """
    What a session is made of.

    :ivar initial_data: whether what happened shortly before we came is delivered.
    """

    resolver: IRoomResolver
    signer: ISigner
    opener: IStreamOpener
    clock: IReactorTime
    random: Random
    patience: Patience = field(default_factory=Patience)
    limits: Limits = field(default_factory=Limits)
    initial_data: bool = True


class Step(Generic[_T]):
    """
    Something that takes time, of which only one outcome is heard, and none when abandoned.

    :param ask: gives what to wait for; raising is a failure like any other.
    """

    def __init__(
        self,
        ask: Callable[[], Awaitable[_T]],
        done: Callable[[_T], None],
        failed: Callable[[Exception], None],
    ) -> None:
        async def wait() -> _T:
            return await ask()

        self._abandoned = False
        self._done = done
        self._failed = failed
        self._deferred = Deferred.fromCoroutine(wait())
        self._deferred.addCallbacks(self._succeed, self._fail)

    def abandon(self) -> None:
        """Cancel it, and hear nothing of it any more."""
        self._abandoned = True
        self._deferred.cancel()

    def _succeed(self, result: _T) -> None:
        if not self._abandoned:
            self._done(result)

    def _fail(self, failure: Failure) -> None:
        if not self._abandoned:
            error = failure.value
            self._failed(error if isinstance(error, Exception) else RuntimeError(repr(error)))


class Inputs(Protocol):
    """What may happen to a session.  All return None, so that observers may cause them."""

    def start(self) -> None:
        """We are told to follow the user."""

    def stop(self) -> None:
        """We are told to stop."""

    def _again(self) -> None:
        """A delay is over."""

    def _found(self, room: Room) -> None:
        """The user is live in that room."""

    def _admitted(self, ticket: Ticket) -> None:
        """A signer made a ticket."""

    def _other_source(self, room: Room) -> None:
        """The ticket opened no stream, but another source may."""

    def _opened(self, stream: IStream) -> None:
        """The server let us in."""

    def _retry(self, error: Exception) -> None:
        """A step or the stream failed, and waiting may help."""

    def _offline(self, error: Exception) -> None:
        """The user isn't live, and we are patient."""

    def _over(self) -> None:
        """The broadcast is over, and we were to follow only this one."""

    def _hopeless(self, error: Exception) -> None:
        """A step or the stream failed, and waiting can't help."""

    def _end(self, end: StreamEnd) -> None:
        """TikTok told us that the broadcast is over; the stream is still open."""

    def _closed(self) -> None:
        """The stream is over; why, is the failure of the core's resume."""


@dataclass
class Core:
    """What all states share."""

    unique_id: str
    parts: Parts
    resolver: IRoomResolver
    dispatcher: Dispatcher
    seen: Seen
    tally: Tally
    streaks: Streaks

    #: What the log was told of this room.
    story: Seldom = field(default_factory=lambda: Seldom(first=3))
    patient: bool = False
    was_live: bool = False
    failures: int = 0
    phase: str = "idle"
    reason: str = ""
    room: Room | None = None
    #: The room id as it was looked up, which a ticket may have corrected.
    looked_up: str = ""
    resume: Resume = field(default_factory=Resume)
    conversation: Conversation | None = None
    transport_name: str = ""
    opened_at: float = 0.0
    lost_at: float | None = None
    lost_by: Exception | None = None
    reason_offline: str = ""
    error: Exception | None = None
    waiting_live: list[Deferred[State]] = field(default_factory=list)
    waiting_over: list[Deferred[Exception | None]] = field(default_factory=list)
    #: Those of them who waited when a session that was stopping was started again.
    waiting_closed: list[Deferred[Exception | None]] = field(default_factory=list)

    # --- for people -----------------------------------------------------------

    def enter(self, phase: str, reason: str = "", *, quietly: bool = False) -> None:
        """
        One line in the log for each change, with its reason.

        What happens over and over is told a few times, and then now and then.
        """
        self.phase, self.reason = phase, reason
        again = None if quietly else self._again(f"{phase}: {reason}")
        write = _log.debug if again is None else _log.info
        write(
            "@{user}: {phase}{reason}{again}",
            user=self.unique_id,
            phase=phase,
            reason=f": {reason}" if reason else "",
            again=f" ({again} times more since this was logged)" if again else "",
        )

    def _again(self, line: str) -> int | None:
        """How many times such a line was not logged since the last one; ``None`` to be quiet."""
        # Delays, numbers of tries and room ids make no other story of it.
        return self.story.again(_NUMBER.sub("", line), self.parts.clock.seconds())

    def origin(self) -> Origin:
        """Where and when the events about the connection happen."""
        if self.conversation is not None:
            return self.conversation.origin()
        room_id = self.room.room_id if self.room is not None else ""
        return Origin(self.unique_id, room_id, self.now())

    def now(self) -> int:
        """Milliseconds since 1970."""
        return int(self.parts.clock.seconds() * 1000)

    def state(self) -> State:
        """For ``connect()`` and ``get_state()``."""
        live = self.phase == "live"
        return State(
            is_connected=live,
            upgraded_to_websocket=live and self.transport_name != POLLING,
            room_id=self.room.room_id if self.room is not None else "",
            room_info=self.room.info if live and self.room is not None else None,
            available_gifts=self.room.gifts if self.room is not None else None,
            phase=self.phase,
            reason=self.reason,
            bounds=bounds(self.parts.limits, self.tally, self.seen, self.streaks, self.dispatcher),
        )

    # --- the steps ------------------------------------------------------------

    def refused(self, c: Inputs, ticket: Ticket, error: Exception) -> None:
        """A ticket opened no stream: the next source has its turn, if there is one."""
        self.conversation = None
        tried = (*ticket.tried, (ticket.source, error))
        if ticket.last or isinstance(error, UserOfflineError):
            self.judge(c, all_failed(f"@{self.unique_id}: no source let us in", tried))
            return
        if self._again(f"{ticket.source}: {error}") is not None:
            _log.info(
                "@{user}: {source}: {error}", user=self.unique_id, source=ticket.source, error=error
            )
        self.resume = replace(self.resume, tried=tried)
        c._other_source(ticket.room)

    def judge(self, c: Inputs, error: Exception) -> None:
        """Which input a failed step or a lost stream is: the remedy of its error decides."""
        if self.phase != "resolving":
            # A failed look-up says nothing of how we are let in: the signer has still to hear
            # why it was refused the last time.
            self.resume = Resume(self.resume.cursor, self.resume.internal_ext, error)
        if not isinstance(error, TikTokLiveError) and self._again(repr(error)) is not None:
            _log.failure(
                "@{user}: a part failed in a way it doesn't document",
                failure=Failure(error),  # type: ignore[no-untyped-call]  # Twisted's
                user=self.unique_id,
            )
        refused_as_over = self.was_live and any(
            isinstance(each, SignatureRefusedError) for each in failures_in(error)
        )
        if refused_as_over:
            # We were let in before, so it is no missing signature: a room that is over is
            # refused in the same words (wire facts §8.1).  The next look-up will tell; also
            # when the room was given to connect(), and was not looked up so far.
            self.resolver = self.parts.resolver
        if isinstance(error, UserOfflineError):
            if self.patient:
                c._offline(error)
            elif self.was_live:
                c._over()
            else:
                c._hopeless(error)
        elif getattr(error, "remedy", Remedy.WAIT) is not Remedy.WAIT and not refused_as_over:
            c._hopeless(error)
        elif self.patient or self.was_live or self._other_identity_may_pass(error):
            c._retry(error)
        else:
            c._hopeless(error)

    def _other_identity_may_pass(self, error: Exception) -> bool:
        return (
            isinstance(error, HandshakeRefusedError)
            and isinstance(error, IdentityError)
            and self.failures + 1 < self.parts.patience.identities
        )

    def stream_closed(self, c: Inputs, reason: Exception | None) -> None:
        """The stream of this session's conversation is over."""
        conversation = self.conversation
        if conversation is None:
            return
        ours = self.phase in ("ending", "stopping", "restarting")
        origin = self.origin()
        lost = reason or StreamLostError("TikTok closed the stream.")
        self.resume = conversation.resume(lost)
        if self.lost_at is None:  # else nothing arrived since the last loss either
            self.lost_at, self.lost_by = conversation.heard_at, lost
        self.conversation = None
        if self.parts.clock.seconds() - self.opened_at >= self.parts.patience.healthy_after:
            self.failures = 0
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
        self.was_live = True
        self.transport_name = stream.transport_name
        polling = " by polling" if self.transport_name == POLLING else ""
        self.enter("live", f"room {self.state().room_id}{polling}")
        state, origin = self.state(), self.origin()
        if stream.not_upgraded is not None:
            self.dispatcher.tell(Error("Upgrade to websocket failed", stream.not_upgraded, origin))
        if not polling:
            self.dispatcher.tell(WebsocketConnected(origin))
        conversation.begin(stream)
        if self.conversation is None:
            return  # it was over already
        self.dispatcher.tell(Connected(state, origin))
        if self.lost_at is not None:
            since, self.lost_at = int(self.lost_at * 1000), None
            self.dispatcher.tell(Gap(since, self.now(), self.lost_by, origin))
        waiting, self.waiting_live = self.waiting_live, []
        for waiter in waiting:
            if not waiter.called:  # cancelled by another who was told
                waiter.callback(state)

    def close(self) -> None:
        """Close the stream; :meth:`stream_closed` tells when it is, or is about to."""
        if self.conversation is not None:
            self.conversation.close()

    def finish(self, phase: str, reason: str, error: Exception | None) -> None:
        """Enter a state in which nothing more happens by itself."""
        self.enter(phase, reason)
        self.streaks.finish(STREAM_END if phase == "ended" else DISCONNECTED)
        if error is not None and not self.was_live:
            self.dispatcher.tell(Error("Error while connecting", error, self.origin()))
        self.error = error
        self.release(error)

    def release(self, error: Exception | None) -> None:
        """Tell those who wait that nothing more will happen by itself."""
        self.lost_at = None
        live, self.waiting_live = self.waiting_live, []
        over, self.waiting_over = self.waiting_over, []
        for waiter in live:
            if not waiter.called:  # cancelled by another who was told
                waiter.errback(error or ConnectionStoppedError("Stopped before it was connected."))
        self.tell_closed(error)
        for ended in over:
            if not ended.called:
                ended.callback(error)

    def tell_closed(self, error: Exception | None) -> None:
        """Tell those who waited since before a session was started again."""
        closed, self.waiting_closed = self.waiting_closed, []
        for ended in closed:
            if not ended.called:
                ended.callback(error)

    def forget(self, waiter: Deferred[Exception | None]) -> None:
        """One who waited for the end was cancelled; others wait on, and nothing stops."""
        for waiting in (self.waiting_over, self.waiting_closed):
            if waiter in waiting:
                waiting.remove(waiter)
