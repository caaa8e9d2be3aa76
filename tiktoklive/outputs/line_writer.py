"""Lines on their way to a channel, which may be slow or fail: it never blocks and never grows."""

from __future__ import annotations

from twisted.internet.defer import Deferred, succeed
from twisted.internet.interfaces import IDelayedCall, IPushProducer, IReactorTime
from twisted.logger import Logger

from tiktoklive.deferreds import Waiters, cancel_after
from tiktoklive.errors import StartError
from tiktoklive.errors.isolation import said_by
from tiktoklive.files.writable import may_pass
from tiktoklive.outputs.channel import Channel
from tiktoklive.outputs.queue import BoundedQueue, Policy, QueueCounts

#: Seconds until a channel that takes nothing now is asked again.
SOON = 0.02
#: Seconds until a channel that failed is tried again.
RETRY = 5.0
#: Seconds that stopping may take, while the rest is written.
LAST_WORDS = 2.0
#: Bytes that may wait.
LIMIT = 8 * 1024 * 1024
#: Lines, and bytes, that are written at once, where they are gathered first.
_TOGETHER, _BYTES = 256, 256 * 1024


class LineWriter:
    """
    Writes lines in order, as fast as the channel takes them.

    What the channel doesn't take waits here, in a bounded queue that tells what it loses.
    That a channel fails is logged once when it begins and once, with the number of lines
    lost, when it is over.  A channel whose reader went away is not written to again.

    :param name: what it is, for the log: ``jsonl:FILE``.
    :param limit: bytes that may wait.
    :param policy: what happens to lines when more would have to wait.
    :param flush: seconds for which lines are gathered, to be written together; 0 to write each
        at once.
    """

    log = Logger()

    def __init__(
        self,
        name: str,
        channel: Channel,
        clock: IReactorTime,
        *,
        limit: int = LIMIT,
        policy: Policy = Policy.DROP_NEWEST,
        flush: float = 0.0,
    ) -> None:
        self._name = name
        self._channel = channel
        self._clock = clock
        self._pause = flush
        self._queue: BoundedQueue[bytes] = BoundedQueue(name, clock, limit, policy, len)
        #: What is left of what the channel took in part.
        self._rest = b""
        self._call: IDelayedCall | None = None
        self._flushing = False
        self._lost_before = 0  # when it began to fail
        self._gone = False
        self._waiting_gone: Waiters[None] = Waiters()
        self._drained: Deferred[None] | None = None

    @property
    def failing(self) -> str:
        """Why nothing can be written now, ``""`` if it can."""
        return self._queue.failing

    @property
    def renewed(self) -> int:
        """How many times another file was begun than the one that was written."""
        return int(getattr(self._channel, "renewed", 0))

    @property
    def counts(self) -> QueueCounts:
        """How the queue is doing."""
        return self._queue.counts

    def start(self) -> None:
        """
        Open the channel, before there is anything to lose.

        :raise StartError: it cannot be written, and will not be by waiting.
        """
        try:
            self._channel.open()
        except StartError as error:
            raise StartError(f"{self._name}: {error}") from error
        except OSError as error:
            if not may_pass(error):
                raise StartError(f"{self._name} cannot be written: {said_by(error)}.") from error
            self._failed(error)

    def reopen(self) -> None:
        """Look now whether the channel's file is still at its path, and open what is there."""
        if self._gone or self.failing:
            return  # it is tried again anyway
        try:
            self._channel.open()
        except OSError as error:
            self._failed(error)

    def pace(self, streams: IPushProducer) -> None:
        """Get to know what can wait, for the policy that needs it."""
        self._queue.pace(streams)

    def write(self, line: bytes) -> None:
        """Write a line, or let it wait, or drop one.  Never raises, never blocks."""
        if self._gone:
            return
        self._queue.put(line)
        if self._call is None:
            if self._pause:
                self._call = self._clock.callLater(self._pause, self._again)
            else:
                self._flush()

    def stop(self) -> Deferred[None]:
        """Write what is waiting, for two seconds at most, and close the channel."""
        if not self._waits() or self._drained is not None:
            self._finish()
            return succeed(None)
        if self._call is not None:
            self._call.cancel()
            self._call = None
        self._flush()
        if not self._waits() or self.failing:
            self._finish()
            return succeed(None)
        drained: Deferred[None] = Deferred()
        self._drained = drained
        cancel_after(drained, LAST_WORDS, self._clock, lambda result, _: None)
        return drained.addBoth(lambda _: self._finish())

    def when_written(self) -> Deferred[None]:
        """Fires when the channel has taken what there is now, or it is lost."""
        return self._queue.when_done()

    @property
    def has_room(self) -> bool:
        """Whether one more line would find room; always when there is no reader any more."""
        return self._gone or self._queue.has_much_room

    def when_gone(self) -> Deferred[None]:
        """Fires when the channel's reader went away."""
        return succeed(None) if self._gone else self._waiting_gone.wait()

    def _waits(self) -> bool:
        """Whether anything waits to be written."""
        return len(self._rest) + len(self._queue) > 0

    def _flush(self) -> None:
        """Write as much as goes; come back for the rest."""
        if self._flushing:
            return  # streams that went on brought more at once: it is written after what is at hand
        self._flushing = True
        try:
            if self.failing and not self._waits():
                self._channel.open()
            while self._waits():
                if not self._rest:
                    lines = self._queue.hold(_TOGETHER if self._pause else 1, _BYTES)
                    self._rest = b"".join(lines)
                taken = self._channel.write(self._rest)
                self._rest = self._rest[taken:]
                if not self._rest:
                    self._queue.done()
                if not taken:
                    self._call = self._clock.callLater(SOON, self._again)
                    return
        except BrokenPipeError:
            self._give_up()
        except (OSError, ValueError) as error:  # ValueError: a stream closed under our feet
            self._failed(error)
        else:
            self._recovered()
        finally:
            self._flushing = False

    def _again(self) -> None:
        self._call = None
        self._flush()
        if not self._waits() and self._drained is not None:
            drained, self._drained = self._drained, None
            drained.callback(None)

    def _failed(self, error: Exception) -> None:
        before, self._queue.failing = self.failing, said_by(error)
        if not before:
            self._lost_before = self.counts.dropped
            self.log.error(
                "{output} cannot be written, trying again every {retry:.0f} s: {error}",
                output=self._name,
                retry=RETRY,
                error=self.failing,
            )
        self._close()
        if self._call is not None:
            self._call.cancel()
        self._call = self._clock.callLater(RETRY, self._again)

    def _recovered(self) -> None:
        if self.failing:
            self._queue.failing = ""
            lost = self.counts.dropped - self._lost_before
            self.log.warn("{output} works again; {lost} lines lost", output=self._name, lost=lost)

    def _give_up(self) -> None:
        self._gone = True
        self._rest = b""
        self._queue.done()
        self._queue.take(len(self._queue))
        self.log.info("{output} stops: its reader is gone", output=self._name)
        self._waiting_gone.tell(None)

    def _close(self) -> None:
        try:
            self._channel.close()
        except OSError:
            pass  # it failed before, or the disk does not say

    def _finish(self) -> None:
        """Close the channel, and say what never got through."""
        if self._call is not None:
            self._call.cancel()
            self._call = None
        self._drained = None
        self._queue.put_back(self._rest.splitlines(keepends=True))
        self._rest = b""
        self._queue.close()
        self._queue.open()  # it may be started again
        self._queue.failing = ""
        self._close()
