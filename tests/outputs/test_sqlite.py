"""Kind ``sqlite``."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from twisted.internet.task import Clock
from twisted.trial.unittest import SynchronousTestCase
from zope.interface.verify import verifyObject

from tests.clocks import SteppedClock
from tests.outputs.doubles import (
    NOON,
    ROOM,
    DirectDatabase,
    Parts,
    Said,
    chat,
    event,
    gift,
    origin,
)
from tiktoklive.dispatch.dispatcher import Dispatcher
from tiktoklive.dispatch.trackers import Trackers
from tiktoklive.events import Connected, Event, Gift, GiftStreak
from tiktoklive.events.streak import GiftDetails
from tiktoklive.interfaces import IQueuedOutput
from tiktoklive.model import State
from tiktoklive.outputs.archive import ARCHIVE
from tiktoklive.outputs.batch_writer import RETRY
from tiktoklive.outputs.sqlite import GATHER, HOURLY, SqliteOutput, make

ROSE = GiftDetails(1, "Rose", 1, "")


class ArchiveTestCase(SynchronousTestCase):
    """An archive whose time the test moves, and which does its work at once."""

    def setUp(self) -> None:
        self.clock: Clock = Clock()
        self.clock.advance(NOON)
        self.path = Path(self.mktemp())
        self.database = DirectDatabase(self.path, ARCHIVE)
        self.told: list[str] = []

    def archive(self, **settings: Any) -> SqliteOutput:
        """One that runs until the end."""
        archive = SqliteOutput(
            "test", self.database, self.clock, acknowledge=self.told.extend, **settings
        )
        archive.startService()
        self.addCleanup(archive.stopService)
        return archive

    def write(self, archive: SqliteOutput, *events: Any) -> None:
        """Write events, and let them be stored."""
        for each in events:
            archive.event(each)
        self.clock.advance(GATHER)

    def query(self, sql: str) -> list[Any]:
        return self.database.query(sql)


class StoringTests(ArchiveTestCase):
    """Events become rows."""

    def test_interfaces(self) -> None:
        """It is an output with a queue, and can be added as an observer."""
        archive = self.archive()
        verifyObject(IQueuedOutput, archive)
        Dispatcher().add_observer(archive)

    def test_tables(self) -> None:
        """An event is in the table of events, its room and its user in theirs."""
        archive = self.archive()
        state = State(room_id=ROOM, room_info={"create_time": NOON - 60})
        self.write(archive, Connected(state, origin()), chat("Anna", "hi", number=3))
        self.assertEqual(
            [(f"{ROOM}:3", ROOM, "chat", "1", 60.0, 0)],
            self.query(
                'SELECT id, room, event, user_id, "offset", history FROM events'
                " WHERE event = 'chat'"
            ),
        )
        [(comment,)] = self.query("SELECT data ->> 'comment' FROM events WHERE event = 'chat'")
        self.assertEqual("hi", comment)
        ms = NOON * 1000
        self.assertEqual([(ROOM, "host", ms - 60_000, ms, ms)], self.query("SELECT * FROM rooms"))
        self.assertEqual([("1", "anna", "Anna", ms, ms)], self.query("SELECT * FROM users"))

    def test_gifts(self) -> None:
        """Each message about a gift is a gift, each streak is one streak."""
        first, last = gift("Anna", 2, False, 1), gift("Anna", 5, True, 2)
        assert isinstance(last, Gift)
        streak = GiftStreak(last, ROSE, 5, "repeat_end", origin())
        self.write(self.archive(), first, last, streak)
        self.assertEqual(
            [("Rose", 2, 0), ("Rose", 5, 1)],
            self.query("SELECT gift_name, repeat_count, repeat_end FROM gifts"),
        )
        self.assertEqual(
            [("7", "5655", 1, 5, 5, "repeat_end")],
            self.query(
                "SELECT user_id, gift_id, diamond_count, repeat_count, diamond_total, reason"
                " FROM streaks"
            ),
        )

    def test_battles(self) -> None:
        """A battle's start, scores and end are events; told again, start and end are there once."""
        told: list[Event] = []
        for _ in range(2):
            trackers = Trackers(Clock(), told.append)
            trackers.begin(ROOM)
            for number, (name, text) in enumerate(
                (
                    ("LinkMicBattle", "action: 4"),
                    ("LinkMicArmies", "armies { key: 1 value { host_score: 5 } }"),
                    ("LinkMicBattle", "action: 5"),
                ),
                1,
            ):
                trackers.take(event(name, f"battle_id: 7 {text}", number=number))
        self.write(self.archive(), *told)
        self.assertEqual(
            [
                (f"{ROOM}:battle:7:battleStarted", "7", None),
                (f"{ROOM}:2:battleScore", "7", 5),
                (f"{ROOM}:battle:7:battleEnded", "7", 5),
            ],
            self.query(
                "SELECT id, data ->> 'battleId', data ->> '$.teams[0].score' FROM events"
                " ORDER BY seq"
            ),
        )

    def test_once(self) -> None:
        """What comes again is acknowledged, and stored once; by another process too."""
        for _ in range(2):
            archive = self.archive()
            self.write(archive, *[chat("Anna", "hi", number=n) for n in (1, 2, 1)])
            self.successResultOf(archive.stopService())
        self.assertEqual([(2,)], self.query("SELECT count(*) FROM events"))
        self.assertEqual([f"{ROOM}:{n}" for n in (1, 2, 1)] * 2, self.told)

    def test_told_too_early(self) -> None:
        """A streak that goes on after its recorder was stopped has its highest count."""
        some = gift("Anna", 2, False, 1)
        assert isinstance(some, Gift)
        early = GiftStreak(some, ROSE, 2, "disconnected", origin())
        late = GiftStreak(some, ROSE, 9, "repeat_end", origin())
        self.write(self.archive(), early, late, early)
        self.assertEqual(
            [(9, 9, "repeat_end")],
            self.query("SELECT repeat_count, diamond_total, reason FROM streaks"),
        )

    def test_without_id(self) -> None:
        """Messages that TikTok gave no id are told apart by what they say."""
        self.write(self.archive(), *[chat("Anna", text) for text in ("one", "two", "one")])
        self.assertEqual([(2,)], self.query("SELECT count(*) FROM events"))

    def test_acknowledged_after_commit(self) -> None:
        """An event counts when it is committed, not before."""
        archive = self.archive()
        archive.event(chat("Anna", "hi", number=1))
        self.assertEqual(([], 0), (self.told, archive.committed))
        self.assertGreater(archive.queues()[0].size, 0)
        written = archive.when_written()
        self.assertNoResult(written)
        self.clock.advance(GATHER)
        self.successResultOf(written)
        self.assertEqual(([f"{ROOM}:1"], 1), (self.told, archive.committed))
        self.assertEqual(0, archive.queues()[0].size)

    def test_stop(self) -> None:
        """What waits is stored before it stops."""
        archive = self.archive()
        archive.event(chat("Anna", "hi", number=1))
        self.successResultOf(archive.stopService())
        self.assertEqual([(1,)], self.query("SELECT count(*) FROM events"))
        self.assertEqual([], self.clock.getDelayedCalls())

    def test_failing(self) -> None:
        """While it cannot be written events wait, the newest are dropped, and it is told."""
        said = Said(self, "BatchWriter", "BoundedQueue")
        archive = self.archive(limit=3000)
        self.database.fault = sqlite3.OperationalError("database or disk is full")
        self.write(archive, *[chat("Anna", "hi", number=n) for n in range(1, 9)])
        self.write(archive, *[chat("Anna", "hi", number=n) for n in range(9, 19)])
        self.clock.advance(RETRY)
        self.assertEqual(0, archive.committed)
        dropped = archive.queues()[0].dropped
        self.assertGreater(dropped, 0)
        self.assertEqual(
            "test cannot be written, trying again every 5 s: database or disk is full",
            said.lines[1],
        )
        self.database.fault = None
        self.clock.pump([RETRY, GATHER])
        self.assertEqual(18 - dropped, archive.committed)
        self.assertIn("test works again;", said.lines[-1])

    def test_stop_while_failing(self) -> None:
        """It stops although it cannot be written, and says what is lost."""
        said = Said(self, "BoundedQueue")
        archive = self.archive()
        self.database.fault = sqlite3.OperationalError("database is locked")
        self.write(archive, chat("Anna", "hi", number=1))
        self.successResultOf(archive.stopService())
        self.assertEqual(
            [
                "test was stopped while nothing could be written (database is locked): "
                "1 lost, 1 in all"
            ],
            said.lines,
        )
        self.assertEqual([], self.clock.getDelayedCalls())

    def test_keep(self) -> None:
        """What is older than it may be goes within the hour, with what belongs to it."""
        archive = self.archive(keep=86400)
        old = gift("Anna", 2, True, 1, where=origin(seconds=0))
        assert isinstance(old, Gift)
        self.write(archive, old, GiftStreak(old, ROSE, 2, "repeat_end", old.origin))
        self.clock.advance(86400 - HOURLY)
        fresh = chat("Ben", "hi", origin(seconds=80_000), number=2)
        self.write(archive, fresh)
        self.assertEqual([(3,)], self.query("SELECT count(*) FROM events"))
        self.clock.advance(2 * HOURLY)
        self.assertEqual([(f"{ROOM}:2",)], self.query("SELECT id FROM events"))
        for table, count in (("gifts", 0), ("streaks", 0), ("rooms", 1)):
            self.assertEqual([(count,)], self.query(f"SELECT count(*) FROM {table}"), table)

    def test_keep_with_a_wrong_clock(self) -> None:
        """A clock that is set ahead by years deletes nothing for a day, in which it is told."""
        said, clock = Said(self, "SqliteOutput"), SteppedClock(NOON)
        self.clock = clock
        archive = self.archive(keep=86400)
        self.write(archive, chat("Anna", "hi", origin(seconds=0), number=1))
        for days, kept in ((3650, 1), (-3650, 1), (3650, 1)):
            clock.step += days * 86400.0
            clock.pump([HOURLY] * 3)
            self.assertEqual([(kept,)], self.query("SELECT count(*) FROM events"))
        self.assertEqual(2, len(said.lines), said.lines)
        self.assertIn("set ahead by 3650 days", said.lines[0])
        clock.pump([HOURLY] * 24)
        self.assertEqual([(0,)], self.query("SELECT count(*) FROM events"))

    def test_arguments(self) -> None:
        """What cannot be meant is refused, with what could be."""
        folder = self.mktemp()
        Path(folder).mkdir()
        for argument in (
            "",
            folder,
            f"{folder}/no/file",
            f"{folder}/file?keep=0",
            f"{folder}/file?keep=1w",
            f"{folder}/file?kep=1d",
            f"{folder}/file?full=never",
        ):
            self.assertRaises(ValueError, make, Parts(self.clock), argument)
