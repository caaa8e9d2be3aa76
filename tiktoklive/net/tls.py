"""
TLS to servers: the only place that makes it.

Twisted's own client refuses a server for one kind of exception that looking for the host's name
raises.  After any other, such as that for a certificate without names, it logs and goes on.  Here
whatever goes wrong refuses.
"""

from __future__ import annotations

from typing import Any, Final

from OpenSSL import SSL, crypto
from twisted.internet.defer import Deferred, fail
from twisted.internet.interfaces import (
    IAddress,
    IOpenSSLClientConnectionCreator,
    IProtocol,
    IProtocolFactory,
    IReactorTime,
    IStreamClientEndpoint,
)
from twisted.internet.ssl import CertificateOptions
from twisted.logger import Logger
from twisted.protocols.tls import (
    BufferingTLSTransport,
    TLSMemoryBIOFactory,
    TLSMemoryBIOProtocol,
)
from twisted.python.failure import Failure
from twisted.web.client import URI
from twisted.web.iweb import IPolicyForHTTPS
from zope.interface import implementer

from tiktoklive.errors.isolation import kind_in_words
from tiktoklive.net.certificates import CertificateRefused, found_wrong, host_of, verify_host
from tiktoklive.net.roots import trusted_roots

#: Bytes that OpenSSL is given at once of what has arrived.
PIECE: Final = 4096


@implementer(IPolicyForHTTPS)
class TlsPolicy:
    """
    Verifies servers: their certificate, and that it names the host.

    All hosts share one TLS context: each holds its own copy of all root certificates, more than a
    megabyte.  Nothing of a host is in it.  It is made when it is needed first, before anything is
    connected to, and made again if that failed: one without root certificates trusts no host.

    :param trust_root: whose certificates are trusted, such as a
        :class:`~twisted.internet.ssl.Certificate`; when ``None``, those that
        :mod:`tiktoklive.net.roots` finds on this machine.
    """

    def __init__(self, trust_root: Any = None) -> None:
        self._trust_root = trust_root
        self._context: SSL.Context | None = None

    def creatorForNetloc(self, hostname: bytes, port: int) -> HostCreator:
        """
        What makes the TLS connections to a host.

        :param hostname: its name, or its address without brackets; ASCII.
        :raise NoRootCertificatesError: there is nobody to trust.
        """
        if self._context is None:
            trust_root = trusted_roots() if self._trust_root is None else self._trust_root
            self._context = CertificateOptions(trustRoot=trust_root).getContext()
        return HostCreator(self._context, hostname.decode("ascii"))


@implementer(IOpenSSLClientConnectionCreator)
class HostCreator:
    """
    Makes TLS connections to one host.

    :param name: the host's name, or its address without brackets.
    """

    log = Logger()

    def __init__(self, context: SSL.Context, name: str) -> None:
        self._context = context
        self._host = host_of(name)
        self._made: SSL.Connection | None = None

    def prepare(self) -> None:
        """Make the next one: here it may fail, and later no caller would hear of that."""
        self._made = self._make()

    def clientConnectionForTLS(self, tlsProtocol: TLSMemoryBIOProtocol) -> SSL.Connection:
        """One that verifies the server while it shakes hands."""
        made, self._made = self._made, None
        connection = self._make() if made is None else made
        connection.set_app_data(tlsProtocol)
        return connection

    def _make(self) -> SSL.Connection:
        connection = SSL.Connection(self._context, None)
        if isinstance(self._host, str):  # addresses are not asked for by name (RFC 6066)
            connection.set_tlsext_host_name(self._host.encode("ascii"))
        connection.set_verify(SSL.VERIFY_PEER | SSL.VERIFY_FAIL_IF_NO_PEER_CERT, self._verify)
        return connection

    def _verify(
        self, connection: SSL.Connection, certificate: crypto.X509, number: int, depth: int, ok: int
    ) -> bool:
        """
        Judge one certificate of the server's chain; OpenSSL calls it for each.

        :return: whether to go on.
        """
        try:
            if not ok:
                raise found_wrong(number, depth)
            if depth == 0:
                verify_host(certificate.to_cryptography(), self._host)
        except BaseException as error:
            # Whatever it is: OpenSSL would print it and lose it.
            if not isinstance(error, CertificateRefused):
                self.log.failure("A certificate could not be verified, and is refused")
            refusal = Failure(_refusal(error))
            connection.get_app_data().failVerification(refusal)
            return False
        return True


def _refusal(error: BaseException) -> CertificateRefused:
    """Why a certificate is refused; errors of our own making are no less a reason."""
    if isinstance(error, CertificateRefused):
        return error
    refusal = CertificateRefused(f"its certificate could not be verified ({kind_in_words(error)})")
    refusal.__cause__ = error
    return refusal


class TlsConnection(BufferingTLSTransport):
    """
    TLS that is given what arrives piece by piece.

    OpenSSL keeps what it was given and has not read yet in a buffer that becomes a third larger
    than the most that was in it at once, and stays so until the connection is closed: 87 KiB once
    64 KiB were read from the socket in one go.
    """

    def dataReceived(self, data: bytes) -> None:
        """Let OpenSSL read each piece before it gets the next one."""
        for start in range(0, len(data), PIECE):
            super().dataReceived(data[start : start + PIECE])


class TlsFactory(TLSMemoryBIOFactory):
    """
    TLS with the host of an address, between a connection and the protocols of a factory.

    :param uri: the address.
    :param factory: makes the protocols that talk to the host.
    :param clock: the reactor, or a test's clock.
    """

    protocol = TlsConnection

    def __init__(
        self, policy: TlsPolicy, uri: URI, factory: IProtocolFactory, clock: IReactorTime
    ) -> None:
        self._creator = policy.creatorForNetloc(uri.host, uri.port)
        super().__init__(self._creator, True, factory, clock)

    def buildProtocol(self, addr: IAddress | None) -> TLSMemoryBIOProtocol:
        """Have all that the protocol needs before it is connected."""
        self._creator.prepare()
        return super().buildProtocol(addr)


@implementer(IStreamClientEndpoint)
class TlsEndpoint:
    """
    TLS with the host of an address, over the connections of another endpoint.

    :param policy: how the host is verified.
    :param endpoint: leads there.
    """

    def __init__(
        self, policy: TlsPolicy, uri: URI, endpoint: IStreamClientEndpoint, clock: IReactorTime
    ) -> None:
        self._policy = policy
        self._uri = uri
        self._endpoint = endpoint
        self._clock = clock

    def connect(self, protocolFactory: IProtocolFactory) -> Deferred[IProtocol]:
        """Connect, and begin to shake hands."""
        try:
            secure = TlsFactory(self._policy, self._uri, protocolFactory, self._clock)
        except Exception:  # such as that there is no file descriptor for the root certificates
            return fail()
        outer: Deferred[Any] = self._endpoint.connect(secure)
        return outer.addCallback(within)


def within(outer: TLSMemoryBIOProtocol) -> IProtocol:
    """The protocol that talks through TLS."""
    inner: IProtocol = outer.wrappedProtocol
    return inner
