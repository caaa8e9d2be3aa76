"""Tickets."""

from __future__ import annotations

from random import Random
from urllib.parse import parse_qsl, urlsplit

from twisted.internet.defer import Deferred, fail
from twisted.internet.task import Clock
from twisted.trial.unittest import SynchronousTestCase
from zope.interface.verify import verifyObject

from tiktoklive.errors import (
    AllFailedError,
    ConnectError,
    DeviceBlockedError,
    SignatureRefusedError,
    StreamLostError,
    TtwidMissingError,
)
from tiktoklive.interfaces import ISigner
from tiktoklive.model import Resume, Room, Ticket
from tiktoklive.net.answers import Answer
from tiktoklive.net.identity import GuestIdentity
from tiktoklive.net.web import Web
from tiktoklive.signing import DirectSigner, FixedSigner
from tiktoklive.testing import MemoryNetwork

ROOM = Room("somebody", "7137682087200557829")

# The order of wire facts §6.2.1.
ORDER = """version_code device_platform cookie_enabled screen_width screen_height browser_language
browser_platform browser_name browser_version browser_online tz_name app_name sup_ws_ds_opt
update_version_code compress webcast_language ws_direct aid live_id app_language client_enter
room_id identity history_comment_count last_rtt heartbeat_duration resp_content_type
did_rule""".split()


class CookieWeb(Web):
    """Gives a new cookie at every request, or fails."""

    def __init__(self) -> None:
        super().__init__(MemoryNetwork(), Clock())
        self.given = 0
        self.failing = False

    async def request(self, method: str, url: str, params: object = (), **more: object) -> Answer:
        if self.failing:
            await fail(ConnectError("nobody there"))
        self.given += 1
        return Answer(200, "www.tiktok.com", {}, b"", (("ttwid", f"{self.given}%7C=="),))


