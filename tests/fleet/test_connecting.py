"""What connections with Redis are made of, and that it may not be installed."""

from __future__ import annotations

import sys
from typing import Any
from unittest.mock import patch

from twisted.internet.error import ConnectionLost
from twisted.internet.task import Clock
from twisted.python.failure import Failure
from twisted.trial.unittest import SynchronousTestCase

from tests.outputs.doubles import Parts
from tiktoklive.errors import StartError
from tiktoklive.fleet.address import parse_redis
from tiktoklive.fleet.client import make_client
from tiktoklive.fleet.connecting import Connections, why_lost
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


class ConnectionsTests(SynchronousTestCase):
    """Connections that say why they ended."""

    def test_bytes(self) -> None:
        """They leave bytes as they are."""
        connection = Connections(Connection).buildProtocol(None)
        self.assertEqual({"charset": None, "convertNumbers": False}, connection.options)

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
