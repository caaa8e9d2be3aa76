"""Show which gifts can be sent in a room, dearest first: ``python gift_list.py @name``."""

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
    """Show the list without connecting to the room."""
    wiring = wiring or standard_wiring(reactor, Options(simulator=simulator))
    connection = WebcastPushConnection(unique_id, wiring=wiring)
    gifts = await connection.get_available_gifts()
    for gift in sorted(gifts, key=lambda gift: -gift["diamond_count"]):
        print(f"{gift['diamond_count']:>6,}  {gift['name']} ({gift['id']})")


if __name__ == "__main__":
    react(main, sys.argv[1:])
