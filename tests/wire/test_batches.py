"""Tests of tiktoklive.wire.batches: what a msg frame or an im/fetch answer holds."""

import json
from pathlib import Path
from unittest import SkipTest

from hypothesis import given
from hypothesis import strategies as st
from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.errors import BatchError, DecodeError
from tiktoklive.wire.batches import build_batch, parse_batch

CAPTURES = Path(__file__).resolve().parents[2].parent / "shared" / "captures"


class BatchTests(SynchronousTestCase):
    """Reading and writing of batches."""

    def test_round_trip(self) -> None:
        """All that a server says about a batch arrives."""
        batch = parse_batch(
            build_batch(
                [("WebcastChatMessage", b"\x1a\x01a", 2**64 - 1, False), ("X", b"", 2, True)],
                cursor="cursor",
                internal_ext="ext",
                needs_ack=True,
                heartbeat_duration=10_000,
                is_first=True,
                push_server="wss://example.com/",
                route_params={"wrss": "1", "imprp": "2"},
                fetch_interval=1000,
                fetch_type=1,
                now=1_700_000_000_000,
            )
        )
        self.assertEqual(
            [(m.method, m.payload, m.msg_id, m.is_history) for m in batch.messages],
            [("WebcastChatMessage", b"\x1a\x01a", 2**64 - 1, False), ("X", b"", 2, True)],
        )
        self.assertEqual(batch.cursor, "cursor")
        self.assertEqual(batch.internal_ext, "ext")
        self.assertTrue(batch.needs_ack)
        self.assertEqual(batch.heart_beat_duration, 10_000)
        self.assertTrue(batch.is_first)
        self.assertEqual(batch.push_server, "wss://example.com/")
        self.assertEqual(
            [(e.key, e.value) for e in batch.route_params_map], [("wrss", "1"), ("imprp", "2")]
        )
        self.assertEqual((batch.fetch_interval, batch.fetch_type), (1000, 1))
        self.assertEqual(batch.now, 1_700_000_000_000)

    def test_defaults_are_left_out(self) -> None:
        """What nobody said is not on the wire, as with TikTok's own encoder."""
        batch = parse_batch(build_batch([("X", b"", 0, False)], cursor="c"))
        self.assertEqual([f.name for f, _ in batch.ListFields()], ["messages", "cursor"])
        self.assertFalse(batch.messages[0].HasField("msg_id"))
        self.assertFalse(batch.messages[0].HasField("is_history"))

    def test_without_messages(self) -> None:
        """A batch without messages is a batch: a quiet room has only a cursor."""
        self.assertEqual(len(parse_batch(build_batch([], cursor="c")).messages), 0)

    def test_empty(self) -> None:
        """No bytes at all are an error, although they decode as an empty message."""
        self.assertRaises(BatchError, parse_batch, b"")

    def test_truncated(self) -> None:
        """A batch cut inside its last field is an error, and is shown by a preview only."""
        data = build_batch([("WebcastChatMessage", b"secret" * 1000, 1, False)])
        error = self.assertRaises(BatchError, parse_batch, data[:-1])
        self.assertLess(len(str(error)), 150)

    def test_wrong_wire_types(self) -> None:
        """Bytes without one field of a batch, or with known ones of wrong types, are no batch."""
        self.assertRaises(BatchError, parse_batch, bytes.fromhex("08011001"))
        self.assertRaises(BatchError, parse_batch, bytes.fromhex("f80701"))

    def test_malformed_text(self) -> None:
        """A cursor that is not UTF-8 reads as bytes and leaves the messages alone."""
        batch = parse_batch(bytes.fromhex("0a030a01581202ff63"))
        self.assertEqual(batch.cursor, b"\xffc")
        self.assertEqual(batch.messages[0].method, "X")

    def test_repeated_route_params(self) -> None:
        """Route parameters keep their order and their duplicates."""
        entries = "3a060a01621201313a060a01611201323a060a0162120133"
        batch = parse_batch(bytes.fromhex(entries))
        self.assertEqual(
            [(e.key, e.value) for e in batch.route_params_map],
            [("b", "1"), ("a", "2"), ("b", "3")],
        )

    def test_unknown_fields(self) -> None:
        """Fields that the schema does not know survive reading and writing."""
        data = bytes.fromhex("1201630a0a0a0158c2030474657374f83f07")
        self.assertIn(bytes.fromhex("c2030474657374"), parse_batch(data).SerializeToString())
        self.assertIn(bytes.fromhex("f83f07"), parse_batch(data).SerializeToString())

    @given(st.binary(max_size=300))
    def test_arbitrary_bytes(self, data: bytes) -> None:
        """Whatever the bytes, reading gives a batch or a decode error."""
        try:
            parse_batch(data)
        except DecodeError:
            pass

    def test_captured_response(self) -> None:
        """A response of TikTok's own reads as a batch of thirteen messages with their ids."""
        path = CAPTURES / "frames.jsonl"
        if not path.exists():
            raise SkipTest("The captured traffic is not beside this checkout.")
        with path.open(encoding="utf-8") as lines:
            frames = [json.loads(line) for line in lines]
        batches = [parse_batch(bytes.fromhex(f["hex"])) for f in frames if f["kind"] == "response"]
        self.assertEqual([len(batch.messages) for batch in batches], [13])
        for message in batches[0].messages:
            self.assertTrue(message.method)
            self.assertTrue(message.msg_id)
