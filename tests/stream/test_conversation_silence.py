"""When nothing, or no message, comes on a stream."""

from __future__ import annotations

from tests.stack.case import chat
from tests.stream.conversing import ConversationCase, over
from tiktoklive.errors import DeafStreamError, StaleStreamError, StreamLostError
from tiktoklive.stream.conversation import Limits
from tiktoklive.wire import frames
from tiktoklive.wire.batches import build_batch, parse_batch


class SilenceTests(ConversationCase):
    """A stream that is stale or deaf."""

    def test_stale(self) -> None:
        """After 60 seconds without any frame it closes the stream, and says why."""
        self.begin()
        self.clock.advance(30)
        self.conversation.frame(frames.heartbeat_echo())
        self.clock.advance(59.9)
        self.assertEqual([], self.closings)
        self.clock.advance(0.2)
        self.assertIsInstance(self.closings[0], StaleStreamError)
        self.assertEqual(1, self.stream.closes)

    def test_stale_beats_other_reasons(self) -> None:
        """The silence stays the reason, whatever the closing then says."""
        self.stream.closes_at_once = False
        self.begin()
        self.clock.advance(61)
        self.stream.lose(StreamLostError("1006"))
        self.assertIsInstance(self.closings[0], StaleStreamError)

    def test_anything_counts(self) -> None:
        """Whatever arrives, even what cannot be understood, is a sign of life."""
        self.begin()
        for data in (b"\x0a\xff", frames.heartbeat_echo(), frames.push(b"\x0a\xff", 1)) * 3:
            self.clock.advance(50)
            self.conversation.frame(data)
        self.assertEqual([], self.closings)

    def test_never_stale(self) -> None:
        """Without a limit a stream may be silent for ever."""
        self.conversation, self.stream = self.converse(Limits(stale_after=None))
        self.begin()
        self.clock.advance(10_000)
        self.assertEqual([], self.closings)

    def test_deaf(self) -> None:
        """After 45 seconds without a message, but with frames, it closes the stream as deaf."""
        self.begin()
        self.clock.advance(1)
        self.stream.push(chat("hi"))
        for _ in range(4):
            self.clock.advance(10)
            self.conversation.frame(frames.heartbeat_echo())
        self.clock.advance(4.9)
        self.assertEqual([], self.closings)
        self.clock.advance(0.2)
        [reason] = self.closings
        assert isinstance(reason, DeafStreamError)
        self.assertIn("No message arrived for 45 s", str(reason))
        self.assertEqual(101.0, over(self.conversation).loss.since)

    def test_lost_since_the_last_message(self) -> None:
        """A gap begins with it, as nobody knows whether a socket that still answers is deaf."""
        self.begin()
        self.clock.advance(1)
        self.stream.push(chat("hi"))
        self.clock.advance(10)
        self.conversation.frame(frames.heartbeat_echo())
        self.stream.lose(StreamLostError("x"))
        self.assertEqual(101.0, over(self.conversation).loss.since)

    def test_replay_is_never_deaf(self) -> None:
        """A tape has pauses, and nobody who would answer."""
        self.stream.recorded = True
        self.begin()
        for _ in range(20):
            self.clock.advance(10)
            self.conversation.frame(frames.heartbeat_echo())
        self.assertEqual([], self.closings)

    def test_no_acks(self) -> None:
        """Who acknowledges nothing has missed nothing while observers let the stream wait."""
        for acks, gaps in ((True, 1), (False, 0)):
            with self.subTest(acks=acks):
                self.setUp()
                self.stream.acks = acks
                self.begin()
                self.clock.pump([5] * 6)
                self.conversation._going_on(self.clock.seconds() - 20)
                self.assertEqual(gaps, self.tally.gaps)

    def test_polling_is_never_stale(self) -> None:
        """A stream that polls notices itself that it is dead, and may be silent for longer."""
        self.stream.asks = True
        self.begin()
        self.clock.pump([30] * 20)
        self.assertEqual(0, self.stream.closes)

    def test_polls_are_no_heartbeats(self) -> None:
        """What polls is given up as deaf only while it is answered, whatever heartbeats are."""
        self.stream.asks, self.stream.heartbeats = True, False
        self.begin()
        empty = parse_batch(build_batch([], cursor="c"))
        empty.heart_beat_duration = 30_000
        self.clock.pump([1] * 20)
        self.conversation.batch(empty.SerializeToString())
        self.clock.pump([1] * 26)  # for 46 s no message, and for 26 s no answer to a poll
        self.assertEqual([], self.closings)
        for _ in range(30):
            self.conversation.batch(empty.SerializeToString())
            self.clock.advance(1)
        [reason] = self.closings
        self.assertIsInstance(reason, DeafStreamError)
