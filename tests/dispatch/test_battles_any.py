"""Battles of any course, and all trackers together."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from twisted.internet.task import Clock
from twisted.trial.unittest import SynchronousTestCase

from tests.dispatch.test_battles import (
    ACTIONS,
    MESSAGES,
    NOW,
    OPEN,
    change,
    punished,
    score,
)
from tests.events.making import made
from tiktoklive.dispatch.battles import BattleTracker
from tiktoklive.dispatch.trackers import Trackers
from tiktoklive.events import (
    Battle,
    BattleEnded,
    BattleStarted,
    Event,
)


class PropertyTests(SynchronousTestCase):
    """Whatever comes in whatever order, each battle that starts ends once."""

    @given(st.lists(MESSAGES, max_size=30), st.sampled_from([0, 5]), st.sampled_from([0, 300]))
    def test_any_order(self, steps: list[Any], channel: int, length: int) -> None:
        """
        Messages of several battles, mixed, lost, repeated, late, with pauses, reconnects, other
        rooms and ends at any time: a start, then scores, then one end, and nothing afterwards.
        """
        clock = Clock()
        clock.advance(NOW)
        told: list[Any] = []
        trackers = Trackers(clock, told.append)
        rooms = 0
        trackers.begin("0")
        for step in steps:
            self.do(trackers, clock, step, channel, length)
            rooms += step[0] == "elsewhere"
            if step[0] == "elsewhere":
                trackers.begin(str(rooms))
            told_so_far = self.check(told)
            if step[0] == "wait" and step[1] == 4000:
                self.assertEqual(set(), told_so_far)
        trackers.finish("disconnected")
        self.assertEqual(set(), self.check(told))
        self.assertEqual([], clock.getDelayedCalls())
        self.assertEqual(0, len(trackers.battles.running))

    def do(self, trackers: Trackers, clock: Clock, step: Any, channel: int, length: int) -> None:
        """One step."""
        what, *numbers = step
        at = clock.seconds() - NOW
        if what in ACTIONS:
            trackers.take(change(ACTIONS[what], numbers[0], at=at, channel=channel, length=length))
        elif what == "punished":
            trackers.take(punished(numbers[0]))
        elif what == "score":
            number, ann, ben = numbers
            trackers.take(score(ann, ben, number, at=at, channel=channel, length=length))
        elif what == "wait":
            clock.pump([numbers[0] / 4] * 4)
            clock.advance(0)
        elif what == "again":
            trackers.begin(trackers.battles._room_id)
        elif what == "over":
            trackers.finish(numbers[0])

    def check(self, told: list[Any]) -> set[int]:
        """Each is told in its order; the objects of those that have not ended so far."""
        going: dict[int, Battle] = {}
        done: set[int] = set()
        for event in told:
            key = id(event.battle)
            self.assertNotIn(key, done)
            if isinstance(event, BattleStarted):
                self.assertNotIn(key, going)
                going[key] = event.battle
            else:
                self.assertIn(key, going)
            if isinstance(event, BattleEnded):
                self.assertTrue(event.reason and event.battle.is_over)
                done.add(key)
                del going[key]
        return set(going)


class TrackersTests(SynchronousTestCase):
    """What the trackers are made of."""

    def test_other_messages(self) -> None:
        """Messages that are part of none are none of theirs."""
        told: list[Event] = []
        Trackers(Clock(), told.append).take(made("ChatMessage"))
        self.assertEqual([], told)

    def test_bytes(self) -> None:
        """What is kept of battles that go on is counted."""
        trackers = BattleTracker(Clock(), lambda event: None)
        self.assertEqual(0, trackers.size)
        trackers.change(change(OPEN))
        self.assertGreater(trackers.size, 500)
        trackers.finish("disconnected")
        self.assertEqual(0, trackers.size)
