"""Wait until somebody is live, and show what TikTok tells of it: ``python room_info.py @name``."""

import sys

from twisted.internet.interfaces import IReactorCore

from tiktoklive import Options, WebcastPushConnection
from tiktoklive.command import react
from tiktoklive.wiring import Wiring, standard_wiring


async def main(
    reactor: IReactorCore,
    unique_id: str,
    simulator: str | None = None,
    *,
    wiring: Wiring | None = None,
) -> None:
    """Show the room without connecting to it."""
    wiring = wiring or standard_wiring(reactor, Options(simulator=simulator))
    connection = WebcastPushConnection(unique_id, wiring=wiring)
    if not await connection.fetch_is_live():
        print(f"@{connection.unique_id} is not live, waiting")
        await connection.wait_until_live()
    info = await connection.get_room_info()
    print(f"{info['title']} by {info['owner']['nickname']}")
    print(f"{info['user_count']} watch, {info['like_count']} likes")


if __name__ == "__main__":
    react(main, sys.argv[1:])
