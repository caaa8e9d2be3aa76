"""Requests that are refused: where they come from, what they carry, how many they are."""

from __future__ import annotations

from twisted.internet import error
from twisted.internet.defer import Deferred
from twisted.internet.protocol import Factory

from tests.outputs.doubles import Said
from tests.outputs.web.case import TOKEN, Browser, WebCase, Wiring, make
from tiktoklive.files.descriptors import allowed
from tiktoklive.net.web import uri_of
from tiktoklive.outputs.web.guard import Guard, WebLimits, hosts_and_origins, limits_of

_POST = b"POST /api/rooms HTTP/1.1\r\nHost: localhost\r\n"


class HostTests(WebCase):
    """What we may be called."""

    def test_ours(self) -> None:
        """The names of this machine are ours, with any port: a tunnel may have another."""
        for host in ("localhost:8080", "127.0.0.1:8080", "[::1]:99", "LOCALHOST"):
            self.assertEqual(200, self.ask("/rooms", host=host).status, host)

    def test_foreign(self) -> None:
        """A name that an attacker let lead here is refused, at every address."""
        for host in ("evil.example", "evil.example:8080", "192.0.2.7", "localhost.evil.example"):
            for path in ("/", "/events", "/ws", "/rooms", "/healthz", "/nothing"):
                refused = self.ask(path, host=host)
                self.assertEqual((403, "host"), (refused.status, refused.json["code"]), host)

    def test_missing(self) -> None:
        """So is a request that does not say whom it is for."""
        self.assertEqual(403, self.raw(b"GET /rooms HTTP/1.0\r\n\r\n").status)

    def test_twice(self) -> None:
        """One that says it twice is refused, and where it is from as well."""
        for name, value in (("Host", "localhost"), ("Origin", "http://localhost:8080")):
            more = f"{name}: {value}\r\n{name}: {value}\r\n".replace("Host", "hOST", 1)
            head = "" if name == "Host" else "Host: localhost:8080\r\n"
            refused = self.raw(f"GET /rooms HTTP/1.1\r\n{head}{more}\r\n".encode())
            self.assertEqual((400, "twice"), (refused.status, refused.json["code"]))

    def test_no_text(self) -> None:
        """Headers that are no text are as good as wrong ones."""
        for header, status in (
            (b"Host: \xff\xfe", 403),
            (b"Host: localhost\r\nOrigin: \xff", 403),
            (b"Host: localhost\r\nAuthorization: Bearer \xff\xfe", 200),
            (b"Host: localhost\r\nLast-Event-ID: \xff", 200),
        ):
            answer = self.raw(b"GET /events HTTP/1.1\r\n" + header + b"\r\n\r\n")
            self.assertEqual(status, answer.status, header)

    def test_allowed(self) -> None:
        """The names that the environment gives us are ours too."""
        environ = {"TIKTOKLIVE_WEB_HOSTS": "live.example.org, other"}
        self.begin(make(Wiring(self.reactor), "tcp:8081", environ), 8081)
        self.assertEqual(200, self.ask("/", host="Live.example.org", port=8081).status)
        self.assertEqual(403, self.ask("/", host="example.org", port=8081).status)


