"""Observe an event that has no interface yet, by one's own: ``python own_interface.py @name``."""

import sys

from twisted.internet.interfaces import IReactorCore
from zope.interface import implementer

from tiktoklive import Options, WebcastPushConnection
from tiktoklive.command import react
from tiktoklive.events import MessageEvent
from tiktoklive.interfaces import IObserver
from tiktoklive.wiring import Wiring, standard_wiring


class IShop(IObserver):
    """For observers of what is for sale.  The method's name is the event's, in snake_case."""

    def oec_live_shopping(event: MessageEvent) -> object:
        """A product is shown."""


@implementer(IShop)
class ShopWindow:
    """Prints each product."""

    def oec_live_shopping(self, event: MessageEvent) -> None:
        product = event.message.shop_data
        print(f"{product.title}: {product.price_string}")


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
    connection.add_observer(ShopWindow())
    await connection.connect()
    error = await connection.when_over()
    if error is not None:
        raise error


if __name__ == "__main__":
    react(main, sys.argv[1:])
