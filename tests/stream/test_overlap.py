"""Which of two streams brought what, and what that says of the messages that neither did."""

from __future__ import annotations

from random import Random

from twisted.trial.unittest import SynchronousTestCase

from tests.test_kept import growth
from tiktoklive.model import Unseen
from tiktoklive.stream.overlap import MOST, SETTLE, Overlap, chapman, with_interval
from tiktoklive.wire.frames_pb2 import ResponseMessage


def messages(*numbers: int, history: bool = False) -> list[ResponseMessage]:
    """Messages with these ids."""
    return [ResponseMessage(msg_id=number, is_history=history) for number in numbers]


def counted(overlap: Overlap) -> tuple[int, int, int]:
    """What came by both, by the first alone, by the second alone."""
    return overlap.both, overlap.first_only, overlap.second_only


def estimated(both: int, first_only: int, second_only: int) -> Unseen:
    """What is estimated of these."""
    total, variance = chapman(both, first_only, second_only)
    return with_interval(total, variance, both + first_only + second_only)


class EstimateTests(SynchronousTestCase):
    """Chapman's estimator."""

    def test_by_hand(self) -> None:
        """The example of the textbooks: 10 marked, 15 caught, 5 of them marked."""
        found = estimated(both=5, first_only=5, second_only=10)
        self.assertAlmostEqual(11 * 16 / 6 - 1, found.total)
        self.assertAlmostEqual(11 * 16 * 5 * 10 / (36 * 7), found.variance)
        self.assertAlmostEqual(found.total - 20, found.neither)
        self.assertLessEqual(0, found.low)
        self.assertLess(found.low, found.neither)
        self.assertLess(found.neither, found.high)
        self.assertAlmostEqual(found.neither / found.total, found.share)

    def test_all_seen(self) -> None:
        """If one guest alone was shown everything that there was, nothing is unseen."""
        for counts in ((9, 0, 0), (9, 3, 0), (9, 0, 3), (0, 0, 0)):
            found = estimated(*counts)
            self.assertEqual((sum(counts), 0.0, 0.0, 0.0), (found.total, *_interval(found)))
        self.assertEqual(0.0, estimated(0, 0, 0).share)

    def test_interval(self) -> None:
        """Of guests who are shown messages by chance, 95 % of the intervals hold the truth."""
        random = Random(18)
        for shown, there in (((0.9, 0.8), 300), ((0.5, 0.4), 200), ((0.3, 0.7), 500)):
            held, off = 0, 0.0
            for _ in range(400):
                seen = [[random.random() < share for share in shown] for _ in range(there)]
                both = seen.count([True, True])
                found = estimated(both, seen.count([True, False]), seen.count([False, True]))
                neither = seen.count([False, False])
                held += found.low <= neither <= found.high
                off += (found.total - there) / 400
            self.assertLess(370, held, shown)
            self.assertLess(abs(off), 0.01 * there)


def _interval(found: object) -> tuple[float, float, float]:
    return found.neither, found.low, found.high  # type: ignore[attr-defined]


