"""Counting fields before reading them."""

from __future__ import annotations

import tracemalloc
from time import process_time

from google.protobuf.message import DecodeError
from hypothesis import given
from hypothesis import strategies as st
from twisted.trial.unittest import SynchronousTestCase

from tests.costs.bombs import field, item, varint
from tiktoklive.errors import BatchTooLargeError, TooManyMessagesError
from tiktoklive.wire.audience_pb2 import WebcastMemberMessage, WebcastRoomUserSeqMessage
from tiktoklive.wire.batches import build_batch, parse_batch
from tiktoklive.wire.battle_pb2 import WebcastLinkMicArmies
from tiktoklive.wire.common_pb2 import BadgeStruct, User
from tiktoklive.wire.fields import count_fields, layout_of, small
from tiktoklive.wire.frames_pb2 import WebcastPushFrame, WebcastResponse
from tiktoklive.wire.limits import MAX_FIELDS, MAX_MESSAGES
from tiktoklive.wire.speech_pb2 import WebcastChatMessage

CHAT = layout_of(WebcastChatMessage)


def count(data: bytes) -> int:
    """How many fields a chat message has."""
    return count_fields(data, CHAT, 1 << 60)


class CountTests(SynchronousTestCase):
    """How many fields a message has, at all depths."""

    def test_depths(self) -> None:
        """Those inside others count, and the field that they are in."""
        user = User(id=1, nickname="bob", badges=[BadgeStruct(), BadgeStruct()])
        message = WebcastChatMessage(user=user, content="hello")
        self.assertEqual(6, count(message.SerializeToString()))

    def test_kinds(self) -> None:
        """Fields of every kind count, those that nobody knows as one each."""
        self.assertEqual(1, count(b"\x79" + bytes(8)))
        self.assertEqual(1, count(b"\x7d" + bytes(4)))
        self.assertEqual(1, count(b"\x18" + b"\xff" * 9 + b"\x01"))
        self.assertEqual(1, count(field(2000, b"\x08\x01" * 9)))
        self.assertEqual(0, count(b""))

    def test_groups(self) -> None:
        """Of groups both ends count, and what is between them."""
        group = varint(99 << 3 | 3) + field(5, b"") * 3 + varint(99 << 3 | 4)
        self.assertEqual(5, count(group))
        self.assertEqual(11, count(group + field(2, group)))

    def test_packed(self) -> None:
        """Packed numbers count, one for each byte."""
        data = field(13, field(9, b"\x01" * 50))
        self.assertEqual(52, count_fields(data, layout_of(WebcastMemberMessage), 1000))

    def test_controls(self) -> None:
        """Control characters of a text count, as they take so much more in JSON."""
        self.assertEqual(1 + 20, count(field(3, b"\x01" * 20 + b"hello")))
        self.assertEqual(1, count(field(3, b"hello, world! " * 20)))
        # Texts of eight bytes do not become much, however many there are.
        self.assertEqual((1, 1 + 9), (count(field(3, bytes(8))), count(field(3, bytes(9)))))

    def test_heavy(self) -> None:
        """What becomes more than others counts more, and a message with it is walked earlier."""
        army = field(3, field(2, field(1, b"") * 10))
        self.assertEqual(
            WebcastLinkMicArmies().DESCRIPTOR.fields_by_number[3].message_type.name, "ArmiesEntry"
        )
        self.assertGreater(count_fields(army, layout_of(WebcastLinkMicArmies), 1000), 12)
        self.assertLess(small(1000, WebcastLinkMicArmies), small(1000, WebcastChatMessage))

    def test_unread(self) -> None:
        """Messages inside a frame or a batch are not looked into: they are counted when read."""
        payload = b"\x12\x00\x01\x01\x01\x01\x01\x01\x01\x01" * 9
        frame = field(8, payload)
        self.assertEqual(1, count_fields(frame, layout_of(WebcastPushFrame), 100))
        batch = item("WebcastChatMessage", payload)
        self.assertEqual(4, count_fields(batch, layout_of(WebcastResponse), 100))

    def test_limit(self) -> None:
        """Counting ends beyond the limit."""
        data = b"\x12\x00" * 1_000_000 + b"\xff"
        self.assertGreater(count_fields(data, CHAT, 5), 5)
        self.assertLess(count_fields(data, CHAT, 5), 10)

    def test_damage(self) -> None:
        """Damage is told, if it comes before the limit."""
        for data in (
            b"\x12",
            b"\x12\x05ab",
            b"\x08",
            b"\x79\x00",
            b"\xff" * 20,
            b"\x08" + b"\xff" * 20,
            b"\x12" + b"\xff" * 20,
            varint(99 << 3 | 3),
            varint(99 << 3 | 4),
            varint(99 << 3 | 3) + varint(98 << 3 | 4),
            field(2, varint(99 << 3 | 3)) + varint(99 << 3 | 4),
            b"\x0f",
        ):
            with self.subTest(data.hex()):
                self.assertRaises(DecodeError, count, data)
                self.assertRaises(DecodeError, WebcastChatMessage.FromString, data)

    def test_deep(self) -> None:
        """So is what nests deeper than protobuf reads."""
        deep = b""
        for _ in range(200):
            deep = varint(99 << 3 | 3) + deep + varint(99 << 3 | 4)
        self.assertRaises(DecodeError, count, deep)

    def test_endless(self) -> None:
        """A number that does not end takes no time to be told."""
        for tag in (b"", b"\x0a", b"\x08"):
            data = tag + b"\xf8" * 1_000_000
            before = process_time()
            self.assertRaises(DecodeError, count, data)
            self.assertLess(process_time() - before, 0.5)

    @given(st.binary(max_size=60))
    def test_as_protobuf(self, data: bytes) -> None:
        """What protobuf reads is never taken for damaged."""
        try:
            WebcastChatMessage.FromString(data)
        except DecodeError:
            return
        count(data)

    @given(st.lists(st.sampled_from([b"\x12\x00", b"\x08\x01", b"\x79" + bytes(8), b"\x1a\x01a"])))
    def test_exact(self, parts: list[bytes]) -> None:
        """It counts exactly, and never more than half of the bytes."""
        data = b"".join(parts)
        self.assertEqual(len(parts), count(data))
        self.assertLessEqual(count(data), small(len(data), WebcastChatMessage))


