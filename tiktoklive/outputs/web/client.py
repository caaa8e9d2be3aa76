"""One client of the site: it reads as fast as it reads, and is dropped when it is too slow."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from twisted.internet.interfaces import IPushProducer, IReactorTime
from zope.interface import implementer

from tiktoklive.outputs.queue import BoundedQueue, Policy
from tiktoklive.outputs.web.ring import Backlog, Item, Ring
from tiktoklive.outputs.web.subscription import WebSubscription

#: Bytes that are written at once while a client is told what it missed.
_PIECE = 32 * 1024

#: Bytes that Python takes for each of those that wait, beside their content.
_EACH = 64


class Form(NamedTuple):
    """
    How events are written: as part of an event stream, as WebSocket messages.

    :ivar event: how one event is.
    :ivar whole: what is put around all that is written at once.
    :ivar notice: how something of a room that is no event is, of its kind and its JSON.
    """

    event: Callable[[Item], bytes]
    whole: Callable[[bytes], bytes]
    notice: Callable[[str, bytes], bytes]

    def write(self, items: Iterable[Item]) -> bytes:
        """What goes over the wire; empty for no events."""
        written = b"".join(map(self.event, items))
        return self.whole(written) if written else b""


class Shared:
    """
    The bytes that wait in the queues of all clients, each counted once, however many wait for them.

    :param limit: how many may wait.
    :ivar size: how many do.
    :ivar overfull: called when they are more.
    """

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.size = 0
        self.overfull: Callable[[], object] = lambda: None
        #: By its identity, how many clients wait for one: what waits is there.
        self._waiting: dict[int, int] = {}

    def add(self, data: bytes) -> None:
        """One more client waits for that."""
        count = self._waiting.get(id(data), 0)
        self._waiting[id(data)] = count + 1
        if not count:
            self.size += weight(data)
            if self.size > self.limit:
                self.overfull()

    def remove(self, data: bytes) -> None:
        """One less does."""
        count = self._waiting[id(data)]
        if count > 1:
            self._waiting[id(data)] = count - 1
        else:
            del self._waiting[id(data)]
            self.size -= weight(data)


def weight(data: bytes) -> int:
    """What bytes that wait take in memory: the smallest ones take more than their length."""
    return len(data) + _EACH


@implementer(IPushProducer)
class Client:
    """
    What goes to one client: first what it missed, then what happens.

    While its connection takes nothing, what comes waits in a queue; when that is full the
    client is dropped.  What it missed waits in the ring, which all clients share; one that is so
    slow that the ring has let go of it is dropped as well.

    :param name: what it is called in the log.
    :param form: how events are written for it.
    :param write: takes bytes.
    :param overrun: called once when it is too slow; it gets nothing after that.
    :param limit: bytes that may wait.
    :param shared: counts what waits for all of them.
    :param host: the address that it has.
    """

    def __init__(
        self,
        name: str,
        form: Form,
        subscription: WebSubscription,
        write: Callable[[bytes], object],
        overrun: Callable[[], object],
        clock: IReactorTime,
        limit: int,
        shared: Shared | None = None,
        host: str = "",
    ) -> None:
        self.name = name
        self.form = form
        self.subscription = subscription
        self.host = host
        self._write = write
        self._overrun = overrun
        self._shared = Shared(limit) if shared is None else shared
        self._missed: Backlog | None = None
        self._queue: BoundedQueue[bytes] = BoundedQueue(
            name, clock, limit, Policy.DROP_NEWEST, weight
        )
        self._paused = False
        self._over = False
        self._at_once = True  # whether what comes can be written at once

    @property
    def waiting(self) -> int:
        """Bytes that wait in its queue."""
        return self._queue.size

    @property
    def is_over(self) -> bool:
        """Whether it gets nothing any more."""
        return self._over

    @property
    def catches_up(self) -> bool:
        """Whether it is being told what it missed."""
        return self._missed is not None

    def tell(self, ring: Ring, first: int) -> None:
        """
        Send what it missed, as much as it wants of it, before anything new.

        :param first: the number in the ring of the first.
        """
        if not self._over:
            self._missed = Backlog(ring, first, self.subscription.wants)
            self._at_once = False
            self._flush()

    def send(self, data: bytes) -> None:
        """Send what was written in its form, in its turn."""
        if self._at_once:
            self._write(data)
        elif not self._over:
            if self._queue.has_room(data):
                self._queue.put(data)
                self._shared.add(data)
            else:
                self.drop()

    def drop(self) -> None:
        """It is too slow."""
        if not self._over:
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
        self._missed = None
        for data in self._queue.take(len(self._queue)):
            self._shared.remove(data)

    def _flush(self) -> None:
        while self._missed is not None and not self._paused:
            try:
                piece = self._missed.read(_PIECE)
            except LookupError:
                self.drop()
                return
            if self._missed.is_over:
                self._missed = None
            if piece:
                self._write(self.form.write(piece))
        while len(self._queue) and not self._paused:
            [data] = self._queue.take()
            self._shared.remove(data)
            self._write(data)
        self._at_once = not (self._paused or self._over)
