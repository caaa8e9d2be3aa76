"""The whole stack: what we lack ourselves counts against no source, and passes."""

from __future__ import annotations

import errno
import os
from itertools import permutations
from typing import Any

from twisted.internet import error
from twisted.internet.defer import Deferred, fail
from twisted.internet.interfaces import IStreamClientEndpoint
from twisted.logger import capturedLogs, formatEvent
from twisted.web.client import URI
from twisted.web.iweb import IAgentEndpointFactory
from zope.interface import implementer

from tests.stack.case import SILENT, StackTestCase
from tiktoklive.errors import LocalResourceError, NoRootCertificatesError
from tiktoklive.events import Error
from tiktoklive.net import tls
from tiktoklive.net.network import DirectNetwork
from tiktoklive.options import Options
from tiktoklive.wiring import standard_wiring

NUMBERS = (errno.EMFILE, errno.ENFILE, errno.EADDRNOTAVAIL, errno.ENOMEM, errno.ENOBUFS)


@implementer(IStreamClientEndpoint)
class _Nowhere:
    """An endpoint for which there is no socket."""

    def __init__(self, number: int) -> None:
        self._number = number

    def connect(self, factory: Any) -> Deferred[Any]:
        return fail(error.ConnectBindError(self._number, os.strerror(self._number)))


@implementer(IAgentEndpointFactory)
class Lacking:
    """
    A network that can fail for want of something here.

    :ivar number: what is missing, if anything is.
    :ivar spared: hosts to which there are connections all the same.
    :ivar missed: to how many connections it was.
    """

    def __init__(self, inner: Any) -> None:
        self._inner = inner
        self.number = 0
        self.spared: tuple[str, ...] = ()
        self.missed: list[str] = []

    def endpointForURI(self, uri: URI) -> Any:
        host = uri.host.decode()
        if self.number and host not in self.spared:
            self.missed.append(host)
            return _Nowhere(self.number)
        return self._inner.endpointForURI(uri)


class ShortageTests(StackTestCase):
    """Sessions, while this process or machine lacks something."""

    options = Options(limits=SILENT, sources=("signed", "classic", "direct"))

    def setUp(self) -> None:
        super().setUp()
        self.lacking = Lacking(self.network)
        self.wiring = standard_wiring(self.clock, self.options, network=self.lacking)

    def states(self) -> set[str]:
        """How all sources are doing."""
        return {source.state for source in self.wiring.sources_status().sources}

    def test_patient(self) -> None:
        """Whatever is missing: no source rests, it is said what it is, and then all is well."""
        for number in NUMBERS:
            self.lacking.number = number
            with capturedLogs() as logged:
                connection = self.follow()
                self.settle(300)
            said = [formatEvent(event) for event in logged]
            self.assertEqual({"closed"}, self.states())
            self.assertGreater(len(self.lacking.missed), 8)
            self.assertTrue([line for line in said if line and "from here: th" in line], said)
            self.lacking.number = 0
            self.settle(35)
            self.assertTrue(connection.get_state().is_connected)
            self.stop_all()
            self.setUp()

    def test_sources(self) -> None:
        """If only users can be looked up, no source rests, and none is asked in another's place."""
        for sources in permutations(self.options.sources):
            options = Options(limits=SILENT, sources=sources)
            self.wiring = standard_wiring(self.clock, options, network=self.lacking)
            self.lacking.spared = ("www.tiktok.com", "webcast.tiktok.com")
            self.lacking.number = errno.EMFILE
            self.follow()
            self.settle(300)
            self.assertEqual({"closed"}, self.states())
            self.assertGreater(len(self.lacking.missed), 5)
            self.assertEqual(1, len(set(self.lacking.missed)), sources)
            self.assertEqual([], self.seen.of(Error))
            self.stop_all()
            self.setUp()

    def test_impatient(self) -> None:
        """Whoever waits for connect() is told."""
        self.lacking.number = errno.EMFILE
        connected = self.connection().connect()
        self.settle(60)
        problem = self.refused(connected, Exception)
        self.assertIn("this process has no file descriptor left", str(problem))
        causes = [problem, *(each for _, each in getattr(problem, "failures", ()))]
        self.assertTrue(any(isinstance(each, LocalResourceError) for each in causes))


class RootTests(StackTestCase):
    """Sessions on a machine without root certificates."""

    options = Options(limits=SILENT, sources=("signed", "classic", "direct"))

    def setUp(self) -> None:
        super().setUp()
        self.asked = 0

        def none() -> None:
            self.asked += 1
            raise NoRootCertificatesError("No server can be trusted: there is nothing.")

        self.patch(tls, "trusted_roots", none)
        network = DirectNetwork(self.clock)
        self.wiring = standard_wiring(self.clock, self.options, network=network)

    def test_impatient(self) -> None:
        """Whoever waits for connect() is told at once, in one sentence."""
        connected = self.connection().connect()
        self.settle(1)
        problem = self.refused(connected, NoRootCertificatesError)
        self.assertEqual("No server can be trusted: there is nothing.", str(problem))

    def test_patient(self) -> None:
        """Nothing is tried again and again: that is no lack that passes by itself."""
        connection = self.follow()
        self.settle(3600)
        self.assertEqual("failed", connection.get_state().phase)
        self.assertLessEqual(self.asked, 2)  # api-live, and the page
