"""What each event changes in the numbers of a broadcast."""

from __future__ import annotations

from typing import Any

from twisted.internet.task import Clock
from twisted.trial.unittest import SynchronousTestCase

from tests.dispatch.test_battles import FINISH, OPEN, change, result, score
from tests.outputs.doubles import NOON, ROOM, chat, event, gift, origin, user
from tests.outputs.test_polls_and_battles import poll
from tiktoklive.dispatch.trackers import Trackers
from tiktoklive.events import Connected, Disconnected, Event, MessageEvent, Origin, StreamEnd
from tiktoklive.model import State
from tiktoklive.outputs.numbers.broadcast import GOALS, SHOWN, STREAKS
from tiktoklive.outputs.numbers.givers import MOST, OTHERS, TOP
from tiktoklive.outputs.numbers.rooms import RoomNumbers


class NumbersCase(SynchronousTestCase):
    """Numbers of rooms, and what a session would make of their messages."""

    def setUp(self) -> None:
        self.clock = Clock()
        self.clock.advance(NOON)
        self.numbers = RoomNumbers(self.clock)
        self.trackers = Trackers(self.clock, self.numbers.take)
        self.trackers.begin(ROOM)

    def happen(self, *events: Event) -> None:
        """Let something happen, and what follows from it."""
        for each in events:
            self.numbers.take(each)
            if isinstance(each, MessageEvent):
                for derived in self.trackers.take(each):
                    self.numbers.take(derived)

    def shape(self, anchor: str = "host") -> dict[str, Any]:
        """The numbers of a user."""
        broadcast = self.numbers.of(anchor)
        assert broadcast is not None
        return self.numbers.shape(broadcast)

    def connect(self, room: str = ROOM, began: int | None = None, anchor: str = "host") -> None:
        """A stream is connected."""
        info = None if began is None else {"create_time": began}
        state = State(room_id=room, room_info=info)
        self.happen(Connected(state, Origin(anchor, room, NOON * 1000)))


