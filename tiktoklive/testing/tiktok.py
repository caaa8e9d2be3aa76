"""A network in memory with a small TikTok in it."""

from __future__ import annotations

from twisted.internet.task import Clock

from tiktoklive.simulator import HOSTS, Simulator
from tiktoklive.testing.network import MemoryNetwork


def simulated(*, seed: int = 0, clock: Clock | None = None) -> tuple[MemoryNetwork, Simulator]:
    """
    A network in memory with a small TikTok in it, under TikTok's own names.

    Give the network, and its clock, to a connection, and rooms to the simulator, in which users
    do things (:class:`~tiktoklive.simulator.Visitors`)::

        network, simulator = simulated()
        room = simulator.add_room("anna")
        room.say("bob", "!dice")
        room.gift("bob", "Rose", 5)

    :param seed: makes the simulator's ids and cookies repeatable.
    """
    network = MemoryNetwork(clock)
    simulator = Simulator(network.clock, seed=seed)
    site = simulator.site()
    for host in HOSTS:
        network.add(host, 443, site)
    return network, simulator
