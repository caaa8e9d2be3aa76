"""Kind ``feed``: events for other programs, and nothing to look at."""

from __future__ import annotations

from tests.outputs.web.case import READ, WebCase, Wiring, make_feed


class FeedTests(WebCase):
    """The WebSocket alone."""

    def setUp(self) -> None:
        super().setUp()
        self.feed = self.begin(make_feed(Wiring(self.reactor), "tcp:21213", {}), 21213)

    def test_every_path(self) -> None:
        """At every path everything comes, with the two keys that existing programs read."""
        listeners = [self.socket(path, 21213) for path in ("/", "/any/path?types=gift", "/ws")]
        self.happen("hello", output=self.feed)
        for listener in listeners:
            [message] = listener.messages
            self.assertEqual("chat", message["event"])
            self.assertEqual("hello", message["data"]["comment"])

    def test_pages(self) -> None:
        """Pages that this machine serves may read it; others may not."""
        for origin, status in (
            ("http://localhost:3000", 101),
            ("http://127.0.0.1", 101),
            ("https://evil.example", 403),
            ("null", 403),
        ):
            answer = self.ask(
                "/",
                port=21213,
                origin=origin,
                upgrade="websocket",
                connection="Upgrade",
                sec_websocket_key="dGhlIHNhbXBsZSBub25jZQ==",
                sec_websocket_version="13",
            )
            self.assertEqual(status, answer.status, origin)
            answer.transport.loseConnection()
            self.network.flush()

    def test_nothing_else(self) -> None:
        """There is no page and no API."""
        for path in ("/", "/rooms", "/events"):
            self.assertEqual(426, self.ask(path, port=21213).status)

    def test_token(self) -> None:
        """Where there is a token for reading it is asked for."""
        environ = {"TIKTOKLIVE_WEB_READ_TOKEN": READ}
        other = self.begin(make_feed(Wiring(self.reactor), "tcp:21214", environ), 21214)
        self.assertEqual(401, self.ask("/", port=21214, upgrade="websocket").status)
        listener = self.socket("/", 21214, Authorization=f"Bearer {READ}")
        self.happen("hello", output=other)
        self.assertEqual(["hello"], listener.said)