class CountTests(NumbersCase):
    """What is counted."""

    def test_audience(self) -> None:
        """Comments, joins, follows, shares and subscriptions are counted, each as what it is."""
        self.connect(began=NOON - 60)
        self.happen(chat("Ann", "one", number=1), chat("Ann", "two", number=2))
        self.happen(event("MemberMessage", f"{user('Ann')} action: 1", number=3))
        self.happen(event("MemberMessage", f"{user('Ann')} action: 5", number=4))  # no join
        self.happen(event("SocialMessage", f"{user('Ann')} action: 1", number=5))
        self.happen(event("SocialMessage", f"{user('Ann')} action: 3", number=6))
        self.happen(event("SubNotifyMessage", "sub_month: 1", number=7))
        shape = self.shape()
        names = ("comments", "joins", "follows", "shares", "subscribes")
        self.assertEqual([2, 1, 1, 1, 1], [shape[name] for name in names])
        self.assertEqual(("host", ROOM, True), (shape["anchor"], shape["room"], shape["live"]))
        self.assertEqual((NOON - 60) * 1000, shape["since"])
        self.assertEqual(NOON * 1000, shape["updated"])

    def test_likes(self) -> None:
        """Likes are TikTok's total, which never goes back; without one those that were told."""
        self.happen(event("LikeMessage", f"{user('Ann')} count: 5", number=1))
        self.assertEqual(5, self.shape()["likes"])
        for number, total in enumerate((900, 700), 2):
            self.happen(
                event("LikeMessage", f"{user('Ann')} count: 5 total: {total}", number=number)
            )
        self.assertEqual(900, self.shape()["likes"])

    def test_viewers(self) -> None:
        """Viewers are those of now, beside the most there were; nobody watches what is over."""
        self.connect()
        for number, total in enumerate((7, 30, 12), 1):
            self.happen(event("RoomUserSeqMessage", f"total: {total}", number=number))
        self.assertEqual((12, 30), (self.shape()["viewers"], self.shape()["peakViewers"]))
        self.happen(StreamEnd(3, origin()))
        self.assertEqual((0, 30), (self.shape()["viewers"], self.shape()["peakViewers"]))

    def test_streak(self) -> None:
        """A streak counts once, when it is over; told again, as by a fleet, it counts no more."""
        told: list[Event] = []
        self.trackers = Trackers(self.clock, told.append)
        self.trackers.begin(ROOM)
        self.happen(gift("Ben", 1, False, 1), gift("Ben", 4, False, 2))
        self.assertEqual((0, 0), (self.shape()["gifts"], self.shape()["diamonds"]))
        self.happen(gift("Ben", 9, True, 3))
        self.happen(*told, *told)
        self.assertEqual((9, 9), (self.shape()["gifts"], self.shape()["diamonds"]))

    def test_history(self) -> None:
        """What TikTok replays belongs to the broadcast, and is no news of the last minute."""
        self.connect()
        self.happen(chat("Ann", "before", number=1, is_history=True))
        self.happen(gift("Ben", 3, True, 2, is_history=True))
        shape = self.shape()
        self.assertEqual((1, 3), (shape["comments"], shape["diamonds"]))
        self.assertEqual({0}, set(shape["rates"].values()))

    def test_rates(self) -> None:
        """Rates are of the last minute, fall as it passes, and are 0 as soon as it is offline."""
        self.connect()
        self.happen(*(chat("Ann", "hi", number=number) for number in range(1, 31)))
        self.happen(event("LikeMessage", f"{user('Ann')} count: 15", number=99))
        rates = self.shape()["rates"]
        self.assertEqual((30, 15), (rates["comments"], rates["likes"]))
        self.clock.advance(30)
        self.happen(chat("Ann", "hi", number=40))
        self.assertEqual(31, self.shape()["rates"]["comments"])
        self.clock.advance(35)
        self.assertEqual(1, self.shape()["rates"]["comments"])
        self.happen(Disconnected(None, origin()))
        shape = self.shape()
        self.assertEqual((False, 0), (shape["live"], shape["rates"]["comments"]))
        self.assertEqual(31, shape["comments"])


class GiverTests(NumbersCase):
    """Who gave how much."""

    def give(self, number: int, count: int, name: str = "") -> None:
        """A viewer gives so many roses at once."""
        who = f'user {{ id: {number} nickname: "{name or number}" }}'
        rose = 'gift { name: "Rose" diamond_count: 1 type: 0 }'
        text = f"{who} gift_id: 5655 repeat_count: {count} {rose}"
        self.number = getattr(self, "number", 0) + 1
        self.happen(event("GiftMessage", text, number=self.number))

    def test_top(self) -> None:
        """Those who gave most come first, by user id whatever they are called, twenty at most."""
        for number in range(1, 31):
            self.give(number, number)
        self.give(5, 100, "A new name")
        givers = self.shape()["givers"]
        self.assertEqual(TOP, len(givers))
        first = givers[0]
        self.assertEqual(
            ("5", "A new name", 105, 105),
            tuple(first[key] for key in ("userId", "nickname", "diamonds", "gifts")),
        )
        self.assertEqual([30, 29], [each["diamonds"] for each in givers[1:3]])

    def test_never_forgotten(self) -> None:
        """Whoever gave most stays, however many give a little."""
        self.give(1, 1000)
        for number in range(2, OTHERS + 200):
            self.give(number, 1)
        self.give(1, 1)
        self.assertEqual((1001, "1"), self._first())

    def _first(self) -> tuple[int, str]:
        first = self.shape()["givers"][0]
        return first["diamonds"], first["userId"]

    def test_ranks(self) -> None:
        """TikTok's own place and coins stand beside, also of those who gave before we came."""
        self.give(1, 10)
        ranks = "".join(
            f'ranks {{ rank: {rank} score: {coins} user {{ id: {number} nickname: "n" }} }} '
            for rank, number, coins in ((1, 8, 500), (2, 1, 30), (3, 9, 0))
        )
        self.happen(event("RoomUserSeqMessage", f"total: 3 {ranks}", number=99))
        keys = ("userId", "diamonds", "rank", "coins")
        told = [tuple(each[key] for key in keys) for each in self.shape()["givers"]]
        self.assertEqual([("1", 10, 2, 30), ("8", 0, 1, 500)], told)

    def test_bound(self) -> None:
        """Long names and addresses are cut, and no number is larger than a page can have."""
        long = "n" * 100_000
        self.give(1, 2**31 - 1, long)
        self.assertLess(len(self.shape()["givers"][0]["nickname"]), 1000)
        broadcast = self.numbers.of("host")
        assert broadcast is not None
        broadcast._diamonds = MOST - 5
        self.give(1, 10)
        self.assertEqual(MOST, self.shape()["diamonds"])
        for number in range(2, STREAKS + 100):
            self.give(number, 1)
        self.assertLessEqual(len(broadcast._streaks), STREAKS)