class BatchTests(SynchronousTestCase):
    """Of batches."""

    def test_empty_messages(self) -> None:
        """A batch of millions of empty messages is refused before it costs their memory."""
        data = b"\x0a\x00" * 1_000_000
        tracemalloc.start()
        self.addCleanup(tracemalloc.stop)
        self.assertRaises(BatchTooLargeError, parse_batch, data)
        self.assertLess(tracemalloc.get_traced_memory()[1], 1_000_000)

    def test_messages(self) -> None:
        """As many messages as are allowed are read, small or large."""
        for payload in (b"", bytes(100)):
            messages = [("A", payload, 1, False)] * MAX_MESSAGES
            self.assertEqual(MAX_MESSAGES, len(parse_batch(build_batch(messages)).messages))
            more = build_batch([*messages, messages[0]])
            self.assertRaises(TooManyMessagesError, parse_batch, more)

    def test_group_first(self) -> None:
        """A group before everything else hides nothing."""
        group = varint(99 << 3 | 3) + varint(99 << 3 | 4)
        data = group + field(7, b"") * MAX_FIELDS
        self.assertRaises(BatchTooLargeError, parse_batch, data)

    def test_together(self) -> None:
        """The fields of all messages count together; those of unknown types do not count."""
        ranks = field(2, b"") * 1000
        name = WebcastRoomUserSeqMessage.DESCRIPTOR.name
        few, many = 20 * item(name, ranks), 40 * item(name, ranks)
        unknown = 40 * item("WebcastNobodyKnows", ranks)
        self.assertEqual(20, len(parse_batch(few).messages))
        self.assertRaises(BatchTooLargeError, parse_batch, many)
        self.assertEqual(40, len(parse_batch(unknown).messages))

    def test_size(self) -> None:
        """A batch of too many bytes is refused, whatever is in it."""
        data = item("A", bytes(2000))
        self.assertRaises(BatchTooLargeError, parse_batch, data, size=2000)
        self.assertEqual(1, len(parse_batch(data, size=3000).messages))
