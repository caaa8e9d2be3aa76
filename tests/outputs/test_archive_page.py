"""What the page about the archive shows works, and is fast."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path
from typing import Any

from twisted.internet.defer import Deferred
from twisted.trial.unittest import SynchronousTestCase

from tests.outputs.doubles import NOON, DirectDatabase, chat, event, gift, origin, user
from tests.test_pages import CHECKOUT, code_blocks
from tiktoklive.events import Battle, BattleStarted, Event, Gap, Gift, GiftStreak
from tiktoklive.events.streak import GiftDetails
from tiktoklive.outputs.archive import ARCHIVE
from tiktoklive.outputs.archive.rows import entry_of, store
from tiktoklive.outputs.webhook.outbox import OUTBOX

#: The room of the page.
ROOM = "7711199930710954034"


class QueriesTests(SynchronousTestCase):
    """The questions that the page asks."""

    def setUp(self) -> None:
        where = origin("name")._replace(room_id=ROOM)
        roses = gift("Ben", 3, True, 1, where=where)
        assert isinstance(roses, Gift)
        told: list[Event] = [
            chat("Ben", "hello", where, number=2),
            roses,
            GiftStreak(roses, GiftDetails(1, "Rose", 5), 3, "repeat_end", where),
            event("RoomUserSeqMessage", f"ranks {{ {user('Ben', 7)} }} total: 12", where, number=3),
            event(
                "PollMessage",
                'poll_id: 1 start_content { title: "Tea?" option_list { display_content: "yes" } }',
                where,
                number=4,
            ),
            BattleStarted(Battle("7", ROOM, lambda: 0.0), None, where),
            Gap(NOON * 1000, NOON * 1000 + 1500, None, where),
        ]
        self.path = Path(self.mktemp())
        database = DirectDatabase(self.path, ARCHIVE)
        self.entries = [entry_of(each, 1.5, None) for each in told]
        self.successResultOf(Deferred.fromCoroutine(database.run(store, self.entries)))
        self.successResultOf(Deferred.fromCoroutine(database.close()))
        self.connection = sqlite3.connect(self.path)
        self.addCleanup(self.connection.close)

    def test_sql(self) -> None:
        """Every query finds what it is after, by an index."""
        page = (CHECKOUT / "doc/archive.rst").read_text("utf-8")
        queries = code_blocks(page, "sql")
        expected: list[list[tuple[Any, ...]]] = [
            [(ROOM, "name", "2026-01-31 12:00:00", 0)],
            [("ben", 15)],
            [("Tea?", "yes", 0)],
            [],
            [(1.5, "ben", "hello")],
            [("12:00", 12)],
            [("2026-01-31 12:00:00", ROOM, "chat", "hello")],
            [("2026-01-31 12:00:00", 1.5, "")],
            [],
        ]
        self.assertEqual(len(expected), len(queries))
        for query, rows in zip(queries, expected, strict=True):
            found = self.connection.execute(query).fetchall()
            self.assertEqual(rows, found[:1], query)
            plan = self.connection.execute(f"EXPLAIN QUERY PLAN {query}").fetchall()
            scans = [step for *_, step in plan if step.startswith("SCAN") and "INDEX" not in step]
            self.assertEqual([], scans, query)

    def test_python(self) -> None:
        """The programs read it, and forget somebody."""
        page = (CHECKOUT / "doc/archive.rst").read_text("utf-8")
        reading, _, forgetting = code_blocks(page, "python")
        names: dict[str, Any] = {"print": lambda said: self.assertEqual(1, said["streaks"])}
        exec(compile(reading, "archive.rst", "exec"), names)
        exec(compile(forgetting, "archive.rst", "exec"), names)
        [(_, data)] = names["comments"](self.path, ROOM)
        self.assertEqual("hello", data["comment"])
        names["forget"](self.path, "7")
        self.assertEqual([], self.connection.execute("SELECT * FROM streaks").fetchall())

    def test_compressed(self) -> None:
        """The program for what is compressed reads that, and what is not."""
        page = (CHECKOUT / "doc/archive.rst").read_text("utf-8")
        _, reading, _ = code_blocks(page, "python")
        compressed = DirectDatabase(Path(self.mktemp()), ARCHIVE)
        stored = compressed.run(store, self.entries, True)
        self.successResultOf(Deferred.fromCoroutine(stored))
        self.successResultOf(Deferred.fromCoroutine(compressed.close()))
        names: dict[str, Any] = {}
        exec(compile(reading, "archive.rst", "exec"), names)
        [question] = re.findall(r'"(SELECT [^"]+)"', reading)
        comments = [list(names["ask"](path, question)) for path in (self.path, compressed.path)]
        self.assertIn(("hello",), comments[0])
        self.assertEqual(comments[0], comments[1])

    def test_dead_letters(self) -> None:
        """The page on webhooks knows the tables of an outbox."""
        page = (CHECKOUT / "doc/webhooks.rst").read_text("utf-8")
        look, _ = code_blocks(page, "sql")
        database = DirectDatabase(Path(self.mktemp()), OUTBOX)
        found = database.run(lambda connection: connection.execute(look).fetchall())
        self.assertEqual([], self.successResultOf(Deferred.fromCoroutine(found)))
        self.successResultOf(Deferred.fromCoroutine(database.close()))
