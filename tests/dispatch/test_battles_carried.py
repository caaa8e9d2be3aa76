"""Battles that move to another process."""

from __future__ import annotations

import json
from typing import Any

from tests.dispatch.test_battles import (
    CANCEL,
    FINISH,
    HOSTS_OF,
    OPEN,
    BattlesCase,
    change,
    result,
    score,
    scores,
)
from tests.events.making import ROOM
from tiktoklive.dispatch.battles import GRACE, RUNNING
from tiktoklive.dispatch.battles_carried import CARRIED_BYTES, CARRIED_OVER
from tiktoklive.dispatch.trackers import Trackers
from tiktoklive.events.streak import DISCONNECTED


class CarriedTests(BattlesCase):
    """Battles of one process, and those of the next one."""

    def move(self, seconds: float = 0.0) -> None:
        """Another process goes on after a while."""
        carried = json.loads(json.dumps(self.trackers.carried()[1]))
        before = len(self.told)
        self.trackers.silent = True
        self.trackers.finish(DISCONNECTED)
        self.assertEqual(before, len(self.told))
        self.clock.advance(seconds)
        self.trackers = Trackers(self.clock, self.tell)
        self.trackers.go_on(ROOM, [], carried)
        self.trackers.begin(ROOM)
        self.battles = self.trackers.battles

    def test_goes_on(self) -> None:
        """A battle that moved is one battle: one start, scores that go on, and one end."""
        giver = 'user_army { user_id: 5 score: 3 nickname: "Cy" }'
        self.after(change(OPEN))
        self.clock.advance(10)
        self.after(score(3, 0, at=10, givers=giver))
        self.move(5)
        self.assertEqual([], self.after(score(3, 0, at=10, givers=giver)))  # what was known
        self.assertEqual(["battleScore"], self.after(score(3, 9, at=15)))
        later = self.told[-1]
        self.assertEqual(((3, 9), 285_000), (scores(later), later.remaining))
        self.assertEqual((True, 1), (later.battle.from_start, later.battle.kind))
        self.assertEqual(["ann", "ben"], [team.hosts[0].unique_id for team in later.teams])
        self.assertEqual("Cy", later.teams[0].supporters[0].nickname)
        self.assertEqual(["battleEnded"], self.after(change(FINISH, text=result(3, 12), at=303)))
        self.assertEqual(["2"], self.told[-1].winner_ids)
        names = [each.name for each in self.told]
        self.assertEqual((1, 1), (names.count("battleStarted"), names.count("battleEnded")))

    def test_not_heard_of_again(self) -> None:
        """One that is not heard of again is over when it would have been without a move."""
        self.after(change(OPEN, length=30))
        self.clock.advance(10)
        self.move(15)
        self.assertEqual([], self.wait(GRACE + 4))
        self.assertEqual(["timeout"], self.wait(2))

    def test_over_meanwhile(self) -> None:
        """One whose time was over while nobody was there ends once, by its own news or by none."""
        self.after(change(OPEN, length=30), change(OPEN, 8, channel=9))
        self.move(40)
        self.assertEqual(["battleEnded"], self.after(change(FINISH, text=result(3, 12), at=30)))
        self.assertEqual([], self.wait(GRACE * 2))
        self.move(1000)
        self.assertEqual(["timeout"], self.wait(GRACE))

    def test_is_over(self) -> None:
        """One that was over before is not begun again by what comes late."""
        self.after(change(OPEN), change(CANCEL))
        self.move()
        self.assertEqual([], self.after(score(5), change(OPEN)))

    def test_late_scores(self) -> None:
        """Scores from before the move, which come late, change nothing."""
        self.after(change(OPEN), score(7, 2, at=20))
        self.move(1)
        self.assertEqual([], self.after(score(5, 2, at=19)))

    def test_same_ids(self) -> None:
        """What both tell of it has the same ids: a stream that knows ids has it once."""
        self.after(change(OPEN))
        carried = self.trackers.carried()[1]
        end = change(FINISH, text=result(3, 12))
        self.after(end)
        self.trackers = Trackers(self.clock, self.tell)
        self.trackers.go_on(ROOM, [], carried)
        self.trackers.begin(ROOM)
        self.after(end)
        self.assertEqual(3, len(self.told))
        self.assertEqual(2, len({each.id for each in self.told}))

    def test_broadcast_over(self) -> None:
        """If the broadcast is over when the next one comes, the battle is told to be."""
        self.after(change(OPEN))
        carried = self.trackers.carried()[1]
        for over in (lambda: self.trackers.finish("stream_end"), lambda: self.trackers.begin("8")):
            del self.told[:]
            self.trackers = Trackers(self.clock, self.tell)
            self.trackers.go_on(ROOM, [], carried)
            over()
            self.assertEqual(["stream_end"], [each.reason for each in self.told])

    def test_bounded(self) -> None:
        """No more move than are bounded, in bytes: those who gave are the first to be left out."""
        crowd = "".join(
            f'user_army {{ user_id: {each} score: {each} nickname: "{"y" * 50}" }}'
            for each in range(1, 21)
        )
        for number in range(1, RUNNING + 2):
            face = f'avatar_thumb {{ url_list: "https://{"x" * 450}" }}'
            hosts = HOSTS_OF.replace('display_id: "', face + ' display_id: "')
            self.after(change(OPEN, number, hosts), score(1, 1, number, givers=crowd, at=number))
        self.move()
        self.assertLess(len(json.dumps(self.trackers.carried()[1])), CARRIED_BYTES + 1000)
        left = [known.battle for _, known in self.battles.running.items()]
        self.assertEqual([str(n) for n in range(2, RUNNING + 2)], [b.battle_id for b in left])
        self.assertEqual(20, len(left[-1].teams[0].supporters))
        self.assertEqual((), left[0].teams[0].supporters)
        for number in range(100, 100 + CARRIED_OVER + 5):
            self.after(change(OPEN, number), change(CANCEL, number))
        self.assertEqual(CARRIED_OVER, len(self.trackers.carried()[1][1]))

    def test_unreadable(self) -> None:
        """What is damaged, or another version's, is refused, and nothing is told of it."""
        self.after(change(OPEN))
        [good], _ = self.trackers.carried()[1]
        self.trackers.silent = True
        self.trackers.finish(DISCONNECTED)
        del self.told[:]
        wrong: list[Any] = [[None], [[], 7], [[7], []], [["text"], []], [[good[:-1]], []]]
        wrong += [[[[*good[:n], bad, *good[n + 1 :]]], []] for n in range(7) for bad in ("x", {})]
        del wrong[9:11]  # whether it was there from the start: anything but true is no
        wrong += [[[[["x", "7", "0"], *good[1:]]], []]]
        wrong += [[[[*good[:6], [["0", [[1]], 0, [], 0]]]], []]]
        for each in wrong:
            self.trackers = Trackers(self.clock, self.tell)
            with self.assertRaises(ValueError, msg=repr(each)):
                self.trackers.battles.go_on(each)
            self.trackers.go_on(ROOM, [], each)
            self.trackers.begin(ROOM)
        self.assertEqual([], self.told)
