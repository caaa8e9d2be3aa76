"""Outputs that are to lose nothing let a fast room wait, as far as memory is concerned."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from twisted.internet.defer import Deferred

from tests.outputs.doubles import DirectDatabase, Trough
from tests.stack.case import StackTestCase, chat
from tiktoklive.options import Options
from tiktoklive.outputs.archive.schema import ARCHIVE
from tiktoklive.outputs.batch_writer import RETRY
from tiktoklive.outputs.jsonl import JsonLines
from tiktoklive.outputs.line_writer import LineWriter
from tiktoklive.outputs.queue import Policy
from tiktoklive.outputs.sqlite import SqliteOutput
from tiktoklive.outputs.webhook.deliverer import Deliverer
from tiktoklive.outputs.webhook.outbox import OUTBOX
from tiktoklive.outputs.webhook.output import Webhook
from tiktoklive.service import LiveService
from tiktoklive.stream.limits import Limits

#: Bytes that may wait.
LIMIT = 800_000
#: Frames that a room sends, and comments in each: some five times as much as may wait.
FRAMES, COMMENTS = 200, 20


class SlowDatabase(DirectDatabase):
    """
    A database that takes its time.

    :ivar turn: what it waits for before it does anything.
    """

    turn: Deferred[None] | None = None

    async def run(self, work: Callable[..., Any], *args: Any) -> Any:
        """When it is its turn."""
        if self.turn is not None:
            await self.turn
        return await super().run(work, *args)

    def go_on(self) -> None:
        """It is as fast as any from now on."""
        turn, self.turn = self.turn, None
        assert turn is not None
        turn.callback(None)


class BlockingTests(StackTestCase):
    """A room whose output is stuck, and goes on again."""

    options = Options(limits=Limits(deaf_after=None, busy=10, held=60.0))

    noise = Random(6)

    def follow_with(self, output: Any) -> LiveService:
        """Follow the room, and write what happens."""
        service = LiveService(self.wiring)
        output.startService()
        self.services += [output, service]
        service.add_observer(output)
        service.add("alice")
        service.startService()
        self.settle(1)
        self.assertEqual("live", service.status()["alice"].phase)
        return service

    def push(self) -> None:
        """Let the room send numbered comments of noise, of which gzip makes half."""
        for frame in range(FRAMES):
            numbers = range(frame * COMMENTS, (frame + 1) * COMMENTS)
            self.room.push([chat(f"{n} {self.noise.randbytes(250).hex()}") for n in numbers])

    def check(self, output: Any, service: LiveService, widen: Any) -> None:
        """What the room sends while the output is stuck, for 50 seconds, arrives afterwards."""
        most = 0
        self.push()  # at once: TikTok sends nothing more to who owes acks for long
        for _ in range(10):
            self.settle(5)
            most = max(most, output.queues()[0].size)
        self.assertLess(LIMIT / 2, most)
        self.assertLessEqual(most, LIMIT)
        widen()
        self.settle(RETRY)
        for _ in range(20):
            self.settle(0.2)
        state = service.status()["alice"]
        self.assertEqual("live", state.phase)
        self.assertEqual((0, 0), (state.bounds["busy"].cost, state.bounds["held"].cost))
        self.assertEqual(0, output.queues()[0].dropped)

    def test_sqlite(self) -> None:
        """The archive, while its disk is full."""
        database = DirectDatabase(self.path(), ARCHIVE)
        archive = SqliteOutput("test", database, self.clock, limit=LIMIT, policy=Policy.BLOCK)
        service = self.follow_with(archive)
        database.fault = OSError("the disk is full")
        self.check(archive, service, lambda: setattr(database, "fault", None))
        told = database.query(
            "SELECT CAST(data ->> 'comment' AS INTEGER) FROM events WHERE event = 'chat'"
            " ORDER BY seq"
        )
        self.assertEqual([(number,) for number in range(FRAMES * COMMENTS)], told)

    def test_sqlite_slow(self) -> None:
        """The archive without any option, while its disk is slow."""
        database = SlowDatabase(self.path(), ARCHIVE)
        archive = SqliteOutput("test", database, self.clock, limit=LIMIT)
        service = self.follow_with(archive)
        database.turn = Deferred()
        self.check(archive, service, database.go_on)
        [(count,)] = database.query("SELECT count(*) FROM events WHERE event = 'chat'")
        self.assertEqual(FRAMES * COMMENTS, count)

    def test_sqlite_full(self) -> None:
        """The archive without any option lets no room wait for a disk that is full."""
        database = DirectDatabase(self.path(), ARCHIVE)
        archive = SqliteOutput("test", database, self.clock, limit=LIMIT)
        service = self.follow_with(archive)
        database.fault = OSError("the disk is full")
        chats: list[Any] = []
        service.on("chat", chats.append)
        self.settle(1)
        self.push()
        self.settle(5)
        self.assertEqual(FRAMES * COMMENTS, len(chats))
        self.assertGreater(archive.queues()[0].dropped, 0)
        self.assertLessEqual(archive.queues()[0].size, LIMIT)
        database.fault = None
        self.settle(RETRY)
        self.assertEqual(0, archive.queues()[0].size)

    def test_webhook(self) -> None:
        """A webhook, while the disk of its outbox is full."""
        database = DirectDatabase(self.path(), OUTBOX)
        deliverer = Deliverer(
            "test", database, "https://no.example/", [b""], self.network, self.clock, Random(1)
        )
        webhook = Webhook(
            "test",
            database,
            deliverer,
            self.clock,
            events=frozenset({"chat"}),
            gather=0.1,
            batch=1000,
            limit=LIMIT,
            policy=Policy.BLOCK,
        )
        service = self.follow_with(webhook)
        database.fault = OSError("the disk is full")
        self.check(webhook, service, lambda: setattr(database, "fault", None))
        self.assertEqual(FRAMES * COMMENTS, webhook.committed)
        self.assertEqual(
            [(FRAMES * COMMENTS,)], database.query("SELECT sum(events) FROM deliveries")
        )

    def test_jsonl(self) -> None:
        """Lines for somebody who does not read."""
        trough = Trough()
        sink = LineWriter("test", trough, self.clock, limit=LIMIT, policy=Policy.BLOCK)
        lines = JsonLines(sink)
        service = self.follow_with(lines)
        trough.space = 0
        self.check(lines, service, lambda: setattr(trough, "space", None))
        comments = [line for line in trough.lines if '"event":"chat"' in line]
        for number, line in enumerate(comments):
            self.assertIn(f'"comment":"{number} ', line)
        self.assertEqual(FRAMES * COMMENTS, len(comments))

    def test_frame(self) -> None:
        """What comes in one frame is written at its end, by one write."""
        trough = Trough()
        self.follow_with(JsonLines(LineWriter("test", trough, self.clock)))
        before, lines = trough.writes, len(trough.lines)
        self.room.push([chat(str(number)) for number in range(COMMENTS)])
        self.settle(0.1)
        self.assertEqual((1, COMMENTS), (trough.writes - before, len(trough.lines) - lines))

    def test_too_long(self) -> None:
        """A room waits no longer than it may; then what has no room is lost, and counted."""
        trough = Trough()
        sink = LineWriter("test", trough, self.clock, limit=LIMIT, policy=Policy.BLOCK)
        lines = JsonLines(sink)
        service = self.follow_with(lines)
        trough.space = 0
        self.push()
        self.settle(59)
        self.assertEqual(0, lines.queues()[0].dropped)
        self.settle(5)
        state = service.status()["alice"]
        self.assertEqual((0, 1), (state.bounds["busy"].cost, state.bounds["held"].cost))
        self.assertLess(0, lines.queues()[0].dropped)
        self.assertLessEqual(lines.queues()[0].size, LIMIT)
        trough.space = None

    def path(self) -> Path:
        """A file that is not there yet."""
        return Path(self.mktemp())
