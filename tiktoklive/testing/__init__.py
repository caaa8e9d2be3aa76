"""
A network in memory, a TikTok in it, and an observer that remembers: for tests without waiting.

:class:`MemoryNetwork` takes the place of the network wherever this package asks for a
:class:`~twisted.web.iweb.IAgentEndpointFactory`.  What answers behind it is the real
thing: any protocol factory, such as a :class:`twisted.web.server.Site` with a simulator
in it.  Nothing moves and no time passes until the test says so::

    network = MemoryNetwork()
    network.add("www.tiktok.com", 443, site)
    agent = Agent.usingEndpointFactory(network.clock, network)
    answer = agent.request(b"GET", b"https://www.tiktok.com/")
    network.flush()
    response = self.successResultOf(answer)

No TLS is spoken: a port that wants TLS only checks that the client means to speak it.
"""

from tiktoklive.testing.network import MemoryNetwork, settle
from tiktoklive.testing.recording import RecordingObserver
from tiktoklive.testing.tiktok import simulated
from tiktoklive.testing.transport import Connection, MemoryTransport

__all__ = [
    "Connection",
    "MemoryNetwork",
    "MemoryTransport",
    "RecordingObserver",
    "settle",
    "simulated",
]
