"""
The other process of the fan-out benchmark: a simulated room, and the daemon that serves it.

``python -m tests.benchmarks.outlet SECONDS`` says on its first line of output where the site is.
When a line comes on its standard input the room begins: 100 messages a second, each with the
moment in which it is sent as its ``create_time``, in nanoseconds of the monotonic clock and
:data:`OFFSET` more.  After SECONDS a line of JSON says how it went; it ends with its input.
"""

from __future__ import annotations

import json
import resource
import sys
from time import monotonic_ns
from typing import Any

from twisted.internet.protocol import Protocol, connectionDone
from twisted.internet.stdio import StandardIO
from twisted.internet.task import LoopingCall
from twisted.python.failure import Failure

from tests.benchmarks.mix import messages
from tiktoklive.options import Options
from tiktoklive.outputs.web.guard import WebLimits
from tiktoklive.outputs.web.output import WebOutput, make
from tiktoklive.service import LiveService
from tiktoklive.simulator.room import SimulatedRoom
from tiktoklive.simulator.tiktok import Simulator
from tiktoklive.wire.messages import decode_message
from tiktoklive.wiring import standard_wiring

#: Messages per second.
RATE = 100

#: Bytes that may wait for a client: less than usual, so that a short run shows what happens.
WAITING = 128 * 1024

#: Tells these times from those in milliseconds since 1970.
OFFSET = 10**16


class Room:
    """Sends the messages, and says how many events came of them."""

    def __init__(self, reactor: Any, room: SimulatedRoom, web: WebOutput, seconds: float) -> None:
        self._reactor = reactor
        self._room = room
        self._web = web
        self._left = iter(messages(round(seconds * RATE), seed=5))
        self._loop = LoopingCall(self._send)

    def begin(self) -> None:
        """Send the first message."""
        self._loop.start(1 / RATE).addErrback(lambda failure: failure.printTraceback())

    def _send(self) -> None:
        found = next(self._left, None)
        if found is None:
            self._loop.stop()
            self._reactor.callLater(2, self._report)
            return
        method, payload, _ = found
        message = decode_message(method, payload)
        assert message is not None
        message.common.create_time = monotonic_ns() + OFFSET  # type: ignore[attr-defined]
        self._room.push([(method, message.SerializeToString())])

    def _report(self) -> None:
        ring, fanout = self._web.fanout.ring, self._web.fanout
        last = list(ring.everything())[-1].number
        print(json.dumps({"last": last, "dropped": fanout.dropped}), flush=True)


class Input(Protocol):
    """Begins when there is a line, ends when there is no more."""

    def __init__(self, room: Room) -> None:
        self._room = room

    def dataReceived(self, data: bytes) -> None:
        """Everybody is there."""
        self._room.begin()

    def connectionLost(self, reason: Failure = connectionDone) -> None:
        """Nobody needs us any more."""
        from twisted.internet import reactor

        reactor.stop()  # type: ignore[attr-defined]  # the global reactor has no types


def main() -> None:
    """Serve until the input ends."""
    from twisted.internet import reactor as installed

    reactor: Any = installed
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))  # for all the clients
    simulator = Simulator(reactor)
    simulator.behaviour.history = False
    room = simulator.add_room("busy")
    port = reactor.listenTCP(0, simulator.site(), interface="127.0.0.1")
    there = f"127.0.0.1:{port.getHost().port}"
    wiring = standard_wiring(
        reactor,
        Options(
            web_base=f"http://{there}", webcast_base=f"http://{there}", ws_base=f"ws://{there}"
        ),
    )
    # All clients have one address, as behind a proxy, which may have more than another's share.
    environ = {"TIKTOKLIVE_WEB_PROXIES": "127.0.0.1"}
    web = make(wiring, "tcp:0", environ, WebLimits(waiting=WAITING))
    live = LiveService(wiring)
    live.add("busy")
    live.add_observer(web)
    web.control(live)
    web.startService()
    live.startService()

    def connected(event: Any) -> None:
        print(json.dumps({"address": web.url}), flush=True)

    live.on("connected", connected)
    StandardIO(Input(Room(reactor, room, web, float(sys.argv[1]))))
    reactor.run()


if __name__ == "__main__":
    main()
