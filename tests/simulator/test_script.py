"""Scripts are performed batch by batch, each at its time."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from tests.simulator.client import SimulatorTestCase
from tiktoklive.capture.tape import TapeEntry, TapeHeader, encode_line
from tiktoklive.errors import TapeError
from tiktoklive.simulator import ListScript, Performance, Step, TapeScript
from tiktoklive.testing import settle
from tiktoklive.wire import frames
from tiktoklive.wire.batches import build_batch

MESSAGES = [(f"Method{number}", b"%d" % number) for number in range(7)]


class ListScriptTests(SimulatorTestCase):
    """Given messages."""

    def test_sizes(self) -> None:
        """Batches have the sizes asked for; the last size goes on; nothing is lost."""
        steps = list(ListScript(MESSAGES, per_batch=(1, 2), delay=0.5))
        self.assertEqual([1, 2, 2, 2], [len(messages) for _, messages in steps])
        self.assertEqual(MESSAGES, [each for _, messages in steps for each in messages])
        self.assertEqual({0.5}, {delay for delay, _ in steps})

    def test_empty_batches(self) -> None:
        """Batches without messages make no sense."""
        self.assertRaises(ValueError, ListScript, MESSAGES, per_batch=0)
        self.assertRaises(ValueError, ListScript, MESSAGES, per_batch=())


class PerformanceTests(SimulatorTestCase):
    """Scripts on stage."""

    def methods(self, client: Any) -> list[list[str]]:
        """The methods of the batches after the first."""
        return [[each.method for each in batch.messages] for batch in client.batches()[1:]]

    def test_times(self) -> None:
        """Each batch arrives at its time, and the end is told."""
        self.simulator.behaviour.need_ack = False
        client = self.enter()
        done = self.room.play(ListScript(MESSAGES[:3], per_batch=2, delay=2)).done
        settle(self.network, 1.9)
        self.assertEqual([], self.methods(client))
        settle(self.network, 0.2)
        self.assertEqual([["Method0", "Method1"]], self.methods(client))
        self.assertNoResult(done)
        settle(self.network, 2)
        self.assertEqual(["Method2"], self.methods(client)[1])
        self.successResultOf(done)
        self.assertEqual([], [c for c in self.clock.getDelayedCalls() if c.getTime() < 50])

    def test_pace(self) -> None:
        """A clock that jumps does not slow the script down: late batches follow at once."""
        pushed: list[float] = []
        steps: list[Step] = [(1.0, [("M", b"")])] * 5
        performance = Performance(
            self.clock, steps, lambda messages: pushed.append(self.clock.seconds())
        )
        self.clock.pump([3.5, 0, 0, 0.5])
        self.assertEqual([3.5, 3.5, 3.5, 4.0], pushed)
        performance.stop()

    def test_replaced(self) -> None:
        """Playing another script ends the one that was on; so does the end of the broadcast."""
        first = self.room.play(ListScript(MESSAGES))
        second = self.room.play(ListScript(MESSAGES))
        self.successResultOf(first.done)
        self.room.end()
        self.successResultOf(second.done)
        second.stop()
        self.assertEqual([], self.clock.getDelayedCalls())

    def test_broken_script(self) -> None:
        """A script that raises is logged and over."""

        def script() -> Iterator[Step]:
            yield 1.0, MESSAGES[:1]
            raise RuntimeError("the author left")

        done = self.room.play(script()).done
        self.clock.advance(1)
        self.successResultOf(done)
        self.assertEqual(1, len(self.flushLoggedErrors(RuntimeError)))

    def test_stopped_by_itself(self) -> None:
        """A script that ends its own broadcast is over, whatever it says or does then."""

        def script(breaks: bool) -> Iterator[Step]:
            self.room.end()
            if breaks:
                raise RuntimeError("too late to be heard")
            yield 1.0, MESSAGES[:1]

        for breaks in (True, False):
            performance = Performance(self.clock, (), self.room.push)
            self.room.performance = performance = Performance(
                self.clock, chain([(0.0, ())], script(breaks)), self.room.push
            )
            self.clock.advance(0)
            self.successResultOf(performance.done)
            self.assertEqual([], self.clock.getDelayedCalls())
        self.assertEqual(1, len(self.flushLoggedErrors(RuntimeError)))


class TapeScriptTests(SimulatorTestCase):
    """Recorded messages."""

    def tape(self, *items: TapeHeader | TapeEntry) -> str:
        """A tape with these items behind a header."""
        path = Path(self.mktemp())
        header = TapeHeader("anna", "1")
        path.write_bytes(b"".join(encode_line(item) for item in (header, *items)))
        return str(path)

    def test_plays(self) -> None:
        """Messages of frames and batches come at their times, with the ids they had."""
        one = build_batch([("One", b"1", 11, False)])
        two = build_batch([("Two", b"2", 12, False), ("Three", b"3", 13, False)])
        path = self.tape(
            TapeEntry(1.0, "frame", frames.push(one, 5)),
            TapeEntry(2.0, "frame", frames.heartbeat_echo()),
            TapeEntry(2.5, "frame", b"\xff\xff"),
            TapeEntry(4.0, "batch", two),
            TapeHeader("anna", "2"),
            TapeEntry(0.5, "batch", one),
        )
        steps = [(delay, list(messages)) for delay, messages in TapeScript(path)]
        first = [("One", b"1", 11)]
        self.assertEqual(
            [(1.0, first), (3.0, [("Two", b"2", 12), ("Three", b"3", 13)]), (0.5, first)], steps
        )
        self.assertEqual([0.5, 1.5, 0.25], [delay for delay, _ in TapeScript(path, speed=2)])

    def test_no_tape(self) -> None:
        """A file that is no tape is refused before the play."""
        path = Path(self.mktemp())
        path.write_bytes(b"hello\n")
        self.assertRaises(TapeError, TapeScript, path)
        self.assertRaises(ValueError, TapeScript, self.tape(), speed=0)
