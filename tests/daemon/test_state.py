"""The daemon's state file."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from twisted.logger import capturedLogs, formatEvent
from twisted.python.usage import UsageError

from tests.test_tap import OptionsCase
from tiktoklive.daemon.daemon import Daemon
from tiktoklive.errors import StartError
from tiktoklive.tap import makeService


class StateTests(OptionsCase):
    """What a command line and a state file come to."""

    def setUp(self) -> None:
        self.state = Path(self.mktemp()).absolute()

    def daemon(self, *arguments: str) -> Daemon:
        """A daemon with that file, which does not run."""
        self.output = Path(self.mktemp()).absolute()
        said = ("--state", str(self.state), "-o", f"jsonl:{self.output}")
        return makeService(self.parse(*said, *arguments))

    def refused(self, *arguments: str) -> str:
        """Why one does not start; nothing of it was opened."""
        daemon = self.daemon(*arguments)
        said = str(self.assertRaises(StartError, daemon.startService))
        self.assertFalse(self.output.exists())
        stopped: Any = daemon.stopService()
        self.successResultOf(stopped)
        return said

    def test_damaged(self) -> None:
        """A damaged file is told before anything is opened."""
        self.state.write_text("{")
        self.assertIn("is damaged", self.refused("anna"))

    def test_outputs(self) -> None:
        """No output writes into the state file, or the users file: one would undo the other."""
        users = f"{self.mktemp()}.toml"
        Path(users).write_text("users = ['bob']")
        Path("link").unlink(missing_ok=True)
        Path("link").symlink_to(users)
        for kind, path, what in (
            ("jsonl", self.state, "state"),
            ("sqlite", os.path.relpath(self.state), "state"),
            ("jsonl", f"{self.state}#gzip=yes", "state"),
            ("jsonl", users, "users"),
            ("jsonl", "link", "users"),
        ):
            error = self.assertRaises(
                UsageError, self.daemon, "--users-file", users, "-o", f"{kind}:{path}"
            )
            self.assertIn(f"--output {kind}:{path}: that is the {what} file", str(error))

    def test_nobody(self) -> None:
        """Without a user, and without a way to add one, there is nothing to do."""
        self.assertIn("No user is to be followed", self.refused())

    def test_signal(self) -> None:
        """SIGUSR2 lets the users file be read again; what cannot be is told, and ends nothing."""
        users = Path(self.mktemp()).absolute()
        users.write_text("anna\n")
        with_file, without = self.daemon("--users-file", str(users)), self.daemon("anna")
        with_file.startService()
        for text, followed in (("bob\n", ["bob"]), ("no body\n", ["bob"])):
            users.write_text(text)
            with_file._reload()
            self.assertEqual(followed, list(with_file.live.status()))
        self.successResultOf(with_file.stopService())
        with capturedLogs() as logged:
            without._reload()
        self.assertIn("no users file", formatEvent(logged[0]) or "")

    def test_full(self) -> None:
        """A file that cannot be written is shown where outputs are that cannot."""
        daemon = self.daemon("anna")
        daemon.startService()
        failing: Any = daemon.getServiceNamed("state")
        self.assertEqual("", failing.failing)
        self.state.unlink(missing_ok=True)
        self.state.mkdir()
        daemon.live.add("bob")
        clock: Any = daemon.live.wiring.reactor
        clock.advance(1)
        self.assertIn("Is a directory", failing.failing)
        with capturedLogs() as logged:
            daemon.log_status()
        told = [line for each in logged if "Is a directory" in (line := formatEvent(each) or "")]
        self.assertEqual([f"The state file {self.state} fails: {failing.failing}"], told)
        self.state.rmdir()
        self.successResultOf(daemon.stopService())
        self.assertEqual("", failing.failing)
        self.assertIn("bob", self.state.read_text())

    def test_stays(self) -> None:
        """The users of the file are followed beside those of the command line."""
        self.state.write_text('{"v": 1, "users": [{"name": "bob"}], "removed": ["cem"]}')
        daemon = self.daemon("anna", "cem")
        daemon.startService()
        self.assertEqual(["anna", "bob"], list(daemon.live.status()))
        self.successResultOf(daemon.stopService())
