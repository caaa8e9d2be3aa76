"""
What comes after a failure: whether a session reconnects, and when.

Pure: an error and what is known go in, values come out.  :mod:`tiktoklive.session.core` asks and
acts.  By which way it comes back is in :mod:`tiktoklive.session.reconnect`.

What is no failure on the way but a refusal, such as that there is no such user, or a handshake that
wants another key, is said wrongly now and then (wire facts §8.1).  A patient session is given up by
none: it asks again at once, as a new guest, then after minutes, later hourly.  It ends only when
all who were asked have said for a week that there is no such user.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from random import Random
from typing import NamedTuple

from tiktoklive.described.rules import more_than_0
from tiktoklive.described.setting import described, setting
from tiktoklive.errors import (
    DeviceBlockedError,
    EnterRefusedError,
    HandshakeRefusedError,
    IdentityError,
    RelayRateLimitError,
    Remedy,
    RoomLookupError,
    SignatureRefusedError,
    TikTokLiveError,
    UserNotFoundError,
    UserOfflineError,
)
from tiktoklive.pacing.backoff import doubling

#: How many look-ups in a row have to say that the user is not live, for a broadcast whose
#: stream was lost to be over: hosts whose app crashed are back within minutes.
LOOK_UPS = 2

#: Seconds after which a stream that has not spoken yet counts as one that we were let in to.
FIRST_SECONDS = 5.0

#: A stream that ends before this many seconds is short; an impatient session that had only
#: short ones gives up after so many of them.
SHORT, SHORT_STREAMS = 5.0, 5

#: So many refusals in a row, of a broadcast that we were in, are met with the usual delays.
REFUSALS = 5


@described
@dataclass(frozen=True, slots=True)
class Patience:
    """How long a session waits before it tries again; all times in seconds."""

    first: float = field(
        default=1.0,
        metadata=setting(
            "the shortest delay; each is by chance between it and three times the one before",
            more_than_0,
        ),
    )
    most: float = field(default=30.0, metadata=setting("the longest delay", more_than_0))
    healthy_after: float = field(
        default=30.0,
        metadata=setting(
            "a stream that lived this long resets the delay and the count of failures"
        ),
    )
    offline: float = field(
        default=60.0,
        metadata=setting("the delay between looks at a user who isn't live", more_than_0),
    )
    refused: float = field(
        default=120.0,
        metadata=setting(
            "the first delay after a refusal that was said for good, such as that there is no such "
            "user; each further one in a row is twice as long",
            more_than_0,
        ),
    )
    refused_most: float = field(
        default=3600.0, metadata=setting("the longest delay after such a refusal", more_than_0)
    )
    hopeless_after: float = field(
        default=604_800.0,
        metadata=setting(
            "the time for which all servers have to say that there is no such user, until it "
            "is given up",
            more_than_0,
        ),
    )
    asked: float = field(
        default=300.0,
        metadata=setting(
            "the longest that a session waits because a server asks for it. What it asks "
            "for is told, but one answer is not the truth; sessions that share a server share how "
            "often it is asked as well, so that the next try of a session need not be a "
            "request"
        ),
    )
    identities: int = field(
        default=3, metadata=setting("how many guest identities an impatient session tries")
    )

    def delay(self, before: float, random: Random) -> float:
        """
        The delay after a failure, by chance between the first and three times the one before.

        It grows with the failures, and as each depends on the chances of those before it, many
        sessions that lose their streams in the same second come back ever further apart
        ("decorrelated jitter").

        :param before: the delay after the failure before this one; 0.0 if it is the first in a
            row.
        """
        highest = min(3 * max(before, self.first), self.most)
        return random.uniform(min(self.first, highest), highest)

    def wished(self, seconds: float | None) -> float:
        """For how long a session waits because the other side asks for it."""
        return min(seconds or 0.0, self.asked)

    def offline_delay(self, random: Random) -> float:
        """The time until the next look at a user who isn't live."""
        return self.offline * random.uniform(0.75, 1.25)

    def refused_delay(self, refusals: int, random: Random) -> float:
        """
        The time until somebody is asked again who refused for good, by what was said.

        :param refusals: how many there were in a row.
        """
        pause = doubling(self.refused, self.refused_most)(max(refusals - 1, 0))
        return pause * random.uniform(0.75, 1.25)


class What(Enum):
    """What failed."""

    LOOK_UP = "look-up"
    #: To get a ticket, or to open a stream with it.
    ATTEMPT = "attempt"
    STREAM = "stream"
    #: Nothing did: the broadcast is over.
    BROADCAST = "broadcast"


class Next(Enum):
    """What comes after a failure."""

    #: The user is looked up at once: the room that was returned to was refused.
    LOOK_UP = "look up"
    RETRY = "retry"
    #: It is asked again after minutes, later hourly: it was refused for good, by its words.
    REFUSED = "refused"
    #: The user is not live, and is waited for.
    OFFLINE = "offline"
    #: The broadcast is over, and was the only one to be followed.
    OVER = "over"
    GIVE_UP = "give up"


