"""How long a session waits before it tries again."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Patience:
    """
    How long a session waits before it tries again; all times in seconds.

    :ivar first: the delay after the first failure; it doubles with each further one.
    :ivar most: where it stops doubling.
    :ivar healthy_after: a stream that lived this long resets the count of failures.
    :ivar offline: the delay between looks at a user who isn't live.
    :ivar asked: the longest that a server may ask us to wait; more is taken for a mistake.
    :ivar identities: how many guest identities an impatient session tries.
    """

    first: float = 2.0
    most: float = 30.0
    healthy_after: float = 30.0
    offline: float = 60.0
    asked: float = 3600.0
    identities: int = 3

    def delay(self, failures: int, random: Random, asked: float | None = None) -> float:
        """
        Half of it is certain, half is chance, so that many sessions don't come at once.

        :param failures: how many there were in a row, 1 for the first.
        :param asked: for how long the other side wants to be left alone, on top of it.
        """
        own = min(self.first * 2.0 ** min(failures - 1, 30), self.most)
        return self._spread(own, random) + min(asked or 0.0, self.asked)

    def offline_delay(self, random: Random) -> float:
        """The time until the next look at a user who isn't live."""
        return self._spread(self.offline, random) + self.offline / 4

    @staticmethod
    def _spread(seconds: float, random: Random) -> float:
        return seconds * random.uniform(0.5, 1.0)
