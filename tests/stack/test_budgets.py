"""The whole stack: sources that rest, and sign servers that are not asked too often."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from twisted.internet.task import LoopingCall
from twisted.logger import capturedLogs, formatEvent

from tests.stack.case import StackTestCase
from tiktoklive.errors import AllFailedError, ForeignPushServerError, SourceRestingError
from tiktoklive.events import Connected
from tiktoklive.options import Options, SignProviderOptions
from tiktoklive.pacing.breaker import Tolerance
from tiktoklive.service import LiveService
from tiktoklive.simulator import Answer
from tiktoklive.stream.conversation import Limits

TWO = Options(sources=("signed", "direct"), tolerance=Tolerance(failures=3, rest=30))


class BudgetTestCase(StackTestCase):
    """Many rooms of one wiring."""

    #: Nothing happens in these rooms.
    limits = Limits(deaf_after=None)

    def serve(self, options: Options, rooms: int) -> LiveService:
        """Follow so many users, one after the other."""
        self.wiring = self.wire(replace(options, lookups_per_minute=0, limits=self.limits))
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

    def test_told_limit(self) -> None:
        """What the server tells is heeded: it need not refuse anybody, whoever wants a ticket."""
        self.tiktok.sign_server.allow(4, 300)
        service = self.serve(Options(sources=("signed",), sign_requests_per_minute=60), 10)
        self.settle(290)
        self.assertEqual(4, len(self.fetches()))
        signed = service.sources_status().sources[0]
        [budget] = signed.budgets
        self.assertEqual(("api.eulerstream.com", 4, 0), (budget.host, budget.told, budget.left))
        self.assertTrue(0 < (budget.again_at or 0) - self.clock.seconds() <= 60)
        self.settle(700)
        self.assertEqual({"live"}, {each.phase for each in service.status().values()})
        self.assertEqual(10, len(self.fetches()))
        self.assertEqual("closed", signed.state)

    def test_one_server(self) -> None:
        """Sources that ask the same server share its budget."""
        options = Options(
            sources=("classic", "signed", "direct"),
            sign_base="https://api.eulerstream.com",
            sign_requests_per_minute=3,
        )
        self.serve(options, 5)
        classic, signed, direct = self.wiring.sources
        self.assertIs(classic.budgets[0], signed.budgets[0])
        self.assertEqual((), direct.budgets)
        asked = [each for each in self.tiktok.requests if "sign_url" in each.path]
        self.assertEqual(3, len(asked) + len(self.fetches()))
        self.assertIn("direct", self.sources())

    def test_lookups_of_a_server(self) -> None:
        """With a key the sign server is asked for rooms too: that costs as much."""
        self.tiktok.behaviour.sign_keys = {"k3y"}
        self.wiring = self.wire(
            Options(
                sources=("direct",),
                sign_provider_options=SignProviderOptions(api_key="k3y"),
                sign_requests_per_minute=2,
                lookups_per_minute=0,
            )
        )
        for status in (True, True, False):
            for path in ("/api-live/user/room/", "/@alice/live"):
                self.tiktok.answer_next(path, Answer(500))
            found = self.connection().fetch_is_live()
            self.settle()
            if status:
                self.assertTrue(self.successResultOf(found))
            else:
                error = self.failureResultOf(found, AllFailedError).value
                self.assertIn("asked as often as it may be already", str(error))


class DeafTests(BudgetTestCase):
    """Sources that let everybody in, and whose streams are of no use."""

    def test_deaf(self) -> None:
        """When the rooms of a source are deaf, those that come later don't try it."""
        self.limits = Limits(deaf_after=30)
        options = replace(TWO, tolerance=Tolerance(failures=3, rest=3000))
        service = self.serve(options, 4)
        counting = LoopingCall(self.count_viewers)
        counting.clock = self.clock
        counting.start(5)
        self.settle(10)
        for room in list(self.tiktok.rooms.values()):
            room.deafen()
        self.settle(80)
        self.assertEqual(["signed"] * 4 + ["direct"] * 4, self.sources())
        state = service.sources_status().sources[0]
        self.assertEqual(("signed", "open"), (state.name, state.state))
        self.assertIn("No message arrived for 30 s", state.why)
        service.add("alice")
        self.settle(5)
        self.assertEqual(("direct", 4), (self.sources()[-1], len(self.fetches())))
        counting.stop()

    def test_one_deaf_room(self) -> None:
        """A single deaf room changes its own source only."""
        self.limits = Limits(deaf_after=30)
        service = self.serve(TWO, 4)
        counting = LoopingCall(self.count_viewers)
        counting.clock = self.clock
        counting.start(5)
        for _ in range(4):
            self.tiktok.rooms["user0"].deafen()
            self.settle(80)
        self.assertEqual("closed", service.sources_status().sources[0].state)
        others = [e for e in self.seen.of(Connected) if e.anchor != "user0"]
        self.assertEqual(["signed"] * 3, [event.origin.source for event in others])
        self.assertIn("direct", self.sources())
        counting.stop()

    def count_viewers(self) -> None:
        """Let each room push the number of its viewers."""
        for room in self.tiktok.rooms.values():
            room.push([("WebcastRoomUserSeqMessage", b"")])

    def test_closed_at_once(self) -> None:
        """A single room whose streams are closed at once gets in by the next source."""
        self.serve(TWO, 0)
        connection = self.follow("@alice", self.wiring)
        for _ in range(60):
            if self.seen.of(Connected)[-1].origin.source == "direct":
                break
            self.room.drop(clean=True)
            self.settle(2)
        self.settle(30)
        self.assertEqual("live", connection.get_state().phase)
        self.assertEqual(["signed"] * 3 + ["direct"], self.sources())


class StatusTests(BudgetTestCase):
    """What is told of the sources."""

    def test_log(self) -> None:
        """A line for each source and one for the look-ups, when somebody wants to know."""
        self.tiktok.sign_server.fail("stub", times=3)
        service = self.serve(TWO, 4)
        with capturedLogs() as logged:
            service.log_status()
        signed, direct, lookups = [formatEvent(each) for each in logged][-3:]
        self.assertIn(
            "Source signed: rests after failures for 30 s more, api.eulerstream.com may be asked",
            signed,
        )
        self.assertIn("push server", signed)
        self.assertEqual("Source direct: works", direct)
        self.assertEqual("Look-ups: 0 wait", lookups)

    def test_lookups(self) -> None:
        """How many wait, how far apart they are, and until when TikTok wants none."""
        self.tiktok.answer_next(
            "/api-live/user/room/", Answer(429, headers=(("Retry-After", "300"),))
        )
        service = LiveService(self.wiring)
        self.services.append(service)
        service.startService()
        for number in range(20):
            service.add(f"user{number}")
        self.settle(10)
        lookups = service.sources_status().lookups
        self.assertEqual(17, lookups.queued)
        self.assertTrue(60.06 / 56 <= lookups.distance < 1.2, lookups.distance)
        self.assertTrue(280 < (lookups.closed_until or 0) - self.clock.seconds() < 300)
        self.settle(900)
        lookups = service.sources_status().lookups
        self.assertEqual((0, None), (lookups.queued, lookups.closed_until))
