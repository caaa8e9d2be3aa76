"""A connection through a proxy, while it is being made and when it stands."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from twisted.internet import defer
from twisted.internet.defer import Deferred
from twisted.internet.error import NoProtocol
from twisted.internet.interfaces import (
    IAddress,
    IProtocol,
    IProtocolFactory,
    IReactorTime,
    ISSLTransport,
    IStreamClientEndpoint,
    ITransport,
)
from twisted.internet.protocol import Protocol, connectionDone
from twisted.protocols.policies import ProtocolWrapper, WrappingFactory
from twisted.python.failure import Failure
from zope.interface import directlyProvides, providedBy

from tiktoklive.deferreds import Limit
from tiktoklive.errors import ConnectError, ProxyError
from tiktoklive.net.network import cause_of, local_error
from tiktoklive.net.tunnel import Tunnel

if TYPE_CHECKING:
    _Factory = WrappingFactory[Any]
else:
    _Factory = WrappingFactory  # generic since Twisted 26


def connect_through(
    way: IStreamClientEndpoint,
    tunnel: Tunnel,
    factory: IProtocolFactory,
    clock: IReactorTime,
    timeout: float,
) -> Deferred[IProtocol]:
    """
    Connect to a target through a proxy.

    :param way: leads to the proxy.
    :param tunnel: what to say there.
    :param factory: makes the protocol that talks to the target.
    :param timeout: seconds for all of it.
    :return: fires with that protocol, or fails with :class:`~tiktoklive.errors.ProxyError`;
        when it is cancelled, nothing stays open.
    """
    return _Attempt(tunnel, factory).begin(way, clock, timeout)


class _Attempt(_Factory):
    """
    One attempt to be connected.

    The transport keeps it as long as the connection lasts, so it lets go of what it can as
    soon as it is decided.
    """

    noisy = False

    def __init__(self, tunnel: Tunnel, factory: IProtocolFactory) -> None:
        super().__init__(factory)
        self._tunnel = tunnel
        self._connected: Deferred[IProtocol] | None = Deferred(self._cancelled)
        self._connecting: Deferred[IProtocol] | None = None
        self._connection: _ProxiedConnection | None = None
        self._timer: Limit | None = None

    def begin(
        self, way: IStreamClientEndpoint, clock: IReactorTime, timeout: float
    ) -> Deferred[IProtocol]:
        """Go to the proxy."""
        connected = self._connected
        assert connected is not None  # until it is decided
        self._timer = Limit(timeout, clock, partial(self._timed_out, timeout))
        connecting = way.connect(self)
        if self._connected is not None:
            self._connecting = connecting
        connecting.addErrback(self._not_reached)
        return connected

    def buildProtocol(self, addr: IAddress | None) -> _ProxiedConnection | None:
        """The connection to the proxy stands: it will be talked to, if the caller still waits."""
        if self._connected is not None:
            self._connection = _ProxiedConnection(self, self._tunnel)
        return self._connection

    def _not_reached(self, failure: Failure) -> None:
        problem = failure.value
        if isinstance(problem, ConnectError):  # of another proxy, on the way to this one
            self.failed(problem)
        else:
            self._blame(f"could not be reached: {cause_of(problem)}", problem)

    def lost(self, reason: Failure) -> None:
        """The proxy hung up, or TLS with it failed."""
        self._connection = None
        why = cause_of(reason.value)
        self._blame(f"could not be asked for {self._tunnel.target}: {why}", reason.value)

    def _timed_out(self, seconds: float) -> None:
        late = defer.TimeoutError()
        self._blame(f"did not connect to {self._tunnel.target} within {seconds:g} s", late)

    def _blame(self, what: str, cause: BaseException | None) -> None:
        proxy = f"The proxy {self._tunnel.proxy}"
        problem = local_error(proxy, cause) or ProxyError(f"{proxy} {what}.")
        problem.__cause__ = cause
        self.failed(problem)

    def succeeded(self, connection: _ProxiedConnection, rest: bytes) -> None:
        """The target is connected, and has sent ``rest`` already."""
        connected = self._decided()
        if connected is None:
            return
        try:
            protocol = self.wrappedFactory.buildProtocol(self._tunnel.address)
            if protocol is None:
                raise NoProtocol()
            connection.carry(protocol)
        except Exception:
            connection.abortConnection()
            connected.errback()
        else:
            connected.callback(protocol)
            if rest:
                connection.dataReceived(rest)

    def failed(self, why: Exception) -> None:
        """There will be no connection to the target."""
        connected = self._leave()
        if connected is not None:
            connected.errback(why)

    def _cancelled(self, connected: Deferred[IProtocol]) -> None:
        self._leave()

    def _leave(self) -> Deferred[IProtocol] | None:
        """Decided against: leave nothing open."""
        connecting, connection = self._connecting, self._connection
        connected = self._decided()
        if connection is not None:
            connection.abortConnection()
        elif connecting is not None:
            connecting.cancel()
        return connected

    def _decided(self) -> Deferred[IProtocol] | None:
        connected, self._connected = self._connected, None
        timer, self._timer = self._timer, None
        if timer is not None and timer.active():
            timer.cancel()
        self._connecting = self._connection = None
        return connected


class _ProxiedConnection(ProtocolWrapper):
    """The connection to the proxy: first we talk to it, then it carries what others say."""

    transport: Any
    wrappedProtocol: Any
    factory: _Attempt

    def __init__(self, attempt: _Attempt, tunnel: Tunnel) -> None:
        super().__init__(attempt, None)  # type: ignore[arg-type]  # until there is a target
        self._tunnel: Tunnel | None = tunnel

    def makeConnection(self, transport: ITransport) -> None:
        """The proxy is connected, and the caller is not told before the target is."""
        # TLS as far as the proxy is no TLS with the target; autobahn asks.
        directlyProvides(self, providedBy(transport) - ISSLTransport)
        Protocol.makeConnection(self, transport)

    def connectionMade(self) -> None:
        """Speak first."""
        self._talk(None)

    def dataReceived(self, data: bytes) -> None:
        """Bytes of the target, or of the proxy itself."""
        if self.wrappedProtocol is not None:
            self.wrappedProtocol.dataReceived(data)
        else:
            self._talk(data)

    def _talk(self, data: bytes | None) -> None:
        tunnel = self._tunnel
        if tunnel is None:  # it was given up
            return
        try:
            answer = tunnel.begin() if data is None else tunnel.receive(data)
        except ProxyError as error:
            self._tunnel = None
            self.factory.failed(error)
            return
        if answer:
            self.transport.write(answer)
        if tunnel.ready:
            self._tunnel = None
            self.factory.succeeded(self, tunnel.rest)

    def carry(self, protocol: IProtocol) -> None:
        """Be the transport of a protocol that talks to the target."""
        self.wrappedProtocol = protocol
        protocol.makeConnection(self)  # type: ignore[arg-type]  # provides what ours provides

    def connectionLost(self, reason: Failure = connectionDone) -> None:
        """It is over: tell the protocol."""
        self._tunnel = None
        wrapped, self.wrappedProtocol = self.wrappedProtocol, None
        if wrapped is not None:
            wrapped.connectionLost(reason)
        else:
            self.factory.lost(reason)
