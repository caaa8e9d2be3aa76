"""A daemon with its web output, a simulated TikTok, and a browser, on 127.0.0.1 in this process."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, TypeVar
from unittest.mock import patch

from twisted.internet.defer import Deferred, maybeDeferred
from twisted.internet.endpoints import TCP4ClientEndpoint, TCP4ServerEndpoint
from twisted.internet.threads import deferToThread
from twisted.web.iweb import IAgentEndpointFactory
from zope.interface import implementer

from tests.browser.webdriver import Browser
from tests.ports import free_port
from tiktoklive.daemon.daemon import Daemon, assemble
from tiktoklive.daemon.plan import Plan
from tiktoklive.options import Options
from tiktoklive.outputs.web.output import WebOutput
from tiktoklive.simulator import SimulatedRoom, Simulator

NONE: Mapping[str, str] = MappingProxyType({})
_T = TypeVar("_T")


@implementer(IAgentEndpointFactory)
class ToOnePort:
    """A network in which one port of this machine is behind every address."""

    def __init__(self, reactor: Any, port: int) -> None:
        self._reactor = reactor
        self._port = port

    def endpointForURI(self, uri: Any) -> Any:
        """Where the simulator listens."""
        return TCP4ClientEndpoint(self._reactor, "127.0.0.1", self._port)


def call(function: Callable[..., _T], *arguments: Any) -> Deferred[_T]:
    """Let the browser do something while the reactor serves it."""
    return deferToThread(function, *arguments)


class House:
    """
    Everything that a page needs.

    :param tokens: variables of the environment, with the tokens of the web output.
    :ivar room: of the first user.
    :ivar address: where the pages are.
    """

    room: SimulatedRoom

    def __init__(self, reactor: Any, seed: int = 3, tokens: Mapping[str, str] = NONE) -> None:
        self._reactor = reactor
        self.tokens = tokens
        self.simulator = Simulator(reactor, seed=seed)
        #: Whether pages know where the simulator has its pictures.
        self.has_pictures = False
        self.settings = Options()
        self._port = free_port()
        self.address = f"http://127.0.0.1:{self._port}"
        self._listening: Any = None
        self._daemon: Daemon | None = None

    async def open(self, *users: str) -> None:
        """Let the users, ``alice`` without any, be live, and follow them."""
        self._users = users or ("alice",)
        rooms = [self.simulator.add_room(user) for user in self._users]
        self.room = rooms[0]
        endpoint = TCP4ServerEndpoint(self._reactor, 0, interface="127.0.0.1")
        self._listening = await endpoint.listen(self.simulator.site())
        await self.start()

    @property
    def simulator_port(self) -> int:
        """Where the simulator listens."""
        port: int = self._listening.getHost().port
        return port

    async def start(self) -> None:
        """Start the daemon, for the first time or again."""
        port = self.simulator_port
        network = ToOnePort(self._reactor, port)
        output = f"web:tcp:{self._port}:interface=127.0.0.1"
        settings = self.settings
        if self.has_pictures:
            settings = replace(settings, simulator=f"127.0.0.1:{port}")
            self.simulator.listens_at(f"127.0.0.1:{port}")
        plan = Plan(users=self._users, outputs=(output,), settings=settings)
        # The pictures of tests are of a host that is none of TikTok's.
        pictures = {"TIKTOKLIVE_WEB_PICTURES": "pictures.example"}
        with patch.dict(os.environ, {**pictures, **self.tokens}):
            self._daemon = assemble(self._reactor, plan, network=network)
        self._daemon.privilegedStartService()  # type: ignore[no-untyped-call]  # Twisted's
        self._daemon.startService()  # type: ignore[no-untyped-call]  # Twisted's

    async def cut(self) -> None:
        """Close the connections of all pages, while the daemon goes on."""
        assert self._daemon is not None
        for output in self._daemon:
            if isinstance(output, WebOutput):
                await output.fanout.stop()

    async def stop(self) -> None:
        """Stop the daemon."""
        daemon, self._daemon = self._daemon, None
        if daemon is not None:
            await daemon.stopService()

    async def close(self) -> None:
        """Stop all."""
        await self.stop()
        await self.simulator.stop()
        if self._listening is not None:
            await maybeDeferred(self._listening.stopListening)


async def leave(browser: Browser) -> None:
    """Close the page, and with it its stream."""
    await call(browser.open, "about:blank")
