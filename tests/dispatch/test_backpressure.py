"""Streams that wait for those who are too slow."""

from __future__ import annotations

from twisted.internet.interfaces import IPushProducer
from twisted.internet.task import Clock
from twisted.logger import capturedLogs
from twisted.trial.unittest import SynchronousTestCase
from zope.interface import implementer
from zope.interface.verify import verifyObject

from tiktoklive.dispatch.backpressure import BackPressure


@implementer(IPushProducer)
class Stream:
    """A stream that can wait, and remembers whether it does."""

    paused = False

    def pauseProducing(self) -> None:
        self.paused = True

    def resumeProducing(self) -> None:
        self.paused = False

    def stopProducing(self) -> None:
        raise AssertionError("back pressure closes nothing")


class GateTests(SynchronousTestCase):
    """Two streams, and two who may hold them."""

    def setUp(self) -> None:
        self.clock = Clock()
        self.back_pressure = BackPressure(self.clock, 30.0)
        self.streams = [Stream(), Stream()]
        for stream in self.streams:
            self.back_pressure.opened(stream)
        self.one, self.two = self.back_pressure.hold("one"), self.back_pressure.hold("two")

    def tearDown(self) -> None:
        """Without streams, or without pauses, no timer is left."""
        for stream in self.streams:
            self.back_pressure.closed(stream)
        self.assertEqual([], self.clock.getDelayedCalls())

    @property
    def paused(self) -> list[bool]:
        """Which of the streams wait."""
        return [stream.paused for stream in self.streams]

    def test_interface(self) -> None:
        """By a hold the streams are a producer, as Twisted's transports take it."""
        verifyObject(IPushProducer, self.one)

    def test_hold(self) -> None:
        """All wait until everybody let go."""
        self.one.pauseProducing()
        self.two.pauseProducing()
        self.one.pauseProducing()
        self.assertEqual([True, True], self.paused)
        self.one.resumeProducing()
        self.assertEqual([True, True], self.paused)
        self.two.stopProducing()
        self.assertEqual([False, False], self.paused)
        self.assertEqual([], self.clock.getDelayedCalls())

    def test_let_go(self) -> None:
        """Letting go without holding lets nobody else's streams go on."""
        self.one.pauseProducing()
        self.two.resumeProducing()
        self.assertEqual([True, True], self.paused)

    def test_gone(self) -> None:
        """An observer that is gone lets nothing wait any more, even if it does not know that."""
        self.one.pauseProducing()
        self.one.stopProducing()
        self.assertEqual([False, False], self.paused)
        self.one.pauseProducing()
        self.assertEqual([False, False], self.paused)

    def test_later(self) -> None:
        """A stream that opens meanwhile waits too; one that cannot wait is left alone."""
        self.one.pauseProducing()
        self.streams.append(Stream())
        self.back_pressure.opened(self.streams[-1])
        self.back_pressure.opened(object())
        self.assertEqual([True] * 3, self.paused)

    def test_too_long(self) -> None:
        """After the limit they go on; who held them has to let go before holding them again."""
        self.one.pauseProducing()
        self.clock.advance(29.9)
        self.assertEqual([True, True], self.paused)
        with capturedLogs() as lines:
            self.clock.advance(0.2)
        self.assertEqual([False, False], self.paused)
        self.assertEqual(("one", 1), (lines[0]["observer"], self.back_pressure.cut))
        self.one.pauseProducing()
        self.assertFalse(self.back_pressure.is_held)
        self.two.pauseProducing()
        self.assertTrue(self.back_pressure.is_held)
        self.two.resumeProducing()
        self.one.resumeProducing()
        self.one.pauseProducing()
        self.assertEqual([True, True], self.paused)

    def test_each_time(self) -> None:
        """The limit is for holding without a break."""
        for _ in range(3):
            self.one.pauseProducing()
            self.clock.advance(20)
            self.one.resumeProducing()
        self.assertEqual(0, self.back_pressure.cut)

    def test_log(self) -> None:
        """Who holds them over and over does not fill the log."""
        with capturedLogs() as lines:
            for _ in range(1000):
                self.one.pauseProducing()
                self.one.resumeProducing()
        self.assertEqual(1, len(lines))

    def test_listening_since(self) -> None:
        """Silence counts from when the streams went on."""
        self.assertEqual(5, self.back_pressure.listening_since(5))
        self.one.pauseProducing()
        self.clock.advance(20)
        self.assertEqual(20, self.back_pressure.listening_since(5))
        self.one.resumeProducing()
        self.clock.advance(1)
        self.assertEqual(
            (20, 21),
            (self.back_pressure.listening_since(5), self.back_pressure.listening_since(21)),
        )

    def test_going_on(self) -> None:
        """Each stream is told since when it was held, right before it goes on."""
        told = []
        stream = Stream()
        self.streams.append(stream)
        self.back_pressure.opened(stream, lambda since: told.append((since, stream.paused)))
        self.clock.advance(3)
        self.one.pauseProducing()
        self.clock.advance(4)
        self.two.pauseProducing()
        self.one.resumeProducing()
        self.assertEqual([], told)
        self.two.resumeProducing()
        self.assertEqual([(3, True)], told)

    def test_held_again(self) -> None:
        """A stream that, going on, makes somebody hold them again leaves all waiting."""
        one = self.one

        class Busy(Stream):
            def resumeProducing(self) -> None:
                super().resumeProducing()
                one.pauseProducing()

        for stream in self.streams:
            self.back_pressure.closed(stream)
        self.streams.insert(0, Busy())
        for stream in self.streams:
            self.back_pressure.opened(stream)
        self.two.pauseProducing()
        self.two.resumeProducing()
        self.assertEqual((True, [True] * 3), (self.back_pressure.is_held, self.paused))

    def test_held_again_when_told(self) -> None:
        """Who holds them again when told that they go on leaves all waiting; each is told once."""
        told = []

        def tell(name: str, since: float) -> None:
            told.append((name, since))
            if len(told) == 1:
                self.one.pauseProducing()

        for stream in self.streams:
            self.back_pressure.closed(stream)
        for name, stream in zip("ab", self.streams, strict=True):
            self.back_pressure.opened(stream, lambda since, name=name: tell(name, since))
        self.two.pauseProducing()
        self.clock.advance(20)
        self.two.resumeProducing()
        self.assertEqual((True, [True, True]), (self.back_pressure.is_held, self.paused))
        self.clock.advance(3)
        self.one.resumeProducing()
        self.assertEqual([False, False], self.paused)
        self.assertEqual([("a", 0), ("a", 20), ("b", 0)], told)
