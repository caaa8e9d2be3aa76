"""No input of at most 64 KiB makes a reader take much memory or time."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from twisted.trial.unittest import SynchronousTestCase

from tests.costs.measure import Cost, can_measure
from tests.fuzz.costing import too_much
from tests.fuzz.readers import READERS

CHECKOUT = Path(__file__).resolve().parents[2]


class CostingTests(SynchronousTestCase):
    """Some inputs for each reader, always the same; ``tests.fuzz.run`` tries more."""

    def test_readers(self) -> None:
        """What is made to become much does not."""
        if not can_measure():
            self.skipTest("this system does not tell how much memory was taken")
        command = [sys.executable, "-m", "tests.fuzz.costing", "--relative", "--most", "12"]
        done = subprocess.run(command, cwd=CHECKOUT, capture_output=True)
        self.assertEqual(0, done.returncode, done.stderr[-2000:])
        said = [json.loads(line) for line in done.stdout.splitlines()]
        self.assertEqual(list(READERS), [each["reader"] for each in said])
        self.assertEqual([], [each for each in said if each["found"] or each["inputs"] < 12])

    def test_too_much(self) -> None:
        """What costs too much is found, and found again before it is told."""
        if not can_measure():
            self.skipTest("this system does not tell how much memory was taken")
        self.assertTrue(too_much(Cost(1 << 30, 0.0), lambda: bytes(1 << 26) + bytes(1)))
        self.assertFalse(too_much(Cost(1 << 30, 0.0), lambda: None))