class ExtraTests(NumbersCase):
    """Goals, polls and battles."""

    def test_goal(self) -> None:
        """A goal is as it was told last, and gone when it is deleted; there are ten at most."""
        parts = 'sub_goals { type: 1 id: 7 progress: 3 target: 10 gift { name: "Rose" } } '
        parts += "sub_goals { type: 2 id: 8 progress: 1 target: 5 }"
        text = 'goal {{ id: {} type: 1 status: {} description: "{}" {} }}'
        self.happen(event("GoalUpdateMessage", text.format(1, 2, "More", parts), number=1))
        [goal] = self.shape()["goals"]
        keys = ("id", "title", "current", "target", "kind")
        self.assertEqual(("1", "More", 4, 15, "gifts"), tuple(goal[key] for key in keys))
        self.assertEqual(["gifts", "subscriptions"], [part["kind"] for part in goal["parts"]])
        self.happen(event("GoalUpdateMessage", text.format(1, 4, "", ""), number=2))
        self.assertEqual([], self.shape()["goals"])
        for number in range(1, 30):
            self.happen(
                event("GoalUpdateMessage", text.format(number, 2, "", parts), number=number)
            )
        self.assertEqual((GOALS, "Rose"), (len(self.shape()["goals"]), goal["parts"][0]["title"]))

    def test_poll(self) -> None:
        """A poll keeps its title, is shown for a while when it is over, and then no more."""
        self.happen(*poll("start", 0, 0, number=1), *poll("votes", 3, 4, number=2))
        shown = self.shape()["poll"]
        votes = [{"text": "tea", "votes": 3}, {"text": "coffee", "votes": 4}]
        self.assertEqual(("Tea or coffee?", votes), (shown["title"], shown["options"]))
        self.assertFalse(shown["over"])
        self.happen(*poll("end", 5, 4, number=3))
        self.assertEqual(
            (True, 5), (self.shape()["poll"]["over"], shown["options"][0]["votes"] + 2)
        )
        self.clock.advance(SHOWN + 10)
        self.assertIsNone(self.shape()["poll"])

    def test_battle(self) -> None:
        """A battle has its hosts and scores, and who won when it is over."""
        self.happen(change(OPEN), score(5, 7))
        shown = self.only()["battle"]
        self.assertEqual([5, 7], [team["score"] for team in shown["teams"]])
        self.assertEqual("ann", shown["teams"][0]["hosts"][0]["uniqueId"])
        self.happen(change(FINISH, text=result(5, 9)))
        shown = self.only()["battle"]
        self.assertEqual((True, "finished", [1, 0]), self.ending(shown))
        self.clock.advance(SHOWN + 10)
        self.assertIsNone(self.only()["battle"])

    @staticmethod
    def ending(shown: dict[str, Any]) -> tuple[bool, str, list[Any]]:
        """Whether and how a battle ended."""
        return shown["over"], shown["reason"], [team["result"] for team in shown["teams"]]

    def only(self) -> dict[str, Any]:
        """The numbers of the one room there is."""
        [(anchor, _)] = self.numbers.all()
        return self.shape(anchor)
