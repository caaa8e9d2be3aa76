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

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from twisted.internet import error
from twisted.internet.address import HostnameAddress, IPv4Address
from twisted.internet.defer import Deferred, fail
from twisted.internet.interfaces import (
    IConsumer,
    IProtocol,
    IProtocolFactory,
    IPushProducer,
    IStreamClientEndpoint,
    ITCPTransport,
)
from twisted.internet.task import Clock
from twisted.python.failure import Failure
from twisted.web.client import URI
from twisted.web.iweb import IAgentEndpointFactory
from zope.interface import implementer

from tiktoklive.events.base import Event, IEventObserver
from tiktoklive.simulator import HOSTS, Simulator

#: Buffered bytes from which on a streaming producer is told to pause, as with TCP.
HIGH_WATER: Final = 2**16

#: Rounds without rest after which :meth:`MemoryNetwork.flush` takes it for an endless loop.
ROUNDS: Final = 100_000

_SECURE: Final = (b"https", b"wss")


@implementer(ITCPTransport, IConsumer, IPushProducer)
class MemoryTransport:
    """
    One end of a connection in memory, with TCP's manners.

    Unlike the fake transports of Twisted's own tests it pauses producers and readers,
    takes writes until the connection is really closed, and can be lost uncleanly.
    """

    disconnecting = False
    connected = True

    def __init__(self, protocol: IProtocol, host: IPv4Address, peer: IPv4Address) -> None:
        self.protocol = protocol
        self._host = host
        self._peer = peer
        self._out: list[bytes] = []
        self._size = 0
        self._paused = False
        self._producer: Any = None
        self._streaming = False
        self._producer_paused = False
        self.aborted = False

    def write(self, data: bytes) -> None:
        """Queue bytes for the other end."""
        if not isinstance(data, bytes | bytearray | memoryview):
            raise TypeError(f"Data must be bytes, not {type(data).__name__}")
        if not data or not self.connected or self.aborted:
            return
        self._out.append(bytes(data))
        self._size += len(data)
        if self._size > HIGH_WATER and self._streaming and not self._producer_paused:
            self._producer_paused = True
            self._producer.pauseProducing()

    def writeSequence(self, data: Any) -> None:
        """Queue several pieces."""
        self.write(b"".join(data))

    def loseConnection(self) -> None:
        """Close when everything written has arrived."""
        self.disconnecting = True

    def abortConnection(self) -> None:
        """Close now; what was written and has not arrived is lost."""
        if self.connected and not self.aborted:
            self.disconnecting = self.aborted = True
            self._out.clear()
            self._size = 0

    def loseWriteConnection(self) -> None:
        """Half-closing is not part of this network: close in order."""
        self.loseConnection()

    def getHost(self) -> IPv4Address:
        """The address of this end."""
        return self._host

    def getPeer(self) -> IPv4Address:
        """The address of the other end."""
        return self._peer

    def getPeerCertificate(self) -> None:
        """No certificates here."""
        return

    def getTcpNoDelay(self) -> bool:
        """Nothing is ever delayed."""
        return True

    def setTcpNoDelay(self, enabled: Any) -> None:
        """Nothing is ever delayed."""

    def getTcpKeepAlive(self) -> bool:
        """Nothing has to be kept alive."""
        return False

    def setTcpKeepAlive(self, enabled: Any) -> None:
        """Nothing has to be kept alive."""

    def registerProducer(self, producer: Any, streaming: bool) -> None:
        """Let ``producer`` write as fast as the other end reads."""
        if self._producer is not None:
            raise RuntimeError("There is a producer already.")
        if not self.connected:
            producer.stopProducing()
            return
        self._producer, self._streaming, self._producer_paused = producer, streaming, False
        if not streaming:
            producer.resumeProducing()

    def unregisterProducer(self) -> None:
        """Forget the producer."""
        self._producer, self._streaming = None, False

    def pauseProducing(self) -> None:
        """Stop handing received bytes to the protocol."""
        self._paused = True

    def resumeProducing(self) -> None:
        """Go on with handing received bytes to the protocol."""
        self._paused = False

    def stopProducing(self) -> None:
        """The consumer of what arrives here wants no more."""
        self.loseConnection()

    def _deliver(self, other: MemoryTransport) -> int:
        """Hand everything queued to the other end; the number of bytes that moved."""
        moved = 0
        if self._out and not other._paused and other.connected:
            data = b"".join(self._out)
            self._out.clear()
            self._size = 0
            moved = len(data)
            other.protocol.dataReceived(data)
        return moved

    def _drained(self) -> bool:
        """Ask a waiting producer for more once all is delivered; whether there was one."""
        if self._out or self._producer is None or (self._streaming and not self._producer_paused):
            return False
        self._producer_paused = False
        self._producer.resumeProducing()
        return bool(self._out) or self._producer is None

    def _lost(self, reason: Exception) -> None:
        """Tell the protocol, once, that it is over."""
        if self.connected:
            self.connected = False
            self.disconnecting = True
            self._out.clear()
            if self._producer is not None:
                producer, self._producer = self._producer, None
                producer.stopProducing()
            self.protocol.connectionLost(_failure(reason))


