"""The signed source over real TCP, on loopback."""

from __future__ import annotations

from typing import Any

from twisted.internet.task import deferLater
from twisted.trial.unittest import TestCase

from tests.stack.case import Recorder, chat
from tiktoklive.connection import WebcastPushConnection
from tiktoklive.options import Options, SignProviderOptions
from tiktoklive.session.retry import Patience
from tiktoklive.simulator import Simulator


class LoopbackTests(TestCase):
    """Sign server and push socket on one port of loopback."""

    timeout = 30

    async def until(self, reactor: Any, true: Any) -> None:
        """Let the reactor run until something is true."""
        while not true():
            await deferLater(reactor, 0.005)

    async def test_connect_and_resume(self) -> None:
        """One connects, loses the stream, goes on where it broke off, and leaves nothing open."""
        from twisted.internet import reactor as running

        reactor: Any = running
        simulator = Simulator(reactor, seed=1)
        simulator.behaviour.sign_keys.add("k3y")
        room = simulator.add_room("alice")
        port = reactor.listenTCP(0, simulator.site(), interface="127.0.0.1")
        self.addCleanup(port.stopListening)
        base = f"127.0.0.1:{port.getHost().port}"
        options = Options(
            sources=("signed",),
            sign_provider_options=SignProviderOptions(host=f"http://{base}/", api_key="k3y"),
            web_base=f"http://{base}",
            webcast_base=f"http://{base}",
            ws_base=f"ws://{base}",
            patience=Patience(first=0.05),
        )
        connection = WebcastPushConnection("alice", options, reactor=reactor)
        seen = Recorder()
        connection.add_observer(seen)
        room.push([chat("before")])
        state = await connection.connect()
        self.assertTrue(state.is_connected)
        room.push([chat("one")])
        await self.until(reactor, lambda: "one" in seen.comments())
        room.drop(clean=False)
        room.push([chat("missed")])
        await self.until(reactor, lambda: "missed" in seen.comments())
        self.assertEqual(["before", "one", "missed"], seen.comments())
        self.assertEqual([], simulator.refused)
        await connection.disconnect()
        await simulator.stop()
