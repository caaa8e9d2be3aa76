"""
Between an open stream and the observers: bytes in, events out.

A conversation lasts as long as one stream.  It enters the room, keeps the heartbeat, acknowledges,
drops what was delivered before, tells what may have been missed, and notices silence.
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
from tiktoklive.dispatch.trackers import Trackers
from tiktoklive.errors import (
    DeafStreamError,
    DecodeError,
    FrameTooLargeError,
    StreamLostError,
    UnreadStreamError,
)
from tiktoklive.errors.isolation import without_frames
from tiktoklive.events.base import Origin, gifts_by_id
from tiktoklive.events.control import EnterRoom, Error, Gap, StreamEnd
from tiktoklive.events.room import PAUSED, RESUMED, Control
from tiktoklive.interfaces import IReceiver, IStream, IWitness
from tiktoklive.model import Resume, Status, Ticket
from tiktoklive.stream.gaps import Gaps, Loss, OverStream
from tiktoklive.stream.heartbeat import ENTERED, HEARTBEAT, SPEAKING, Heartbeat
from tiktoklive.stream.limits import Limits, Tally
from tiktoklive.stream.liveness import Liveness
from tiktoklive.stream.log import StreamLog
from tiktoklive.stream.pair import PairedStream
from tiktoklive.wire.batches import parse_batch
from tiktoklive.wire.frames import ack, parse_frame
from tiktoklive.wire.position import Position

__all__ = ["Conversation", "Limits", "Tally"]


@implementer(IReceiver, IWitness)
class Conversation:
    """
    Receives one stream.

    :param ticket: what admitted us.
    :param dispatcher: what delivers to the observers.
    :param clock: for heartbeats, staleness and time stamps.
    :param seen: shared by all streams of the room, like the tally and the trackers.
    :param on_end: called when the broadcast is over; the stream may still be open.
    :param on_closed: called once when the stream is over, with the reason if it was not in order.
    :param on_spoke: called once, with where and when, as the stream brings something of the room:
        the answer to our entering, or a batch; not for what came with the ticket.
    :param initial_data: whether what happened before we came is delivered: a batch that came
        with the ticket, and what TikTok marks as history.
    :param resume: where another stream of the room broke off; if it has a cursor, the batch that
        came with the ticket holds what we missed then.
    :param loss: what may have been missed since then.
    :param deaf_ends: how many streams before this one went deaf, in a row.
    :ivar life: how it is about the stream; ``position`` where it is, ``gaps`` what it has missed.
    :ivar over: what is known at its end, when that has come; ``ended`` if the broadcast's was told.
    :ivar anchor: the name under which the user is followed, if not the room's, of all events;
        ``gifts`` likewise TikTok's list of gifts by gift id.
    :ivar paired: what it is beside another stream of the room, if there is to be one.
    """

    paired: PairedStream | None = None

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
        on_spoke: Callable[[Origin], None] = lambda origin: None,
        trackers: Trackers | None = None,
        initial_data: bool = True,
        resume: Resume | None = None,
        loss: Loss | None = None,
        deaf_ends: int = 0,
        anchor: str = "",
    ) -> None:
        self.anchor = anchor or ticket.room.anchor
        self._ticket = ticket
        self._dispatcher, self._clock = dispatcher, clock
        self._seen, self._tally, self._limits = seen, tally, limits
        self._log = StreamLog(ticket.source, tally, lambda: self.anchor)
        self._on_end, self._on_closed = on_end, on_closed
        self._on_spoke: Callable[[Origin], None] | None = on_spoke  # until it was called
        self._trackers, self._initial_data = trackers, initial_data
        self._resume = resume or Resume()
        self.gifts = gifts_by_id(ticket.room.gifts) if ticket.room.gifts else {}
        self._stream: IStream | None = None
        self._beat: Heartbeat | None = None
        self._watch: Limit | None = None
        self._broken: StreamLostError | None = None
        self._end: StreamEnd | None = None
        self.ended = self._is_ours = self._spoke = self._closed = False
        self.over: OverStream | None = None
        taken = ticket.first_batch is None  # it is gone on from when it was taken
        self.position = Position(ticket.cursor, ticket.internal_ext) if taken else Position()
        now = clock.seconds()  # frames may come before begin()
        resumed = bool(self._resume.cursor)
        self.gaps = Gaps(now, self._gap, seen, dispatcher.observes, loss, resumed=resumed)
        self.life = Liveness(
            now,
            stale_after=limits.stale_after,
            deaf_after=limits.deaf_after,
            deaf_ends=deaf_ends,
            quiet_after=limits.quiet_after,
            changed=self._log.changed,
        )

    def begin(self, stream: IStream) -> None:
        """The stream is open: enter the room, then keep the heartbeat."""
        self._stream, over = stream, self._closed
        if over:  # before we were given it
            self._on_closed(self.over.reason if self.over is not None else None)
            return
        now, life = self._clock.seconds(), self.life
        self.gaps.opened_at = now
        life.heard_at = life.pushed_at = life.acted_at = now
        if stream.asks:  # polls that are not answered are noticed, and repeated, by the stream
            life.stale_after = None
        if stream.recorded:
            life.deaf_after = None
        if self._ticket.room.status is Status.PAUSED:
            life.pause(now)
        self.check_later()
        if self._dispatcher.back_pressure is not None:
            self._dispatcher.back_pressure.opened(stream, self._going_on)
        self._beat = Heartbeat(
            stream, self._ticket.room, self._clock, self._going_on, lambda: self.life.pushed_at
        )
        self._beat.start()
        if self._closed:
            return  # it broke on what we sent, and was told
        self._is_ours = True
        if self._spoke or stream.asks or stream.recorded:  # it is open because it was answered
            self._heard()
        ticket, position = self._ticket, self.position
        # What it was opened with is not kept: it is long, and has secrets.
        self._ticket = replace(ticket, url="", headers=(), cookies={}, first_batch=None)
        if ticket.first_batch is not None:
            position.cursor = position.cursor or ticket.cursor
            position.internal_ext = position.internal_ext or ticket.internal_ext
            resumed = bool(self._resume.cursor)
            self._batch(ticket.first_batch, not resumed, resumed)
        if self._end is not None and self._is_open():
            self._on_end(self._end)

    def close(self, why: StreamLostError | None = None) -> None:
        """Close the stream; ``on_closed`` tells when it is, and why, after any failure too."""
        self._broken = why or self._broken
        stream = self._stream
        if stream is None or self._closed:
            return

        async def close() -> None:
            await stream.close()

        Deferred.fromCoroutine(close()).addErrback(
            lambda failure: self.closed(StreamLostError(f"Closing failed: {failure.value}"))
        )

    # --- IReceiver and IWitness -------------------------------------------------

    def frame(self, data: bytes) -> None:
        """A push frame; whatever it is, nothing is raised."""
        life = self.life
        before, life.heard_at = life.heard_at, self._clock.seconds()
        self._tally.frames += 1
        try:
            frame = parse_frame(data, limit=self._limits.payload)
            if self._on_spoke is not None and frame.payload_type in SPEAKING:
                self._heard()
            if frame.payload_type == ENTERED:
                self._dispatcher.tell(EnterRoom(self.origin()))
            elif frame.payload_type == "msg":
                self._deliver(frame.payload, frame.log_id)
        except DecodeError as error:
            self._skip("Websocket message decoding failed", error, before)

    def batch(self, data: bytes) -> None:
        """A batch without a frame; whatever it is, nothing is raised."""
        self._heard()
        self._batch(data, False, self._stream is not None and self._stream.asks)

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
        if isinstance(reason, FrameTooLargeError | UnreadStreamError):
            self._tally.too_large[type(reason)] += 1
        origin, reason, life = self.origin(), self._broken or reason, self.life
        lost = reason or StreamLostError("TikTok closed the stream.")
        # An answered poll says that nothing was pushed; an answered heartbeat does not: a deaf
        # stream answers them too, and is noticed later.
        asks = self._stream is not None and self._stream.asks
        knows = asks and not isinstance(lost, DeafStreamError)
        since = life.heard_at if knows else life.pushed_at
        if self._beat is not None:
            since = self._beat.surely_read(since)
            self._beat.stop()
        stop(self._watch)
        if self._dispatcher.back_pressure is not None:
            self._dispatcher.back_pressure.closed(self._stream)
        # Who goes on from here before that is decided would hide what may have been missed.
        at = self._resume if self.gaps.undecided else self.position
        loss = self.gaps.lost(since, lost)
        resume = Resume(at.cursor, at.internal_ext, lost)
        self.over = OverStream(reason, lost, origin, resume, loss, life.spoke, life.paused)
        if self._stream is not None:
            self._on_closed(reason)

    def survived(self, info: str, error: Exception) -> None:
        """The stream goes on after a failure; observers hear of it."""
        self._dispatcher.tell(Error(info, error, self.origin()))

    def missed(self, reason: Exception, since: float | None = None) -> None:
        """Something did not get here; observers hear of the gap."""
        began = self.life.heard_at if since is None else since
        self.gaps.garbled(began, self._clock.seconds(), reason)
        self.check_later()

    # --- inside -------------------------------------------------------------------

    def _is_open(self) -> bool:
        return not self._closed

    def _heard(self) -> None:
        """The stream brings something of the room: it has begun to speak."""
        self._spoke = True
        if self._is_ours and self._on_spoke is not None:
            told, self._on_spoke = self._on_spoke, None
            told(self.origin())

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
        self._tally.long_cursors += not self.position.take(batch)
        if batch.needs_ack and log_id and self._stream is not None:
            self._stream.send(ack(log_id, batch.internal_ext))
        if (wanted := batch.heart_beat_duration) > 0 and self._beat is not None:
            self._beat.wish(wanted / 1000)
        messages = batch.messages[:]  # a slice is twice as fast to walk as upb's own sequence
        self._tally.messages += len(messages)
        life, gaps, seen = self.life, self.gaps, self._seen
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
        if self.paired is not None:
            messages = self.paired.sift(messages, life.heard_at)
        if not self._initial_data:
            # What is left out counts as delivered: the stream may repeat it, without the mark.
            left_out = [item for item in messages if initial or item.is_history]
            seen.fresh(item for item in left_out if self._dispatcher.observes(item.method))
            messages = [item for item in messages if not (initial or item.is_history)]
        with self._dispatcher.batch:
            news = self._dispatcher.messages(messages, self.origin, seen, self._trackers)
        self._tally.duplicates = seen.dropped
        if news is not None:
            self._heed(news)

    def _heed(self, news: StreamEnd | Control) -> None:
        """The broadcast pauses, goes on or ends."""
        now = self._clock.seconds()
        if isinstance(news, StreamEnd):
            self.ended = True
            self.gaps.ended(now)
            if self._stream is None:
                self._end = news  # nobody knows yet that the stream is open
            elif self._is_open():  # else an observer closed the stream meanwhile
                self._heard()
                self._on_end(news)
        elif news.action == PAUSED:
            self.life.pause(now)
            self._log.paused("the host pauses", now)
        elif news.action == RESUMED:
            self.life.resume(now)
            self.check_later()
            self._log.paused("the host goes on", now)
        if self.paired is not None:
            self.paired.heed(self.life.paused, now)

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
        now, since = self._clock.seconds(), max(since, self.gaps.opened_at)
        if self._stream is not None and self._stream.acks and self._is_open():
            self.gaps.unacked(since, now, why)

    def _skip(self, info: str, error: DecodeError, before: float) -> None:
        without_frames(error)  # which would keep the data as long as somebody keeps the error
        self.missed(error, before)
        if (more := self._log.skipped(error, self._clock.seconds())) is not None:
            self._dispatcher.tell(Error(f"{info}{more}", error, self.origin()))

    def _check(self) -> None:
        """
        Has the stream been silent for too long?

        One timer that looks at the times of the last frame and message: moving a timer with
        every frame would cost more than the frame.
        """
        now = self._clock.seconds()
        self._seen.forget()
        self.gaps.check(now)
        if self._closed:
            return  # by an observer who was told of a gap
        if (back_pressure := self._dispatcher.back_pressure) is not None:
            self.life.listen(back_pressure.listening_since())
        if (broken := self.life.check(now, self._pace())) is not None:
            self.close(broken)
        else:
            self.check_later()

    def check_later(self) -> None:
        """Check when the next limit may be reached."""
        if self._stream is None or self._closed:
            return
        now, pace = self._clock.seconds(), self._pace()
        left = lambda: self.life.left(self._clock.seconds(), self._pace())  # noqa: E731
        dues = self.life.due(now, pace), self.gaps.due if self.gaps.pending else None
        stop(self._watch)
        if times := [due for due in dues if due is not None]:
            self._watch = Limit(max(0.0, min(times) - now), self._clock, self._check, left)

    def _pace(self) -> float:
        """Seconds in which the other side gives a sign of life at least, if it is there."""
        if self._beat is None or (self._stream is not None and not self._stream.heartbeats):
            return HEARTBEAT
        return self._beat.pace
