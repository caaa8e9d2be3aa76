"""
We stand still for two minutes (stopped, suspended, starved): it is not held against the others.

The clock of these tests does as a reactor does then: what is due is called first, and what has
arrived in the meantime is read after that.
"""

from __future__ import annotations

import ast
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any

from twisted.internet.defer import Deferred
from twisted.internet.error import ConnectionAborted
from twisted.internet.selectreactor import SelectReactor
from twisted.python.failure import Failure
from twisted.trial.unittest import SynchronousTestCase

import tiktoklive
from tests.clocks import NOVEMBER, SteppedClock
from tests.dispatch.test_battles import FINISH, OPEN, change
from tests.dispatch.test_streaks import gift
from tests.stack.case import Recorder, StackTestCase, chat
from tiktoklive.connection import WebcastPushConnection
from tiktoklive.deferreds import GRACE, LATE, TIMES, Limit, ask_within, cancel_after
from tiktoklive.errors import StaleStreamError
from tiktoklive.events import BattleEnded, Connected, Disconnected, Error, Gap, GiftStreak
from tiktoklive.options import Options
from tiktoklive.simulator import Simulator
from tiktoklive.simulator.service import LoopbackNetwork
from tiktoklive.stream.limits import Limits
from tiktoklive.testing import simulated
from tiktoklive.wiring import standard_wiring

LONG = 120.0


class StandstillTestCase(StackTestCase):
    """A stack whose reactor stands still now and then."""

    def setUp(self) -> None:
        super().setUp()
        self.network, self.tiktok = simulated(seed=3, clock=SteppedClock())
        self.clock: Any = self.network.clock
        self.room = self.tiktok.add_room("alice")
        self.wiring = self.wire(self.options)

    def read(self) -> None:
        """Read what has arrived, in one turn of the reactor."""
        for connection in self.network.open:
            connection.pump()

    def stand_still(self, seconds: float = LONG) -> None:
        """Nothing of ours runs; then the reactor goes on."""
        self.clock.stand_still(seconds, self.read)


class StreamTests(StandstillTestCase):
    """A live stream, of which we missed a while."""

    options = Options(limits=Limits(stale_after=60.0, deaf_after=90.0))

    def test_alive(self) -> None:
        """
        The other side went on: everything is delivered, and the stream goes on.  A gap is told
        nevertheless, since TikTok may stop sending where it gets no acks.
        """
        self.follow()
        began = self.clock.wall()
        for number in range(50):
            self.room.push([chat(f"{number}")])
        self.stand_still()
        self.settle(20)
        self.room.push([chat("after")])
        self.settle(50)
        self.assertEqual([*map(str, range(50)), "after"], self.seen.comments())
        self.assertEqual([], self.seen.of(Disconnected))
        gap = self.seen.only(Gap)
        self.assertEqual((began, began + LONG), (gap.since / 1000, gap.until / 1000))
        self.assertIn("This process stood still for 120 s", str(gap.reason))

    def test_short(self) -> None:
        """A short one, in which nothing can be missed, is not told."""
        self.follow()
        self.settle(9)
        self.stand_still(3)  # the only sign of life was the answer to the heartbeat before
        self.settle(6)
        self.room.push([chat("hello")])
        self.settle(0.1)
        self.stand_still(4)
        self.settle(20)
        self.assertEqual(["websocketConnected", "connected", "chat"], self.seen.names())

    def test_quiet(self) -> None:
        """A long one is told from the last beat on, where no message says more."""
        self.follow()
        self.settle(29)
        now = self.clock.wall()
        self.stand_still(8)
        self.settle(1)
        gap = self.seen.only(Gap)
        self.assertEqual((now - 9, now + 8), (gap.since / 1000, gap.until / 1000))

    def test_heartbeats_only(self) -> None:
        """A room in which nobody said anything is asked for a sign of life, and gives it."""
        self.follow()
        self.stand_still(75)
        self.settle(10)
        self.assertEqual([], self.seen.of(Disconnected))

    def test_closed(self) -> None:
        """It closed meanwhile: what it sent before is delivered, and then the end is told."""
        self.follow()
        self.settle(20)
        began = self.clock.wall()
        for number in range(50):
            self.room.push([chat(f"{number}")])
        self.network.open[-1].server.loseConnection()
        self.stand_still()
        self.settle(10)
        self.assertEqual([*map(str, range(50))], self.seen.comments())
        names = self.seen.names()
        self.assertGreater(names.index("disconnected"), names.index("chat") + 49)
        self.assertEqual(2, len(self.seen.of(Connected)))
        for gap in self.seen.of(Gap):  # nobody knows when it closed
            self.assertLessEqual(gap.since / 1000, began)

    def test_silent(self) -> None:
        """The other side is gone: it is found out, and the gap begins before the standstill."""
        self.follow()
        self.settle(20)
        self.room.push([chat("before")])
        self.settle(1)
        self.room.push([chat("in the buffer")])
        self.room.silence()
        began = self.clock.wall()
        self.stand_still()
        self.assertEqual(["before", "in the buffer"], self.seen.comments())
        self.settle(80)
        lost = self.seen.only(Disconnected)
        self.assertIsInstance(lost.reason, StaleStreamError)
        for gap in self.seen.of(Gap):
            self.assertLessEqual(gap.since / 1000, began)

    def test_silent_before(self) -> None:
        """One that was silent before is given up a few seconds after we go on."""
        self.follow()
        self.room.silence()
        self.settle(30)
        self.stand_still()
        self.assertEqual([], self.seen.of(Disconnected))
        self.settle(GRACE + 10)  # it does not answer our closing either
        self.assertIsInstance(self.seen.only(Disconnected).reason, StaleStreamError)

    def test_streak(self) -> None:
        """A gift streak goes on with what has arrived, and does not end for want of news."""
        self.follow()
        for number in (1, 2):
            self.room.push([("WebcastGiftMessage", gift(number).message.SerializeToString())])
            if number == 1:
                self.settle(1)
        self.stand_still()
        self.settle(1)  # what is acknowledged late is acknowledged
        self.assertEqual([], self.seen.of(GiftStreak))
        end = gift(3, end=True).message.SerializeToString()
        self.room.push([("WebcastGiftMessage", end)])
        self.settle(1)
        streak = self.seen.only(GiftStreak)
        self.assertEqual((3, "repeat_end"), (streak.repeat_count, streak.reason))

    def test_battle(self) -> None:
        """A battle ends as what has arrived says, and not because its time was over meanwhile."""
        self.follow()
        for event in (change(OPEN, length=60), change(FINISH, length=60)):
            self.room.push([("WebcastLinkMicBattle", event.message.SerializeToString())])
            if event.is_start:
                self.settle(1)
        self.stand_still()
        self.settle(1)
        self.assertEqual("finished", self.seen.only(BattleEnded).reason)


