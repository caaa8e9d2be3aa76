"""The push socket lets in whom TikTok lets in, refuses in its words, and counts what clients do."""

from __future__ import annotations

from twisted.logger import capturedLogs, eventAsText

from tests.simulator.client import PlainClient, SimulatorTestCase, classic_ack, query_of
from tiktoklive.model import Status
from tiktoklive.testing import settle
from tiktoklive.wire import batches, frames
from tiktoklive.wire.speech_pb2 import WebcastChatMessage


def chat(text: str) -> tuple[str, bytes]:
    """A chat message with nothing but its text."""
    return "WebcastChatMessage", WebcastChatMessage(content=text).SerializeToString()


class RefusalTests(SimulatorTestCase):
    """Who is not let in."""

    def assert_refused(
        self, client: PlainClient, message: str = "", code: str = "", status: int = 200
    ) -> None:
        """The client was refused in these words, and nobody came in."""
        assert client.answer is not None
        got, headers = client.answer
        self.assertEqual(
            (status, message, code),
            (got, headers.get("handshake-msg", ""), headers.get("handshake-status", "")),
        )
        self.assertEqual("0", headers.get("content-length", "0"))
        self.assertFalse(client.is_let_in)
        self.assertEqual([], self.room.all_viewers)

    def test_no_cookie(self) -> None:
        """Without a ttwid cookie the door names the missing cookie."""
        self.assert_refused(self.dial(headers={}), "http: named cookie not present", "417")

    def test_no_user_agent(self) -> None:
        """Without a User-Agent the device is blocked."""
        self.assert_refused(self.dial(agent=None), "DEVICE_BLOCKED", "415")

    def test_application(self) -> None:
        """Other application parameters than the web's are refused as such."""
        for changes in ({"aid": "1"}, {"app_name": "musical_ly"}, {"aid": None}):
            query = query_of(self.room.room_id, **changes)
            self.assert_refused(self.dial(query), "illegal app_id", "417")

    def test_unknown_ttwid(self) -> None:
        """An identity that was never minted here is refused, unless the door is told to be lax."""
        foreign = {"Cookie": "ttwid=1%7Cforeign%7C1%7Cx"}
        self.assert_refused(self.dial(headers=foreign), "illegal secret key", "417")
        self.simulator.behaviour.strict_ttwid = False
        self.assertTrue(self.dial(headers=foreign).is_let_in)

    def test_decoded_ttwid(self) -> None:
        """The cookie counts byte for byte: one that was percent-decoded is another one."""
        cookie = {"Cookie": "ttwid=" + self.ttwid.replace("%7C", "|")}
        self.assert_refused(self.dial(headers=cookie), "illegal secret key", "417")

    def test_finished_room(self) -> None:
        """A room that is over, or was never there, looks like a bad signature."""
        finished = self.room.room_id
        self.room.end()
        self.assert_refused(self.dial(query_of(finished)), "illegal secret key", "417")
        self.assert_refused(self.dial(query_of("123")), "illegal secret key", "417")

    def test_missing_parameters(self) -> None:
        """A query without what every client sends is a bad request."""
        query = query_of(self.room.room_id, identity=None)
        self.assert_refused(self.dial(query), status=400)

    def test_raw_space(self) -> None:
        """A target with a raw space is a bad request."""
        query = "&".join(f"{name}={value}" for name, value in query_of(self.room.room_id))
        client = self.dial(query + "&tz_name=Europe/San Marino")
        self.assert_refused(client, status=400)

    def test_forced(self) -> None:
        """A test can have the next handshakes refused, as often as it likes."""
        self.simulator.refuse(message="DEVICE_BLOCKED", code="415", times=2)
        for _ in range(2):
            self.assert_refused(self.dial(), "DEVICE_BLOCKED", "415")
        self.assertEqual(2, len(self.simulator.refused))
        self.assertTrue(self.dial().is_let_in)


