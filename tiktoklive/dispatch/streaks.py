"""
Gift streaks: which of them run in a room, and the one event that each becomes when it is over.

A gift of type 1 is sent again and again with a running count, and once more when the streak
closes.  The closing message may be lost, and messages may come twice, late or without the
gift's details; a streak without news for 60 s counts as over (wire facts §12.3).
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Callable
from typing import Any, NamedTuple

from google.protobuf.message import DecodeError
from twisted.internet.interfaces import IReactorTime

from tiktoklive.bounded import BoundedMap
from tiktoklive.clock import wall_ms
from tiktoklive.deferreds import Limit
from tiktoklive.events.base import Event, Origin
from tiktoklive.events.giving import STREAKABLE, Gift
from tiktoklive.events.pictures import last_url
from tiktoklive.events.streak import (
    REPEAT_END,
    SINGLE,
    STREAM_END,
    TIMEOUT,
    GiftDetails,
    GiftStreak,
)
from tiktoklive.wire.giving_pb2 import WebcastGiftMessage
from tiktoklive.wire.text import text

#: Seconds without news after which a streak counts as over.
STALE = 60.0
#: Streaks that may run at a time; above it the one without news for longest counts as over.
RUNNING = 1000
#: Bytes that their last messages may have together; TikTok's have some thousand each.
RUNNING_BYTES = 4 << 20
#: Streaks that move to another process, and bytes that their last messages may have together.
CARRIED, CARRIED_BYTES = 20, 16 << 10
#: Streaks that are over and remembered, so that what comes late is not counted again.
REMEMBERED = 2000
#: Kinds of gift whose details are remembered.
KINDS = 2000
#: Bytes that these may have together, and the letters of a name and of an address.
KINDS_BYTES, NAME, ADDRESS = 1 << 20, 200, 2000

#: User, gift, group.
_Key = tuple[int, int, int]


class _Running(NamedTuple):
    """
    A streak that may go on: its last message, its highest count, the time of its last news.

    The message is kept as it came, because as an object it is many times larger.
    """

    payload: bytes
    number: int
    is_history: bool
    origin: Origin
    repeats: int
    heard_at: float

    def gift(self) -> Gift:
        """The last event."""
        message = WebcastGiftMessage.FromString(self.payload)
        return Gift(message, self.payload, self.number, self.is_history, self.origin)


class Streaks:
    """
    The gift streaks of one user's broadcasts, one room at a time.

    :param tell: called with each :class:`~tiktoklive.events.streak.GiftStreak`.
    :ivar running: the streaks that run, in the order of their last news.
    :ivar over: those that are over, whose late messages are no new ones.
    """

    def __init__(self, clock: IReactorTime, tell: Callable[[Event], None]) -> None:
        self._clock = clock
        self._tell = tell
        self._room_id = ""
        self.running: BoundedMap[_Key, _Running] = BoundedMap(RUNNING, RUNNING_BYTES)
        self.over: BoundedMap[_Key, None] = BoundedMap(REMEMBERED)
        self._details: BoundedMap[int, GiftDetails] = BoundedMap(KINDS, KINDS_BYTES)
        #: Why no streak may run now, if so.
        self._stopped = ""
        self._call: Limit | None = None

    @property
    def size(self) -> int:
        """Bytes that are kept of those that run, and of kinds of gift."""
        return self.running.size + self._details.size

    def begin(self, room_id: str) -> None:
        """A stream of that room is opened; what runs there goes on, what ran elsewhere is over."""
        if self._room_id and room_id != self._room_id:
            self.finish(STREAM_END)
            self.over.clear()
            self._details.clear()
        self._room_id = room_id
        self._stopped = ""

    def gift(self, event: Gift) -> None:
        """Take one more event; tell what it ends."""
        details = self._learn(event)
        if not _is_streak(event, details):
            self._tell(GiftStreak(event, details, max(event.repeat_count, 1), SINGLE, event.origin))
            return
        message = event.message
        key = message.user.id, message.gift_id, message.group_id
        if key in self.over:
            return
        before = self.running.pop(key)
        count = max(message.repeat_count, before.repeats if before is not None else 1)
        if event.repeat_end or self._stopped:
            self._end(key, event, count, REPEAT_END if event.repeat_end else self._stopped)
            return
        payload = event.payload or message.SerializeToString()
        running = _Running(
            payload, event.number, event.is_history, event.origin, count, self._clock.seconds()
        )
        if self._call is None:
            self._call = Limit(STALE, self._clock, self._look, self._left)
        for oldest, pushed_out in self.running.put(key, running, len(payload)):
            self._end(oldest, pushed_out.gift(), pushed_out.repeats, TIMEOUT)

    def finish(self, reason: str) -> None:
        """Whatever runs is over, and nothing runs until :meth:`begin`."""
        running = list(self.running.items())
        self.forget(reason)
        for key, streak in running:
            self._end(key, streak.gift(), streak.repeats, reason)

    def forget(self, reason: str) -> None:
        """The same, but nothing is told of what runs: others go on with it."""
        self._stopped = reason
        if self._call is not None:
            self._call.cancel()
            self._call = None
        self.running.clear()

    def carried(self) -> list[list[Any]]:
        """Those that run, for another process to go on with: the latest, of a bounded size."""
        found: list[list[Any]] = []
        now, size = self._clock.seconds(), 0
        for _, each in reversed(list(self.running.items())):
            size += len(each.payload)
            if len(found) == CARRIED or size > CARRIED_BYTES:
                break
            payload, where = b64encode(each.payload).decode(), each.origin
            place = [where.anchor, where.room_id, where.received_at, where.source]
            heard = round(max(now - each.heard_at, 0.0), 1)
            found.append([payload, each.number, each.is_history, place, each.repeats, heard])
        return found[::-1]

    def go_on(self, carried: list[Any]) -> None:
        """
        Go on with what :meth:`carried` was in another process.

        :raise ValueError: it was no such thing.
        """
        try:
            for payload, number, is_history, place, repeats, heard in carried[:CARRIED]:
                anchor, room_id, received_at, source = place
                origin = Origin(str(anchor), str(room_id), int(received_at), str(source))
                heard_at = self._clock.seconds() - min(max(float(heard), 0.0), STALE)
                running = _Running(
                    b64decode(payload, validate=True),
                    int(number),
                    bool(is_history),
                    origin,
                    int(repeats),
                    heard_at,
                )
                gift = running.gift()
                key = gift.message.user.id, gift.message.gift_id, gift.message.group_id
                self._learn(gift)
                self.running.put(key, running, len(running.payload))
        except (TypeError, ValueError, OverflowError, DecodeError) as error:
            raise ValueError(f"these are no gift streaks: {error}") from error
        if len(self.running) and self._call is None:
            self._call = Limit(max(self._left(), 0.0), self._clock, self._look, self._left)

    def _look(self) -> None:
        """One timer for the streak that has been without news for longest."""
        self._call = None
        while len(self.running):
            key, running = next(self.running.items())
            left = self._left()
            if left > 0:
                self._call = Limit(left, self._clock, self._look, self._left)
                return
            self.running.pop(key)
            self._end(key, running.gift(), running.repeats, TIMEOUT)

    def _left(self) -> float:
        """Seconds until the streak that has been without news for longest is over."""
        heard_at = next((each.heard_at for _, each in self.running.items()), self._clock.seconds())
        return heard_at + STALE - self._clock.seconds()

    def _end(self, key: _Key, gift: Gift, count: int, reason: str) -> None:
        # Without a group, what comes late cannot be told from the same viewer's next streak.
        if key[2]:
            self.over.put(key, None)
        origin = gift.origin
        if reason != REPEAT_END:
            origin = origin._replace(received_at=wall_ms(self._clock))
        details = self._details.get(key[1], _UNKNOWN)
        self._tell(GiftStreak(gift, details, count, reason, origin))

    def _learn(self, event: Gift) -> GiftDetails:
        """What this message says of its gift; where it says nothing, what others said, or the
        list of gifts."""
        gift_id = event.message.gift_id
        remembered = self._details.get(gift_id)
        details = _listed(event) if remembered is None else remembered
        if event.message.HasField("gift"):
            said = event.message.gift
            details = GiftDetails(
                said.type or details.type,
                text(said.name)[:NAME] or details.name,
                said.diamond_count or details.diamonds,
                _short(last_url(said.image)) or details.picture,
            )
        if details not in (remembered, _UNKNOWN):
            size = len(details.name) + len(details.picture)
            self._details.put(gift_id, details, 4 * size)
        return details


_UNKNOWN = GiftDetails()


def _is_streak(event: Gift, details: GiftDetails) -> bool:
    """Whether further messages may raise its count."""
    if details.type:
        return details.type == STREAKABLE
    # Not seen so far: streaks have a group.
    return event.message.group_id != 0


def _listed(event: Gift) -> GiftDetails:
    """What the list of gifts says, if it was fetched."""
    info = event.extended_gift_info or {}
    kind, name, diamonds = (info.get(key) for key in ("type", "name", "diamond_count"))
    return GiftDetails(
        _count(kind),
        name[:NAME] if isinstance(name, str) else "",
        _count(diamonds),
    )


def _count(value: object) -> int:
    """A number of JSON, which may have any number of digits."""
    return value if isinstance(value, int) and 0 <= value < 1 << 63 else 0


def _short(address: str) -> str:
    """An address, without those that are longer than any: a part of one leads nowhere."""
    return address if len(address) <= ADDRESS else ""
