"""
One busy room to hundreds of clients, some of which never read.

Run ``python -m tests.benchmarks.fanout [--quick]``.  Another process has a simulated room of
100 messages a second, and the daemon's web output.  This one has 200 clients of its event
stream and 200 of its WebSocket; twenty of them, half of each kind, never read.  Measured are

- whether those who read get every event, once and in order;
- how long an event takes from being sent by the simulator until a client has it: the oldest of
  those that arrive together, which is the slowest of them;
- how much memory the other process has, halfway, when all that is bounded is full, and at the
  end;
- how long it takes to hand events to 400 clients, and how much longer if an event were written
  as JSON for each of them.

The last line is one JSON object.  The exit status is 1 if an event was lost, if one who never
reads was not dropped, or if memory grew; for the last ``--quick`` is too short.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import socket
import subprocess
import sys
from pathlib import Path
from statistics import quantiles
from time import monotonic_ns, perf_counter
from typing import Any

from twisted.internet.defer import Deferred
from twisted.internet.endpoints import TCP4ClientEndpoint
from twisted.internet.protocol import Factory, Protocol
from twisted.internet.task import Clock, deferLater, react
from twisted.internet.threads import deferToThread

from tests.benchmarks.hidden import command
from tests.benchmarks.mix import messages
from tests.benchmarks.outlet import OFFSET
from tiktoklive.events import decode
from tiktoklive.outputs.envelope import envelope
from tiktoklive.outputs.jsonbytes import dumps
from tiktoklive.outputs.web.client import Client
from tiktoklive.outputs.web.fanout import Fanout
from tiktoklive.outputs.web.ring import Ring
from tiktoklive.outputs.web.sse import CHUNKED
from tiktoklive.outputs.web.subscription import WebSubscription
from tiktoklive.outputs.web.websocket import FRAMES

#: Clients of each kind, and how many of each never read.
EACH, DEAF = 200, 10

#: How many times as much memory there may be at the end.
GROWTH = 1.03

#: Seconds that it takes, and that it takes when it is quick.
SECONDS, QUICK = 120, 16

#: Seconds that the clients have to read the rest, when the last event was sent.
PATIENCE = 10

_NUMBER, _END = re.compile(rb'"seq":"[0-9a-f]+-([0-9]+)"}'), b'"}'
#: What a WebSocket is told first, which is no event.
_GREETING = re.compile(rb'\{"subscribed":\{[^{}]*\},"seq":"[^"]*"\}')
#: When it was sent, in nanoseconds; events that the simulator does not send have milliseconds.
_SENT = re.compile(rb'"ts":(1[0-9]{16}),')

_UPGRADE = (
    "Upgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
)


class Reader(Protocol):
    """
    A client that looks for events in what it gets, whatever is around them.

    :ivar numbers: of the events that came.
    """

    #: Milliseconds that events took, to all of them.
    took: list[float] = []

    def __init__(self) -> None:
        self.numbers: list[int] = []
        self.open: Deferred[None] = Deferred()
        self.lost = False
        self._rest = b""

    def dataReceived(self, data: bytes) -> None:
        now = monotonic_ns() + OFFSET
        if not self.open.called:
            self.open.callback(None)
        data = self._rest + data
        end = data.rfind(_END) + len(_END)
        if end < len(_END):
            self._rest = data
            return
        data, self._rest = data[:end], data[end:]
        self.numbers.extend(map(int, _NUMBER.findall(_GREETING.sub(b"", data))))
        # The oldest of those that arrive together: it took longest.
        if found := _SENT.search(data):
            self.took.append((now - int(found[1])) / 1e6)

    def connectionLost(self, reason: Any = None) -> None:
        self.lost = True


async def connect(reactor: Any, address: str, kind: str, deaf: bool) -> Reader:
    """A client that the server has answered."""
    host, _, port = address.partition(":")
    reader: Reader = await TCP4ClientEndpoint(reactor, host, int(port)).connect(
        Factory.forProtocol(Reader)
    )
    transport: Any = reader.transport
    if deaf:
        transport.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    path, more = ("/ws", _UPGRADE) if kind == "ws" else ("/events", "")
    transport.write(f"GET {path} HTTP/1.1\r\nHost: {address}\r\n{more}\r\n".encode())
    await reader.open
    if deaf:
        transport.pauseProducing()
    return reader


def memory_of(pid: int) -> float:
    """Megabytes that a process has in memory; 0 where nobody says."""
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        return 0.0
    found = re.search(r"VmRSS:\s+(\d+)", status.read_text("ascii"))
    return int(found[1]) / 1024 if found else 0.0


def serialise_ratio(count: int) -> float:
    """How many times as long it takes to write each event for each client."""
    events = [decode(method, payload) for method, payload, _ in messages(count, seed=6)]
    everything = WebSubscription()
    forms = [form for form in (CHUNKED, FRAMES) for _ in range(EACH)]
    clock = Clock()

    def once() -> None:
        fanout = Fanout(clock, Ring("0"))
        for form in forms:
            fanout.join(Idle(Client("", form, everything, len, _never, clock, 1)))
        for event in events:
            fanout.event(event)
            fanout.settle()

    def each() -> None:
        ring = Ring("0")
        for event in events:
            for form in forms:
                item = ring.add(event.name, event.anchor, dumps(envelope(event))[:-1])
                if everything.wants(item):
                    len(form.write([item]))

    took = []
    for way in (once, each):
        began = perf_counter()
        way()
        took.append(perf_counter() - began)
    shown = [
        f"{name} {t / count * 1e6:,.0f}" for name, t in zip(("once", "each"), took, strict=True)
    ]
    print(f"to {len(forms)} clients, microseconds an event, written", ", ".join(shown))
    return took[1] / took[0]


class Idle:
    """A client that is always there."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def heartbeat(self) -> None:
        """It needs no sign of life."""

    def end(self) -> None:
        """It has no end."""


