"""
What one session knows and the next one needs, when another process goes on with a user: as text.

The text is JSON of version 1: ``v``; ``at`` (when it was written) and ``since`` (until when
everything is known to have come) in milliseconds since 1970; ``anchor_id``; and while a broadcast
is in progress ``room_id``, ``unique_id``, ``cursor``, ``internal_ext``, ``newest`` (the id of the
message that was delivered last) and ``ids`` (those of the last ones, oldest first, as 8 bytes each
in base64), ``streaks`` (those that run) and ``battles`` (those that go on, and which are over).
What messages say anew each time does not move: who is in the ranks and who is a guest.
"""

from __future__ import annotations

import json
from array import array
from base64 import b64decode, b64encode
from dataclasses import asdict, dataclass, field, replace
from itertools import islice
from typing import Any, Final

from tiktoklive.clock import wall_ms
from tiktoklive.errors import StreamLostError
from tiktoklive.model import Resume, Room
from tiktoklive.session.core import Core
from tiktoklive.session.knowledge import KnownBroadcast
from tiktoklive.session.reconnect import AWAY, CarriedOn, Losses
from tiktoklive.stream.gaps import Loss

VERSION: Final = 1

#: How many ids of messages move: more than TikTok repeats to one who comes.
IDS: Final = 256

#: What a gap is told with.
GONE: Final = "The process that followed the user before has ended."


@dataclass(frozen=True, slots=True)
class Carried:
    """
    What is carried from one session to the next.

    :ivar at: when it was written, in milliseconds since 1970.
    :ivar since: until when everything is known to have come, likewise; 0 if nothing was lost yet.
    :ivar anchor_id: the user id, ``""`` if it is not known.
    :ivar room_id: of the broadcast that is in progress; ``""`` if there is none.
    :ivar unique_id: the name by which the room was found.
    :ivar newest: the id of the message that was delivered last; 0 if there was none.
    :ivar ids: those of the messages that were delivered last.
    :ivar streaks: the gift streaks that run, as :class:`~tiktoklive.dispatch.streaks.Streaks` has
        written them.
    :ivar battles: those that go on, and which are over, as the tracker of battles has written them.
    """

    at: int = 0
    since: int = 0
    anchor_id: str = ""
    room_id: str = ""
    unique_id: str = ""
    cursor: str = field(default="", repr=False)
    internal_ext: str = field(default="", repr=False)
    newest: int = 0
    ids: tuple[int, ...] = field(default=(), repr=False)
    streaks: tuple[Any, ...] = field(default=(), repr=False)
    battles: tuple[Any, ...] = field(default=(), repr=False)

    def as_text(self) -> str:
        """As JSON, for whatever version reads it."""
        shape = {"v": VERSION, **asdict(self)}
        shape["ids"] = b64encode(_big_endian(array("Q", self.ids))).decode()
        return json.dumps(shape, separators=(",", ":"))


def read_carried(text: str) -> Carried | None:
    """
    Read what a session wrote.

    :return: ``None`` if that is nothing, or of a version that we do not know.
    """
    try:
        shape: dict[str, Any] = json.loads(text)
        if shape["v"] != VERSION:
            return None
        ids = array("Q")
        ids.frombytes(b64decode(shape["ids"], validate=True))
        values = {name: shape[name] for name in _TYPES}
        if any(type(values[name]) is not kind for name, kind in _TYPES.items()):
            return None
        if min(values["at"], values["since"]) < 0 or not 0 <= values["newest"] < 1 << 64:
            return None
        running = {name: shape.get(name, []) for name in ("streaks", "battles")}
        if not all(isinstance(each, list) for each in running.values()):
            return None
        values.update((name, tuple(each)) for name, each in running.items())
        return Carried(ids=tuple(array("Q", _big_endian(ids)))[-IDS:], **values)
    except (ValueError, TypeError, LookupError, AttributeError):
        return None


_TYPES: Final = {
    **dict.fromkeys(("at", "since", "newest"), int),
    **dict.fromkeys(("anchor_id", "room_id", "unique_id", "cursor", "internal_ext"), str),
}


def _big_endian(numbers: array[int]) -> bytes:
    """The bytes of numbers, in the same order on any machine."""
    swapped = array("Q", numbers)
    if memoryview(array("H", [1])).tobytes() == b"\x01\x00":
        swapped.byteswap()
    return swapped.tobytes()


def carried_from(core: Core) -> Carried:
    """What the next session would have to know if this one ended now."""
    now = wall_ms(core.parts.clock)
    carried = Carried(at=now, anchor_id=core.followed_user.anchor_id)
    room = core.broadcast.room
    if room is None or not core.broadcast.in_progress or core.seen.room_id != room.room_id:
        return carried
    at: Any = core.losses.resume
    loss = core.losses.loss
    conversation = core.conversation
    if conversation is not None and core.stream is not None and not conversation.gaps.undecided:
        at, life = conversation.position, conversation.life
        since = life.heard_at if core.stream.asks else life.pushed_at
        loss = Loss(since, None, core.seen.newest)
    streaks, battles = core.trackers.carried()
    return replace(
        carried,
        since=0 if loss is None else wall_ms(core.parts.clock, loss.since),
        room_id=room.room_id,
        unique_id=room.unique_id,
        cursor=at.cursor,
        internal_ext=at.internal_ext,
        newest=0 if loss is None else loss.newest,
        ids=tuple(islice(reversed(core.seen.ids), IDS))[::-1],
        streaks=tuple(streaks),
        battles=tuple(battles),
    )


def go_on_from(core: Core, carried: Carried | None, lost: float | None, reason: str = GONE) -> None:
    """
    Let a session that has not begun go on from where another one was.

    :param carried: what that one wrote; ``None`` if that was nothing.
    :param lost: for how many seconds messages may have been missed, as far as is not written
        down; ``None`` if the other one goes on until this one is let in.
    :param reason: what a gap is told with.
    """
    if carried is None and lost is None:
        return
    clock, known = core.parts.clock, carried or Carried()
    now = wall_ms(clock)
    core.followed_user.anchor_id = known.anchor_id
    if known.room_id:
        followed = "" if known.unique_id == core.unique_id else core.unique_id
        name = known.unique_id or core.unique_id
        room = Room(name, known.room_id, anchor_id=known.anchor_id, followed=followed)
        core.broadcast = KnownBroadcast(room, room.room_id)
        core.seen.enter(room.room_id)
        core.seen.ids.update(dict.fromkeys(known.ids))
        core.seen.trim()
        core.trackers.go_on(room.room_id, list(known.streaks), list(known.battles))
    elif carried is not None:
        return  # there was no broadcast of which something could be lost
    loss = None
    if lost is not None:
        ago = max(now - known.since, 0) / 1000 if known.since else lost
        loss = Loss(clock.seconds() - ago, StreamLostError(reason), known.newest)
    # Without a failure: it was no source's.
    resume = Resume(known.cursor, known.internal_ext)
    fresh = 0 <= now - known.at < 1000 * AWAY
    core.carried = CarriedOn(Losses(resume, loss), returns=fresh)
