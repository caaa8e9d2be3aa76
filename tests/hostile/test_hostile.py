"""The short form of the hostile servers, against a daemon in a process of its own."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from unittest import skipUnless

from tests.processes import CHECKOUT, ProcessTestCase


@skipUnless(Path("/proc/self/clear_refs").exists(), "memory at the peak is told by Linux only")
class ShortTests(ProcessTestCase):
    """What one frame, answer or client may cost, and what must not be lost by it."""

    def test_short(self) -> None:
        """
        No attack costs memory beyond the bound, another room's events, or a secret; how long
        others wait is printed by ``python -m tests.hostile``, and asserted nowhere.
        """
        process = self.spawn(
            [sys.executable, "-m", "tests.hostile", "--short"], cwd=CHECKOUT, seconds=500
        )
        said, _ = process.communicate()
        rows = json.loads(said.splitlines()[-1])["rows"]
        wrong = {
            row["name"]: problems
            for row in rows
            if (problems := [each for each in row["problems"] if each != "stall"])
        }
        self.assertEqual({}, wrong, said)
        self.assertTrue(rows)
