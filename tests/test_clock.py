"""Steady time, and the wall clock's."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

from twisted.internet.interfaces import IReactorTCP, IReactorTime
from twisted.internet.selectreactor import SelectReactor
from twisted.internet.task import Clock, LoopingCall
from twisted.trial.unittest import SynchronousTestCase

import tiktoklive
from tests.clocks import NOVEMBER, SteppedClock
from tiktoklive import clock as module
from tiktoklive.clock import (
    SteadyClock,
    make_steady,
    steady_clock,
    wall_at,
    wall_ms,
    wall_time,
)
from tiktoklive.connection import WebcastPushConnection
from tiktoklive.tap import Options, makeService

HOUR = 3600.0


class WallTests(SynchronousTestCase):
    """What time stamps are made of."""

    def test_tests_clock(self) -> None:
        """A clock without a wall clock has one time for both."""
        clock = Clock()
        clock.advance(5)
        self.assertEqual((5.0, 5000, 3.0), (wall_time(clock), wall_ms(clock), wall_at(clock, 3.0)))

    def test_set(self) -> None:
        """Where there is one, it is that; moments are told by what it shows now."""
        clock = SteppedClock()
        clock.step = -HOUR
        self.assertEqual(NOVEMBER - HOUR, wall_time(clock))
        self.assertEqual(NOVEMBER - HOUR - 5, wall_at(clock, clock.seconds() - 5))
        self.assertEqual(int((NOVEMBER - HOUR - 5) * 1000), wall_ms(clock, clock.seconds() - 5))


class ReactorTestCase(SynchronousTestCase):
    """A reactor of Twisted's that is not run, on a machine whose clocks the test has."""

    def setUp(self) -> None:
        self.wall, self.monotonic = NOVEMBER, 77.0
        self.called: list[str] = []
        self.reactor: Any = SelectReactor()
        self.addCleanup(self.close)

        def seconds() -> float:
            return self.wall

        class Time:
            time = staticmethod(seconds)
            monotonic = staticmethod(lambda: self.monotonic)

        # What Twisted and we take from the system, at the only places where it is taken.
        self.reactor.seconds = seconds
        self.patch(module, "runtime_seconds", seconds)
        self.patch(module, "time", Time)

    def close(self) -> None:
        """Let go of the descriptors by which it is woken."""
        for reader in list(self.reactor._internalReaders):
            reader.connectionLost(None)

    def note(self, what: str) -> None:
        """It is called now."""
        self.called.append(what)

    def pass_time(self, seconds: float, step: float = 0.0) -> None:
        """Time passes, the wall clock is set, and the reactor wakes."""
        self.monotonic += seconds
        self.wall += seconds + step
        self.reactor.runUntilCurrent()


