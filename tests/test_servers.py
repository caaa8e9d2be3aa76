"""Which servers are asked, and that each has one budget."""

from __future__ import annotations

from typing import Any

from twisted.internet.task import Clock
from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.options import Options, RequestOptions, WebsocketOptions
from tiktoklive.servers import Budgets, placed


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


class PlacedTests(SynchronousTestCase):
    """A simulator in the place of all who are asked."""

    def hosts(self, host: str = "127.0.0.1", **options: Any) -> tuple[str, ...]:
        """Which hosts may get a session."""
        return placed(Options(simulator=f"{host}:8090", **options)).session_hosts

    def test_here(self) -> None:
        """One on this machine may have a session, and no other that is not named."""
        for host in ("127.0.0.1", "127.8.8.8", "localhost"):
            self.assertEqual((host,), self.hosts(host))
        self.assertEqual(("::1",), self.hosts("[::1]"))
        for host in ("10.0.0.1", "localhost.example", "127.0.0.1.example", "0.0.0.0", "127.1"):
            self.assertEqual((), self.hosts(host))
        self.assertEqual(("a.example",), self.hosts("a.example", session_hosts=("a.example",)))

    def test_proxy(self) -> None:
        """Behind a proxy the names of this machine are those of another."""
        proxy = "http://proxy.example:3128"
        self.assertEqual((), self.hosts(request_options=RequestOptions(proxy=proxy)))
        self.assertEqual((), self.hosts(websocket_options=WebsocketOptions(proxy=proxy)))
