"""
The door to the network: where a connection goes, for HTTP and WebSocket alike.

Everything that opens connections takes an
:class:`~twisted.web.iweb.IAgentEndpointFactory`; :class:`DirectNetwork` is the one that
goes straight to the host.  :class:`~tiktoklive.net.proxy.ProxyNetwork`, or a simulator in
memory, is another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

from OpenSSL import SSL
from twisted.internet import defer, error
from twisted.internet.endpoints import HostnameEndpoint, wrapClientTLS
from twisted.internet.interfaces import IStreamClientEndpoint
from twisted.internet.ssl import platformTrust
from twisted.python.failure import Failure
from twisted.web.client import URI, BrowserLikePolicyForHTTPS, HostnameCachingHTTPSPolicy
from twisted.web.error import SchemeNotSupported
from twisted.web.iweb import IAgentEndpointFactory
from zope.interface import implementer

from tiktoklive.errors import ConnectError, ProxyError

#: What a request target may hold as it is; ``%`` because it has been encoded already.
_TARGET = "%/:?#[]@!$&'()*+,;=-._~|"

#: What may be looked up at all: no controls, no blanks, and no more than DNS allows.
_HOST = re.compile(r"[!-~]{1,253}")

_LONGEST_HOST = 253

_HTTP_SCHEMES = {"http": "http", "https": "https", "ws": "http", "wss": "https"}


def uri_of(url: str) -> URI:
    """
    Read an address as :meth:`IAgentEndpointFactory.endpointForURI` wants it.

    :param url: an absolute ``http``, ``https``, ``ws`` or ``wss`` address.
    :return: the same with an HTTP scheme and that scheme's port, if it names none; without
        user, password and fragment, and with what no request target may hold
        percent-encoded.
    :raise ValueError: when it is no such address.
    """
    parts = urlsplit(url)
    scheme = _HTTP_SCHEMES.get(parts.scheme)
    if scheme is None or not parts.hostname:
        raise ValueError(f"Not an http, https, ws or wss address: {parts.scheme or 'no'} scheme.")
    if len(parts.hostname) > _LONGEST_HOST:  # before IDNA, whose time is the square of it
        raise ValueError("The host of the address is no name: it is too long.")
    host = parts.hostname if parts.hostname.isascii() else parts.hostname.encode("idna").decode()
    if not _HOST.fullmatch(host):
        raise ValueError("The host of the address is no name: it is too long, or has blanks in it.")
    netloc = f"[{host}]" if ":" in host else host
    if parts.port is not None:
        netloc += f":{parts.port}"
    path, query = (quote(each, safe=_TARGET) for each in (parts.path, parts.query))
    plain = urlunsplit((scheme, netloc, path, query, "")).encode("ascii")
    uri: URI = URI.fromBytes(plain)  # type: ignore[no-untyped-call]  # Twisted's has no types
    uri.host = host.encode("ascii")  # as it is even for IPv6 without a port
    return uri


def tls_policy(trust_root: Any = None) -> HostnameCachingHTTPSPolicy:
    """
    How servers are verified: their certificate, and its name.

    The TLS context of a host is made once: each holds its own copy of all root
    certificates, more than a megabyte.

    :param trust_root: whose certificates are trusted, such as a
        :class:`~twisted.internet.ssl.Certificate`; the platform's when ``None``.
    """
    if trust_root is None:
        trust_root = platformTrust()  # type: ignore[no-untyped-call]  # Twisted's
    policy = BrowserLikePolicyForHTTPS(trust_root)  # type: ignore[no-untyped-call]  # likewise
    return HostnameCachingHTTPSPolicy(policy)


@implementer(IAgentEndpointFactory)
class DirectNetwork:
    """
    Connects straight to the host; for ``https`` with a verified certificate and its name.

    :param reactor: the reactor.
    :param connect_timeout: seconds for name look-up and TCP together.
    :param trust_root: whose certificates are trusted, as for :func:`tls_policy`.
    :ivar tls: how hosts are verified.
    """

    def __init__(
        self,
        reactor: Any,
        *,
        connect_timeout: float = 15.0,
        trust_root: Any = None,
    ) -> None:
        self._reactor = reactor
        self._connect_timeout = connect_timeout
        self.tls = tls_policy(trust_root)

    def endpointForURI(self, uri: URI) -> IStreamClientEndpoint:
        """
        The endpoint for a request.

        :raise SchemeNotSupported: for anything but ``http`` and ``https``.
        """
        if uri.scheme not in (b"http", b"https"):
            raise SchemeNotSupported(f"Unsupported scheme: {uri.scheme!r}")
        endpoint: IStreamClientEndpoint = HostnameEndpoint(
            self._reactor, uri.host, uri.port, timeout=self._connect_timeout
        )
        if uri.scheme == b"https":
            creator = self.tls.creatorForNetloc(uri.host, uri.port)
            endpoint = wrapClientTLS(creator, endpoint)
        return endpoint


def connect_error(host: str, problem: BaseException | None) -> ConnectError:
    """
    Say in words why a host could not be reached; what a proxy is to blame for stays as it is.

    :param host: name of the host, without anything secret of the address.
    :param problem: what Twisted said.
    """
    if isinstance(problem, ProxyError):
        return problem
    said = ConnectError(f"{host} could not be reached: {cause_of(problem)}.")
    said.__cause__ = problem
    return said


def cause_of(problem: BaseException | None) -> str:
    """Why a connection failed, in a few words without a full stop."""
    causes = list(_causes(error.ConnectionLost() if problem is None else problem))
    for kinds, words in _WORDS:
        if any(isinstance(cause, kinds) for cause in causes):
            return words
    for cause in causes:
        if isinstance(cause, SSL.Error) or type(cause).__name__ == "VerificationError":
            return f"TLS failed ({_tls_words(cause)})"
    last = causes[-1]
    # Only texts of the system: those of other errors may quote the request.
    if isinstance(last, OSError | error.ConnectError) and str(last):
        return f"{type(last).__name__}: {str(last)[:120]}"
    return type(last).__name__


def was_cancelled(problem: BaseException) -> bool:
    """Whether a connection or request failed only because somebody here cancelled it."""
    kinds = (defer.CancelledError, error.ConnectingCancelledError)
    return any(isinstance(cause, kinds) for cause in _causes(problem))


def _causes(problem: BaseException) -> Iterator[BaseException]:
    """A problem and, as Twisted's HTTP client packs them, what is inside it."""
    yield problem
    for inner in getattr(problem, "reasons", None) or ():
        cause = inner.value if isinstance(inner, Failure) else inner
        if isinstance(cause, BaseException):
            yield from _causes(cause)


def _tls_words(problem: BaseException) -> str:
    """The last library message of an OpenSSL error."""
    inner = problem.args[0] if problem.args else ""
    if isinstance(inner, list) and inner and isinstance(inner[-1], tuple):
        return str(inner[-1][-1]) or "no reason given"
    return str(inner) or type(problem).__name__


_WORDS: list[tuple[type[BaseException] | tuple[type[BaseException], ...], str]] = [
    (error.DNSLookupError, "its name could not be looked up"),
    (error.ConnectionRefusedError, "the connection was refused"),
    (error.NoRouteError, "there is no route to it"),
    ((error.TimeoutError, defer.TimeoutError), "it did not answer in time"),
    (SchemeNotSupported, "the address has a scheme that is not supported"),
    (
        (error.ConnectionDone, error.ConnectionLost, error.ConnectionAborted),
        "the connection was closed before an answer came",
    ),
]
