"""So many a minute and no more, by our own settings and by the server's word."""

from __future__ import annotations

from math import inf

from hypothesis import given
from hypothesis import strategies as st
from twisted.internet.task import Clock
from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.model import BudgetState
from tiktoklive.pacing.budget import Budget, Quota


class BudgetTestCase(SynchronousTestCase):
    """One budget, on a clock."""

    per_minute = 3

    def setUp(self) -> None:
        self.clock = Clock()
        self.clock.advance(1000)
        self.budget = Budget(self.clock, self.per_minute, "sign.example")

    def ask(self, quota: Quota | None = None) -> float:
        """Take one, which is back at once."""
        wait = self.budget.take()
        if not wait:
            self.budget.back(quota)
        return wait


class OwnTests(BudgetTestCase):
    """By our own settings."""

    def test_spent(self) -> None:
        """A minute's worth may come at once; then it says how long the next one takes."""
        self.assertEqual([0, 0], [self.ask(), self.ask()])
        self.clock.advance(20)
        self.assertEqual([0, 40, 40], [self.ask() for _ in range(3)])
        self.clock.advance(40)
        self.assertEqual([0, 0, 20], [self.ask() for _ in range(3)])

    def test_left(self) -> None:
        """How many are left can be seen without taking one."""
        self.assertEqual([3, 3], [self.budget.left, self.budget.left])
        self.ask()
        self.assertEqual(2, self.budget.left)
        self.clock.advance(60)
        self.assertEqual(3, self.budget.left)
        self.budget.close(10)
        self.assertEqual(0, self.budget.left)

    def test_less_than_one(self) -> None:
        """Less than one a minute is one in a longer time."""
        self.budget = Budget(self.clock, 0.5)
        self.assertEqual([0, 120], [self.ask(), self.ask()])

    def test_unspent(self) -> None:
        """A request that never left costs nothing."""
        for _ in range(10):
            self.assertEqual(0, self.budget.take())
            self.budget.unspent()
            self.budget.back()
        self.assertEqual(3, self.budget.left)

    def test_no_limit(self) -> None:
        """0 is no limit."""
        self.budget = Budget(self.clock, 0)
        self.assertEqual(({0}, inf), ({self.ask() for _ in range(1000)}, self.budget.left))

    def test_closed(self) -> None:
        """What is closed stays closed: as long as it is told, or for a minute."""
        self.budget.close(30)
        self.budget.close(5)
        self.assertEqual(30, self.ask())
        self.clock.advance(30)
        self.assertEqual(0, self.ask())
        self.budget.close(None)
        self.assertEqual(60, self.ask())

    def test_probe(self) -> None:
        """A longer time is tried: one after minutes; told is the whole, a day at most."""
        self.budget.close(1e9)
        for _ in range(3):
            self.assertEqual(300, self.ask())
            self.clock.advance(300)
            self.assertEqual(0, self.budget.take())
            self.assertEqual(300, self.budget.take())
            self.budget.back()  # nobody answered
        self.assertEqual(1000 + 86_400, self.budget.state().again_at)

    def test_probe_answered(self) -> None:
        """An answer to the one that is tried opens it again; a refusal does not."""
        self.budget.close(86_400)
        self.clock.advance(300)
        self.budget.take()
        self.budget.back()
        self.budget.close(86_400)
        self.assertEqual(300, self.ask())
        self.clock.advance(300)
        self.budget.take()
        self.budget.back(answered=True)
        self.assertEqual([0, 0], [self.ask(), self.budget.closed_for()])

    def test_figures_of_an_answered_probe(self) -> None:
        """What the answer to the one that is tried tells counts, in the same window too."""
        self.ask(Quota(limit=9, remaining=5, seconds=1000))
        self.budget.close(900)
        self.clock.advance(300)
        self.budget.take()
        self.budget.back(Quota(limit=9, remaining=2, seconds=700), answered=True)
        self.assertEqual((2, 0.0), (self.budget.left, self.budget.closed_for()))

    def test_spent_by_its_figures(self) -> None:
        """What its figures agree on, none left and until when, is tried every hour only."""
        self.ask(Quota(limit=100, remaining=0, seconds=40_000))
        self.budget.close(40_000)
        self.assertEqual(3600, self.ask())
        self.setUp()
        self.ask(Quota(limit=100, remaining=7, seconds=40_000))
        self.budget.close(40_000)
        self.assertEqual(300, self.ask())
        self.setUp()
        self.ask(Quota(limit=100, remaining=0, seconds=40))  # of another limit
        self.budget.close(40_000)
        self.assertEqual(300, self.ask())

    def test_state(self) -> None:
        """What is told of it."""
        state = self.budget.state()
        self.assertEqual(BudgetState("sign.example", 3, None, 3, None), state)
        self.ask(Quota(limit=9, remaining=0, seconds=45))
        state = self.budget.state()
        self.assertEqual((9, 0, 1045), (state.told, state.left, state.again_at))


