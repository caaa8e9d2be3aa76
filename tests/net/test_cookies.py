"""Cookies that answers set, and that no request can carry."""

from __future__ import annotations

from twisted.internet.defer import Deferred
from twisted.internet.protocol import Factory, Protocol
from twisted.trial.unittest import SynchronousTestCase
from twisted.web.client import URI

from tiktoklive.net.cookies import MOST_COOKIES, cookies_in
from tiktoklive.net.handshake import handshake_request
from tiktoklive.net.web import Answer, Web
from tiktoklive.testing import MemoryNetwork


class SetCookieTests(SynchronousTestCase):
    """Cookies that an answer sets."""

    def test_read(self) -> None:
        """Name and value, whatever is said about them; one that is set to nothing as well."""
        lines = ['tt="a b=="; Path=/', " x = y ;Secure", "gone=; Max-Age=0", "no", "=z", ""]
        self.assertEqual([("tt", '"a b=="'), ("x", "y"), ("gone", "")], cookies_in(lines))

    def test_useless(self) -> None:
        """What no request can carry is none: it would make all fail that are made with it."""
        for name, value in (
            ("a", "\x00"),
            ("a", "b\x1bc"),
            ("a", "b\x7f"),
            ("a", "\xe9"),
            ("a", "x" * 4097),
            ("a b", "c"),
            ("a\x01", "c"),
            ("a" * 257, "c"),
            ("\xe9", "c"),
        ):
            self.assertEqual([("z", "1")], cookies_in([f"{name}={value}; Path=/", "z=1"]))
        handshake = cookies_in([f"c{chr(code)}={chr(code)}" for code in range(256)])
        for name, value in handshake:
            handshake_request(URI.fromBytes(b"http://x/"), (), {name: value}, b"k")

    def test_many(self) -> None:
        """There is an end to them."""
        lines = [f"c{number}=x" for number in range(1000)]
        self.assertEqual(MOST_COOKIES, len(cookies_in(lines)))


class Setting(Protocol):
    """A server that sets cookies and says goodbye."""

    lines: list[bytes] = []
    came = b""

    def dataReceived(self, data: bytes) -> None:
        Setting.came = data
        head = b"".join(b"Set-Cookie: %b\r\n" % line for line in self.lines)
        self.transport.write(
            b"HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 0\r\n" + head + b"\r\n"
        )


class WebTests(SynchronousTestCase):
    """What comes of them in an answer, and on the way."""

    def ask(self, *lines: bytes) -> Answer:
        """The answer that sets these, after a redirect that did."""
        network = MemoryNetwork()
        network.add("www.tiktok.com", 443, Factory.forProtocol(Setting))
        Setting.lines = list(lines)
        web = Web(network, network.clock)
        asking = Deferred.fromCoroutine(web.request("GET", "https://www.tiktok.com/", redirects=1))
        network.flush()
        answer = self.successResultOf(asking)
        closing = Deferred.fromCoroutine(web.close())
        network.flush()
        self.successResultOf(closing)
        return answer

    def test_each(self) -> None:
        """Whatever bytes a server sets, the answer is there, and the others are kept and sent."""
        for bad in (b"a=\xff", b"a=b; Path=/\xe9", b"a=\x01", b"\xc3=1", b"a=" + b"x" * 5000, b"="):
            answer = self.ask(bad, b"good=1; Path=/")
            self.assertEqual([("good", "1")] * 2, list(answer.set_cookies), bad)
            self.assertIn(b"Cookie: good=1\r\n", Setting.came)

    def test_many(self) -> None:
        """Of many the first are kept, and sent on."""
        answer = self.ask(*(b"c%d=x" % number for number in range(300)))
        self.assertEqual(2 * MOST_COOKIES, len(answer.set_cookies))
        self.assertEqual(MOST_COOKIES - 1, Setting.came.count(b"; c"))
