"""The whole stack: gift streaks, and what TikTok's list of gifts says of a gift."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from zope.interface import implementer

from tests.stack.case import StackTestCase
from tiktoklive.errors import BlockedError
from tiktoklive.events import DecodedData, Gift, GiftStreak, IGiftStreakObserver
from tiktoklive.interfaces import IGiftSource
from tiktoklive.model import Room
from tiktoklive.options import Options
from tiktoklive.rooms import InformedResolver
from tiktoklive.service import LiveService
from tiktoklive.session.retry import Patience
from tiktoklive.wire.common_pb2 import User
from tiktoklive.wire.gifts_pb2 import GiftStruct
from tiktoklive.wire.giving_pb2 import WebcastGiftMessage

ROSE = GiftStruct(id=5655, name="Rose", type=1, diamond_count=1)
LION = GiftStruct(id=6369, name="Lion", type=2, diamond_count=500)


def rose(count: int, *, end: bool = False, group: int = 7, user: int = 5) -> tuple[str, bytes]:
    """One event of a streak of roses, as a room pushes it."""
    message = WebcastGiftMessage(
        gift_id=5655, gift=ROSE, repeat_count=count, group_id=group, repeat_end=int(end)
    )
    message.user.CopyFrom(User(id=user, unique_id="ben"))
    return "WebcastGiftMessage", message.SerializeToString()


class GiftsTestCase(StackTestCase):
    """Gifts, and what they become."""

    def push(self, *messages: tuple[str, bytes], seconds: float = 0.0) -> None:
        """Let them arrive in one batch."""
        self.room.push(messages)
        self.settle(seconds)

    def streaks(self) -> list[tuple[int, str]]:
        """Count and reason of those that were told, and no longer remembered."""
        told = [(each.repeat_count, each.reason) for each in self.seen.of(GiftStreak)]
        self.seen.events = [e for e in self.seen.events if not isinstance(e, GiftStreak)]
        return told


class StreakTests(GiftsTestCase):
    """Each streak is told once, however it ends."""

    def test_closed(self) -> None:
        """A streak is told right after the gift that closes it, a single gift after itself."""
        self.live()
        self.seen.events.clear()
        lion = WebcastGiftMessage(gift_id=6369, gift=LION)
        single = ("WebcastGiftMessage", lion.SerializeToString())
        self.push(rose(1), single, rose(2, end=True), rose(2, end=True))
        self.assertEqual(
            ["gift", "gift", "giftStreak", "gift", "giftStreak", "gift"], self.seen.names()
        )
        self.assertEqual([(1, "single"), (2, "repeat_end")], self.streaks())

    def test_observed_alone(self) -> None:
        """Observing nothing else counts every gift."""
        connection = self.live()
        connection.remove_observer(self.seen)
        counted: list[int] = []

        @implementer(IGiftStreakObserver)
        class Counter:
            def gift_streak(self, event: GiftStreak) -> None:
                counted.append(event.diamond_total)

        connection.add_observer(Counter())
        self.push(rose(1), rose(9), rose(10, end=True), rose(3, end=True, group=8))
        self.assertEqual([10, 3], counted)

    def test_unobserved(self) -> None:
        """While nobody observes them, no streaks are kept."""
        connection = self.live()
        connection.remove_observer(self.seen)
        connection.on(Gift, self.seen.event)
        before = len(self.clock.getDelayedCalls())
        self.push(rose(1))
        self.assertEqual(1, len(self.seen.of(Gift)))
        self.assertEqual(before, len(self.clock.getDelayedCalls()))

    def test_timeout(self) -> None:
        """A streak that is never closed is told after a minute; its end comes too late then."""
        self.live()
        self.push(rose(4))
        self.settle(59)
        self.assertEqual([], self.streaks())
        self.settle(2)
        self.assertEqual([(4, "timeout")], self.streaks())
        self.push(rose(4, end=True))
        self.assertEqual([], self.streaks())

    def test_end_of_broadcast(self) -> None:
        """What runs when the broadcast ends is told before its end."""
        self.live()
        self.push(rose(1), rose(2, group=8))
        self.room.end()
        self.settle(3)
        self.assertEqual(
            ["controlMessage", "giftStreak", "giftStreak", "streamEnd", "disconnected"],
            self.seen.names()[-5:],
        )
        self.assertEqual([(1, "stream_end"), (2, "stream_end")], self.streaks())

    def test_end_without_a_word(self) -> None:
        """The same when the look-ups after a loss find that the broadcast is over."""
        self.wiring = self.wire(Options(patience=Patience(offline=4)))
        for start in (self.live, self.follow):
            connection = start()
            self.push(rose(3))
            self.room.end(say=False)
            self.settle(14)
            self.assertEqual([(3, "stream_end")], self.streaks())
            connection.disconnect()
            self.room.go_live()
            self.settle(3)
            self.assertEqual([], self.streaks())

    def test_disconnect(self) -> None:
        """What runs when we disconnect is told before that is."""
        connection = self.live()
        self.push(rose(3))
        connection.disconnect()
        self.settle(3)
        self.assertEqual(["giftStreak", "disconnected"], self.seen.names()[-2:])
        self.assertEqual([(3, "disconnected")], self.streaks())

    def test_disconnect_in_the_middle(self) -> None:
        """Of a batch in whose middle we disconnect nothing is lost, and nothing left behind."""
        connection = self.live()
        connection.on(Gift, lambda event: connection.disconnect())
        self.push(rose(3), rose(4), rose(2, group=8), seconds=3)
        self.assertEqual([(4, "disconnected"), (2, "disconnected")], self.streaks())

    def test_reconnect(self) -> None:
        """A streak goes on in the next stream of the same room."""
        self.live()
        self.push(rose(3), rose(1, group=8), rose(1, group=9, end=True))
        self.streaks()
        self.lose()
        self.push(rose(5, end=True), rose(1, group=9, end=True))
        self.assertEqual([(5, "repeat_end")], self.streaks())
        self.settle(60)
        self.assertEqual([(1, "timeout")], self.streaks())

    def test_timeout_without_a_stream(self) -> None:
        """A streak does not wait longer for a stream than for news."""
        self.follow()
        self.push(rose(3))
        self.tiktok.refuse(status=503, times=50)
        self.lose(seconds=61)
        self.assertEqual([(3, "timeout")], self.streaks())

    def test_stopped_while_waiting(self) -> None:
        """A streak is over when we stop while the next stream is not open yet."""
        connection = self.follow()
        self.push(rose(3))
        self.lose(seconds=0)
        self.assertEqual([], self.streaks())
        self.assertEqual("waiting", connection.get_state().phase)
        connection.disconnect()
        self.assertEqual([(3, "disconnected")], self.streaks())

    def test_other_room(self) -> None:
        """What runs when another broadcast is on after a loss is over with the old one."""
        self.follow()
        self.push(rose(3), rose(2, group=8, end=True))
        self.streaks()
        old = self.room.room_id
        self.room.end(say=False)
        self.room.go_live()
        self.settle(5)
        [streak] = self.seen.of(GiftStreak)
        self.assertEqual((old, [(3, "stream_end")]), (streak.room_id, self.streaks()))
        self.push(rose(2, group=8, end=True))
        self.assertEqual([(2, "repeat_end")], self.streaks())

    def test_disconnect_when_told(self) -> None:
        """Whoever is told of a streak may disconnect, however it ended."""
        ends: list[Callable[[], object]] = [
            lambda: self.push(rose(4, group=1, end=True)),
            lambda: self.settle(60),
            lambda: self.room.end(),
            lambda: self.room.end(say=False),
            lambda: (self.room.end(say=False), self.room.go_live()),
        ]
        self.wiring = self.wire(Options(patience=Patience(offline=4)))
        for number, end in enumerate(ends):
            with self.subTest(number):
                if not self.room.is_live:
                    self.room.go_live()
                connection = self.follow()
                connection.on(GiftStreak, lambda event, mine=connection: mine.disconnect())
                self.push(rose(3, group=number + 1))
                end()
                self.settle(8)
                self.assertEqual(1, len(self.streaks()))
                self.assertEqual("stopped", connection.get_state().phase)
                self.assertEqual([], self.tiktok.viewers)

    def test_rooms_apart(self) -> None:
        """The streaks of several users' rooms are told apart, and end with their own connection."""
        other = self.tiktok.add_room("bea")
        service = LiveService(self.wiring)
        service.add_observer(self.seen)
        self.services.append(service)
        for name in ("alice", "bea"):
            service.add(name)
        service.startService()
        self.settle()
        self.push(rose(3))
        other.push([rose(5)])
        self.settle()
        service.remove("bea")
        self.settle(3)
        self.assertEqual(["bea"], [each.anchor for each in self.seen.of(GiftStreak)])
        self.assertEqual([(5, "disconnected")], self.streaks())
        self.push(rose(4, end=True))
        self.assertEqual([(4, "repeat_end")], self.streaks())


