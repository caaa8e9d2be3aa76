"""The whole stack: battles from their start to their end, in a lifelike room and otherwise."""

from __future__ import annotations

from typing import Any

from zope.interface import implementer

from tests.stack.case import StackTestCase
from tiktoklive.events import (
    BattleEnded,
    BattleScore,
    BattleStarted,
    IBattleProgressObserver,
    LinkMicArmies,
    LinkMicBattle,
    LinkMicBattlePunishFinish,
)
from tiktoklive.outputs.envelope import encode_line, envelope
from tiktoklive.simulator import RandomScript
from tiktoklive.wire.battle_pb2 import BattleUserArmies, WebcastLinkMicArmies, WebcastLinkMicBattle

STORY = {"battleStarted", "battleScore", "battleEnded"}


def opened(number: int = 7, action: int = 4, length: int = 300) -> tuple[str, bytes]:
    """A battle opens, as a room pushes it."""
    message = WebcastLinkMicBattle(battle_id=number, action=action)
    message.battle_setting.duration = length
    return "WebcastLinkMicBattle", message.SerializeToString()


def scored(points: int, number: int = 7) -> tuple[str, bytes]:
    """Its scores."""
    message = WebcastLinkMicArmies(battle_id=number, trigger_reason=1)
    message.armies.add(key=1).value.append(BattleUserArmies(host_score=points))
    return "WebcastLinkMicArmies", message.SerializeToString()


class BattlesTestCase(StackTestCase):
    """Battles, and what is told of them."""

    def push(self, *messages: tuple[str, bytes], seconds: float = 0.0) -> None:
        """Let them arrive in one batch."""
        self.room.push(messages)
        self.settle(seconds)

    def ends(self) -> list[tuple[str, str]]:
        """Which battles are over, and why."""
        return [(event.battle_id, event.reason) for event in self.seen.of(BattleEnded)]


class LifelikeTests(BattlesTestCase):
    """The battles of the simulator's random rooms."""

    def test_whole(self) -> None:
        """One is told from its start to its end, directly after the messages that tell it."""
        self.live()
        self.room.play(RandomScript(seed=3, rate=20.0, clock=self.clock))
        while not self.seen.of(LinkMicBattlePunishFinish):
            self.settle(5.0)
        self.room.end()
        battle = self.seen.of(BattleStarted)[0].battle
        events = [
            event
            for event in self.seen.events
            if isinstance(event, BattleStarted | BattleScore | BattleEnded)
            and event.battle is battle
        ]
        for event in events:
            place = self.seen.events.index(event)
            self.assertIs(event.cause, self.seen.events[place - 1])
        names = [event.name for event in events]
        self.assertEqual(["battleStarted", "battleEnded"], [names[0], names[-1]])
        self.assertEqual({"battleScore"}, set(names[1:-1]))
        told = [each.battle_id for each in self.seen.of(LinkMicArmies)]
        self.assertEqual(told.count(battle.battle_id), len(names) - 2)
        ended = events[-1]
        assert isinstance(ended, BattleEnded)
        best = max(team.score for team in battle.teams)
        winners = [t.hosts[0].user_id for t in battle.teams if t.score == best]
        self.assertEqual(("finished", winners), (ended.reason, ended.winner_ids))
        self.assertEqual({"host", True}, {battle.teams[0].hosts[0].unique_id, battle.from_start})
        self.assertEqual("time_up", battle.punishment)
        left = [event.remaining for event in events]
        self.assertEqual(sorted(left, reverse=True), left)
        self.assertTrue(55_000 < left[0] <= 60_000)
        for team in battle.teams:
            self.assertEqual(team.score, team.hosts[0].score)
            self.assertTrue(team.supporters)
            self.assertLessEqual(sum(each.score for each in team.supporters), team.score)
        # All that it was given is remembered, and not only what the last message tells.
        [last] = [event for event in self.seen.of(LinkMicBattle) if event is ended.cause]
        self.assertGreater(
            sum(len(team.supporters) for team in battle.teams),
            sum(len(team.supporters) for team in last.teams),
        )


