"""What a node tells of itself to those who watch over it."""

from __future__ import annotations

from zope.interface.verify import verifyObject

from tests.fleet.members import FleetCase, lease_over
from tiktoklive.fleet.node import LEASE
from tiktoklive.interfaces import IFleetMember


class NodeCountsTests(FleetCase):
    """Each number follows what happens."""

    def test_begins(self) -> None:
        """A node that has just started has counted nothing, and knows of itself."""
        member = self.join("a")
        verifyObject(IFleetMember, member.node)
        counts = member.node.node_counts()
        self.assertEqual((1, 0, 0, 0), (counts.nodes, counts.owned, counts.coming, counts.going))
        self.assertEqual((0, 0), (counts.leases_over, counts.taken_over))
        self.assertEqual((0, 0), (counts.received, counts.given))
        self.assertEqual(LEASE, counts.lease)

    def test_hands_over(self) -> None:
        """What one hands over the other has received, and what is on its way is seen at both."""
        self.users(8)
        first = self.join("a")
        self.pass_by(5)
        self.assertEqual(8, first.node.node_counts().owned)
        second = self.join("b")
        second.follower.phase = "connecting"
        self.pass_by(10)
        on_its_way = second.node.node_counts().coming
        self.assertLess(0, on_its_way)
        self.assertEqual((8, 0), (first.node.node_counts().owned, second.node.node_counts().owned))
        for following in second.follower.users.values():
            following.phase = "live"
        second.follower.phase = "live"
        self.pass_by(30)
        gave, got = first.node.node_counts(), second.node.node_counts()
        self.assertEqual((4, 4, 0), (gave.owned, gave.given, gave.received))
        self.assertEqual((4, 4, 0), (got.owned, got.received, got.given))
        self.assertEqual((2, 2), (gave.nodes, got.nodes))
        self.assertEqual((0, 0), (gave.taken_over, got.taken_over))

    def test_takes_over(self) -> None:
        """Rooms of a node that is gone are counted, and those that had none before are not."""
        self.users(6)
        first = self.join("a")
        second = self.join("b")
        self.pass_by(30)
        lost = len(first.owned)
        self.assertLess(0, lost)
        self.assertEqual(0, second.node.node_counts().taken_over)
        self.kill(first)
        self.pass_by(lease_over() + 5)
        counts = second.node.node_counts()
        self.assertEqual((6, lost, 1), (counts.owned, counts.taken_over, counts.nodes))

    def test_lease(self) -> None:
        """Without Redis the age grows, and that the lease was over is counted once a time."""
        self.users(2)
        member = self.join("a")
        self.pass_by(5)
        before = member.node.node_counts()
        self.assertTrue(before.connected)
        self.assertLess(before.renewal_age, LEASE / 3)
        self.redis.away.add("a")
        self.pass_by(LEASE * 3)
        away = member.node.node_counts()
        self.assertFalse(away.connected)
        self.assertLess(LEASE * 3 - 0.1, away.renewal_age)
        self.assertEqual((1, 0), (away.leases_over, away.owned))
        self.redis.away.clear()
        self.pass_by(LEASE)
        back = member.node.node_counts()
        self.assertLess(back.renewal_age, LEASE / 3)
        self.assertEqual((1, 2, 0), (back.leases_over, back.owned, back.taken_over))

    def test_never_there(self) -> None:
        """Where Redis was never there, the age counts from the start."""
        self.clock.advance(1000)
        self.redis.away.add(None)
        member = self.join("a")
        self.pass_by(4)
        counts = member.node.node_counts()
        self.assertFalse(counts.connected)
        self.assertApproximates(4.0, counts.renewal_age, 0.01)
        self.assertEqual(0, counts.leases_over)

    def test_line(self) -> None:
        """People are told the share, what moves, and for how long Redis was not heard of."""
        self.users(8)
        first = self.join("a")
        first.follower.rates.update({f"user{number}": 2.0 for number in range(8)})
        self.pass_by(60)
        line = first.node.node_counts().line
        self.assertIn("1 of 1 nodes: 8 of 8 rooms, 16.0 of 16.0 messages a second; ", line)
        self.assertIn("s since the lease of 10 s was renewed in Redis", line)
        second = self.join("b")
        second.follower.phase = "connecting"
        self.pass_by(10)
        self.assertIn(
            "1 of 2 nodes: 0 of 8 rooms, 4 coming, 0.0 of 16.", second.node.node_counts().line
        )
        self.redis.away.add("a")
        self.pass_by(LEASE + 1)
        self.assertIn("which cannot be asked now, the lease is over", first.node.node_counts().line)
