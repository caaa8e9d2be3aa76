"""Print what is said in a room until its broadcast ends: ``python chat.py @name``."""

import sys

from twisted.internet.interfaces import IReactorCore
from zope.interface import implementer

from tiktoklive import Options, WebcastPushConnection
from tiktoklive.command import react
from tiktoklive.events import Chat, IChatObserver
from tiktoklive.wiring import Wiring, standard_wiring


@implementer(IChatObserver)
class Printer:
    """Prints each chat message."""

    def chat(self, event: Chat) -> None:
        print(f"{event.user.unique_id}: {event.comment}")


async def main(
    reactor: IReactorCore,
    unique_id: str,
    simulator: str | None = None,
    *,
    wiring: Wiring | None = None,
) -> None:
    """Follow one room until its broadcast ends."""
    wiring = wiring or standard_wiring(reactor, Options(simulator=simulator))
    connection = WebcastPushConnection(unique_id, wiring=wiring)
    connection.add_observer(Printer())
    await connection.connect()
    error = await connection.when_over()
    if error is not None:
        raise error


if __name__ == "__main__":
    react(main, sys.argv[1:])