class EndTests(BattlesTestCase):
    """Each battle ends once, however."""

    def test_observed_alone(self) -> None:
        """Observing nothing else is told all of it."""
        connection = self.live()
        connection.remove_observer(self.seen)
        names: list[str] = []

        @implementer(IBattleProgressObserver)
        class Watcher:
            def battle_started(self, event: BattleStarted) -> None:
                names.append(event.name)

            def battle_score(self, event: BattleScore) -> None:
                names.append(event.name)

            def battle_ended(self, event: BattleEnded) -> None:
                names.append(event.name)

        connection.add_observer(Watcher())
        self.push(opened(), scored(5), opened(action=5))
        self.assertEqual(["battleStarted", "battleScore", "battleEnded"], names)

    def test_unobserved(self) -> None:
        """While nobody observes them, none are kept."""
        connection = self.live()
        connection.remove_observer(self.seen)
        connection.on(LinkMicBattle, self.seen.event)
        before = len(self.clock.getDelayedCalls())
        self.push(opened())
        self.assertEqual(1, len(self.seen.of(LinkMicBattle)))
        self.assertEqual(before, len(self.clock.getDelayedCalls()))

    def test_timeout(self) -> None:
        """One whose end is lost is over a minute after its last news, and not again later."""
        self.live()
        self.push(opened(length=0), scored(4))
        self.settle(359)
        self.assertEqual([], self.ends())
        self.settle(2)
        self.assertEqual([("7", "timeout")], self.ends())
        self.push(opened(action=5))
        self.assertEqual([("7", "timeout")], self.ends())

    def test_end_of_broadcast(self) -> None:
        """One that goes on when the broadcast ends is over before that is told."""
        self.live()
        self.push(opened())
        self.room.end()
        self.settle(3)
        self.assertEqual(
            ["controlMessage", "battleEnded", "streamEnd", "disconnected"], self.seen.names()[-4:]
        )
        self.assertEqual([("7", "stream_end")], self.ends())

    def test_disconnect(self) -> None:
        """One that goes on when we disconnect is over before that is told."""
        connection = self.live()
        self.push(opened())
        connection.disconnect()
        self.settle(3)
        self.assertEqual(["battleEnded", "disconnected"], self.seen.names()[-2:])
        self.assertEqual([("7", "disconnected")], self.ends())

    def test_reconnect(self) -> None:
        """One goes on in the next stream of the same room."""
        self.follow()
        self.push(opened())
        self.lose()
        self.push(scored(3), opened(action=5))
        self.assertEqual([("7", "finished")], self.ends())
        self.assertEqual(1, len(self.seen.of(BattleStarted)))

    def test_other_room(self) -> None:
        """Another broadcast ends those of the one before, under that room's id."""
        self.follow()
        self.push(opened())
        old = self.room.room_id
        self.room.go_live()
        self.room.drop()
        self.settle(10)
        [event] = self.seen.of(BattleEnded)
        self.assertEqual((old, "stream_end"), (event.room_id, event.reason))

    def test_disconnecting_observer(self) -> None:
        """Whoever is told of one may disconnect, however it goes."""
        for name in sorted(STORY):
            self.seen.events.clear()
            connection = self.live()
            connection.on(name, lambda event, mine=connection: mine.disconnect())
            self.push(opened(), scored(5), opened(action=5))
            self.settle(3)
            self.assertEqual(1, len(self.ends()), name)
            self.assertEqual("disconnected", self.seen.names()[-1])


class StoredTests(BattlesTestCase):
    """The outputs."""

    def test_envelope(self) -> None:
        """They have an envelope as any event has."""
        self.live()
        self.push(opened(), scored(5), opened(action=5))
        shapes: list[Any] = [envelope(e) for e in self.seen.events if e.name in STORY]
        self.assertEqual(
            ["battleStarted", "battleScore", "battleEnded"], [shape["event"] for shape in shapes]
        )
        self.assertEqual(3, len({shape["id"] for shape in shapes}))
        for shape in shapes:
            self.assertIn(b'"battleId":"7"', encode_line(shape))
