"""Which servers are asked, and that each has one budget."""

from __future__ import annotations

from twisted.internet.task import Clock
from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.servers import Budgets


class BudgetsTests(SynchronousTestCase):
    """One budget for each server."""

    def test_same_server(self) -> None:
        """Addresses of the same server, however they are written, have the same one."""
        budgets = Budgets(Clock(), 7)
        one = budgets.of("https://Sign.example")
        for other in (
            "https://sign.example/",
            "https://sign.example:443/api",
            "http://sign.example",
        ):
            self.assertIs(one, budgets.of(other))
        self.assertEqual(("sign.example", 7), (one.host, one.per_minute))

    def test_other_server(self) -> None:
        """Another host or port is another server."""
        budgets = Budgets(Clock(), 7)
        found = [
            budgets.of(base)
            for base in ("http://a.example", "http://b.example", "http://a.example:8081")
        ]
        self.assertEqual(3, len({id(each) for each in found}))
        self.assertEqual("a.example:8081", found[2].host)
