"""So many a minute, and no more."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from twisted.internet.task import Clock
from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.budget import Budget


class BudgetTests(SynchronousTestCase):
    """One budget, on a clock."""

    def test_spent(self) -> None:
        """When the first few are spent, it says how long the next one takes."""
        clock = Clock()
        budget = Budget(clock, 6, burst=2)
        self.assertEqual([0, 0, 10], [budget.take() for _ in range(3)])
        clock.advance(4)
        self.assertEqual(6, budget.take())
        clock.advance(6)
        self.assertEqual(0, budget.take())

    def test_left(self) -> None:
        """How many are left can be seen without spending one."""
        clock = Clock()
        budget = Budget(clock, 6, burst=2)
        self.assertEqual([2, 2], [budget.left, budget.left])
        budget.take()
        self.assertEqual(1, budget.left)
        clock.advance(5)
        self.assertEqual(1.5, budget.left)
        clock.advance(500)
        self.assertEqual(2, budget.left)
        budget.close(10)
        self.assertEqual(0, budget.left)
        self.assertEqual(float("inf"), Budget(clock, 0).left)

    def test_no_limit(self) -> None:
        """0 is no limit; what is closed stays closed."""
        clock = Clock()
        budget = Budget(clock, 0)
        self.assertEqual({0}, {budget.take() for _ in range(1000)})
        budget.close(30)
        budget.close(5)
        self.assertEqual(30, budget.take())
        clock.advance(30)
        self.assertEqual(0, budget.take())
        budget.close(1e9)
        self.assertEqual(3600, budget.take())

    @given(st.integers(1, 100), st.integers(1, 20), st.lists(st.floats(0, 100), max_size=200))
    def test_never_more(self, per_minute: int, burst: int, pauses: list[float]) -> None:
        """In no minute are more let through than the minute's and the burst; waiting helps."""
        clock = Clock()
        budget = Budget(clock, per_minute, burst)
        let: list[float] = []
        for pause in pauses:
            clock.advance(pause)
            early = budget.take()
            if early:
                clock.advance(early)
                self.assertEqual(0, budget.take())
            let.append(clock.seconds())
            recent = [at for at in let if at > clock.seconds() - 60]
            self.assertLessEqual(len(recent), per_minute + burst)
