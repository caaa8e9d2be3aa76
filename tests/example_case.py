"""What the examples are run with."""

from __future__ import annotations

import runpy
from collections.abc import Callable
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from random import Random
from typing import Any

from twisted.internet.defer import Deferred
from twisted.trial.unittest import SynchronousTestCase
from twisted.web.client import Agent, readBody

from tests.reactors import MemoryReactor
from tiktoklive.testing import settle, simulated
from tiktoklive.wire.messages import MESSAGE_TYPES
from tiktoklive.wiring import standard_wiring

CHECKOUT = Path(__file__).resolve().parent.parent


EXAMPLES = CHECKOUT / "doc" / "examples"


BEN = {"id": 11, "unique_id": "ben", "nickname": "Ben"}


CARA = {"id": 12, "unique_id": "cara", "nickname": "Cara"}


ROSE = {"id": 5655, "name": "Rose", "type": 1, "diamond_count": 2}


LION = {"id": 6369, "name": "Lion", "type": 2, "diamond_count": 500}


def main_of(name: str) -> Callable[..., Any]:
    """The ``main`` of the example ``name``, imported but not run."""
    main: Callable[..., Any] = runpy.run_path(str(EXAMPLES / f"{name}.py"))["main"]
    return main


class ExampleCase(SynchronousTestCase):
    """The examples, run against a small TikTok in memory."""

    def setUp(self) -> None:
        """A room, and what a program needs to get to it."""
        self.reactor: Any = MemoryReactor()
        self.network, self.simulator = simulated(clock=self.reactor)
        self.room = self.simulator.add_room("anna")
        self.wiring = standard_wiring(self.reactor, network=self.network, random=Random(1))
        self.printed = StringIO()

    def start(self, name: str, *arguments: str, **options: Any) -> Deferred[None]:
        """Run an example until it waits."""
        if not options:
            options = {"wiring": self.wiring}
        main = main_of(name)
        with redirect_stdout(self.printed):
            result = Deferred.fromCoroutine(main(self.reactor, *arguments, **options))
            settle(self.network, 1)
        return result

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        with redirect_stdout(self.printed):
            settle(self.network, seconds)

    def push(self, method: str, **fields: Any) -> None:
        """Let one message be sent in the room."""
        message = MESSAGE_TYPES[method](**fields)
        self.room.push([(method, message.SerializeToString())])
        self.wait(1)

    def end(self) -> None:
        """Let the broadcast end."""
        self.room.end()
        self.wait(5)

    def interrupt(self) -> None:
        """What Ctrl-C sets off: all that was to be done before the reactor stops."""
        for function, args, kwargs in self.reactor.triggers["before"]["shutdown"]:
            function(*args, **kwargs)
        self.wait(5)

    def ask(self, path: str = "/", method: bytes = b"GET") -> str:
        """What the web server of an example answers."""
        port, factory = self.reactor.tcpServers[0][:2]
        self.network.add("example.test", port, factory)
        agent: Any = Agent.usingEndpointFactory(  # type: ignore[no-untyped-call]  # Twisted's
            self.reactor, self.network
        )
        asked = agent.request(method, f"http://example.test:{port}{path}".encode())
        self.wait(0)
        body: Deferred[bytes] = readBody(self.successResultOf(asked))
        self.wait(0)
        return self.successResultOf(body).decode("utf-8")
