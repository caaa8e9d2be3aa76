"""How TikTok is asked for a guest's cookie, and how often."""

from __future__ import annotations

from typing import Any

from twisted.internet.defer import Deferred

from tests.net.test_identity import HOST, GuestTestCase
from tiktoklive.errors import ConnectError, InvalidResponseError, TtwidMissingError
from tiktoklive.net.guest_cookie import GuestCookie
from tiktoklive.net.identity import GuestIdentity
from tiktoklive.net.login import OwnCookies
from tiktoklive.pacing.lookups import LookUpQueue

COOKIE = {"Set-Cookie": "ttwid=1%7Cchecked; Path=/; Domain=.tiktok.com"}


class EndpointTests(GuestTestCase):
    """The endpoint that is for the cookie alone."""

    def test_first(self) -> None:
        """It is asked before any page, as the device, and its cookie is enough."""
        self.pages.checks.append(COOKIE)
        self.assertEqual("1%7Cchecked", self.successResultOf(self.start(self.guest())))
        self.assertEqual([], self.pages.paths)

    def test_repeated(self) -> None:
        """Withheld, by it and by a page, the cookie is asked for once more."""
        self.pages.checks.extend([{}, COOKIE])
        asking = self.start(self.guest())
        self.assertEqual(["/@somebody"], self.pages.paths)
        self.rounds(1)
        self.assertEqual("1%7Cchecked", self.successResultOf(asking))
        self.assertEqual(["/@somebody"], self.pages.paths)

    def test_any_answer(self) -> None:
        """Whatever else it answers, a page is asked next."""
        for answer in (
            {"status": "403"},
            {"status": "500"},
            {"status": "302", "Location": "/login", **COOKIE, "Set-Cookie": "ttwid=a b"},
            {"Content-Encoding": "gzip"},
            {"Set-Cookie": 'ttwid="x"'},
        ):
            self.pages.paths.clear()
            self.pages.checks.append(answer)
            self.give("1%7Cpage")
            guest = self.guest()
            self.assertEqual("1%7Cpage", self.successResultOf(self.start(guest)), answer)
            self.assertEqual(["/@somebody"], self.pages.paths)

    def test_unknown(self) -> None:
        """Where there is none it is left alone for an hour."""
        for status in ("404", "405", "410", "501"):
            guest = self.guest()
            self.pages.checks.append({"status": status})
            self.give("one")
            self.successResultOf(self.start(guest))
            self.pages.checks.append(COOKIE)
            self.give("two")
            guest.renew()
            self.assertEqual("two", self.successResultOf(self.start(guest)))
            guest.renew()
            self.network.clock.advance(3600)
            self.assertEqual("1%7Cchecked", self.successResultOf(self.start(guest)))

    def test_rate_limit(self) -> None:
        """Its wish for fewer requests ends the asking, and pages are not asked in its place."""
        self.pages.checks.append({"status": "429", "Retry-After": "90"})
        error = self.failureResultOf(self.start(self.guest()), TtwidMissingError).value
        self.assertEqual((90.0, []), (error.retry_after, self.pages.paths))

    def test_unreachable(self) -> None:
        """If neither it nor a page can be reached, that is told, and the next may try at once."""
        guest = self.guest()
        self.network.refuse(HOST)
        self.failureResultOf(self.start(guest), ConnectError)
        self.network.refuse(HOST, False)
        self.pages.checks.append(COOKIE)
        self.successResultOf(self.start(guest))

    def test_unreadable(self) -> None:
        """If neither can be read, that is told, and it counts as none."""
        bad = {"Content-Encoding": "gzip"}
        self.pages.checks.append(bad)
        self.pages.queue.append(bad)
        guest = self.guest()
        self.failureResultOf(self.start(guest), InvalidResponseError)
        error = self.failureResultOf(self.start(guest), TtwidMissingError).value
        self.assertEqual(60, error.retry_after)


