"""Nothing that was acknowledged is lost by kill -9."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

from twisted.trial.unittest import SynchronousTestCase

from tests.outputs.dying import EVENTS, SECRET, events
from tests.outputs.receiver import MISSING, HTTPReceiver

CHECKOUT = Path(__file__).resolve().parent.parent.parent

if not hasattr(os, "fork") or not hasattr(signal, "SIGKILL"):
    skip = "there is no kill -9 here"


class KilledTests(SynchronousTestCase):
    """A recorder is killed 20 times while it writes 10,000 events."""

    def run_dying(self, kind: str, where: str = "-") -> tuple[Path, set[str]]:
        """Let it die and live; its folder, and the keys that were acknowledged."""
        folder = Path(self.mktemp()).absolute()
        folder.mkdir()
        done = subprocess.run(
            [sys.executable, "-m", "tests.outputs.dying", kind, str(folder), where],
            cwd=CHECKOUT,
            capture_output=True,
            text=True,
            timeout=300,
        )
        self.assertEqual((0, f"{EVENTS}\n"), (done.returncode, done.stdout), done.stderr[-2000:])
        acknowledged = set((folder / "acknowledged").read_text("utf-8").split())
        self.assertEqual({event.id for event in events()}, acknowledged)
        return folder, acknowledged

    def test_sqlite(self) -> None:
        """Every event that was acknowledged is in the archive, once."""
        folder, acknowledged = self.run_dying("sqlite")
        connection = sqlite3.connect(folder / "events.db")
        self.addCleanup(connection.close)
        self.assertEqual([("ok",)], connection.execute("PRAGMA integrity_check").fetchall())
        stored = [key for (key,) in connection.execute("SELECT id FROM events")]
        self.assertEqual(sorted(acknowledged), sorted(stored))

    def test_webhook(self) -> None:
        """Every event that was acknowledged reaches the receiver, in deliveries that verify."""
        receiver = HTTPReceiver(SECRET)
        self.addCleanup(receiver.close)
        folder, acknowledged = self.run_dying("webhook", receiver.url)
        self.assertEqual([], receiver.wrong)
        # A recorder that starts anew sends again what it saw before: told apart by the id.
        self.assertEqual(acknowledged, {event["id"] for event in receiver.events})
        connection = sqlite3.connect(folder / "outbox.db")
        self.addCleanup(connection.close)
        for table in ("deliveries", "dead_letters"):
            self.assertEqual([], connection.execute(f"SELECT id FROM {table}").fetchall())

    if MISSING:
        test_webhook.skip = MISSING  # type: ignore[attr-defined]
