"""
The second stream of a room, as another guest: what one of two misses, the other may bring.

The session's machine knows one stream, the *lead*.  Once it is live, a second one is opened beside
it, with its own guest, ticket, heartbeats and pauses after failures.  If the lead is lost, the
second one takes its place, nothing is told to be missed, and a new one is opened as the guest whose
stream was lost.  If both are lost, the machine judges that as the loss of its only stream.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final, Protocol

from twisted.internet.defer import CancelledError
from twisted.internet.task import deferLater

from tiktoklive.clock import wall_ms
from tiktoklive.dispatch.dedup import DedupWindow
from tiktoklive.dispatch.dispatcher import Dispatcher
from tiktoklive.dispatch.trackers import Trackers
from tiktoklive.errors import (
    DeafStreamError,
    InvalidResponseError,
    Remedy,
    UserOfflineError,
)
from tiktoklive.errors.isolation import AWAITED, as_error, without_frames
from tiktoklive.events.base import Origin, gifts_by_id
from tiktoklive.events.control import Error, Gap, StreamEnd
from tiktoklive.fallback import all_failed, is_local
from tiktoklive.interfaces import IStream
from tiktoklive.model import Resume, Room, Status, StreamsState, Ticket
from tiktoklive.pacing.backoff import doubling
from tiktoklive.session.inputs import Attempt, Stops
from tiktoklive.session.knowledge import Fetched, KnownBroadcast
from tiktoklive.session.log import SessionLog
from tiktoklive.session.parts import Parts
from tiktoklive.session.reconnect import Losses
from tiktoklive.stream.conversation import Conversation, Tally
from tiktoklive.stream.gaps import Loss
from tiktoklive.stream.pair import Pair, PairedStream

#: The longest pause, in seconds, between two tries to open a second stream; before it they double.
LONGEST: Final = 900.0

#: Which guest is meant, for people.
GUESTS: Final = ("first", "second")


class Led(Protocol):
    """What a second stream knows of the session's :class:`~tiktoklive.session.core.Core`."""

    parts: Parts
    dispatcher: Dispatcher
    seen: DedupWindow
    tally: Tally
    trackers: Trackers
    session_log: SessionLog
    stops: Stops
    unique_id: str
    broadcast: KnownBroadcast
    fetched: Fetched
    losses: Losses
    conversation: Conversation | None
    stream: IStream | None
    opened_at: float


@dataclass(slots=True, eq=False)
class _Opened:
    """
    A stream that is open.

    :ivar slot: as which guest it was opened: 0 or 1.
    :ivar paired: what it is to the other one, from when it is live.
    """

    slot: int
    conversation: Conversation
    stream: IStream
    opened_at: float
    paired: PairedStream | None = None


