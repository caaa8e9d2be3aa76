"""What a node logs of the fleet that it has heard."""

from __future__ import annotations

from twisted.logger import Logger

from tiktoklive.fleet.ownership import Renewal


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
            self.log.info("The fleet has {count} nodes now", count=count)
        if self._users and not renewal.users:
            self.log.warn(
                "The fleet has no users any more: all were removed, or Redis has lost its data"
            )
        self._users, self._nodes = renewal.users, count
        self._leases(renewal)

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


def _rooms(count: int) -> str:
    return "1 room was" if count == 1 else f"{count} rooms were"
