"""Files that are begun anew."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Awaitable, Callable
from gzip import GzipFile
from pathlib import Path

from twisted.internet.defer import Deferred, succeed
from twisted.internet.task import Clock
from twisted.trial.unittest import SynchronousTestCase

from tests.clocks import SteppedClock
from tests.outputs.doubles import NOON, Said
from tiktoklive.outputs.rotation import RotatingChannel, Rotation, put_aside, tidy


class RotationTests(SynchronousTestCase):
    """Every line is in one of the files, whatever happens."""

    def setUp(self) -> None:
        self.clock: Clock = Clock()
        self.clock.advance(NOON)
        folder = Path(self.mktemp())
        folder.mkdir()
        self.path = folder / "events.jsonl"
        self.fault: OSError | None = None

    def in_thread(self, work: Callable[[], None]) -> Awaitable[None]:
        """Do it at once, or fail."""
        if self.fault is not None:
            raise self.fault
        work()
        return succeed(None)

    def channel(self, rotation: Rotation) -> RotatingChannel:
        channel = RotatingChannel(self.path, rotation, self.clock, self.in_thread)
        self.addCleanup(channel.close)
        return channel

    def names(self) -> list[str]:
        """The files that are there."""
        return sorted(path.name for path in self.path.parent.iterdir())

    def test_size(self) -> None:
        """No file is larger than it may, unless one line is; the names tell the time."""
        channel = self.channel(Rotation(size=10))
        for line in (b"12345\n", b"1234\n", b"123\n", b"much too long\n", b"1\n"):
            channel.write(line)
            self.clock.advance(1)
        old = put_aside(self.path)
        self.assertEqual("events-20260131T120001Z.jsonl", old[0].name)
        contents = [path.read_bytes() for path in (*old, self.path)]
        self.assertEqual([b"12345\n", b"1234\n123\n", b"much too long\n", b"1\n"], contents)

    def test_together(self) -> None:
        """Lines that are written together go into the files in which each would be alone."""
        lines = [b"x" * (number * 7 % 12) + b"\n" for number in range(30)]
        contents = []
        for chunk in (1, 4, 30):
            self.path = self.path.with_name(f"{chunk}.jsonl")
            channel = self.channel(Rotation(size=20))
            for start in range(0, len(lines), chunk):
                rest = b"".join(lines[start : start + chunk])
                while rest:
                    rest = rest[channel.write(rest) :]
            contents.append([each.read_bytes() for each in (*put_aside(self.path), self.path)])
        self.assertEqual(contents[0], contents[1])
        self.assertEqual(contents[0], contents[2])
        self.assertGreater(len(contents[0]), 5)
        self.assertEqual(b"".join(lines), b"".join(contents[0]))

    def test_same_second(self) -> None:
        """Two turns within a second don't overwrite each other, and stay in order."""
        channel = self.channel(Rotation(size=2))
        for line in (b"1\n", b"2\n", b"3\n", b"4\n"):
            channel.write(line)
        contents = [path.read_bytes() for path in put_aside(self.path)]
        self.assertEqual([b"1\n", b"2\n", b"3\n"], contents)
        second = "events-20260131T120000Z"
        names = [f"{second}{number}.jsonl" for number in ("", "-002", "-003")]
        self.assertEqual(names, [path.name for path in put_aside(self.path)])

    def test_set_back(self) -> None:
        """Names sort by age where the clock was set back, so that the oldest are deleted first."""
        clock = SteppedClock(NOON)
        self.clock = clock
        channel = self.channel(Rotation(size=2, keep=2))
        clock.step = 10 * 365 * 86400.0
        channel.write(b"1\n")
        channel.write(b"2\n")
        clock.step = 0.0
        for line in (b"3\n", b"4\n", b"5\n"):
            channel.write(line)
        contents = [path.read_bytes() for path in put_aside(self.path)]
        self.assertEqual([b"3\n", b"4\n"], contents)
        self.assertEqual(
            ["events-20360129T120002Z.jsonl", "events-20360129T120003Z.jsonl", "events.jsonl"],
            self.names(),
        )

    def test_no_time(self) -> None:
        """A name that is no time, or the last of all, changes nothing."""
        for name in ("events-99999999T999999Z.jsonl", "events-99991231T235959Z.jsonl"):
            self.path.with_name(name).write_bytes(b"mine\n")
            channel = self.channel(Rotation(size=2))
            channel.write(b"1\n")
            channel.write(b"2\n")
            channel.close()
            self.path.with_name(name).unlink()
        self.assertEqual(3, len(put_aside(self.path)))

    def test_day(self) -> None:
        """A new day (UTC) begins a new file, when there is something to write."""
        channel = self.channel(Rotation(daily=True))
        for seconds in (0, 12 * 3600 - 1, 1, 48 * 3600):
            self.clock.advance(seconds)
            channel.write(b"line\n")
        self.assertEqual(
            ["events-20260201T000000Z.jsonl", "events-20260203T000000Z.jsonl", "events.jsonl"],
            self.names(),
        )
        self.assertEqual(b"line\nline\n", put_aside(self.path)[0].read_bytes())

    def test_gzip(self) -> None:
        """What was put aside is compressed, and what is written is not."""
        channel = self.channel(Rotation(size=2, gzip=True))
        for line in (b"1\n", b"2\n"):
            channel.write(line)
        [old] = put_aside(self.path)
        self.assertEqual("events-20260131T120000Z.jsonl.gz", old.name)
        self.assertEqual(
            (b"1\n", b"2\n"), (gzip.decompress(old.read_bytes()), self.path.read_bytes())
        )
        self.assertEqual(2, len(self.names()))

    def test_gzip_mode(self) -> None:
        """What only its owner may read stays so when it is compressed, from the first byte on."""
        old = self.path.with_name("events-20260130T000000Z.jsonl")
        for mode in (0o600, 0o640):
            old.write_bytes(b"old\n")
            old.chmod(mode)
            modes: list[int] = []

            def copy(source: object, target: GzipFile, size: int, modes: list[int] = modes) -> None:
                modes.append(old.with_name(f"{old.name}.gz.part").stat().st_mode & 0o777)

            self.patch(shutil, "copyfileobj", copy)
            tidy(self.path, Rotation(gzip=True))
            [packed] = put_aside(self.path)
            self.assertEqual(([mode], mode), (modes, packed.stat().st_mode & 0o777))
            packed.unlink()

    def test_keep(self) -> None:
        """No more of them are kept than shall be, and nothing else is deleted."""
        stranger = self.path.with_name("events-mine.jsonl")
        stranger.write_text("mine")
        channel = self.channel(Rotation(size=2, gzip=True, keep=2))
        for line in (b"1\n", b"2\n", b"3\n", b"4\n", b"5\n"):
            channel.write(line)
            self.clock.advance(1)
        contents = [gzip.decompress(path.read_bytes()) for path in put_aside(self.path)]
        self.assertEqual([b"3\n", b"4\n"], contents)
        self.assertTrue(stranger.exists())

    def test_left_over(self) -> None:
        """What an earlier run did not finish to compress is done by the next."""
        old = self.path.with_name("events-20260130T000000Z.jsonl")
        old.write_bytes(b"old\n")
        part = old.with_name(f"{old.name}.gz.part")
        part.write_bytes(b"half")
        self.channel(Rotation(size=100, gzip=True)).write(b"new\n")
        self.assertEqual(["events-20260130T000000Z.jsonl.gz", "events.jsonl"], self.names())
        self.assertEqual(b"old\n", gzip.decompress(put_aside(self.path)[0].read_bytes()))

    def test_cannot_compress(self) -> None:
        """When there is no room to compress, that is told, and done at the next turn."""
        said = Said(self, "RotatingChannel")
        channel = self.channel(Rotation(size=2, gzip=True))
        self.fault = OSError(28, "No space left on device")
        channel.write(b"1\n")
        channel.write(b"2\n")
        self.assertIn("No space left on device", said.lines[0])
        self.assertEqual(b"1\n", put_aside(self.path)[0].read_bytes())
        self.fault = None
        channel.write(b"3\n")
        self.assertEqual([".gz", ".gz"], [path.suffix for path in put_aside(self.path)])

    def test_unreadable(self) -> None:
        """Of an old file that cannot be read the error says why, not what it led to."""
        self.path.with_name("events-20260130T000000Z.jsonl").mkdir()
        self.assertRaises(IsADirectoryError, tidy, self.path, Rotation(gzip=True))

    def test_one_at_a_time(self) -> None:
        """While files are compressed, no second round begins."""
        rounds: list[Deferred[None]] = []

        def in_thread(work: Callable[[], None]) -> Awaitable[None]:
            rounds.append(Deferred())
            return rounds[-1]

        rotation = Rotation(size=2, gzip=True)
        channel = RotatingChannel(self.path, rotation, self.clock, in_thread)
        self.addCleanup(channel.close)
        for line in (b"1\n", b"2\n", b"3\n"):
            channel.write(line)
        self.assertEqual(1, len(rounds))
        rounds[0].callback(None)
        channel.write(b"4\n")
        self.assertEqual(2, len(rounds))

    def test_restart(self) -> None:
        """A file of an earlier run is gone on with, and counts."""
        for line in (b"1\n", b"2\n", b"3\n"):
            channel = self.channel(Rotation(size=4))
            channel.write(line)
            channel.close()
        self.assertEqual(b"3\n", self.path.read_bytes())
        self.assertEqual(b"1\n2\n", put_aside(self.path)[0].read_bytes())

    def test_special_names(self) -> None:
        """A file's name may hold what has a meaning in patterns."""
        path = self.path.with_name("a[b]*?.jsonl")
        part = path.with_name("a[b]*?-20260130T000000Z.jsonl.gz.part")
        other = path.with_name("ab-20260130T000000Z.jsonl.gz.part")
        part.write_text("half")
        other.write_text("of another")
        tidy(path, Rotation(gzip=True))
        self.assertEqual((False, True), (part.exists(), other.exists()))
