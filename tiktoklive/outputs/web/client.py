"""One client of the site: it reads as fast as it reads, and is dropped when it is too slow."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from typing import NamedTuple

from twisted.internet.interfaces import IPushProducer, IReactorTime
from zope.interface import implementer

from tiktoklive.outputs.queue import BoundedQueue, Policy
from tiktoklive.outputs.web.ring import Item
from tiktoklive.outputs.web.subscription import Subscription

#: Bytes that are written at once while a client is told what it missed.
_PIECE = 32 * 1024


class Form(NamedTuple):
    """
    How events are written: as part of an event stream, as WebSocket messages.

    :ivar event: how one event is.
    :ivar whole: what is put around all that is written at once.
    """

    event: Callable[[Item], bytes]
    whole: Callable[[bytes], bytes]

    def write(self, items: Iterable[Item]) -> bytes:
        """What goes over the wire; empty for no events."""
        written = b"".join(map(self.event, items))
        return self.whole(written) if written else b""


@implementer(IPushProducer)
class Client:
    """
    What goes to one client: first what it missed, then what happens.

    While its connection takes nothing, what comes waits in a queue; when that is full the
    client is dropped.  What it missed does not count: those bytes are the ring's own.

    :param name: who it is, for the log.
    :param form: how events are written for it.
    :param write: takes bytes.
    :param overrun: called once when it is too slow; it gets nothing after that.
    :param limit: bytes that may wait.
    """

    def __init__(
        self,
        name: str,
        form: Form,
        subscription: Subscription,
        write: Callable[[bytes], object],
        overrun: Callable[[], object],
        clock: IReactorTime,
        limit: int,
    ) -> None:
        self.name = name
        self.form = form
        self.subscription = subscription
        self._write = write
        self._overrun = overrun
        self._missed: deque[Item] = deque()
        self._queue: BoundedQueue[bytes] = BoundedQueue(name, clock, limit, Policy.DROP_NEWEST, len)
        self._paused = False
        self._over = False
        self._at_once = True  # whether what comes can be written at once

    @property
    def waiting(self) -> int:
        """Bytes that wait in its queue."""
        return self._queue.counts.size

    def tell(self, items: Iterable[Item]) -> None:
        """Send what it missed, as much as it wants of it, before anything new."""
        self._missed.extend(item for item in items if self.subscription.wants(item))
        self._flush()

    def send(self, data: bytes) -> None:
        """Send what was written in its form, in its turn."""
        if self._at_once:
            self._write(data)
        elif not self._over:
            if self._queue.has_room(data):
                self._queue.put(data)
            else:
                self.stopProducing()
                self._overrun()

    def pauseProducing(self) -> None:
        """The connection takes nothing more for now."""
        self._paused = True
        self._at_once = False

    def resumeProducing(self) -> None:
        """The connection takes more."""
        self._paused = False
        self._flush()

    def stopProducing(self) -> None:
        """Nothing more is to be sent."""
        self._over = True
        self._at_once = False
        self._missed.clear()
        self._queue.take(len(self._queue))

    def _flush(self) -> None:
        while self._missed and not self._paused:
            piece: list[Item] = []
            size = 0
            while self._missed and size < _PIECE:
                piece.append(self._missed.popleft())
                size += len(piece[-1].body)
            self._write(self.form.write(piece))
        while len(self._queue) and not self._paused:
            self._write(self._queue.take()[0])
        self._at_once = not (self._paused or self._over)
