"""The back-off: longer pauses, failure after failure."""

from __future__ import annotations

from collections.abc import Callable


def doubling(first: float, longest: float) -> Callable[[int], float]:
    """
    Twisted's policy with pauses that double, and are not varied.

    Where many might come back at the same time, the caller varies them.

    :param first: seconds after one failure.
    :param longest: the seconds that it stops at.
    :return: takes the number of failures in a row before this one, and gives the seconds.
    """
    from twisted.application.internet import backoffPolicy  # which brings much of Twisted along

    policy: Callable[[int], float] = backoffPolicy(first, longest, 2.0, lambda: 0.0)
    return policy
