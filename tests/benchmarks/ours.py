"""
The library as programs use it: a connection with an observer of everything.

``python -m tests.benchmarks.ours`` takes an order a line, ``{"options": {...}, "user": ...}`` and
perhaps ``"watch"``, follows that user until the stream is closed, and says ``{"messages": ...}``:
how many were told, each once.  The observer reads four attributes of each event, two of them of the
user.  With ``"watch": "order"`` it looks instead whether each came once and in order, with
``"watch": "latency"`` how many milliseconds there are from sending each to observing it; what it
found is in the answer.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from time import monotonic_ns
from typing import Any

from twisted.internet.defer import Deferred
from twisted.internet.protocol import connectionDone
from twisted.internet.stdio import StandardIO
from twisted.protocols.basic import LineOnlyReceiver
from twisted.python.failure import Failure

from tests.benchmarks.observing import observe_all
from tiktoklive.connection import WebcastPushConnection
from tiktoklive.events import Disconnected, MessageEvent
from tiktoklive.events.table import ROWS
from tiktoklive.options import Options

#: The events of all message types.
NAMES = {row.event_class.name for row in ROWS.values()}


def watch_nothing(follow: WebcastPushConnection) -> Callable[[], dict[str, Any]]:
    """Read attributes."""
    observe_all(follow)
    return dict


def watch_order(follow: WebcastPushConnection) -> Callable[[], dict[str, Any]]:
    """Whether each message came once, in order."""
    numbers: list[int] = []
    for name in NAMES:
        follow.on(name, lambda event: numbers.append(event.number))
    return lambda: {"once": len(set(numbers)), "in_order": numbers == sorted(set(numbers))}


def watch_latency(follow: WebcastPushConnection) -> Callable[[], dict[str, Any]]:
    """How long each message took."""
    took: list[float] = []

    def observe(event: MessageEvent) -> None:
        took.append((monotonic_ns() - event.create_time) / 1e6)

    for name in NAMES:
        follow.on(name, observe)
    return lambda: {"took": took}


WATCHES = {"": watch_nothing, "order": watch_order, "latency": watch_latency}


async def follow_one(
    reactor: Any, options: dict[str, Any], user: str, watch: str = ""
) -> dict[str, Any]:
    """Follow until the stream is closed."""
    follow = WebcastPushConnection(user, Options(**options), reactor=reactor)
    found = WATCHES[watch](follow)
    closed: Deferred[None] = Deferred()
    follow.on(Disconnected, lambda event: None if closed.called else closed.callback(None))
    await follow.connect()
    await closed
    tally = follow.get_tally()
    await follow.disconnect()
    return {"messages": tally.messages - tally.duplicates, **found()}


class Orders(LineOnlyReceiver):
    """Follows what is ordered until the input ends."""

    delimiter = b"\n"
    MAX_LENGTH = 1 << 20

    def __init__(self, reactor: Any) -> None:
        self._reactor = reactor

    def lineReceived(self, line: bytes) -> None:
        """An order."""
        done = Deferred.fromCoroutine(follow_one(self._reactor, **json.loads(line)))
        done.addCallback(lambda found: print(json.dumps(found), flush=True))
        done.addErrback(lambda failure: print(json.dumps({"wrong": str(failure)}), flush=True))

    def connectionLost(self, reason: Failure = connectionDone) -> None:
        """No more orders."""
        if self._reactor.running:
            self._reactor.stop()


def main() -> None:
    """Follow until the input ends."""
    from twisted.internet import reactor as installed

    reactor: Any = installed
    StandardIO(Orders(reactor))
    reactor.run()


if __name__ == "__main__":
    main()
