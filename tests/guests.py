"""Observers of a service that lives for weeks: one fails, one lets the streams wait."""

from __future__ import annotations

from random import Random
from typing import Any

from twisted.internet.defer import Deferred, fail
from zope.interface import implementer

from tiktoklive.events import Chat
from tiktoklive.events.speech import IChatObserver
from tiktoklive.interfaces import IPacer


class Broken(Exception):
    """Our observer failed, as it does sometimes."""


@implementer(IChatObserver)
class Failing:
    """Fails sometimes, and takes its time otherwise."""

    def __init__(self, clock: Any, random: Random) -> None:
        self._clock = clock
        self._random = random

    def chat(self, event: Chat) -> object:
        """A comment."""
        chance = self._random.random()
        if chance < 0.01:
            raise Broken("at once")
        if chance < 0.02:
            return fail(Broken("later"))
        if chance < 0.1:
            done: Deferred[None] = Deferred()
            self._clock.callLater(300 * self._random.random(), done.callback, None)
            return done
        return None


@implementer(IPacer, IChatObserver)
class Holding:
    """Lets the streams wait sometimes, now and then for too long."""

    def __init__(self, clock: Any, random: Random) -> None:
        self._clock = clock
        self._random = random
        self._streams: Any = None

    def pace(self, streams: Any) -> None:
        """See :class:`~tiktoklive.interfaces.IPacer`."""
        self._streams = streams

    def chat(self, event: Chat) -> None:
        """A comment."""
        if self._random.random() < 0.005:
            self._streams.pauseProducing()
            self._clock.callLater(40 * self._random.random(), self._streams.resumeProducing)
