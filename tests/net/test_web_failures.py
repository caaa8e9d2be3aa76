"""Requests that fail, take too long, or are cancelled."""

from __future__ import annotations

from twisted.internet.defer import CancelledError, Deferred
from twisted.internet.protocol import Factory, Protocol
from twisted.web.server import NOT_DONE_YET

from tests.net.test_web import WebTestCase
from tiktoklive.errors import ConnectError


class Mute(Protocol):
    """Takes everything and says nothing, or the same."""

    words = b""

    def connectionMade(self) -> None:
        self.transport.write(self.words)


class Rambling(Mute):
    """Begins an answer that never ends."""

    words = b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"


class Breaking(Mute):
    """Breaks off in the middle of an answer."""

    words = Rambling.words

    def dataReceived(self, data: bytes) -> None:
        self.transport.loseConnection()


class FailureTests(WebTestCase):
    """No answer."""

    def tearDown(self) -> None:
        self.shut()

    def test_unreachable(self) -> None:
        """A host that refuses or is unknown makes a ConnectError with host and cause."""
        self.network.refuse("www.example")
        error = self.failureResultOf(self.start("/?key=s3cret"), ConnectError).value
        self.assertIn("www.example", str(error))
        self.assertIn("refused", str(error))
        self.assertNotIn("s3cret", str(error))
        asking = Deferred.fromCoroutine(self.web.get("https://nowhere.example/"))
        self.network.flush()
        error = self.failureResultOf(asking, ConnectError).value
        self.assertIn("looked up", str(error))

    def test_no_address(self) -> None:
        """What is no address of a web server is a ConnectError that says so."""
        asking = Deferred.fromCoroutine(self.web.get("ftp://www.example/?key=s3cret"))
        error = self.failureResultOf(asking, ConnectError).value
        self.assertIn("address", str(error))
        self.assertNotIn("s3cret", str(error))

    def test_time_limit(self) -> None:
        """The limit holds for connecting, for the head and for the body."""
        for protocol in (None, Mute, Rambling):
            self.network.silence("www.example", protocol is None)
            self.network.add("www.example", 443, Factory.forProtocol(protocol or Mute))
            asking = self.start("/")
            self.network.clock.advance(9.9)
            self.network.flush()
            self.assertNoResult(asking)
            self.network.clock.advance(0.2)
            self.network.flush()
            error = self.failureResultOf(asking, ConnectError).value
            self.assertIn("10 s", str(error))
            self.assertEqual([], self.network.open)
            self.assertEqual([], self.network.waiting)

    def test_broken_off(self) -> None:
        """Half an answer is none."""
        self.network.add("www.example", 443, Factory.forProtocol(Breaking))
        self.failureResultOf(self.start("/"), ConnectError)

    def test_cancel(self) -> None:
        """Who cancels gets that back, and the connection is closed."""
        for protocol in (None, Mute, Rambling):
            self.network.silence("www.example", protocol is None)
            self.network.add("www.example", 443, Factory.forProtocol(protocol or Mute))
            asking = self.start("/")
            asking.cancel()
            self.network.flush()
            self.failureResultOf(asking, CancelledError)
            self.assertEqual([], self.network.open)
            self.assertEqual([], self.network.waiting)

    def test_close(self) -> None:
        """Closing ends what is under way and what is kept."""
        self.pages[b"/x"] = lambda request: b"x"
        self.pages[b"/y"] = lambda request: NOT_DONE_YET
        self.ask("/x")
        asking = self.start("/y")
        self.shut()
        self.failureResultOf(asking, CancelledError)