def _refusal(said: str | None = None) -> Failure:
    """No connection: refused, or for the reason given."""
    kind: Any = error.ConnectionRefusedError if said is None else error.ConnectError
    return _failure(kind(string=said))


def _failure(reason: Exception) -> Failure:
    return Failure(reason)  # type: ignore[no-untyped-call]  # Twisted's has no types


@dataclass(eq=False)
class Connection:
    """
    One connection of a :class:`MemoryNetwork`, seen from above.

    :ivar host: the name that the client asked for.
    :ivar port: the port that the client asked for.
    :ivar opened_at: the clock's time, in seconds.
    :ivar frozen: while true nothing moves in either direction and nobody is told: the
        other side has vanished.
    :ivar bytes_to_server: how many bytes the server has received.
    :ivar bytes_to_client: how many bytes the client has received.
    """

    host: str
    port: int
    opened_at: float
    client: MemoryTransport = field(repr=False)
    server: MemoryTransport = field(repr=False)
    frozen: bool = False
    bytes_to_server: int = 0
    bytes_to_client: int = 0

    @property
    def is_open(self) -> bool:
        """Whether one of the ends still believes in it."""
        return self.client.connected or self.server.connected

    def drop(self) -> None:
        """Break it: bytes on the way are lost, both ends see a lost connection."""
        self.client._lost(error.ConnectionLost())
        self.server._lost(error.ConnectionLost())

    def pump(self) -> bool:
        """Move what is there, one step; whether anything happened."""
        if self.frozen or not self.is_open:
            return False
        to_server = self.client._deliver(self.server)
        to_client = self.server._deliver(self.client)
        self.bytes_to_server += to_server
        self.bytes_to_client += to_client
        produced = self.client._drained() or self.server._drained()
        if to_server or to_client or produced:
            return True
        return self._close(self.server, self.client) or self._close(self.client, self.server)

    def _close(self, end: MemoryTransport, other: MemoryTransport) -> bool:
        """Carry out the closing that ``end`` asked for, if nothing is left on its way."""
        if not end.disconnecting or (end._out and other.connected):
            return False
        end._lost(error.ConnectionAborted() if end.aborted else error.ConnectionDone())
        other._lost(error.ConnectionLost() if end.aborted else error.ConnectionDone())
        return True


@dataclass(eq=False)
class _Attempt:
    """Somebody waits to be connected."""

    host: str
    port: int
    factory: IProtocolFactory
    waiting: Deferred[IProtocol]
    secure: bool


@implementer(IStreamClientEndpoint)
class _Endpoint:
    """Where one URI leads."""

    def __init__(self, network: MemoryNetwork, host: str, port: int, secure: bool) -> None:
        self._network = network
        self._host = host
        self._port = port
        self._secure = secure

    def connect(self, protocolFactory: IProtocolFactory) -> Deferred[IProtocol]:
        """Ask for a connection; it stands after the next :meth:`MemoryNetwork.flush`."""
        return self._network._attempt(self._host, self._port, protocolFactory, self._secure)


