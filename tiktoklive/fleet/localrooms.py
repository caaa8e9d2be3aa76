"""The rooms that a node follows, and what may become of their events there."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from enum import Enum
from typing import Final, Protocol

from twisted.internet.defer import Deferred
from zope.interface import implementer

from tiktoklive.events import Event, IEventObserver
from tiktoklive.model import Counts

#: Events of one room that are kept until it is this node's.
HELD: Final = 2000

#: Seconds over which messages a second are counted.
_SMOOTH: Final = 30.0


class IFollower(Protocol):
    """What follows users: a :class:`~tiktoklive.service.LiveService`."""

    def add(self, unique_id: str, carried: str = "", *, lost: float | None = None) -> str:
        """
        Follow one more user.

        :param carried: what another one wrote down with :meth:`carried`.
        :param lost: seconds for which messages may have been missed, if it did not write that
            down; ``None`` if none were.
        :raise ValueError: there is no username in it, or it is followed already.
        """

    def remove(self, unique_id: str) -> Deferred[None]:
        """Follow a user no more; fires when nothing is left open."""

    def counts(self) -> Counts:
        """What was counted, and what each session does."""

    def carried(self, unique_id: str) -> str:
        """What has to be known by the next one to follow a user, as text."""


class Stage(Enum):
    """What a room is to the node that follows it."""

    #: It is offered by another node, which is still its owner.
    COMING = "coming"
    #: It is the node's own.
    OWNED = "owned"
    #: It is being handed over: followed no more, and owned until all was written.
    GOING = "going"


class LocalRoom:
    """
    A room that a node follows.

    :ivar user: the username as the fleet has it.
    :ivar token: lets its events be written; ``""`` while it is coming.
    :ivar since: when it got here, in the clock's seconds.
    :ivar offered_at: when it was offered to another node; ``None`` if it is not.
    :ivar ready: whether its old owner was told that it is followed here.
    :ivar saved: what was written down of it last.
    :ivar rate: messages a second.
    """

    __slots__ = (
        "_messages",
        "held",
        "offered_at",
        "overflown",
        "rate",
        "ready",
        "saved",
        "since",
        "stage",
        "token",
        "user",
    )

    def __init__(self, user: str, stage: Stage, since: float, token: str = "") -> None:
        self.user = user
        self.stage = stage
        self.since = since
        self.token = token
        self.offered_at: float | None = None
        self.ready = self.overflown = False
        self.saved = ""
        self.rate = 0.0
        self._messages: int | None = None
        self.held: deque[Event] = deque()

    def hold(self, event: Event) -> None:
        """Keep an event until it is known whose it is; too many of them are none at all."""
        if len(self.held) >= HELD:
            self.held.clear()
            self.overflown = True
        if not self.overflown:
            self.held.append(event)

    def count(self, messages: int, seconds: float) -> None:
        """
        See how many messages came.

        :param messages: since it is followed.
        :param seconds: since the last call.
        """
        before, self._messages = self._messages, messages
        if before is None or seconds <= 0:
            return
        now = max(messages - before, 0) / seconds
        self.rate += (now - self.rate) * min(seconds / _SMOOTH, 1.0)


class LocalRooms:
    """
    The rooms of a node, by usernames in small letters.

    :ivar write: called with each event that may be written, and the token of its room.
    """

    def __init__(self) -> None:
        self.rooms: dict[str, LocalRoom] = {}
        self.write: Callable[[Event, str], object] = lambda event, token: None

    def __len__(self) -> int:
        return len(self.rooms)

    def __contains__(self, user: object) -> bool:
        return user in self.rooms

    def __getitem__(self, user: str) -> LocalRoom:
        return self.rooms[user]

    def of(self, *stages: Stage) -> Iterator[LocalRoom]:
        """Those in some stages, as they are now."""
        return (room for room in list(self.rooms.values()) if room.stage in stages)

    def token(self, user: str) -> str:
        """What lets events of a room be written; ``""`` if nothing does."""
        room = self.rooms.get(user.lower())
        return room.token if room is not None else ""

    def own(self, room: LocalRoom, token: str) -> None:
        """A room that was coming is the node's: what came meanwhile is written."""
        room.stage, room.token = Stage.OWNED, token
        while room.held:
            self.write(room.held.popleft(), token)


@implementer(IEventObserver)
class OwnedEvents:
    """
    Observes in the place of the fleet's output, which gets the events of the rooms that are owned.

    Those of rooms that are coming wait until they are.
    """

    def __init__(self, rooms: LocalRooms) -> None:
        self._rooms = rooms

    def event(self, event: Event) -> object:
        """Pass it on, let it wait, or drop it."""
        room = self._rooms.rooms.get(event.anchor.lower())
        if room is None:
            return None
        if room.stage is Stage.COMING:
            room.hold(event)
            return None
        return self._rooms.write(event, room.token)
