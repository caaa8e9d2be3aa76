"""What an archive keeps of an event, and how it is stored."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from sys import getsizeof
from typing import NamedTuple

from tiktoklive.events import (
    BattleEnded,
    BattleScore,
    BattleStarted,
    Event,
    Gift,
    GiftStreak,
    PollMessage,
)
from tiktoklive.events.user import User
from tiktoklive.outputs.archive.data import compressed
from tiktoklive.outputs.database import Insert
from tiktoklive.outputs.jsonbytes import dumps
from tiktoklive.outputs.written import WrittenEvent

#: What the columns of numbers can hold.
_MOST = 2**63 - 1

#: What the rows of an event take in memory beside their texts, and with an id.
_EMPTY = 700


class ArchiveRow(NamedTuple):
    """
    The rows of one event, by table.

    :ivar key: the event's id: the same when it is received again, even if TikTok gave it none.
    :ivar size: about how much memory it takes, in bytes.
    """

    key: str
    size: int
    event: tuple[str, str, str, str | None, int, int, float | None, bool, bytes]
    room: tuple[str, str, int | None, int]
    user: tuple[str, str, str, int] | None
    gift: tuple[object, ...] | None
    streak: tuple[object, ...] | None
    poll: tuple[object, ...] | None = None
    battle: tuple[object, ...] | None = None


def entry_of(
    event: Event,
    offset: float | None,
    started_at: int | None,
    written: WrittenEvent | None = None,
    *,
    whole: bool = True,
) -> ArchiveRow:
    """
    The rows of an event.

    :param offset: seconds since the stream started.
    :param started_at: when that was, in milliseconds since 1970, if TikTok said so.
    :param written: what other outputs write of it, if they do.
    :param whole: whether its JSON is kept.
    """
    if written is None:
        written = WrittenEvent(event)
    key, room, data = written.id, written.room, written.data if whole else b"{}"
    ts, received_at = _number(written.ts), _number(written.received_at)
    user = _user_of(event)
    size = _EMPTY + getsizeof(data)
    user_id = giver = None
    if user is not None:
        user_id = user.user_id
        giver = user_id, user.unique_id, user.nickname, received_at
        size += getsizeof(giver[1]) + getsizeof(giver[2])
    gift = streak = poll = battle = None
    if isinstance(event, Gift):
        gift = (
            key,
            room,
            event.user.user_id,
            event.receiver_user_id,
            event.gift_id,
            event.gift_name,
            event.diamond_count,
            event.repeat_count,
            event.repeat_end,
            event.group_id,
            ts,
        )
        size += _size(gift)
    elif isinstance(event, GiftStreak):
        streak = (
            key,
            room,
            event.user.user_id,
            event.gift_id,
            event.gift_name,
            event.diamond_count,
            event.repeat_count,
            _number(event.diamond_total),
            event.reason,
            ts,
        )
        size += _size(streak)
    elif isinstance(event, PollMessage):
        poll = _poll_of(event, room, ts, received_at)
        size += _size(poll or ())
    elif isinstance(event, BattleStarted | BattleScore | BattleEnded):
        battle = _battle_of(event, room, ts, received_at)
        size += _size(battle)
    history = getattr(event, "is_history", False)
    return ArchiveRow(
        key,
        size,
        (key, room, event.name, user_id, ts, received_at, offset, history, data),
        (room, event.anchor, started_at, received_at),
        giver,
        gift,
        streak,
        poll,
        battle,
    )


def _size(row: tuple[object, ...]) -> int:
    """What its texts take: letters of other scripts take two or four bytes each."""
    return sum(getsizeof(each) for each in row if isinstance(each, str))


def _poll_of(event: PollMessage, room: str, ts: int, received_at: int) -> tuple[object, ...] | None:
    """What a message says of a poll."""
    if event.poll_id == "0":
        return None
    options = [
        {"index": each.index, "text": each.text, "votes": each.votes} for each in event.options
    ]
    return (
        room,
        event.poll_id,
        event.title,
        (_number(event.start_time) or ts) if event.is_start else None,
        ts if event.is_end else None,
        dumps(options).decode("utf-8"),
        received_at,
    )


def _battle_of(
    event: BattleStarted | BattleScore | BattleEnded, room: str, ts: int, received_at: int
) -> tuple[object, ...]:
    """What is known of a battle when something happens to it."""
    shape = event.as_dict()
    return (
        room,
        event.battle_id,
        _number(shape["startTime"]) or None,
        ts if isinstance(event, BattleEnded) else None,
        _number(shape["duration"]),
        shape.get("reason", ""),
        shape.get("isDraw", False),
        dumps(shape.get("winnerIds", [])).decode("utf-8"),
        dumps(shape["teams"]).decode("utf-8"),
        received_at,
    )


def _user_of(event: Event) -> User | None:
    """The user of the event."""
    user = getattr(event, "user", None)
    return user if isinstance(user, User) and user.message.id else None


def _number(value: int) -> int:
    """What TikTok says may be larger than a column."""
    return min(value, _MOST)


# The JSON is handed over in UTF-8, and is text in the file unless it is compressed.
_COMPRESSED = Insert(
    'INSERT INTO events (id, room, event, user_id, ts, received_at, "offset", history, data)',
    "(?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "ON CONFLICT (id) DO NOTHING",
)
_EVENT = _COMPRESSED._replace(row="(?, ?, ?, ?, ?, ?, ?, ?, CAST(? AS TEXT))")
_ROOM = Insert(
    "INSERT INTO rooms (room, anchor, started_at, first_at, last_at)",
    "(?, ?, ?, ?, ?)",
    """
    ON CONFLICT (room) DO UPDATE SET
        started_at = coalesce(excluded.started_at, started_at),
        first_at = min(first_at, excluded.first_at), last_at = max(last_at, excluded.last_at)
    """,
)
_USER = Insert(
    "INSERT INTO users (user_id, unique_id, nickname, first_at, last_at)",
    "(?, ?, ?, ?, ?)",
    """
    ON CONFLICT (user_id) DO UPDATE SET
        unique_id = CASE WHEN excluded.unique_id = '' THEN unique_id ELSE excluded.unique_id END,
        nickname = CASE WHEN excluded.nickname = '' THEN nickname ELSE excluded.nickname END,
        first_at = min(first_at, excluded.first_at), last_at = max(last_at, excluded.last_at)
    """,
)
_GIFT = Insert(
    "INSERT INTO gifts", "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", "ON CONFLICT (id) DO NOTHING"
)
# A streak that was told too early, as its recorder was stopped, may be told again.
_STREAK = Insert(
    "INSERT INTO streaks",
    "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    """
    ON CONFLICT (id) DO UPDATE SET
        repeat_count = excluded.repeat_count, diamond_total = excluded.diamond_total,
        reason = excluded.reason, ts = excluded.ts
    WHERE excluded.repeat_count > repeat_count
    """,
)
# Votes that come late do not replace those of the end.
_POLL = Insert(
    "INSERT INTO polls",
    "(?, ?, ?, ?, ?, ?, ?)",
    """
    ON CONFLICT (room, poll_id) DO UPDATE SET
        title = CASE WHEN excluded.title = '' THEN title ELSE excluded.title END,
        started_at = coalesce(started_at, excluded.started_at),
        ended_at = coalesce(ended_at, excluded.ended_at),
        options = CASE
            WHEN excluded.options = '[]' OR (ended_at IS NOT NULL AND excluded.ended_at IS NULL)
            THEN options ELSE excluded.options
        END,
        last_at = max(last_at, excluded.last_at)
    """,
)
_BATTLE = Insert(
    "INSERT INTO battles",
    "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    """
    ON CONFLICT (room, battle_id) DO UPDATE SET
        started_at = coalesce(excluded.started_at, started_at),
        ended_at = excluded.ended_at, duration = max(duration, excluded.duration),
        reason = excluded.reason, is_draw = excluded.is_draw,
        winner_ids = excluded.winner_ids, teams = excluded.teams,
        last_at = max(last_at, excluded.last_at)
    WHERE ended_at IS NULL OR excluded.ended_at IS NOT NULL
    """,
)


def store(
    connection: sqlite3.Connection, entries: Sequence[ArchiveRow], compress: bool = False
) -> None:
    """
    Store events, each that is not there yet; within a transaction of the caller.

    :param compress: whether their JSON is compressed.
    """
    if compress:
        events = [(*entry.event[:-1], compressed(entry.event[-1])) for entry in entries]
        _COMPRESSED.run(connection, events)
    else:
        _EVENT.run(connection, [entry.event for entry in entries])
    # Each room and user once: they come again and again.
    rooms: dict[str, tuple[str, str, int | None, int, int]] = {}
    users: dict[str, tuple[str, str, str, int, int]] = {}
    for entry in entries:
        room, anchor, started_at, at = entry.room
        known = rooms.get(room)
        if known is not None:
            started_at = started_at or known[2]
            rooms[room] = room, anchor, started_at, min(known[3], at), max(known[4], at)
        elif room:
            rooms[room] = room, anchor, started_at, at, at
        if entry.user is not None:
            user_id, unique_id, nickname, at = entry.user
            before = users.get(user_id, (user_id, "", "", at, at))
            users[user_id] = (
                user_id,
                unique_id or before[1],
                nickname or before[2],
                min(before[3], at),
                max(before[4], at),
            )
    _ROOM.run(connection, list(rooms.values()))
    _USER.run(connection, list(users.values()))
    _GIFT.run(connection, [entry.gift for entry in entries if entry.gift])
    _STREAK.run(connection, [entry.streak for entry in entries if entry.streak])
    _POLL.run(connection, [entry.poll for entry in entries if entry.poll])
    _BATTLE.run(connection, [entry.battle for entry in entries if entry.battle])