@dataclass(frozen=True, slots=True)
class Known:
    """
    What a session knows when a step fails or a stream is lost.

    :ivar patient: whether it follows the user from broadcast to broadcast.
    :ivar was_live: whether it was let in once.
    :ivar in_broadcast: whether it was let in to a broadcast that is not over as far as is known.
    :ivar returning: whether what failed was a return to the room that it was in.
    :ivar said_over: how many look-ups in a row said that the broadcast is over.
    :ivar short: how many streams ended at once; ``None`` after one that did not.
    :ivar failures: how many tries failed in a row.
    :ivar refusals: how many of them were refused for good, by their words.
    :ivar unknown_for: for how many seconds all who were asked have said that there is no such user.
    :ivar inside: the error, its causes, and what failed in turn inside it.
    :ivar about_room: whether it may say that the room is over.
    """

    patient: bool = False
    was_live: bool = False
    in_broadcast: bool = False
    returning: bool = False
    said_over: int = 0
    short: int | None = 0
    failures: int = 0
    refusals: int = 0
    unknown_for: float = 0.0
    inside: tuple[BaseException, ...] = ()
    about_room: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """
    :ivar next: what comes next.
    :ivar ends: whether that is the end of the broadcast, which has to be told first.
    :ivar refused: whether what failed counts as a refusal.
    """

    next: Next
    ends: bool = False
    refused: bool = False


def judge(error: Exception, known: Known, patience: Patience) -> Verdict:
    """What comes after a failed step or a lost stream: the remedy of its error decides."""
    if known.returning and known.about_room:
        return Verdict(Next.LOOK_UP)
    if isinstance(error, UserOfflineError):
        if known.in_broadcast and known.said_over + 1 < LOOK_UPS:
            return Verdict(Next.RETRY)
        if known.patient:
            return Verdict(Next.OFFLINE, known.in_broadcast)
        return Verdict(Next.OVER if known.was_live else Next.GIVE_UP, known.in_broadcast)
    if is_final(error) or (is_unknown(error) and known.unknown_for >= patience.hopeless_after):
        return Verdict(Next.GIVE_UP)
    refused = is_refusal(error, known)
    if known.patient and refused:
        # Whoever looks a user up asks everybody who may know; a new guest is another way too.  Of a
        # broadcast that we were in, much is missed in minutes: what is said of its user as well is
        # asked more than once.
        tries = 0 if isinstance(error, RoomLookupError) else 1
        again = known.refusals < (REFUSALS if known.in_broadcast else tries)
        return Verdict(Next.RETRY if again else Next.REFUSED, refused=True)
    may_pass = known.patient or _may_pass(error, known, patience)
    return Verdict(Next.RETRY, refused=refused) if may_pass else Verdict(Next.GIVE_UP)


def is_final(error: Exception | None) -> bool:
    """Whether it is the end of what was to be done, and nobody's word."""
    return isinstance(error, TikTokLiveError) and error.final


def is_unknown(error: Exception | None) -> bool:
    """Whether it says that there is no such user, and all who were asked do."""
    return isinstance(error, UserNotFoundError) and error.certain


def is_refusal(error: Exception, known: Known) -> bool:
    """Whether it was said for good: by its words, waiting is of no use."""
    if any(isinstance(each, EnterRefusedError) for each in known.inside):
        return True
    remedy = remedy_of(error, known)
    # What was right once, such as a key or a path, may be right again without us: over weeks,
    # servers refuse for an hour what they took the hour before.
    return remedy is Remedy.CANCEL or (remedy is not Remedy.WAIT and not known.was_live)


def _may_pass(error: Exception, known: Known, patience: Patience) -> bool:
    """Whether waiting may mend it, and is worth it, where somebody waits for connect()."""
    if remedy_of(error, known) is not Remedy.WAIT:
        return False
    if known.was_live:
        return known.short is None or known.short < SHORT_STREAMS
    # Behind the error of a source that tried more than one way, or of several, may be this.
    blocked = any(isinstance(each, DeviceBlockedError) for each in known.inside)
    refused = isinstance(error, HandshakeRefusedError) and isinstance(error, IdentityError)
    if any(isinstance(each, EnterRefusedError) for each in known.inside):
        return known.refusals == 0  # as a new guest
    return (refused or blocked) and known.failures + 1 < patience.identities


def remedy_of(error: Exception, known: Known) -> Remedy:
    """What would mend it; errors that are not ours may pass."""
    remedy: Remedy = getattr(error, "remedy", Remedy.WAIT)
    if remedy is not Remedy.WAIT and is_refused_as_over(known):
        return Remedy.WAIT
    return remedy


def is_refused_as_over(known: Known) -> bool:
    """
    Whether the room may be over.

    Who was let in before lacks no signature, and a room that is over is refused in the same
    words (wire facts §8.1).
    """
    return known.was_live and any(isinstance(each, SignatureRefusedError) for each in known.inside)


# --- when -----------------------------------------------------------------------------


class RetryDelay(NamedTuple):
    """
    How long a session waits before it tries again, in seconds.

    :ivar whole: in all.
    :ivar own: of it, what the next one grows from; 0.0 if none does.
    """

    whole: float
    own: float = 0.0


def delay_before(
    following: Next,
    error: Exception,
    known: Known,
    before: float,
    patience: Patience,
    random: Random,
) -> RetryDelay:
    """
    How long is waited before what comes next.

    :param before: the own delay after the failure before this one; 0.0 if there was none.
    """
    if following is Next.OFFLINE:
        return RetryDelay(patience.offline_delay(random))
    # A relay's limit is its source's business: another one may be asked at once.
    wish = None if isinstance(error, RelayRateLimitError) else getattr(error, "retry_after", None)
    wished = patience.wished(wish)
    if following is Next.REFUSED:  # minutes, later an hour; this one counts too
        return RetryDelay(max(patience.refused_delay(known.refusals + 1, random), wished))
    if following is not Next.RETRY:
        return RetryDelay(0.0)
    changes = known.was_live and remedy_of(error, known) is not Remedy.WAIT
    delay = patience.delay(before, random)
    whole = delay + wished
    if isinstance(error, UserOfflineError) or changes:
        # Said once: the host may be back in a minute.  Or it takes a change of others.
        whole = max(whole, patience.offline_delay(random))
    return RetryDelay(whole, delay)
