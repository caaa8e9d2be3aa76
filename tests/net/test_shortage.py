"""What this process or machine lacks is told from what others do, wherever it shows."""

from __future__ import annotations

import errno
import os
import resource
import socket
from collections.abc import Callable
from typing import Any

from OpenSSL import SSL
from twisted.internet import defer, error, reactor
from twisted.internet.defer import Deferred, fail
from twisted.internet.interfaces import IStreamClientEndpoint
from twisted.internet.protocol import Factory, Protocol
from twisted.internet.task import deferLater
from twisted.internet.tcp import Client
from twisted.python.failure import Failure
from twisted.trial.unittest import SynchronousTestCase, TestCase
from twisted.web.client import URI, ResponseNeverReceived
from twisted.web.iweb import IAgentEndpointFactory
from zope.interface import implementer

from tests.net.certificate import certificate_for
from tests.reactors import MemoryReactor
from tiktoklive.errors import ConnectError, LocalResourceError, ProxyError, Remedy
from tiktoklive.net import shortage, tls
from tiktoklive.net.network import DirectNetwork, connect_error
from tiktoklive.net.proxy import ProxyNetwork, parse_proxy
from tiktoklive.net.tls import TlsPolicy
from tiktoklive.net.web import Web, uri_of
from tiktoklive.signing.command import CommandSignature

#: What is missing, and a word of what is said of it.
LACKING = {
    errno.EMFILE: "this process has no file descriptor left: raise its limit",
    errno.ENFILE: "this machine has no file descriptor left",
    errno.EADDRNOTAVAIL: "no port left to connect from",
    errno.ENOMEM: "has no memory left",
    errno.ENOBUFS: "has no memory left for connections",
}


def system(number: int) -> tuple[int, str]:
    """What an error of the system is made of."""
    return number, os.strerror(number)


def socketless(problem: OSError) -> Callable[..., Any]:
    """A maker of sockets that makes none."""

    def make(*args: Any, **kwargs: Any) -> Any:
        raise problem

    return make


@implementer(IStreamClientEndpoint, IAgentEndpointFactory)
class Ending:
    """A network whose every connection ends in the same way, or never does."""

    def __init__(self, problem: Exception | None) -> None:
        self.problem = problem
        self.tls = TlsPolicy(certificate_for("a.example"))

    def endpointForURI(self, uri: URI) -> Any:
        return self

    def connect(self, factory: Any) -> Deferred[Any]:
        return Deferred() if self.problem is None else fail(self.problem)


class WordsTests(SynchronousTestCase):
    """Failures, and whose they are."""

    def test_local(self) -> None:
        """Each number of the system is ours in each error that may bring it, and is explained."""
        for number, words in LACKING.items():
            said = system(number)
            for problem in (
                error.ConnectBindError(*said),
                error.getConnectError(said),
                OSError(*said),
                SSL.Error([("system library", "", said[1]), ("BIO routines", "", "x")]),
                ResponseNeverReceived([Failure(error.ConnectBindError(*said))]),
            ):
                found = connect_error("a.example", problem)
                self.assertIsInstance(found, LocalResourceError, repr(problem))
                self.assertTrue(str(found).startswith("a.example could not be reached from here: "))
                self.assertIn(words, str(found))
                self.assertIs(problem, found.__cause__)
                self.assertIs(Remedy.WAIT, found.remedy)

    def test_python(self) -> None:
        """So are what Python itself runs out of, and what OpenSSL does."""
        for problem, words in (
            (MemoryError(), "no memory left"),
            (SSL.Error([("x", "y", "malloc failure")]), "no memory left"),
            (RuntimeError("can't start new thread"), "can start no thread"),
        ):
            found = connect_error("a.example", problem)
            self.assertIsInstance(found, LocalResourceError)
            self.assertIn(words, str(found))

    def test_others(self) -> None:
        """What others do is theirs."""
        for problem in (
            error.ConnectionRefusedError(*system(errno.ECONNREFUSED)),
            error.NoRouteError(*system(errno.ENETUNREACH)),
            error.ConnectError(*system(errno.EHOSTUNREACH)),
            error.ConnectionLost(),
            error.DNSLookupError("no results"),
            error.TimeoutError(),
            SSL.Error([("SSL routines", "", "certificate verify failed")]),
            SSL.Error([]),
            RuntimeError("x"),
            None,
        ):
            found = connect_error("a.example", problem)
            self.assertFalse(isinstance(found, LocalResourceError), repr(problem))

    def test_through_proxies(self) -> None:
        """An error of ours on the way to a proxy is not the proxy's."""
        ours = LocalResourceError("no")
        self.assertIs(ours, connect_error("a.example", ours))


