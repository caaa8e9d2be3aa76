"""The whole stack by a sign server's relay: only by its name, and with nothing of the user's."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.stack.case import SILENT, StackTestCase, chat
from tiktoklive.errors import ForeignPushServerError, RelayRateLimitError
from tiktoklive.events import Chat, Disconnected, Gap
from tiktoklive.options import Options
from tiktoklive.simulator.push import RELAY_HOST

SECRET = "s3ssion0123"

RELAYED = Options(sources=("signed",), push_hosts=(RELAY_HOST,), limits=SILENT)

#: How a relay closes when the share of the day is spent (wire facts §9.7).
SPENT = {"code": 4429, "reason": "rate_limit_account_day"}


class RelayTestCase(StackTestCase):
    """A sign server that leads through its relay."""

    options = RELAYED

    def setUp(self) -> None:
        super().setUp()
        self.tiktok.sign_server.use_relay()

    def rewire(self, **changes: Any) -> None:
        """Other options."""
        self.wiring = self.wire(replace(RELAYED, **changes))

    def fetches(self) -> int:
        """How often the sign server was asked for a first batch."""
        return len([each for each in self.tiktok.requests if each.path.endswith("/connect")])

    def hosts(self) -> list[str]:
        """The hosts of all WebSockets that were asked for, in order."""
        found = [each for each in self.tiktok.requests if each.header("upgrade")]
        return [each.header("host") or "" for each in found]


class AllowedTests(RelayTestCase):
    """Who is let in by it, and what it gets to see."""

    def test_not_by_itself(self) -> None:
        """Without its name nothing goes there, and the error says how it is allowed."""
        self.rewire(push_hosts=("other.example",))
        connected = self.connection(wiring=self.wiring).connect()
        self.settle()
        error = self.refused(connected, ForeignPushServerError)
        self.assertIn(f"--allow-push-host {RELAY_HOST}", str(error))
        self.assertEqual([], self.hosts())
        self.assertNotIn(RELAY_HOST, [host for host, _ in self.network.attempts])

    def test_by_name(self) -> None:
        """With its name the room is entered and a heartbeat sent at once, and events come."""
        self.live()
        self.assertEqual([RELAY_HOST], self.hosts())
        viewer = self.viewer
        self.assertIsNotNone(viewer.entered)
        self.assertEqual([0.0], [each.at - viewer.request.at for each in viewer.heartbeats])
        self.assertEqual(([], []), (viewer.complaints, viewer.bad_acks))
        self.room.push([chat("by the relay")])
        self.settle()
        self.assertEqual("by the relay", self.seen.of(Chat)[-1].comment)
        self.assertEqual("signed", self.seen.of(Chat)[-1].origin.source)

    def test_nothing_of_the_user(self) -> None:
        """No session, cookie, header or parameter of the user goes there; to TikTok they do."""
        cookies = {"Cookie": f"sessionid={SECRET}; mine={SECRET}"}
        self.rewire(
            session_id=SECRET,
            tt_target_idc="useast5",
            session_hosts=("api.eulerstream.com", RELAY_HOST),
            request_headers=cookies,
            websocket_headers={**cookies, "X-Mine": SECRET, "User-Agent": "Mozilla/5.0 (mine)"},
            client_params={"mine": SECRET},
        )
        connection = self.live(self.connection(wiring=self.wiring))
        [handshake] = [each for each in self.tiktok.requests if each.header("upgrade")]
        self.assertEqual(RELAY_HOST, handshake.header("host"))
        self.assertNotIn(SECRET, repr((handshake.target, handshake.headers)))
        self.assertEqual({"ttwid", "odin_tt"}, set(handshake.cookies))
        self.assertEqual("Mozilla/5.0 (mine)", handshake.header("user-agent"))
        self.tiktok.sign_server.use_relay(False)
        self.lose()
        self.assertTrue(connection.get_state().is_connected)
        handshake = [each for each in self.tiktok.requests if each.header("upgrade")][-1]
        self.assertEqual("webcast-ws.tiktok.com", handshake.header("host"))
        self.assertEqual(SECRET, handshake.cookies["sessionid"])
        self.assertEqual(SECRET, handshake.parameter("mine"))

    def test_query(self) -> None:
        """Its address carries the token, the room and the second version, encoded once."""
        self.live()
        request = self.viewer.request
        self.assertEqual(request.header("user-agent"), request.parameter("user_agent"))
        self.assertEqual(self.room.room_id, request.parameter("room_id"))
        self.assertEqual("true", request.parameter("client_enter"))
        versions = [value for name, value in request.query if name == "version_code"]
        self.assertEqual(["180800", "270000"], versions)
        self.assertNotIn(" ", request.target)

    def test_lost(self) -> None:
        """What was missed cannot be had from it: a gap is told, and nothing comes twice."""
        self.live()
        self.room.push([chat("one")])
        self.settle()
        self.room.drop(clean=False)
        self.room.push([("WebcastLikeMessage", b"")])
        self.settle(4)
        self.assertEqual([RELAY_HOST] * 2, self.hosts())
        self.assertEqual(1, len(self.seen.of(Gap)))
        self.assertEqual(["one"], self.seen.comments())


class SpentTests(RelayTestCase):
    """The account's share of the day is used up."""

    def test_alone(self) -> None:
        """Without another source it is asked by the hour, and is live when it is let in again."""
        connection = self.follow()
        self.room.drop(**SPENT)
        self.settle(60)
        error = self.seen.of(Disconnected)[-1].reason
        assert isinstance(error, RelayRateLimitError), error
        self.assertGreater(error.retry_after or 0, 3 * 3600)
        self.assertEqual(("waiting", 1), (connection.get_state().phase, self.fetches()))
        [source] = self.wiring.sources_status().sources
        self.assertIsNotNone(source.budgets[0].again_at)
        self.settle(3000)
        self.assertEqual(1, self.fetches())
        self.settle(1200)
        self.assertEqual(("live", 2), (connection.get_state().phase, self.fetches()))

    def test_others_go_on(self) -> None:
        """With another source the room is back within seconds, and comes back to it in time."""
        self.rewire(sources=("signed", "direct"))
        connection = self.follow(wiring=self.wiring)
        self.room.drop(**SPENT)
        self.settle(4)
        self.assertEqual("live", connection.get_state().phase)
        self.assertEqual([RELAY_HOST, "webcast-ws.tiktok.com"], self.hosts())
        self.lose()
        self.assertEqual(1, self.fetches())
        self.settle(3700)
        self.lose()
        self.assertEqual(2, self.fetches())
        self.assertEqual(RELAY_HOST, self.hosts()[-1])
