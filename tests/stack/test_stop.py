"""The whole stack: stopping, in every state; the end of each test proves that nothing is left."""

from __future__ import annotations

from typing import Any

from twisted.internet.defer import Deferred

from tests.stack.case import StackTestCase
from tiktoklive.errors import ConnectionStoppedError, SignatureRefusedError

SOCKET = "webcast-ws.tiktok.com"
WEB = "www.tiktok.com"


class StopTests(StackTestCase):
    """stopService() in every state of a connection."""

    def stops(self, connection: Any, phase: str, seconds: float = 0.0) -> None:
        """It is in that state; stopping takes no longer, and nothing happens afterwards."""
        self.assertEqual(phase, connection.get_state().phase)
        over = connection.when_over()
        stopped = connection.stopService()
        self.settle(seconds)
        self.successResultOf(stopped)
        self.assertEqual(phase == "failed", self.successResultOf(over) is not None)
        self.assertEqual([], self.network.open_to(SOCKET))
        self.assertEqual([], self.network.waiting)
        requests, events = len(self.tiktok.requests), len(self.seen.events)
        self.settle(200)
        self.assertEqual(
            (requests, events), (len(self.tiktok.requests), len(self.seen.events)), "it went on"
        )
        self.assertFalse(connection.get_state().is_connected)

    def test_idle(self) -> None:
        """Before it was started."""
        self.stops(self.connection(), "idle")

    def test_resolving(self) -> None:
        """While a host that is silent is asked for the room."""
        self.network.silence(WEB)
        self.stops(self.follow(), "resolving")

    def test_resolving_in_request(self) -> None:
        """While the answer to the look-up is on its way."""
        connection = self.connection()
        connection.startService()
        self.network.refuse(WEB, False)
        self.assertEqual([(WEB, 443)], self.network.waiting)
        self.network._establish()
        [line] = self.network.open
        line.frozen = True
        self.settle(1)
        self.assertEqual("resolving", connection.get_state().phase)
        stopped = connection.stopService()
        line.frozen = False
        self.settle()
        self.successResultOf(stopped)
        self.assertEqual("stopped", connection.get_state().phase)

    def test_minting(self) -> None:
        """While a guest cookie is asked for, in the pause between two rounds."""
        self.tiktok.behaviour.ttwid_after = None
        connection = self.follow()
        self.settle(1)
        self.stops(connection, "signing")

    def test_connecting(self) -> None:
        """While the connection to a silent socket host is being made."""
        self.network.silence(SOCKET)
        self.stops(self.follow(), "connecting")

    def test_handshake(self) -> None:
        """While the answer to the handshake is awaited."""
        self.network.silence(SOCKET)
        connection = self.follow()
        self.network.silence(SOCKET, False)
        self.network._establish()
        [line] = self.network.open_to(SOCKET)
        line.frozen = True
        self.settle(1)
        self.assertEqual("connecting", connection.get_state().phase)
        stopped = connection.stopService()
        self.settle()
        self.successResultOf(stopped)
        line.frozen = False
        self.settle()
        self.assertEqual([], self.network.open_to(SOCKET))
        self.assertEqual([], self.tiktok.viewers)

    def test_live(self) -> None:
        """While live: the stream is closed in order."""
        connection = self.follow()
        viewer = self.viewer
        self.stops(connection, "live")
        self.assertEqual(1000, (viewer.closed or (None,))[0])
        self.assertEqual("disconnected", self.seen.names()[-1])

    def test_live_with_a_vanished_host(self) -> None:
        """While live, when the host has vanished: the closing takes 2 seconds, no longer."""
        connection = self.follow()
        [line] = self.network.open_to(SOCKET)
        line.frozen = True
        stopped = connection.stopService()
        self.settle(1.9)
        self.assertNoResult(stopped)
        self.settle(0.2)
        self.assertTrue(line.client.aborted)
        line.frozen = False  # a real transport tells at once that it was aborted
        self.settle()
        self.successResultOf(stopped)

    def test_waiting(self) -> None:
        """While it waits to try again."""
        self.tiktok.refuse(status=503)
        self.stops(self.follow(), "waiting")

    def test_offline(self) -> None:
        """While the user is not live."""
        self.room.end()
        self.stops(self.follow(), "offline")

    def test_ending(self) -> None:
        """While the stream of a broadcast that is over is being closed."""
        connection = self.follow()
        [line] = self.network.open_to(SOCKET)
        self.room.end(close=False)
        # Let the end arrive, but not our answer.
        line.server._deliver(line.client)
        line.frozen = True
        self.assertEqual("ending", connection.get_state().phase)
        stopped = connection.stopService()
        self.settle(1)
        self.assertNoResult(stopped)
        line.frozen = False
        self.settle()
        self.successResultOf(stopped)
        self.assertEqual("stopped", connection.get_state().phase)

    def test_stopping(self) -> None:
        """While it is being stopped: both callers are told."""
        connection = self.follow()
        [line] = self.network.open_to(SOCKET)
        line.frozen = True
        first, second = connection.stopService(), connection.disconnect()
        self.settle(1)
        self.assertNoResult(first)
        self.assertNoResult(second)
        line.frozen = False
        self.settle(1)
        self.successResultOf(first)
        self.successResultOf(second)

    def test_failed(self) -> None:
        """After it failed, and while it is refused."""
        self.tiktok.refuse(message="illegal secret key", times=9)
        refused = self.connection().connect()
        self.settle()
        self.refused(refused, SignatureRefusedError)
        self.stops(self.services[-1], "failed")
        self.settle(1)
        connection = self.follow()
        self.settle(10)
        self.stops(connection, "refused")

    def test_ended(self) -> None:
        """After the broadcast that connect() was for ended."""
        connection = self.live()
        self.room.end()
        self.settle(3)
        self.stops(connection, "ended")

    def test_stopped(self) -> None:
        """After it was stopped already."""
        connection = self.follow()
        connection.stopService()
        self.settle(3)
        self.stops(connection, "stopped")

    def test_again(self) -> None:
        """A service that was stopped can be started again."""
        connection = self.follow()
        connection.stopService()
        self.settle(3)
        connection.startService()
        self.settle()
        self.assertEqual("live", connection.get_state().phase)

    def test_connect_fails(self) -> None:
        """connect() that was under way fails when the connection is stopped."""
        self.network.silence(SOCKET)
        connection = self.connection()
        connected = connection.connect()
        self.settle(1)
        connection.disconnect()
        self.refused(connected, ConnectionStoppedError)


class WhenOverTests(StackTestCase):
    """when_over()."""

    def test_each(self) -> None:
        """It fires for everybody who asked, with the error that waiting can't mend."""
        connection = self.connection()
        self.tiktok.refuse(message="illegal secret key")
        asked: list[Deferred[Any]] = [connection.when_over() for _ in range(2)]
        connection.connect().addErrback(lambda failure: None)
        self.settle()
        for each in asked:
            self.assertIsInstance(self.successResultOf(each), SignatureRefusedError)

    def test_not_before(self) -> None:
        """It does not fire while the connection goes on by itself."""
        connection = self.follow()
        over = connection.when_over()
        self.lose(seconds=20)
        self.room.end()
        self.settle(200)
        self.assertNoResult(over)
