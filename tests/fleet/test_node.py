"""Nodes: who follows whom, when they come, go, and when Redis is away."""

from __future__ import annotations

from twisted.internet.defer import Deferred, succeed

from tests.fleet.members import FleetCase, event, lease_over
from tests.outputs.doubles import Said
from tiktoklive.fleet.handover import SAVED
from tiktoklive.fleet.node import BEGIN, LEASE


class OneNodeTests(FleetCase):
    """A node alone."""

    def test_takes_all(self) -> None:
        """A node alone follows all users, and those that are added or removed later."""
        self.users(5)
        node = self.join("a")
        self.assertFollowedOnce(5)
        self.did(self.table.add(["late"]))
        self.did(self.table.remove(["user0"]))
        self.pass_by(3)
        self.assertFollowedOnce(5)
        self.assertIn("late", node.followed)

    def test_no_name(self) -> None:
        """A user who cannot be followed is logged, once, and the others are followed."""
        self.did(self.table.add(["!", "anna"]))
        node = self.join("a")
        self.pass_by(30)
        self.assertEqual({"anna"}, node.followed)
        self.assertEqual({"!", "anna"}, node.owned)

    def test_new_rooms_have_lost_nothing(self) -> None:
        """A user who had no node before begins without anything to make good."""
        self.users(1)
        node = self.join("a")
        following = node.follower.users["user0"]
        self.assertEqual(("", None), (following.carried, following.lost))

    def test_without_redis(self) -> None:
        """A node starts without Redis, says so once, and joins when it is there."""
        self.users(2)
        self.redis.away.add(None)
        node = self.join("a")
        self.pass_by(60)
        self.assertEqual(set(), node.followed)
        self.redis.away.clear()
        self.pass_by(3)
        self.assertFollowedOnce(2)

    def test_redis_goes(self) -> None:
        """Rooms are followed until the lease is over, and again when Redis is back."""
        self.users(2)
        node = self.join("a")
        token = node.rooms.token("user0")
        self.redis.away.add(None)
        self.pass_by(LEASE * 0.7)
        self.assertEqual(2, len(node.followed))
        self.pass_by(LEASE * 0.4)
        self.assertEqual(set(), node.followed)
        self.assertEqual("", node.rooms.token("user0"))
        self.redis.away.clear()
        self.pass_by(3)
        self.assertFollowedOnce(2)
        self.assertEqual(token, node.rooms.token("user0"))
        following = node.follower.users["user0"]
        self.assertEqual((".user0", 2 * LEASE), (following.carried, following.lost))

    def test_data_gone(self) -> None:
        """When Redis has lost its data the node follows nobody: the list of users is gone."""
        self.users(2)
        node = self.join("a")
        self.redis.lose_data()
        self.pass_by(3)
        self.assertEqual(set(), node.followed)
        self.users(1)
        self.pass_by(3)
        self.assertFollowedOnce(1)

    def test_late_answer(self) -> None:
        """An answer that comes when the lease it asked for is over gives no lease."""
        self.users(1)
        answer: Deferred[None] = Deferred()
        node = self.join("a")
        renew = node.node._ownership.renew

        async def slow(*words: object) -> object:
            renewal = await renew(*words)  # type: ignore[arg-type]
            await answer
            return renewal

        node.node._ownership.renew = slow  # type: ignore[method-assign, assignment]
        self.pass_by(LEASE * 2)
        self.assertEqual(set(), node.followed)
        del node.node._ownership.renew
        answer.callback(None)
        self.assertEqual(set(), node.followed)
        self.pass_by(3)
        self.assertFollowedOnce(1)

    def test_stop(self) -> None:
        """The last node lets go of its rooms, so that the next one has them at once."""
        self.users(2)
        first = self.join("a")
        self.stop(first)
        self.assertEqual(set(), first.followed)
        second = self.join("b")
        self.assertEqual(2, len(second.followed))
        following = second.follower.users["user0"]
        self.assertEqual((".user0", 2 * LEASE), (following.carried, following.lost))

    def test_restart(self) -> None:
        """A node that is started again joins again."""
        self.users(2)
        node = self.join("a")
        self.stop(node)
        node.node.startService()
        self.pass_by(BEGIN)
        self.assertEqual(2, len(node.followed))


class UsersTests(FleetCase):
    """The users that a node brings."""

    def test_first(self) -> None:
        """A fleet without users gets those of the first node that joins, which logs it."""
        said = Said(self, "Remarks")
        self.redis.away.add(None)
        self.join("a", users=["anna", "bob"])
        self.pass_by(9)
        self.redis.away.clear()
        self.pass_by(6)
        self.assertFollowedOnce(2)
        self.join("b", users=["anna", "bob"])
        self.pass_by(6)
        told = [line for line in said.lines if "had no users" in line]
        self.assertEqual(["The fleet had no users: it has the 2 users of this node now"], told)

    def test_others(self) -> None:
        """One that has users gets no others: those that were removed stay so."""
        self.users(2)
        self.join("a", users=["anna", "bob"])
        self.pass_by(6)
        self.did(self.table.remove(["user0", "user1"]))
        self.pass_by(6)
        self.assertFollowedOnce(0)


