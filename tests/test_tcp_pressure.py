"""Back pressure over real TCP, on a port of 127.0.0.1."""

from __future__ import annotations

from typing import Any

from twisted.internet import reactor as _reactor
from twisted.internet.defer import Deferred
from twisted.internet.endpoints import TCP4ServerEndpoint
from twisted.trial.unittest import TestCase

from tests.stack.case import chat
from tests.stack.test_pressure import Full
from tiktoklive.connection import WebcastPushConnection
from tiktoklive.options import Options
from tiktoklive.simulator import Simulator

reactor: Any = _reactor


class LoopbackTests(TestCase):
    """A simulated TikTok, and one who holds the stream."""

    timeout = 20

    async def test_hold(self) -> None:
        """While it is held the socket is not read; then everything arrives, in order."""
        simulator = Simulator(reactor, seed=1)
        room = simulator.add_room("alice")
        port = await TCP4ServerEndpoint(reactor, 0, interface="127.0.0.1").listen(simulator.site())
        self.addCleanup(port.stopListening)
        self.addCleanup(simulator.stop)
        base = f"127.0.0.1:{port.getHost().port}"
        options = Options(
            web_base=f"http://{base}",
            webcast_base=f"http://{base}",
            ws_base=f"ws://{base}",
            compress=False,
        )
        connection = WebcastPushConnection("alice", options)
        self.addCleanup(connection.disconnect)
        full, last = Full(), Deferred[None]()
        connection.add_observer(full)
        connection.on("chat", lambda e: last.callback(None) if e.comment == "199" else None)
        await connection.connect()
        await connection.get_room_info()  # by then we have entered the room
        [viewer] = room.viewers
        full.streams.pauseProducing()
        for number in range(200):  # more than the buffers of both sockets take
            room.push([chat("x" * 100_000, "bob"), chat(str(number))])
        # By the time that another connection has brought an answer, this one would have brought
        # something too.
        await connection.get_room_info()
        self.assertEqual([], full.comments)
        self.assertTrue(viewer.transport.dataBuffer or viewer.transport._tempDataBuffer)
        full.streams.resumeProducing()
        await last
        self.assertEqual([str(number) for number in range(200)], full.comments[1::2])
        self.assertTrue(connection.get_state().is_connected)
