"""The whole stack under what should never come: what it costs, and that nothing is lost by it."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from typing import Any

from twisted.trial.unittest import SynchronousTestCase

from tests.cells import SOURCES, Cell, Named
from tests.stack.case import StackTestCase, chat
from tests.stack.test_classic import ClassicTestCase
from tests.stack.test_polling import PollingTestCase
from tiktoklive.errors import (
    InvalidResponseError,
    MissingCursorError,
    PayloadTooLargeError,
    StreamLostError,
    TikTokLiveError,
)
from tiktoklive.events import Disconnected, Error
from tiktoklive.simulator import Answer
from tiktoklive.simulator.fetch import FETCH_PATH
from tiktoklive.simulator.garbage import bomb
from tiktoklive.simulator.settings import RANDOM_FAULTS
from tiktoklive.wire import frames
from tiktoklive.wire.batches import build_batch

MIB = 1024 * 1024

#: A batch whose cursor and internal_ext are no text.
MALFORMED = b"\x12\x02\xff\xfe\x2a\x02\xff\xfe"


def cost(what: Callable[[], object]) -> int:
    """The most memory that something takes while it happens."""
    tracemalloc.start()
    try:
        what()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


class BoundsTests(StackTestCase):
    """Two hundred MiB cost less than twenty, in whatever form they come."""

    def setUp(self) -> None:
        super().setUp()
        bomb()
        self.live()

    def assertCheap(self, what: Callable[[], object]) -> None:
        """It costs little, and what is said afterwards arrives."""
        self.assertLess(cost(what), 20 * MIB)
        self.settle(5)
        self.room.push([chat("after")])
        self.settle(1)
        self.assertEqual("after", self.seen.comments()[-1])

    def send(self, data: bytes) -> None:
        """Let the simulator send bytes, if it is still listened to."""
        for viewer in self.tiktok.viewers:
            viewer.send_raw(data)
        self.network.flush()

    def test_compressed(self) -> None:
        """A frame of 200 MiB of zeros, compressed: skipped, and the stream goes on."""
        self.tiktok.faults.garbage("gzip bomb")

        def push() -> None:
            self.room.push([chat("before")])
            self.settle(1)

        self.assertCheap(push)
        self.assertIsInstance(self.seen.only(Error).exception, PayloadTooLargeError)
        self.assertEqual(1, len(self.handshakes()))

    def test_announced(self) -> None:
        """A frame of 200 MiB of zeros, as it is: the stream is dropped at its first bytes."""
        connection = self.network.open_to("webcast-ws.tiktok.com")[0]
        before = connection.bytes_to_client

        def send() -> None:
            self.send(b"\x82\x7f" + (200 * MIB).to_bytes(8, "big"))
            for _ in range(200):
                self.send(bytes(MIB))

        self.assertCheap(send)
        self.assertLess(connection.bytes_to_client - before, 100)
        self.assertLost("1009")

    def test_fragmented(self) -> None:
        """A message of 200 fragments of one MiB: the stream is dropped when it is too much."""
        fragment = b"\x7f" + MIB.to_bytes(8, "big") + bytes(MIB)

        def send() -> None:
            for number in range(200):
                self.send((b"\x00" if number else b"\x02") + fragment)

        self.assertCheap(send)
        self.assertLost("1009")

    def test_text(self) -> None:
        """A text message of 200 MiB is no better than a binary one."""
        self.assertCheap(lambda: self.send(b"\x81\x7f" + (200 * MIB).to_bytes(8, "big")))
        self.assertLost("1009")

    def assertLost(self, words: str) -> None:
        """The stream was lost, and the reason says why."""
        reason = self.seen.only(Disconnected).reason
        self.assertIsInstance(reason, StreamLostError)
        self.assertIn(words, str(reason))


class FetchBoundsTests(PollingTestCase):
    """The same for answers of HTTP."""

    def test_answers(self) -> None:
        """A compressed and a plain body that are too large cost little, and are told."""
        self.poll()
        bomb()
        for how in ("gzip bomb", "too large"):
            with self.subTest(how):
                self.tiktok.faults.answer(FETCH_PATH, how)
                # The plain one is made here as well.
                self.assertLess(cost(lambda: self.settle(1)), 32 * MIB)
                error = self.seen.of(Error)[-1].exception
                self.assertIsInstance(error, InvalidResponseError)
                self.assertIn("larger than allowed", str(error))
                self.settle(5)


class CursorTests(StackTestCase):
    """A cursor that is no text would come back as another one, so it is not gone on from."""

    def test_socket(self) -> None:
        """After a reconnect the last sound cursor is sent, and the ack repeats every byte."""
        self.live()
        self.room.push([chat("one")])
        self.settle(1)
        self.viewer.unacked[5] = (b"\xff\xfe", self.clock.seconds())
        self.viewer.send(frames.push(MALFORMED + b"\x48\x01", 5))
        self.settle(1)
        self.assertIn(5, self.viewer.acks)
        self.lose()
        second = self.handshakes()[-1]
        self.assertRegex(second.parameter("cursor"), r"^[0-9]+_[0-9]+_1_1_0_0$")
        self.assertTrue(second.parameter("internal_ext").startswith("fetch_time"))


class FetchedCursorTests(ClassicTestCase):
    """The same where batches are asked for."""

    def test_first(self) -> None:
        """A first batch that cannot be continued is refused."""
        self.tiktok.answer_next(FETCH_PATH, Answer(200, MALFORMED))
        self.refused(self.attempt(), MissingCursorError)


class PolledCursorTests(PollingTestCase):
    """The same for those who poll."""

    def test_later(self) -> None:
        """The old cursor is used again, and the error told."""
        self.poll()
        before = self.fetches()[-1].parameter("cursor")
        self.tiktok.answer_next(FETCH_PATH, Answer(200, build_batch([]) + MALFORMED))
        self.settle(2)
        self.assertIsInstance(self.seen.only(Error).exception, MissingCursorError)
        odd, after = self.fetches()[-2:]
        self.assertNotEqual(before, odd.parameter("cursor"))
        self.assertEqual(odd.parameter("cursor"), after.parameter("cursor"))
        self.assertEqual(odd.parameter("internal_ext"), after.parameter("internal_ext"))


class RandomTests(SynchronousTestCase):
    """Ten minutes in which all kinds of things go wrong at random, all at once."""

    #: A sign server's 403 is the end for those who depend on it, and a deaf stream is not noticed.
    LEFT_OUT: dict[str, set[str]] = {"signed": {"http"}, "classic": {"http"}}

    def followed(self, source: str) -> list[str]:
        """What was wrong in the end."""
        cell: Any = Cell(source)
        rates = dict.fromkeys(RANDOM_FAULTS.keys() - self.LEFT_OUT.get(source, set()), 0.01)
        with cell.watched():
            cell.start()
            cell.say(3)
            cell.faults.at_random({**rates, "refuse": 0.1, "slow": 0.2})
            cell.say(600)
            cell.recover()
            cell.judge(Named(TikTokLiveError), "live")
            cell.stop()
        return cell.problems

    def test_all(self) -> None:
        """By each source nothing is lost that could arrive, nothing comes twice."""
        for source in SOURCES:
            with self.subTest(source):
                self.assertEqual([], self.followed(source))
