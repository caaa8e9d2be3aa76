"""The queue in front of a channel."""

from __future__ import annotations

from typing import Any

from twisted.internet.task import Clock
from twisted.logger import formatEvent, globalLogPublisher
from twisted.trial.unittest import SynchronousTestCase

from tests.outputs.doubles import Trough
from tiktoklive.outputs.line_writer import LAST_WORDS, RETRY, SOON, LineWriter


class LineWriterTests(SynchronousTestCase):
    """Lines go through in order, or are counted."""

    def setUp(self) -> None:
        self.clock = Clock()
        self.trough = Trough()
        self.sink = LineWriter("test", self.trough, self.clock, limit=20)
        self.said: list[str] = []
        globalLogPublisher.addObserver(self.observe)
        self.addCleanup(globalLogPublisher.removeObserver, self.observe)

    def observe(self, event: Any) -> None:
        """Remember what the sink logs."""
        if event.get("log_namespace", "").endswith(("LineWriter", "BoundedQueue")):
            self.said.append(formatEvent(event))

    def test_at_once(self) -> None:
        """A line is with the channel before the next turn of the reactor."""
        self.sink.write(b"one\n")
        self.assertEqual(b"one\n", self.trough.taken)
        self.assertEqual([], self.clock.getDelayedCalls())

    def test_in_pieces(self) -> None:
        """A channel that takes a few bytes at a time gets every line whole and in order."""
        self.trough.space = 2
        for line in (b"one\n", b"two\n", b"three\n"):
            self.sink.write(line)
        for _ in range(6):
            self.trough.space = 3
            self.clock.advance(SOON)
        self.assertEqual(b"one\ntwo\nthree\n", self.trough.taken)
        self.assertEqual([], self.clock.getDelayedCalls())
        self.assertEqual([], self.said)

    def test_too_slow(self) -> None:
        """
        Beyond the limit lines are dropped whole, told at once, and counted; the one that is half
        written counts as one that waits.
        """
        self.trough.space = 3
        for number in range(10):
            self.sink.write(b"line%d\n" % number)
        self.assertEqual(1, len(self.said))
        self.assertEqual((7, 20, 18), (self.sink.counts.dropped, *self.waiting()))
        self.trough.space = None
        self.clock.advance(SOON)
        self.assertEqual(b"line0\nline1\nline2\n", self.trough.taken)
        self.assertEqual(0, self.sink.counts.size)
        self.sink.write(b"new\n")
        self.assertEqual(["line2", "new"], self.trough.lines[2:])
        self.assertEqual(1, len(self.said))

    def waiting(self) -> tuple[int, int]:
        """How much may wait, and how much does."""
        return self.sink.counts.limit, self.sink.counts.size

    def test_written(self) -> None:
        """It says when what it was given is written, and whether there is room for more."""
        self.trough.space = 3
        self.assertTrue(self.sink.has_room)
        self.sink.write(b"one\ntwo\n")
        written = self.sink.when_written()
        self.assertFalse(self.sink.has_room)
        self.assertNoResult(written)
        self.trough.space = None
        self.clock.advance(SOON)
        self.successResultOf(written)
        self.trough.fault = BrokenPipeError()
        self.sink.write(b"three\n")
        self.successResultOf(self.sink.when_written())
        self.assertTrue(self.sink.has_room)

    def test_gathered(self) -> None:
        """With a pause, lines are written together when it is over, and at the end."""
        sink = LineWriter("test", self.trough, self.clock, flush=0.5)
        sink.write(b"one\n")
        self.clock.advance(0.4)
        sink.write(b"two\n")
        self.assertEqual(b"", self.trough.taken)
        self.clock.advance(0.1)
        self.assertEqual(b"one\ntwo\n", self.trough.taken)
        sink.write(b"three\n")
        self.successResultOf(sink.stop())
        self.assertEqual(["one", "two", "three"], self.trough.lines)

    def test_fails_and_recovers(self) -> None:
        """A full disk is told once, tried again, and what waited is written in order."""
        self.trough.fault = OSError(28, "No space left on device")
        for number in range(10):
            self.sink.write(b"line%d\n" % number)
            self.clock.advance(RETRY)
        self.assertIn("No space left on device", self.said[0])
        self.assertEqual(
            "test is full, as nothing can be written (No space left on device): "
            "1 lost (drop-newest), 1 in all",
            self.said[1],
        )
        self.assertEqual(2, len(self.said))
        self.trough.fault = None
        self.clock.advance(RETRY)
        self.assertEqual(["line0", "line1", "line2"], self.trough.lines)
        self.assertEqual("test works again; 7 lines lost", self.said[-1])
        self.assertEqual([], self.clock.getDelayedCalls())

    def test_torn_by_failure(self) -> None:
        """A line of which a part was written before the failure goes on where it stopped."""
        self.trough.space = 2
        self.sink.write(b"line\n")
        self.trough.fault = OSError(28, "No space left on device")
        self.clock.advance(SOON)
        self.trough.fault = self.trough.space = None
        self.clock.advance(RETRY)
        self.assertEqual(b"line\n", self.trough.taken)

    def test_nobody_reads(self) -> None:
        """When the reader went away the output is quiet, and says so once."""
        self.trough.fault = BrokenPipeError(32, "Broken pipe")
        for _ in range(3):
            self.sink.write(b"x\n")
        self.assertEqual(["test stops: its reader is gone"], self.said)
        self.assertEqual([], self.clock.getDelayedCalls())
        self.successResultOf(self.sink.stop())

    def test_when_gone(self) -> None:
        """That the reader went away is told to who asked before and to who asks later."""
        before = self.sink.when_gone()
        self.trough.fault = OSError(28, "No space left on device")
        self.sink.write(b"x\n")
        self.assertNoResult(before)
        self.trough.fault = BrokenPipeError(32, "Broken pipe")
        self.clock.advance(RETRY)
        self.successResultOf(before)
        self.successResultOf(self.sink.when_gone())

    def test_stop(self) -> None:
        """Stopping closes the channel at once when nothing waits."""
        self.sink.write(b"x\n")
        self.successResultOf(self.sink.stop())
        self.assertEqual(1, self.trough.closes)

    def test_stop_waits(self) -> None:
        """Stopping lets a slow channel have the rest."""
        self.trough.space = 1
        self.sink.write(b"xyz\n")
        stopped = self.sink.stop()
        self.assertNoResult(stopped)
        self.trough.space = None
        self.clock.advance(SOON)
        self.successResultOf(stopped)
        self.assertEqual(b"xyz\n", self.trough.taken)
        self.assertEqual([], self.clock.getDelayedCalls())

    def test_stop_does_not_wait_for_ever(self) -> None:
        """A channel that takes nothing is given up after a while, with the loss told."""
        self.trough.space = 0
        self.sink.write(b"xyz\n")
        stopped = self.sink.stop()
        self.clock.pump([SOON] * (int(LAST_WORDS / SOON) + 2))
        self.successResultOf(stopped)
        self.assertEqual(["test was stopped before all was written: 1 lost, 1 in all"], self.said)
        self.assertEqual([], self.clock.getDelayedCalls())

    def test_started_again(self) -> None:
        """What was half written when it was given up is not gone on with when it is used again."""
        self.trough.space = 2
        self.sink.write(b"xyz\n")
        stopped = self.sink.stop()
        self.clock.pump([SOON] * (int(LAST_WORDS / SOON) + 2))
        self.successResultOf(stopped)
        self.trough.taken, self.trough.space = b"", None
        self.sink.write(b"new\n")
        self.clock.advance(SOON)
        self.assertEqual(["new"], self.trough.lines[-1:])
        self.assertNotIn(b"z", self.trough.taken)

    def test_stop_while_failing(self) -> None:
        """A channel that fails is tried once more and then closed at once."""
        self.trough.fault = OSError(28, "No space left on device")
        self.sink.write(b"xyz\n")
        self.successResultOf(self.sink.stop())
        self.assertEqual(
            "test was stopped while nothing could be written (No space left on device): "
            "1 lost, 1 in all",
            self.said[-1],
        )
        self.assertEqual([], self.clock.getDelayedCalls())
