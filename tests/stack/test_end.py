"""The whole stack: streams that break, broadcasts that end, users who come and go."""

from __future__ import annotations

from itertools import pairwise

from tests.stack.case import StackTestCase, chat
from tiktoklive.errors import HandshakeRefusedError, StaleStreamError, UserOfflineError
from tiktoklive.events import Control, Disconnected, Gap, Reconnecting, StreamEnd
from tiktoklive.model import Status
from tiktoklive.simulator.viewer import Batch
from tiktoklive.wire.batches import build_batch


class ReconnectTests(StackTestCase):
    """A stream is lost and opened again."""

    def test_unclean(self) -> None:
        """After a broken connection the stream is opened again, and the events tell it."""
        self.live()
        self.seen.events.clear()
        self.lose()
        self.assertEqual(
            ["disconnected", "reconnecting", "websocketConnected", "connected", "gap"],
            self.seen.names(),
        )
        self.assertIn("1006", str(self.seen.only(Disconnected).reason))

    def test_clean(self) -> None:
        """A stream that TikTok closed in order is opened again too, and its code is told."""
        self.live()
        self.seen.events.clear()
        self.lose(clean=True)
        self.assertEqual(
            ["disconnected", "reconnecting", "websocketConnected", "connected", "gap"],
            self.seen.names(),
        )
        told = self.seen.only(Disconnected).as_dict()
        self.assertIn("closed the stream: code 1000", told["reason"])
        self.assertEqual((1000, ""), (told["code"], told["said"]))

    def test_no_look_up(self) -> None:
        """The room that was just lost is entered as it is known."""
        self.live()
        self.lose()
        self.assertEqual((1, 2), (len(self.lookups()), len(self.handshakes())))

    def test_resumed(self) -> None:
        """The new stream's address carries the last batch's cursor and internal_ext."""
        self.live()
        data = build_batch([(*chat("last"), 9, False)], cursor="c 1|2", internal_ext="ext:7|x=1")
        self.viewer.deliver(Batch(data, "", False))
        self.settle(1)
        self.lose()
        first, second = self.handshakes()
        self.assertEqual((None, None), (first.parameter("cursor"), first.parameter("internal_ext")))
        self.assertEqual(
            ("c 1|2", "ext:7|x=1"), (second.parameter("cursor"), second.parameter("internal_ext"))
        )

    def test_same_guest(self) -> None:
        """A lost stream is no reason to become another guest."""
        self.live()
        self.lose()
        first, second = self.handshakes()
        self.assertEqual(first.cookies["ttwid"], second.cookies["ttwid"])
        self.assertEqual(first.header("user-agent"), second.header("user-agent"))

    def test_duplicates(self) -> None:
        """What TikTok repeats after a reconnect is dropped by its message id, and counted."""
        connection = self.live()
        self.room.push([chat("one"), chat("two")])
        self.settle(1)
        self.lose()  # the new stream's first batch repeats both, as history
        self.room.push([chat("three")])
        self.settle()
        self.assertEqual(["one", "two", "three"], self.seen.comments())
        self.assertEqual(2, connection.get_tally().duplicates)

    def test_missed(self) -> None:
        """What was said while no stream was open, and is repeated, is delivered once."""
        self.live()
        self.room.drop(clean=False)
        self.settle()
        self.room.push([chat("missed")])
        self.settle(3)
        self.assertEqual(["missed"], self.seen.comments())

    def test_same_text_twice(self) -> None:
        """Two messages with the same content and different ids are two messages."""
        self.live()
        self.room.push([chat("again"), chat("again")])
        self.settle()
        self.assertEqual(["again", "again"], self.seen.comments())

    def test_gap(self) -> None:
        """The gap spans from the last frame to the new stream, once, with what caused it."""
        self.live()
        self.settle(4)
        self.room.push([chat("last")])
        self.settle(3)
        self.lose()
        gap = self.seen.only(Gap)
        delay = self.seen.only(Reconnecting).delay
        self.assertEqual(4000, gap.since)
        self.assertEqual(int(7000 + delay * 1000), gap.until)
        self.assertIs(self.seen.only(Disconnected).reason, gap.reason)
        self.room.push([chat("next")])
        self.settle(20)
        self.assertEqual(1, len(self.seen.of(Gap)))

    def test_gap_after_refusals(self) -> None:
        """Refused attempts in between leave one gap, whose reason is what broke the stream."""
        self.live()
        self.settle(1)
        self.tiktok.refuse(status=503, times=2)
        self.lose(seconds=30)
        self.assertEqual([1, 2, 3], [each.attempt for each in self.seen.of(Reconnecting)])
        gap = self.seen.only(Gap)
        self.assertNotIsInstance(gap.reason, HandshakeRefusedError)
        self.assertIs(self.seen.only(Disconnected).reason, gap.reason)

    def test_each_gap(self) -> None:
        """Every interruption has its own gap."""
        self.live()
        for _ in range(3):
            self.settle(1)
            self.lose(seconds=12)
        self.assertEqual(3, len(self.seen.of(Gap)))

    def test_delays_grow(self) -> None:
        """Streams that break at once are opened again after longer and longer delays."""
        self.live()
        for _ in range(8):
            self.lose(seconds=0)
            self.settle(self.seen.of(Reconnecting)[-1].delay + 0.5)
        delays = [each.delay for each in self.seen.of(Reconnecting)]
        for before, delay in zip([1.0, *delays], delays, strict=False):
            self.assertTrue(1 <= delay <= 3 * before, delays)
        self.assertGreater(max(delays), 3, delays)

    def test_healthy(self) -> None:
        """A stream that lived for 30 seconds starts the count of failures anew."""
        self.live()
        self.lose(seconds=5)
        self.lose(seconds=10)
        self.settle(30)
        self.lose()
        self.assertEqual([1, 2, 1], [each.attempt for each in self.seen.of(Reconnecting)])

    def test_frames_before_the_close(self) -> None:
        """Frames with the server's close right behind them are delivered."""
        self.live()
        self.room.push([chat("big " + "x" * 50_000)])
        self.room.push([chat("small")])
        self.room.drop(clean=True)
        self.settle(3)
        self.assertEqual([50_004, 5], [len(comment) for comment in self.seen.comments()])
        self.assertLess(self.seen.names().index("chat"), self.seen.names().index("disconnected"))


