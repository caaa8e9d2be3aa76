"""Hundreds of users followed by one service, and one that does not stop."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from twisted.internet.defer import Deferred
from twisted.logger import capturedLogs, formatEvent
from zope.interface import implementer

from tests.stack.case import StackTestCase
from tiktoklive.interfaces import IStream, IStreamOpener
from tiktoklive.service import LiveService
from tiktoklive.users.begin import APART, AT_A_TIME
from tiktoklive.users.leaving import STOP_TIMEOUT


class CrowdTests(StackTestCase):
    """Hundreds of users."""

    def setUp(self) -> None:
        super().setUp()
        self.asked: list[str] = []
        self.service = LiveService(replace(self.wiring, resolver=self))
        self.services.append(self.service)

    async def resolve(self, unique_id: str) -> Any:
        """Who asks; it takes its time."""
        self.asked.append(unique_id)
        await Deferred()

    def test_start(self) -> None:
        """They are begun to be followed a few at a time, in their order."""
        names = [f"user{number}" for number in range(500)]
        for name in names:
            self.service.add(name)
        self.service.startService()
        self.assertEqual(AT_A_TIME, len(self.asked))
        for turn in range(2, 101):
            self.clock.advance(APART)
            self.assertEqual(turn * AT_A_TIME, len(self.asked))
        self.clock.advance(APART)
        self.assertEqual([], self.clock.getDelayedCalls())
        self.assertEqual(names, self.asked)

    def test_add(self) -> None:
        """So are those who are added in a loop, while it runs; the first at once."""
        self.service.startService()
        for number in range(12):
            self.service.add(f"user{number}")
        self.assertEqual(AT_A_TIME, len(self.asked))
        self.clock.pump([APART] * 2)
        self.assertEqual(12, len(self.asked))
        self.clock.advance(APART)
        self.assertEqual([], self.clock.getDelayedCalls())
        self.service.add("late")
        self.assertEqual("late", self.asked[-1])

    def test_removed(self) -> None:
        """Who is removed before their turn is not looked up."""
        self.service.startService()
        for number in range(AT_A_TIME + 2):
            self.service.add(f"user{number}")
        self.successResultOf(self.service.remove(f"user{AT_A_TIME + 1}"))
        self.clock.advance(APART)
        self.assertEqual(f"user{AT_A_TIME}", self.asked[-1])

    def test_stop(self) -> None:
        """Stopped meanwhile, the others have no turn any more."""
        for number in range(25):
            self.service.add(f"user{number}")
        self.service.startService()
        self.successResultOf(self.service.stopService())
        self.clock.advance(1)
        self.assertEqual(AT_A_TIME, len(self.asked))
        self.service.startService()
        self.clock.pump([APART] * 5)
        self.assertEqual(AT_A_TIME + 25, len(self.asked))

    def test_restart(self) -> None:
        """Started again in the turn in which it was stopped, all are followed once."""
        for number in range(15):
            self.service.add(f"user{number}")
        self.service.startService()
        self.service.stopService()
        self.service.startService()
        self.clock.pump([APART] * 3)
        self.assertEqual(15, len(set(self.asked)))
        self.assertEqual({"resolving"}, {each.phase for each in self.service.status().values()})


class StuckTests(StackTestCase):
    """A part that never gets done."""

    def test_stop(self) -> None:
        """A stream that does not close is left behind after a while, and the room is named."""
        stuck = Stuck()
        service = LiveService(replace(self.wiring, opener=stuck))
        service.add("alice")
        service.startService()
        self.settle(7)  # it says nothing, so it takes a while
        self.assertEqual("live", service.status()["alice"].phase)
        stopped = service.stopService()
        self.settle(STOP_TIMEOUT - 0.1)
        self.assertNoResult(stopped)
        with capturedLogs() as logged:
            self.settle(0.2)
        self.successResultOf(stopped)
        [line] = [formatEvent(event) for event in logged]
        self.assertIn("@alice does not stop: it is left behind while stopping", line)
        stuck.receiver.closed(None)
        self.assertEqual("stopped", service.status()["alice"].phase)

    def test_remove(self) -> None:
        """So is one of a user who is removed; the service can be stopped afterwards."""
        stuck = Stuck()
        service = LiveService(replace(self.wiring, opener=stuck))
        service.add("alice")
        service.startService()
        self.settle(7)
        removed = service.remove("alice")
        self.settle(STOP_TIMEOUT - 0.1)
        self.assertNoResult(removed)
        with capturedLogs() as logged:
            self.settle(0.2)
        self.successResultOf(removed)
        [line] = [formatEvent(event) for event in logged]
        self.assertIn("@alice does not stop: it is left behind while stopping", line)
        stopped = service.stopService()
        self.settle(0)
        self.successResultOf(stopped)
        stuck.receiver.closed(None)


@implementer(IStreamOpener, IStream)
class Stuck:
    """Opens a stream that does not close."""

    heartbeat = not_upgraded = None
    transport_name = "websocket"
    acks = heartbeats = True
    asks = recorded = False

    async def open(self, ticket: Any, receiver: Any) -> Any:
        """At once."""
        self.receiver = receiver
        return self

    def send(self, data: bytes) -> None:
        """To nobody."""

    def close(self) -> Deferred[None]:
        """Never."""
        return Deferred()
