"""The bounded queue: what it keeps, what it loses, and what it says of that."""

from __future__ import annotations

from typing import Any

from twisted.internet.defer import CancelledError
from twisted.internet.interfaces import IPushProducer
from twisted.internet.task import Clock
from twisted.logger import formatEvent, globalLogPublisher
from twisted.trial.unittest import SynchronousTestCase
from zope.interface import implementer

from tiktoklive.outputs.queue import ANNOUNCE, LARGEST, BoundedQueue, Policy


@implementer(IPushProducer)
class Streams:
    """What a queue may let wait."""

    def __init__(self, queue: BoundedQueue[str], brings: str = "") -> None:
        self.told: list[str] = []
        self._queue = queue
        self._brings = brings
        queue.pace(self)

    def pauseProducing(self) -> None:
        self.told.append("pause")

    def resumeProducing(self) -> None:
        self.told.append("resume")
        brings, self._brings = self._brings, ""
        for letter in brings:
            self._queue.put(letter)

    def stopProducing(self) -> None:
        raise AssertionError("the queue does not own them")


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
            queue.put(item)
        return queue

    def test_when_done(self) -> None:
        """It says when all that was there is done or lost, whatever came meanwhile."""
        queue = self.queue(Policy.DROP_OLDEST)
        self.assertEqual(["a"], queue.hold(1, 99))
        done = queue.when_done()
        queue.done()
        queue.put("d")
        self.assertNoResult(done)
        queue.put("e")  # for which "b" is dropped
        self.assertEqual(["c", "d"], queue.hold(2, 99))
        self.assertNoResult(done)
        queue.put_back(["c", "d"])
        self.assertEqual(["c"], queue.take(1))
        self.successResultOf(done)
        waiting = queue.when_done()
        given_up = queue.when_done()
        given_up.cancel()
        self.failureResultOf(given_up, CancelledError)
        queue.close()
        self.successResultOf(waiting)
        self.successResultOf(queue.when_done())

    def test_much_room(self) -> None:
        """A small queue has room for anything when it is empty, a large one when half of it is."""
        small: BoundedQueue[bytes] = BoundedQueue("test", self.clock, 10, measure=len)
        large: BoundedQueue[bytes] = BoundedQueue("test", self.clock, 4 * LARGEST, measure=len)
        for queue, enough in ((small, 1), (large, 2 * LARGEST + 1)):
            self.assertTrue(queue.has_much_room)
            queue.put(bytes(enough))
            self.assertFalse(queue.has_much_room)
            queue.take()
            self.assertTrue(queue.has_much_room)

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
        """The streams wait when more than half is full, until no more than a quarter is."""
        queue: BoundedQueue[str] = BoundedQueue("test", self.clock, 8, Policy.BLOCK)
        streams = Streams(queue)
        for letter in "abcd":
            queue.put(letter)
        self.assertEqual([], streams.told)
        for letter in "efgh":
            queue.put(letter)
        self.assertEqual(["pause"], streams.told)
        queue.take(5)
        self.assertEqual(["pause"], streams.told)
        queue.take()
        self.assertEqual(["pause", "resume"], streams.told)
        self.assertEqual(["g", "h"], queue.take(9))
        self.assertEqual(0, queue.counts.dropped)
        self.assertEqual([], self.said)

    def test_block_without_end(self) -> None:
        """What comes although the streams should wait, and has no room, is lost and told."""
        queue: BoundedQueue[str] = BoundedQueue("test", self.clock, 3, Policy.BLOCK)
        for letter in "abcd":
            queue.put(letter)
        self.assertEqual((3, 1), (queue.counts.size, queue.counts.dropped))
        self.assertEqual(["test is too slow: 1 lost (block), 1 in all"], self.said)

    def test_block_again(self) -> None:
        """Streams that bring more as soon as they go on wait again, and so do the others."""
        queue: BoundedQueue[str] = BoundedQueue("test", self.clock, 4, Policy.BLOCK)
        first, second = Streams(queue, brings="xyz"), Streams(queue)
        for letter in "abc":
            queue.put(letter)
        self.assertEqual(["a", "b", "c"], queue.take(9))
        self.assertEqual(["pause", "resume", "pause"], first.told)
        self.assertEqual(["pause", "pause"], second.told)
        self.assertEqual(["x", "y", "z"], queue.take(9))
        self.assertEqual("resume", second.told[-1])

    def test_block_put_back(self) -> None:
        """What is put back counts; streams that come to know of a full queue wait."""
        queue: BoundedQueue[str] = BoundedQueue("test", self.clock, 3, Policy.BLOCK)
        queue.put("a")
        queue.put("b")
        streams = Streams(queue)
        queue.put_back(queue.take(2))
        self.assertEqual(["pause", "resume", "pause"], streams.told)
        queue.close()
        self.assertEqual("resume", streams.told[-1])

    def test_no_block(self) -> None:
        """Other policies let nothing wait."""
        for policy in (Policy.DROP_NEWEST, Policy.DROP_OLDEST):
            queue = self.queue(policy, "")
            streams = Streams(queue)
            for letter in "abcd":
                queue.put(letter)
            self.assertEqual([], streams.told)

    def test_bytes(self) -> None:
        """A queue may be limited in bytes; what exceeds the limit alone has an empty one."""
        queue: BoundedQueue[bytes] = BoundedQueue("test", self.clock, 4, measure=len)
        queue.put(b"abc")
        self.assertTrue(queue.has_room(b"d"))
        self.assertFalse(queue.has_room(b"de"))
        queue.put(b"longer")
        self.assertEqual((6, 1), (queue.counts.size, queue.counts.dropped))
        self.assertEqual([b"longer"], queue.take())

    def test_largest(self) -> None:
        """What is larger than any item may be is lost, whatever the policy, and others are not."""
        for policy in Policy:
            queue: BoundedQueue[bytes] = BoundedQueue("test", self.clock, 4, policy, len)
            queue.put(bytes(LARGEST + 1))
            self.assertEqual((0, 1), (queue.size, queue.counts.dropped))
            queue.put(bytes(LARGEST))
            self.assertEqual((LARGEST, 1), (queue.size, queue.counts.dropped))

    def test_held(self) -> None:
        """What is being written still counts, so that there is never more than the limit."""
        for policy in (Policy.DROP_NEWEST, Policy.DROP_OLDEST):
            queue = self.queue(policy)
            self.assertEqual(["a", "b", "c"], queue.hold(9, 9))
            self.assertEqual((3, 0), (queue.counts.size, len(queue)))
            queue.put("d")
            self.assertEqual((3, 1, 0), (queue.size, queue.counts.dropped, len(queue)))
            queue.done()
            queue.done()
            queue.put("e")
            self.assertEqual((1, ["e"]), (queue.size, queue.take(9)))

    def test_held_back(self) -> None:
        """Of what was held some may be returned."""
        queue = self.queue(Policy.DROP_NEWEST)
        queue.put_back(queue.hold(3, 9)[1:])
        self.assertEqual(2, queue.size)
        self.assertEqual(["b", "c"], queue.take(9))
        self.assertEqual(0, queue.size)

    def test_held_closed(self) -> None:
        """What is being written when it is closed is not lost by that."""
        queue = self.queue(Policy.DROP_NEWEST)
        queue.hold(1, 9)
        queue.close()
        self.assertEqual((1, 2), (queue.size, queue.counts.dropped))
        queue.done()
        self.assertEqual(0, queue.size)

    def test_held_size(self) -> None:
        """What is held together is bounded too, but one is held, however large."""
        queue: BoundedQueue[bytes] = BoundedQueue("test", self.clock, 100, measure=len)
        for size in (50, 10, 10, 10):
            queue.put(bytes(size))
        self.assertEqual([50], list(map(len, queue.hold(9, 20))))
        self.assertEqual([10, 10], list(map(len, queue.hold(9, 20))))
        self.assertEqual(80, queue.size)

    def test_put_back(self) -> None:
        """What could not be delivered is the first again."""
        queue = self.queue(Policy.DROP_NEWEST)
        queue.put_back(queue.take(2))
        self.assertEqual(3, queue.counts.size)
        self.assertEqual(["a", "b", "c"], queue.take(9))

    def test_ready(self) -> None:
        """Whoever waits for items is told of the first, and of the end; or waits no more."""
        queue = self.queue(Policy.DROP_NEWEST, "")
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

    def test_ready_for_more(self) -> None:
        """Whoever waits for several is told when there are so many, and others earlier."""
        queue = self.queue(Policy.DROP_NEWEST, "")
        two, one = queue.when_ready(2), queue.when_ready()
        queue.put("a")
        self.successResultOf(one)
        self.assertNoResult(two)
        queue.put("b")
        self.successResultOf(two)
        self.successResultOf(queue.when_ready(2))

    def test_lost_before(self) -> None:
        """What was lost before it was closed is told by its own reason."""
        queue = self.queue(Policy.DROP_NEWEST, "abcdef")
        queue.close()
        self.assertEqual("test is too slow: 2 lost (drop-newest), 3 in all", self.said[1])
        self.assertEqual("test was stopped before all was written: 3 lost, 6 in all", self.said[2])

    def test_closed(self) -> None:
        """What is in it when it is closed is lost, and said to be; it can be opened again."""
        queue = self.queue(Policy.DROP_NEWEST)
        queue.close()
        queue.put("d")
        self.assertEqual([], queue.take(9))
        self.assertEqual((0, 4), (queue.counts.size, queue.counts.dropped))
        self.assertEqual(["test was stopped before all was written: 3 lost, 3 in all"], self.said)
        queue.open()
        queue.put("e")
        self.assertEqual(["e"], queue.take(9))

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
        queue.put("e")
        queue.put("f")
        self.clock.advance(4)
        self.assertEqual(6, queue.counts.full_seconds)  # the second time on top of the first

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
