"""A bounded queue of lines in front of a channel: it never blocks and never grows."""

from __future__ import annotations

from collections import deque

from twisted.internet.defer import Deferred, succeed
from twisted.internet.interfaces import IDelayedCall, IReactorTime
from twisted.logger import Logger

from tiktoklive.outputs.channel import Channel

#: Seconds until a channel that takes nothing now is asked again.
SOON = 0.02
#: Seconds until a channel that failed is tried again.
RETRY = 5.0
#: Seconds that stopping may take, while the rest is written.
LAST_WORDS = 2.0


class Sink:
    """
    Writes lines in order, as fast as the channel takes them.

    What the channel doesn't take waits here; when that is more than ``limit`` bytes,
    the newest lines are dropped and counted.  Trouble is logged once when it begins and
    once, with the number of lines lost, when it is over.  A channel whose reader went
    away is not written to again.

    :param name: what it is, for the log: ``jsonl:FILE``.
    :param limit: bytes that may wait.
    """

    log = Logger()

    def __init__(
        self, name: str, channel: Channel, clock: IReactorTime, *, limit: int = 8 * 1024 * 1024
    ) -> None:
        self._name = name
        self._channel = channel
        self._clock = clock
        self._limit = limit
        self._lines: deque[bytes] = deque()
        self._waiting = 0
        self._call: IDelayedCall | None = None
        self._trouble = False  # something was logged that is not over yet
        self._failing = False  # it fails, it isn't merely slow
        self._lost = 0
        self._gone = False
        self._waiting_gone: list[Deferred[None]] = []
        self._drained: Deferred[None] | None = None

    def write(self, line: bytes) -> None:
        """Write a line, or let it wait, or drop it.  Never raises, never blocks."""
        if self._gone:
            return
        if self._waiting + len(line) > self._limit:
            self._lost += 1
            if self._lost == 1 and not self._trouble:
                self._trouble = True
                self.log.warn("{output} is too slow: lines are lost", output=self._name)
            return
        self._lines.append(line)
        self._waiting += len(line)
        if self._call is None:
            self._flush()

    def stop(self) -> Deferred[None]:
        """Write what is waiting, for two seconds at most, and close the channel."""
        if not self._lines or self._drained is not None:
            self._finish()
            return succeed(None)
        if self._call is not None:
            self._call.cancel()
            self._call = None
        self._flush()
        if not self._lines or self._failing:
            self._finish()
            return succeed(None)
        drained: Deferred[None] = Deferred()
        self._drained = drained
        drained.addTimeout(LAST_WORDS, self._clock, onTimeoutCancel=lambda result, _: None)
        return drained.addBoth(lambda _: self._finish())

    def when_gone(self) -> Deferred[None]:
        """Fires when the channel's reader went away."""
        waiter: Deferred[None] = Deferred()
        if self._gone:
            waiter.callback(None)
        else:
            self._waiting_gone.append(waiter)
        return waiter

    def _flush(self) -> None:
        """Write as much as goes; come back for the rest."""
        try:
            while self._lines:
                line = self._lines[0]
                taken = self._channel.write(line)
                self._waiting -= taken
                if taken == len(line):
                    self._lines.popleft()
                    continue
                if taken:
                    self._lines[0] = line[taken:]
                    continue
                self._call = self._clock.callLater(SOON, self._again)
                return
        except BrokenPipeError:
            self._give_up()
        except (OSError, ValueError) as error:  # ValueError: a stream closed under our feet
            self._failed(error)
        else:
            self._recovered()

    def _again(self) -> None:
        self._call = None
        self._flush()
        if not self._lines and self._drained is not None:
            drained, self._drained = self._drained, None
            drained.callback(None)

    def _failed(self, error: Exception) -> None:
        if not self._trouble:
            self._trouble = True
            self.log.error(
                "{output} cannot be written, trying again every {retry:.0f} s: {error}",
                output=self._name,
                retry=RETRY,
                error=getattr(error, "strerror", None) or str(error),
            )
        self._failing = True
        self._close()
        self._call = self._clock.callLater(RETRY, self._again)

    def _recovered(self) -> None:
        self._failing = False
        if self._trouble:
            self._trouble = False
            lost, self._lost = self._lost, 0
            self.log.warn("{output} works again; {lost} lines lost", output=self._name, lost=lost)

    def _give_up(self) -> None:
        self._gone = True
        self._lines.clear()
        self._waiting = 0
        self.log.info("{output} stops: nobody reads it any more", output=self._name)
        waiting, self._waiting_gone = self._waiting_gone, []
        for waiter in waiting:
            waiter.callback(None)

    def _close(self) -> None:
        try:
            self._channel.close()
        except OSError:
            pass  # it failed before, or the disk tells nobody

    def _finish(self) -> None:
        """Close the channel, and say what never got through."""
        if self._call is not None:
            self._call.cancel()
            self._call = None
        self._drained = None
        lost = self._lost + len(self._lines)
        if lost:
            self.log.warn("{output} ended with {lost} lines lost", output=self._name, lost=lost)
        self._lines.clear()
        self._waiting = self._lost = 0
        self._trouble = self._failing = False
        self._close()