class MakeSteadyTests(ReactorTestCase):
    """A reactor that is ours."""

    def test_twisted(self) -> None:
        """What it is for: without it, calls come an hour late, and the reactor sleeps till then."""
        self.reactor.callLater(10, self.note, "late")
        self.pass_time(10, -HOUR)
        self.assertEqual(([], HOUR), (self.called, self.reactor.timeout()))

    def test_back(self) -> None:
        """When the wall clock is set back, calls come in time, those of before as well."""
        self.reactor.callLater(10, self.note, "before")
        make_steady(self.reactor)
        self.reactor.callLater(12, self.note, "after")
        moved = self.reactor.callLater(500, self.note, "moved")
        self.pass_time(5, -HOUR)
        self.assertEqual(5, self.reactor.timeout())
        moved.reset(1)
        self.pass_time(5)
        self.assertEqual(["before", "moved"], sorted(self.called))
        self.pass_time(2)
        self.assertEqual("after", self.called[-1])

    def test_reset_before(self) -> None:
        """A call of before that is moved afterwards comes when it should."""
        call = self.reactor.callLater(100, self.note, "moved")
        make_steady(self.reactor)
        self.pass_time(1, -HOUR)
        call.reset(5)
        self.pass_time(5)
        self.assertEqual(["moved"], self.called)

    def test_forward(self) -> None:
        """When it is set forward, nothing is overdue."""
        make_steady(self.reactor)
        self.reactor.callLater(10, self.note, "call")
        self.pass_time(9, HOUR)
        self.assertEqual(([], 1.0), (self.called, self.reactor.timeout()))
        self.pass_time(1)
        self.assertEqual(["call"], self.called)

    def test_seconds(self) -> None:
        """Its seconds are still about those since 1970; the wall clock is told beside them."""
        make_steady(self.reactor)
        self.assertEqual(NOVEMBER, self.reactor.seconds())
        self.pass_time(1, -HOUR)
        self.assertEqual(NOVEMBER + 1, self.reactor.seconds())
        self.assertEqual(NOVEMBER + 1 - HOUR, wall_time(self.reactor))

    def test_twice(self) -> None:
        """Once is enough, and others' clocks are left alone."""
        make_steady(self.reactor)
        seconds = self.reactor.seconds
        make_steady(self.reactor)
        self.assertIs(seconds, self.reactor.seconds)
        make_steady(clock := Clock())
        self.assertFalse(hasattr(clock, "wall"))

    def test_daemon(self) -> None:
        """The daemon's reactor is steady before any of its parts is made."""
        options = Options(self.reactor, {})
        options.parseOptions(["--user", "bob"])
        daemon = makeService(options)
        self.assertIs(self.reactor, daemon.live.wiring.reactor)
        self.assertIs(module.time.time, self.reactor.wall)


class SteadyClockTests(ReactorTestCase):
    """A reactor that is somebody else's."""

    def setUp(self) -> None:
        super().setUp()
        self.clock = steady_clock(self.reactor)

    def test_same(self) -> None:
        """A reactor has one; a steady one needs none, nor does a test's clock."""
        self.assertIsInstance(self.clock, SteadyClock)
        self.assertIs(self.clock, steady_clock(self.reactor))
        self.assertIs(self.clock, steady_clock(self.clock))
        make_steady(self.reactor)
        self.assertIs(self.reactor, steady_clock(self.reactor))
        self.assertIs(clock := Clock(), steady_clock(clock))

    def test_reactor(self) -> None:
        """It is the reactor in all else, which keeps its own time."""
        self.assertTrue(IReactorTCP.providedBy(self.clock))
        self.assertTrue(IReactorTime.providedBy(self.clock))
        self.assertEqual(self.reactor.addReader, self.clock.addReader)
        self.pass_time(1, -HOUR)
        self.assertEqual(self.wall, self.reactor.seconds())
        self.assertEqual((NOVEMBER + 1, self.wall), (self.clock.seconds(), self.clock.wall()))

    def test_connection(self) -> None:
        """A connection in somebody's reactor runs on it."""
        connection = WebcastPushConnection("@bob", reactor=self.reactor)
        self.assertIs(self.clock, connection.wiring.reactor)

    def test_back(self) -> None:
        """When the step back was seen, calls come in time."""
        self.clock.callLater(10, self.note, "call")
        self.pass_time(5, -HOUR)
        self.assertEqual(HOUR + 5, self.reactor.timeout())
        self.assertTrue(self.clock.look())
        self.assertFalse(self.clock.look())
        self.assertEqual(5, self.reactor.timeout())
        self.pass_time(5)
        self.assertEqual((["call"], []), (self.called, self.clock.getDelayedCalls()))

    def test_forward(self) -> None:
        """A call that comes too early, because the wall clock was set forward, waits on."""
        self.clock.callLater(10, self.note, "call")
        self.pass_time(4, HOUR)
        self.assertEqual(([], 6.0), (self.called, self.reactor.timeout()))
        self.pass_time(6)
        self.assertEqual(["call"], self.called)

    def test_moved(self) -> None:
        """Calls are moved to later and to sooner, and cancelled, as the reactor's are."""
        later, sooner, never = (self.clock.callLater(10, self.note, x) for x in "lsn")
        later.delay(5)
        sooner.reset(2)
        never.cancel()
        self.pass_time(2)
        self.assertEqual(["s"], self.called)
        self.pass_time(8)
        self.assertEqual((["s"], [later]), (self.called, self.clock.getDelayedCalls()))
        self.pass_time(5)
        self.assertEqual(["s", "l"], self.called)
        self.assertFalse(later.active() or never.active())

    def test_loop(self) -> None:
        """A loop goes on at its pace through steps both ways."""
        loop = LoopingCall(lambda: self.called.append(f"{self.monotonic - 77:g}"))
        loop.clock = self.clock
        loop.start(10)
        for step in (0, -HOUR, 0, HOUR, 0):
            self.pass_time(5, step)
            self.clock.look()
            self.pass_time(5)
        loop.stop()
        self.assertEqual("0 10 20 30 40 50".split(), self.called)

    def test_thread(self) -> None:
        """The thread that looks asks the reactor to look when the clocks have parted."""
        running: list[Any] = []
        self.patch(self.reactor, "callWhenRunning", lambda *what: running.append(what))
        self.clock.callLater(10, self.note, "call")
        self.clock.callLater(20, self.note, "call")
        self.assertEqual([self.clock._watch], [call for call, over in running])
        asked: list[Any] = []

        class Over(Event):
            looks = [0.0, -HOUR]

            def wait(over, timeout: float | None = None) -> bool:
                self.assertEqual(module.LOOK, timeout)
                if not over.looks:
                    return True
                self.wall += over.looks.pop(0)
                return False

        class Thread:
            def __init__(self, target: Any, name: str, daemon: bool) -> None:
                self.start = target
                assert daemon  # a process that dies without its reactor's shutdown does end

        self.patch(module, "Thread", Thread)
        self.patch(self.reactor, "callFromThread", asked.append)
        self.clock._watch(Over())
        self.assertEqual([self.clock.look], asked)
        self.clock.look()
        self.assertEqual(10, self.reactor.timeout())


