"""Guests, and the cookie that TikTok gives them."""

from __future__ import annotations

from collections import deque
from random import Random
from typing import Any

from twisted.internet.defer import CancelledError, Deferred
from twisted.logger import capturedLogs
from twisted.trial.unittest import SynchronousTestCase
from twisted.web.http_headers import Headers
from twisted.web.resource import Resource
from twisted.web.server import Request, Site

from tiktoklive.errors import ConnectError, TtwidMissingError
from tiktoklive.net.identity import GuestIdentity
from tiktoklive.net.web import Web
from tiktoklive.testing import MemoryNetwork

HOST = "www.tiktok.com"


class CookiePages(Resource):
    """Sets the cookies, and gives the statuses and headers, that the test has queued."""

    isLeaf = True

    def __init__(self) -> None:
        super().__init__()
        self.queue: deque[dict[str, str]] = deque()
        #: The same of the endpoint for cookies alone, which there is not without any.
        self.checks: deque[dict[str, str]] = deque()
        self.posted: list[tuple[Headers, bytes]] = []
        self.paths: list[str] = []
        self.agents: list[str] = []

    def render_GET(self, request: Request) -> bytes:
        self.paths.append(request.uri.decode())
        self.agents += request.requestHeaders.getRawHeaders("user-agent")
        return self._answer(request, self.queue.popleft() if self.queue else {})

    def render_POST(self, request: Request) -> bytes:
        self.posted.append((request.requestHeaders.copy(), request.content.read()))
        return self._answer(request, self.checks.popleft() if self.checks else {"status": "404"})

    def _answer(self, request: Request, told: dict[str, str]) -> bytes:
        headers = dict(told)
        request.setResponseCode(int(headers.pop("status", "200")))
        for name, value in headers.items():
            request.responseHeaders.addRawHeader(name, value)
        return b"<html>"


class GuestTestCase(SynchronousTestCase):
    """A guest and TikTok's cookie pages."""

    def setUp(self) -> None:
        self.network = MemoryNetwork()
        self.pages = CookiePages()
        site = Site(self.pages, reactor=self.network.clock)
        site.timeOut = None
        self.network.add(HOST, 443, site)
        self.web = Web(self.network, self.network.clock)

    def tearDown(self) -> None:
        closing = Deferred.fromCoroutine(self.web.close())
        self.network.flush()
        self.successResultOf(closing)
        self.assertEqual([], self.network.open)
        self.assertEqual([], self.network.clock.getDelayedCalls())

    def guest(self, **arguments: Any) -> GuestIdentity:
        """Somebody without a past."""
        return GuestIdentity(self.web, self.network.clock, Random(1), **arguments)

    def start(self, guest: GuestIdentity, unique_id: str = "somebody") -> Deferred[str]:
        """Ask for the cookie."""
        asking = Deferred.fromCoroutine(guest.ttwid(unique_id))
        self.network.flush()
        return asking

    def rounds(self, number: int) -> None:
        """Let so many pauses pass."""
        for _ in range(number):
            self.network.clock.advance(0.75)
            self.network.flush()

    def give(self, value: str = "1%7Cabc==%7C9", after: int = 0) -> None:
        """Queue a cookie behind some answers without one."""
        self.pages.queue.extend([{}] * after)
        self.pages.queue.append(
            {"Set-Cookie": f"ttwid={value}; Path=/; Domain=.tiktok.com; HttpOnly; Secure"}
        )


