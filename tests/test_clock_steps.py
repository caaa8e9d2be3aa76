"""
The wall clock is set, by an hour, to and fro: every kind of timer goes on as if it were not.

Each scenario runs on a clock whose wall clock is left alone, and on others whose wall clock is set
in the middle of it; what happens, and when, has to be the same by the steady clock.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from twisted.internet.defer import Deferred
from twisted.trial.unittest import SynchronousTestCase

from tests.clocks import NOVEMBER, SteppedClock
from tests.dispatch.test_backpressure import Stream as Paused
from tests.dispatch.test_battles import OPEN, change
from tests.dispatch.test_streaks import gift
from tests.outputs.doubles import DirectDatabase, Trough
from tests.outputs.doubles import chat as an_event
from tests.seams import ROOM, Stream
from tiktoklive.dispatch.backpressure import BackPressure
from tiktoklive.dispatch.battles import BattleTracker
from tiktoklive.dispatch.dedup import DedupWindow
from tiktoklive.dispatch.dispatcher import Dispatcher
from tiktoklive.dispatch.streaks import Streaks
from tiktoklive.errors import SignServerError
from tiktoklive.logs import LogThrottle
from tiktoklive.model import Ticket
from tiktoklive.outputs.archive import ARCHIVE
from tiktoklive.outputs.line_writer import LineWriter
from tiktoklive.outputs.queue import BoundedQueue, Policy
from tiktoklive.outputs.rotation import RotatingChannel, Rotation
from tiktoklive.outputs.sqlite import SqliteOutput
from tiktoklive.outputs.web.fanout import Fanout
from tiktoklive.outputs.web.ring import Ring
from tiktoklive.pacing.breaker import Breaker
from tiktoklive.pacing.budget import Budget
from tiktoklive.pacing.lookups import LookUpQueue
from tiktoklive.stream.conversation import Conversation
from tiktoklive.stream.heartbeat import Heartbeat
from tiktoklive.stream.limits import Limits, Tally
from tiktoklive.wire import frames
from tiktoklive.wire.frames_pb2 import ResponseMessage

HOUR = 3600.0

Note = Callable[[object], None]


class StepTestCase(SynchronousTestCase):
    """Scenarios with and without steps."""

    def same(self, scenario: Callable[[SteppedClock, Note], object], seconds: int) -> None:
        """
        Play it, with the step in the middle, and compare.

        :param seconds: how long it takes.
        """
        traces = [self.trace(scenario, seconds, step) for step in (0.0, -HOUR, HOUR)]
        self.assertGreater(len(traces[0]), 1, "nothing happens that could be compared")
        after = [at for at, _ in traces[0] if at > seconds / 2]
        self.assertTrue(after, "nothing happens after the step")
        self.assertEqual(traces[0], traces[1], "set back")
        self.assertEqual(traces[0], traces[2], "set forward")

    def trace(
        self, scenario: Callable[[SteppedClock, Note], object], seconds: int, step: float
    ) -> list[tuple[float, object]]:
        """What happens when."""
        clock = SteppedClock()
        noted: list[tuple[float, object]] = []

        def note(what: object) -> None:
            noted.append((round(clock.seconds() - NOVEMBER, 3), what))

        scenario(clock, note)
        clock.pump([1.0] * (seconds // 2))
        clock.step = step
        clock.pump([1.0] * (seconds - seconds // 2))
        return noted


def every_second(clock: SteppedClock, note: Note, ask: Callable[[], object]) -> None:
    """Note each change of an answer that is asked for every second."""
    last: list[object] = [None]

    def again() -> None:
        answer = ask()
        if answer != last[0]:
            last[0] = answer
            note(answer)
        clock.callLater(1, again)

    again()


class StreamTests(StepTestCase):
    """What watches one stream."""

    def converse(self, clock: SteppedClock, note: Note, limits: Limits, echo: bool) -> None:
        """A conversation with a stream that answers heartbeats, or falls silent."""
        conversation = Conversation(
            Ticket(ROOM, "", source="test"),
            Dispatcher(),
            clock,
            seen=DedupWindow(100),
            tally=Tally(),
            limits=limits,
            on_end=note,
            on_closed=lambda reason: note(type(reason).__name__),
        )
        stream = Stream(conversation)
        conversation.begin(stream)
        every_second(clock, note, lambda: conversation.life.state)

        def answer() -> None:
            if stream.is_open:
                conversation.frame(frames.heartbeat_echo())
                clock.callLater(10, answer)

        if echo:
            answer()

    def test_heartbeat(self) -> None:
        """The heartbeat keeps its pace."""

        def scenario(clock: SteppedClock, note: Note) -> None:
            stream = Stream(SimpleReceiver())
            stream.send = lambda data: note("beat")  # type: ignore[method-assign]
            Heartbeat(stream, ROOM, clock).start()

        self.same(scenario, 60)

    def test_stale(self) -> None:
        """A stream that falls silent is stale in its time."""
        limits = Limits(stale_after=60.0, deaf_after=None)
        self.same(lambda clock, note: self.converse(clock, note, limits, False), 80)

    def test_deaf(self) -> None:
        """One that brings only signs of life is deaf, and quiet before, in its time."""
        limits = Limits(stale_after=60.0, deaf_after=100.0, quiet_after=70.0)
        self.same(lambda clock, note: self.converse(clock, note, limits, True), 120)

    def test_streaks(self) -> None:
        """A streak without news is over after its minute."""

        def scenario(clock: SteppedClock, note: Note) -> None:
            streaks = Streaks(clock, lambda event: note(type(event).__name__))  # type: ignore[arg-type]
            streaks.begin(ROOM.room_id)
            streaks.gift(gift(1))
            clock.callLater(20, streaks.gift, gift(1, group=2))

        self.same(scenario, 90)

    def test_battles(self) -> None:
        """A battle whose end is lost is over in its time, and shows what is left of it."""

        def scenario(clock: SteppedClock, note: Note) -> None:
            def tell(event: Any) -> None:
                note((event.name, event.remaining))
                left.append(event.battle)

            left: list[Any] = []
            tracker = BattleTracker(clock, tell)
            tracker.begin(ROOM.room_id)
            tracker.change(change(OPEN, length=60))
            clock.callLater(45, lambda: note(left[0].remaining))
            clock.callLater(50, tracker.change, change(OPEN, 8, at=50, length=60))

        self.same(scenario, 200)

    def test_seen(self) -> None:
        """Ids are remembered for their time."""

        def scenario(clock: SteppedClock, note: Note) -> None:
            seen = DedupWindow(100, age=60.0, now=clock.seconds)
            number = iter(range(1, 1000))

            def ask() -> object:
                seen.fresh([ResponseMessage(method="WebcastChatMessage", msg_id=next(number))])
                seen.trim()
                seen.forget()
                return len(seen)

            every_second(clock, note, ask)

        self.same(scenario, 200)

    def test_gate(self) -> None:
        """Who holds the streams for too long is left behind in time."""

        def scenario(clock: SteppedClock, note: Note) -> None:
            back_pressure = BackPressure(clock, 30.0)
            back_pressure.opened(Paused())
            back_pressure.hold("observer").pauseProducing()
            every_second(clock, note, lambda: (back_pressure.is_held, back_pressure.cut))

        self.same(scenario, 50)


class PaceTests(StepTestCase):
    """How often others are asked."""

    def test_breaker(self) -> None:
        """A source rests as long as it should."""

        def scenario(clock: SteppedClock, note: Note) -> None:
            breaker = Breaker("direct", clock)
            for user in "abcdefgh":
                breaker.failed(user, SignServerError("down"))
            every_second(clock, note, lambda: breaker.state)

        self.same(scenario, 50)

    def test_budget(self) -> None:
        """A budget refills at its pace, and opens again when it was closed for a while."""

        def scenario(clock: SteppedClock, note: Note) -> None:
            budget, closed = Budget(clock, 5), Budget(clock, 5)
            closed.close(40)
            every_second(clock, note, lambda: (budget.take() == 0, closed.wait() == 0))

        self.same(scenario, 130)

    def test_turns(self) -> None:
        """Turns are given at their distance."""

        def scenario(clock: SteppedClock, note: Note) -> None:
            turns = LookUpQueue(clock, 10)
            for number in range(15):
                turns.take(1).addCallback(lambda _, number=number: note(number))

        self.same(scenario, 120)

    def test_throttled_lines(self) -> None:
        """A line that repeats is logged again after its time."""

        def scenario(clock: SteppedClock, note: Note) -> None:
            throttle = LogThrottle(30.0)
            every_second(clock, note, lambda: throttle.again("line", clock.seconds()))

        self.same(scenario, 100)


class OutputTests(StepTestCase):
    """What writes, and keeps alive."""

    def test_flush(self) -> None:
        """What is gathered is written in time."""

        def scenario(clock: SteppedClock, note: Note) -> None:
            channel = Trough()
            sink = LineWriter("test", channel, clock, flush=7.0)
            every_second(clock, note, lambda: len(channel.taken))
            for second in (1, 12, 24):
                clock.callLater(second, sink.write, b"line\n")

        self.same(scenario, 40)

    def test_queue(self) -> None:
        """How long a queue was full is an interval."""

        def scenario(clock: SteppedClock, note: Note) -> None:
            queue: BoundedQueue[bytes] = BoundedQueue("q", clock, 4, Policy.DROP_NEWEST, len)
            for _ in range(3):
                queue.put(b"full")
            every_second(clock, note, lambda: queue.counts.full_seconds)

        self.same(scenario, 20)

    def test_database(self) -> None:
        """A batch of an output with a database is committed in time."""

        def scenario(clock: SteppedClock, note: Note) -> None:
            archive = SqliteOutput("a", DirectDatabase(Path(self.mktemp()), ARCHIVE), clock)
            archive.startService()
            for second in (1, 25, 31):
                clock.callLater(second, archive.event, an_event("Anna", "hi", number=second))
            every_second(clock, note, lambda: archive.committed)
            clock.callLater(59, archive.stopService)

        self.same(scenario, 60)

    def test_keepalive(self) -> None:
        """Clients of the web output get their signs of life."""

        def scenario(clock: SteppedClock, note: Note) -> None:
            fanout = Fanout(clock, Ring("e"))
            fanout._everybody = lambda: [Listening(note)]  # type: ignore[method-assign, list-item]
            fanout.start()

        self.same(scenario, 120)

    def test_rotation(self) -> None:
        """A file is put aside by the day of the wall clock, and is named after it."""
        clock = SteppedClock()
        path = Path(self.mktemp())
        path.mkdir()
        channel = RotatingChannel(
            path / "a.jsonl", Rotation(daily=True), clock, lambda work: Deferred()
        )
        self.addCleanup(channel.close)
        channel.write(b"1\n")
        clock.step = 24 * HOUR
        channel._size, channel._day = 2, int(NOVEMBER // 86400)
        channel.write(b"2\n")
        self.assertIn("a-20261102T000000Z.jsonl", [each.name for each in path.iterdir()])


class SimpleReceiver:
    """Takes what comes."""

    def closed(self, reason: object) -> None:
        """It is over."""


class Listening:
    """A client of the web output."""

    def __init__(self, note: Note) -> None:
        self.note = note

    def heartbeat(self) -> None:
        """A sign of life."""
        self.note("beat")
