"""The output that sends events to a web server of the user's."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import uuid4

from twisted.application.service import Service
from twisted.internet.defer import CancelledError, Deferred
from twisted.internet.interfaces import IReactorTime
from twisted.internet.task import LoopingCall
from twisted.logger import Logger
from zope.interface import implementer

from tiktoklive.events import Event, IEventObserver
from tiktoklive.interfaces import IQueuedOutput
from tiktoklive.outputs.archive.rows import key_of
from tiktoklive.outputs.database import Runner, may_pass
from tiktoklive.outputs.drain import RETRY, Drain
from tiktoklive.outputs.envelope import envelope
from tiktoklive.outputs.jsonbytes import dumps
from tiktoklive.outputs.offsets import Offsets
from tiktoklive.outputs.queue import ANNOUNCE, BoundedQueue, Policy, QueueCounts
from tiktoklive.outputs.webhook import outbox
from tiktoklive.outputs.webhook.courier import Courier
from tiktoklive.outputs.webhook.outbox import Bounds, Holdings

#: Bytes that may wait for the outbox.
LIMIT = 16 * 1024 * 1024
#: Events in a delivery, and seconds for which they gather.
BATCH, GATHER = 50, 1.0
#: Seconds between two looks for what is too old.
_LOOK = 60.0


class _Item(NamedTuple):
    """An event that is to be sent, and its envelope."""

    key: str
    line: bytes


@dataclass(frozen=True, slots=True)
class Status:
    """
    How a webhook is doing.

    :ivar waiting: events in the outbox that wait to be sent.
    :ivar delivered: deliveries that were taken since the start.
    :ivar dead: events in dead letters.
    :ivar failing: why nothing can be sent now, ``""`` if it can.
    :ivar disabled: whether the receiver said that it is gone.
    """

    waiting: int
    delivered: int
    dead: int
    failing: str
    disabled: bool


@implementer(IQueuedOutput, IEventObserver)
class Webhook(Service):
    """
    Sends events.

    An event is acknowledged when the delivery that it is in is committed to the outbox and on
    the disk: then :attr:`committed` has counted it, and ``acknowledge`` was called with its key.
    From then on it is delivered at least once, or becomes a dead letter.

    :param name: what it is, for the log, without what is secret of the address.
    :param database: the outbox.
    :param courier: brings what is in there to the receiver.
    :param events: the names of the events to send; ``None`` for all.
    :param bounds: how much the outbox holds.
    :param batch: events in a delivery.
    :param gather: seconds for which they gather.
    :param acknowledge: called with the keys of events that will be delivered.
    :param retry: seconds until what could not be put into the outbox is tried again.
    :ivar committed: how many events were acknowledged.
    """

    log = Logger()

    def __init__(
        self,
        name: str,
        database: Runner,
        courier: Courier,
        clock: IReactorTime,
        *,
        events: frozenset[str] | None = None,
        bounds: Bounds = Bounds(),  # noqa: B008 -- frozen
        batch: int = BATCH,
        gather: float = GATHER,
        limit: int = LIMIT,
        policy: Policy = Policy.DROP_NEWEST,
        acknowledge: Callable[[Sequence[str]], object] = lambda keys: None,
        retry: float = RETRY,
    ) -> None:
        self.setName("webhook")  # type: ignore[no-untyped-call]  # Twisted's
        self.committed = 0
        self._name = name
        self._database = database
        self._courier = courier
        self._clock = clock
        self._events = events
        self._bounds = bounds
        self._batch = batch
        self._gather = gather
        self._limit = limit
        self._policy = policy
        self._acknowledge = acknowledge
        self._retry = retry
        self._offsets = Offsets()
        self._queue = self._new_queue()
        self._drain: Drain[_Item] | None = None
        self._holdings = Holdings(0, 0)
        self._left_then = self._buried_then = 0  # what the courier had done then
        self._dropped = 0  # dead letters, and what came when the receiver was gone
        self._said_at = -ANNOUNCE
        self._unsaid = 0
        self._full_since: float | None = None
        self._full_seconds = 0.0
        self._looking = LoopingCall(self._look)
        self._looking.clock = clock

    def event(self, event: Event) -> Awaitable[None] | None:
        """Send one event, soon, if it is one of those that are wanted."""
        offset = self._offsets.of(event)
        if self._events is not None and event.name not in self._events:
            return None
        if self._courier.disabled:
            self._dropped += 1
            return None
        return self._queue.put(_Item(key_of(event), dumps(envelope(event, offset))))

    def queues(self) -> Sequence[QueueCounts]:
        """What waits for the outbox, in bytes, and what waits in it, in events."""
        full = self._full_seconds
        if self._full_since is not None:
            full += self._clock.seconds() - self._full_since
        counts = QueueCounts(
            f"{self._name} outbox",
            self._waiting(),
            self._bounds.events,
            self._dropped + self._courier.buried,
            full,
        )
        return [self._queue.counts, counts]

    def status(self) -> Status:
        """How it is doing."""
        return Status(
            self._waiting(),
            self._courier.delivered,
            self._holdings.dead + self._courier.buried - self._buried_then,
            self._courier.failing,
            self._courier.disabled,
        )

    def startService(self) -> None:
        """Send from now on, what an earlier run left first."""
        super().startService()  # type: ignore[no-untyped-call]  # Twisted's
        self._drain = Drain(
            self._queue,
            self._put,
            may_pass,
            self._clock,
            most=self._batch,
            gather=self._gather,
            retry=self._retry,
        )
        self._drain.start()
        self._courier.start()
        self._looking.start(_LOOK)

    def stopService(self) -> Deferred[None]:
        """Put into the outbox what is waiting, send what can be sent soon, and close it."""
        super().stopService()  # type: ignore[no-untyped-call]  # Twisted's
        drain, self._drain = self._drain, None
        if self._looking.running:
            self._looking.stop()

        async def stop() -> None:
            if drain is not None:
                await drain.stop()
                self._queue = self._new_queue()  # it may be started again
            await self._courier.stop()
            await self._database.close()

        return Deferred.fromCoroutine(stop())

    def _waiting(self) -> int:
        """Events in the outbox that wait to be sent."""
        return max(0, self._holdings.waiting - (self._courier.left - self._left_then))

    def _new_queue(self) -> BoundedQueue[_Item]:
        return BoundedQueue(self._name, self._clock, self._limit, self._policy, _size)

    async def _put(self, items: Sequence[_Item]) -> None:
        now = self._clock.seconds()
        delivery = f"msg_{uuid4().hex}"
        body = body_of([item.line for item in items], now)

        def work(connection: Any) -> tuple[int, int, Holdings]:
            outbox.put(connection, delivery, now, len(items), body)
            return self._bound(connection, now)

        self._hold(*await self._database.run(work))
        self.committed += len(items)
        self._acknowledge([item.key for item in items])
        self._courier.look()

    def _bound(self, connection: Any, now: float) -> tuple[int, int, Holdings]:
        return *outbox.bound(connection, self._bounds, now), outbox.holdings(connection)

    def _look(self) -> Deferred[None]:
        async def look() -> None:
            try:
                self._hold(*await self._database.run(self._bound, self._clock.seconds()))
                if self._holdings.waiting:
                    self._courier.look()  # somebody may have put dead letters back
            except CancelledError:
                raise
            except Exception as error:
                if not may_pass(error):
                    self.log.failure("{webhook}: its outbox fails", webhook=self._name)

        return Deferred.fromCoroutine(look())

    def _hold(self, buried: int, forgotten: int, holdings: Holdings) -> None:
        """Note what is in the outbox, and tell what it could not hold."""
        self._holdings = holdings
        self._left_then, self._buried_then = self._courier.left, self._courier.buried
        self._dropped += buried
        self._unsaid += buried
        now = self._clock.seconds()
        is_full = holdings.waiting + self._batch > self._bounds.events
        if is_full and self._full_since is None:
            self._full_since = now
        elif not is_full and self._full_since is not None:
            self._full_seconds += now - self._full_since
            self._full_since = None
        if self._unsaid and now - self._said_at >= ANNOUNCE:
            self.log.error(
                "{webhook}: its outbox is full, or what is in it too old: {count} events are "
                "dead letters now, {forgotten} were forgotten; {waiting} wait",
                webhook=self._name,
                count=self._unsaid,
                forgotten=forgotten,
                waiting=holdings.waiting,
            )
            self._said_at, self._unsaid = now, 0


def _size(item: _Item) -> int:
    return 200 + len(item.line)


def body_of(envelopes: Sequence[bytes], now: float) -> bytes:
    """
    The body of a delivery, in the shape that Standard Webhooks proposes.

    :param envelopes: as JSON.
    :param now: seconds since 1970.
    """
    made = datetime.fromtimestamp(now, UTC).isoformat(timespec="milliseconds")
    made = made.replace("+00:00", "Z")
    head = f'{{"type":"tiktoklive.events","timestamp":"{made}","data":{{"events":['
    return head.encode("ascii") + b",".join(envelopes) + b"]}}"
