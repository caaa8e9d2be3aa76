"""What goes on in a random room for a while, and that every type of message can be played."""

from __future__ import annotations

import random
from collections import Counter
from itertools import islice
from typing import Any

from twisted.internet.task import Clock
from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.dispatch.trackers import Trackers
from tiktoklive.events import (
    Barrage,
    CaptionMessage,
    Event,
    GoalUpdate,
    MessageEvent,
    PollMessage,
    RoomPin,
    decode,
)
from tiktoklive.events.table import ROWS
from tiktoklive.simulator import RandomScript
from tiktoklive.simulator.activities import ACTIVITIES
from tiktoklive.simulator.common_messages import EVERYDAY
from tiktoklive.simulator.other_messages import NOT_BY_CHANCE, OTHERS
from tiktoklive.simulator.rare_messages import RARE_MESSAGES
from tiktoklive.simulator.room_state import Moment, RoomState
from tiktoklive.wire.messages import MESSAGE_TYPES

ROOM, HOST = 75, 69


def played(number: int, seed: int = 1) -> list[Any]:
    """The events of one activity from its beginning to its end, a second apart."""
    state = RoomState(random.Random(seed), ROOM, HOST)
    found: list[Any] = []
    moment = Moment(1 << 60, 1_767_225_600_000)
    activity = ACTIVITIES[number](state, moment)
    line = next(activity, None)
    while line is not None:
        method, message = line
        payload = state.common(method, moment) + message.SerializeToString()
        found.append(decode(method, payload, number=moment.msg_id))
        moment = Moment(moment.msg_id + 1, moment.now + 1000)
        try:
            line = activity.send(moment)
        except StopIteration:
            line = None
    return found


def told(events: list[Any]) -> list[str]:
    """The names of what is told after them."""
    trackers = Trackers(Clock(), lambda event: None)
    found: list[str] = []
    for event in events:
        found += [each.name for each in trackers.take(event)]
    return found


class ActivityTests(SynchronousTestCase):
    """Each activity, as clients see it."""

    def test_poll(self) -> None:
        """A poll begins, gets votes, which only grow, and ends."""
        events = played(0)
        self.assertEqual({PollMessage}, set(map(type, events)))
        self.assertEqual(["pollStarted", "pollEnded"], told(events))
        self.assertEqual(1, len({each.poll_id for each in events}))
        votes = [sum(option.votes for option in each.options) for each in events]
        self.assertEqual(sorted(votes), votes)
        self.assertGreater(votes[-1], 0)
        self.assertTrue(events[0].title and events[-1].title)

    def test_guests(self) -> None:
        """Guests come and go: each is told once, though two types of message tell it."""
        names = told(played(1))
        self.assertEqual({"guestJoined": 3, "guestLeft": 3}, Counter(names))
        self.assertEqual(["linkLayer", "linkMessage"] * 7, [each.name for each in played(1)])

    def test_goal(self) -> None:
        """A goal comes nearer and is reached with the last message."""
        events = played(2)
        self.assertEqual({GoalUpdate}, set(map(type, events)))
        self.assertEqual([False] * (len(events) - 1) + [True], [e.is_reached for e in events])
        progress = [each.sub_goals[0].progress for each in events]
        self.assertEqual(sorted(set(progress)), progress)

    def test_fans(self) -> None:
        """Super fans, their box, and a team member."""
        events = played(3)
        self.assertEqual(
            ["superFan", "superFanJoin", "superFanBox", "teamMemberJoin"], told(events)
        )
        for each in events:
            if isinstance(each, Barrage):
                assert each.user is not None
                self.assertIn(each.user.nickname, each.text)

    def test_captions(self) -> None:
        """A sentence grows until it is definite."""
        events = played(4)
        self.assertEqual({CaptionMessage}, set(map(type, events)))
        texts = [each.text for each in events]
        self.assertTrue(texts[1].startswith(texts[0]) and texts[2].startswith(texts[1]), texts)

    def test_pin(self) -> None:
        """A comment is pinned and taken down."""
        events = played(5)
        self.assertEqual({RoomPin}, set(map(type, events)))
        self.assertEqual([True, False], [each.is_pinned for each in events])
        self.assertEqual(1, len({each.pin_id for each in events}))
        # What is pinned was said before.
        self.assertLess(int(events[0].pin_id), events[0].number)

    def test_in_rooms(self) -> None:
        """In a random room all of them are on within a quarter of an hour, in the same order."""
        trackers = Trackers(Clock(), lambda event: None)
        names: Counter[str] = Counter()
        for method, payload, number in islice(RandomScript(7, rate=20).messages(), 18_000):
            if method == "WebcastGiftMessage":
                continue
            event = decode(method, payload, number=number)
            assert isinstance(event, MessageEvent)
            found: list[Event] = [event, *trackers.take(event)]
            names.update(each.name for each in found)
        for name in (
            *("pollStarted", "pollEnded", "guestJoined", "guestLeft", "superFan", "superFanJoin"),
            *(
                "superFanBox",
                "teamMemberJoin",
                "levelUp",
                "goalUpdate",
                "roomPin",
                "captionMessage",
            ),
            *("linkMicBattle", "linkMicArmies", "linkMicBattlePunishFinish", "audience"),
        ):
            self.assertGreater(names[name], 0, name)
        self.assertLessEqual(abs(names["pollStarted"] - names["pollEnded"]), 1)


class EveryTypeTests(SynchronousTestCase):
    """Every wire name."""

    def test_all(self) -> None:
        """Each can be made and played, becomes its event, and has its head and its fields."""
        for method, kind in MESSAGE_TYPES.items():
            script = RandomScript(3, mix={method: 1}, room_id=ROOM, anchor_id=HOST)
            (name, payload, number), (_, second, _) = islice(script.messages(), 2)
            self.assertEqual(method, name)
            self.assertNotEqual(payload, second)
            event = decode(method, payload, number=number)
            assert isinstance(event, MessageEvent)
            self.assertIs(ROWS[method].event_class, type(event))
            message: Any = event.message
            self.assertEqual(payload, message.SerializeToString(), method)
            head = message.common
            self.assertEqual((number, ROOM), (head.msg_id, head.room_id), method)
            self.assertIs(MESSAGE_TYPES[head.method], kind)
            self.assertGreater(len(message.ListFields()), 1, method)

    def test_repeatable(self) -> None:
        """The same seed gives the same, another seed another message."""
        for method in MESSAGE_TYPES:
            one, two, other = (
                next(RandomScript(seed, mix={method: 1}).messages()) for seed in (1, 1, 2)
            )
            self.assertEqual(one, two)
            self.assertNotEqual(one[1], other[1])

    def test_known(self) -> None:
        """Each type is made in one place."""
        others = [method for method, _ in EVERYDAY.values()] + [row[0] for row in RARE_MESSAGES]
        names = {kind.DESCRIPTOR.name for kind in MESSAGE_TYPES.values()}
        self.assertEqual(sorted(names), sorted([*others, *OTHERS]))
        self.assertLess(NOT_BY_CHANCE, set(OTHERS))

    def test_seldom(self) -> None:
        """What is seldom comes by chance, and seldom: at most one in a hundred."""
        sample = Counter(m for m, _, _ in islice(RandomScript(5, rate=20).messages(), 60_000))
        came = [sample[name] for name in OTHERS if name not in NOT_BY_CHANCE]
        self.assertGreater(sum(map(bool, came)), len(came) * 3 // 4)
        self.assertLess(sum(came), 600)
        self.assertEqual(0, sample["WebcastControlMessage"])
