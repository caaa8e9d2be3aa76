"""The consumer that the documentation shows works."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from twisted.internet import reactor
from twisted.internet.defer import Deferred
from twisted.internet.protocol import ProcessProtocol
from twisted.trial.unittest import TestCase

from tests.outputs.doubles import chat
from tests.outputs.web.case import Wiring, make
from tests.test_pages import code_blocks

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
    """The program of ten lines."""

    timeout = 60

    async def test_python(self) -> None:
        """It prints what is said, with nothing but Python."""
        page = (CHECKOUT / "doc/outputs.rst").read_text("utf-8")
        [program] = [block for block in code_blocks(page, "python") if "urlopen" in block]
        self.assertLessEqual(len(program.splitlines()), 10)
        web = make(Wiring(reactor), "tcp:0", {})
        web.startService()
        self.addCleanup(web.stopService)
        shown = "http://127.0.0.1:8080/"
        self.assertIn(shown, program)
        program = program.replace(shown, await web.ready()).replace("types=", "backlog=1&types=")
        web.event(chat("Ben", "hello", number=1))
        running = Program()
        spawn: Any = reactor
        spawn.spawnProcess(running, sys.executable, [sys.executable, "-I", "-c", program])
        await running.ended
        self.assertEqual(b"host Ben hello\n", running.printed)
