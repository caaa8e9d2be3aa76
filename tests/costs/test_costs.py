"""One frame, answer or head costs less than 32 MiB and 250 ms, whatever is in it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from twisted.trial.unittest import SynchronousTestCase

from tests.costs import bombs
from tests.costs.measure import MEMORY, STEPS, can_measure
from tiktoklive.net.limits import MAX_ANSWER

CHECKOUT = Path(__file__).resolve().parents[2]


class CostTests(SynchronousTestCase):
    """
    What each input costs, with all that is made of it: measured in a process of its own.

    Time is told in the time that JSON of half a megabyte takes in the same process.
    """

    def costs(self, kind: str, count: int) -> None:
        """All inputs of a kind cost little; there are so many at least."""
        if not can_measure():
            self.skipTest("this system does not tell how much memory was taken")
        command = [sys.executable, "-m", "tests.costs.run", "--json", kind]
        done = subprocess.run(command, cwd=CHECKOUT, capture_output=True)
        self.assertEqual(0, done.returncode, done.stderr[-2000:])
        said = json.loads(done.stdout)
        found = said["costs"]
        self.assertGreaterEqual(len(found), count)
        much = {name: cost for name, cost in found.items() if cost[0] >= MEMORY}
        slow = {name: cost for name, cost in found.items() if cost[1] >= STEPS * said["yardstick"]}
        self.assertEqual(({}, {}), (much, slow))

    def test_frames(self) -> None:
        """A frame, its batch and messages, their events and lines in an output."""
        self.costs("frames", 60)

    def test_schema(self) -> None:
        """A frame that is full of one field that repeats, of every such field of the schema."""
        self.costs("schema", len(list(bombs.repeated())))

    def test_json(self) -> None:
        """An answer with JSON of any shape, as long as an answer may be."""
        self.costs("json", 80)

    def test_heads(self) -> None:
        """An answer whose head, interim answers, chunks or trailers do not end."""
        self.costs("heads", 18)


class BombTests(SynchronousTestCase):
    """The inputs are what they are meant to be."""

    def test_sizes(self) -> None:
        """What is nearly too much is not more than an answer may be."""
        for name, text in bombs.json_texts().items():
            with self.subTest(name):
                self.assertLessEqual(len(text), MAX_ANSWER)
