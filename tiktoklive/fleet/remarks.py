"""What a node logs of the fleet that it has heard."""

from __future__ import annotations

from twisted.logger import Logger

from tiktoklive.errors import RedisAwayError, RedisError
from tiktoklive.fleet.ownership import Renewal
from tiktoklive.logs import told_again


class Remarks:
    """
    Logs what has changed from one renewal of a lease to the next.

    :param node: the id of the node.
    :param lease: its own, in seconds.
    """

    log = Logger()

    def __init__(self, node: str, lease: float) -> None:
        self._node, self._lease = node, lease
        self._users = self._nodes = self._received = self._given = 0
        #: Whether it was told that others have another lease.
        self._told = False

    def heard(self, renewal: Renewal, *, joined: bool) -> None:
        """
        A lease was renewed.

        :param joined: whether it had none before.
        """
        count = len(renewal.nodes)
        if joined:
            self.log.info(
                "Node {node} is one of {count} in the fleet, which has {users} users",
                node=self._node,
                count=count,
                users=renewal.users,
            )
        elif count != self._nodes:
            nodes = "1 node" if count == 1 else f"{count} nodes"
            self.log.info("The fleet has {nodes} now", nodes=nodes)
        if self._users and not renewal.users:
            self.log.warn(
                "The fleet has no users any more: all were removed, or Redis has lost its data"
            )
        self._users, self._nodes = renewal.users, count
        self._leases(renewal)

    def began(self, users: int) -> None:
        """The fleet had no users, and so many of those that the node was told of are new there."""
        if users:
            self.log.info(
                "The fleet had no users: it has the {users} of this node now",
                users="1 user" if users == 1 else f"{users} users",
            )

    def failing(self, error: RedisError, rooms: int, again: int, *, leased: bool) -> None:
        """
        A lease could not be renewed.

        :param rooms: how many the node follows.
        :param again: how many times this was not logged.
        :param leased: whether it has a lease still.
        """
        # Why it is away the client says.
        away = isinstance(error, RedisAwayError) and not error.sent
        self.log.warn(
            "Node {node} {what}: {error} {rooms}{again}.",
            node=self._node,
            what="cannot renew its lease" if leased else "has no lease, and cannot get one",
            error="Redis cannot be asked." if away else error,
            rooms=f"{_rooms(rooms, 'is', 'are')} followed until the lease is over"
            if rooms
            else "It has no rooms"
            if leased
            else "It follows no user until it has one",
            again=told_again(again, "logged"),
        )

    def over(self, rooms: int) -> None:
        """A lease is over, in which the node had so many rooms."""
        if rooms:
            self.log.warn(
                "The lease of node {node} is over: {rooms} followed no more until it has one again",
                node=self._node,
                rooms=_rooms(rooms, "is", "are"),
            )

    def taken_over(self, rooms: int) -> None:
        """So many rooms were taken of nodes whose leases are over."""
        if rooms:
            self.log.info("{rooms} taken over", rooms=_rooms(rooms))

    def _leases(self, renewal: Renewal) -> None:
        others = [load for load in renewal.nodes if load.lease not in (0.0, self._lease)]
        # Once: a node whose lease is longer comes and goes, as far as this one sees.
        if others and not self._told:
            self._told = True
            self.log.warn(
                "The lease of this node is {lease:g} s, and others have another: {others}. Write "
                "the same lease= for all nodes: they take each other for gone otherwise",
                lease=self._lease,
                others=", ".join(f"{load.node} {load.lease:g} s" for load in others),
            )

    def moved(self, received: int, given: int) -> None:
        """
        Log how many rooms have moved since the last call; each has its own line besides.

        :param received: so far.
        :param given: the same.
        """
        if more := received - self._received:
            self.log.info("{rooms} handed over to this node", rooms=_rooms(more))
        if more := given - self._given:
            self.log.info("{rooms} handed over to other nodes", rooms=_rooms(more))
        self._received, self._given = received, given


def _rooms(count: int, one: str = "was", more: str = "were") -> str:
    return f"1 room {one}" if count == 1 else f"{count} rooms {more}"
