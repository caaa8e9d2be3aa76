"""What a connection puts up with, what it counts, and what each bound did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tiktoklive.described.rules import more_than_0, one_or_two
from tiktoklive.described.setting import described, setting
from tiktoklive.dispatch.limits import BUSY, BUSY_BYTES, LONGEST
from tiktoklive.errors import (
    BatchTooLargeError,
    DecodeError,
    FrameTooLargeError,
    PayloadTooLargeError,
    TooManyMessagesError,
    UnreadStreamError,
)
from tiktoklive.logs import LogThrottle, told_again
from tiktoklive.model import Bound
from tiktoklive.net.limits import MAX_ANSWER, MAX_HEAD, MAX_UNREAD
from tiktoklive.wire.limits import (
    AROUND_PAYLOAD,
    MAX_FIELDS,
    MAX_MESSAGE,
    MAX_MESSAGE_FIELDS,
    MAX_MESSAGES,
    MAX_PAYLOAD,
    MAX_VALUES,
)
from tiktoklive.wire.text import LONGEST as LONGEST_CURSOR

if TYPE_CHECKING:
    from tiktoklive.dispatch.battles import BattleTracker
    from tiktoklive.dispatch.dedup import DedupWindow
    from tiktoklive.dispatch.dispatcher import Dispatcher
    from tiktoklive.dispatch.streaks import Streaks
    from tiktoklive.dispatch.trackers import Trackers

#: What the setting ``streams`` is.
STREAMS = setting(
    "how many streams of each room are open at a time: 1, or 2 of different guests. With two, a "
    "lost stream is no gap as long as the other one lives, what one guest is not shown the other "
    "may be, and it is estimated how much neither is shown. It takes twice the traffic, and a "
    "second guest cookie. The second guest is anonymous: a session goes with the first alone",
    one_or_two,
    flag="streams",
    help="Streams of each room at a time, of different guests: 1 or 2.",
)

#: Seconds between two ``error`` events about frames that are unreadable in the same way.
MINUTE = 60.0


@described
@dataclass(frozen=True, slots=True)
class Limits:
    """What a conversation puts up with."""

    stale_after: float | None = field(
        default=60.0,
        metadata=setting(
            "seconds without any frame after which a stream counts as dead, or ``None`` for "
            "never. Even a quiet room answers heartbeats (wire facts §6.8)",
            more_than_0,
        ),
    )
    deaf_after: float | None = field(
        default=45.0,
        metadata=setting(
            "seconds without any message, while frames come, after which a stream counts as "
            "deaf and another source has its turn, or ``None`` for never. Even a quiet room "
            "has viewer counts. It doubles with each stream in a row that brings nothing. If it is "
            "``None``, rooms in which nothing comes aren't looked up either",
            more_than_0,
        ),
    )
    quiet_after: float | None = field(
        default=60.0,
        metadata=setting(
            "seconds in which no viewer acts after which a room is said to be quiet, or "
            "``None`` for never. Nothing follows from it",
            more_than_0,
        ),
    )
    payload: int = field(
        default=MAX_PAYLOAD, metadata=setting("bytes of a payload after decompression")
    )
    messages: int = field(default=MAX_MESSAGES, metadata=setting("messages of a batch"))
    fields: int = field(
        default=MAX_FIELDS,
        metadata=setting("fields of a batch at all depths, those of its messages included"),
    )
    message: int = field(
        default=MAX_MESSAGE,
        metadata=setting(
            "bytes of a message that is decoded; a larger one is delivered as raw data only"
        ),
    )
    message_fields: int = field(
        default=MAX_MESSAGE_FIELDS, metadata=setting("fields of such a message at all depths")
    )
    answer: int = field(
        default=MAX_ANSWER, metadata=setting("bytes of an answer to a request, after decompression")
    )
    answer_head: int = field(
        default=MAX_HEAD,
        metadata=setting(
            "bytes of the status line and headers of an answer, of interim ones included"
        ),
    )
    answer_values: int = field(
        default=MAX_VALUES, metadata=setting("values in the JSON of an answer, names counted too")
    )
    remembered: int = field(
        default=2048, metadata=setting("message ids kept to recognise what was delivered before")
    )
    remembered_for: float = field(
        default=6 * 3600.0,
        metadata=setting(
            "seconds for which these ids are kept at least, if they are not too many", more_than_0
        ),
    )
    unread: int = field(
        default=MAX_UNREAD,
        metadata=setting(
            "bytes of what we send that may wait because TikTok does not read them; a "
            "stream with more is dropped and opened again"
        ),
    )
    busy: int = field(
        default=BUSY,
        metadata=setting(
            "events with which one observer may be busy at a time, if it returns Deferreds"
        ),
    )
    busy_bytes: int = field(
        default=BUSY_BYTES,
        metadata=setting("bytes that TikTok sent for the events of one observer, together"),
    )
    held: float = field(
        default=LONGEST,
        metadata=setting("seconds that observers may let the streams wait", more_than_0),
    )

    @property
    def frame(self) -> int:
        """Bytes of a WebSocket message: a payload of the largest size, and what is around it."""
        return self.payload + AROUND_PAYLOAD


@dataclass(slots=True)
class Tally:
    """
    What was counted for one user, over all streams.

    :ivar frames: frames and bare batches that arrived.
    :ivar bad_frames: those that were skipped because they could not be understood.
    :ivar messages: messages in them.
    :ivar duplicates: those that were dropped because they had been delivered before.
    :ivar history: those that TikTok marked as history, repeated ones included.
    :ivar gaps: gaps that were told.
    :ivar long_cursors: cursors that were dropped because they, or their companions, were too long.
    :ivar too_large: by the class of the error, what was refused because it was too large.
    """

    frames: int = 0
    bad_frames: int = 0
    messages: int = 0
    duplicates: int = 0
    history: int = 0
    gaps: int = 0
    long_cursors: int = 0
    too_large: Counter[type[Exception]] = field(default_factory=Counter)
    #: Keeps what is skipped, stream after stream, from filling the log.
    skipped: LogThrottle = field(default_factory=LogThrottle, repr=False, compare=False)
    #: Keeps it from becoming as many events.
    untold: LogThrottle = field(
        default_factory=lambda: LogThrottle(MINUTE), repr=False, compare=False
    )
    #: Keeps pauses, of which a frame may hold a thousand, from filling the log.
    pauses: LogThrottle = field(
        default_factory=lambda: LogThrottle(MINUTE, first=10), repr=False, compare=False
    )

    def skip(self, error: DecodeError, now: float) -> tuple[str | None, str | None]:
        """
        Count a frame or batch that could not be understood.

        :return: what to add to the line of the log and to the event, how many times it was left
            out since the last time; ``None`` to leave it out again.
        """
        self.bad_frames += 1
        if isinstance(error, PayloadTooLargeError | TooManyMessagesError | BatchTooLargeError):
            self.too_large[type(error)] += 1
        kind = type(error).__name__
        again, untold = self.skipped.again(kind, now), self.untold.again(kind, now)
        return (
            None if again is None else f": {again} so far" if again else "",
            None if untold is None else told_again(untold),
        )


def bounds(
    limits: Limits, tally: Tally, seen: DedupWindow, trackers: Trackers, dispatcher: Dispatcher
) -> Mapping[str, Bound]:
    """
    What is bounded in a room, by name: what happens to what is more, and how often it did.

    ``frame``, ``unread`` (of what we send) and ``payload`` (bytes), ``batch`` (messages),
    ``fields`` (of a batch), ``remembered`` (message ids), ``cursor`` (characters), ``streaks``,
    ``streak_bytes``, ``battles`` and ``battle_bytes`` are the room's own; ``message`` (fields of
    one), ``names`` (of unknown messages), ``busy`` (events with which an observer is busy),
    ``busy_bytes`` and ``held`` (seconds) are counted for all rooms that have the same observers.
    """
    # Whoever reads settings imports this module: that must not cost 400 message types.
    from tiktoklive.dispatch import battles
    from tiktoklive.dispatch.dispatcher import NAMES_KEPT, OTHERS
    from tiktoklive.dispatch.streaks import RUNNING, RUNNING_BYTES

    streaks, streak_bytes = _pushed_out(trackers.known_streaks)
    known_battles, battle_bytes = _pushed_out(trackers.known_battles)
    too_large, waiting = tally.too_large, dispatcher.back_pressure
    names = dispatcher.unknown[OTHERS] + dispatcher.undecodable[OTHERS]
    return {
        "frame": Bound(
            limits.frame,
            "the stream is dropped and opened again",
            too_large[FrameTooLargeError],
        ),
        "unread": Bound(
            limits.unread,
            "the stream is dropped and opened again",
            too_large[UnreadStreamError],
        ),
        "payload": Bound(
            limits.payload,
            "the frame is skipped, and told as an error",
            too_large[PayloadTooLargeError],
        ),
        "batch": Bound(
            limits.messages,
            "the batch is skipped, and told as an error",
            too_large[TooManyMessagesError],
        ),
        "fields": Bound(
            limits.fields,
            "the batch is skipped, and told as an error",
            too_large[BatchTooLargeError],
        ),
        "message": Bound(
            limits.message_fields,
            "the message is told as an error, and delivered as raw data only",
            dispatcher.too_large,
        ),
        "remembered": Bound(limits.remembered, "the oldest are forgotten", seen.forgotten),
        "cursor": Bound(
            LONGEST_CURSOR,
            "it is dropped: without it the next stream begins anew",
            tally.long_cursors,
        ),
        "streaks": Bound(RUNNING, "the oldest end, or are forgotten", streaks),
        "streak_bytes": Bound(RUNNING_BYTES, "the oldest end", streak_bytes),
        "battles": Bound(battles.RUNNING, "the oldest end, or are forgotten", known_battles),
        "battle_bytes": Bound(battles.RUNNING_BYTES, "the oldest end", battle_bytes),
        "names": Bound(NAMES_KEPT, "further ones are counted together", names),
        "busy": Bound(
            dispatcher.busy,
            "the observer gets no events until it is done with half of them",
            dispatcher.dropped - dispatcher.dropped_by_bytes,
        ),
        "busy_bytes": Bound(dispatcher.busy_bytes, "the same", dispatcher.dropped_by_bytes),
        "held": Bound(
            limits.held if waiting is None else waiting.longest,
            "the streams go on without the observer that holds them",
            0 if waiting is None else waiting.cut,
        ),
    }


def _pushed_out(tracked: Streaks | BattleTracker | None) -> tuple[int, int]:
    """What ended, or was forgotten after its end, because of too many; and of too many bytes."""
    if tracked is None:
        return 0, 0
    by_size = tracked.running.evicted_by_size
    return tracked.running.evicted + tracked.over.evicted - by_size, by_size
