"""The whole stack: rooms that are quiet, streams that go deaf, pauses."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from twisted.internet.task import LoopingCall
from twisted.logger import capturedLogs, formatEvent, globalLogPublisher

from tests.stack.case import StackTestCase, chat
from tests.stack.test_polling import PollingTestCase
from tiktoklive.errors import DeafStreamError
from tiktoklive.events import Disconnected, Gap, Reconnecting
from tiktoklive.options import Options
from tiktoklive.stream.limits import Limits
from tiktoklive.stream.liveness import PAUSE

COUNT = ("WebcastRoomUserSeqMessage", b"")


class LivenessTestCase(StackTestCase):
    """Connections with the limits that a user gets who says nothing."""

    options = Options(sources=("direct", "classic"))

    def setUp(self) -> None:
        super().setUp()
        self.log: list[str] = []
        globalLogPublisher.addObserver(self._note)
        self.addCleanup(globalLogPublisher.removeObserver, self._note)

    def _note(self, event: Any) -> None:
        if event.get("state") is not None:
            self.log.append(event["state"])

    def count(self, every: float = 5.0) -> None:
        """Let the room push the number of its viewers from now on."""
        counting = LoopingCall(self.room.push, [COUNT])
        counting.clock = self.clock
        counting.start(every)
        self.counting = counting

    def tearDown(self) -> None:
        counting = getattr(self, "counting", None)
        if counting is not None and counting.running:
            counting.stop()
        super().tearDown()

    def source(self) -> str:
        """The source of the stream that is open."""
        self.room.push([chat("who?")])
        self.settle(0.1)
        return self.seen.events[-1].origin.source


class QuietTests(LivenessTestCase):
    """Nobody acts."""

    def test_for_hours(self) -> None:
        """A room that only counts its viewers stays on its stream for hours, and says so once."""
        connection = self.live()
        self.count()
        for _ in range(3 * 60):
            self.settle(60)
        state = connection.get_state()
        self.assertEqual(("live", "quiet"), (state.phase, state.liveness))
        self.assertEqual(1, len(self.handshakes()))
        self.assertEqual([], self.seen.of(Disconnected))
        self.assertEqual(["quiet"], self.log)
        self.room.push([chat("hello?")])
        self.settle()
        self.assertEqual("live", connection.get_state().liveness)
        self.assertEqual(["quiet", "live"], self.log)

    def test_before_and_after(self) -> None:
        """Without a stream there is no liveness."""
        connection = self.connection()
        self.assertEqual("", connection.get_state().liveness)
        self.live(connection)
        self.assertEqual("live", connection.get_state().liveness)
        connection.disconnect()
        self.settle(3)
        self.assertEqual("", connection.get_state().liveness)


class DeafTests(LivenessTestCase):
    """The transport lives, and brings nothing."""

    def test_other_source(self) -> None:
        """A stream that goes deaf is replaced within 60 seconds, by another source."""
        connection = self.live()
        self.count()
        self.settle(100)
        self.assertEqual("direct", self.source())
        went_deaf = self.clock.seconds()
        self.room.deafen()
        self.settle(46)
        self.assertEqual("deaf", connection.get_state().liveness)
        self.settle(8)
        self.assertLess(self.clock.seconds() - went_deaf, 60)
        self.assertEqual("classic", self.source())
        self.assertIsInstance(self.seen.only(Disconnected).reason, DeafStreamError)
        state = connection.get_state()
        self.assertEqual(("live", "live"), (state.phase, state.liveness))
        self.assertEqual(["quiet", "live", "deaf"], self.log)

    def test_nothing_missed(self) -> None:
        """The other source goes on at the cursor: what was pushed to deaf ears comes, once."""
        self.live()
        self.room.push([chat("before")])
        self.settle(1)
        self.room.deafen()
        self.room.push([chat("unheard")])
        self.settle(60)
        self.room.push([chat("after")])
        self.settle(1)
        self.assertEqual(["before", "unheard", "after"], self.seen.comments())
        self.assertEqual([], self.seen.of(Gap))

    def test_gap_begins_with_deafness(self) -> None:
        """The gap of a stream that went deaf begins with its last message, not its last frame."""
        self.wiring = self.wire(Options())
        self.live()
        self.settle(3)
        self.room.push([chat("heard")])
        self.settle(1)
        self.room.deafen()
        self.settle(60)
        self.assertEqual(3000, self.seen.only(Gap).since)

    def test_first_again(self) -> None:
        """The source that went deaf is not asked again in this room while others work."""
        self.live()
        self.room.deafen()
        self.settle(55)
        self.count()
        self.lose(seconds=5)
        self.assertEqual("classic", self.source())
        self.room.deafen()
        self.settle(60)
        self.assertEqual("direct", self.source())

    def test_next_room(self) -> None:
        """In another broadcast the user's order counts again."""
        connection = self.follow()
        self.room.deafen()
        self.settle(55)
        self.assertEqual("classic", self.source())
        self.room.end()
        self.settle(5)
        self.room.go_live()
        self.count()
        self.settle(80)
        self.assertEqual("live", connection.get_state().phase)
        self.assertEqual("direct", self.source())

    def test_silent_room(self) -> None:
        """A room that is really silent is asked less and less often: 6 streams in an hour."""
        self.wiring = self.wire(Options())
        connection = self.live()
        for _ in range(60):
            self.settle(60)
        self.assertEqual("live", connection.get_state().phase)
        self.assertEqual(7, len(self.handshakes()))
        times = [each.at for each in self.handshakes()]
        limits = [later - sooner for sooner, later in pairwise(times)]
        for limit, expected in zip(limits, (45, 90, 180, 360, 720), strict=False):
            self.assertTrue(expected <= limit <= expected + 20, limits)

    def test_patience_ends(self) -> None:
        """Once the room says something, the next deafness is noticed as fast as the first."""
        self.wiring = self.wire(Options())
        self.live()
        self.settle(200)
        self.assertEqual(3, len(self.handshakes()))
        self.source()
        self.settle(44)
        self.assertEqual(3, len(self.handshakes()))
        self.settle(5)
        self.assertEqual(4, len(self.handshakes()))

    def test_never(self) -> None:
        """Without a limit nothing is ever deaf, and without the other one nothing quiet."""
        self.wiring = self.wire(Options(limits=Limits(deaf_after=None, quiet_after=None)))
        connection = self.live()
        self.settle(1000)
        self.assertEqual("live", connection.get_state().liveness)
        self.assertEqual(([], []), (self.seen.of(Disconnected), self.log))


