"""Look-ups in our own time, each where it belongs, and refusals that make all slower."""

from __future__ import annotations

import re

from twisted.internet.defer import Deferred
from twisted.internet.task import Clock
from twisted.trial.unittest import SynchronousTestCase
from zope.interface import implementer
from zope.interface.verify import verifyObject

from tests.seams import Resolver
from tests.stack.case import SILENT, StackTestCase
from tiktoklive.errors import (
    AllFailedError,
    BlockedError,
    ConnectError,
    RateLimitedError,
    SignatureRateLimitError,
    UserOfflineError,
)
from tiktoklive.interfaces import IPatientResolver, IRoomResolver
from tiktoklive.model import Room, Status
from tiktoklive.options import Options
from tiktoklive.pacing.lookups import BURST, LookUpQueue, Priority
from tiktoklive.rooms import PacedResolver
from tiktoklive.service import LiveService
from tiktoklive.simulator import Answer
from tiktoklive.simulator.requests import Request


@implementer(IRoomResolver)
class InLine:
    """Asks another resolver when its turn comes."""

    def __init__(self, line: Priority, inner: Resolver) -> None:
        self.line = line
        self.inner = inner

    async def resolve(self, unique_id: str) -> Room:
        await self.line.take()
        return await self.inner.resolve(unique_id)


class PacedTests(SynchronousTestCase):
    """One resolver, on a clock."""

    def setUp(self) -> None:
        self.clock = Clock()
        self.inner = Resolver()
        self.turns = LookUpQueue(self.clock, 60)
        self.paced = PacedResolver(lambda line: InLine(line, self.inner), self.turns)

    def ask(self, *names: str) -> list[Deferred[Room]]:
        """Look for users, all at once, as somebody who can wait."""
        patient = self.paced.patient

        async def look(name: str) -> Room:
            return await patient.resolve(name)

        return [Deferred.fromCoroutine(look(name)) for name in names]

    def pass_time(self, seconds: float) -> None:
        """Let time pass, in small steps."""
        for _ in range(int(seconds * 10)):
            self.clock.advance(0.1)

    @property
    def asked(self) -> list[str]:
        """Who was looked up, in order."""
        return [name for (name,) in self.inner.questions]

    def test_interfaces(self) -> None:
        """It is a resolver like any other, and so is that for those who can wait."""
        verifyObject(IPatientResolver, self.paced)
        verifyObject(IRoomResolver, self.paced.patient)

    def test_waited_for(self) -> None:
        """Whose answer somebody waits for goes before those who wait for a broadcast."""
        self.ask(*(f"user{number}" for number in range(20)))
        asked = Deferred.fromCoroutine(self.paced.resolve("alice"))
        self.pass_time(1.2)
        self.successResultOf(asked)
        self.assertEqual((BURST + 1, "alice"), (len(self.asked), self.asked[-1]))

    def test_lost_rooms_first(self) -> None:
        """Who was live goes before those who were not, whoever looked them up."""
        self.successResultOf(Deferred.fromCoroutine(self.paced.resolve("alice")))
        self.ask(*(f"user{number}" for number in range(20)))
        self.ask("alice")
        self.pass_time(1.3)
        self.assertEqual("alice", self.asked[-1])

    def test_not_live_any_more(self) -> None:
        """Who is not live any more waits in line with the others."""
        self.ask("alice")
        self.inner.answers = [UserOfflineError("off")]
        for each in self.ask("alice"):
            self.failureResultOf(each, UserOfflineError)
        for each in self.ask(*(f"user{number}" for number in range(20)), "alice"):
            each.addErrback(lambda failure: None)
        self.pass_time(2.5)
        self.assertNotIn("alice", self.asked[2:])

    def test_nobody_knows(self) -> None:
        """Who was live still goes before others after a look-up that told nothing of them."""
        self.ask("alice")
        self.inner.answers = [ConnectError("down"), Room("alice", "1")]
        self.failureResultOf(self.ask("alice")[0], ConnectError)
        self.ask(*(f"user{number}" for number in range(20)))
        self.ask("alice")
        self.pass_time(1.3)
        self.assertEqual("alice", self.asked[-1])

    def test_refusals(self) -> None:
        """Blocks make it slower; any other answer counts as one, and a sign server's as none."""
        usual = self.turns.distance
        for error, factor in (
            (BlockedError("403"), 2),
            (AllFailedError("no", [("a", BlockedError("403")), ("b", UserOfflineError("?"))]), 4),
            (SignatureRateLimitError("429"), 4),
            (RateLimitedError("429"), 4),  # whoever heard it has told
            (UserOfflineError("off"), 4 * 0.8),
        ):
            self.inner.answers = [error]
            [asked] = self.ask("alice")
            self.pass_time(60)
            self.failureResultOf(asked, type(error))
            self.assertAlmostEqual(usual * factor, self.turns.distance)
        self.inner.answers = [Room("alice", "1")]
        for _ in range(10):
            self.ask("alice")
            self.pass_time(10)
        self.assertEqual(usual, self.turns.distance)

    def test_asked_to_wait(self) -> None:
        """A block that tells for how long is heeded by all."""
        self.inner.answers = [BlockedError("403", retry_after=50), Room("bea", "1")]
        self.failureResultOf(self.ask("alice")[0], BlockedError)
        [other] = self.ask("bea")
        self.pass_time(49)
        self.assertNoResult(other)
        self.pass_time(2)
        self.successResultOf(other)


