"""Counting fields before reading them."""

from __future__ import annotations

import tracemalloc
from time import process_time

from hypothesis import given
from hypothesis import strategies as st
from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.errors import TooManyMessagesError
from tiktoklive.wire.batches import MAX_MESSAGES, build_batch, parse_batch
from tiktoklive.wire.fields import SMALL, has_more_than


class FieldsTests(SynchronousTestCase):
    """How many fields of a length there are at the top level."""

    def test_count(self) -> None:
        """It counts exactly, whatever stands between them."""
        messages = [("A", bytes(200_000), 2**63, True), ("B", b"", 1, False), ("C", b"x", 0, False)]
        data = build_batch(messages, now=2**60, heartbeat_duration=1, needs_ack=True)
        fixed = b"\x79" + bytes(8) + b"\x7d" + bytes(4)
        for each in (data, fixed + data):
            self.assertTrue(has_more_than(2, each))
            self.assertFalse(has_more_than(3, each))

    def test_small(self) -> None:
        """What is small is not looked at."""
        self.assertFalse(has_more_than(1, b"\x0a\x00" * (SMALL // 2)))
        self.assertTrue(has_more_than(1, b"\x0a\x00" * SMALL))

    @given(st.binary(max_size=50))
    def test_anything(self, data: bytes) -> None:
        """Whatever it is, it comes to an end, and raises nothing."""
        has_more_than(5, data + b"\x0a\x00" * SMALL)
        has_more_than(5, bytes(SMALL) + data)
        has_more_than(5, b"\xff" * SMALL + data)

    def test_endless(self) -> None:
        """A length or number that does not end is damage, and takes no time to be told."""
        for tag in (b"", b"\x0a", b"\x08"):
            data = tag + b"\xf8" * 1_000_000
            before = process_time()
            self.assertFalse(has_more_than(1, data))
            self.assertFalse(has_more_than(1, data + b"\x01" + b"\x0a\x00" * 2))
            self.assertLess(process_time() - before, 0.5)

    def test_longest(self) -> None:
        """The longest varint is no damage: of a number, a tag, and a length."""
        number = b"\x08" + b"\xff" * 9 + b"\x01"
        tag = b"\x8a" + b"\x80" * 8 + b"\x00" + b"\x00"
        length = b"\x0a\x81" + b"\x80" * 8 + b"\x00" + b"x"
        data = (number + tag + length) * 2 + b"\x08\x00" * SMALL
        self.assertTrue(has_more_than(3, data))
        self.assertFalse(has_more_than(4, data))

    def test_batch(self) -> None:
        """A batch of millions of empty messages is refused before it costs their memory."""
        data = b"\x0a\x00" * 4_000_000
        tracemalloc.start()
        self.addCleanup(tracemalloc.stop)
        self.assertRaises(TooManyMessagesError, parse_batch, data)
        self.assertLess(tracemalloc.get_traced_memory()[1], 1_000_000)

    def test_limit(self) -> None:
        """As many as are allowed are read, small or large."""
        for payload in (b"", bytes(100)):
            messages = [("A", payload, 1, False)] * MAX_MESSAGES
            self.assertEqual(MAX_MESSAGES, len(parse_batch(build_batch(messages)).messages))
            more = build_batch([*messages, messages[0]])
            self.assertRaises(TooManyMessagesError, parse_batch, more)