@implementer(IAgentEndpointFactory)
class MemoryNetwork:
    """
    Connects clients with servers in the same process.

    :param clock: the clock that the test advances; a new one unless given.
    :ivar clock: that clock; give it to everything that takes a reactor for its time.
    :ivar connections: all connections ever made, in order.
    :ivar attempts: host and port of every attempt to connect, in order, failed ones too.
    """

    def __init__(self, clock: Clock | None = None) -> None:
        self.clock = Clock() if clock is None else clock
        self.connections: list[Connection] = []
        self.attempts: list[tuple[str, int]] = []
        self._places: dict[tuple[str, int], tuple[IProtocolFactory, bool]] = {}
        self._hosts: set[str] = set()
        self._refusing: set[str] = set()
        self._silent: set[str] = set()
        self._waiting: list[_Attempt] = []
        self._flushing = False

    def add(
        self, host: str, port: int, factory: IProtocolFactory, *, tls: bool | None = None
    ) -> None:
        """
        Let a server listen.

        :param host: its name, lower case.
        :param factory: makes the server's protocols; for HTTP a ``Site``, whose ``reactor``
            should be our clock.
        :param tls: whether clients must come by ``https`` or ``wss``; by default those of
            port 443 must.
        """
        self._places[host, port] = (factory, port == 443 if tls is None else tls)
        self._hosts.add(host)

    def refuse(self, host: str, refusing: bool = True) -> None:
        """Answer every further attempt with ``ConnectionRefusedError``, or stop doing so."""
        self._hosts.add(host)
        (self._refusing.add if refusing else self._refusing.discard)(host)

    def silence(self, host: str, silent: bool = True) -> None:
        """Let every further attempt hang for ever, or stop doing so (hanging ones go through)."""
        self._hosts.add(host)
        (self._silent.add if silent else self._silent.discard)(host)

    def endpointForURI(self, uri: URI) -> _Endpoint:
        """The endpoint for a URI of the schemes http, https, ws and wss."""
        return _Endpoint(self, uri.host.decode("ascii"), uri.port, uri.scheme in _SECURE)

    @property
    def open(self) -> list[Connection]:
        """The connections that are open now: at the end of a good test, none."""
        return [connection for connection in self.connections if connection.is_open]

    @property
    def waiting(self) -> list[tuple[str, int]]:
        """Host and port of the attempts that wait for a connection."""
        return [(attempt.host, attempt.port) for attempt in self._waiting]

    def open_to(self, host: str) -> list[Connection]:
        """The connections that are open to one host."""
        return [connection for connection in self.open if connection.host == host]

    def drop(self, host: str | None = None) -> int:
        """
        Break all open connections, or those to one host.

        :return: how many.
        """
        doomed = self.open if host is None else self.open_to(host)
        for connection in doomed:
            connection.drop()
        return len(doomed)

    def _attempt(
        self, host: str, port: int, factory: IProtocolFactory, secure: bool
    ) -> Deferred[IProtocol]:
        """Queue an attempt, or say at once why there will be none."""
        self.attempts.append((host, port))
        if host not in self._hosts:
            return fail(error.DNSLookupError(f"no such host in this memory network: {host}"))
        attempt = _Attempt(host, port, factory, Deferred(self._forget), secure)
        self._waiting.append(attempt)
        return attempt.waiting

    def _forget(self, waiting: Deferred[IProtocol]) -> None:
        """The client cancelled."""
        self._waiting = [each for each in self._waiting if each.waiting is not waiting]

    def _establish(self) -> bool:
        """Connect, or refuse, all who wait and are not to hang; whether there were any."""
        ready = [each for each in self._waiting if each.host not in self._silent]
        for attempt in ready:
            if attempt in self._waiting:  # not cancelled by what an earlier one set off
                self._waiting.remove(attempt)
                self._connect(attempt)
        return bool(ready)

    def _connect(self, attempt: _Attempt) -> None:
        place = self._places.get((attempt.host, attempt.port))
        if place is None or attempt.host in self._refusing:
            attempt.waiting.errback(_refusal())
            return
        factory, tls = place
        if tls is not attempt.secure:
            said = "expects TLS" if tls else "speaks no TLS"
            attempt.waiting.errback(_refusal(f"{attempt.host}:{attempt.port} {said}"))
            return
        here = IPv4Address("TCP", "192.0.2.1", 20_000 + len(self.connections))
        there = IPv4Address("TCP", "192.0.2.2", attempt.port)
        named = HostnameAddress(attempt.host.encode("ascii"), attempt.port)
        client = attempt.factory.buildProtocol(named)
        server = factory.buildProtocol(here)
        if client is None or server is None:
            attempt.waiting.errback(_refusal())
            return
        ends = MemoryTransport(client, here, there), MemoryTransport(server, there, here)
        self.connections.append(Connection(attempt.host, attempt.port, self.clock.seconds(), *ends))
        server.makeConnection(ends[1])
        client.makeConnection(ends[0])
        attempt.waiting.callback(client)

    def flush(self) -> None:
        """
        Make the connections that are asked for and move all bytes, until nothing moves.

        Calls that are due now (``callLater(0, …)``) run; no time passes.  Called while it
        is running, from something it set off, it does nothing: the outer call goes on.

        :raise RuntimeError: when two ends talk without end.
        """
        if self._flushing:
            return
        self._flushing = True
        try:
            for _ in range(ROUNDS):
                self.clock.advance(0)
                busy = self._establish()
                for connection in self.open:
                    busy = connection.pump() or busy
                if not busy and not self._due():
                    return
            raise RuntimeError("The network does not come to rest.")
        finally:
            self._flushing = False

    def _due(self) -> bool:
        """Whether a call wants to be made now."""
        now = self.clock.seconds()
        return any(call.getTime() <= now for call in self.clock.getDelayedCalls())


