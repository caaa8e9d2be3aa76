"""Where the outputs listen, what they demand for it, and what they serve from there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from twisted.internet.address import IPv4Address, IPv6Address, UNIXAddress
from twisted.internet.defer import Deferred
from twisted.internet.error import CannotListenError
from twisted.trial.unittest import SynchronousTestCase, TestCase

from tests.net.certificate import certificate_for
from tests.outputs.web.case import TOKEN, WebCase, Wiring, make, make_feed
from tests.reactors import MemoryReactor
from tiktoklive.interfaces import IOutputMaker
from tiktoklive.outputs.web.fanout import GATHER
from tiktoklive.outputs.web.files import FOLDER
from tiktoklive.outputs.web.listening import parse_place, url_of
from tiktoklive.plugins import find_maker


class PlaceTests(SynchronousTestCase):
    """Endpoints."""

    def test_loopback(self) -> None:
        """Without an interface nobody but this machine reaches it."""
        for text, description in (
            ("tcp:8080", "tcp:8080:interface=127.0.0.1"),
            ("tcp6:8080", r"tcp6:8080:interface=\:\:1"),
            ("tcp:8080:backlog=5", "tcp:8080:backlog=5:interface=127.0.0.1"),
        ):
            place = parse_place(text)
            self.assertEqual((description, True), (place.description, place.local))

    def test_named(self) -> None:
        """A named interface is taken as it is, and known for what it is."""
        for text, local in (
            ("tcp:8080:interface=127.0.0.1", True),
            ("tcp:8080:interface=127.1.2.3", True),
            ("tcp:8080:interface=localhost", True),
            (r"tcp6:8080:interface=\:\:1", True),
            ("unix:/run/tiktoklive.sock", True),
            ("tcp:8080:interface=0.0.0.0", False),
            ("tcp:8080:interface=", False),
            ("tcp:8080:interface=192.0.2.1", False),
            (r"tcp6:8080:interface=\:\:", False),
            ("systemd:domain=INET:index=0", False),
            ("onion:80", False),
        ):
            place = parse_place(text)
            self.assertEqual((text, local), (place.description, place.local))

    def test_in_short(self) -> None:
        """A port is that of this machine alone, and an address may stand before it."""
        for text, description, local in (
            ("8080", "tcp:8080:interface=127.0.0.1", True),
            ("0", "tcp:0:interface=127.0.0.1", True),
            ("127.0.0.1:8080", "tcp:8080:interface=127.0.0.1", True),
            ("localhost:8080", "tcp:8080:interface=localhost", True),
            ("0.0.0.0:8080", "tcp:8080:interface=0.0.0.0", False),
            ("192.0.2.1:80", "tcp:80:interface=192.0.2.1", False),
            ("[::1]:8080", r"tcp6:8080:interface=\:\:1", True),
            ("[::]:8080", r"tcp6:8080:interface=\:\:", False),
        ):
            place = parse_place(text)
            self.assertEqual((description, local), (place.description, place.local))
            self.successResultOf(place.endpoint(MemoryReactor()).listen(None))

    def test_listens_there(self) -> None:
        """What is on loopback by default does listen there and nowhere else."""
        reactor: Any = MemoryReactor()
        for text, host in (("tcp:8080", "127.0.0.1"), ("tcp6:8080", "::1")):
            self.successResultOf(parse_place(text).endpoint(reactor).listen(None))
            self.assertEqual(host, reactor.tcpServers[-1][3])

    def test_url(self) -> None:
        """The address for people is one that their browser can open."""
        for address, url in (
            (IPv4Address("TCP", "127.0.0.1", 80), "http://127.0.0.1:80/"),
            (IPv4Address("TCP", "0.0.0.0", 81), "http://127.0.0.1:81/"),
            (IPv6Address("TCP", "::1", 82), "http://[::1]:82/"),
            (UNIXAddress("/run/x"), ""),
        ):
            self.assertEqual(url, url_of(address))
        self.assertEqual("https://127.0.0.1:8/", url_of(IPv4Address("TCP", "127.0.0.1", 8), True))


class MakeTests(SynchronousTestCase):
    """What is refused before anything is opened."""

    def setUp(self) -> None:
        self.wiring = Wiring(MemoryReactor())

    def refuse(self, argument: str, **environ: str) -> str:
        """What is said when it cannot be made."""
        return str(self.assertRaises(ValueError, make, self.wiring, argument, environ))

    def test_endpoint(self) -> None:
        """What is no endpoint is refused with one that is."""
        for text in (
            "8080x", ":8080", "*:8080", "::1:8080", "http://localhost:8080", "some.host:8080",
            "tcp", "tcp:http-alt-nobody", "nonsense:1", "ssl:443",
        ):  # fmt: skip
            self.assertIn("such as tcp:8080", self.refuse(text, TIKTOKLIVE_WEB_TOKEN=TOKEN), text)

    def test_endpoint_first(self) -> None:
        """Of what is no endpoint that is said, and nothing about tokens."""
        self.assertIn("such as tcp:8080", self.refuse("8080x"))
        for text in ("65536", "tcp:65536", "127.0.0.1:65536"):
            self.assertIn("a port is a number from 0 to 65535, not 65536.", self.refuse(text))

    def test_tls_files(self) -> None:
        """Of an endpoint with TLS it is said which file is missing, or that they hold no key."""
        one, other = Path(self.mktemp()), Path(self.mktemp())
        one.write_bytes(certificate_for("localhost").dumpPEM())
        self.assertIn(
            f"{other} cannot be read (No such file or directory)",
            self.refuse(f"ssl:443:privateKey={other}"),
        )
        key = f"ssl:443:privateKey={one}"
        other.write_text("dear diary")
        self.assertIn("a key and its certificate", self.refuse(f"ssl:443:privateKey={other}"))
        self.assertEqual("web", make(self.wiring, key, {}).name)
        self.assertIn("such as tcp:8080", self.refuse(f"{key}:sslmethod=NOPE"))

    def test_demands_token(self) -> None:
        """Where others reach it there must be a token: either of the two that read all."""
        open_place = "tcp:8080:interface=0.0.0.0"
        for place in (open_place, "tcp:8080:interface=", r"tcp6:8080:interface=\:\:"):
            self.assertIn("set TIKTOKLIVE_WEB_TOKEN", self.refuse(place))
        for name in ("TIKTOKLIVE_WEB_TOKEN", "TIKTOKLIVE_WEB_READ_TOKEN"):
            make(self.wiring, open_place, {name: TOKEN})
        self.assertRaises(ValueError, make_feed, self.wiring, open_place, {})

    def test_token(self) -> None:
        """A token must be long, of one word, and of its own."""
        for token in ("short", "with spaces in between", "ümläuts-0123456789abc"):
            said = self.refuse("tcp:1", TIKTOKLIVE_WEB_TOKEN=token)
            self.assertIn("16 letters", said)
            self.assertNotIn(token, said)
        same = {"TIKTOKLIVE_WEB_TOKEN": TOKEN, "TIKTOKLIVE_WEB_READ_TOKEN": TOKEN}
        self.assertIn("two are the same", self.refuse("tcp:1", **same))

    def test_token_file(self) -> None:
        """A token may be in a file that nobody else can read."""
        path = Path(self.mktemp()).absolute()
        variable = {"TIKTOKLIVE_WEB_TOKEN_FILE": str(path)}
        said = self.refuse("tcp:1", **variable)
        self.assertIn("cannot be read", said)
        self.assertNotIn(str(path), said)  # it may be the token
        path.write_text("\n")
        path.chmod(0o600)
        self.assertIn("is empty", self.refuse("tcp:1", **variable))
        path.write_text(f"{TOKEN}\n")
        path.chmod(0o640)
        self.assertIn("chmod 600", self.refuse("tcp:1", **variable))
        make(self.wiring, "tcp:1", {**variable, "CREDENTIALS_DIRECTORY": str(path.parent)})
        path.chmod(0o600)
        make(self.wiring, "tcp:8080:interface=0.0.0.0", variable)

    def test_feed(self) -> None:
        """A feed needs an endpoint."""
        error = self.assertRaises(ValueError, make_feed, self.wiring, "", {})
        self.assertIn("feed:21213", str(error))

    def test_kinds(self) -> None:
        """Both are found by their kinds."""
        for kind in ("web", "feed"):
            output = find_maker(IOutputMaker, kind).make(self.wiring, "tcp:8080")
            self.assertEqual(kind, output.name)


class PagesTests(WebCase):
    """The files."""

    def test_pages(self) -> None:
        """Both pages and every file beside them is served as what it is."""
        for path, name in (("/", "reader.html"), ("/overlay", "overlay.html")):
            answer = self.ask(f"{path}?room=anna")
            self.assertEqual((FOLDER / name).read_bytes(), answer.body)
            self.assertEqual("text/html; charset=utf-8", answer.headers["content-type"])
        kinds = {
            ".js": "text/javascript; charset=utf-8",
            ".css": "text/css; charset=utf-8",
            ".svg": "image/svg+xml",
        }
        names = [path.name for path in FOLDER.iterdir() if path.suffix in kinds]
        self.assertLess(5, len(names))
        for name in names:
            answer = self.ask(f"/static/{name}")
            self.assertEqual((FOLDER / name).read_bytes(), answer.body)
            self.assertEqual(kinds[Path(name).suffix], answer.headers["content-type"])

    def test_kept(self) -> None:
        """A browser keeps them, and asks whether there are newer ones."""
        first = self.ask("/static/reader.js")
        self.assertEqual("no-cache", first.headers["cache-control"])
        again = self.ask("/static/reader.js", if_none_match=first.headers["etag"])
        self.assertEqual((304, b""), (again.status, again.body))

    def test_nothing_else(self) -> None:
        """Nothing else of this machine is served."""
        for name in (
            "nothing.js",
            "reader.html",
            "..%2Fsite.py",
            "%2Fetc%2Fpasswd",
            ".",
            "",
            "%00",
        ):
            refused = self.ask(f"/static/{name}")
            self.assertEqual((404, "path"), (refused.status, refused.json["code"]), name)
        self.assertEqual(404, self.ask("/static/../output.py").status)


class ListenTests(WebCase):
    """Starting and stopping."""

    def test_again(self) -> None:
        """It can be stopped and started again."""
        self.successResultOf(self.web.stopService())
        self.web.startService()
        self.listen(self.web, 8080)
        self.happen("hello")
        self.assertEqual(["hello"], self.ask("/events?backlog=1").said)

    def test_taken(self) -> None:
        """A port that is taken is an error at once."""
        output = make(Wiring(Taken(8081)), "tcp:8081", {})
        self.assertRaises(CannotListenError, output.startService)
        self.assertFalse(output.running)

    def test_no_such_place(self) -> None:
        """A socket's directory that is not there is told in a sentence too."""
        from twisted.internet import reactor

        place = "unix:/nowhere/web.sock"
        output = make(Wiring(reactor), place, {})
        error = self.assertRaises(CannotListenError, output.startService)
        why = "No such file or directory"
        self.assertEqual(f"web:{place} cannot listen: {why}.", str(error))
        self.assertFalse(output.running)

    def test_privileged(self) -> None:
        """
        It listens before twistd gives up the rights of root, once, and serves after that; a
        port that is taken is an error then.
        """
        self.successResultOf(self.web.stopService())
        before = len(self.reactor.tcpServers)
        self.web.privilegedStartService()
        self.assertEqual(before + 1, len(self.reactor.tcpServers))
        self.web.startService()
        self.assertEqual(before + 1, len(self.reactor.tcpServers))
        self.listen(self.web, 8080)
        self.assertEqual(200, self.ask("/healthz").status)
        taken = make(Wiring(Taken(8081)), "tcp:8081", {})
        self.assertRaises(CannotListenError, taken.privilegedStartService)
        self.assertFalse(taken.running)

    def test_late(self) -> None:
        """An endpoint that fails later is told in the log."""
        waiting: Deferred[Any] = Deferred()
        output = make(Wiring(self.reactor), "tcp:8081", {})
        output._door._endpoints = [Late(waiting)]
        output.startService()
        self.started.append(output)
        waiting.errback(CannotListenError("127.0.0.1", 8081, OSError("taken")))
        self.assertEqual(1, len(self.flushLoggedErrors(CannotListenError)))

    def test_stopped_before(self) -> None:
        """One that has not listened yet when it is stopped is closed as soon as it does."""
        waiting: Deferred[Any] = Deferred()
        output = make(Wiring(self.reactor), "tcp:8081", {})
        output._door._endpoints = [Late(waiting)]
        output.startService()
        self.successResultOf(output.stopService())
        waiting.callback(port := Port())
        self.assertTrue(port.closed)

    def test_usual_taken(self) -> None:
        """Without an argument any other port does."""
        reactor = Taken(8080)
        output = make(Wiring(reactor), "", {})
        output.startService()
        self.assertEqual([0], [port for port, *_ in reactor.tcpServers])
        self.successResultOf(output.stopService())
        self.assertEqual([], reactor.getDelayedCalls())


