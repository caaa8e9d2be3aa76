"""Programs that use the library end with a sentence where it has one to say."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable
from contextlib import redirect_stderr
from io import StringIO
from typing import Any

from twisted.internet import reactor
from twisted.internet.defer import Deferred, fail, succeed
from twisted.internet.error import CannotListenError
from twisted.internet.utils import getProcessOutputAndValue
from twisted.python.failure import Failure
from twisted.trial.unittest import SynchronousTestCase, TestCase

from tests.example_case import EXAMPLES
from tests.stack.case import StackTestCase
from tests.test_examples import example_files
from tiktoklive.command import react
from tiktoklive.errors import UserNotFoundError, UserOfflineError
from tiktoklive.simulator import Simulator


class ReactorThatEnds:
    """What ``react`` needs of a reactor: it runs until it is stopped, at once."""

    def __init__(self) -> None:
        self._calls: list[Callable[[], object]] = []
        self.running = False

    def addSystemEventTrigger(self, *arguments: Any) -> None:
        """Before it ends, as if anybody cared."""

    def callWhenRunning(self, function: Callable[..., object], *arguments: Any) -> None:
        self._calls.append(lambda: function(*arguments))

    def run(self) -> None:
        for call in self._calls:
            call()

    def stop(self) -> None:
        """It ends anyway."""


class ReactTests(SynchronousTestCase):
    """What becomes of the end of a program."""

    def status(self, main: Callable[..., Any], *arguments: object) -> Any:
        """The exit status, or the sentence that is written for a status of 1."""
        return self.assertRaises(SystemExit, react, main, arguments, ReactorThatEnds()).code

    def test_arguments(self) -> None:
        """Arguments that a program does not take are told, and it does not begin."""

        async def one(reactor: Any, unique_id: str, simulator: str = "", *, wiring: Any) -> None:
            raise AssertionError("It was begun.")

        async def many(reactor: Any, name: str, *others: str) -> None:
            raise AssertionError("It was begun.")

        self.patch(sys, "argv", ["bots/bot.py"])
        for main, arguments, taken in (
            (one, (), "UNIQUE_ID [SIMULATOR]"),
            (one, ("a", "b", "c"), "UNIQUE_ID [SIMULATOR]"),
            (many, (), "NAME [OTHERS ...]"),
        ):
            with redirect_stderr(StringIO()) as said:
                self.assertEqual(2, self.status(main, *arguments))
            self.assertEqual(f"Usage: python bot.py {taken}\n", said.getvalue())

    def test_port_taken(self) -> None:
        """A port that is taken is a sentence."""

        async def main(reactor: Any) -> None:
            raise CannotListenError("127.0.0.1", 8081, OSError(98, "Address already in use"))

        self.assertIn("127.0.0.1:8081", self.status(main))

    def test_done(self) -> None:
        """One that is done ends with 0; it gets the reactor and the arguments."""
        given: list[Any] = []

        async def main(reactor: Any, *arguments: Any) -> None:
            given.extend((type(reactor), *arguments))

        self.assertEqual(0, self.status(main, "a", "b"))
        self.assertEqual([ReactorThatEnds, "a", "b"], given)
        self.assertEqual(0, self.status(lambda reactor: succeed("done")))

    def test_sentence(self) -> None:
        """An error of ours is its own text, whichever way it comes."""

        async def main(reactor: Any) -> None:
            raise UserOfflineError("@name is not live.")

        def early(reactor: Any) -> Deferred[None]:
            raise UserOfflineError("@name is not live.")

        def later(reactor: Any) -> Deferred[None]:
            return fail(UserOfflineError("@name is not live."))

        for way in (main, early, later):
            self.assertEqual("@name is not live.", self.status(way))
        self.assertEqual([], self.flushLoggedErrors())

    def test_others(self) -> None:
        """Any other error has its traceback, and a status of its own is kept."""

        async def broken(reactor: Any) -> None:
            raise ValueError("no")

        async def chosen(reactor: Any) -> None:
            raise SystemExit(7)

        async def interrupted(reactor: Any) -> None:
            raise KeyboardInterrupt

        self.assertEqual(1, self.status(broken))
        self.assertEqual(1, len(self.flushLoggedErrors(ValueError)))
        self.assertEqual((7, 130), (self.status(chosen), self.status(interrupted)))


class FramesTests(StackTestCase):
    """Errors show nothing of the way that they took through the package."""

    def frames(self, failure: Failure) -> list[str]:
        """The files that its traceback shows."""
        text = failure.getTraceback()
        self.assertIn(str(failure.value), text)
        return [line for line in text.splitlines() if "tiktoklive" in line and "File" in line]

    def test_each(self) -> None:
        """Those of connect(), and of what can be asked."""
        for name in (
            "connect",
            "get_room_info",
            "fetch_is_live",
            "wait_until_live",
        ):
            with self.subTest(name):
                asked = getattr(self.connection("noone"), name)()
                self.settle(5)
                failure = self.failureResultOf(asked, UserNotFoundError)
                self.assertEqual([], self.frames(failure))
        sent = self.connection().send_message("hello")
        self.assertEqual([], self.frames(self.failureResultOf(sent)))

    def test_over(self) -> None:
        """The error that when_over() tells has none either."""
        connection = self.connection("noone")
        over = connection.when_over()
        connection.connect().addErrback(lambda failure: None)
        self.settle()
        self.assertIsNone(self.successResultOf(over).__traceback__)


#: A program of the README's kind.
PROGRAM = """
import sys
from {where} import react
from tiktoklive import Options, WebcastPushConnection

