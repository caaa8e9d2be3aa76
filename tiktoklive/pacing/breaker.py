"""
A source that fails rests for a while, for all rooms of a wiring at once.

What is said of a room, or of a user, is no failure of the source (:mod:`tiktoklive.pacing.fault`).
If only one user has failed, in whatever words, it rests for this one alone: others are let in
meanwhile, and what becomes of them says whether it is the source.

A breaker is *closed* as long as its source works.  After some failures within a while it is
*open*: no room asks the source.  When its rest is over it is *half open*: one room at a time
probes.  The probe's success closes it; its failure makes the next rest longer.

A source that lets all rooms in may be broken too: its streams are closed at once, or bring
nothing.  One such stream says something of its room at most.  So they count only if they are as
many as there are streams open by the source.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import inf
from typing import TypeAlias

from twisted.internet.interfaces import IReactorTime
from twisted.logger import Logger

from tiktoklive.described.rules import more_than_0
from tiktoklive.described.setting import described, setting
from tiktoklive.errors import (
    HandshakeRefusedError,
    IdentityError,
    InitialFetchError,
    NoWSUpgradeError,
    RateLimitedError,
    SignServerError,
    SignServerRefusedError,
    SignServerUnavailableError,
    SourceRestingError,
    UserOfflineError,
)
from tiktoklive.errors.isolation import failures_in
from tiktoklive.logs import LogThrottle
from tiktoklive.model import Resume
from tiktoklive.pacing.backoff import doubling
from tiktoklive.pacing.budget import PROBE
from tiktoklive.pacing.fault import Fault, fault_of

#: A stream that lives for fewer seconds was closed at once.
AT_ONCE = 5.0


@described
@dataclass(frozen=True, slots=True)
class Tolerance:
    """How much a source may fail; all times in seconds."""

    failures: int = field(
        default=5,
        metadata=setting(
            "so many failures within ``window`` open the breaker; streams that bring "
            "nothing likewise"
        ),
    )
    window: float = field(
        default=120.0, metadata=setting("the time in which ``failures`` are counted")
    )
    rest: float = field(
        default=30.0,
        metadata=setting(
            "the first rest; each further one without a success between is twice as long",
            more_than_0,
        ),
    )
    longest: float = field(
        default=600.0,
        metadata=setting(
            "the longest rest. What the other side asks for is kept for five minutes at most: "
            "then one room tries, as one answer is not the truth"
        ),
    )
    probe: float = field(
        default=60.0,
        metadata=setting(
            "after this time without a word of it a probe is given up, and another room may",
            more_than_0,
        ),
    )


class Breaker:
    """
    Stands before one source, or something else that rooms may be let in by.

    :param name: the source's name.
    :param clock: the reactor, or a test's clock.
    :param what: what it is that has this name, in the lines of the log.
    :param per_user: whether it rests for one user alone if no other one has failed.
    :ivar opened: how often it opened.
    """

    log = Logger()

    def __init__(
        self,
        name: str,
        clock: IReactorTime,
        tolerance: Tolerance | None = None,
        *,
        what: str = "Source",
        per_user: bool = True,
    ) -> None:
        self.name = name
        self._what, self._per_user = what, per_user
        self.opened = 0
        self._clock = clock
        self._tolerance = tolerance or Tolerance()
        #: When, and whose.
        self._failures: deque[tuple[float, str]] = deque(maxlen=self._tolerance.failures)
        self._rest_after = doubling(self._tolerance.rest, self._tolerance.longest)
        self._rests = 0
        self._until: float | None = None
        #: The only user for whom it rests; ``None`` for all.
        self._only: str | None = None
        self._why = ""
        self._probing: str | None = None
        self._probing_since = 0.0
        #: The streams that are open, since when and whose; those that were closed at once, by room
        #: and when; and when streams turned out to be of no use, and whose.
        self._streams: dict[object, tuple[float, str]] = {}
        self._short: dict[str, float] = {}
        self._useless: deque[tuple[float, str]] = deque()
        self._said = LogThrottle(3600.0, first=5)

    @property
    def why(self) -> str:
        """The failure for which it rests or is probed; ``""`` if it works."""
        return "" if self.state == "closed" else self._why

    @property
    def until(self) -> float | None:
        """Until when it rests, in the clock's seconds; ``None`` if it does not."""
        return self._until if self.state == "open" else None

    @property
    def state(self) -> str:
        """``"closed"``, ``"open"`` or ``"half-open"``; closed if others are let in."""
        lets_others = self._only is not None and self._others(self._only)
        if self._until is None or lets_others:
            return "closed"
        return "open" if self._clock.seconds() < self._until else "half-open"

    def enter(self, user: str) -> None:
        """
        Ask the source, or find out that it rests.

        :param user: the room's user; the one that probes may ask again.
        :raise SourceRestingError: it rests, or another room probes.
        """
        if self._until is None or self._only not in (None, user):
            return
        now = self._clock.seconds()
        if now < self._until:
            raise self._resting(self._until - now)
        waited = now - self._probing_since
        if self._probing in (None, user) or waited >= self._tolerance.probe:
            if self._probing != user:
                self._tell("{what} {source}: @{user} tries whether it works again.", user=user)
            self._probing, self._probing_since = user, now
            return
        raise self._resting(self._tolerance.probe - waited)

    def lets_in(self, user: str) -> bool:
        """Whether :meth:`enter` would let a room of that user in, now."""
        if self._until is None or self._only not in (None, user):
            return True
        now = self._clock.seconds()
        free = self._probing in (None, user) or now - self._probing_since >= self._tolerance.probe
        return now >= self._until and free

    def succeeded(self, user: str) -> None:
        """The source let a room in."""
        self._failures.clear()
        if self._only not in (None, user):
            return  # whose rest says nothing of this one, and is not ended by it
        self._rests = 0
        self._only = None
        self._probing = None
        if self._until is not None:
            self._until = None
            self.log.info("{what} {source}: works again.", what=self._what, source=self.name)

    def failed(self, user: str, error: Exception) -> None:
        """It did not; whether that counts is seen by the error."""
        if fault_of(error) is Fault.ROOM:
            if self._probing == user:
                self._probing = None  # it said nothing of the source
            return
        now = self._clock.seconds()
        self._failures.append((now, user))
        full = len(self._failures) == self._tolerance.failures
        enough = full and now - self._failures[0][0] <= self._tolerance.window
        probed = self._until is not None and self._probing == user
        if self._until is not None and not probed and self._only in (None, user):
            return  # news of an attempt that began before it opened
        if probed:
            self._rest(error, self._only)
        elif enough:
            self._rest(error, _only(self._failures))

    def _rest(self, error: Exception, only: str | None) -> None:
        only = only if self._per_user else None
        now = self._clock.seconds()
        asked = getattr(error, "retry_after", None) or 0.0  # how long really is told with it
        rest = self._rest_after(self._rests)
        self._rests += 1
        self.opened += 1
        self._failures.clear()
        self._useless.clear()
        self._probing = None
        self._only = only
        self._why = str(error)
        self._until = now + max(rest, min(asked, PROBE))
        wished = f", though {asked:.0f} s are wished" if asked > self._until - now else ""
        self.log.warn(
            "{what} {source}: rests{only} for {seconds:.0f} s{wished}: {error}",
            what=self._what,
            source=self.name,
            only="" if only is None else f" for @{only} alone,",
            seconds=self._until - now,
            wished=wished,
            error=error,
        )

    def _tell(self, line: str, **values: object) -> None:
        """Log what may happen over and over, now and then."""
        if self._said.again(line, self._clock.seconds()) is not None:
            self.log.info(line, what=self._what, source=self.name, **values)

    def abandoned(self, user: str) -> None:
        """The attempt was given up by ourselves: if it was the probe, another room may."""
        if self._probing == user:
            self._probing = None

    # --- its streams --------------------------------------------------------------------

    def stream_opened(self, user: str, stream: object) -> None:
        """A stream of a room is open; others may follow the same user."""
        self._streams[stream] = self._clock.seconds(), user
        self._short.pop(user, None)

    def stream_closed(self, user: str, stream: object) -> None:
        """It is not any more, whichever side closed it."""
        now = self._clock.seconds()
        if now - self._streams.pop(stream, (-inf, ""))[0] < AT_ONCE:
            self._short[user] = now
        for other, at in list(self._short.items()):  # of rooms that never came back
            if at < now - 10 * self._tolerance.window:
                del self._short[other]

    def stream_lost(self, user: str, error: Exception, deaf: bool) -> None:
        """
        A room comes back because its stream was lost, and is not over.

        :param deaf: whether it brought nothing any more.
        """
        now = self._clock.seconds()
        was_short = self._short.pop(user, None) is not None
        if fault_of(error) is Fault.ROOM or not (deaf or was_short):
            return
        self._useless.append((now, user))
        while self._useless[0][0] < now - self._tolerance.window:
            self._useless.popleft()
        enough = max(self._tolerance.failures, len(self._streams))
        rests = self._until is not None and self._only in (None, user)
        if not rests and len(self._useless) >= enough:
            self._rest(error, _only(self._useless))

    # --- inside -------------------------------------------------------------------------

    def _others(self, user: str) -> bool:
        """Whether streams of other users are open."""
        return any(whose != user for _, whose in self._streams.values())

    def _resting(self, seconds: float) -> SourceRestingError:
        return SourceRestingError(
            f"The source {self.name} rests after failures, for {seconds:.0f} s more. "
            f"The last one: {self._why}",
            retry_after=seconds,
        )