class SilentTests(SynchronousTestCase):
    """Failures from which the reason was lost, and attempts that never end."""

    def setUp(self) -> None:
        self.clock: Any = MemoryReactor()

    def lack(self, number: int) -> None:
        """Let nobody have a socket."""
        self.patch(shortage.socket, "socket", socketless(OSError(*system(number))))

    def ask(self, network: Any) -> Exception:
        """What becomes of a request."""
        web = Web(network, self.clock)
        asking = Deferred.fromCoroutine(web.get("https://a.example/"))
        self.clock.pump([1] * 20)
        problem: Exception = self.failureResultOf(asking, ConnectError).value
        return problem

    def test_never_ends(self) -> None:
        """A look-up that never ends, as it does without a file descriptor, is our own fault."""
        self.assertNotIsInstance(self.ask(Ending(None)), LocalResourceError)
        for number in LACKING:
            self.lack(number)
            self.assertIsInstance(self.ask(Ending(None)), LocalResourceError)

    def test_finds_nothing(self) -> None:
        """So is one that finds nothing, if there is no socket now either."""
        nothing = Ending(error.DNSLookupError("no results for hostname lookup"))
        self.assertNotIsInstance(self.ask(nothing), LocalResourceError)
        self.lack(errno.EMFILE)
        self.assertIsInstance(self.ask(nothing), LocalResourceError)

    def test_thread(self) -> None:
        """So is one for which no thread can be started."""

        def refuse(*args: Any, **kwargs: Any) -> Any:
            raise RuntimeError("can't start new thread")

        self.patch(shortage, "Thread", refuse)
        error = self.ask(Ending(None))
        self.assertIsInstance(error, LocalResourceError)
        self.assertIn("TasksMax", str(error))

    def test_proxy(self) -> None:
        """A proxy that is not reached for want of something here is not to blame."""
        for number, words in LACKING.items():
            for url in ("http://p.example:1", "socks5://p.example:1", "https://p.example:1"):
                network = ProxyNetwork(
                    Ending(error.ConnectBindError(*system(number))), parse_proxy(url), self.clock
                )
                found = self.ask(network)
                self.assertIsInstance(found, LocalResourceError)
                self.assertNotIsInstance(found, ProxyError)
                self.assertIn(words, str(found))

    def test_slow_proxy(self) -> None:
        """Nor one that is not reached in time; with all that is needed, it is."""
        network = ProxyNetwork(Ending(None), parse_proxy("http://p.example:1"), self.clock)
        network._timeout = 5.0
        self.assertIsInstance(self.ask(network), ProxyError)
        self.lack(errno.EMFILE)
        found = self.ask(network)
        self.assertIsInstance(found, LocalResourceError)
        self.assertNotIsInstance(found, ProxyError)

    def test_stream(self) -> None:
        """The error of a stream is told in the same way."""
        self.lack(errno.EMFILE)
        self.assertIsInstance(connect_error("a.example", defer.TimeoutError()), LocalResourceError)

    def test_command(self) -> None:
        """A signature command for which there is no file descriptor is not a broken one."""
        self.clock.spawnProcess = socketless(OSError(*system(errno.EMFILE)))
        signing = Deferred.fromCoroutine(CommandSignature(["sign"], self.clock)("a=1"))
        error = self.failureResultOf(signing, LocalResourceError).value
        self.assertIn("signature command sign cannot be started: this process has", str(error))


class Greeter(Protocol):
    """Answers, and hangs up."""

    def dataReceived(self, data: bytes) -> None:
        self.transport.write(b"HTTP/1.0 200 OK\r\n\r\nhello")
        self.transport.loseConnection()


class RealTests(TestCase):
    """The reactor itself, which gets no sockets."""

    timeout = 20

    def setUp(self) -> None:
        port = reactor.listenTCP(0, Factory.forProtocol(Greeter), interface="127.0.0.1")
        self.addCleanup(port.stopListening)
        self.port = port.getHost().port
        self.web = Web(DirectNetwork(reactor, trust_root=certificate_for("x")), reactor)
        self.addCleanup(lambda: Deferred.fromCoroutine(self.web.close()))

    async def ask(self, scheme: str = "http") -> str:
        """Ask the server: its answer, or the error."""
        try:
            return (await self.web.get(f"{scheme}://127.0.0.1:{self.port}/")).body.decode()
        except LocalResourceError as error:
            return str(error)

    async def test_each(self) -> None:
        """Each error with which the system refuses a socket is told as ours, until it is over."""
        for number, words in LACKING.items():
            for scheme in ("http", "https"):
                make = socketless(OSError(*system(number)))
                patch = self.patch(Client, "createInternetSocket", make)
                self.assertIn(words, await self.ask(scheme))
                patch.restore()
        self.assertEqual("hello", await self.ask())

    async def test_limit(self) -> None:
        """At the limit of the process it is told; a client who comes then does no harm."""
        await deferLater(reactor, 0)  # the reactor needs some itself when it starts
        early = socket.create_connection(("127.0.0.1", self.port))  # is accepted too late
        self.addCleanup(early.close)
        limits = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (3, limits[1]))
        try:
            said = await self.ask()
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, limits)
        self.assertIn(LACKING[errno.EMFILE], said)
        self.assertEqual("hello", await self.ask())
        self.flushLoggedErrors(OSError)  # Twisted tells what accept() said

    async def test_certificates(self) -> None:
        """Root certificates that cannot be opened are missed once, and read when they can be."""
        problem = [OSError(*system(errno.EMFILE))]

        def roots() -> Any:
            if problem:
                raise problem[0]
            return certificate_for("x")

        self.patch(tls, "trusted_roots", roots)
        network = DirectNetwork(reactor)
        self.web = Web(network, reactor)
        self.assertIn(LACKING[errno.EMFILE], await self.ask("https"))
        proxied = ProxyNetwork(network, parse_proxy(f"http://127.0.0.1:{self.port}"), reactor)
        endpoint = proxied.endpointForURI(uri_of("https://a.example/"))
        await self.assertFailure(endpoint.connect(Factory.forProtocol(Greeter)), OSError)
        problem.clear()
        other = Deferred.fromCoroutine(self.web.get(f"https://127.0.0.1:{self.port}/"))
        error = await self.assertFailure(other, ConnectError)  # it speaks no TLS
        self.assertNotIsInstance(error, LocalResourceError)
