"""
Entries of a stream on their way to an output, until they are confirmed.

They are confirmed when the output has taken them: one that stores (``IConfirmingOutput``) has
stored them, any other was called, and what it returned has fired.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from twisted.internet.defer import CancelledError, Deferred, succeed
from twisted.internet.interfaces import IPushProducer, IReactorTime
from twisted.internet.task import deferLater
from twisted.logger import Logger
from zope.interface import implementer

from tiktoklive.clock import wall_ms
from tiktoklive.dispatch.dispatcher import Dispatcher
from tiktoklive.dispatch.subscription import Subscription
from tiktoklive.errors import RedisError, RedisReplyError
from tiktoklive.events import DecodedData, Gap, MessageEvent, Origin, RawData
from tiktoklive.fleet.client import RedisClient
from tiktoklive.fleet.entries import event_of
from tiktoklive.interfaces import IConfirmingOutput
from tiktoklive.logs import LogThrottle, told_again

#: Entries that are handed on at once.
TOGETHER: Final = 100
#: Seconds between two looks whether an output has room again.
SOON: Final = 0.01


@implementer(IPushProducer)
class StreamDelivery:
    """
    Hands entries on to one output, and confirms them.

    :param title: what it is, for the log.
    :param dispatcher: hands the events on.
    :param subscription: that of the output there.
    :param events: the key of the stream.
    :param group: the name of the group.
    :ivar read: entries that were handed on.
    :ivar unreadable: those that were no events of this version.
    :ivar missed: entries that were removed before they were confirmed.
    """

    log = Logger()

    def __init__(
        self,
        title: str,
        client: RedisClient,
        dispatcher: Dispatcher,
        subscription: Subscription,
        clock: IReactorTime,
        events: str,
        group: str,
    ) -> None:
        self.title = title
        self.read = self.unreadable = self.missed = 0
        self._client = client
        self._dispatcher = dispatcher
        self._subscription = subscription
        self._confirms: Any = IConfirmingOutput(subscription.observer, None)
        self._clock = clock
        self._events = events
        self._group = group
        #: Given to the output; taken by it, and to be confirmed.
        self._in_flight: set[bytes] = set()
        self._taken: list[bytes] = []
        self._confirming: Deferred[None] = succeed(None)
        self._paused: Deferred[None] | None = None
        self._throttle = LogThrottle()
        if dispatcher.back_pressure is not None:
            dispatcher.back_pressure.opened(self)

    @property
    def pending(self) -> int:
        """How many were given to the output and are not confirmed yet."""
        return len(self._in_flight) + len(self._taken)

    # --- IPushProducer, for outputs that let the streams wait

    def pauseProducing(self) -> None:
        """Hand nothing more on for now."""
        if self._paused is None:
            self._paused = Deferred()

    def resumeProducing(self) -> None:
        """Go on."""
        paused, self._paused = self._paused, None
        if paused is not None:
            paused.callback(None)

    def stopProducing(self) -> None:
        """Whose service it is stops it."""

    # --- handing on

    async def room(self) -> None:
        """Wait until the output would lose nothing."""
        while True:
            if self._paused is not None:
                await settled(self._paused)
            elif self._is_full():
                await pause(SOON, self._clock)
            else:
                return

    async def take(self, entries: Sequence[Any]) -> None:
        """
        Hand entries on, those of them that are not on their way already.

        One batch is taken by the output while the next one is handed on, and no more.
        """
        known = self._in_flight.union(self._taken)
        fresh = [each for each in entries if each[0] not in known]
        if not fresh:
            return
        given = []
        removed = 0
        for number, (entry, fields) in enumerate(fresh, 1):
            if not number % TOGETHER:
                await pause(0.0, self._clock)  # others have their turn
            if fields is None:  # it was read before, and removed before it was confirmed
                removed += 1
            else:
                await self.room()
                self._hand_on(fields)
            self._in_flight.add(entry)
            given.append(entry)
        self.removed(removed)
        before, self._confirming = self._confirming, Deferred.fromCoroutine(self._confirm(given))
        await settled(before)

    def removed(self, count: int) -> None:
        """So many entries of other readers, or of before, are gone."""
        if count:
            self.missed += count
            self.tell_gap(
                0,
                f"{count} entries were removed from the stream after they were read, and before "
                "they were confirmed",
            )

    def tell_gap(self, since: int, why: str) -> None:
        """
        Tell the output, and the log, that events may be missing.

        :param since: milliseconds since 1970; 0 if that is not known.
        """
        self.log.error("{title}: {why}", title=self.title, why=why)
        now = wall_ms(self._clock)
        reason = RedisReplyError(f"{self.title}: {why}.")
        self._dispatcher.tell(Gap(since or now, now, reason, Origin("", "", now, "redis")))

    def _is_full(self) -> bool:
        dispatcher, subscription = self._dispatcher, self._subscription
        if subscription.busy * 2 > dispatcher.busy:
            return True
        if subscription.busy_bytes * 2 > dispatcher.busy_bytes:
            return True
        # What waits in the queues of any other waits for slow readers, who are told what they lose.
        return self._confirms is not None and not self._confirms.has_room()

    def _hand_on(self, fields: Sequence[bytes]) -> None:
        self.read += 1
        try:
            event = event_of(fields)
        except ValueError as error:
            self.unreadable += 1
            again = self._throttle.again("unreadable", self._clock.seconds())
            if again is not None:
                self.log.error(
                    "{title}: {error}{again}",
                    title=self.title,
                    error=error,
                    again=told_again(again, "logged"),
                )
            return
        if isinstance(event, MessageEvent) and "method" in vars(type(event)):
            raw = RawData(event.method, event.payload, event.number, event.is_history, event.origin)
            self._dispatcher.tell(raw)
            self._dispatcher.tell(DecodedData(event))
        self._dispatcher.tell(event)

    # --- confirming

    async def _confirm(self, given: Sequence[bytes]) -> None:
        """Confirm entries when the output has taken them."""
        try:
            await self._output_has_all()
        except CancelledError:
            raise
        except Exception:
            self.log.failure("{title}: it is not known what was stored", title=self.title)
            return
        self._in_flight.difference_update(given)
        self._taken += given
        try:
            await self.acknowledge()
        except RedisError:
            pass  # with the next ones, or when there is a connection again

    async def acknowledge(self) -> None:
        """
        Confirm what the output has taken.

        :raise RedisError: it is tried again with the next ones.
        """
        taken, self._taken = self._taken, []
        if taken:
            try:
                await self._client.call("XACK", self._events, self._group, *taken)
            except BaseException:
                self._taken = taken + self._taken
                raise

    async def finish(self) -> None:
        """Wait until all that was handed on is confirmed."""
        await settled(self._confirming)

    def forget(self) -> None:
        """Nothing of what was handed on can be confirmed any more."""
        self._in_flight.clear()
        self._taken.clear()

    def knows(self, entry: bytes) -> bool:
        """Whether an entry is on its way."""
        return entry in self._in_flight or entry in self._taken

    async def _output_has_all(self) -> None:
        """Wait until the output has all that it was given."""
        while self._subscription.busy:
            await pause(SOON, self._clock)
        if self._confirms is not None:
            await self._confirms.when_written()


def settled(waiting: Deferred[None]) -> Deferred[None]:
    """Fires when another Deferred does; cancelling it leaves the other alone."""
    if waiting.called:
        return succeed(None)
    over: Deferred[None] = Deferred()

    def fire(result: object) -> object:
        if not over.called:
            over.callback(None)
        return result

    waiting.addBoth(fire)
    return over


def pause(seconds: float, clock: IReactorTime) -> Deferred[None]:
    """Let time pass."""
    passing: Deferred[None] = deferLater(clock, seconds)
    return passing
