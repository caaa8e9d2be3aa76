"""The network in memory, and the passing of time on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from twisted.internet import error
from twisted.internet.address import HostnameAddress, IPv4Address
from twisted.internet.defer import Deferred, fail
from twisted.internet.interfaces import IProtocol, IProtocolFactory, IStreamClientEndpoint
from twisted.internet.task import Clock
from twisted.python.failure import Failure
from twisted.web.client import URI
from twisted.web.iweb import IAgentEndpointFactory
from zope.interface import implementer

from tiktoklive.testing.transport import Connection, MemoryTransport, failure_of

#: Rounds without rest after which :meth:`MemoryNetwork.flush` takes it for an endless loop.
ROUNDS: Final = 100_000

_SECURE: Final = (b"https", b"wss")


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


def _refusal(said: str | None = None) -> Failure:
    """No connection: refused, or for the reason given."""
    kind: Any = error.ConnectionRefusedError if said is None else error.ConnectError
    return failure_of(kind(string=said))