class SecondStream:
    """
    Keeps a second stream open while the session has one.

    :param core: what the states of the session share.
    """

    def __init__(self, core: Led) -> None:
        self._core = core
        self._pair = Pair(core.parts.clock.seconds, self._gap)
        self._lead: _Opened | None = None
        self._other: _Opened | None = None
        self._attempt: Attempt[_Opened] | None = None
        self._stopping = False
        self._failures = self._deaf_ends = 0
        #: What is done about the second stream, for people.
        self._doing = ""
        #: The kind of failure that was told last, until one is open.
        self._told: type[Exception] | None = None
        self._end: Callable[[StreamEnd], None] = lambda end: None
        self._lost: Callable[[Exception | None], None] = lambda reason: None

    # --- what the session says ------------------------------------------------------------

    def begin(
        self, end: Callable[[StreamEnd], None], lost: Callable[[Exception | None], None]
    ) -> None:
        """
        The stream of the session is live.

        :param end: called when a second stream tells that the broadcast is over.
        :param lost: called when a second stream that has taken its place is lost.
        """
        core = self._core
        assert core.conversation is not None and core.stream is not None, "it is live"
        self._end, self._lost, self._stopping = end, lost, False
        self._failures, self._deaf_ends, self._told = 0, core.losses.deaf_ends, None
        self._pair.begin()
        self._lead = _Opened(0, core.conversation, core.stream, core.opened_at)
        self._join(self._lead)
        self._open(1, Resume())

    def goes_on(self, reason: Exception | None) -> bool:
        """
        The session's stream is over.

        :return: whether there is nothing to judge, as the second one is the session's from now on,
            or is still being closed; ``lost`` is called when it is.
        """
        core, lead, other = self._core, self._lead, self._other
        if lead is None or lead.conversation is not core.conversation:
            return False
        if self._stopping and other is not None:
            return True
        over = lead.conversation.over
        assert over is not None, "it has just ended"
        if lead.paired is not None:
            self._pair.lost(lead.paired, over.loss.since, over.lost)
        else:  # it took another one's place, and never spoke
            self._pair.settle(over.lost)
        self._lead = self._other = None
        self._abandon()
        if other is None or self._stopping:
            self._doing = ""
            return False
        self._lead = other
        core.conversation, core.stream = other.conversation, other.stream
        core.opened_at = other.opened_at
        other.conversation.life.on_silent = lead.conversation.life.on_silent
        if other.paired is not None and self._pair.lead(other.paired):
            self._pair.spared += 1
        else:
            since = self._pair.proven
            other.conversation.gaps.take_over(Loss(since, over.lost, core.seen.newest))
        other.conversation.check_later()
        self._left(lead, "goes on")
        return True

    def loss(self, loss: Loss) -> Loss:
        """What the next stream has to make good, now that both are lost."""
        return replace(loss, since=max(loss.since, self._pair.proven))

    def stop(self) -> None:
        """Close the second stream, and open none."""
        self._stopping = True
        self._abandon()
        if self._other is not None:
            self._other.conversation.close()

    def rename(self, unique_id: str) -> None:
        """The user is followed under another name."""
        if self._other is not None:
            self._other.conversation.anchor = unique_id

    def know_gifts(self, gifts: dict[int, Mapping[str, Any]]) -> None:
        """TikTok's list of gifts is known."""
        if self._other is not None:
            self._other.conversation.gifts = gifts

    def state(self) -> StreamsState:
        """How both are doing, and what they brought."""
        overlap = self._pair.overlap
        counts = overlap.both, overlap.first_only, overlap.second_only
        live = [each for each in (self._lead, self._other) if each and each.paired is not None]
        return StreamsState(len(live), self._doing, *counts, self._pair.spared, overlap.unseen())

    # --- the second stream ----------------------------------------------------------------

    def _open(self, slot: int, resume: Resume) -> None:
        """Open a stream as a guest, after a pause if it failed before."""
        pause = self._pause(resume.failure) if self._failures else 0.0
        self._doing = f"next try in {pause:.0f} s: {resume.failure}" if pause else "being opened"
        self._attempt = Attempt(
            partial(self._try, slot, pause, resume),
            self._opened,
            partial(self._failed, slot),
            self._core.stops,
        )

    def _abandon(self) -> None:
        if self._attempt is not None:
            self._attempt.abandon()
            self._attempt = None

    def _pause(self, error: Exception | None) -> float:
        parts, failures = self._core.parts, self._failures
        patience, random = parts.patience, parts.random
        if failures > 1 and getattr(error, "remedy", Remedy.WAIT) is not Remedy.WAIT:
            return patience.refused_delay(failures - 1, random)  # a new guest was refused too
        pause = doubling(patience.first, LONGEST)(failures - 1) * random.uniform(0.75, 1.25)
        return pause + patience.wished(getattr(error, "retry_after", None))

    async def _try(self, slot: int, pause: float, resume: Resume) -> _Opened:
        """Wait, then ask the sources for a ticket until one opens a stream."""
        parts = self._core.parts
        await deferLater(parts.clock, pause)
        self._doing = "being opened"
        signer, opener = parts.signer, parts.opener
        if slot and parts.other_guest is not None:
            signer, opener = parts.other_guest.signer, parts.other_guest.opener
        else:  # that the room may be over is not held against the sources of the first
            resume = replace(resume, returning=True)
        while True:
            room = self._room()
            ticket = await signer.sign(room, resume)
            if ticket.room.room_id != room.room_id:
                raise InvalidResponseError(
                    f"The ticket of the {GUESTS[slot]} guest is for another room: "
                    f"{ticket.room.room_id} in the place of {room.room_id}."
                )
            conversation = self._conversation(ticket)
            try:
                stream = await opener.open(ticket, conversation)
            except (CancelledError, UserOfflineError):
                raise
            except AWAITED as fault:
                error = as_error(fault)
                tried = (*ticket.tried, (ticket.source, error))
                if ticket.last or is_local(error):
                    raise all_failed("No source let us in", tried) from None
                resume = replace(resume, tried=tried)
            else:
                return _Opened(slot, conversation, stream, parts.clock.seconds())

    def _room(self) -> Room:
        room, lead = self._core.broadcast.room, self._lead
        assert room is not None and lead is not None, "there is a stream of it"
        return replace(room, status=Status.PAUSED if lead.conversation.life.paused else Status.LIVE)

    def _conversation(self, ticket: Ticket) -> Conversation:
        core = self._core
        conversation = Conversation(
            ticket,
            core.dispatcher,
            core.parts.clock,
            seen=core.seen,
            tally=core.tally,
            limits=core.parts.limits,
            on_end=lambda end: self._end(end),
            on_closed=lambda reason: self._closed(conversation, reason),
            on_spoke=lambda origin: self._spoke(conversation),
            trackers=core.trackers,
            initial_data=core.parts.initial_data,
            deaf_ends=self._deaf_ends,
            anchor=core.unique_id,
        )
        if core.fetched.gifts is not None:
            conversation.gifts = gifts_by_id(core.fetched.gifts)
        return conversation

    def _opened(self, opened: _Opened) -> None:
        self._attempt = None
        self._other = opened
        opened.conversation.begin(opened.stream)

    def _failed(self, slot: int, error: Exception) -> None:
        self._attempt = None
        without_frames(error)
        self._failures += 1
        self._open(slot, Resume(failure=error))
        words = f"no stream of the {GUESTS[slot]} guest: {error}"
        if type(error) is not self._told:
            self._told = type(error)
            info = f"No stream of the {GUESTS[slot]} guest, the other one goes on"
            self._tell(f"{words} The other one goes on.", info, error)

    def _spoke(self, conversation: Conversation) -> None:
        """A second stream is live; perhaps it has taken the place of the session's already."""
        for opened in (self._lead, self._other):
            if opened is not None and opened.conversation is conversation:
                self._join(opened)
                source = conversation.origin().source
                self._told, self._doing = None, f"live by {source}"
                self._core.session_log.beside(
                    f"two streams: that of the {GUESTS[opened.slot]} guest is live by {source}"
                )

    def _join(self, opened: _Opened) -> None:
        conversation = opened.conversation
        paired = self._pair.joined(
            opened.slot, conversation.life, conversation.gaps, conversation.check_later
        )
        if opened is self._lead:
            self._pair.lead(paired)
        opened.paired = conversation.paired = paired

    def _closed(self, conversation: Conversation, reason: Exception | None) -> None:
        lead, other = self._lead, self._other
        if lead is not None and lead.conversation is conversation:
            self._lost(reason)
            return
        if other is None or other.conversation is not conversation:
            return
        self._other = None
        over = conversation.over
        assert over is not None, "it has just ended"
        if other.paired is not None:
            self._pair.lost(other.paired, over.loss.since, over.lost)
        if not self._stopping:
            self._pair.spared += 1
            self._left(other, "is alone")
        elif lead is not None and lead.conversation.over is not None:
            self._lost(lead.conversation.over.reason)  # which waited for this one

    def _left(self, lost: _Opened, what: str) -> None:
        """One of two streams is lost: open another one, as the same guest."""
        over, patience = lost.conversation.over, self._core.parts.patience
        assert over is not None, "it has ended"
        if self._core.parts.clock.seconds() - lost.opened_at >= patience.healthy_after:
            self._failures = 0
        self._failures += 1
        deaf = isinstance(over.lost, DeafStreamError)
        self._deaf_ends = self._deaf_ends * (not over.spoke) + deaf
        self._open(lost.slot, Resume(failure=over.lost, deaf=(over.origin.source,) if deaf else ()))
        name = GUESTS[lost.slot]
        self._tell(
            f"the stream of the {name} guest is lost, the other one {what}: {over.lost}",
            f"The stream of the {name} guest is lost, the other one goes on",
            over.lost,
        )

    # --- what is told ---------------------------------------------------------------------

    def _tell(self, line: str, info: str, error: Exception) -> None:
        self._core.session_log.beside(line)
        self._core.dispatcher.tell(Error(info, error, self._origin()))

    def _gap(self, since: float, until: float, reason: Exception | None) -> None:
        self._core.tally.gaps += 1
        clock = self._core.parts.clock
        times = wall_ms(clock, since), wall_ms(clock, until)
        self._core.dispatcher.tell(Gap(*times, reason, self._origin()))

    def _origin(self) -> Origin:
        lead = self._lead
        assert lead is not None, "one goes on"
        return lead.conversation.origin()
