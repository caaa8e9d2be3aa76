"""The numbers of rooms to those who want them: whole at the beginning, and when they change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Protocol

from twisted.internet.interfaces import IReactorTime
from twisted.internet.task import LoopingCall
from twisted.logger import Logger
from twisted.python.failure import Failure
from twisted.web.server import Request

from tiktoklive.bounded import BoundedMap
from tiktoklive.outputs.jsonbytes import dumps
from tiktoklive.outputs.numbers.broadcast import Broadcast
from tiktoklive.outputs.numbers.rates import WIDTH
from tiktoklive.outputs.numbers.rooms import ROOMS, RoomNumbers
from tiktoklive.outputs.web.answers import as_json
from tiktoklive.outputs.web.client import Client, Form
from tiktoklive.outputs.web.control import checked_name
from tiktoklive.outputs.web.subscription import WebSubscription, room_of

#: Seconds between two looks at what has changed.
PAUSE: Final = 1.0

#: Bytes that a client is sent at one look; what is left has its turn at the next.
_PIECE: Final = 256 * 1024

#: Bytes that all rooms' numbers may have together, as they were sent.
_SENT: Final = 32 * 1024 * 1024


class _HasClient(Protocol):
    """A connection."""

    client: Client


#: By form and subscription, the connections.
Groups = Mapping[tuple[Form, WebSubscription], Iterable[_HasClient]]


@dataclass(slots=True)
class _Sent:
    """What was sent of a room, of which version of its numbers, and whether they were moving."""

    broadcast: Broadcast
    version: int
    moved: bool
    body: bytes


class NumbersSender:
    """
    Sends what was counted.

    Looks at the rooms only while there are clients that want their numbers.

    :param groups: gives the connections.
    :param shown: makes of a room and its numbers what those get who may have only what overlays
        show.
    :ivar rooms: counts events.
    """

    log = Logger()

    def __init__(
        self,
        clock: IReactorTime,
        groups: Callable[[], Groups],
        shown: Callable[[str, bytes], bytes] = lambda room, body: body,
    ) -> None:
        self._groups = groups
        self._shown = shown
        self.rooms = RoomNumbers(clock)
        self._sent: BoundedMap[str, _Sent] = BoundedMap(ROOMS, _SENT)
        #: Rooms whose numbers a client was not sent yet.
        self._owed: dict[Client, list[str]] = {}
        self._next = 0
        self._looks = LoopingCall(self._look)
        self._looks.clock = clock

    def welcome(self, client: Client) -> None:
        """Send a client the numbers of all rooms that it wants."""
        subscription = client.subscription
        if not subscription.numbers:
            return
        # What others have is sent to them when it changes, and it may have changed already.
        is_first = not self._looks.running
        rooms = [room for room, _ in self.rooms.all() if subscription.wants_numbers(room)][::-1]
        if self._send_some(client, rooms, keep=is_first):
            self._owed[client] = rooms
        if is_first:
            self._looks.start(PAUSE, now=False).addErrback(self._failed)

    def again(self, room: str) -> None:
        """Send the numbers of a room at the next look: others of them are shown by now."""
        self._sent.pop(room)

    def stop(self) -> None:
        """Send no more."""
        if self._looks.running:
            self._looks.stop()
        self._owed.clear()
        self._sent.clear()

    def _failed(self, failure: Failure) -> None:
        self.log.failure("no more numbers are sent", failure)

    def _send_some(self, client: Client, rooms: list[str], *, keep: bool = False) -> bool:
        """
        Send a client the numbers of the last of these rooms, and take them out.

        :return: whether some are left.
        """
        size = 0
        while rooms and size <= _PIECE:
            room = rooms.pop()
            broadcast = self.rooms.of(room)
            if broadcast is not None:
                body = self._body(room, broadcast, keep=keep)
                if client.subscription.hides is not None:
                    body = self._shown(room, body)
                client.send(client.form.whole(client.form.notice("numbers", body)))
                size += len(body)
        return bool(rooms)

    def _look(self) -> None:
        wanted = [
            (form, subscription, connections)
            for (form, subscription), connections in self._groups().items()
            if subscription.numbers
        ]
        if not wanted:
            self.stop()
            return
        for client, rooms in list(self._owed.items()):
            if client.is_over or not self._send_some(client, rooms):
                del self._owed[client]
        size, all_rooms = 0, list(self.rooms.all())
        self._next %= max(1, len(all_rooms))
        for number, (room, broadcast) in enumerate(
            all_rooms[self._next :] + all_rooms[: self._next]
        ):
            if size > _PIECE:
                self._next += number
                break
            some = [each for each in wanted if each[1].wants_numbers(room)]
            if not some:
                continue
            before = self._sent.get(room)
            old = None if before is None or before.broadcast is not broadcast else before.body
            body = self._body(room, broadcast)
            if body == old:
                continue
            size += len(body)
            made: dict[tuple[Form, bool], bytes] = {}
            for form, subscription, connections in some:
                kind = form, subscription.hides is not None
                data = made.get(kind)
                if data is None:
                    told = self._shown(room, body) if kind[1] else body
                    data = made[kind] = form.whole(form.notice("numbers", told))
                for connection in tuple(connections):
                    connection.client.send(data)

    def _body(self, room: str, broadcast: Broadcast, *, keep: bool = True) -> bytes:
        """The numbers of a room in JSON: those that were sent if they cannot have changed."""
        sent = self._sent.get(room)
        moves = self.rooms.moves(broadcast)
        if (
            sent is not None
            and sent.broadcast is broadcast
            and sent.version == broadcast.version
            and not (moves or sent.moved)
        ):
            return sent.body
        body = dumps(self.rooms.shape(broadcast))
        if keep:
            self._sent.put(room, _Sent(broadcast, broadcast.version, moves, body), len(body))
        return body

    def past(self, request: Request, name: str, find: Callable[[str], str]) -> bytes:
        """
        ``GET /api/rooms/NAME/past``.

        :param find: as of :meth:`answer`.
        :raise Refusal: there is no such user.
        """
        broadcast = self.rooms.of(room_of(name)) or Broadcast(find(name), "")
        slots = self.rooms.past(broadcast)
        return as_json(request, {"room": broadcast.room or None, "width": WIDTH, "slots": slots})

    def answer(self, request: Request, name: str, find: Callable[[str], str]) -> bytes:
        """
        ``GET /api/rooms/NAME/numbers``.

        :param find: the name of a user who is followed, if there are no numbers yet.
        :raise Refusal: there is no such user.
        """
        broadcast = self.rooms.of(room_of(checked_name(name)))
        if broadcast is None:
            broadcast = Broadcast(find(name), "")
        return as_json(request, self.rooms.shape(broadcast))