def _sources() -> Iterator[tuple[str, ast.AST]]:
    root = Path(tiktoklive.__file__).parent
    for path in sorted(root.rglob("*.py")):
        if not path.name.endswith("_pb2.py"):
            yield str(path.relative_to(root)), ast.parse(path.read_text())


def _calls(tree: ast.AST, *names: str) -> bool:
    """Whether a method of one of these names is called in it."""
    return any(
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in names
        for node in ast.walk(tree)
    )


class SourceTests(SynchronousTestCase):
    """The rule, everywhere."""

    def test_stamps(self) -> None:
        """No time stamp is made of a clock's seconds: they are steady."""
        found = []
        for name, tree in _sources():
            for node in ast.walk(tree):
                stamp = (
                    isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult | ast.FloorDiv)
                ) or (
                    isinstance(node, ast.Call)
                    and isinstance(node.func, ast.Attribute)
                    and node.func.attr in ("fromtimestamp", "gmtime", "localtime", "strftime")
                )
                if stamp and name != "clock.py" and _calls(node, "seconds", "monotonic"):
                    found.append(f"{name}:{node.lineno}")  # type: ignore[attr-defined]
        self.assertEqual([], found)

    def test_intervals(self) -> None:
        """The system's clocks are asked in one module, and intervals are measured on ours."""
        found = []
        for name, tree in _sources():
            for node in ast.walk(tree):
                if (
                    isinstance(node, ast.Attribute)
                    and isinstance(node.value, ast.Name)
                    and (node.value.id, node.attr)
                    in {("time", "time"), ("time", "monotonic"), ("time", "perf_counter")}
                ) or (isinstance(node, ast.ImportFrom) and node.module == "time"):
                    found.append(name)
        self.assertEqual({"clock.py"}, set(found))