class ServiceTests(StackTestCase):
    """Many who are waited for, through the whole stack."""

    def serve(self, options: Options, names: list[str]) -> LiveService:
        """Follow these."""
        self.wiring = self.wire(options)
        service = LiveService(self.wiring)
        self.services.append(service)
        for name in names:
            service.add(name)
        service.startService()
        return service

    def minutes(self, number: int, most: int) -> None:
        """Let minutes pass; in none, wherever it begins, there are more requests to TikTok."""
        for _ in range(number):
            self.settle(60)
        times = [each.at for each in self.web_requests()]
        self.assertGreater(len(times), most)
        for at in times:
            self.assertLessEqual(sum(at <= time < at + 60 for time in times), most)

    def web_requests(self) -> list[Request]:
        """What look-ups ask TikTok for: the JSON, the live page, the details of the room."""
        path = re.compile(r"/api-live/.*|/@\w+/live|/webcast/room/info/")
        return [each for each in self.tiktok.requests if path.fullmatch(each.path)]

    def test_five_hundred(self) -> None:
        """Five hundred who wait cost no more requests in any minute than are allowed."""
        names = [f"user{number}" for number in range(500)]
        for name in names:
            self.tiktok.add_room(name, status=Status.ENDED)
        self.serve(Options(), names)
        self.minutes(10, 60)
        asked = {each.parameter("uniqueId") for each in self.lookups()}
        self.assertEqual(set(names), asked)

    def test_pages_and_details(self) -> None:
        """The page that is asked instead counts, and so do the details, and a redirect."""
        names = [f"user{number}" for number in range(40)]
        for number, name in enumerate(names):
            self.tiktok.add_room(name)
            self.tiktok.answer_next("/api-live/user/room/", Answer(500))
            if number % 4 == 0:
                where = (("Location", f"/@{name}/live?lang=en"),)
                self.tiktok.answer_next(f"/@{name}/live", Answer(302, headers=where))
        service = self.serve(Options(lookups_per_minute=30, limits=SILENT), names)
        self.minutes(5, 30)
        self.assertEqual({"live"}, {each.phase for each in service.status().values()})
        self.assertEqual(40 + 50 + 40, len(self.web_requests()))

    def test_somebody_waits(self) -> None:
        """Somebody who asks has the answer within seconds, whoever else waits."""
        names = [f"user{number}" for number in range(300)]
        for name in names:
            self.tiktok.add_room(name, status=Status.ENDED)
        service = self.serve(Options(limits=SILENT), names)
        self.settle(30)
        self.tiktok.rooms["user299"].go_live()
        info = service.room_info("user299")
        connected = self.connection().connect()
        self.settle(7)
        self.assertEqual("user299", self.successResultOf(info)["owner"]["display_id"])
        self.assertTrue(self.successResultOf(connected).is_connected)

    def test_lost_room(self) -> None:
        """A room that is lost is back within seconds, although hundreds wait for a broadcast."""
        names = [f"user{number}" for number in range(300)]
        for name in names:
            self.tiktok.add_room(name, status=Status.ENDED)
        service = self.serve(Options(limits=SILENT), ["alice", *names])
        self.settle(30)
        self.assertEqual("live", service.status()["alice"].phase)
        self.room.drop()
        self.settle(10)
        self.assertEqual("live", service.status()["alice"].phase)

    def test_refused(self) -> None:
        """When TikTok refuses, everybody becomes slower, and waits for as long as it wants."""
        self.tiktok.answer_next(
            "/api-live/user/room/", Answer(429, headers=(("Retry-After", "100"),))
        )
        self.follow()
        self.follow("@bea")
        self.settle(99)
        self.assertEqual({"alice"}, {each.parameter("uniqueId") for each in self.lookups()})
        self.tiktok.add_room("bea")
        self.settle(60)
        self.assertEqual({"live"}, {each.get_state().phase for each in self.services})
