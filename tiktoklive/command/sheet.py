"""Events as a table for spreadsheets: comma-separated values."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from tiktoklive.command.archive import Entry

COLUMNS = (
    "time",
    "offset",
    "anchor",
    "room",
    "event",
    "user_id",
    "unique_id",
    "nickname",
    "text",
    "gift",
    "count",
    "diamonds",
    "viewers",
    "history",
    "id",
)

#: What a spreadsheet takes for a formula: a viewer could let it compute, or ask a web server.
#: The wide ones are such to some, where they are typed that way.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")

#: Rows that are written at once.
_TOGETHER = 500

_COUNTS = {"like": "likeCount", "gift": "repeatCount", "giftStreak": "repeatCount"}
_TEXTS = {"chat": "comment", "questionNew": "questionText", "liveIntro": "description"}


def rows(entries: Iterable[Entry]) -> Iterator[str]:
    """
    The file, in pieces.

    Texts that people chose and that would be formulas have an apostrophe in front.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(COLUMNS)
    for number, entry in enumerate(entries, 1):
        writer.writerow(_row(entry))
        if number % _TOGETHER == 0:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


def _row(entry: Entry) -> tuple[Any, ...]:
    data, name = entry.data, entry.event
    gift = (
        data.get("giftName") or (data.get("gift") or {}).get("name", "") if "gift" in name else ""
    )
    return (
        _time(entry.ts),
        "" if entry.offset is None else f"{entry.offset:.3f}",
        entry.anchor,
        entry.room,
        name,
        data.get("userId", ""),
        harmless(data.get("uniqueId", "")),
        harmless(data.get("nickname", "")),
        harmless(data.get(_TEXTS.get(name, "text"), "")),
        harmless(gift),
        data.get(_COUNTS.get(name, ""), ""),
        data.get("diamondTotal", ""),
        data.get("viewerCount", "") if name == "roomUser" else "",
        int(entry.history),
        entry.id,
    )


def harmless(text: Any) -> str:
    """A text that no spreadsheet computes."""
    shown = "" if text is None else str(text)
    return f"'{shown}" if shown.startswith(_FORMULA) else shown


def _time(ms: int) -> str:
    """In UTC, as ISO 8601 has it; ``""`` for a time that is none."""
    try:
        return datetime.fromtimestamp(ms / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%S.") + (
            f"{ms % 1000:03}Z"
        )
    except (ValueError, OverflowError, OSError):
        return ""