async def main(reactor, unique_id, base):
    options = Options(web_base=base, webcast_base=base, ws_base=base.replace("http", "ws"))
    connection = WebcastPushConnection(unique_id, options, reactor=reactor)
    await connection.connect()
    error = await connection.when_over()
    if error is not None:
        raise error

react(main, sys.argv[1:])
"""


class ProcessTests(TestCase):
    """Whole programs, over TCP."""

    timeout = 60

    def setUp(self) -> None:
        self.simulator = Simulator(reactor, seed=1)  # type: ignore[arg-type]
        listen: Any = reactor
        self.port = listen.listenTCP(0, self.simulator.site(), interface="127.0.0.1")
        self.addCleanup(self.port.stopListening)
        self.addCleanup(self.simulator.stop)

    async def said(self, where: str, user: str, port: int) -> list[str]:
        """The lines on standard error of a program that fails, and prints nothing."""
        program = PROGRAM.format(where=where)
        out, err, status = await getProcessOutputAndValue(
            sys.executable,
            ["-c", program, user, f"http://127.0.0.1:{port}"],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
        self.assertEqual((b"", 1), (out, status), err)
        return err.decode("utf-8").splitlines()

    async def test_react(self) -> None:
        """A user who does not exist, and a host out of reach, are one sentence each."""
        with socket.socket() as nobody:
            nobody.bind(("127.0.0.1", 0))  # and does not listen
            closed = nobody.getsockname()[1]
            served = self.port.getHost().port
            for user, port, word in (
                ("@noone", served, "@noone"),
                ("@noone", closed, "refused"),
                ("no one", served, "no one"),
            ):
                [line] = await self.said("tiktoklive.command", user, port)
                self.assertIn(word, line)

    async def test_plain(self) -> None:
        """With Twisted's own it is a traceback, which shows the program and nothing of ours."""
        served = self.port.getHost().port
        lines = await self.said("twisted.internet.task", "@noone", served)
        self.assertIn("TikTok knows no @noone", lines[-2])
        self.assertLess(len(lines), 15)


class ExamplesTests(SynchronousTestCase):
    """The examples of the documentation."""

    def test_all(self) -> None:
        """Each that is a program is run by ours."""
        texts = {path.name: path.read_text("utf-8") for path in example_files()}
        pages = [*EXAMPLES.parent.glob("*.rst"), EXAMPLES.parent.parent / "README.rst"]
        texts |= {path.name: path.read_text("utf-8") for path in pages}
        ours = [name for name, text in texts.items() if "from tiktoklive.command import" in text]
        self.assertGreater(len(ours), 12)
        for name, text in texts.items():
            with self.subTest(name):
                self.assertNotRegex(text, r"from twisted\.internet\.task import .*\breact\b")
