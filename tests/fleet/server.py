"""A real Redis for tests: Debian's server on a UNIX socket, in a folder of its own."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Coroutine, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from twisted.internet.defer import Deferred
from twisted.internet.task import deferLater
from twisted.trial.unittest import TestCase

from tiktoklive.fleet.address import RedisAddress, endpoint_to, network_of
from tiktoklive.fleet.client import RedisClient

#: The program; ``None`` where it is not installed.
PROGRAM = shutil.which("redis-server") or shutil.which(
    "redis-server", path="/usr/bin:/usr/local/bin"
)

#: Why tests with a client alone are skipped; ``""`` where they can run.
CLIENT_MISSING = (
    ""
    if find_spec("txredisapi")
    else "txredisapi is not installed (pip install 'txtiktoklive[redis]')"
)

#: Why tests with a server are skipped; likewise.
MISSING = (
    "there is no redis-server (apt-get install redis-server)" if PROGRAM is None else CLIENT_MISSING
)


class RedisServer:
    """
    One server, which can be killed and started again with what its folder holds.

    :param aof: whether it keeps what it is told in an append-only file, synced every second.
    :param more: further words of its command line, such as ``--maxmemory 2mb``.
    :ivar path: of its socket.
    """

    def __init__(self, *, aof: bool = False, more: Sequence[str] = ()) -> None:
        # Not in trial's folder: the path of a socket has 107 letters at most.
        self.folder = Path(tempfile.mkdtemp(prefix="redis-"))
        self.path = str(self.folder / "socket")
        self.process: subprocess.Popen[bytes] | None = None
        self._aof = aof
        self.more = list(more)

    @property
    def url(self) -> str:
        """Its address."""
        return f"unix://{self.path}"

    def start(self) -> None:
        """Start it, without waiting for it to answer: its clients come again."""
        assert PROGRAM is not None and self.process is None
        with open(self.folder / "log", "ab") as log:
            self.process = subprocess.Popen(
                [
                    *(PROGRAM, "--port", "0", "--unixsocket", self.path, "--save", ""),
                    *("--dir", str(self.folder), "--daemonize", "no"),
                    *("--appendonly", "yes" if self._aof else "no"),
                    *("--appendfsync", "everysec", *self.more),
                ],
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
            )

    def kill(self, number: int = signal.SIGKILL) -> None:
        """End it at once."""
        process, self.process = self.process, None
        if process is not None:
            process.send_signal(number)
            process.wait()

    def freeze(self) -> None:
        """Let it do nothing for a while: its clients' connections stand, and no answer comes."""
        assert self.process is not None
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on."""
        assert self.process is not None
        self.process.send_signal(signal.SIGCONT)

    def wait(self, seconds: float = 20.0) -> None:
        """Block until its socket is there, for programs that are not ours."""
        end = time.monotonic() + seconds
        while not os.path.exists(self.path) and time.monotonic() < end:
            time.sleep(0.01)

    def remove(self) -> None:
        """End it, and leave nothing behind."""
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)


class RedisTestCase(TestCase):
    """Tests with a real server and the real reactor."""

    timeout = 60
    skip = MISSING or None

    def server(self, *, aof: bool = False, more: Sequence[str] = ()) -> RedisServer:
        """One that is running, until the test is over."""
        server = RedisServer(aof=aof, more=more)
        self.addCleanup(server.remove)
        server.start()
        return server

    def client(self, server: RedisServer, *, user: str = "", **more: Any) -> RedisClient:
        """A client of it, started, until the test is over."""
        from twisted.internet import reactor

        address = RedisAddress("", 0, path=server.path, user=user)
        endpoint = endpoint_to(address, reactor, network_of(reactor, {}))
        client = RedisClient(address, endpoint, reactor, **more)
        client.startService()
        self.addCleanup(client.stopService)
        return client

    @staticmethod
    def deferred(work: Coroutine[Any, Any, Any]) -> Deferred[Any]:
        """A coroutine that runs while the test goes on."""
        return Deferred.fromCoroutine(work)

    @staticmethod
    def moment(seconds: float = 0.01) -> Deferred[None]:
        """Let the reactor do what it has to, for tests that wait for something to become true."""
        from twisted.internet import reactor

        return deferLater(reactor, seconds)  # type: ignore[arg-type]

    async def connected(self, server: RedisServer, **more: Any) -> RedisClient:
        """A client of it that is connected."""
        client = self.client(server, **more)
        await client.when_connected()
        return client
