"""How connections, sources and queues are doing, as it is told to people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, field
from operator import add
from typing import Any, Final

from tiktoklive.model.pages import PageState
from tiktoklive.model.sources import OwnLookups
from tiktoklive.model.streams import StreamsState

#: The phase of a user of a fleet whom another node follows, or none yet.
ELSEWHERE: Final = "elsewhere"


@dataclass(frozen=True, slots=True)
class Bound:
    """
    How much of something may be there, and what became of the rest.

    :ivar limit: how much.
    :ivar policy: what happens to what is more, for people.
    :ivar cost: how many times it happened.
    """

    limit: float
    policy: str
    cost: int = 0


@dataclass(frozen=True, slots=True)
class State:
    """
    What ``connect()`` resolves with and ``get_state()`` returns.

    The first five have the names and meanings of the 1.x state object.  Room info and gifts are
    those that were fetched last, when connecting or by asking.

    :ivar phase: the name of the session's state, for people.
    :ivar reason: why it is in that state: the last error or news, for people.
    :ivar liveness: of an open stream, ``"live"`` or ``"quiet"``; ``"deaf"`` from when a stream
        went deaf until the next one is open; ``""`` otherwise.
    :ivar paused: whether the host has paused the broadcast.
    :ivar unique_id: what the user is called now, as far as is known; another name than the one
        that is followed after they changed it.
    :ivar anchor_id: their user id, decimal text; ``""`` until an answer told it.
    :ivar restrictions: for whom the room is, see :class:`Room`.
    :ivar pages: the pages of the user's browser that push it, by the source ``browser``.
    :ivar streams: how its two streams are doing; ``None`` where there is to be only one.
    :ivar bounds: by name, what is bounded, and what that cost so far
        (:ref:`bounds`).
    :ivar lane: the name of the lane by which all that it asks goes; ``""`` where there are none.
    """

    is_connected: bool = False
    upgraded_to_websocket: bool = False
    room_id: str = ""
    room_info: Mapping[str, Any] | None = None
    available_gifts: Sequence[Any] | None = None
    phase: str = "idle"
    reason: str = ""
    liveness: str = ""
    paused: bool = False
    unique_id: str = ""
    anchor_id: str = ""
    restrictions: tuple[str, ...] = ()
    pages: tuple[PageState, ...] = ()
    streams: StreamsState | None = None
    bounds: Mapping[str, Bound] = field(default_factory=dict, repr=False, compare=False)
    lane: str = ""

    def as_dict(self) -> dict[str, Any]:
        """
        The 1.x state object (wire names).

        The room id is left out before there was a room, and gifts unless they were fetched.
        """
        shape: dict[str, Any] = {
            "isConnected": self.is_connected,
            "upgradedToWebsocket": self.upgraded_to_websocket,
        }
        if self.room_id:
            shape["roomId"] = self.room_id
        shape["roomInfo"] = None if self.room_info is None else dict(self.room_info)
        if self.available_gifts is not None:
            shape["availableGifts"] = self.available_gifts
        return shape


@dataclass(frozen=True, slots=True)
class QueueCounts:
    """
    How a queue is doing.

    :ivar name: whose it is, for people: ``sqlite:events.db``.
    :ivar size: how much waits now, in the unit of the limit: items, or bytes.
    :ivar limit: how much may wait.
    :ivar dropped: how many items were lost so far.
    :ivar full_seconds: how long it was full so far, in all.
    """

    name: str
    size: int
    limit: int
    dropped: int
    full_seconds: float

    @property
    def line(self) -> str:
        """The same for people."""
        lost = f", {self.dropped} lost" if self.dropped else ""
        return f"{self.name}: {self.size} of {self.limit} wait{lost}"


@dataclass(frozen=True, slots=True)
class StreamCounts:
    """
    How one reader or writer of a stream in Redis is doing.

    :ivar name: whose it is, for people.
    :ivar connected: whether Redis can be asked now.
    :ivar appended: events that it appended; ``None`` of a reader, and so are the next two.
    :ivar duplicates: events that were there already, and were not appended again.
    :ivar fenced: events that were not appended because another node has the room.
    :ivar read: entries that it read; ``None`` of a writer, and so are the next four.
    :ivar unreadable: those of them that are no events of this version.
    :ivar missed: entries that were removed before they were read.
    :ivar lag: entries that wait to be read, as far as is known.
    :ivar pending: entries that were read and are not confirmed yet.
    """

    name: str
    connected: bool
    appended: int | None = None
    duplicates: int | None = None
    fenced: int | None = None
    read: int | None = None
    unreadable: int | None = None
    missed: int | None = None
    lag: int | None = None
    pending: int | None = None

    @property
    def line(self) -> str:
        """The same for people: what it has of these, in their order."""
        named = {name: getattr(self, name) for name in _OF_STREAMS}
        told = ", ".join(f"{count} {name}" for name, count in named.items() if count is not None)
        return f"{self.name}: {'' if self.connected else 'not connected, '}{told}"


#: The numbers of :class:`StreamCounts`.
_OF_STREAMS = (
    *("appended", "duplicates", "fenced", "read", "unreadable", "missed", "lag", "pending"),
)


@dataclass(frozen=True, slots=True)
class NodeCounts:
    """
    How a node of a fleet is doing.

    :ivar connected: whether Redis can be asked now.
    :ivar owned: rooms that are its own.
    :ivar coming: rooms that are offered to it, and that it follows beside their owner.
    :ivar going: rooms that it gives away just now.
    :ivar nodes: how many nodes the fleet had when it was heard of last, itself included; 1 before.
    :ivar users: how many users the fleet had then; 0 before.
    :ivar rate: messages a second in its own rooms; 0.0 until they were counted for a while.
    :ivar fleet_rate: those in the rooms of all nodes, when the fleet was heard of last.
    :ivar lease: for how many seconds it has its rooms after a renewal.
    :ivar renewal_age: seconds since the last renewal was asked for that was answered, or since it
        was started; more than ``lease`` means that others may have its rooms.
    :ivar leases_over: times that a lease was over before it was renewed.
    :ivar taken_over: rooms that it took because their node was gone.
    :ivar received: rooms that others handed over to it.
    :ivar given: rooms that it handed over.
    """

    connected: bool
    owned: int
    coming: int
    going: int
    nodes: int
    users: int
    rate: float
    fleet_rate: float
    lease: float
    renewal_age: float
    leases_over: int
    taken_over: int
    received: int
    given: int

    @property
    def line(self) -> str:
        """The same for people: its share, what moves, and when Redis was heard of last."""
        moves = ((self.coming, "coming"), (self.going, "going"))
        moving = "".join(f", {count} {what}" for count, what in moves if count)
        away = "" if self.connected else ", which cannot be asked now"
        over = ", the lease is over" if self.renewal_age > self.lease else ""
        return (
            f"1 of {self.nodes} nodes: {self.owned} of {self.users} rooms{moving}, {self.rate:.1f} "
            f"of {self.fleet_rate:.1f} messages a second; {self.renewal_age:.1f} s since the lease "
            f"of {self.lease:g} s was renewed in Redis{away}{over}"
        )


@dataclass(frozen=True, slots=True)
class MessageCounts:
    """
    What arrived for one user, over all streams.

    :ivar frames: frames and bare batches.
    :ivar bad_frames: those that were skipped because they could not be understood.
    :ivar messages: messages in them.
    :ivar duplicates: those that were dropped because they had been delivered before.
    :ivar both: of two streams, what came by both; see :class:`StreamsState`, as for the next three.
    :ivar first_only: what came by the first guest's alone.
    :ivar second_only: what came by the second guest's alone.
    :ivar spared: times that one missed something, and the other went on.
    """

    frames: int = 0
    bad_frames: int = 0
    messages: int = 0
    duplicates: int = 0
    both: int = 0
    first_only: int = 0
    second_only: int = 0
    spared: int = 0

    def __add__(self, other: MessageCounts) -> MessageCounts:
        return MessageCounts(*map(add, astuple(self), astuple(other)))


@dataclass(frozen=True, slots=True)
class Counts:
    """
    What a service counted.

    :ivar undecodable: by wire name, messages that did not decode, and were skipped.
    :ivar unknown: by wire name, messages of types that the schema does not know.
    :ivar failed: times that an observer failed.
    :ivar users: username to what arrived, of all that are followed now.
    :ivar gone: the same of those that are followed no more, in all.
    :ivar phases: username to the state of the session.
    :ivar streams: username to how the two streams are doing, of those that are to have two.
    :ivar own_sources: by source, for how many users of those whose ways in are not shared by all it
        works, and for how many it rests.
    :ivar own_lookups: how looking up is doing of those who do not share it with all others.
    """

    undecodable: Mapping[str, int]
    unknown: Mapping[str, int]
    failed: int
    users: Mapping[str, MessageCounts]
    gone: MessageCounts
    phases: Mapping[str, str]
    streams: Mapping[str, StreamsState] = field(default_factory=dict)
    own_sources: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    own_lookups: OwnLookups = field(default_factory=OwnLookups)
