"""Small proxies for tests: an HTTP one that can CONNECT, and a SOCKS5 one."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable
from ipaddress import ip_address
from typing import Any

from twisted.internet.defer import Deferred, succeed
from twisted.internet.interfaces import IAddress, IProtocol, IStreamClientEndpoint
from twisted.internet.protocol import Factory, Protocol, connectionDone
from twisted.python.failure import Failure

#: How to get to a target; a proxy in a test decides that itself, as proxies do.
Dial = Callable[[str, int], IStreamClientEndpoint]


class _Far(Protocol):
    """The proxy's connection to a target."""

    def __init__(self, near: _Near) -> None:
        self._near = near

    def connectionMade(self) -> None:
        self._near.proxy.opened(self)

    def dataReceived(self, data: bytes) -> None:
        self._near.transport.write(data)

    def connectionLost(self, reason: Failure = connectionDone) -> None:
        self._near.transport.loseConnection()
        self._near.proxy.closed(self)


class _Near(Protocol):
    """A client's connection to the proxy."""

    transport: Any

    def __init__(self, proxy: SmallProxy) -> None:
        self.proxy = proxy
        self.buffer = b""
        self.far: Any = None
        self.connecting: Any = None

    def dataReceived(self, data: bytes) -> None:
        if self.far is not None:
            self.far.transport.write(data)
            return
        self.buffer += data
        self.read()

    def read(self) -> None:
        """Go on with what is in the buffer."""
        raise NotImplementedError

    def dial(self, host: str, port: int, yes: bytes, no: bytes) -> None:
        """Connect the client to a target, and say so."""
        self.proxy.targets.append((host, port))

        def connected(far: Any) -> None:
            self.far = far
            self.transport.write(yes)
            far.transport.write(self.buffer)

        self.connecting = self.proxy.dial(host, port).connect(
            Factory.forProtocol(lambda: _Far(self))
        )
        self.connecting.addCallbacks(connected, lambda failure: self.refuse(no))

    def refuse(self, words: bytes) -> None:
        """Say no."""
        self.transport.write(words)
        self.transport.loseConnection()

    def connectionMade(self) -> None:
        self.proxy.opened(self)

    def connectionLost(self, reason: Failure = connectionDone) -> None:
        if self.far is not None:
            self.far.transport.loseConnection()
        elif self.connecting is not None:
            self.connecting.cancel()
        self.proxy.closed(self)


class SmallProxy(Factory):
    """
    A proxy that lets in who knows its user and password, if it has one.

    :param dial: how it gets to a target.
    :param login: its user and password.
    :ivar targets: host and port of everything it was asked for, as it was asked.
    :ivar logins: what clients said who they are.
    :ivar open: its connections, to clients and to targets.
    """

    noisy = False
    near: type[_Near]

    def __init__(self, dial: Dial, login: tuple[str, str] | None = None) -> None:
        self.dial = dial
        self.login = login
        self.targets: list[tuple[str, int]] = []
        self.logins: list[tuple[str, str] | None] = []
        self.open: list[IProtocol] = []
        self._waiting: list[Deferred[None]] = []

    def buildProtocol(self, addr: IAddress | None) -> _Near:
        return self.near(self)

    def opened(self, end: IProtocol) -> None:
        """A connection stands."""
        self.open.append(end)

    def closed(self, end: IProtocol) -> None:
        """A connection is gone."""
        self.open.remove(end)
        if not self.open:
            waiting, self._waiting = self._waiting, []
            for each in waiting:
                each.callback(None)

    def when_quiet(self) -> Deferred[None]:
        """Fires when nothing is open."""
        if not self.open:
            return succeed(None)
        self._waiting.append(Deferred())
        return self._waiting[-1]

    def lets_in(self, login: tuple[str, str] | None) -> bool:
        """Whether it serves somebody."""
        self.logins.append(login)
        return self.login is None or login == self.login


class _ConnectNear(_Near):
    def read(self) -> None:
        head, end, rest = self.buffer.partition(b"\r\n\r\n")
        if not end or self.connecting is not None:
            return
        self.buffer = rest
        request, *lines = head.decode("ascii").split("\r\n")
        headers = dict(line.split(": ", 1) for line in lines)
        method, target, version = request.split(" ")
        assert (method, version, headers["Host"]) == ("CONNECT", "HTTP/1.1", target), head
        login = None
        if "Proxy-Authorization" in headers:
            kind, _, code = headers["Proxy-Authorization"].partition(" ")
            assert kind == "Basic", kind
            user, _, password = b64decode(code).decode().partition(":")
            login = (user, password)
        if not self.proxy.lets_in(login):
            self.refuse(
                b"HTTP/1.1 407 Proxy Authentication Required\r\n"
                b'Proxy-Authenticate: Basic realm="small"\r\nContent-Length: 0\r\n\r\n'
            )
            return
        host, _, port = target.rpartition(":")
        self.dial(
            host.strip("[]"),
            int(port),
            b"HTTP/1.1 200 Connection established\r\n\r\n",
            b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n",
        )


class ConnectProxy(SmallProxy):
    """An HTTP proxy, with Basic authentication."""

    near = _ConnectNear


class _SocksNear(_Near):
    state = "methods"

    def read(self) -> None:
        """Take one message after the other; each is told to be complete by its own lengths."""
        while self.connecting is None and getattr(self, f"_{self.state}")():
            pass

    def take(self, size: int) -> bytes | None:
        if len(self.buffer) < size:
            return None
        taken, self.buffer = self.buffer[:size], self.buffer[size:]
        return taken

    def _methods(self) -> bool:
        if len(self.buffer) < 2 or (message := self.take(2 + self.buffer[1])) is None:
            return False
        assert message[0] == 5, message
        wanted = 0 if self.proxy.login is None else 2
        if wanted not in message[2:]:
            self.proxy.lets_in(None)
            self.refuse(b"\x05\xff")
            return False
        self.transport.write(bytes([5, wanted]))
        self.state = "login" if wanted else "request"
        return True

    def _login(self) -> bool:
        if len(self.buffer) < 2:
            return False
        size = self.buffer[1]
        if (
            len(self.buffer) < 3 + size
            or (message := self.take(3 + size + self.buffer[2 + size])) is None
        ):
            return False
        assert message[0] == 1, "version of RFC 1929"
        login = (message[2 : 2 + size].decode(), message[3 + size :].decode())
        if not self.proxy.lets_in(login):
            self.refuse(b"\x01\x01")
            return False
        self.transport.write(b"\x01\x00")
        self.state = "request"
        return True

    def _request(self) -> bool:
        if len(self.buffer) < 5:
            return False
        sizes = {1: 4, 3: 1 + self.buffer[4], 4: 16}
        message = self.take(4 + sizes[self.buffer[3]] + 2)
        if message is None:
            return False
        assert message[:3] == b"\x05\x01\x00", message
        if message[3] == 3:
            host = message[5:-2].decode("ascii")
        else:
            host = str(ip_address(message[4:-2]))
        address = b"\x01\x7f\x00\x00\x01\x00\x50"
        self.dial(
            host,
            int.from_bytes(message[-2:], "big"),
            b"\x05\x00\x00" + address,
            b"\x05\x04\x00" + address,
        )
        return False


class SocksProxy(SmallProxy):
    """A SOCKS5 proxy, with user and password."""

    near = _SocksNear