class SocketTests(SimulatorTestCase):
    """Those who were let in."""

    def test_nothing_before_entering(self) -> None:
        """Nothing is sent before the viewer says which room it is in."""
        client = self.dial()
        self.assertTrue(client.is_let_in)
        self.room.push([chat("unseen")])
        settle(self.network, 30)
        self.assertEqual([], client.frames)

    def test_entering(self) -> None:
        """Entering is answered, and followed by a first batch."""
        client = self.enter()
        self.assertEqual(["im_enter_room_resp", "msg"], client.types())
        [first] = client.batches()
        self.assertTrue(first.is_first)
        self.assertEqual(10_000, first.heart_beat_duration)
        self.assertTrue(first.cursor)
        [viewer] = self.room.viewers
        self.assertIsNotNone(viewer.entered)
        self.assertEqual([], viewer.complaints)

    def test_wrong_room(self) -> None:
        """Entering another room than the URL names leads to silence and a complaint."""
        client = self.dial()
        self.send(client, frames.enter_room("99"))
        self.room.push([chat("unseen")])
        self.network.flush()
        self.assertEqual([], client.frames)
        [viewer] = self.room.viewers
        self.assertIn("entered room 99", viewer.complaints[0])

    def test_handshake_is_kept(self) -> None:
        """What the client sent can be read: the query in order, headers and cookies."""
        self.dial()
        [viewer] = self.room.viewers
        self.assertEqual(query_of(self.room.room_id), list(viewer.request.query))
        self.assertEqual(self.ttwid, viewer.request.cookies["ttwid"])
        self.assertEqual(
            "webcast-ws.tiktok.com", (viewer.request.header("host") or "").split(":")[0]
        )
        self.assertNotIn(self.ttwid, repr(viewer.request))

    def test_one_push_one_batch(self) -> None:
        """Everything pushed at once comes in one batch, in order, with rising ids."""
        client = self.enter()
        self.room.push([chat(str(number)) for number in range(5)])
        self.network.flush()
        batch = client.batches()[-1]
        texts = [WebcastChatMessage.FromString(each.payload).content for each in batch.messages]
        self.assertEqual(["0", "1", "2", "3", "4"], texts)
        ids = [each.msg_id for each in batch.messages]
        self.assertEqual(sorted(set(ids)), ids)
        self.assertTrue(all(2**60 < each < 2**63 for each in ids))

    def test_compression(self) -> None:
        """Batches are compressed exactly for those who asked for it."""
        for asked, kind in (("gzip", "gzip"), ("", "none"), (None, "none")):
            client = self.enter(compress=asked)
            self.assertEqual(kind, client.frames[-1].compress_type)
            self.assertEqual(kind == "gzip", b"\x1f\x8b" in client.raw[-1])

    def test_history(self) -> None:
        """The first batch repeats as many comments as asked for, marked and with their ids."""
        self.room.push([chat(str(number)) for number in range(10)])
        client = self.enter(history_comment_count="3")
        [first] = client.batches()
        texts = [WebcastChatMessage.FromString(each.payload).content for each in first.messages]
        self.assertEqual(["7", "8", "9"], texts)
        self.assertTrue(all(each.is_history for each in first.messages))
        kept = [message[2] for message in self.room.recent][-3:]
        self.assertEqual(kept, [each.msg_id for each in first.messages])
        self.simulator.behaviour.history = False
        self.assertEqual(0, len(self.enter().batches()[0].messages))

    def test_nonsensical_history(self) -> None:
        """A wish for comments that is no number is taken for none."""
        self.room.push([chat("before")])
        for wish in ("many", "-1", "9" * 5000):
            [first] = self.enter(history_comment_count=wish).batches()
            self.assertEqual(wish.isdecimal(), bool(first.messages))

    def test_acks(self) -> None:
        """Right acks are taken once; wrong, repeated and unknown ones are kept apart."""
        client = self.enter()
        [viewer] = self.room.viewers
        self.ack_all(client)
        self.assertEqual((1, {}), (len(viewer.acks), viewer.unacked))
        self.ack_all(client)
        self.assertEqual(1, len(viewer.bad_acks))
        self.room.push([chat("x")])
        self.network.flush()
        log_id = client.frames[-1].log_id
        self.send(client, frames.ack(log_id, "something else"))
        self.send(client, classic_ack(log_id))
        self.send(client, frames.ack(12345, "-"))
        self.assertEqual(
            [(log_id, b"something else"), (log_id, b""), (12345, b"-")], viewer.bad_acks[1:]
        )
        self.assertEqual([log_id], list(viewer.unacked))

    def test_no_ack_wanted(self) -> None:
        """A batch that asks for no ack is not waited for."""
        client = self.enter()
        self.ack_all(client)
        self.room.push([chat("x")], need_ack=False)
        self.network.flush()
        self.assertFalse(client.batches()[-1].needs_ack)
        self.assertEqual({}, self.room.viewers[0].unacked)

    def test_debtor(self) -> None:
        """A viewer that owes acks for too long gets no more until it has paid."""
        client = self.enter()
        settle(self.network, 9)
        self.room.push([chat("withheld")])
        self.network.flush()
        [viewer] = self.room.viewers
        self.assertEqual((1, 1), (len(client.batches()), viewer.withheld))
        self.ack_all(client)
        self.room.push([chat("delivered")])
        self.network.flush()
        self.assertEqual(2, len(client.batches()))
        self.flushLoggedErrors()

    def test_heartbeats(self) -> None:
        """Heartbeats are echoed, kept with their time, and gaps in their numbers counted."""
        client = self.enter()
        [viewer] = self.room.viewers
        for sequence in (1, 2, 4, 5):
            settle(self.network, 10)
            self.send(client, frames.heartbeat(self.room.room_id, sequence))
        self.assertEqual([10, 20, 30, 40], [round(beat.at) for beat in viewer.heartbeats])
        self.assertEqual([1, 2, 4, 5], [beat.sequence for beat in viewer.heartbeats])
        self.assertEqual(1, viewer.gaps)
        self.assertEqual(["hb"] * 4, client.types()[2:])
        self.simulator.behaviour.echo_heartbeats = False
        self.send(client, frames.CLASSIC_PING)
        self.assertEqual(5, len(viewer.heartbeats))
        self.assertEqual(6, len(client.frames))

    def test_sequence_restarts(self) -> None:
        """Entering sets the numbers of the heartbeats back to the start."""
        client = self.dial()
        self.send(client, frames.heartbeat(self.room.room_id, 1))
        self.send(client, frames.enter_room(self.room.room_id))
        self.send(client, frames.heartbeat(self.room.room_id, 1))
        self.assertEqual(0, self.room.viewers[0].gaps)

    def test_ping_interval(self) -> None:
        """The handshake can ask for a heartbeat period, a batch for another."""
        self.simulator.behaviour.ping_interval = 7
        self.simulator.behaviour.heartbeat_duration = 0
        client = self.enter()
        assert client.answer is not None
        self.assertEqual("ping-interval=7", client.answer[1]["handshake-options"])
        self.assertFalse(client.batches()[0].HasField("heart_beat_duration"))

    def test_cookies_are_not_logged(self) -> None:
        """At no level does the log show the cookie of a handshake, or anything autobahn says."""
        with capturedLogs() as events:
            client = self.enter()
            client.sendClose()
            self.network.flush()
            settle(self.network, 5)
        self.assertIsNotNone(client.closed)
        shown = "\n".join(eventAsText(event) + repr(event) for event in events)
        self.assertNotIn(self.ttwid, shown)
        self.assertNotIn("Cookie", shown)
        said = [str(event.get("log_namespace", "")) for event in events]
        self.assertEqual([], [name for name in said if "autobahn" in name or "viewer" in name])

    def test_nonsense(self) -> None:
        """Text, nonsense, foreign frame types and protocol pings are noted, not fatal."""
        client = self.dial()
        client.sendMessage(b"hello", isBinary=False)
        client.sendPing()
        self.send(client, b"\xff\xff\xff")
        self.send(client, frames.push(b"x", 1, compress=False))
        [viewer] = self.room.viewers
        self.assertEqual(4, len(viewer.complaints))
        self.assertIsNone(client.closed)


