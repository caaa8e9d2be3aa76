"""
The other process of the memory benchmark: a simulator on a loopback port, in the clear or by TLS.

``python -m tests.benchmarks.memory_server ROOMS [PEM]`` says on its first line of output, as JSON,
where it listens, the rooms' ids and a ttwid; then it serves until its standard input ends.  PEM is
a file of an authority's certificate, and then of one that it signed, and its key: both are shown.

Rooms ``idle1`` and so on send each viewer 600 messages as ordinary traffic, one frame of twenty at
a time.  A line ``burst FIRST LAST`` on standard input lets these rooms send 600 more at once.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from twisted.internet import reactor as installed
from twisted.internet.ssl import Certificate, CertificateOptions, PrivateCertificate
from twisted.internet.stdio import StandardIO
from twisted.protocols.basic import LineReceiver

from tests.benchmarks.mix import frames, messages
from tests.benchmarks.server import IDLE, Show, UntilInputEnds, asking, perform
from tiktoklive.simulator.tiktok import Simulator
from tiktoklive.simulator.viewer import Viewer

#: Seconds between two frames of ordinary traffic.
PAUSE = 0.05

_END = "-----END CERTIFICATE-----\n"


def options_of(pem: str) -> CertificateOptions:
    """How to speak TLS, by the text of a file."""
    root, _, own = pem.partition(_END)
    certificate = PrivateCertificate.loadPEM(own)
    return CertificateOptions(
        privateKey=certificate.privateKey.original,
        certificate=certificate.original,
        extraCertChain=[Certificate.loadPEM(root + _END).original],
    )


class Rooms:
    """The rooms, and who is in them."""

    def __init__(self, reactor: Any, simulator: Simulator, count: int) -> None:
        self._reactor = reactor
        made = asking(frames(messages(2 * IDLE, seed=3)))  # what comes twice is told once
        self._ordinary, self._burst = made[: len(made) // 2], made[len(made) // 2 :]
        self._viewers: dict[int, Viewer] = {}
        for number in range(1, count + 1):
            room = simulator.add_room(f"idle{number}")
            perform(room, lambda viewer, number=number: self._entered(viewer, number))

    def _entered(self, viewer: Viewer, number: int) -> None:
        self._viewers[number] = viewer
        Show(self._reactor, viewer, iter(self._ordinary), 1, PAUSE)

    def burst(self, numbers: range) -> None:
        """Send everything again, at once."""
        for number in numbers:
            Show(self._reactor, self._viewers[number], iter(self._burst), 0, PAUSE)


class Input(LineReceiver, UntilInputEnds):
    """Hears when it is time."""

    delimiter = b"\n"

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms

    def lineReceived(self, line: bytes) -> None:
        """The one line that there is."""
        _, first, last = line.split()
        self._rooms.burst(range(int(first), int(last) + 1))


def main() -> None:
    """Serve."""
    reactor: Any = installed
    count, *pem = sys.argv[1:]
    simulator = Simulator(reactor)
    simulator.behaviour.history = False
    rooms = Rooms(reactor, simulator, int(count))
    site = simulator.site()
    if pem:
        with open(pem[0], encoding="ascii") as file:
            options = options_of(file.read())
        port = reactor.listenSSL(0, site, options, interface="127.0.0.1")
    else:
        port = reactor.listenTCP(0, site, interface="127.0.0.1")
    said = {
        "address": f"127.0.0.1:{port.getHost().port}",
        "rooms": {room.unique_id: room.room_id for room in simulator.rooms.values()},
        "ttwid": simulator.mint_ttwid(),
    }
    print(json.dumps(said), flush=True)
    StandardIO(Input(rooms))
    reactor.run()


if __name__ == "__main__":
    main()
