"""JSON lines whose file is taken away, replaced or emptied under them."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from twisted.internet.defer import succeed
from twisted.internet.task import Clock
from twisted.trial.unittest import SynchronousTestCase

from tests.outputs.doubles import NOON, Said
from tiktoklive.files.watch import LOOK
from tiktoklive.outputs.channel import FileChannel
from tiktoklive.outputs.line_writer import RETRY, LineWriter
from tiktoklive.outputs.rotation import RotatingChannel, Rotation, put_aside


class FileTests(SynchronousTestCase):
    """A file that is only appended to."""

    def setUp(self) -> None:
        self.clock = Clock()
        self.clock.advance(NOON)
        self.folder = Path(self.mktemp())
        self.folder.mkdir()
        self.path = self.folder / "events.jsonl"
        self.said = Said(self, "FileChannel", "LineWriter")
        self.channel = self.make()
        self.sink = LineWriter("jsonl:test", self.channel, self.clock, flush=0.0)
        self.number = 0

    def make(self) -> FileChannel | RotatingChannel:
        return FileChannel(self.path, self.clock.seconds)

    def write(self, count: int) -> None:
        """So many lines, ten a second."""
        for _ in range(count):
            self.sink.write(b"%d\n" % self.number)
            self.number += 1
            self.clock.advance(0.1)

    def numbers(self, path: Path | None = None) -> list[int]:
        return [int(line) for line in (path or self.path).read_bytes().splitlines()]

    def test_deleted(self) -> None:
        """Whatever is written after it was deleted is in the new file."""
        self.write(25)
        os.chmod(self.path, 0o640)
        self.write(12)
        self.path.unlink()
        first = self.number
        self.write(1500)
        self.sink.stop()
        self.assertLessEqual(set(range(first, self.number)), set(self.numbers()))
        self.assertEqual(sorted(self.numbers()), self.numbers())
        self.assertGreaterEqual(min(self.numbers()), first - LOOK / 0.1 - 1)
        [line] = self.said.lines
        self.assertIn("events.jsonl was deleted: writing goes on", line)
        self.assertEqual(0o640, self.path.stat().st_mode & 0o777)
        self.assertEqual((1, ""), (self.sink.renewed, self.sink.failing))

    def test_deleted_at_the_end(self) -> None:
        """So is what was written just before the program ends."""
        self.write(15)
        self.path.unlink()
        self.write(3)
        self.sink.stop()
        self.assertLessEqual({15, 16, 17}, set(self.numbers()))

    def test_moved(self) -> None:
        """Each line is in the moved file, or the new one."""
        self.write(15)
        moved = self.folder / "events.jsonl.1"
        self.path.rename(moved)
        self.write(100)
        self.sink.stop()
        self.assertEqual(list(range(115)), self.numbers(moved) + self.numbers())
        self.assertIn("was moved away", self.said.lines[0])

    def test_replaced(self) -> None:
        """A file that was made in its place is written, on a line of its own, as it is."""
        self.write(15)
        self.path.rename(self.folder / "events.jsonl.1")
        self.path.write_bytes(b"99")
        self.path.chmod(0o600)
        self.write(50)
        self.assertEqual(99, self.numbers()[0])
        self.assertEqual(64, self.numbers()[-1])
        self.assertEqual(0o600, self.path.stat().st_mode & 0o777)

    def test_emptied(self) -> None:
        """A file that is emptied is appended to from its new end: there is no hole."""
        self.write(15)
        os.truncate(self.path, 0)
        self.write(20)
        self.assertEqual(list(range(15, 35)), self.numbers())

    def test_often(self) -> None:
        """A file that is deleted again and again is told now and then."""
        for _ in range(50):
            self.write(15)
            self.path.unlink()
        self.assertLess(len(self.said.lines), 6)

    def test_no_directory(self) -> None:
        """As long as its directory is away that is told, once, and all waits."""
        self.write(15)
        first = self.number
        self.path.rename(self.folder.with_name(f"{self.folder.name}.moved"))
        self.folder.rmdir()
        self.write(100)
        self.assertEqual("No such file or directory", self.sink.failing)
        self.folder.mkdir()
        self.clock.advance(RETRY)
        self.assertLessEqual(set(range(first + 10, self.number)), set(self.numbers()))
        failed = [line for line in self.said.lines if "cannot be written" in line]
        self.assertEqual(1, len(failed), self.said.lines)
        self.assertIn("works again; 0 lines lost", self.said.lines[-1])

    def test_cannot_be_opened(self) -> None:
        """What is in its place and cannot be opened is told, once, and tried again."""
        self.write(15)
        self.path.rename(self.folder / "events.jsonl.1")
        self.path.mkdir()
        first = self.number
        self.write(100)
        self.assertEqual("Is a directory", self.sink.failing)
        self.path.rmdir()
        self.clock.advance(RETRY)
        self.assertEqual("", self.sink.failing)
        self.assertLessEqual(set(range(first + 10, self.number)), set(self.numbers()))


class RotatingTests(FileTests):
    """The same for one that this program begins anew by itself, which does not happen here."""

    def make(self) -> FileChannel | RotatingChannel:
        return RotatingChannel(
            self.path,
            Rotation(size=1024 * 1024),
            self.clock,
            lambda work: succeed(work()),
        )


class RaceTests(SynchronousTestCase):
    """Rotation by this program while another program rotates too."""

    def rotating(self, meddle: Callable[[Path, int], None]) -> tuple[list[int], list[Path]]:
        """Write lines while somebody meddles after each; what is in all files."""
        clock = Clock()
        clock.advance(NOON)
        folder = Path(self.mktemp())
        folder.mkdir()
        path = folder / "events.jsonl"
        channel = RotatingChannel(path, Rotation(size=100), clock, lambda work: succeed(work()))
        for number in range(1000):
            channel.write(b"%d\n" % number)
            clock.advance(0.09)
            meddle(path, number)
        channel.close()
        files = sorted(folder.iterdir())
        lines = [int(line) for each in files for line in each.read_bytes().splitlines()]
        return lines, put_aside(path)

    def test_moved(self) -> None:
        """Each line is there once, and no file took the place of another."""

        def move(path: Path, number: int) -> None:
            if not number % 37:
                path.rename(path.with_name(f"other.{number:04}"))

        lines, aside = self.rotating(move)
        self.assertEqual(list(range(1000)), sorted(lines))
        self.assertGreater(len(aside), 3)

    def test_emptied(self) -> None:
        """The size of a file that was emptied counts from there."""

        def empty(path: Path, number: int) -> None:
            if not number % 5:
                os.truncate(path, 0)

        _, aside = self.rotating(empty)
        self.assertEqual([], aside)
