"""What the log is told of the rooms of a service."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import Any

from twisted.logger import LogLevel, capturedLogs, formatEvent

from tests.stack.case import StackTestCase, chat
from tests.stack.pairs import TWO
from tiktoklive.outputs.web.control import _room
from tiktoklive.service import LiveService
from tiktoklive.wire.frames import push


class LogTests(StackTestCase):
    """What the log is told of the rooms."""

    def setUp(self) -> None:
        super().setUp()
        self.service = LiveService(self.wiring)
        self.services.append(self.service)

    def lines(self, logged: Any) -> list[str]:
        """What is in the log from level info on."""
        return [formatEvent(e) for e in logged if e["log_level"] >= LogLevel.info]

    def test_status(self) -> None:
        """One line for each user: state, reason, what the bounds cost; and for each source."""
        self.tiktok.add_room("bea").end()
        for name in ("alice", "bea", "nobody"):
            self.service.add(name)
        self.service.startService()
        self.settle(3)
        self.viewer.send(push(bytes(20_000_000), 1))
        self.settle(1)
        with capturedLogs() as logged:
            self.service.log_status()
        alice, bea, nobody, direct, lookups = self.lines(logged)
        self.assertEqual("Source direct: works", direct)
        self.assertEqual("Look-ups: 0 wait, one every 1.1 s", lookups)
        room = self.room.room_id
        self.assertEqual(f"@alice: live in room {room} (payload 1)", alice)
        self.assertIn("@bea: offline: ", bea)
        self.assertIn("@nobody: refused: ", nobody)
        for line, state in zip((alice, bea, nobody), self.service.status().values(), strict=True):
            self.assertIn(state.phase, line)
            self.assertIn(state.reason.removeprefix("room "), line)
            self.assertLessEqual(line.count(room), 1)

    def test_two_streams(self) -> None:
        """Of a room with two streams, how many are live and what they brought; and in the API."""
        two = LiveService(self.wire(replace(TWO, lookups_per_minute=0)))
        self.services.append(two)
        two.add("alice")
        two.startService()
        self.settle(1)
        with capturedLogs() as logged:
            two.log_status()
        self.assertIn("(2 of 2 streams)", self.lines(logged)[0])
        for number in range(40):
            self.room.push([chat(str(number))])
            self.settle(1)
        with capturedLogs() as logged:
            two.log_status()
        said = self.lines(logged)[0]
        self.assertRegex(
            said, r"2 of 2 streams; [23]\d messages by both, 0 and 0 by one alone, about 0 "
        )
        shown = _room("alice", two.status()["alice"])["streams"]
        self.assertEqual(2, shown["open"])
        self.assertEqual(0, shown["unseen"]["neither"])
        counts = two.counts()
        self.assertEqual(shown["both"], counts.users["alice"].both)
        removed = two.remove("alice")
        self.settle(3)
        self.successResultOf(removed)
        self.assertEqual(shown["both"], two.counts().gone.both)

    def test_story(self) -> None:
        """Each change is a line with its reason; what happens over and over soon is not."""
        self.service.add("alice")
        with capturedLogs() as logged:
            self.service.startService()
            self.settle(1)
            for _ in range(20):
                self.lose(seconds=5)
        lines = self.lines(logged)
        self.assertEqual("@alice: resolving", lines[0])
        self.assertEqual(4, sum(": live" in line for line in lines) + 1)
        self.assertEqual(3, sum(": waiting: The stream of" in line for line in lines))

    def test_quiet(self) -> None:
        """In a bad night no line repeats more than six times an hour."""
        self.tiktok.add_room("bea").end()
        cem = self.tiktok.add_room("cem")
        for name in ("alice", "bea", "cem"):
            self.service.add(name)
        self.service.on("chat", lambda event: 1 / 0)
        hours = 2
        with capturedLogs() as logged:
            self.service.startService()
            self.settle(1)
            for _ in range(hours * 60):
                if self.room.viewers:
                    self.room.push([chat("x")] * 5)
                    for viewer in self.room.viewers:
                        viewer.send(b"\xff" * 9)
                self.settle(1)
                cem.drop(clean=False)
                self.tiktok.refuse(status=503, times=2)
                self.settle(59)
        said = Counter(re.sub("[0-9.]+", "", line) for line in self.lines(logged))
        del said["Timing out client: IPvAddress(type='TCP', host='', port=)"]  # the simulator's
        for line, times in said.items():
            self.assertLess(times, hours * 6 + 3, line)
        self.assertIn("failed on", "".join(said))
        self.flushLoggedErrors(ZeroDivisionError)
        self.assertIn("times more since this was logged", "".join(said))
