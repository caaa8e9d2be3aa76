"""Programs on asyncio, as the guide shows them: each a process of its own, over TCP."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from typing import Any

from twisted.internet import reactor as running
from twisted.internet.defer import Deferred
from twisted.internet.protocol import ProcessProtocol
from twisted.internet.task import deferLater
from twisted.trial.unittest import TestCase

from tests.example_case import CHECKOUT, EXAMPLES
from tests.stack.case import chat
from tiktoklive.simulator import Simulator
from tiktoklive.wire.audience_pb2 import WebcastSocialMessage

reactor: Any = running

#: Runs the example with the simulator in TikTok's place.
EXAMPLE = """
import runpy, sys
from twisted.internet import asyncioreactor
from tiktoklive import Options
from tiktoklive.command import react
from tiktoklive.wiring import standard_wiring

example, name, base = sys.argv[1:]
main = runpy.run_path(example)["main"]
options = Options(web_base=base, webcast_base=base, ws_base=base.replace("http", "ws"))
asyncioreactor.install()
react(lambda reactor: main(reactor, name, wiring=standard_wiring(reactor, options)))
"""

#: The same for the program of the guide.
EMBEDDED = """
import functools, tiktoklive, tiktoklive.connection
base = sys.argv[2]
options = tiktoklive.Options(web_base=base, webcast_base=base, ws_base=base.replace("http", "ws"))
tiktoklive.connection.standard_wiring = (
    lambda reactor, given, make=tiktoklive.connection.standard_wiring: make(reactor, options)
)
asyncio.run(main(sys.argv[1]))
"""


def follow() -> tuple[str, bytes]:
    """A follower, as a room pushes it."""
    message = WebcastSocialMessage()
    message.user.unique_id = "cara"
    message.common.display_text.key = "pm_main_follow_message_viewer_2"
    return "WebcastSocialMessage", message.SerializeToString()


class Program(ProcessProtocol):
    """A program that was started: what it says, and its status when it has ended."""

    def __init__(self) -> None:
        self.out = self.err = ""
        self.ended: Deferred[int] = Deferred()

    def outReceived(self, data: bytes) -> None:
        self.out += data.decode("utf-8")

    def errReceived(self, data: bytes) -> None:
        self.err += data.decode("utf-8")

    def processEnded(self, reason: Any) -> None:
        self.ended.callback(reason.value.exitCode)


class AsyncioTests(TestCase):
    """A simulator here, a program on asyncio there."""

    timeout = 60

    def setUp(self) -> None:
        self.simulator = Simulator(reactor, seed=1)
        self.room = self.simulator.add_room("anna")
        port = reactor.listenTCP(0, self.simulator.site(), interface="127.0.0.1")
        self.addCleanup(port.stopListening)
        self.addCleanup(self.simulator.stop)
        self.base = f"http://127.0.0.1:{port.getHost().port}"

    def start(self, *arguments: str) -> Program:
        """Start a program."""
        program = Program()
        env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONUTF8": "1"}
        command = [sys.executable, "-u", *arguments]
        process = reactor.spawnProcess(program, sys.executable, command, env=env)
        self.addCleanup(lambda: process.pid and process.signalProcess("KILL"))
        return program

    async def until(self, program: Program, true: Callable[[], object]) -> None:
        """Wait until something is true, or the program is over."""
        while not program.ended.called and not true():
            await deferLater(reactor, 0.005)

    async def test_example(self) -> None:
        """The example awaits asyncio in its observers, tasks and itself, until the end."""
        program = self.start("-c", EXAMPLE, str(EXAMPLES / "asyncio_bot.py"), "@anna", self.base)
        entered = lambda: any(viewer.entered for viewer in self.room.viewers)  # noqa: E731
        await self.until(program, entered)
        self.room.push([chat("one"), follow(), chat("two")])
        await self.until(program, lambda: program.out.count("\n") == 3)  # at its leisure
        self.room.end()
        status = await program.ended
        self.assertEqual((0, ""), (status, program.err))
        lines = sorted(program.out.splitlines())
        self.assertEqual(["bob: one", "bob: two", "thank you, cara"], lines)

    async def test_example_nobody(self) -> None:
        """It ends in a sentence, as on any other reactor."""
        program = self.start("-c", EXAMPLE, str(EXAMPLES / "asyncio_bot.py"), "@noone", self.base)
        self.assertEqual(1, await program.ended)
        self.assertEqual("", program.out)
        self.assertRegex(program.err, r"\A[^\n]*@noone[^\n]*\n\Z")

    async def test_embedded(self) -> None:
        """The guide's program has a loop of its own, in which the reactor runs."""
        guide = (CHECKOUT / "doc" / "guide.rst").read_text("utf-8")
        found = re.search(r"(?ms)^   import asyncio\n.*?(?=^   if __name__)", guide)
        assert found is not None
        text = re.sub(r"(?m)^   ", "", found[0]) + EMBEDDED
        self.room.push([chat("hello")])
        program = self.start("-c", text, "@anna", self.base)
        status = await program.ended
        self.assertEqual((0, "hello\n", ""), (status, program.out, program.err))
