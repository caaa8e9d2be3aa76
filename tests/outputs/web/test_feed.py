"""Kind ``feed``: events for other programs, and nothing to look at."""

from __future__ import annotations

from tests.outputs.doubles import gift
from tests.outputs.web.case import READ, WebCase, Wiring, make_feed
from tiktoklive.events import GiftStreak
from tiktoklive.events.streak import GiftDetails
from tiktoklive.events.table import METHODS
from tiktoklive.outputs.web.streams import FEED_TYPES


class FeedTests(WebCase):
    """The WebSocket alone."""

    def setUp(self) -> None:
        super().setUp()
        self.feed = self.begin(make_feed(Wiring(self.reactor), "tcp:21213", {}), 21213)

    def test_every_path(self) -> None:
        """At every path events come, with the two keys that existing programs read."""
        listeners = [self.socket(path, 21213) for path in ("/", "/any/path?x=1", "/ws")]
        self.happen("hello", output=self.feed)
        for listener in listeners:
            [message] = listener.messages
            self.assertEqual("chat", message["event"])
            self.assertEqual("hello", message["data"]["comment"])

    def test_types(self) -> None:
        """Without a word those of 1.x come, so that no gift is counted twice; or all, or some."""
        usual, all_, some, hers = (
            self.socket(path, 21213)
            for path in ("/", "/?types=all", "/?types=giftStreak", "/?rooms=anna&types=all")
        )
        given = gift("Ben", 7, True, 99)
        self.feed.event(given)
        details = GiftDetails(1, "Rose", 1)
        self.feed.event(GiftStreak(given, details, 7, "repeat_end", given.origin))  # type: ignore[arg-type]  # a gift
        self.pass_time(1)
        names = [[each["event"] for each in listener.messages] for listener in (usual, all_, some)]
        self.assertEqual([["gift"], ["gift", "giftStreak"], ["giftStreak"]], names)
        self.assertEqual([], hers.messages)
        self.assertEqual(400, self.ask("/?types=nonsense", port=21213).status)
        self.assertLess(FEED_TYPES, set(METHODS.values()))

    def test_coins(self) -> None:
        """A gift has what all of its streak is worth so far, in a feed and nowhere else."""
        here, there = self.socket("/", 21213), self.socket()
        given = gift("Ben", 7, False, 99)
        for output in (self.feed, self.web):
            output.event(given)
        self.pass_time(1)
        self.assertEqual(7, here.messages[0]["data"]["coins"])
        self.assertEqual(
            ["coins"], [k for k in here.messages[0]["data"] if k not in there.messages[0]["data"]]
        )

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
