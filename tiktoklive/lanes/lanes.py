"""
All lanes: which one a room takes, and when it takes another one.

A room stays by its lane.  It leaves one that rests for the fit one with the fewest users.  When
lanes are fit again, or users have gone, those who are not live come one after the other at their
next look-up, and rooms that are live one every :data:`EVERY` seconds, because each of those costs
a reconnect: as few as make the shares of the lanes about the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from typing import Any, Final
from weakref import WeakValueDictionary

from twisted.internet.defer import CancelledError, Deferred
from twisted.internet.interfaces import IDelayedCall
from twisted.logger import Logger
from twisted.python.failure import Failure
from zope.interface import implementer

from tiktoklive.deferreds import started
from tiktoklive.errors import StreamLostError, TikTokLiveError
from tiktoklive.errors.isolation import AWAITED, as_error
from tiktoklive.interfaces import IReceiver, IStream, IStreamOpener
from tiktoklive.lanes.lane import Lane, LaneParts
from tiktoklive.lanes.seat import Seat
from tiktoklive.logs import LogThrottle, told_again
from tiktoklive.model import LaneState, Resume, Ticket
from tiktoklive.pacing.bucket import TokenBucket
from tiktoklive.pacing.lookups import at_leisure

#: Seconds between two looks at the lanes: rooms that wait in one that rests are called out of it, a
#: lane whose rest is over is tried, and a room that is live may be moved.
EVERY: Final = 10.0

#: Seconds between two users who come to another lane for the sake of the shares.
APART: Final = 1.0

#: By how much of the average the streams of two lanes may differ, and by how many in any case.
UNEVEN: Final = 0.2
LEAST: Final = 2


class Lanes:
    """
    The lanes of a wiring.

    :param lanes: at least one.
    :param usual: the parts of the one that has the session.
    :param clock: the reactor, or a test's clock.
    :ivar all: the lanes, in the user's order.
    """

    log = Logger()

    def __init__(self, lanes: Sequence[Lane], usual: LaneParts, clock: Any) -> None:
        self.all, self.usual = tuple(lanes), usual
        self._clock = clock
        #: By number, so that their order is that in which they came.
        self._seats: WeakValueDictionary[int, Seat] = WeakValueDictionary()
        self._numbers = count()
        self._pace = TokenBucket(APART)
        self._timer: IDelayedCall | None = None
        self._said = LogThrottle(600.0, first=10)
        #: Which lane had too few streams at the last look.
        self._empty: Lane | None = None
        self._trying: dict[Lane, Deferred[None]] = {}

    def named(self, name: str) -> Lane:
        """
        The lane of that name.

        :raise ValueError: there is none.
        """
        for lane in self.all:
            if lane.name.lower() == name.lower():
                return lane
        known = ", ".join(each.name for each in self.all)
        raise ValueError(f"There is no lane {name[:40]!r}: choose of {known}.")

    def seat(self, name: str = "") -> Seat:
        """
        A place for one user's room.

        :param name: the lane that it is to stay in, whatever becomes of that; ``""`` for any.
        :raise ValueError: there is no such lane.
        """
        seat = Seat(self, self.named(name) if name else None)
        self._seats[next(self._numbers)] = seat
        return seat

    # --- the choice ---------------------------------------------------------------------

    def choose(
        self, seat: Seat, *, beside: Sequence[Lane] = (), for_balance: bool = True
    ) -> Lane | None:
        """
        The lane for what a room does next; ``None`` if only those are fit that are left out.

        :param beside: those that it has just tried in vain.
        :param for_balance: whether it may leave a lane that is fit, for one with fewer users.
        """
        lanes = [lane for lane in self.all if lane not in beside]
        if seat.fixed is not None:
            lanes = [lane for lane in lanes if lane is seat.fixed]
        elif seat.wants_session:
            lanes = [lane for lane in lanes if lane.has_session]
        current = seat.lane
        fit = [lane for lane in lanes if lane.lets_in(seat.user)]
        works = [lane for lane in fit if lane.state == "closed"] or fit
        if not works:
            if beside:
                return None
            return current if current in lanes else _emptiest(lanes or self.all)
        if current not in works or current is None:
            # Where a second stream is, the first one had better not be as well.
            return _emptiest([lane for lane in works if lane is not seat.second] or works)
        best = _emptiest(works)
        gained = current.users - best.users
        if for_balance and gained >= LEAST and not self._pace.take(self._clock.seconds()):
            return best
        return current

    def behind(self, seat: Seat, lane: Lane) -> Sequence[Lane]:
        """
        The other lanes that are fit for a room, beginning behind this one; none of a fixed seat.

        So the second streams of the rooms of one lane are those of the next, and as even.
        """
        if seat.fixed is not None:
            return ()
        place = self.all.index(lane)
        others = (*self.all[place + 1 :], *self.all[:place])
        return [each for each in others if each.state == "closed" and each.lets_in(seat.user)]

    def tell(self, user: str, before: Lane, lane: Lane) -> None:
        """Write to the log, now and then, that a room takes another lane."""
        unsaid = self._said.again((before, lane), self._clock.seconds())
        if unsaid is not None:
            self.log.info(
                "@{user} goes by lane {lane} from now on, and not by {before}{again}",
                user=user,
                lane=lane.name,
                before=before.name,
                again=told_again(unsaid, "logged"),
            )

    # --- what is looked after -----------------------------------------------------------

    def begin(self) -> None:
        """Look after the rooms from now on."""
        if self._timer is None:
            self._timer = self._clock.callLater(EVERY, self._look)

    def end(self) -> None:
        """Don't any more."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        for trying in list(self._trying.values()):
            trying.cancel()

    def _look(self) -> None:
        self._timer = self._clock.callLater(EVERY, self._look)
        for lane in self.all:
            state = lane.state
            if state == "half-open":
                self._try(lane)
            elif state == "open":
                for seat in self._in(lane):
                    seat.leave_the_queue()
        self._even()

    def _try(self, lane: Lane) -> None:
        """See by a look-up, and a stream, whether a lane is fit again, so that no room has to."""
        known = [seat for seat in list(self._seats.values()) if seat.user]
        known.sort(key=lambda seat: not seat.is_live)
        if lane in self._trying or not known or not lane.lets_in(known[0].user):
            return
        user = known[0].user
        lane.enter(user)
        trying = self._trying[lane] = started(_try(lane, user))

        def over(result: Any) -> None:
            self._trying.pop(lane, None)
            if isinstance(result, Failure) and not result.check(TikTokLiveError, CancelledError):
                self.log.failure("Lane {lane} could not be tried", result, lane=lane.name)

        trying.addBoth(over)

    def _even(self) -> None:
        """Let one room that is live take another lane, if shares differ too much for a while."""
        fit = [lane for lane in self.all if lane.state == "closed"]
        # One that was just cut off has no streams either, and is not known to be gone yet.
        before, self._empty = self._empty, None
        if len(fit) < 2:
            return
        live = {lane: [each for each in self._in(lane) if each.is_live] for lane in fit}
        fullest = max(fit, key=lambda lane: len(live[lane]))
        emptiest = min(fit, key=lambda lane: len(live[lane]))
        more = len(live[fullest]) - len(live[emptiest])
        if more < max(LEAST, UNEVEN * sum(map(len, live.values())) / len(fit)):
            return
        self._empty = emptiest
        if emptiest is not before:
            return
        for seat in live[fullest]:
            bound = seat.fixed is not None or seat.wants_session or seat.second is not None
            if not bound and emptiest.lets_in(seat.user):
                seat.take(emptiest)
                seat.move(
                    StreamLostError(
                        f"@{seat.user} goes by lane {emptiest.name} from now on: lane "
                        f"{fullest.name} has {more} streams more."
                    )
                )
                return

    def _in(self, lane: Lane) -> list[Seat]:
        return [seat for seat in list(self._seats.values()) if seat.lane is lane]

    # --- for people ---------------------------------------------------------------------

    def status(self) -> tuple[LaneState, ...]:
        """How each is doing."""
        return tuple(lane.status(sum(seat.is_live for seat in self._in(lane))) for lane in self.all)


