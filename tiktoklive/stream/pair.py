"""
Two streams of one room at a time: what one of them misses is a gap only if the other does too.

Each stream covers the time from when it was live until it is known to have brought everything
(:mod:`tiktoklive.stream.gaps`).  What one misses, or misses from its end on, the other is trusted
to bring.  If that one turns out to have been dead at the time, the gap is told then.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from math import inf
from typing import Final, NamedTuple

from tiktoklive.stream.gaps import Gaps
from tiktoklive.stream.liveness import Liveness
from tiktoklive.stream.overlap import Overlap
from tiktoklive.wire.frames_pb2 import ResponseMessage

#: How many streams that were over before the one that led are known; of more, a gap is told longer
#: than it was.
_KEPT: Final = 16


class Hole(NamedTuple):
    """
    What one stream missed, and the other one is trusted to have brought.

    :ivar since: in a clock's seconds.
    :ivar until: likewise.
    :ivar reason: why it was missed.
    """

    since: float
    until: float
    reason: Exception | None


class PairedStream:
    """
    One of two streams, from when it is live.

    :param slot: whose it is: 0 for the first guest, 1 for the second.
    :param since: from when on it brings what happens, in a clock's seconds.
    :param life: how it is about it.
    :param check_later: called when the time of its next check is another one.
    :ivar leads: whether it is the room's own at present, and delivers what cannot be recognised.
    :ivar hole: what it missed and the other one is trusted to have brought.
    """

    __slots__ = ("_pair", "check_later", "hole", "leads", "life", "since", "slot")

    def __init__(
        self, pair: Pair, slot: int, since: float, life: Liveness, check_later: Callable[[], None]
    ) -> None:
        self._pair = pair
        self.slot, self.since = slot, since
        self.life, self.check_later = life, check_later
        self.leads = False
        self.hole: Hole | None = None

    def sift(self, messages: list[ResponseMessage], now: float) -> list[ResponseMessage]:
        """
        Count the messages of a batch.

        :return: those to be delivered: of two streams only one delivers messages without an id,
            which could not be told from those of the other.
        """
        self._pair.overlap.brought(self.slot, messages, now)
        return messages if self.leads else [item for item in messages if item.msg_id]

    def covered(self, since: float, until: float, reason: Exception | None) -> bool:
        """Whether the other stream is trusted to have brought what this one missed."""
        other = self._pair.other(self)
        if other is None or other.since > since:
            return False
        theirs, ours = other.hole, self.hole
        if theirs is not None and theirs.since < until and since < theirs.until:
            other.hole = None
            return False
        if ours is not None and other.life.pushed_at < ours.until:  # not known to be filled yet
            since = min(since, ours.since)
        self.hole = Hole(since, until, reason)
        self._pair.spared += 1
        return True

    def heed(self, paused: bool, now: float) -> None:
        """This stream brought whether the host pauses, which the other one drops as repeated."""
        other = self._pair.other(self)
        if other is None or other.life.paused == paused:
            return
        if paused:
            other.life.pause(now)
        else:
            other.life.resume(now)
            other.check_later()


class Pair:
    """
    The streams of one room that are live, two at most.

    :param now: gives the time, in a clock's seconds.
    :param tell: called with each gap that turns out to be one: its beginning, end and reason.
    :ivar overlap: counts what they bring.
    :ivar spared: how often one of them missed something, or was lost, and no gap was told.
    :ivar proven: until when everything is known to have come by streams that are over.
    """

    def __init__(
        self,
        now: Callable[[], float],
        tell: Callable[[float, float, Exception | None], None],
    ) -> None:
        self._now, self._tell = now, tell
        self.overlap = Overlap()
        self.spared = 0
        self._first: PairedStream | None = None
        self._second: PairedStream | None = None
        self.proven = -inf
        #: From when to when streams brought everything that were over before the room's own.
        self._brought: deque[tuple[float, float]] = deque(maxlen=_KEPT)

    def begin(self) -> None:
        """The next stream has no other beside it, and is told itself what it has to make good."""
        self._first = self._second = None
        self.proven = self._now()
        self._brought.clear()
        self.overlap.stop()

    def joined(
        self, slot: int, life: Liveness, gaps: Gaps, check_later: Callable[[], None]
    ) -> PairedStream:
        """A stream is live; from now on it tells no gap that the other one is trusted to fill."""
        stream = PairedStream(self, slot, self._now(), life, check_later)
        gaps.unless(stream.covered)
        if slot:
            self._second = stream
        else:
            self._first = stream
        if self._first is not None and self._second is not None:
            self.overlap.begin(self._now())
        return stream

    def other(self, stream: PairedStream) -> PairedStream | None:
        """The other one, if it is live."""
        return self._first if stream.slot else self._second

    def lost(self, stream: PairedStream, since: float, reason: Exception | None) -> None:
        """
        A stream is over.

        :param since: until when it is known to have brought everything.
        :param reason: why it ended.
        """
        other = self.other(stream)
        if stream.slot:
            self._second = None
        else:
            self._first = None
        self.overlap.stop()
        if other is not None:
            hole, other.hole = other.hole, None
            if hole is not None and since < hole.until:  # it was dead already
                self._tell(max(since, hole.since), hole.until, hole.reason)
            hole = stream.hole
            if hole is not None and other.life.pushed_at < hole.until:
                since = min(since, hole.since)
            if not stream.leads and other.life.pushed_at >= since:
                return  # the other one has brought all of it too
        self._brought.append((stream.since, since))
        if stream.leads:
            self.settle(reason)

    def settle(self, reason: Exception | None) -> None:
        """
        The room's own stream is over: what those brought that are over is put together.

        :param reason: why it ended; what lies in between is a gap.
        """
        for began, until in sorted(self._brought):
            if began > self.proven:
                self._tell(self.proven, began, reason)
            self.proven = max(self.proven, until)
        self._brought.clear()

    def lead(self, stream: PairedStream) -> bool:
        """
        A stream is the room's own from now on.

        :return: whether it goes on where those broke off that are over; else it has to make good
            what came since :attr:`proven`.
        """
        goes_on, stream.leads = stream.since <= self.proven, True
        stream.since = min(stream.since, self.proven)
        return goes_on
