"""HTTP, against a real site in memory."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from typing import Any

from twisted.internet.defer import Deferred
from twisted.trial.unittest import SynchronousTestCase
from twisted.web.resource import Resource
from twisted.web.server import NOT_DONE_YET, Request, Site

from tiktoklive.errors import ConnectError, InvalidResponseError
from tiktoklive.net.answers import Answer
from tiktoklive.net.web import Web
from tiktoklive.testing import MemoryNetwork

Page = Callable[[Request], Any]


class Pages(Resource):
    """Answers with what the test put under a path, and remembers who asked for what."""

    isLeaf = True

    def __init__(self) -> None:
        super().__init__()
        self.pages: dict[bytes, Page] = {}
        self.seen: list[Request] = []

    def render_GET(self, request: Request) -> Any:
        self.seen.append(request)
        return self.pages[request.path](request)

    render_POST = render_GET


class WebTestCase(SynchronousTestCase):
    """A web, and a site at two hosts."""

    def setUp(self) -> None:
        self.network = MemoryNetwork()
        self.site = Pages()
        self.pages = self.site.pages
        site = Site(self.site, reactor=self.network.clock)
        site.timeOut = None
        self.network.add("www.example", 443, site)
        self.network.add("other.example", 443, site)
        self.web = Web(self.network, self.network.clock, limit=100_000)

    def start(self, path: str, **arguments: Any) -> Deferred[Answer]:
        """Ask for a page of ``www.example``."""
        asking = Deferred.fromCoroutine(self.web.get(f"https://www.example{path}", **arguments))
        self.network.flush()
        return asking

    def ask(self, path: str, **arguments: Any) -> Answer:
        """The answer for a page of ``www.example``."""
        return self.successResultOf(self.start(path, **arguments))

    def shut(self) -> None:
        """Close the web: nothing is left."""
        closing = Deferred.fromCoroutine(self.web.close())
        self.network.flush()
        self.successResultOf(closing)
        self.assertEqual([], self.network.open)
        self.assertEqual([], self.network.clock.getDelayedCalls())


class PostTests(WebTestCase):
    """Requests that bring something."""

    def tearDown(self) -> None:
        self.shut()

    def test_body(self) -> None:
        """The body arrives with its length; the query stays where it is; none is no body."""

        def page(request: Request) -> bytes:
            length = request.requestHeaders.getRawHeaders("Content-Length", ["?"])[0]
            text = request.content.read().decode("utf-8")
            return f"{request.method.decode()} {text} {length} {request.args[b'a']}".encode()

        self.pages[b"/x"] = page
        for body, expected in (
            ("grüße".encode(), "POST grüße 7 [b'b c']"),
            (b"", "POST  0 [b'b c']"),
            (None, "POST  0 [b'b c']"),
        ):
            asking = Deferred.fromCoroutine(
                self.web.request("POST", "https://www.example/x", [("a", "b c")], body=body)
            )
            self.network.flush()
            self.assertEqual(expected, self.successResultOf(asking).body.decode("utf-8"))


class GetTests(WebTestCase):
    """One request and its answer."""

    def tearDown(self) -> None:
        self.shut()

    def test_answer(self) -> None:
        """Status, headers and body arrive, whatever the status."""

        def page(request: Request) -> bytes:
            request.setResponseCode(404)
            request.setHeader("X-Word", "yes")
            request.responseHeaders.addRawHeader("Retry-After", "5")
            return b'{"a": 1}'

        self.pages[b"/x"] = page
        answer = self.ask("/x")
        self.assertEqual(
            (404, "www.example", {"a": 1}), (answer.status, answer.host, answer.json())
        )
        self.assertEqual("yes", answer.header("x-WORD"))
        self.assertEqual("", answer.header("x-other"))
        self.assertEqual(5.0, answer.retry_after)

    def test_query(self) -> None:
        """Parameters keep their order and doubles, and are encoded once."""
        self.pages[b"/x"] = lambda request: b""
        self.ask("/x", params=[("b", "a b"), ("v", "1"), ("a", "%7C&ü/"), ("v", "2"), ("e", "")])
        [request] = self.site.seen
        self.assertEqual(b"/x?b=a+b&v=1&a=%257C%26%C3%BC%2F&v=2&e=", request.uri)

    def test_headers(self) -> None:
        """The headers given are sent, and no Origin, Cookie or Referer by itself."""
        self.pages[b"/x"] = lambda request: b""
        self.ask("/x", headers=[("User-Agent", "me"), ("X-A", "1"), ("X-A", "2")])
        headers = self.site.seen[0].requestHeaders
        self.assertEqual(["me"], headers.getRawHeaders("user-agent"))
        self.assertEqual(["1", "2"], headers.getRawHeaders("x-a"))
        for name in ("origin", "cookie", "referer"):
            self.assertFalse(headers.hasHeader(name))

    def test_gzip(self) -> None:
        """A compressed body is decompressed."""

        def page(request: Request) -> bytes:
            request.setHeader("Content-Encoding", "gzip")
            return gzip.compress(b"x" * 5_000)

        self.pages[b"/x"] = page
        self.assertEqual(b"x" * 5_000, self.ask("/x").body)

    def test_too_large(self) -> None:
        """A body beyond the limit is not read to its end, also when it was compressed."""

        def packed(request: Request) -> bytes:
            request.setHeader("Content-Encoding", "gzip")
            return gzip.compress(b"x" * 200_000)

        self.pages[b"/x"] = lambda request: b"x" * 200_000
        self.pages[b"/y"] = packed
        for path in ("/x", "/y"):
            error = self.failureResultOf(self.start(path), InvalidResponseError).value
            self.assertIn("www.example", str(error))

    def test_corrupt_gzip(self) -> None:
        """A body that is not the gzip it claims to be is no answer."""

        def page(request: Request) -> bytes:
            request.setHeader("Content-Encoding", "gzip")
            return b"not gzip"

        self.pages[b"/x"] = page
        self.failureResultOf(self.start("/x"), InvalidResponseError)

    def test_connection_is_kept(self) -> None:
        """Requests one after another use one connection."""
        self.pages[b"/x"] = lambda request: b"x"
        for _ in range(3):
            self.ask("/x")
        self.assertEqual(1, len(self.network.attempts))

    def test_deep_json(self) -> None:
        """JSON nested beyond reason is a ValueError like any other bad JSON."""
        answer = Answer(200, "www.example", {}, b"[" * 100_000)
        self.assertRaises(ValueError, answer.json)
        self.assertRaises(ValueError, Answer(200, "www.example", {}, b"\xff<").json)


class CookieTests(WebTestCase):
    """Cookies and redirects."""

    def tearDown(self) -> None:
        self.shut()

    def redirect(self, target: str, *cookies: str, status: int = 302) -> Page:
        """A page that sends elsewhere, with a body nobody needs."""

        def page(request: Request) -> bytes:
            for cookie in cookies:
                request.responseHeaders.addRawHeader("Set-Cookie", cookie)
            request.setResponseCode(status)
            request.setHeader("Location", target)
            return b"moved " * 100

        return page

    def cookies_seen(self) -> list[list[str]]:
        """The Cookie headers of all requests."""
        return [each.requestHeaders.getRawHeaders("cookie", []) for each in self.site.seen]

    def test_given(self) -> None:
        """Cookies given are sent byte for byte, and forgotten afterwards."""
        self.pages[b"/x"] = lambda request: b""
        self.ask("/x", cookies={"sessionid": "1%7C=+"})
        self.ask("/x")
        self.assertEqual([["sessionid=1%7C=+"], []], self.cookies_seen())

    def test_redirects(self) -> None:
        """Redirects are followed, and the cookies of all answers are told byte for byte."""
        self.pages[b"/a"] = self.redirect("/b?c=d", "ttwid=1%7C==; Domain=.example; Path=/")
        self.pages[b"/b"] = self.redirect("https://www.example/c", 'two="q"; Path=/', status=301)
        self.pages[b"/c"] = lambda request: b"here"
        answer = self.ask("/a", redirects=5)
        self.assertEqual((200, b"here"), (answer.status, answer.body))
        self.assertEqual((("ttwid", "1%7C=="), ("two", '"q"')), answer.set_cookies)
        self.assertNotIn("1%7C", repr(answer))
        self.assertEqual(1, len(self.network.attempts))
        self.assertEqual("/c", answer.led_to)
        self.assertEqual("", self.ask("/c", redirects=5).led_to)
        self.assertEqual("", self.ask("/a").led_to, "it was not followed")

    def test_turn(self) -> None:
        """A redirect waits for its turn, for longer than an answer may take."""
        self.pages[b"/a"] = self.redirect("/b")
        self.pages[b"/b"] = lambda request: b"here"
        turn: Deferred[None] = Deferred()
        asking = Deferred.fromCoroutine(
            self.web.request("GET", "https://www.example/a", redirects=1, turn=lambda: turn)
        )
        self.network.flush()
        self.network.clock.advance(100)
        self.assertEqual(1, len(self.site.seen))
        self.assertNoResult(asking)
        turn.callback(None)
        self.network.flush()
        self.assertEqual(b"here", self.successResultOf(asking).body)

    def test_time_for_all(self) -> None:
        """Together the redirects have no more time than one request."""
        self.pages[b"/a"] = self.redirect("/b")
        self.pages[b"/b"] = lambda request: NOT_DONE_YET
        turns: list[Deferred[None]] = [Deferred()]
        asking = Deferred.fromCoroutine(
            self.web.request("GET", "https://www.example/a", redirects=1, turn=lambda: turns[0])
        )
        self.network.clock.advance(4)
        self.network.flush()
        turns[0].callback(None)
        self.network.flush()
        self.network.clock.advance(5.9)
        self.assertNoResult(asking)
        self.network.clock.advance(0.2)
        error = self.failureResultOf(asking, ConnectError).value
        self.assertIn("www.example:443 did not answer completely within 10 s", str(error))

    def test_not_followed(self) -> None:
        """Without leave, beyond the limit, or to no web page, a redirect is the answer."""
        self.pages[b"/a"] = self.redirect("/a")
        self.pages[b"/b"] = self.redirect("javascript:x")
        self.assertEqual(302, self.ask("/a").status)
        self.assertEqual(1, len(self.site.seen))
        self.assertEqual(302, self.ask("/a", redirects=3).status)
        self.assertEqual(5, len(self.site.seen))
        self.assertEqual(302, self.ask("/b", redirects=3).status)

    def test_to_nowhere(self) -> None:
        """A redirect to an address that cannot be used is the answer, and stands in no error."""
        hosts = ("\x80a", "\x1b[1ma", "[a", "a" * 999)
        for host in hosts:
            self.pages[b"/a"] = self.redirect(f"https://{host}/")
            self.assertEqual(302, self.ask("/a", redirects=3).status)
        self.assertEqual(len(hosts), len(self.site.seen))

    def test_cookies_stay_home(self) -> None:
        """On the way cookies are kept, but go only to the hosts they belong to."""
        self.pages[b"/a"] = self.redirect("/b", "own=1; Path=/")
        self.pages[b"/b"] = self.redirect("https://other.example/c")
        self.pages[b"/c"] = lambda request: b"here"
        answer = self.ask("/a", cookies={"sessionid": "s"}, redirects=5)
        self.assertEqual("other.example", answer.host)
        first, second, third = self.cookies_seen()
        self.assertEqual(["sessionid=s"], first)
        self.assertEqual({"sessionid=s", "own=1"}, set(second[0].split("; ")))
        self.assertEqual([], third)

    def test_loop(self) -> None:
        """A loop over two hosts ends, each gets its own cookies, and none for the other's name."""

        def page(request: Request) -> bytes:
            host = request.getHeader("host")
            away = "other.example" if host == "www.example" else "www.example"
            for domain in ("", f"; Domain={away}", "; Domain=example", "; Domain=.example."):
                cookie = f"{host[:2]}{len(domain)}=1; Path=/{domain}"
                request.responseHeaders.addRawHeader("Set-Cookie", cookie)
            request.setResponseCode(307)
            request.setHeader("Location", f"https://{away}/a")
            return b""

        self.pages[b"/a"] = page
        answer = self.ask("/a", cookies={"sessionid": "s"}, redirects=5)
        self.assertEqual((307, 24), (answer.status, len(answer.set_cookies)))
        for seen, cookies in zip(self.site.seen, self.cookies_seen(), strict=True):
            own, other = ("ww", "ot") if seen.getHeader("host") == "www.example" else ("ot", "ww")
            said = "".join(cookies)
            self.assertEqual(own == "ww", "sessionid=s" in said)
            self.assertNotIn(f"{other}0", said)
            self.assertNotIn(f"{own}24", said)
        self.assertEqual(6, len(self.site.seen))
