"""How those who are asked are doing: sources, sign servers, look-ups, lanes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BudgetState:
    """
    How often a server may be asked.

    :ivar host: which.
    :ivar per_minute: how often in a minute, by our own settings; 0 for any number.
    :ivar told: how often by its own word, in a window of its own; ``None`` if it told nothing.
    :ivar left: how often now; infinite if there is no limit.
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
    :ivar failing_for: the seconds from the first to the last of those that failed one after the
        other; 0.0 if the last one told what was asked.
    """

    queued: int
    distance: float
    closed_until: float | None = None
    tried_at: float | None = None
    closed_for: float = 0.0
    failing_for: float = 0.0


@dataclass(frozen=True, slots=True)
class LaneState:
    """
    How a lane is doing: a way out, and the guest that goes by it.

    :ivar name: what it is called in the options.
    :ivar proxy: host and port of its proxy; ``""`` for the machine's own way.
    :ivar state: ``"closed"`` if it is fit for rooms, ``"open"`` while it rests, ``"half-open"``
        when its rest is over and it has to be tried.
    :ivar why: why it is not fit, for people; ``""`` if it is.
    :ivar until: until when it rests, in the clock's seconds; ``None`` if it does not, or if that is
        not known.
    :ivar rests: how often it began to rest, because its proxy did not connect or TikTok refused
        look-ups.
    :ivar users: users who are followed by it.
    :ivar streams: those of them whose stream is open.
    :ivar came: how many users have come from another lane so far.
    :ivar has_session: whether the session of the options goes by it.
    :ivar sources: its ways into rooms, in order.
    :ivar lookups: its look-ups.
    """

    name: str
    proxy: str
    state: str
    why: str
    until: float | None
    rests: int
    users: int
    streams: int
    came: int
    has_session: bool
    sources: tuple[SourceState, ...]
    lookups: LookupState


@dataclass(frozen=True, slots=True)
class OwnLookups:
    """
    How looking up is doing of users who go another way to TikTok than most, by a proxy of theirs.

    :ivar users: how many they are.
    :ivar closed: for how many of them TikTok wants no look-ups now.
    :ivar queued: requests for them that wait for their turn.
    """

    users: int = 0
    closed: int = 0
    queued: int = 0

    def __add__(self, other: OwnLookups) -> OwnLookups:
        return OwnLookups(
            self.users + other.users, self.closed + other.closed, self.queued + other.queued
        )


@dataclass(frozen=True, slots=True)
class SourcesState:
    """
    How all that a wiring asks are doing.

    :ivar sources: the ways into rooms, in the order in which they are tried; of several lanes, each
        as it is in the lane where it is best.
    :ivar lookups: look-ups; of several lanes those of all together, and closed if all are.
    :ivar lanes: the lanes, if there are any.
    """

    sources: tuple[SourceState, ...]
    lookups: LookupState
    lanes: tuple[LaneState, ...] = ()
