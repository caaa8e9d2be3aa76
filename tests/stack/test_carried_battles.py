"""The whole stack: battles of a user whom another process goes on with."""

from __future__ import annotations

from tests.stack.case import Recorder
from tests.stack.test_battles import BattlesTestCase, opened, scored
from tiktoklive.events import BattleEnded, BattleScore, BattleStarted
from tiktoklive.service import LiveService


class MovingTests(BattlesTestCase):
    """Two services that follow the same user, one after the other."""

    def serve(self, carried: str = "", lost: float | None = None) -> tuple[LiveService, Recorder]:
        """One that follows alice."""
        service, seen = LiveService(self.wire()), Recorder()
        service.add_observer(seen)
        service.add("alice", carried=carried, lost=lost)
        service.startService()
        self.services.append(service)
        self.settle(1)
        return service, seen

    def told(self, seen: Recorder) -> list[str]:
        """What one has told of battles."""
        kinds = BattleStarted, BattleScore, BattleEnded
        return [each.name for each in seen.events if isinstance(each, kinds)]

    def check(self, seen: Recorder) -> None:
        """It goes on with the battle: no second start, its scores, and one end."""
        self.push(scored(9), opened(action=5), seconds=1)
        self.settle(400)
        self.assertEqual(["battleScore", "battleEnded"], self.told(seen))
        self.assertTrue(seen.of(BattleEnded)[0].battle.from_start)
        self.assertEqual("finished", seen.of(BattleEnded)[0].reason)

    def test_handed_over(self) -> None:
        """A battle that goes on while both are there is told by the one that stays."""
        first, before = self.serve()
        self.push(opened(), scored(5), seconds=1)
        _, after = self.serve(first.carried("alice"))
        first.remove("alice", silently=True)
        self.settle(1)
        self.assertEqual(["battleStarted", "battleScore"], self.told(before))
        self.check(after)

    def test_killed(self) -> None:
        """After a process that is gone, too: what was written down last is enough."""
        first, _ = self.serve()
        self.push(opened(), scored(5), seconds=1)
        carried = first.carried("alice")
        first.remove("alice", silently=True)
        self.settle(15)
        _, after = self.serve(carried, lost=20.0)
        self.check(after)
