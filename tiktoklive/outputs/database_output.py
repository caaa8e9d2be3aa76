"""What outputs that put events into a database have in common."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from operator import attrgetter
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from twisted.application.service import Service
from twisted.internet.defer import CancelledError, Deferred
from twisted.internet.interfaces import IPushProducer, IReactorTime
from twisted.internet.task import LoopingCall
from twisted.logger import Logger
from zope.interface import implementer

from tiktoklive.errors import StartError
from tiktoklive.files.lock import FileLock
from tiktoklive.interfaces import (
    IConfirmingOutput,
    IFailingOutput,
    IGatherer,
    IPacer,
    IQueuedOutput,
)
from tiktoklive.model import QueueCounts
from tiktoklive.outputs.batch_writer import LARGEST_BATCH, BatchWriter
from tiktoklive.outputs.database import Runner, give_back, may_pass
from tiktoklive.outputs.offsets import Offsets
from tiktoklive.outputs.queue import BoundedQueue, Policy
from tiktoklive.outputs.written import WritingOutput


class Storable(Protocol):
    """An event on its way into a database."""

    @property
    def key(self) -> str:
        """What tells it from all others."""

    @property
    def size(self) -> int:
        """About how much memory it takes, in bytes."""


S = TypeVar("S", bound=Storable)
T = TypeVar("T")


@implementer(IQueuedOutput, IFailingOutput, IPacer, IConfirmingOutput, IGatherer)
class DatabaseOutput(WritingOutput, Service, ABC, Generic[S]):
    """
    Lets events wait in a bounded queue, and stores them in batches.

    An event is acknowledged when the transaction that stores it is committed and on the disk:
    then :attr:`committed` has counted it, and ``acknowledge`` was called with its key.

    :param kind: the kind of the output.
    :param name: what it is, for the log.
    :param database: the file.
    :param together: events in a batch, at most.
    :param largest: bytes that they may have together.
    :param gather: seconds for which a batch may gather after its first event came.
    :param tend: seconds between two calls of :meth:`_tend`; ``None`` for none.
    :param limit: bytes that may wait in memory, and by ``policy`` what happens to more.
    :param acknowledge: called with the keys of events that are stored for good.
    :param retry: seconds until what could not be stored is tried again.
    :param lock: keeps other processes from using the file.
    :ivar committed: how many events were acknowledged.
    """

    log = Logger()

    def __init__(
        self,
        kind: str,
        name: str,
        database: Runner,
        clock: IReactorTime,
        *,
        together: int,
        gather: float,
        tend: float | None,
        limit: int,
        policy: Policy,
        acknowledge: Callable[[Sequence[str]], object],
        retry: float,
        lock: FileLock | None = None,
        largest: int = LARGEST_BATCH,
    ) -> None:
        self.setName(kind)
        self._lock = lock
        self.committed = 0
        self._name = name
        self._database = database
        self._clock = clock
        self._acknowledge = acknowledge
        self._offsets = Offsets()
        self._queue: BoundedQueue[S] = BoundedQueue(name, clock, limit, policy, attrgetter("size"))
        self._drain = BatchWriter(
            self._queue,
            self._commit,
            may_pass,
            clock,
            most=together,
            largest=largest,
            gather=gather,
            retry=retry,
        )
        self._tend_every = tend
        self._tending = LoopingCall(self._tend_safely)
        self._tending.clock = clock

    def pace(self, streams: IPushProducer) -> None:
        """They wait while the database takes too little, if the queue is to block."""
        self._queue.pace(streams)

    @property
    def failing(self) -> str:
        """Why nothing can be stored now, ``""`` if it can."""
        return self._drain.failing

    @property
    def renewed(self) -> int:
        """How many times another file was begun because that was moved, deleted or damaged."""
        return int(getattr(self._database, "renewed", 0))

    def queues(self) -> Sequence[QueueCounts]:
        """The events that wait for the database, in bytes."""
        return [self._queue.counts]

    def when_written(self) -> Deferred[None]:
        """Fires when what it was given so far is committed and on the disk, or lost."""
        return self._queue.when_done()

    def has_room(self) -> bool:
        """Whether it would lose nothing of one more event."""
        return self._queue.has_much_room

    @property
    def uses(self) -> Path:
        """The file that no other output may use."""
        return self._database.path

    def startService(self) -> None:
        """
        Store from now on.

        :raise StartError: another process uses the file, it is something else, or it can never be
            written.
        """
        if self._lock is not None:
            self._lock.hold()
        try:
            self._database.begin()
        except StartError as error:
            if self._lock is not None:
                self._lock.free()
            raise StartError(f"{self._name}: {error}") from error
        super().startService()
        self._drain.start()
        if self._tend_every is not None:
            tending = self._tending.start(self._tend_every)
            tending.addErrback(lambda failure: self.log.failure("tending is over", failure))

    def stopService(self) -> Deferred[None]:
        """Store what is waiting, and close the file."""
        super().stopService()
        if self._tending.running:
            self._tending.stop()

        async def stop() -> None:
            await self._drain.stop()
            await self._last_words()
            await self._database.close()

        def free(result: T) -> T:
            if self._lock is not None and not self.running:
                self._lock.free()
            return result

        return Deferred.fromCoroutine(stop()).addBoth(free)

    @abstractmethod
    async def _store(self, items: Sequence[S]) -> None:
        """Store a batch: all of it, or raise and store nothing."""

    async def _tend(self) -> None:
        """Delete what is no longer wanted; the file gets smaller afterwards."""

    async def _last_words(self) -> None:
        """What is to be done when all is stored, before the file is closed."""

    async def _commit(self, items: Sequence[S]) -> None:
        await self._store(items)
        self.committed += len(items)
        self._acknowledge([item.key for item in items])

    def _tend_safely(self) -> Deferred[None]:
        async def tend() -> None:
            try:
                await self._tend()
                while self.running and await self._database.run(give_back):
                    pass  # it is done in pieces, for events that come meanwhile
            except CancelledError:
                raise
            except Exception as error:
                if not may_pass(error):
                    self.log.failure("{output} cannot be tended", output=self._name)
                elif not self._drain.failing:  # else that was told
                    self.log.warn(
                        "{output} keeps what is too old, for {seconds:g} s more: {error}",
                        output=self._name,
                        seconds=self._tend_every,
                        error=error,
                    )

        return Deferred.fromCoroutine(tend())