def settle(network: MemoryNetwork, seconds: float = 0.0, *, step: float = 0.25) -> None:
    """
    Let time pass on a network's clock, moving bytes after every step.

    :param seconds: how much time shall pass.
    :param step: the longest piece of time between two flushes, in seconds; shorter ones
        are taken so that every delayed call is made at its own time.
    """
    network.flush()
    end = network.clock.seconds() + seconds
    while (now := network.clock.seconds()) < end:
        calls = network.clock.getDelayedCalls()
        due = min((call.getTime() for call in calls), default=end)
        target = min(end, now + step, max(due, now))
        network.clock.advance(max(target - now, 1e-6))
        network.flush()


@implementer(IEventObserver)
class RecordingObserver:
    """
    Remembers every event, in order.

    Add it to a connection, or to whatever delivers events.

    :ivar events: the events.
    """

    def __init__(self) -> None:
        self.events: list[Event] = []

    def event(self, event: Event) -> None:
        """Remember it."""
        self.events.append(event)

    def names(self) -> list[str]:
        """The names of the events, in order: ``["connected", "chat", …]``."""
        return [event.name for event in self.events]

    def named(self, name: str) -> list[Any]:
        """The events of one name, in order."""
        return [event for event in self.events if event.name == name]


def simulated(*, seed: int = 0, clock: Clock | None = None) -> tuple[MemoryNetwork, Simulator]:
    """
    A network in memory with a small TikTok in it, under TikTok's own names.

    Give the network, and its clock, to a connection, and rooms to the simulator::

        network, simulator = simulated()
        room = simulator.add_room("anna")

    :param seed: makes the simulator's ids and cookies repeatable.
    """
    network = MemoryNetwork(clock)
    simulator = Simulator(network.clock, seed=seed)
    site = simulator.site()
    for host in HOSTS:
        network.add(host, 443, site)
    return network, simulator
