"""What the simulators of benchmarks send, in processes of their own."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import NamedTuple

from twisted.internet.interfaces import IReactorTime
from twisted.internet.protocol import Protocol, connectionDone
from twisted.internet.task import LoopingCall
from twisted.python.failure import Failure

from tiktoklive.simulator.room import SimulatedRoom
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
    What one viewer gets, from entering the room to the last ack.

    :param made: the frames.
    :param each: frames at a time; 0 for as many as the window lets through.
    :param every: seconds between the times.
    """

    def __init__(
        self,
        clock: IReactorTime,
        viewer: Viewer,
        made: Iterator[Asking],
        each: int,
        every: float,
    ) -> None:
        self._clock = clock
        self._viewer = viewer
        self._made = made
        self._each = each
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
