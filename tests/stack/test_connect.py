"""The whole stack: connecting, entering, acknowledging, keeping the heartbeat."""

from __future__ import annotations

from tests.stack.case import CHAT, StackTestCase, chat
from tiktoklive.errors import AlreadyConnectedError, AlreadyConnectingError
from tiktoklive.events import Connected, WebsocketConnected
from tiktoklive.simulator.viewer import Batch
from tiktoklive.wire import frames
from tiktoklive.wire.batches import build_batch


class ConnectTests(StackTestCase):
    """From a username to a live stream."""

    def test_state(self) -> None:
        """connect() fires with a state that says connected, and names the room."""
        connected = self.connection().connect()
        self.assertNoResult(connected)
        self.settle()
        state = self.successResultOf(connected).as_dict()
        self.assertEqual(self.room.room_id, state.pop("roomInfo")["id_str"])
        self.assertEqual(
            {"isConnected": True, "upgradedToWebsocket": True, "roomId": self.room.room_id}, state
        )

    def test_get_state(self) -> None:
        """get_state() follows the connection from idle over live to stopped."""
        connection = self.connection()
        self.assertEqual(("idle", False), (connection.get_state().phase, False))
        self.live(connection)
        self.assertTrue(connection.get_state().is_connected)
        self.assertEqual("live", connection.get_state().phase)
        connection.disconnect()
        self.settle(1)
        self.assertFalse(connection.get_state().is_connected)
        self.assertEqual("stopped", connection.get_state().phase)

    def test_events(self) -> None:
        """websocketConnected comes before connected, which carries the state; no gap is told."""
        self.live()
        self.assertEqual(["websocketConnected", "connected"], self.seen.names())
        connected = self.seen.only(Connected)
        self.assertEqual(self.room.room_id, connected.state.room_id)
        self.assertEqual(
            ("alice", self.room.room_id, "direct"),
            (connected.anchor, connected.room_id, connected.origin.source),
        )
        self.assertEqual(self.room.room_id, self.seen.only(WebsocketConnected).room_id)

    def test_viewer_is_content(self) -> None:
        """The simulated TikTok has nothing to complain about."""
        self.live()
        self.room.push([chat("hello")])
        self.settle(35)
        viewer = self.viewer
        self.assertEqual(
            ([], [], 0, 0), (viewer.complaints, viewer.bad_acks, viewer.gaps, viewer.withheld)
        )
        self.assertEqual({}, viewer.unacked)

    def test_messages(self) -> None:
        """Messages arrive as events, in order, with room, time and source."""
        self.live()
        self.settle(2)
        self.room.push([chat("one"), chat("two", "eve")])
        self.room.push([chat("three")])
        self.settle()
        self.assertEqual(["one", "two", "three"], self.seen.comments())
        event = self.seen.events[-1]
        self.assertEqual(
            ("alice", self.room.room_id, 2000, "direct"),
            (event.anchor, event.room_id, event.received_at, event.origin.source),
        )

    def test_history(self) -> None:
        """What was said before we came is delivered too, marked as history."""
        self.room.push([chat("before")])
        self.live()
        self.room.push([chat("after")])
        self.settle()
        self.assertEqual(["before", "after"], self.seen.comments())
        chats = [event for event in self.seen.events if event.name == "chat"]
        self.assertEqual([True, False], [event.is_history for event in chats])

    def test_room_id_given(self) -> None:
        """connect(room_id) looks nobody up."""
        connected = self.connection().connect(self.room.room_id)
        self.settle()
        self.assertEqual(self.room.room_id, self.successResultOf(connected).room_id)
        self.assertEqual([], self.lookups())

    def test_room_id_number(self) -> None:
        """A room id may be given as a number."""
        connected = self.connection().connect(int(self.room.room_id))
        self.settle()
        self.assertEqual(self.room.room_id, self.successResultOf(connected).room_id)

    def test_room_id_garbage(self) -> None:
        """A room id that is no number fails at once, and nothing is asked."""
        connection = self.connection()
        self.failureResultOf(connection.connect("alice"), ValueError)
        self.settle()
        self.assertEqual([], self.tiktok.requests)
        self.assertEqual("idle", connection.get_state().phase)

    def test_while_connecting(self) -> None:
        """connect() while a connection is being made fails at once, and the first one goes on."""
        connection = self.connection()
        first = connection.connect()
        self.refused(connection.connect(), AlreadyConnectingError)
        self.settle()
        self.successResultOf(first)

    def test_while_connected(self) -> None:
        """connect() on a live connection fails at once, and the connection stays."""
        connection = self.live()
        self.refused(connection.connect(), AlreadyConnectedError)
        self.settle(5)
        self.assertTrue(connection.get_state().is_connected)
        self.assertEqual(1, len(self.handshakes()))

    def test_again_after_disconnect(self) -> None:
        """A connection that was disconnected can connect again."""
        connection = self.live()
        stopped = connection.disconnect()
        self.settle(1)
        self.successResultOf(stopped)
        self.live(connection)
        self.assertEqual(1, len(self.tiktok.viewers))

    def test_cancel(self) -> None:
        """Cancelling connect() disconnects, whatever is under way."""
        for host in ("www.tiktok.com", "webcast-ws.tiktok.com"):
            with self.subTest(host):
                self.network.silence(host)
                connection = self.connection()
                connected = connection.connect()
                self.settle(1)
                self.assertIn(host, [each for each, _ in self.network.waiting])
                connected.cancel()
                self.failureResultOf(connected)
                self.settle(1)
                self.assertEqual([], self.network.waiting)
                self.assertEqual("stopped", connection.get_state().phase)
                self.network.silence(host, False)

    def test_shared_identity(self) -> None:
        """Connections that share a wiring share its guest cookie, asked for once."""
        self.tiktok.add_room("bea")
        for name in ("alice", "bea"):
            self.live(self.connection(name))
        first, second = self.handshakes()
        self.assertEqual(first.cookies["ttwid"], second.cookies["ttwid"])
        paths = [request.path for request in self.tiktok.requests]
        self.assertEqual(1, paths.count("/ttwid/check/"))
        self.assertEqual([], [path for path in paths if path.startswith("/@")])


