"""Archives as files: opened, erased from, written by a thread."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Any

from twisted.internet.task import deferLater as later
from twisted.trial.unittest import TestCase

from tests.outputs.doubles import (
    ROOM,
    Parts,
    chat,
    event,
    gift,
    origin,
    user,
)
from tests.outputs.test_sqlite import ArchiveTestCase
from tiktoklive.errors import ArchiveError
from tiktoklive.events import Gift, RawData, StreamEnd
from tiktoklive.outputs.archive import ARCHIVE, erase_user, open_archive
from tiktoklive.outputs.database import migrate, version_of
from tiktoklive.outputs.sqlite import GATHER, HOURLY, make


class FileTests(ArchiveTestCase):
    """The file itself."""

    def test_migration(self) -> None:
        """A file of an earlier version is brought to the latest, with what is in it."""
        self.write(self.archive(), chat("Anna", "hi", number=1))
        later_one = replace(
            ARCHIVE, migrations=(*ARCHIVE.migrations, ("ALTER TABLE rooms ADD COLUMN title TEXT",))
        )
        connection = sqlite3.connect(self.path, isolation_level=None)
        self.addCleanup(connection.close)
        migrate(connection, later_one)
        self.assertEqual(len(ARCHIVE.migrations) + 1, version_of(connection))
        self.assertEqual([(None,)], connection.execute("SELECT title FROM rooms").fetchall())
        self.assertEqual([(1,)], self.query("SELECT count(*) FROM events"))

    def test_migration_fails(self) -> None:
        """A migration that fails leaves the file as it was."""
        self.write(self.archive(), chat("Anna", "hi", number=1))
        broken = replace(
            ARCHIVE, migrations=(*ARCHIVE.migrations, ("CREATE TABLE more (x)", "nonsense"))
        )
        connection = sqlite3.connect(self.path, isolation_level=None)
        self.addCleanup(connection.close)
        self.assertRaises(sqlite3.Error, migrate, connection, broken)
        self.assertEqual(len(ARCHIVE.migrations), version_of(connection))
        self.assertRaises(sqlite3.Error, connection.execute, "SELECT * FROM more")

    def test_later_version(self) -> None:
        """A file of a later version is left alone."""
        self.write(self.archive(), chat("Anna", "hi", number=1))
        connection = sqlite3.connect(self.path)
        connection.execute("PRAGMA user_version = 1000")
        connection.close()
        error = self.assertRaises(ArchiveError, open_archive, self.path)
        self.assertIn("later version", str(error))

    def test_something_else(self) -> None:
        """A file that is something else is left alone, and none is made to be read."""
        text, other, nothing = (Path(self.mktemp()) for _ in range(3))
        text.write_text("no database at all, and long enough for the header of one " * 5)
        connection = sqlite3.connect(other)
        connection.execute("CREATE TABLE mine (x)")
        connection.close()
        for path, words in ((text, "no SQLite"), (other, "no archive"), (nothing, "no file")):
            error = self.assertRaises(ArchiveError, open_archive, path)
            self.assertIn(words, str(error))
        self.assertFalse(nothing.exists())


class EraseTests(ArchiveTestCase):
    """A user is forgotten."""

    def test_smaller(self) -> None:
        """The file gets smaller by what is deleted."""
        archive = self.archive(keep=3600)
        for number in range(1, 3000):
            archive.event(chat("Anna", f"{number} {'x' * 2000}", number=number))
        self.clock.advance(GATHER)
        for _ in range(3):
            self.clock.advance(GATHER)
        [(before,)] = self.query("PRAGMA page_count")
        self.clock.advance(2 * HOURLY)
        self.assertEqual([(0,)], self.query("SELECT count(*) FROM events"))
        [(after,)], [(free,)] = self.query("PRAGMA page_count"), self.query("PRAGMA freelist_count")
        self.assertLess(after, before / 20)
        self.assertEqual(0, free)

    def test_erase(self) -> None:
        """Nothing of the user is left in the file's bytes, and the others are all there."""
        mine = gift("Traceable", 2, True, 1)
        assert isinstance(mine, Gift)
        number = 7137682087200551234
        me = user("Traceable", number)
        raw = bytearray(b"\x08")
        rest = number
        while rest > 0x7F:
            raw.append(rest & 0x7F | 0x80)
            rest >>= 7
        raw.append(rest)
        self.write(
            self.archive(),
            event("ChatMessage", f'{me} content: "mine"', number=2),
            event("RoomUserSeqMessage", f"ranks {{ {me} score: 5 }} total: 9", number=3),
            event("GiftMessage", f"{me} gift_id: 1 repeat_count: 1", number=4),
            event(
                "GiftMessage",
                f"{user('Ben', 8)} gift_id: 1 gift_extra {{ to_user_id: {number} }}",
                number=5,
            ),
            RawData("WebcastNewMessage", bytes(raw), 6, False, origin()),
            RawData("WebcastNewMessage", b"\x08\x01", 7, False, origin()),
            chat("Ben", "stays", number=8),
            event(
                "GoalUpdateMessage",
                f'contributor_id: {number} contributor_display_id: "Traceable"',
                number=9,
            ),
            StreamEnd(3, origin()),
        )
        done = erase_user(self.path, str(number))
        self.assertEqual({"events": 4, "gifts": 1, "streaks": 0, "users": 1, "mentions": 2}, done)
        left = self.query("SELECT id FROM events WHERE event <> 'streamEnd' ORDER BY seq")
        self.assertEqual([(f"{ROOM}:{n}",) for n in (3, 5, 7, 8)], left)
        [(viewers,)] = self.query(
            "SELECT data ->> 'viewerCount' FROM events WHERE event = 'roomUser'"
        )
        self.assertEqual(9, viewers)
        self.assertEqual([("0",)], self.query("SELECT to_user_id FROM gifts"))
        kept = b"".join(path.read_bytes() for path in self.path.parent.glob(f"{self.path.name}*"))
        self.assertIn(b"stays", kept)
        self.assertNotIn(str(number).encode(), kept)
        self.assertNotIn(b"Traceable", kept)

    def test_no_number(self) -> None:
        """A name is no user id, and nothing is deleted for one."""
        self.write(self.archive(), chat("Anna", "hi", number=1))
        for wrong in ("", "anna", "0", "1 OR 1", "-1"):
            self.assertRaises(ValueError, erase_user, self.path, wrong)
        self.assertEqual([(1,)], self.query("SELECT count(*) FROM events"))


class ThreadTests(TestCase):
    """With the real database, in its thread."""

    timeout = 30

    async def test_stored(self) -> None:
        """Events are stored off the reactor's thread, before and after a restart."""
        from twisted.internet import reactor as running

        reactor: Any = running
        path = Path(self.mktemp())
        archive = make(Parts(reactor), str(path))
        for number in (1, 2):
            archive.startService()
            archive.event(chat("Anna", "hi", number=number))
            while archive.committed < number:
                await later(reactor, 0.01)
            await archive.stopService()
        connection = sqlite3.connect(path)
        self.addCleanup(connection.close)
        self.assertEqual([("wal",)], connection.execute("PRAGMA journal_mode").fetchall())
        [(count,)] = connection.execute("SELECT count(*) FROM events").fetchall()
        self.assertEqual(2, count)
