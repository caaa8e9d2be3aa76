"""Recording never disturbs."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from unittest import SkipTest

from twisted.internet.defer import Deferred
from twisted.internet.task import Clock
from zope.interface import implementer
from zope.interface.verify import verifyObject

from tests.capture.doubles import TICKET, Heard, Opener, TapeCase
from tiktoklive.capture import Recorder, TapeEntry, TapeHeader, read_tape
from tiktoklive.capture.recorder import RETRY
from tiktoklive.errors import ConnectError, StartError
from tiktoklive.files.lock import FileLock, FileLockedError
from tiktoklive.interfaces import IReceiver, IStreamOpener, IWitness


@implementer(IWitness)
class Listening(Heard):
    """A receiver that also hears of what is survived."""

    def survived(self, info: str, error: Exception) -> None:
        self._tell(info, error)

    def missed(self, reason: Exception) -> None:
        self._tell("missed", reason)


class RecorderTests(TapeCase):
    """Writing tapes."""

    def setUp(self) -> None:
        super().setUp()
        self.clock = Clock()
        self.clock.advance(1_000_000)
        self.opener = Opener()
        self.heard = Heard()

    def record(self, recorder: Recorder | None = None) -> IReceiver:
        """Open one stream; what it delivers to."""
        recorder = recorder or Recorder(self.opener, self.path, self.clock)
        Deferred.fromCoroutine(recorder.open(TICKET, self.heard))
        return self.opener.receivers[-1]

    def test_interfaces(self) -> None:
        """The recorder is an opener and stands in as a receiver."""
        verifyObject(IStreamOpener, Recorder(self.opener, self.path, self.clock))
        verifyObject(IReceiver, self.record())

    def test_records_and_delivers(self) -> None:
        """What arrives is on the tape with its time, and reaches the receiver unchanged."""
        receiver = self.record()
        receiver.frame(b"one")
        self.clock.advance(1.25)
        receiver.batch(b"two")
        lost = ConnectError("gone")
        receiver.closed(lost)
        self.assertEqual([("frame", b"one"), ("batch", b"two"), ("closed", lost)], self.heard.told)
        self.assertEqual(
            [
                TapeHeader(
                    "anna", "7137682087200557829", "1970-01-12T13:46:40.000+00:00", "direct"
                ),
                TapeEntry(0.0, "frame", b"one"),
                TapeEntry(1.25, "batch", b"two"),
            ],
            self.read()[0],
        )

    def test_survived(self) -> None:
        """What the stream survives is passed on to those who want to hear of it, and not taped."""
        lost = ConnectError("a poll failed")
        IWitness(self.record()).survived("polling", lost)
        self.assertEqual([], self.heard.told)
        self.heard = Listening()
        IWitness(self.record()).survived("polling", lost)
        IWitness(self.record()).missed(lost)
        self.assertEqual([("polling", lost), ("missed", lost)], self.heard.told)
        self.assertFalse(self.path.exists())

    def test_first_batch(self) -> None:
        """A batch that came with the ticket is on the tape, and is not delivered twice."""
        recorder = Recorder(self.opener, self.path, self.clock)
        ticket = replace(TICKET, first_batch=b"first")
        Deferred.fromCoroutine(recorder.open(ticket, self.heard))
        self.opener.receivers[-1].frame(b"one")
        self.opener.receivers[-1].closed(None)
        self.assertEqual(
            [TapeEntry(0.0, "batch", b"first"), TapeEntry(0.0, "frame", b"one")],
            self.read()[0][1:],
        )
        self.assertEqual([("frame", b"one"), ("closed", None)], self.heard.told)

    def test_second_stream(self) -> None:
        """A reconnect appends a second header whose times begin at 0 again."""
        recorder = Recorder(self.opener, self.path, self.clock)
        for data in (b"one", b"two"):
            receiver = self.record(recorder)
            receiver.frame(data)
            receiver.closed(None)
            self.clock.advance(5)
        kinds = [(type(item).__name__, getattr(item, "at", None)) for item in self.read()[0]]
        self.assertEqual([("TapeHeader", None), ("TapeEntry", 0.0)] * 2, kinds)

    def test_failing(self) -> None:
        """Why an open stream cannot be recorded is known, until it can be again, or is closed."""
        recorder = Recorder(self.opener, self.path, self.clock)
        receiver = self.record(recorder)
        self.path.mkdir()
        receiver.frame(b"one")
        self.assertEqual("Is a directory", recorder.failing)
        self.path.rmdir()
        self.clock.advance(RETRY)
        receiver.frame(b"two")
        self.assertEqual("", recorder.failing)
        self.path.rename(f"{self.path}.1")
        self.clock.advance(2)
        receiver.frame(b"three")
        receiver.closed(None)
        self.assertEqual(("", 1), (recorder.failing, recorder.renewed))

    def test_alone(self) -> None:
        """Who comes later does not record on a tape of another process, until it is free."""
        lock = FileLock(self.path)
        lock.take()
        recorder = Recorder(self.opener, self.path, self.clock)
        receiver = self.record(recorder)
        receiver.frame(b"one")
        self.assertIn("one at a time may", recorder.failing)
        self.assertEqual([("frame", b"one")], self.heard.told)
        self.assertFalse(self.path.exists())
        lock.free()
        self.clock.advance(RETRY)
        receiver.frame(b"two")
        self.assertEqual("", recorder.failing)
        self.assertRaises(FileLockedError, lock.take)
        receiver.closed(None)
        lock.take()
        lock.free()

    def test_private(self) -> None:
        """A tape is its owner's only, and holds no secret of the ticket."""
        receiver = self.record()
        receiver.frame(b"x")
        receiver.closed(None)
        self.assertEqual(0o600, stat.S_IMODE(self.path.stat().st_mode))
        self.assertNotIn(b"SECRET", self.path.read_bytes())

    def test_refused(self) -> None:
        """A stream that is not opened leaves no tape and fails as it does without."""
        self.opener.answer = ConnectError("no")
        recorder = Recorder(self.opener, self.path, self.clock)
        d = Deferred.fromCoroutine(recorder.open(TICKET, self.heard))
        self.failureResultOf(d, ConnectError)
        self.assertFalse(self.path.exists())

    def test_per_user(self) -> None:
        """Several users have a tape each, named after them."""
        recorder = Recorder(self.opener, "dir/tape.jsonl", self.clock, per_user=True)
        self.assertEqual(Path("dir/tape-anna.b_c.jsonl"), recorder.path_for("anna.b_c"))
        self.assertEqual(Path("dir/tape-.._x.jsonl"), recorder.path_for("../x"))

    def test_compressed_refused(self) -> None:
        """A name that promises compression is refused."""
        self.assertRaises(ValueError, Recorder, self.opener, "tape.gz", self.clock)

    def test_other_file(self) -> None:
        """A file that is there and is no tape is left alone; the stream goes on."""
        self.write(b"dear diary\n")
        receiver = self.record()
        receiver.frame(b"x")
        receiver.closed(None)
        self.assertEqual(b"dear diary\n", self.path.read_bytes())
        self.assertEqual(("frame", b"x"), self.heard.told[0])

    def test_check(self) -> None:
        """What cannot become a tape is told: directories at once, other files at the start."""
        recorder = Recorder(self.opener, self.path, self.clock)
        recorder.check("anna")
        recorder.begin(["anna"])
        self.assertFalse(self.path.exists())
        for start in (b"", b'{"ta', b'{"tape": 1}\n'):
            self.path.write_bytes(start)
            recorder.begin(["anna"])
        self.path.write_bytes(b"dear diary\n")
        recorder.check("anna")
        error = self.assertRaises(StartError, recorder.begin, ["anna"])
        self.assertIn(f"{self.path} cannot be recorded on: there is a file of", str(error))
        self.path.unlink()
        self.path.mkdir()
        self.assertRaises(IsADirectoryError, recorder.check, "anna")
        error = self.assertRaises(StartError, recorder.begin, ["anna"])
        self.assertIn("Is a directory.", str(error))
        long = Recorder(self.opener, "x" * 300, self.clock)
        self.assertRaises(OSError, long.check, "anna")

    def test_full_pipe(self) -> None:
        """A pipe that nobody empties loses pieces, and stops nobody."""
        if not hasattr(os, "mkfifo"):
            raise SkipTest("no pipes with names")
        os.mkfifo(self.path)
        receiver = self.record()
        for _ in range(3):
            receiver.frame(b"x" * 60_000)
        self.assertEqual(3, len(self.heard.told))
        receiver.closed(None)

    def test_unwritable_then_writable(self) -> None:
        """A tape that could not be written is written as soon as it can be, with what is new."""
        self.path = self.path / "tape"
        receiver = self.record()
        receiver.frame(b"lost")
        receiver.frame(b"lost too")
        self.path.parent.mkdir()
        receiver.frame(b"too early for another try")
        self.clock.advance(10)
        receiver.frame(b"kept")
        receiver.closed(None)
        self.assertEqual(TapeEntry(10.0, "frame", b"kept"), self.read()[0][1])
        self.assertEqual(5, len(self.heard.told))

    def test_reported_once(self) -> None:
        """A full disk is one line in the log, its end another; the stream is not disturbed."""
        if not os.path.exists("/dev/full"):
            raise SkipTest("this system has no device that is always full")
        said: list[str] = []
        from twisted.logger import formatEvent, globalLogPublisher

        def observe(event: object) -> None:
            said.append(formatEvent(event))

        globalLogPublisher.addObserver(observe)
        self.addCleanup(globalLogPublisher.removeObserver, observe)
        self.path = Path("/dev/full")
        receiver = self.record()
        for _ in range(5):
            receiver.frame(b"x")
            self.clock.advance(7)
        receiver.closed(None)
        self.assertEqual(6, len(self.heard.told))
        self.assertEqual(2, len(said), said)
        self.assertIn("No space left", said[0])
        self.assertIn("5 pieces missing", said[1])

    def test_taken_away(self) -> None:
        """A tape that somebody moved away begins anew with a header when it is opened again."""
        recorder = Recorder(self.opener, self.path, self.clock)
        receiver = self.record(recorder)
        receiver.frame(b"one")
        receiver.closed(None)
        self.path.unlink()
        receiver = self.record(recorder)
        receiver.frame(b"two")
        receiver.closed(None)
        self.assertEqual(2, len(self.read()[0]))

    def while_it_is_written(self, take: Callable[[], object]) -> IReceiver:
        """A tape that is taken away in the middle of its stream."""
        receiver = self.record()
        for number in range(15):
            receiver.frame(b"%d" % number)
            self.clock.advance(0.1)
        take()
        for number in range(15, 50):
            receiver.frame(b"%d" % number)
            self.clock.advance(0.1)
        return receiver

    def frames(self, path: Path) -> list[int]:
        """The frames of a tape."""
        return [int(item.data) for item in read_tape(path) if isinstance(item, TapeEntry)]

    def test_deleted_while_written(self) -> None:
        """Whatever comes after a tape was deleted is on a new one, which has a header."""
        self.while_it_is_written(self.path.unlink)
        self.assertLessEqual(set(range(15, 50)), set(self.frames(self.path)))
        self.assertEqual(0o600, stat.S_IMODE(self.path.stat().st_mode))

    def test_deleted_before_the_end(self) -> None:
        """So it is when the stream ends before anybody looked."""
        receiver = self.record()
        receiver.frame(b"1")
        self.path.unlink()
        receiver.frame(b"2")
        receiver.closed(None)
        self.assertEqual([1, 2], self.frames(self.path))

    def test_moved_while_written(self) -> None:
        """Each piece is on the moved tape, or on the new one."""
        moved = self.path.with_name("moved.tape")
        self.while_it_is_written(lambda: self.path.rename(moved))
        self.assertEqual(list(range(50)), self.frames(moved) + self.frames(self.path))

    def test_replaced_by_a_stranger(self) -> None:
        """A file that is no tape is left alone when it takes the place of one."""

        def replace() -> None:
            self.path.unlink()
            self.path.write_text("mine")

        receiver = self.while_it_is_written(replace)
        self.assertEqual("mine", self.path.read_text())
        self.path.unlink()
        self.clock.advance(10)
        receiver.frame(b"50")
        self.assertIn(50, self.frames(self.path))
