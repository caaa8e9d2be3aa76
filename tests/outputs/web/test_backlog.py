"""What waits for clients is counted once, and bounded."""

from __future__ import annotations

from typing import Any

from twisted.trial.unittest import SynchronousTestCase

from tests.outputs.doubles import chat
from tests.reactors import MemoryReactor
from tiktoklive.outputs.web.client import Client, Shared, weight
from tiktoklive.outputs.web.fanout import Fanout
from tiktoklive.outputs.web.ring import Backlog, Ring
from tiktoklive.outputs.web.subscription import WebSubscription
from tiktoklive.outputs.web.websocket import FRAMES


class SharedTests(SynchronousTestCase):
    """Counting what waits for all."""

    def test_once(self) -> None:
        """The same bytes count once, however many wait for them, until the last has them."""
        clock: Any = MemoryReactor()
        shared = Shared(10_000)
        clients = [
            Client("", FRAMES, WebSubscription(), len, len, clock, 10_000, shared)  # type: ignore[arg-type]
            for _ in range(50)
        ]
        data = bytes(5000)
        for client in clients:
            client.pauseProducing()
            client.send(data)
        self.assertEqual(weight(data), shared.size)
        for client in clients[1:]:
            client.resumeProducing()
            client.stopProducing()
        self.assertEqual(weight(data), shared.size)
        clients[0].stopProducing()
        self.assertEqual((0, {}), (shared.size, shared._waiting))

    def test_smallest(self) -> None:
        """What is small counts with what Python takes for it."""
        self.assertLess(40, weight(b""))


class BacklogTests(SynchronousTestCase):
    """What one client missed."""

    def test_reads(self) -> None:
        """It is read in pieces, up to where the ring was, and only what is wanted."""
        ring = Ring("e")
        for number in range(10):
            ring.add("chat" if number % 2 else "gift", "anna", b"{%d" % number)
        backlog = Backlog(ring, 3, lambda item: item.name == "chat")
        ring.add("chat", "anna", b"{new")
        read = []
        while not backlog.is_over:
            read += [item.number for item in backlog.read(1)]
        self.assertEqual([4, 6, 8, 10], read)
        self.assertEqual([], backlog.read(1))

    def test_gone(self) -> None:
        """What the ring has let go of cannot be read."""
        ring = Ring("e", items=2)
        ring.add("chat", "anna", b"{1")
        backlog = Backlog(ring, 1, lambda item: True)
        for _ in range(2):
            ring.add("chat", "anna", b"{2")
        self.assertRaises(LookupError, backlog.read, 100)

    def test_too_large(self) -> None:
        """An event larger than the ring is sent, and not kept."""
        ring = Ring("e", size=100)
        ring.add("chat", "anna", b"{1")
        self.assertEqual(2, ring.add("chat", "anna", bytes(200)).number)
        self.assertEqual(([], 3), (list(ring.everything()), ring.first))
        self.assertEqual(3, ring.since(ring.position))
        self.assertIsNone(ring.since("e-1"))

    def test_gathered(self) -> None:
        """What is gathered for all is bounded."""
        clock: Any = MemoryReactor()
        fanout = Fanout(clock, Ring("e"))
        sent: list[bytes] = []
        client = Client("", FRAMES, WebSubscription(), sent.append, len, clock, 1)  # type: ignore[arg-type]

        class Idle:
            def __init__(self) -> None:
                self.client = client

            def heartbeat(self) -> None:
                pass

            end = heartbeat

        fanout.join(Idle())
        for number in range(100):
            fanout.event(chat("Ben", "x" * 10_000, number=number + 1))
            self.assertLess(fanout._gathered, 300_000)
        self.assertLess(600_000, sum(map(len, sent)))