class RoomTests(SimulatorTestCase):
    """What a room does to its viewers."""

    def controls(self, client: PlainClient) -> list[bytes]:
        """The payloads of the control messages that arrived."""
        return [
            message.payload
            for batch in client.batches()
            for message in batch.messages
            if message.method == "WebcastControlMessage"
        ]

    def test_end(self) -> None:
        """The end is told first, then the socket is closed in order."""
        client = self.enter()
        self.room.end(action=4)
        self.network.flush()
        self.assertEqual(1, len(self.controls(client)))
        self.assertEqual((True, 1000), (client.closed or (0, 0, 0))[:2])
        self.assertEqual([], self.room.viewers)
        self.assertEqual(Status.ENDED, self.room.status)
        self.assertEqual([], self.network.open)

    def test_pause(self) -> None:
        """Pausing and resuming are told, and nobody is sent away."""
        client = self.enter()
        self.room.pause()
        self.assertEqual(Status.PAUSED, self.room.status)
        self.room.resume()
        self.network.flush()
        self.assertEqual(2, len(self.controls(client)))
        self.assertIsNone(client.closed)

    def test_drop(self) -> None:
        """Sockets can be closed with any code, or simply break."""
        clean, broken = self.enter(), None
        self.room.drop(code=4003, reason="error")
        self.network.flush()
        self.assertEqual((4003, "error"), (clean.closed or (0, 0, 0))[1:])
        broken = self.enter()
        self.assertEqual(1, self.room.drop(clean=False))
        self.network.flush()
        self.assertEqual(1006, (broken.closed or (0, 0, 0))[1])
        self.assertEqual([], self.network.open)
        self.assertEqual(2, len(self.room.all_viewers))

    def test_silence(self) -> None:
        """A silenced socket stays open and brings nothing, not even echoes."""
        client = self.enter()
        before = len(client.frames)
        self.room.silence()
        self.room.push([chat("unheard")])
        self.send(client, frames.heartbeat(self.room.room_id))
        self.assertEqual(before, len(client.frames))
        self.assertIsNone(client.closed)

    def test_new_broadcast(self) -> None:
        """The next broadcast has a new id; the old id lets nobody in any more."""
        client = self.enter()
        old = self.room.room_id
        self.room.go_live()
        self.network.flush()
        self.assertIsNotNone(client.closed)
        self.assertGreater(int(self.room.room_id), int(old))
        self.assertFalse(self.dial(query_of(old)).is_let_in)
        self.assertTrue(self.dial().is_let_in)

    def test_old_broadcast(self) -> None:
        """Who stayed in a broadcast that is over hears nothing of the next."""
        client = self.enter()
        self.room.end(close=False)
        self.room.go_live()
        self.network.flush()
        before = len(client.frames)
        self.room.push([chat("next")])
        self.network.flush()
        self.assertIsNone(client.closed)
        self.assertEqual(before, len(client.frames))

    def test_stop(self) -> None:
        """Stopping the simulator leaves no socket and no timer behind."""
        self.enter()
        self.room.play([(1.0, [chat("never")])] * 3)
        self.simulator.stop()
        self.network.flush()
        self.assertEqual([], self.network.open)
        self.assertEqual([], self.simulator.viewers)
        self.assertEqual([], self.clock.getDelayedCalls())

    def test_batch_is_readable(self) -> None:
        """What push returns is what was sent, and names what the ack repeats."""
        batch = self.room.push([chat("x")])
        self.assertEqual(batch.internal_ext, batches.parse_batch(batch.data).internal_ext)
