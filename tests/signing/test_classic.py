"""The classic source's tickets."""

from __future__ import annotations

from random import Random
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from twisted.internet.defer import CancelledError, Deferred, succeed
from twisted.internet.task import Clock
from twisted.logger import formatEvent, globalLogPublisher
from twisted.trial.unittest import SynchronousTestCase
from zope.interface import implementer
from zope.interface.verify import verifyObject

from tiktoklive.errors import (
    ConnectError,
    DeviceBlockedError,
    ForeignPushServerError,
    SignatureError,
)
from tiktoklive.interfaces import ISigner, IUrlSigner
from tiktoklive.model import Resume, Room, SignedUrl, Ticket
from tiktoklive.net.answers import Answer
from tiktoklive.net.identity import GuestIdentity
from tiktoklive.net.login import Login
from tiktoklive.net.tiktok import TikTokWeb
from tiktoklive.net.web import Web
from tiktoklive.signing import ClassicSigner
from tiktoklive.signing.users import Users
from tiktoklive.testing import MemoryNetwork
from tiktoklive.wire.batches import build_batch

ROOM = Room("alice", "7137682087200557829")
SERVER = "wss://webcast-ws.tiktok.com/webcast/im/ws/"
ROUTE = {"wrss": "w+/=", "imprp": "i|1", "history_len": "7"}


@implementer(IUrlSigner)
class Stamp:
    """Signs for one browser, or for the one that the address speaks of; or fails."""

    def __init__(self) -> None:
        self.urls: list[str] = []
        self.agent = ""
        self.failure: Exception | None = None
        self.waits: Deferred[SignedUrl] | None = None

    async def sign_url(self, url: str) -> SignedUrl:
        self.urls.append(url)
        if self.failure is not None:
            raise self.failure
        if self.waits is not None:
            return await self.waits
        version = dict(parse_qsl(urlsplit(url).query))["browser_version"]
        agent = self.agent or f"Mozilla/{version}"
        return SignedUrl(url + "&X-Bogus=b", agent, "t0ken")


class FirstBatchWeb(Web):
    """Gives cookies where guests get them, and first batches."""

    def __init__(self) -> None:
        super().__init__(MemoryNetwork(), Clock())
        self.batch: dict[str, Any] = {"push_server": SERVER, "route_params": ROUTE}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.pages = 0
        self.unreachable = False

    async def request(self, method: str, url: str, params: Any = (), **more: Any) -> Answer:
        if "/im/fetch" not in url:
            self.pages += 1
            if self.unreachable:
                raise ConnectError("nobody there")
            return Answer(200, "www.tiktok.com", {}, b"", (("ttwid", f"{self.pages}%7C=="),))
        self.asked.append((url, dict(more["cookies"])))
        body = build_batch([], **{"cursor": "c 1", "internal_ext": "i|1", **self.batch})
        return Answer(200, "webcast.tiktok.com", {}, body, (("odin_tt", "o"),))


