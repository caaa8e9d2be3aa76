"""
Proxies: the address of one, and a network that knows no other way than through it.

Names of targets are looked up by the proxy and never here.  TLS is between us and the
target: the proxy learns where we go, and carries what it cannot read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final, Protocol
from urllib.parse import unquote, urlsplit

from twisted.internet.defer import Deferred, fail
from twisted.internet.interfaces import (
    IProtocol,
    IProtocolFactory,
    IReactorTime,
    IStreamClientEndpoint,
)
from twisted.web.client import URI
from twisted.web.error import SchemeNotSupported
from twisted.web.iweb import IAgentEndpointFactory
from zope.interface import implementer

from tiktoklive.net.proxied import connect_through
from tiktoklive.net.tls import TlsFactory, TlsPolicy, within
from tiktoklive.net.tunnel import ConnectTunnel, Login, SocksTunnel, Tunnel
from tiktoklive.net.web import uri_of

_PORTS: Final = {"http": 80, "https": 443, "socks5": 1080}

_FORM: Final = (
    "A proxy is given as http://user:password@host:port, or the same with https or socks5; "
    "such characters as / ? # @ : % in user and password are written as "
    "%2F %3F %23 %40 %3A %25."
)

#: SOCKS4 carries addresses and no names: those of TikTok would be looked up here, past the proxy.
#: SOCKS4a carries names, but neither of them knows passwords or IPv6.
_SOCKS4: Final = (
    "SOCKS4 proxies are not used: names of targets would be looked up outside of them, and they "
    "know no passwords. Most of them speak SOCKS5 on the same port: write socks5://host:port."
)


@dataclass(frozen=True, slots=True)
class Proxy:
    """
    A proxy, and our login to it.

    :ivar scheme: ``http``, ``https`` (an HTTP proxy spoken to over TLS) or ``socks5``.
    :ivar host: its name or address; ASCII, IPv6 without brackets.
    """

    scheme: str
    host: str
    port: int
    user: str | None = field(default=None, repr=False)
    password: str = field(default="", repr=False)

    def __str__(self) -> str:
        """Host and port, as they may be shown."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def login(self) -> Login | None:
        """User and password as they are sent, if there are any."""
        return None if self.user is None else (self.user.encode(), self.password.encode())

    def tunnel(self, host: str, port: int) -> Tunnel:
        """What to say to it to be connected to a target."""
        kind = SocksTunnel if self.scheme == "socks5" else ConnectTunnel
        return kind(str(self), host, port, self.login)


def parse_proxy(url: str) -> Proxy:
    """
    Read the address of a proxy.

    :param url: ``http``, ``https``, ``socks5`` or, which is the same here, ``socks5h``; user
        and password percent-encoded; without a port that of the scheme: 80, 443 or 1080.
    :raise ValueError: it is none; the message says nothing of what was given.
    """
    try:
        proxy = _read(url.strip())
    except (KeyError, ValueError):
        old = url.strip().lower().startswith(("socks4://", "socks4a://"))
        # `from None`: what was given may hold a password.
        raise ValueError(f"{_FORM} {_SOCKS4}" if old else _FORM) from None
    if proxy.scheme == "socks5" and any(len(each) > 255 for each in proxy.login or ()):
        raise ValueError("User and password of a SOCKS5 proxy have 255 bytes at most.")
    if proxy.scheme != "socks5" and ":" in (proxy.user or ""):
        raise ValueError("The user of an HTTP proxy cannot contain a colon.")
    return proxy


def _read(url: str) -> Proxy:
    if any(each <= " " or each == "\x7f" for each in url):
        raise ValueError("no address")  # urlsplit would leave some of them out
    parts = urlsplit(url)
    scheme = "socks5" if parts.scheme == "socks5h" else parts.scheme
    usual = _PORTS[scheme]
    port = usual if parts.port is None else parts.port
    if port == 0 or parts.path not in ("", "/") or parts.query or parts.fragment:
        raise ValueError("no address")
    host = uri_of(f"http://{parts.netloc}").host.decode("ascii")
    user = password = None
    if "@" in parts.netloc:
        user = unquote(parts.username or "", errors="strict")
        password = unquote(parts.password or "", errors="strict")
    return Proxy(scheme, host, port, user, password or "")


@implementer(IAgentEndpointFactory)
class ProxyNetwork:
    """
    Connects through a proxy, whatever the target; for ``https`` the target's certificate and
    its name are verified as without one.

    :param inner: how to get to the proxy itself.
    :param clock: the reactor, or a test's clock.
    :param timeout: seconds for connecting to the proxy and through it, together.
    :param tls: how targets are verified; when left out, as ``inner`` does it (its attribute
        ``tls``), or else by the platform's certificates.
    """

    def __init__(
        self,
        inner: IAgentEndpointFactory,
        proxy: Proxy,
        clock: IReactorTime,
        *,
        timeout: float = 15.0,
        tls: TlsPolicy | None = None,
    ) -> None:
        self.proxy = proxy
        self.tls: TlsPolicy = tls or getattr(inner, "tls", None) or TlsPolicy()
        scheme = "https" if proxy.scheme == "https" else "http"
        self._way: IStreamClientEndpoint = inner.endpointForURI(uri_of(f"{scheme}://{proxy}"))
        self._clock = clock
        self._timeout = timeout

    def endpointForURI(self, uri: URI) -> IStreamClientEndpoint:
        """
        The endpoint for a request.

        :raise SchemeNotSupported: for anything but ``http`` and ``https``.
        """
        if uri.scheme not in (b"http", b"https"):
            raise SchemeNotSupported(f"Unsupported scheme: {uri.scheme!r}")
        return _Endpoint(self, uri)

    def _connect(self, uri: URI, factory: IProtocolFactory) -> Deferred[IProtocol]:
        """Connect to a target, with TLS inside if its address wants it."""
        tunnel = self.proxy.tunnel(uri.host.decode("ascii"), uri.port)
        if uri.scheme != b"https":
            return connect_through(self._way, tunnel, factory, self._clock, self._timeout)
        try:
            tls = TlsFactory(self.tls, uri, factory, self._clock)
        except Exception:  # as in TlsEndpoint
            return fail()
        outer: Deferred[Any] = connect_through(self._way, tunnel, tls, self._clock, self._timeout)
        return outer.addCallback(within)


@implementer(IStreamClientEndpoint)
class _Endpoint:
    """Where one URI leads."""

    def __init__(self, network: ProxyNetwork, uri: URI) -> None:
        self._network = network
        self._uri = uri

    def connect(self, protocolFactory: IProtocolFactory) -> Deferred[IProtocol]:
        """Connect through the proxy."""
        return self._network._connect(self._uri, protocolFactory)


class IProxied(Protocol):
    """Settings of requests, or of WebSockets."""

    @property
    def proxy(self) -> str | None:
        """The address of a proxy, ``None`` for none."""

    @property
    def timeout(self) -> float:
        """Seconds that being connected, and what comes then, may take."""


def behind(
    network: IAgentEndpointFactory,
    options: IProxied,
    clock: IReactorTime,
    where: str,
) -> IAgentEndpointFactory:
    """
    The network, through the proxy of some settings if they name one.

    :param where: what these are called, for the error.
    :raise ValueError: what they name is no proxy; it is not shown.
    """
    if options.proxy is None:
        return network
    try:
        proxy = parse_proxy(options.proxy)
    except ValueError as error:
        raise ValueError(f"{where}.proxy cannot be used. {error}") from None
    # Less than for the whole: then it is the proxy that is named as late, and not the target.
    return ProxyNetwork(network, proxy, clock, timeout=0.9 * options.timeout)
