"""What a browser may do with what it gets, by what names we may be called, and what is logged."""

from __future__ import annotations

from tests.outputs.doubles import Said
from tests.outputs.web.case import WebCase, Wiring, make
from tiktoklive.outputs.web.answers import PICTURE_HOSTS, POLICY, policy
from tiktoklive.outputs.web.guard import picture_hosts


class HeadersTests(WebCase):
    """What every answer says to a browser."""

    def test_headers(self) -> None:
        """Pages, data, streams and refusals alike may run nothing and tell nobody."""
        for path in ("/", "/overlay", "/static/reader.js", "/rooms", "/events", "/nothing"):
            headers = self.ask(path).headers
            self.assertEqual(POLICY, headers["content-security-policy"], path)
            self.assertEqual("nosniff", headers["x-content-type-options"])
            self.assertEqual("no-referrer", headers["referrer-policy"])
            self.assertEqual("same-origin", headers["cross-origin-resource-policy"])
        pieces = dict(piece.split(" ", 1) for piece in POLICY.split("; "))
        pictures = pieces.pop("img-src").split()
        self.assertEqual(
            {
                "default-src": "'none'",
                "script-src": "'self'",
                "style-src": "'self'",
                "connect-src": "'self'",
                "media-src": "'self'",
                "frame-src": "'self'",
                "base-uri": "'none'",
                "form-action": "'none'",
                "frame-ancestors": "'self'",
                "require-trusted-types-for": "'script'",
                "trusted-types": "'none'",
            },
            pieces,
        )
        self.assertEqual(["'self'", "data:"], pictures[:2])
        self.assertIn("https://*.tiktokcdn.com", pictures)
        self.assertEqual({"https"}, {each.partition(":")[0] for each in pictures[2:]})

    def served(self, pictures: str = "", **environ: str) -> dict[str, str]:
        """The pieces of the policy of a site with these settings, by their names."""
        self.port = getattr(self, "port", 8080) + 1
        wiring = Wiring(self.reactor, pictures=pictures)
        self.begin(make(wiring, f"tcp:{self.port}", environ), self.port)
        said = self.ask("/", port=self.port).headers["content-security-policy"]
        return dict(piece.split(" ", 1) for piece in said.split("; "))

    def test_simulator(self) -> None:
        """Where a simulator has pictures a page may show them, and nothing else of that host."""
        usual = self.served()
        for pictures, added in (
            ("http://127.0.0.1:8090", " http://127.0.0.1:8090"),
            ("http://127.0.0.1:*", " http://127.0.0.1:*"),
            ("http://[::1]:8090", ""),
            ("http://x:1; script-src *", ""),
        ):
            with self.subTest(pictures):
                expected = {**usual, "img-src": usual["img-src"] + added}
                self.assertEqual(expected, self.served(pictures))

    def test_hosts(self) -> None:
        """The hosts of pictures can be set; none of them is on this machine or in its network."""
        said = self.served(TIKTOKLIVE_WEB_PICTURES="Example.org, cdn.example.net")["img-src"]
        hosts = ("cdn.example.net", "example.org")
        both = " ".join(f"https://{host} https://*.{host}" for host in hosts)
        self.assertEqual(f"'self' data: {both}", said)
        self.assertEqual(PICTURE_HOSTS, picture_hosts({}))
        for name in (
            *("localhost", "127.0.0.1", "10.1.2.3", "127.1", "[::1]", "printer.local", "a.lan"),
            *("*", "https://example.org", "example.org:80", "x.;script-src", "com", "a..org"),
        ):
            with self.assertRaisesRegex(ValueError, "TIKTOKLIVE_WEB_PICTURES", msg=name):
                picture_hosts({"TIKTOKLIVE_WEB_PICTURES": name})

    def test_around(self) -> None:
        """Pages of the origins that may talk to us may have ours within them; no others may."""
        said = self.served(TIKTOKLIVE_WEB_ORIGINS="https://page.example:8443 null app://x")
        self.assertEqual("'self' https://page.example:8443", said["frame-ancestors"])
        self.assertEqual(POLICY, policy("", origins=("https://x;script-src", "null")))


class NamesTests(WebCase):
    """By which names we may be called."""

    def test_own(self) -> None:
        """All of 127.0.0.0/8 and ::1 are this machine; nothing that looks like it is."""
        for host, status in (
            ("127.0.0.2", 200),
            ("127.255.3.4:8080", 200),
            ("[::1]:8080", 200),
            ("::1", 403),
            ("[127.0.0.1]", 403),
            ("128.0.0.1", 403),
            ("127.0.0.1.example.org", 403),
            ("127.1", 403),
        ):
            self.assertEqual(status, self.ask("/rooms", host=host).status, host)

    def test_second(self) -> None:
        """A site may listen there, and is local."""
        web = make(Wiring(self.reactor), "127.0.0.2:8090", {})
        self.begin(web, 8090)
        self.assertEqual("127.0.0.2", self.reactor.tcpServers[-1][3])
        self.assertEqual(200, self.ask("/", port=8090, host="127.0.0.2:8090").status)


class OriginLogTests(WebCase):
    """What is logged of pages of other origins."""

    def test_once(self) -> None:
        """Each origin is named once, with what allows it, and not many in a minute."""
        said = Said(self, "Guard")
        for _ in range(3):
            self.ask("/rooms", origin="https://page.example")
        for number in range(100):
            self.ask("/rooms", origin=f"https://page{number}.example")
        [line] = said.lines
        self.assertIn("https://page.example", line)
        self.assertIn("TIKTOKLIVE_WEB_ORIGINS", line)
        self.pass_time(61)
        self.ask("/rooms", origin="https://page.example")
        self.ask("/rooms", origin="https://other.example")
        self.assertEqual(2, len(said.lines))
