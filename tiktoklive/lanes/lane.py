"""
One lane: a way out, the guest that goes by it, and whether it is fit for rooms.

It rests while its proxy does not connect, while TikTok wants no look-ups by it or refuses them, and
while none of its sources lets in.  That is advice to rooms that can go elsewhere: where there is no
other lane they go on by it, as they would if it were the only way.
"""

from __future__ import annotations

from typing import Final, Protocol

from twisted.internet.interfaces import IReactorTime

from tiktoklive.errors import (
    BlockedError,
    ConnectError,
    RateLimitedError,
    SourceRestingError,
    TikTokLiveError,
)
from tiktoklive.errors.isolation import failures_in
from tiktoklive.fallback import is_local
from tiktoklive.interfaces import IRoomResolver, ISigner, IStreamOpener, IUserNames
from tiktoklive.model import LaneState, SourceState
from tiktoklive.net.tiktok import TikTokWeb
from tiktoklive.pacing.breaker import Breaker, Tolerance
from tiktoklive.pacing.lookups import LookUpQueue
from tiktoklive.servers import Budgets
from tiktoklive.session.parts import ISeated, OtherGuest
from tiktoklive.sources import Source

#: How much a lane may fail.  A rest costs little where rooms can go elsewhere, and a look-up tries
#: it when it is over.
TOLERANCE: Final = Tolerance(failures=2, window=300.0, rest=20.0, longest=300.0)

#: Seconds for which TikTok may want no look-ups before a room goes elsewhere.
SHORT: Final = 10.0

#: The states of a breaker, the best first.
_STATES: Final = ("closed", "half-open", "open")


class LaneParts(Protocol):
    """What a lane knows of the :class:`~tiktoklive.wiring.Wiring` of its own parts."""

    @property
    def resolver(self) -> IRoomResolver:
        """Finds rooms."""

    @property
    def signer(self) -> ISigner:
        """Makes tickets."""

    @property
    def opener(self) -> IStreamOpener:
        """Opens streams."""

    @property
    def other_guest(self) -> OtherGuest | None:
        """As whom a second stream of a room is opened, if there is to be one."""

    @property
    def names(self) -> IUserNames | None:
        """Knows what users are called now."""

    @property
    def sources(self) -> tuple[Source, ...]:
        """Its ways into a room."""

    @property
    def budgets(self) -> Budgets:
        """How often each sign server may be asked."""

    @property
    def tiktok(self) -> TikTokWeb:
        """TikTok, asked as its guest."""


class Lane:
    """
    One lane.

    :param name: what its user calls it.
    :param proxy: host and port of its proxy, as they may be shown; ``""`` for the machine's own
        way.
    :param wiring: the parts that go this way, and no other.
    :param lookups: the queue of its look-ups.
    :param has_session: whether the session of the options goes this way.
    :ivar users: how many users go this way now.
    :ivar staying: those of them who have parts of their own, and no seat.
    :ivar came: how many have come from another lane.
    """

    def __init__(
        self,
        name: str,
        proxy: str,
        wiring: LaneParts,
        lookups: LookUpQueue,
        clock: IReactorTime,
        *,
        has_session: bool = False,
    ) -> None:
        self.name, self.proxy, self.wiring, self.lookups = name, proxy, wiring, lookups
        self.has_session = has_session
        self.users = self.came = 0
        self.staying: set[ISeated] = set()
        self._way = Breaker(name, clock, TOLERANCE, what="Way of lane", per_user=False)
        self._looks = Breaker(name, clock, TOLERANCE, what="Look-ups of lane", per_user=False)

    def __repr__(self) -> str:
        return f"<Lane {self.name}: {self.state}, {self.users} users>"

    @property
    def state(self) -> str:
        """``"closed"`` if it is fit, ``"open"`` if it rests, ``"half-open"`` if it is to try."""
        sources = [source.state for source in self.wiring.sources]
        states = [self._way.state, self._looks.state, min(sources, key=_STATES.index)]
        if self.lookups.closed_for > SHORT:
            states.append("open")
        return max(states, key=_STATES.index)

    def lets_in(self, user: str) -> bool:
        """Whether a room of that user may go this way: it is fit, or nobody tries it yet."""
        return (
            self._way.lets_in(user)
            and self._looks.lets_in(user)
            and self.lookups.closed_for <= SHORT
            and any(
                each.breaker is None or each.breaker.lets_in(user) for each in self.wiring.sources
            )
        )

    def enter(self, user: str) -> None:
        """A room of that user goes this way, and tries the lane if that is to be tried."""
        for breaker in (self._way, self._looks):
            if breaker.lets_in(user):
                breaker.enter(user)

    # --- what is heard of it ------------------------------------------------------------

    def attempted(self, user: str, error: Exception | None = None) -> None:
        """A room was let in, or not: what that says of the way."""
        if error is None or _is_answer(error):
            self._way.succeeded(user)
        elif is_local(error) or not _is_unreachable(error):
            self._way.abandoned(user)
        else:
            self._way.failed(user, error)

    def looked_up(self, user: str, error: Exception | None = None) -> None:
        """A look-up is over: what that says of the way, and of who we are to TikTok."""
        self.attempted(user, error)
        if error is None:
            self._looks.succeeded(user)
        elif any(isinstance(each, BlockedError | RateLimitedError) for each in failures_in(error)):
            self._looks.failed(user, error)
        elif _is_answer(error):
            self._looks.succeeded(user)
        else:
            self._looks.abandoned(user)

    def abandoned(self, user: str) -> None:
        """An attempt was given up by ourselves."""
        self._way.abandoned(user)
        self._looks.abandoned(user)

    # --- for people ---------------------------------------------------------------------

    def status(self, streams: int) -> LaneState:
        """
        How it is doing.

        :param streams: how many rooms that have a seat in it have a stream.
        """
        lookups = self.lookups.state()
        state, why, until = self.state, "", None
        for breaker in (self._way, self._looks):
            if breaker.state != "closed":
                why, until = why or breaker.why, until or breaker.until
        if state != "closed" and not why:
            why = "TikTok wants no look-ups." if lookups.closed_for > SHORT else self._sources_why()
            until = lookups.closed_until if lookups.closed_for > SHORT else None
        return LaneState(
            self.name,
            self.proxy,
            state,
            why,
            until,
            self._way.opened + self._looks.opened,
            self.users,
            streams + sum(session.is_live for session in self.staying),
            self.came,
            self.has_session,
            tuple(source.status() for source in self.wiring.sources),
            lookups,
        )

    def _sources_why(self) -> str:
        found: list[SourceState] = [source.status() for source in self.wiring.sources]
        return next((each.why for each in found if each.why), "")


def _is_answer(error: Exception) -> bool:
    """Whether an error says that TikTok, or a sign server, was reached and has answered."""
    return any(
        isinstance(each, TikTokLiveError) and not isinstance(each, _UNANSWERED)
        for each in failures_in(error)
    )


def _is_unreachable(error: Exception) -> bool:
    return any(isinstance(each, ConnectError) for each in failures_in(error))


_UNANSWERED: Final = (ConnectError, SourceRestingError)