class StaleTests(StackTestCase):
    """Streams on which nothing arrives any more."""

    def test_stale(self) -> None:
        """After 60 seconds of silence the stream is given up, and opened again."""
        self.live()
        self.settle(5)
        self.room.silence()
        self.settle(54)
        self.assertEqual([], self.seen.of(Disconnected))
        self.settle(12)
        self.assertIsInstance(self.seen.only(Disconnected).reason, StaleStreamError)
        self.assertIsInstance(self.seen.only(Reconnecting).reason, StaleStreamError)
        self.assertEqual("live", self.services[0].get_state().phase)
        self.assertEqual(2, len(self.handshakes()))

    def test_frozen(self) -> None:
        """A host that vanished, and answers not even a close, is given up 2 seconds later."""
        self.live()
        [connection] = self.network.open_to("webcast-ws.tiktok.com")
        connection.frozen = True
        self.settle(61)
        self.assertFalse(connection.client.aborted)
        self.settle(2)
        self.assertTrue(connection.client.aborted)
        connection.frozen = False  # a real transport tells at once that it was aborted
        self.settle()
        self.assertIsInstance(self.seen.only(Disconnected).reason, StaleStreamError)

    def test_quiet(self) -> None:
        """A quiet room is not stale: its heartbeats are answered."""
        self.live()
        self.settle(200)
        self.assertEqual(["websocketConnected", "connected"], self.seen.names())


