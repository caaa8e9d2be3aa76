"""
What takes the events in the benchmark of fleets, in a process of its own.

``python -m tests.benchmarks.fleet_client read REDIS``
    reads the stream of a fleet, as ``--from`` does;

``python -m tests.benchmarks.fleet_client follow ADDRESS TTWID``
    follows the rooms of a simulator itself, without Redis.

Both have the same observer.  Orders on standard input are a line of JSON each, and are answered by
one: ``{"order": "add", "users": [...]}`` adds users to the fleet, or follows them; ``{"order":
"shares"}`` has, of a fleet, how many users each of its nodes has; ``{"order": "look"}`` has how
many messages came, each counted once, and ``{"order": "lag"}`` the milliseconds that those took
which came since it was asked for last.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from statistics import quantiles
from time import monotonic_ns
from typing import Any

from twisted.application.service import Service
from twisted.internet.defer import Deferred
from twisted.internet.stdio import StandardIO
from twisted.protocols.basic import LineOnlyReceiver
from zope.interface import implementer

from tests.benchmarks.outlet import OFFSET
from tests.benchmarks.server import UntilInputEnds
from tiktoklive.events import Event, IEventObserver, MessageEvent
from tiktoklive.files.descriptors import allow_more
from tiktoklive.fleet.client import make_client
from tiktoklive.fleet.ownership import Ownership
from tiktoklive.fleet.reading import StreamSource
from tiktoklive.fleet.stream import Keys
from tiktoklive.options import Options
from tiktoklive.service import LiveService
from tiktoklive.wiring import standard_wiring


@implementer(IEventObserver)
class Counting(Service):
    """Counts messages, and how long they took."""

    def __init__(self) -> None:
        self._numbers: set[int] = set()
        self._took: list[float] = []

    def event(self, event: Event) -> None:
        """Whatever it is; of one message there may be several events."""
        if not isinstance(event, MessageEvent) or event.create_time <= OFFSET:
            return
        if event.number not in self._numbers:
            self._numbers.add(event.number)
            self._took.append((monotonic_ns() + OFFSET - event.create_time) / 1e6)

    async def look(self) -> dict[str, Any]:
        """How many came."""
        return {"messages": len(self._numbers)}

    async def lag(self) -> dict[str, Any]:
        """How long they took."""
        took, self._took = self._took, []
        parts = quantiles(took, n=100) if len(took) > 1 else [0.0] * 99
        return {"p50": round(parts[49], 1), "p99": round(parts[98], 1)}


class Reading(Counting):
    """Of the stream of a fleet."""

    def __init__(self, reactor: Any, redis: str) -> None:
        super().__init__()
        source = StreamSource(f"redis:{redis}?start=beginning", reactor)
        self._client = make_client(source.address, reactor)
        self._ownership = Ownership(self._client, Keys())
        self._client.startService()
        source.reader("count", self).startService()

    async def add(self, users: list[str]) -> dict[str, Any]:
        """To the fleet."""
        return {"added": len(await self._ownership.add(users))}

    async def shares(self) -> dict[str, Any]:
        """By node; of those without users, too."""
        await self._client.when_connected()
        found = await self._ownership.list()
        counts = Counter(found.users.values())
        return {"shares": {state.node: counts[state.node] for state in found.nodes}}


class Following(Counting):
    """Of rooms that are followed here."""

    def __init__(self, reactor: Any, address: str, ttwid: str) -> None:
        super().__init__()
        base = f"http://{address}"
        options = Options(
            web_base=base,
            webcast_base=base,
            ws_base=f"ws://{address}",
            ttwid=ttwid,
            lookups_per_minute=0,
        )
        self._live = LiveService(standard_wiring(reactor, options))
        self._live.add_observer(self)
        self._live.startService()

    async def add(self, users: list[str]) -> dict[str, Any]:
        """Follow them."""
        for user in users:
            self._live.add(user)
        return {"added": len(users)}


class Orders(UntilInputEnds, LineOnlyReceiver):
    """Does as it is told, and answers."""

    delimiter = b"\n"
    MAX_LENGTH = 1 << 20

    def __init__(self, counting: Counting) -> None:
        self._counting = counting

    def lineReceived(self, line: bytes) -> None:
        """An order."""
        said = json.loads(line)
        doing = Deferred.fromCoroutine(getattr(self._counting, said.pop("order"))(**said))
        doing.addErrback(lambda failure: {"wrong": failure.getErrorMessage()})
        doing.addCallback(lambda found: print(json.dumps(found), flush=True))


def main() -> None:
    """Count until the input ends."""
    from twisted.internet import reactor as installed

    reactor: Any = installed
    kind, *words = sys.argv[1:]
    allow_more()
    StandardIO(Orders({"read": Reading, "follow": Following}[kind](reactor, *words)))
    reactor.run()


if __name__ == "__main__":
    main()
