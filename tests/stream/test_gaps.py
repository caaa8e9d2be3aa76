"""Gaps are told when messages may have been missed, by evidence."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.dispatch.dedup import DedupWindow
from tiktoklive.errors import FrameError, HeldStreamError, StreamLostError
from tiktoklive.stream.gaps import BURST, GRACE, Gaps, Loss
from tiktoklive.stream.heartbeat import UNACKED
from tiktoklive.wire.frames_pb2 import ResponseMessage

LOST = StreamLostError("lost")
BAD = FrameError("bad")


def batch(*numbers: int, history: bool = False, method: str = "chat") -> list[ResponseMessage]:
    """Messages with these ids."""
    return [ResponseMessage(msg_id=each, is_history=history, method=method) for each in numbers]


class GapsTestCase(SynchronousTestCase):
    """One stream that opens at 20 seconds, after another one was lost at 10."""

    def setUp(self) -> None:
        self.told: list[tuple[float, float, Exception | None]] = []
        self.seen = DedupWindow(100)
        self.seen.fresh(batch(1, 2, 3))
        self.gaps = self.make(Loss(10, LOST, self.seen.newest))

    def make(self, loss: Loss | None, *, resumed: bool = True) -> Gaps:
        """The gaps of a stream that opens."""
        tell = lambda *gap: self.told.append(gap)  # noqa: E731
        gaps = Gaps(20, tell, self.seen, lambda m: m != "left", loss, resumed=resumed)
        return gaps

    def push(self, *numbers: int, **more: Any) -> None:
        """A batch arrives, and is delivered."""
        messages = batch(*numbers, **more)
        if self.gaps.pending:
            self.gaps.pushed(messages, 20.1)
        self.seen.fresh(messages)


class StreamTests(GapsTestCase):
    """From one stream to the next."""

    def test_first(self) -> None:
        """The first stream of all has nothing to make good."""
        self.gaps = self.make(None)
        self.push(7)
        self.assertEqual((False, None, []), (self.gaps.pending, self.gaps.due, self.told))

    def test_new_message(self) -> None:
        """A new message that comes first is no continuation."""
        self.push(5)
        self.assertEqual([(10, 20, LOST)], self.told)
        self.push(6)
        self.gaps.check(100)
        self.assertEqual((1, False), (len(self.told), self.gaps.pending))

    def test_overlap(self) -> None:
        """Repeats that reach our last message, before anything new, leave nothing out."""
        self.push(2, 3, 4)
        self.gaps.check(100)
        self.assertEqual([], self.told)

    def test_late_news_in_the_overlap(self) -> None:
        """What is new before our last message was missed in a gap before: it is none of this."""
        self.seen.fresh(batch(6))
        self.gaps = self.make(Loss(10, LOST, 6))
        self.push(3, 4, 5, 6, 7)
        self.gaps.check(100)
        self.assertEqual([], self.told)

    def test_overlap_in_pieces(self) -> None:
        """They may come in several batches."""
        self.push(1)
        self.push(2)
        self.assertTrue(self.gaps.pending)
        self.push(3, 4)
        self.assertEqual(([], False), (self.told, self.gaps.pending))

    def test_incomplete_overlap(self) -> None:
        """Repeats that stop before our last message prove nothing."""
        self.push(1, 2, 5)
        self.assertEqual([(10, 20, LOST)], self.told)

    def test_nothing(self) -> None:
        """Where nothing comes, nothing is proved, after a moment."""
        self.assertEqual(20 + GRACE, self.gaps.due)
        self.gaps.check(20 + GRACE / 2)
        self.assertEqual([], self.told)
        self.gaps.check(20 + GRACE)
        self.assertEqual([(10, 20, LOST)], self.told)
        self.assertIsNone(self.gaps.due)

    def test_history(self) -> None:
        """History proves nothing: neither repeats, nor what is new in it."""
        self.push(1, 2, 3, 4, history=True)
        self.assertEqual(([], True), (self.told, self.gaps.pending))
        self.push(5)
        self.assertEqual([(10, 20, LOST)], self.told)

    def test_history_then_overlap(self) -> None:
        """What was newest when the stream was lost has to be repeated, not what history added."""
        self.push(4, history=True)
        self.push(4, 5)
        self.assertEqual([(10, 20, LOST)], self.told)

    def test_unobserved(self) -> None:
        """What is delivered to nobody is not remembered, and so no evidence."""
        self.push(50, method="left")
        self.push(3, 4)
        self.assertEqual([], self.told)

    def test_without_ids(self) -> None:
        """Nor are messages without an id."""
        self.push(0)
        self.push(3, 4)
        self.assertEqual([], self.told)

    def test_nothing_before(self) -> None:
        """Where nothing was delivered before, nothing can be repeated."""
        self.gaps = self.make(Loss(10, LOST))
        self.push(0, 7)
        self.assertEqual([(10, 20, LOST)], self.told)

    def test_lost_again(self) -> None:
        """Lost before anything was proved, the next stream has to make good both."""
        other = StreamLostError("other")
        self.push(1)
        self.assertEqual(Loss(10, LOST, 3), self.gaps.lost(25, other))
        self.push(9)
        self.assertEqual(Loss(25, other, 9), self.gaps.lost(25, other))


class CursorTests(GapsTestCase):
    """Batches that are asked for."""

    def test_continued(self) -> None:
        """An answer to our cursor leaves nothing out, whether it holds anything or not."""
        for messages in (batch(), batch(4, 5), batch(3, 4)):
            self.gaps = self.make(Loss(10, LOST, 3))
            self.gaps.answered(messages, 10, 20)
            self.assertEqual(([], False), (self.told, self.gaps.pending))

    def test_begun_anew(self) -> None:
        """One with history is none to our cursor."""
        messages = batch(2, 3, history=True)
        self.gaps.answered(messages, 10, 20)
        self.gaps.pushed(messages, 20)
        self.gaps.check(20 + GRACE)
        self.assertEqual([(10, 20, LOST)], self.told)

    def test_poll_begun_anew(self) -> None:
        """A poll among others that is answered with history is a gap of its own."""
        self.gaps = self.make(None)
        self.gaps.answered(batch(4), 20, 21)
        self.gaps.answered(batch(9, history=True), 21, 40)
        [(since, until, reason)] = self.told
        self.assertEqual((21, 40), (since, until))
        self.assertIn("began anew", str(reason))

    def test_anew(self) -> None:
        """What is asked for anew, at no cursor of the old stream's, has missed something."""
        for messages in (batch(), batch(4, 5), batch(3, 4)):
            self.told.clear()
            self.gaps = self.make(Loss(10, LOST, 9), resumed=False)
            self.gaps.answered(messages, 20, 20)
            self.gaps.pushed(messages, 20)
            self.gaps.check(20 + GRACE)
            self.assertEqual([(10, 20, LOST)], self.told)

    def test_second_answer(self) -> None:
        """Only the first answer is one to the old stream's cursor."""
        for first in (batch(2, 3, history=True), None):
            self.told.clear()
            self.gaps = self.make(Loss(10, LOST, 3))
            if first is None:
                self.gaps.garbled(20, 20, BAD)
            else:
                self.gaps.answered(first, 10, 20)
            self.gaps.answered(batch(), 20, 20.5)
            self.gaps.check(20 + GRACE)
            self.assertEqual([(10, 20, LOST)], self.told)

    def test_begun_anew_twice(self) -> None:
        """A cursor that is forgotten before the first gap is told is a gap of its own."""
        self.gaps.answered(batch(2, history=True), 10, 20)
        self.gaps.answered(batch(2, history=True), 20, 20.5)
        self.assertEqual([(10, 20), (20, 20.5)], [gap[:2] for gap in self.told])

    def test_begun_anew_for_ever(self) -> None:
        """A server that begins anew with every poll tells one gap in ten seconds, without holes."""
        self.gaps = self.make(None)
        for now in range(100, 200):
            messages = batch(2, history=True)
            self.gaps.answered(messages, now - 1, now)
            if self.gaps.pending:
                self.gaps.pushed(messages, now)
        self.assertLessEqual(len(self.told), 11)
        until = 99.0
        for since, end, _ in self.told:
            self.assertLessEqual(since, until)
            until = end
        self.assertEqual(Loss(until, LOST, 3), self.gaps.lost(199, LOST))


