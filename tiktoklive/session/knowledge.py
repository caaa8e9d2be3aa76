"""
What a session knows of its run, of the broadcast, and of what was fetched beside it.

Frozen values: what happens makes the next one, and a new beginning is a new value.  Pure: no
clock, no log, no dispatcher.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tiktoklive.errors import RoomLookupError
from tiktoklive.model import Room, Status
from tiktoklive.session.retry import is_unknown

#: How a broadcast ended, for people.
ENDS = {
    "ended": "the host ended the broadcast",
    "banned": "TikTok ended the broadcast by moderation",
    "looked up": "the broadcast is over, two look-ups say",
}


@dataclass(frozen=True, slots=True)
class Run:
    """
    What is known since the session was started.

    :ivar at_rest: whether nothing is under way: it has not begun, or is over.
    :ivar over: whether it has ended; nothing more happens by itself.
    :ivar error: why, if it failed.
    :ivar was_live: whether it was let in once.
    :ivar upgraded: whether the last stream was a WebSocket.
    :ivar failures: how many tries failed in a row.
    :ivar delay: how long the last one of them was waited for, without what others asked for.
    :ivar refusals: how many of them were refusals for good, by their words.
    :ivar refusal: the last of these; ``None`` when it does not hold any more.
    :ivar unknown_since: since when all who were asked say that there is no such user; ``None`` if
        they do not.
    :ivar offline: in which words the user was said to be offline the last time.
    """

    at_rest: bool = False
    over: bool = False
    error: Exception | None = None
    was_live: bool = False
    upgraded: bool = False
    failures: int = 0
    delay: float = 0.0
    refusals: int = 0
    refusal: Exception | None = None
    unknown_since: float | None = None
    offline: str = ""

    def calm(self) -> Run:
        """Nothing fails any more: the next failure is the first."""
        return replace(self, failures=0, delay=0.0, refusals=0, refusal=None, unknown_since=None)

    def found(self) -> Run:
        """A look-up found the user: that there is none is said no more."""
        refusal = None if isinstance(self.refusal, RoomLookupError) else self.refusal
        return replace(self, offline="", refusal=refusal, unknown_since=None)

    def looked_up(self, error: Exception, now: float) -> Run:
        """A look-up failed: since when is the user unknown, if it says so?"""
        since = now if self.unknown_since is None else self.unknown_since
        return replace(self, unknown_since=since) if is_unknown(error) else self


@dataclass(frozen=True, slots=True)
class KnownBroadcast:
    """
    What is known of the broadcast that the user gave last.

    :ivar room: the one it is in.
    :ivar looked_up: its id as it was looked up, which a ticket may have corrected.
    :ivar in_progress: whether we were let in, and it is not over as far as we know.
    :ivar said_over: how many look-ups in a row say that it is.
    :ivar how_ended: how the last one ended.
    """

    room: Room | None = None
    looked_up: str = ""
    in_progress: bool = False
    said_over: int = 0
    how_ended: str = ""

    def is_elsewhere(self, room: Room) -> bool:
        """Whether a look-up found the user in another room than the one that we know."""
        return self.room is not None and room.room_id not in (self.looked_up, self.room.room_id)

    def found(self, room: Room) -> KnownBroadcast:
        """A look-up found the user there."""
        is_known = self.room is not None and room.room_id == self.room.room_id
        return replace(self, said_over=0, looked_up=self.looked_up if is_known else room.room_id)

    def over(self, how: str) -> KnownBroadcast:
        """It ended."""
        return replace(self, in_progress=False, how_ended=how)

    def paused(self) -> KnownBroadcast:
        """The host paused it, and was not seen to go on."""
        room = self.room and replace(self.room, status=Status.PAUSED)
        return replace(self, room=room)

    @property
    def how(self) -> str:
        """How the last one ended, for people."""
        return ENDS.get(self.how_ended, "the broadcast is over")


@dataclass(frozen=True, slots=True)
class Fetched:
    """
    What was fetched beside the stream, because somebody asked.

    :ivar info: the details of a room; ``None`` if they are not known.
    :ivar room_id: of which room.
    :ivar gifts: TikTok's list of gifts, which is good for any room; likewise.
    """

    info: Mapping[str, Any] | None = None
    room_id: str = ""
    gifts: Sequence[Mapping[str, Any]] | None = None

    def entering(self, room: Room) -> Fetched:
        """A room is entered: of it, what was fetched then is newer."""
        stale = room.info is not None or room.room_id != self.room_id
        return self.over() if stale else self

    def over(self) -> Fetched:
        """Nothing is under way any more: details are of the past, gifts are not."""
        return replace(self, info=None, room_id="")
