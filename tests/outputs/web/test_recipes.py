"""The consumers that the documentation shows work."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from twisted.internet import reactor
from twisted.internet.defer import Deferred
from twisted.internet.protocol import ProcessProtocol
from twisted.trial.unittest import SkipTest, TestCase

from tests.outputs.doubles import chat
from tests.outputs.web.case import Wiring, make
from tests.test_pages import code_blocks

NODE = shutil.which("node") or ""

#: An older version knows WebSockets with it, and a newer one ignores it.
FLAG = "--experimental-websocket"

#: Where the programs of the documentation look.
SHOWN = "127.0.0.1:8080/"

CHECKOUT = Path(__file__).resolve().parents[3]


class Program(ProcessProtocol):
    """A program whose first line is waited for, and which is ended then."""

    def __init__(self) -> None:
        self.printed = b""
        self.ended: Deferred[None] = Deferred()

    def outReceived(self, data: bytes) -> None:
        self.printed += data
        if b"\n" in self.printed:
            self.transport.signalProcess("KILL")

    def errReceived(self, data: bytes) -> None:
        self.printed += data

    def processEnded(self, reason: Any) -> None:
        self.ended.callback(None)


class ConsumerTests(TestCase):
    """The programs of ten lines."""

    timeout = 60

    async def follow(self, language: str, word: str, *command: str) -> None:
        """Run the program of this language that has this word in it; it prints what is said."""
        page = (CHECKOUT / "doc/outputs.rst").read_text("utf-8")
        [program] = [block for block in code_blocks(page, language) if word in block]
        self.assertLessEqual(len(program.strip().splitlines()), 10)
        web = make(Wiring(reactor), "tcp:0", {})
        web.startService()
        self.addCleanup(web.stopService)
        self.assertIn(SHOWN, program)
        place = (await web.ready()).removeprefix("http://")
        program = program.replace(SHOWN, place).replace("types=", "backlog=1&types=")
        web.event(chat("Ben", "hello", number=1))
        running = Program()
        spawn: Any = reactor
        spawn.spawnProcess(running, command[0], [*command, program])
        await running.ended
        self.assertEqual(b"host Ben hello\n", running.printed)

    async def test_python(self) -> None:
        """It prints what is said, with nothing but Python."""
        await self.follow("python", "urlopen", sys.executable, "-I", "-c")

    async def test_fetch(self) -> None:
        """It prints what is said, with nothing but Node."""
        await self.follow("javascript", "fetch", NODE, "--input-type=module", "-e")

    async def test_socket(self) -> None:
        """So does that with a WebSocket, which older versions have behind a flag."""
        if subprocess.run([NODE, FLAG, "-e", "WebSocket"], capture_output=True).returncode:
            raise SkipTest("this version of node has no WebSocket")
        await self.follow("javascript", "WebSocket", NODE, FLAG, "-e")

    if not NODE:
        test_fetch.skip = test_socket.skip = "node is not installed"  # type: ignore[attr-defined]