class EndTests(StackTestCase):
    """The broadcast ends."""

    def test_by_host(self) -> None:
        """The host's end is told as streamEnd, then disconnected; nothing is tried again."""
        connection = self.live()
        over = connection.when_over()
        self.seen.events.clear()
        self.room.end(3)
        self.settle(300)
        self.assertEqual(["controlMessage", "streamEnd", "disconnected"], self.seen.names())
        self.assertEqual(3, self.seen.only(StreamEnd).action)
        self.assertIsNone(self.seen.only(Disconnected).reason)
        self.assertIsNone(self.successResultOf(over))
        self.assertEqual("ended", connection.get_state().phase)
        self.assertEqual(1, len(self.handshakes()))

    def test_by_moderation(self) -> None:
        """So is an end by moderation."""
        self.live()
        self.seen.events.clear()
        self.room.end(4)
        self.settle(60)
        self.assertEqual(["controlMessage", "streamEnd", "disconnected"], self.seen.names())
        self.assertEqual(4, self.seen.only(StreamEnd).action)

    def test_server_keeps_the_socket(self) -> None:
        """When TikTok leaves the socket open after the end, we close it."""
        self.live()
        viewer = self.viewer
        self.room.end(3, close=False)
        self.settle()
        self.assertEqual(1000, (viewer.closed or (None,))[0])
        self.assertEqual("ended", self.services[0].get_state().phase)

    def test_words_after_the_end(self) -> None:
        """What stands behind the end in the same batch is delivered still."""
        self.live()
        self.room.push([("WebcastControlMessage", b"\x10\x03"), chat("bye")])
        self.settle(3)
        self.assertEqual(["bye"], self.seen.comments())
        self.assertLess(self.seen.names().index("chat"), self.seen.names().index("disconnected"))

    def test_unobserved(self) -> None:
        """The end is noticed even if nobody observes anything."""
        connection = self.live()
        connection.remove_observer(self.seen)
        self.room.end(3, close=False)
        self.settle(3)
        self.assertEqual("ended", connection.get_state().phase)

    def test_without_a_word(self) -> None:
        """A socket that closes because the broadcast is over, unsaid, ends it by two look-ups."""
        connection = self.live()
        self.room.end(say=False)
        self.settle(5)
        self.assertEqual("waiting", connection.get_state().phase)
        self.settle(75)
        end = self.seen.only(StreamEnd)
        self.assertEqual((0, "looked up"), (end.action, end.reason))
        self.assertEqual(3, len(self.lookups()))
        self.assertEqual("ended", connection.get_state().phase)
        # That of the return was refused, with the cursor and without.
        self.assertEqual(3, len(self.handshakes()))

    def test_next_broadcast(self) -> None:
        """After the end connect() can be called for the next broadcast, which has no gap."""
        connection = self.live()
        self.room.end()
        self.settle(3)
        self.room.go_live()
        self.live(connection)
        self.assertEqual(self.room.room_id, connection.get_state().room_id)
        self.assertEqual([], self.seen.of(Gap))
        self.assertIsNone(self.handshakes()[-1].parameter("cursor"))

    def test_patient(self) -> None:
        """A service goes on to the next broadcast, with its room id, afresh."""
        connection = self.follow()
        first = self.room.room_id
        self.room.push([chat("one")])
        self.settle(1)
        self.room.end()
        self.settle(100)
        self.assertEqual("offline", connection.get_state().phase)
        self.room.go_live()
        self.settle(80)
        self.assertEqual("live", connection.get_state().phase)
        self.assertNotEqual(first, self.room.room_id)
        self.assertEqual(self.room.room_id, connection.get_state().room_id)
        self.assertIsNone(self.handshakes()[-1].parameter("cursor"))
        self.assertEqual(([], []), (self.seen.of(Gap), self.seen.of(Reconnecting)))

    def test_other_room_after_a_loss(self) -> None:
        """When the lost stream's user is in another room by then, nothing is resumed there."""
        old = self.live().get_state().room_id
        self.room.push([chat("old")])
        self.settle()
        self.room.drop(clean=False)
        self.room.end(say=False)
        self.room.go_live()
        self.settle(3)
        self.assertEqual("live", self.services[0].get_state().phase)
        self.assertIsNone(self.handshakes()[-1].parameter("cursor"))
        self.assertIsNone(self.handshakes()[-1].parameter("internal_ext"))
        self.assertEqual(old, self.seen.only(Gap).room_id)

    def test_paused(self) -> None:
        """A pause and its end are told, and end nothing."""
        connection = self.live()
        self.room.pause()
        self.settle(20)
        self.room.resume()
        self.settle(20)
        self.assertEqual([1, 2], [each.action for each in self.seen.of(Control)])
        self.assertEqual([], self.seen.of(StreamEnd) + self.seen.of(Disconnected))
        self.assertEqual("live", connection.get_state().phase)

    def test_lost_while_paused(self) -> None:
        """A stream lost during a pause is opened again: paused is not ended."""
        connection = self.live()
        self.room.pause()
        self.settle(1)
        self.lose()
        self.assertEqual("live", connection.get_state().phase)

    def test_begun_paused(self) -> None:
        """A broadcast that is paused when we come can be connected to."""
        self.room.status = Status.PAUSED
        self.live()


class OfflineTests(StackTestCase):
    """Users who are not live."""

    def test_impatient(self) -> None:
        """connect() fails with UserOfflineError, and can be called again when the user is live."""
        self.room.end()
        connection = self.connection()
        connected = connection.connect()
        self.settle()
        self.assertIn("@alice", str(self.refused(connected, UserOfflineError)))
        self.settle(300)
        self.assertEqual(1, len(self.lookups()))
        self.room.go_live()
        self.live(connection)

    def test_never_live(self) -> None:
        """So it does for a user who never had a room."""
        self.tiktok.add_room("newbie", status=Status.ENDED)
        connected = self.connection("newbie").connect()
        self.settle()
        self.refused(connected, UserOfflineError)

    def test_patient(self) -> None:
        """A service looks again every 45 to 75 seconds, and connects once the user is live."""
        self.room.end()
        connection = self.follow()
        self.assertEqual("offline", connection.get_state().phase)
        self.settle(600)
        times = [lookup.at for lookup in self.lookups()]
        pauses = [later - sooner for sooner, later in pairwise(times)]
        self.assertGreaterEqual(len(pauses), 7)
        self.assertTrue(all(45 <= pause <= 76 for pause in pauses), pauses)
        self.room.go_live()
        self.settle(76)
        self.assertEqual("live", connection.get_state().phase)

    def test_again_in_the_callback(self) -> None:
        """connect() may be called again from its own errback."""
        self.room.end()
        connection = self.connection()
        second = connection.connect().addErrback(lambda failure: connection.connect())
        self.settle(1)
        self.refused(second, UserOfflineError)
        self.assertEqual(2, len(self.lookups()))

    def test_connect_then_service(self) -> None:
        """A connection that is started as a service while live becomes patient."""
        connection = self.live()
        connection.startService()
        self.room.end()
        self.settle(3)
        self.assertEqual("offline", connection.get_state().phase)
        self.room.go_live()
        self.settle(76)
        self.assertEqual("live", connection.get_state().phase)
