"""
Who should follow what: from the nodes and what each has to do, to the rooms that should move.

Pure.  Every node computes it for itself from the same figures, and does its own part of it: a node
takes free rooms up to its share, and a node that has more than others offers rooms to them.  Shares
are to be even in two ways: by rooms, and by how much happens in them.  The unit of both is the room
with as many messages as rooms have on average, so that a share is the same number in both.
"""

from __future__ import annotations

import heapq
from bisect import bisect
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Final, NamedTuple

#: Rooms stay where they are while no node has more than another by this part, or by less than so
#: many rooms: by rooms or by what happens in them.
EVEN, ROOMS = 0.1, 2.0

#: Messages a second for which a room counts in which nothing happens: what happens in quiet rooms
#: changes all the time, and costs as little as they do.
QUIET: Final = 0.5

#: What a move has to gain, see :func:`_gain`; and the same as a part of what moving one room of
#: that size could gain at most, so that a large one does not go there and back.
GAIN, SENSE = 0.5, 0.25

#: So many rooms are offered by a node at a time: each of them is followed twice for a moment.
AT_A_TIME: Final = 100


@dataclass(frozen=True, slots=True)
class NodeLoad:
    """
    What a node has to do.

    :ivar node: its id.
    :ivar rooms: how many it follows.
    :ivar rate: messages a second in all of them; ``None`` if it has not counted yet.
    :ivar leaving: whether it wants none any more: it stops, or is drained.
    """

    node: str
    rooms: int = 0
    rate: float | None = 0.0
    leaving: bool = False


class Move(NamedTuple):
    """A room that one node offers to another."""

    user: str
    source: str
    target: str


def wanted(nodes: Sequence[NodeLoad], me: str, free: int, moves: Collection[Move] = ()) -> int:
    """
    How many of the rooms without a node one should take.

    Together, all nodes want at least as many as there are.

    :param nodes: those that live, itself included.
    :param free: how many rooms have none of them.
    :param moves: what is being handed over.
    """
    after = _after(nodes, moves)
    taking = [node for node in after if not node.leaving]
    if free <= 0 or me not in {node.node for node in taking}:
        return 0
    loads = _loads(after)
    share = (sum(loads.values()) + free) / len(taking)
    return min(max(ceil(share - loads[me]), 0), free)


def offers(
    nodes: Sequence[NodeLoad],
    me: str,
    rooms: Mapping[str, float],
    moves: Collection[Move] = (),
    limit: int = AT_A_TIME,
) -> list[Move]:
    """
    Which rooms a node should offer, and to which others.

    :param rooms: its rooms that are not offered yet, each with its messages a second.
    :param moves: what is being handed over, by all nodes.
    :param limit: how many it may offer at a time.
    """
    after = _after(nodes, moves)
    mine = next((node for node in after if node.node == me), None)
    count = limit - sum(move.source == me for move in moves)
    taking = [node.node for node in after if not node.leaving and node.node != me]
    if mine is None or count <= 0 or not taking:
        return []
    loads, mean = _shares(after), _mean(after)
    weights = sorted(((rooms[user] + QUIET) / (mean + QUIET), user) for user in rooms)
    if mine.leaving:
        return _all(loads, me, weights[: -count - 1 : -1], taking)
    loads = {node: loads[node] for node in (*taking, me)}
    return _surplus(loads, me, weights, count) if _uneven(loads.values()) else []


class _Share(NamedTuple):
    """
    What a node has to do.

    :ivar rooms: how many it has.
    :ivar rate: what happens in them, in rooms in which as much happens as on average.
    """

    rooms: float
    rate: float

    @property
    def load(self) -> float:
        """Both together."""
        return (self.rooms + self.rate) / 2

    def plus(self, count: int, weight: float) -> _Share:
        """With so many rooms more, of one weight."""
        return _Share(self.rooms + count, self.rate + count * weight)


def _uneven(loads: Iterable[tuple[float, float]]) -> bool:
    """Whether the shares differ by more than is left alone."""
    for each in zip(*loads, strict=True):
        least, most = min(each), max(each)
        if most - least >= ROOMS and most > (1 + EVEN) * least:
            return True
    return False


def _gain(source: _Share, target: _Share, weight: float) -> float:
    """
    How much more even two nodes are when a room moves from one to the other.

    It is half of that by which the squares of what they have, in both ways, become less.
    """
    rooms, rate = source.rooms - target.rooms, source.rate - target.rate
    return rooms - 1 + weight * rate - weight * weight


def _makes_sense(gain: float, weight: float) -> bool:
    return gain >= max(GAIN, SENSE * weight * weight)


def _all(
    loads: dict[str, _Share], me: str, weights: Sequence[tuple[float, str]], taking: Sequence[str]
) -> list[Move]:
    """A node that leaves gives all that it has, the largest first: the others fill what is left."""
    found = []
    for weight, user in weights:
        target = max(taking, key=lambda node: (_gain(_Share(0, 0), loads[node], weight), node))
        loads[target] = loads[target].plus(1, weight)
        found.append(Move(user, me, target))
    return found


