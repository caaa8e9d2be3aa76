"""What treq's client is kept from: addresses, bodies and time of its own."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
from typing import Any
from urllib.parse import quote

from twisted.internet.defer import Deferred
from twisted.trial.unittest import SynchronousTestCase
from twisted.web.server import Request, Site

from tests.net.test_web import Page, WebTestCase
from tiktoklive.errors import InvalidResponseError, RateLimitedError
from tiktoklive.net import quoting
from tiktoklive.net.answers import content_of


class AddressTests(WebTestCase):
    """Addresses that were signed as they stand."""

    #: What a request can carry.
    BYTES = tuple(chr(code) for code in range(0x21, 0x7F) if chr(code) != "#")

    def tearDown(self) -> None:
        self.shut()

    def sent(self, url: str, **arguments: Any) -> str:
        """What a server at that host was asked for."""
        asking = Deferred.fromCoroutine(self.web.get(url, **arguments))
        self.network.flush()
        self.successResultOf(asking)
        return self.site.seen[-1].uri.decode("ascii")

    def answer_all(self, page: Page) -> None:
        """Answer whatever is asked for."""
        self.site.render_GET = lambda request: (  # type: ignore[method-assign]
            self.site.seen.append(request) or page(request)
        )

    def test_bytes(self) -> None:
        """Each byte is sent as it stands, in path and query, itself or percent-encoded."""
        self.answer_all(lambda request: b"")
        for byte in self.BYTES:
            for form in (byte, f"%{ord(byte):02X}", f"%{ord(byte):02x}", f"%25{ord(byte):02X}"):
                for target in (f"/x?a=1{form}2&b", f"/x{form}y/z?a"):
                    if "?a" in target[:-1] or byte != "?":
                        self.assertEqual(target, self.sent(f"https://www.example{target}"))

    def test_blanks(self) -> None:
        """A blank is whatever it was encoded as; only what no request can carry is encoded."""
        self.answer_all(lambda request: b"")
        for given, wanted in (
            ("/x?a=b+c%20d%2Be", "/x?a=b+c%20d%2Be"),
            ("/x?a=b c", "/x?a=b%20c"),
            ("/x y?a=\x7f\x01", "/x%20y?a=%7F%01"),
            ("/\xfc?a=\xfc", "/%C3%BC?a=%C3%BC"),
            ("/x?a=1&&b&=&c==d&a=1", "/x?a=1&&b&=&c==d&a=1"),
        ):
            self.assertEqual(wanted, self.sent(f"https://www.example{given}"))

    def test_redirect(self) -> None:
        """The address of a redirect is taken as it stands, too."""

        def page(request: Request) -> bytes:
            if request.path == b"/a":
                request.setResponseCode(302)
                request.setHeader("Location", "/b?x=|\"<>{}[]^`\\%7c+'")
            return b""

        self.answer_all(page)
        found = self.sent("https://www.example/a", redirects=1)
        self.assertEqual("/b?x=|\"<>{}[]^`\\%7c+'", found)

    def test_hosts(self) -> None:
        """Hosts of all kinds can be asked, with their cookies; no other port gets these."""
        self.answer_all(_redirect)
        site = Site(self.site, reactor=self.network.clock)
        site.timeOut = None
        for host, name in (
            ("a_b.example", "a_b.example"),
            ("-x.example", "-x.example"),
            ("localhost", "localhost"),
            ("192.0.2.7", "192.0.2.7"),
            ("[::1]", "::1"),
            ("[2001:db8::7]", "2001:db8::7"),
            ("b\xfccher.example", "xn--bcher-kva.example"),
        ):
            for scheme, usual in (("http", 80), ("https", 443)):
                for number in (usual, 8443, 9443):
                    self.network.add(name, number, site, tls=scheme == "https")
                for port, target, wanted in (
                    ("", "/y", "a=b; c=d"),
                    (":8443", "/y", "a=b; c=d"),
                    (":8443", f"{scheme}://{host if host.isascii() else name}:9443/y", "c=d"),
                    ("", "https://other.example/y", None),
                ):
                    with self.subTest(f"{scheme}://{host}{port}", target=target):
                        url = f"{scheme}://{host}{port}/?to={quote(target)}"
                        self.assertEqual("/y", self.sent(url, cookies={"a": "b"}, redirects=1))
                        first, then = (each.getHeader("cookie") for each in self.site.seen[-2:])
                        self.assertEqual(("a=b", wanted), (first, then))


class EncodingTests(WebTestCase):
    """Bodies in encodings that were not asked for."""

    def tearDown(self) -> None:
        self.shut()

    def encoded(self, *names: str, status: int = 200, body: bytes = b"\x8b\x02\x80ok\x03") -> None:
        """A page in such an encoding."""

        def page(request: Request) -> bytes:
            request.setResponseCode(status)
            for name in names:
                request.responseHeaders.addRawHeader("Content-Encoding", name)
            request.setHeader("Set-Cookie", "ttwid=1; Path=/")
            request.setHeader("Retry-After", "7")
            return body

        self.pages[b"/x"] = page

    def test_asked(self) -> None:
        """What we can read is asked for, and nothing else, whatever the user's headers say."""
        self.pages[b"/x"] = lambda request: b""
        self.ask("/x", headers=[("accept-Encoding", "gzip, br"), ("User-Agent", "me")])
        headers = self.site.seen[0].requestHeaders
        self.assertEqual(["gzip"], headers.getRawHeaders("accept-encoding"))
        self.assertEqual(["me"], headers.getRawHeaders("user-agent"))

    def test_named(self) -> None:
        """Who reads such a body is told its encoding; the rest of the answer is there."""
        for names in (["br"], ["deflate"], ["zstd"], ["gzip, br"], ["br", "gzip"], ["gzip, gzip"]):
            for status in (200, 404):
                with self.subTest(names, status=status):
                    self.encoded(*names, status=status)
                    answer = self.ask("/x")
                    self.assertEqual(
                        (status, (("ttwid", "1"),)), (answer.status, answer.set_cookies)
                    )
                    error: Any = self.assertRaises(InvalidResponseError, answer.json)
                    self.assertIn(
                        f"www.example answered (HTTP {status}) with a body in the encoding "
                        f"'{', '.join(names)}', which was not asked for",
                        str(error).replace(",gzip", ", gzip"),
                    )
                    self.assertEqual(7.0, error.retry_after)
                    self.assertRaises(InvalidResponseError, getattr, answer.unmasked(), "body")

    def test_repeated(self) -> None:
        """What an answer repeats of the request is masked; it is there byte for byte as well."""
        secret = b"s3cr3t-0f-m1ne"

        def page(request: Request) -> bytes:
            request.responseHeaders.addRawHeader("X-Said", secret)
            return b"<" + secret + b">"

        self.pages[b"/x"] = page
        answer = self.ask("/x", headers=[("X-Token", secret.decode())])
        stars = "*" * len(secret)
        self.assertEqual((f"<{stars}>".encode(), stars), (answer.body, answer.header("x-said")))
        exact = answer.unmasked()
        self.assertEqual(
            (b"<" + secret + b">", secret.decode()), (exact.body, exact.header("x-said"))
        )
        self.pages[b"/x"] = lambda request: b"ok"
        answer = self.ask("/x")
        self.assertIs(answer, answer.unmasked())

    def test_readable(self) -> None:
        """No encoding at all, and gzip by its other name, are read; so is nothing, of any."""
        for name, body in (
            ("identity", b"ok"),
            ("", b"ok"),
            ("GZIP", gzip.compress(b"ok")),
            ("x-gzip", gzip.compress(b"ok")),
        ):
            self.encoded(name, body=body)
            self.assertEqual(b"ok", self.ask("/x").body, name)
        for name in ("gzip", "br"):
            self.encoded(name, body=b"")
            self.assertEqual(b"", self.ask("/x").body)

    def test_shown(self) -> None:
        """An encoding is somebody else's word: short, and without what was sent."""
        self.encoded("s3cr3t-0f-m1ne" + "x" * 5000)
        answer = self.ask("/x", cookies={"sessionid": "s3cr3t-0f-m1ne"})
        said = str(self.assertRaises(InvalidResponseError, answer.json)) + repr(answer)
        self.assertFalse("s3cr3t" in said)
        self.assertLess(len(said), 400)

    def test_refusals(self) -> None:
        """Status and words of a refusal are what they are."""
        self.encoded("br", status=429)
        answer = self.ask("/x")
        self.assertRaises(RateLimitedError, content_of, answer, "the look-up of @anna")
        self.assertEqual({}, quoting.content_of(answer))
        self.assertIn("the encoding 'br'", quoting.words_of(answer)[1])


