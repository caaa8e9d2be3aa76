"""The classic source over real TCP, on a port of 127.0.0.1."""

from __future__ import annotations

from typing import Any

from twisted.internet import reactor as _reactor
from twisted.internet.defer import Deferred
from twisted.internet.endpoints import TCP4ServerEndpoint
from twisted.trial.unittest import TestCase

from tests.stack.case import chat
from tiktoklive.connection import WebcastPushConnection
from tiktoklive.options import Options
from tiktoklive.simulator import Simulator

reactor: Any = _reactor


class LoopbackTests(TestCase):
    """A simulated TikTok with its sign server on one port."""

    timeout = 20

    async def follow(self, *, upgrade: bool) -> None:
        """Connect, hear comments from before and after, and disconnect."""
        simulator = Simulator(reactor, seed=1)
        simulator.behaviour.upgrade = upgrade
        simulator.behaviour.fetch_interval = 20
        room = simulator.add_room("alice")
        room.push([chat("before")])
        port = await TCP4ServerEndpoint(reactor, 0, interface="127.0.0.1").listen(simulator.site())
        self.addCleanup(port.stopListening)
        self.addCleanup(simulator.stop)
        base = f"127.0.0.1:{port.getHost().port}"
        options = Options(
            sources=("classic",),
            session_id=simulator.add_session(),
            session_hosts=("127.0.0.1",),
            request_polling_interval=0.02,
            web_base=f"http://{base}",
            webcast_base=f"http://{base}",
            ws_base=f"ws://{base}",
            sign_base=f"http://{base}",
        )
        connection = WebcastPushConnection("alice", options)
        comments: list[str] = []
        enough: Deferred[None] = Deferred()

        def hear(event: Any) -> None:
            comments.append(event.comment)
            if event.comment == "last":
                enough.callback(None)

        connection.on("chat", hear)
        state = await connection.connect()
        self.assertEqual(upgrade, state.upgraded_to_websocket)
        for comment in ("one", "two", "last"):
            room.push([chat(comment)])
        await enough
        await connection.disconnect()
        self.assertEqual(["before", "one", "two", "last"], comments)
        self.assertEqual([], simulator.refused)

    async def test_websocket(self) -> None:
        """By WebSocket."""
        await self.follow(upgrade=True)

    async def test_polling(self) -> None:
        """By polling."""
        await self.follow(upgrade=False)