class ConnectingTests(StandstillTestCase):
    """Requests and handshakes that are under way when we stand still."""

    def test_every_step(self) -> None:
        """Wherever on the way it happens, the answers that have arrived count."""
        for steps in range(40):
            self.seen.events.clear()
            connected = self.connection().connect()
            for _ in range(steps):
                self.clock.advance(0)
                self.network._establish()
                self.read()
            self.stand_still(60)
            self.settle(3)
            self.assertTrue(self.successResultOf(connected).is_connected, steps)
            self.assertEqual([], self.seen.of(Error), steps)
            self.stop_services()

    def stop_services(self) -> None:
        """Disconnect, for the next one."""
        service = self.services.pop()
        stopped = service.stopService() if service.running else service.disconnect()
        self.settle(2)
        self.successResultOf(stopped)


class LimitTests(SynchronousTestCase):
    """The limit itself."""

    def setUp(self) -> None:
        self.clock = SteppedClock()
        self.over: list[float] = []

    def limit(self, **more: Any) -> Limit:
        """One of ten seconds."""
        return Limit(10, self.clock, lambda: self.over.append(self.passed), **more)

    @property
    def passed(self) -> float:
        return self.clock.seconds() - NOVEMBER

    def test_in_time(self) -> None:
        """It is over when it should be."""
        limit = self.limit()
        self.clock.advance(9.9)
        self.assertTrue(limit.active())
        self.clock.advance(0.1)
        self.assertEqual(([10.0], False), (self.over, limit.active()))

    def test_read_first(self) -> None:
        """What has arrived when it is over is read first, however little late it is."""
        limit = self.limit()
        self.clock.stand_still(10 + LATE, lambda: limit.active() and limit.cancel())
        self.assertEqual([], self.over)

    def test_late(self) -> None:
        """After a standstill it gives a few seconds more."""
        limit = self.limit()
        self.clock.stand_still(LONG)
        self.assertEqual(([], True), (self.over, limit.active()))
        self.clock.advance(GRACE)
        self.assertEqual([LONG + GRACE], self.over)

    def test_always_late(self) -> None:
        """A process that is always late comes to an end, too."""
        self.limit()
        for _ in range(TIMES):
            self.clock.stand_still(LONG)
            self.assertEqual([], self.over)
        self.clock.stand_still(LONG)
        self.assertEqual(1, len(self.over))

    def test_moving(self) -> None:
        """One that moves with each sign of life waits until there was none."""
        heard = [0.0]
        self.limit(left=lambda: heard[0] + 10 - self.passed)
        self.clock.advance(5)
        heard[0] = 5.0
        self.clock.advance(9.9)
        self.assertEqual([], self.over)
        self.clock.advance(0.1)
        self.assertEqual([15.0], self.over)

    def test_cancel_after(self) -> None:
        """What is waited for is cancelled, but not before what came was read."""
        waiting: Deferred[int] = Deferred()
        result = cancel_after(waiting, 10, self.clock)
        self.clock.stand_still(LONG, lambda: waiting.called or waiting.callback(7))
        self.assertEqual(7, self.successResultOf(result))
        self.assertEqual([], self.clock.getDelayedCalls())

    def test_cancelled_after(self) -> None:
        """As by ``addTimeout`` it is a TimeoutError then, or what is wanted instead."""
        from twisted.internet.defer import TimeoutError as TimeIsOver

        first, second = Deferred[int](), Deferred[int]()
        cancel_after(first, 10, self.clock)
        cancel_after(second, 10, self.clock, lambda result, seconds: int(seconds))
        self.clock.advance(10)
        self.failureResultOf(first, TimeIsOver)
        self.assertEqual(10, self.successResultOf(second))

    def test_ask_within(self) -> None:
        """The time begins before it is asked; what cannot be asked leaves nothing behind."""
        waiting, timers = Deferred[int](), []

        def ask() -> Deferred[int]:
            timers.append(len(self.clock.getDelayedCalls()))
            return waiting

        def broken() -> Deferred[int]:
            raise ValueError("cannot be asked")

        result = ask_within(ask, 10, self.clock)
        self.assertEqual([1], timers)
        waiting.callback(7)
        self.assertEqual(7, self.successResultOf(result))
        self.assertRaises(ValueError, ask_within, broken, 10, self.clock)
        self.assertEqual([], self.clock.getDelayedCalls())

    def test_source(self) -> None:
        """No limit of time on others is set by anything else, but for clients of our own sites."""
        found = []
        root = Path(tiktoklive.__file__).parent
        for path in sorted(root.rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Attribute) and node.attr in ("addTimeout", "setTimeout"):
                    found.append(f"{path.name}:{node.lineno}")
        # Whoever is cut off there after a standstill of ours asks again.
        self.assertEqual(["requests.py"], [each.partition(":")[0] for each in found])


