"""Heads of HTTP answers that do not end."""

from __future__ import annotations

from twisted.internet.defer import Deferred
from twisted.internet.protocol import Factory
from twisted.trial.unittest import SynchronousTestCase

from tests.net.raw import HOST, RawServer
from tiktoklive.errors import ConnectError, InvalidResponseError
from tiktoklive.net.web import Answer, Web
from tiktoklive.testing import MemoryNetwork

OK = b"HTTP/1.1 200 OK\r\n"


class HeadTests(SynchronousTestCase):
    """A web server that says what a test wants, and a limit of 1000 bytes."""

    def setUp(self) -> None:
        self.network = MemoryNetwork()
        self.servers: list[RawServer] = []
        self.network.add(HOST, 443, Factory.forProtocol(self.serve))
        self.web = Web(self.network, self.network.clock, limit=100_000, head=1000)

    def tearDown(self) -> None:
        Deferred.fromCoroutine(self.web.close())
        self.network.flush()
        self.assertFalse(self.network.open)

    def serve(self) -> RawServer:
        """Another connection."""
        self.servers.append(RawServer())
        return self.servers[-1]

    def ask(self, *said: bytes) -> Deferred[Answer]:
        """Ask, and have this answered, piece by piece."""
        asked = Deferred.fromCoroutine(self.web.get(f"https://{HOST}/"))
        self.network.flush()
        for piece in said:
            if self.network.open:
                self.servers[-1].transport.write(piece)
                self.network.flush()
        return asked

    def refused(self, *said: bytes) -> None:
        """The head is said not to end, by its host's name, and the connection is closed."""
        problem = self.failureResultOf(self.ask(*said), InvalidResponseError)
        self.assertIn(f"{HOST} sent an answer whose head does not end", str(problem.value))
        self.assertFalse(self.network.open)

    def test_headers(self) -> None:
        """Headers, long or many or folded, up to the limit, in pieces of any size."""
        for line in (b"X: y\r\n", b"X: " + b"y" * 300 + b"\r\n", b" folded\r\n"):
            with self.subTest(line[:9]):
                self.refused(OK + b"A: b\r\n", *[line] * 300)
                self.refused(OK + b"A: b\r\n" + line * 300)

    def test_interim(self) -> None:
        """Interim answers count as well, and there are few of them, however short."""
        self.refused(*[b"HTTP/1.1 100 Continue\r\n\r\n"] * 50)
        self.refused(b"HTTP/1.1 100 C\r\n\r\n" * 50)

    def test_accepted(self) -> None:
        """What is within the limit is an answer, whatever follows as its body."""
        interim = b"HTTP/1.1 100 Continue\r\n\r\n"
        head = OK + b"A: b\r\nContent-Length: 5000\r\n\r\n"
        body = b"HTTP/1.1 " * 600
        for said in ([interim + head + body[:5000]], [interim, head, body[:5000]]):
            answer = self.successResultOf(self.ask(*said))
            self.assertEqual((body[:5000], "b"), (answer.body, answer.header("a")))

    def test_again(self) -> None:
        """The limit is that of one answer: a connection that is used again begins anew."""
        head = OK + b"A: " + b"b" * 700 + b"\r\nContent-Length: 2\r\n\r\nhi"
        for _ in range(5):
            self.assertEqual(b"hi", self.successResultOf(self.ask(head)).body)
        self.assertEqual(1, len(self.servers))
        self.refused(OK + b"A: " + b"b" * 2000)

    def test_pieces(self) -> None:
        """A body may come in many pieces, but not in as many as it has bytes."""
        chunk = b"1\r\nx\r\n"
        start = OK + b"Transfer-Encoding: chunked\r\n\r\n"
        answer = self.successResultOf(self.ask(start, chunk * 9000 + b"0\r\n\r\n"))
        self.assertEqual(b"x" * 9000, answer.body)
        problem = self.failureResultOf(self.ask(start, chunk * 17_000), InvalidResponseError)
        self.assertIn("larger than allowed", str(problem.value))

    def test_trailers(self) -> None:
        """Trailers do not go on for ever, either, nor do the extensions of a chunk."""
        start = OK + b"Transfer-Encoding: chunked\r\n\r\n1"
        for more in (b"\r\nx\r\n0\r\n" + b"A: b\r\n" * 20_000, b";x=" + b"y" * 5000):
            self.failureResultOf(self.ask(start, more), ConnectError)
            self.assertFalse(self.network.open)