class MintTests(GuestTestCase):
    """Getting a cookie."""

    def test_first_page(self) -> None:
        """The user's page is asked first, as the device, and one cookie is enough."""
        self.give()
        guest = self.guest()
        self.assertEqual("1%7Cabc==%7C9", self.successResultOf(self.start(guest)))
        self.assertEqual(["/@somebody"], self.pages.paths)
        self.assertEqual([guest.device.user_agent], self.pages.agents)

    def test_kept(self) -> None:
        """The next who asks gets the same without a request."""
        self.give()
        guest = self.guest()
        first = self.successResultOf(self.start(guest))
        self.assertEqual(first, self.successResultOf(self.start(guest, "another")))
        self.assertEqual(1, len(self.pages.paths))

    def test_rounds(self) -> None:
        """The second page is asked after a pause."""
        self.give(after=1)
        asking = self.start(self.guest())
        self.assertEqual(["/@somebody"], self.pages.paths)
        self.assertNoResult(asking)
        self.rounds(1)
        self.successResultOf(asking)
        self.assertEqual(["/@somebody", "/live"], self.pages.paths)

    def test_redirect(self) -> None:
        """A cookie that comes with a redirect counts, and of several the last one."""
        self.pages.queue.append(
            {"status": "302", "Location": "/login", "Set-Cookie": "ttwid=first; Path=/"}
        )
        self.give("second")
        self.assertEqual("second", self.successResultOf(self.start(self.guest())))
        self.give("x")
        self.pages.queue.clear()
        self.pages.queue.append(
            {"status": "302", "Location": "/login", "Set-Cookie": "ttwid=only; Path=/"}
        )
        self.assertEqual("only", self.successResultOf(self.start(self.guest())))

    def test_taken_away(self) -> None:
        """A cookie set to nothing is none."""
        self.give("")
        self.give("real")
        asking = self.start(self.guest())
        self.rounds(1)
        self.assertEqual("real", self.successResultOf(asking))

    def test_useless(self) -> None:
        """A cookie that no request can carry is none: another page is asked, and nothing kept."""
        for value in ("a\x01b", "a\x7fb", 'a"b', "a b", "a\\b", "a,b", "a\xe9", "x" * 4097):
            self.pages.paths.clear()
            self.give(value)
            self.give("1%7Creal")
            asking = self.start(self.guest())
            self.rounds(1)
            self.assertEqual("1%7Creal", self.successResultOf(asking), repr(value))
            self.assertEqual(["/@somebody", "/live"], self.pages.paths)
        self.give("x" * 4096)
        self.assertEqual(4096, len(self.successResultOf(self.start(self.guest()))))

    def test_refused(self) -> None:
        """Whose present cookie is refused is somebody else; who hears of an old one is not."""
        guest = self.guest()
        self.give("first")
        self.successResultOf(self.start(guest))
        guest.refused(None)
        guest.refused("another")
        self.assertEqual(0, guest.generation)
        for _ in range(3):
            guest.refused("first")
        self.assertEqual(1, guest.generation)
        self.give("second")
        self.assertEqual("second", self.successResultOf(self.start(guest)))

    def test_none(self) -> None:
        """After two rounds without one, the error says what to do."""
        asking = self.start(self.guest())
        self.rounds(1)
        error = self.failureResultOf(asking, TtwidMissingError).value
        self.assertEqual(2, len(self.pages.paths))
        for words in ("TIKTOKLIVE_TTWID", "--ttwid-file", "HTTP 200"):
            self.assertIn(words, str(error))
        self.assertNotIn("challenge", str(error))

    def test_challenge(self) -> None:
        """A challenge page is named in the error."""
        self.pages.queue.append({"X-TT-System-Error": "3"})
        asking = self.start(self.guest())
        self.rounds(1)
        self.assertIn("challenge", str(self.failureResultOf(asking, TtwidMissingError).value))

    def test_rate_limit(self) -> None:
        """TikTok's wish for fewer requests ends the rounds, and is passed on."""
        self.pages.queue.append({"status": "429", "Retry-After": "60"})
        error = self.failureResultOf(self.start(self.guest()), TtwidMissingError).value
        self.assertEqual(60.0, error.retry_after)
        self.assertEqual(1, len(self.pages.paths))

    def test_unreachable(self) -> None:
        """A network error is raised at once; the next who asks tries anew."""
        guest = self.guest()
        self.network.refuse(HOST)
        self.failureResultOf(self.start(guest), ConnectError)
        self.network.refuse(HOST, False)
        self.give()
        self.successResultOf(self.start(guest))


