"""Observers that gather: they are told where a batch of events begins and ends."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from types import TracebackType
from typing import Any

from twisted.logger import Logger

from tiktoklive.clock import steady_seconds
from tiktoklive.dispatch.subscription import Subscription, name_of
from tiktoklive.errors.isolation import FAULTS
from tiktoklive.interfaces import IGatherer
from tiktoklive.logs import LogThrottle, voice

#: Where none gathers.
NO_BATCH: AbstractContextManager[None] = nullcontext()


class Gathering:
    """
    A context in which a batch is told to observers that gather.

    One within another, such as the event of an observer's failure, belongs to it.  An observer that
    fails is logged, and the others go on.

    :param subscriptions: those of the observers, each an
        :class:`~tiktoklive.interfaces.IGatherer`.
    """

    log = Logger(observer=voice)

    def __init__(self, subscriptions: Iterable[Subscription]) -> None:
        self._observers: list[Any] = [each.observer for each in subscriptions]
        self._depth = 0
        self._kept: dict[Any, Any] = {}
        self._failures = LogThrottle(first=3)

    def __enter__(self) -> None:
        self._depth += 1
        if self._depth == 1:
            for observer in self._observers:
                try:
                    observer.batch_begins(self._kept)
                except FAULTS:
                    self._failed(observer)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._depth -= 1
        if not self._depth:
            self._kept.clear()
            for observer in self._observers:
                try:
                    observer.batch_ends()
                except FAULTS:
                    self._failed(observer)

    def _failed(self, observer: object) -> None:
        name = name_of(observer)
        again = self._failures.again(name, steady_seconds())
        if again is not None:
            self.log.failure(
                "{observer} failed on a batch{again}",
                observer=name,
                again=f", and {again} times that were not logged" if again else "",
            )


def gathering(subscriptions: Iterable[Subscription]) -> AbstractContextManager[None]:
    """The context for batches that those get, which costs nothing where none of them gathers."""
    found = [each for each in subscriptions if IGatherer.providedBy(each.observer)]
    return Gathering(found) if found else NO_BATCH
