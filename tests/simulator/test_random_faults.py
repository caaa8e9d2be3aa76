"""Faults that come by chance, as often as was said."""

from __future__ import annotations

from random import Random

from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.simulator.random_faults import RandomFaults
from tiktoklive.simulator.settings import parse_faults


class RandomFaultsTests(SynchronousTestCase):
    """What happens at random."""

    def test_parse(self) -> None:
        """Percentages by name; anything else is refused, with the name."""
        self.assertEqual(
            {"reset": 0.001, "garbage": 0.02, "http": 1.0},
            parse_faults("reset=0.1, garbage=2,http=100"),
        )
        for text in ("boom=1", "reset", "reset=", "reset=x", "http=-1", "http=101", "http=nan", ""):
            error = self.assertRaises(ValueError, parse_faults, text)
            self.assertIn(text.partition("=")[0], str(error))

    def test_rates(self) -> None:
        """Each happens as often as said, and nothing that was not asked for."""
        random_faults = RandomFaults({"garbage": 0.25, "refuse": 0.5}, Random(2))
        faults = [random_faults.of_batch() for _ in range(4000)]
        kinds = {fault.kind for fault in faults if fault is not None}
        self.assertEqual({"garbage"}, kinds)
        self.assertIn(sum(fault is not None for fault in faults), range(900, 1100))
        self.assertIn(sum(random_faults.refuses() for _ in range(1000)), range(440, 560))
        self.assertIsNone(random_faults.of_answer())
        self.assertEqual(0, random_faults.pause())
