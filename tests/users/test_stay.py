"""Users who stay: what a service followed, the next one with the same state file follows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from twisted.logger import capturedLogs, formatEvent

from tests.stack.case import SILENT, StackTestCase, chat
from tiktoklive.errors import StartError
from tiktoklive.options import Options
from tiktoklive.service import LiveService
from tiktoklive.users.keeper import LOOK, SOON


class StayTests(StackTestCase):
    """Services of several processes, one after the other, in memory."""

    def setUp(self) -> None:
        super().setUp()
        self.state = Path(self.mktemp()).absolute()
        for name in ("bea", "carl"):
            self.tiktok.add_room(name)

    def process(self, *listed: str) -> LiveService:
        """A service with that file and these users of its command line, which runs."""
        service: Any = LiveService(self.wire(Options(limits=SILENT, state=str(self.state))))
        service.add_observer(self.seen)
        self.services.append(service)
        for name in listed:
            service.add(name, listed=True)
        service.startService()
        self.settle(1)
        return service

    def end(self, service: Any) -> None:
        """It stops in order."""
        stopped = service.stopService()
        self.settle(5)
        self.successResultOf(stopped)

    def kill(self, service: Any) -> None:
        """It is killed: what is in the file then is there, and nothing else is written."""
        content = self.state.read_bytes()
        self.end(service)
        self.state.write_bytes(content)

    def users(self, service: LiveService) -> list[str]:
        """Who is followed."""
        return list(service.status())

    def test_added(self) -> None:
        """Who was added stays, in a process that was killed, too, and is connected."""
        first = self.process("alice")
        first.add("bea")
        self.settle(SOON)
        self.kill(first)
        second = self.process("alice")
        self.assertEqual(["alice", "bea"], self.users(second))
        self.tiktok.rooms["bea"].push([chat("back")])
        self.settle()
        self.assertEqual(["back"], self.seen.comments())

    def test_not_listed(self) -> None:
        """Who is named by a list alone does not stay without it."""
        first = self.process("alice", "bea")
        self.end(first)
        self.assertEqual(["bea"], self.users(self.process("bea")))

    def test_removed(self) -> None:
        """Who was removed stays so, added or listed, until added again."""
        first = self.process("alice")
        first.add("bea")
        self.settle(1)
        first.remove("alice")
        first.remove("bea")
        first.add("carl")
        self.end(first)
        with capturedLogs() as logged:
            second = self.process("alice")
        self.assertEqual(["carl"], self.users(second))
        self.assertIn(
            "@alice is listed, and not followed: it was removed at run time",
            [formatEvent(each) for each in logged],
        )
        second.add("alice")
        self.end(second)
        self.assertEqual(["alice", "carl"], sorted(self.users(self.process("alice"))))

    def test_forgotten(self) -> None:
        """That a user was removed is forgotten when the list names the user no more."""
        first = self.process("alice", "bea")
        first.remove("bea")
        self.end(first)
        self.end(self.process("alice"))
        self.assertEqual(["alice", "bea"], self.users(self.process("alice", "bea")))

    def test_renamed(self) -> None:
        """Who was renamed is followed under the new name, and not under that of the list."""
        first = self.process("alice")
        first.add("bea")
        self.settle(1)
        for old, new in (("alice", "anna"), ("bea", "beatrix")):
            first.rename(old, new)
            self.tiktok.rename(old, new)
        self.end(first)
        second = self.process("alice")
        self.assertEqual(["anna", "beatrix"], self.users(second))
        self.assertEqual({"live"}, {state.phase for state in second.status().values()})

    def test_renamed_by_themselves(self) -> None:
        """Who changed their name, and lost the old one to another, is followed by the id."""
        first = self.process()
        first.add("bea")
        self.settle(LOOK)
        anchor_id = first.status()["bea"].anchor_id
        self.tiktok.rename("bea", "beatrix")
        self.end(first)
        other = self.tiktok.add_room("bea")
        second = self.process()
        self.settle(5)
        state = second.status()["bea"]
        self.assertEqual(("live", "beatrix"), (state.phase, state.unique_id))
        self.assertEqual(anchor_id, state.anchor_id)
        self.assertEqual([], other.viewers)

    def test_added_wins(self) -> None:
        """Who was added, and is listed later, is not the list's: it stays without it."""
        first = self.process()
        first.add("alice")
        self.end(first)
        second = self.process("alice")
        self.end(second)
        self.assertEqual(["alice"], self.users(self.process()))

    def test_again(self) -> None:
        """A service that is started again goes on with what it has, and writes it."""
        service = self.process("alice")
        service.add("bea")
        self.end(service)
        service.remove("bea")
        service.add("carl")
        service.startService()
        self.settle(SOON)
        names = [each["name"] for each in json.loads(self.state.read_bytes())["users"]]
        self.assertEqual(["alice", "carl"], names)

    def test_newer(self) -> None:
        """With a file of a newer version it does not start, and asks nobody anything."""
        content = b'{"v": 9, "users": [{"name": "bea"}]}'
        self.state.write_bytes(content)
        asked = len(self.tiktok.requests)
        said = str(self.assertRaises(StartError, self.process, "alice"))
        self.assertIn("version 9", said)
        self.assertEqual(content, self.state.read_bytes())
        self.assertEqual(asked, len(self.tiktok.requests))

    def test_failing(self) -> None:
        """A file that cannot be written is told with the status of all."""
        service = self.process("alice")
        keeper: Any = service._book._keeper
        keeper.failing = "No space left on device"
        with capturedLogs() as logged:
            service.log_status()
        keeper.failing = ""
        lines = [formatEvent(each) for each in logged]
        self.assertIn(f"The state file {self.state} fails: No space left on device", lines)
