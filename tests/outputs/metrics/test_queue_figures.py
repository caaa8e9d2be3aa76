"""The figures of outputs that are slow, or fail."""

from __future__ import annotations

from pathlib import Path

from twisted.application.service import Service
from zope.interface import implementer

from tests.outputs.doubles import Trough
from tests.outputs.metrics.test_figures import FiguresCase
from tests.stack.case import chat
from tiktoklive.events import Event, IEventObserver
from tiktoklive.interfaces import IQueuedOutput
from tiktoklive.model import QueueCounts
from tiktoklive.outputs.channel import FileChannel
from tiktoklive.outputs.jsonl import JsonLines
from tiktoklive.outputs.line_writer import LineWriter


@implementer(IQueuedOutput, IEventObserver)
class Twin(Service):
    """An output whose queues have the same name."""

    def event(self, event: Event) -> None:
        """Nothing."""

    def queues(self) -> list[QueueCounts]:
        """Two."""
        return [QueueCounts("one", 1, 2, 0, 0.0), QueueCounts("one", 2, 2, 0, 0.0)]


class QueueTests(FiguresCase):
    """The queues of the other outputs."""

    def test_slow_output(self) -> None:
        """What waits for a slow output, and what it loses, is told by its name."""
        trough = Trough()
        slow = JsonLines(LineWriter("jsonl:slow", trough, self.clock, limit=3000))
        slow.setName("jsonl-1")
        slow.setServiceParent(self.family)
        self.live_.add_observer(slow)
        self.start("alice")
        trough.space = 0
        named = {"output": "jsonl-1", "queue": "jsonl:slow"}
        before = self.figures()
        self.assertEqual(
            (0, 3000), tuple(before(f"output_queue_{name}", **named) for name in ("size", "limit"))
        )
        self.assertEqual(0, before("output_dropped_total", **named))
        self.room.push([chat("x" * 400)] * 5)
        self.settle(1)
        after = self.figures()
        self.assertLess(0, after("output_queue_size", **named) or 0)
        self.assertLess(0, after("output_dropped_total", **named) or 0)
        self.assertLess(0, after("output_queue_full_seconds_total", **named) or 0)
        trough.space = None

    def test_failing_output(self) -> None:
        """An output that cannot write is down, and one whose file was taken away is counted."""
        path = Path(self.mktemp())
        channel = FileChannel(path, self.clock.seconds)
        output = JsonLines(LineWriter("jsonl:test", channel, self.clock))
        output.setName("jsonl-1")
        output.setServiceParent(self.family)
        self.live_.add_observer(output)
        self.start("alice")

        def now() -> tuple[float | None, float | None]:
            self.room.push([chat("one")])
            self.settle(7)
            figures = self.figures()
            return tuple(
                figures(name, output="jsonl-1")
                for name in ("output_up", "output_files_renewed_total")
            )

        self.assertEqual((1, 0), now())
        path.unlink()
        path.mkdir()
        self.assertEqual((0, 1), now())
        path.rmdir()
        self.assertEqual((1, 1), now())

    def test_same_name(self) -> None:
        """Two queues of one name make no page that Prometheus refuses."""
        Twin().setServiceParent(self.family)
        self.assertEqual(1, self.figures()("output_queue_size", output="", queue="one"))
