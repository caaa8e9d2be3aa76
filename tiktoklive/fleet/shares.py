"""
Who should follow what: from the nodes and what each has to do, to the rooms that should move.

Pure.  Every node computes it for itself from the same figures, and does its own part of it: a node
takes free rooms up to its share, and a node that has more than its share offers rooms to those that
have less.  Half of what a room counts for is that it is one, the other half how much happens there:
the unit is the room with as many messages as rooms have on average.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Final, NamedTuple

#: A node is left alone while it has less than this part of its share too much, or less than a room.
TOLERANCE: Final = 0.05

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
    taking = [node for node in after if not node.leaving and node.node != me]
    if mine is None or count <= 0 or not taking:
        return []
    loads = _loads(after)
    share = sum(loads.values()) / (len(taking) + (not mine.leaving))
    lacking = _lacking(after, loads, share, me)
    surplus = float("inf") if mine.leaving else loads[me] - share
    if not mine.leaving and surplus < max(1.0, TOLERANCE * share):
        return []
    mean = _mean(after)
    found: list[Move] = []
    # What counts for most goes first: the others fill what is left.
    for user in sorted(rooms, key=lambda user: (-rooms[user], user)):
        target = max(lacking, key=lambda node: (lacking[node], node))
        weight = _weight(rooms[user], mean)
        # At least half of it has to fit, so that it does not come back.
        if not mine.leaving and (surplus <= weight / 2 or lacking[target] <= weight / 2):
            continue
        found.append(Move(user, me, target))
        surplus -= weight
        lacking[target] -= weight
        if len(found) == count:
            break
    return found


def _lacking(
    nodes: Sequence[NodeLoad], loads: Mapping[str, float], share: float, me: str
) -> dict[str, float]:
    """How much each other node lacks, when those before this one in their order have given."""
    lacking = {
        node.node: share - loads[node.node]
        for node in nodes
        if not node.leaving and node.node != me
    }
    for giving in sorted(node.node for node in nodes if not node.leaving and node.node < me):
        surplus = loads[giving] - share
        if surplus < max(1.0, TOLERANCE * share):
            continue
        for target in sorted(lacking, key=lambda node: (-lacking[node], node)):
            given = min(max(lacking[target], 0.0), surplus)
            lacking[target] -= given
            surplus -= given
    return lacking


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


def _weight(rate: float, mean: float) -> float:
    return (1 + rate / mean) / 2 if mean > 0 else 1.0


def _loads(nodes: Sequence[NodeLoad]) -> dict[str, float]:
    """What each node has to do, in rooms."""
    mean = _mean(nodes)
    return {
        node.node: (node.rooms + (node.rate or 0.0) / mean) / 2 if mean > 0 else float(node.rooms)
        for node in nodes
    }
