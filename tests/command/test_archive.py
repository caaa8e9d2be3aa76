"""Archives of both kinds, as they are and as they should not be."""

from __future__ import annotations

import gzip
import json
import os
import sqlite3
from pathlib import Path
from typing import Any

from twisted.trial.unittest import SynchronousTestCase

from tests.benchmarks.reading import make_archives
from tests.command.case import ROOM, CommandCase, chat, entry
from tiktoklive.command.archive import Archive, Selection
from tiktoklive.errors import ArchiveError


class LinesTests(CommandCase):
    """JSON lines."""

    def comments(self, path: str, selection: Selection | None = None) -> list[str]:
        """The comments in a file."""
        self.archive = Archive(path)
        return [each.data["comment"] for each in self.archive.entries(selection)]

    def test_torn(self) -> None:
        """A torn line, and what is no event, is counted and left out; the rest is read."""
        path = self.lines([chat("one", 1), chat("two", 2)])
        with open(path, "a", encoding="utf-8") as file:
            file.write('{"v": 1}\n[1]\n"text"\n' + json.dumps(chat("three"))[:40])
        self.assertEqual(["one", "two"], self.comments(path))
        self.assertEqual(4, self.archive.skipped)

    def test_twice(self) -> None:
        """A message that is there again after a new start counts once, one without an id always."""
        shapes = [chat("one", 1), chat("one", 1, history=True), chat("none", 0), chat("none", 0)]
        self.assertEqual(["one", "none", "none"], self.comments(self.lines(shapes)))

    def test_compressed(self) -> None:
        """A file that rotation compressed is read; so is the beginning of one that is cut."""
        path = Path(self.lines([chat(f"{n}", n) for n in range(1, 2000)]))
        packed = path.with_suffix(".gz")
        packed.write_bytes(gzip.compress(path.read_bytes()))
        self.assertEqual(1999, len(self.comments(str(packed))))
        packed.write_bytes(packed.read_bytes()[:-500])
        found = self.comments(str(packed))
        self.assertTrue(0 < len(found) < 1999)
        self.assertEqual(1, self.archive.skipped)

    def test_selection(self) -> None:
        """Users, in any case, rooms and events can be chosen."""
        shapes = [
            chat("a", 1),
            chat("b", 2, anchor="bea", room="8"),
            chat("c", 3, room="9"),
            entry("questionNew", 4, comment="d"),
        ]
        path = self.lines(shapes)
        for selection, found in (
            (Selection(), "abcd"),
            (Selection(anchor="ALICE"), "acd"),
            (Selection(anchor="bea"), "b"),
            (Selection(room=ROOM), "ad"),
            (Selection(anchor="bea", room=ROOM), ""),
            (Selection(events=("chat",)), "abc"),
        ):
            self.assertEqual(found, "".join(self.comments(path, selection)), selection)

    def test_empty(self) -> None:
        """An empty file is an archive of nothing."""
        self.assertEqual([], self.comments(self.lines([])))

    def test_no_file(self) -> None:
        """What is no regular file is refused with what it is, and a pipe is not waited for."""
        path = self.mktemp()
        os.mkfifo(path)
        for place, words in ((path, "it is a pipe"), (os.devnull, "it is a device")):
            error = self.assertRaises(ArchiveError, Archive, place)
            self.assertEqual(f"{place} cannot be read: {words}, and no regular file.", str(error))

    def test_progress(self) -> None:
        """How far it is, is told, up to the end."""
        path = self.lines([chat(f"{n}", n) for n in range(1, 3000)])
        told: list[tuple[int, int]] = []
        for _ in Archive(path).entries(progress=lambda *now: told.append(now)):
            pass
        size = Path(path).stat().st_size
        self.assertEqual((size, size), told[-1])
        self.assertEqual(sorted(told), told)
        self.assertLess(3, len(told))


class DatabaseTests(SynchronousTestCase):
    """SQLite."""

    def setUp(self) -> None:
        folder = Path(self.mktemp())
        folder.mkdir()
        self.lines, self.database = make_archives(folder, 600)

    def read(self, path: Path, selection: Selection | None = None) -> list[Any]:
        """All of it."""
        return list(Archive(str(path)).entries(selection))

    def test_the_same(self) -> None:
        """The same events are in both kinds of archive, whatever is chosen."""
        self.assertLess(600, len(self.read(self.lines)))
        for selection in (
            Selection(),
            Selection(anchor="Alice", events=("chat", "like")),
            Selection(room=ROOM),
            Selection(room="8"),
            Selection(anchor="bea"),
        ):
            self.assertEqual(
                self.read(self.lines, selection), self.read(self.database, selection), selection
            )

    def test_written_meanwhile(self) -> None:
        """An archive that is being written can be read."""
        writer = sqlite3.connect(self.database, isolation_level=None)
        self.addCleanup(writer.close)
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("DELETE FROM events")
        self.assertLess(600, len(self.read(self.database)))

    def test_read_only(self) -> None:
        """Nothing is written beside an archive, nor in it."""
        before = self.database.read_bytes()
        self.read(self.database)
        self.assertEqual(before, self.database.read_bytes())
        self.assertEqual(["events.db", "events.jsonl"], sorted(os.listdir(self.database.parent)))

    def test_later_version(self) -> None:
        """An archive of a later version is not guessed at."""
        connection = sqlite3.connect(self.database)
        connection.execute("PRAGMA user_version = 99")
        connection.close()
        error = self.assertRaises(ArchiveError, self.read, self.database)
        self.assertIn("later version", str(error))

    def test_other_database(self) -> None:
        """Another SQLite file is no archive."""
        path = Path(self.mktemp())
        connection = sqlite3.connect(path)
        connection.execute("CREATE TABLE other (x)")
        connection.commit()
        connection.close()
        self.assertRaises(ArchiveError, self.read, path)

    def test_damaged(self) -> None:
        """A damaged file is an error in words, not a traceback."""
        data = bytearray(self.database.read_bytes())
        data[4096:60000] = b"\xff" * (60000 - 4096)
        path = Path(self.mktemp())
        path.write_bytes(data)
        self.assertRaises(ArchiveError, self.read, path)
