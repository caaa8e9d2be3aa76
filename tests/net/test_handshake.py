"""The handshake: what we send, and what refusals mean."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.errors import (
    ApplicationRefusedError,
    DeviceBlockedError,
    HandshakeRefusedError,
    IdentityError,
    MissingCookieError,
    SignatureRefusedError,
)
from tiktoklive.net.handshake import handshake_request, heartbeat_wish, refusal, retry_after
from tiktoklive.net.web import uri_of

OK = "HTTP/1.1 200 OK"


class RequestTests(SynchronousTestCase):
    """What goes over the wire."""

    def request(
        self,
        url: str = "wss://ws.example/x?a=1",
        headers: tuple[tuple[str, str], ...] = (),
        cookies: dict[str, str] | None = None,
    ) -> list[str]:
        """The lines of a request."""
        raw = handshake_request(uri_of(url), headers, cookies or {}, b"a2V5").decode()
        self.assertTrue(raw.endswith("\r\n\r\n"))
        return raw[:-4].split("\r\n")

    def test_own_headers(self) -> None:
        """The handshake's own headers are there once, the host without the usual port."""
        self.assertEqual(
            [
                "GET /x?a=1 HTTP/1.1",
                "Host: ws.example",
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Key: a2V5",
                "Sec-WebSocket-Version: 13",
            ],
            self.request(),
        )

    def test_unusual_port(self) -> None:
        """Another port, and an IPv6 address, are named as they must be."""
        self.assertIn("Host: ws.example:80", self.request("wss://ws.example:80/"))
        self.assertIn("Host: [::1]:81", self.request("ws://[::1]:81/"))

    def test_order_and_bytes(self) -> None:
        """Headers keep their order, cookies every byte; nothing else is added."""
        lines = self.request(
            headers=(("User-Agent", "me"), ("X-B", "2"), ("X-A", "1"), ("X-B", "3")),
            cookies={"ttwid": "1%7Ca+/=%7C", "b": '"q"'},
        )
        self.assertEqual(
            ["User-Agent: me", "X-B: 2", "X-A: 1", "X-B: 3", 'Cookie: ttwid=1%7Ca+/=%7C; b="q"'],
            lines[6:],
        )

    def test_nothing_doubled(self) -> None:
        """A ticket's own versions of what belongs to the handshake are left out."""
        lines = self.request(
            headers=(("host", "x"), ("Sec-WebSocket-Version", "8"), ("Cookie", "c=1")),
            cookies={"ttwid": "t"},
        )
        self.assertEqual(["Cookie: ttwid=t; c=1"], lines[6:])

    def test_target(self) -> None:
        """What no request target may hold is encoded, what is encoded stays as it is."""
        [line, *_] = self.request("wss://ws.example/x?a=(b c)%20+ü")
        self.assertEqual("GET /x?a=(b%20c)%20+%C3%BC HTTP/1.1", line)

    def test_line_breaks(self) -> None:
        """A header or cookie that would begin a new line is refused, and not shown."""
        for headers, cookies in (
            ((("X-A", "s3cret\r\nX-B: 1"),), {}),
            ((("X-A\n", "s3cret"),), {}),
            ((), {"ttwid": "s3cret\n"}),
        ):
            problem = self.assertRaises(
                ValueError, handshake_request, uri_of("ws://a.example/"), headers, cookies, b"k"
            )
            self.assertNotIn("s3cret", str(problem))


