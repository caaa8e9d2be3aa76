"""Which rooms should move, for what the nodes have to do."""

from __future__ import annotations

from random import Random

from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.fleet.shares import AT_A_TIME, Move, NodeLoad, offers, wanted

A, B, C = "a", "b", "c"


def named(count: int, rate: float = 1.0, first: int = 0) -> dict[str, float]:
    """So many rooms, each with as much to do."""
    return {f"user{number}": rate for number in range(first, first + count)}


class WantedTests(SynchronousTestCase):
    """How many free rooms a node takes."""

    def test_table(self) -> None:
        """A node takes its share of what is free, and none when it has more than that."""
        for loads, free, expected in (
            ([NodeLoad(A)], 7, 7),
            ([NodeLoad(A), NodeLoad(B)], 7, 4),
            ([NodeLoad(A, 4), NodeLoad(B)], 3, 0),
            ([NodeLoad(A), NodeLoad(B, 4)], 3, 3),
            ([NodeLoad(A, 10), NodeLoad(B, 10), NodeLoad(C, 10)], 10, 4),
            ([NodeLoad(A, leaving=True), NodeLoad(B)], 7, 0),
            ([NodeLoad(B)], 7, 0),
            ([NodeLoad(A), NodeLoad(B, 9, leaving=True)], 2, 2),
            ([NodeLoad(A, 2, 20.0), NodeLoad(B, 2, 0.0)], 2, 0),
            ([NodeLoad(A)], 0, 0),
        ):
            self.assertEqual(expected, wanted(loads, A, free), (loads, free))

    def test_none_is_left(self) -> None:
        """All nodes together want all that is free, whatever they have."""
        random = Random(7)
        for _ in range(300):
            nodes = [
                NodeLoad(
                    str(number), random.randrange(40), random.random() * 90, random.random() < 0.2
                )
                for number in range(random.randrange(1, 6))
            ]
            if all(node.leaving for node in nodes):
                continue
            free = random.randrange(1, 50)
            self.assertGreaterEqual(sum(wanted(nodes, n.node, free) for n in nodes), free, nodes)


class OffersTests(SynchronousTestCase):
    """What a node offers to others."""

    def test_table(self) -> None:
        """How many rooms move, from one node to each of the others."""
        for loads, expected in (
            ([NodeLoad(A, 10)], {}),
            ([NodeLoad(A, 10), NodeLoad(B)], {B: 5}),
            ([NodeLoad(A, 3), NodeLoad(B)], {B: 1}),
            ([NodeLoad(A, 2), NodeLoad(B, 1)], {}),
            ([NodeLoad(A, 5), NodeLoad(B, 10)], {}),
            ([NodeLoad(A, 9), NodeLoad(B), NodeLoad(C)], {B: 3, C: 3}),
            ([NodeLoad(A, 4, leaving=True), NodeLoad(B)], {B: 4}),
            ([NodeLoad(A, 4, leaving=True), NodeLoad(B, 1), NodeLoad(C, 3)], {B: 3, C: 1}),
            ([NodeLoad(A, 4, leaving=True), NodeLoad(B, leaving=True)], {}),
            ([NodeLoad(A, 10), NodeLoad(B, leaving=True)], {}),
        ):
            found = offers(loads, A, named(loads[0].rooms))
            count: dict[str, int] = {}
            for move in found:
                self.assertEqual(A, move.source)
                count[move.target] = count.get(move.target, 0) + 1
            self.assertEqual(expected, count, loads)

    def test_by_rate(self) -> None:
        """Nodes with as many rooms are not even when one has all that happens."""
        nodes = [NodeLoad(A, 4, 40.0), NodeLoad(B, 4, 0.0)]
        found = offers(nodes, A, {"loud": 37.0, "one": 1.0, "two": 1.0, "three": 1.0})
        self.assertNotIn("loud", [move.user for move in found])  # its share is more than half
        self.assertEqual(3, len(found))

    def test_not_counted_yet(self) -> None:
        """A node that has just begun to count counts as much as the others, and gets no more."""
        nodes = [NodeLoad(A, 5, 50.0), NodeLoad(B, 5, None)]
        self.assertEqual([], offers(nodes, A, named(5, 10.0)))
        nodes = [NodeLoad(A, 10, None), NodeLoad(B, 0, None)]
        self.assertEqual(5, len(offers(nodes, A, named(10, 0.0))))

    def test_under_way(self) -> None:
        """What is being handed over counts as moved, and so nothing is offered twice."""
        nodes = [NodeLoad(A, 10, 10.0), NodeLoad(B)]
        moves = [Move(f"user{number}", A, B) for number in range(5)]
        self.assertEqual([], offers(nodes, A, named(5, first=5), moves))

    def test_two_give(self) -> None:
        """Two nodes with too much do not both fill the same place."""
        nodes = [NodeLoad(A, 6), NodeLoad(B, 6), NodeLoad(C)]
        first, second = offers(nodes, A, named(6)), offers(nodes, B, named(6))
        self.assertEqual((2, 2), (len(first), len(second)))

    def test_bounded(self) -> None:
        """No more are offered at a time than are allowed."""
        nodes = [NodeLoad(A, 500), NodeLoad(B)]
        self.assertEqual(AT_A_TIME, len(offers(nodes, A, named(500))))
        self.assertEqual(3, len(offers(nodes, A, named(500), limit=3)))

    def test_becomes_even_and_stays_so(self) -> None:
        """Whatever the loads, after some rounds the shares differ by 20 % at most, for good."""
        random = Random(3)
        for _ in range(40):
            count = random.randrange(2, 6)
            owners = {f"u{number}": str(random.randrange(count)) for number in range(200)}
            rates = {user: random.choice((0.5, 1.0, 2.0)) for user in owners}
            moved = -1
            for _ in range(30):
                nodes = [
                    NodeLoad(
                        str(number),
                        sum(owner == str(number) for owner in owners.values()),
                        sum(rates[u] for u, owner in owners.items() if owner == str(number)),
                    )
                    for number in range(count)
                ]
                moves = [
                    move
                    for node in nodes
                    for move in offers(
                        nodes,
                        node.node,
                        {user: rates[user] for user in owners if owners[user] == node.node},
                    )
                ]
                moved = len(moves)
                owners.update((move.user, move.target) for move in moves)
                if not moves:
                    break
            self.assertEqual(0, moved)
            mean = sum(rates.values()) / 200
            loads = [(node.rooms + node.rate / mean) / 2 for node in nodes]
            self.assertLessEqual(max(loads), 1.2 * min(loads), loads)
