"""
Between an open stream and the observers: bytes in, events out.

A conversation lasts as long as one stream.  It enters the room, keeps the heartbeat,
acknowledges what wants to be acknowledged, drops what was delivered before, and notices
when nothing arrives any more.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from twisted.internet.defer import Deferred
from twisted.internet.interfaces import IDelayedCall, IReactorTime
from twisted.internet.task import LoopingCall
from twisted.logger import Logger
from zope.interface import implementer

from tiktoklive.dispatch import Dispatcher
from tiktoklive.errors import DecodeError, StaleStreamError, StreamLostError
from tiktoklive.events.base import Origin
from tiktoklive.events.control import Error, StreamEnd
from tiktoklive.interfaces import IReceiver, IStream, IWitness
from tiktoklive.model import Resume, Ticket
from tiktoklive.seen import Seen
from tiktoklive.streaks import Streaks
from tiktoklive.wire.batches import parse_batch
from tiktoklive.wire.frames import MAX_PAYLOAD, ack, enter_room, heartbeat, parse_frame
from tiktoklive.wire.text import sound

#: The name of the transport of a stream that is no WebSocket.  Nobody answers heartbeats there,
#: and the stream notices itself when nobody answers its requests.
POLLING = "polling"

#: Seconds between heartbeats when the server doesn't say (wire facts §6.6).
HEARTBEAT = 10.0
#: The least and the most that the server may ask for; the most leaves room for a missed
#: answer before a stream counts as stale.
HEARTBEATS = (1.0, 30.0)


@dataclass(frozen=True, slots=True)
class Limits:
    """
    What a conversation puts up with.

    :ivar stale_after: seconds without any frame after which a stream counts as dead, or
        ``None`` for never.  Even a quiet room answers heartbeats (wire facts §6.8).
    :ivar payload: bytes of a payload after decompression.
    :ivar remembered: message ids kept to recognise what was delivered before.
    """

    stale_after: float | None = 60.0
    payload: int = MAX_PAYLOAD
    remembered: int = 512


@dataclass(slots=True)
class Tally:
    """
    What was counted for one room, over all its streams.

    :ivar frames: frames and bare batches that arrived.
    :ivar bad_frames: those that were skipped because they could not be understood.
    :ivar messages: messages in them.
    :ivar duplicates: those that were dropped because they had been delivered before.
    """

    frames: int = 0
    bad_frames: int = 0
    messages: int = 0
    duplicates: int = 0


@implementer(IReceiver, IWitness)
class Conversation:
    """
    Receives one stream.

    :param ticket: what admitted us.
    :param dispatcher: whom to deliver to.
    :param clock: for heartbeats, staleness and time stamps.
    :param seen: shared by all streams of the room, like the tally.
    :param on_end: called when the broadcast is over; the stream may still be open.
    :param on_closed: called once when the stream is over, with the reason if it was not in order.
    :param streaks: the gift streaks of the room, likewise.
    :param initial_data: whether what happened before we came is delivered: a batch that came
        with the ticket, and what TikTok marks as history.
    :param resumed: whether the ticket goes on where another stream of the room broke off: the
        batch that came with it holds what we missed then.
    """

    log = Logger()

    def __init__(
        self,
        ticket: Ticket,
        dispatcher: Dispatcher,
        clock: IReactorTime,
        *,
        seen: Seen,
        tally: Tally,
        limits: Limits,
        on_end: Callable[[StreamEnd], None],
        on_closed: Callable[[Exception | None], None],
        streaks: Streaks | None = None,
        initial_data: bool = True,
        resumed: bool = False,
    ) -> None:
        self._ticket = ticket
        self._dispatcher = dispatcher
        self._clock = clock
        self._seen = seen
        self._tally = tally
        self._limits = limits
        self._on_end = on_end
        self._on_closed = on_closed
        self._streaks = streaks
        self._initial_data = initial_data
        self._resumed = resumed
        self._gifts = _by_id(ticket.room.gifts or ())
        self._stream: IStream | None = None
        self._beat: LoopingCall | None = None
        self._beats = 0
        self._watch: IDelayedCall | None = None
        self._stale: StaleStreamError | None = None
        self._closed = False
        self._reason: Exception | None = None
        self._cursor = ticket.cursor
        self._internal_ext = ticket.internal_ext
        #: When the last frame arrived, in the clock's seconds.
        self.heard_at = clock.seconds()

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
        self.heard_at = self._clock.seconds()
        stream.send(enter_room(self._ticket.room.room_id))
        self._beat = LoopingCall(self._heartbeat)
        self._beat.clock = self._clock
        if self._is_open():
            pace = _sensible(stream.heartbeat or HEARTBEAT)
            self._beat.start(pace).addErrback(self._beat_failed)
        if not self._is_open():
            return  # it broke on what we sent, and was told
        if self._limits.stale_after is not None and stream.transport_name != POLLING:
            self._watch = self._clock.callLater(self._limits.stale_after, self._check)
        if self._ticket.first_batch is not None:
            self.batch(self._ticket.first_batch, initial=not self._resumed)

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

    def resume(self, failure: Exception | None) -> Resume:
        """What the next stream of this room should know."""
        return Resume(self._cursor, self._internal_ext, failure)

    # --- IReceiver --------------------------------------------------------------

    def frame(self, data: bytes) -> None:
        """A push frame; whatever it is, nothing is raised."""
        self.heard_at = self._clock.seconds()
        self._tally.frames += 1
        try:
            frame = parse_frame(data, limit=self._limits.payload)
            if frame.payload_type == "msg":
                self._deliver(frame.payload, frame.log_id)
        except DecodeError as error:
            self._skip("Websocket message decoding failed", error)

    def batch(self, data: bytes, *, initial: bool = False) -> None:
        """A batch without a frame; whatever it is, nothing is raised."""
        self.heard_at = self._clock.seconds()
        self._tally.frames += 1
        try:
            self._deliver(data, 0, initial)
        except DecodeError as error:
            self._skip("batch decoding failed", error)

    def closed(self, reason: Exception | None) -> None:
        """The stream is over."""
        if self._closed:
            return
        self._closed = True
        if self._beat is not None and self._beat.running:
            self._beat.stop()
        if self._watch is not None and self._watch.active():
            self._watch.cancel()
        self._reason = self._stale or reason
        if self._stream is not None:
            self._on_closed(self._reason)

    # --- IWitness ---------------------------------------------------------------

    def survived(self, info: str, error: Exception) -> None:
        """The stream goes on after a failure; observers hear of it."""
        self._dispatcher.tell(Error(info, error, self.origin()))

    # --- inside -------------------------------------------------------------------

    def _is_open(self) -> bool:
        return not self._closed

    def _deliver(self, data: bytes, log_id: int, initial: bool = False) -> None:
        batch = parse_batch(data)
        internal_ext = batch.internal_ext
        if batch.needs_ack and log_id and self._stream is not None:
            self._stream.send(ack(log_id, internal_ext))
        self._internal_ext = sound(internal_ext) or self._internal_ext
        self._cursor = sound(batch.cursor) or self._cursor
        wanted = batch.heart_beat_duration
        if wanted > 0:
            self._beat_every(wanted / 1000)
        messages = batch.messages[:]  # a slice is twice as fast to walk as upb's own sequence
        self._tally.messages += len(messages)
        if not self._initial_data:
            # What is left out counts as delivered: the stream may repeat it, without the mark.
            self._seen.fresh(item for item in messages if initial or item.is_history)
            messages = [item for item in messages if not (initial or item.is_history)]
        end = self._dispatcher.messages(messages, self._heard, self._seen, self._streaks)
        self._tally.duplicates = self._seen.dropped
        if end is not None and self._is_open():  # else an observer closed the stream meanwhile
            self._on_end(end)

    def origin(self) -> Origin:
        """Where and when events are arriving now."""
        return self._origin(self._clock.seconds())

    def _heard(self) -> Origin:
        """Where and when the last frame arrived."""
        return self._origin(self.heard_at)

    def _origin(self, seconds: float) -> Origin:
        ticket = self._ticket
        room = ticket.room
        now = int(seconds * 1000)
        return Origin(room.unique_id, room.room_id, now, ticket.source, self._gifts)

    def _skip(self, info: str, error: DecodeError) -> None:
        if not self._tally.bad_frames:
            self.log.warn(
                "{anchor}: {error} It was skipped; further ones are only counted.",
                anchor=self._ticket.room.unique_id,
                error=error,
            )
        self._tally.bad_frames += 1
        self._dispatcher.tell(Error(info, error, self.origin()))

    def _heartbeat(self) -> None:
        if self._stream is not None:
            self._beats += 1
            self._stream.send(heartbeat(self._ticket.room.room_id, self._beats))

    def _beat_every(self, seconds: float) -> None:
        """The server's wish in a batch; one that it made in the handshake goes first."""
        seconds = _sensible(seconds)
        beat = self._beat
        if beat is None or self._stream is None or self._stream.heartbeat is not None:
            return
        if beat.running and beat.interval != seconds:
            beat.interval = seconds
            beat.reset()

    def _beat_failed(self, failure: object) -> None:
        self.log.error(
            "{anchor}: no heartbeat any more: {failure}",
            anchor=self._ticket.room.unique_id,
            failure=failure,
        )

    def _check(self) -> None:
        """
        Has the stream been silent for too long?

        One timer that looks at the time of the last frame: moving a timer with every frame
        would cost more than the frame.
        """
        limit = self._limits.stale_after
        if self._stream is None or limit is None:
            return
        left = self.heard_at + limit - self._clock.seconds()
        if left > 0:
            self._watch = self._clock.callLater(left, self._check)
            return
        self._stale = StaleStreamError(
            f"Nothing arrived for {limit:g} s, not even the answer to a heartbeat."
        )
        self.close()


def _sensible(seconds: float) -> float:
    """The pace of heartbeats that comes next to the server's wish."""
    least, most = HEARTBEATS
    return min(max(seconds, least), most)


def _by_id(gifts: Sequence[Mapping[str, Any]]) -> dict[int, Mapping[str, Any]]:
    """A list of gifts to look them up in, without those that have no id."""
    found = {}
    for gift in gifts:
        with suppress(KeyError, TypeError, ValueError):
            if gift_id := int(gift["id"]):
                found[gift_id] = gift
    return found
