"""
Print what is said in a room, seen through a proxy.

``PROXY=socks5://user:password@host:1080 python proxy.py @name``: a command line can be read by
everybody on the machine, so the password is taken from the environment.
"""

import os
import sys

from twisted.internet.interfaces import IReactorCore
from twisted.web.iweb import IAgentEndpointFactory

from tiktoklive import Options, RequestOptions, WebcastPushConnection, WebsocketOptions
from tiktoklive.command import react
from tiktoklive.errors import ProxyError, Remedy
from tiktoklive.events import Chat
from tiktoklive.wiring import standard_wiring


def through(proxy: str) -> Options:
    """The settings for one proxy that everything goes through."""
    return Options(
        request_options=RequestOptions(proxy=proxy),
        websocket_options=WebsocketOptions(proxy=proxy),
    )


def show(event: Chat) -> None:
    """Print one comment."""
    print(f"{event.user.unique_id}: {event.comment}")


async def main(
    reactor: IReactorCore, unique_id: str, *, network: IAgentEndpointFactory | None = None
) -> None:
    """Follow one room until its broadcast ends."""
    proxy = os.environ.get("PROXY")
    if not proxy:
        raise SystemExit("PROXY has to hold the address of a proxy.")
    wiring = standard_wiring(reactor, through(proxy), network=network)
    connection = WebcastPushConnection(unique_id, wiring=wiring)
    connection.on(Chat, show)
    try:
        await connection.connect()
        error = await connection.when_over()
        if error is not None:
            raise error
    except ProxyError as error:  # its message names the proxy, without user and password
        print(error)
        if error.remedy is not Remedy.WAIT:
            print("Waiting will not help.")
    finally:
        await wiring.close()


if __name__ == "__main__":
    react(main, sys.argv[1:])
