"""TikTok's web servers, asked as one visitor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from twisted.internet.defer import Deferred
from twisted.internet.task import Clock
from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.net.answers import Answer
from tiktoklive.net.identity import GuestIdentity
from tiktoklive.net.login import Login
from tiktoklive.net.tiktok import TikTokWeb
from tiktoklive.net.web import Web
from tiktoklive.pacing.lookups import LookUpQueue
from tiktoklive.testing import MemoryNetwork

URL = "https://webcast.tiktok.com/x"


class HeadersWeb(Web):
    """Remembers the headers of the last request."""

    headers: list[tuple[str, str]]
    status = 200
    answered: Mapping[str, Sequence[str]] = {}

    async def request(self, method: str, url: str, params: Any = (), **more: Any) -> Answer:
        self.headers = list(more["headers"])
        return Answer(self.status, "webcast.tiktok.com", self.answered, b"")


class AgentTests(SynchronousTestCase):
    """Which browser asks."""

    def setUp(self) -> None:
        self.web = HeadersWeb(MemoryNetwork(), Clock())

    def tiktok(self, **options: Any) -> TikTokWeb:
        """TikTok's servers."""
        return TikTokWeb(self.web, GuestIdentity(self.web, Clock(), Random(1)), **options)

    def agents(self, tiktok: TikTokWeb, **more: Any) -> list[str]:
        """The User-Agents of a request."""
        self.successResultOf(Deferred.fromCoroutine(tiktok.fetch(URL, **more)))
        return [value for name, value in self.web.headers if name.lower() == "user-agent"]

    def test_device(self) -> None:
        """The device, once, in front."""
        tiktok = self.tiktok()
        self.assertEqual([tiktok.device.user_agent], self.agents(tiktok, headers=[("A", "b")]))
        self.assertEqual(["User-Agent", "A"], [name for name, _ in self.web.headers])
        self.assertEqual(tiktok.device.user_agent, tiktok.user_agent)

    def test_user(self) -> None:
        """The user's, in whatever case its name is."""
        tiktok = self.tiktok(headers={"user-agent": "Mine"})
        self.assertEqual(["Mine"], self.agents(tiktok))
        self.assertEqual("Mine", tiktok.user_agent)

    def test_signed(self) -> None:
        """The one for which an address was signed goes over both."""
        self.assertEqual(["Theirs"], self.agents(self.tiktok(), agent="Theirs"))
        tiktok = self.tiktok(headers={"user-agent": "Mine"})
        self.assertEqual(["Theirs"], self.agents(tiktok, agent="Theirs"))


class TurnTests(SynchronousTestCase):
    """Requests that wait for their turn."""

    def setUp(self) -> None:
        self.clock = Clock()
        self.turns = LookUpQueue(self.clock, 60)
        self.web = HeadersWeb(MemoryNetwork(), self.clock)
        self.tiktok = TikTokWeb(self.web, GuestIdentity(self.web, self.clock, Random(1)))
        self.waiting = self.tiktok.in_line(self.turns.waiting)

    def fetch(self, tiktok: TikTokWeb) -> Deferred[Answer]:
        """A request."""
        return Deferred.fromCoroutine(tiktok.fetch(URL))

    def test_waits(self) -> None:
        """It is sent when its turn comes; that of others is sent at once."""
        for _ in range(5):
            self.successResultOf(self.fetch(self.waiting))
        asking = self.fetch(self.waiting)
        self.assertNoResult(asking)
        self.successResultOf(self.fetch(self.tiktok))
        self.clock.advance(1.1)
        self.successResultOf(asking)
        self.assertIs(self.tiktok.identity, self.waiting.identity)

    def test_rate_limited(self) -> None:
        """HTTP 429 makes all wait who stand in line, for as long as TikTok wants."""
        self.web.status, self.web.answered = 429, {"retry-after": ["30"]}
        self.successResultOf(self.fetch(self.tiktok))
        self.assertEqual(0, self.turns.closed_until)
        self.successResultOf(self.fetch(self.waiting))
        self.assertEqual(30, self.turns.closed_until)
        asking = self.fetch(self.waiting)
        self.clock.advance(29)
        self.assertNoResult(asking)
        self.clock.advance(1.1)
        self.successResultOf(asking)


class SessionTests(SynchronousTestCase):
    """Whether requests bring a session along."""

    def has(self, url: str = URL, **options: Any) -> bool:
        """Whether they do."""
        web = Web(MemoryNetwork(), Clock())
        return TikTokWeb(web, GuestIdentity(web, Clock(), Random(1)), **options).has_session(url)

    def test_login(self) -> None:
        """With a login that may go there."""
        self.assertTrue(self.has(login=Login("s")))
        self.assertFalse(self.has("http://relay.example/x", login=Login("s")))
        self.assertTrue(self.has("http://relay.example/x", login=Login("s", "", ["relay.example"])))

    def test_header(self) -> None:
        """With a cookie of the user's own headers."""
        self.assertTrue(self.has(headers={"Cookie": "a=b; sessionid=s"}))
        self.assertFalse(self.has(headers={"Cookie": "a=b"}))

    def test_none(self) -> None:
        """Guests have none."""
        self.assertFalse(self.has())
