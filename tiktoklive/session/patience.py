"""How long a session waits before it tries again, and how that is said."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from tiktoklive.described.rules import more_than_0
from tiktoklive.described.setting import described, setting
from tiktoklive.errors import StreamError
from tiktoklive.model import Room
from tiktoklive.pacing.backoff import doubling


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


def in_words(error: Exception, delay: float, room: Room | None = None) -> str:
    """Why a session waits, and for how long; also what was wished, if that is longer."""
    wished = getattr(error, "retry_after", None) or 0.0
    known = known_of(room) if room and room.restrictions and isinstance(error, StreamError) else ""
    said = f"{error}{known and f' The room is {known}.'} Next try in {_span(delay)}."
    if wished > delay:
        said += f" We are to wait for {wished:.0f} s, but ask again now and then until then."
    return said


def known_of(room: Room | None) -> str:
    """For whom a room is, if TikTok told: why we are not let in perhaps, or why it stays empty."""
    told = room.restrictions if room is not None else ()
    return f"{', '.join(told)}: guests may see nothing of it" if told else ""


def _span(seconds: float) -> str:
    return f"{seconds:.1f} s" if seconds < 600 else f"{seconds / 60:.0f} min"