class TicketTests(SynchronousTestCase):
    """Tickets."""

    def setUp(self) -> None:
        self.web, self.stamp = FirstBatchWeb(), Stamp()
        self.signer = self.make()

    def make(self, *, tiktok: dict[str, Any] | None = None, **options: Any) -> ClassicSigner:
        """A signer."""
        self.guest = GuestIdentity(self.web, Clock(), Random(1))
        self.users = Users(self.web.clock)
        web = TikTokWeb(self.web, self.guest, **(tiktok or {}))
        return ClassicSigner(web, self.stamp, self.users, **options)

    def sign(self, resume: Resume | None = None) -> Ticket:
        """A ticket."""
        return self.successResultOf(
            Deferred.fromCoroutine(self.signer.sign(ROOM, resume or Resume()))
        )

    def test_ticket(self) -> None:
        """A ticket continues where the first batch ends, and brings it along."""
        verifyObject(ISigner, self.signer)
        ticket = self.sign()
        self.assertEqual(
            (ROOM, "classic", "c 1", "i|1", None),
            (ticket.room, ticket.source, ticket.cursor, ticket.internal_ext, ticket.not_upgraded),
        )
        self.assertEqual({"ttwid": "1%7C==", "msToken": "t0ken", "odin_tt": "o"}, ticket.cookies)
        self.assertTrue(ticket.first_batch)
        self.assertEqual(1, self.users.count())

    def test_url(self) -> None:
        """The socket's address: the parameters, compress, the route over ours, the version."""
        url = self.sign().url
        self.assertTrue(url.startswith(f"{SERVER}?aid=1988&app_language=en-"))
        self.assertTrue(
            url.endswith(
                f"&room_id={ROOM.room_id}&compress=gzip&wrss=w%2B%2F%3D&imprp=i%7C1"
                "&version_code=180800"
            ),
            url,
        )
        named = parse_qsl(urlsplit(url).query)
        self.assertIn(("history_len", "7"), named)
        self.assertNotIn(("history_len", "0"), named)
        self.assertIn(("cursor", "c 1"), named)
        self.assertIn(("internal_ext", "i|1"), named)

    def test_secrets(self) -> None:
        """A ticket shows none of it."""
        self.signer = self.make(tiktok={"login": Login("s3ss10n")})
        shown = repr(self.sign())
        for secret in ("s3ss10n", "t0ken", "%7C==", "X-Bogus", "wrss"):
            self.assertNotIn(secret, shown)

    def test_resumed(self) -> None:
        """The first batch continues where the last stream ended."""
        self.sign(Resume("c9", "i9"))
        named = dict(parse_qsl(urlsplit(self.stamp.urls[0]).query))
        self.assertEqual(("c9", "i9"), (named["cursor"], named["internal_ext"]))

    def test_upgrade_not_wanted(self) -> None:
        """Without a wish for an upgrade there is no address."""
        self.signer = self.make(upgrade=False)
        ticket = self.sign()
        self.assertEqual(("", None), (ticket.url, ticket.not_upgraded))

    def test_upgrade_not_offered(self) -> None:
        """Without an offer neither."""
        self.web.batch = {}
        ticket = self.sign()
        self.assertEqual(("", None), (ticket.url, ticket.not_upgraded))

    def test_foreign(self) -> None:
        """A foreign push server is no offer, and the ticket says why; the session stays here."""
        self.signer = self.make(tiktok={"login": Login("s3ss10n")})
        self.web.batch["push_server"] = "wss://evil.example/?token=x"
        ticket = self.sign()
        self.assertEqual("", ticket.url)
        self.assertIsInstance(ticket.not_upgraded, ForeignPushServerError)
        self.assertNotIn("sessionid", ticket.cookies)

    def test_session(self) -> None:
        """The session goes where it may go: to TikTok's socket, not to one put in its place."""
        options: dict[str, Any] = {"tiktok": {"login": Login("s3ss10n")}}
        self.signer = self.make(**options)
        self.assertEqual("s3ss10n", self.sign().cookies["sessionid"])
        self.signer = self.make(**options, bases=("ws://relay.example",))
        self.web.batch["push_server"] = "ws://relay.example/x"
        ticket = self.sign()
        self.assertTrue(ticket.url.startswith("ws://relay.example/x?"))
        self.assertNotIn("sessionid", ticket.cookies)

    def test_unsigned(self) -> None:
        """Without a signature it is asked for unsigned with a session, and not without one."""
        self.stamp.failure = SignatureError("no")
        failed = Deferred.fromCoroutine(self.signer.sign(ROOM, Resume()))
        self.assertIs(self.stamp.failure, self.failureResultOf(failed).value)
        self.assertEqual([], self.web.asked)
        self.signer = self.make(tiktok={"login": Login("s3ss10n")})
        self.sign()
        [(url, cookies)] = self.web.asked
        self.assertEqual(self.stamp.urls[-1], url)
        self.assertEqual("s3ss10n", cookies["sessionid"])

    def test_unsigned_for_long(self) -> None:
        """Why is logged ever less often, whatever seconds it tells, and what else comes as well."""
        told: list[str] = []

        def hear(event: Any) -> None:
            if event.get("log_namespace", "").endswith("ClassicSigner"):
                told.append(formatEvent(event))

        globalLogPublisher.addObserver(hear)
        self.addCleanup(globalLogPublisher.removeObserver, hear)
        self.signer = self.make(tiktok={"login": Login("s3ss10n")})
        for number in range(120):
            for why in (f"asked as often as it may be: again in {number} s", "no answer"):
                self.stamp.failure = SignatureError(why)
                self.sign()
            self.web.clock.advance(60)
        self.assertEqual(8, len(told), told)
        self.assertIn("again in 10 s (9 times more since this was logged)", told[2])

    def test_elsewhere(self) -> None:
        """A signer of the user's that gives another host's address back gets no cookie there."""
        self.stamp.waits = succeed(SignedUrl("https://evil.example/webcast/im/fetch/?a=1"))
        failed = Deferred.fromCoroutine(self.signer.sign(ROOM, Resume()))
        self.failureResultOf(failed, SignatureError)
        self.assertEqual([], self.web.asked)

    def test_cancelled(self) -> None:
        """To be cancelled is no missing signature: nothing more is asked."""
        self.signer = self.make(tiktok={"login": Login("s3ss10n")})
        self.stamp.waits = Deferred()
        signing = Deferred.fromCoroutine(self.signer.sign(ROOM, Resume()))
        signing.cancel()
        self.failureResultOf(signing, CancelledError)
        self.assertEqual([], self.web.asked)

    def test_renewed(self) -> None:
        """A refused identity is renewed before the next ticket."""
        first = self.sign()
        blocked = Resume(failure=DeviceBlockedError("blocked"))
        second = self.sign(blocked)
        self.assertNotEqual(first.cookies["ttwid"], second.cookies["ttwid"])
        self.assertNotEqual(dict(first.headers)["User-Agent"], dict(second.headers)["User-Agent"])

    def test_one_browser(self) -> None:
        """Who signs for one browser only is asked for that one from then on."""
        self.stamp.agent = "Mozilla/5.0 (Macintosh; x) Only/1"
        for _ in range(2):
            ticket = self.sign()
            self.assertEqual(self.stamp.agent, dict(ticket.headers)["User-Agent"])
        first, second = (dict(parse_qsl(urlsplit(url).query)) for url in self.stamp.urls)
        self.assertNotIn("Only/1", first["browser_version"])
        self.assertEqual(
            ("MacIntel", "5.0 (Macintosh; x) Only/1"),
            (second["browser_platform"], second["browser_version"]),
        )

    def test_no_guest(self) -> None:
        """Without a guest cookie there is a ticket all the same."""
        self.web.unreachable = True
        self.assertNotIn("ttwid", self.sign().cookies)
