"""
The other process of the soak: many rooms on a loopback port, in which things go wrong.

``python -m tests.benchmarks.soak_server ROOMS RATE FAULTS`` says on its first line of output, as
JSON, where it listens.  Each room sends RATE messages a second, numbered from 0; comments, which
TikTok repeats as history, and likes, which it does not, take turns.  Lines on its standard input
are orders:

fill COUNT
    each room sends so many messages at once;
storm, calm
    from one to the other things go wrong by chance, FAULTS as the simulator's ``--faults`` takes
    them;
end
    no more messages; it says, as JSON, how many each room sent.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from twisted.internet.stdio import StandardIO
from twisted.internet.task import LoopingCall
from twisted.protocols.basic import LineOnlyReceiver

from tests.benchmarks.mix import PER_FRAME
from tests.benchmarks.server import UntilInputEnds
from tests.stack.case import chat
from tiktoklive.simulator.room import SimulatedRoom
from tiktoklive.simulator.settings import parse_faults
from tiktoklive.simulator.tiktok import Simulator
from tiktoklive.wire.audience_pb2 import WebcastLikeMessage

#: Messages a second when rooms are filled, one after the other.
FILLING = 12_000

#: Makes a comment as long as messages are.
PADDING = " lorem ipsum dolor sit amet" * 40

#: The total of a like is this, and its number on top, so that no garbage is taken for one.
LIKES = 1_000_000_000


def numbered(number: int) -> tuple[str, bytes]:
    """A message that carries its number."""
    if number % 2:
        like = WebcastLikeMessage(count=1, total=LIKES + number)
        return "WebcastLikeMessage", like.SerializeToString()
    return chat(f"{number}{PADDING}")


class Weather:
    """Lets rooms talk, and things go wrong in them."""

    def __init__(self, simulator: Simulator, rate: float, faults: str) -> None:
        self._simulator = simulator
        self._clock = simulator.world.clock
        self._rooms = list(simulator.rooms.values())
        self._faults = parse_faults(faults)
        self.sent = dict.fromkeys(simulator.rooms, 0)
        # Each tick has its share of the rooms, so that the load is even.
        self._ticks = 20
        self._tick = 0
        self._talking = LoopingCall(self._talk)
        self._talking.start(1 / rate / self._ticks)

    def _talk(self) -> None:
        self._tick += 1
        for room in self._rooms[self._tick % self._ticks :: self._ticks]:
            self._push(room, 1)

    def _push(self, room: SimulatedRoom, count: int) -> None:
        first = self.sent[room.unique_id]
        self.sent[room.unique_id] += count
        room.push([numbered(first + number) for number in range(count)])

    def fill(self, count: int) -> None:
        """Let every room tell so much that what fills up over time is full, one after the other."""
        for number, room in enumerate(self._rooms):
            self._clock.callLater(number * count / FILLING, self._fill, room, count)

    def _fill(self, room: SimulatedRoom, count: int) -> None:
        for _ in range(0, count, PER_FRAME):
            self._push(room, PER_FRAME)

    def storm(self) -> None:
        """Let things go wrong from now on."""
        self._simulator.faults.at_random(self._faults)

    def calm(self) -> None:
        """Let nothing go wrong any more, and break what is silent or deaf."""
        self._simulator.faults.clear()

    def end(self) -> None:
        """Be silent."""
        self._talking.stop()


class Orders(UntilInputEnds, LineOnlyReceiver):
    """Reads what it is told."""

    delimiter = b"\n"

    def __init__(self, weather: Weather) -> None:
        self._weather = weather

    def lineReceived(self, line: bytes) -> None:
        """A word, and perhaps a number."""
        word, *numbers = line.decode().split()
        getattr(self._weather, word)(*map(int, numbers))
        if word == "end":
            print(json.dumps({"sent": self._weather.sent}), flush=True)


def main() -> None:
    """Serve."""
    from twisted.internet import reactor as installed

    reactor: Any = installed
    rooms, rate, faults = sys.argv[1:]
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
    StandardIO(Orders(Weather(simulator, float(rate), faults)))
    reactor.run()


if __name__ == "__main__":
    main()
