"""What one exchange of HTTP holds in memory, and how its address is sent."""

from __future__ import annotations

from twisted.internet.defer import Deferred
from twisted.internet.protocol import Factory
from twisted.trial.unittest import SynchronousTestCase

from tests.net.raw import HOST, RawServer
from tiktoklive.errors import ConnectError, InvalidResponseError
from tiktoklive.net.answers import Answer
from tiktoklive.net.exchange import MAX_LINE
from tiktoklive.net.web import Web
from tiktoklive.testing import MemoryNetwork

OK = b"HTTP/1.1 200 OK\r\n"


class RawCase(SynchronousTestCase):
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


class HeadTests(RawCase):
    """Heads that do not end."""

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


class LineTests(RawCase):
    """Lines of a head, of which Twisted would say nothing."""

    def setUp(self) -> None:
        super().setUp()
        self.web = Web(self.network, self.network.clock)

    def long(self, line: bytes, size: int) -> bytes:
        """A line of so many bytes, without its end."""
        return line + b"y" * (size - len(line))

    def refused(self, *said: bytes, name: str = "") -> None:
        """The line is said to be too long, by its host and name, and the connection is closed."""
        problem = self.failureResultOf(self.ask(*said), InvalidResponseError)
        named = f" ({name})" if name else ""
        self.assertEqual(
            f"{HOST} sent a line of more than {MAX_LINE} bytes in the head of its answer{named}: "
            "it is not read.",
            str(problem.value),
        )
        self.assertFalse(self.network.open)

    def test_headers(self) -> None:
        """A header that is too long is named, in pieces of any size, wherever it begins."""
        line = self.long(b"X-Long: ", MAX_LINE + 1)
        for before in (b"", b"A: b\r\n", b"A: " + b"b" * 2100 + b"\r\n", b"A: b\r\n" * 400):
            for size in (1000, 2048, 50_000):
                with self.subTest(before[:9], size=size):
                    head = OK + before + line + b"\r\n"
                    pieces = [head[at : at + size] for at in range(0, len(head), size)]
                    self.refused(*pieces, name="X-Long")

    def test_interim(self) -> None:
        """A status line that is too long has no name."""
        self.refused(self.long(b"HTTP/1.1 200 ", 20_000))
        self.refused(b"HTTP/1.1 100 Continue\r\n\r\n" + self.long(b"HTTP/1.1 200 ", 20_000))

    def test_accepted(self) -> None:
        """The longest line that Twisted reads is read, and lines of a body may be longer."""
        line = self.long(b"A: ", MAX_LINE - 1) + b"\r\n"
        body = b"z" * 40_000
        for size in (1000, 2048, 100_000):
            said = OK + line + b"Content-Length: 40000\r\n\r\n" + body
            pieces = [said[at : at + size] for at in range(0, len(said), size)]
            answer = self.successResultOf(self.ask(*pieces))
            self.assertEqual((body, MAX_LINE - 4), (answer.body, len(answer.header("a"))))

    def test_again(self) -> None:
        """What was read of one answer does not count for the next one."""
        line = self.long(b"A: ", 9000) + b"\r\n"
        for _ in range(3):
            said = OK + line + b"Content-Length: 2\r\n\r\nhi"
            self.assertEqual(b"hi", self.successResultOf(self.ask(said)).body)
        self.assertEqual(1, len(self.servers))

    def test_secrets(self) -> None:
        """A name that repeats what was sent is not shown."""
        asked = Deferred.fromCoroutine(
            self.web.get(f"https://{HOST}/", cookies={"sessionid": "s3cr3t-0f-m1ne"})
        )
        self.network.flush()
        self.servers[-1].transport.write(OK + self.long(b"X-s3cr3t-0f-m1ne: ", 20_000))
        self.network.flush()
        problem = self.failureResultOf(asked, InvalidResponseError)
        self.assertIn("(X-***)", str(problem.value))


class UnreadableTests(RawCase):
    """Answers that are none of HTTP."""

    def test_words(self) -> None:
        """It is said that the answer cannot be read, and not that the host was not reached."""
        for said in (
            b"SSH-2.0-x\r\n\r\n",
            b"HTTP/x 200 OK\r\n\r\n",
            b"HTTP/1.1 yes OK\r\n\r\n",
            OK + b"no colon\r\n\r\n",
            OK + b"Content-Length: many\r\n\r\n",
            OK + b"Transfer-Encoding: br\r\n\r\n",
            OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
        ):
            with self.subTest(said):
                problem = self.failureResultOf(self.ask(said), ConnectError)
                self.assertIn(f"{HOST}:443 sent an answer that cannot be read", str(problem.value))
