"""What one of two streams misses is a gap only if the other missed it too."""

from __future__ import annotations

from random import Random

from twisted.internet.task import Clock
from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.dispatch.dedup import DedupWindow
from tiktoklive.errors import StreamLostError
from tiktoklive.stream.gaps import Gaps
from tiktoklive.stream.liveness import Liveness
from tiktoklive.stream.pair import Pair, PairedStream

WHY = StreamLostError("It broke off.")


class PairTests(SynchronousTestCase):
    """Coverage by two streams, and the gaps that are left."""

    def setUp(self) -> None:
        self.clock = Clock()
        self.gaps: list[tuple[float, float]] = []
        self.pair = Pair(self.clock.seconds, lambda since, until, why: self.tell(since, until))
        self.pair.begin()

    def tell(self, since: float, until: float) -> None:
        """A gap is told."""
        self.gaps.append((since, until))

    def at(self, seconds: float) -> None:
        """Let time pass until then."""
        self.clock.advance(seconds - self.clock.seconds())

    def join(self, slot: int, leads: bool = False) -> PairedStream:
        """A stream is live now."""
        life = Liveness(self.clock.seconds())
        own = Gaps(
            self.clock.seconds(),
            lambda since, until, why: self.tell(since, until),
            DedupWindow(9),
            lambda method: True,
        )
        stream = self.pair.joined(slot, life, own, lambda: None)
        if leads:
            self.pair.lead(stream)
        return stream

    def push(self, *streams: PairedStream) -> None:
        """They bring something now."""
        for stream in streams:
            stream.life.pushed_at = self.clock.seconds()

    def test_goes_on(self) -> None:
        """The other one lived before the first is known to have died: nothing was missed."""
        first, second = self.join(0, leads=True), self.join(1)
        self.at(10)
        self.pair.lost(first, 8, WHY)
        self.assertTrue(self.pair.lead(second))
        self.assertEqual(8, self.pair.proven)
        self.at(20)
        self.pair.lost(second, 15, WHY)
        self.assertEqual((15, []), (self.pair.proven, self.gaps))

    def test_too_late(self) -> None:
        """The other one lived only after the first had died: it has to make that good."""
        first = self.join(0, leads=True)
        self.at(10)
        second = self.join(1)
        self.at(20)
        self.pair.lost(first, 8, WHY)
        self.assertFalse(self.pair.lead(second))
        self.assertEqual(8, self.pair.proven)

    def test_came_and_went(self) -> None:
        """What others brought that were over before the one that was dead did come."""
        first = self.join(0, leads=True)
        self.push(first)
        for began, until in ((10, 20), (19, 30), (40, 50)):
            self.at(began)
            other = self.join(1)
            self.at(until)
            self.pair.lost(other, until, WHY)
        self.at(60)
        self.pair.lost(first, 12, WHY)
        self.assertEqual([(30, 40)], self.gaps)
        self.assertEqual(50, self.pair.proven)

    def test_hole(self) -> None:
        """What one could not read is no gap, unless the other one was dead then."""
        for dead, gaps in ((False, []), (True, [(5, 7)])):
            self.setUp()
            first, second = self.join(0, leads=True), self.join(1)
            self.at(8)
            self.assertTrue(first.covered(5, 7, WHY))
            self.assertEqual(1, self.pair.spared)
            self.at(20)
            self.push(first)
            self.pair.lost(second, 3 if dead else 9, WHY)
            self.assertEqual(gaps, self.gaps)

    def test_same_hole(self) -> None:
        """What neither could read is told once."""
        first, second = self.join(0, leads=True), self.join(1)
        self.at(8)
        self.assertTrue(first.covered(5, 7, WHY))
        self.assertFalse(second.covered(6, 8, WHY))
        self.assertTrue(second.covered(7.5, 7.9, WHY))

    def test_alone(self) -> None:
        """Of one stream, or where the other is younger, everything is told as ever."""
        first = self.join(0, leads=True)
        self.assertFalse(first.covered(0, 1, WHY))
        self.at(5)
        self.join(1)
        self.assertFalse(first.covered(4, 6, WHY))

    def test_many(self) -> None:
        """However many streams come and go beside a dead one, little is kept, and more is told."""
        first = self.join(0, leads=True)
        for number in range(100):
            self.at(number * 10)
            other = self.join(1)
            self.at(number * 10 + 9)
            self.pair.lost(other, number * 10 + 9, WHY)
        self.pair.lost(first, 0, WHY)
        told = sum(until - since for since, until in self.gaps)
        self.assertLess(99, told)
        self.assertLess(len(self.gaps), 20)

    def test_any(self) -> None:
        """Whenever streams come, fall silent and end: what neither brought is told as missed."""
        for seed in range(200):
            self.setUp()
            random = Random(seed)
            missed: set[int] = set()
            streams: dict[int, tuple[PairedStream, bool]] = {0: (self.join(0, leads=True), True)}
            lead = 0
            for now in range(200):
                self.at(now)
                for slot, (stream, alive) in list(streams.items()):
                    if alive:
                        stream.life.pushed_at = now
                        if random.random() < 0.03:
                            streams[slot] = (stream, False)
                if not any(streams[slot][0].life.pushed_at == now for slot in streams):
                    missed.add(now)
                self.clock.advance(0.5)
                for slot, (stream, alive) in list(streams.items()):
                    over = random.random() < (0.02 if alive else 0.1)
                    if not over or len(streams) < 2:
                        continue
                    del streams[slot]
                    self.pair.lost(stream, stream.life.pushed_at, WHY)
                    if slot == lead:
                        lead = 1 - slot
                        heir, since = streams[lead][0], self.pair.proven
                        born = heir.since
                        if not self.pair.lead(heir):
                            self.tell(since, born)
                if len(streams) < 2 and random.random() < 0.2:
                    slot = 1 - next(iter(streams))
                    streams[slot] = (self.join(slot), True)
            for slot in sorted(streams, key=lambda slot: slot == lead):
                stream = streams[slot][0]
                self.pair.lost(stream, stream.life.pushed_at, WHY)
            for second in missed:
                told = any(since <= second <= until for since, until in self.gaps)
                self.assertTrue(told or second > self.pair.proven, (seed, second, self.gaps))
