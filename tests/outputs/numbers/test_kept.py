"""Numbers over a restart of the program."""

from __future__ import annotations

import json
from typing import Any

from twisted.internet.task import Clock

from tests.outputs.doubles import NOON, ROOM, chat, event, gift, user
from tests.outputs.numbers.test_broadcast import NumbersCase
from tests.outputs.test_polls_and_battles import poll
from tiktoklive.dispatch.trackers import Trackers
from tiktoklive.events import Event, Origin
from tiktoklive.outputs.jsonbytes import loads
from tiktoklive.outputs.numbers import rooms
from tiktoklive.outputs.numbers.counted import KEPT as KEPT_IDS
from tiktoklive.outputs.numbers.givers import KEPT as KEPT_GIVERS
from tiktoklive.outputs.numbers.matching import matches
from tiktoklive.outputs.numbers.rooms import RoomNumbers

#: What is told anew, or belongs to the minute or to the run.
NEW = {"live", "viewers", "rates", "battle", "poll"}


class KeptCase(NumbersCase):
    """Numbers that stay."""

    def setUp(self) -> None:
        super().setUp()
        self.numbers.changed = lambda: None

    def kept(self) -> Any:
        """What is in the file."""
        return [loads(room) for room in self.numbers.kept()]

    def restart(self, seconds: float = 30, kept: Any = None) -> None:
        """The program ends without a word, and another one begins with what was kept."""
        kept = self.kept() if kept is None else kept
        now = self.clock.seconds() + seconds
        self.clock = Clock()
        self.clock.advance(now)
        self.numbers = RoomNumbers(self.clock)
        self.numbers.restore(json.loads(json.dumps(kept)))
        self.numbers.changed = lambda: None
        self.trackers = Trackers(self.clock, self.numbers.take)
        self.trackers.begin(ROOM)


class RestartTests(KeptCase):
    """The same broadcast goes on."""

    def some(self) -> list[Event]:
        """A little of everything that is counted."""
        goal = 'goal { id: 1 type: 1 status: 2 description: "More" sub_goals { target: 9 } }'
        return [
            chat("Ann", "one", number=1),
            event("MemberMessage", f"{user('Ann')} action: 1", number=2),
            event("SocialMessage", f"{user('Ann')} action: 1", number=3),
            event("SocialMessage", f"{user('Ann')} action: 3", number=4),
            event("SubNotifyMessage", "sub_month: 1", number=5),
            event("LikeMessage", f"{user('Ann')} count: 5 total: 900", number=6),
            event("RoomUserSeqMessage", "total: 30", number=7),
            event("GoalUpdateMessage", goal, number=8),
            gift("Ben", 9, True, 9),
            *poll("start", 0, 0, number=10),
        ]

    def test_same(self) -> None:
        """All is as it was, and what TikTok replays of it is not counted again."""
        some = self.some()
        self.connect(began=NOON - 60)
        self.happen(*some)
        before = self.shape()
        self.assertGreater(before["comments"] * before["joins"] * before["subscribes"], 0)
        self.restart()
        after = self.shape()
        self.assertEqual(
            {key: value for key, value in before.items() if key not in NEW},
            {key: value for key, value in after.items() if key not in NEW},
        )
        self.assertEqual((False, 0, None), (after["live"], after["viewers"], after["poll"]))
        self.connect()
        self.happen(*some)
        self.restart()  # and once more
        self.connect()
        self.happen(*some)
        again = self.shape()
        changing = NEW | {"updated", "peakViewers"}
        self.assertEqual(
            {key: value for key, value in before.items() if key not in changing},
            {key: value for key, value in again.items() if key not in changing},
        )
        self.assertTrue(again["live"])

    def test_goes_on(self) -> None:
        """What is new counts on top; a poll has its title still, and charts have no step."""
        self.happen(*self.some())
        self.restart()
        self.connect()
        self.happen(chat("Ann", "two", number=20), *poll("votes", 3, 4, number=21))
        shape = self.shape()
        self.assertEqual((2, "Tea or coffee?"), (shape["comments"], shape["poll"]["title"]))
        broadcast = self.numbers.of("host")
        assert broadcast is not None
        self.assertEqual([0], [diamonds for _, _, diamonds in self.numbers.past(broadcast)])

    def test_streak(self) -> None:
        """A streak that ran over it counts whole, and once, whether it was told at the stop."""
        for is_told in (True, False):
            self.happen(gift("Ben", 4, False, 1))
            if is_told:
                self.trackers.finish("disconnected")
            self.restart()
            self.happen(gift("Ben", 9, True, 2), gift("Ben", 9, True, 2))
            shape = self.shape()
            self.assertEqual((9, 9), (shape["gifts"], shape["givers"][0]["diamonds"]), is_told)
            self.setUp()

    def test_next(self) -> None:
        """The next broadcast begins at 0, and what nobody spoke of for a day is forgotten."""
        self.happen(*self.some())
        self.restart()
        self.connect("7137682087200559999")
        self.assertEqual(0, self.shape()["comments"])
        self.happen(chat("Ann", "hi", Origin("other", ROOM, int(self.clock.seconds()) * 1000)))
        self.restart(seconds=24 * 3600 + 60)
        self.assertEqual([], list(self.numbers.all()))

    def test_renamed_meanwhile(self) -> None:
        """A user who has another name by then is known by the broadcast."""
        self.happen(*self.some())
        self.restart()
        self.connect(anchor="New")
        self.assertEqual((1, "New"), (self.shape("new")["comments"], self.shape("new")["anchor"]))
        self.assertIsNone(self.numbers.of("host"))


