"""
The tables of an archive, and how they came to be.

Times are in milliseconds since 1970, ids are text.  ``events.data`` is the ``data`` of the
envelope, in the way that :mod:`~tiktoklive.outputs.archive.data` says; what is asked for often has
columns of its own.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from tiktoklive.outputs.database import Schema, open_database

_VERSION_1 = (
    """
    CREATE TABLE rooms (
        room TEXT PRIMARY KEY,
        anchor TEXT NOT NULL,       -- the username that was followed
        started_at INTEGER,         -- when the broadcast began, if TikTok said so
        first_at INTEGER NOT NULL,  -- when the first and the last event arrived
        last_at INTEGER NOT NULL
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE users (
        user_id TEXT PRIMARY KEY,
        unique_id TEXT NOT NULL,    -- as they were called last
        nickname TEXT NOT NULL,
        first_at INTEGER NOT NULL,
        last_at INTEGER NOT NULL
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE events (
        seq INTEGER PRIMARY KEY,    -- in the order in which they were stored
        id TEXT NOT NULL UNIQUE,
        room TEXT NOT NULL,
        event TEXT NOT NULL,
        user_id TEXT,               -- whose it is, if it is a user's
        ts INTEGER NOT NULL,
        received_at INTEGER NOT NULL,
        "offset" REAL,              -- seconds since the stream started
        history INTEGER NOT NULL,
        data TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE gifts (            -- each message about a gift
        id TEXT PRIMARY KEY REFERENCES events (id),
        room TEXT NOT NULL,
        user_id TEXT NOT NULL,
        to_user_id TEXT NOT NULL,   -- '0' when not said
        gift_id TEXT NOT NULL,
        gift_name TEXT NOT NULL,
        diamond_count INTEGER NOT NULL,
        repeat_count INTEGER NOT NULL,
        repeat_end INTEGER NOT NULL,
        group_id TEXT NOT NULL,
        ts INTEGER NOT NULL
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE streaks (          -- each gift once: what to count with
        id TEXT PRIMARY KEY REFERENCES events (id),
        room TEXT NOT NULL,
        user_id TEXT NOT NULL,
        gift_id TEXT NOT NULL,
        gift_name TEXT NOT NULL,
        diamond_count INTEGER NOT NULL,
        repeat_count INTEGER NOT NULL,
        diamond_total INTEGER NOT NULL,
        reason TEXT NOT NULL,
        ts INTEGER NOT NULL
    ) WITHOUT ROWID
    """,
    "CREATE INDEX rooms_by_anchor ON rooms (anchor, first_at)",
    "CREATE INDEX users_by_name ON users (unique_id)",
    "CREATE INDEX events_by_kind ON events (room, event, ts)",
    "CREATE INDEX events_by_user ON events (user_id, ts) WHERE user_id IS NOT NULL",
    "CREATE INDEX events_by_age ON events (received_at)",
    "CREATE INDEX gifts_by_user ON gifts (user_id)",
    "CREATE INDEX streaks_by_room ON streaks (room, user_id)",
    "CREATE INDEX streaks_by_user ON streaks (user_id)",
)

_VERSION_2 = (
    """
    CREATE TABLE polls (
        room TEXT NOT NULL,
        poll_id TEXT NOT NULL,
        title TEXT NOT NULL,        -- '' when not said
        started_at INTEGER,         -- null when it was not seen
        ended_at INTEGER,           -- null while it goes on, or when its end was missed
        options TEXT NOT NULL,      -- JSON: [{"index", "text", "votes"}], with the last count
        last_at INTEGER NOT NULL,   -- when its last event arrived
        PRIMARY KEY (room, poll_id)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE battles (
        room TEXT NOT NULL,
        battle_id TEXT NOT NULL,
        started_at INTEGER,         -- null when not said
        ended_at INTEGER,           -- null while it goes on
        duration INTEGER NOT NULL,  -- milliseconds; 0 when not said
        reason TEXT NOT NULL,       -- why it is over; '' while it goes on
        is_draw INTEGER NOT NULL,
        winner_ids TEXT NOT NULL,   -- JSON: ["USER_ID"]
        teams TEXT NOT NULL,        -- JSON, as in the last event of it
        last_at INTEGER NOT NULL,
        PRIMARY KEY (room, battle_id)
    ) WITHOUT ROWID
    """,
)

#: No other tables, but ``events.data`` may be compressed, which earlier versions cannot read.
_VERSION_3 = ()

#: An archive. Its application id spells ``TtLa``.
ARCHIVE = Schema(
    "archive of this program",
    0x54744C61,
    (_VERSION_1, _VERSION_2, _VERSION_3),
    counted=("events were stored in it so far", "SELECT max(seq) FROM events"),
)


def open_archive(path: str | Path) -> sqlite3.Connection:
    """
    Open an archive that is there, bringing it to the latest version if need be.

    It may be written meanwhile.  Transactions have to be begun: ``BEGIN``.

    :raise ArchiveError: there is none.
    """
    return open_database(Path(path), ARCHIVE, create=False)
