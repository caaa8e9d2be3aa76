"""A full disk is told, what it costs is counted, and it is survived."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

from twisted.trial.unittest import SkipTest, SynchronousTestCase

CHECKOUT = Path(__file__).resolve().parent.parent.parent

#: Runs a command with a file system of its own, which nobody else sees, and goes with it;
#: and copies out of it what is there in the end.
_SMALL_DISK = 'mount -t tmpfs -o size=8m tmpfs "$0" && "$@" && cp -r "$0"/. "$0".saved/'

try:
    import resource  # noqa: F401 -- tells where there are limits
except ImportError:
    skip = "there are no limits on files here"


class FullDisk:
    """The tests, for each way to make a disk full."""

    def run_filling(self: Any, kind: str) -> tuple[dict[str, Any], Path]:
        """Let a process fill it; what it said, and its folder."""
        raise NotImplementedError

    def check_database(self: Any, kind: str) -> sqlite3.Connection:
        """Everything that was not counted as lost is there; nothing is broken."""
        said, folder = self.run_filling(kind)
        self.assertEqual(said["written"], said["committed"] + said["dropped"])
        self.assertGreater(said["dropped"], 0)
        [failed] = [line for line in said["log"] if f"{kind} cannot be written" in line]
        self.assertTrue(any(words in failed for words in ("disk is full", "I/O error")), failed)
        [again] = [line for line in said["log"] if line.startswith(f"{kind} works again")]
        self.assertNotIn(" 0 events lost", again)
        [path] = folder.glob("*.db")
        connection = sqlite3.connect(path)
        self.addCleanup(connection.close)
        self.assertEqual([("ok",)], connection.execute("PRAGMA integrity_check").fetchall())
        self.committed = said["committed"]
        return connection

    def test_jsonl(self: Any) -> None:
        """JSON lines: every line is whole, also while it is full, and those lost are counted."""
        self.check_lines("jsonl")

    def test_gathered(self: Any) -> None:
        """The same for lines that are gathered before they are written."""
        self.check_lines("gathered")

    def check_lines(self: Any, kind: str) -> None:
        """The lines of a file are those that were not counted as lost."""
        said, folder = self.run_filling(kind)
        self.assertTrue(said["whole"])
        lines = (folder / "events.jsonl").read_text("utf-8").splitlines()
        self.assertEqual(said["written"], len(lines) + said["dropped"])
        self.assertGreater(said["dropped"], 0)
        numbers = [int(json.loads(line)["data"]["comment"].split()[0]) for line in lines]
        self.assertEqual(list(range(len(lines))), numbers)
        self.assertIn("cannot be written", said["log"][0])
        self.assertIn(f"works again; {said['dropped']} lines lost", said["log"][-1])

    def test_sqlite(self: Any) -> None:
        """The archive."""
        connection = self.check_database("sqlite")
        self.assertEqual(
            [(self.committed,)], connection.execute("SELECT count(*) FROM events").fetchall()
        )

    def test_webhook(self: Any) -> None:
        """The outbox of webhooks, while the receiver is away too."""
        connection = self.check_database("webhook")
        [(waiting,)] = connection.execute("SELECT sum(events) FROM deliveries").fetchall()
        self.assertEqual(self.committed, waiting)


class FileLimitTests(FullDisk, SynchronousTestCase):
    """Files may not grow beyond some size."""

    def run_filling(self, kind: str) -> tuple[dict[str, Any], Path]:
        folder = Path(self.mktemp()).absolute()
        folder.mkdir()
        command = [sys.executable, "-m", "tests.outputs.filling", kind, str(folder), "limit"]
        return self.read(command), folder

    def read(self, command: list[str]) -> dict[str, Any]:
        """What a process says."""
        done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, timeout=120)
        self.assertEqual(0, done.returncode, done.stderr[-2000:])
        said: dict[str, Any] = json.loads(done.stdout)
        return said


class SmallDiskTests(FileLimitTests):
    """There is no space left on the device: a file system of 8 MB."""

    def run_filling(self, kind: str) -> tuple[dict[str, Any], Path]:
        folder = Path(self.mktemp()).absolute()
        folder.mkdir()
        saved = folder.with_name(f"{folder.name}.saved")
        saved.mkdir()
        if shutil.which("unshare") is None:
            raise SkipTest("there is no unshare(1)")
        isolated = ["unshare", "--mount", "sh", "-c", _SMALL_DISK, str(folder)]
        if subprocess.run([*isolated, "true"], capture_output=True).returncode:
            raise SkipTest("no file system may be mounted here: it takes root")
        command = [sys.executable, "-m", "tests.outputs.filling", kind, str(folder), "ballast"]
        return self.read([*isolated, *command]), saved
