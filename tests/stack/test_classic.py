"""The whole stack by the classic source: fetched by us, signed by others, upgraded if offered."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from twisted.internet.defer import Deferred

from tests.stack.case import StackTestCase, chat
from tiktoklive.errors import (
    AllFailedError,
    DeviceBlockedError,
    EmptyFetchError,
    ForeignPushServerError,
    InitialFetchError,
    MissingCursorError,
    NoWSUpgradeError,
    Remedy,
    SignatureError,
    UserOfflineError,
)
from tiktoklive.events import Chat, Error
from tiktoklive.model import State
from tiktoklive.options import Options
from tiktoklive.simulator import Answer
from tiktoklive.simulator.fetch import FETCH_PATH
from tiktoklive.simulator.signing import SIGNING_AGENT
from tiktoklive.wire.batches import build_batch

CLASSIC = Options(sources=("classic",))

SIGN_PATH = "/webcast/sign_url"


class ClassicTestCase(StackTestCase):
    """Connections that go the classic way only."""

    options = CLASSIC

    def rewire(self, *, session: bool = False, **changes: Any) -> None:
        """Other options, and maybe a session."""
        if session:
            changes["session_id"] = self.session_id = self.tiktok.add_session()
        self.wiring = self.wire(replace(CLASSIC, **changes))

    def fetches(self) -> list[Any]:
        """The requests for batches that arrived, in order."""
        return [each for each in self.tiktok.requests if each.path == FETCH_PATH]

    def signings(self) -> list[Any]:
        """The requests for signatures that arrived, in order."""
        return [each for each in self.tiktok.requests if each.path.endswith("/sign_url")]

    def attempt(self, seconds: float = 0.0) -> Deferred[State]:
        """Try to connect."""
        connected = self.connection().connect()
        self.settle(seconds)
        return connected

    def errors(self) -> list[str]:
        """What was survived."""
        return [event.info for event in self.seen.of(Error)]


class SocketTests(ClassicTestCase):
    """A WebSocket is offered."""

    def test_guest(self) -> None:
        """A guest is let in by a signed first batch, and upgraded."""
        self.room.push([chat("before")])
        connection = self.live()
        self.room.push([chat("after")])
        self.settle()
        self.assertEqual(["before", "after"], self.seen.comments())
        self.assertTrue(connection.get_state().upgraded_to_websocket)
        self.assertEqual(
            ["websocketConnected", "connected"],
            [name for name in self.seen.names() if name.endswith("onnected")],
        )
        self.assertEqual("classic", self.seen.of(Chat)[0].origin.source)
        self.assertEqual(1, len(self.fetches()))
        self.assertEqual([], self.tiktok.refused)

    def test_signing(self) -> None:
        """The sign server is shown the address, a count of users, and no cookie."""
        self.live()
        [signing] = self.signings()
        asked = dict(signing.query)
        self.assertEqual(["client", "url", "uuc"], sorted(asked))
        self.assertEqual(("ttlive-other", "1"), (asked["client"], asked["uuc"]))
        self.assertEqual("tiktok.eulerstream.com", signing.header("host"))
        self.assertEqual({}, signing.cookies)
        url = urlsplit(asked["url"])
        self.assertEqual(("webcast.tiktok.com", FETCH_PATH), (url.hostname, url.path))
        fetch = self.fetches()[0]
        self.assertTrue(fetch.target.startswith(f"{FETCH_PATH}?{url.query}&X-Bogus="))

    def test_signed_browser(self) -> None:
        """The browser that was signed for asks, and opens the socket, with the token."""
        self.live()
        fetch, handshake = self.fetches()[0], self.handshakes()[0]
        for request in (fetch, handshake):
            self.assertEqual(SIGNING_AGENT, request.header("user-agent"))
            self.assertEqual(48, len(request.cookies["msToken"]))
        self.assertEqual(
            SIGNING_AGENT.removeprefix("Mozilla/"), handshake.parameter("browser_version")
        )
        self.assertEqual("Win32", handshake.parameter("browser_platform"))

    def test_next_query_agrees(self) -> None:
        """From the second signature on the query speaks of the browser that is signed for."""
        self.live()
        self.lose()
        versions = [each.parameter("browser_version") for each in self.fetches()]
        self.assertEqual(SIGNING_AGENT.removeprefix("Mozilla/"), versions[1])
        self.assertNotEqual(versions[0], versions[1])

    def test_socket_query(self) -> None:
        """The socket's query is the request's, with what the batch says, and ends as it must."""
        self.live()
        handshake = self.handshakes()[0]
        names = [name for name, _ in handshake.query]
        self.assertEqual(len(names), len(set(names)))
        self.assertEqual(
            ["compress", "wrss", "imprp", "version_code"], names[names.index("room_id") + 1 :]
        )
        self.assertEqual("180800", handshake.parameter("version_code"))
        self.assertNotEqual("", handshake.parameter("cursor"))
        self.assertNotEqual("", handshake.parameter("internal_ext"))
        self.assertIsNone(handshake.parameter("X-Bogus"))

    def test_nothing_between(self) -> None:
        """What is said between the first batch and the open socket arrives, once."""
        self.network.silence("webcast-ws.tiktok.com")
        connected = self.attempt()
        self.room.push([chat("between")])
        self.network.silence("webcast-ws.tiktok.com", False)
        self.settle()
        self.successResultOf(connected)
        self.assertEqual(["between"], self.seen.comments())

    def test_reconnect(self) -> None:
        """A lost stream is opened with a new signature and goes on where it broke off."""
        self.live()
        self.room.push([chat("one")])
        self.settle()
        self.room.drop(clean=False)
        self.settle()
        self.room.push([chat("missed")])
        self.settle(3)
        self.room.push([chat("two")])
        self.settle()
        self.assertEqual(["one", "missed", "two"], self.seen.comments())
        self.assertEqual(2, len(self.signings()))
        self.assertNotEqual("", self.fetches()[1].parameter("cursor"))

    def test_session(self) -> None:
        """A session goes to TikTok, by both ways, and never to the sign server."""
        self.rewire(session=True, tt_target_idc="useast1a")
        self.live(self.connection(wiring=self.wiring))
        for request in (*self.fetches(), *self.handshakes()):
            self.assertEqual(self.session_id, request.cookies["sessionid"])
            self.assertEqual("useast1a", request.cookies["tt-target-idc"])
        for request in self.signings():
            shown = repr((request.target, request.headers, request.body))
            self.assertNotIn(self.session_id, shown)

    def test_no_initial_data(self) -> None:
        """What was said before is left out if it is not wanted."""
        self.room.push([chat("before")])
        self.rewire(process_initial_data=False)
        self.live(self.connection(wiring=self.wiring))
        self.room.push([chat("after")])
        self.settle()
        self.assertEqual(["after"], self.seen.comments())

    def test_options(self) -> None:
        """Parameters and headers of the user go over ours, before anything is signed."""
        self.rewire(
            client_params={"app_language": "de-DE", "mine": "1"},
            request_headers={"X-Mine": "2", "User-Agent": "Mozilla/Mine"},
            websocket_headers={"Referer": "https://mine.example/", "Cookie": "mine=3"},
            compress=False,
        )
        self.live(self.connection(wiring=self.wiring))
        fetch, handshake = self.fetches()[0], self.handshakes()[0]
        for request in (fetch, handshake):
            self.assertEqual("de-DE", request.parameter("app_language"))
            self.assertEqual("1", request.parameter("mine"))
            self.assertEqual(SIGNING_AGENT, request.header("user-agent"))
        self.assertEqual("Mine", fetch.parameter("browser_version"))
        self.assertEqual("2", fetch.header("x-mine"))
        self.assertEqual("https://mine.example/", handshake.header("referer"))
        self.assertEqual("3", handshake.cookies["mine"])
        self.assertEqual("", handshake.parameter("compress"))

    def test_device_blocked(self) -> None:
        """A refused identity is renewed for the next attempt."""
        self.tiktok.refuse(message="DEVICE_BLOCKED", code="415")
        self.follow()
        self.settle(4)
        first, second = self.handshakes()
        self.assertNotEqual(first.cookies["ttwid"], second.cookies["ttwid"])
        self.assertEqual(1, len(self.tiktok.viewers))

    def test_device_blocked_once(self) -> None:
        """Who connects but once gets another identity as well, and three in all."""
        self.tiktok.refuse(message="DEVICE_BLOCKED", code="415")
        self.successResultOf(self.attempt(4))
        first, second = self.handshakes()
        self.assertNotEqual(first.cookies["ttwid"], second.cookies["ttwid"])

    def test_device_blocked_always(self) -> None:
        """After three it is told."""
        self.tiktok.refuse(message="DEVICE_BLOCKED", code="415", times=10)
        error = self.refused(self.attempt(60), NoWSUpgradeError)
        self.assertIn("DEVICE_BLOCKED", str(error))
        cookies = [each.cookies["ttwid"] for each in self.handshakes()]
        self.assertEqual((3, 3), (len(cookies), len(set(cookies))))

    def test_without_ttwid(self) -> None:
        """Where TikTok gives no guest cookie, the first batch is fetched without one."""
        self.tiktok.behaviour.ttwid_after = None
        error = self.refused(self.attempt(10), NoWSUpgradeError)
        self.assertIn("named cookie not present", str(error))
        self.assertEqual(1, len(self.fetches()))
        self.assertNotIn("ttwid", self.fetches()[0].cookies)


class FetchTests(ClassicTestCase):
    """What TikTok may answer in the place of the first batch: each has its name."""

    def answered(self, answer: Answer, kind: type[Exception]) -> Any:
        """The error of an answer."""
        self.tiktok.answer_next(FETCH_PATH, answer)
        return self.refused(self.attempt(), kind)

    def test_empty(self) -> None:
        """Nothing at all is a silent rejection."""
        error = self.answered(Answer(200, b""), EmptyFetchError)
        self.assertIn("nothing in it", str(error))

    def test_forbidden(self) -> None:
        """403 with TikTok's own words."""
        error = self.answered(Answer.json({"error": "not you"}, 403), InitialFetchError)
        self.assertIn("HTTP 403: 'not you'", str(error))

    def test_rate_limited(self) -> None:
        """429 with a time to wait."""
        answer = Answer(429, b"", headers=(("Retry-After", "40"),))
        error = self.answered(answer, InitialFetchError)
        self.assertEqual(40.0, error.retry_after)

    def test_json(self) -> None:
        """JSON in the place of a batch is quoted."""
        answer = Answer.json({"status_code": 10011, "data": {"message": "params error"}})
        error = self.answered(answer, InitialFetchError)
        self.assertIn("'params error' (10011)", str(error))

    def test_garbage(self) -> None:
        """Bytes that are no batch."""
        error = self.answered(Answer(200, b"\xff\xff\xff"), InitialFetchError)
        self.assertIn("something else than a batch", str(error))

    def test_no_cursor(self) -> None:
        """A batch that cannot be continued."""
        answer = Answer(200, build_batch([(*chat("x"), 1, False)]))
        self.answered(answer, MissingCursorError)

    def test_over(self) -> None:
        """A broadcast that is over."""
        self.answered(Answer.json({"status_code": 10041, "data": {}}), UserOfflineError)

    def test_strict(self) -> None:
        """The simulated TikTok rejects a guest whose signature it does not know, in both ways."""
        url = f"https://webcast.tiktok.com{FETCH_PATH}?aid=1988&X-Bogus=wrong"
        for status in (200, 403):
            self.tiktok.behaviour.fetch_refusal = status
            done = Deferred.fromCoroutine(self.wiring.tiktok.fetch(url))
            self.settle()
            answer = self.successResultOf(done)
            self.assertEqual((status, b""), (answer.status, answer.body))


