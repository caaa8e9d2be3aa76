"""The bounded queue: what it keeps, what it loses, and what it says of that."""

from __future__ import annotations

from typing import Any

from twisted.internet.defer import CancelledError
from twisted.internet.task import Clock
from twisted.logger import formatEvent, globalLogPublisher
from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.outputs.queue import ANNOUNCE, BoundedQueue, Policy


class QueueTests(SynchronousTestCase):
    """A queue of three, or of as many bytes."""

    def setUp(self) -> None:
        self.clock = Clock()
        self.said: list[str] = []
        globalLogPublisher.addObserver(self.observe)
        self.addCleanup(globalLogPublisher.removeObserver, self.observe)

    def observe(self, event: Any) -> None:
        """Remember what the queue logs."""
        if event.get("log_namespace", "").endswith("BoundedQueue"):
            self.said.append(formatEvent(event))

    def queue(self, policy: Policy, fill: str = "abc") -> BoundedQueue[str]:
        """A queue that holds something already."""
        queue: BoundedQueue[str] = BoundedQueue("test", self.clock, 3, policy)
        for item in fill:
            self.assertIsNone(queue.put(item))
        return queue

    def test_order(self) -> None:
        """Items are taken in the order they were brought, as many as there are."""
        queue = self.queue(Policy.DROP_OLDEST)
        self.assertEqual(["a", "b"], queue.take(2))
        self.assertEqual(["c"], queue.take(2))
        self.assertEqual([], queue.take(2))
        self.assertEqual(0, queue.counts.size)
        self.assertEqual([], self.said)

    def test_drop_oldest(self) -> None:
        """The oldest makes room for the newest, and is counted."""
        queue = self.queue(Policy.DROP_OLDEST, "abcde")
        self.assertEqual(["c", "d", "e"], queue.take(9))
        self.assertEqual(2, queue.counts.dropped)

    def test_drop_newest(self) -> None:
        """What comes to a full queue is lost, until something was taken."""
        queue = self.queue(Policy.DROP_NEWEST, "abcde")
        self.assertEqual(["a"], queue.take())
        queue.put("f")
        self.assertEqual(["b", "c", "f"], queue.take(9))
        self.assertEqual(2, queue.counts.dropped)

    def test_block(self) -> None:
        """Who comes to a full queue waits, each in turn; nothing is lost."""
        queue = self.queue(Policy.BLOCK)
        fourth, fifth = queue.put("d"), queue.put("e")
        assert fourth is not None and fifth is not None
        self.assertNoResult(fourth)
        self.assertEqual(["a"], queue.take())
        self.successResultOf(fourth)
        self.assertNoResult(fifth)
        self.assertEqual(["b", "c", "d"], queue.take(3))
        self.successResultOf(fifth)
        self.assertEqual(["e"], queue.take(3))
        self.assertEqual(0, queue.counts.dropped)
        self.assertEqual([], self.said)

    def test_no_overtaking(self) -> None:
        """A small item does not overtake a large one that waits."""
        queue: BoundedQueue[bytes] = BoundedQueue("test", self.clock, 4, Policy.BLOCK, len)
        queue.put(b"abc")
        large, small = queue.put(b"de"), queue.put(b"f")
        assert large is not None and small is not None
        self.assertNoResult(small)
        queue.take()
        self.successResultOf(large)
        self.assertEqual([b"de", b"f"], queue.take(9))

    def test_taken_back(self) -> None:
        """Whoever no longer wants to wait takes the item back."""
        queue = self.queue(Policy.BLOCK)
        waiting = queue.put("d")
        assert waiting is not None
        waiting.cancel()
        self.failureResultOf(waiting, CancelledError)
        self.assertEqual(["a", "b", "c"], queue.take(9))
        self.assertEqual([], queue.take(9))

    def test_bytes(self) -> None:
        """A queue may be limited in bytes; what exceeds the limit alone has an empty one."""
        queue: BoundedQueue[bytes] = BoundedQueue("test", self.clock, 4, measure=len)
        queue.put(b"abc")
        self.assertTrue(queue.has_room(b"d"))
        self.assertFalse(queue.has_room(b"de"))
        queue.put(b"longer")
        self.assertEqual((6, 1), (queue.counts.size, queue.counts.dropped))
        self.assertEqual([b"longer"], queue.take())

    def test_put_back(self) -> None:
        """What could not be delivered is the first again."""
        queue = self.queue(Policy.DROP_NEWEST)
        queue.put_back(queue.take(2))
        self.assertEqual(3, queue.counts.size)
        self.assertEqual(["a", "b", "c"], queue.take(9))

    def test_ready(self) -> None:
        """Whoever waits for items is told of the first, and of the end; or waits no more."""
        queue = self.queue(Policy.BLOCK, "")
        first, cancelled = queue.when_ready(), queue.when_ready()
        cancelled.cancel()
        self.failureResultOf(cancelled, CancelledError)
        self.assertNoResult(first)
        queue.put("a")
        self.successResultOf(first)
        self.successResultOf(queue.when_ready())
        queue.take()
        last = queue.when_ready()
        queue.close()
        self.successResultOf(last)

    def test_closed(self) -> None:
        """What is in it when it is closed is lost, and said to be; nobody waits for ever."""
        queue = self.queue(Policy.BLOCK)
        waiting = queue.put("d")
        assert waiting is not None
        queue.close()
        self.successResultOf(waiting)
        self.assertIsNone(queue.put("e"))
        self.assertEqual([], queue.take(9))
        self.assertEqual((0, 5), (queue.counts.size, queue.counts.dropped))
        self.assertEqual(["test is too slow: 4 lost (closed), 4 in all"], self.said)

    def test_full(self) -> None:
        """How long it is full is counted, while it is, and after it was."""
        queue = self.queue(Policy.DROP_NEWEST)
        self.clock.advance(5)
        self.assertEqual(0, queue.counts.full_seconds)
        queue.put("d")
        self.clock.advance(2)
        self.assertEqual(2, queue.counts.full_seconds)
        queue.take()
        self.clock.advance(5)
        self.assertEqual(2, queue.counts.full_seconds)

    def test_announced(self) -> None:
        """The first loss is logged at once, all others of a minute together."""
        queue = self.queue(Policy.DROP_NEWEST, "abcdef")
        self.assertEqual(["test is too slow: 1 lost (drop-newest), 1 in all"], self.said)
        self.clock.advance(ANNOUNCE)
        queue.put("g")
        self.assertEqual("test is too slow: 3 lost (drop-newest), 4 in all", self.said[1])
        queue.put("h")
        queue.take()
        self.assertEqual(2, len(self.said))
        self.clock.advance(ANNOUNCE)
        queue.take()
        self.assertEqual("test is too slow: 1 lost (drop-newest), 5 in all", self.said[2])
