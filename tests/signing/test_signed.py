"""Tickets out of a sign server's answers."""

from __future__ import annotations

from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from twisted.internet.defer import Deferred
from twisted.internet.task import Clock
from twisted.logger import capturedLogs, eventAsText
from twisted.trial.unittest import SynchronousTestCase
from zope.interface.verify import verifyObject

from tiktoklive.errors import (
    EmptyFetchError,
    ForeignPushServerError,
    MissingCursorError,
    OtherRoomError,
    SignServerStubError,
    TikTokLiveError,
    UnidentifiedTicketError,
)
from tiktoklive.interfaces import ISigner
from tiktoklive.model import Resume, Room, Ticket
from tiktoklive.net.answers import Answer
from tiktoklive.net.identity import Device, GuestIdentity
from tiktoklive.net.login import Login
from tiktoklive.net.web import Web
from tiktoklive.signing import SignedSigner, SignServer
from tiktoklive.testing import MemoryNetwork
from tiktoklive.wire.batches import build_batch
from tiktoklive.wire.frames_pb2 import WebcastResponse

ROOM = Room("alice", "7137682087200557829")
SOCKET = "wss://webcast-ws.tiktok.com/webcast/im/ws_proxy/ws_reuse_supplement/"

MAC = Device("Mozilla/5.0 (a b; c)", "MacIntel", "mac", "en", "GB", "Europe/London", 1440, 900)


class OneAnswerWeb(Web):
    """Gives one answer to everything, and remembers what was asked."""

    def __init__(self) -> None:
        super().__init__(MemoryNetwork(), Clock())
        self.asked: list[tuple[str, str, dict[str, Any]]] = []
        self.headers: dict[str, list[str]] = {"x-set-tt-cookie": ["ttwid=1%7Cs3cret; Path=/"]}
        self.body = healthy()
        self.encoding = ""

    async def request(self, method: str, url: str, params: Any = (), **more: Any) -> Answer:
        self.asked.append((method, url, {"params": params, **more}))
        return Answer(200, "sign.example", self.headers, self.body, encoding=self.encoding)


def healthy(**changes: Any) -> bytes:
    """A batch that leads to TikTok, with changes."""
    fields: dict[str, Any] = {
        "cursor": "c 1|2",
        "internal_ext": "x:1|y:2",
        "push_server": SOCKET,
        "route_params": {"wrss": "a+b/c%2F==", "imprp": "(d) e", "empty": ""},
        "is_first": True,
    }
    return build_batch([("WebcastChatMessage", b"", 1, False)], **{**fields, **changes})


class SignedTestCase(SynchronousTestCase):
    """A signer whose sign server is one answer."""

    def setUp(self) -> None:
        self.web = OneAnswerWeb()
        self.identity = GuestIdentity(self.web, Clock(), Random(1))
        self.identity.device = MAC
        self.login: Login | None = None

    def signer(self, **more: Any) -> SignedSigner:
        """The signer."""
        server = SignServer(self.web, base="https://sign.example/", login=self.login)
        return SignedSigner(server, self.identity, Random(1), **more)

    def sign(self, resume: Resume | None = None, **more: Any) -> Ticket:
        """A ticket."""
        signing = self.signer(**more).sign(ROOM, resume or Resume())
        return self.successResultOf(Deferred.fromCoroutine(signing))

    def fails(self, kind: type[TikTokLiveError], resume: Resume | None = None, **more: Any) -> str:
        """What the error says."""
        signing = Deferred.fromCoroutine(self.signer(**more).sign(ROOM, resume or Resume()))
        error = self.failureResultOf(signing, kind).value
        self.assertIs(kind, type(error))
        self.assertIn("sign server (sign.example", str(error))
        return str(error)