class OverlapTests(SynchronousTestCase):
    """What counts, and when."""

    def setUp(self) -> None:
        self.overlap = Overlap()

    def bring(self, at: float, *numbers: int, by: int, history: bool = False) -> None:
        """A batch of one stream."""
        self.overlap.brought(by, messages(*numbers, history=history), at)

    def go_on(self, since: float, until: float) -> None:
        """Both streams bring the same message every second."""
        for second in range(int(since), int(until)):
            for stream in (0, 1):
                self.bring(second, 10_000 + second, by=stream)

    def test_counts(self) -> None:
        """Each message counts once, by whom it came, if both go on behind it."""
        self.overlap.begin(0)
        self.bring(6, 1, 2, by=0)
        self.bring(7, 2, 3, by=1)
        self.bring(8, 2, 1, by=0)
        self.assertEqual((0, 0, 0), counted(self.overlap))
        self.go_on(12, 30)
        both, *alone = counted(self.overlap)
        self.assertEqual([1, 1], alone)
        self.assertLess(1, both)

    def test_before_both(self) -> None:
        """What came before both lived counts for neither, nor what is still on its way then."""
        self.bring(0, 1, by=0)
        self.overlap.begin(1)
        self.bring(2, 2, by=0)
        self.bring(3, 1, 2, 3, by=1)
        self.bring(1 + SETTLE, 3, by=0)
        self.go_on(30, 60)
        self.assertEqual((0, 0), counted(self.overlap)[1:])

    def test_lost(self) -> None:
        """What waits when a stream is lost does not count, and it begins anew with the next."""
        self.overlap.begin(0)
        self.bring(6, 1, by=0)
        self.overlap.stop()
        self.bring(7, 2, by=0)
        self.overlap.begin(8)
        self.go_on(20, 40)
        self.assertEqual((0, 0), counted(self.overlap)[1:])

    def test_dead(self) -> None:
        """What a stream does not bring while it is dead does not count, however long that is."""
        self.overlap.begin(0)
        self.go_on(6, 30)
        before = counted(self.overlap)
        for second in range(30, 90):
            self.bring(second, second, by=0)
        self.overlap.stop()
        self.assertEqual(before[1:], counted(self.overlap)[1:])

    def test_stalled(self) -> None:
        """What a stream brings late, after a while without a word, still came by both."""
        self.overlap.begin(0)
        self.go_on(6, 10)
        for second in range(10, 40):
            self.bring(second, second, by=0)
        for second in range(10, 40):
            self.bring(40 + second / 100, second, by=1)
        self.go_on(41, 60)
        self.assertEqual((0, 0), counted(self.overlap)[1:])
        self.assertLess(30, self.overlap.both)

    def test_not_counted(self) -> None:
        """History does not count, nor a message without an id."""
        self.overlap.begin(0)
        self.bring(6, 1, by=0, history=True)
        self.bring(6, 0, by=1)
        self.go_on(12, 30)
        self.assertEqual((0, 0), counted(self.overlap)[1:])

    def test_bounded(self) -> None:
        """However much one stream brings while the other is silent, little is kept."""
        self.overlap.begin(0)

        def fill() -> None:
            for second in range(6, 100):
                self.bring(second, *range(1000 * second, 1000 * second + 1000), by=0)

        self.assertLess(growth(fill), 200 * MOST)
        self.go_on(200, 240)
        self.assertEqual((0, 0), counted(self.overlap)[1:])

    def test_changes(self) -> None:
        """Guests who are shown everything for a while, and half of it later: both count."""
        self.assertIsNone(self.overlap.unseen())
        found, pooled, neither = 0.0, 0.0, 0
        for seed in range(4):
            random, overlap = Random(seed), Overlap()
            overlap.begin(0)
            for number in range(1, 4000):
                share = 1.0 if number < 2000 else 0.5
                shown = [stream for stream in (0, 1) if random.random() < share]
                neither += not shown and number < 3750  # what came last does not count yet
                for stream in shown:
                    overlap.brought(stream, messages(number), 6 + number * 0.05)
            unseen = overlap.unseen()
            assert unseen is not None
            self.assertLess(unseen.low, unseen.neither)
            found += unseen.neither
            pooled += estimated(*counted(overlap)).neither
        self.assertLess(abs(found - neither), 0.15 * neither)
        self.assertLess(pooled, 0.3 * neither)

    def test_chance(self) -> None:
        """Of streams that leave messages out, lag and stall, each message counts as it came."""
        for seed in range(10):
            random = Random(seed)
            overlap = Overlap()
            overlap.begin(0)
            arrivals: list[tuple[float, int, int]] = []
            truth = {1: 0, 2: 0, 3: 0}
            for number in range(1, 2000):
                at = SETTLE + number * 0.1
                by = random.choice((1, 2, 3, 3, 3))
                lags = [random.uniform(0, 2) if seed % 2 else 0.3 for _ in (0, 1)]
                arrivals += [(at + lags[s], s, number) for s in (0, 1) if by & 1 << s]
                if at > SETTLE + 3:
                    truth[by] += 1
            for at, stream, number in sorted(arrivals):
                overlap.brought(stream, messages(number), at)
            found = counted(overlap)
            for count, whole in zip(found, (truth[3], truth[1], truth[2]), strict=True):
                self.assertLess(abs(count - whole), 150, (seed, found, truth))
            total = sum(found)
            self.assertLess(abs(found[0] / total - 0.6), 0.06)
