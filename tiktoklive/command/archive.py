"""
What is in an archive: a file of output ``sqlite``, or one of output ``jsonl``.

The latter may be compressed, may end with a torn line, and may hold a message twice when the
daemon was started anew in the same broadcast.
"""

from __future__ import annotations

import gzip
import os
import sqlite3
import zlib
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

from tiktoklive.bounded import BoundedMap
from tiktoklive.errors import ArchiveError
from tiktoklive.files.reading import open_regular
from tiktoklive.outputs.archive.data import text_of
from tiktoklive.outputs.archive.schema import ARCHIVE
from tiktoklive.outputs.database import version_of
from tiktoklive.outputs.jsonbytes import loads

#: How many ids are remembered, to leave out what is there twice.
_REMEMBERED = 20_000

#: Seconds to wait for another process that locks an archive.
_PATIENCE = 5.0

#: Called with how much was read, and how much there is: bytes or rows.
Progress = Callable[[int, int], object]


@dataclass(slots=True)
class Entry:
    """
    One event, under the names of the envelope.

    :ivar offset: seconds since the stream started, ``None`` if not known.
    """

    id: str
    event: str
    anchor: str
    room: str
    ts: int
    received_at: int
    history: bool
    offset: float | None
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Selection:
    """
    Which events to read.

    :ivar anchor: of one user only; ``None`` for all.
    :ivar room: of which room only.
    :ivar events: of which names only.
    """

    anchor: str | None = None
    room: str | None = None
    events: Collection[str] | None = None

    def takes(self, event: str, anchor: str, room: str) -> bool:
        """Whether it is one of them."""
        return (
            (self.events is None or event in self.events)
            and (self.room is None or room == self.room)
            and (self.anchor is None or anchor.lower() == self.anchor.lower())
        )


class Archive:
    """
    Reads an archive, from its beginning to its end each time.

    :ivar skipped: lines that are no events, of what was read so far.
    """

    def __init__(self, path: str) -> None:
        self.path = Path(path)
        self.skipped = 0
        try:
            with open_regular(self.path) as file:
                self._is_database = file.read(16) == b"SQLite format 3\0"
        except OSError as e:
            raise ArchiveError(f"{path} cannot be read: {e.strerror}.") from e

    def entries(
        self, selection: Selection | None = None, progress: Progress = lambda done, total: None
    ) -> Iterator[Entry]:
        """
        What is in it, in the order in which it was written.

        :raise ArchiveError: it is none.
        """
        self.skipped = 0
        read = self._rows if self._is_database else self._lines
        return read(selection or Selection(), progress)

    # --- SQLite -----------------------------------------------------------------------

    def _rows(self, selection: Selection, progress: Progress) -> Iterator[Entry]:
        connection = None
        try:
            connection = _open_to_read(self.path)
            yield from self._select(connection, selection, progress)
        except sqlite3.Error as e:
            raise ArchiveError(f"{self.path} cannot be read: {e}.") from e
        finally:
            if connection is not None:
                connection.close()

    def _select(
        self, connection: sqlite3.Connection, selection: Selection, progress: Progress
    ) -> Iterator[Entry]:
        anchors = dict(connection.execute("SELECT room, anchor FROM rooms"))
        [(last,)] = connection.execute("SELECT coalesce(max(seq), 0) FROM events")
        where, values = _where(selection, anchors)
        rows = connection.execute(
            "SELECT seq, id, event, room, ts, received_at, history, offset, data FROM events "
            f"WHERE seq <= ?{where} ORDER BY seq",
            [last, *values],
        )
        for number, (seq, key, event, room, ts, received_at, history, offset, data) in enumerate(
            rows
        ):
            if number % 1000 == 0:
                progress(seq, last)
            yield Entry(
                key,
                event,
                anchors.get(room, ""),
                room,
                ts,
                received_at,
                bool(history),
                offset,
                loads(text_of(data)),
            )
        progress(last, last)

    # --- JSON lines -------------------------------------------------------------------

    def _lines(self, selection: Selection, progress: Progress) -> Iterator[Entry]:
        size = self.path.stat().st_size
        known: BoundedMap[str, None] = BoundedMap(_REMEMBERED)
        found = False
        try:
            with open_regular(self.path) as raw:
                for number, line in enumerate(_open(raw)):
                    if number % 1000 == 0:
                        progress(min(raw.tell(), size), size)
                    entry = _entry(line)
                    if entry is None:
                        self.skipped += 1
                        continue
                    found = True
                    if entry.id in known and not entry.id.endswith(":0"):
                        continue  # an id of 0 is none
                    known.put(entry.id, None)
                    if selection.takes(entry.event, entry.anchor, entry.room):
                        yield entry
        except (EOFError, zlib.error, gzip.BadGzipFile):
            self.skipped += 1  # the end of a file that was being written, or is damaged
        except OSError as e:
            raise ArchiveError(f"{self.path} cannot be read: {e.strerror}.") from e
        if not found and self.skipped:
            raise ArchiveError(
                f"{self.path} is no archive: name a file that was written by the output sqlite "
                "or jsonl."
            )
        progress(size, size)