class TicketTests(SignedTestCase):
    """What a ticket holds."""

    def test_interface(self) -> None:
        """It is a signer."""
        verifyObject(ISigner, self.signer())

    def test_address(self) -> None:
        """The address, to the letter: ours, where to go on, the route, the second version."""
        rtt = f"{Random(1).uniform(100, 200):.3f}"
        self.assertEqual(
            f"{SOCKET}?version_code=180800&device_platform=web&cookie_enabled=true"
            "&screen_width=1440&screen_height=900&browser_language=en-GB"
            "&browser_platform=MacIntel&browser_name=Mozilla"
            "&browser_version=5.0+%28a+b%3B+c%29&browser_online=true&tz_name=Europe%2FLondon"
            "&app_name=tiktok_web&sup_ws_ds_opt=1&update_version_code=2.0.0&compress=gzip"
            "&webcast_language=en&ws_direct=0&aid=1988&live_id=12&app_language=en&client_enter=1"
            f"&room_id={ROOM.room_id}&identity=audience&history_comment_count=6&last_rtt={rtt}"
            "&heartbeat_duration=0&resp_content_type=protobuf&did_rule=3"
            "&User-Agent=Mozilla%2F5.0+%28a+b%3B+c%29&cursor=c+1%7C2&internal_ext=x%3A1%7Cy%3A2"
            "&wrss=a%2Bb%2Fc%252F%3D%3D&imprp=%28d%29+e&version_code=270000",
            self.sign().url,
        )

    def test_query_of_the_push_server(self) -> None:
        """A push server that has a query already keeps it."""
        for server, start in (
            (SOCKET + "?a=1", SOCKET + "?a=1&version_code="),
            (SOCKET + "?", SOCKET + "?version_code="),
            (SOCKET + "?a=1&", SOCKET + "?a=1&version_code="),
        ):
            self.web.body = healthy(push_server=server)
            self.assertTrue(self.sign().url.startswith(start), server)

    def test_whose_parameter(self) -> None:
        """The user's parameters go over ours, those of the route over both."""
        self.web.body = healthy(route_params={"tz_name": "route", "identity": "route"})
        query = self.sign(params={"tz_name": "user", "aid": "user", "mine": "user"}).url
        for part in ("&tz_name=route&", "&identity=route&", "&aid=user&", "&mine=user&"):
            self.assertEqual(1, query.count(part), part)
        self.assertEqual(1, query.count("tz_name="))

    def test_the_rest(self) -> None:
        """Batch, cursor, cookies and headers are those of the answer and of the device."""
        ticket = self.sign(compress=False, history=False, headers={"origin": "o", "Cookie": "a=b"})
        self.assertEqual(self.web.body, ticket.first_batch)
        self.assertEqual(("c 1|2", "x:1|y:2"), (ticket.cursor, ticket.internal_ext))
        self.assertEqual({"ttwid": "1%7Cs3cret", "a": "b"}, ticket.cookies)
        self.assertEqual("signed", ticket.source)
        self.assertIn(("User-Agent", MAC.user_agent), ticket.headers)
        self.assertIn(("origin", "o"), ticket.headers)
        self.assertIn("&compress=&", ticket.url)
        self.assertIn("&history_comment_count=0&", ticket.url)
        self.assertNotIn("s3cret", repr(ticket))

    def test_room(self) -> None:
        """The sign server's room is the right one if it is one, and TikTok says so."""
        asked: list[tuple[str, str]] = []

        async def agree(room: Room, room_id: str) -> str:
            asked.append((room.room_id, room_id))
            return ""

        for said, wanted in (
            ("7137682087200557830", "7137682087200557830"),
            ("0" + ROOM.room_id, ROOM.room_id),
            ("", ROOM.room_id),
            ("0", ROOM.room_id),
            ("abc", ROOM.room_id),
            ("1" * 25, ROOM.room_id),
        ):
            self.web.headers["x-room-id"] = [said]
            ticket = self.sign(why_not=agree)
            self.assertEqual((wanted, "alice"), (ticket.room.room_id, ticket.room.unique_id))
            self.assertIn(f"&room_id={wanted}&", ticket.url)
        self.assertEqual([(ROOM.room_id, "7137682087200557830")], asked)

    def test_room_on_one_word(self) -> None:
        """It is not entered if TikTok does not say so, or where a lost room is returned to."""

        async def refuse(room: Room, room_id: str) -> str:
            return "TikTok says that it is another user's"

        self.web.headers["x-room-id"] = ["7137682087200557830"]
        for resume, why_not, words in (
            (Resume(), refuse, "another user's"),
            (Resume(), None, "TikTok was not asked"),
            (Resume(returning=True), refuse, "looked up before"),
        ):
            said = self.fails(OtherRoomError, resume, why_not=why_not)
            self.assertIn(
                f"is for room 7137682087200557830, and @alice was found in room {ROOM.room_id}",
                said,
            )
            self.assertIn(words, said)

    def test_resume(self) -> None:
        """Every ticket is asked for anew; the cursor to go on from is asked with."""
        for path in ("connect", "fetch"):
            self.sign(path=path)
            self.sign(Resume(cursor="last"), path=path)
            fresh, resumed = (dict(each[2]["params"]) for each in self.web.asked[-2:])
            self.assertEqual((None, "last"), (fresh.get("cursor"), resumed.get("cursor")))
        self.assertEqual(4, len(self.web.asked))

    def test_no_such_path(self) -> None:
        """A path that is none is refused at once."""
        self.assertRaises(ValueError, self.signer, path="sign_url")

    def test_no_such_server(self) -> None:
        """So is an address of no sign server."""
        for base in ("api.eulerstream.com", "", "ftp://x", "https://", "https://x/?key=1"):
            self.assertRaises(ValueError, SignServer, self.web, base=base)