class UnackedTests(GapsTestCase):
    """Times in which nothing was read, and so nothing acknowledged."""

    def test_too_long(self) -> None:
        """As long as acks may be missing is not too long; longer is told, with why."""
        self.gaps.unacked(30, 30 + UNACKED, "Observers let the stream wait")
        self.assertEqual([], self.told)
        self.gaps.unacked(30, 36, "Observers let the stream wait")
        [(since, until, reason)] = self.told
        self.assertEqual((30, 36, HeldStreamError), (since, until, type(reason)))
        self.assertEqual("Observers let the stream wait for 6 s.", str(reason))


class BurstTests(GapsTestCase):
    """What cannot be understood."""

    def setUp(self) -> None:
        super().setUp()
        self.gaps = self.make(None)

    def test_told(self) -> None:
        """It is told as soon as something is understood again, once, however much it was."""
        for now in range(30, 35):
            self.gaps.garbled(now - 1, now, BAD)
        self.assertEqual(([], True), (self.told, self.gaps.pending))
        self.gaps.pushed(batch(4), 36)
        self.assertEqual([(29, 36, BAD)], self.told)
        self.assertFalse(self.gaps.pending)

    def test_after_a_moment(self) -> None:
        """Or when nothing is understood for long."""
        self.gaps.garbled(25, 30, BAD)
        self.assertEqual(30 + BURST, self.gaps.due)
        self.gaps.check(30 + BURST)
        self.assertEqual([(25, 40, BAD)], self.told)

    def test_bounded(self) -> None:
        """A stream in which every other frame is bad tells one gap in ten seconds."""
        for now in range(100, 200):
            self.gaps.garbled(now, now, BAD)
            self.gaps.pushed(batch(now), now + 0.5)
            due = self.gaps.due
            if due is not None and due <= now + 0.5:
                self.gaps.check(now + 0.5)
        self.assertLessEqual(len(self.told), 11)
        self.assertGreaterEqual(len(self.told), 9)

    def test_end(self) -> None:
        """The end of the broadcast waits for nothing."""
        self.gaps.ended(29)
        self.gaps.garbled(29, 30, BAD)
        self.gaps.ended(31)
        self.assertEqual([(29, 31, BAD)], self.told)

    def test_lost(self) -> None:
        """A stream that is lost over it hands it on."""
        self.gaps.garbled(25, 30, BAD)
        self.assertEqual(Loss(25, LOST, 3), self.gaps.lost(33, LOST))