async def _try(lane: Lane, user: str) -> None:
    """Look a user up, and open a stream of theirs if they are live, which is closed at once."""
    try:
        room = await at_leisure(lane.wiring.resolver).resolve(user)
    except AWAITED as fault:
        lane.looked_up(user, as_error(fault))
        raise
    lane.looked_up(user)
    try:
        ticket = await lane.wiring.signer.sign(room, Resume())
        stream = await lane.wiring.opener.open(ticket, _Nobody())
    except AWAITED as fault:
        lane.attempted(user, as_error(fault))
        raise
    lane.attempted(user)
    await stream.close()


@implementer(IReceiver)
class _Nobody:
    """Takes what the stream brings that a lane is tried by."""

    def frame(self, data: bytes) -> None:
        """Nothing is done with it: the room has a stream of its own."""

    def batch(self, data: bytes) -> None:
        """Nothing is done with it."""

    def closed(self, reason: Exception | None) -> None:
        """That is all that there was to know."""


def _emptiest(lanes: Sequence[Lane]) -> Lane:
    return min(lanes, key=lambda lane: lane.users)


@implementer(IStreamOpener)
class OpenerByLane:
    """
    Opens each ticket's stream by the lane that it was made in.

    :param usual: for tickets of others, which are of no lane.
    """

    def __init__(self, lanes: Sequence[Lane], usual: Lane) -> None:
        self._usual = usual
        self._lanes = {lane.name: lane for lane in lanes}

    async def open(self, ticket: Ticket, receiver: IReceiver) -> IStream:
        """Open a stream; see :meth:`tiktoklive.interfaces.IStreamOpener.open`."""
        lane, user = self._lanes.get(ticket.lane, self._usual), ticket.room.unique_id
        try:
            stream = await lane.wiring.opener.open(ticket, receiver)
        except AWAITED as fault:
            lane.attempted(user, as_error(fault))
            raise
        lane.attempted(user)
        return stream