class ValidationTests(SignedTestCase):
    """What is looked at before anything is opened (wire facts §9.7)."""

    def test_empty(self) -> None:
        """No body at all."""
        self.web.body = b""
        self.fails(EmptyFetchError)

    def test_no_batch(self) -> None:
        """Something else than a batch; its words are quoted if it has some."""
        for body, words in (
            (b'{"message": "go away"}', "'go away'"),
            (b"plain", "'plain'"),
            (b"\xff\xff", "is no batch."),
            (b"\x7a\x01x", "is no batch"),
        ):
            self.web.body = body
            self.assertIn(words, self.fails(SignServerStubError))

    def test_push_server(self) -> None:
        """A ticket leads to TikTok over TLS, or nowhere."""
        for server in (
            "",
            "wss://ws-fallback.eulerstream.com/?token=s3cret",
            "ws://webcast-ws.tiktok.com/",
            "https://webcast-ws.tiktok.com/",
            "wss://webcast-ws.tiktok.com.evil.example/",
            "wss://eviltiktok.com/",
            "wss://webcast-ws.tiktok.com@evil.example/",
            "wss://[::1",
            "webcast-ws.tiktok.com",
        ):
            self.web.body = healthy(push_server=server)
            self.assertNotIn("s3cret", self.fails(ForeignPushServerError, bases=("wss://x.y",)))

    def test_configured_push_server(self) -> None:
        """What the user put in TikTok's place may be a push server too; TLS stays TLS."""
        base = ("http://127.0.0.1:8080", "wss://relay.example", "")
        for server in ("ws://127.0.0.1:99/x", "wss://127.0.0.1/x", "wss://relay.example/x"):
            self.web.body = healthy(push_server=server)
            self.assertTrue(self.sign(bases=base).url.startswith(server + "?"))
        self.web.body = healthy(push_server="ws://relay.example/x")
        self.fails(ForeignPushServerError, bases=base)

    def test_encoding(self) -> None:
        """A batch in an encoding that was not asked for is the sign server's fault, and told."""
        self.web.encoding = "br"
        said = self.fails(SignServerStubError)
        self.assertIn("is a body in the encoding 'br', which was not asked for", said)

    def test_stub(self) -> None:
        """A stub that names TikTok's own push server is known by its words or its lack."""
        text = "Connected through Euler Stream fallback proxy"
        stub = WebcastResponse.FromString(healthy(internal_ext=text))
        del stub.messages[:]
        self.web.body = stub.SerializeToString()
        self.assertIn("with 0 messages) is a stub", self.fails(SignServerStubError))
        self.web.body = healthy(route_params={})
        self.fails(SignServerStubError)
        self.web.body = healthy(route_params={"wrss": ""})
        self.fails(SignServerStubError)

    def test_quiet_room(self) -> None:
        """A batch without messages is none: the room may just be quiet."""
        quiet = WebcastResponse.FromString(healthy())
        del quiet.messages[:]
        self.web.body = quiet.SerializeToString()
        self.sign()

    def test_cursor(self) -> None:
        """No cursor."""
        self.web.body = healthy(cursor="")
        self.fails(MissingCursorError)

    def test_cookies(self) -> None:
        """No cookies, or none that can be sent; TikTok's reason is quoted."""
        for lines in ([], [""], ["Path=/; Secure"], ["ttwid="], ["ttwid=a b"]):
            self.web.headers = {"x-set-tt-cookie": lines, "handshake-msg": ["DEVICE_BLOCKED"]}
            self.assertIn("'DEVICE_BLOCKED'", self.fails(UnidentifiedTicketError))

    def test_ids(self) -> None:
        """What the server's operators ask for is in the message."""
        self.web.headers["x-request-id"] = ["r-1"]
        self.web.body = b""
        self.assertIn("sign.example, X-Request-Id r-1)", self.fails(EmptyFetchError))

    @given(st.binary())
    def test_anything(self, body: bytes) -> None:
        """Whatever comes instead of a batch is an error of ours."""
        self.web.body = body
        signing = Deferred.fromCoroutine(self.signer().sign(ROOM, Resume()))
        self.failureResultOf(signing, TikTokLiveError)


