"""The recording observer remembers, and a simulated TikTok stands behind its network."""

from __future__ import annotations

from twisted.internet.task import Clock
from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.dispatch.dispatcher import Dispatcher
from tiktoklive.events import decode
from tiktoklive.simulator import RandomScript
from tiktoklive.testing import RecordingObserver, simulated


class RecordingObserverTests(SynchronousTestCase):
    """What is remembered."""

    def test_remembers(self) -> None:
        """All events are kept in order, and can be had by name."""
        observer = RecordingObserver()
        dispatcher = Dispatcher()
        dispatcher.add_observer(observer)
        method, payload, _ = next(RandomScript(mix={"chat": 1}).messages())
        event = decode(method, payload)
        assert event is not None
        dispatcher.tell(event)
        self.assertEqual(["chat"], observer.names())
        self.assertEqual(observer.events, observer.named("chat"))
        self.assertEqual([], observer.named("like"))


class SimulatedTests(SynchronousTestCase):
    """The network with a TikTok in it."""

    def test_repeatable(self) -> None:
        """The same seed gives the same ids, by the clock that was given."""
        clock = Clock()
        network, simulator = simulated(seed=5, clock=clock)
        _, again = simulated(seed=5)
        self.assertIs(clock, network.clock)
        self.assertEqual(simulator.add_room("anna").room_id, again.add_room("anna").room_id)
