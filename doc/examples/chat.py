"""Print what is said in a room until its broadcast ends: ``python chat.py @name``."""

import sys

from twisted.internet.defer import Deferred
from twisted.internet.interfaces import IReactorCore
from twisted.internet.task import react
from zope.interface import implementer

from tiktoklive import WebcastPushConnection
from tiktoklive.events import Chat, IChatObserver, StreamEnd
from tiktoklive.wiring import Wiring


@implementer(IChatObserver)
class Printer:
    """Prints each chat message."""

    def chat(self, event: Chat) -> None:
        print(f"{event.user.unique_id}: {event.comment}")


async def main(reactor: IReactorCore, unique_id: str, wiring: Wiring | None = None) -> None:
    """Follow one room until its broadcast ends."""
    ended: Deferred[StreamEnd] = Deferred()
    connection = WebcastPushConnection(unique_id, reactor=reactor, wiring=wiring)
    connection.add_observer(Printer())
    connection.on(StreamEnd, ended.callback)
    await connection.connect()
    await ended


if __name__ == "__main__":
    react(main, sys.argv[1:])
