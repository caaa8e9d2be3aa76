"""
The other process of the soak: many rooms on a loopback port, in which things go wrong.

``python -m tests.benchmarks.soak_server ROOMS RATE EVERY FAULTS`` says on its first line of
output, as JSON, where it listens.  Each room sends RATE comments a second, numbered from 0.  Lines
on its standard input are orders:

fill
    each room sends 600 comments at once;
storm, calm
    from one to the other something happens to each room about once in EVERY seconds: one of
    FAULTS, names of :data:`FAULTS` with commas between;
end
    no more comments; it says, as JSON, how many each room sent, and how often each fault happened.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable
from random import Random
from typing import Any

from twisted.internet.stdio import StandardIO
from twisted.internet.task import LoopingCall
from twisted.protocols.basic import LineOnlyReceiver

from tests.benchmarks.mix import PER_FRAME
from tests.benchmarks.server import IDLE, UntilInputEnds
from tests.stack import chat
from tiktoklive.simulator.room import SimulatedRoom
from tiktoklive.simulator.tiktok import Simulator

#: Seconds between the filling of two rooms.
FILLING = 0.05

#: Makes a comment as long as messages are.
PADDING = " lorem ipsum dolor sit amet" * 40


def _drop(simulator: Simulator, room: SimulatedRoom) -> None:
    room.drop()


def _abort(simulator: Simulator, room: SimulatedRoom) -> None:
    room.drop(clean=False)


def _refuse(simulator: Simulator, room: SimulatedRoom) -> None:
    simulator.refuse(status=503)
    room.drop()


#: What can happen to a room: its sockets are closed in order; they break; and the next
#: handshake is refused as well.
FAULTS: dict[str, Callable[[Simulator, SimulatedRoom], None]] = {
    "drop": _drop,
    "abort": _abort,
    "refuse": _refuse,
}


class Weather:
    """
    Lets rooms talk, and things go wrong in them.

    :param every: seconds between two faults of a room, on average.
    """

    def __init__(
        self, simulator: Simulator, rate: float, every: float, faults: list[str], random: Random
    ) -> None:
        self._simulator = simulator
        self._clock = simulator.world.clock
        self._rooms = list(simulator.rooms.values())
        self._faults = faults
        self._random = random
        self._every = every
        self.sent = dict.fromkeys(simulator.rooms, 0)
        self.happened: Counter[str] = Counter()
        # Each tick has its share of the rooms, so that the load is even.
        self._ticks = 20
        self._tick = 0
        self._talking = LoopingCall(self._talk)
        self._talking.start(1 / rate / self._ticks)
        self._storm = LoopingCall(self._blow)

    def _talk(self) -> None:
        self._tick += 1
        for room in self._rooms[self._tick % self._ticks :: self._ticks]:
            number = self.sent[room.unique_id]
            self.sent[room.unique_id] += 1
            room.push([chat(f"{number}{PADDING}")])

    def _blow(self) -> None:
        for room in self._rooms:
            if room.viewers and self._random.random() < 1 / self._every:
                name = self._random.choice(self._faults)
                self.happened[name] += 1
                FAULTS[name](self._simulator, room)

    def fill(self) -> None:
        """Let every room tell so much that what fills up over time is full, one after the other."""
        for count, room in enumerate(self._rooms):
            self._clock.callLater(count * FILLING, self._fill, room)

    def _fill(self, room: SimulatedRoom) -> None:
        for _ in range(0, IDLE, PER_FRAME):
            first = self.sent[room.unique_id]
            self.sent[room.unique_id] += PER_FRAME
            room.push([chat(f"{first + number}{PADDING}") for number in range(PER_FRAME)])

    def storm(self) -> None:
        """Let things go wrong from now on."""
        self._storm.start(1.0)

    def calm(self) -> None:
        """Let nothing go wrong any more."""
        self._storm.stop()

    def end(self) -> None:
        """Be silent."""
        self._talking.stop()


class Orders(UntilInputEnds, LineOnlyReceiver):
    """Reads what it is told."""

    delimiter = b"\n"

    def __init__(self, weather: Weather) -> None:
        self._weather = weather

    def lineReceived(self, line: bytes) -> None:
        """One word."""
        if line == b"fill":
            self._weather.fill()
        elif line == b"storm":
            self._weather.storm()
        elif line == b"calm":
            self._weather.calm()
        elif line == b"end":
            self._weather.end()
            said = {"sent": self._weather.sent, "faults": self._weather.happened}
            print(json.dumps(said), flush=True)


def main() -> None:
    """Serve."""
    from twisted.internet import reactor as installed

    reactor: Any = installed
    rooms, rate, every, faults = sys.argv[1:]
    simulator = Simulator(reactor)
    for number in range(1, int(rooms) + 1):
        simulator.add_room(f"room{number}")
    port = reactor.listenTCP(0, simulator.site(), interface="127.0.0.1", backlog=1024)
    said = {
        "address": f"127.0.0.1:{port.getHost().port}",
        "rooms": {room.unique_id: room.room_id for room in simulator.rooms.values()},
        "ttwid": simulator.mint_ttwid(),
    }
    print(json.dumps(said), flush=True)
    weather = Weather(simulator, float(rate), float(every), faults.split(","), Random(1))
    StandardIO(Orders(weather))
    reactor.run()


if __name__ == "__main__":
    main()
