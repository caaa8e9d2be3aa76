"""Saved batches and frames, decoded without any connection."""

from __future__ import annotations

from twisted.trial.unittest import SynchronousTestCase

from tests.stack.case import chat
from tiktoklive.errors import BatchError, FrameError
from tiktoklive.events import Chat, Origin, RawData, decode_batch, decode_frame
from tiktoklive.wire import frames
from tiktoklive.wire.batches import build_batch

BATCH = build_batch(
    [
        (*chat("one"), 11, True),
        ("WebcastChatMessage", b"\xff\xff\xff", 12, False),
        ("WebcastNobodyKnowsMessage", b"abc", 13, False),
        (*chat("two"), 14, False),
    ],
    cursor="c",
)


class SavedTests(SynchronousTestCase):
    """What was saved of a stream."""

    def test_batch(self) -> None:
        """Each message becomes one event, in order, with its id; the bad ones are raw data."""
        origin = Origin("alice", "5", 7, "file")
        one, bad, unknown, two = decode_batch(BATCH, origin=origin)
        assert isinstance(one, Chat)
        assert isinstance(two, Chat)
        self.assertEqual(("one", True, "5:11"), (one.comment, one.is_history, one.id))
        self.assertEqual(("two", False, "5:14"), (two.comment, two.is_history, two.id))
        assert isinstance(bad, RawData)
        assert isinstance(unknown, RawData)
        self.assertEqual(
            ("WebcastChatMessage", b"\xff\xff\xff", "12", "alice"),
            (bad.method, bad.payload, bad.msg_id, bad.anchor),
        )
        self.assertEqual(
            ("WebcastNobodyKnowsMessage", b"abc", "13"),
            (unknown.method, unknown.payload, unknown.msg_id),
        )

    def test_frame(self) -> None:
        """A frame gives the events of its batch, compressed or not."""
        for compress in (True, False):
            frame = frames.push(BATCH, 5, compress=compress)
            self.assertEqual(decode_batch(BATCH), decode_frame(frame))

    def test_other_frames(self) -> None:
        """A frame that carries no batch gives nothing."""
        self.assertEqual([], decode_frame(frames.heartbeat_echo(b"")))
        self.assertEqual([], decode_frame(frames.entered(5)))

    def test_garbage(self) -> None:
        """What is neither is refused in words."""
        self.assertRaises(BatchError, decode_batch, b"")
        self.assertRaises(BatchError, decode_batch, b"\xff\xff")
        self.assertRaises(FrameError, decode_frame, b"\xff\xff")
        self.assertRaises(BatchError, decode_frame, frames.push(b"\xff\xff", 5))
