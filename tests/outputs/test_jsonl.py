"""Kind ``jsonl``."""

from __future__ import annotations

import contextlib
import io
import json
from pathlib import Path

from twisted.internet.task import Clock
from twisted.trial.unittest import SynchronousTestCase
from zope.interface.verify import verifyObject

from tests.outputs.doubles import Parts, chat, origin
from tiktoklive.dispatch import Dispatcher
from tiktoklive.events import IEventObserver, StreamEnd
from tiktoklive.interfaces import IOutput
from tiktoklive.outputs.jsonl import JsonLines, make


class JsonLinesTests(SynchronousTestCase):
    """One envelope per line."""

    def make(self, argument: str) -> JsonLines:
        """Make the output and start it."""
        output = make(Parts(Clock()), argument)
        output.startService()
        self.addCleanup(output.stopService)
        return output

    def test_interfaces(self) -> None:
        """It is an output that observes everything, and can be added as an observer."""
        output = self.make(self.mktemp())
        verifyObject(IOutput, output)
        verifyObject(IEventObserver, output)
        Dispatcher().add_observer(output)

    def test_file(self) -> None:
        """A file has one envelope per event, each there at once, and is appended to."""
        path = Path(self.mktemp())
        for _ in range(2):
            output = self.make(str(path))
            output.event(chat("Anna", "two\nlines \u2028 ✨"))
            output.event(StreamEnd(3, origin()))
        lines = path.read_text("utf-8").split("\n")
        self.assertEqual("", lines.pop())
        self.assertEqual(["chat", "streamEnd"] * 2, [json.loads(line)["event"] for line in lines])
        self.assertEqual("two\nlines \u2028 ✨", json.loads(lines[0])["data"]["comment"])

    def test_standard_output(self) -> None:
        """The argument ``-`` writes to standard output."""
        stream = io.StringIO()
        with contextlib.redirect_stdout(stream):
            self.make("-").event(StreamEnd(3, origin()))
        self.assertEqual("streamEnd", json.loads(stream.getvalue())["event"])

    def test_restart(self) -> None:
        """A stopped output closes its file and can be started again."""
        path = Path(self.mktemp())
        output = self.make(str(path))
        for _ in range(2):
            output.event(StreamEnd(3, origin()))
            output.stopService()
            output.startService()
        self.assertEqual(2, len(path.read_text("utf-8").splitlines()))

    def test_bad_argument(self) -> None:
        """An argument that names no possible file is refused with what to do."""
        directory = self.mktemp()
        Path(directory).mkdir()
        for argument in ("", directory, f"{directory}/missing/file"):
            self.assertRaises(ValueError, make, Parts(Clock()), argument)
