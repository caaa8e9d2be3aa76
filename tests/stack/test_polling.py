"""The whole stack by polling: every message once, in order, whatever happens in between."""

from __future__ import annotations

from typing import Any

from tests.stack.case import SILENT, chat
from tests.stack.test_classic import ClassicTestCase
from tiktoklive.errors import AllFailedError, InitialFetchError, StreamLostError
from tiktoklive.events import Chat, Disconnected, Error, Gap, Reconnecting
from tiktoklive.simulator import Answer
from tiktoklive.simulator.fetch import FETCH_PATH
from tiktoklive.wire.batches import build_batch

FAILED = "Error while fetching webcast data via request polling"


class PollingTestCase(ClassicTestCase):
    """Connections of somebody who is logged in, in the world without an upgrade."""

    def setUp(self) -> None:
        super().setUp()
        self.tiktok.behaviour.upgrade = False
        self.rewire(session=True)

    def poll(self) -> Any:
        """A connection that polls."""
        connection = self.connection(wiring=self.wiring)
        connected = connection.connect()
        self.settle(1)
        self.assertTrue(self.successResultOf(connected).is_connected)
        self.assertFalse(connection.get_state().upgraded_to_websocket)
        return connection

    def times(self) -> list[float]:
        """When batches were asked for."""
        return [each.at for each in self.fetches()]


class BecauseTests(PollingTestCase):
    """Why somebody polls."""

    def test_not_offered(self) -> None:
        """No WebSocket is offered: no error, and no websocketConnected."""
        self.poll()
        self.assertEqual(["connected"], self.seen.names())
        self.assertEqual([], self.handshakes())

    def test_switched_off(self) -> None:
        """The upgrade is switched off: no socket is tried."""
        self.tiktok.behaviour.upgrade = True
        self.rewire(session=True, enable_websocket_upgrade=False)
        self.poll()
        self.assertEqual(["connected"], self.seen.names())
        self.assertEqual([], self.handshakes())

    def test_refused(self) -> None:
        """The WebSocket is refused: an error says so, and polling goes on."""
        self.tiktok.behaviour.upgrade = True
        self.tiktok.refuse(message="illegal secret key", code="417")
        self.poll()
        self.assertEqual(["Upgrade to websocket failed"], self.errors())
        self.assertIn("illegal secret key", str(self.seen.only(Error).exception))
        self.room.push([chat("one")])
        self.settle(1)
        self.assertEqual(["one"], self.seen.comments())

    def test_device_blocked(self) -> None:
        """One that is refused for who we are lets us poll, and be somebody else afterwards."""
        self.tiktok.behaviour.upgrade = True
        self.tiktok.refuse(message="DEVICE_BLOCKED", code="415")
        self.poll()
        self.assertEqual(["Upgrade to websocket failed"], self.errors())
        self.network.drop()
        self.tiktok.add_room("bob")
        other = self.connection("bob", wiring=self.wiring)
        connected = other.connect()
        self.settle(4)
        self.successResultOf(connected)
        first, second = self.handshakes()
        self.assertNotEqual(first.cookies["ttwid"], second.cookies["ttwid"])

    def test_foreign(self) -> None:
        """A foreign push server is reported, and not gone to."""
        batch = build_batch(
            [], cursor="0_0_1_1_0_0", internal_ext="x", push_server="wss://x.example/"
        )
        self.tiktok.answer_next(FETCH_PATH, Answer(200, batch))
        self.poll()
        self.assertEqual(["Upgrade to websocket failed"], self.errors())
        self.assertIn("'x.example'", str(self.seen.only(Error).exception))

    def test_polling_refused(self) -> None:
        """Where polling is refused too, there is no connection, and both are told."""
        self.tiktok.behaviour.upgrade = True
        self.tiktok.refuse(message="illegal secret key", code="417")
        self.tiktok.behaviour.unsigned_fetch = False
        connected = self.connection(wiring=self.wiring).connect()
        self.settle(1)
        error = self.refused(connected, AllFailedError)
        self.assertEqual(["websocket", "polling"], [name for name, _ in error.failures])

    def test_only_polling_refused(self) -> None:
        """The error of polling alone is told as it is."""
        self.tiktok.behaviour.unsigned_fetch = False
        connected = self.connection(wiring=self.wiring).connect()
        self.settle(1)
        self.refused(connected, InitialFetchError)


