"""How long a session waits before it tries again."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Patience:
    """
    How long a session waits before it tries again; all times in seconds.

    :ivar first: the shortest delay.
    :ivar most: the longest delay.
    :ivar healthy_after: a stream that lived this long resets the delay and the count of
        failures.
    :ivar offline: the delay between looks at a user who isn't live.
    :ivar asked: the longest that a session waits because a server asks for it.  What it asks for
        is told, but one answer is not the truth; who shares a server shares how often it is asked
        as well, so that the next try of a session need not be a request.
    :ivar identities: how many guest identities an impatient session tries.
    """

    first: float = 1.0
    most: float = 30.0
    healthy_after: float = 30.0
    offline: float = 60.0
    asked: float = 300.0
    identities: int = 3

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
