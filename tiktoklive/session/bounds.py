"""What is bounded in a room, what happens to what is more, and how often it did."""

from __future__ import annotations

from collections.abc import Mapping

from tiktoklive.dispatch import battles
from tiktoklive.dispatch.dedup import DedupWindow
from tiktoklive.dispatch.dispatcher import NAMES_KEPT, OTHERS, Dispatcher
from tiktoklive.dispatch.streaks import RUNNING, RUNNING_BYTES
from tiktoklive.dispatch.trackers import Trackers
from tiktoklive.errors import (
    BatchTooLargeError,
    FrameTooLargeError,
    PayloadTooLargeError,
    TooManyMessagesError,
    UnreadStreamError,
)
from tiktoklive.model import Bound
from tiktoklive.stream.limits import Limits, Tally
from tiktoklive.wire.text import LONGEST


def bounds(
    limits: Limits, tally: Tally, seen: DedupWindow, trackers: Trackers, dispatcher: Dispatcher
) -> Mapping[str, Bound]:
    """
    All of them, by name.

    ``frame``, ``unread`` (of what we send) and ``payload`` (bytes), ``batch`` (messages),
    ``fields`` (of a batch), ``remembered`` (message ids), ``cursor`` (characters), ``streaks``,
    ``streak_bytes``, ``battles`` and ``battle_bytes`` are the room's own; ``message`` (fields of
    one), ``names`` (of unknown messages), ``busy`` (events with which an observer is busy),
    ``busy_bytes`` and ``held`` (seconds) are counted for all rooms that have the same observers.
    """
    streaks, tracker = trackers.streaks, trackers.known_battles
    too_large, gate = tally.too_large, dispatcher.gate
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
            LONGEST,
            "it is dropped: without it the next stream begins anew",
            tally.long_cursors,
        ),
        "streaks": Bound(RUNNING, "the oldest end, or are forgotten", streaks.pushed_out),
        "streak_bytes": Bound(RUNNING_BYTES, "the oldest end", streaks.pushed_out_by_bytes),
        "battles": Bound(
            battles.RUNNING,
            "the oldest end, or are forgotten",
            0 if tracker is None else tracker.pushed_out,
        ),
        "battle_bytes": Bound(
            battles.RUNNING_BYTES,
            "the oldest end",
            0 if tracker is None else tracker.pushed_out_by_bytes,
        ),
        "names": Bound(NAMES_KEPT, "further ones are counted together", names),
        "busy": Bound(
            dispatcher.busy,
            "the observer gets no events until it is done with half of them",
            dispatcher.dropped - dispatcher.dropped_by_bytes,
        ),
        "busy_bytes": Bound(dispatcher.busy_bytes, "the same", dispatcher.dropped_by_bytes),
        "held": Bound(
            limits.held if gate is None else gate.longest,
            "the streams go on without the observer that holds them",
            0 if gate is None else gate.cut,
        ),
    }
