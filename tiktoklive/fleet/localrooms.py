"""The rooms that a node follows, and what lets their events be written."""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable, Iterator
from enum import Enum
from math import inf
from typing import Final, Protocol

from twisted.internet.defer import Deferred, succeed
from twisted.internet.interfaces import IReactorTime
from twisted.logger import Logger

from tiktoklive.events import Event
from tiktoklive.model import Counts

#: Events of one room that are kept until it is this node's.
HELD: Final = 2000

#: Names that the user of a room had, and under which events may still be on their way.
FORMER: Final = 3

#: In these a session has got as far as it can: let in, or told that there is nothing to enter.
_SETTLED: Final = frozenset(("live", "offline", "refused", "failed"))

#: Seconds for which the messages of a room are counted until it is known how many they are, and
#: over which that is smoothed then.
COUNTED, _SMOOTH = 10.0, 30.0


class IFollower(Protocol):
    """What follows users: a :class:`~tiktoklive.service.LiveService`."""

    def add(self, unique_id: str, *, carried: str = "", lost: float | None = None) -> str:
        """
        Follow one more user.

        :param carried: what another one wrote down with :meth:`carried`.
        :param lost: seconds for which messages may have been missed, if it did not write that
            down; ``None`` if none were.
        :raise ValueError: there is no username in it, or it is followed already.
        """

    def remove(self, unique_id: str, *, silently: bool = False) -> Deferred[None]:
        """
        Follow a user no more; fires when nothing is left open.

        :param silently: whether others go on with gift streaks and battles that run.
        """

    def rename(self, unique_id: str, new: str) -> str:
        """
        Follow the same user under another name; a stream that is open stays so.

        :raise KeyError: no user is followed under the first.
        :raise ValueError: another user is followed under the second, or it is no name.
        """

    def counts(self) -> Counts:
        """What was counted, and what each session does."""

    def carried(self, unique_id: str) -> str:
        """What has to be known by the next one to follow a user, as text."""


