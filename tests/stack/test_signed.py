"""The whole stack by the signed source: a sign server fetches, TikTok lets in."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from twisted.internet.defer import Deferred

from tests.stack.case import StackTestCase, chat
from tiktoklive.errors import (
    ConnectError,
    DeviceBlockedError,
    EmptyFetchError,
    ForeignPushServerError,
    MissingCursorError,
    OtherRoomError,
    Remedy,
    SignatureError,
    SignatureRateLimitError,
    SignServerError,
    SignServerRefusedError,
    SignServerStubError,
    SignServerUnavailableError,
    TikTokLiveError,
    UnidentifiedTicketError,
)
from tiktoklive.events import Chat, Gap, Reconnecting, StreamEnd
from tiktoklive.model import State
from tiktoklive.options import Options, SignProviderOptions
from tiktoklive.pacing.breaker import Tolerance

SIGNED = Options(sources=("signed",), tolerance=Tolerance(failures=100))


class SignedTestCase(StackTestCase):
    """Connections that go the signed way only."""

    options = SIGNED

    def rewire(self, **changes: Any) -> None:
        """Other options."""
        self.wiring = self.wire(replace(SIGNED, **changes))

    def fetches(self) -> list[Any]:
        """The requests for first batches that arrived at the sign server, in order."""
        return [
            each
            for each in self.tiktok.requests
            if each.path.endswith("/connect") or each.path == "/webcast/fetch"
        ]

    def attempt(self, seconds: float = 0.0) -> Deferred[State]:
        """Try to connect."""
        connected = self.connection().connect()
        self.settle(seconds)
        return connected


class ConnectTests(SignedTestCase):
    """Being let in."""

    def test_both_paths(self) -> None:
        """By the rooms API and by the older path, what is asked is what the facts say."""
        for path, wanted in (
            ("connect", f"/webcast/rooms/{self.room.room_id}/connect"),
            ("fetch", "/webcast/fetch"),
        ):
            with self.subTest(path):
                self.rewire(sign_path=path)
                connection = self.live(self.connection(wiring=self.wiring))
                fetch, handshake = self.fetches()[-1], self.handshakes()[-1]
                self.assertEqual(wanted, fetch.path)
                agent = handshake.header("user-agent")
                room = [("room_id", self.room.room_id)] if path == "fetch" else []
                self.assertEqual(
                    [
                        ("client", "ttlive-other"),
                        *room,
                        ("unique_id", "alice"),
                        ("user_agent", agent),
                        ("client_enter", "true"),
                        ("platform", "web"),
                    ],
                    list(fetch.query),
                )
                self.assertIn("txtiktoklive", fetch.header("user-agent"))
                self.assertIsNone(fetch.header("x-api-key"))
                self.assertEqual(agent, handshake.parameter("User-Agent"))
                self.assertEqual(
                    ["180800", "270000"],
                    [value for name, value in handshake.query if name == "version_code"],
                )
                self.assertEqual([], self.tiktok.refused)
                self.stop_all()
                self.services.remove(connection)

    def test_nobody_else_is_asked(self) -> None:
        """TikTok's pages are asked for no guest: the sign server brings one."""
        self.live()
        hosts = [each.host for each in self.network.connections]
        self.assertEqual(1, hosts.count("api.eulerstream.com"))
        self.assertFalse([each for each in self.tiktok.requests if each.path.startswith("/@")])
        handshake = self.handshakes()[-1]
        self.assertEqual({"ttwid", "odin_tt"}, set(handshake.cookies))

    def test_first_batch(self) -> None:
        """Comments from before come with the ticket, what follows by the socket; none twice."""
        self.room.push([chat("before")])
        self.live()
        self.room.push([chat("after")])
        self.settle()
        self.assertEqual(["before", "after"], self.seen.comments())
        self.assertEqual({"signed"}, {event.origin.source for event in self.seen.of(Chat)})
        self.assertEqual([], self.viewer.complaints + self.viewer.bad_acks)

    def test_without_initial_data(self) -> None:
        """The first batch can be left out, and what follows comes all the same."""
        self.rewire(process_initial_data=False)
        self.room.push([chat("before")])
        self.live()
        self.room.push([chat("after")])
        self.settle()
        self.assertEqual(["after"], self.seen.comments())

    def test_between_batch_and_socket(self) -> None:
        """What is said after the batch was fetched and before the room was entered is not lost."""
        self.network.silence("webcast-ws.tiktok.com")
        connected = self.attempt()
        self.assertEqual(1, len(self.fetches()))
        self.room.push([chat("in between")])
        self.network.silence("webcast-ws.tiktok.com", False)
        self.settle(1)
        self.assertTrue(self.successResultOf(connected).is_connected)
        self.assertEqual(["in between"], self.seen.comments())

    def test_key_and_client(self) -> None:
        """The key goes along as a header; the user's parameters and headers go over ours."""
        self.tiktok.behaviour.sign_keys.add("k3y-of-mine")
        self.tiktok.behaviour.sign_anonymous = False
        provider = SignProviderOptions(
            api_key="k3y-of-mine",
            params={"client": "mine", "country": "DE"},
            headers={"user-agent": "my-agent", "X-More": "1"},
        )
        self.rewire(sign_provider_options=provider)
        self.live()
        [fetch] = self.fetches()
        self.assertEqual("k3y-of-mine", fetch.header("x-api-key"))
        self.assertEqual("mine", fetch.parameter("client"))
        self.assertEqual("DE", fetch.parameter("country"))
        self.assertEqual(["my-agent"], [v for n, v in fetch.headers if n == "user-agent"])
        self.assertEqual("1", fetch.header("x-more"))
        self.assertIsNone(self.handshakes()[0].header("x-api-key"))

    def test_other_host(self) -> None:
        """Another sign server can be named in two ways, of which the provider's goes first."""
        for changes, host in (
            ({"sign_base": "https://tiktok.eulerstream.com"}, "tiktok.eulerstream.com"),
            (
                {
                    "sign_base": "https://api.eulerstream.com",
                    "sign_provider_options": SignProviderOptions(
                        host="https://tiktok.eulerstream.com/"
                    ),
                },
                "tiktok.eulerstream.com",
            ),
        ):
            self.network.connections.clear()
            self.rewire(**changes)
            connection = self.live(self.connection(wiring=self.wiring))
            hosts = [each.host for each in self.network.connections]
            self.assertEqual([host], [each for each in hosts if "euler" in each])
            self.stop_all()
            self.services.remove(connection)

    def test_headers_and_parameters(self) -> None:
        """The user's go over ours at the socket; a User-Agent is told to the sign server too."""
        self.rewire(
            client_params={"tz_name": "Europe/Berlin", "mine": "1"},
            websocket_headers={"User-Agent": "Mozilla/5.0 (mine)", "Cookie": "extra=1"},
        )
        self.live()
        handshake = self.handshakes()[0]
        self.assertEqual("Mozilla/5.0 (mine)", self.fetches()[0].parameter("user_agent"))
        self.assertEqual("Mozilla/5.0 (mine)", handshake.header("user-agent"))
        self.assertEqual("5.0 (mine)", handshake.parameter("browser_version"))
        self.assertEqual("Europe/Berlin", handshake.parameter("tz_name"))
        self.assertEqual("1", handshake.parameter("mine"))
        self.assertEqual("1", handshake.cookies["extra"])

    def test_corrected_room(self) -> None:
        """The sign server may know the room better; a lost stream goes on in the right one."""
        wrong = "7000000000000000001"
        self.tiktok.sign_server.corrections[wrong] = self.room.room_id
        connected = self.connection().connect(wrong)
        self.settle()
        self.assertEqual(self.room.room_id, self.successResultOf(connected).room_id)
        self.room.push([chat("one")])
        self.settle()
        self.room.drop(clean=False)
        self.room.push([chat("two")])
        self.settle(5)
        self.assertTrue(self.fetches()[-1].parameter("cursor"))
        self.assertEqual(["one", "two"], self.seen.comments())

    def test_other_users_room(self) -> None:
        """A sign server that fetched another user's batch moves nobody there, and it is told."""
        other = self.tiktok.add_room("mallory")
        self.tiktok.sign_server.corrections[self.room.room_id] = other.room_id
        error = self.failureResultOf(self.attempt(), OtherRoomError).value
        for words in (other.room_id, self.room.room_id, "another user's"):
            self.assertIn(words, str(error))
        self.assertEqual([], self.handshakes())
        self.tiktok.sign_server.corrections.clear()
        self.live()

    def test_moved_while_away(self) -> None:
        """A room that was lost and is said to be another one is looked up, and its end is told."""
        connection = self.follow()
        old = self.room.room_id
        self.room.drop(clean=False)
        self.room.end(say=False)
        self.tiktok.sign_server.corrections[old] = new = self.room.go_live()
        lookups = len(self.lookups())
        self.settle(30)
        self.assertEqual(new, connection.get_state().room_id)
        self.assertLess(lookups, len(self.lookups()))
        self.assertEqual([old], [event.room_id for event in self.seen.of(StreamEnd)])