class DirectTests(SynchronousTestCase):
    """The direct way in."""

    def setUp(self) -> None:
        self.web = CookieWeb()
        self.guest = GuestIdentity(self.web, Clock(), Random(1))
        self.signer = DirectSigner(self.guest, Random(1))

    def sign(self, resume: Resume | None = None, room: Room = ROOM) -> Ticket:
        """A ticket."""
        return self.successResultOf(
            Deferred.fromCoroutine(self.signer.sign(room, resume or Resume()))
        )

    def query(self, ticket: Ticket) -> list[tuple[str, str]]:
        """The parameters of a ticket's address."""
        return parse_qsl(urlsplit(ticket.url).query, keep_blank_values=True, strict_parsing=True)

    def test_interface(self) -> None:
        """Both are signers."""
        verifyObject(ISigner, self.signer)
        verifyObject(ISigner, FixedSigner("replay"))

    def test_address(self) -> None:
        """Host and path are the socket's; another host may stand in."""
        self.assertTrue(
            self.sign().url.startswith(
                "wss://webcast-ws.tiktok.com/webcast/im/ws_proxy/ws_reuse_supplement/?version_code="
            )
        )
        self.signer = DirectSigner(self.guest, Random(1), ws_base="ws://127.0.0.1:99/")
        self.assertTrue(self.sign().url.startswith("ws://127.0.0.1:99/webcast/im/ws_proxy/"))

    def test_query(self) -> None:
        """The parameters have their order and values, those of the browser are the device's."""
        pairs = self.query(self.sign())
        self.assertEqual(ORDER, [name for name, _ in pairs])
        values, device = dict(pairs), self.guest.device
        for name, value in (
            ("version_code", "180800"),
            ("device_platform", "web"),
            ("room_id", ROOM.room_id),
            ("compress", "gzip"),
            ("history_comment_count", "6"),
            ("heartbeat_duration", "10000"),
            ("update_version_code", "2.0.0"),
            ("ws_direct", "1"),
            ("browser_name", "Mozilla"),
            ("browser_version", device.user_agent.removeprefix("Mozilla/")),
            ("browser_platform", device.platform),
            ("browser_language", device.locale),
            ("tz_name", device.tz_name),
            ("screen_width", str(device.width)),
        ):
            self.assertEqual(value, values[name], name)
        self.assertTrue(100 <= float(values["last_rtt"]) <= 200)

    def test_encoding(self) -> None:
        """Everything is percent-encoded once, a space as a plus."""
        url = self.sign().url
        self.assertIn("browser_version=5.0+%28", url)
        self.assertNotIn("%25", url)
        self.assertNotIn(" ", url)

    def test_raw(self) -> None:
        """The player's form is raw but for blanks, with two versions and no round trip yet."""
        self.signer = DirectSigner(
            self.guest, Random(1), form="raw", params={"mine": "a b&c=d+e%\xe9"}
        )
        resume = Resume(cursor="1_2", internal_ext="a:b|c")
        query = urlsplit(self.sign(resume).url).query
        version = self.guest.device.browser_version.replace(" ", "%20")
        self.assertIn("(", version)
        for words in (f"&browser_version={version}&", "&last_rtt=0&", "&internal_ext=a:b|c"):
            self.assertIn(words, query)
        self.assertTrue(query.endswith("&mine=a%20b%26c=d%2Be%25%C3%A9"), query)
        names = [name for name, _ in parse_qsl(query, keep_blank_values=True)]
        place = ORDER.index("live_id") + 1
        self.assertEqual([*ORDER[:place], "version_code", *ORDER[place:]], names[: len(ORDER) + 1])
        self.assertTrue(query.startswith("version_code=180800&"))
        self.assertIn("&live_id=12&version_code=270000&", query)
        self.assertRaises(ValueError, DirectSigner, self.guest, Random(1), form="other")

    def test_uncompressed(self) -> None:
        """Compression switched off is an empty value."""
        self.signer = DirectSigner(self.guest, Random(1), compress=False)
        self.assertEqual("", dict(self.query(self.sign()))["compress"])

    def test_headers(self) -> None:
        """Headers are those of wire facts §6.3, the cookie is the guest's alone."""
        ticket = self.sign()
        self.assertEqual(
            [
                ("User-Agent", self.guest.device.user_agent),
                ("Origin", "https://www.tiktok.com"),
                ("Referer", "https://www.tiktok.com/"),
                ("Accept-Language", self.guest.device.accept_language),
                ("Cache-Control", "no-cache"),
            ],
            list(ticket.headers),
        )
        self.assertEqual({"ttwid": "1%7C=="}, ticket.cookies)
        self.assertEqual("direct", ticket.source)
        self.assertNotIn("7C==", repr(ticket))

    def test_resume(self) -> None:
        """Where there is a cursor, it and its companion come last and are told to the ticket."""
        ticket = self.sign(Resume(cursor="t-1_r-2", internal_ext="a:b|c d"))
        self.assertEqual(
            [("cursor", "t-1_r-2"), ("internal_ext", "a:b|c d")], self.query(ticket)[len(ORDER) :]
        )
        self.assertEqual(("t-1_r-2", "a:b|c d"), (ticket.cursor, ticket.internal_ext))

    def test_identity_is_kept(self) -> None:
        """A lost stream, or a missing signature, is no reason for a new guest."""
        first = self.sign()
        for failure in (StreamLostError("x"), SignatureRefusedError("x")):
            again = self.sign(Resume(failure=failure))
            self.assertEqual((first.cookies, first.headers), (again.cookies, again.headers))
        self.assertEqual(1, self.web.given)

    def test_identity_is_renewed(self) -> None:
        """A refused guest becomes another, cookie and browser, however deep the refusal sits."""
        wrapped = StreamLostError("x")
        wrapped.__cause__ = DeviceBlockedError("x")
        several = AllFailedError("x", [("one", ConnectError("x")), ("two", wrapped)])
        for failure in (DeviceBlockedError("x"), TtwidMissingError("x"), wrapped, several):
            before = self.sign()
            after = self.sign(Resume(failure=failure))
            self.assertNotEqual(before.cookies, after.cookies)
            self.assertNotEqual(before.headers[0], after.headers[0])

    def test_renewed_once_for_many(self) -> None:
        """Many rooms refused with one identity end with one new identity."""
        rooms = [Room(f"user{number}", str(number)) for number in range(5)]
        for room in rooms:
            self.sign(room=room)
        refused = Resume(failure=DeviceBlockedError("x"))
        cookies = [self.sign(refused, room).cookies for room in rooms]
        self.assertEqual([{"ttwid": "2%7C=="}] * 5, cookies)
        self.assertEqual(2, self.web.given)

    def test_circle(self) -> None:
        """Causes that point at each other are no endless search."""
        one, two = StreamLostError("1"), StreamLostError("2")
        one.__cause__, two.__cause__ = two, one
        self.sign(Resume(failure=one))
        self.assertEqual(1, self.web.given)

    def test_no_guest(self) -> None:
        """What keeps TikTok from giving a cookie is what keeps us from a ticket."""
        self.web.failing = True
        signing = Deferred.fromCoroutine(self.signer.sign(ROOM, Resume()))
        self.failureResultOf(signing, ConnectError)


class FixedTests(SynchronousTestCase):
    """Tickets for what needs none."""

    def test_ticket(self) -> None:
        """There is a source and no address."""
        signing = Deferred.fromCoroutine(FixedSigner("replay").sign(ROOM, Resume()))
        ticket = self.successResultOf(signing)
        self.assertEqual((ROOM, "", "replay"), (ticket.room, ticket.url, ticket.source))
