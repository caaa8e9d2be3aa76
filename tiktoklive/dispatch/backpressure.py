"""
Back pressure: observers that are too slow let the streams wait, for a bounded time.

What stands between an observer and the streams is Twisted's ``IPushProducer``: an observer
gets one, and so may hand it to a transport's ``registerProducer``; a stream that can wait is
one.
"""

from __future__ import annotations

from collections.abc import Callable
from math import inf
from typing import Any

from twisted.internet.interfaces import IPushProducer, IReactorTime
from twisted.logger import Logger
from zope.interface import implementer

from tiktoklive.deferreds import Limit
from tiktoklive.dispatch.limits import LONGEST
from tiktoklive.logs import LogThrottle


@implementer(IPushProducer)
class Pause:
    """
    By this one observer holds the streams.

    When it has held them for too long they go on without it: it may hold them again only
    after it let go.

    :param name: whose it is, for the log.
    """

    def __init__(self, back_pressure: BackPressure, name: str) -> None:
        self._back_pressure = back_pressure
        self.name = name
        self._asked = self._gone = False

    def pauseProducing(self) -> None:
        """Let the streams wait."""
        if not self._asked and not self._gone:
            self._asked = True
            self._back_pressure._hold(self)

    def resumeProducing(self) -> None:
        """Let them go on, unless another holds them too."""
        self._asked = False
        self._back_pressure._release(self)

    def stopProducing(self) -> None:
        """The observer is gone, and lets nothing wait any more."""
        self._gone = True
        self.resumeProducing()


class BackPressure:
    """
    Holds the streams whose events go to the same observers, as long as one of these asks.

    :param longest: seconds that they may be held at a time.
    :ivar cut: how many times they went on although an observer still held them.
    """

    log = Logger()

    def __init__(self, clock: IReactorTime, longest: float = LONGEST) -> None:
        self.longest = longest
        self.cut = 0
        self._clock = clock
        self._streams: dict[Any, Callable[[float], None]] = {}
        #: The streams that wait, and since when.
        self._waiting: dict[Any, float] = {}
        self._holding: dict[Pause, None] = {}
        self._released_at = -inf
        self._timer: Limit | None = None
        self._seldom = LogThrottle()

    @property
    def is_held(self) -> bool:
        """Whether streams wait now."""
        return bool(self._holding)

    def hold(self, name: str) -> Pause:
        """
        For one more observer that may hold the streams.

        :param name: for the log.
        """
        return Pause(self, name)

    def listening_since(self, heard_at: float = -inf) -> float:
        """
        Since when silence is the other side's, and not because we hold our ears.

        :param heard_at: when something arrived last, in the clock's seconds, if that counts.
        """
        return self._clock.seconds() if self._holding else max(heard_at, self._released_at)

    # --- the streams

    def opened(
        self, stream: object, going_on: Callable[[float], None] = lambda since: None
    ) -> None:
        """
        A stream is open; one that cannot wait is left alone.

        :param going_on: called before it goes on, with since when it was held, in the clock's
            seconds.
        """
        producer = IPushProducer(stream, None)
        if producer is not None:
            self._streams[producer] = going_on
            if self._holding:
                self._pause(producer)
            self._watch()

    def closed(self, stream: object) -> None:
        """It is over."""
        self._streams.pop(stream, None)
        self._waiting.pop(stream, None)
        self._watch()

    # --- observers that hold them

    def _hold(self, hold: Pause) -> None:
        was_held, self._holding[hold] = self.is_held, None
        if was_held:
            return
        if (again := self._seldom.again(("held", hold.name), self._clock.seconds())) is not None:
            self.log.info(
                "{observer} lets the streams wait{again}",
                observer=hold.name,
                again=f", {again} times more since this was logged" if again else "",
            )
        self._watch()
        for stream in list(self._streams):
            self._pause(stream)

    def _pause(self, stream: Any) -> None:
        self._waiting.setdefault(stream, self._clock.seconds())
        stream.pauseProducing()

    def _release(self, hold: Pause) -> None:
        if hold in self._holding:
            del self._holding[hold]
            if not self._holding:
                self._open()

    def _watch(self) -> None:
        """Look at the time while an observer holds streams, and only then."""
        if not (self._streams and self._holding):
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None
        elif self._timer is None:
            self._timer = Limit(self.longest, self._clock, self._too_long)

    def _open(self) -> None:
        self._watch()
        self._released_at = self._clock.seconds()
        for stream, held_at in list(self._waiting.items()):
            if self._holding:
                return  # again, because of the first that went on
            if stream not in self._waiting:
                continue  # it was closed meanwhile
            self._waiting[stream] = self._clock.seconds()
            self._streams[stream](held_at)
            if not self._holding and self._waiting.pop(stream, None) is not None:
                stream.resumeProducing()

    def _too_long(self) -> None:
        self._timer = None
        self.cut += 1
        holding, self._holding = self._holding, {}
        for hold in holding:
            if (again := self._seldom.again(("cut", hold.name), self._clock.seconds())) is not None:
                self.log.warn(
                    "{observer} held the streams for {longest:g} s: they go on without it{again}",
                    observer=hold.name,
                    longest=self.longest,
                    again=f", {again} times more since this was logged" if again else "",
                )
        self._open()