class ToldTests(BudgetTestCase):
    """By the server's word alone."""

    per_minute = 0

    def test_none_remain(self) -> None:
        """When none remain, nobody asks until the window is over."""
        self.assertEqual([0, 45], [self.ask(Quota(remaining=0, seconds=45)), self.ask()])
        self.clock.advance(45)
        self.assertEqual(0, self.ask())

    def test_some_remain(self) -> None:
        """As many as remain may come, however often our own settings let them."""
        self.ask(Quota(remaining=2, seconds=3600))
        self.assertEqual([0, 0, 3600], [self.ask() for _ in range(3)])

    def test_until_when_is_unknown(self) -> None:
        """If it does not tell until when, it is a minute."""
        self.assertEqual([0, 60], [self.ask(Quota(remaining=0)), self.ask()])

    def test_limit(self) -> None:
        """Its limit counts in the next windows too, before it says anything there."""
        self.ask(Quota(limit=2, remaining=1, seconds=600))
        self.assertEqual([0, 600], [self.ask(), self.ask()])
        self.clock.advance(600)
        self.assertEqual([0, 0, 600], [self.ask() for _ in range(3)])

    def test_limit_alone(self) -> None:
        """A limit without more is one of a minute, or of the window that it tells."""
        for quota, window in ((Quota(limit=2), 60), (Quota(limit=2, window=3600), 3600)):
            self.setUp()
            self.assertEqual([0, 0, window], [self.ask(quota) for _ in range(3)])

    def test_under_way(self) -> None:
        """Those that are under way may be counted already, or not: they count."""
        for _ in range(3):
            self.budget.take()
        self.budget.back(Quota(limit=5, remaining=4, seconds=60))
        self.assertEqual(2, self.budget.left)

    def test_overtaken(self) -> None:
        """Answers that overtake each other do not bring anything back."""
        self.budget.take()
        self.budget.take()
        self.budget.back(Quota(limit=5, remaining=3, seconds=60))
        self.budget.back(Quota(limit=5, remaining=4, seconds=60))
        self.assertEqual(2, self.budget.left)

    def test_both(self) -> None:
        """Of our own limit and its, the lower one counts."""
        for per_minute, remaining, left in ((3, 100, 2), (100, 3, 3)):
            self.budget = Budget(self.clock, per_minute)
            self.ask(Quota(remaining=remaining, seconds=60))
            self.assertEqual(left, self.budget.left)

    @given(
        st.integers(1, 8),
        st.integers(1, 300),
        st.lists(st.tuples(st.sampled_from("tttb"), st.floats(0, 30)), max_size=120),
    )
    def test_never_refused(self, limit: int, window: int, steps: list[tuple[str, float]]) -> None:
        """Once it has told its limit, a server need not refuse anybody, however late it answers."""
        clock = Clock()
        budget = Budget(clock, 0)
        until, used = 0.0, 0
        under_way: list[Quota] = []

        def arrive() -> bool:
            """At the server."""
            nonlocal until, used
            now = clock.seconds()
            if now >= until:
                until, used = now + window, 0
            used += 1
            under_way.append(Quota(limit, max(limit - used, 0), until - now))
            return used <= limit

        budget.take()
        arrive()
        budget.back(under_way.pop())
        for what, seconds in steps:
            clock.advance(seconds)
            if what == "b" and under_way:
                # Told when the request arrived; what the clock says of it is old by now.
                quota = under_way.pop(0)
                told = Quota(quota.limit, max(limit - used, 0), max(until - clock.seconds(), 0))
                budget.back(told)
            elif what == "t" and not budget.take():
                self.assertTrue(arrive())