class ResumeTests(SignedTestCase):
    """A ticket admits once: every stream has its own, and goes on where the last one broke off."""

    def test_nothing_lost(self) -> None:
        """Over many losses every comment comes, once, in order."""
        self.tiktok.behaviour.history = False  # comments from before would hide a wrong cursor
        connection = self.live()
        said = []
        for number in range(8):
            for part in "abc":
                self.room.push([chat(f"{number}{part}")])
                said.append(f"{number}{part}")
                if part == "a":
                    self.settle()
            self.room.drop(clean=False)
            self.room.push([chat(f"{number} unseen")])
            said.append(f"{number} unseen")
            self.settle(40)
        self.assertEqual("live", connection.get_state().phase)
        self.assertEqual(said, self.seen.comments())
        self.assertEqual([], self.seen.of(Gap))
        self.assertEqual(9, len(self.fetches()))
        tickets = [each.parameter("wrss") for each in self.handshakes()]
        self.assertEqual(9, len(set(tickets)))
        self.assertIsNone(self.fetches()[0].parameter("cursor"))
        self.assertEqual([], self.tiktok.refused)

    def test_cursor(self) -> None:
        """The sign server is told the cursor of the last batch that came by the socket."""
        self.live()
        batch = self.room.push([chat("one")])
        self.settle()
        self.lose()
        self.assertEqual(batch.cursor, self.fetches()[-1].parameter("cursor"))

    def test_without_initial_data(self) -> None:
        """What was missed is no initial data: it comes even if that is left out."""
        self.rewire(process_initial_data=False)
        self.room.push([chat("before")])
        self.live()
        self.room.push([chat("one")])
        self.settle()
        self.room.drop(clean=False)
        self.room.push([chat("two")])
        self.settle(5)
        self.assertEqual(["one", "two"], self.seen.comments())

    def test_refused_socket(self) -> None:
        """A socket that is refused as a flagged guest is asked for again with a new ticket."""
        self.tiktok.refuse(message="DEVICE_BLOCKED", code="415")
        connected = self.attempt(3)
        self.assertTrue(self.successResultOf(connected).is_connected)
        self.assertIs(DeviceBlockedError, type(self.seen.only(Reconnecting).reason))
        first, second = self.handshakes()
        self.assertNotEqual(first.cookies["ttwid"], second.cookies["ttwid"])
        self.assertEqual(2, len(self.fetches()))


