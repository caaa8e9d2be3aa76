"""
Plain values that travel between the parts: rooms, tickets, state.

All are frozen; ids are text, because they exceed 2\\ :sup:`53`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from typing import Any
from urllib.parse import unquote, urlsplit

from tiktoklive.errors import InvalidUniqueIdError
from tiktoklive.wire.text import continuation

__all__ = [
    "BudgetState",
    "Counts",
    "LookupState",
    "MessageCounts",
    "QueueCounts",
    "Bound",
    "Resume",
    "Room",
    "SignedUrl",
    "SourceState",
    "SourcesState",
    "State",
    "Status",
    "Ticket",
    "parse_unique_id",
]

_HOSTS = re.compile(r"(?:https?://)?(?:(?:www|m)\.)?tiktok\.com/", re.IGNORECASE)
_NAME = re.compile(r"[\w.]{1,64}")


def parse_unique_id(text: str) -> str:
    """
    Find the username in what a person typed.

    :param text: ``name``, ``@name`` or the address of a profile or live page,
        with or without scheme and query.
    :return: the username without ``@``, in the case it was typed.
    :raise InvalidUniqueIdError: when there is no username in it.
    """
    if not isinstance(text, str):
        raise InvalidUniqueIdError(f"A username must be text, not {type(text).__name__}.")
    name = text.strip()
    page = _HOSTS.match(name)
    if page is not None:
        name = unquote(urlsplit("https://www.tiktok.com/" + name[page.end() :]).path).lstrip("/")
        name = name.partition("/")[0]
    name = name.removeprefix("@")
    if not _NAME.fullmatch(name):
        shown = text if len(text) <= 60 else text[:57] + "..."
        raise InvalidUniqueIdError(
            f"{shown!r} is not a TikTok username: give the name, @name, "
            "or https://www.tiktok.com/@name/live."
        )
    return name


class Status(IntEnum):
    """What a room is doing, in TikTok's numbers (wire facts §2.3)."""

    UNKNOWN = 0
    LIVE = 2
    PAUSED = 3
    ENDED = 4


@dataclass(frozen=True, slots=True)
class Room:
    """
    One broadcast of one user.

    A room id stays the same during a broadcast and changes with the next one; it
    survives the end of the broadcast, so it alone never proves that it is live.

    :ivar unique_id: the broadcaster's present username, without ``@``.
    :ivar room_id: decimal text.
    :ivar anchor_id: the broadcaster's user id, ``""`` when the source does not say.
    :ivar title: the broadcast's title, ``""`` when the source does not say.
    :ivar info: what ``room/info`` says of it, as it is; ``None`` if it was not asked.
    :ivar gifts: TikTok's list of the gifts that can be sent; ``None`` if it was not asked.
    :ivar followed: the username under which they are followed, if that is another one.
    """

    unique_id: str
    room_id: str
    status: Status = Status.UNKNOWN
    anchor_id: str = ""
    title: str = ""
    info: Mapping[str, Any] | None = field(default=None, repr=False, compare=False)
    gifts: Sequence[Mapping[str, Any]] | None = field(default=None, repr=False, compare=False)
    followed: str = ""

    @property
    def anchor(self) -> str:
        """The username under which the broadcaster is followed."""
        return self.followed or self.unique_id


@dataclass(frozen=True, slots=True)
class Resume:
    """
    What the next attempt should know of the last one.

    :ivar cursor: continuation of the last batch, ``""`` for a fresh start, and in the
        place of one that is longer than what is ever sent back.
    :ivar internal_ext: its companion, echoed unchanged.
    :ivar failure: why the last attempt or stream ended, if it failed.
    :ivar tried: the sources whose tickets did not open a stream in this attempt, each with
        its error, in order.
    :ivar deaf: the sources whose streams went deaf in this room, to be tried after others; the
        one that did last stands last.
    :ivar refused: whether there was a cursor, which was refused: that is no news of a source.
    :ivar returning: whether the room is the one that was lost, and was not looked up since.
    :ivar upgraded: whether the last stream in the room was a WebSocket.
    :ivar new_guest: whether to go as a new guest: the present one was refused in other words.
    """

    cursor: str = ""
    internal_ext: str = ""
    failure: Exception | None = None
    tried: tuple[tuple[str, Exception], ...] = ()
    deaf: tuple[str, ...] = ()
    refused: bool = False
    returning: bool = False
    upgraded: bool = False
    new_guest: bool = False

    def __post_init__(self) -> None:
        # Whoever kept them: requests are made of these.
        cursor, internal_ext = continuation(self.cursor, self.internal_ext)
        object.__setattr__(self, "cursor", cursor)
        object.__setattr__(self, "internal_ext", internal_ext)

    def anew(self, tried: tuple[tuple[str, Exception], ...] = ()) -> Resume:
        """The same without a cursor, which was refused."""
        return replace(self, cursor="", internal_ext="", refused=True, tried=tried)


