"""
Answer ``!dice`` in a room's chat with a number: ``python chat_bot.py @name``.

It speaks for the account whose cookie ``sessionid`` is in the environment variable
``TIKTOK_SESSION``.  A simulator on this machine, such as that of ``python -m tiktoklive
--simulate``, has viewers who play, and an account for the bot::

    TIKTOK_SESSION=simulated-session-of-bot python chat_bot.py @sim1 127.0.0.1:8090
"""

import os
import sys
from random import Random, SystemRandom
from typing import Any

from twisted.internet.interfaces import IReactorCore
from zope.interface import implementer

from tiktoklive import ChatRefusedError, Options, RateLimitedError, WebcastPushConnection
from tiktoklive.command import react
from tiktoklive.events import Chat, IChatObserver
from tiktoklive.wiring import Wiring, standard_wiring


@implementer(IChatObserver)
class Dice:
    """Throws dice for those who ask."""

    def __init__(self, connection: WebcastPushConnection, session_id: str, random: Random) -> None:
        self._connection = connection
        self._session_id = session_id
        self._random = random

    async def chat(self, event: Chat) -> None:
        if event.is_history or event.comment.strip().lower() != "!dice":
            return
        answer = f"@{event.user.unique_id} has thrown a {self._random.randint(1, 6)}"
        try:
            await self._connection.send_message(answer, self._session_id)
        except (ChatRefusedError, RateLimitedError) as error:
            print(error)


async def main(
    reactor: IReactorCore,
    unique_id: str,
    simulator: str = "",
    *,
    wiring: Wiring | None = None,
    random: Random | None = None,
    environment: Any = os.environ,
) -> None:
    """Answer until the broadcast ends."""
    session_id = environment.get("TIKTOK_SESSION")
    if not session_id:
        raise SystemExit("TIKTOK_SESSION has to hold the cookie sessionid of an account.")
    options = Options(simulator=simulator or None)
    connection = WebcastPushConnection(
        unique_id, wiring=wiring or standard_wiring(reactor, options)
    )
    connection.add_observer(Dice(connection, session_id, random or SystemRandom()))
    await connection.connect()
    error = await connection.when_over()
    if error is not None:
        raise error


if __name__ == "__main__":
    react(main, sys.argv[1:])
