"""The wall clock is set, by an hour, to and fro: the whole stack goes on as if it were not."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Any

from tests.clocks import NOVEMBER, SteppedClock
from tests.stack.case import Recorder, chat
from tests.test_clock_steps import HOUR, StepTestCase
from tiktoklive.connection import WebcastPushConnection
from tiktoklive.options import Options
from tiktoklive.testing import settle, simulated
from tiktoklive.wiring import standard_wiring


class StackTests(StepTestCase):
    """The whole of it, against the simulator."""

    def play(self, options: Options, *, polling: bool = False) -> Any:
        """
        Lost, offline, live again: requests and events, by the steady clock.

        :return: a scenario's trace, by step.
        """

        def trace(step: float) -> list[tuple[float, str]]:
            network, tiktok = simulated(seed=3, clock=SteppedClock())
            clock: Any = network.clock
            tiktok.behaviour.upgrade = not polling
            session = tiktok.add_session() if polling else None
            asked_for = replace(options, session_id=session)
            wiring = standard_wiring(clock, asked_for, network=network, random=Random(1))
            room, seen = tiktok.add_room("alice"), Recorder()
            connection: Any = WebcastPushConnection("@alice", wiring=wiring)
            connection.add_observer(seen)
            connection.startService()
            settle(network, 25)
            clock.step = step
            settle(network, 25)
            room.push([chat("hello")])
            settle(network, 5)
            room.drop(clean=False)
            settle(network, 40)
            room.end()
            settle(network, 200)
            room.go_live()
            settle(network, 100)
            stopped = connection.stopService()
            settle(network, 5)
            self.successResultOf(stopped)
            closed = wiring.close()
            settle(network)
            self.successResultOf(closed)
            self.assertEqual([], clock.getDelayedCalls())
            stamps = [
                (event.received_at / 1000 - NOVEMBER, event.received_at / 1000 - NOVEMBER - step)
                for event in seen.events
            ]
            for told, steady in stamps:  # before the step, or after it: by the wall clock
                self.assertTrue(0 <= told <= 25 or 25 <= steady <= 400, (told, steady, step))
            asked = [(round(each.at - NOVEMBER, 3), each.path) for each in tiktok.requests]
            return [*asked, *((float(n), name) for n, name in enumerate(seen.names()))]

        return trace

    def test_direct(self) -> None:
        """By WebSocket: heartbeats, the way back, the looks for the next broadcast."""
        trace = self.play(Options())
        expected = trace(0.0)
        self.assertIn("disconnected", [name for _, name in expected])
        self.assertEqual(expected, trace(-HOUR))
        self.assertEqual(expected, trace(HOUR))

    def test_polling(self) -> None:
        """By polling: every poll at its time."""
        trace = self.play(Options(sources=("classic",)), polling=True)
        expected = trace(0.0)
        self.assertGreater(len(expected), 20)
        self.assertEqual(expected, trace(-HOUR))
        self.assertEqual(expected, trace(HOUR))