class EnterTests(StackTestCase):
    """The first frames on a fresh stream."""

    def test_enter_room_first(self) -> None:
        """The room is entered before the first heartbeat: entering starts the numbers anew."""
        self.live()
        self.settle(10)
        self.assertEqual([1, 2], [beat.sequence for beat in self.viewer.heartbeats])
        # The simulator, like TikTok, expects 1 after an enter-room: had it come after the
        # first heartbeat, the second one would have left a gap.
        self.assertEqual(0, self.viewer.gaps)

    def test_room(self) -> None:
        """The room that is entered is the one of the look-up."""
        self.live()
        entered = self.viewer.entered
        assert entered is not None
        self.assertEqual(self.room.room_id, str(entered.room_id))


class AckTests(StackTestCase):
    """Frames that want to be acknowledged are, and no others (wire facts §6.4)."""

    def test_every_one(self) -> None:
        """Each frame whose batch asks for it is acknowledged with its own internal_ext."""
        self.live()
        for number in range(5):
            self.room.push([chat(str(number))])
            self.settle()
        viewer = self.viewer
        self.assertEqual(6, len(viewer.acks))  # the greeting too
        self.assertEqual(6, len(set(viewer.acks)))
        self.assertEqual(([], {}), (viewer.bad_acks, viewer.unacked))

    def test_none_unasked(self) -> None:
        """A frame whose batch doesn't ask for it is not acknowledged."""
        self.tiktok.behaviour.need_ack = False
        self.live()
        self.room.push([chat("quiet")])
        self.settle()
        self.assertEqual(["quiet"], self.seen.comments())
        self.assertEqual(([], []), (self.viewer.acks, self.viewer.bad_acks))

    def test_empty_internal_ext(self) -> None:
        """An empty internal_ext is acknowledged with "-", because TikTok refuses nothing at all."""
        self.live()
        before = len(self.viewer.acks)
        data = build_batch([(*chat("no ext"), 5, False)], needs_ack=True)
        self.viewer.deliver(Batch(data, "", True))  # which expects a "-"
        self.settle()
        self.assertEqual(["no ext"], self.seen.comments())
        self.assertEqual((before + 1, []), (len(self.viewer.acks), self.viewer.bad_acks))

    def test_no_log_id(self) -> None:
        """A frame without a log id cannot be acknowledged, and its messages are delivered."""
        self.live()
        data = build_batch([(*chat("no id"), 6, False)], needs_ack=True, internal_ext="x")
        self.viewer.send(frames.push(data, 0))
        self.settle()
        self.assertEqual(["no id"], self.seen.comments())
        self.assertEqual([], self.viewer.bad_acks)

    def test_undecodable_is_acknowledged(self) -> None:
        """A batch with a message that doesn't decode is acknowledged: the frame did arrive."""
        self.live()
        self.room.push([(CHAT, b"\xff\xff\xff")])
        self.settle()
        self.assertEqual({}, self.viewer.unacked)


