"""
How fast events arrive over a loopback WebSocket, beside a bare client that only parses.

Run ``python -m tests.benchmarks.stream [--quick]``.  A simulator in another process sends
the same frames (twenty messages each, gzip, acks wanted) as fast as they are acknowledged to

bare
    a plain autobahn client that parses everything, acknowledges, and builds no events;

ours
    a :class:`~tiktoklive.WebcastPushConnection` whose observer reads four attributes of each
    event, two of them of the user,

in turn, several rounds, each from entering the room to the server's having all acks.  Each run
checks the acks and the number of messages; one before them checks that every message arrives
once and in order.  Then the simulator sends 500 messages a second, and
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
from tests.benchmarks.decode import observe_all
from tests.benchmarks.mix import PER_FRAME
from tests.benchmarks.server import PACED
from tiktoklive.connection import WebcastPushConnection
from tiktoklive.events import Connected, Disconnected, MessageEvent
from tiktoklive.events.table import ROWS
from tiktoklive.signing.direct import SOCKET_PATH
from tiktoklive.wire.batches import parse_batch
from tiktoklive.wire.frames import ack, enter_room, parse_frame
from tiktoklive.wire.messages import decode_message

#: The events of all message types.
NAMES = {row.event_class.name for row in ROWS.values()}


class Bare(WebSocketClientProtocol):
    """Parses and acknowledges, and that is all."""

    def onOpen(self) -> None:
        """Enter the room."""
        self.began = perf_counter()
        self.count = 0
        self.sendMessage(enter_room(self.factory.room_id), True)

    def onClose(self, wasClean: bool, code: int | None, reason: str | None) -> None:
        """The server had all acks."""
        self.factory.closed.callback((self.count, perf_counter() - self.began))

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
            self.count += 1


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
    factory.closed = Deferred()
    await HostnameEndpoint(reactor, host, int(port)).connect(factory)
    count, took = await factory.closed
    return rate_of(count, expected, took)


def rate_of(count: int, expected: int, took: float) -> float:
    """Messages per second, if they are all there."""
    if count != expected:
        raise AssertionError(f"{count} of {expected} messages arrived")
    return count / took


async def run_ours(reactor: Any, there: Server, expected: int) -> float:
    """Events per second."""
    follow = WebcastPushConnection("fast", there.options, reactor=reactor)
    observe_all(follow)
    closed: Deferred[Disconnected] = Deferred()
    follow.on(Disconnected, lambda event: None if closed.called else closed.callback(event))
    began: list[float] = []
    follow.on(Connected, lambda event: began.append(perf_counter()))
    await follow.connect()
    await closed
    took = perf_counter() - began[0]
    tally = follow.get_tally()
    await follow.disconnect()
    return rate_of(tally.messages - tally.duplicates, expected, took)


async def check_order(reactor: Any, there: Server, expected: int) -> None:
    """Every message arrives once, and in order."""
    numbers: list[int] = []
    follow = WebcastPushConnection("fast", there.options, reactor=reactor)
    for name in NAMES:
        follow.on(name, lambda event: numbers.append(event.number))
    closed: Deferred[Disconnected] = Deferred()
    follow.on(Disconnected, lambda event: None if closed.called else closed.callback(event))
    await follow.connect()
    await closed
    await follow.disconnect()
    if len(numbers) != expected or numbers != sorted(set(numbers)):
        raise AssertionError("Messages were lost, doubled or out of order.")


async def run_paced(reactor: Any, there: Server) -> list[float]:
    """Milliseconds from sending to observing, of each message."""
    per_frame, rate, seconds = PACED
    took: list[float] = []
    done: Deferred[None] = Deferred()

    def observe(event: MessageEvent) -> None:
        took.append((monotonic_ns() - event.create_time) / 1e6)
        if len(took) == per_frame * rate * seconds:
            done.callback(None)

    follow = WebcastPushConnection("paced", there.options, reactor=reactor)
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
        await Deferred.fromCoroutine(check_order(reactor, there, expected))
        check(there.said(), frames)
        rates = []
        for _ in range(rounds):
            rates.append([])
            for run in runs:
                rates[-1].append(await Deferred.fromCoroutine(run(reactor, there, expected)))
                check(there.said(), frames)
        took = await Deferred.fromCoroutine(run_paced(reactor, there))
        _, rate, seconds = PACED
        check(there.said(), rate * seconds)
    print(f"{expected} messages a run, {rounds - 1} rounds")
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
