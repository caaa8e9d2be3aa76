"""The heartbeat: its pace, its numbers, and what it knows of a process that stood still."""

from __future__ import annotations

from typing import Any

from twisted.internet.task import Clock
from twisted.trial.unittest import SynchronousTestCase

from tests.seams import ROOM
from tiktoklive.deferreds import GRACE, LATE
from tiktoklive.stream.heartbeat import HEARTBEAT, HEARTBEATS, UNACKED, Heartbeat
from tiktoklive.wire.frames import parse_frame, parse_heartbeat

BEGIN = 100.0


class HeartbeatCase(SynchronousTestCase):
    """A heartbeat that begins at 100 seconds, into a stream that only notes."""

    #: What the handshake asks for.
    heartbeat: float | None = None

    def setUp(self) -> None:
        self.clock = Clock()
        self.clock.advance(BEGIN)
        self.sent: list[tuple[float, int]] = []
        self.stood: list[tuple[float, str]] = []
        self.entered = False
        self.pushed = 0.0
        stream: Any = self  # it sends, and has a wish
        self.beats = Heartbeat(
            stream, ROOM, self.clock, lambda *what: self.stood.append(what), lambda: self.pushed
        )

    def send(self, data: bytes) -> None:
        """Note when a heartbeat was sent, and its number; the room was entered before, once."""
        frame = parse_frame(data)
        if frame.payload_type == "im_enter_room":
            self.assertEqual(([], False), (self.sent, self.entered))
            self.entered = True
            return
        self.assertTrue(self.entered)
        beat = parse_heartbeat(frame.payload)
        self.assertEqual(ROOM.room_id, str(beat.room_id))
        self.sent.append((self.clock.seconds(), beat.send_packet_seq_id))

    def pass_time(self, seconds: float) -> None:
        """Let time pass in which the process is awake."""
        self.clock.pump([0.5] * round(seconds * 2))

    def stand_still(self, seconds: float) -> None:
        """Let time pass in which nothing is called, not even what is due at its end."""
        self.clock.rightNow += seconds


class PaceTests(HeartbeatCase):
    """When they are sent."""

    def test_usual(self) -> None:
        """The first is sent at once, the others at the usual distance, numbered; then no more."""
        self.beats.start()
        self.pass_time(2 * HEARTBEAT)
        self.beats.stop()
        self.pass_time(2 * HEARTBEAT)
        self.assertEqual([(100, 1), (110, 2), (120, 3)], self.sent)
        self.beats.stop()
        self.assertEqual([], self.clock.getDelayedCalls())

    def test_wish(self) -> None:
        """A batch's wish counts from when it is said; the same wish again changes nothing."""
        self.beats.start()
        self.pass_time(4)
        self.beats.wish(3)
        self.pass_time(2)
        self.beats.wish(3)
        self.pass_time(4)
        self.assertEqual([(100, 1), (107, 2), (110, 3)], self.sent)
        self.assertEqual(3, self.beats.pace)

    def test_sensible(self) -> None:
        """No wish makes it faster or slower than is sensible."""
        self.beats.start()
        least, most = HEARTBEATS
        for wish, pace in ((0.01, least), (1e9, most), (least, least), (most, most)):
            self.beats.wish(wish)
            self.assertEqual(pace, self.beats.pace, wish)

    def test_not_running(self) -> None:
        """Before it begins, and after its end, a wish is nothing."""
        self.beats.wish(3)
        self.assertEqual(HEARTBEAT, self.beats.pace)
        self.beats.start()
        self.beats.stop()
        self.beats.wish(3)
        self.assertEqual(([], HEARTBEAT), (self.clock.getDelayedCalls(), self.beats.pace))

    def test_broken(self) -> None:
        """A stream that breaks on what enters the room gets no further heartbeat."""
        send = self.send

        def broken(data: bytes) -> None:
            send(data)
            self.beats.stop()

        self.patch(self, "send", broken)
        self.beats.start()
        self.assertEqual(([], []), (self.sent, self.clock.getDelayedCalls()))
        self.assertTrue(self.entered)


class HandshakeTests(HeartbeatCase):
    """A stream whose handshake said how often."""

    heartbeat = 5.0

    def test_first(self) -> None:
        """It goes before the wish of a batch."""
        self.beats.start()
        self.beats.wish(20)
        self.pass_time(10)
        self.assertEqual([100, 105, 110], [at for at, _ in self.sent])


class StandstillTests(HeartbeatCase):
    """What was read for sure when it arrived."""

    def setUp(self) -> None:
        super().setUp()
        self.beats.start()

    def test_awake(self) -> None:
        """While each comes in time, all was read as it arrived, after a wish too."""
        for seconds in (5, 5, 5, 7):
            self.pass_time(seconds)
            now = self.clock.seconds()
            self.assertEqual(now, self.beats.surely_read(now))
        self.beats.wish(30)
        self.pass_time(25)
        now = self.clock.seconds()
        self.assertEqual(now, self.beats.surely_read(now))
        self.assertEqual([], self.stood)

    def test_overdue(self) -> None:
        """If one should have come already, nothing is sure since the last one that came."""
        self.pass_time(10)
        self.stand_still(10 + LATE)
        now = self.clock.seconds()
        self.assertEqual(now, self.beats.surely_read(now))  # so late may a timer be
        self.stand_still(0.5)
        now = self.clock.seconds()
        self.assertEqual((110, 105), (self.beats.surely_read(now), self.beats.surely_read(105)))

    def test_stood(self) -> None:
        """After a standstill what is read within a moment is not sure either, later it is."""
        self.stand_still(13)
        self.clock.advance(0)
        self.assertEqual([(100, 1), (113, 2)], self.sent)
        until = 113 + GRACE
        self.assertEqual((100, 99), (self.beats.surely_read(until), self.beats.surely_read(99)))
        self.assertEqual(until + 0.5, self.beats.surely_read(until + 0.5))
        self.assertEqual([], self.stood)  # not for as long as acks may be missing

    def test_told(self) -> None:
        """One of more seconds than acks may be missing is told, since the last one that came."""
        for more, told in ((UNACKED, []), (UNACKED + 0.5, [(100, "This process stood still")])):
            self.setUp()
            self.stand_still(HEARTBEAT + more)
            self.clock.advance(0)
            self.assertEqual(told, self.stood, more)

    def test_pushed(self) -> None:
        """A message that came meanwhile shows until when it was awake; one of before does not."""
        for pushed, more, told in ((107, 8, [107]), (107, 2, []), (99, 8, [100]), (115, 8, [100])):
            self.setUp()
            self.pushed = pushed
            self.stand_still(HEARTBEAT + more)
            self.clock.advance(0)
            self.assertEqual(told, [since for since, _ in self.stood], (pushed, more))
