"""The endpoint at which the user's own browser pushes."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any, Final

from twisted.internet.defer import Deferred
from twisted.internet.task import LoopingCall
from twisted.logger import Logger

from tiktoklive.files.descriptors import usable
from tiktoklive.outputs.door import Door, ListeningService
from tiktoklive.outputs.web.guard import Guard, WebLimits, hosts_and_origins
from tiktoklive.outputs.web.listening import Place, parse_place, url_of
from tiktoklive.outputs.web.requests import BoundedSite
from tiktoklive.outputs.web.tokens import Scope, Tokens, read_token
from tiktoklive.ownbrowser.extension_zip import ORIGIN
from tiktoklive.ownbrowser.front import PushFront
from tiktoklive.ownbrowser.pages import OpenPages
from tiktoklive.ownbrowser.pushes import LARGEST
from tiktoklive.standard_sources import Wired

#: Its variables: the token, and what names hosts and origins.
TOKEN: Final = "TIKTOKLIVE_BROWSER_TOKEN"
VARIABLES: Final = ("TIKTOKLIVE_BROWSER_HOSTS", "TIKTOKLIVE_BROWSER_ORIGINS")

#: Where it listens if nothing is said.
USUAL: Final = "tcp:8081:interface=127.0.0.1"

LIMITS: Final = WebLimits(clients=16, connections=64, rate=50.0, burst=200, body=LARGEST)

#: Seconds between two looks for pages and sockets that have fallen silent.
SWEEP: Final = 10.0


class BrowserEndpoint(ListeningService):
    """
    Listens for what pages push.

    A daemon runs it; elsewhere it is opened when the first ticket is wanted, and closed with the
    wiring.

    :ivar front: what answers, and takes what is pushed; ``pages`` of it, what was pushed.
    :ivar where: where it listens, for people.
    """

    log = Logger()

    def __init__(self, place: Place, reactor: Any, front: PushFront, limits: WebLimits) -> None:
        self.pages = front.pages
        self.where = place.description
        self._place = place
        self.front = front
        self._site = BoundedSite(front, reactor, limits)
        title = f"browser:{place.description}"
        self._door = Door(title, [place.endpoint(reactor)], self._site, self._opened)
        self._sweeping = LoopingCall(front.sweep)
        self._sweeping.clock = reactor

    @property
    def files(self) -> int:
        """How many sockets it may have open."""
        return LIMITS.clients + LIMITS.connections

    async def opened(self) -> None:
        """Wait until it listens; it is started if no service has started it."""
        if not self.running and self.parent is None:
            self.startService()
        await self._door.ready()

    # --- IService

    def startService(self) -> None:
        """
        Begin to listen, if that was not done yet.

        :raise CannotListenError: the port is taken.
        """
        super().startService()
        if not self._sweeping.running:
            sweeping = self._sweeping.start(SWEEP, now=False)
            sweeping.addErrback(lambda failure: self.log.failure("silent pages stay", failure))

    def stopService(self) -> Deferred[None]:
        """Close the door, then all connections; fires when they are closed."""
        super().stopService()
        if self._sweeping.running:
            self._sweeping.stop()

        async def stop() -> None:
            await self._door.close()
            self.front.close()
            self.pages.close()
            await self._site.close()

        return Deferred.fromCoroutine(stop())

    def _opened(self, number: int, address: Any) -> None:
        self.where = url_of(address, self._place.secure) or self._place.description
        self.log.info(
            "The browser's pages push to {where}; its extension is at {where}extension.zip",
            where=self.where,
        )


def endpoint_of(
    wiring: Wired, argument: str, environ: Mapping[str, str] = os.environ
) -> BrowserEndpoint:
    """
    The endpoint that an argument describes.

    :raise ValueError: it makes no sense, or there is no token.
    """
    place = parse_place(argument or USUAL)
    token = read_token(environ, TOKEN)
    if not token:
        raise ValueError(
            f"It needs a token: set {TOKEN}, or let {TOKEN}_FILE name a file "
            "that holds one, and enter the same in the options of the extension."
        )
    hosts, origins = hosts_and_origins(environ, VARIABLES)
    limits = LIMITS.with_files(usable(wiring.reactor))
    guard = Guard(
        wiring.reactor,
        limits,
        hosts=hosts,
        origins=origins | {ORIGIN},
        local=place.local,
        variables=VARIABLES,
    )
    front = PushFront(
        guard,
        Tokens({Scope.CONTROL: token}),
        OpenPages(wiring.reactor),
        wiring.reactor,
        limits,
        frame=wiring.options.limits.frame,
    )
    return BrowserEndpoint(place, wiring.reactor, front, limits)