class NoUpgradeTests(ClassicTestCase):
    """No WebSocket, and no polling either: the error says what would help."""

    def failed(self, **options: Any) -> NoWSUpgradeError:
        """The error with these options."""
        self.rewire(**options)
        connected = self.connection(wiring=self.wiring).connect()
        self.settle()
        error: NoWSUpgradeError = self.refused(connected, NoWSUpgradeError)
        return error

    def test_guest_not_offered(self) -> None:
        """Guests cannot poll."""
        self.tiktok.behaviour.upgrade = False
        error = self.failed()
        self.assertIn("session_id", str(error))
        self.assertIs(Remedy.MODIFY, error.remedy)

    def test_guest_refused(self) -> None:
        """The refusal of the socket is the cause, and decides whether waiting helps."""
        self.tiktok.refuse(status=503)
        error = self.failed()
        self.assertIn("HTTP 503", str(error))
        self.assertIs(Remedy.WAIT, error.remedy)

    def test_guest_refused_for_good(self) -> None:
        """A refusal that waiting does not help stays one."""
        self.tiktok.refuse(message="illegal secret key", code="417")
        self.assertIs(Remedy.AUTH, self.failed().remedy)

    def test_polling_off(self) -> None:
        """Polling is switched off."""
        self.tiktok.behaviour.upgrade = False
        error = self.failed(session=True, enable_request_polling=False)
        self.assertIn("enable_request_polling", str(error))

    def test_upgrade_off(self) -> None:
        """The upgrade is switched off, and guests cannot poll."""
        error = self.failed(enable_websocket_upgrade=False)
        self.assertIn("enable_websocket_upgrade", str(error))
        self.assertEqual([], self.handshakes())

    def test_foreign_push_server(self) -> None:
        """A push server that is not TikTok's counts as none, and is named."""
        answer = Answer(
            200, build_batch([], cursor="1", push_server="wss://ws-fallback.example/?token=x")
        )
        self.tiktok.answer_next(FETCH_PATH, answer)
        error = self.failed()
        self.assertIsInstance(error.__cause__, ForeignPushServerError)
        self.assertIn("'ws-fallback.example'", str(error))
        self.assertNotIn("token", str(error))
        self.assertNotIn("ws-fallback.example", [host for host, _ in self.network.attempts])

    def test_session_elsewhere(self) -> None:
        """A session that may not go to the configured host does not help."""
        self.network.add("relay.example", 80, self.tiktok.site())
        self.tiktok.behaviour.upgrade = False
        error = self.failed(session=True, webcast_base="http://relay.example")
        self.assertIn("session_hosts", str(error))


class OtherSourceTests(ClassicTestCase):
    """The classic source among others."""

    def test_next_source(self) -> None:
        """A ticket that opens no stream leads to the next source."""
        self.tiktok.behaviour.upgrade = False
        self.wiring = self.wire(replace(CLASSIC, sources=("classic", "direct")))
        self.live(self.connection(wiring=self.wiring))
        self.assertEqual(1, len(self.fetches()))

    def test_all_fail(self) -> None:
        """All failures are told."""
        self.tiktok.url_signing.fail("gone", times=20)
        self.tiktok.refuse(message="DEVICE_BLOCKED", code="415", times=9)
        self.wiring = self.wire(replace(CLASSIC, sources=("classic", "direct")))
        connected = self.connection(wiring=self.wiring).connect()
        self.settle(60)
        error = self.refused(connected, AllFailedError)
        kinds = [type(each) for _, each in error.failures]
        self.assertEqual([SignatureError, DeviceBlockedError], kinds)
