"""What an event of an archive says in words, and when in its broadcast."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tiktoklive.command.archive import Entry
from tiktoklive.command.subtitles import Line
from tiktoklive.events import MessageEvent
from tiktoklive.events.base import REGISTERED, ClassicEvent
from tiktoklive.outputs.plaintext import plain

_NAME, _TEXT = 30, 200


def _gift(data: Mapping[str, Any]) -> str:
    name = data.get("giftName") or f"gift {data.get('giftId')}"
    count = data.get("repeatCount")
    return f"gives {count:,} x {name}" if isinstance(count, int) and count > 1 else f"gives {name}"


#: Events that can be told, and how: speech for itself, deeds with a verb.
SPOKEN: dict[str, tuple[bool, Callable[[Mapping[str, Any]], str]]] = {
    "chat": (True, lambda data: str(data.get("comment", ""))),
    "questionNew": (True, lambda data: str(data.get("questionText", ""))),
    "giftStreak": (False, _gift),
    "follow": (False, lambda data: "follows"),
    "share": (False, lambda data: "shares the broadcast"),
    "subscribe": (False, lambda data: "subscribes"),
}

#: Events of which there may be the line that TikTok's own client shows.
_WITH_TEXT = frozenset(
    cls.name
    for cls in REGISTERED
    if issubclass(cls, MessageEvent) and not issubclass(cls, ClassicEvent)
)


def has_words(name: str) -> bool:
    """Whether events of that name can be told."""
    return name in SPOKEN or name in _WITH_TEXT


def line_of(entry: Entry, at: float) -> Line | None:
    """
    What is shown of an event; ``None`` of one that has no words.

    Those that are not in :data:`SPOKEN` have them from TikTok, users' names included.
    """
    data = entry.data
    if entry.event not in SPOKEN:
        text = data.get("text")
        shown = plain(text, _TEXT) if isinstance(text, str) else ""
        return Line(at, "", shown, False) if shown else None
    is_speech, words = SPOKEN[entry.event]
    who = str(data.get("nickname") or data.get("uniqueId") or "somebody")
    return Line(at, plain(who, _NAME), plain(words(data), _TEXT), is_speech)


class Beginnings:
    """
    Tells when in its broadcast something happened.

    That is the ``offset`` of the archive; where it has none, broadcasts begin with their first
    event here.

    :ivar rooms: room to user, of all that were seen.
    """

    def __init__(self) -> None:
        self.rooms: dict[str, str] = {}
        self._began: dict[str, int] = {}

    def seconds(self, entry: Entry) -> float:
        """Seconds since the beginning of its broadcast."""
        self.rooms.setdefault(entry.room, entry.anchor)
        if entry.offset is not None:
            return entry.offset
        return (entry.ts - self._began.setdefault(entry.room, entry.ts)) / 1000
