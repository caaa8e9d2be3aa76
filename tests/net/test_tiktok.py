"""TikTok's web servers, asked as one visitor."""

from __future__ import annotations

from random import Random
from typing import Any

from twisted.internet.defer import Deferred
from twisted.internet.task import Clock
from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.net.identity import GuestIdentity
from tiktoklive.net.login import Login
from tiktoklive.net.tiktok import TikTokWeb
from tiktoklive.net.web import Answer, Web
from tiktoklive.testing import MemoryNetwork

URL = "https://webcast.tiktok.com/x"


class HeadersWeb(Web):
    """Remembers the headers of the last request."""

    headers: list[tuple[str, str]]

    async def request(self, method: str, url: str, params: Any = (), **more: Any) -> Answer:
        self.headers = list(more["headers"])
        return Answer(200, "webcast.tiktok.com", {}, b"")


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