class TakeOverTests(FleetCase):
    """A node that is gone."""

    def test_killed(self) -> None:
        """The rooms of a node that is gone are followed by the others, and by each of them once."""
        self.users(12)
        for name in "abc":
            self.join(name)
        self.pass_by(30)
        gone = self.members[0]
        self.assertEqual(4, len(gone.followed))
        self.kill(gone)
        self.pass_by(lease_over())
        self.assertFollowedOnce(12)
        self.assertEqual([6, 6], [len(member.followed) for member in self.members])

    def test_comes_back(self) -> None:
        """A room that comes back is followed when what came before was written, or refused."""
        self.users(1)
        first = self.join("a")
        self.pass_by(3)
        waiting: Deferred[None] = Deferred()
        first.stored = lambda: waiting
        token = first.rooms.token("user0")
        self.redis.away.add("a")
        second = self.join("b")
        self.pass_by(lease_over())
        self.assertEqual(({"user0"}, set()), (second.owned, first.followed))
        self.assertEqual(token, first.rooms.token("user0"))  # refused by Redis from now on
        self.redis.away.clear()
        self.stop(second, 3)
        self.members.remove(second)
        self.pass_by(LEASE + 3)
        self.assertEqual(({"user0": "a"}, set()), (self.owners(), first.followed))
        waiting.callback(None)
        self.pass_by(3)
        self.assertEqual({"user0"}, first.followed)
        self.assertNotEqual(token, first.rooms.token("user0"))

    def test_all_cut_off(self) -> None:
        """Who is back first leaves others their rooms, and takes them if they do not come."""
        for comes in (True, False):
            with self.subTest(comes):
                self.setUp()
                self.users(4)
                first, second = self.join("a"), self.join("b")
                self.pass_by(15)
                before = self.owners()
                self.redis.away.add(None)
                self.pass_by(LEASE + 6)
                self.assertEqual(set(), first.followed | second.followed)
                self.redis.away = {"b"}
                self.pass_by(LEASE - 2)
                self.assertEqual((2, before), (len(first.followed), self.owners()))
                if comes:
                    self.redis.away.clear()
                    self.pass_by(LEASE)
                    self.assertEqual(before, self.owners())
                    self.assertFollowedOnce(4)
                else:
                    self.pass_by(5)
                    self.assertEqual(4, len(first.followed))
                taken = [member.node.node_counts().taken_over for member in (first, second)]
                self.assertEqual([0 if comes else 2, 0], taken)
                self.tearDown()

    def test_what_was_known(self) -> None:
        """The next owner is told what the last one wrote down, and that something was lost."""
        self.users(2)
        first = self.join("a")
        self.pass_by(6)
        self.kill(first)
        second = self.join("b")
        self.pass_by(lease_over())
        following = second.follower.users["user1"]
        self.assertEqual((".user1", 2 * LEASE), (following.carried, following.lost))

    def test_written_when_entered(self) -> None:
        """A room that was just entered is written down at once: all that is lost is of it."""
        self.users(1)
        first = self.join("a")
        self.pass_by(1)
        first.follower.users["user0"].carried = "entered"
        first.observer.event(event("user0", name="connected"))
        self.clock.advance(0)
        self.kill(first)
        second = self.join("b")
        self.pass_by(lease_over())
        self.assertEqual("entered", second.follower.users["user0"].carried)

    def test_written_slowly(self) -> None:
        """While rooms are written down no other writing begins; the next one comes behind it."""
        first = self.join("a")
        self.pass_by(SAVED + 1)
        waiting: list[Deferred[None]] = []

        def stored() -> Deferred[None]:
            waiting.append(Deferred())
            return waiting[-1]

        first.stored = stored
        for user in ("ann", "bob"):
            self.did(self.table.add([user]))
            first.node.hurry()
            self.clock.advance(0)
            first.observer.event(event(user, name="connected"))
            self.pass_by(1)
        for known in ([True, False], [True, True]):
            waiting.pop().callback(None)
            written = self.did(self.table.carried(["ann", "bob"]))
            self.assertEqual(known, [written[user] != "" for user in ("ann", "bob")])
            self.assertEqual([], waiting)
            self.clock.advance(0)
        first.stored = lambda: succeed(None)

    def test_partition(self) -> None:
        """A node that cannot reach Redis has stopped when others begin, and writes no more."""
        self.users(4)
        first, second = self.join("a"), self.join("b")
        self.pass_by(15)
        self.redis.away.add("a")
        for _ in range(round(LEASE * 20)):
            self.clock.advance(0.1)
            self.assertEqual(set(), first.followed & second.followed)
        self.assertEqual((set(), 4), (first.followed, len(second.followed)))
        first.observer.event(event("user0"))
        self.assertEqual([], first.wrote)
        self.redis.away.clear()
        self.pass_by(40)
        self.assertFollowedOnce(4)
        self.assertEqual([2, 2], [len(member.followed) for member in self.members])

    def test_token(self) -> None:
        """With every owner a room has a new token, and events are written with that."""
        self.users(1)
        first = self.join("a")
        first.observer.event(event("user0", 1))
        self.kill(first)
        second = self.join("b")
        self.pass_by(lease_over())
        second.observer.event(event("user0", 2))
        second.observer.event(event("other", 3))
        [(_, before)], [(now, after)] = first.wrote, second.wrote
        self.assertEqual(event("user0", 2), now)
        self.assertNotEqual(before, after)
