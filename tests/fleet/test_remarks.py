"""What a node logs of the fleet that it has heard."""

from __future__ import annotations

from tests.fleet.members import FleetCase
from tests.outputs.doubles import Said


class RemarksTests(FleetCase):
    """What people have to know to find out why rooms are not where they should be."""

    def setUp(self) -> None:
        super().setUp()
        self.said = Said(self, "Remarks")

    def count(self, part: str) -> int:
        """How often something was logged."""
        return "\n".join(self.said.lines).count(part)

    def test_leases(self) -> None:
        """Nodes with different leases say so, each once; those with the same say nothing."""
        self.users(4)
        self.join("a", lease=6.0)
        self.join("b", lease=6.0)
        self.pass_by(10)
        self.assertEqual(0, self.count("lease"))
        self.join("c", lease=60.0)
        self.pass_by(60)
        self.assertEqual(2, self.count("is 6 s, and others have another: c 60 s."))
        self.assertEqual(1, self.count("is 60 s, and others have another: a 6 s, b 6 s."))

    def test_users_lost(self) -> None:
        """That all users are gone is said once, and not of a fleet that had none."""
        self.join("a")
        self.pass_by(10)
        self.assertEqual(0, self.count("no users any more"))
        self.users(4)
        self.pass_by(10)
        self.redis.lose_data()
        self.pass_by(10)
        self.assertEqual(1, self.count("no users any more"))

    def test_no_lease(self) -> None:
        """What a node without Redis says fits what it has: nothing, a lease, or one with rooms."""
        self.redis.away.add(None)
        self.join("a")
        self.pass_by(60)
        self.assertEqual(1, self.count("Node a has no lease, and cannot get one: "))
        self.assertEqual(1, self.count("one: Redis cannot be asked. It follows no user until it"))
        self.redis.away.clear()
        self.pass_by(10)
        self.users(1)
        self.join("b")
        self.pass_by(10)
        self.redis.away.add(None)
        self.pass_by(60)
        self.assertEqual(1, self.count("Node b cannot renew its lease: "))
        self.assertEqual(
            1, self.count(" is over: 1 room is followed no more until it has one again")
        )

    def test_moved(self) -> None:
        """One room is called so."""
        self.users(2)
        self.join("a")
        self.pass_by(5)
        self.join("b")
        self.pass_by(20)
        self.stop(self.members[0])
        self.assertEqual(2, self.count("1 room was handed over to this node"))
        self.assertEqual(2, self.count("1 room was handed over to other nodes"))