@implementer(IGiftSource)
class Gifts:
    """A list of gifts, or an error."""

    def __init__(self, answer: Any) -> None:
        self.answer = answer

    async def gifts(self, room: Room) -> Sequence[Mapping[str, Any]]:
        if isinstance(self.answer, Exception):
            raise self.answer
        return list(self.answer)


class ExtendedGiftInfoTests(GiftsTestCase):
    """What TikTok's list of gifts says of a gift."""

    ENTRY = {"id": 5655, "name": "Rose", "type": 1, "diamond_count": 1, "image": {"url_list": []}}

    def gift(self, answer: Any) -> Gift:
        """A gift in a room whose list of gifts is this."""
        resolver = InformedResolver(self.wiring.resolver, None, Gifts(answer))
        self.live(self.connection(wiring=replace(self.wiring, resolver=resolver)))
        self.decoded: list[dict[str, Any]] = []
        self.services[-1].on(DecodedData, lambda event: self.decoded.append(event.as_dict()))
        self.push(rose(1))
        return self.seen.only(Gift)

    def test_listed(self) -> None:
        """A gift has its entry, in its JSON too; what was told before it has not."""
        event = self.gift([{"id": 1}, self.ENTRY])
        self.assertIs(self.ENTRY, event.extended_gift_info)
        shape = event.as_dict()
        self.assertEqual(self.ENTRY, shape.pop("extendedGiftInfo"))
        self.assertEqual([shape], self.decoded)

    def test_without(self) -> None:
        """Without a list, or an entry in it, there is none; an entry of no form is no harm."""
        for answer in ([], [{"id": 1}, {}, {"id": None}, {"id": "x"}], BlockedError("No.")):
            event = self.gift(answer)
            self.assertIsNone(event.extended_gift_info)
            self.assertNotIn("extendedGiftInfo", event.as_dict())
            self.services[-1].disconnect()
            self.settle(3)
            self.seen.events.clear()

    def test_id_as_text(self) -> None:
        """An id may be written as text."""
        self.assertIsNotNone(self.gift([{**self.ENTRY, "id": "5655"}]).extended_gift_info)
