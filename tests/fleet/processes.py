"""
A fleet of processes on this machine: nodes as twistd runs them, a Redis, and a TikTok that counts.

Each message that the TikTok pushes has a number, and is found again in the fleet's stream: once, or
in a gap that was told.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from shutil import rmtree
from typing import Any

from twisted.internet import reactor
from twisted.internet.defer import maybeDeferred
from twisted.internet.endpoints import UNIXClientEndpoint, connectProtocol
from twisted.internet.protocol import Factory, Protocol, connectionDone
from twisted.internet.task import LoopingCall, deferLater
from twisted.python.failure import Failure

from tests.fleet.server import RedisServer
from tests.stack.case import chat
from tiktoklive.clock import steady_seconds, wall_time
from tiktoklive.fleet.client import RedisClient
from tiktoklive.fleet.ownership import Ownership
from tiktoklive.fleet.stream import Keys
from tiktoklive.simulator import Simulator

CHECKOUT = Path(__file__).resolve().parent.parent.parent

TWISTD = [sys.executable, "-c", "from twisted.scripts.twistd import run; run()"]

#: Milliseconds by which a gap may begin late, or end early: times are of several processes.
BLUR = 250


class _Side(Protocol):
    """One of the two connections that a way to Redis is made of."""

    def __init__(self, way: WayToRedis) -> None:
        self.way, self.other = way, None  # type: ignore[var-annotated]
        self.waiting: list[bytes] = []

    def connectionMade(self) -> None:
        self.way.sides.add(self)

    def dataReceived(self, data: bytes) -> None:
        self.waiting.append(data)
        self.flush()

    def flush(self) -> None:
        """Pass on what came, unless nothing passes."""
        if self.other is not None and not self.way.is_cut:
            while self.waiting:
                self.other.transport.write(self.waiting.pop(0))

    def connectionLost(self, reason: Failure = connectionDone) -> None:
        self.way.sides.discard(self)
        if self.other is not None and self.other.transport is not None and not self.way.is_cut:
            self.other.transport.loseConnection()


class WayToRedis(Factory):
    """
    A port that leads to Redis, until it is cut: then nothing passes, and no connection is closed.

    :param path: of the socket of Redis.
    """

    noisy = False

    def __init__(self, path: str) -> None:
        self.sides: set[_Side] = set()
        self.is_cut = False
        self._path = path
        self.port: Any = reactor.listenTCP(0, self, interface="127.0.0.1")  # type: ignore[attr-defined]

    @property
    def url(self) -> str:
        """Where it is."""
        return f"redis://127.0.0.1:{self.port.getHost().port}/0"

    def buildProtocol(self, addr: Any) -> _Side:
        near, far = _Side(self), _Side(self)

        def connected(_: Any) -> None:
            near.other, far.other = far, near
            near.flush()

        endpoint = UNIXClientEndpoint(reactor, self._path)
        connectProtocol(endpoint, far).addCallback(connected)
        return near

    def cut(self, is_cut: bool = True) -> None:
        """Let nothing pass, or all that has waited."""
        self.is_cut = is_cut
        for side in list(self.sides):
            side.flush()

    async def end(self) -> None:
        """Close it."""
        await maybeDeferred(self.port.stopListening)
        for side in list(self.sides):
            if side.transport is not None:
                side.transport.abortConnection()


class FleetOfProcesses:
    """
    Some nodes that follow all users of one TikTok.

    :param server: the Redis; is started and removed by the caller.
    :param rooms: how many users are live.
    :param apart: seconds from one message in all rooms to the next.
    :ivar nodes: the processes, by name.
    """

    def __init__(
        self, server: RedisServer, client: RedisClient, rooms: int, apart: float, lease: int
    ) -> None:
        self.server, self.client, self.lease = server, client, lease
        self.keys = Keys()
        self.place = Path(tempfile.mkdtemp(prefix="fleet-"))
        self.tiktok = Simulator(reactor, seed=5)  # type: ignore[arg-type]  # the global one
        self.rooms = [self.tiktok.add_room(f"user{number}") for number in range(rooms)]
        self.nodes: dict[str, subprocess.Popen[bytes]] = {}
        #: When each message was pushed to how many streams, in milliseconds, by room.
        self.pushed: dict[str, dict[str, tuple[float, int]]] = {
            room.unique_id: {} for room in self.rooms
        }
        #: Rooms in which not every message is pushed, but every so many-th.
        self.every: dict[str, int] = {}
        self.apart, self._number = apart, 0
        self._pushing = LoopingCall(self._push)
        self._port: Any = None

    def begin(self) -> None:
        """Let TikTok be there, and all users talk."""
        site = self.tiktok.site()
        site.noisy = False
        self._port = reactor.listenTCP(0, site, interface="127.0.0.1")  # type: ignore[attr-defined]
        self._pushing.start(self.apart)

    def add_node(self, name: str, *users: str, redis: str = "") -> None:
        """
        Start a node.

        :param redis: where Redis is, if not where it listens.
        """
        address = f"{redis or self.server.url}?node={name}&lease={self.lease}s"
        simulator = f"127.0.0.1:{self._port.getHost().port}"
        with open(self.place / f"{name}.log", "ab") as log:
            self.nodes[name] = subprocess.Popen(
                [
                    *(*TWISTD, "-n", "--pidfile", str(self.place / f"{name}.pid")),
                    *("tiktoklive", "--fleet", address, "--simulator", simulator),
                    *("--lookups", "0", "-o", f"jsonl:{self.place / name}.jsonl", *users),
                ],
                env={
                    **os.environ,
                    "PYTHONPATH": os.pathsep.join([str(CHECKOUT), *sys.path]),
                    "TIKTOKLIVE_REDIS_PASSWORD": "",  # what is set is of another Redis
                },
                cwd=self.place,
                stdout=log,
                stderr=log,
            )

    def signal(self, name: str, number: int = signal.SIGKILL) -> None:
        """Send a signal to a node: to be killed, stopped and to go on, or to end in order."""
        self.nodes[name].send_signal(number)

    async def gone(self, name: str, seconds: float = 30.0) -> None:
        """Wait for a node to end."""
        process = self.nodes.pop(name)
        await self.until(lambda: process.poll() is not None, seconds)

    async def end(self) -> None:
        """Stop all of it."""
        if self._pushing.running:
            self._pushing.stop()
        for process in self.nodes.values():
            process.kill()
            process.wait()
        if self._port is not None:
            await maybeDeferred(self._port.stopListening)
        for room in self.rooms:
            room.drop(clean=False)
        rmtree(self.place, ignore_errors=True)

    def silence(self) -> None:
        """Nobody says anything any more."""
        self._pushing.stop()

    async def until(self, true: Callable[[], object], seconds: float = 30.0) -> float:
        """
        Wait until something is true.

        :return: the seconds that it took.
        :raise AssertionError: it took too long.
        """
        began = steady_seconds()
        while not true():
            if steady_seconds() - began > seconds:
                raise AssertionError(f"not within {seconds:g} s; see {self.logs()}")
            await deferLater(reactor, 0.05)  # type: ignore[arg-type]
        return steady_seconds() - began

    def logs(self) -> str:
        """What the nodes have written last."""
        return "\n".join(
            f"{log.name}:\n{log.read_text('utf-8')[-2000:]}" for log in self.place.glob("*.log")
        )

    def all_followed(self, times: int = 1) -> bool:
        """Whether each room has so many streams, at least."""
        return all(len(room.viewers) >= times for room in self.rooms)

    async def owners(self) -> dict[str, int]:
        """How many rooms each node has, by its name."""
        found = await self.client.call("XINFO", "CONSUMERS", self.keys.of("rooms"), "nodes")
        counts = {}
        for each in found:
            shape = dict(zip(each[::2], each[1::2], strict=True))
            counts[shape[b"name"].decode().rpartition("-")[0]] = shape[b"pending"]
        return counts

    def _push(self) -> None:
        self._number += 1
        text = str(self._number)
        for room in self.rooms:
            if self._number % self.every.get(room.unique_id, 1):
                continue
            if room.viewers:
                now = wall_time(reactor) * 1000
                self.pushed[room.unique_id][text] = now, len(room.viewers)
                room.push([chat(text)])

    async def owned(self) -> dict[str, list[str]]:
        """The users of each node, by its name."""
        found: dict[str, list[str]] = {}
        for user, node in (await Ownership(self.client, self.keys).list()).users.items():
            found.setdefault(node.rpartition("-")[0], []).append(user)
        return found

    async def events(self) -> list[dict[str, Any]]:
        """The envelopes in the fleet's stream."""
        entries: list[Any] = []
        after = "-"
        while part := await self.client.call(
            "XRANGE", self.keys.events, after, "+", "COUNT", 5000, timeout=60
        ):
            entries += part
            after = f"({part[-1][0].decode()}"
        return [json.loads(fields[fields.index(b"envelope") + 1]) for _, fields in entries]

    async def wrong(self) -> list[str]:
        """What was pushed and is neither in the stream, once, nor in a gap; what is there twice."""
        events = await self.events()
        found: list[str] = []
        ids = Counter(each["id"] for each in events)
        found += [f"{key} {count} times" for key, count in ids.items() if count > 1]
        by_user: dict[str, list[dict[str, Any]]] = {}
        for each in events:
            by_user.setdefault(each["anchor"], []).append(each)
        for user, pushed in self.pushed.items():
            mine = by_user.get(user, [])
            texts = Counter(e["data"]["comment"] for e in mine if e["event"] == "chat")
            gaps = [each["data"] for each in mine if each["event"] == "gap"]
            found += [f"@{user}: {text} {n} times" for text, n in texts.items() if n > 1]
            for text, (at, streams) in pushed.items():
                told = any(gap["from"] - BLUR <= at <= gap["to"] + BLUR for gap in gaps)
                if text not in texts and not told:
                    found.append(f"@{user}: {text}, pushed at {at:.0f} to {streams}; {gaps}")
        return found