class DeliveryTests(PollingTestCase):
    """What is delivered."""

    def test_once_in_order(self) -> None:
        """Each message is delivered once, in order, with errors in between."""
        self.room.push([chat("before")])
        self.poll()
        expected = ["before"]
        troubles = (Answer(503), Answer(200), Answer(200, b"\xff\xff"), Answer(403), None)
        for number in range(20):
            trouble = troubles[number % 5]
            if trouble is not None:
                self.tiktok.answer_next(FETCH_PATH, trouble)
            for letter in "abc":
                self.room.push([chat(f"{number}{letter}1"), chat(f"{number}{letter}2")])
                expected += [f"{number}{letter}1", f"{number}{letter}2"]
                self.settle(1)
        self.settle(3)
        self.assertEqual(expected, self.seen.comments())
        self.assertEqual(0, self.seen.names().count("disconnected"))
        self.assertEqual([FAILED] * 16, self.errors())

    def test_continued(self) -> None:
        """Each poll carries the cursor and the internal_ext of the last batch, and no signature."""
        self.poll()
        self.settle(3)
        first, *polls = self.fetches()
        self.assertEqual(("", ""), (first.parameter("cursor"), first.parameter("internal_ext")))
        cursors = [each.parameter("cursor") for each in polls]
        self.assertEqual(len(cursors), len(set(cursors)))
        for each in polls:
            self.assertTrue(each.parameter("internal_ext"))
            self.assertIsNone(each.parameter("X-Bogus"))
            self.assertEqual(first.header("user-agent"), each.header("user-agent"))
            self.assertEqual(first.cookies, each.cookies)

    def test_missing_cursor(self) -> None:
        """A batch without a cursor is delivered and reported, and the old cursor is used again."""
        self.poll()
        before = self.fetches()[-1]
        self.tiktok.answer_next(
            FETCH_PATH, Answer(200, build_batch([(*chat("odd"), 9, False)], internal_ext="other"))
        )
        self.settle(2)
        self.assertEqual(["odd"], self.seen.comments())
        self.assertEqual(["Missing cursor in fetch response."], self.errors())
        odd, after = self.fetches()[-2:]
        self.assertEqual(odd.parameter("cursor"), after.parameter("cursor"))
        self.assertNotEqual(before.parameter("cursor"), after.parameter("cursor"))
        self.assertEqual("other", after.parameter("internal_ext"))

    def test_long_cursor(self) -> None:
        """A cursor that is too long is dropped and reported, and polling begins anew."""
        self.poll()
        batch = build_batch([(*chat("odd"), 9, False)], cursor="c" * 5000, internal_ext="other")
        self.tiktok.answer_next(FETCH_PATH, Answer(200, batch))
        self.settle(2)
        self.assertEqual(["odd"], self.seen.comments()[:1])
        self.assertEqual(["Missing cursor in fetch response."], self.errors())
        self.assertIn("more than 4096 characters", str(self.seen.only(Error).exception))
        after = self.fetches()[-1]
        self.assertEqual(("", ""), (after.parameter("cursor"), after.parameter("internal_ext")))

    def test_cookies_on_the_way(self) -> None:
        """A cookie that TikTok sets is sent from then on."""
        self.poll()
        batch = build_batch([], cursor="0_99_1_1_0_0", internal_ext="x")
        self.tiktok.answer_next(
            FETCH_PATH, Answer(200, batch, headers=(("Set-Cookie", "msToken=fresh; Path=/"),))
        )
        self.settle(2)
        self.assertEqual("fresh", self.fetches()[-1].cookies["msToken"])

    def test_quiet(self) -> None:
        """A quiet room is no dead stream."""
        self.rewire(session=True, limits=SILENT)
        self.poll()
        self.settle(200)
        self.assertEqual(["connected"], self.seen.names())

    def test_end(self) -> None:
        """The end of the broadcast ends the polling."""
        connection = self.poll()
        over = connection.when_over()
        self.room.end()
        self.settle(2)
        self.assertIsNone(self.successResultOf(over))
        asked = len(self.fetches())
        self.settle(10)
        self.assertEqual(asked, len(self.fetches()))


class PaceTests(PollingTestCase):
    """When the next batch is asked for."""

    def test_own(self) -> None:
        """Ours, if the server wishes nothing."""
        self.tiktok.behaviour.fetch_interval = 0
        self.rewire(session=True, request_polling_interval=2.0)
        self.connection(wiring=self.wiring).connect()
        self.settle(8)
        self.assertEqual([0, 2, 4, 6, 8], self.times())

    def test_servers(self) -> None:
        """The server's, if it is longer; it may change with each batch."""
        self.tiktok.behaviour.fetch_interval = 4000
        self.connection(wiring=self.wiring).connect()
        self.settle(8)
        self.tiktok.behaviour.fetch_interval = 500
        self.settle(6)
        self.assertEqual([0, 4, 8, 12, 13, 14], self.times())

    def test_nonsense(self) -> None:
        """A wish for a pause of hours is not granted in full."""
        self.poll()
        self.tiktok.behaviour.fetch_interval = 9_000_000
        self.settle(32)
        self.assertEqual([0, 1, 2, 32], self.times())

    def test_long(self) -> None:
        """Our own may be longer than sockets may be silent."""
        self.rewire(session=True, request_polling_interval=90.0, limits=SILENT)
        self.connection(wiring=self.wiring).connect()
        self.settle(270)
        self.assertEqual([0, 90, 180, 270], self.times())
        self.assertEqual(["connected"], self.seen.names())

    def test_from_the_answer(self) -> None:
        """The pause begins with the end of an answer, not with its beginning."""
        self.poll()
        self.network.drop("webcast.tiktok.com")
        self.network.silence("webcast.tiktok.com")
        self.settle(1.5)
        self.network.silence("webcast.tiktok.com", False)
        self.settle(2)
        self.assertEqual([0, 1, 2.5, 3.5, 4.5], self.times())

    def test_backoff(self) -> None:
        """After failures the pause doubles, and a success ends that."""
        self.poll()
        for answer in (Answer(200, b""), Answer(403), Answer(502)):
            self.tiktok.answer_next(FETCH_PATH, answer)
        self.settle(17)
        self.assertEqual([0, 1, 2, 4, 8, 16, 17, 18], self.times())
        self.assertEqual([FAILED] * 3, self.errors())

    def test_retry_after(self) -> None:
        """A wish to be left alone for a while is granted."""
        self.poll()
        self.tiktok.answer_next(FETCH_PATH, Answer(429, headers=(("Retry-After", "20"),)))
        self.settle(22)
        self.assertEqual([0, 1, 2, 22], self.times()[:4])


