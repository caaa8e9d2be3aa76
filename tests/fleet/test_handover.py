"""Rooms that move from one node to another while both are there."""

from __future__ import annotations

from twisted.internet.defer import Deferred, succeed

from tests.fleet.members import FleetCase, Member, event, lease_over
from tests.outputs.doubles import Said
from tiktoklive.fleet.handover import CALM, OFFERED, SHUT_OUT, WRITTEN
from tiktoklive.fleet.localrooms import Claim
from tiktoklive.fleet.node import LEASE, STOPPING
from tiktoklive.fleet.ownership import Offer, Renewal
from tiktoklive.fleet.shares import Move, NodeLoad


class HandOverTests(FleetCase):
    """Rooms that move while both nodes are there."""

    def test_joins(self) -> None:
        """A node that joins has its share within a minute, and no room had no node meanwhile."""
        self.users(60)
        first = self.join("a")
        self.pass_by(10)
        second = self.join("b")
        for _ in range(300):
            self.clock.advance(0.1)
            self.assertEqual(60, len(first.followed | second.followed))
        self.assertFollowedOnce(60)
        self.assertEqual([30, 30], [len(member.followed) for member in self.members])
        begun = [each for each in first.follower.said + second.follower.said if each[0] == "+"]
        self.assertEqual(90, len(begun))  # each moved once at most
        self.assertEqual({None}, {f.lost for f in second.follower.users.values()})

    def test_said(self) -> None:
        """That a node has joined, and how many rooms have moved, is logged once by each node."""
        said = Said(self, "Remarks")
        self.users(4)
        self.join("a")
        self.pass_by(5)
        self.join("b")
        self.pass_by(20)
        text = "\n".join(said.lines)
        self.assertEqual(1, text.count("The fleet has 2 nodes now"))
        self.assertEqual(1, text.count("2 rooms were handed over to this node"))
        self.assertEqual(1, text.count("2 rooms were handed over to other nodes"))

    def test_held(self) -> None:
        """What the next owner sees before it is one is written when it is, in order."""
        self.users(1)
        first = self.join("a")
        self.pass_by(5)
        second = self.join("b")
        second.follower.phase = "connecting"
        stopped = first.node.stopService()
        self.pass_by(4)
        self.assertEqual({"user0"}, second.followed)
        for number in range(3):
            second.observer.event(event("user0", number))
            first.observer.event(event("user0", number))
        self.assertEqual((3, 0), (len(first.wrote), len(second.wrote)))
        second.follower.users["user0"].phase = "live"
        self.pass_by(2)
        self.successResultOf(stopped)
        self.assertEqual([0, 1, 2], [happened.number for happened, _ in second.wrote])
        self.assertEqual({second.rooms.token("user0")}, {token for _, token in second.wrote})
        self.assertNotEqual(first.wrote[0][1], second.wrote[0][1])

    def test_not_let_in(self) -> None:
        """A node that is not let in does not get the room, and is offered none for a minute."""
        said = Said(self, "HandOver")
        self.users(4)
        first = self.join("a")
        self.pass_by(5)
        second = self.join("b")
        second.follower.phase = "waiting"
        self.pass_by(OFFERED + 5)
        self.assertEqual((4, set()), (len(first.followed), second.owned))
        self.assertEqual(["2 rooms stay here: node b was not let in within 20 s"], said.lines)
        tried = len(second.follower.said)
        self.pass_by(SHUT_OUT - 10)
        self.assertEqual((4, set()), (tried, second.followed))
        second.follower.phase = "live"
        self.pass_by(30)
        self.assertFollowedOnce(4)
        self.assertEqual(2, len(second.owned))

    def test_not_let_in_drained(self) -> None:
        """A node that is drained gives to those that are let in; to all, where none is."""
        self.users(3)
        first = self.join("a")
        self.pass_by(5)
        self.did(self.table.empty("a"))
        second = self.join("b")
        second.follower.phase = "waiting"
        self.pass_by(OFFERED + 5)
        self.assertEqual(3, len(second.followed))  # there is no other one
        third = self.join("c")
        self.pass_by(OFFERED + 10)
        self.assertEqual((set(), set(), 3), (first.owned, second.owned, len(third.owned)))

    def test_written_first(self) -> None:
        """A room is given when all that came was written, and kept when that takes too long."""
        self.users(1)
        waiting: list[Deferred[None]] = []

        def stored() -> Deferred[None]:
            if first.followed or not second.followed:
                return succeed(None)
            waiting.append(Deferred())
            return waiting[-1]

        first = self.join("a")
        self.pass_by(1)
        second = self.join("b")
        first.stored = stored
        self.did(self.table.empty("a"))
        self.pass_by(4)
        self.assertEqual((set(), set(), {"user0"}), (first.followed, second.owned, second.followed))
        self.pass_by(WRITTEN)
        self.assertEqual({"user0": "a"}, self.owners())
        self.assertEqual((set(), set()), (first.followed, second.owned))
        first.stored = lambda: succeed(None)
        for each in waiting:
            each.callback(None)
        self.pass_by(LEASE)
        self.assertEqual(["+user0", "-user0"] * 2, first.follower.said)
        self.assertEqual((set(), {"user0"}), (first.owned, second.owned))

    def test_giver_dies(self) -> None:
        """A node that dies while it hands over is replaced by one that tells what it missed."""
        self.users(1)
        first = self.join("a")
        self.pass_by(6)
        second = self.join("b")
        second.follower.phase = "connecting"
        self.did(self.table.empty("a"))
        self.pass_by(5)
        self.assertEqual({"user0"}, second.followed)
        self.kill(first)
        second.follower.phase = "live"
        self.pass_by(lease_over())
        self.assertEqual({"user0"}, second.owned)
        self.assertEqual(2 * LEASE, second.follower.users["user0"].lost)

    def test_stops(self) -> None:
        """A node that stops hands over all, and a room has a node all the time."""
        self.users(40)
        first, second, third = self.join("a"), self.join("b"), self.join("c")
        self.pass_by(60)
        stopped = first.node.stopService()
        for _ in range(round(STOPPING * 10)):
            self.clock.advance(0.1)
            followed = first.followed | second.followed | third.followed
            self.assertEqual(40, len(followed))
        self.successResultOf(stopped)
        self.assertEqual(set(), first.followed)
        self.assertFollowedOnce(40)
        self.assertEqual([20, 20], [len(second.followed), len(third.followed)])

    def test_stops_in_time(self) -> None:
        """A node that stops does not wait for ever: what is left then is up for all."""
        self.users(4)
        first = self.join("a")
        self.pass_by(5)
        second = self.join("b")
        second.follower.phase = "waiting"
        stopped = first.node.stopService()
        self.pass_by(STOPPING - 1)
        self.assertNoResult(stopped)
        self.pass_by(2)
        self.successResultOf(stopped)
        self.pass_by(3)
        self.assertEqual(4, len(second.owned))

    def end_while_giving(self, *, written: bool) -> tuple[Member, Member]:
        """A node has to end while its rooms are on their way to another one, which is let in."""
        self.users(4)
        first = self.join("a")
        self.pass_by(7)
        second = self.join("b")
        second.follower.phase = "waiting"
        stopped = first.node.stopService()
        self.pass_by(STOPPING - 3)
        first.stored = Deferred
        for following in (*first.follower.users.values(), *second.follower.users.values()):
            following.carried, following.phase = "newer", "live"
        self.pass_by(2)
        going = {room.user for room in first.rooms.of(Claim.GOING)}
        self.assertEqual((4, {"a"}), (len(going), set(self.owners().values())))
        if written:
            first.stored = lambda: succeed(None)
        self.pass_by(1 + WRITTEN + 1)
        self.successResultOf(stopped)
        return first, second

    def test_ends_while_giving(self) -> None:
        """What is on its way when a node has to end is given all the same: no stream is broken."""
        _, second = self.end_while_giving(written=True)
        self.pass_by(3)
        self.assertEqual(4, len(second.owned))
        self.assertEqual([f"+user{number}" for number in range(4)], sorted(second.follower.said))
        self.assertEqual({None}, {each.lost for each in second.follower.users.values()})
        self.assertIn("newer", self.did(self.table.carried(["user0"]))["user0"])

    def test_ends_unwritten(self) -> None:
        """If it could not write what came, the next one goes on from where it had done so."""
        _, second = self.end_while_giving(written=False)
        self.pass_by(3)
        self.assertEqual(4, len(second.owned))
        known = self.did(self.table.carried(["user0"]))["user0"]
        self.assertTrue(known and "newer" not in known, known)
        self.assertEqual({2 * LEASE}, {each.lost for each in second.follower.users.values()})

    def test_drained(self) -> None:
        """A node that is drained hands over all, takes no more, and stays."""
        self.users(6)
        first, second = self.join("a"), self.join("b")
        self.pass_by(20)
        self.did(self.table.empty("a"))
        self.pass_by(20)
        self.did(self.table.add(["late"]))
        self.pass_by(5)
        self.assertEqual((set(), 7), (first.followed, len(second.followed)))
        self.assertTrue(first.node.running)
        self.did(self.table.refill("a"))
        self.pass_by(20)
        self.assertEqual([3, 4], sorted(len(member.owned) for member in self.members))

    def test_by_rate(self) -> None:
        """Loud rooms count for more: shares are even by rooms and by what happens in them."""
        users = self.users(40)
        first = self.join("a")
        first.follower.rates.update(dict.fromkeys(users[:10], 10.0))
        self.pass_by(60)
        second = self.join("b")
        second.follower.rates.update(first.follower.rates)
        self.pass_by(60)
        self.assertFollowedOnce(40)
        rates = [sum(m.follower.rates.get(user, 0.0) for user in m.owned) for m in self.members]
        self.assertEqual([50.0, 50.0], rates)
        self.assertEqual([20, 20], [len(member.owned) for member in self.members])

    def test_come_and_go(self) -> None:
        """A minute after nodes came and went the shares differ by 20 % at most."""
        self.users(100)
        for name in "abcd":
            self.join(name)
        self.pass_by(60)
        self.stop(self.members[1], 20)
        self.members.pop(1)
        self.join("e")
        self.kill(self.members[0])
        self.pass_by(60)
        self.assertFollowedOnce(100)
        shares = [len(member.owned) for member in self.members]
        self.assertLessEqual(max(shares), 1.2 * min(shares), shares)


