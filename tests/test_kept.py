"""What a remote side can fill, over and over and with large things, is bounded in bytes."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from random import Random
from typing import Any

from twisted.internet.defer import Deferred
from twisted.internet.task import Clock
from twisted.trial.unittest import SynchronousTestCase

from tests.events.making import ORIGIN
from tests.rooms.answering import FakeWeb
from tests.seams import OTHER, Asked, SessionTestCase
from tests.seams import ROOM as A_ROOM
from tests.stack.case import chat
from tests.stream.conversing import ConversationCase, over
from tests.test_gifts import LION, ROSE, Gifts
from tiktoklive.dispatch import streaks as streaks_module
from tiktoklive.dispatch.dedup import DedupWindow
from tiktoklive.dispatch.dispatcher import Dispatcher
from tiktoklive.dispatch.trackers import Trackers
from tiktoklive.errors import BlockedError
from tiktoklive.events import Error, Gift, Reconnecting, decode
from tiktoklive.gifts import KeptGifts
from tiktoklive.logs import LogThrottle
from tiktoklive.model import Resume, Ticket
from tiktoklive.net.cookies import MOST_COOKIES
from tiktoklive.net.fetch import Visit
from tiktoklive.net.identity import choose_device
from tiktoklive.outputs.aggregation import MOST, Aggregation
from tiktoklive.rooms import InformedResolver
from tiktoklive.rooms.details import LARGEST
from tiktoklive.stream.conversation import Conversation, Limits, Tally
from tiktoklive.stream.limits import bounds
from tiktoklive.wire.batches import build_batch
from tiktoklive.wire.gifts_pb2 import GiftStruct
from tiktoklive.wire.giving_pb2 import WebcastGiftMessage
from tiktoklive.wire.text import LONGEST

MIB = 1 << 20
#: Bytes of a message, nearly as many as may be decoded.
LARGE = MIB - 10_000


def growth(fill: Callable[[], object]) -> int:
    """Bytes that are still there when it is done."""
    gc.collect()
    tracemalloc.start()
    try:
        kept = fill()
        gc.collect()
        size = tracemalloc.get_traced_memory()[0]
        del kept
    finally:
        tracemalloc.stop()
    return size


def given(kind: int = 5655, group: int = 1, *, end: bool = False, **details: Any) -> Gift:
    """A gift with large details, which are too much for protobuf's text form."""
    message = WebcastGiftMessage(gift_id=kind, group_id=group, repeat_count=1)
    message.repeat_end = int(end)
    message.gift.MergeFrom(GiftStruct(type=1, **details))
    event = decode("WebcastGiftMessage", message.SerializeToString(), origin=ORIGIN)
    assert isinstance(event, Gift)
    return event


class ConversationTests(ConversationCase):
    """What is kept of one stream."""

    def test_cursor(self) -> None:
        """A cursor or its companion that is too long is dropped, both are, and it is counted."""
        fits = "c" * LONGEST
        for long, left in (
            ({"cursor": "c" * MIB}, Resume()),
            ({"internal_ext": "i" * MIB}, Resume()),
            ({"cursor": fits, "internal_ext": ""}, Resume(fits, "i")),
        ):
            with self.subTest(list(long)):
                self.conversation, self.stream = self.converse()
                self.begin()
                self.conversation.batch(build_batch((), cursor="c", internal_ext="i"))
                self.assertLess(growth(partial(self.take, **long)), 2 * MIB)
                self.stream.lose(None)
                known = over(self.conversation)
                self.assertEqual(replace(left, failure=known.lost), known.resume)
        self.assertEqual(2, self.tally.long_cursors)

    def take(self, cursor: str = "d", internal_ext: str = "e") -> None:
        """A batch arrives."""
        self.conversation.batch(build_batch((), cursor=cursor, internal_ext=internal_ext))

    def test_ack(self) -> None:
        """A companion that is too long is not repeated in the ack."""
        self.begin()
        self.stream.push(needs_ack=True, internal_ext="i" * MIB)
        ack = self.stream.sent[-1]
        self.assertEqual(("ack", b"-"), (ack.payload_type, ack.payload))

    def test_first_batch(self) -> None:
        """The batch that came with a ticket is not kept when it is delivered."""

        def fill() -> Conversation:
            first = build_batch([("unknown", bytes(8 * MIB), 1, False)], cursor="c")
            conversation, stream = self.converse(first_batch=first)
            conversation.begin(stream)
            self.seen.events.clear()
            return conversation

        self.assertLess(growth(fill), 2 * MIB)

    def test_unreadable(self) -> None:
        """Frames that cannot be read are one event and a count, and their bytes are not kept."""
        self.begin()

        def fill() -> None:
            for number in range(2000):
                self.conversation.frame(b"\xff" * (MIB if number < 20 else 10))

        self.assertLess(growth(fill), 2 * MIB)
        self.assertEqual((1, 2000), (len(self.seen.of(Error)), self.tally.bad_frames))
        self.clock.advance(61)
        self.conversation.frame(b"\xff")
        self.assertEqual(
            "Websocket message decoding failed (1999 times more since this was told)",
            self.seen.of(Error)[-1].info,
        )

    def test_other_failure(self) -> None:
        """One that cannot be read for another reason is told at once."""
        self.conversation, self.stream = self.converse(limits=Limits(messages=1, payload=1000))
        self.begin()
        for _ in range(3):
            self.conversation.frame(b"\xff")
            self.stream.push(chat("a"), chat("b"))
        self.assertEqual(2, len(self.seen.of(Error)))