class OriginTests(WebCase):
    """Whose pages may talk to us."""

    def test_own(self) -> None:
        """Our own pages may, behind a proxy that speaks TLS too."""
        for origin in ("http://localhost:8080", "https://localhost:8080"):
            self.assertEqual(200, self.ask("/rooms", origin=origin).status, origin)

    def test_foreign(self) -> None:
        """Pages of others may not, nor may those that hide where they are from."""
        for origin in ("http://evil.example", "null", "http://localhost:9999", "file://"):
            for path in ("/events", "/ws", "/rooms", "/api/rooms"):
                refused = self.ask(path, origin=origin)
                self.assertEqual((403, "origin"), (refused.status, refused.json["code"]), origin)
                self.assertNotIn("access-control-allow-origin", refused.headers)

    def test_allowed(self) -> None:
        """Those that the environment allows may, and their browsers are told so."""
        environ = {"TIKTOKLIVE_WEB_ORIGINS": "https://page.example null"}
        self.begin(make(Wiring(self.reactor), "tcp:8081", environ), 8081)
        for origin in ("https://page.example", "null"):
            allowed = self.ask("/events", origin=origin, port=8081)
            self.assertEqual(200, allowed.status)
            self.assertEqual(origin, allowed.headers["access-control-allow-origin"])
        asked = self.ask("/api/rooms", "OPTIONS", origin="https://page.example", port=8081)
        self.assertEqual(204, asked.status)
        self.assertIn("POST", asked.headers["access-control-allow-methods"])
        self.assertIn("Authorization", asked.headers["access-control-allow-headers"])

    def test_pictures(self) -> None:
        """
        Another site's page that shows us as a picture, without a word of where it is from, is
        refused, and takes nothing of what this address may ask; who follows a link there is not.
        """
        for site in ("cross-site", "same-site"):
            for path in ("/", "/events", "/files/ding.wav"):
                refused = self.ask(path, sec_fetch_site=site, sec_fetch_mode="no-cors")
                self.assertEqual((403, "origin"), (refused.status, refused.json["code"]), path)
            opened = self.ask("/", sec_fetch_site=site, sec_fetch_mode="navigate")
            self.assertEqual(200, opened.status)
        for site in ("same-origin", "none"):
            own = self.ask("/rooms", sec_fetch_site=site, sec_fetch_mode="no-cors")
            self.assertEqual(200, own.status)
        for _ in range(int(WebLimits().burst)):
            self.ask("/", sec_fetch_site="cross-site", sec_fetch_mode="no-cors")
        self.assertEqual(200, self.ask("/rooms").status)

    def test_environment(self) -> None:
        """What is no name or no origin is refused with what one looks like."""
        for variable, value in (
            ("TIKTOKLIVE_WEB_HOSTS", "http://live.example.org"),
            ("TIKTOKLIVE_WEB_HOSTS", "live.example.org:80"),
            ("TIKTOKLIVE_WEB_ORIGINS", "page.example"),
            ("TIKTOKLIVE_WEB_ORIGINS", "https://page.example/path"),
        ):
            error = self.assertRaises(ValueError, hosts_and_origins, {variable: value})
            self.assertIn(variable, str(error))


class SizeTests(WebCase):
    """How large a request may be."""

    def test_said(self) -> None:
        """A body that is said to be too large is refused before it is sent."""
        browser = self.raw(_POST + b"Content-Length: 99999999\r\n\r\n")
        self.assertEqual((413, "size"), (browser.status, browser.json["code"]))
        self.assertTrue(browser.lost)

    def test_unsaid(self) -> None:
        """So is one that turns out to be, and nothing of it is kept."""
        piece = b"2000\r\n" + b"x" * 0x2000 + b"\r\n"
        browser = self.raw(_POST + b"Transfer-Encoding: chunked\r\n\r\n" + piece)
        self.assertEqual(0, browser.status)
        browser.transport.write(piece * 3 + b"0\r\n\r\n")
        self.network.flush()
        self.assertEqual(413, browser.status)
        self.assertEqual(1, browser.came.count(b"HTTP/1.1 "))

    def test_headers(self) -> None:
        """Headers without end end the connection."""
        head = b"GET / HTTP/1.1\r\nHost: localhost\r\n"
        for endless in (b"X: " + b"x" * 100_000, b"X: x\r\n" * 10_000):
            self.assertTrue(self.raw(head + endless).lost)


