"""The source: tickets and streams of what pages push."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Mapping
from typing import Any, Final

from twisted.internet.defer import Deferred, succeed
from twisted.internet.interfaces import IPushProducer
from zope.interface import implementer

from tiktoklive.errors import PageNotOpenError, RoomLookupError, StreamLostError
from tiktoklive.interfaces import (
    IPushedStream,
    IReceiver,
    IRoomResolver,
    ISigner,
    IStream,
    IStreamOpener,
    IWitness,
)
from tiktoklive.model import PageState, Resume, Room, Status, Ticket
from tiktoklive.ownbrowser.endpoint import BrowserEndpoint, endpoint_of
from tiktoklive.ownbrowser.pages import OpenPages
from tiktoklive.sources import Source
from tiktoklive.standard_sources import Wired

KIND: Final = "browser"

#: Bytes of frames that wait for observers who let the stream wait.
HELD: Final = 4 * 1024 * 1024

#: Frames that wait likewise.
MOST_HELD: Final = 20_000


@implementer(ISigner)
class PageSigner:
    """
    Makes a ticket of a room when a page pushes it.

    :param endpoint: opened when a ticket is wanted first, unless a daemon did it before.
    """

    def __init__(self, endpoint: BrowserEndpoint) -> None:
        self._endpoint = endpoint

    async def sign(self, room: Room, resume: Resume) -> Ticket:
        """
        A ticket without an address.

        :raise PageNotOpenError: no page pushes the room.
        """
        await self._endpoint.opened()
        pages = self._endpoint.pages
        if pages.of_room(room.room_id):
            return Ticket(room, "", source=KIND)
        others = pages.of_anchor(room.unique_id)
        if others:
            raise PageNotOpenError(
                f"The page of @{room.unique_id} in the browser shows room {others[0].room}, and "
                f"not {room.room_id}: reload it."
            )
        raise PageNotOpenError(
            f"No page of @{room.unique_id} pushes to {self._endpoint.where}: open "
            f"https://www.tiktok.com/@{room.unique_id}/live in the browser that has the extension."
        )


@implementer(IRoomResolver)
class PageRooms:
    """
    Knows the rooms whose pages push.

    :param endpoint: opened when a room is asked for first, likewise.
    """

    def __init__(self, endpoint: BrowserEndpoint) -> None:
        self._endpoint = endpoint

    async def resolve(self, unique_id: str) -> Room:
        """
        The room of the page that was opened last.

        :raise RoomLookupError: no page of the user pushes.
        """
        await self._endpoint.opened()
        pages = self._endpoint.pages.of_anchor(unique_id)
        if not pages:
            raise RoomLookupError(f"No page of @{unique_id} pushes to {self._endpoint.where}.")
        return Room(pages[-1].anchor, pages[-1].room, Status.LIVE)


@implementer(IStreamOpener)
class PageOpener:
    """Opens a stream of what the pages of a room push."""

    def __init__(self, pages: OpenPages, clock: Any) -> None:
        self._pages = pages
        self._clock = clock

    async def open(self, ticket: Ticket, receiver: IReceiver) -> IStream:
        """
        Open it; the frames that are kept come in a later turn of the reactor.

        :raise PageNotOpenError: no page pushes the room any more.
        """
        if not self._pages.of_room(ticket.room.room_id):
            raise PageNotOpenError(f"The page of @{ticket.room.unique_id} was just closed.")
        return PushedStream(self._pages, ticket.room.room_id, receiver, self._clock)


@implementer(IPushedStream, IPushProducer)
class PushedStream:
    """
    What the pages of one room push.

    The pages enter the room, beat and acknowledge by themselves, so nothing is sent by us.
    """

    heartbeat: float | None = None
    transport_name = KIND
    acks = heartbeats = asks = recorded = False
    not_upgraded: Exception | None = None

    def __init__(self, pages: OpenPages, room: str, receiver: IReceiver, clock: Any) -> None:
        self._pages = pages
        self._room = room
        self._receiver: IReceiver | None = receiver
        self._paused = False
        self._held: deque[bytes | StreamLostError] = deque()
        self._size = 0
        # Not before the caller has this stream; meanwhile the pages keep what they push.
        self._beginning = clock.callLater(0, pages.join, room, self)

    # --- IPushedStream

    def pages(self) -> tuple[PageState, ...]:
        """The pages that push it now."""
        return tuple(page.state() for page in self._pages.of_room(self._room))

    def send(self, data: bytes) -> None:
        """Discard it: the page speaks for itself."""

    def close(self) -> Deferred[None]:
        """Listen no more."""
        self._end(None)
        return succeed(None)

    # --- IPushProducer

    def pauseProducing(self) -> None:
        """Hold what is pushed: the browser can't be stopped."""
        self._paused = True

    def resumeProducing(self) -> None:
        """Deliver what was held."""
        self._paused = False
        while self._held and not self._paused:
            pushed = self._held.popleft()
            self._size -= len(pushed) if isinstance(pushed, bytes) else 0
            self._deliver(pushed)

    def stopProducing(self) -> None:
        """Close."""
        self.close()

    # --- what the pages call

    def frame(self, data: bytes) -> None:
        """A page pushed it."""
        self._take(data, len(data))

    def missed(self, reason: StreamLostError) -> None:
        """Something is not there between the last frame and the next."""
        self._take(reason, 0)

    def lost(self, reason: StreamLostError) -> None:
        """No page pushes any more."""
        self._end(reason)

    # --- inside

    def _take(self, pushed: bytes | StreamLostError, size: int) -> None:
        if not self._paused and not self._held:
            self._deliver(pushed)
            return
        self._held.append(pushed)
        self._size += size
        if self._size > HELD or len(self._held) > MOST_HELD:
            self._end(StreamLostError("Too much that the browser pushed waits for observers."))

    def _deliver(self, pushed: bytes | StreamLostError) -> None:
        receiver = self._receiver
        if receiver is None:
            return
        if isinstance(pushed, bytes):
            receiver.frame(pushed)
        elif (witness := IWitness(receiver, None)) is not None:
            witness.missed(pushed)

    def _end(self, reason: Exception | None) -> None:
        receiver, self._receiver = self._receiver, None
        if receiver is not None:
            if self._beginning.active():
                self._beginning.cancel()
            self._pages.leave(self._room, self)
            self._held.clear()
            receiver.closed(reason)


def make(wiring: Wired, argument: str, environ: Mapping[str, str] = os.environ) -> Source:
    """
    Make the source ``browser``.

    :param argument: where to listen; see :func:`~tiktoklive.outputs.web.listening.parse_place`.
    :raise ValueError: it makes no sense, or there is no token.
    """
    endpoint = endpoint_of(wiring, argument, environ)
    opener = PageOpener(endpoint.pages, wiring.reactor)
    return Source(KIND, PageSigner(endpoint), opener, service=endpoint, rooms=PageRooms(endpoint))
