"""
The other process of the benchmarks: a simulator on a loopback port.

``python -m tests.benchmarks.server ROOMS`` says on its first line of output, as JSON, where it
listens, the rooms' ids and a ttwid; then it serves until its standard input ends.  The rooms,
``idle1`` and so on, send each viewer 600 messages once, as ordinary traffic.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from twisted.internet.interfaces import IReactorTime
from twisted.internet.protocol import Protocol, connectionDone
from twisted.internet.stdio import StandardIO
from twisted.internet.task import LoopingCall
from twisted.python.failure import Failure

from tests.benchmarks.mix import frames, messages
from tiktoklive.simulator.room import SimulatedRoom
from tiktoklive.simulator.tiktok import Simulator
from tiktoklive.simulator.viewer import Viewer
from tiktoklive.wire.batches import parse_batch
from tiktoklive.wire.frames import parse_frame

#: Frames that may wait for their ack: several times what a client reads in a millisecond.
WINDOW = 200
#: Messages that each idle room sends.
IDLE = 600


class Asking(NamedTuple):
    """A frame, and the ack that it asks for."""

    frame: bytes
    log_id: int
    ack: bytes


def asking(frames: list[bytes]) -> list[Asking]:
    """What the frames ask for."""
    read = [(frame, parse_frame(frame)) for frame in frames]
    return [
        Asking(frame, each.log_id, parse_batch(each.payload).internal_ext.encode())
        for frame, each in read
    ]


class Show:
    """
    What one viewer gets, from entering the room to the last ack; then it is closed.

    :param made: the frames.
    :param each: frames at a time; 0 for as many as the window lets through.
    :param every: seconds between the times.
    :param stay: do not close.
    """

    def __init__(
        self,
        clock: IReactorTime,
        viewer: Viewer,
        made: Iterator[Asking],
        each: int,
        every: float,
        stay: bool,
    ) -> None:
        self._clock = clock
        self._viewer = viewer
        self._made = made
        self._each = each
        self._stay = stay
        self._sent = 0
        self._loop = LoopingCall(self._step)
        self._loop.clock = clock
        self._loop.start(every)

    def _step(self) -> None:
        viewer = self._viewer
        if viewer.closed is not None:
            self._report()
            return
        for _ in range(self._each or WINDOW - len(viewer.unacked)):
            made = next(self._made, None)
            if made is None:
                if not viewer.unacked:
                    self._report()
                return
            viewer.unacked[made.log_id] = (made.ack, self._clock.seconds())
            viewer.send(made.frame)
            self._sent += 1

    def _report(self) -> None:
        self._loop.stop()
        unacked, bad = len(self._viewer.unacked), len(self._viewer.bad_acks)
        print(json.dumps({"sent": self._sent, "unacked": unacked, "bad_acks": bad}), flush=True)
        if not self._stay:
            self._viewer.leave()


def perform(room: SimulatedRoom, begin: Callable[[Viewer], object]) -> None:
    """Let every viewer that enters the room get a show after the usual greeting."""
    admit = room.admit

    def admit_and_wait(viewer: Viewer) -> None:
        admit(viewer)
        greet = viewer.on_entered

        def entered(viewer: Viewer) -> None:
            greet(viewer)
            begin(viewer)

        viewer.on_entered = entered

    room.admit = admit_and_wait  # type: ignore[method-assign]


class UntilInputEnds(Protocol):
    """Stops the reactor when the parent process closes our standard input, or ends."""

    def connectionLost(self, reason: Failure = connectionDone) -> None:
        """It did."""
        from twisted.internet import reactor

        if reactor.running:  # type: ignore[attr-defined]
            reactor.stop()  # type: ignore[attr-defined]


def main() -> None:
    """Serve."""
    from twisted.internet import reactor as installed

    reactor: Any = installed
    rooms = int(sys.argv[1])
    simulator = Simulator(reactor)
    simulator.behaviour.history = False
    idle = asking(frames(messages(IDLE, seed=3)))

    def show(viewer: Viewer) -> object:
        return Show(reactor, viewer, iter(idle), 10, 0.1, True)

    for number in range(1, rooms + 1):
        perform(simulator.add_room(f"idle{number}"), show)
    port = reactor.listenTCP(0, simulator.site(), interface="127.0.0.1")
    said = {
        "address": f"127.0.0.1:{port.getHost().port}",
        "rooms": {room.unique_id: room.room_id for room in simulator.rooms.values()},
        "ttwid": simulator.mint_ttwid(),
    }
    print(json.dumps(said), flush=True)
    StandardIO(UntilInputEnds())
    reactor.run()


if __name__ == "__main__":
    main()
