"""What a connection puts up with, and what it counts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from tiktoklive.errors import DecodeError, PayloadTooLargeError, TooManyMessagesError
from tiktoklive.gate import LONGEST
from tiktoklive.net.bounded import MAX_UNREAD
from tiktoklive.observers import BUSY
from tiktoklive.seldom import Seldom
from tiktoklive.wire.batches import MAX_MESSAGES
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
    :ivar messages: messages of a batch.
    :ivar remembered: message ids kept to recognise what was delivered before.
    :ivar remembered_for: seconds for which they are kept at least, if they are not too many.
    :ivar unread: bytes of what we send that may wait because TikTok does not read them; a stream
        with more is dropped and opened again.
    :ivar busy: events with which one observer may be busy at a time, if it returns Deferreds.
    :ivar held: seconds that observers may let the streams wait.
    """

    stale_after: float | None = 60.0
    deaf_after: float | None = 45.0
    quiet_after: float | None = 60.0
    payload: int = MAX_PAYLOAD
    messages: int = MAX_MESSAGES
    remembered: int = 2048
    remembered_for: float = 6 * 3600.0
    unread: int = MAX_UNREAD
    busy: int = BUSY
    held: float = LONGEST


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
    :ivar too_large: by the class of the error, what was refused because it was too large.
    """

    frames: int = 0
    bad_frames: int = 0
    messages: int = 0
    duplicates: int = 0
    history: int = 0
    gaps: int = 0
    too_large: Counter[type[Exception]] = field(default_factory=Counter)
    #: Keeps what is skipped, stream after stream, from filling the log.
    skipped: Seldom = field(default_factory=Seldom, repr=False, compare=False)

    def skip(self, error: DecodeError, now: float) -> int | None:
        """
        Count a frame or batch that could not be understood.

        :return: how many times such a one was not logged since the last time; ``None`` to be quiet.
        """
        self.bad_frames += 1
        if isinstance(error, PayloadTooLargeError | TooManyMessagesError):
            self.too_large[type(error)] += 1
        return self.skipped.again(type(error).__name__, now)
