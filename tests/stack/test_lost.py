"""The whole stack: streams that break, or bring nothing more, and the way back."""

from __future__ import annotations

from tests.stack.case import StackTestCase, chat
from tiktoklive.errors import HandshakeRefusedError, StaleStreamError
from tiktoklive.events import Disconnected, Gap, Reconnecting
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

    def test_drips(self) -> None:
        """A frame that comes byte by byte, or pings alone, are no sign of life of the room."""
        frame = b"\x82\x7e\x40\x00" + bytes(60)
        for drops in (frame[:20], [b"\x89\x01x"] * 20):
            with self.subTest(drops=drops[0]):
                connection = self.live()
                self.settle(5)
                self.seen.events.clear()
                self.room.silence()
                transport = self.viewer.transport
                for drop in drops:
                    transport.write(bytes([drop]) if isinstance(drop, int) else drop)
                    self.settle(5)
                self.assertIsInstance(self.seen.only(Disconnected).reason, StaleStreamError)
                self.assertEqual("live", connection.get_state().phase)
                connection.disconnect()
                self.settle(3)

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
