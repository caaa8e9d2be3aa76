"""How battles end, and what bounds them."""

from __future__ import annotations

from typing import Any

from tests.dispatch.test_battles import FINISH, NOW, OPEN, BattlesCase, change, score, scores
from tests.events.making import ROOM
from tiktoklive.dispatch.battle_teams import (
    ADDRESS,
    HOSTS,
    NAME,
    SUPPORTERS,
    TEAMS,
    merged,
    size_of,
)
from tiktoklive.dispatch.battles import GRACE, LONGEST, REMEMBERED, RUNNING, UNKNOWN
from tiktoklive.dispatch.trackers import Trackers
from tiktoklive.events import (
    BattleEnded,
    BattleHost,
    BattleStarted,
    BattleSupporter,
    BattleTeam,
    Event,
)


class EndTests(BattlesCase):
    """Battles whose end is not told by TikTok."""

    def test_timeout(self) -> None:
        """It is over a minute after its time, if its end was lost; what comes then is too late."""
        self.after(change(OPEN))
        self.clock.advance(100)
        self.after(score(3, 1, at=100))
        self.assertEqual([], self.wait(200 + GRACE - 1))
        self.assertEqual(["timeout"], self.wait(2))
        ended = self.told[-1]
        self.assertEqual((None, [], (3, 1)), (ended.cause, ended.winner_ids, scores(ended)))
        self.assertEqual((NOW + 300 + GRACE) * 1000, ended.received_at)
        self.assertEqual([], self.clock.getDelayedCalls())
        self.assertEqual([], self.after(change(FINISH)))

    def test_forgotten(self) -> None:
        """One that another process goes on with is not told to be over, and leaves no timer."""
        self.after(change(OPEN))
        before = len(self.told)
        self.battles.forget("disconnected")
        self.assertEqual(before, len(self.told))
        self.assertEqual([], self.clock.getDelayedCalls())
        self.assertEqual([], self.after(change(FINISH)))

    def test_news(self) -> None:
        """As long as there are news it goes on: it may have been made longer."""
        self.after(change(OPEN))
        self.clock.advance(350)
        self.after(score(1, at=350))
        self.assertEqual([], self.wait(GRACE - 1))
        self.assertEqual(["timeout"], self.wait(2))

    def test_unknown_time(self) -> None:
        """Without its time, it is over when there are no news for long."""
        self.after(score(1, length=0))
        self.assertEqual(0, self.told[0].remaining)
        self.assertEqual([], self.wait(UNKNOWN + GRACE - 1))
        self.assertEqual(["timeout"], self.wait(2))

    def test_long_time(self) -> None:
        """A time that is longer than any battle is not waited for."""
        self.after(change(OPEN, length=2**31 - 1))
        self.clock.advance(LONGEST + GRACE - 1)
        self.assertEqual(1, len(self.told))
        self.assertEqual(["timeout"], self.wait(2))

    def test_last_scores(self) -> None:
        """When its last scores have come, its end is waited for for a minute."""
        self.after(change(OPEN), score(3, at=2, reason=2))
        self.assertEqual([], self.wait(GRACE - 1))
        self.assertEqual(["timeout"], self.wait(2))

    def test_each_its_time(self) -> None:
        """One timer serves all: the one that is over first is told first."""
        self.after(change(OPEN, 1, length=300), change(OPEN, 2, length=100))
        self.assertEqual(1, len(self.clock.getDelayedCalls()))
        self.assertEqual(["timeout"], self.wait(100 + GRACE + 1))
        self.assertEqual("2", self.told[-1].battle_id)
        self.assertEqual(["timeout"], self.wait(200))
        self.assertEqual("1", self.told[-1].battle_id)

    def test_finish(self) -> None:
        """The end of the broadcast or of the connection ends all; what comes then is nothing."""
        for number, reason in ((10, "stream_end"), (20, "disconnected")):
            self.trackers.begin(ROOM)
            self.after(change(OPEN, number), change(OPEN, number + 1))
            before = len(self.told)
            self.trackers.finish(reason)
            self.trackers.finish("disconnected")
            self.assertEqual([reason] * 2, [each.reason for each in self.told[before:]])
            self.assertEqual([], self.after(change(OPEN, number + 2), change(FINISH, number)))
            self.assertEqual([], self.clock.getDelayedCalls())

    def test_same_room_again(self) -> None:
        """In another stream of the room it goes on."""
        self.after(change(OPEN, 1), change(OPEN, 2), change(FINISH, 2))
        self.trackers.begin(ROOM)
        events = score(1, number=1), change(FINISH, 1)
        self.assertEqual(["battleScore", "battleEnded"], self.after(*events))
        self.assertEqual([], self.after(change(FINISH, 2)))

    def test_other_room(self) -> None:
        """In another room everything is new, and the old room's battles are over."""
        self.after(change(OPEN, 1), change(OPEN, 2), change(FINISH, 2))
        self.trackers.begin("8")
        self.assertEqual(("1", "stream_end"), (self.told[-1].battle_id, self.told[-1].reason))
        self.assertEqual(["battleStarted"], self.after(change(OPEN, 2)))

    def test_next(self) -> None:
        """Hosts who begin another one are done with the one before; others are not concerned."""
        self.after(change(OPEN, 1, channel=5), change(OPEN, 2, channel=6))
        self.assertEqual(["battleEnded", "battleStarted"], self.after(change(OPEN, 3, channel=5)))
        self.assertEqual(("1", "next"), (self.told[-2].battle_id, self.told[-2].reason))
        self.assertEqual(["battleScore"], self.after(score(1, number=2, channel=6)))

    def test_late_one_before(self) -> None:
        """What comes late of an earlier battle of the same hosts does not end the present one."""
        self.after(change(OPEN, 3, channel=5))
        self.assertEqual(
            ["battleStarted", "battleEnded"],
            self.after(change(FINISH, 1, channel=5, began=-900)),
        )
        self.assertEqual(["1", "1"], [each.battle_id for each in self.told[-2:]])
        self.assertEqual(["battleEnded"], self.after(change(FINISH, 3, channel=5)))

    def test_told_and_finished(self) -> None:
        """Whoever is told may end everything at once, whatever it is: no start without an end."""
        for name in ("battleStarted", "battleScore", "battleEnded"):
            with self.subTest(name):
                told = self.meddled(name)
                self.assertIn(name, [event.name for event in told])
                started = [e.battle_id for e in told if isinstance(e, BattleStarted)]
                ended = [e.battle_id for e in told if isinstance(e, BattleEnded)]
                self.assertEqual(started, ended)
                self.assertEqual([], self.clock.getDelayedCalls())

    def meddled(self, name: str) -> list[Any]:
        """What is told to an observer that disconnects when it is told that."""
        told: list[Any] = []

        def tell(event: Event) -> None:
            told.append(event)
            if event.name == name:
                trackers.finish("disconnected")

        trackers = Trackers(self.clock, tell)
        trackers.begin(ROOM)
        for event in (
            change(OPEN, 1, channel=5),
            score(4, number=1, channel=5),
            change(OPEN, 2, channel=5),
        ):
            trackers.take(event)
        trackers.finish("disconnected")
        return told