class HeartbeatTests(StackTestCase):
    """Heartbeats at the server's pace, numbered (wire facts §6.4, §6.6)."""

    def beats(self) -> list[float]:
        """When heartbeats arrived on the present stream."""
        return [beat.at for beat in self.viewer.heartbeats]

    def test_default(self) -> None:
        """Without a wish of the server there is one at once, and one every 10 seconds."""
        self.tiktok.behaviour.heartbeat_duration = 0
        self.live()
        self.settle(35)
        self.assertEqual([0.0, 10.0, 20.0, 30.0], self.beats())

    def test_room(self) -> None:
        """Each names the room."""
        self.live()
        self.settle(10)
        self.assertEqual({self.room.room_id}, {beat.room_id for beat in self.viewer.heartbeats})

    def test_batch(self) -> None:
        """heartbeat_duration of a batch, in milliseconds, changes the pace."""
        self.tiktok.behaviour.heartbeat_duration = 4000
        self.live()
        self.settle(13)
        self.assertEqual([0.0, 4.0, 8.0, 12.0], self.beats())

    def test_batch_changes(self) -> None:
        """A later batch changes the pace again, counted from its arrival."""
        self.live()
        self.settle(12)
        self.tiktok.behaviour.heartbeat_duration = 3000
        self.room.push([chat("faster")])
        self.settle(7)
        self.assertEqual([0.0, 10.0, 15.0, 18.0], self.beats())

    def test_same_wish_keeps_the_beat(self) -> None:
        """Batches that repeat the wish don't put the next heartbeat off."""
        self.live()
        for _ in range(11):
            self.settle(2)
            self.room.push([chat("busy")])
        self.settle()
        self.assertEqual([0.0, 10.0, 20.0], self.beats())

    def test_handshake_option(self) -> None:
        """ping-interval of the handshake, in seconds, sets the pace and precedes the batches'."""
        self.tiktok.behaviour.ping_interval = 7
        self.tiktok.behaviour.heartbeat_duration = 3000
        self.live()
        self.settle(15)
        self.assertEqual([0.0, 7.0, 14.0], self.beats())

    def test_sequence(self) -> None:
        """They are numbered from 1, and from 1 again on a new stream."""
        self.live()
        self.settle(25)
        self.assertEqual([1, 2, 3], [beat.sequence for beat in self.viewer.heartbeats])
        self.lose()
        self.settle(11)
        self.assertEqual([1, 2], [beat.sequence for beat in self.viewer.heartbeats])
        self.assertEqual([0, 0], [viewer.gaps for viewer in self.room.all_viewers])

    def test_stops_with_the_stream(self) -> None:
        """No heartbeat is left running when the stream is gone (checked at the end of the test)."""
        connection = self.live()
        viewer = self.viewer
        self.settle(11)
        connection.disconnect()
        self.settle(30)
        self.assertEqual(2, len(viewer.heartbeats))
