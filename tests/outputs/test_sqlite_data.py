"""What the archive stores of the JSON of events, and how fast it may come."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path
from typing import Any

from twisted.internet.defer import Deferred
from twisted.internet.task import Clock

from tests.outputs.doubles import DirectDatabase, Parts, chat, event, origin, user
from tests.outputs.test_sqlite import ArchiveTestCase
from tiktoklive.command.archive import Archive
from tiktoklive.errors import ArchiveError
from tiktoklive.events import RawData, decode
from tiktoklive.outputs.archive import ARCHIVE, erase_user
from tiktoklive.outputs.archive.data import Data, compressed, text_of
from tiktoklive.outputs.archive.rows import entry_of
from tiktoklive.outputs.queue import Policy
from tiktoklive.outputs.sqlite import SqliteOutput, make
from tiktoklive.simulator.lifelike import RandomScript


class DataTests(ArchiveTestCase):
    """All of it, compressed or not, or nothing."""

    def stored(self, data: Data, *events: Any) -> Path:
        """Store events in a file of their own."""
        self.path = Path(self.mktemp())
        self.database = DirectDatabase(self.path, ARCHIVE)
        archive = self.archive(data=data)
        self.write(archive, *events)
        self.assertEqual(len(events), archive.committed)
        self.successResultOf(archive.stopService())
        return self.path

    def test_compressed(self) -> None:
        """What was compressed takes less room, and is read as if it had not been."""
        events = [
            decode(method, payload, number=number, origin=origin())
            for method, payload, number in islice(RandomScript(3).messages(), 300)
        ]
        whole, less = (self.stored(data, *events) for data in (Data.FULL, Data.ZLIB))
        found = list(Archive(str(less)).entries())
        self.assertEqual(list(Archive(str(whole)).entries()), found)
        self.assertEqual([each.as_dict() for each in events], [each.data for each in found])
        self.assertEqual([("blob", 300)], self.kinds())
        self.assertLess(less.stat().st_size, 0.75 * whole.stat().st_size)

    def kinds(self) -> list[Any]:
        """As what SQLite has the JSON, and how often."""
        return self.query("SELECT typeof(data), count(*) FROM events GROUP BY 1")

    def test_text(self) -> None:
        """What is not compressed is text that SQL can ask, in any script."""
        self.stored(Data.FULL, chat("Zoé", "👋🏽 \u2028", number=1))
        self.assertEqual([("text", 1)], self.kinds())
        self.assertEqual([("👋🏽 \u2028",)], self.query("SELECT data ->> 'comment' FROM events"))

    def test_none(self) -> None:
        """Without it, an event has its columns, and is an empty object."""
        path = self.stored(Data.NONE, chat("Anna", "hi", number=1))
        self.assertEqual(
            [("chat", "1", "{}")], self.query("SELECT event, user_id, data FROM events")
        )
        [entry] = Archive(str(path)).entries()
        self.assertEqual(("chat", {}), (entry.event, entry.data))

    def test_none_made(self) -> None:
        """Nor is it made."""
        made = chat("Anna", "hi", number=1)
        self.patch(type(made), "as_dict", None)
        self.assertEqual(b"{}", entry_of(made, None, None, whole=False).event[-1])

    def test_mixed(self) -> None:
        """A file that was begun in one way may be gone on with in another."""
        path = self.stored(Data.FULL, chat("Anna", "one", number=1))
        archive = self.archive(data=Data.ZLIB)
        self.write(archive, chat("Anna", "two", number=2))
        comments = [entry.data["comment"] for entry in Archive(str(path)).entries()]
        self.assertEqual(["one", "two"], comments)

    def test_erased(self) -> None:
        """A user is forgotten in what is compressed as well, and the rest is left."""
        top = 'ranks { user { id: 71 nickname: "Anna" } score: 5 }'
        path = self.stored(
            Data.ZLIB,
            chat("Ben", "hi", number=1),
            event("RoomUserSeqMessage", f"{top} ranks {{ {user('Ben', 8)} score: 2 }}", number=2),
            RawData("WebcastNew", b"\x08\x47", 3, False, origin()),
            event("ChatMessage", f'{user("Anna", 71)} content: "me"', number=4),
        )
        done = erase_user(path, "71")
        self.assertEqual((2, 1), (done["events"], done["mentions"]))
        self.assertEqual([("blob", 2)], self.kinds())
        comment, room_user = (entry.data for entry in Archive(str(path)).entries())
        self.assertEqual("hi", comment["comment"])
        self.assertNotIn("71", json.dumps(room_user))
        self.assertIn("Ben", json.dumps(room_user))

    def test_damaged(self) -> None:
        """What cannot be read is said to be damaged, and nothing else is raised."""
        whole = compressed(b'{"a": 1}')
        self.assertEqual('{"a": 1}', text_of(whole))
        for stored in (b"", b"{}", whole[:-1], compressed(b"\xff"), compressed(bytes(65 << 20))):
            self.assertRaises(ArchiveError, text_of, stored)
        path = self.stored(Data.ZLIB, chat("Anna", "hi", number=1))
        self.successResultOf(self.damage())
        with self.assertRaisesRegex(ArchiveError, "damaged"):
            list(Archive(str(path)).entries())

    def damage(self) -> Any:
        """Take a byte of each event's JSON away."""

        async def run() -> None:
            await self.database.run(
                lambda connection: connection.execute(
                    "UPDATE events SET data = substr(data, 1, length(data) - 1)"
                )
            )
            await self.database.close()

        return Deferred.fromCoroutine(run())

    def test_option(self) -> None:
        """The option says which; what is none is refused, with those there are."""
        name = self.mktemp()
        for text in Data:
            output = make(Parts(Clock()), f"{name}?data={text}")
            self.assertIs(Data(text), output._data)
        with self.assertRaisesRegex(ValueError, "data must be one of full, zlib, none, not 'gzip'"):
            make(Parts(Clock()), f"{name}?data=gzip")

    def test_sizes(self) -> None:
        """What waits counts with all of its texts, as long as they are."""
        for text in ("x" * 50_000, "é" * 50_000, "😀" * 50_000):
            made = entry_of(chat(text, text), None, None)
            self.assertGreater(made.size, len(made.event[-1]) + 50_000)
            self.assertLess(made.size, 25 * 50_000)


class BurstTests(ArchiveTestCase):
    """Many at once."""

    def test_second(self) -> None:
        """What comes within a second, 20,000 events, waits and is stored, without any option."""
        output = make(Parts(self.clock), str(self.path))
        self.assertIs(Policy.PACE, output._queue.policy)
        archive = self.archive()
        self.assertEqual(output.queues()[0].limit, archive.queues()[0].limit)
        events = [
            decode(method, payload, number=number, origin=origin())
            for method, payload, number in islice(RandomScript(3).messages(), 1000)
        ]
        for number in range(20_000):
            made: Any = events[number % 1000]
            made.number = number + 1
            archive.event(made)
        self.assertEqual(0, archive.queues()[0].dropped)
        self.clock.advance(1)
        self.assertEqual((20_000, 0), (archive.committed, archive.queues()[0].dropped))
        self.assertEqual([(20_000,)], self.query("SELECT count(*) FROM events"))

    def test_policy(self) -> None:
        """The program's own archive waits before it drops, too."""
        self.assertIs(Policy.PACE, SqliteOutput("x", self.database, self.clock)._queue.policy)
