"""
A fleet of nodes with a real Redis, beside the same rooms in one process without Redis.

Run ``python -m tests.benchmarks.fleet [--quick | --long] [--rooms N] [--nodes N]
[--simulators N] [--seconds N]``.  The nodes are processes as users start them, the Redis is that
of the system, in a temporary folder and with an append-only file, and a process reads the stream as
``--from`` does (:mod:`tests.benchmarks.fleet_client`).  The rooms are those of a simulator
(:mod:`tests.benchmarks.fleet_server`), or of several with the same rooms among which the nodes
take turns.  They send bursts of ten messages in one frame.  With all rooms followed,

- they send as fast as what has not arrived stays below :data:`AHEAD` messages, for some seconds:
  that is what the machine allows, with all of these processes on it;
- then they send 20 messages a second each, or, if that is less, half of what the machine allows.
  The lag, and the CPU time of a message, are those of this part, which begins at once: rooms that
  move because of the part before are in it.

Then the nodes and Redis end, and one process with the same observer as the reader follows the same
rooms, which send as they did.

By default there are 4 nodes and 400 rooms, with ``--quick`` 100, with ``--long`` 2,000.  The last
line is one JSON object with ``rooms``, ``nodes``, ``simulators``; ``per_s``, messages a second from
the simulator to the reader at most, and ``paced_per_s``, how many were sent then; ``lag_ms_p50``
and ``lag_ms_p99`` from the simulator's sending to the reader's observer; ``nodes_us``,
``reader_us`` and ``redis_us``, microseconds of CPU time of a message; ``cpu_us``, nodes and reader
together, and ``kib_per_room``, resident memory that a room added to the nodes; ``followed_s``,
seconds until all rooms were followed; ``least_share`` and ``most_share``, rooms of nodes.  What
begins with ``alone_`` is of the one process; ``ratio`` is ``cpu_us`` by ``alone_cpu_us``.  The exit
status is 1 if a message did not arrive.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.benchmarks.hidden import in_words
from tests.benchmarks.measuring import Process, cpu_of
from tests.benchmarks.mix import shared_folder
from tests.fleet.server import MISSING, RedisServer

#: Messages that may be on their way while it is measured how many the machine allows.
AHEAD = 3000

#: Rooms that send a burst at a time then.
AT_A_TIME = 20

#: Messages a second in a room, where the machine allows it, and which part of what it allows.
RATE, PART = 20.0, 0.5

#: Seconds until all rooms are followed, at most; and until all that was sent has arrived.
FOLLOWED, ARRIVED = 600.0, 90.0


@dataclass(frozen=True)
class Plan:
    """What is measured."""

    rooms: int
    nodes: int
    simulators: int
    seconds: float

    @property
    def users(self) -> list[str]:
        """Those whose rooms they are."""
        return [f"room{number}" for number in range(self.rooms)]


def resident_kib(process: Process) -> float:
    """Resident memory of a process."""
    with open(f"/proc/{process.running.pid}/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1024


def until(
    true: Callable[[], bool], seconds: float, what: str, lack: Callable[[], str] = lambda: "no"
) -> None:
    """
    Wait until something is true.

    :param lack: how it is instead, for people.
    :raises RuntimeError: if it takes too long; says what is missing.
    """
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            raise RuntimeError(f"Not within {seconds:g} s: {what}: {lack()}")
        time.sleep(0.1)


class Side:
    """
    The rooms, and those who follow them: a fleet, or one process.

    :param client: counts what arrives.
    :param followers: the processes that follow rooms.
    """

    def __init__(
        self, plan: Plan, simulators: Sequence[Process], client: Process, followers: list[Process]
    ) -> None:
        self._plan, self._simulators = plan, simulators
        self._client, self._followers = client, followers
        self._before = [resident_kib(each) for each in followers]
        self._sent = 0
        self._sent = self._look("sent")

    def _look(self, what: str) -> int:
        return sum(each.ask({"order": "look"})[what] for each in self._simulators) - (
            self._sent if what == "sent" else 0
        )

    def _arrived(self) -> int:
        count: int = self._client.ask({"order": "look"})["messages"]
        return count

    def _all_arrived(self) -> None:
        until(
            lambda: self._arrived() == self._look("sent"),
            ARRIVED,
            "all messages arrive",
            lambda: f"{self._look('sent') - self._arrived()} are missing",
        )

    def follow(self) -> float:
        """Let all rooms be followed; the seconds that it took."""
        began = time.monotonic()
        self._client.ask({"order": "add", "users": self._plan.users})
        until(
            lambda: self._look("followed") >= self._plan.rooms, FOLLOWED, "all rooms are followed"
        )
        return time.monotonic() - began

    def most(self, seconds: float) -> float:
        """Messages a second that the machine allows."""
        began = time.monotonic()
        before = self._look("sent")
        while time.monotonic() - began < seconds:
            if self._look("sent") - self._arrived() > AHEAD:
                time.sleep(0.005)
                continue
            for each in self._simulators:
                each.ask({"order": "burst", "rooms": AT_A_TIME})
        self._all_arrived()
        return (self._look("sent") - before) / (time.monotonic() - began)

    def paced(self, rate: float, more: dict[str, int]) -> dict[str, float]:
        """
        Let them send as many a second.

        :param more: process ids of others whose CPU time counts, by name.
        :return: the lag, and the CPU time of a message.
        """
        self._client.ask({"order": "lag"})
        ids = {
            "client": [self._client.running.pid],
            "followers": [each.running.pid for each in self._followers],
            **{name: [pid] for name, pid in more.items()},
        }
        sent = self._look("sent")
        began = {name: sum(map(cpu_of, pids)) for name, pids in ids.items()}
        for each in self._simulators:
            each.order(
                {
                    "order": "pace",
                    "rate": rate / len(self._simulators),
                    "seconds": self._plan.seconds,
                }
            )
        for each in self._simulators:
            each.said()
        self._all_arrived()
        count = self._look("sent") - sent
        figures = {
            f"{name}_us": round((sum(map(cpu_of, pids)) - began[name]) / count * 1e6, 1)
            for name, pids in ids.items()
        }
        lag = self._client.ask({"order": "lag"})
        return {
            **figures,
            "per_s": round(count / self._plan.seconds),
            "p50": lag["p50"],
            "p99": lag["p99"],
        }

    def kib_per_room(self) -> float:
        """What the rooms have added to the processes that follow them."""
        now = sum(resident_kib(each) for each in self._followers)
        return round((now - sum(self._before)) / self._plan.rooms, 1)


def ended(stack: ExitStack, process: Process) -> Process:
    """A process that ends with the block, at once."""

    def end() -> None:
        process.running.kill()
        process.end()

    stack.callback(end)
    return process


def fleet(plan: Plan, simulators: Sequence[Process], places: Sequence[str]) -> dict[str, Any]:
    """The figures of the fleet."""
    with ExitStack() as stack:
        server = RedisServer(aof=True)
        stack.callback(server.remove)
        server.start()
        server.wait()
        assert server.process is not None
        folder = Path(stack.enter_context(TemporaryDirectory()))
        log = stack.enter_context((folder / "log").open("wb"))
        more = {"HOME": str(folder), "XDG_STATE_HOME": str(folder / "state")}
        client = ended(stack, Process("tests.benchmarks.fleet_client", "read", server.url))
        nodes = [
            ended(
                stack,
                Process(
                    "tiktoklive",
                    *("--fleet", f"{server.url}?node=n{number}", "--lookups", "0"),
                    *("--simulator", places[number % len(places)]),
                    more=more,
                    log=log,
                ),
            )
            for number in range(plan.nodes)
        ]

        def shares() -> list[int]:
            return sorted(client.ask({"order": "shares"})["shares"].values())

        until(lambda: len(shares()) == plan.nodes, 60, "all nodes join")
        side = Side(plan, simulators, client, nodes)
        try:
            took = side.follow()
            until(lambda: sum(shares()) == plan.rooms, 60, "all rooms have a node")
            most = side.most(plan.seconds)
            rate = min(RATE * plan.rooms, most * PART)
            paced = side.paced(rate, {"redis": server.process.pid})
        except RuntimeError as problem:
            raise RuntimeError(f"{problem}\n{worth_telling(folder / 'log')}") from problem
        found = shares()
        return {
            "per_s": round(most),
            "paced_per_s": paced["per_s"],
            "lag_ms_p50": paced["p50"],
            "lag_ms_p99": paced["p99"],
            "nodes_us": paced["followers_us"],
            "reader_us": paced["client_us"],
            "redis_us": paced["redis_us"],
            "cpu_us": round(paced["followers_us"] + paced["client_us"], 1),
            "kib_per_room": side.kib_per_room(),
            "followed_s": round(took, 1),
            "least_share": found[0],
            "most_share": found[-1],
        }


def worth_telling(log: Path) -> str:
    """What the nodes said of themselves and of Redis last: most lines are about rooms."""
    lines = log.read_text("utf-8", "replace").splitlines()
    return "\n".join([line for line in lines if " @" not in line][-20:])


def alone(
    plan: Plan, simulators: Sequence[Process], there: dict[str, Any], rate: float
) -> dict[str, Any]:
    """The figures of one process, of the rooms of the first simulator."""
    with ExitStack() as stack:
        words = there["address"], there["ttwid"]
        client = ended(stack, Process("tests.benchmarks.fleet_client", "follow", *words))
        client.ask({"order": "look"})
        side = Side(plan, simulators[:1], client, [client])
        took = side.follow()
        most = side.most(plan.seconds)
        paced = side.paced(rate, {})
        return {
            "alone_per_s": round(most),
            "alone_cpu_us": paced["client_us"],
            "alone_lag_ms_p50": paced["p50"],
            "alone_lag_ms_p99": paced["p99"],
            "alone_kib_per_room": side.kib_per_room(),
            "alone_followed_s": round(took, 1),
        }


def nobody_looks(simulators: Sequence[Process]) -> bool:
    """Whether no room has a viewer any more."""
    return not any(each.ask({"order": "look"})["followed"] for each in simulators)


def measure(plan: Plan) -> dict[str, Any]:
    """All figures."""
    with ExitStack() as stack:
        stack.enter_context(shared_folder())
        simulators = [
            ended(stack, Process("tests.benchmarks.fleet_server", str(number), str(plan.rooms)))
            for number in range(plan.simulators)
        ]
        said = [each.said() for each in simulators]
        figures = fleet(plan, simulators, [each["address"] for each in said])
        until(lambda: nobody_looks(simulators), 60, "the rooms are left")
        figures |= alone(plan, simulators, said[0], figures["paced_per_s"])
    figures["ratio"] = round(figures["cpu_us"] / figures["alone_cpu_us"], 2)
    shape = {"rooms": plan.rooms, "nodes": plan.nodes, "simulators": plan.simulators}
    return {**shape, **figures}


def allowed(plan: Plan, figures: dict[str, Any]) -> str:
    """What the machine allowed, in words."""
    wanted, most, paced = RATE * plan.rooms, figures["per_s"], figures["paced_per_s"]
    words = (
        f"On {os.cpu_count()} processors, {in_words()}, with simulators ({plan.simulators}), nodes "
        f"({plan.nodes}), Redis and the reader, the machine allowed {most:,} messages a second in "
        f"{plan.rooms:,} rooms."
    )
    if paced >= 0.95 * wanted:
        return f"{words} They were measured with {RATE:g} a second in each room."
    return (
        f"{words} {RATE:g} a second in each room would be {wanted:,.0f}; they were measured with "
        f"{paced / plan.rooms:.2g}, {paced:,} a second in all."
    )


def main() -> int:
    """Read the arguments, measure and print."""
    parser = argparse.ArgumentParser(description="A fleet of nodes, beside one process.")
    length = parser.add_mutually_exclusive_group()
    length.add_argument("--quick", action="store_true", help="100 rooms, 5 seconds a part")
    length.add_argument("--long", action="store_true", help="2,000 rooms, 30 seconds a part")
    parser.add_argument("--rooms", type=int, help="how many")
    parser.add_argument("--nodes", type=int, default=4, help="how many [4]")
    parser.add_argument("--simulators", type=int, default=1, help="how many processes [1]")
    parser.add_argument("--seconds", type=float, help="of each of the two parts")
    said = parser.parse_args()
    rooms, seconds = (100, 5.0) if said.quick else (2000, 30.0) if said.long else (400, 15.0)
    if MISSING:
        print(f"Nothing can be measured: {MISSING}", file=sys.stderr)
        return 1
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that all that was started ends
    plan = Plan(said.rooms or rooms, said.nodes, said.simulators, said.seconds or seconds)
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.2f} before", flush=True)
    try:
        figures = measure(plan)
    except RuntimeError as problem:
        print(problem, file=sys.stderr)
        return 1
    print(allowed(plan, figures))
    for name, value in figures.items():
        print(f"{name:>20}: {value:,}")
    print(json.dumps(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
