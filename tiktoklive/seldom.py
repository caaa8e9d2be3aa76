"""What may be said at once, but again only after a while."""

from __future__ import annotations

from collections.abc import Hashable

#: Different things that one is asked about, before it forgets the oldest.
KEPT = 100


class Seldom:
    """
    Keeps a line of the log from repeating itself for weeks.

    :param every: seconds that have to pass before the same thing is said again.
    :param first: how many times it may be said before that counts, and again after a time
        in which it did not happen.
    """

    __slots__ = ("_every", "_first", "_said")

    def __init__(self, every: float = 600.0, first: int = 1) -> None:
        self._every = every
        self._first = first
        #: What, and: times left, when it was said last, times that it was not said since.
        self._said: dict[Hashable, tuple[int, float, int]] = {}

    def again(self, what: Hashable, now: float) -> int | None:
        """
        Whether to say it.

        :param now: the time, in seconds, of any clock.
        :return: how many times it was not said since the last time; ``None`` to be quiet.
        """
        left, at, unsaid = self._said.pop(what, (self._first, now, 0))
        if now - at >= self._every:
            left = 1 if unsaid else self._first
        if not left:
            self._said[what] = (0, at, unsaid + 1)
            return None
        self._said[what] = (left - 1, now, 0)
        if len(self._said) > KEPT:
            del self._said[next(iter(self._said))]
        return unsaid
