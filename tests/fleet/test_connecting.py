"""What connections with Redis are made of, and that it may not be installed."""

from __future__ import annotations

import sys
from typing import Any
from unittest.mock import patch

from twisted.internet.defer import Deferred, fail, succeed
from twisted.internet.error import ConnectError, ConnectionLost
from twisted.internet.error import ConnectionRefusedError as Refused
from twisted.internet.interfaces import IStreamClientEndpoint
from twisted.internet.protocol import Protocol
from twisted.internet.task import Clock
from twisted.internet.testing import StringTransport
from twisted.logger import formatEvent, globalLogPublisher
from twisted.python.failure import Failure
from twisted.trial.unittest import SynchronousTestCase
from zope.interface import implementer

from tests.fleet.server import CLIENT_MISSING
from tests.outputs.doubles import Parts
from tiktoklive.errors import StartError
from tiktoklive.fleet.address import parse_redis
from tiktoklive.fleet.client import RedisClient, make_client
from tiktoklive.fleet.connecting import Connections, why_lost, why_not
from tiktoklive.fleet.output import make
from tiktoklive.fleet.reading import StreamSource
from tiktoklive.net.certificates import CertificateRefused


class Connection:
    """As little of txredisapi's protocol as is needed."""

    def __init__(self, **options: Any) -> None:
        self.options = options
        self.reasons: list[Failure] = []

    def connectionLost(self, reason: Failure) -> None:
        self.reasons.append(reason)


class MissingTests(SynchronousTestCase):
    """txredisapi is an extra."""

    def test_refused(self) -> None:
        """Without it a command line is refused, by a sentence that says what to install."""
        with patch("tiktoklive.fleet.output.find_spec", return_value=None):
            parts: Any = Parts(Clock())
            for refused in (
                lambda: make(parts, "redis://a", {}),
                lambda: StreamSource("redis:redis://a", Clock(), {}),
            ):
                error = self.assertRaises(ValueError, refused)
                self.assertIn("pip install 'txtiktoklive[redis]'", str(error))

    def test_start(self) -> None:
        """A client that is started without it says so, too, and begins nothing."""
        client = make_client(parse_redis("redis://a")[0], Clock(), {})
        with patch.dict(sys.modules, {"txredisapi": None}):
            error = self.assertRaises(StartError, client.startService)
        self.assertIn("txtiktoklive[redis]", str(error))
        self.assertFalse(client.running)


@implementer(IStreamClientEndpoint)
class Refusing:
    """Where nobody listens."""

    def __init__(self) -> None:
        self.tries = 0

    def connect(self, protocolFactory: Any) -> Deferred[Any]:
        self.tries += 1
        return fail(Refused())


class AwayTests(SynchronousTestCase):
    """What is in the log while there is no Redis."""

    skip = CLIENT_MISSING or None

    def test_said_once(self) -> None:
        """In ten minutes of many tries the clients of one Redis say so once, Twisted nothing."""
        clock, endpoint = Clock(), Refusing()
        said: list[str] = []

        def observe(event: Any) -> None:
            said.append(formatEvent(event))

        globalLogPublisher.addObserver(observe)
        self.addCleanup(globalLogPublisher.removeObserver, observe)
        address = parse_redis("redis://a")[0]
        first = RedisClient(address, endpoint, clock)
        for client in (first, RedisClient(address, endpoint, clock, lines=first.lines)):
            client.startService()
            self.addCleanup(client.stopService)
        for _ in range(590):
            clock.advance(1)
        self.assertGreater(endpoint.tries, 100)
        self.assertEqual(["redis://a:6379/0: the connection was refused: it is tried again"], said)
        clock.advance(20)
        self.assertIn("more since this was logged", said[1])


class Answering(Protocol):
    """A connection whose server answers at once, and which closes when the test says so."""

    def __init__(self, **options: Any) -> None:
        self.gone: Deferred[None] = Deferred()

    def execute_command(self, *words: object) -> Deferred[str]:
        return succeed("OK")

    def whenDisconnected(self) -> Deferred[None]:
        return self.gone


@implementer(IStreamClientEndpoint)
class Accepting:
    """Where somebody listens; keeps the connections."""

    def __init__(self) -> None:
        self.made: list[Answering] = []

    def connect(self, protocolFactory: Any) -> Deferred[Any]:
        made = protocolFactory.buildProtocol(None)
        made.makeConnection(StringTransport())
        self.made.append(made)
        return succeed(made)


class RestartedTests(SynchronousTestCase):
    """A client that is started again while its old connection closes."""

    def test_old_one_ends(self) -> None:
        """The end of the old connection is not that of the new one."""
        endpoint = Accepting()
        client = RedisClient(parse_redis("redis://a")[0], endpoint, Clock())
        told: list[bool] = []
        client.watch(told.append)
        with patch("tiktoklive.fleet.client.connection_class", return_value=Answering):
            client.startService()
            client.stopService()
            client.startService()
        self.addCleanup(client.stopService)
        old, new = endpoint.made
        self.assertEqual([True, True], told)
        old.gone.callback(None)
        self.assertEqual(([True, True], True, ""), (told, client.connected, client.why))
        new.gone.callback(None)
        self.assertEqual([True, True, False], told)
        self.assertIn("was lost", client.why)


class ConnectionsTests(SynchronousTestCase):
    """Connections that say why they ended."""

    def test_bytes(self) -> None:
        """They leave bytes as they are."""
        connection = Connections(Connection).buildProtocol(None)
        self.assertEqual({"charset": None, "convertNumbers": False}, connection.options)

    def test_why_not(self) -> None:
        """What the system says of a socket is told in its words alone."""
        self.assertEqual("No such file or directory", why_not(ConnectError(2)))
        self.assertEqual("the connection was refused", why_not(Refused()))

    def test_why(self) -> None:
        """What is more than an end is told; the protocol hears of it as before."""
        for error, words in (
            (ConnectionLost(), ""),
            (
                CertificateRefused("its certificate is that of another"),
                ": its certificate is that of another",
            ),
        ):
            connection = Connections(Connection).buildProtocol(None)
            self.assertEqual("", why_lost(connection))
            connection.connectionLost(Failure(error))
            self.assertEqual(words, why_lost(connection))
            self.assertEqual(1, len(connection.reasons))
