"""Users of a fleet who are called otherwise, by the list or as their sessions find."""

from __future__ import annotations

from tests.fleet.members import FleetCase, Member, event
from tests.outputs.doubles import Said
from tiktoklive.events import Origin, Renamed
from tiktoklive.fleet.localrooms import FORMER


class RenamesTests(FleetCase):
    """Two nodes of one fleet."""

    def setUp(self) -> None:
        super().setUp()
        self.users(2)
        self.first, self.second = self.join("a"), self.join("b")
        self.pass_by(40)
        self.assertFollowedOnce(2)
        [self.user] = self.first.owned
        [self.other] = self.second.owned
        for member in self.members:
            del member.follower.said[:]

    def find(self, member: Member, old: str, new: str) -> None:
        """A session finds that its user is called otherwise."""
        origin = Origin(old, "7", 0, "test")
        member.observer.event(Renamed(old, new, "1", origin))

    def test_by_the_list(self) -> None:
        """The stream stays open, and what comes under either name is written with one token."""
        token = self.first.rooms.token(self.user)
        self.did(self.table.rename(self.user, "ann"))
        self.first.observer.event(event(self.user, 1))
        self.pass_by(3)
        self.assertEqual([f"{self.user}=ann"], self.first.follower.said)
        self.assertEqual(({"ann"}, "a"), (self.first.owned, self.owners()["ann"]))
        for number, name in ((2, self.user), (3, "ann")):
            self.first.observer.event(event(name, number))
        self.assertEqual([token] * 3, [written for _, written in self.first.wrote])
        self.assertEqual(("ann", token), self.first.rooms.fence(self.user))
        self.assertIn(("a", "forget_name"), self.redis.calls)
        self.assertEqual([], self.second.follower.said)

    def test_told(self) -> None:
        """What is told while the room gets its name is written with its token, and is no news."""
        rename, token = self.first.follower.rename, self.first.rooms.token(self.user)

        def told(old: str, new: str) -> str:
            self.first.observer.event(Renamed(old, new, "1", Origin(new, "7", 0, "test")))
            return rename(old, new)

        self.patch(self.first.follower, "rename", told)
        self.did(self.table.rename(self.user, "ann"))
        self.pass_by(6)
        [(written, by)] = self.first.wrote
        self.assertEqual(("ann", token), (written.anchor, by))
        self.assertEqual({"ann", self.other}, set(self.owners()))

    def test_found(self) -> None:
        """A name that a session finds is in the list, and followed, soon."""
        self.find(self.second, self.other, "Bobby")
        self.clock.advance(0)
        self.pass_by(0.2)
        self.assertEqual("b", self.owners()["bobby"])
        self.pass_by(3)
        self.assertEqual([f"{self.other}=bobby"], self.second.follower.said)
        self.find(self.second, "bobby", "BOBBY")  # it is so already
        self.find(self.second, "bobby", "no name")
        self.pass_by(3)
        self.assertEqual({self.user, "bobby"}, set(self.owners()))

    def test_found_while_away(self) -> None:
        """One that is found while Redis is away is told when it is back."""
        self.redis.away.add("b")
        self.find(self.second, self.other, "bobby")
        self.pass_by(5)
        self.assertIn(self.other, self.owners())
        self.redis.away.clear()
        self.pass_by(5)
        self.assertEqual("b", self.owners()["bobby"])
        self.assertEqual([f"{self.other}=bobby"], self.second.follower.said)

    def test_there_already(self) -> None:
        """If the new name is in the list as well, both stay, and that is logged."""
        said = Said(self, "Renames")
        self.find(self.second, self.other, self.user)
        self.pass_by(5)
        self.assertEqual({self.user, self.other}, set(self.owners()))
        self.assertIn("remove one of the two", said.lines[0])
        self.assertEqual([], self.second.follower.said)

    def test_cannot_be_followed(self) -> None:
        """Where the name is taken by another session the room is left, and followed anew."""
        self.second.follower.add("bobby")
        self.did(self.table.rename(self.other, "bobby"))
        self.pass_by(3)
        self.assertIn(f"-{self.other}", self.second.follower.said)
        self.second.follower.remove("bobby", silently=True)
        self.assertEqual("b", self.owners()["bobby"])

    def test_many(self) -> None:
        """However often a user is renamed, few former names are kept, and none of a room left."""
        name = self.user
        for number in range(FORMER + 3):
            self.did(self.table.rename(name, f"name{number}"))
            name = f"name{number}"
            self.pass_by(3)
        rooms = self.first.rooms
        self.assertEqual(FORMER, len(rooms._was))
        self.did(self.table.remove([name]))
        self.pass_by(3)
        self.assertEqual((0, 0), (len(rooms._was), len(rooms._left)))

    def test_killed(self) -> None:
        """The next owner of a room that was renamed follows the new name, and goes on there."""
        self.did(self.table.rename(self.user, "ann"))
        self.kill(self.first)
        self.pass_by(15)
        self.assertEqual({"ann", self.other}, self.second.followed)
