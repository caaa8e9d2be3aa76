"""Files and descriptors as channels."""

from __future__ import annotations

import io
import os
import select
from pathlib import Path
from unittest import SkipTest

from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.outputs.channel import DescriptorChannel, FileChannel, stream_channel


class FileChannelTests(SynchronousTestCase):
    """Appending to a file."""

    def setUp(self) -> None:
        self.path = Path(self.mktemp())

    def test_append(self) -> None:
        """What is there stays, and what is written is there at once."""
        self.path.write_bytes(b"old\n")
        channel = FileChannel(self.path)
        self.assertEqual(4, channel.write(b"new\n"))
        self.assertEqual(b"old\nnew\n", self.path.read_bytes())
        channel.close()
        channel.close()
        channel.write(b"more\n")
        channel.close()
        self.assertEqual(b"old\nnew\nmore\n", self.path.read_bytes())

    def test_torn(self) -> None:
        """A torn last line of an earlier run is not continued."""
        self.path.write_bytes(b"old\n{to")
        channel = FileChannel(self.path)
        channel.write(b"new")
        channel.close()
        channel.write(b"er\n")
        channel.close()
        self.assertEqual(b"old\n{to\nnewer\n", self.path.read_bytes())

    def test_later(self) -> None:
        """A directory that isn't there yet is an error until it is."""
        channel = FileChannel(self.path / "file")
        self.assertRaises(OSError, channel.write, b"x")
        self.path.mkdir()
        self.assertEqual(1, channel.write(b"x"))
        channel.close()

    def test_full_pipe(self) -> None:
        """A pipe with a name that nobody empties takes nothing more, and nobody waits."""
        if not hasattr(os, "mkfifo"):
            raise SkipTest("no pipes with names")
        os.mkfifo(self.path)
        channel = FileChannel(self.path)
        self.addCleanup(channel.close)
        for _ in range(100):
            if not channel.write(b"x" * 100_000):
                return
        self.fail("it takes everything")


class DescriptorChannelTests(SynchronousTestCase):
    """Writing to a pipe that belongs to somebody else."""

    def setUp(self) -> None:
        self.reader, self.writer = os.pipe()
        self.addCleanup(os.close, self.writer)

    def test_full_pipe(self) -> None:
        """A full pipe takes nothing, and nobody waits; when it is read it takes more."""
        self.addCleanup(os.close, self.reader)
        channel = DescriptorChannel(self.writer)
        sent = 0
        while taken := channel.write(b"x" * 100_000):
            sent += taken
        self.assertTrue(os.get_blocking(self.writer))
        self.assertEqual(sent, len(os.read(self.reader, sent)))
        self.assertTrue(channel.write(b"x"))

    def test_full_terminal(self) -> None:
        """A terminal that shows nothing takes nothing more, and nobody waits."""
        self.addCleanup(os.close, self.reader)
        try:
            screen, terminal = os.openpty()
            self.addCleanup(os.close, screen)
            self.addCleanup(os.close, terminal)
            os.ttyname(terminal)
        except (AttributeError, OSError):
            raise SkipTest("no terminals") from None
        channel = DescriptorChannel(terminal)
        self.addCleanup(channel.close)
        sent = 0
        while taken := channel.write(b"x" * 5000):
            sent += taken
        self.assertTrue(os.get_blocking(terminal))
        # The kernel moves what was written towards the screen in its own time: only when
        # all of it was shown, and the terminal says so, there must be room again.
        while sent:
            sent -= len(os.read(screen, sent))
        ready = select.poll()
        ready.register(terminal, select.POLLOUT)
        self.assertTrue(ready.poll(10_000))
        channel.close()
        self.assertTrue(channel.write(b"x"))

    def test_nobody_reads(self) -> None:
        """A pipe without a reader is an error."""
        os.close(self.reader)
        self.assertRaises(BrokenPipeError, DescriptorChannel(self.writer).write, b"x")

    def test_not_ours(self) -> None:
        """Closing the channel leaves the descriptor open."""
        self.addCleanup(os.close, self.reader)
        DescriptorChannel(self.writer).close()
        os.write(self.writer, b"x")

    def test_streams(self) -> None:
        """A stream with a descriptor is written by it, another by its own method."""
        self.addCleanup(os.close, self.reader)
        with open(os.dup(self.writer), "w", encoding="utf-8") as stream:
            stream.write("first ")
            stream_channel(stream).write("second é".encode())
        self.assertEqual("first second é".encode(), os.read(self.reader, 100))
        memory = io.StringIO()
        stream_channel(memory).write("é".encode())
        self.assertEqual("é", memory.getvalue())
        self.assertRaises(ValueError, stream_channel, None)