def _never() -> None:
    raise AssertionError("nobody is slow here")


async def measure(reactor: Any, seconds: float) -> bool:
    """Run, check and print; whether nothing was lost."""
    with subprocess.Popen(
        command("tests.benchmarks.outlet", str(seconds)),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ,
    ) as process:
        assert process.stdin is not None and process.stdout is not None
        url = json.loads(process.stdout.readline())["address"]
        address = url.removeprefix("http://").rstrip("/")
        groups: dict[bool, list[Reader]] = {True: [], False: []}
        for kind in ("sse", "ws"):
            for number in range(EACH):
                deaf = number < DEAF
                groups[deaf].append(await connect(reactor, address, kind, deaf))
        process.stdin.write(b"begin\n")
        process.stdin.flush()
        said = deferToThread(process.stdout.readline)
        await deferLater(reactor, seconds / 2)
        early = memory_of(process.pid)
        result = json.loads(await said)
        late = memory_of(process.pid)
        expected = result["last"]
        readers = groups[False]
        for _ in range(PATIENCE * 10):  # on a busy machine they may need a little longer
            if all(each.numbers and each.numbers[-1] == expected for each in readers):
                break
            await deferLater(reactor, 0.1)
        first = min((each.numbers[0] for each in readers if each.numbers), default=expected + 1)
        whole = [each.numbers == list(range(first, expected + 1)) for each in readers]
        for each in (*readers, *groups[True]):
            each.transport.abortConnection()  # type: ignore[union-attr]  # it is TCP
        process.stdin.close()
        process.wait(10)
    parts = quantiles(Reader.took, n=100)
    figures = {
        "clients": len(readers) + len(groups[True]),
        "events": expected - first + 1,
        "readers_without_loss": sum(whole),
        "readers": len(readers),
        "deaf_dropped": result["dropped"],
        "latency_ms_p50": round(parts[49], 2),
        "latency_ms_p99": round(parts[98], 2),
        "rss_mb_early": round(early, 1),
        "rss_mb_late": round(late, 1),
        "each_to_once": round(serialise_ratio(200), 1),
    }
    for name, value in figures.items():
        print(f"{name:>21}: {value:,}")
    print(json.dumps(figures))
    flat = late <= early * GROWTH or seconds < SECONDS
    return all(whole) and result["dropped"] == len(groups[True]) and flat


def main(reactor: Any, *arguments: str) -> Deferred[None]:
    """Read the arguments."""
    parser = argparse.ArgumentParser(description="One room to hundreds of clients.")
    parser.add_argument("--quick", action="store_true", help="for a shorter time")
    seconds = QUICK if parser.parse_args(arguments).quick else SECONDS

    def judge(good: bool) -> None:
        if not good:
            raise SystemExit(1)

    return Deferred.fromCoroutine(measure(reactor, seconds)).addCallback(judge)


if __name__ == "__main__":
    react(main, sys.argv[1:])
