"""
Beside asyncio: comments go to an asyncio queue, a task of asyncio works them off.

``python asyncio_bot.py @name``.  The reactor has to be asyncio's, and installed before anything
imports ``twisted.internet.reactor``.
"""

import asyncio
import sys

from twisted.internet.interfaces import IReactorCore

from tiktoklive import Options, WebcastPushConnection
from tiktoklive.command import react
from tiktoklive.events import Chat, Follow
from tiktoklive.wiring import Wiring, standard_wiring


async def answer(comments: asyncio.Queue[Chat]) -> None:
    """Work comments off, one after the other, at leisure."""
    while True:
        event = await comments.get()
        await asyncio.sleep(0.01)  # what an HTTP client of asyncio would do
        print(f"{event.user.unique_id}: {event.comment}")


async def main(
    reactor: IReactorCore,
    unique_id: str,
    simulator: str | None = None,
    *,
    wiring: Wiring | None = None,
) -> None:
    """Show comments and thank followers, until the broadcast ends."""
    wiring = wiring or standard_wiring(reactor, Options(simulator=simulator))
    connection = WebcastPushConnection(unique_id, wiring=wiring)
    comments: asyncio.Queue[Chat] = asyncio.Queue(100)

    connection.on(Chat, comments.put)

    @connection.on(Follow)
    async def thank(event: Follow) -> None:
        async with asyncio.timeout(10):
            await asyncio.sleep(0.01)
        print(f"thank you, {event.user.unique_id}")

    answering = asyncio.create_task(answer(comments))
    try:
        await connection.connect()  # a Deferred
        error = await connection.when_over()
    finally:
        answering.cancel()
    if error is not None:
        raise error


if __name__ == "__main__":
    from twisted.internet import asyncioreactor

    asyncioreactor.install()
    react(main, sys.argv[1:])