class CountTests(WebCase):
    """How many requests and clients there may be."""

    def limit(self, limits: WebLimits) -> None:
        """Let the site have limits that a test reaches."""
        self.successResultOf(self.web.stopService())
        self.web = self.begin(make(Wiring(self.reactor), self.argument, self.environ, limits))
        self.web.control(self.rooms)

    def test_rate(self) -> None:
        """Who asks too often is told when to ask again, and may then; others may at once."""
        self.limit(WebLimits(rate=2, burst=3))
        statuses = [self.ask("/healthz").status for _ in range(5)]
        self.assertEqual([200, 200, 200, 429, 429], statuses)
        refused = self.ask("/events")
        self.assertEqual(("rate", "1"), (refused.json["code"], refused.headers["retry-after"]))
        self.pass_time(0.5)
        self.assertEqual([200, 429], [self.ask("/healthz").status for _ in range(2)])

    def test_addresses(self) -> None:
        """What is remembered of those who asked is bounded."""
        guard = Guard(self.reactor, WebLimits())

        class Asked:
            def __init__(self, number: int) -> None:
                self.host = f"192.0.2.{number}"

            def getClientAddress(self) -> Asked:
                return self

        for number in range(5000):
            guard._count(Asked(number))  # type: ignore[arg-type]  # as much of one as is looked at
        self.assertEqual(4096, len(guard._buckets))

    def test_clients(self) -> None:
        """When there is no room for another client it is told to come back later."""
        self.limit(WebLimits(clients=2))
        first, second = self.ask("/events"), self.socket()
        refused = self.ask("/rooms/anna/events")
        self.assertEqual((503, "full"), (refused.status, refused.json["code"]))
        self.assertEqual("5", refused.headers["retry-after"])
        self.assertEqual("full", self.ask("/ws", upgrade="websocket").json["code"])
        first.transport.loseConnection()
        self.network.flush()
        self.assertEqual(200, self.ask("/events").status)
        self.happen("hello")
        self.assertEqual(["hello"], second.said)

    def test_connections(self) -> None:
        """Connections on which nothing is asked are bounded in number and in time."""
        self.limit(WebLimits(connections=2))
        first, second = self.raw(b"GET"), self.raw(b"GET")
        third = self.raw(b"GET")
        self.assertEqual([True, False, False], [each.lost for each in (first, second, third)])
        self.pass_time(15)
        self.assertTrue(second.lost and third.lost)
        self.assertEqual(200, self.ask("/healthz").status)

    def test_answered(self) -> None:
        """One on which something was asked may be silent for a minute, if there is room."""
        asked = self.ask("/healthz")
        self.pass_time(59)
        self.assertFalse(asked.lost)
        self.pass_time(1)
        self.assertTrue(asked.lost)

    def test_files(self) -> None:
        """Half of what the process may have open is left for everything else."""
        limits = WebLimits().with_files(1024)
        self.assertEqual((256, 256), (limits.clients, limits.connections))
        self.assertEqual(WebLimits(), WebLimits().with_files(allowed() + 4000))

    def test_trickle(self) -> None:
        """Who sends a request byte by byte does not stay for ever."""
        for head in (b"GET / HTTP/1.1\r\nX: ", _POST + b"Content-Length: 9000\r\n\r\n"):
            slow = self.raw(head)
            for _ in range(5):
                self.assertFalse(slow.lost)
                slow.transport.write(b"x")
                self.pass_time(3)
            self.assertTrue(slow.lost)

    def test_streams_apart(self) -> None:
        """Streams of events leave room for connections on which something is asked."""
        self.limit(WebLimits(connections=1))
        browsers = [self.ask("/events") for _ in range(3)]
        self.assertEqual(200, self.ask("/healthz").status)
        self.happen("hello")
        self.assertEqual([["hello"]] * 3, [each.said for each in browsers])
        self.successResultOf(self.stop())
        self.assertTrue(all(each.lost for each in browsers))

    def stop(self) -> Deferred[None]:
        """Stop the site."""
        stopped: Deferred[None] = self.web.stopService()
        self.network.flush()
        return stopped


class BusyTests(WebCase):
    """A site of which a little is asked that takes long."""

    environ = {"TIKTOKLIVE_WEB_TOKEN": TOKEN}

    def test_busy(self) -> None:
        """Where all connections are being answered, one more is sent away."""
        self.successResultOf(self.web.stopService())
        limits = WebLimits(connections=2)
        self.web = self.begin(make(Wiring(self.reactor), self.argument, self.environ, limits))
        self.web.control(self.rooms)
        self.rooms.said = None  # whoever is asked thinks about it
        thinking = [self.ask("/api/rooms/anna/info", token=TOKEN) for _ in range(2)]
        asked = self.network.endpointForURI(uri_of("http://localhost:8080/")).connect(
            Factory.forProtocol(Browser)
        )
        self.network.flush()
        self.failureResultOf(asked, error.ConnectionRefusedError)
        self.assertEqual([False, False], [each.lost for each in thinking])
        for each in self.rooms.asked:
            each.callback({})
        self.network.flush()
        self.assertEqual([200, 200], [each.status for each in thinking])


