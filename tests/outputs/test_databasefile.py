"""SQLite files that are taken away, replaced or damaged while they are open."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

from twisted.trial.unittest import SynchronousTestCase

from tests.outputs.doubles import chat
from tiktoklive.errors import ArchiveError
from tiktoklive.outputs import databasefile
from tiktoklive.outputs.archive import erase_user
from tiktoklive.outputs.archive.rows import entry_of, store
from tiktoklive.outputs.archive.schema import ARCHIVE
from tiktoklive.outputs.database import Schema, open_database
from tiktoklive.outputs.databasefile import Note, WatchedFile
from tiktoklive.outputs.webhook import outbox
from tiktoklive.outputs.webhook.outbox import OUTBOX, Bounds

#: Pages of a database.
_PAGE = 4096


class FileCase(SynchronousTestCase):
    """A file that is written, and what was told of it."""

    schema: Schema

    def setUp(self) -> None:
        self.folder = Path(self.mktemp()).absolute()
        self.folder.mkdir()
        self.path = self.folder / "events.db"
        self.notes: list[Note] = []

    def opened(self) -> WatchedFile:
        file = WatchedFile(self.path, self.schema, self.notes.append)
        self.addCleanup(file.close)
        return file

    def beside(self, mark: str) -> Path:
        return self.path.with_name(f"{self.path.name}{mark}")

    def looked(self) -> None:
        """The time for a look for damage has come."""
        looking = patch.object(databasefile, "LOOK", 0.0)
        looking.start()
        self.addCleanup(looking.stop)

    def rows(self, path: Path, sql: str) -> list[tuple[object, ...]]:
        connection = sqlite3.connect(path)
        try:
            self.assertEqual([("ok",)], connection.execute("PRAGMA integrity_check").fetchall())
            return connection.execute(sql).fetchall()
        finally:
            connection.close()


class ArchiveFileTests(FileCase):
    """An archive: every event that was stored is in the file that was there then."""

    schema = ARCHIVE

    def store(self, file: WatchedFile, *numbers: int) -> None:
        entries = [entry_of(chat("Anna", "hi", number=n), None, None) for n in numbers]
        file.run(store, (entries,), {})

    def numbers(self, path: Path | None = None) -> list[int]:
        found = self.rows(path or self.path, "SELECT id FROM events ORDER BY seq")
        return [int(str(key).partition(":")[2]) for (key,) in found]

    def take(self, how: Callable[[], object], *, second: list[int] | None = None) -> WatchedFile:
        """Store one, have the file taken, store two more."""
        file = self.opened()
        os.chmod(self.path, 0o640)
        self.store(file, 1)
        how()
        self.store(file, 2)
        self.store(file, 3)
        self.assertEqual([2, 3] if second is None else second, self.numbers())
        self.assertEqual(1, len(self.notes), self.notes)
        self.assertIn(str(self.path), self.notes[0].text)
        self.assertEqual(0o640, stat.S_IMODE(self.path.stat().st_mode))
        return file

    def test_deleted(self) -> None:
        """A new file is begun, with the mode of the old one."""
        self.take(self.path.unlink)

    def test_all_deleted(self) -> None:
        """So it is when what SQLite has beside it is deleted too."""

        def delete() -> None:
            for path in self.folder.iterdir():
                path.unlink()

        self.take(delete)

    def test_moved(self) -> None:
        """What was stored is in the moved file, all of it."""
        moved = self.folder / "old.db"
        self.take(lambda: self.path.rename(moved))
        self.assertEqual([1], self.numbers(moved))
        self.assertIn("1 events were stored in it so far", self.notes[0].text)

    def test_moved_while_it_is_written(self) -> None:
        """What was stored in a file that went away during that is stored once more."""
        file = self.opened()
        self.store(file, 1)
        entry = entry_of(chat("Anna", "hi", number=2), None, None)

        def work(connection: sqlite3.Connection) -> None:
            store(connection, [entry])
            if self.path.exists() and not self.notes:
                self.path.unlink()

        file.run(work, (), {})
        self.assertEqual([2], self.numbers())

    def test_replaced(self) -> None:
        """An archive that was put in its place is gone on with."""
        backup = self.folder / "backup.db"

        def replace() -> None:
            other = WatchedFile(backup, ARCHIVE, self.notes.append)
            self.store(other, 9)
            other.close()
            os.chmod(backup, 0o640)
            backup.rename(self.path)

        self.take(replace, second=[9, 2, 3])

    def test_replaced_by_a_stranger(self) -> None:
        """What is no archive is left alone, and told for as long as it is there."""
        file = self.opened()
        self.store(file, 1)
        self.path.unlink()
        self.path.write_text("mine\n" * 100)
        for _ in range(2):
            self.assertRaises(ArchiveError, self.store, file, 2)
        self.assertEqual("mine\n" * 100, self.path.read_text())
        self.path.unlink()
        self.store(file, 3)
        self.assertEqual([3], self.numbers())

    def test_no_directory(self) -> None:
        """As long as there is no directory it fails, and goes on when there is one."""
        file = self.opened()
        self.store(file, 1)
        shutil.rmtree(self.folder)
        for _ in range(2):
            self.assertRaises(FileNotFoundError, self.store, file, 2)
        self.folder.mkdir()
        self.store(file, 3)
        self.assertEqual([3], self.numbers())

    def test_wal_deleted(self) -> None:
        """What was only in the write-ahead log is written into the file."""
        self.take(self.beside("-wal").unlink, second=[1, 2, 3])
        self.assertIn("nothing is lost", self.notes[0].text)

    def test_cannot_be_opened_again(self) -> None:
        """If that fails, it is tried again."""
        file = self.opened()
        self.store(file, 1)
        self.beside("-wal").unlink()
        fault = sqlite3.OperationalError("unable to open database file")
        with patch.object(databasefile, "open_database", side_effect=fault):
            for _ in range(2):
                self.assertRaises(sqlite3.OperationalError, self.store, file, 2)
        self.store(file, 3)
        self.assertEqual(([1, 3], []), (self.numbers(), self.notes))  # and no loss is told

    def test_shm_deleted(self) -> None:
        """The same without its index."""
        self.take(self.beside("-shm").unlink, second=[1, 2, 3])

    def scribble(self, offset: int, size: int) -> None:
        """Write over a part of the file, as a broken disk does."""
        with open(self.path, "r+b") as file:
            file.seek(offset)
            file.write(b"\xa5" * size)

    def full(self) -> WatchedFile:
        """A file with many events, all of them in the file itself."""
        file = self.opened()
        self.store(file, *range(1, 2001))
        file.run(lambda connection: None, (), {})
        connection = sqlite3.connect(self.path)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        connection.close()
        return file

    def aside(self) -> Path:
        """The damaged file."""
        [found] = [
            p for p in self.folder.glob("*.damaged-*") if not p.name.endswith(("wal", "shm"))
        ]
        return found

    def check_damage(self, file: WatchedFile, words: str) -> None:
        self.looked()
        self.store(file, 3001)
        self.assertEqual([3001], self.numbers())
        [note] = self.notes
        for word in (words, "is damaged", self.aside().name):
            self.assertIn(word, note.text)
        self.assertTrue(self.aside().exists())

    def test_damaged(self) -> None:
        """A damaged file is set aside, and a new one begun."""
        file = self.full()
        size = self.path.stat().st_size
        self.scribble(_PAGE, size - _PAGE)
        self.check_damage(file, "")
        self.assertEqual(size, self.aside().stat().st_size)

    def test_header_damaged(self) -> None:
        """So is one that is no database any more."""
        file = self.full()
        self.scribble(0, _PAGE)
        self.check_damage(file, "not a database")

    def test_emptied(self) -> None:
        """So is one that was emptied."""
        file = self.full()
        os.truncate(self.path, 0)
        self.check_damage(file, "empty")

    def test_damaged_without_a_look(self) -> None:
        """What SQLite finds while it writes is told as well."""
        file = self.full()
        file.close()
        file = self.opened()
        with patch.object(databasefile, "damage", lambda *args: ""):
            self.scribble(2 * _PAGE, self.path.stat().st_size - 2 * _PAGE)
            for number in range(3001, 3100):
                self.store(file, number * 7919)
        [note] = self.notes
        self.assertIn("malformed", note.text)
        self.assertGreater(len(self.numbers()), 0)

    def test_damaged_at_the_start(self) -> None:
        """One that an earlier run left damaged is set aside before anything is stored."""
        self.full().close()
        self.scribble(3 * _PAGE, self.path.stat().st_size - 3 * _PAGE)
        self.store(self.opened(), 3001)
        self.assertEqual([3001], self.numbers())
        self.assertIn("is damaged", self.notes[0].text)

    def test_two_writers(self) -> None:
        """Two that write one file set it aside once, and go on in one and the same."""
        first = self.full()
        second = self.opened()
        self.looked()
        os.truncate(self.path, 0)
        self.store(first, 3001)
        self.store(second, 3002)
        self.store(first, 3003)
        self.assertEqual([3001, 3002, 3003], self.numbers())
        self.assertEqual(2, len(self.notes))
        self.aside()

    def test_others_read_and_erase(self) -> None:
        """Nothing is said when others open the file, change it, and close it."""
        file = self.full()
        for number in range(3000, 3005):
            self.store(file, number)
            erase_user(self.path, "1")
            self.rows(self.path, "SELECT count(*) FROM events")
        self.assertEqual([], self.notes)

    def test_sound(self) -> None:
        """Nothing is said of a file that is sound, whenever it is looked at."""
        self.looked()
        file = self.full()
        for number in range(3000, 3010):
            self.store(file, number)
        self.assertEqual([], self.notes)


class OutboxFileTests(FileCase):
    """An outbox: what waits in it goes along."""

    schema = OUTBOX

    def test_earlier_version(self) -> None:
        """An outbox of an earlier version is brought up to date, with what waits in it."""
        earlier = replace(OUTBOX, migrations=OUTBOX.migrations[:1])
        connection = open_database(self.path, earlier)
        connection.execute("BEGIN")
        for number in (1, 2, 3):
            outbox.put(connection, f"msg_{number}", 1000.0, 5, b"body" * 500)
        connection.execute("COMMIT")
        connection.close()
        buried, _ = self.opened().run(outbox.bound, (Bounds(size=5000), 1000.0), {})
        self.assertEqual(5, buried)
        self.assertEqual(["msg_2", "msg_3"], self.waiting())

    def put(self, file: WatchedFile, *numbers: int) -> None:
        for number in numbers:
            file.run(outbox.put, (f"msg_{number}", 1000.0, 5, b"body" * 500), {})

    def waiting(self) -> list[object]:
        return [key for (key,) in self.rows(self.path, "SELECT id FROM deliveries ORDER BY seq")]

    def check(self, how: Callable[[], object]) -> None:
        file = self.opened()
        self.put(file, 1, 2)
        how()
        self.put(file, 3)
        self.assertEqual(["msg_1", "msg_2", "msg_3"], self.waiting())
        self.assertIn("2 rows of it go along", self.notes[0].text)

    def test_deleted(self) -> None:
        """Of a file that was deleted, all."""
        self.check(self.path.unlink)

    def test_damaged_at_the_start(self) -> None:
        """Of one that an earlier run left damaged, what can be read, too."""
        file = self.opened()
        self.put(file, 1, 2, 3)
        file.close()
        with patch.object(databasefile, "damage", lambda *args: "torn"):
            file = self.opened()
        self.put(file, 4)
        self.assertEqual([f"msg_{number}" for number in (1, 2, 3, 4)], self.waiting())
        self.assertIn("is damaged (torn); 15 events waited in it; 3 rows", self.notes[0].text)

    def test_moved(self) -> None:
        """Of one that was moved too."""
        self.check(lambda: self.path.rename(self.folder / "old.db"))

    def test_damaged(self) -> None:
        """Of a damaged one, what can be read."""

        def empty() -> None:
            os.truncate(self.path, 0)

        file = self.opened()
        self.put(file, 1)
        empty()
        self.put(file, 2)
        self.assertEqual("msg_2", self.waiting()[-1])
        self.assertIn("go along", self.notes[0].text)