class SharingTests(GuestTestCase):
    """Many rooms, one guest."""

    def test_one_minting(self) -> None:
        """All who ask meanwhile get the cookie of one request."""
        self.network.silence(HOST)
        guest = self.guest()
        asking = [self.start(guest, f"user{number}") for number in range(5)]
        self.give()
        self.network.silence(HOST, False)
        self.network.flush()
        self.assertEqual({"1%7Cabc==%7C9"}, {self.successResultOf(each) for each in asking})
        self.assertEqual(["/@user0"], self.pages.paths)

    def test_one_failure(self) -> None:
        """All who asked hear that it failed."""
        guest = self.guest()
        asking = [self.start(guest) for _ in range(3)]
        self.rounds(7)
        for each in asking:
            self.failureResultOf(each, TtwidMissingError)

    def test_cancelled(self) -> None:
        """One who no longer waits does not take it from the others."""
        guest = self.guest()
        first, second = self.start(guest), self.start(guest)
        first.cancel()
        self.failureResultOf(first, CancelledError)
        self.give()
        self.rounds(1)
        self.successResultOf(second)

    def test_all_cancelled(self) -> None:
        """When nobody waits any more nothing goes on, and later somebody may ask again."""
        guest = self.guest()
        waiting = [self.start(guest), self.start(guest)]
        for asking in waiting:
            asking.cancel()
            self.failureResultOf(asking, CancelledError)
        self.rounds(3)
        self.assertEqual(1, len(self.pages.paths))
        self.give()
        self.successResultOf(self.start(guest))

    def cancel_other(self, result: Any, other: Deferred[str]) -> Any:
        """What one who is told may do to another who waits."""
        other.cancel()
        return result

    def test_cancelled_by_another(self) -> None:
        """One who is told may cancel another who waits for the same, given or not."""
        for given in (True, False):
            with self.subTest(given):
                guest = self.guest()
                first, second = self.start(guest), self.start(guest)
                first.addBoth(self.cancel_other, second)
                if given:
                    self.give()
                self.rounds(12)
                if given:
                    self.successResultOf(first)
                else:
                    self.failureResultOf(first, TtwidMissingError)
                self.failureResultOf(second, CancelledError)


class RenewTests(GuestTestCase):
    """Becoming somebody else."""

    def test_renew(self) -> None:
        """Cookie and device change together."""
        self.give("first")
        self.give("second")
        guest = self.guest()
        device = guest.device
        self.successResultOf(self.start(guest))
        guest.renew()
        self.assertNotEqual(device.user_agent, guest.device.user_agent)
        self.assertEqual("second", self.successResultOf(self.start(guest)))
        self.assertEqual([device.user_agent, guest.device.user_agent], self.pages.agents)

    def test_once_for_many(self) -> None:
        """Many rooms refused with one identity renew it once."""
        guest = self.guest()
        refused = guest.generation
        guest.renew(refused)
        device = guest.device
        guest.renew(refused)
        self.assertEqual(device, guest.device)
        self.assertEqual(refused + 1, guest.generation)

    def test_not_while_minting(self) -> None:
        """A cookie that is being fetched keeps the device it is fetched with."""
        self.give(after=1)
        guest = self.guest()
        device = guest.device
        asking = self.start(guest)
        guest.renew()
        self.rounds(1)
        self.successResultOf(asking)
        self.assertEqual(device, guest.device)
        self.assertEqual({device.user_agent}, set(self.pages.agents))

    def test_supplied(self) -> None:
        """A supplied cookie is used as it is, until it is refused; then it says so and mints."""
        guest = self.guest(ttwid=" ttwid=1%7Cs3cret=\n")
        self.assertEqual("1%7Cs3cret=", self.successResultOf(self.start(guest)))
        self.assertEqual([], self.pages.paths)
        with capturedLogs() as events:
            guest.renew()
        self.assertIn("supplied", events[0]["log_format"])
        self.assertNotIn("s3cret", repr(events))
        self.give("fresh")
        self.assertEqual("fresh", self.successResultOf(self.start(guest)))

    def test_supplied_nonsense(self) -> None:
        """What cannot be a cookie is refused at once, and not shown."""
        for text in ("", "s3cret\nx", "s3cret;b", "s3cret ä", '"s3cret"'):
            error = self.assertRaises(ValueError, self.guest, ttwid=text)
            self.assertNotIn("s3cret", str(error))

    def test_repr(self) -> None:
        """The cookie is not in the repr."""
        self.assertNotIn("s3cret", repr(self.guest(ttwid="s3cret")))