class SocketTests(SynchronousTestCase):
    """Real sockets and a real reactor, whose clock the test has."""

    def setUp(self) -> None:
        self.reactor: Any = SelectReactor()
        self.now = NOVEMBER
        self.reactor.seconds = lambda: self.now
        self.addCleanup(self.close)

    def close(self) -> None:
        """Close all sockets."""
        for each in self.reactor.removeAll():
            each.connectionLost(Failure(ConnectionAborted()))
        for reader in list(self.reactor._internalReaders):
            reader.connectionLost(None)

    def turn(self, until: Any, seconds: float = 0.0) -> None:
        """
        Turns of the reactor until something is so, or until it cannot be any more.

        :param seconds: what passes with each turn.
        """
        for _ in range(3000):
            if until():
                return
            self.now += seconds
            self.reactor.iterate(0.001)
        self.fail("it does not happen")

    def test_alive(self) -> None:
        """What lies in the system's buffers after two minutes is delivered, and nothing is lost."""
        tiktok = Simulator(self.reactor, seed=1)
        room = tiktok.add_room("alice")
        port = self.reactor.listenTCP(0, tiktok.site(), interface="127.0.0.1")
        there = SimpleNamespace(address=f"127.0.0.1:{port.getHost().port}")
        options = Options(limits=Limits(stale_after=60.0, deaf_after=None))
        network = LoopbackNetwork(self.reactor, there)
        wiring = standard_wiring(self.reactor, options, network=network, random=Random(1))
        connection: Any = WebcastPushConnection("@alice", wiring=wiring)
        seen = Recorder()
        connection.add_observer(seen)
        connected = connection.connect()
        self.turn(lambda: connected.called)
        self.assertTrue(self.successResultOf(connected).is_connected)
        self.turn(lambda: room.viewers and room.viewers[0].entered)
        for number in range(200):
            room.push([chat(f"{number}")])
        self.now += LONG
        self.turn(lambda: len(seen.comments()) == 200)
        self.turn(lambda: self.now > NOVEMBER + LONG + 50, 0.5)
        self.assertEqual([*map(str, range(200))], seen.comments())
        self.assertEqual([], seen.of(Disconnected))
        stopped = connection.disconnect()
        self.turn(lambda: stopped.called, 0.1)
        closed = wiring.close()
        self.turn(lambda: closed.called, 0.1)
