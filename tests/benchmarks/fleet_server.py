"""
The other side of the benchmark of fleets: many simulated rooms, which talk when they are told to.

``python -m tests.benchmarks.fleet_server NUMBER ROOMS`` says on its first line of output, as JSON,
where it listens and a ttwid.  Those of different NUMBER have the same rooms, and send messages of
different ids.  Lines on its standard input are orders, as JSON; to each it answers with a line
that has ``followed``, how many of its rooms have a viewer, and ``sent``, how many messages were:

``{"order": "look"}``
    nothing more;
``{"order": "burst", "rooms": N}``
    the next N of the rooms that have a viewer send ten messages each, in one frame;
``{"order": "pace", "rate": R, "seconds": S}``
    the same goes on for S seconds, with R messages a second in all; then it answers.

The messages are of the realistic mix.  Each has the moment in which it is sent as its
``create_time``, in nanoseconds of the monotonic clock and :data:`tests.benchmarks.outlet.OFFSET`.
"""

from __future__ import annotations

import json
import sys
from itertools import count, cycle
from time import monotonic_ns
from typing import Any

from twisted.internet.stdio import StandardIO
from twisted.internet.task import LoopingCall
from twisted.protocols.basic import LineOnlyReceiver

from tests.benchmarks.mix import messages
from tests.benchmarks.outlet import OFFSET
from tests.benchmarks.server import UntilInputEnds
from tests.hostile.encoding import field
from tiktoklive.files.descriptors import allow_more
from tiktoklive.simulator.tiktok import Simulator

#: Messages in a frame.
BURST = 10

#: Seconds between two times that rooms talk, when they are paced.
TICK = 0.02

#: Ids of messages begin here, and those of the next server so many later.
FIRST, APART = 7 * 10**18, 10**15


def stamped(payload: bytes, moment: int) -> bytes:
    """A message that is sent then: of a field that comes twice the last value counts."""
    return payload + field(1, field(4, moment))


class Talk:
    """Lets the rooms talk, one after the other."""

    def __init__(self, clock: Any, simulator: Simulator, number: int) -> None:
        self._clock = clock
        self._rooms = list(simulator.rooms.values())
        self._turns = cycle(self._rooms)
        self._messages = cycle(messages(4000, seed=9))
        self._ids = count(FIRST + number * APART)
        self.sent = 0

    def figures(self) -> dict[str, int]:
        """What it answers."""
        followed = sum(1 for room in self._rooms if room.viewers)
        return {"followed": followed, "sent": self.sent}

    def burst(self, rooms: int) -> None:
        """Let so many rooms talk that have a viewer, some of them more than once if need be."""
        without = 0  # rooms in a row
        while rooms > 0 and without < len(self._rooms):
            room = next(self._turns)
            if room.viewers:
                rooms, without = rooms - 1, 0
                self._say(room)
            else:
                without += 1

    def _say(self, room: Any) -> None:
        made, now = [], monotonic_ns() + OFFSET
        for _ in range(BURST):
            method, payload, _number = next(self._messages)
            made.append((method, stamped(payload, now), next(self._ids)))
        room.push(made)
        self.sent += BURST

    def pace(self, rate: float, seconds: float, done: Any) -> None:
        """Let them talk for a while."""
        began, bursts = self._clock.seconds(), 0
        loop = LoopingCall(lambda: step())
        loop.clock = self._clock

        def step() -> None:
            nonlocal bursts
            since = min(self._clock.seconds() - began, seconds)
            due = round(since * rate / BURST) - bursts
            bursts += due
            self.burst(due)
            if since >= seconds:
                loop.stop()
                done()

        loop.start(TICK, now=False)


class Orders(UntilInputEnds, LineOnlyReceiver):
    """Does as it is told."""

    delimiter = b"\n"

    def __init__(self, talk: Talk) -> None:
        self._talk = talk

    def lineReceived(self, line: bytes) -> None:
        """An order."""
        said = json.loads(line)
        if said["order"] == "pace":
            self._talk.pace(said["rate"], said["seconds"], self._answer)
            return
        if said["order"] == "burst":
            self._talk.burst(said["rooms"])
        self._answer()

    def _answer(self) -> None:
        print(json.dumps(self._talk.figures()), flush=True)


def main() -> None:
    """Serve until the input ends."""
    from twisted.internet import reactor as installed

    reactor: Any = installed
    number, rooms = map(int, sys.argv[1:])
    allow_more()
    simulator = Simulator(reactor, seed=16)
    simulator.behaviour.history = False
    for each in range(rooms):
        simulator.add_room(f"room{each}")
    site: Any = simulator.site()
    site.noisy = False
    port = reactor.listenTCP(0, site, interface="127.0.0.1", backlog=1024)
    address = f"127.0.0.1:{port.getHost().port}"
    print(json.dumps({"address": address, "ttwid": simulator.mint_ttwid()}), flush=True)
    StandardIO(Orders(Talk(reactor, simulator, number)))
    reactor.run()


if __name__ == "__main__":
    main()
