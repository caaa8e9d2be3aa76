"""
Count the events of a broadcast, live or from a tape.

``python record_and_replay.py FILE @name`` follows the room and records what arrives;
``python record_and_replay.py FILE`` plays it again, as fast as possible.
"""

import sys
from collections import Counter
from dataclasses import replace

from twisted.internet.interfaces import IReactorCore

from tiktoklive import Event, Room, Status, WebcastPushConnection
from tiktoklive.capture import Recorder, Replay, read_header
from tiktoklive.command import react
from tiktoklive.rooms import FixedResolver
from tiktoklive.signing import FixedSigner
from tiktoklive.wiring import Wiring, standard_wiring


def recording(wiring: Wiring, tape: str) -> Wiring:
    """The same wiring, but what arrives is written to a tape."""
    return replace(wiring, opener=Recorder(wiring.opener, tape, wiring.reactor))


def replaying(wiring: Wiring, tape: str) -> Wiring:
    """The same wiring, but with a tape in the place of TikTok."""
    header = read_header(tape)
    return replace(
        wiring,
        resolver=FixedResolver(Room(header.unique_id, header.room_id, Status.LIVE)),
        signer=FixedSigner("replay"),
        opener=Replay(tape, wiring.reactor, speed=0),
    )


async def main(
    reactor: IReactorCore, tape: str, unique_id: str = "", *, wiring: Wiring | None = None
) -> None:
    """Record if a user is named, replay if not; then say how many there were of each event."""
    wiring = wiring or standard_wiring(reactor)
    wiring = recording(wiring, tape) if unique_id else replaying(wiring, tape)
    counts: Counter[str] = Counter()

    def count(event: Event) -> None:
        counts[event.name] += 1

    connection = WebcastPushConnection(unique_id or read_header(tape).unique_id, wiring=wiring)
    connection.on("event", count)
    await connection.connect()
    await connection.when_over()
    for name, number in counts.most_common():
        print(f"{number:6} {name}")


if __name__ == "__main__":
    react(main, sys.argv[1:])