class RefusalTests(SynchronousTestCase):
    """The table of wire facts §2.3."""

    def test_table(self) -> None:
        """Each reason that is known has its error, whose text quotes it."""
        for message, status, kind in (
            ("DEVICE_BLOCKED", "415", DeviceBlockedError),
            ("http: named cookie not present", "417", MissingCookieError),
            ("illegal secret key", "417", SignatureRefusedError),
            ("illegal app_id", "417", ApplicationRefusedError),
            ("something new", "499", HandshakeRefusedError),
        ):
            error = refusal(
                "ws.example", OK, {"handshake-msg": message, "handshake-status": status}
            )
            self.assertIs(kind, type(error))
            self.assertEqual((200, message, status), (error.status, error.reason, error.code))
            for words in ("TikTok", "ws.example", "200", status, message):
                self.assertIn(words, str(error))

    def test_http_statuses(self) -> None:
        """Real HTTP statuses speak when no reason is given."""
        for line, kind in (
            ("HTTP/1.1 415 Unsupported Media Type", DeviceBlockedError),
            ("HTTP/1.1 400 Bad Request", ApplicationRefusedError),
            ("HTTP/1.1 403 Forbidden", HandshakeRefusedError),
            ("HTTP/1.1 503", HandshakeRefusedError),
        ):
            error = refusal("ws.example", line, {})
            self.assertIs(kind, type(error))
            self.assertEqual(int(line.split()[1]), error.status)

    def test_identity(self) -> None:
        """Only the refusals that a new guest may cure are identity errors."""
        for message, cured in (("DEVICE_BLOCKED", True), ("illegal secret key", False)):
            error = refusal("ws.example", OK, {"handshake-msg": message})
            self.assertEqual(cured, isinstance(error, IdentityError))

    def test_no_status(self) -> None:
        """An answer that is no HTTP gets an error with what is wrong with it."""
        error = refusal("ws.example", "", {}, "not UTF-8")
        self.assertIsNone(error.status)
        self.assertIn("not UTF-8", str(error))

    def test_one_line(self) -> None:
        """What is wrong with an answer, and a code, are shown without what cannot be printed."""
        error = refusal("ws.example", OK, {"handshake-status": "4\x001\n7"}, "bad \x1b[31mheader")
        self.assertIn("HTTP 200, 4 1 7: bad [31mheader.", str(error))

    def test_long_texts(self) -> None:
        """Not more than a preview of a long reason is kept."""
        error = refusal("ws.example", OK, {"handshake-msg": "x" * 5000})
        self.assertLess(len(str(error)), 500)

    def test_retry_after(self) -> None:
        """The answer's wish to wait is kept."""
        error = refusal("ws.example", "HTTP/1.1 429 No", {"retry-after": "17"})
        self.assertEqual(17.0, error.retry_after)


class WishTests(SynchronousTestCase):
    """Headers with numbers in them."""

    def test_retry_after(self) -> None:
        """Seconds and dates are understood, a date by the answer's own clock."""
        date = "Sun, 06 Nov 1994 08:49:37 GMT"
        self.assertEqual(120.0, retry_after(" 120 "))
        self.assertEqual(3.0, retry_after("Sun, 06 Nov 1994 08:49:40 GMT", date))
        self.assertEqual(0.0, retry_after("Sun, 06 Nov 1994 08:00:00 GMT", date))
        for text in ("", "-1", "soon", "1.5", "9" * 30, date):
            self.assertIsNone(retry_after(text))

    def test_heartbeat(self) -> None:
        """The ping-interval among other options is found; nonsense is no wish."""
        for options, seconds in (
            ("ping-interval=10", 10.0),
            ("a=b; Ping-Interval=5.5 ; c", 5.5),
            ('x,ping-interval="7"', 7.0),
        ):
            self.assertEqual(seconds, heartbeat_wish(options))
        for options in ("", "ping-interval", "ping-interval=0", "ping-interval=-3", "pong=1"):
            self.assertIsNone(heartbeat_wish(options))
        for value in ("x", "301", "nan", "inf", "1e99"):
            self.assertIsNone(heartbeat_wish(f"ping-interval={value}"))

    @given(st.text(), st.text())
    def test_never_fail(self, one: str, two: str) -> None:
        """No text whatsoever makes reading a header fail."""
        retry_after(one, two)
        heartbeat_wish(f"ping-interval={one};{two}")
        error = refusal("ws.example", one, {"handshake-msg": two, "handshake-status": one}, two)
        self.assertTrue(str(error).isprintable())
