"""The whole stack: every message once, and a gap where something may be missing."""

from __future__ import annotations

from dataclasses import replace

from tests.stack.case import SILENT, StackTestCase, chat
from tests.stack.test_input import BAD, framed
from tiktoklive.connection import WebcastPushConnection
from tiktoklive.errors import FrameError
from tiktoklive.events import Connected, Gap, Gift, RawData
from tiktoklive.options import Options
from tiktoklive.simulator.viewer import Batch
from tiktoklive.wire.batches import build_batch

ROSE = ("WebcastGiftMessage", b"")


class OverlapTests(StackTestCase):
    """A direct stream has no cursor that TikTok is known to heed: only repeats prove anything."""

    def test_overlap(self) -> None:
        """Where the new stream repeats our last messages, nothing was missed: no gap."""
        self.tiktok.behaviour.overlap = 3
        connection = self.live()
        self.room.push([chat("one"), ROSE, chat("two")])
        self.settle(1)
        self.room.drop(clean=False)
        self.room.push([chat("three"), ROSE])
        self.settle(4)
        self.assertEqual(["one", "two", "three"], self.seen.comments())
        self.assertEqual(2, self.seen.names().count("gift"))
        self.assertEqual([], self.seen.of(Gap))
        tally = connection.get_tally()
        self.assertEqual((1, 0, 0), (tally.duplicates, tally.gaps, tally.history))

    def test_too_little(self) -> None:
        """Where it begins behind our last message, something may be missing, and is."""
        self.tiktok.behaviour.overlap = 2
        connection = self.live()
        self.room.push([chat("one")])
        self.settle(1)
        self.room.drop(clean=False)
        self.room.push([chat("two"), chat("three"), chat("four")])
        self.settle(4)
        self.assertEqual(["one", "three", "four"], self.seen.comments())
        gap = self.seen.only(Gap)
        self.assertEqual(1, connection.get_tally().gaps)
        names = self.seen.names()
        self.assertLess(names.index("connected", 3), names.index("gap"))
        self.assertLess(names.index("gap"), names.index("chat", names.index("gap")))
        self.assertEqual("direct", gap.as_dict()["source"])

    def test_history(self) -> None:
        """History repeats comments and no gifts: it is delivered, counted, and proves nothing."""
        connection = self.live()
        self.room.push([chat("one")])
        self.settle(1)
        self.room.drop(clean=False)
        self.room.push([chat("two"), ROSE])
        self.settle(4)
        self.assertEqual(["one", "two"], self.seen.comments())
        self.assertEqual(1, len(self.seen.of(Gap)))
        tally = connection.get_tally()
        self.assertEqual((2, 1, 1), (tally.history, tally.duplicates, tally.gaps))

    def test_only_bytes(self) -> None:
        """Who observes nothing but bytes is told of no gap where the new stream repeats them."""
        self.tiktok.behaviour.overlap = 2
        connection = WebcastPushConnection("alice", wiring=self.wiring)
        self.services.append(connection)
        seen: list[RawData | Gap] = []
        connection.on(RawData, seen.append)
        connection.on(Gap, seen.append)
        self.live(connection)
        self.room.push([chat("one"), ROSE])
        self.settle(1)
        self.room.drop(clean=False)
        self.room.push([chat("two")])
        self.settle(4)
        methods = [event.method for event in seen if isinstance(event, RawData)]
        self.assertEqual(
            ["WebcastChatMessage", "WebcastGiftMessage", "WebcastChatMessage"], methods[-3:]
        )
        self.assertEqual([], [event for event in seen if isinstance(event, Gap)])

    def test_history_left_out(self) -> None:
        """History that is left out, and that nobody observes, is no evidence for the next time."""
        # Its sources ask for history: not every way in can ask for none.
        options = Options(process_initial_data=False, limits=SILENT)
        wiring = replace(self.wiring, options=options)
        connection = WebcastPushConnection("alice", wiring=wiring)
        self.services.append(connection)
        seen: list[Gift | Gap] = []
        connection.on(Gift, seen.append)
        connection.on(Gap, seen.append)
        self.live(connection)
        self.room.push([chat("one"), ROSE])
        self.settle(1)
        self.lose()
        self.assertEqual(["gift", "gap"], [event.name for event in seen])
        self.tiktok.behaviour.overlap = 2
        self.lose()
        self.assertEqual(["gift", "gap"], [event.name for event in seen])

    def test_far_back(self) -> None:
        """Repeats from far back are dropped in a busy room too."""
        connection = self.live()
        for number in range(40):
            self.room.push([chat(f"{number}")] + [ROSE] * 40)
            self.settle()
        self.tiktok.behaviour.overlap = 1500
        self.lose()
        self.assertEqual([str(number) for number in range(40)], self.seen.comments())
        self.assertEqual(1600, self.seen.names().count("gift"))
        self.assertEqual(1500, connection.get_tally().duplicates)
        self.assertEqual([], self.seen.of(Gap))


