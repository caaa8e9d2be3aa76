"""One question for all who ask it while it is being answered."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

from twisted.internet.defer import Deferred
from twisted.python.failure import Failure

_T = TypeVar("_T")


class Shared(Generic[_T]):
    """
    Lets those who ask wait for the same answer.

    One of them who is cancelled takes nothing from the others; the last one takes the question
    along.

    :param told: is given the answer, or the failure, before those who wait are.
    """

    def __init__(self, told: Callable[[_T | Failure], None]) -> None:
        self._told = told
        self._asking: Deferred[_T] | None = None
        self._waiters: list[Deferred[_T]] = []

    @property
    def is_asking(self) -> bool:
        """Whether somebody waits."""
        return self._asking is not None

    def ask(self, question: Callable[[], Awaitable[_T]]) -> Deferred[_T]:
        """
        Wait for the answer that is under way, or ask.

        :param question: asks; not called if somebody waits already.
        """

        async def answer() -> _T:
            return await question()

        waiter: Deferred[_T] = Deferred(self._give_up)
        self._waiters.append(waiter)
        if self._asking is None:
            asking = self._asking = Deferred.fromCoroutine(answer())
            asking.addBoth(self._answered, asking)
        return waiter

    def _give_up(self, waiter: Deferred[_T]) -> None:
        if waiter not in self._waiters:
            return  # it was about to be told
        self._waiters.remove(waiter)
        if not self._waiters and self._asking is not None:
            asking, self._asking = self._asking, None
            asking.cancel()

    def _answered(self, result: _T | Failure, asking: Deferred[_T]) -> None:
        if asking is not self._asking:
            return  # nobody waits for this one any more
        self._asking = None
        waiters, self._waiters = self._waiters, []
        self._told(result)
        for waiter in waiters:
            if not waiter.called:  # cancelled by another who was told
                waiter.callback(result)