def _open_to_read(path: Path) -> sqlite3.Connection:
    """
    Open an archive, changing nothing; it may be written meanwhile.

    :raise ArchiveError: it is something else, or of a later version.
    """
    # A reader that may write takes the files with it that SQLite puts beside an archive; one that
    # may not, finds them there, or does without where nobody writes.
    if os.access(path, os.W_OK) and os.access(path.parent, os.W_OK):
        way = "mode=rw"
    elif path.with_name(f"{path.name}-wal").exists():
        way = "mode=ro"
    else:
        way = "immutable=1"
    address = f"{path.absolute().as_uri()}?{way}"
    connection = sqlite3.connect(address, uri=True, timeout=_PATIENCE)
    try:
        connection.execute("PRAGMA query_only = ON")
        [(application_id,)] = connection.execute("PRAGMA application_id")
        if application_id != ARCHIVE.application_id:
            raise ArchiveError(f"{path} is an SQLite file, but no {ARCHIVE.what}: name another.")
        if version_of(connection) > len(ARCHIVE.migrations):
            raise ArchiveError(
                f"{path} was written by a later version of this program: update it to read it."
            )
    except BaseException:
        connection.close()
        raise
    return connection


def _where(selection: Selection, anchors: Mapping[str, str]) -> tuple[str, list[str]]:
    """Conditions, each with an AND before it, and their values."""
    rooms: list[str] | None = None if selection.room is None else [selection.room]
    if selection.anchor is not None:
        name = selection.anchor.lower()
        own = [room for room, anchor in anchors.items() if anchor.lower() == name]
        rooms = own if rooms is None else [room for room in rooms if room in own]
    where, values = "", []
    for column, wanted in (("room", rooms), ("event", selection.events)):
        if wanted is not None:
            where += f" AND {column} IN ({', '.join('?' * len(wanted))})"
            values += list(wanted)
    return where, values


def _open(raw: BinaryIO) -> BinaryIO:
    start = raw.read(2)
    raw.seek(0)
    return cast(BinaryIO, gzip.open(raw)) if start == b"\x1f\x8b" else raw


def _entry(line: bytes) -> Entry | None:
    """The event in a line, ``None`` if there is none."""
    try:
        shape = loads(line)
        data = shape["data"]
        entry = Entry(
            str(shape["id"]),
            str(shape["event"]),
            str(shape["anchor"]),
            str(shape["room"]),
            int(shape["ts"]),
            int(shape["received_at"]),
            bool(shape.get("history")),
            shape.get("offset"),
            data,
        )
    except (ValueError, TypeError, LookupError, AttributeError):
        return None
    known = isinstance(data, Mapping) and isinstance(entry.offset, int | float | None)
    return entry if known else None
