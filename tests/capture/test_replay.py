"""A tape as a stream."""

from __future__ import annotations

import os
from typing import Any

from twisted.internet.defer import Deferred
from twisted.internet.task import Clock
from zope.interface.verify import verifyObject

from tests.capture.doubles import HEADER, ONE, TICKET, TWO, Heard, Opener, TapeCase, line
from tiktoklive.capture import Recorder, Replay
from tiktoklive.errors import Remedy, TapeError
from tiktoklive.interfaces import IStream, IStreamOpener


class ReplayTests(TapeCase):
    """Playing tapes."""

    def setUp(self) -> None:
        super().setUp()
        self.clock = Clock()
        self.heard = Heard(self.clock)

    def play(self, speed: float = 1.0) -> IStream:
        """Open the tape."""
        self.replay = Replay(self.path, self.clock, speed=speed)
        return self.open()

    def open(self) -> IStream:
        """Open the replay once more."""
        return self.successResultOf(Deferred.fromCoroutine(self.replay.open(TICKET, self.heard)))

    def test_interfaces(self) -> None:
        """A replay opens streams."""
        self.write(HEADER, ONE)
        verifyObject(IStream, self.play())
        verifyObject(IStreamOpener, self.replay)

    def test_times(self) -> None:
        """Pieces come when they came, the second stream right after the first; then it ends."""
        self.write(HEADER, ONE, TWO, HEADER, ONE)
        self.play()
        self.assertEqual([], self.heard.told)
        self.clock.pump([0.25] * 10)
        self.assertEqual(
            [
                ("frame", b"\x01"),
                ("batch", b"\x02\x02"),
                ("frame", b"\x01"),
            ],
            self.heard.told[:-1],
        )
        what, reason = self.heard.told[-1]
        self.assertEqual("closed", what)
        self.assertIsInstance(reason, TapeError)
        self.assertTrue(self.replay.is_over)
        self.assertEqual([0.5, 1.5, 2.0, 2.0], self.heard.times)
        self.assertEqual([], self.clock.getDelayedCalls())

    def test_speed(self) -> None:
        """Twice the speed takes half the time."""
        self.write(HEADER, ONE, TWO)
        self.play(2)
        self.clock.pump([0.25] * 3)
        self.assertEqual([0.25, 0.75, 0.75], self.heard.times)

    def test_at_once(self) -> None:
        """As fast as possible takes no time, yet lets others work in between."""
        self.write(HEADER, *[ONE] * 1000)
        for speed in (0, float("inf")):
            self.heard.told.clear()
            self.play(speed)
            between: list[int] = []
            self.clock.callLater(0, lambda b=between: b.append(len(self.heard.told)))
            self.clock.advance(0)
            self.assertEqual([Replay.CHUNK], between)
            self.assertEqual(1001, len(self.heard.told))
            self.assertEqual(0, self.clock.seconds())

    def test_pause(self) -> None:
        """Paused it plays nothing; what was due meanwhile comes when it goes on, in order."""
        self.write(HEADER, ONE, TWO)
        stream: Any = self.play()
        self.clock.advance(0.75)
        stream.pauseProducing()
        self.clock.pump([0.5] * 10)
        self.assertEqual([("frame", b"\x01")], self.heard.told)
        stream.resumeProducing()
        stream.resumeProducing()
        self.clock.advance(0)
        self.assertEqual(("batch", b"\x02\x02"), self.heard.told[1])
        self.assertTrue(self.replay.is_over)

    def test_close_paused(self) -> None:
        """It can be closed while it is paused, and does not go on then."""
        self.write(HEADER, ONE)
        stream: Any = self.play()
        stream.pauseProducing()
        self.clock.advance(5)
        stream.stopProducing()
        stream.resumeProducing()
        self.assertEqual([("closed", None)], self.heard.told)
        self.assertEqual([], self.clock.getDelayedCalls())

    def test_bad_speed(self) -> None:
        """A speed that is no positive number is refused."""
        self.assertRaises(ValueError, Replay, self.path, self.clock, speed=-1)
        self.assertRaises(ValueError, Replay, self.path, self.clock, speed=float("nan"))

    def test_close(self) -> None:
        """Closing stops the tape, tells the receiver once, and leaves nothing running."""
        self.write(HEADER, ONE, TWO)
        stream = self.play()
        self.clock.advance(0.5)
        stream.send(b"ignored")
        for _ in range(2):
            d = stream.close()
            assert isinstance(d, Deferred)
            self.successResultOf(d)
        self.clock.advance(5)
        self.assertEqual([("frame", b"\x01"), ("closed", None)], self.heard.told)
        self.assertEqual([], self.clock.getDelayedCalls())

    def test_closed_by_receiver(self) -> None:
        """A receiver may close the stream while it is given a piece."""
        self.write(HEADER, ONE, ONE)
        test = self

        class Closing(Heard):
            def frame(self, data: bytes) -> None:
                super().frame(data)
                test.stream.close()

        self.heard = Closing()
        self.stream = self.play(0)
        self.clock.advance(0)
        self.assertEqual([("frame", b"\x01"), ("closed", None)], self.heard.told)
        self.assertEqual([], self.clock.getDelayedCalls())

    def test_paused_by_receiver(self) -> None:
        """A receiver may pause and resume it while it is given a piece: it is still played once."""
        self.write(HEADER, ONE, TWO)
        test = self

        class Pausing(Heard):
            def frame(self, data: bytes) -> None:
                super().frame(data)
                test.stream.pauseProducing()
                test.stream.resumeProducing()

        self.heard = Pausing()
        self.stream: Any = self.play()
        self.clock.advance(0.5)
        self.clock.advance(0)
        self.assertEqual(1, len(self.clock.getDelayedCalls()))
        self.stream.close()
        self.assertEqual([], self.clock.getDelayedCalls())
        self.stream = self.play(0)
        self.clock.pump([0, 0, 0])
        told = [what for what, _ in self.heard.told]
        self.assertEqual(["frame", "closed", "frame", "batch", "closed"], told)

    def test_over(self) -> None:
        """A tape that was played to its end is not played again, and waiting is no use."""
        self.write(HEADER, ONE)
        self.play(0)
        self.clock.advance(0)
        d = Deferred.fromCoroutine(self.replay.open(TICKET, self.heard))
        self.assertIs(Remedy.CANCEL, self.failureResultOf(d, TapeError).value.remedy)

    def test_no_tape(self) -> None:
        """A file that is missing or no tape fails the opening."""
        for text in (None, b"no"):
            if text is not None:
                self.write(text)
            d = Deferred.fromCoroutine(Replay(self.path, self.clock).open(TICKET, self.heard))
            self.failureResultOf(d, TapeError)
        self.assertEqual([], self.clock.getDelayedCalls())

    def test_later_version_in_the_middle(self) -> None:
        """A tape that becomes unreadable ends with the reason."""
        self.write(HEADER, ONE, line(tape=2))
        self.play(0)
        self.clock.advance(0)
        self.assertEqual(("frame", b"\x01"), self.heard.told[0])
        self.assertIsInstance(self.heard.told[1][1], TapeError)

    def test_round_trip(self) -> None:
        """What was recorded is what is played."""
        opener = Opener()
        Deferred.fromCoroutine(Recorder(opener, self.path, self.clock).open(TICKET, Heard()))
        pieces = [os.urandom(n) for n in (0, 1, 100, 70_000)]
        for piece in pieces:
            opener.receivers[0].frame(piece)
            self.clock.advance(0.1)
        opener.receivers[0].closed(None)
        self.play()
        self.clock.pump([0.1] * 5)
        self.assertEqual([("frame", piece) for piece in pieces], self.heard.told[:-1])