class SessionTests(SignedTestCase):
    """Where a session goes (wire facts §9.3, §12.3)."""

    def sent(self) -> tuple[str | None, dict[str, str]]:
        """What the sign server got, and the cookies of the ticket."""
        ticket = self.sign()
        return dict(self.web.asked[-1][2]["headers"]).get("x-cookie-header"), dict(ticket.cookies)

    def test_not_allowed(self) -> None:
        """Not to a sign server that was not named, nor to the socket of the guest that it made."""
        self.login = Login("s3ssion", "useast5", ["other.example"])
        with capturedLogs() as events:
            signer = self.signer()
            for _ in range(2):
                self.successResultOf(Deferred.fromCoroutine(signer.sign(ROOM, Resume())))
        header, cookies = self.sent()
        self.assertIsNone(header)
        self.assertEqual({"ttwid"}, set(cookies))
        self.assertEqual(1, len(events))
        self.assertIn("not among the session hosts", eventAsText(events[0]))
        self.assertNotIn("s3ssion", eventAsText(events[0]))

    def test_allowed(self) -> None:
        """To one that was named, and to TikTok's socket then, the data centre with it."""
        self.login = Login("s3ssion", "useast5", ["SIGN.example"])
        header, cookies = self.sent()
        self.assertEqual("sessionid=s3ssion; tt-target-idc=useast5", header)
        self.assertEqual(("s3ssion", "useast5"), (cookies["sessionid"], cookies["tt-target-idc"]))
        _, url, sent = self.web.asked[-1]
        self.assertNotIn("s3ssion", url + str(sent["params"]))

    def test_without_data_centre(self) -> None:
        """Not without the data centre of its account."""
        self.login = Login("s3ssion", "", ["sign.example"])
        with capturedLogs() as events:
            self.assertEqual((None, {"ttwid"}), (self.sent()[0], set(self.sent()[1])))
        self.assertIn("tt-target-idc", eventAsText(events[0]))

    def test_somebody_elses(self) -> None:
        """A session that the answer brings is not ours to use."""
        self.web.headers["x-set-tt-cookie"] = ["ttwid=1; sessionid=theirs; sid_tt=theirs"]
        self.assertEqual({"ttwid": "1"}, self.sent()[1])
