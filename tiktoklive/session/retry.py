"""
What comes after a failure: whether a session reconnects, when, and by which way.

Pure: an error and what is known go in, values come out.  :mod:`tiktoklive.session.core` asks and
acts.

What is no failure on the way but a refusal, such as that there is no such user, or a handshake that
wants another key, is said wrongly now and then (wire facts §8.1).  A patient session is given up by
none: it asks again at once, as a new guest, then after minutes, later hourly.  It ends only when
all who were asked have said for a week that there is no such user.

There are two ways back after a loss.  A session *returns* to the room that it was just in, by
the id that it knows, without asking where the user is: the source lets it in, or says no.
It *looks up* the user when the room is in doubt: it was refused, its streams bring nothing or end
at once, a look-up said that it is over, or it was away for longer than :data:`AWAY`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from random import Random

from tiktoklive.errors import (
    AgeRestrictedError,
    ConnectError,
    DeafStreamError,
    DeviceBlockedError,
    EnterRefusedError,
    HandshakeRefusedError,
    IdentityError,
    Remedy,
    RoomLookupError,
    SignatureRefusedError,
    SourceRestingError,
    TikTokLiveError,
    UserNotFoundError,
    UserOfflineError,
)
from tiktoklive.fallback import failures_in
from tiktoklive.pacing.breaker import is_about_room
from tiktoklive.session.patience import Patience

#: Seconds after which a room that was lost is looked up before it is entered again.  A host whose
#: app crashed is back within minutes, often in a new room; before that the broadcast that we were
#: in is most likely the one that is on, and a room that is over refuses us.
AWAY = 300.0

#: Seconds behind a return until the user is looked up when nobody else wants to ask: whether this
#: is still their room.
LEISURE = 60.0

#: How many look-ups in a row have to say that the user is not live, for a broadcast whose
#: stream was lost to be over: hosts whose app crashed are back within minutes.
LOOK_UPS = 2

#: Seconds after which a stream that has not spoken yet counts as one that we were let in to.
FIRST_SECONDS = 5.0

#: A stream that ends before this many seconds is short; an impatient session that had only
#: short ones gives up after so many of them.
SHORT, SHORT_STREAMS = 5.0, 5

#: So many short streams in a row put the room in doubt.
DOUBTFUL = 2

#: So many attempts in a row that go on from a cursor and are answered with any refusal are
#: enough: the next one begins anew.
RESUMES = 3


#: So many refusals in a row, of a broadcast that we were in, are met with the usual delays.
REFUSALS = 5


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
    if known.returning and is_about_room(error):
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
    if any(isinstance(each, EnterRefusedError) for each in failures_in(error)):
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
    blocked = any(isinstance(each, DeviceBlockedError) for each in failures_in(error))
    refused = isinstance(error, HandshakeRefusedError) and isinstance(error, IdentityError)
    if any(isinstance(each, EnterRefusedError) for each in failures_in(error)):
        return known.refusals == 0  # as a new guest
    return (refused or blocked) and known.failures + 1 < patience.identities


def remedy_of(error: Exception, known: Known) -> Remedy:
    """What would mend it; errors that are not ours may pass."""
    remedy: Remedy = getattr(error, "remedy", Remedy.WAIT)
    if remedy is not Remedy.WAIT and is_refused_as_over(error, known):
        return Remedy.WAIT
    return remedy


def is_refused_as_over(error: Exception, known: Known) -> bool:
    """
    Whether the room may be over.

    Who was let in before lacks no signature, and a room that is over is refused in the same
    words (wire facts §8.1).
    """
    return known.was_live and any(
        isinstance(each, SignatureRefusedError) for each in failures_in(error)
    )


# --- when -----------------------------------------------------------------------------


def delays(
    error: Exception, known: Known, before: float, patience: Patience, random: Random
) -> tuple[float, float]:
    """
    The delay after a failure: by itself, for the next one to grow from, and in all.

    :param before: the first of the two after the failure before this one; 0.0 if there was none.
    """
    changes = known.was_live and remedy_of(error, known) is not Remedy.WAIT
    delay = patience.delay(before, random)
    whole = delay + patience.wished(getattr(error, "retry_after", None))
    if isinstance(error, UserOfflineError) or changes:
        # Said once: the host may be back in a minute.  Or it takes a change of others.
        whole = max(whole, patience.offline_delay(random))
    return delay, whole


def refused_delay(error: Exception, refusals: int, patience: Patience, random: Random) -> float:
    """
    The delay after a refusal: minutes, later an hour.

    :param refusals: how many there were in a row, this one included.
    """
    wished = patience.wished(getattr(error, "retry_after", None))
    return max(patience.refused_delay(refusals, random), wished)


# --- by which way ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """
    What is known of the room that a session was in.

    :ivar sure_at: when it was last known to be the user's, in a clock's seconds.
    :ivar doubted: whether something has spoken against it since.
    :ivar short: how many streams in a row have ended at once.
    :ivar returning: whether the attempt, or the stream, is a return: the room is the one that was
        lost, and nobody was asked since whether it is the user's.
    :ivar looking: whether the last thing that failed was a look-up.
    :ivar refusals: attempts in a row that went on from a cursor and were refused.
    :ivar frames: of all streams before the present one.
    """

    sure_at: float = 0.0
    doubted: bool = False
    short: int = 0
    returning: bool = False
    looking: bool = False
    refusals: int = 0
    frames: int = 0

    def failed(self, error: Exception, looking: bool) -> Whereabouts:
        """An attempt to come back failed, or a look-up that was to tell the way."""
        answers = (UserNotFoundError, UserOfflineError, AgeRestrictedError)
        told = looking and any(isinstance(each, answers) for each in failures_in(error))
        doubted = self.doubted or told or is_about_room(error)
        return replace(self, doubted=doubted, returning=False, looking=looking)

    def left(self, error: Exception, now: float, lived: float, sure: bool) -> Whereabouts:
        """
        A stream is over.

        :param lived: for how many seconds it was open.
        :param sure: whether that it was open says that the room was the user's: after a look-up,
            or when the room spoke.
        """
        short = self.short + 1 if lived < SHORT else 0
        silent = isinstance(error, DeafStreamError)
        refused = isinstance(error, EnterRefusedError)
        doubtful = silent or refused or short >= DOUBTFUL or is_about_room(error)
        return replace(
            self,
            sure_at=now if sure else self.sure_at,
            doubted=self.doubted or doubtful,
            short=short,
            returning=False,
            looking=False,
        )


def returns(where: Whereabouts, now: float, *, closed: bool) -> bool:
    """
    Whether a session that was in a broadcast returns to its room, rather than looking it up.

    :param closed: whether no look-up may begin now.
    """
    if where.doubted:
        return False
    return where.looking or closed or now - where.sure_at < AWAY


def is_answer(error: Exception) -> bool:
    """Whether somebody who was asked to go on from a cursor has answered at all."""
    found = failures_in(error)
    return any(isinstance(each, Exception) and not isinstance(each, _UNANSWERED) for each in found)


_UNANSWERED = (ConnectError, SourceRestingError, OSError)
