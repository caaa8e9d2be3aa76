"""A map that makes room for what is new."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.bounded import BoundedMap


class BoundedMapTests(SynchronousTestCase):
    """A :class:`BoundedMap`."""

    def test_entries(self) -> None:
        """The oldest make room when there are too many; what is put in again is new."""
        kept: BoundedMap[str, int] = BoundedMap(2)
        self.assertEqual([[], [], [], [("b", 2)]], [kept.put(key, n) for n, key in PUT])
        self.assertEqual([("a", 3), ("c", 4)], list(kept.items()))
        self.assertEqual((1, 0), (kept.evicted, kept.evicted_by_size))
        self.assertEqual((3, None, 7), (kept.get("a"), kept.get("b"), kept.get("b", 7)))
        self.assertEqual((True, False, ["a", "c"]), ("a" in kept, "b" in kept, list(kept)))

    def test_sizes(self) -> None:
        """So they do when they are too large together."""
        kept: BoundedMap[str, int] = BoundedMap(9, 10)
        self.assertEqual([], kept.put("a", 1, 4) + kept.put("b", 2, 4) + kept.put("a", 3, 6))
        self.assertEqual([("b", 2), ("a", 3)], kept.put("c", 4, 9))
        self.assertEqual((9, 2, 2), (kept.size, kept.evicted, kept.evicted_by_size))
        self.assertEqual((4, None, 0), (kept.pop("c"), kept.pop("c"), kept.size))

    def test_alone(self) -> None:
        """What is too large alone is not kept, and takes nothing with it but what it replaces."""
        kept: BoundedMap[str, int] = BoundedMap(9, 10)
        kept.put("a", 1, 4)
        self.assertEqual([("b", 2)], kept.put("b", 2, 11))
        self.assertEqual([("a", 3)], kept.put("a", 3, 11))
        self.assertEqual((0, 0), (len(kept), kept.size))

    def test_clear(self) -> None:
        """It can be emptied."""
        kept: BoundedMap[str, int] = BoundedMap(9, 10)
        kept.put("a", 1, 4)
        kept.clear()
        self.assertEqual((0, 0, None), (len(kept), kept.size, kept.get("a")))

    @given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 30))), st.integers(1, 6))
    def test_property(self, puts: list[tuple[int, int]], entries: int) -> None:
        """Whatever is put in, the bounds hold, and what is there is what came last."""
        kept: BoundedMap[int, int] = BoundedMap(entries, 40)
        model: dict[int, int] = {}
        for key, size in puts:
            gone = kept.put(key, size, size)
            model.pop(key, None)
            model[key] = size
            for each, value in gone:
                self.assertEqual(value, model.pop(each))
            self.assertEqual(list(model.items()), list(kept.items()))
            self.assertEqual(sum(model.values()), kept.size)
            self.assertTrue(len(kept) <= entries and kept.size <= 40)


PUT = [(1, "a"), (2, "b"), (3, "a"), (4, "c")]
