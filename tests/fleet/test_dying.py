"""Redis and readers that are killed at random moments lose nothing, and nothing comes twice."""

from __future__ import annotations

import sys

from tests.fleet.server import MISSING
from tests.processes import ProcessTestCase


class KilledTests(ProcessTestCase):
    """A short form of ``python -m tests.fleet.dying``, which kills twenty times."""

    if MISSING:
        skip = MISSING

    def check(self, victim: str) -> None:
        """Nothing is wrong in the end."""
        command = [sys.executable, "-m", "tests.fleet.dying", victim, "3", "400"]
        process = self.spawn(command, seconds=110)
        assert process.stdout is not None
        said = process.stdout.read()
        self.assertEqual(0, process.wait(), said)
        self.assertIn("1200 confirmed, 1200 in the stream, 1200 in the archive, 0 gaps", said)

    def test_redis(self) -> None:
        """When Redis is killed, and started again, writer and reader go on, and all is there."""
        self.check("redis")

    def test_reader(self) -> None:
        """Each event is in the archive once, whatever its reader was doing when it was killed."""
        self.check("reader")