class FailureTests(SignedTestCase):
    """Everything that a sign server may do instead (wire facts §9.6, §9.7)."""

    def fails(self, how: str) -> Any:
        """connect() fails, and no socket was tried."""
        self.tiktok.sign_server.fail(how)
        connected = self.attempt()
        error = self.refused(connected, TikTokLiveError)
        self.assertEqual([], self.handshakes())
        return error

    def test_each(self) -> None:
        """Each failure has its own error, which says what was answered and whether to wait."""
        cases: list[tuple[str, type[TikTokLiveError], Remedy, float | None, str]] = [
            ("empty", EmptyFetchError, Remedy.WAIT, None, "is empty"),
            ("bad request", SignServerError, Remedy.WAIT, None, "400: 'Invalid request', X-Req"),
            ("no key", SignServerRefusedError, Remedy.AUTH, None, "401: 'Invalid or missing"),
            ("paid", SignServerRefusedError, Remedy.AUTH, None, "402: 'This endpoint is part"),
            ("blocked network", SignServerRefusedError, Remedy.AUTH, None, "'This ISP is blocked"),
            ("gone", SignatureError, Remedy.MODIFY, None, "404: 'Not Found'"),
            ("rate limit", SignatureRateLimitError, Remedy.WAIT, 23.0, "rate_limit_account_min"),
            ("refused by TikTok", SignServerUnavailableError, Remedy.WAIT, None, "500: 'Empty re"),
            ("bad gateway", SignServerUnavailableError, Remedy.WAIT, None, "'502 Bad Gateway'"),
            ("starting", SignServerUnavailableError, Remedy.WAIT, None, "'API is not ready for"),
            ("no batch", SignServerStubError, Remedy.WAIT, None, "is no batch: 'No permission'"),
            ("stub", ForeignPushServerError, Remedy.WAIT, None, "ws-fallback.eulerstream.com"),
            ("cookies", UnidentifiedTicketError, Remedy.WAIT, None, "named cookie not present"),
            ("cursor", MissingCursorError, Remedy.WAIT, None, "holds no cursor"),
            ("route", SignServerStubError, Remedy.WAIT, None, "no parameters for the socket"),
            ("push server", ForeignPushServerError, Remedy.WAIT, None, "no push server"),
        ]
        for how, kind, remedy, wait, words in cases:
            with self.subTest(how):
                self.settle(30)  # after the rate limit
                error = self.fails(how)
                self.assertIs(kind, type(error))
                self.assertEqual((remedy, wait), (error.remedy, error.retry_after))
                self.assertIn("sign server (api.eulerstream.com", str(error))
                self.assertIn(words, str(error))
                self.assertNotIn("sim-token", str(error))

    def test_unreachable(self) -> None:
        """A sign server that cannot be reached, or is silent for 10 seconds, is named."""
        self.network.refuse("api.eulerstream.com")
        error = self.refused(self.attempt(), ConnectError)
        self.assertIn("sign server told nothing of the first batch of @alice", str(error))
        self.assertIn("api.eulerstream.com:443 could not be reached", str(error))
        self.network.refuse("api.eulerstream.com", False)
        self.network.silence("api.eulerstream.com")
        connected = self.attempt(9.9)
        self.assertNoResult(connected)
        self.settle(0.2)
        self.assertIn("api.eulerstream.com", str(self.refused(connected, ConnectError)))

    def test_patient(self) -> None:
        """A patient connection waits as long as the sign server asks, then gets in."""
        self.tiktok.sign_server.fail("rate limit")
        connection = self.follow()
        self.settle(23)
        self.assertEqual(1, len(self.fetches()))
        self.assertIn("rate_limit_account_minute", connection.get_state().reason)
        self.settle(3)
        self.assertEqual("live", connection.get_state().phase)

    def test_patient_with_a_day(self) -> None:
        """A day's quota that is spent is tried by the hour, and found when it is there again."""
        self.tiktok.sign_server.fail("day spent", 3)
        connection = self.follow()
        self.settle(60)
        self.assertIn("rate_limit_account_day", connection.get_state().reason)
        for seconds, fetches in ((3000, 1), (1500, 2), (2400, 2), (1200, 3)):
            self.settle(seconds)
            self.assertEqual(fetches, len(self.fetches()))
            self.assertEqual("waiting", connection.get_state().phase)
        self.settle(3600)
        self.assertEqual("live", connection.get_state().phase)

    def test_patient_with_all(self) -> None:
        """It goes on through everything that waiting may mend."""
        for how in ("empty", "starting", "stub", "cookies", "cursor", "route", "no batch"):
            self.tiktok.sign_server.fail(how)
        connection = self.follow()
        self.settle(200)
        self.assertEqual("live", connection.get_state().phase)

    def test_unknown_key(self) -> None:
        """A key that is not known is not shown."""
        self.rewire(sign_provider_options=SignProviderOptions(api_key="wr0ng-key"))
        error = self.refused(self.attempt(), SignServerRefusedError)
        self.assertNotIn("wr0ng-key", str(error))