class PollingLivenessTests(PollingTestCase):
    """Streams that poll."""

    def test_deaf(self) -> None:
        """Polls that are answered with nothing for 45 seconds are deaf ones."""
        self.poll()
        self.settle(43)
        self.assertEqual([], self.seen.of(Disconnected))
        self.settle(2)
        self.assertIsInstance(self.seen.only(Disconnected).reason, DeafStreamError)
        self.settle(3.5)
        self.assertEqual("live", self.services[0].get_state().phase)
        self.assertEqual([], self.seen.of(Gap))

    def test_cursor_forgotten(self) -> None:
        """When TikTok forgot the cursor while polls failed, that is a gap."""
        self.poll()
        self.room.push([chat("one")])
        self.settle(1)
        self.network.refuse("webcast.tiktok.com")
        self.network.drop("webcast.tiktok.com")
        for number in range(300):
            self.room.push([chat(str(number))])
        self.settle(1)
        self.network.refuse("webcast.tiktok.com", False)
        self.settle(20)
        gap = self.seen.only(Gap)
        self.assertIn("began anew", str(gap.reason))
        self.assertEqual(50, self.services[0].get_tally().history)


class PauseTests(LivenessTestCase):
    """The host pauses."""

    def test_silence(self) -> None:
        """A pause is no deafness, and is shown; after it deafness counts again."""
        connection = self.live()
        self.assertFalse(connection.get_state().paused)
        self.room.pause()
        self.settle(1000)
        state = connection.get_state()
        self.assertEqual(("live", True), (state.phase, state.paused))
        self.assertEqual([], self.seen.of(Disconnected))
        self.room.resume()
        self.settle(1)
        self.assertFalse(connection.get_state().paused)
        self.settle(45)
        self.assertIsInstance(self.seen.only(Disconnected).reason, DeafStreamError)

    def test_again_and_again(self) -> None:
        """Pauses without end do not fill the log, and those left out are counted."""
        connection = self.live()
        with capturedLogs() as logged:
            for _ in range(100):
                self.room.pause()
                self.room.resume()
            self.settle(1)
            self.assertFalse(connection.get_state().paused)
            self.settle(61)
            self.room.pause()
            self.settle(1)
        told = [formatEvent(event) for event in logged]
        told = [line for line in told if "the host pauses" in line]
        self.assertEqual(11, len(told))
        self.assertIn("(90 times more since this was logged)", told[-1])

    def test_stale(self) -> None:
        """Nor is a stream given up as stale in it."""
        connection = self.live()
        self.room.pause()
        self.settle(1)
        self.room.silence()
        self.settle(600)
        self.assertEqual("live", connection.get_state().phase)
        self.assertEqual(1, len(self.handshakes()))

    def test_lost(self) -> None:
        """A stream lost in a pause is opened again, and still paused: the look-up says so."""
        connection = self.live()
        self.room.pause()
        self.settle(1)
        self.lose()
        self.assertTrue(connection.get_state().paused)
        self.settle(500)
        self.assertEqual(1, len(self.seen.of(Reconnecting)))

    def test_resumed_meanwhile(self) -> None:
        """If the host went on while no stream was open, it is paused no more."""
        connection = self.live()
        self.room.pause()
        self.settle(1)
        self.room.drop(clean=False)
        self.settle()
        self.room.resume()
        self.settle(3)
        self.assertEqual(("live", False), self.phase_and_pause(connection))

    def test_resumed_unheard(self) -> None:
        """If the host went on and the dead stream did not bring it, the gap begins before that."""
        for streams in (1, 2):
            with self.subTest(streams=streams):
                self.wiring = self.wire(Options(streams=streams))
                connection = self.live()
                self.settle(3)
                self.room.push([chat("heard")])
                self.room.pause()
                self.settle(60)
                paused = self.clock.seconds() * 1000
                self.room.silence()
                self.room.resume()
                for _ in range(65):
                    self.room.push([("WebcastLikeMessage", b"")] * 9)
                    self.settle(60)
                self.assertEqual("live", connection.get_state().phase)
                gap = self.seen.of(Gap)[0]
                self.assertLess(gap.since, paused)
                self.assertLess(paused + PAUSE * 1000, gap.until)
                connection.disconnect()
                self.settle(3)
                self.seen.events.clear()

    @staticmethod
    def phase_and_pause(connection: Any) -> tuple[str, bool]:
        """What the state says."""
        state = connection.get_state()
        return state.phase, state.paused
