"""
The door to the network: where a connection goes, for HTTP and WebSocket alike.

Everything that opens connections takes an
:class:`~twisted.web.iweb.IAgentEndpointFactory`; :class:`DirectNetwork` is the one that
goes straight to the host.  :class:`~tiktoklive.net.proxy.ProxyNetwork`, or a simulator in
memory, is another.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from OpenSSL import SSL
from twisted.internet import defer, error
from twisted.internet.defer import Deferred
from twisted.internet.endpoints import HostnameEndpoint
from twisted.internet.interfaces import IProtocol, IProtocolFactory, IStreamClientEndpoint
from twisted.python.failure import Failure
from twisted.web.client import URI, ResponseFailed
from twisted.web.error import SchemeNotSupported
from twisted.web.iweb import IAgentEndpointFactory
from zope.interface import implementer

from tiktoklive.clock import steady_clock
from tiktoklive.deferreds import GRACE, cancel_after
from tiktoklive.errors import ConnectError, LocalResourceError, ProxyError
from tiktoklive.errors.isolation import kind_in_words, said_by
from tiktoklive.net.certificates import CertificateRefused
from tiktoklive.net.shortage import lacking, lacking_now
from tiktoklive.net.tls import TlsEndpoint, TlsPolicy


@implementer(IAgentEndpointFactory)
class DirectNetwork:
    """
    Connects straight to the host; for ``https`` with a verified certificate and its name.

    :param reactor: the reactor.
    :param connect_timeout: seconds for name look-up and TCP together.
    :param trust_root: whose certificates are trusted, as for
        :class:`~tiktoklive.net.tls.TlsPolicy`.
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
        self._clock = steady_clock(reactor)
        self._connect_timeout = connect_timeout
        self.tls = TlsPolicy(trust_root)

    def endpointForURI(self, uri: URI) -> IStreamClientEndpoint:
        """
        The endpoint for a request.

        :raise SchemeNotSupported: for anything but ``http`` and ``https``.
        """
        if uri.scheme not in (b"http", b"https"):
            raise SchemeNotSupported(f"Unsupported scheme: {uri.scheme!r}")
        # The reactor's own limit is one for each address, and does not know when we stood still:
        # it is there for what ours leaves behind.
        endpoint: IStreamClientEndpoint = HostnameEndpoint(
            self._reactor, uri.host, uri.port, timeout=2 * self._connect_timeout + GRACE
        )
        endpoint = _InTime(endpoint, self._connect_timeout, self._clock)
        if uri.scheme == b"https":
            endpoint = TlsEndpoint(self.tls, uri, endpoint, self._reactor)
        return endpoint


@implementer(IStreamClientEndpoint)
class _InTime:
    """
    An endpoint that connects within a limit of time.

    :raise TimeoutError: by its Deferred, it did not.
    """

    def __init__(self, endpoint: IStreamClientEndpoint, seconds: float, clock: Any) -> None:
        self._endpoint = endpoint
        self._seconds = seconds
        self._clock = clock

    def connect(self, protocolFactory: IProtocolFactory) -> Deferred[IProtocol]:
        """Connect, or give up."""
        connecting: Deferred[IProtocol] = self._endpoint.connect(protocolFactory)
        return cancel_after(connecting, self._seconds, self._clock, _too_late)


def _too_late(result: object, seconds: float) -> Any:
    raise error.TimeoutError()


def connect_error(host: str, problem: BaseException | None) -> ConnectError:
    """
    Say in words why a host could not be reached; what a proxy is to blame for stays as it is.

    :param host: its name and port, without anything secret of the address.
    :param problem: what Twisted said.
    :return: a :class:`~tiktoklive.errors.LocalResourceError` when we are to blame.
    """
    if isinstance(problem, ProxyError | LocalResourceError):
        return problem
    words = f"{host} could not be reached: {cause_of(problem)}."
    if isinstance(problem, ResponseFailed) and not _system_said(problem):
        words = f"{host} sent an answer that cannot be read as HTTP ({cause_of(problem)})."
    said = local_error(host, problem) or ConnectError(words)
    said.__cause__ = problem
    return said


def local_error(host: str, problem: BaseException | None) -> LocalResourceError | None:
    """
    Say what we lack, if that is why a host could not be reached.

    :param problem: what Twisted said; ``None`` or a time limit for no answer.
    """
    causes = [] if problem is None else list(_causes(problem))
    missing = lacking(causes)
    # Of what was looked up in vain or for ever, the reason is lost on the way.
    unsaid = (error.DNSLookupError, error.TimeoutError, defer.TimeoutError)
    if not missing and any(isinstance(cause, unsaid) for cause in causes):
        missing = lacking_now()
    if not missing:
        return None
    return LocalResourceError(f"{host} could not be reached from here: {missing}.")


def late_error(host: str, words: str) -> ConnectError:
    """
    Say that a time limit is over.

    :param words: the whole sentence, for when it is not we who lack something.
    """
    return local_error(host, defer.TimeoutError()) or ConnectError(words)


def _system_said(problem: BaseException) -> bool:
    """Whether the system or the network said why something failed, rather than our reading it."""
    kinds = (OSError, error.ConnectError, error.ConnectionClosed, SSL.Error, CertificateRefused)
    return any(isinstance(cause, kinds) for cause in _causes(problem))


def cause_of(problem: BaseException | None) -> str:
    """Why a connection failed, in a few words without a full stop."""
    causes = list(_causes(error.ConnectionLost() if problem is None else problem))
    for kinds, words in _WORDS:
        if any(isinstance(cause, kinds) for cause in causes):
            return words
    for cause in causes:
        if isinstance(cause, CertificateRefused):
            return str(cause)
        if isinstance(cause, SSL.Error):
            return f"TLS failed ({_tls_words(cause)})"
    last = causes[-1]
    # Only texts of the system: those of other errors may quote the request.
    if isinstance(last, OSError | error.ConnectError) and str(last):
        return said_by(last)[:120]
    return kind_in_words(last)


def was_cancelled(problem: BaseException) -> bool:
    """Whether a connection or request failed only because this process cancelled it."""
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
    return str(inner) or kind_in_words(problem)


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


#: Failures whose texts are those of the system.
_SYSTEM = (OSError, ConnectError, error.ConnectError, error.ConnectionClosed, SSL.Error)


def silence(problem: BaseException) -> None:
    """
    Take the texts of others out of an error.

    Twisted's parser quotes the line that it cannot read, and whatever is raised later, while that
    error is handled, shows it in its traceback.
    """
    for inner in getattr(problem, "reasons", None) or ():
        silence(getattr(inner, "value", inner))
    if not isinstance(problem, _SYSTEM) and not hasattr(problem, "reasons"):
        problem.args = ()