class GarbageTests(StackTestCase):
    """Frames that cannot be understood."""

    def test_burst(self) -> None:
        """A burst of them is one gap, told before what comes next."""
        connection = self.live()
        self.settle(4)
        self.seen.events.clear()
        for _ in range(5):
            self.viewer.send(framed(BAD))
        self.settle(2)
        self.room.push([chat("after")])
        self.settle()
        self.assertEqual(["error", "gap", "chat"], self.seen.names())
        gap = self.seen.only(Gap)
        self.assertEqual((0, 6000), (gap.since, gap.until))
        self.assertIsInstance(gap.reason, FrameError | Exception)
        tally = connection.get_tally()
        self.assertEqual((5, 1), (tally.bad_frames, tally.gaps))

    def test_then_lost(self) -> None:
        """A stream that is lost right after it has one gap for both."""
        self.live()
        self.room.push([chat("one")])
        self.settle(4)
        self.viewer.send(framed(BAD))
        self.settle(1)
        self.lose(seconds=4)
        self.assertEqual(0, self.seen.only(Gap).since)


class ClassicTests(StackTestCase):
    """A stream that is resumed at its cursor."""

    options = Options(sources=("classic",))

    def test_continued(self) -> None:
        """What was pushed meanwhile comes, and there is no gap."""
        self.live()
        self.room.push([chat("one")])
        self.settle(1)
        self.room.drop(clean=False)
        self.room.push([chat("two"), ROSE])
        self.settle(4)
        self.assertEqual(["one", "two"], self.seen.comments())
        self.assertEqual(([], 1), (self.seen.of(Gap), self.seen.names().count("gift")))

    def test_cursor_forgotten(self) -> None:
        """If more was pushed than TikTok keeps for a cursor, there is one."""
        self.live()
        self.room.push([chat("one")])
        self.settle(1)
        self.room.drop(clean=False)
        for number in range(300):
            self.room.push([chat(str(number))])
        self.settle(5)
        self.assertEqual(1, len(self.seen.of(Gap)))
        self.assertEqual(51, len(self.seen.comments()))

    def test_unknown_cursor(self) -> None:
        """So there is when TikTok never knew the cursor, whatever it was."""
        self.live()
        data = build_batch([(*chat("one"), 9, False)], cursor="c 1|2", internal_ext="x")
        self.viewer.deliver(Batch(data, "", False))
        self.room.push([chat("two")])
        self.settle(1)
        self.viewer.deliver(Batch(data, "", False))
        self.settle(1)
        self.lose(seconds=5)
        self.assertEqual(1, len(self.seen.of(Gap)))


class UndecidedTests(StackTestCase):
    """A stream that is lost before it showed whether something was missed."""

    options = Options(sources=("direct", "signed"))

    def _open(self) -> None:
        """Let time pass until the next stream is just open."""
        self.settle()
        while not self.tiktok.viewers:
            self.settle(0.25)

    def test_other_source(self) -> None:
        """The next one goes on where the last message came from, not behind the history."""
        self.live()
        self.room.push([chat("one")])
        self.settle(10)
        self.room.drop(clean=False)
        self.room.push([chat("two"), ROSE])
        self._open()
        self.assertEqual(["one", "two"], self.seen.comments())
        self.assertEqual([], self.seen.of(Gap))
        self.tiktok.refuse(status=503)
        self.lose(seconds=8)
        self.assertEqual("signed", self.seen.of(Connected)[-1].origin.source)
        self.assertEqual(["one", "two"], self.seen.comments())
        self.assertEqual(1, self.seen.names().count("gift"))
        self.assertEqual([], self.seen.of(Gap))

    def test_unknown_cursor(self) -> None:
        """If it can't, because too much came since, there is a gap."""
        self.live()
        self.room.push([chat("one")])
        self.settle(10)
        self.room.drop(clean=False)
        for number in range(300):
            self.room.push([chat(str(number)), ROSE])
        self._open()
        self.tiktok.refuse(status=503)
        self.lose(seconds=8)
        self.assertEqual("signed", self.seen.of(Connected)[-1].origin.source)
        self.assertEqual(1, len(self.seen.of(Gap)))
