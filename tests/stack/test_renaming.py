"""The whole stack: users who are followed under another name, or no more, at run time."""

from __future__ import annotations

from tests.stack.case import chat
from tests.stack.test_renames import RenameTestCase
from tiktoklive.events import Chat, Connected, Renamed
from tiktoklive.session import reconnect

#: What is told of alice, who is followed as alice2 from now on.
RENAMED = ("alice2", "alice", "alice2", "7590176156909490175")


class OperatorTests(RenameTestCase):
    """LiveService.rename()."""

    def test_live(self) -> None:
        """The stream goes on, and its events carry the new name."""
        self.start()
        self.room.push([chat("one")])
        self.settle()
        self.assertEqual("bea", self.service.rename("@Alice", "@bea"))
        self.room.push([chat("two")])
        self.settle()
        heard = [(event.anchor, event.comment) for event in self.seen.of(Chat)]
        self.assertEqual([("alice", "one"), ("bea", "two")], heard)
        self.assertEqual(1, len(self.room.all_viewers))
        self.assertEqual(["bea"], list(self.service.status()))
        self.assertEqual({"bea"}, set(self.service.counts().users))

    def test_lost(self) -> None:
        """When the stream is lost, the new name is looked up first."""
        self.start()
        self.tiktok.rename("alice", "alice2")
        self.service.rename("alice", "alice2")
        self.lose()
        self.assertEqual("live", self.state("alice2").phase)
        self.assertEqual(([], [RENAMED]), (self.profiles(), self.renames()))
        self.assertEqual("alice2", self.seen.of(Connected)[-1].anchor)

    def test_not_theirs(self) -> None:
        """If the new name is not theirs, or nobody's, the user is followed all the same."""
        for taken in (False, True):
            with self.subTest(taken):
                self.setUp()
                other = self.tiktok.add_room("bea") if taken else None
                self.start()
                self.service.rename("alice", "bea")
                self.lose()
                self.settle(10)
                state = self.state("bea")
                self.assertEqual(("live", "alice"), (state.phase, state.unique_id))
                self.assertEqual(1, len(self.room.viewers))
                self.assertEqual("bea", self.seen.of(Connected)[-1].anchor)
                if other is not None:
                    self.assertEqual([], other.all_viewers)
                self.tearDown()

    def test_resolving(self) -> None:
        """While the old name is being looked up, the answer does not count any more."""
        self.network.silence("www.tiktok.com")
        self.start()
        self.assertEqual("resolving", self.state().phase)
        self.tiktok.rename("alice", "alice2")
        self.service.rename("alice", "alice2")
        self.network.silence("www.tiktok.com", False)
        self.settle(30)
        self.assertEqual("live", self.state("alice2").phase)
        self.assertEqual({"alice2"}, {event.anchor for event in self.seen.of(Connected)})

    def test_waiting(self) -> None:
        """While we wait, the next look is at the new name."""
        self.room.end()
        self.start()
        self.service.rename("alice", "alice2")
        self.tiktok.rename("alice", "alice2")
        self.offline()
        self.assertEqual("alice2", self.lookups()[-1].parameter("uniqueId"))
        self.assertEqual(([], [RENAMED]), (self.profiles(), self.renames()))
        self.room.go_live()
        self.offline()
        self.assertEqual("live", self.state("alice2").phase)

    def test_failed(self) -> None:
        """A user who was refused is followed again at once, by the new name."""
        self.start("alcie")
        self.assertEqual("refused", self.state("alcie").phase)
        self.service.rename("alcie", "alice")
        over = self.service.when_over()
        self.settle(1)
        self.assertEqual("live", self.state().phase)
        self.assertNoResult(over)

    def test_by_observer(self) -> None:
        """An observer may let the new name be the one that events carry."""
        self.patch(reconnect, "AWAY", 0.0)  # what a look-up behind a loss tells is looked at here
        self.service.on(Renamed, lambda event: self.service.rename(event.anchor, event.new))
        self.start()
        self.tiktok.rename("alice", "alice2")
        self.lose()
        self.assertEqual(["alice2"], list(self.service.status()))
        self.assertEqual("alice2", self.seen.of(Connected)[-1].anchor)
        # As it was found, and as they are followed.
        self.assertEqual(["alice", "alice2"], [anchor for anchor, *_ in self.renames()])

    def test_order(self) -> None:
        """Users keep their places; one who only changes the case of their name too."""
        self.start("alice", "bea", "cem")
        self.service.rename("bea", "BEA")
        self.service.rename("alice", "zoe")
        self.assertEqual(["zoe", "BEA", "cem"], list(self.service.status()))

    def test_refused(self) -> None:
        """Who is not followed cannot be renamed, nor can anybody take another's name."""
        self.start("alice", "bea")
        self.assertRaises(ValueError, self.service.rename, "alice", "BEA")
        self.assertRaises(KeyError, self.service.rename, "cem", "dan")
        self.assertRaises(ValueError, self.service.rename, "alice", "bea")
        self.assertEqual(["alice", "bea"], list(self.service.status()))

    def test_not_running(self) -> None:
        """Before the start it is only another name."""
        self.service.add("alcie")
        self.service.rename("alcie", "alice")
        self.assertEqual([], self.tiktok.requests)
        self.service.startService()
        self.settle(1)
        self.assertEqual("live", self.state().phase)


class RemoveTests(RenameTestCase):
    """LiveService.remove() in each state."""

    def removed(self) -> None:
        """alice is removed, and is nobody's viewer any more."""
        removed = self.service.remove("alice")
        self.settle(3)
        self.successResultOf(removed)
        self.assertEqual(([], {}), (self.room.viewers, self.service.status()))

    def test_live(self) -> None:
        """While live."""
        self.start()
        self.removed()

    def test_resolving(self) -> None:
        """While the user is looked up."""
        self.network.silence("www.tiktok.com")
        self.start()
        self.removed()
        self.assertEqual([], self.network.waiting)

    def test_waiting(self) -> None:
        """While waited for, under another name too."""
        self.room.end()
        self.start()
        self.tiktok.rename("alice", "alice2")
        self.offline()
        self.removed()
        self.offline(200)
        self.assertEqual(3, len(self.lookups()))