class SurplusTests(FleetCase):
    """When a node offers what is more than its share."""

    def setUp(self) -> None:
        super().setUp()
        self.member = Member(self.redis, "a")
        self.hand_over = self.member.node._hand_over
        for number in range(12):
            self.member.rooms.follow(f"user{number}", "token", Claim.OWNED)

    def offers(self, others: int, *, free: int = 0, moves: int = 0) -> bool:
        """Whether it offers something to another node that has so many rooms."""
        nodes = NodeLoad("a", 12), NodeLoad("b", others)
        offered = tuple(Offer(Move(f"user{n}", "a", "b"), False) for n in range(moves))
        renewal = Renewal({}, nodes, offered, 12 + others + free)
        self.redis.calls.clear()
        self.did(self.hand_over.offer(renewal, {}, leaving=False))
        return ("a", "offer") in self.redis.calls

    def test_few(self) -> None:
        """A few rooms are offered when there were too many for a while."""
        self.assertFalse(self.offers(8))
        self.clock.advance(CALM - 1)
        self.assertFalse(self.offers(8))
        self.clock.advance(1)
        self.assertTrue(self.offers(8))

    def test_not_for_long(self) -> None:
        """A surplus that comes and goes moves nothing."""
        self.assertFalse(self.offers(8))
        self.clock.advance(CALM)
        self.assertFalse(self.offers(12))
        self.assertFalse(self.offers(8))

    def test_many(self) -> None:
        """Many are offered at once: another node has joined."""
        self.assertTrue(self.offers(0))

    def test_free(self) -> None:
        """Nothing moves as long as others can take what is free."""
        self.assertFalse(self.offers(0, free=3))

    def test_under_way(self) -> None:
        """Nothing more is offered while something is on its way."""
        self.assertFalse(self.offers(0, moves=2))
