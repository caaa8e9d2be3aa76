"""The output that sends events to a web server of the user's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from sqlite3 import Connection
from typing import NamedTuple, TypeVar
from uuid import uuid4

from twisted.internet.interfaces import IReactorTime
from zope.interface import implementer

from tiktoklive.clock import wall_time
from tiktoklive.errors import StartError
from tiktoklive.events import Event, IEventObserver
from tiktoklive.files.lock import FileLock, FileLockedError
from tiktoklive.logs import LogThrottle
from tiktoklive.model import QueueCounts
from tiktoklive.outputs.batch_writer import RETRY
from tiktoklive.outputs.database import Runner
from tiktoklive.outputs.database_output import DatabaseOutput
from tiktoklive.outputs.queue import ANNOUNCE, Policy, Stopwatch
from tiktoklive.outputs.webhook import outbox
from tiktoklive.outputs.webhook.deliverer import Deliverer
from tiktoklive.outputs.webhook.outbox import Bounds, Holdings

T = TypeVar("T")

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

    @property
    def size(self) -> int:
        """About how much memory it takes, in bytes."""
        return 200 + len(self.line)


@dataclass(frozen=True, slots=True)
class WebhookStatus:
    """
    How a webhook is doing.

    :ivar waiting: events in the outbox that wait to be sent.
    :ivar delivered: deliveries that were taken since the start.
    :ivar dead: events in dead letters.
    :ivar failing: why nothing can be sent now, ``""`` if it can.
    :ivar disabled: whether the receiver said that it is gone, and took nothing since.
    """

    waiting: int
    delivered: int
    dead: int
    failing: str
    disabled: bool


@implementer(IEventObserver)
class Webhook(DatabaseOutput[_Item]):
    """
    Sends events.

    What is stored is the delivery that an event is in. From then on it is delivered at least
    once, or becomes a dead letter.

    :param name: what it is, for the log, without what is secret of the address.
    :param database: the outbox.
    :param deliverer: brings what is in there to the receiver.
    :param events: the names of the events to send; ``None`` for all.
    :param bounds: how much the outbox holds.
    :param batch: events in a delivery.
    :param gather: seconds for which they gather.
    :param lock: keeps other processes from sending what is in the outbox as well.
    :param directory: that of the outbox, if it is to be made; for its owner alone.
    """

    def __init__(
        self,
        name: str,
        database: Runner,
        deliverer: Deliverer,
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
        lock: FileLock | None = None,
        directory: Path | None = None,
    ) -> None:
        super().__init__(
            "webhook",
            name,
            database,
            clock,
            together=batch,
            gather=gather,
            tend=_LOOK,
            limit=limit,
            policy=policy,
            acknowledge=acknowledge,
            retry=retry,
            lock=lock,
        )
        self._directory = directory
        self._deliverer = deliverer
        self._events = events
        self._bounds = bounds
        self._batch = batch
        self._holdings = Holdings(0, 0)
        self._left_then = self._dead_then = 0  # what the deliverer had done then
        self._dropped = 0  # what the outbox could not hold
        self._throttle = LogThrottle(ANNOUNCE)
        self._unsaid = 0  # of those, what was not told yet
        self._full = Stopwatch(clock.seconds)

    def event(self, event: Event) -> None:
        """Send one event, soon, if it is one of those that are wanted."""
        offset = self._offsets.of(event)
        if self._events is not None and event.name not in self._events:
            return
        written = self._written(event)
        self._queue.put(_Item(written.id, written.body(offset)))

    @property
    def failing(self) -> str:
        """Why nothing can be stored, or sent, now, ``""`` if it can."""
        return super().failing or self._deliverer.failing

    def queues(self) -> Sequence[QueueCounts]:
        """What waits for the outbox, in bytes, and what waits in it, in events."""
        counts = QueueCounts(
            f"{self._name} outbox",
            self._waiting(),
            self._bounds.events,
            self._dropped + self._deliverer.dead,
            self._full.seconds,
        )
        return [*super().queues(), counts]

    def has_room(self) -> bool:
        """Whether the outbox, too, is not more than half full."""
        return super().has_room() and self._waiting() * 2 <= self._bounds.events

    def status(self) -> WebhookStatus:
        """How it is doing."""
        return WebhookStatus(
            self._waiting(),
            self._deliverer.delivered,
            self._holdings.dead + self._deliverer.dead - self._dead_then,
            self._deliverer.failing,
            self._deliverer.disabled,
        )

    def startService(self) -> None:
        """
        Send from now on, what an earlier run left first.

        :raise FileLockedError: another process uses the outbox.
        :raise StartError: the directory of the outbox cannot be made, or the outbox not be used.
        """
        self._make_directory()
        super().startService()
        self.log.info(
            "{webhook}: what is to be sent, and dead letters, are in {path}",
            webhook=self._name,
            path=self._database.path,
        )
        self._deliverer.start()

    async def _last_words(self) -> None:
        """Send what can be sent soon."""
        await self._deliverer.stop()

    def _make_directory(self) -> None:
        """Make the directory of the outbox, as the user that the process is by now."""
        if self._directory is None:
            return
        try:
            self._directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise StartError(
                f"{self._name}: there can be no directory {self._directory} for its outbox "
                f"({error.strerror}): name a file with #outbox=FILE."
            ) from error

    def _take_lock(self) -> None:
        """Keep other processes from sending what is in the outbox, if that can be done."""
        if self._lock is None:
            return
        try:
            self._lock.take()
        except OSError as error:  # then the outbox cannot be written either
            self.log.error(
                "{webhook}: its outbox cannot be locked, trying again every {seconds:.0f} s: "
                "{error}",
                webhook=self._name,
                seconds=_LOOK,
                error=error.strerror,
            )

    def _waiting(self) -> int:
        """Events in the outbox that wait to be sent."""
        return max(0, self._holdings.waiting - (self._deliverer.left - self._left_then))

    async def _store(self, items: Sequence[_Item]) -> None:
        await self._deliverer.follow_the_wall()  # or all that waits would be too old at once
        now = wall_time(self._clock)
        delivery = f"msg_{uuid4().hex}"
        body = body_of([item.line for item in items], now)

        def work(connection: Connection) -> tuple[int, int, Holdings]:
            outbox.put(connection, delivery, now, len(items), body)
            return self._bound(connection, now)

        self._hold(*await self._database.run(work))
        self._deliverer.look()

    def _bound(self, connection: Connection, now: float) -> tuple[int, int, Holdings]:
        return *outbox.bound(connection, self._bounds, now), outbox.holdings(connection)

    async def _tend(self) -> None:
        """Make dead letters of what is too old; take the lock again if its file was taken away."""
        try:
            self._take_lock()
        except FileLockedError as error:  # its file was deleted, and another process was faster
            self.log.error("{webhook}: {error}", webhook=self._name, error=error)
        await self._deliverer.follow_the_wall()
        self._hold(*await self._database.run(self._bound, wall_time(self._clock)))
        if self._holdings.waiting:
            self._deliverer.look()  # another process may have put dead letters back

    def _hold(self, dead: int, forgotten: int, holdings: Holdings) -> None:
        """Note what is in the outbox, and tell what it could not hold."""
        self._holdings = holdings
        self._left_then, self._dead_then = self._deliverer.left, self._deliverer.dead
        self._dropped += dead
        self._unsaid += dead
        self._full.set(holdings.waiting + self._batch > self._bounds.events)
        if self._unsaid and self._throttle.again("full", self._clock.seconds()) is not None:
            self.log.error(
                "{webhook}: its outbox is full, or what is in it too old: {count} events are "
                "dead letters now, {forgotten} were forgotten; {waiting} wait",
                webhook=self._name,
                count=self._unsaid,
                forgotten=forgotten,
                waiting=holdings.waiting,
            )
            self._unsaid = 0


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