@dataclass(frozen=True, slots=True)
class Ticket:
    """
    Admits one stream, once; ask a signer for a new one for every (re)connect.

    URL, headers and cookies may hold secrets and stay out of ``repr``.

    :ivar room: the room that it admits to.
    :ivar url: where to open the stream, complete with its query; ``""`` if there is no
        WebSocket.
    :ivar headers: ordered pairs, sent in the handshake beside the cookies.
    :ivar cookies: name to value, sent byte for byte.
    :ivar source: which signer made it, for logs and events: ``"direct"``.
    :ivar first_batch: a batch that came with the ticket, delivered before any frame.
    :ivar not_upgraded: why there is no address although a WebSocket was offered.
    :ivar last: whether there is no other source that could be asked if this ticket opens
        no stream.
    :ivar tried: the sources that failed before in this attempt, each with its error.
    :ivar resume: what it was made to go on from; without a cursor if that was refused.
    """

    room: Room
    url: str = field(repr=False)
    headers: Sequence[tuple[str, str]] = field(default=(), repr=False)
    cookies: Mapping[str, str] = field(default_factory=dict, repr=False)
    source: str = "direct"
    cursor: str = field(default="", repr=False)
    internal_ext: str = field(default="", repr=False)
    first_batch: bytes | None = field(default=None, repr=False)
    not_upgraded: Exception | None = None
    last: bool = True
    tried: tuple[tuple[str, Exception], ...] = field(default=(), repr=False)
    resume: Resume = field(default=Resume(), repr=False)


@dataclass(frozen=True, slots=True)
class SignedUrl:
    """
    An address that somebody signed, and what has to go with it.

    :ivar url: complete with its query; ask for it as it stands.
    :ivar user_agent: the ``User-Agent`` that it was signed for; ``""`` for any.
    :ivar ms_token: value of the cookie ``msToken`` that belongs to it, ``""`` if none.
    """

    url: str = field(repr=False)
    user_agent: str = ""
    ms_token: str = field(default="", repr=False)


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

    The first five have the names and meanings of the 1.x state object.

    :ivar phase: the name of the session's state, for people.
    :ivar reason: why it is in that state: the last error or news, for people.
    :ivar liveness: of an open stream, ``"live"`` or ``"quiet"``; ``"deaf"`` from when a stream
        went deaf until the next one is open; ``""`` otherwise.
    :ivar paused: whether the host has paused the broadcast.
    :ivar unique_id: what the user is called now, as far as is known; another name than the one
        that is followed after they changed it.
    :ivar anchor_id: their user id, decimal text; ``""`` until an answer told it.
    :ivar bounds: by name, what is bounded, and what that cost so far; see
        :func:`tiktoklive.session.bounds.bounds`.
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
    bounds: Mapping[str, Bound] = field(default_factory=dict, repr=False, compare=False)

    def as_dict(self) -> dict[str, Any]:
        """The 1.x state object (wire names); gifts are left out unless they were fetched."""
        shape: dict[str, Any] = {
            "isConnected": self.is_connected,
            "upgradedToWebsocket": self.upgraded_to_websocket,
            "roomId": self.room_id,
            "roomInfo": None if self.room_info is None else dict(self.room_info),
        }
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


@dataclass(frozen=True, slots=True)
class MessageCounts:
    """
    What arrived for one user, over all streams.

    :ivar frames: frames and bare batches.
    :ivar bad_frames: those that were skipped because they could not be understood.
    :ivar messages: messages in them.
    :ivar duplicates: those that were dropped because they had been delivered before.
    """

    frames: int = 0
    bad_frames: int = 0
    messages: int = 0
    duplicates: int = 0

    def __add__(self, other: MessageCounts) -> MessageCounts:
        return MessageCounts(
            self.frames + other.frames,
            self.bad_frames + other.bad_frames,
            self.messages + other.messages,
            self.duplicates + other.duplicates,
        )


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
    """

    undecodable: Mapping[str, int]
    unknown: Mapping[str, int]
    failed: int
    users: Mapping[str, MessageCounts]
    gone: MessageCounts
    phases: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class BudgetState:
    """
    How often a server may be asked.

    :ivar host: which.
    :ivar per_minute: how often in a minute, by our own settings; 0 for any number.
    :ivar told: how often by its own word, in a window of its own; ``None`` if it told nothing.
    :ivar left: how often now; infinite if nobody limits it.
    :ivar again_at: when it may be asked again, in the clock's seconds; ``None`` for now.
    """

    host: str
    per_minute: float
    told: int | None
    left: float
    again_at: float | None


@dataclass(frozen=True, slots=True)
class SourceState:
    """
    How a way into rooms is doing.

    :ivar name: ``"direct"``, ``"signed"``, ``"classic"``.
    :ivar state: ``"closed"`` when it works, ``"open"`` when it rests after failures,
        ``"half-open"`` when its rest is over and a room has to try it.
    :ivar why: the failure for which it does not work; ``""`` if it does.
    :ivar until: until when it rests, in the clock's seconds; ``None`` if it does not.
    :ivar rests: how often it began to rest.
    :ivar budgets: how often the servers that it asks may be asked.
    """

    name: str
    state: str = "closed"
    why: str = ""
    until: float | None = None
    rests: int = 0
    budgets: tuple[BudgetState, ...] = ()


@dataclass(frozen=True, slots=True)
class LookupState:
    """
    How looking up users is doing.

    :ivar queued: requests to TikTok that wait for their turn.
    :ivar distance: seconds from one to the next, now.
    :ivar closed_until: until when TikTok wants none, in the clock's seconds; ``None`` if it does
        not say so.
    :ivar closed_for: the seconds until then, as of now; 0.0 if there is nothing to wait for.
    :ivar tried_at: when one is made nevertheless, as one answer is not the truth; ``None`` if it
        may be over before.
    """

    queued: int
    distance: float
    closed_until: float | None = None
    tried_at: float | None = None
    closed_for: float = 0.0


@dataclass(frozen=True, slots=True)
class SourcesState:
    """
    How all whom a wiring asks are doing.

    :ivar sources: the ways into rooms, in the order in which they are tried.
    """

    sources: tuple[SourceState, ...]
    lookups: LookupState
