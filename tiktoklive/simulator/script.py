"""Scripts: what happens in a simulated room, and when; and their performance by a clock."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias

from twisted.internet.defer import Deferred
from twisted.internet.interfaces import IDelayedCall, IReactorTime
from twisted.logger import Logger
from twisted.python.failure import Failure

from tiktoklive.capture import TapeEntry, TapeHeader, read_header, read_tape
from tiktoklive.errors import DecodeError
from tiktoklive.wire.batches import parse_batch
from tiktoklive.wire.frames import parse_frame
from tiktoklive.wire.text import text

_log = Logger()

#: Method and payload of a message, and its id if it has one.
Message: TypeAlias = tuple[str, bytes] | tuple[str, bytes, int]

#: Seconds to wait, and the messages that then are sent in one batch.
Step: TypeAlias = tuple[float, Sequence[Message]]

#: Any iterable of steps.
Script: TypeAlias = Iterable[Step]


class ListScript:
    """
    Plays given messages in batches.

    :param messages: method and payload, and the id if there is one.
    :param per_batch: how many messages go into each batch; when the numbers are used up, the
        last one is repeated.
    :param delay: seconds before each batch.
    """

    def __init__(
        self,
        messages: Iterable[Message],
        *,
        per_batch: int | Sequence[int] = 1,
        delay: float = 1.0,
    ) -> None:
        self._messages = tuple(messages)
        self._sizes = (per_batch,) if isinstance(per_batch, int) else tuple(per_batch)
        if not self._sizes or min(self._sizes) < 1:
            raise ValueError("Each batch needs at least one message.")
        self._delay = delay

    def __iter__(self) -> Iterator[Step]:
        start = number = 0
        while start < len(self._messages):
            size = self._sizes[min(number, len(self._sizes) - 1)]
            yield self._delay, self._messages[start : start + size]
            start += size
            number += 1


class TapeScript:
    """
    Plays what a tape recorded, at the pace at which it was recorded.

    A tape of several streams is played as one, the streams one behind the other.  Only
    messages are played; what else was on the wire the simulator says itself.

    :param path: the tape.
    :param speed: how many times faster than it was recorded.
    :raise TapeError: when the file is no tape.
    :raise OSError: when it cannot be read.
    """

    def __init__(self, path: str | os.PathLike[str], *, speed: float = 1.0) -> None:
        if speed <= 0:
            raise ValueError("The speed must be above zero.")
        read_header(path)
        self._path = path
        self._speed = speed

    def __iter__(self) -> Iterator[Step]:
        last = 0.0
        for item in read_tape(self._path):
            if isinstance(item, TapeHeader):
                last = 0.0
                continue
            messages = _taped_messages(item)
            if messages:
                yield max(0.0, item.at - last) / self._speed, messages
                last = item.at


def _taped_messages(entry: TapeEntry) -> list[Message]:
    """The messages of what was recorded; none if it holds none, or is damaged."""
    data = entry.data
    try:
        if entry.kind == "frame":
            frame = parse_frame(data)
            if frame.payload_type != "msg":
                return []
            data = frame.payload
        batch = parse_batch(data)
    except DecodeError as problem:
        _log.warn("Left out of the script: {problem}", problem=problem)
        return []
    return [(text(each.method), each.payload, each.msg_id) for each in batch.messages]


class Performance:
    """
    Performs a script: one batch after the other, each at its time.

    :param push: what takes each batch.
    :ivar done: fires with ``None`` when the script is over: at its end, when it was stopped, or
        when it raised, which is logged.
    """

    log = Logger()

    def __init__(
        self, clock: IReactorTime, script: Script, push: Callable[[Sequence[Message]], object]
    ) -> None:
        self.done: Deferred[None] = Deferred(lambda done: self.stop())
        self._clock = clock
        self._steps = iter(script)
        self._push = push
        self._call: IDelayedCall | None = None
        # Each batch is due relative to when the one before was due, so that slow
        # batches do not add up to a slow script.
        self._due = clock.seconds()
        self._running = True
        self._next()

    def stop(self) -> None:
        """End it now; may be called again."""
        if self._running:
            self._running = False
            if self._call is not None and self._call.active():
                self._call.cancel()
            self.done.callback(None)

    def _next(self) -> None:
        try:
            delay, messages = next(self._steps)
        except StopIteration:
            self.stop()
        except Exception:
            self._fail()
        else:
            if not self._running:  # the script itself stopped us
                return
            self._due += delay
            wait = max(0.0, self._due - self._clock.seconds())
            self._call = self._clock.callLater(wait, self._perform, messages)

    def _perform(self, messages: Sequence[Message]) -> None:
        try:
            self._push(messages)
        except Exception:
            self._fail()
        else:
            if self._running:
                self._next()

    def _fail(self) -> None:
        failure = Failure()
        self.log.failure("A script broke off", failure=failure)
        self.stop()
