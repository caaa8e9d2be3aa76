"""
Between an open stream and the observers: bytes in, events out.

A conversation lasts as long as one stream.  It enters the room, keeps the heartbeat,
acknowledges what wants to be acknowledged, drops what was delivered before, tells what may
have been missed, and notices when nothing arrives any more.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from twisted.internet.defer import Deferred
from twisted.internet.interfaces import IReactorTime
from zope.interface import implementer

from tiktoklive.clock import wall_ms
from tiktoklive.deferreds import Limit, stop
from tiktoklive.dispatch.dedup import DedupWindow
from tiktoklive.dispatch.dispatcher import Dispatcher
from tiktoklive.dispatch.streaks import Streaks
from tiktoklive.errors import (
    DeafStreamError,
    DecodeError,
    FrameTooLargeError,
    StreamLostError,
    UnreadStreamError,
)
from tiktoklive.errors.isolation import without_frames
from tiktoklive.events.base import Origin, gifts_by_id
from tiktoklive.events.control import Error, Gap, StreamEnd
from tiktoklive.events.room import PAUSED, RESUMED, Control
from tiktoklive.interfaces import IReceiver, IStream, IWitness
from tiktoklive.model import Resume, Status, Ticket
from tiktoklive.stream.gaps import Gaps, Loss
from tiktoklive.stream.greeting import SPEAKING, Greeting
from tiktoklive.stream.heartbeat import HEARTBEAT, Heartbeat
from tiktoklive.stream.limits import Limits, Tally
from tiktoklive.stream.liveness import Liveness
from tiktoklive.stream.log import StreamLog
from tiktoklive.wire.batches import parse_batch
from tiktoklive.wire.frames import ack, enter_room, parse_frame
from tiktoklive.wire.position import Position

__all__ = ["Conversation", "Limits", "Tally"]


@implementer(IReceiver, IWitness)
class Conversation:
    """
    Receives one stream.

    :param ticket: what admitted us.
    :param dispatcher: what delivers to the observers.
    :param clock: for heartbeats, staleness and time stamps.
    :param seen: shared by all streams of the room, like the tally.
    :param on_end: called when the broadcast is over; the stream may still be open.
    :param on_closed: called once when the stream is over, with the reason if it was not in order.
    :param on_spoke: called once, when the stream brings something of the room: the answer to our
        entering, or a batch; not for what came with the ticket.
    :param streaks: the gift streaks of the room, likewise.
    :param initial_data: whether what happened before we came is delivered: a batch that came
        with the ticket, and what TikTok marks as history.
    :param resumed: whether the ticket goes on where another stream of the room broke off: the
        batch that came with it holds what we missed then.
    :param loss: what may have been missed since then.
    :param deaf_ends: how many streams before this one went deaf, in a row.
    :param anchor: the name under which the user is followed, if not the room's.
    :ivar life: how it is about the stream.
    :ivar ended: whether the end of the broadcast was told.
    :ivar anchor: the name under which the user is followed, of all events.
    :ivar gifts: TikTok's list of gifts by gift id, of all events likewise.
    """

    def __init__(
        self,
        ticket: Ticket,
        dispatcher: Dispatcher,
        clock: IReactorTime,
        *,
        seen: DedupWindow,
        tally: Tally,
        limits: Limits,
        on_end: Callable[[StreamEnd], None],
        on_closed: Callable[[Exception | None], None],
        on_spoke: Callable[[], None] = lambda: None,
        streaks: Streaks | None = None,
        initial_data: bool = True,
        resumed: bool = False,
        loss: Loss | None = None,
        deaf_ends: int = 0,
        anchor: str = "",
    ) -> None:
        self.anchor = anchor or ticket.room.anchor
        self._ticket = ticket
        self._dispatcher = dispatcher
        self._clock = clock
        self._seen = seen
        self._tally = tally
        self._limits = limits
        self._log = StreamLog(ticket.source, tally, lambda: self.anchor)
        self._on_end = on_end
        self._on_closed = on_closed
        self._greeting = Greeting(on_spoke)
        self._streaks = streaks
        self._initial_data = initial_data
        self._resumed = resumed
        self.gifts = gifts_by_id(ticket.room.gifts) if ticket.room.gifts else {}
        self._stream: IStream | None = None
        self._beat: Heartbeat | None = None
        self._watch: Limit | None = None
        self._broken: StreamLostError | None = None
        self._end: StreamEnd | None = None
        self.ended = False
        self._asks = False
        self._opened_at = 0.0
        self._closed = False
        self._reason: Exception | None = None
        # A first batch is gone on from when it was taken.
        taken = ticket.first_batch is None
        self._position = Position(ticket.cursor, ticket.internal_ext) if taken else Position()
        self._deaf_ends = deaf_ends
        self._gaps = Gaps(self._gap, seen, dispatcher.observes, loss, resumed=resumed)
        self._gaps.opened(clock.seconds())  # frames may come before begin()
        self.life = Liveness(clock.seconds())

    def begin(self, stream: IStream) -> None:
        """
        The stream is open: enter the room, then keep the heartbeat.

        Enter-room goes first, because sockets of the mobile kind are closed on a heartbeat
        before it (wire facts §6.6).
        """
        self._stream = stream
        if self._closed:  # before we were given it
            self._on_closed(self._reason)
            return
        now, paused = self._clock.seconds(), self.life.paused
        self._asks = stream.asks
        self.life = Liveness(
            now,
            # Polls that are not answered are noticed, and repeated, by the stream.
            stale_after=None if stream.asks else self._limits.stale_after,
            deaf_after=None if stream.recorded else self._limits.deaf_after,
            deaf_ends=self._deaf_ends,
            quiet_after=self._limits.quiet_after,
            changed=self._log.changed,
        )
        if self._ticket.room.status is Status.PAUSED or paused:
            self.life.pause(now)
        self._opened_at = now
        self._gaps.opened(now)
        if self._dispatcher.gate is not None:
            self._dispatcher.gate.opened(stream, self._going_on)
        stream.send(enter_room(self._ticket.room.room_id))
        if self._is_open():
            self._beat = Heartbeat(
                stream, self._ticket.room, self._clock, self._going_on, lambda: self.life.pushed_at
            )
            self._beat.start()
        if not self._is_open():
            return  # it broke on what we sent, and was told
        self._check_later()
        self._greeting.opened(answered=stream.asks or stream.recorded)
        ticket, position = self._ticket, self._position
        # What it was opened with is not kept: it is long, and has secrets.
        self._ticket = replace(ticket, url="", headers=(), cookies={}, first_batch=None)
        if ticket.first_batch is not None:
            position.cursor = position.cursor or ticket.cursor
            position.internal_ext = position.internal_ext or ticket.internal_ext
            self._batch(ticket.first_batch, not self._resumed, self._resumed)
        if self._end is not None and self._is_open():
            self._on_end(self._end)

    def close(self) -> None:
        """Close the stream; ``on_closed`` tells when it is, after any other failure too."""
        stream = self._stream
        if stream is None or self._closed:
            return

        async def close() -> None:
            await stream.close()

        Deferred.fromCoroutine(close()).addErrback(
            lambda failure: self.closed(StreamLostError(f"Closing failed: {failure.value}"))
        )

    def resume(self, failure: Exception | None, known: Resume) -> Resume:
        """
        What the next stream of this room should know.

        :param known: what this one did.
        """
        if self._gaps.undecided:  # who goes on from here would hide what may have been missed
            return Resume(known.cursor, known.internal_ext, failure)
        return Resume(self._position.cursor, self._position.internal_ext, failure)

    def lost(self, reason: Exception) -> Loss:
        """What the next stream of this room has to make good."""
        life = self.life
        # An answered poll says that nothing was pushed; an answered heartbeat does not: a deaf
        # stream answers them too, and is noticed later.
        knows = self._asks and not isinstance(reason, DeafStreamError)
        since = life.heard_at if knows else life.pushed_at
        return self._gaps.lost(self._beat.surely_read(since) if self._beat else since, reason)

    # --- IReceiver --------------------------------------------------------------

    def frame(self, data: bytes) -> None:
        """A push frame; whatever it is, nothing is raised."""
        life = self.life
        before, life.heard_at = life.heard_at, self._clock.seconds()
        self._tally.frames += 1
        try:
            frame = parse_frame(data, limit=self._limits.payload)
            if self._greeting.awaited and frame.payload_type in SPEAKING:
                self._greeting.heard()
            if frame.payload_type == "msg":
                self._deliver(frame.payload, frame.log_id)
        except DecodeError as error:
            self._skip("Websocket message decoding failed", error, before)

    def batch(self, data: bytes) -> None:
        """A batch without a frame; whatever it is, nothing is raised."""
        if self._greeting.awaited:
            self._greeting.heard()
        self._batch(data, False, self._asks)

    def _batch(self, data: bytes, initial: bool, asked: bool) -> None:
        life = self.life
        before, life.heard_at = life.heard_at, self._clock.seconds()
        self._tally.frames += 1
        try:
            self._deliver(data, 0, initial, before if asked else None)
        except DecodeError as error:
            self._skip("batch decoding failed", error, before)

    def closed(self, reason: Exception | None) -> None:
        """The stream is over."""
        if self._closed:
            return
        self._closed = True
        if self._beat is not None:
            self._beat.stop()
        stop(self._watch)
        self._reason = self._broken or reason
        if self._dispatcher.gate is not None:
            self._dispatcher.gate.closed(self._stream)
        if isinstance(reason, FrameTooLargeError | UnreadStreamError):
            self._tally.too_large[type(reason)] += 1
        if self._stream is not None:
            self._on_closed(self._reason)

    # --- IWitness ---------------------------------------------------------------

    def survived(self, info: str, error: Exception) -> None:
        """The stream goes on after a failure; observers hear of it."""
        self._dispatcher.tell(Error(info, error, self.origin()))

    # --- inside -------------------------------------------------------------------

    def _is_open(self) -> bool:
        return not self._closed

    def _deliver(
        self, data: bytes, log_id: int, initial: bool = False, asked: float | None = None
    ) -> None:
        """
        Deliver a batch.

        :param initial: whether it tells what happened before we came.
        :param asked: if it was asked for at the last cursor, when something arrived before it.
        """
        limits = self._limits
        batch = parse_batch(data, limit=limits.messages, fields=limits.fields, size=limits.payload)
        self._tally.long_cursors += not self._position.take(batch)
        if batch.needs_ack and log_id and self._stream is not None:
            self._stream.send(ack(log_id, batch.internal_ext))
        wanted = batch.heart_beat_duration
        if wanted > 0 and self._beat is not None:
            self._beat.wish(wanted / 1000)
        messages = batch.messages[:]  # a slice is twice as fast to walk as upb's own sequence
        self._tally.messages += len(messages)
        life, gaps, seen = self.life, self._gaps, self._seen
        if messages:
            if not messages[-1].is_history:
                life.pushed_at, life.spoke = life.heard_at, True
                if life.looking:
                    life.look(messages)
            if messages[0].is_history:  # history comes first, if it comes
                self._tally.history += sum(item.is_history for item in messages)
        if asked is not None:
            gaps.answered(messages, asked, life.heard_at)
        if gaps.pending:
            gaps.pushed(messages, life.heard_at)
        if not self._initial_data:
            # What is left out counts as delivered: the stream may repeat it, without the mark.
            left_out = [item for item in messages if initial or item.is_history]
            seen.fresh(item for item in left_out if self._dispatcher.observes(item.method))
            messages = [item for item in messages if not (initial or item.is_history)]
        news = self._dispatcher.messages(messages, self.origin, seen, self._streaks)
        self._tally.duplicates = seen.dropped
        if news is not None:
            self._heed(news)

    def _heed(self, news: StreamEnd | Control) -> None:
        """The broadcast pauses, goes on or ends."""
        now = self._clock.seconds()
        if isinstance(news, StreamEnd):
            self.ended = True
            self._gaps.ended(now)
            if self._stream is None:
                self._end = news  # nobody knows yet that the stream is open
            elif self._is_open():  # else an observer closed the stream meanwhile
                self._greeting.heard()
                self._on_end(news)
        elif news.action == PAUSED:
            self.life.pause(now)
            self._log.paused("the host pauses", now)
        elif news.action == RESUMED:
            self.life.resume(now)
            self._check_later()
            self._log.paused("the host goes on", now)

    def origin(self) -> Origin:
        """Where and when events are arriving now."""
        room_id, source = self._ticket.room.room_id, self._ticket.source
        return Origin(self.anchor, room_id, wall_ms(self._clock), source, self.gifts)

    def _gap(self, since: float, until: float, reason: Exception | None) -> None:
        self._tally.gaps += 1
        times = wall_ms(self._clock, since), wall_ms(self._clock, until)
        self._dispatcher.tell(Gap(*times, reason, self.origin()))

    def _going_on(self, since: float, why: str = "Observers let the stream wait") -> None:
        """Nothing was read since then: was it too long without acks?"""
        now, since = self._clock.seconds(), max(since, self._opened_at)
        if self._stream is not None and self._stream.acks and self._is_open():
            self._gaps.unacked(since, now, why)

    def _skip(self, info: str, error: DecodeError, before: float) -> None:
        # Without the frames, which would keep the data as long as somebody keeps the error.
        without_frames(error)
        self._gaps.garbled(before, self._clock.seconds(), error)
        self._check_later()
        more = self._log.skipped(error, self._clock.seconds())
        if more is not None:
            self._dispatcher.tell(Error(f"{info}{more}", error, self.origin()))

    def _check(self) -> None:
        """
        Has the stream been silent for too long?

        One timer that looks at the times of the last frame and message: moving a timer with
        every frame would cost more than the frame.
        """
        now = self._clock.seconds()
        self._seen.forget()
        self._gaps.check(now)
        if self._closed:
            return  # by an observer who was told of a gap
        self._listen()
        self._broken = self.life.check(now, self._pace())
        if self._broken is not None:
            self.close()
        else:
            self._check_later()

    def _check_later(self) -> None:
        """Check when the next limit may be reached."""
        if self._stream is None or self._closed:
            return
        now, pace = self._clock.seconds(), self._pace()
        self._listen()
        left = lambda: self.life.left(self._clock.seconds(), self._pace())  # noqa: E731
        dues = self.life.due(now, pace), self._gaps.due
        times = [due for due in dues if due is not None]
        stop(self._watch)
        if times:
            self._watch = Limit(max(0.0, min(times) - now), self._clock, self._check, left)

    def _listen(self) -> None:
        if (gate := self._dispatcher.gate) is not None:
            self.life.listen(gate.listening_since())

    def _pace(self) -> float:
        """Seconds in which the other side gives a sign of life at least, if it is there."""
        if self._beat is None or (self._stream is not None and not self._stream.heartbeats):
            return HEARTBEAT
        return self._beat.pace
