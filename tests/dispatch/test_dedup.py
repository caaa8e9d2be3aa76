"""What was delivered before is known, in a window of so many and so long."""

from __future__ import annotations

import sys

from hypothesis import given
from hypothesis import strategies as st
from twisted.internet.task import Clock
from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.dispatch.dedup import RECENT, DedupWindow
from tiktoklive.wire.frames_pb2 import ResponseMessage

#: An id as TikTok has them.
FIRST = 7_590_000_000_000_000_000


def deliver(seen: DedupWindow, *numbers: int) -> list[int]:
    """Which of these ids are delivered, as one batch."""
    return [item.msg_id for item in seen.fresh(ResponseMessage(msg_id=each) for each in numbers)]


def replay(seen: DedupWindow, numbers: range, size: int) -> list[int]:
    """Which of these ids are delivered, in batches of a size."""
    told: list[int] = []
    for at in range(0, len(numbers), size):
        told += deliver(seen, *numbers[at : at + size])
    return told


class WindowTests(SynchronousTestCase):
    """How far it remembers."""

    def test_repeated(self) -> None:
        """A repeated message is dropped and counted, in the same batch too."""
        seen = DedupWindow(100)
        self.assertEqual([1, 2], deliver(seen, 1, 2, 1))
        self.assertEqual([3], deliver(seen, 2, 3))
        self.assertEqual((2, 3), (seen.dropped, seen.newest))

    def test_without_id(self) -> None:
        """Messages without an id are always new, packed ids or not."""
        seen = DedupWindow(1000)
        deliver(seen, *range(1, 500))
        self.assertEqual([0, 0], deliver(seen, 0, 0))
        self.assertEqual(0, seen.dropped)

    def test_count(self) -> None:
        """The latest are known, however many came before; the memory is bounded."""
        seen = DedupWindow(2048)
        numbers = range(FIRST, FIRST + 10_000)
        for number in numbers:
            deliver(seen, number)
        self.assertLessEqual(len(seen), 2048 + 256 + RECENT)
        self.assertLessEqual(len(seen.ids), RECENT)
        self.assertFalse(any(number in seen for number in numbers[: -2048 - 256 - RECENT]))
        self.assertEqual([], deliver(seen, *numbers[-2048:]))

    def test_small(self) -> None:
        """A window of a few, or of one, is kept too."""
        for limit in (1, 2, 7, RECENT, RECENT + 1, RECENT + 3):
            with self.subTest(limit):
                seen = DedupWindow(limit)
                for number in range(1, 1000):
                    deliver(seen, number)
                self.assertLessEqual(len(seen), 2 * limit + RECENT)
                self.assertEqual(999, len(seen) + seen.forgotten)
                self.assertEqual([], deliver(seen, *range(1000 - limit, 1000)))

    def test_hostile_ids(self) -> None:
        """The largest ids there are do no harm."""
        seen = DedupWindow(1000)
        top = (1 << 64) - 1
        self.assertEqual(400, len(deliver(seen, *range(top - 399, top + 1))))
        self.assertEqual([], deliver(seen, *range(top - 399, top + 1)))

    def test_age(self) -> None:
        """What is older than the age is forgotten, but for the newest; what is younger is not."""
        clock = Clock()
        seen = DedupWindow(2048, age=40, now=clock.seconds)
        deliver(seen, *range(1, 400))
        for number in range(1000, 1100):
            clock.advance(1)
            deliver(seen, number)
            seen.forget()
            known = [each in seen for each in range(1000, number + 1)]
            self.assertTrue(all(known[-40:]))
            self.assertFalse(any(known[:-62]))
            self.assertFalse(1 in seen and number > 1062)
            self.assertTrue(1 in seen or number > 1038)
        clock.advance(1000)
        seen.forget()
        clock.advance(1000)
        seen.forget()
        self.assertEqual((0, 1099), (len(seen), seen.newest))

    def test_rooms(self) -> None:
        """What was seen in one room means nothing in another one."""
        seen = DedupWindow(1000)
        seen.enter("1")
        deliver(seen, *range(1, 400))
        seen.enter("1")
        self.assertEqual([], deliver(seen, 1, 399))
        seen.enter("2")
        self.assertEqual([1, 399], deliver(seen, 1, 399))
        self.assertEqual(2, seen.dropped)

    def test_size(self) -> None:
        """A full window costs 8 bytes an id, and less than 36 KiB."""
        seen = DedupWindow(2048)
        for number in range(FIRST, FIRST + 10_000):
            deliver(seen, number)
        ids = sys.getsizeof(seen.ids) + sum(map(sys.getsizeof, seen.ids))
        packed = sum(sys.getsizeof(parcel._ids) for parcel in seen._packed.parcels)
        self.assertLess(ids + packed, 36 * 1024)