class ReactorTests(SynchronousTestCase):
    """Whose time it is."""

    def test_not_imported(self) -> None:
        """Nothing of a request needs the global reactor: it is not even installed."""
        program = (
            "import sys\n"
            "from twisted.internet.defer import Deferred\n"
            "from twisted.web.resource import Resource\n"
            "from twisted.web.server import Site\n"
            "from twisted.web.static import Data\n"
            "from twisted.web.util import Redirect\n"
            "from tiktoklive.net.web import Web\n"
            "from tiktoklive.testing import MemoryNetwork\n"
            "network = MemoryNetwork()\n"
            "page = Data(b'', 'text/plain')\n"
            "page.render_POST = page.render_GET\n"
            "root = Resource()\n"
            "root.putChild(b'', page)\n"
            "root.putChild(b'a', Redirect(b'/'))\n"
            "site = Site(root, reactor=network.clock)\n"
            "network.add('www.example', 443, site)\n"
            "for target in ('', 'a'):\n"
            "    web = Web(network, network.clock)\n"
            "    url = 'https://www.example/' + target\n"
            "    method = 'GET' if target else 'POST'\n"
            "    work = web.request(method, url, body=b'x', cookies={'a': 'b'}, redirects=2)\n"
            "    asking = Deferred.fromCoroutine(work)\n"
            "    network.flush()\n"
            "    print(asking.result.status, 'twisted.internet.reactor' in sys.modules)\n"
        )
        ran = subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            text=True,
            check=False,
        )
        self.assertEqual(("200 False\n200 False\n", ""), (ran.stdout, ran.stderr))


def _redirect(request: Request) -> bytes:
    """Where the query says, and with a cookie."""
    for target in request.args.get(b"to", ()):
        request.setResponseCode(302)
        request.setHeader("Location", target)
        request.setHeader("Set-Cookie", "c=d; Path=/")
    return b""