def _only(failures: Iterable[tuple[float, str]]) -> str | None:
    """The user whose failures these are, if they are of one alone."""
    users = {user for _, user in failures}
    return users.pop() if len(users) == 1 else None


#: Refusals of these kinds and statuses are about us, our address or the server itself.
_OWN = (IdentityError, RateLimitedError, SignServerRefusedError, SignServerUnavailableError)
_OWN_STATUSES = frozenset((401, 402, 403, 429))


#: Of these kinds are answers that let us not in.
_REFUSALS = (NoWSUpgradeError, HandshakeRefusedError, InitialFetchError, SignServerError)
_Refusal: TypeAlias = NoWSUpgradeError | HandshakeRefusedError | InitialFetchError | SignServerError


def refuses_resume(error: Exception) -> bool:
    """
    Whether an attempt that went on from a cursor may have been refused because of it.

    Any refusal may be that is not known to be about something else: our identity, key or
    address, how often we ask, or the server's own state.
    """
    return any(isinstance(each, _REFUSALS) and _refuses(each) for each in failures_in(error))


def _refuses(error: _Refusal) -> bool:
    if isinstance(error, NoWSUpgradeError):
        return error.__cause__ is None  # asked to go on, it was answered like a poll
    status = error.status or 0
    return not (
        isinstance(error, _OWN)
        or status in _OWN_STATUSES
        or status >= 500
        or error.retry_after is not None
    )


def fresh_start(resume: Resume, tried: Sequence[tuple[str, Exception]]) -> Resume | None:
    """
    How an attempt goes on that all sources have failed: without the cursor, by those that may
    have refused it; ``None`` if none of them did.

    :param tried: the sources, each with its error.
    """
    if not resume.cursor:
        return None
    left = tuple((name, error) for name, error in tried if not refuses_resume(error))
    return resume.anew(left) if len(left) < len(tried) else None


def is_about_room(error: Exception) -> bool:
    """
    Whether an attempt to enter a room that was not looked up may have failed because it is over.

    A sign server says of such a room no more than that TikTok refused it (HTTP 500).
    """
    kinds = (UserOfflineError, SignServerUnavailableError)
    return any(
        isinstance(each, kinds) or (isinstance(each, _REFUSALS) and _refuses(each))
        for each in failures_in(error)
    )
