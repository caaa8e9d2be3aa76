"""Which rooms should move, for what the nodes have to do."""

from __future__ import annotations

from collections import Counter
from random import Random

from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.fleet.shares import AT_A_TIME, Move, NodeLoad, offers, wanted

A, B, C = "a", "b", "c"


def named(count: int, rate: float = 0.0, first: int = 0) -> dict[str, float]:
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
            ([NodeLoad(A, 3, 40.0), NodeLoad(B, 2, 0.0)], 2, 0),
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
        """Nodes with as many rooms are not even when more happens on one: louder ones move."""
        nodes = [NodeLoad(A, 20, 600.0), NodeLoad(B, 20, 200.0)]
        rooms = {**named(16, 10.0), **named(4, 110.0, first=100)}
        found = [move.user for move in offers(nodes, A, rooms)]
        self.assertEqual(["user103", "user102"], found)

    def test_quiet(self) -> None:
        """Where next to nothing happens it does not matter on which node that little does."""
        nodes = [NodeLoad(A, 100, 4.0), NodeLoad(B, 100, 0.2)]
        self.assertEqual([], offers(nodes, A, named(100, 0.04)))

    def test_one_is_loud(self) -> None:
        """A room with most of what happens stays where it is: elsewhere it would be no better."""
        nodes = [NodeLoad(A, 4, 40.0), NodeLoad(B, 4, 0.0)]
        found = offers(nodes, A, {"loud": 37.0, "one": 1.0, "two": 1.0, "three": 1.0})
        self.assertNotIn("loud", [move.user for move in found])

    def test_both_ways(self) -> None:
        """Many quiet rooms here and a few loud ones there are no even shares: both nodes give."""
        nodes = [NodeLoad(A, 300, 600.0), NodeLoad(B, 100, 3400.0)]
        quiet = [move.user for move in offers(nodes, A, named(300, 2.0))]
        loud = [move.user for move in offers(nodes, B, named(100, 34.0, first=1000))]
        self.assertTrue(quiet and loud, (quiet, loud))

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
        self.assertEqual([], offers(nodes, A, named(5, 1.0, first=5), moves))

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

    def test_uneven_a_little(self) -> None:
        """Nodes that differ by less than a tenth are left alone, whatever one of them has more."""
        self.assertEqual([], offers([NodeLoad(A, 109), NodeLoad(B, 100)], A, named(109)))
        self.assertTrue(offers([NodeLoad(A, 112), NodeLoad(B, 100)], A, named(112)))


class FleetOfShares:
    """
    Nodes and rooms that are figures alone: all nodes offer by the same figures, and then all moves.

    :ivar rates: messages a second by room.
    :ivar owners: the node of each, ``""`` if it has none.
    :ivar moved: how many have moved.
    """

    def __init__(self, random: Random, nodes: int, rooms: int, loudest: float) -> None:
        self.random = random
        self.names = [f"n{number}" for number in range(nodes)]
        # Most have little to do, and a few have much.
        self.rates = {
            f"u{number}": min(random.paretovariate(1.2), loudest) for number in range(rooms)
        }
        self.owners = dict.fromkeys(self.rates, "")
        self.moved = self.joined = 0

    def loads(self) -> list[NodeLoad]:
        """The nodes, as they are told."""
        rooms = Counter(self.owners.values())
        rates = dict.fromkeys(self.names, 0.0)
        for user, owner in self.owners.items():
            if owner:
                rates[owner] += self.rates[user]
        return [NodeLoad(name, rooms[name], rates[name]) for name in self.names]

    def round(self) -> int:
        """Let nodes take what is free, and else give to each other; how many rooms moved."""
        loads = self.loads()
        free = [user for user, owner in self.owners.items() if not owner]
        if free:
            for load in loads:
                for _ in range(wanted(loads, load.node, len(free))):
                    if free:
                        self.owners[free.pop()] = load.node
            return 1
        moves = []
        for load in loads:
            mine = {
                user: self.rates[user] for user in self.owners if self.owners[user] == load.node
            }
            moves += offers(loads, load.node, mine)
        self.owners.update((move.user, move.target) for move in moves)
        self.moved += len(moves)
        return len(moves)

    def settle(self) -> int:
        """Go on until nothing moves; after how many rounds that was so."""
        for number in range(40):
            if not self.round():
                return number
        raise AssertionError(f"rooms move for ever: {self.loads()}")

    def join(self) -> None:
        """One more node."""
        self.joined += 1
        self.names.append(f"late{self.joined}")

    def leave(self) -> None:
        """A node is gone: its rooms have none."""
        gone = self.names.pop(self.random.randrange(len(self.names)))
        for user, owner in self.owners.items():
            if owner == gone:
                self.owners[user] = ""

    def change(self) -> None:
        """What happens in some rooms changes."""
        for user in self.random.sample(sorted(self.rates), len(self.rates) // 5):
            self.rates[user] = min(self.random.paretovariate(1.2), 10.0)


class EvenTests(SynchronousTestCase):
    """Fleets that change at random, and are even again a little later."""

    def assertEven(self, fleet: FleetOfShares) -> None:
        """The shares differ by 20 % at most, by rooms and by what happens in them."""
        loads = fleet.loads()
        for shares in ([node.rooms for node in loads], [node.rate or 0.0 for node in loads]):
            self.assertLessEqual(max(shares), 1.2 * min(shares), loads)

    def test_joins_and_leaves(self) -> None:
        """After a few rounds shares are even in both ways, whoever came, went or became louder."""
        for seed in range(12):
            random = Random(seed)
            fleet = FleetOfShares(random, random.randrange(2, 6), random.randrange(150, 400), 10.0)
            fleet.settle()
            self.assertEven(fleet)
            for _ in range(5):
                steps = [fleet.join, fleet.change]
                if len(fleet.names) > 2:
                    steps.append(fleet.leave)
                if len(fleet.names) == 6:
                    steps.remove(fleet.join)
                random.choice(steps)()
                self.assertLessEqual(fleet.settle(), 9)
                self.assertEven(fleet)
                self.assertEqual(0, fleet.round())

    def test_few_move(self) -> None:
        """When a node joins it has its share at once, and few other rooms move."""
        for seed in range(5):
            fleet = FleetOfShares(Random(seed), 4, 400, 10.0)
            fleet.settle()
            fleet.moved = 0
            fleet.join()
            fleet.round()
            self.assertEven(fleet)
            fleet.settle()
            self.assertLess(fleet.moved, 1.3 * 400 / 5)

    def test_any_sizes(self) -> None:
        """Whatever the sizes, it comes to rest; rooms too large for even shares stay somewhere."""
        for seed in range(20):
            random = Random(seed)
            fleet = FleetOfShares(random, random.randrange(2, 6), random.randrange(1, 60), 1e6)
            fleet.settle()
            fleet.join()
            fleet.settle()
