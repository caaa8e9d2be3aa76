"""Show four comments a second, and let TikTok wait: ``python slow_observer.py @name``."""

import sys
from collections import deque

from twisted.internet.interfaces import IPushProducer, IReactorTime
from twisted.internet.task import LoopingCall
from zope.interface import implementer

from tiktoklive import Options, WebcastPushConnection
from tiktoklive.command import react
from tiktoklive.events import Chat, IChatObserver
from tiktoklive.interfaces import IPacer
from tiktoklive.wiring import Wiring, standard_wiring


@implementer(IChatObserver, IPacer)
class Archive:
    """Shows one comment after the other; holds the streams from 100 on, down to 50."""

    def __init__(self) -> None:
        self.waiting: deque[str] = deque()

    def pace(self, streams: IPushProducer) -> None:
        self.streams = streams

    def chat(self, event: Chat) -> None:
        self.waiting.append(event.comment)
        if len(self.waiting) == 100:
            self.streams.pauseProducing()

    def show_next(self) -> None:
        if self.waiting:
            print(self.waiting.popleft())
            if len(self.waiting) == 50:
                self.streams.resumeProducing()


async def main(
    reactor: IReactorTime,
    unique_id: str,
    simulator: str | None = None,
    *,
    wiring: Wiring | None = None,
) -> None:
    """Follow one room until its broadcast ends."""
    archive = Archive()
    showing = LoopingCall(archive.show_next)
    showing.clock = reactor
    showing.start(0.25)
    wiring = wiring or standard_wiring(reactor, Options(simulator=simulator))
    connection = WebcastPushConnection(unique_id, wiring=wiring)
    connection.add_observer(archive)
    await connection.connect()
    await connection.when_over()
    showing.stop()


if __name__ == "__main__":
    react(main, sys.argv[1:])
