"""From a queue to something slow."""

from __future__ import annotations

from collections.abc import Awaitable, Sequence

from twisted.internet.defer import Deferred, succeed
from twisted.internet.task import Clock
from twisted.trial.unittest import SynchronousTestCase

from tests.outputs.doubles import Said
from tiktoklive.outputs.batch_writer import LARGEST_BATCH, LAST_WORDS, RETRY, BatchWriter
from tiktoklive.outputs.queue import BoundedQueue


class BatchWriterTests(SynchronousTestCase):
    """Batches are written in order."""

    def setUp(self) -> None:
        self.clock = Clock()
        self.said = Said(self, "BatchWriter", "BoundedQueue")
        self.queue: BoundedQueue[str] = BoundedQueue("test", self.clock, 100)
        self.written: list[str] = []
        self.hated = self.stuck = ""
        self.slow: Deferred[None] | None = None

    def write(self, batch: Sequence[str]) -> Awaitable[None]:
        if self.hated and self.hated in batch:
            raise ValueError("not that one")
        if self.stuck and self.stuck in batch:
            raise OSError("not now")
        self.written.append("".join(batch))
        return self.slow or succeed(None)

    def drain(self, gather: float = 0.0) -> BatchWriter[str]:
        drain = BatchWriter(
            self.queue,
            self.write,
            lambda error: isinstance(error, OSError),
            self.clock,
            most=3,
            gather=gather,
        )
        drain.start()
        return drain

    def put(self, text: str) -> None:
        for letter in text:
            self.queue.put(letter)

    def test_batches(self) -> None:
        """While one is written, the next one gathers; none is too large."""
        self.slow = Deferred()
        drain = self.drain()
        self.put("abcdef")
        self.assertEqual(["a"], self.written)
        slow, self.slow = self.slow, None
        slow.callback(None)
        self.assertEqual(["a", "bcd", "ef"], self.written)
        self.successResultOf(drain.stop())

    def test_gather(self) -> None:
        """The first item waits for others."""
        self.drain(gather=1.0)
        self.put("a")
        self.clock.advance(0.5)
        self.put("b")
        self.assertEqual([], self.written)
        self.clock.advance(0.5)
        self.assertEqual(["ab"], self.written)

    def test_in_hand(self) -> None:
        """A batch counts until it is written, and while it is tried again."""
        drain = self.drain()
        self.stuck = "a"
        self.put("abc")
        self.assertEqual((3, 2), (self.queue.counts.size, len(self.queue)))
        for _ in range(3):
            self.clock.advance(RETRY)
            self.assertEqual(3, self.queue.counts.size)
        self.stuck = ""
        self.clock.advance(RETRY)
        self.assertEqual((0, ["a", "bc"]), (self.queue.counts.size, self.written))
        self.successResultOf(drain.stop())

    def test_works_again(self) -> None:
        """That it cannot be written is told with why, and that it can again, each once."""
        drain = self.drain()
        self.stuck = "a"
        self.put("a")
        self.clock.advance(RETRY)
        self.assertEqual("not now", drain.failing)
        self.stuck = ""
        self.clock.advance(RETRY)
        self.put("b")
        self.put("c")
        self.assertEqual(("", ["a", "b", "c"]), (drain.failing, self.written))
        failed, works = self.said.lines
        self.assertIn("not now", failed)
        self.assertEqual("test works again; 0 events lost", works)

    def test_started_again(self) -> None:
        """One that was stopped and is started again goes on writing, and gathers as before."""
        drain = self.drain(gather=1.0)
        self.successResultOf(drain.stop())
        drain.start()
        for text in ("ab", "c"):
            self.put(text)
            self.assertNotIn(text, self.written)
            self.clock.advance(1.0)
        self.assertEqual(["ab", "c"], self.written)
        self.successResultOf(drain.stop())

    def test_large(self) -> None:
        """A batch is bounded by what its items measure, and does not wait for more then."""
        self.queue = BoundedQueue("test", self.clock, 10 * LARGEST_BATCH, measure=len)
        drain = self.drain(gather=1.0)
        for _ in range(3):
            self.queue.put("x" * (LARGEST_BATCH // 2))
        self.assertEqual([LARGEST_BATCH], list(map(len, self.written)))
        self.clock.advance(1.0)
        self.assertEqual(LARGEST_BATCH // 2, len(self.written[1]))
        self.successResultOf(drain.stop())

    def test_complete(self) -> None:
        """A batch that is complete does not wait any longer."""
        drain = self.drain(gather=1.0)
        self.put("a")
        self.clock.advance(0.5)
        self.put("bcd")
        self.assertEqual(["abc"], self.written)
        self.clock.advance(0.9)
        self.assertEqual(["abc"], self.written)
        self.clock.advance(0.1)
        self.assertEqual(["abc", "d"], self.written)
        self.put("e")
        self.successResultOf(drain.stop())
        self.assertEqual(["abc", "d", "e"], self.written)
        self.assertEqual([], self.clock.getDelayedCalls())

    def test_refused(self) -> None:
        """What is no good is dropped and told; what came with it is written."""
        self.hated = "b"
        drain = self.drain(gather=1.0)
        self.put("abc")
        self.clock.advance(1)
        self.assertEqual((["a", "c"], 1), (self.written, drain.refused))
        self.assertEqual(["test refuses an event, which is lost"], self.said.lines)
        self.assertEqual(1, len(self.flushLoggedErrors(ValueError)))

    def test_refused_while_failing(self) -> None:
        """What came with something that is no good waits like the rest, and may be lost too."""
        for ends, written, lost in ((False, "bc", 0), (True, "", 2)):
            self.written.clear()
            self.hated, self.stuck = "a", "b"
            before = self.queue.counts.dropped
            drain = self.drain(gather=1.0)
            self.put("abc")
            self.clock.advance(1)
            self.assertEqual(([], 1, "not now"), (self.written, drain.refused, drain.failing))
            if ends:
                self.successResultOf(drain.stop())
            self.stuck = ""
            self.clock.advance(RETRY)
            self.assertEqual(written, "".join(self.written))
            self.assertEqual(lost, self.queue.counts.dropped - before)
            self.successResultOf(drain.stop())
        self.assertEqual(2, len(self.flushLoggedErrors(ValueError)))

    def test_stop_does_not_wait_for_ever(self) -> None:
        """What takes too long in the end is given up."""
        self.slow = Deferred()
        drain = self.drain()
        self.put("abc")
        stopped = drain.stop()
        self.assertNoResult(stopped)
        self.clock.advance(LAST_WORDS)
        self.successResultOf(stopped)
        self.assertEqual(
            ["test was stopped before all was written: 2 lost, 2 in all"], self.said.lines
        )
        self.slow.callback(None)
        self.assertEqual(["a"], self.written)

    def test_stop_at_rest(self) -> None:
        """With nothing to do it stops at once, and twice does no harm."""
        drain = self.drain()
        self.successResultOf(drain.stop())
        self.successResultOf(drain.stop())
        self.assertEqual([], self.clock.getDelayedCalls())

    def test_again(self) -> None:
        """It may be started again, even while the last batch of before is still being written."""
        drain = self.drain()
        self.put("a")
        self.successResultOf(drain.stop())
        drain.start()
        self.put("b")
        self.slow = Deferred()
        self.put("c")
        stopped = drain.stop()
        self.clock.advance(LAST_WORDS)
        self.successResultOf(stopped)
        drain.start()
        self.put("d")
        self.assertEqual(["a", "b", "c"], self.written)
        slow, self.slow = self.slow, None
        slow.callback(None)
        self.assertEqual(["a", "b", "c", "d"], self.written)
        self.successResultOf(drain.stop())
