"""What an archive forgets: what is old, and a user who wants to be forgotten."""

from __future__ import annotations

import base64
import binascii
import json
import sqlite3
from pathlib import Path
from typing import Any

from tiktoklive.outputs.archive.data import like, text_of
from tiktoklive.outputs.archive.schema import open_archive
from tiktoklive.outputs.jsonbytes import dumps


def forget_before(connection: sqlite3.Connection, ms: int, most: int) -> int:
    """
    Delete the oldest events, and what belongs to them; within a transaction of the caller.

    :param ms: those that arrived before then, in milliseconds since 1970.
    :param most: how many to delete at once, so that new ones need not wait for long.
    :return: how many were deleted; fewer than ``most`` if no more are that old.
    """
    # One statement a table, and not one a row: see Insert.
    old = "(SELECT id FROM events WHERE received_at < ? ORDER BY received_at, seq LIMIT ?)"
    for table in ("gifts", "streaks", "events"):
        deleted = connection.execute(f"DELETE FROM {table} WHERE id IN {old}", (ms, most)).rowcount
    if deleted < most:
        for table in ("rooms", "users", "polls", "battles"):
            connection.execute(f"DELETE FROM {table} WHERE last_at < ?", (ms,))
    return deleted


def erase_user(path: str | Path, user_id: str) -> dict[str, int]:
    """
    Delete whatever an archive holds about a viewer.

    Their own events, gifts and streaks go, those of no user that are about them too, and so does
    what events of others say about them, such as their place among the top viewers.  What people
    typed stays, even where it names them.  The archive may be written meanwhile; its bytes are
    overwritten, not only freed.

    :param user_id: the number that never changes, decimal text.
    :return: how many rows were deleted, by table, and as ``mentions`` how many were changed.
    :raise ValueError: that is no such number.
    :raise ArchiveError: there is no archive.
    """
    if not (user_id.isascii() and user_id.isdigit() and int(user_id)):
        raise ValueError(f"{user_id!r} is no user id: it is a number; users has it by unique_id.")
    connection = open_archive(path)
    try:
        connection.execute("PRAGMA secure_delete = ON")
        connection.create_function("text_of", 1, text_of, deterministic=True)
        connection.execute("BEGIN IMMEDIATE")
        done = {
            table: connection.execute(f"DELETE FROM {table} WHERE user_id = ?", (user_id,)).rowcount
            for table in ("events", "gifts", "streaks", "users")
        }
        connection.execute("UPDATE gifts SET to_user_id = '0' WHERE to_user_id = ?", (user_id,))
        about, done["mentions"] = _erase_mentions(connection, user_id)
        done["mentions"] += _erase_from_battles(connection, user_id)
        about += _raw_about(connection, user_id)
        connection.executemany("DELETE FROM events WHERE seq = ?", about)
        done["events"] += len(about)
        connection.execute("COMMIT")
        # What the log of changes holds of it goes too.
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        connection.close()
    return done


def _erase_mentions(connection: sqlite3.Connection, user_id: str) -> tuple[list[tuple[int]], int]:
    """
    Take out what events of others say of them.

    :return: the events without a user that are about them, such as a treasure box that they
        gave; and how many were changed.
    """
    found = connection.execute(
        "SELECT seq, user_id, data FROM events"
        " WHERE instr(iif(typeof(data) = 'text', data, text_of(data)), ?)",
        (user_id,),
    ).fetchall()
    changed, about = [], []
    for seq, whose, stored in found:
        data = json.loads(text_of(stored))
        if whose is None and user_id in _texts(data):
            about.append((seq,))
            continue
        without = {
            key: _without(value, user_id)
            for key, value in data.items()
            if user_id not in (key, value)
        }
        if without != data:
            changed.append((like(stored, dumps(without)), seq))
    connection.executemany("UPDATE events SET data = ? WHERE seq = ?", changed)
    return about, len(changed)


def _erase_from_battles(connection: sqlite3.Connection, user_id: str) -> int:
    """Take them out of the teams of battles; in how many they were."""
    found = connection.execute(
        "SELECT room, battle_id, teams, winner_ids FROM battles"
        " WHERE instr(teams, ?) OR instr(winner_ids, ?)",
        (user_id, user_id),
    ).fetchall()
    changed = []
    for room, battle_id, *texts in found:
        without = [dumps(_without(json.loads(text), user_id)).decode("utf-8") for text in texts]
        if without != texts:
            changed.append((*without, room, battle_id))
    connection.executemany(
        "UPDATE battles SET teams = ?, winner_ids = ? WHERE room = ? AND battle_id = ?", changed
    )
    return len(changed)


def _without(value: Any, user_id: str) -> Any:
    """The same with an empty object where one is about that user."""
    if isinstance(value, dict):
        if user_id in _texts(value):
            return {}
        return {key: _without(each, user_id) for key, each in value.items() if key != user_id}
    if isinstance(value, list):
        return [_without(each, user_id) for each in value if each != user_id]
    return value


def _texts(shape: dict[str, Any]) -> list[str]:
    """The texts in it, but not those of what is in it."""
    return [each for each in shape.values() if isinstance(each, str)]


def _raw_about(connection: sqlite3.Connection, user_id: str) -> list[tuple[int]]:
    """The messages of unknown types in whose bytes the user's number is."""
    number = int(user_id)
    varint = bytearray()
    while number > 0x7F:
        varint.append(number & 0x7F | 0x80)
        number >>= 7
    varint.append(number)
    about = []
    for seq, stored in connection.execute("SELECT seq, data FROM events WHERE event = 'rawData'"):
        try:
            payload = base64.b64decode(json.loads(text_of(stored))["payload"])
        except (KeyError, binascii.Error):  # not written by this program
            continue
        if bytes(varint) in payload or user_id.encode("ascii") in payload:
            about.append((seq,))
    return about
