"""The whole stack: gift streaks of a user whom another process goes on with."""

from __future__ import annotations

from tests.stack.case import Recorder
from tests.stack.test_gifts import GiftsTestCase, rose
from tiktoklive.events import GiftStreak
from tiktoklive.service import LiveService


class MovingTests(GiftsTestCase):
    """Two services that follow the same user, one after the other."""

    def serve(self, carried: str = "") -> tuple[LiveService, Recorder]:
        """One that follows alice."""
        service, seen = LiveService(self.wire()), Recorder()
        service.add_observer(seen)
        service.add("alice", carried=carried)
        service.startService()
        self.services.append(service)
        self.settle(1)
        return service, seen

    def told(self, seen: Recorder) -> list[tuple[int, str]]:
        """The streaks that one has told."""
        return [(each.repeat_count, each.reason) for each in seen.of(GiftStreak)]

    def test_handed_over(self) -> None:
        """What runs while both are there is told by the one that stays, with all that was given."""
        first, before = self.serve()
        self.push(rose(3), rose(2, group=8))
        _, after = self.serve(first.carried("alice"))
        self.push(rose(4))
        removed = first.remove("alice", silently=True)
        self.settle(1)
        self.successResultOf(removed)
        self.assertEqual([], self.told(before))
        self.push(rose(5, end=True))
        self.assertEqual([(5, "repeat_end")], self.told(after))
        self.settle(61)
        self.assertEqual([(5, "repeat_end"), (2, "timeout")], self.told(after))

    def test_removed(self) -> None:
        """A user who is removed for good has their streaks told, as ever."""
        first, before = self.serve()
        self.push(rose(3))
        first.remove("alice")
        self.settle(1)
        self.assertEqual([(3, "disconnected")], self.told(before))

    def test_comes_back(self) -> None:
        """One that was removed in silence, and added again, tells what runs as ever."""
        first, before = self.serve()
        first.remove("alice", silently=True)
        self.settle(1)
        first.add("alice")
        self.settle(1)
        self.push(rose(3))
        first.remove("alice")
        self.settle(1)
        self.assertEqual([(3, "disconnected")], self.told(before))

    def test_other_room(self) -> None:
        """Streaks of a broadcast that is over go on in no other: they are told to be over."""
        first, _ = self.serve()
        self.push(rose(3))
        carried = first.carried("alice")
        first.remove("alice", silently=True)
        self.settle(1)
        self.room.end()
        self.settle(400)
        self.room.go_live()
        _, after = self.serve(carried)
        self.settle(120)
        self.assertEqual([(3, "stream_end")], self.told(after))
