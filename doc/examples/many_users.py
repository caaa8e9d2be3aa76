"""
Follow many users from one process: ``python many_users.py @name @other ...``.

Whoever is live is connected; the others are looked for about once a minute.
"""

import sys

from twisted.internet.interfaces import IReactorCore
from zope.interface import implementer

from tiktoklive import LiveService
from tiktoklive.command import react
from tiktoklive.events import (
    Connected,
    Disconnected,
    Error,
    Gap,
    IConnectionObserver,
    Reconnecting,
    StreamEnd,
)
from tiktoklive.wiring import Wiring, standard_wiring


@implementer(IConnectionObserver)
class Studio:
    """Prints who comes on air and who leaves it; ``event.anchor`` says whose event it is."""

    def connected(self, event: Connected) -> None:
        print(f"@{event.anchor} is on air in room {event.room_id}")

    def stream_end(self, event: StreamEnd) -> None:
        print(f"@{event.anchor} is off the air")

    def reconnecting(self, event: Reconnecting) -> None:
        print(f"@{event.anchor}: {event.reason} Next try in {event.delay:.0f} s.")

    def gap(self, event: Gap) -> None:
        print(f"@{event.anchor}: {(event.until - event.since) / 1000:.0f} s may be missing")

    def disconnected(self, event: Disconnected) -> None:
        """Said by the others already."""

    def error(self, event: Error) -> None:
        print(f"@{event.anchor}: {event.info}: {event.exception}")


async def main(
    reactor: IReactorCore, name: str, *others: str, wiring: Wiring | None = None
) -> None:
    """Follow until interrupted, or until nobody can be followed any more."""
    service = LiveService(wiring or standard_wiring(reactor))
    service.add_observer(Studio())
    for each in (name, *others):
        service.add(each)
    reactor.addSystemEventTrigger("before", "shutdown", service.stopService)
    service.startService()
    await service.when_over()


if __name__ == "__main__":
    react(main, sys.argv[1:])