class Room:
    """
    A room that pushes in order, and streams that break off.

    :ivar log: all that it pushed: id and whether it is a comment.
    """

    def __init__(self) -> None:
        self.log: list[tuple[int, bool]] = []
        self.pushed_at: dict[int, float] = {}
        self.delivered: list[int] = []
        self.told: list[tuple[float, float]] = []
        self.seen = DedupWindow(64)
        self.now = 0.0
        self.loss: Loss | None = None
        self.gaps = self._open()

    def _open(self) -> Gaps:
        return Gaps(
            self.now,
            lambda since, until, reason: self.told.append((since, until)),
            self.seen,
            lambda method: True,
            self.loss,
        )

    def send(self, numbers: list[int], *, history: bool = False, asked: bool = False) -> None:
        """One batch arrives."""
        messages = batch(*numbers, history=history)
        if asked:
            self.gaps.answered(messages, self.now, self.now)
        if self.gaps.pending:
            self.gaps.pushed(messages, self.now)
        self.delivered += [item.msg_id for item in self.seen.fresh(messages)]

    def push(self, comment: bool, *, heard: bool) -> None:
        """It pushes one more message; only one who has a stream hears it."""
        self.now += 1
        self.log.append((len(self.log) + 1, comment))
        self.pushed_at[len(self.log)] = self.now
        if heard:
            self.gaps.check(self.now)
            self.send([len(self.log)])


#: How a stream goes on: how many messages were missed, which of them are comments; how: at the
#: cursor, with so many repeats, or with the latest comments as history; and what comes then.
BREAKS = st.lists(
    st.tuples(
        st.lists(st.booleans(), max_size=5),
        st.one_of(st.just("cursor"), st.just("forgotten"), st.integers(0, 12)),
        st.lists(st.booleans(), max_size=5),
    ),
    max_size=12,
)


class PropertyTests(SynchronousTestCase):
    """Whatever a room pushes, and however its streams break off and go on."""

    @given(st.lists(st.booleans(), max_size=5), BREAKS)
    def test_true(self, first: list[bool], breaks: list[Any]) -> None:
        """
        Every message that is sent comes once; whatever was not sent lies in a gap.

        And no gap is told where a stream went on at the cursor, or repeated our last message.
        """
        room = Room()
        for comment in first:
            room.push(comment, heard=True)
        for missed, how, after in breaks:
            newest = room.seen.newest
            room.loss = room.gaps.lost(room.now, LOST)
            for comment in missed:
                room.push(comment, heard=False)
            room.now += 1
            room.gaps = room._open()
            told = len(room.told)
            sent = [number for number, _ in room.log]
            comments = [number for number, is_comment in room.log if is_comment]
            # Where there is no comment, no history can betray that a cursor was forgotten.
            if how == "cursor" or (how == "forgotten" and not comments):
                room.send([each for each in sent if each > newest], asked=True)
                proved = True
            elif how == "forgotten":
                room.send(comments[-5:], history=True, asked=True)
                proved = False
            else:
                repeated = sent[-how:] if how else []
                room.send(repeated)
                proved = room.loss.newest in repeated
            for comment in after:
                room.push(comment, heard=True)
            room.now += GRACE
            room.gaps.check(room.now)
            self.assertEqual(0 if proved else 1, len(room.told) - told, (how, missed))
        self.assertEqual(len(set(room.delivered)), len(room.delivered), "twice")
        for number in room.pushed_at.keys() - set(room.delivered):
            at = room.pushed_at[number]
            covered = any(since <= at <= until for since, until in room.told)
            self.assertTrue(covered, (number, at, room.told))
