"""From a bounded queue to something that takes batches, and takes its time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

from twisted.internet.defer import CancelledError, Deferred, succeed
from twisted.internet.interfaces import IReactorTime
from twisted.logger import Logger
from twisted.python.failure import Failure

from tiktoklive.deferreds import cancel_after
from tiktoklive.errors.isolation import said_by
from tiktoklive.outputs.queue import BoundedQueue

T = TypeVar("T")

#: Seconds until a batch that could not be written is tried again.
RETRY = 5.0
#: What a batch may measure, in the unit of its queue, if nothing else is said: a delivery has to be
#: built in memory.
LARGEST_BATCH = 1024 * 1024
#: Seconds that stopping may take, while the rest is written.
LAST_WORDS = 10.0


class BatchWriter(Generic[T]):
    """
    Writes what is in a queue, in order, one batch at a time.

    While a batch cannot be written, it is tried again and the queue fills up; the batch counts as
    part of it.  That is logged
    once when it begins and once when it is over.  An item that is refused by itself is dropped
    and logged, the others of its batch are not.

    :param write: writes a batch: all of it, or it raises and nothing is written.
    :param may_pass: whether the same batch could be written later, after that error.
    :param most: items in a batch.
    :param largest: what they may measure together, in the unit of the queue.
    :param gather: seconds for which a batch may gather after its first item came, if it is not
        complete before.
    :param retry: seconds until a batch that could not be written is tried again.
    :ivar refused: how many items were no good.
    """

    log = Logger()

    def __init__(
        self,
        queue: BoundedQueue[T],
        write: Callable[[Sequence[T]], Awaitable[object]],
        may_pass: Callable[[Exception], bool],
        clock: IReactorTime,
        *,
        most: int,
        gather: float,
        largest: int = LARGEST_BATCH,
        retry: float = RETRY,
    ) -> None:
        self.queue = queue
        self.refused = 0
        self._lost_before = 0  # when it began to fail
        self._write = write
        self._may_pass = may_pass
        self._clock = clock
        self._most = most
        self._largest = largest
        self._gather = gather
        self._retry = retry
        self._pause: Deferred[None] | None = None
        self._running: Deferred[None] | None = None
        self._stopping = False

    @property
    def failing(self) -> str:
        """Why nothing can be written now, ``""`` if it can."""
        return self.queue.failing

    def start(self) -> None:
        """Write from now on."""
        self._stopping = False
        self.queue.open()
        if self._running is not None:
            return  # the last batch of before is still being written
        running = self._running = Deferred.fromCoroutine(self._run())

        def over(result: object) -> object:
            self._running = None
            return result

        def broke(failure: Failure) -> None:
            self.log.failure("{queue} broke", failure=failure, queue=self.queue.name)

        running.addBoth(over).addErrback(broke)

    def stop(self) -> Deferred[None]:
        """
        Take nothing in any more, and write what is waiting, for ten seconds at most.

        What fails now is given up; what is given up counts as lost.
        """
        if self._running is None or self._stopping:
            return succeed(None)
        self._stopping = True
        running: Deferred[None] = Deferred()
        self._running.chainDeferred(running)
        cancel_after(running, LAST_WORDS, self._clock, lambda result, _: None)
        if self._pause is not None:
            self._pause.callback(None)
        elif not len(self.queue):
            self.queue.close()  # wakes what waits for an item
        return running.addBoth(lambda _: self.queue.close())

    async def _run(self) -> None:
        while True:
            await self.queue.when_ready()
            if self._gather and not self._stopping and not self._is_whole():
                await self._sleep(self._gather, self.queue.when_ready(self._most))
            batch: Sequence[T] = self.queue.hold(self._most, self._largest)
            while batch and (batch := await self._left_of(batch)):
                if self._stopping:
                    self.queue.put_back(batch)
                    return
                await self._sleep(self._retry)
            self.queue.done()
            if self._stopping and not len(self.queue):
                return

    def _is_whole(self) -> bool:
        """Whether there is as much as a batch may have."""
        return len(self.queue) >= self._most or self.queue.size >= self._largest

    async def _left_of(self, batch: Sequence[T]) -> Sequence[T]:
        """Write a batch; what of it is to be tried again."""
        try:
            await self._write(batch)
        except CancelledError:
            raise
        except Exception as error:
            if self._may_pass(error):
                self._failed(error)
                return batch
            if len(batch) > 1:
                for number, item in enumerate(batch):
                    if await self._left_of([item]):
                        return batch[number:]
                return ()
            self.refused += 1
            self.log.failure("{queue} refuses an event, which is lost", queue=self.queue.name)
        if self.failing:
            self.queue.failing = ""
            lost = self.queue.counts.dropped - self._lost_before
            self.log.warn(
                "{queue} works again; {lost} events lost", queue=self.queue.name, lost=lost
            )
        return ()

    def _failed(self, error: Exception) -> None:
        before, self.queue.failing = self.failing, said_by(error)
        if not before:
            self._lost_before = self.queue.counts.dropped
            self.log.error(
                "{queue} cannot be written, trying again every {retry:g} s: {error}",
                queue=self.queue.name,
                retry=self._retry,
                error=self.failing,
            )

    async def _sleep(self, seconds: float, until: Deferred[None] | None = None) -> None:
        """
        Let time pass, or the end come.

        :param until: what else ends it.
        """
        pause = self._pause = Deferred[None]()
        call = self._clock.callLater(seconds, pause.callback, None)
        if until is not None:
            until.addCallbacks(pause.callback, lambda failure: None)  # cancelled, below
        try:
            await pause
        finally:
            self._pause = None
            if until is not None:
                until.cancel()
            if call.active():
                call.cancel()