class RestTests(GuestTestCase):
    """After none was given."""

    def fails(self, guest: GuestIdentity) -> TtwidMissingError:
        """Ask for a cookie that is not given."""
        asking = self.start(guest)
        self.rounds(1)
        error: TtwidMissingError = self.failureResultOf(asking, TtwidMissingError).value
        return error

    def test_rest(self) -> None:
        """It is left alone for a minute, then ever longer, half an hour at most."""
        guest = self.guest()
        rests = []
        for _ in range(8):
            rests.append(self.fails(guest).retry_after)
            asked = len(self.pages.paths)
            again = self.fails(guest)
            self.assertIn("It is asked again in", str(again))
            self.assertEqual(asked, len(self.pages.paths))
            self.network.clock.advance(again.retry_after or 0)
        self.assertEqual([60, 120, 240, 480, 960, 1800, 1800, 1800], rests)

    def test_given_again(self) -> None:
        """A cookie that is given begins anew."""
        guest = self.guest()
        for _ in range(3):
            self.network.clock.advance(self.fails(guest).retry_after or 0)
        self.give("1%7Cgiven")
        self.successResultOf(self.start(guest))
        guest.renew()
        self.assertEqual(60, self.fails(guest).retry_after)

    def test_wish(self) -> None:
        """A wish of a day is told, and kept for five minutes."""
        self.pages.checks.append({"status": "429", "Retry-After": "86400"})
        guest = self.guest()
        self.assertEqual(86_400, self.fails(guest).retry_after)
        self.pages.checks.append(COOKIE)
        self.network.clock.advance(295)
        self.fails(guest)
        self.network.clock.advance(5)
        self.successResultOf(self.start(guest))

    def test_supplied(self) -> None:
        """A supplied cookie counts meanwhile, and is no reason to ask more often."""
        guest = self.guest(ttwid="1%7Csupplied")
        guest.renew()
        asking = self.start(guest)
        self.rounds(1)
        self.assertEqual("1%7Csupplied", self.successResultOf(asking))
        asked = len(self.pages.paths)
        guest.renew()
        self.assertEqual("1%7Csupplied", self.successResultOf(self.start(guest)))
        self.assertEqual(asked, len(self.pages.paths))


class RequestTests(GuestTestCase):
    """What a request says, and when it is made."""

    def cookie(self, **more: Any) -> GuestCookie:
        """One that is asked for by itself."""
        base = f"https://{HOST}"
        return GuestCookie(self.web, self.network.clock, base=base, **more)

    def test_own(self) -> None:
        """The user's headers and cookies are in it, and the value that was given is kept."""
        self.pages.checks.append(COOKIE)
        cookie = self.cookie(
            headers={"User-Agent": "mine/1"}, own=OwnCookies({"Cookie": "a=b; ttwid=old"})
        )
        asking = Deferred.fromCoroutine(cookie.fetch("x", self.guest().device))
        self.network.flush()
        self.assertEqual("1%7Cchecked", self.successResultOf(asking))
        self.assertEqual("1%7Cchecked", cookie.value)
        [(headers, body)] = self.pages.posted
        self.assertEqual(["mine/1"], headers.getRawHeaders("user-agent"))
        self.assertEqual(["a=b"], headers.getRawHeaders("cookie"))
        self.assertEqual(["application/json"], headers.getRawHeaders("content-type"))
        self.assertIsNone(headers.getRawHeaders("origin"))
        self.assertEqual(
            b'{"aid":1988,"service":"www.tiktok.com","union":false,"unionHost":"",'
            b'"needFid":false,"fid":"","migrate_priority":0}',
            body,
        )

    def test_turns(self) -> None:
        """Each request waits for its turn among all that TikTok is asked; a 429 slows them."""
        turns = LookUpQueue(self.network.clock, 1)
        guest = self.guest(line=turns.begun)
        self.successResultOf(turns.take(0))
        self.pages.checks.append({"status": "429"})
        asking = self.start(guest)
        self.assertEqual((1, 1), (turns.queued, len(self.pages.checks)))
        before = turns.distance
        self.network.clock.advance(61)
        self.network.flush()
        self.failureResultOf(asking, TtwidMissingError)
        self.assertEqual(2 * before, turns.distance)
        self.assertEqual(0, turns.closed_for)
