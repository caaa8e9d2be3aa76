"""What a connection puts up with, and what it counts."""

from __future__ import annotations

from dataclasses import dataclass

from tiktoklive.wire.frames import MAX_PAYLOAD


@dataclass(frozen=True, slots=True)
class Limits:
    """
    What a conversation puts up with.

    :ivar stale_after: seconds without any frame after which a stream counts as dead, or
        ``None`` for never.  Even a quiet room answers heartbeats (wire facts §6.8).
    :ivar deaf_after: seconds without any message, while frames come, after which a stream
        counts as deaf and another source has its turn, or ``None`` for never.  Even a quiet
        room has viewer counts.  It doubles with each stream in a row that brings nothing.
    :ivar quiet_after: seconds in which nobody acts after which a room is said to be quiet, or
        ``None`` for never.  Nothing follows from it.
    :ivar payload: bytes of a payload after decompression.
    :ivar remembered: message ids kept to recognise what was delivered before.
    :ivar remembered_for: seconds for which they are kept at least, if they are not too many.
    """

    stale_after: float | None = 60.0
    deaf_after: float | None = 45.0
    quiet_after: float | None = 60.0
    payload: int = MAX_PAYLOAD
    remembered: int = 2048
    remembered_for: float = 6 * 3600.0


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
    """

    frames: int = 0
    bad_frames: int = 0
    messages: int = 0
    duplicates: int = 0
    history: int = 0
    gaps: int = 0
