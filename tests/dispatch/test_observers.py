"""Observers that return Deferreds and don't get done, or that fail all the time."""

from __future__ import annotations

from typing import Any

from twisted.internet.defer import Deferred, succeed
from twisted.logger import capturedLogs
from twisted.trial.unittest import SynchronousTestCase
from zope.interface import implementer

from tiktoklive.dispatch.limits import BUSY
from tiktoklive.dispatch.observers import Observers
from tiktoklive.events import Connected, Error, Event, IChatObserver, Origin, decode
from tiktoklive.model import State


class Slow:
    """A function that returns Deferreds, and lets them wait."""

    def __init__(self) -> None:
        self.waiting: list[Deferred[None]] = []

    def __call__(self, event: Event) -> Deferred[None]:
        self.waiting.append(Deferred())
        return self.waiting[-1]

    def finish(self, count: int) -> None:
        """Be done with the oldest."""
        for _ in range(count):
            self.waiting.pop(0).callback(None)


class BusyCase(SynchronousTestCase):
    """Observers who may be busy with four events at a time."""

    def setUp(self) -> None:
        self.observers = Observers(busy=4)
        self.errors: list[Error] = []
        self.at = 1_700_000_000

    def tell(self, times: int = 1) -> None:
        """Tell so many events, all in the same second."""
        for _ in range(times):
            self.observers.tell(Connected(State(), Origin("alice", "7", self.at * 1000)))


class BusyTests(BusyCase):
    """How many events an observer may be busy with."""

    def setUp(self) -> None:
        super().setUp()
        self.slow, self.seen = Slow(), list[Event]()
        self.subscription = self.observers.on(Connected, self.slow)
        self.observers.on(Connected, self.seen.append)
        self.observers.on(Error, self.errors.append)

    def test_bound(self) -> None:
        """Who is busy with as many as may be gets no more; the others get all."""
        with capturedLogs() as lines:
            self.tell(10)
        self.assertEqual((4, 10), (len(self.slow.waiting), len(self.seen)))
        self.assertEqual((6, 6), (self.observers.dropped, self.subscription.dropped))
        self.assertEqual(["Slow is busy with 4 events"], [e.info[:26] for e in self.errors])
        self.assertIn("Slow is busy with 4 events", lines[0]["problem"])
        self.assertEqual(1, len(lines))

    def test_half(self) -> None:
        """It gets events again when it is done with half of them."""
        self.tell(6)
        self.slow.finish(1)
        self.tell()
        self.assertEqual(3, len(self.slow.waiting))
        with capturedLogs() as lines:
            self.slow.finish(1)
        self.assertEqual(3, lines[0]["lost"])
        self.tell()
        self.assertEqual((3, 3), (len(self.slow.waiting), self.observers.dropped))

    def test_bursts(self) -> None:
        """Each time is told to the observers of errors, but logged only now and then."""
        with capturedLogs() as lines:
            for second in (0, 1, 2, 600):
                self.at = 1_700_000_000 + second
                self.tell(5)
                self.slow.finish(len(self.slow.waiting))
        self.assertEqual(4, len(self.errors))
        self.assertEqual([True, False] * 2, ["problem" in line for line in lines])

    def test_failing(self) -> None:
        """A Deferred that fails is done as well."""
        self.tell(4)
        for each in self.slow.waiting:
            each.errback(ValueError())
        self.assertEqual(0, self.subscription.busy)
        self.flushLoggedErrors(ValueError)
        self.tell()
        self.assertEqual(0, self.observers.dropped)

    def test_fired_already(self) -> None:
        """What has fired already makes nobody busy, however many events there are."""
        subscription = self.observers.on(Connected, lambda event: succeed(None))
        self.tell(3)
        self.slow.finish(3)
        self.tell(3)
        self.assertEqual((0, 0), (subscription.busy, self.observers.dropped))

    def test_removed(self) -> None:
        """One who was removed while busy may get done in peace."""
        self.tell(5)
        self.subscription.remove()
        self.slow.finish(4)
        self.tell()
        self.assertEqual((0, 1), (len(self.slow.waiting), self.observers.dropped))

    def test_default(self) -> None:
        """Unless told otherwise there may be a thousand."""
        self.assertEqual((1000, 1000), (BUSY, Observers().busy))


class CoroutineTests(BusyCase):
    """The same with methods of an object, and coroutines."""

    def test_object(self) -> None:
        """The events of all methods of an object count together, and those of others don't."""
        done: Deferred[None] = Deferred()

        @implementer(IChatObserver)
        class Bot:
            async def chat(self, event: Any) -> None:
                await done

        first, second = (self.observers.add_observer(Bot()) for _ in range(2))
        for _ in range(6):
            self.observers.tell(decode("WebcastChatMessage", b"\x1a\x02hi"))
        self.assertEqual((4, 4), (first.busy, second.busy))
        self.assertEqual((2, 2), (first.dropped, second.dropped))
        done.callback(None)
        self.assertEqual((0, 0), (first.busy, second.busy))


class FailingTests(BusyCase):
    """An observer that fails on everything."""

    def test_log(self) -> None:
        """It is told each time, and logged three times, then now and then."""

        def broken(event: Event) -> None:
            raise ZeroDivisionError

        self.observers.on(Connected, broken)
        self.observers.on(Error, self.errors.append)
        with capturedLogs() as lines:
            self.tell(100)
            self.at += 600
            self.tell()
        self.assertEqual((101, 101), (self.observers.failed, len(self.errors)))
        self.assertEqual(4, len(self.flushLoggedErrors(ZeroDivisionError)))
        self.assertIn("97 times", lines[-1]["again"])
