"""The messages that benchmarks read, and the frames in which they come."""

from __future__ import annotations

import os
import zlib
from pathlib import Path

from twisted.trial.unittest import SynchronousTestCase

from tests.benchmarks import schema
from tests.benchmarks.mix import FOLDER, ext_of, frames, messages, packed, unpacked
from tiktoklive.wire.batches import parse_batch
from tiktoklive.wire.frames import parse_frame


class KeptTests(SynchronousTestCase):
    """What is made once for several processes."""

    def setUp(self) -> None:
        self.folder = self.mktemp()
        os.mkdir(self.folder)
        self.patch(os, "environ", {**os.environ, FOLDER: self.folder})

    def test_packed(self) -> None:
        """Messages come out of a file as they went in, whatever bytes they have."""
        found = [("A", b"\n\n{", 1), ("B", b"", 1 << 63), ("A", bytes(range(256)), 3)]
        self.assertEqual(found, unpacked(packed(found)))

    def test_same(self) -> None:
        """Who comes second reads what the first left there, whatever it would have made itself."""
        first = messages(5)
        [path] = Path(self.folder).iterdir()
        self.assertEqual(first, unpacked(path.read_bytes()))
        path.write_bytes(packed([("Other", b"x", 1)]))
        self.assertEqual([("Other", b"x", 1)], messages(5))

    def test_counts_and_seeds(self) -> None:
        """Other counts and other seeds are other messages."""
        self.assertEqual(messages(5), messages(7)[:5])
        self.assertNotEqual(messages(5), messages(5, seed=2))


class FramesTests(SynchronousTestCase):
    """Frames that were written by code of their own."""

    def test_as_the_package_reads_them(self) -> None:
        """The package reads the same messages in frames of any size, compressed or not."""
        found = messages(12)
        for per_frame, compress in ((1, True), (5, False), (20, True)):
            made = frames(found, per_frame=per_frame, compress=compress)
            self.assertEqual(-(-12 // per_frame), len(made))
            items = []
            for number, each in enumerate(made, 1):
                frame = parse_frame(each)
                batch = parse_batch(frame.payload)
                self.assertEqual((number, "msg"), (frame.log_id, frame.payload_type))
                self.assertEqual((ext_of(number), True), (batch.internal_ext, batch.needs_ack))
                self.assertEqual("gzip" if compress else "none", frame.compress_type)
                items += [(item.method, item.payload, item.msg_id) for item in batch.messages]
            self.assertEqual(found, items)

    def test_as_the_bare_client_reads_them(self) -> None:
        """By the schema as data the same messages are there, and each can be parsed."""
        found = messages(40)
        read = schema.read(schema.written())
        count = 0
        for each in frames(found):
            payload = zlib.decompress(read.frame.FromString(each).payload, 31)
            for item in read.batch.FromString(payload).messages:
                self.assertEqual(found[count], (item.method, item.payload, item.msg_id))
                message = read.types[item.method].FromString(item.payload)
                self.assertEqual(item.msg_id, message.common.msg_id)
                count += 1
        self.assertEqual(40, count)