def _surplus(
    loads: dict[str, _Share], me: str, weights: list[tuple[float, str]], count: int
) -> list[Move]:
    """
    What a node gives so that shares become even.

    All that have too much do so by the same figures.  First each gives what it has more than its
    share, to each other node the same part of what that lacks.  Where all have their share, but
    one has many quiet rooms and another a few loud ones, each gives the part of what it would give
    alone that comes of their number: so they never give too much together.
    """
    share = sum(each.load for each in loads.values()) / len(loads)
    found: list[Move] = []
    if loads[me].load > share and _uneven((each.load, each.load) for each in loads.values()):
        found = _filling(dict(loads), me, list(weights), share)[:count]
    if found:
        return found
    givers = sum(max(each) > share + ROOMS / 2 for each in loads.values())
    found = _evening(loads, me, weights, count)
    return found[: ceil(len(found) / max(givers, 1))]


def _filling(
    loads: dict[str, _Share], me: str, weights: list[tuple[float, str]], share: float
) -> list[Move]:
    """What fills our part of what others lack, of such sizes that both ways are filled."""
    left = loads[me].load - share
    part = left / sum(max(each.load - share, 0.0) for each in loads.values())
    found: list[Move] = []
    for target in sorted(loads, key=lambda node: (loads[node].load, node)):
        rooms, rate = ((share - each) * part for each in loads[target])
        while weights:
            place = bisect(weights, (max(rate, 0.0) / max(rooms, 0.5), ""))
            near = [number for number in (place - 1, place) if 0 <= number < len(weights)]
            number = min(near, key=lambda n: abs(weights[n][0] * max(rooms, 0.5) - rate))
            weight, user = weights[number]
            # At least half of it has to fit, so that it does not come back.
            fits = min((rooms + rate) / 2, left) > (1 + weight) / 4
            if not fits or not _makes_sense(_gain(loads[me], loads[target], weight), weight):
                break
            del weights[number]
            found.append(_move(loads, user, weight, me, target))
            rooms, rate, left = rooms - 1, rate - weight, left - (1 + weight) / 2
    return found


def _evening(
    loads: dict[str, _Share], me: str, weights: list[tuple[float, str]], count: int
) -> list[Move]:
    """The moves that gain most, one after the other."""
    found: list[Move] = []
    while len(found) < count and weights:
        best: tuple[float, str, int] | None = None
        for target in _lowest(loads, me):
            # The best one would make what happens in both of them the same.
            place = bisect(weights, ((loads[me].rate - loads[target].rate) / 2, ""))
            for number in (place - 1, place):
                if not 0 <= number < len(weights):
                    continue
                weight = weights[number][0]
                gain = _gain(loads[me], loads[target], weight)
                if _makes_sense(gain, weight) and (best is None or gain > best[0]):
                    best = gain, target, number
        if best is None:
            break
        _, target, number = best
        weight, user = weights.pop(number)
        found.append(_move(loads, user, weight, me, target))
    return found


def _move(loads: dict[str, _Share], user: str, weight: float, source: str, target: str) -> Move:
    """A room has moved."""
    loads[source] = loads[source].plus(-1, weight)
    loads[target] = loads[target].plus(1, weight)
    return Move(user, source, target)


def _lowest(loads: Mapping[str, _Share], me: str) -> list[str]:
    """The nodes that have least, in any way."""
    found: list[str] = []
    for key in (lambda n: loads[n].rooms, lambda n: loads[n].rate, lambda n: loads[n].load):
        found += heapq.nsmallest(3, loads, key=key)
    return [node for node in dict.fromkeys(found) if node != me]


def _after(nodes: Sequence[NodeLoad], moves: Collection[Move]) -> list[NodeLoad]:
    """The nodes as they are when what is being handed over is."""
    mean = _mean([node for node in nodes if node.rate is not None])
    rates = {n.node: mean * n.rooms if n.rate is None else n.rate for n in nodes}
    rooms = {node.node: node.rooms for node in nodes}
    each = {node.node: rates[node.node] / node.rooms for node in nodes if node.rooms}
    for move in moves:
        if move.target in rooms and rooms.get(move.source):
            for node, count in ((move.source, -1), (move.target, 1)):
                rooms[node] += count
                rates[node] += count * each[move.source]
    return [replace(n, rooms=rooms[n.node], rate=rates[n.node]) for n in nodes]


def _mean(nodes: Sequence[NodeLoad]) -> float:
    """Messages a second in a room, on average."""
    rooms = sum(node.rooms for node in nodes)
    return sum(node.rate or 0.0 for node in nodes) / rooms if rooms else 0.0


def _shares(nodes: Sequence[NodeLoad]) -> dict[str, _Share]:
    """What each node has to do, in both ways."""
    usual = _mean(nodes) + QUIET
    return {
        node.node: _Share(node.rooms, ((node.rate or 0.0) + node.rooms * QUIET) / usual)
        for node in nodes
    }


def _loads(nodes: Sequence[NodeLoad]) -> dict[str, float]:
    """The same as one number."""
    return {node: share.load for node, share in _shares(nodes).items()}
