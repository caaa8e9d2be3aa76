"""A connection in memory: two ends that behave like TCP."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from twisted.internet import error
from twisted.internet.address import IPv4Address
from twisted.internet.interfaces import IConsumer, IProtocol, IPushProducer, ITCPTransport
from twisted.python.failure import Failure
from zope.interface import implementer

#: Buffered bytes from which on a streaming producer is told to pause, as with TCP.
HIGH_WATER: Final = 2**16

#: Bytes that are read at once, as by Twisted's reactors.
PIECE: Final = 2**16


def failure_of(reason: Exception) -> Failure:
    """A failure, as protocols and errbacks take it."""
    return Failure(reason)


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
        """Hand what is queued to the other end, until it pauses; the number of bytes that moved."""
        moved = 0
        if self._out and other._reads():
            data = b"".join(self._out)
            self._out.clear()
            while moved < len(data) and other._reads() and not self.aborted:
                piece = data[moved : moved + PIECE]
                moved += len(piece)
                self._size -= len(piece)
                other.protocol.dataReceived(piece)
            if moved < len(data) and not self.aborted:
                self._out.insert(0, data[moved:])
        return moved

    def _reads(self) -> bool:
        """Whether its protocol takes bytes now."""
        return self.connected and not self._paused and not self.aborted

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
            self.protocol.connectionLost(failure_of(reason))


@dataclass(eq=False)
class Connection:
    """
    One connection of a :class:`MemoryNetwork`, seen from above.

    :ivar host: the name that the client asked for.
    :ivar port: the port that the client asked for.
    :ivar opened_at: the clock's time, in seconds.
    :ivar frozen: while true nothing moves in either direction and no side is told: the
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
