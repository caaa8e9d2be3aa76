"""Where the figures are served, and what is said when they can't be."""

from __future__ import annotations

import sys
from typing import Any
from unittest import mock

import treq
from twisted.internet import reactor
from twisted.internet.address import IPv4Address
from twisted.internet.defer import Deferred
from twisted.internet.error import CannotListenError
from twisted.internet.testing import StringTransport
from twisted.trial.unittest import SynchronousTestCase, TestCase
from twisted.web.client import Agent, HTTPConnectionPool
from zope.interface.verify import verifyObject

from tests.outputs.doubles import Parts, Said
from tests.outputs.metrics.scrape import MISSING, Figures
from tests.reactors import MemoryReactor
from tests.test_tap import OptionsCase
from tiktoklive.events import IEventObserver
from tiktoklive.interfaces import IOutput
from tiktoklive.outputs.metrics.argument import make


class ArgumentTests(SynchronousTestCase):
    """What stands behind ``metrics:``."""

    skip = MISSING or None

    def listens(self, argument: str) -> tuple[int, str]:
        """Port and interface on which an output listens."""
        memory = MemoryReactor()
        output = make(Parts(memory), argument)
        verifyObject(IOutput, output)
        verifyObject(IEventObserver, output)
        output.startService()
        [(port, _, _, interface)] = memory.tcpServers
        self.successResultOf(output.stopService())
        self.assertEqual([], memory.getDelayedCalls())
        return port, interface

    def test_loopback(self) -> None:
        """Nobody else on the network sees the figures, unless an interface is named."""
        self.assertEqual((9100, "127.0.0.1"), self.listens(""))
        self.assertEqual((9200, "127.0.0.1"), self.listens("tcp:9200"))
        self.assertEqual((9200, "10.0.0.1"), self.listens("tcp:9200:interface=10.0.0.1"))
        self.assertEqual((9200, "127.0.0.1"), self.listens("tcp:9200?rooms=1"))

    def test_connections(self) -> None:
        """Half-open connections are bounded, and keep nobody out; bodies are bounded too."""
        memory = MemoryReactor()
        output = make(Parts(memory), "")
        output.startService()
        [(_, site, _, _)] = memory.tcpServers
        channels = []
        for number in range(300):
            channels.append(site.buildProtocol(IPv4Address("TCP", f"192.0.2.{number % 9}", 5)))
            channels[-1].makeConnection(StringTransport())
        self.assertLessEqual(len(site.channels), 100)
        self.assertIn(channels[-1], site.channels)
        channels[-1].dataReceived(
            b"POST /metrics HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\n"
        )
        self.assertIn(b"413", channels[-1].transport.value())
        memory.advance(15)
        self.assertTrue(all(each.transport.disconnecting for each in channels))
        self.successResultOf(output.stopService())
        self.assertEqual([], memory.getDelayedCalls())

    def test_bad(self) -> None:
        """What is no endpoint, and a misspelt option, are refused with words."""
        for argument, words in (
            ("here", "no place to listen at"),
            ("tcp:many", "write a port such as 8080"),
            ("tcp:9100?room=1", "no option 'room'"),
            ("tcp:9100?rooms=yes", "rooms must be 1 or 0"),
        ):
            error = self.assertRaises(ValueError, make, Parts(MemoryReactor()), argument)
            self.assertIn(words, str(error))


class MissingTests(OptionsCase):
    """Without prometheus-client."""

    def test_said(self) -> None:
        """The command line is refused in one sentence that says what to install."""
        gone = dict.fromkeys(("prometheus_client", "prometheus_client.metrics_core"))
        ours = [name for name in sys.modules if name.startswith("tiktoklive.outputs.metrics.")]
        with mock.patch.dict(sys.modules, gone):
            for name in ours:
                del sys.modules[name]
            said = self.refuse("anna", "-o", "metrics:tcp:9100")
        self.assertIn("--output metrics:tcp:9100: ", said)
        self.assertIn("pip install 'txtiktoklive[metrics]'", said)


class ServedTests(TestCase):
    """Over TCP."""

    skip = MISSING or None

    def fetch(self, url: str, **headers: str) -> Deferred[tuple[Any, str]]:
        """An answer and its text."""
        pool = HTTPConnectionPool(reactor, persistent=False)

        async def get() -> tuple[Any, str]:
            client = treq.client.HTTPClient(Agent(reactor, pool=pool))
            response = await client.get(url, headers=headers)
            return response, (await response.content()).decode("utf-8")

        return Deferred.fromCoroutine(get())

    async def test_page(self) -> None:
        """Prometheus gets the format it asks for, a person is led there, others get 404."""
        output = make(Parts(reactor), "tcp:0")  # type: ignore[arg-type]
        said = Said(self, "Metrics")
        output.startService()
        self.addCleanup(output.stopService)
        base = f"http://127.0.0.1:{output.address.port}"
        self.assertEqual([f"metrics: at {base}/metrics"], said.lines)
        response, text = await self.fetch(f"{base}/metrics")
        self.assertTrue(response.headers.getRawHeaders("content-type")[0].startswith("text/plain"))
        self.assertEqual(0, Figures(text)("gaps_total"))
        accept = "application/openmetrics-text; version=1.0.0"
        response, text = await self.fetch(f"{base}/metrics", accept=accept)
        self.assertIn("openmetrics", response.headers.getRawHeaders("content-type")[0])
        self.assertTrue(text.endswith("# EOF\n"))
        _, text = await self.fetch(f"{base}/")
        self.assertIn('href="/metrics"', text)
        response, _ = await self.fetch(f"{base}/other")
        self.assertEqual(404, response.code)

    async def test_taken(self) -> None:
        """A port that is taken is told as by other servers, and leaves nothing behind."""
        first = make(Parts(reactor), "tcp:0")  # type: ignore[arg-type]
        first.startService()
        self.addCleanup(first.stopService)
        second = make(Parts(reactor), f"tcp:{first.address.port}")  # type: ignore[arg-type]
        self.assertRaises(CannotListenError, second.startService)
        await second.stopService()

    async def test_again(self) -> None:
        """A stopped one can be started again."""
        output = make(Parts(reactor), "tcp:0")  # type: ignore[arg-type]
        for _ in range(2):
            output.startService()
            self.assertIsNotNone(output.address)
            await output.stopService()
            self.assertIsNone(output.address)