class ShareTests(WebCase):
    """What one address may have."""

    def share(self, limits: WebLimits, environ: dict[str, str] | None = None) -> None:
        """Let the site have limits of which an address has its share."""
        self.successResultOf(self.web.stopService())
        self.web = self.begin(make(Wiring(self.reactor), self.argument, environ or {}, limits))

    def test_shares(self) -> None:
        """It is a quarter, or 32 if that is more; proxies and Unix sockets may have all."""
        limits = WebLimits(proxies=frozenset(("10.0.0.7",)))
        for host, most, share in (
            ("192.0.2.1", 1000, 250),
            ("127.0.0.1", 1000, 250),
            ("192.0.2.1", 60, 32),
            ("192.0.2.1", 20, 20),
            ("10.0.0.7", 1000, 1000),
            ("", 1000, 1000),
        ):
            self.assertEqual(share, limits.share_of(host, most), (host, most))

    def test_clients(self) -> None:
        """Clients beyond the share of their address are refused, and others are not."""
        self.share(WebLimits(clients=128))
        clients = [self.ask("/events") if n % 2 else self.socket() for n in range(32)]
        for path in ("/events", "/ws"):
            refused = self.ask(path, upgrade="websocket")
            self.assertEqual((503, "share"), (refused.status, refused.json["code"]))
        self.happen("hello")
        self.assertTrue(all(each.said == ["hello"] for each in clients))
        self.assertEqual((32, 128, 2), self.counts())
        next(iter(self.web.fanout._everybody())).client.host = "192.0.2.9"
        self.assertEqual(200, self.ask("/events").status)

    def counts(self) -> tuple[int, int, int]:
        """Clients, how many there may be, and how many were sent away."""
        counts = self.web.queues()[2]
        return counts.size, counts.limit, counts.dropped

    def test_connections(self) -> None:
        """Of an address that has its share of connections, the one that waited longest goes."""
        self.share(WebLimits(connections=128))
        site = self.web._site
        other = self.raw(b"GET")
        [channel] = site.channels
        channel.host = "192.0.2.9"
        half_open = [self.raw(b"GET") for _ in range(1000)]
        self.assertEqual(33, len(site.channels))
        self.assertEqual(32, sum(not each.lost for each in half_open))
        self.assertFalse(other.lost or half_open[-1].lost)
        self.assertEqual(968, self.counts()[2])

    def test_proxy(self) -> None:
        """An address that the environment names as that of a proxy has all."""
        self.share(WebLimits(clients=40, connections=40), {"TIKTOKLIVE_WEB_PROXIES": "192.0.2.1"})
        self.assertEqual([200] * 40, [self.ask("/events").status for _ in range(40)])
        half_open = [self.raw(b"GET") for _ in range(40)]
        self.assertFalse(any(each.lost for each in half_open))

    def test_environment(self) -> None:
        """Addresses are read in every form, and what is none is refused."""
        said = {"TIKTOKLIVE_WEB_PROXIES": "127.0.0.1, [::1] 2001:DB8:0::7"}
        limits = limits_of({**said, "TIKTOKLIVE_WEB_BUFFER": "2M"}, WebLimits())
        self.assertEqual({"127.0.0.1", "::1", "2001:db8::7"}, limits.proxies)
        self.assertEqual(2 * 1024 * 1024, limits.together)
        self.assertEqual(WebLimits(), limits_of({}, WebLimits()))
        for variable, text in (
            ("TIKTOKLIVE_WEB_PROXIES", "nginx"),
            ("TIKTOKLIVE_WEB_PROXIES", "10.0.0.0/8"),
            ("TIKTOKLIVE_WEB_PROXIES", "127.0.0.1:80"),
            ("TIKTOKLIVE_WEB_BUFFER", "much"),
            ("TIKTOKLIVE_WEB_BUFFER", "0"),
        ):
            error = self.assertRaises(ValueError, limits_of, {variable: text}, WebLimits())
            self.assertIn(variable, str(error))

    def test_told(self) -> None:
        """It is told once in a while, not for each."""
        said = Said(self, "Fanout")
        self.share(WebLimits(clients=128, connections=128))
        for _ in range(100):
            self.raw(b"GET")
        [line] = said.lines
        self.assertIn("192.0.2.1 has its share", line)
        self.assertIn("TIKTOKLIVE_WEB_PROXIES", line)
