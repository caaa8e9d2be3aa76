"""What an archive has of one user."""

from __future__ import annotations

import sqlite3
from typing import Final

#: Rows that are counted at most: the archive is written meanwhile by the same thread.
MOST: Final = 20_000

_EVENTS: Final = """
    SELECT count(*) FROM (
        SELECT event FROM events WHERE user_id = ? ORDER BY ts DESC LIMIT ?
    ) WHERE event IN ('chat', 'emote', 'questionNew')
"""
_GIFTS: Final = """
    SELECT total(repeat_count), total(diamond_total) FROM (
        SELECT repeat_count, diamond_total FROM streaks WHERE user_id = ? LIMIT ?
    )
"""


def about(connection: sqlite3.Connection, user_id: str) -> dict[str, int]:
    """
    How much a user said and gave, and when they were seen, in all rooms of an archive.

    :param user_id: decimal text.
    :return: ``comments`` and ``gifts``, of their last 20,000 events and gifts; ``diamonds`` of
        those gifts; ``first`` and ``last``, milliseconds since 1970, 0 of a user it does not know.
    """
    [comments] = connection.execute(_EVENTS, (user_id, MOST)).fetchone()
    gifts, diamonds = connection.execute(_GIFTS, (user_id, MOST)).fetchone()
    times = connection.execute(
        "SELECT first_at, last_at FROM users WHERE user_id = ?", (user_id,)
    ).fetchone()
    first, last = times or (0, 0)
    return {
        "comments": comments,
        "gifts": int(gifts),
        "diamonds": int(diamonds),
        "first": first,
        "last": last,
    }