class DeathTests(PollingTestCase):
    """Polling that ends."""

    def test_dies_and_comes_back(self) -> None:
        """After five failures the stream is lost, and a new one goes on where it was."""
        self.poll()
        self.room.push([chat("one")])
        self.settle(1)
        self.tiktok.answer_next(FETCH_PATH, Answer(503), times=5)
        self.settle(31)
        lost = self.seen.only(Disconnected).reason
        assert isinstance(lost, StreamLostError)
        self.assertIn("Polling failed 5 times in a row", str(lost))
        self.assertIn("HTTP 503", str(lost))
        self.room.push([chat("missed")])
        self.settle(4)
        self.assertEqual(["one", "missed"], self.seen.comments())
        self.assertEqual(2, self.seen.names().count("connected"))
        self.assertEqual([], self.seen.of(Gap))

    def test_left_alone(self) -> None:
        """A wish to be left alone for long ends the stream, and the session grants it."""
        self.poll()
        self.tiktok.answer_next(FETCH_PATH, Answer(429, headers=(("Retry-After", "300"),)))
        self.settle(2)
        self.assertIn("disconnected", self.seen.names())
        self.assertGreaterEqual(self.seen.only(Reconnecting).delay, 300)
        asked = len(self.fetches())
        self.settle(299)
        self.assertEqual(asked, len(self.fetches()))
        self.settle(4)
        self.assertGreater(len(self.fetches()), asked)

    def test_stop_in_flight(self) -> None:
        """Stopping while a poll is under way cancels it, and leaves nothing."""
        connection = self.poll()
        self.network.drop("webcast.tiktok.com")
        self.network.silence("webcast.tiktok.com")
        self.settle(1.2)
        self.assertEqual([("webcast.tiktok.com", 443)], self.network.waiting)
        stopped = connection.disconnect()
        self.settle()
        self.successResultOf(stopped)
        self.assertEqual([], self.network.waiting)
        self.assertIsNone(self.seen.only(Disconnected).reason)

    def test_stop_while_asked(self) -> None:
        """Stopping is heard while connecting waits for the first poll."""
        connection = self.connection(wiring=self.wiring)
        connected = connection.connect()
        self.settle(0.5)
        self.assertNoResult(connected)
        self.successResultOf(connection.disconnect())
        self.failureResultOf(connected)
        self.settle(5)
        self.assertEqual(1, len(self.fetches()))

    def test_stop_in_the_pause(self) -> None:
        """Stopping between two polls is immediate."""
        connection = self.poll()
        self.settle(0.5)
        self.successResultOf(connection.disconnect())
        self.settle(5)
        self.assertEqual(2, len(self.fetches()))

    def test_stopped_by_an_observer(self) -> None:
        """An observer that stops the connection on a message is obeyed at once."""
        connection = self.poll()
        connection.on("chat", lambda event: connection.disconnect())
        self.room.push([chat("stop")])
        self.settle(5)
        self.assertEqual("stopped", connection.get_state().phase)
        self.assertEqual(3, len(self.fetches()))


class SimulatorTests(PollingTestCase):
    """The simulated TikTok answers polls as the facts say."""

    def test_first(self) -> None:
        """The first batch has what was said before, as history; later ones only what is new."""
        self.room.push([chat("before")])
        self.poll()
        self.room.push([chat("after")])
        self.settle(1)
        chats = [(event.comment, event.is_history) for event in self.seen.of(Chat)]
        self.assertEqual([("before", True), ("after", False)], chats)

    def test_bounded(self) -> None:
        """A poller who stays away too long has to begin anew; memory is bounded."""
        self.poll()
        for number in range(300):
            self.room.push([chat(str(number))])
        self.settle(1)
        self.assertEqual([str(number) for number in range(250, 300)], self.seen.comments())
        self.assertEqual(1, len(self.seen.of(Gap)))
