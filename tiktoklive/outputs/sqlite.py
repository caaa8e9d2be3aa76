"""Kind ``sqlite``: every event in an archive that can be asked."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from twisted.application.service import Service
from twisted.internet.defer import CancelledError, Deferred
from twisted.internet.interfaces import IReactorTime
from twisted.internet.task import LoopingCall
from twisted.logger import Logger
from zope.interface import implementer

from tiktoklive.events import Event, IEventObserver
from tiktoklive.interfaces import IQueuedOutput
from tiktoklive.outputs.archive.erase import forget_before
from tiktoklive.outputs.archive.rows import Entry, entry_of, store
from tiktoklive.outputs.archive.schema import ARCHIVE
from tiktoklive.outputs.arguments import (
    duration,
    file_to_write,
    policy,
    read_options,
    size,
    split_file,
)
from tiktoklive.outputs.database import Database, Runner, may_pass
from tiktoklive.outputs.drain import RETRY, Drain
from tiktoklive.outputs.offsets import Offsets
from tiktoklive.outputs.queue import BoundedQueue, Policy, QueueCounts

#: Bytes that may wait.
LIMIT = 64 * 1024 * 1024
#: Seconds for which events gather, to be committed together.
GATHER = 0.1
#: Events in a transaction.
TOGETHER = 1000
#: Seconds between two looks for what is too old.
HOURLY = 3600.0
#: Events that are deleted in a transaction.
_OLD_TOGETHER = 1000


def _size(entry: Entry) -> int:
    return entry.size


@implementer(IQueuedOutput, IEventObserver)
class Archive(Service):
    """
    Stores events.

    An event is acknowledged when the transaction that stores it, or finds it there already, is
    committed and on the disk: then :attr:`committed` has counted it, and ``acknowledge`` was
    called with its key.

    :param name: what it is, for the log: ``sqlite:FILE``.
    :param database: the file.
    :param keep: seconds after which events are deleted; ``None`` for never.
    :param acknowledge: called with the keys of events that are stored for good.
    :param retry: seconds until what could not be stored is tried again.
    :ivar committed: how many events were acknowledged.
    """

    log = Logger()

    def __init__(
        self,
        name: str,
        database: Runner,
        clock: IReactorTime,
        *,
        limit: int = LIMIT,
        policy: Policy = Policy.DROP_NEWEST,
        keep: float | None = None,
        acknowledge: Callable[[Sequence[str]], object] = lambda keys: None,
        retry: float = RETRY,
    ) -> None:
        self.setName("sqlite")  # type: ignore[no-untyped-call]  # Twisted's
        self.committed = 0
        self._name = name
        self._database = database
        self._clock = clock
        self._keep = keep
        self._acknowledge = acknowledge
        self._offsets = Offsets()
        self._limit = limit
        self._policy = policy
        self._queue = self._new_queue()
        self._retry = retry
        self._drain: Drain[Entry] | None = None
        self._tidying = LoopingCall(self._forget_old)
        self._tidying.clock = clock

    def event(self, event: Event) -> Awaitable[None] | None:
        """Store one event, soon."""
        offset = self._offsets.of(event)
        return self._queue.put(entry_of(event, offset, self._offsets.began(event.room_id)))

    def queues(self) -> Sequence[QueueCounts]:
        """The events that wait, in bytes."""
        return [self._queue.counts]

    def startService(self) -> None:
        """Store from now on."""
        super().startService()  # type: ignore[no-untyped-call]  # Twisted's
        self._drain = Drain(
            self._queue,
            self._store,
            may_pass,
            self._clock,
            most=TOGETHER,
            gather=GATHER,
            retry=self._retry,
        )
        self._drain.start()
        if self._keep is not None:
            self._tidying.start(HOURLY)

    def stopService(self) -> Deferred[None]:
        """Store what is waiting, and close the file."""
        super().stopService()  # type: ignore[no-untyped-call]  # Twisted's
        drain, self._drain = self._drain, None
        if self._tidying.running:
            self._tidying.stop()

        async def stop() -> None:
            if drain is not None:
                await drain.stop()
                self._queue = self._new_queue()  # it may be started again
            await self._database.close()

        return Deferred.fromCoroutine(stop())

    def _new_queue(self) -> BoundedQueue[Entry]:
        return BoundedQueue(self._name, self._clock, self._limit, self._policy, _size)

    async def _store(self, entries: Sequence[Entry]) -> None:
        await self._database.run(store, entries)
        self.committed += len(entries)
        self._acknowledge([entry.key for entry in entries])

    def _forget_old(self) -> Deferred[None]:
        async def forget() -> None:
            assert self._keep is not None
            before = int((self._clock.seconds() - self._keep) * 1000)
            try:
                while self.running:
                    done = await self._database.run(forget_before, before, _OLD_TOGETHER)
                    if done < _OLD_TOGETHER:
                        return
            except CancelledError:
                raise
            except Exception as error:
                if not may_pass(error):
                    self.log.failure("{archive}: old events stay", archive=self._name)
                    return
                self.log.warn(
                    "{archive}: old events stay until the next hour: {error}",
                    archive=self._name,
                    error=error,
                )

        return Deferred.fromCoroutine(forget())


_OPTIONS: dict[str, Callable[[str], Any]] = {"keep": duration, "queue": size, "full": policy}


def make(wiring: Any, argument: str) -> Archive:
    """
    Make the output.

    :param argument: the name of a file, and options.
    :raise ValueError: there is none, it names a place where no file can be, or an option is no
        good.
    """
    name, rest = split_file(argument)
    if not name:
        raise ValueError("say where to write: sqlite:FILE.")
    options = read_options(rest, _OPTIONS)
    path = file_to_write(name)
    return Archive(
        f"sqlite:{name}",
        Database(path, ARCHIVE, wiring.reactor),
        wiring.reactor,
        limit=options.get("queue", LIMIT),
        policy=options.get("full", Policy.DROP_NEWEST),
        keep=options.get("keep"),
    )
