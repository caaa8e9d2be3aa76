"""The token bucket: so many at once, and from then on one at a distance from the next."""

from __future__ import annotations

from typing import Final, Protocol

#: Seconds that are too few to wait for: sums of times are not exact.
_AT_ONCE: Final = 1e-6


class IBucket(Protocol):
    """What a token bucket is, whoever fills it."""

    distance: float
    burst: float

    def wait(self, now: float, count: float = 1) -> float:
        """How long until so many can be taken."""

    def take(self, now: float, count: float = 1) -> float:
        """Take so many, if they are there."""

    def close(self, now: float, seconds: float) -> None:
        """Let none be taken for so long."""


class TokenBucket:
    """
    Counts in seconds instead of tokens: what was taken is owed, and time pays for it.

    So distance and burst may change while something is owed.  It knows no clock.

    :ivar distance: seconds after which there is one more.
    :ivar burst: how many may be taken at once of a bucket that is full.
    """

    __slots__ = ("_at", "_owed", "burst", "distance")

    def __init__(self, distance: float, burst: float = 1) -> None:
        self.distance = distance
        self.burst = burst
        self._owed = self._at = 0.0

    def wait(self, now: float, count: float = 1) -> float:
        """
        How long until so many can be taken.

        :param now: the time, in seconds, of a steady clock: always of the same one.
        :return: seconds; 0.0 for now.
        """
        early = self._owes(now) + (count - self.burst) * self.distance
        return early if early > _AT_ONCE else 0.0

    def take(self, now: float, count: float = 1) -> float:
        """
        Take so many, if they are there.

        :return: 0.0 if they were, else the seconds until they will be.
        """
        wait = self.wait(now, count)
        if not wait:
            self._owed, self._at = self._owes(now) + count * self.distance, now
        return wait

    def close(self, now: float, seconds: float) -> None:
        """Let the first of a burst not be taken for so long, as if that much were owed at least."""
        self._owed, self._at = max(self._owes(now), seconds), now

    def fill(self) -> None:
        """Nothing is owed any more."""
        self._owed = 0.0

    def _owes(self, now: float) -> float:
        return max(self._owed - max(now - self._at, 0.0), 0.0)
