"""Rooms, and what admits to their streams."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from typing import Any

from tiktoklive.model.video import VideoAddress, video_of
from tiktoklive.wire.text import LONGEST


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
    :ivar restrictions: for whom it is, in words, as far as a look-up tells: ``"for subscribers
        only"``, ``"paid for"``, ``"of a private account"``.  It may be entered nevertheless,
        and stay empty.
    """

    unique_id: str
    room_id: str
    status: Status = Status.UNKNOWN
    anchor_id: str = ""
    title: str = ""
    info: Mapping[str, Any] | None = field(default=None, repr=False, compare=False)
    gifts: Sequence[Mapping[str, Any]] | None = field(default=None, repr=False, compare=False)
    followed: str = ""
    restrictions: tuple[str, ...] = ()

    @property
    def anchor(self) -> str:
        """The username under which the broadcaster is followed."""
        return self.followed or self.unique_id

    @property
    def video(self) -> tuple[VideoAddress, ...]:
        """Where its video can be had, the best first; ``()`` if its details were not asked for."""
        return () if self.info is None else video_of(self.info)


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
        # Whoever kept them: requests are made of these, and neither means anything alone.
        if max(len(self.cursor), len(self.internal_ext)) > LONGEST:
            object.__setattr__(self, "cursor", "")
            object.__setattr__(self, "internal_ext", "")

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
    :ivar relayed: whether its stream comes by a relay of a sign server, and not from TikTok.
    :ivar not_upgraded: why there is no address although a WebSocket was offered.
    :ivar last: whether there is no other source that could be asked if this ticket opens
        no stream.
    :ivar tried: the sources that failed before in this attempt, each with its error.
    :ivar resume: what it was made to go on from; without a cursor if that was refused.
    :ivar lane: the name of the lane by which it was made, and by which alone its stream may be
        opened; ``""`` where there are no lanes.
    """

    room: Room
    url: str = field(repr=False)
    headers: Sequence[tuple[str, str]] = field(default=(), repr=False)
    cookies: Mapping[str, str] = field(default_factory=dict, repr=False)
    source: str = "direct"
    cursor: str = field(default="", repr=False)
    internal_ext: str = field(default="", repr=False)
    first_batch: bytes | None = field(default=None, repr=False)
    relayed: bool = False
    not_upgraded: Exception | None = None
    last: bool = True
    tried: tuple[tuple[str, Exception], ...] = field(default=(), repr=False)
    resume: Resume = field(default=Resume(), repr=False)
    lane: str = ""


@dataclass(frozen=True, slots=True)
class SignedUrl:
    """
    An address that was signed, and what has to go with it.

    :ivar url: complete with its query; ask for it as it stands.
    :ivar user_agent: the ``User-Agent`` that it was signed for; ``""`` for any.
    :ivar ms_token: value of the cookie ``msToken`` that belongs to it, ``""`` if none.
    """

    url: str = field(repr=False)
    user_agent: str = ""
    ms_token: str = field(default="", repr=False)
