"""
How fast events arrive over a loopback WebSocket, beside a bare client that only parses.

Run ``python -m tests.benchmarks.stream [--quick]``.  A simulator in another process sends
the same frames (twenty messages each, gzip, acks wanted) as fast as they are acknowledged to

bare
    a plain autobahn client that parses everything, acknowledges, and builds no events;

ours
    a :class:`~tiktoklive.WebcastPushConnection` whose observer reads four attributes of each
    event, two of them of the user,

in turn, several rounds.  Each run checks that every frame was acknowledged rightly, and that
every message arrived once and in order.  Then the simulator sends 500 messages a second, and
the time from sending a message to its observer is measured.

Rates are of wall time; the figures are medians over the rounds, the ratio the median of each
round's ratio.  The last line is one JSON object with ``events_per_s``, ``bare_per_s``,
``ratio``, ``latency_ms_p50`` and ``latency_ms_p99``.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Coroutine
from statistics import median, quantiles
from time import monotonic_ns, perf_counter
from typing import Any
from urllib.parse import urlencode

from autobahn.twisted.websocket import WebSocketClientFactory, WebSocketClientProtocol
from twisted.internet.defer import Deferred
from twisted.internet.endpoints import HostnameEndpoint
from twisted.internet.task import react

from tests.benchmarks.child import Server, server
from tests.benchmarks.decode import Reader
from tests.benchmarks.mix import PER_FRAME
from tests.benchmarks.server import PACED
from tiktoklive.connection import WebcastPushConnection
from tiktoklive.events import MessageEvent
from tiktoklive.events.table import ROWS
from tiktoklive.signing import SOCKET_PATH
from tiktoklive.wire.batches import parse_batch
from tiktoklive.wire.frames import ack, enter_room, parse_frame
from tiktoklive.wire.messages import decode_message
from tiktoklive.wiring import Options

#: The events of all message types.
NAMES = {row.event_class.name for row in ROWS.values()}


class Meter:
    """
    Counts messages, whose ids must rise, and says when all are there.

    :param expected: how many there will be.
    """

    def __init__(self, expected: int) -> None:
        self.all_there: Deferred[float] = Deferred()
        self._expected = expected
        self._count = 0
        self._last = 0
        self._began = 0.0

    def __call__(self, number: int) -> None:
        """A message with that id."""
        if not self._count:
            self._began = perf_counter()
        self._count += 1
        if number <= self._last:
            raise AssertionError(f"Message {number} came after {self._last}.")
        self._last = number
        if self._count == self._expected:
            self.all_there.callback(self._expected / (perf_counter() - self._began))


class Bare(WebSocketClientProtocol):
    """Parses and acknowledges, and that is all."""

    def onOpen(self) -> None:
        """Enter the room."""
        self.sendMessage(enter_room(self.factory.room_id), True)

    def onClose(self, wasClean: bool, code: int | None, reason: str | None) -> None:
        """Before all were there: the measurement failed."""
        if not self.factory.meter.all_there.called:
            self.factory.meter.all_there.errback(RuntimeError(f"closed: {code} {reason}"))
        self.factory.closed.callback(None)

    def onMessage(self, payload: bytes, isBinary: bool) -> None:
        """A frame."""
        frame = parse_frame(payload)
        if frame.payload_type != "msg":
            return
        batch = parse_batch(frame.payload)
        if batch.needs_ack and frame.log_id:
            self.sendMessage(ack(frame.log_id, batch.internal_ext), True)
        for item in batch.messages:
            decode_message(item.method, item.payload)
            self.factory.meter(item.msg_id)


async def run_bare(reactor: Any, there: Server, expected: int) -> float:
    """Messages per second."""
    host, _, port = there.address.partition(":")
    query = {
        "aid": "1988",
        "app_name": "tiktok_web",
        "version_code": "180800",
        "device_platform": "web",
        "live_id": "12",
        "identity": "audience",
        "resp_content_type": "protobuf",
        "compress": "gzip",
        "room_id": there.rooms["fast"],
    }
    url = f"ws://{there.address}{SOCKET_PATH}?{urlencode(query)}"
    factory = WebSocketClientFactory(
        url, useragent="bare", headers={"Cookie": f"ttwid={there.ttwid}"}, reactor=reactor
    )
    factory.protocol = Bare
    factory.setProtocolOptions(openHandshakeTimeout=0, closeHandshakeTimeout=0)
    factory.room_id = there.rooms["fast"]
    factory.meter = Meter(expected)
    factory.closed = Deferred()
    protocol = await HostnameEndpoint(reactor, host, int(port)).connect(factory)
    rate = await factory.meter.all_there
    protocol.sendClose()
    await factory.closed
    return rate


def connection(reactor: Any, there: Server, name: str) -> WebcastPushConnection:
    """One that follows a room of the server."""
    options = Options(
        web_base=f"http://{there.address}",
        webcast_base=f"http://{there.address}",
        ws_base=f"ws://{there.address}",
        ttwid=there.ttwid,
    )
    return WebcastPushConnection(name, options, reactor=reactor)


async def run_ours(reactor: Any, there: Server, expected: int) -> float:
    """Events per second."""
    follow = connection(reactor, there, "fast")
    meter = Meter(expected)
    follow.add_observer(Reader())
    # Every message counts, those that the reader leaves alone as well.
    for name in NAMES:
        follow.on(name, lambda event: meter(event.number))
    await follow.connect()
    rate = await meter.all_there
    await follow.disconnect()
    return rate


async def run_paced(reactor: Any, there: Server) -> list[float]:
    """Milliseconds from sending to observing, of each message."""
    per_frame, rate, seconds = PACED
    took: list[float] = []
    done: Deferred[None] = Deferred()

    def observe(event: MessageEvent) -> None:
        took.append((monotonic_ns() - event.create_time) / 1e6)
        if len(took) == per_frame * rate * seconds:
            done.callback(None)

    follow = connection(reactor, there, "paced")
    for name in NAMES:
        follow.on(name, observe)
    await follow.connect()
    await done
    await follow.disconnect()
    return took


def check(said: dict[str, int], frames: int) -> None:
    """What the server says of the acks."""
    if said != {"sent": frames, "unacked": 0, "bad_acks": 0}:
        raise AssertionError(f"The server is not content: {said}")


async def measure(reactor: Any, frames: int, rounds: int) -> None:
    """Run, check and print."""
    expected = frames * PER_FRAME
    runs: list[Callable[[Any, Server, int], Coroutine[Any, Any, float]]] = [run_bare, run_ours]
    with server(frames=frames) as there:
        rates = []
        for _ in range(rounds):
            rates.append([])
            for run in runs:
                rates[-1].append(await Deferred.fromCoroutine(run(reactor, there, expected)))
                check(there.said(), frames)
        took = await Deferred.fromCoroutine(run_paced(reactor, there))
        _, rate, seconds = PACED
        check(there.said(), rate * seconds)
    print(f"{expected} messages a run, {rounds - 1} rounds after one to warm up")
    parts = quantiles(took, n=100)
    figures = {
        "events_per_s": round(median(ours for _, ours in rates[1:])),
        "bare_per_s": round(median(bare for bare, _ in rates[1:])),
        "ratio": round(median(ours / bare for bare, ours in rates[1:]), 3),
        "latency_ms_p50": round(parts[49], 3),
        "latency_ms_p99": round(parts[98], 3),
    }
    for name, value in figures.items():
        print(f"{name:>15}: {value:,}")
    print(json.dumps(figures))


def main(reactor: Any, *arguments: str) -> Deferred[None]:
    """Read the arguments."""
    parser = argparse.ArgumentParser(description="Events over a WebSocket, beside parsing alone.")
    parser.add_argument("--quick", action="store_true", help="fewer messages and rounds")
    frames, rounds = (500, 6) if parser.parse_args(arguments).quick else (2000, 12)
    return Deferred.fromCoroutine(measure(reactor, frames, rounds))


if __name__ == "__main__":
    import sys

    react(main, sys.argv[1:])