class ReplayTests(SynchronousTestCase):
    """A server that repeats what it said."""

    def test_all(self) -> None:
        """As many as were promised come again, in whatever batches: all are dropped."""
        for size in (1, 50, RECENT, 700, 2048):
            with self.subTest(size):
                seen = DedupWindow(2048)
                numbers = range(FIRST, FIRST + 9_000)
                replay(seen, numbers, 1)
                self.assertEqual([], replay(seen, numbers[-2048:], size))
                self.assertEqual(2048, seen.dropped)

    def test_beyond(self) -> None:
        """What comes again from before the window does not push out what comes again next."""
        for size in (50, RECENT, 700):
            with self.subTest(size):
                seen = DedupWindow(2048)
                numbers = range(FIRST, FIRST + 9_000)
                replay(seen, numbers, 1)
                for _ in range(2):
                    told = replay(seen, numbers[-5000:], size)
                    self.assertEqual(0, len(set(numbers[-2048:]) & set(told)))
                self.assertLessEqual(len(seen), 2 * (2048 + 256) + RECENT)

    def test_looking_up(self) -> None:
        """To look an id up forgets none."""
        seen = DedupWindow(400)
        deliver(seen, *range(1, 2000))
        kept = [number for number in range(1, 2000) if number in seen]
        for _ in range(10):
            deliver(seen, *kept)
        self.assertEqual(kept, [number for number in range(1, 2000) if number in seen])


class PropertyTests(SynchronousTestCase):
    """Whatever comes, in whatever order."""

    @given(st.lists(st.lists(st.integers(1, 600), max_size=60), max_size=40), st.booleans())
    def test_as_a_set(self, batches: list[list[int]], scattered: bool) -> None:
        """As long as the window is not full it is a set: each id passes exactly once."""
        seen = DedupWindow(2048)
        known: set[int] = set()
        for batch in batches:
            numbers = [each * 2_654_435_761 % (1 << 63) if scattered else each for each in batch]
            expected = []
            for number in numbers:
                if number not in known:
                    known.add(number)
                    expected.append(number)
            self.assertEqual(expected, deliver(seen, *numbers))
        self.assertEqual(sum(map(len, batches)) - len(known), seen.dropped)

    @given(st.lists(st.integers(1, 500), min_size=1, max_size=20), st.integers(0, 120))
    def test_window(self, sizes: list[int], back: int) -> None:
        """A repeat of what came last is dropped, however much came before it."""
        seen, number = DedupWindow(RECENT + 400), 0
        for size in sizes:
            deliver(seen, *range(number + 1, number + size + 1))
            number += size
            again = range(max(1, number - back), number + 1)
            self.assertEqual([], deliver(seen, *again))

    @given(
        st.integers(1, 3 * RECENT),
        st.lists(st.lists(st.integers(1, 1500), max_size=90), max_size=60),
        st.booleans(),
    )
    def test_promise(self, limit: int, batches: list[list[int]], scattered: bool) -> None:
        """In whatever order ids come, the last so many that were delivered are known."""
        seen = DedupWindow(limit)
        delivered: list[int] = []
        for batch in batches:
            numbers = [each * 2_654_435_761 % (1 << 63) if scattered else each for each in batch]
            delivered += deliver(seen, *numbers)
            promised = list(dict.fromkeys(reversed(delivered)))[:limit]
            self.assertEqual([], [number for number in promised if number not in seen])
            self.assertLessEqual(len(seen), 4 * limit + 3 * RECENT)
