"""One client of the site: it reads as fast as it reads, and is dropped when it is too slow."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable

from twisted.internet.interfaces import IPushProducer, IReactorTime
from zope.interface import implementer

from tiktoklive.outputs.queue import BoundedQueue, Policy
from tiktoklive.outputs.web.ring import Item
from tiktoklive.outputs.web.subscription import Subscription

#: How an event is written for a client: as part of an event stream, as a WebSocket message.
Form = Callable[[Item], bytes]

#: Bytes that are written at once while a client is told what it missed.
_PIECE = 32 * 1024


class Batch:
    """
    Events that are sent together.

    Those who want the same in the same form get the same bytes, which are made once.
    """

    def __init__(self, items: Iterable[Item]) -> None:
        self._items = tuple(items)
        self._made: dict[tuple[Form, Subscription], bytes] = {}

    def bytes_for(self, form: Form, subscription: Subscription) -> bytes:
        """What to write; empty if nothing is wanted."""
        made = self._made.get((form, subscription))
        if made is None:
            wanted = (form(item) for item in self._items if subscription.wants(item))
            made = self._made[form, subscription] = b"".join(wanted)
        return made


@implementer(IPushProducer)
class Client:
    """
    What goes to one client: first what it missed, then what happens.

    While its connection takes nothing, what comes waits in a queue; when that is full the
    client is dropped.  What it missed does not count: it waits in the ring's own bytes.

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
        self.subscription = subscription
        self.form = form
        self._write = write
        self._overrun = overrun
        self._missed: deque[Item] = deque()
        self._queue: BoundedQueue[bytes] = BoundedQueue(name, clock, limit, Policy.DROP_NEWEST, len)
        self._paused = False
        self._over = False

    @property
    def waiting(self) -> int:
        """Bytes that wait in its queue."""
        return self._queue.counts.size

    def tell(self, items: Iterable[Item]) -> None:
        """Send what it missed, as much as it wants of it, before anything new."""
        self._missed.extend(item for item in items if self.subscription.wants(item))
        self._flush()

    def send(self, data: bytes) -> None:
        """Send bytes, in their turn."""
        if self._over or not data:
            return
        if not (self._paused or self._missed or len(self._queue)):
            self._write(data)
        elif self._queue.has_room(data):
            self._queue.put(data)
        else:
            self.stopProducing()
            self._overrun()

    def deliver(self, batch: Batch) -> None:
        """Send what it wants of new events."""
        self.send(batch.bytes_for(self.form, self.subscription))

    def pauseProducing(self) -> None:
        """The connection takes nothing more for now."""
        self._paused = True

    def resumeProducing(self) -> None:
        """The connection takes more."""
        self._paused = False
        self._flush()

    def stopProducing(self) -> None:
        """Nothing more is to be sent."""
        self._over = True
        self._missed.clear()
        self._queue.take(len(self._queue))

    def _flush(self) -> None:
        while self._missed and not self._paused and not self._over:
            piece, size = [], 0
            while self._missed and size < _PIECE:
                piece.append(self.form(self._missed.popleft()))
                size += len(piece[-1])
            self._write(b"".join(piece))
        while len(self._queue) and not self._paused and not self._over:
            self._write(self._queue.take()[0])
