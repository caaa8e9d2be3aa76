"""
What an event costs that arrives over a WebSocket, beside what it costs a bare client.

Run ``python -m tests.benchmarks.stream [--quick | --long]``.  A strict server that shares no code
with the package (:mod:`tests.benchmarks.push_server`) sends the same messages as fast as they are
acknowledged to two clients, in turn, each in a process of its own:

bare
    ``websockets`` and protobuf: parses everything, acknowledges, and builds no events
    (:mod:`tests.benchmarks.bare`);

ours
    a :class:`~tiktoklive.WebcastPushConnection` whose observer reads four attributes of each
    event, two of them of the user (:mod:`tests.benchmarks.ours`);

with 20, 5 and 1 messages a frame, with gzip and without, over plain TCP and over TLS; and, in the
ways whose names end in ``_alone``, each frame only when the one before is acknowledged, as in a
room where nothing else happens: reading from the socket is then paid for by one frame.  What is
measured is the CPU time of the client's whole process, from outside, between the first frame
behind some to warm up and the moment in which it has nothing more to do.  The server counts the
acks, and the clients the messages; before anything is measured, one run checks that each message
arrives once and in order.  Then 500 messages a second are sent, and the time from sending a message
to its observer is measured.

The last line is one JSON object.  For each way, such as ``plain_gzip_20``, it has ``_ratio``, which
is the CPU time of the bare client by ours (more than 1: ours takes less), ``_ours_us`` and
``_bare_us``, the CPU time of a message in microseconds, ``_server_us``, that of the server while it
serves ours, and ``_ours_wall_us`` and ``_bare_wall_us``.  They are medians over the rounds, the
ratio the median of each round's ratio.  ``ratio`` is that of ``plain_gzip_20``, ``events_per_s``
and ``bare_per_s`` are messages per second of CPU time in the same way; and there are
``latency_ms_p50`` and ``latency_ms_p99``.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median, quantiles
from typing import Any

from tests.benchmarks.hidden import in_words
from tests.benchmarks.measuring import TTWID, Bench, Process, Spent, bench
from tests.benchmarks.push_server import PACED, ROOM, USER, WINDOW
from tests.benchmarks.schema import read

#: Messages before those that are measured.
WARM = 500

#: Messages a second, and seconds, when it is about latency.
PACE, SECONDS = 500, 8


@dataclass(frozen=True)
class Way:
    """In which form messages come, and how many frames at a time."""

    tls: bool
    compress: bool
    per_frame: int
    window: int = WINDOW

    def __str__(self) -> str:
        protocol, form = ("plain", "tls")[self.tls], ("raw", "gzip")[self.compress]
        alone = "_alone" if self.window == 1 else ""
        return f"{protocol}_{form}_{self.per_frame}{alone}"

    def plan(self, count: int) -> dict[str, Any]:
        """What the server is told."""
        return {
            "per_frame": self.per_frame,
            "compress": self.compress,
            "warm": WARM,
            "count": count,
            "window": self.window,
            "pace": 0,
        }


#: All of them.
WAYS = [
    Way(tls, compress, per_frame)
    for tls in (False, True)
    for compress in (True, False)
    for per_frame in (20, 5, 1)
] + [Way(False, True, per_frame, 1) for per_frame in (20, 1)]


def bare_order(there: Bench, *, tls: bool) -> dict[str, Any]:
    """What the bare client is told."""
    query = f"aid=1988&live_id=12&identity=audience&compress=gzip&room_id={ROOM}"
    base = there.bases(tls=tls)["ws_base"]
    url = f"{base}/webcast/im/ws_proxy/ws_reuse_supplement/?{query}"
    return {"url": url, "cookie": f"ttwid={TTWID}", "room": ROOM}


def our_order(there: Bench, *, tls: bool, watch: str = "") -> dict[str, Any]:
    """What ours is told; how polite it is to TikTok is not what is measured."""
    options = {**there.bases(tls=tls), "ttwid": TTWID, "lookups_per_minute": 0}
    return {"options": options, "user": USER, "watch": watch}


def run(
    there: Bench, client: Process, order: dict[str, Any], plan: dict[str, Any]
) -> tuple[Spent, dict[str, Any]]:
    """Serve a client once: what it cost, and what the client says, which had all messages."""
    there.server.ask(plan)
    client.order(order)
    spent = there.run(client.running.pid)
    there.server.ask("end")
    said = client.said()
    if said["messages"] != plan["warm"] + plan["count"]:
        raise AssertionError(f"{said['messages']} messages arrived of {plan}")
    return spent, said


@contextmanager
def client(module: str, there: Bench) -> Iterator[Process]:
    """A client that ends with the block."""
    read()  # so that the schema is in the folder
    process = Process(f"tests.benchmarks.{module}", more=there.trust)
    try:
        yield process
    finally:
        process.end()


def check_order(there: Bench, ours: Process, count: int) -> None:
    """Every message arrives once, and in order."""
    order, plan = our_order(there, tls=False, watch="order"), WAYS[0].plan(count)
    _, said = run(there, ours, order, plan)
    if (said["once"], said["in_order"]) != (WARM + count, True):
        raise AssertionError(f"Messages were lost, doubled or out of order: {said}")


def latency(there: Bench, ours: Process) -> dict[str, float]:
    """Milliseconds from sending a message to observing it."""
    plan = {"pace": PACE, "count": PACE * SECONDS // PACED * PACED, "warm": 0}
    _, said = run(there, ours, our_order(there, tls=False, watch="latency"), plan)
    parts = quantiles(said["took"], n=100)
    return {"latency_ms_p50": round(parts[49], 3), "latency_ms_p99": round(parts[98], 3)}


def summary(way: str, rounds: list[tuple[Spent, Spent]], count: int) -> dict[str, float]:
    """The figures of a way, of rounds of the bare client and ours."""

    def each(seconds: Iterator[float]) -> float:
        return round(median(seconds) / count * 1e6, 2)

    return {
        f"{way}_ratio": round(median(bare.client / ours.client for bare, ours in rounds), 3),
        f"{way}_ours_us": each(ours.client for _, ours in rounds),
        f"{way}_bare_us": each(bare.client for bare, _ in rounds),
        f"{way}_server_us": each(ours.server for _, ours in rounds),
        f"{way}_ours_wall_us": each(ours.wall for _, ours in rounds),
        f"{way}_bare_wall_us": each(bare.wall for bare, _ in rounds),
    }


def table(figures: dict[str, float]) -> Iterator[str]:
    """The ways, a line each."""
    names = ("ratio", "ours_us", "bare_us", "server_us", "ours_wall_us", "bare_wall_us")
    yield f"{'':20}" + "".join(f"{name:>14}" for name in names)
    for way in map(str, WAYS):
        yield f"{way:20}" + "".join(f"{figures[f'{way}_{name}']:>14}" for name in names)


def measure(count: int, rounds: int) -> dict[str, float]:
    """All ways; in each the clients take turns, and the first round warms them up."""
    figures: dict[str, float] = {}
    with bench() as there, client("bare", there) as bare, client("ours", there) as ours:
        check_order(there, ours, count)
        for way in WAYS:
            spent = []
            for _ in range(rounds + 1):
                by_bare, _ = run(there, bare, bare_order(there, tls=way.tls), way.plan(count))
                by_ours, _ = run(there, ours, our_order(there, tls=way.tls), way.plan(count))
                spent.append((by_bare, by_ours))
            figures |= summary(str(way), spent[1:], count)
        figures |= latency(there, ours)
    first = str(WAYS[0])
    figures["ratio"] = figures[f"{first}_ratio"]
    figures["events_per_s"] = round(1e6 / figures[f"{first}_ours_us"])
    figures["bare_per_s"] = round(1e6 / figures[f"{first}_bare_us"])
    return figures


def main() -> None:
    """Read the arguments, measure and print."""
    parser = argparse.ArgumentParser(description="Events over a WebSocket, beside a bare client.")
    parser.add_argument("--quick", action="store_true", help="fewer messages and rounds")
    parser.add_argument("--long", action="store_true", help="more of them")
    said = parser.parse_args()
    count, rounds = (4000, 3) if said.quick else (10_000, 15 if said.long else 7)
    figures = measure(count, rounds)
    print(f"{count} messages a run, {rounds} rounds, {in_words()}; microseconds a message")
    for line in table(figures):
        print(line)
    for name in ("latency_ms_p50", "latency_ms_p99"):
        print(f"{name}: {figures[name]}")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
