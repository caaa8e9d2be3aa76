"""How often something may be asked by all rooms of a wiring together: a bucket of tokens."""

from __future__ import annotations

from math import inf

from twisted.internet.interfaces import IReactorTime


class Budget:
    """
    Lets so many through in any minute, and a few at once.

    :param clock: the reactor, or a test's clock.
    :param per_minute: how many; 0 for no limit.
    :param burst: how many of them may come at once.
    """

    def __init__(self, clock: IReactorTime, per_minute: float, burst: int = 1) -> None:
        self.per_minute = per_minute
        self._clock = clock
        self._burst = max(burst, 1)
        self._tokens = float(self._burst)
        self._at = clock.seconds()
        self._closed_until = 0.0

    @property
    def left(self) -> float:
        """How many may come now; infinite without a limit."""
        now = self._clock.seconds()
        if now < self._closed_until:
            return 0.0
        if self.per_minute <= 0:
            return inf
        filled = (now - self._at) * self.per_minute / 60
        return min(self._tokens + filled, float(self._burst))

    def take(self) -> float:
        """
        Spend one.

        :return: 0.0 if it was there, else the seconds until there will be one; nothing is spent
            then.
        """
        now = self._clock.seconds()
        if now < self._closed_until:
            return self._closed_until - now
        if self.per_minute <= 0:
            return 0.0
        self._tokens, self._at = self.left, now
        if self._tokens >= 1 - 1e-9:
            self._tokens -= 1
            return 0.0
        return (1 - self._tokens) * 60 / self.per_minute

    def close(self, seconds: float) -> None:
        """Let nobody through for so long, an hour at most: the other side wants it."""
        until = self._clock.seconds() + min(seconds, 3600.0)
        self._closed_until = max(self._closed_until, until)
