"""The reactor of the tests asks nobody for names, and is the only one of its kind."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

from twisted.internet.endpoints import HostnameEndpoint
from twisted.internet.protocol import Factory, Protocol
from twisted.trial.unittest import SynchronousTestCase

from tests.reactors import HOME, MemoryReactor

TESTS = Path(__file__).parent


class MemoryReactorTests(SynchronousTestCase):
    """Names, in memory."""

    def test_name(self) -> None:
        """A host is found at once, and no thread nor the system is asked."""
        reactor = MemoryReactor()
        with patch.object(HostnameEndpoint, "_deferToThread", None):
            endpoint = HostnameEndpoint(reactor, "www.example", 80)
            connecting = endpoint.connect(Factory.forProtocol(Protocol))
            reactor.advance(1.0)
        self.assertEqual([(HOME, 80)], [client[:2] for client in reactor.tcpClients])
        connecting.cancel()
        self.failureResultOf(connecting)

    def test_only_one(self) -> None:
        """No test uses Twisted's own, whose names are the system's in some versions."""
        users = [
            path.name for path in TESTS.rglob("*.py") if "MemoryReactorClock" in path.read_text()
        ]
        self.assertEqual({"reactors.py", "test_reactors.py"}, set(users))
