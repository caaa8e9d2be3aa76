"""Servers with certificates of every kind, on the loopback."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address
from typing import Any

from cryptography.x509 import DNSName, IPAddress, RFC822Name, UniformResourceIdentifier
from cryptography.x509.oid import ExtendedKeyUsageOID
from twisted.internet import reactor
from twisted.internet.address import IPv4Address
from twisted.internet.interfaces import (
    IHostnameResolver,
    IReactorPluggableNameResolver,
    IReactorTCP,
    IReactorTime,
)
from twisted.internet.protocol import Protocol
from twisted.internet.ssl import PrivateCertificate
from twisted.python.failure import Failure
from zope.interface import implementer

from tests.net.authority import Authority


@dataclass(frozen=True)
class Case:
    """
    A server, and what becomes of it.

    :ivar words: why it is refused; ``""`` when it is not.
    """

    said: str
    certificate: PrivateCertificate
    words: str = ""
    host: str = "target.example"


AUTHORITY, STRANGER = Authority(), Authority("Stranger")


def signed(*names: str, **more: Any) -> PrivateCertificate:
    """A certificate for hosts and addresses."""
    return AUTHORITY.certificate([_general(name) for name in names], **more)


def _general(name: str) -> Any:
    try:
        return IPAddress(ip_address(name))
    except ValueError:
        return DNSName(name)


TARGET = [DNSName("target.example")]

ODD = [*map(DNSName, ["*.com", "192.0.2.1", "a\0b", "*", "x" * 300]), RFC822Name("a@b.example")]

CASES = (
    Case("its name", signed("target.example")),
    Case("its name among others", signed("a.example", "target.example", "192.0.2.1")),
    Case("its name among odd ones", AUTHORITY.certificate([*ODD, *TARGET])),
    Case("its name in capitals", signed("TARGET.Example")),
    Case("a pattern", signed("*.shop.example"), host="a.shop.example"),
    Case("an international name", signed("xn--bcher-kva.example"), host="bücher.example"),
    Case("a name with a number", signed("relay1"), host="relay1"),
    Case("an address", signed("192.0.2.7"), host="192.0.2.7"),
    Case("an address of IPv6", signed("2001:db8::7"), host="[2001:db8::7]"),
    Case("no names", AUTHORITY.certificate(None), "its certificate names no host"),
    Case("an empty list of names", AUTHORITY.certificate([]), "its certificate names no host"),
    Case(
        "an URI only",
        AUTHORITY.certificate([UniformResourceIdentifier("https://target.example/")]),
        "its certificate names no host",
    ),
    Case(
        "an address of mail only",
        AUTHORITY.certificate([RFC822Name("target@target.example")]),
        "its certificate names no host",
    ),
    Case(
        "an address only",
        signed("192.0.2.7"),
        "its certificate is for 192.0.2.7, not for target.example",
    ),
    Case("names that are none", AUTHORITY.certificate(b"\x30\x09\x82\x0etarget"), "certificate"),
    Case("names that are garbage", AUTHORITY.certificate(b"target.example"), "certificate"),
    Case(
        "another host",
        signed("other.example", "b.example", "c.example", "d.example", "e.example"),
        "is for other.example, b.example, c.example and 2 more, not for target.example",
    ),
    Case("a zero byte", signed("target.example\0.b.example"), "names that no host can have"),
    Case("controls and a colon", signed("a:\x1b[2J\n"), "names that no host can have, not for"),
    Case("controls", signed("\x1b[2J\n"), "names that no host can have, not for target.example"),
    Case("all of com", signed("*.com"), "is for *.com, not for a.com", host="a.com"),
    Case("everything", signed("*"), "not for target.example"),
    Case("everything below", signed("*."), "not for target.example"),
    Case("half a pattern", signed("t*.shop.example"), "not for", host="target.shop.example"),
    Case("a pattern within", signed("a.*.example"), "not for a.b.example", host="a.b.example"),
    Case("one too deep", signed("*.shop.example"), "not for", host="a.b.shop.example"),
    Case("one too high", signed("*.shop.example"), "not for shop.example", host="shop.example"),
    Case("another address", signed("192.0.2.8"), "not for 192.0.2.7", host="192.0.2.7"),
    Case(
        "an address as a name",
        AUTHORITY.certificate([DNSName("192.0.2.7")]),
        "not for 192.0.2.7",
        host="192.0.2.7",
    ),
    Case(
        "an address written otherwise",
        AUTHORITY.certificate([DNSName("0x7f000001"), DNSName("127.1")]),
        "not for 127.1",
        host="127.1",
    ),
    Case(
        "a pattern of addresses",
        AUTHORITY.certificate([DNSName("*.0.2.7")]),
        "not for 192.0.2.7",
        host="192.0.2.7",
    ),
    Case("past", signed("target.example", shift=timedelta(days=-9)), "has expired"),
    Case("future", signed("target.example", shift=timedelta(days=9)), "is not valid yet"),
    Case("self-signed", AUTHORITY.certificate(TARGET, self_signed=True), "is self-signed"),
    Case("a stranger's", STRANGER.certificate(TARGET), "is signed by no authority that"),
    Case("a stranger's with root", STRANGER.with_root(TARGET), "signed by an authority that"),
    Case(
        "a client's",
        signed("target.example", usage=ExtendedKeyUsageOID.CLIENT_AUTH),
        "is not made for servers",
    ),
)


@implementer(IReactorTime, IReactorTCP, IReactorPluggableNameResolver, IHostnameResolver)
class Loopback:
    """The reactor, with every name and address on the loopback."""

    def __init__(self) -> None:
        self.nameResolver = self

    def __getattr__(self, name: str) -> Any:
        return getattr(reactor, name)

    def resolveHostName(self, receiver: Any, hostName: str, portNumber: int = 0, *args: Any) -> Any:
        receiver.resolutionBegan(self)
        receiver.addressResolved(IPv4Address("TCP", "127.0.0.1", portNumber))
        receiver.resolutionComplete()
        return self


class Hearing(Protocol):
    """A server that answers whatever it hears in the same way."""

    transport: Any
    factory: Any

    def dataReceived(self, data: bytes) -> None:
        self.factory.heard.append(data)
        self.transport.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")

    def connectionLost(self, reason: Failure) -> None:  # type: ignore[override]
        self.factory.left()
