"""Cookies: of answers, of headers, of people."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from twisted.internet.defer import Deferred
from twisted.internet.protocol import Factory, Protocol
from twisted.trial.unittest import SynchronousTestCase
from twisted.web.client import URI

from tiktoklive.net.answers import Answer
from tiktoklive.net.cookies import (
    MOST_COOKIES,
    cookie_header,
    cookies_in,
    copied_value,
    split_cookies,
    tt_cookies,
)
from tiktoklive.net.handshake import handshake_request
from tiktoklive.net.web import Web
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


class HeaderTests(SynchronousTestCase):
    """Cookie headers."""

    def test_split(self) -> None:
        """Its cookies are taken out, byte for byte; other headers stay."""
        self.assertEqual(
            ({"X-A": "1"}, {"ttwid": "1%7Cx=", "b": "2"}),
            split_cookies({"X-A": "1", "cookie": "ttwid=1%7Cx=; b=2; nothing"}),
        )

    def test_join(self) -> None:
        """They are put together again as they were."""
        cookies = {"ttwid": "1%7Cx=", "b": "2"}
        self.assertEqual("ttwid=1%7Cx=; b=2", cookie_header(cookies))
        self.assertEqual(({}, cookies), split_cookies({"Cookie": cookie_header(cookies)}))


class CopiedTests(SynchronousTestCase):
    """Values that somebody copied out of a browser."""

    def test_name(self) -> None:
        """It may stand behind its name, and blanks may be around it."""
        for text in ("1%7Cx==", " ttwid=1%7Cx==\n"):
            self.assertEqual("1%7Cx==", copied_value(text, "ttwid"))
        self.assertEqual("b=1%7C", copied_value("b=1%7C", "ttwid"))

    def test_useless(self) -> None:
        """What needs quotes, or is nothing or too long, is no value."""
        for text in ("", "ttwid=", "a b", '"a"', "a;b", "a,b", "\xe9", "x" * 4097):
            self.assertIsNone(copied_value(text, "ttwid"), text)


class ListTests(SynchronousTestCase):
    """``X-Set-TT-Cookie`` (wire facts §9.3)."""

    def test_list(self) -> None:
        """A list in one line or several, byte for byte, without what is said about the cookies."""
        for lines, wanted in (
            (["ttwid=1%7Ca=="], {"ttwid": "1%7Ca=="}),
            (["a=1; b=2;c=3"], {"a": "1", "b": "2", "c": "3"}),
            (["a=1", "b=2; a=3"], {"a": "3", "b": "2"}),
            (
                ["a=1; PATH=/; domain=.tiktok.com; Max-Age=5; b=2; SameSite=None"],
                {"a": "1", "b": "2"},
            ),
            (["a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT, b=2; Secure"], {"a": "1", "b": "2"}),
            (["a=1, b=2"], {"a": "1", "b": "2"}),
            (["a; =1; b=; c= ; HttpOnly; d=x y; e=\xe4; f=1\r\nX: 1"], {}),
            ([], {}),
        ):
            self.assertEqual(wanted, tt_cookies(lines), lines)

    @given(st.lists(st.text()))
    def test_anything(self, lines: list[str]) -> None:
        """Whatever it says, nothing that would break a header comes out."""
        for name, value in tt_cookies(lines).items():
            self.assertTrue(name.isascii() and value.isascii() and (name + value).isprintable())
            self.assertNotRegex(name + value, r"[ ;,\r\n]")


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
