"""Statements on SQLite files that run beside a busy reactor."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from twisted.trial.unittest import SynchronousTestCase

from tests.outputs.doubles import chat, gift, origin
from tiktoklive.events import Gift, GiftStreak
from tiktoklive.events.streak import SINGLE, GiftDetails
from tiktoklive.outputs.archive.erase import forget_before
from tiktoklive.outputs.archive.rows import entry_of, store
from tiktoklive.outputs.archive.schema import ARCHIVE
from tiktoklive.outputs.database import Insert, open_database

#: Inserts pairs, and counts how often one came.
PAIRS = Insert(
    "INSERT INTO pairs (name, times)",
    "(?, ?)",
    "ON CONFLICT (name) DO UPDATE SET times = times + 1",
)


class InsertTests(SynchronousTestCase):
    """Many rows by one statement."""

    def setUp(self) -> None:
        self.connection = sqlite3.connect(":memory:", isolation_level=None)
        self.addCleanup(self.connection.close)
        self.connection.execute("CREATE TABLE pairs (name TEXT PRIMARY KEY, times INTEGER)")

    def test_any_number(self) -> None:
        """However many there are, each is inserted, in order, and once."""
        for count in (0, 1, 2, 99, 100, 101, 200, 1234):
            self.connection.execute("DELETE FROM pairs")
            rows = [(str(number), number) for number in range(count)]
            PAIRS.run(self.connection, rows)
            found = self.connection.execute("SELECT name, times FROM pairs ORDER BY rowid")
            self.assertEqual(rows, found.fetchall())

    def test_again(self) -> None:
        """What comes twice in one call is a conflict the second time, as in two calls."""
        PAIRS.run(self.connection, [("a", 1), ("b", 1), ("a", 1)])
        PAIRS.run(self.connection, [("b", 1), ("b", 1)])
        found = self.connection.execute("SELECT name, times FROM pairs ORDER BY name")
        self.assertEqual([("a", 2), ("b", 3)], found.fetchall())

    def test_few_values(self) -> None:
        """A statement has no more values than an SQLite of the least limit takes."""
        self.connection.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, 999)
        columns = [f"c{number}" for number in range(40)]
        self.connection.execute(f"CREATE TABLE wide ({', '.join(columns)})")
        wide = Insert("INSERT INTO wide", f"({', '.join('?' * 40)})", "")
        wide.run(self.connection, [tuple(range(40))] * 105)
        self.assertEqual([(105,)], self.connection.execute("SELECT count(*) FROM wide").fetchall())


class StepTests(SynchronousTestCase):
    """The interpreter's lock is given up seldom: to get it back from a busy reactor takes long."""

    def setUp(self) -> None:
        self.connection = open_database(Path(self.mktemp()), ARCHIVE)
        self.addCleanup(self.connection.close)

    def steps(self, work: Any, *args: Any) -> int:
        """How many statements a function runs; of ``executemany`` each row counts."""
        seen: list[str] = []
        self.connection.set_trace_callback(seen.append)
        work(self.connection, *args)
        self.connection.set_trace_callback(None)
        return len(seen)

    def test_stored_and_forgotten(self) -> None:
        """A batch of a thousand events takes tens of steps to store, and to delete."""
        entries = []
        for number in range(1, 1001, 2):
            made = gift(f"user{number}", 2, True, number)
            assert isinstance(made, Gift)
            streak = GiftStreak(made, GiftDetails(1, "Rose", 1, ""), 2, SINGLE, made.origin)
            said = chat(f"user{number}", "hi", origin(), number=number + 10_000)
            entries += [entry_of(each, None, None) for each in (made, streak, said)]
        for compress in (False, True):
            self.assertLess(self.steps(store, entries, compress), 60)
            self.assertEqual([1500, 500, 500], self.counts())
            self.assertLess(self.steps(forget_before, 2**62, 2000), 10)
            self.assertEqual([0, 0, 0], self.counts())

    def counts(self) -> list[int]:
        """How many rows the large tables have."""
        found = []
        for table in ("events", "gifts", "streaks"):
            [(count,)] = self.connection.execute(f"SELECT count(*) FROM {table}")
            found.append(count)
        return found
