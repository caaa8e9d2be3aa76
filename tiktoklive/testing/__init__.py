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

from typing import TYPE_CHECKING

from tiktoklive.exports import exported

__all__ = [
    "Connection",
    "MemoryNetwork",
    "MemoryTransport",
    "RecordingObserver",
    "settle",
    "simulated",
]

if TYPE_CHECKING:
    from tiktoklive.testing.network import MemoryNetwork as MemoryNetwork
    from tiktoklive.testing.network import settle as settle
    from tiktoklive.testing.recording import RecordingObserver as RecordingObserver
    from tiktoklive.testing.tiktok import simulated as simulated
    from tiktoklive.testing.transport import Connection as Connection
    from tiktoklive.testing.transport import MemoryTransport as MemoryTransport
else:
    __getattr__, __dir__ = exported(
        __name__,
        {
            "network": ["MemoryNetwork", "settle"],
            "recording": ["RecordingObserver"],
            "tiktok": ["simulated"],
            "transport": ["Connection", "MemoryTransport"],
        },
    )