class BoundTests(KeptCase):
    """However much happens, the file is small; whatever stands in it, nothing odd is shown."""

    def test_size(self) -> None:
        """Of each room the last ids and the largest givers stay, and of all what fits."""
        rose = 'gift_id: 5655 repeat_count: {} gift {{ name: "Rose" diamond_count: 1 type: 0 }}'
        for number in range(1, KEPT_GIVERS + 10):
            who = f'user {{ id: {number} nickname: "{number}" }} '
            self.happen(event("GiftMessage", who + rose.format(number), number=number))
        for number in range(2 * KEPT_IDS):
            self.happen(chat("Ann", "hi", number=10_000 + number))
        [kept] = self.kept()
        self.assertEqual(KEPT_IDS, len(kept["counted"]["chat"]))
        self.assertEqual(KEPT_GIVERS, len(kept["givers"]))
        self.assertEqual(KEPT_GIVERS + 9, kept["givers"][0]["diamonds"])
        self.assertLess(len(json.dumps(kept)), 256 * 1024)
        self.patch(rooms, "KEPT", 2_000)
        for number in range(20):
            where = Origin(f"user{number}", str(number + 1), (NOON + number) * 1000)
            self.happen(chat("Ann", "hi", where, number=number + 1))
        names = [each["anchor"] for each in self.kept()]
        self.assertEqual("user19", names[-1])
        self.assertNotIn("user0", names)
        self.assertLess(sum(map(len, self.numbers.kept())), 2_000)

    def test_odd(self) -> None:
        """Whatever TikTok says can be read again: numbers below 0, and of 64 bits."""
        for number in (-5, 2**64 - 1):
            where = Origin("host", ROOM, NOON * 1000)
            text = f"{user('Ann')} count: -7 total: {2**62}"
            self.happen(event("LikeMessage", text, where, number=number))
        part = f"progress: {-(2**62)} target: {2**63 - 1}"
        goal = f"goal {{ id: 1 type: 9 status: 2 sub_goals {{ {part} }} }}"
        self.happen(event("GoalUpdateMessage", goal, number=3))
        self.happen(chat("\U0001f981", "hi", number=4))
        before = self.shape()
        self.restart()
        self.assertEqual((before["goals"], 1), (self.shape()["goals"], self.shape()["comments"]))

    def test_damaged(self) -> None:
        """What is not as it was written is refused, and nothing of it taken."""
        self.happen(chat("Ann", "hi", number=1), gift("Ben", 9, True, 9))
        [good] = self.kept()
        wrong: list[Any] = [{"x": 1}, [7], [good | {"more": 1}], [good | {"givers": [{}]}]]
        for key in good:
            wrong.append([good, {name: value for name, value in good.items() if name != key}])
            wrong += [
                [good, good | {key: value}] for value in (1.5, [[]], {"a": [None]}, "x" * 5000)
            ]
        for shapes in wrong:
            numbers = RoomNumbers(self.clock)
            with self.assertRaises(ValueError, msg=str(shapes)[:300]):
                numbers.restore(shapes)
            self.assertEqual([], list(numbers.all()))


class MatchingTests(NumbersCase):
    """matching.matches()."""

    def test_forms(self) -> None:
        """Each form takes what it is of, and nothing else."""
        right: list[tuple[Any, Any]] = [
            ("x", str),
            (-3, int),
            (True, bool),
            ([1, 2], [int]),
            ([], [int]),
            ({"a": 1}, {"a": int}),
            ({"b": 1, "c": 2}, {"*": int}),
            (None, (None, str)),
            ("x", (None, str)),
        ]
        values = [value for value, _ in right]
        for value, form in right:
            self.assertTrue(matches(value, form), (value, form))
        for value, form in (
            *((each, str) for each in values[1:8] if each != "x"),
            *((each, int) for each in values if each != -3),
            *((each, bool) for each in values if each is not True),
            (2**65, int),
            (["x"], [int]),
            ({"a": 1, "b": 2}, {"a": int}),
            ({}, {"a": int}),
            ({"b": "x"}, {"*": int}),
            (1, (None, str)),
        ):
            self.assertFalse(matches(value, form), (value, form))
