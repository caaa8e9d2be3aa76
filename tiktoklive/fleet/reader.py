"""
Reading a stream of events for one output, as one consumer of a group.

Whatever ends a reader before entries are confirmed, they are read again: what was its own first,
and after a while that of consumers that are gone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from twisted.application.service import Service
from twisted.internet.defer import CancelledError, Deferred
from twisted.internet.interfaces import IReactorTime
from twisted.internet.task import LoopingCall
from twisted.logger import Logger
from twisted.python.failure import Failure
from zope.interface import implementer

from tiktoklive.deferreds import wait_at_most
from tiktoklive.dispatch.dispatcher import Dispatcher
from tiktoklive.dispatch.subscription import Subscription
from tiktoklive.errors import ConnectionStoppedError, RedisError, RedisReplyError
from tiktoklive.fleet.client import RedisClient, Word
from tiktoklive.fleet.delivery import StreamDelivery, pause
from tiktoklive.fleet.stream import FORGET_CONSUMERS, LAG, MAKE_GROUP, READ, Keys
from tiktoklive.interfaces import IFailingOutput, IStreamOutput
from tiktoklive.logs import LogThrottle, told_again
from tiktoklive.model import StreamCounts
from tiktoklive.pacing.backoff import doubling

#: Entries that are read at a time.
COUNT: Final = 500
#: Milliseconds for which Redis is asked to wait for new ones.
BLOCK: Final = 1000
#: Seconds after which what a consumer has read and not confirmed is taken over by another.
IDLE: Final = 60.0
#: Seconds between two looks for consumers that are gone, and after which they are forgotten.
LOOK: Final = 30.0
FORGOTTEN: Final = 86_400.0
#: Seconds between two looks at how many entries wait.
MEASURE: Final = 5.0
#: Seconds that stopping may take, while the output takes what it was given.
LAST_WORDS: Final = 8.0

_FIRST_PAUSE, _LONGEST_PAUSE = 0.25, 5.0


@implementer(IStreamOutput, IFailingOutput)
class StreamReader(Service):
    """
    Reads for one output.

    :param title: what it is, for the log.
    :param client: of its own: it waits for entries.
    :param dispatcher: hands the events on.
    :param subscription: that of the output there.
    :param group: the name of the group, of which each entry is read by one consumer.
    :param consumer: the name of this one: the same again after a restart.
    :param start: where a group begins that is made: ``$`` at the end of the stream, ``0`` at its
        beginning.
    :param idle: seconds after which what others have read and not confirmed is taken over.
    :ivar failing: why nothing can be read now, ``""`` if it can.
    """

    log = Logger()

    def __init__(
        self,
        title: str,
        client: RedisClient,
        dispatcher: Dispatcher,
        subscription: Subscription,
        clock: IReactorTime,
        *,
        keys: Keys,
        group: str,
        consumer: str,
        start: str = "$",
        count: int = COUNT,
        idle: float = IDLE,
    ) -> None:
        self.setName(f"from-{group}")
        self.title = title
        self.client = client
        self.renewed = 0
        self.failing = ""
        self.group = group
        self.delivery = StreamDelivery(
            title, client, dispatcher, subscription, clock, keys.events, group
        )
        self._clock = clock
        self._events = keys.events
        self._consumer = consumer
        self._start = start
        self._count = count
        self._idle = idle
        self._had_group = False
        self._looked_at = float("-inf")
        self._running: Deferred[None] | None = None
        self._lag: int | None = None
        self._throttle = LogThrottle()
        self._policy = doubling(_FIRST_PAUSE, _LONGEST_PAUSE)
        self._measuring = LoopingCall(self._measure)
        self._measuring.clock = clock

    def streams(self) -> Sequence[StreamCounts]:
        """How it is doing."""
        delivery = self.delivery
        return [
            StreamCounts(
                self.title,
                self.client.connected,
                read=delivery.read,
                unreadable=delivery.unreadable,
                missed=delivery.missed,
                lag=self._lag,
                pending=delivery.pending,
            )
        ]

    def startService(self) -> None:
        """
        Read from now on.

        :raise StartError: txredisapi is not installed.
        """
        self.client.startService()
        super().startService()
        self.failing = ""
        self._looked_at = float("-inf")
        running = self._running = Deferred.fromCoroutine(self._run())
        running.addErrback(self._broke)
        measuring = self._measuring.start(MEASURE, now=False)
        measuring.addErrback(lambda failure: self.log.failure("the lag is unknown", failure))

    def stopService(self) -> Deferred[None]:
        """Read nothing more; confirm what the output still takes, within eight seconds."""
        super().stopService()
        if self._measuring.running:
            self._measuring.stop()

        async def stop() -> None:
            if self._running is not None:
                self._running.cancel()
            finishing = Deferred.fromCoroutine(self.delivery.finish())
            await wait_at_most(finishing, LAST_WORDS, self._clock, lambda: None)
            await self.client.stopService()
            self.delivery.forget()

        return Deferred.fromCoroutine(stop())

    # --- inside

    async def _run(self) -> None:
        failures = 0
        while self.running:
            try:
                await self.client.when_connected()
                await self._begin()
                self.failing, failures = "", 0
                while True:
                    await self._turn()
            except (CancelledError, ConnectionStoppedError):
                return
            except RedisError as error:
                self._failed(str(error).rstrip("."))
            except Exception:
                self.failing = "something is wrong with this program: its log says what"
                self.log.failure("{title} failed", title=self.title)
            try:
                await pause(self._policy(failures), self._clock)
            except CancelledError:
                return
            failures += 1

    def _failed(self, why: str) -> None:
        self.failing = why
        again = self._throttle.again(why, self._clock.seconds())
        if again is not None:
            self.log.warn(
                "{title}: nothing can be read, it is tried again: {why}{again}",
                title=self.title,
                why=why,
                again=told_again(again, "logged"),
            )

    def _broke(self, failure: Failure) -> None:
        self.log.failure("{title} broke", failure, title=self.title)

    async def _begin(self) -> None:
        """See that there is the group, and take what it gave this consumer before."""
        start = "0" if self._had_group else self._start
        made = await self.client.script(MAKE_GROUP, [self._events], [self.group, start])
        if made and self._had_group:
            why = "the stream is gone: Redis has lost its data, or is another one"
            self.delivery.tell_gap(0, why)
            self.delivery.forget()
        self._had_group = True
        await self.delivery.acknowledge()
        since: bytes = b"0"
        while True:
            words = ("XREADGROUP", "GROUP", self.group, self._consumer, "COUNT", self._count)
            reply = await self.client.call(*words, "STREAMS", self._events, since)
            entries = reply[0][1] if reply else []
            if not entries:
                return
            await self.delivery.take(entries)
            since = entries[-1][0]

    async def _turn(self) -> None:
        """Read once, and wait if there is nothing."""
        try:
            now = self._clock.seconds()
            if now - self._looked_at >= LOOK:
                self._looked_at = now
                await self._take_over()
            await self.delivery.room()
            words: list[Word] = [self.group, self._consumer, self._count]
            missed, last, self._lag, entries = await self.client.script(READ, [self._events], words)
        except RedisReplyError as error:
            if error.code != "NOGROUP":
                raise
            await self._begin()
            return
        if missed:
            self.delivery.missed += missed
            self.delivery.tell_gap(
                int(last.partition(b"-")[0]),
                f"{missed} entries were removed from the stream before they were read: read "
                "faster, or keep more by maxlen= and age= of the output redis",
            )
        if entries:
            await self.delivery.take(entries)
        else:
            wait = ("XREAD", "COUNT", 1, "BLOCK", BLOCK, "STREAMS", self._events, last)
            await self.client.call(*wait, timeout=BLOCK / 1000 + self.client.limit)

    async def _take_over(self) -> None:
        """Take what consumers have that are gone, and forget those that were not there for long."""
        start: bytes = b"0-0"
        while True:
            idle = int(self._idle * 1000)
            words = ("XAUTOCLAIM", self._events, self.group, self._consumer, idle, start)
            start, entries, gone = await self.client.call(*words, "COUNT", self._count)
            self.delivery.removed(sum(not self.delivery.knows(each) for each in gone))
            await self.delivery.take(entries)
            if start == b"0-0":
                break
        forgotten: list[Word] = [self.group, int(FORGOTTEN * 1000)]
        await self.client.script(FORGET_CONSUMERS, [self._events], forgotten)

    def _measure(self) -> Deferred[None]:
        """Ask how many wait, while nothing may be read as well."""

        async def measure() -> None:
            try:
                self._lag = await self.client.script(LAG, [self._events], [self.group])
            except RedisError:
                pass  # it is told by what reads

        return Deferred.fromCoroutine(measure())
