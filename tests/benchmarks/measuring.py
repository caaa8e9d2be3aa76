"""Processes that are measured from outside: what they are told, what they say, their CPU time."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import IO, Any

from tests.benchmarks.hidden import command
from tests.benchmarks.mix import shared_folder
from tests.benchmarks.trees import CHECKOUT, environment
from tests.net.certificate import certificate_for

#: A guest cookie.
TTWID = "1%7CgUeStCoOkIe-0f-the-benchmarks"

#: Seconds between two looks at whether a process is still busy, and how much it may use in one.
LOOK, BUSY = 0.02, 0.002

#: Seconds after which one that is busy is so for ever.
PATIENCE = 120.0


class Process:
    """
    A module in a process of its own, perhaps without extras.

    :param more: variables of its environment, beside ours.
    :param log: what it writes on standard error; ours if left out.
    """

    def __init__(
        self,
        module: str,
        *arguments: str,
        more: Mapping[str, str] | None = None,
        log: IO[bytes] | None = None,
    ) -> None:
        self._command = command(module, *arguments)
        self.running = subprocess.Popen(
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            env={**environment(CHECKOUT), **(more or {})},
        )
        self._lines: Queue[str] = Queue()
        self._reading = Thread(target=self._read, daemon=True)
        self._reading.start()

    def _read(self) -> None:
        """Take what it says, so that one can wait for it no longer than a while."""
        assert self.running.stdout is not None
        for line in self.running.stdout:
            self._lines.put(line)
        self._lines.put("")

    def order(self, what: Any) -> None:
        """Tell it something."""
        assert self.running.stdin is not None
        self.running.stdin.write(json.dumps(what) + "\n")
        self.running.stdin.flush()

    def said(self) -> dict[str, Any]:
        """
        The next thing that it says.

        :raises RuntimeError: if it ended or is silent instead, or says that something is wrong.
        """
        try:
            line = self._lines.get(timeout=PATIENCE)
        except Empty:
            line = ""
        if not line:
            raise RuntimeError(f"A process ended, or says nothing: {self._command}")
        found: dict[str, Any] = json.loads(line)
        if "wrong" in found:
            raise RuntimeError(f"{self._command}: {found['wrong']}")
        return found

    def ask(self, what: Any) -> dict[str, Any]:
        """Tell it something, and wait for its answer."""
        self.order(what)
        return self.said()

    def cpu(self) -> float:
        """Seconds of CPU time that it has used, in all of its threads."""
        return cpu_of(self.running.pid)

    def end(self, *, terminate: bool = False) -> None:
        """Let it end, by the end of its input or by a signal; what does not is killed."""
        assert self.running.stdin is not None and self.running.stdout is not None
        self.running.stdin.close()
        if terminate:
            self.running.terminate()
        try:
            self.running.wait(20)
        except subprocess.TimeoutExpired:
            self.running.kill()
            self.running.wait()
        self._reading.join()
        self.running.stdout.close()


def cpu_of(pid: int) -> float:
    """
    Seconds of CPU time that a process has used.

    Linux has a clock for each process, whose number is made of that of the process; it is exact to
    the microsecond, where ``/proc`` has hundredths of a second.
    """
    return time.clock_gettime((~pid << 3) | 2)


def settled(pid: int, quiet: float) -> float:
    """Wait until a process has had next to nothing to do for so many seconds; its CPU time then."""
    until = time.monotonic() + PATIENCE
    still, last = 0.0, cpu_of(pid)
    while still < quiet:
        if time.monotonic() > until:
            raise RuntimeError("A process does not come to rest.")
        time.sleep(LOOK)
        now = cpu_of(pid)
        still = still + LOOK if now - last < BUSY else 0.0
        last = now
    return last


@dataclass(frozen=True)
class Spent:
    """
    What one run cost.

    :ivar client: seconds of CPU time of the client.
    :ivar server: the same of the server.
    :ivar wall: seconds from the first frame to the last ack.
    """

    client: float
    server: float
    wall: float


class Bench:
    """
    The strict server, and how to get to it.

    :param folder: for its certificate.
    """

    def __init__(self, folder: Path) -> None:
        self.certificate = folder / "certificate.pem"
        self.certificate.write_bytes(certificate_for("127.0.0.1").dumpPEM())
        self.server = Process("tests.benchmarks.push_server", str(self.certificate))
        self.ports: dict[str, int] = self.server.said()
        #: Who trusts the server's certificate; for the environment of clients.
        self.trust = {"SSL_CERT_FILE": str(self.certificate)}

    def bases(self, *, tls: bool) -> dict[str, str]:
        """Options of the package with which it takes the server for TikTok."""
        there, s = f"127.0.0.1:{self.ports['tls' if tls else 'plain']}", "s" if tls else ""
        web = f"http{s}://{there}"
        return {"web_base": web, "webcast_base": web, "ws_base": f"ws{s}://{there}"}

    def run(self, pid: int, quiet: float = 0.1) -> Spent:
        """
        Measure a client that is on its way in, or there, from the first frame to its rest.

        :param pid: its process.
        :param quiet: seconds of rest by which one knows that it has done everything.
        """
        self.server.said()
        settled(pid, quiet)
        before, server, began = cpu_of(pid), self.server.cpu(), time.perf_counter()
        counts = self.server.ask("go")
        wall, server = time.perf_counter() - began, self.server.cpu() - server
        if counts["frames"] != counts["acks"]:
            raise AssertionError(f"Not every frame was acknowledged: {counts}")
        return Spent(settled(pid, quiet) - before, server, wall)


@contextmanager
def bench() -> Iterator[Bench]:
    """A server that ends with the block."""
    with shared_folder() as folder:
        there = Bench(folder)
        try:
            yield there
        finally:
            there.server.end()
