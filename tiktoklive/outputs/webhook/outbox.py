"""
What is to be sent, in an SQLite file: deliveries that wait, and dead letters.

A delivery gets its id and its bytes when it is put here, so that all attempts are the same to
the receiver.  The functions work within a transaction of their caller.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tiktoklive.outputs.database import Schema

_VERSION_1 = (
    """
    CREATE TABLE deliveries (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,        -- the header webhook-id
        made_at INTEGER NOT NULL,       -- times are in milliseconds since 1970
        events INTEGER NOT NULL,        -- how many are in it
        attempts INTEGER NOT NULL DEFAULT 0,
        refusals INTEGER NOT NULL DEFAULT 0, -- attempts after which it was refused for itself
        due_at INTEGER NOT NULL DEFAULT 0,
        error TEXT NOT NULL DEFAULT '', -- why the last attempt failed
        body BLOB NOT NULL
    )
    """,
    """
    CREATE TABLE dead_letters (
        seq INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        made_at INTEGER NOT NULL,
        died_at INTEGER NOT NULL,
        events INTEGER NOT NULL,
        attempts INTEGER NOT NULL,
        error TEXT NOT NULL,            -- why it was given up
        body BLOB NOT NULL
    )
    """,
    # Whatever is asked of the tables as a whole is answered without reading the bodies.
    "CREATE INDEX deliveries_by_due ON deliveries (due_at, seq, events)",
    "CREATE INDEX deliveries_by_age ON deliveries (made_at)",
    "CREATE INDEX dead_letters_by_age ON dead_letters (died_at, seq, events)",
)

_VERSION_2 = (
    "ALTER TABLE deliveries ADD COLUMN size INTEGER GENERATED ALWAYS AS (length(body)) VIRTUAL",
    "ALTER TABLE dead_letters ADD COLUMN size INTEGER GENERATED ALWAYS AS (length(body)) VIRTUAL",
    "CREATE INDEX deliveries_by_size ON deliveries (seq, events, size)",
    "CREATE INDEX dead_letters_by_size ON dead_letters (seq, events, size)",
)

#: An outbox. Its application id spells ``TtLw``.
OUTBOX = Schema(
    "outbox of webhooks",
    0x54744C77,
    (_VERSION_1, _VERSION_2),
    counted=("events waited in it", "SELECT sum(events) FROM deliveries"),
    carried=("deliveries", "dead_letters"),
)

#: Seconds for which dead letters are kept.
DEAD_FOR = 30 * 86400


@dataclass(frozen=True, slots=True)
class Bounds:
    """
    How much an outbox holds.

    :ivar events: events that may wait; as many may be in dead letters.
    :ivar age: seconds for which a delivery may wait.
    :ivar size: bytes of deliveries that may wait; as many may be in dead letters.
    """

    events: int = 100_000
    age: float = 3 * 86400.0
    size: int = 256 * 1024 * 1024


class Delivery(NamedTuple):
    """One delivery."""

    id: str
    refusals: int
    body: bytes


class Holdings(NamedTuple):
    """
    How many events are in an outbox.

    :ivar waiting: those that wait to be sent.
    :ivar dead: those in dead letters.
    """

    waiting: int
    dead: int


def put(
    connection: sqlite3.Connection, delivery: str, now: float, events: int, body: bytes
) -> None:
    """Let a delivery wait."""
    connection.execute(
        "INSERT INTO deliveries (id, made_at, events, body) VALUES (?, ?, ?, ?)",
        (delivery, int(now * 1000), events, body),
    )


def holdings(connection: sqlite3.Connection) -> Holdings:
    """How many events are in it."""
    [(waiting,)] = connection.execute("SELECT coalesce(sum(events), 0) FROM deliveries")
    [(dead,)] = connection.execute("SELECT coalesce(sum(events), 0) FROM dead_letters")
    return Holdings(waiting, dead)


def bound(connection: sqlite3.Connection, bounds: Bounds, now: float) -> tuple[int, int]:
    """
    Make dead letters of the oldest deliveries where there are too many, or too old ones.

    :return: how many events that were, and how many were in dead letters that are no more.
    """
    ms = int(now * 1000)
    old = connection.execute(
        "SELECT seq FROM deliveries WHERE made_at < ?", (ms - int(bounds.age * 1000),)
    )
    gone = _make_dead_letters(connection, old.fetchall(), ms, "it waited for too long")
    over = _over(connection, "deliveries", bounds)
    gone += _make_dead_letters(connection, over, ms, "too many waited")
    lost = _over(connection, "dead_letters", bounds)
    lost += connection.execute(
        "SELECT seq FROM dead_letters WHERE died_at < ?", (ms - DEAD_FOR * 1000,)
    ).fetchall()
    forgotten = 0
    for (seq,) in dict.fromkeys(lost):
        [(events,)] = connection.execute("SELECT events FROM dead_letters WHERE seq = ?", (seq,))
        forgotten += events
        connection.execute("DELETE FROM dead_letters WHERE seq = ?", (seq,))
    return gone, forgotten


def shift(connection: sqlite3.Connection, seconds: float) -> None:
    """The wall clock was set: what is here keeps its age, and what waits its time to wait."""
    ms = int(seconds * 1000)
    connection.execute("UPDATE dead_letters SET died_at = died_at + ?", (ms,))
    connection.execute(
        "UPDATE deliveries SET made_at = made_at + ?, due_at = due_at + ? * (due_at > 0)", (ms, ms)
    )


def next_due(connection: sqlite3.Connection, now: float) -> tuple[Delivery | None, float | None]:
    """
    The oldest delivery that is due, or else the time at which the next one is.

    :return: one of them; neither if nothing waits.
    """
    due = connection.execute(
        "SELECT id, refusals, body FROM deliveries"
        " WHERE seq = (SELECT min(seq) FROM deliveries WHERE due_at <= ?)",
        (int(now * 1000),),
    ).fetchone()
    if due is not None:
        return Delivery(*due), None
    [(due_at,)] = connection.execute("SELECT min(due_at) FROM deliveries")
    return None, None if due_at is None else due_at / 1000


def delivered(connection: sqlite3.Connection, delivery: str) -> int:
    """The receiver has it; how many events that were."""
    gone = connection.execute("DELETE FROM deliveries WHERE id = ? RETURNING events", (delivery,))
    return sum(events for (events,) in gone.fetchall())


def postpone(
    connection: sqlite3.Connection, delivery: str, due_at: float, error: str, refusals: int = 0
) -> None:
    """It could not be delivered, or was refused, and will be tried again."""
    connection.execute(
        "UPDATE deliveries SET attempts = attempts + 1, refusals = refusals + ?, due_at = ?,"
        " error = ? WHERE id = ?",
        (refusals, int(due_at * 1000), error, delivery),
    )


def hasten(connection: sqlite3.Connection) -> None:
    """Those that wait alone need not any more."""
    connection.execute("UPDATE deliveries SET due_at = 0 WHERE due_at > 0")


def give_up(connection: sqlite3.Connection, delivery: str, now: float, error: str) -> int:
    """Make a dead letter of a delivery, after one more attempt; how many events that were."""
    found = connection.execute("SELECT seq FROM deliveries WHERE id = ?", (delivery,)).fetchall()
    return _make_dead_letters(connection, found, int(now * 1000), error, 1)


def _make_dead_letters(
    connection: sqlite3.Connection,
    seqs: Sequence[tuple[int]],
    ms: int,
    error: str,
    tried: int = 0,
) -> int:
    events = 0
    for (seq,) in seqs:
        found = connection.execute(
            "INSERT INTO dead_letters (id, made_at, died_at, events, attempts, error, body)"
            " SELECT id, made_at, ?, events, attempts + ?,"
            "  CASE WHEN error = '' OR error = ? THEN ? ELSE ? || '; ' || error END, body"
            " FROM deliveries WHERE seq = ? RETURNING events",
            (ms, tried, error, error, error, seq),
        ).fetchall()
        events += sum(each for (each,) in found)
        connection.execute("DELETE FROM deliveries WHERE seq = ?", (seq,))
    return events


def _over(connection: sqlite3.Connection, table: str, bounds: Bounds) -> list[tuple[int]]:
    """The oldest rows of a table without which it holds no more than it may."""
    [(events, size)] = connection.execute(
        f"SELECT coalesce(sum(events), 0), coalesce(sum(size), 0) FROM {table}"
    )
    over: list[tuple[int]] = []
    if events > bounds.events or size > bounds.size:
        for seq, count, length in connection.execute(
            f"SELECT seq, events, size FROM {table} ORDER BY seq"
        ):
            over.append((seq,))
            events -= count
            size -= length
            if events <= bounds.events and size <= bounds.size:
                break
    return over