class BoundTests(BattlesCase):
    """What others may fill."""

    def test_running(self) -> None:
        """Only so many go on; above it the one without news for longest is over."""
        many = [change(OPEN, number) for number in range(1, RUNNING + 1)]
        self.after(*many, score(1, number=1))
        self.assertEqual(["battleStarted", "battleEnded"], self.after(change(OPEN, 99)))
        self.assertEqual(("2", "timeout"), (self.told[-1].battle_id, self.told[-1].reason))
        self.assertEqual(1, self.battles.running.evicted + self.battles.over.evicted)

    def test_remembered(self) -> None:
        """Only so many that are over are remembered."""
        for number in range(1, REMEMBERED + 2):
            self.after(change(OPEN, number), change(FINISH, number))
        self.assertEqual([], self.after(change(OPEN, 2)))
        self.assertEqual(["battleStarted"], self.after(change(OPEN, 1)))
        self.assertEqual(1, self.battles.running.evicted + self.battles.over.evicted)

    def test_large(self) -> None:
        """Of one battle only so much is kept: teams, hosts, supporters, letters."""
        givers = " ".join(
            f'user_army {{ user_id: {n} score: {n} nickname: "{"n" * 300}" }}'
            for n in range(1, 200)
        )
        hosts = " ".join(
            f'anchor_info {{ key: {n} value {{ user {{ user_id: {n} display_id: "{"d" * 300}"'
            f' avatar_thumb {{ url_list: "{"u" * 600}" }} }} }} }}'
            for n in range(100, 200)
        )
        self.after(change(OPEN, text=hosts), score(5, 6, givers=givers))
        battle = self.told[-1].battle
        self.assertEqual(TEAMS, len(battle.teams))
        [host] = battle.teams[0].hosts
        self.assertEqual((NAME, ""), (len(host.unique_id), host.picture_url))
        self.assertLess(self.battles.size, 1 << 20)
        self.assertEqual(size_of(battle), self.battles.size)

    def test_supporters(self) -> None:
        """Who gave once is remembered, the best first, with the highest score that was told."""
        teams: tuple[BattleTeam, ...] = ()
        for first in range(0, 3 * SUPPORTERS, 3):
            some = tuple(BattleSupporter(str(n), "x" * 500, n) for n in range(first, first + 3))
            teams = merged(teams, [BattleTeam("0", (BattleHost("1"),), 1, some)])
        lower = BattleSupporter(str(3 * SUPPORTERS - 1), "", 1)
        teams = merged(teams, [BattleTeam("0", (BattleHost("1"),), 1, (lower,))])
        [team] = teams
        self.assertEqual(
            list(range(3 * SUPPORTERS - 1, 2 * SUPPORTERS - 1, -1)),
            [each.score for each in team.supporters],
        )
        self.assertEqual({NAME}, {len(each.nickname) for each in team.supporters})

    def test_teams(self) -> None:
        """Hosts who seemed to be alone are put into their teams, and keep their names."""
        alone = [BattleTeam("0", (BattleHost(n, f"host{n}", "", "u" * ADDRESS),)) for n in "123"]
        first = BattleTeam("1", (BattleHost("1", score=4), BattleHost("2")), 4)
        teams = merged(merged((), alone), [first, BattleTeam("2", (BattleHost("3"),))])
        self.assertEqual(["1", "2"], [team.team_id for team in teams])
        self.assertEqual(
            [["host1", "host2"], ["host3"]],
            [[host.unique_id for host in team.hosts] for team in teams],
        )
        self.assertEqual(teams, merged(teams, alone))
        crowd = tuple(BattleHost(str(n)) for n in range(3 * HOSTS))
        more = merged(teams, [BattleTeam("1", crowd), BattleTeam("2", crowd[HOSTS:])])
        self.assertEqual([HOSTS - 1, 1], [len(team.hosts) for team in more])