class Late:
    """An endpoint that takes its time."""

    def __init__(self, waiting: Deferred[Any]) -> None:
        self.waiting = waiting

    def listen(self, factory: Any) -> Deferred[Any]:
        return self.waiting


class Port:
    """A port that remembers that it was closed."""

    closed = False

    def stopListening(self) -> None:
        self.closed = True


class Taken(MemoryReactor):
    """A reactor on which one port is taken."""

    def __init__(self, port: int) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # Twisted's
        self.taken = port

    def listenTCP(self, port: int, *arguments: Any, **more: Any) -> Any:
        if port == self.taken:
            raise CannotListenError("127.0.0.1", port, OSError("taken"))
        return super().listenTCP(port, *arguments, **more)  # type: ignore[no-untyped-call]


class TCPTests(TestCase):
    """Over real sockets."""

    timeout = 30

    async def test_real(self) -> None:
        """It listens, sends, and leaves nothing open when it stops."""
        from twisted.internet import reactor
        from twisted.internet.endpoints import clientFromString
        from twisted.internet.protocol import Factory
        from twisted.internet.task import deferLater

        from tests.outputs.doubles import chat
        from tests.outputs.web.case import Browser

        output = make(Wiring(reactor), "tcp:0", {})
        output.startService()
        self.addCleanup(output.stopService)
        url = await output.ready()
        place = url.removeprefix("http://").rstrip("/")
        browsers = []
        for path in ("/events", "/healthz"):
            endpoint: Any = clientFromString(reactor, f"tcp:{place}")  # type: ignore[no-untyped-call]
            browser = await endpoint.connect(Factory.forProtocol(Browser))
            browser.transport.write(f"GET {path} HTTP/1.1\r\nHost: {place}\r\n\r\n".encode())
            browsers.append(browser)
        clock: Any = reactor
        while not all(each.came for each in browsers):
            await deferLater(clock, GATHER)
        output.event(chat("Ben", "hello", number=1))
        while not browsers[0].said:
            await deferLater(clock, GATHER)
        await output.stopService()
        while not all(each.lost for each in browsers):
            await deferLater(clock, GATHER)
        self.assertEqual(["hello"], browsers[0].said)
        self.assertEqual({"alive": True}, browsers[1].json)