class Claim(Enum):
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
    :ivar offered_at: when it was offered to another node; ``None`` if it is not.
    :ivar going_to: the node that it is being given to; ``""`` if it is not.
    :ivar ready: whether its old owner was told that it is followed here.
    :ivar saved: what was written down of it last; ``""`` if that is to be done soon.
    :ivar rate: messages a second; ``None`` until they were counted for a while.
    :ivar was: what the user was called before, the last few names.
    """

    __slots__ = (
        "_entered",
        "_messages",
        "_seconds",
        "going_to",
        "held",
        "offered_at",
        "overflown",
        "rate",
        "ready",
        "saved",
        "claim",
        "token",
        "user",
        "was",
    )

    def __init__(self, user: str, claim: Claim, token: str = "") -> None:
        self.user = user
        self.was: tuple[str, ...] = ()
        self.claim = claim
        self.token = token
        self.offered_at: float | None = None
        self.going_to = ""
        self.ready = self.overflown = False
        self.saved = ""
        self.rate: float | None = None
        self._messages: int | None = None
        self._entered = False
        self._seconds = 0.0
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
        before = self._messages
        if before is None:
            self._messages, self._seconds = messages, 0.0
            return
        if not before and messages and not self._entered:
            # What a room repeats to all that come does not happen: a room that has moved is no
            # louder than before.
            self._entered, self._messages = True, messages
            return
        self._seconds += seconds
        if self.rate is None and self._seconds < COUNTED:
            return
        last, rate = max(messages - before, 0) / max(self._seconds, 1e-3), self.rate
        part = min(self._seconds / _SMOOTH, 1.0)
        self.rate = last if rate is None else part * last + (1 - part) * rate
        self._messages, self._seconds = messages, 0.0


class LocalRooms:
    """
    The rooms of a node, by username, and the following of them.

    :param follower: follows users.
    :param clock: the reactor, or a test's clock.
    :param write: called with each event that may be written.
    :param stored: fires when all that was written so far is in the fleet's stream, or refused.
    """

    log = Logger()

    def __init__(
        self,
        follower: IFollower,
        clock: IReactorTime,
        write: Callable[[Event], object],
        stored: Callable[[], Awaitable[None]],
    ) -> None:
        self.write, self.stored = write, stored
        self._rooms: dict[str, LocalRoom] = {}
        #: Called when a room was entered that is owned.
        self.entered: Callable[[], object] = lambda: None
        #: Called with a room that is owned, when its user is called otherwise.
        self.renamed: Callable[[LocalRoom, str], object] = lambda room, new: None
        #: By the names that they had before.
        self._was: dict[str, LocalRoom] = {}
        #: The names and tokens of rooms that were left, while events may still be on their way.
        self._left: dict[str, tuple[str, str]] = {}
        self._follower, self._clock = follower, clock
        self._counted_at: float | None = None

    def __len__(self) -> int:
        return len(self._rooms)

    def __contains__(self, user: object) -> bool:
        return user in self._rooms

    def __getitem__(self, user: str) -> LocalRoom:
        return self._rooms[user]

    def __iter__(self) -> Iterator[LocalRoom]:
        """All of them, as they are now."""
        return iter(list(self._rooms.values()))

    def get(self, user: str) -> LocalRoom | None:
        """The room of a user, if it is followed here."""
        return self._rooms.get(user)

    def of(self, *claims: Claim) -> Iterator[LocalRoom]:
        """Those with one of these claims, as they are now."""
        return (room for room in self if room.claim in claims)

    def named(self, user: str) -> LocalRoom | None:
        """The room of a user of that name, or of one who had it until just now."""
        room = self._rooms.get(user)
        return self._was.get(user) if room is None else room

    def fence(self, user: str) -> tuple[str, str]:
        """
        The present name, and what lets events of a room be written that are on their way.

        That is ``""`` if nothing does; of a room that was left it is what it was: whether it
        still does Redis knows.
        """
        room = self.named(user)
        return self._left.get(user, (user, "")) if room is None else (room.user, room.token)

    def token(self, user: str) -> str:
        """The second of :meth:`fence`."""
        return self.fence(user)[1]

    def may_follow(self, user: str) -> bool:
        """Whether nothing is on its way any more of a time when the room was ours before."""
        return user not in self._rooms and user not in self._left

    def follow(
        self, user: str, token: str, claim: Claim, known: str = "", lost: float | None = None
    ) -> None:
        """
        Begin to follow a user; of one that cannot be followed the room is kept all the same.

        :param known: what :meth:`known` was where it was followed before.
        """
        room = self._rooms[user] = LocalRoom(user, claim, token)
        self._was.pop(user, None)
        room.rate, carried = _parted(known)
        try:
            self._follower.add(user, carried=carried, lost=lost)
        except ValueError as error:
            self.log.warn("@{user} cannot be followed: {error}", user=user, error=error)

    def own(self, room: LocalRoom, token: str) -> None:
        """A room that was coming is the node's: what came meanwhile is written."""
        room.claim, room.token = Claim.OWNED, token
        while room.held:
            self.write(room.held.popleft())

    def leave(self, room: LocalRoom) -> Deferred[None]:
        """Follow it no more, and let nothing more of it be written."""
        if not self.forget(room):
            return succeed(None)
        return self.unfollow(room).addErrback(
            lambda failure: self.log.failure("A room could not be left", failure)
        )

    def unfollow(self, room: LocalRoom) -> Deferred[None]:
        """Follow it no more: what came may still be written."""
        try:
            return self._follower.remove(room.user, silently=True)
        except KeyError:
            return succeed(None)  # it could not be followed

    def forget(self, room: LocalRoom) -> bool:
        """Let nothing more of it be written; false if that was so already."""
        user = room.user
        if self._rooms.get(user) is not room:
            return False
        del self._rooms[user]
        names = [user, *(name for name in room.was if self._was.pop(name, None) is not None)]
        if room.token:
            left = user, room.token
            self._left.update(dict.fromkeys(names, left))

            def clear(_: object) -> None:
                for name in names:
                    if self._left.get(name) is left:
                        del self._left[name]

            async def wait() -> None:
                await self.stored()

            Deferred.fromCoroutine(wait()).addBoth(clear)
        return True

    def rename(self, room: LocalRoom, new: str) -> bool:
        """
        A room that is owned has another name, and the same token.

        :return: false if it cannot be followed under that, and is left.
        """
        old, was = room.user, room.was
        # First: what is told of it while it is done is of the new name.
        del self._rooms[old]
        room.was = (*was[1 - FORMER :], old)
        room.user, self._rooms[new], self._was[old] = new, room, room
        try:
            self._follower.rename(old, new)
        except (KeyError, ValueError) as error:
            self.log.warn("@{old} cannot become @{new}: {error}", old=old, new=new, error=error)
            del self._rooms[new], self._was[old]
            room.user, room.was, self._rooms[old] = old, was, room
            self.leave(room)
            return False
        for name in was[: 1 - FORMER]:
            self._was.pop(name, None)
        return True

    def known(self, room: LocalRoom) -> str:
        """What the next node to follow it has to know: how much happens there, and the rest."""
        try:
            carried = self._follower.carried(room.user)
        except KeyError:
            return ""
        return f"{-1.0 if room.rate is None else room.rate:.2f} {carried}"

    def settled(self) -> list[LocalRoom]:
        """Those that are coming, and have got as far as they can, as nothing was told of yet."""
        phases = self._follower.counts().phases
        return [
            room
            for room in self.of(Claim.COMING)
            if not room.ready and not room.overflown and phases.get(room.user) in _SETTLED
        ]

    def rates(self) -> dict[str, float] | None:
        """
        Messages a second in each room that is owned; counted from one call to the next.

        :return: ``None`` as long as none was counted; one that was not is taken for a usual one.
        """
        now, users = self._clock.seconds(), self._follower.counts().users
        seconds = 0.0 if self._counted_at is None else now - self._counted_at
        self._counted_at = now
        owned = list(self.of(Claim.OWNED))
        for room in owned:
            if (counts := users.get(room.user)) is not None:
                room.count(counts.messages, seconds)
        known = [room.rate for room in owned if room.rate is not None]
        if not known and owned:
            return None
        usual = sum(known) / len(known) if known else 0.0
        return {room.user: usual if room.rate is None else room.rate for room in owned}


def _parted(known: str) -> tuple[float | None, str]:
    """Messages a second, ``None`` if they are not known, and what the session has written."""
    rate, _, carried = known.partition(" ")
    try:
        number = float(rate)
    except ValueError:
        return None, ""
    return (number if 0 <= number < inf else None), carried
