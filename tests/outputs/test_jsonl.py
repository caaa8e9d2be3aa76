"""Kind ``jsonl``."""

from __future__ import annotations

import contextlib
import io
import json
from pathlib import Path

from twisted.internet.task import Clock
from twisted.trial.unittest import SynchronousTestCase
from zope.interface.verify import verifyObject

from tests.outputs.doubles import Parts, Trough, chat, origin
from tiktoklive.dispatch.dispatcher import Dispatcher
from tiktoklive.events import Connected, IEventObserver, StreamEnd
from tiktoklive.interfaces import IGatherer, IOutput
from tiktoklive.model import State
from tiktoklive.outputs.jsonl import JsonLines, make
from tiktoklive.outputs.line_writer import LineWriter
from tiktoklive.outputs.rotation import put_aside


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

    def test_offset(self) -> None:
        """Each line says how far into the broadcast it is, before its data."""
        path = Path(self.mktemp())
        output = self.make(str(path))
        output.event(chat("Anna", "early"))
        output.event(Connected(State(), origin()))
        output.event(chat("Anna", "hi", origin(seconds=2.5)))
        shapes = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        self.assertEqual([None, 0.0, 2.5], [shape["offset"] for shape in shapes])
        self.assertEqual(["history", "offset", "data"], list(shapes[0])[-3:])

    def test_rotated(self) -> None:
        """A size begins new files, each of whole lines."""
        path = Path(self.mktemp())
        output = self.make(f"{path}?rotate=1K")
        for number in range(9):
            output.event(chat("Anna", f"number {number}"))
        files = [*put_aside(path), path]
        self.assertGreater(len(files), 2)
        lines = [line for each in files for line in each.read_text("utf-8").splitlines()]
        comments = [json.loads(line)["data"]["comment"] for line in lines]
        self.assertEqual([f"number {number}" for number in range(9)], comments)

    def test_batch(self) -> None:
        """The events of a frame are in the file when it was told, by one write."""
        trough = Trough()
        output = JsonLines(LineWriter("test", trough, Clock()))
        dispatcher = Dispatcher()
        dispatcher.add_observer(output)
        verifyObject(IGatherer, output)
        with dispatcher.batch:
            for number in range(20):
                dispatcher.tell(chat("Anna", f"number {number}"))
            self.assertEqual(0, trough.writes)
        self.assertEqual((20, 1), (len(trough.lines), trough.writes))
        dispatcher.tell(StreamEnd(3, origin()))
        self.assertEqual((21, 2), (len(trough.lines), trough.writes))

    def test_queue(self) -> None:
        """What waits, and may wait, can be seen."""
        output = self.make(f"{self.mktemp()}?queue=1M&flush=1")
        output.event(chat("Anna", "hi"))
        [counts] = output.queues()
        self.assertEqual(1024 * 1024, counts.limit)
        self.assertGreater(counts.size, 0)

    def test_question_mark(self) -> None:
        """A file may have a question mark in its name."""
        folder = Path(self.mktemp())
        folder.mkdir()
        self.make(f"{folder}/what??.jsonl").event(chat("Anna", "hi"))
        self.make(f"{folder}/who???flush=0").event(chat("Anna", "hi"))
        self.assertEqual(["what?.jsonl", "who?"], sorted(path.name for path in folder.iterdir()))

    def test_bad_options(self) -> None:
        """Options that cannot be meant are refused with what could be."""
        name = self.mktemp()
        for options, words in (
            ("rotate=often", "rotate must be a size such as 100M, the word day, or both"),
            ("rotate=day,day", "one size and one day"),
            ("rotate=0", "rotate must be"),
            ("rotate=", "needs a value"),
            ("rotate", "needs a value"),
            ("rotate=day&rotate=1M", "twice"),
            ("rotat=day", "there is no option 'rotat'; there are: rotate"),
            ("rotate=day&gzip=yes", "gzip must be 1 or 0, not 'yes'"),
            ("gzip=1", "rotate="),
            ("flush=-1", "flush must be"),
            ("full=later", "drop-oldest, drop-newest, block"),
            ("&", "no option ''"),
        ):
            error = self.assertRaises(ValueError, make, Parts(Clock()), f"{name}?{options}")
            self.assertIn(words, str(error))
        self.assertRaises(ValueError, make, Parts(Clock()), "-?rotate=day")

    def test_bad_argument(self) -> None:
        """An argument that names no possible file is refused with what to do."""
        directory = self.mktemp()
        Path(directory).mkdir()
        for argument in ("", directory, f"{directory}/missing/file"):
            self.assertRaises(ValueError, make, Parts(Clock()), argument)
