"""A token bucket."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.pacing.bucket import TokenBucket

#: Seconds since 1970, as a reactor's clock has them: numbers that are not exact.
NOW = 1_764_000_000.0


class TokenBucketTests(SynchronousTestCase):
    """A :class:`TokenBucket`."""

    def test_burst(self) -> None:
        """So many may be taken at once, then one at a distance; time gives no more than these."""
        bucket = TokenBucket(2.0, 3)
        self.assertEqual([0.0, 0.0, 0.0, 2.0], [bucket.take(0.0) for _ in range(4)])
        self.assertEqual([0.5, 0.0, 2.0], [bucket.take(now) for now in (1.5, 2.0, 2.0)])
        self.assertEqual([0.0, 0.0, 0.0, 2.0], [bucket.take(1000.0) for _ in range(4)])

    def test_refused(self) -> None:
        """Asking, and being refused, takes nothing."""
        bucket = TokenBucket(2.0)
        self.assertEqual([0.0, 0.0, 0.0], [bucket.wait(5.0), bucket.wait(5.0), bucket.take(5.0)])
        self.assertEqual([2.0, 2.0, 0.0], [bucket.take(5.0), bucket.take(5.0), bucket.take(7.0)])

    def test_many(self) -> None:
        """Several are taken together, or none of them."""
        bucket = TokenBucket(0.5, 10)
        self.assertEqual([0.0, 1.0, 0.0, 0.5], [bucket.take(0.0, count) for count in (8, 4, 2, 1)])

    def test_exact(self) -> None:
        """A burst is all there, whatever its distance does to sums."""
        for distance in (1 / 50, 1 / 3, 10 / 524_288):
            bucket = TokenBucket(distance, 1000)
            self.assertEqual(0.0, sum(bucket.take(NOW) for _ in range(1000)), distance)
            self.assertTrue(bucket.take(NOW), distance)

    def test_changes(self) -> None:
        """Distance and burst may change while something is owed, which stays as it is."""
        bucket = TokenBucket(1.0, 4)
        bucket.take(0.0)
        bucket.distance, bucket.burst = 8.0, 1
        self.assertEqual([1.0, 0.0, 8.0], [bucket.take(0.0), bucket.take(1.0), bucket.take(1.0)])

    def test_close(self) -> None:
        """Nobody may take one for a while; what is owed for longer stays owed."""
        bucket = TokenBucket(1.0)
        bucket.close(0.0, 5.0)
        bucket.close(1.0, 2.0)
        self.assertEqual([4.0, 0.0], [bucket.take(1.0), bucket.take(5.0)])

    def test_fill(self) -> None:
        """It can be filled at once."""
        bucket = TokenBucket(1.0, 2)
        bucket.take(0.0, 2)
        bucket.fill()
        self.assertEqual(0.0, bucket.take(0.0, 2))

    def test_back(self) -> None:
        """A clock that goes back gives nothing, and takes nothing."""
        bucket = TokenBucket(1.0)
        bucket.take(10.0)
        self.assertEqual(1.0, bucket.wait(4.0))

    @given(st.lists(st.floats(0, 5), max_size=60), st.integers(1, 5))
    def test_rate(self, pauses: list[float], burst: int) -> None:
        """In no time there are more than its burst and what that time gives."""
        bucket, now = TokenBucket(1.0, burst), 0.0
        taken: list[float] = []
        for pause in pauses:
            now += pause
            if not bucket.take(now):
                taken.append(now)
        for first, begin in enumerate(taken):
            for last in range(first, len(taken)):
                self.assertLessEqual(last - first + 1, burst + taken[last] - begin + 1e-3)
