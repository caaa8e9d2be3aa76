"""
When messages may have been missed: gaps, told by evidence.

A stream is lost, another one opens: has the room pushed anything in between?  There is
no number in a message that would tell, so it is decided by what the new stream brings.
It goes on where the old one broke off, and there is no gap,

- if its first batch was asked for at the old one's cursor, and TikTok knew the cursor: an
  answer to a cursor that is not known starts over, with messages marked as history (which
  cannot be told where no comment was written yet: an empty answer counts as no news).  What is
  asked for later is asked for at this stream's own cursor, and no evidence;

- or if its first messages that are not history repeat the last one that was delivered.  TikTok
  pushes in order, so what begins before our last message and passes it has left out nothing
  behind it.  (New ones before it, in the same batch, were missed in an earlier gap.)

Otherwise there is a gap: when a new message comes first, or when after a moment nothing has
come.  What history repeats is no evidence: it holds comments, and no gifts.

Frames that cannot be understood may have held messages too.  They are told as a gap as soon as
a batch is understood again, or after a moment: one for a burst of them, however long.

A poll is asked for at the cursor of the one before it, so polling alone misses nothing, as
long as TikTok knows the cursor.  A server that forgets it with every poll is told like frames that
cannot be understood: the first time at once, and then one gap for a burst.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from tiktoklive.dispatch.dedup import DedupWindow
from tiktoklive.errors import HeldStreamError, StreamLostError
from tiktoklive.events.base import Origin
from tiktoklive.model import Resume
from tiktoklive.wire.frames_pb2 import ResponseMessage

#: Seconds in which a new stream has to show that it goes on where the old one broke off.
GRACE: Final = 1.0

#: Seconds between two gaps that are told of what could not be understood, or of forgotten cursors.
BURST: Final = 10.0

#: Seconds without acks after which TikTok may stop sending (wire facts §6.4).
UNACKED: Final = 5.0


@dataclass(frozen=True, slots=True)
class Loss:
    """
    From when on messages may have been missed.

    :ivar since: in a clock's seconds.
    :ivar reason: what interrupted the stream.
    :ivar newest: the id of the message that was delivered last, 0 if there was none.
    """

    since: float
    reason: Exception | None
    newest: int = 0


@dataclass(frozen=True, slots=True)
class OverStream:
    """
    What is known of a stream when it is over.

    :ivar reason: why it ended; ``None`` if that was in order.
    :ivar lost: the same in words, in that case too.
    :ivar origin: where and when it ended.
    :ivar resume: where the next stream of the room goes on.
    :ivar loss: what that one has to make good.
    :ivar spoke: whether it has pushed messages.
    :ivar paused: whether the broadcast was paused.
    """

    reason: Exception | None
    lost: Exception
    origin: Origin
    resume: Resume
    loss: Loss
    spoke: bool
    paused: bool


class Gaps:
    """
    The gaps of one stream.

    :param now: the time, in a clock's seconds, as all times here.
    :param tell: called for each, with its beginning and end, and the
        reason.
    :param seen: what was delivered in the room.
    :param observes: whether messages of a wire name are delivered at all; others are no
        evidence, because they are not remembered.
    :param loss: what this stream has to make good; ``None`` if there was no other before.
    :param resumed: whether the first batch that is asked for is asked for at the old one's cursor.
    :ivar opened_at: when the stream was opened; its receiver writes it down.
    :ivar pending: whether anything is to be decided: :meth:`pushed` wants to see the next batch,
        and there is a time that is :attr:`due`.
    """

    __slots__ = (
        "_burst",
        "_burst_due",
        "_hold",
        "_loss",
        "_observes",
        "_resumed",
        "_seen",
        "_tell",
        "opened_at",
        "pending",
    )

    def __init__(
        self,
        now: float,
        tell: Callable[[float, float, Exception | None], None],
        seen: DedupWindow,
        observes: Callable[[str], bool],
        loss: Loss | None = None,
        *,
        resumed: bool = True,
    ) -> None:
        self._tell = tell
        self._seen = seen
        self._observes = observes
        self._loss = loss
        self._resumed = resumed
        self.opened_at = now
        self._burst: Loss | None = None
        self._burst_due = self._hold = 0.0
        self.pending = loss is not None

    def unless(self, covered: Callable[[float, float, Exception | None], bool]) -> None:
        """
        Tell no gap that another stream is trusted to have filled.

        :param covered: says so, of what would be told.
        """
        tell = self._tell

        def tell_unless(since: float, until: float, reason: Exception | None) -> None:
            if not covered(since, until, reason):
                tell(since, until, reason)

        self._tell = tell_unless

    def take_over(self, loss: Loss) -> None:
        """Another stream was lost, and this one has to make good what it missed."""
        self._loss, self._resumed = loss, False
        self.pending = True

    def unacked(self, since: float, now: float, why: str) -> None:
        """We read nothing since then, and acknowledged nothing: was that too long?"""
        if now - since > UNACKED:
            self._tell(since, now, HeldStreamError(f"{why} for {now - since:.0f} s."))

    def answered(self, messages: Sequence[ResponseMessage], since: float, now: float) -> None:
        """
        A batch arrived that was asked for at the cursor of what came last; before delivery.

        :param since: when that was, unless it was another stream's.
        """
        resumed, self._resumed = self._resumed, False
        if not any(item.is_history for item in messages):
            if resumed:
                self._made_good()
        elif self._loss is None or not resumed:
            if self._loss is not None:
                self._missed()
            reason = StreamLostError("TikTok did not know any more where we were, and began anew.")
            if now < self._hold or self._burst is not None:
                self.garbled(since, now, reason)
                return
            self._hold = now + BURST
            self._tell(since, now, reason)

    def pushed(self, messages: Sequence[ResponseMessage], now: float) -> None:
        """A batch was understood that was not asked for; before its messages are delivered."""
        loss = self._loss
        if loss is not None:
            pushed = [
                item.msg_id
                for item in messages
                if item.msg_id and not item.is_history and self._observes(item.method)
            ]
            if loss.newest in pushed:
                self._made_good()
            elif any(number not in self._seen for number in pushed):
                self._missed()
        if self._burst is not None and now >= self._hold:
            self._garbled(now)

    def garbled(self, since: float, now: float, reason: Exception) -> None:
        """
        What arrived could not be understood.

        :param since: when something arrived before it.
        """
        self._resumed = False  # it may have been the answer
        if self._burst is None:
            self._burst = Loss(since, reason)
            self._burst_due = max(self._hold, now + BURST)
            self.pending = True

    @property
    def undecided(self) -> bool:
        """Whether nothing showed yet that this stream goes on where another broke off, or not."""
        return self._loss is not None

    @property
    def due(self) -> float | None:
        """When to call :meth:`check`, if nothing is decided before."""
        times = []
        if self._loss is not None:
            times.append(self.opened_at + GRACE)
        if self._burst is not None:
            times.append(self._burst_due)
        return min(times) if times else None

    def check(self, now: float) -> None:
        """What is not decided by now is a gap."""
        if self._loss is not None and now >= self.opened_at + GRACE:
            self._missed()
        if self._burst is not None and now >= self._burst_due:
            self._garbled(now)

    def ended(self, now: float) -> None:
        """The room has nothing more to say."""
        if self._burst is not None:
            self._garbled(now)

    def lost(self, since: float, reason: Exception) -> Loss:
        """
        This stream is over: what the next one has to make good.

        :param since: until when it is known to have brought everything.
        """
        if self._loss is not None:
            return self._loss
        if self._burst is not None:
            since = self._burst.since
        return Loss(since, reason, self._seen.newest)

    def _made_good(self) -> None:
        self._loss = None
        self.pending = self._burst is not None

    def _missed(self) -> None:
        loss = self._loss
        assert loss is not None, "something was lost"
        self._made_good()
        self._tell(loss.since, self.opened_at, loss.reason)

    def _garbled(self, now: float) -> None:
        burst, self._burst = self._burst, None
        assert burst is not None, "something was not understood"
        self._hold = now + BURST
        self.pending = self._loss is not None
        self._tell(burst.since, now, burst.reason)