class AnswersTests(SessionTestCase):
    """What is kept of answers over HTTP."""

    def test_errors(self) -> None:
        """An error that is waited on does not keep the answer that it was found in."""
        cause = KeyError("x")

        def read(answer: bytes) -> None:
            try:
                raise cause
            except KeyError as error:
                raise BlockedError(f"{len(answer)} bytes") from error

        async def resolve(unique_id: str) -> Any:
            read(bytes(8 * MIB))

        self.resolver.resolve = resolve  # type: ignore[method-assign, assignment]

        def fill() -> None:
            self.session.follow()

        self.assertLess(growth(fill), 2 * MIB)
        self.assertEqual("waiting", self.phase)
        self.assertIsNone(cause.__traceback__)

    def test_foreign(self) -> None:
        """One that is not of this package keeps where it was raised, if the session fails by it."""

        async def resolve(unique_id: str) -> Any:
            raise ValueError("a mistake")

        self.resolver.resolve = resolve  # type: ignore[method-assign, assignment]
        failed = self.failureResultOf(self.session.connect(), ValueError)
        self.assertEqual("failed", self.phase)
        self.flushLoggedErrors(ValueError)
        self.assertIsNotNone(failed.value.__traceback__)
        self.session.follow()
        self.flushLoggedErrors(ValueError)
        self.assertEqual("waiting", self.phase)
        self.assertIsNone(self.seen.of(Reconnecting)[-1].reason.__traceback__)

    def test_tried(self) -> None:
        """Nor does that of a source that failed before another one let us in."""
        error = BlockedError("no")
        try:
            raise error
        except BlockedError:
            pass
        ticket = Ticket(A_ROOM, "wss://x/", tried=(("a", error),))
        self.signer.answers = [ticket]
        self.session.follow()
        self.assertEqual("live", self.phase)
        self.assertIsNone(error.__traceback__)

    def test_details(self) -> None:
        """Details of a room that are too large are left out, with a line in the log."""
        for size, kept in ((LARGEST - 1000, True), (LARGEST, False)):
            inner = Asked(A_ROOM)
            inner.resolve = inner.ask  # type: ignore[attr-defined]

            async def info(room_id: str, size: int = size) -> dict[str, Any]:
                return {"title": "x" * size, "owner": {"id_str": "7"}}

            asked = InformedResolver(inner, info, None).resolve("alice")  # type: ignore[arg-type]
            room = self.successResultOf(Deferred.fromCoroutine(asked))
            self.assertEqual((kept, "7"), (room.info is not None, room.anchor_id))

    def test_gifts(self) -> None:
        """All rooms keep the same list of gifts, and a new one takes its place."""
        clock = Clock()
        kept = KeptGifts([("part", Gifts([ROSE], [LION]))], clock, lasts=100)
        first = self.successResultOf(Deferred.fromCoroutine(kept.gifts(A_ROOM)))
        index = self.converse(first).gifts
        clock.advance(100)
        second = self.successResultOf(Deferred.fromCoroutine(kept.gifts(OTHER)))
        self.assertIs(first, second)
        self.assertEqual(([LION], {6369: LION}), (first, index))
        self.assertIs(index, self.converse(second).gifts)

    def converse(self, gifts: Any) -> Conversation:
        """A conversation in a room that has them."""
        return Conversation(
            Ticket(replace(A_ROOM, gifts=gifts), ""),
            Dispatcher(),
            Clock(),
            seen=DedupWindow(10),
            tally=Tally(),
            limits=Limits(),
            on_end=lambda end: None,
            on_closed=lambda reason: None,
        )

    def test_cookies(self) -> None:
        """A visitor keeps the last cookies."""
        visit = Visit(FakeWeb(), "7", choose_device(Random(1)), {})  # type: ignore[arg-type]
        visit._take([(f"c{number}", "x") for number in range(1000)])
        visit._take([("c999", "y")])
        self.assertEqual(MOST_COOKIES, len(visit.cookies))
        self.assertEqual(("c999", "y"), list(visit.cookies.items())[-1])


class BoundsTests(SynchronousTestCase):
    """What the state tells of it."""

    def test_costs(self) -> None:
        """Each bound tells what it cost, by its own count."""
        tally, dispatcher = Tally(long_cursors=2), Dispatcher()
        self.patch(streaks_module, "RUNNING_BYTES", LARGE // 2)
        trackers = Trackers(Clock(), lambda event: None)
        trackers.take(given(describe="x" * LARGE))
        trackers.finish("disconnected")
        dispatcher.dropped, dispatcher.dropped_by_bytes = 7, 3
        told = bounds(Limits(), tally, DedupWindow(9), trackers, dispatcher)
        costs = {name: bound.cost for name, bound in told.items() if bound.cost}
        self.assertEqual({"cursor": 2, "streak_bytes": 1, "busy": 4, "busy_bytes": 3}, costs)
        self.assertEqual(
            (LONGEST, LARGE // 2, 16 * MIB),
            tuple(told[name].limit for name in ("cursor", "streak_bytes", "busy_bytes")),
        )


class SmallTests(SynchronousTestCase):
    """Small tables."""

    def test_log(self) -> None:
        """What was logged is known by the beginning of a long text, and told from others."""
        throttle = LogThrottle()

        def fill() -> None:
            for number in range(200):
                self.assertEqual(0, throttle.again("x" * MIB + str(number), 1.0))
                self.assertIsNone(throttle.again("x" * MIB + str(number), 2.0))

        self.assertLess(growth(fill), 2 * MIB)

    def test_crowd(self) -> None:
        """So many names are told apart until the line is written."""
        aggregation = Aggregation()
        for number in range(3 * MOST):
            aggregation.add(str(number))
        self.assertEqual(f"0, 1, 2 and {3 * MOST - 3:,} more", aggregation.take())
