"""Starts the benchmarks' server process and talks to it."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any

from tests.benchmarks.hidden import command
from tiktoklive.options import Options


@dataclass(frozen=True)
class Server:
    """
    The running server.

    :ivar address: ``127.0.0.1:PORT``.
    :ivar rooms: username to room id.
    :ivar ttwid: a guest cookie that it accepts.
    """

    address: str
    rooms: dict[str, str]
    ttwid: str
    output: IO[str]
    input: IO[str]

    @property
    def options(self) -> Options:
        """For following its rooms."""
        base = f"http://{self.address}"
        return Options(
            web_base=base,
            webcast_base=base,
            ws_base=f"ws://{self.address}",
            ttwid=self.ttwid,
            lookups_per_minute=0,  # what is measured is not how polite we are
        )

    def say(self, line: str) -> None:
        """Tell it something."""
        self.input.write(f"{line}\n")
        self.input.flush()

    def said(self) -> Any:
        """The next line that it prints."""
        line = self.output.readline()
        if not line:
            raise RuntimeError("The server process ended.")
        return json.loads(line)


@contextmanager
def running(program: str, *arguments: object) -> Iterator[Server]:
    """
    A process of a program that ends with the block.

    :param program: a module; what it says first is its address, rooms and ttwid.
    """
    with subprocess.Popen(
        command(program, *map(str, arguments)),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            first = json.loads(process.stdout.readline())
            yield Server(**first, output=process.stdout, input=process.stdin)
        finally:
            process.stdin.close()
            process.wait(60)  # 500 rooms take their time to end
