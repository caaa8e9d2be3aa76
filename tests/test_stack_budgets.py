"""The whole stack: sources that rest, and sign servers that are not asked too often."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.stack import StackTestCase
from tiktoklive.breaker import Tolerance
from tiktoklive.conversation import Limits
from tiktoklive.errors import ForeignPushServerError, SourceRestingError
from tiktoklive.events import Connected
from tiktoklive.options import Options
from tiktoklive.service import LiveService

TWO = Options(sources=("signed", "direct"), tolerance=Tolerance(failures=3, rest=30))


class BudgetTestCase(StackTestCase):
    """Many rooms of one wiring."""

    def serve(self, options: Options, rooms: int) -> LiveService:
        """Follow so many users, one after the other."""
        silent = Limits(deaf_after=None)  # nothing happens in these rooms
        self.wiring = self.wire(replace(options, lookups_per_minute=0, limits=silent))
        service = LiveService(self.wiring)
        service.add_observer(self.seen)
        self.services.append(service)
        service.startService()
        for number in range(rooms):
            self.tiktok.add_room(f"user{number}")
            service.add(f"user{number}")
            self.settle(0.1)
        return service

    def fetches(self) -> list[Any]:
        """Requests for tickets that arrived at the sign server."""
        return [each for each in self.tiktok.requests if each.path.endswith("/connect")]

    def sources(self) -> list[str]:
        """By which source each room was entered, in order."""
        return [event.origin.source for event in self.seen.of(Connected)]


class BreakerTests(BudgetTestCase):
    """A source that fails."""

    def test_next_source(self) -> None:
        """A stub in the place of a batch leads to the next source at once; then nobody asks."""
        self.tiktok.sign_server.fail("stub", times=99)
        self.serve(TWO, 8)
        self.assertEqual(["direct"] * 8, self.sources())
        self.assertEqual(3, len(self.fetches()))
        [signed, direct] = self.wiring.sources
        self.assertEqual(("open", "closed"), (signed.state, direct.state))

    def test_comes_back(self) -> None:
        """After its rest one room probes, and when that works, all use it again."""
        self.tiktok.sign_server.fail("stub", times=3)
        self.serve(TWO, 4)
        self.settle(31)
        self.assertEqual("half-open", self.wiring.sources[0].state)
        self.tiktok.rooms["user0"].drop()
        self.settle(5)
        self.assertEqual(("signed", "closed"), (self.sources()[-1], self.wiring.sources[0].state))

    def test_told(self) -> None:
        """When there is no other source, the error says that it rests, why, and until when."""
        self.tiktok.sign_server.fail("stub", times=3)
        self.wiring = self.wire(replace(TWO, sources=("signed",)))
        for _ in range(3):
            connected = self.connection(wiring=self.wiring).connect()
            self.settle(3)
            self.refused(connected, ForeignPushServerError)
        connected = self.connection(wiring=self.wiring).connect()
        self.settle(3)
        error = self.refused(connected, SourceRestingError)
        self.assertTrue(20 < error.retry_after < 30)
        self.assertIn("push server", str(error))

    def test_single_room(self) -> None:
        """A service with one source outlasts its rests and gets in when it works again."""
        self.tiktok.sign_server.fail("stub", times=6)
        service = self.serve(replace(TWO, sources=("signed",)), 1)
        self.settle(600)
        self.assertEqual("live", service.status()["user0"].phase)
        self.assertEqual(7, len(self.fetches()))


class BudgetTests(BudgetTestCase):
    """What a sign server is asked for."""

    def test_sign_server(self) -> None:
        """No more tickets a minute than the budget has; the others go by the next source."""
        self.serve(replace(TWO, sign_requests_per_minute=5), 12)
        self.assertEqual({"signed": 5, "direct": 7}, self.count())
        self.assertEqual(5, len(self.fetches()))

    def count(self) -> dict[str, int]:
        """How many rooms were entered by each source."""
        found = self.sources()
        return {name: found.count(name) for name in set(found)}

    def test_spread(self) -> None:
        """Where there is no other, they wait for their turn; none is asked twice in vain."""
        service = self.serve(Options(sources=("signed",), sign_requests_per_minute=5), 12)
        self.settle(59)
        self.assertEqual(5, len(self.fetches()))
        self.settle(300)
        self.assertEqual({"live"}, {each.phase for each in service.status().values()})
        self.assertEqual(12, len(self.fetches()))

    def test_rate_limit(self) -> None:
        """A sign server that wants fewer requests is left alone by all rooms until then."""
        self.tiktok.sign_server.fail("rate limit")
        self.serve(TWO, 5)
        self.assertEqual(["direct"] * 5, self.sources())
        self.assertEqual(1, len(self.fetches()))
        self.settle(22)
        self.tiktok.rooms["user0"].drop()
        self.settle(10)
        self.assertEqual(("signed", 2), (self.sources()[-1], len(self.fetches())))
