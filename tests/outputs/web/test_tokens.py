"""Tokens of WebSockets, and sets of them: what a page cannot say in a header it says elsewhere."""

from __future__ import annotations

from base64 import urlsafe_b64encode

from twisted.trial.unittest import SynchronousTestCase

from tests.outputs.web.case import OVERLAY, READ, TOKEN, WebCase, Wiring, make, make_feed
from tiktoklive.outputs.web.fanout import BEAT
from tiktoklive.outputs.web.tokens import OVERLAY_TYPES, Scope, Tokens, offered, read_tokens

ALL = {
    "TIKTOKLIVE_WEB_TOKEN": TOKEN,
    "TIKTOKLIVE_WEB_READ_TOKEN": READ,
    "TIKTOKLIVE_WEB_OVERLAY_TOKEN": OVERLAY,
}


def protocol(token: str) -> str:
    """A token as a page offers it."""
    return "tiktoklive, bearer." + urlsafe_b64encode(token.encode()).decode().rstrip("=")


class SocketTokenTests(WebCase):
    """Who may open a WebSocket, and what comes of it."""

    environ = ALL

    def test_in_address(self) -> None:
        """A token in the address allows what it is for, and that for control is refused there."""
        for token, status in ((READ, 426), (OVERLAY, 426), (TOKEN, 401), ("wrong", 401)):
            self.assertEqual(status, self.ask(f"/ws?token={token}").status, token)
        everything = self.socket(f"/ws?token={READ}").greeting["subscribed"]["types"]
        self.assertIsNone(everything)

    def test_overlay(self) -> None:
        """An overlay's token shows what overlays show, whatever the client subscribes to."""
        listener = self.socket(f"/ws?token={OVERLAY}")
        self.assertEqual(sorted(OVERLAY_TYPES), listener.greeting["subscribed"]["types"])
        for wanted, got in (
            ({}, sorted(OVERLAY_TYPES)),
            ({"types": ["chat", "rawData", "connected"]}, ["chat"]),
            ({"types": ["rawData"]}, []),
        ):
            listener.say({"subscribe": wanted})
            self.network.flush()
            self.assertEqual(got, listener.messages.pop()["subscribed"]["types"])

    def test_as_protocol(self) -> None:
        """A page offers any token as a protocol; the answer names ours, and not the token."""
        headers = {
            "upgrade": "websocket",
            "connection": "Upgrade",
            "sec_websocket_key": "dGhlIHNhbXBsZSBub25jZQ==",
            "sec_websocket_version": "13",
        }
        for token, status in ((TOKEN, 101), (READ, 101), (OVERLAY, 101), ("wrong", 401)):
            answer = self.ask("/ws", sec_websocket_protocol=protocol(token), **headers)
            self.assertEqual(status, answer.status, token)
            if status == 101:
                self.assertEqual("tiktoklive", answer.headers["sec-websocket-protocol"])
            answer.transport.loseConnection()
            self.network.flush()

    def test_no_protocol(self) -> None:
        """What is no token there is none."""
        for text in ("", "chat", "bearer.", "bearer.%%%", "bearer._w", "tiktoklive, xbearer.YQ"):
            self.assertEqual("", offered(text), text)
        self.assertEqual("Bearer secret words", offered(protocol("secret words")))

    def test_beats(self) -> None:
        """Who asks for it is told by a message that the server is there, and how far it came."""
        listener = self.socket(f"/ws?token={READ}&types=gift&beats=1")
        quiet = self.socket(f"/ws?token={READ}&types=gift")
        self.happen("nothing that it wants")
        self.pass_time(BEAT)
        [beat] = listener.messages
        self.assertRegex(beat["seq"], r"^[0-9a-f]+-1$")
        self.assertEqual([], quiet.messages)


class SetTests(WebCase):
    """Outputs with tokens of their own."""

    def test_feed(self) -> None:
        """A feed takes a token in its address, and an overlay's opens what overlays show."""
        feed = self.begin(make_feed(Wiring(self.reactor), "tcp:21213", ALL), 21213)
        for token, allowed in ((READ, None), (OVERLAY, OVERLAY_TYPES)):
            self.socket(f"/?types=all&token={token}", 21213)
            [*_, last] = feed.fanout._everybody()
            self.assertEqual(allowed, last.client.subscription.types)
        self.assertEqual(401, self.ask(f"/?token={TOKEN}", port=21213).status)

    def test_named(self) -> None:
        """A public reader has its tokens, and a feed beside it others, or none on loopback."""
        environ = {"TIKTOKLIVE_PUBLIC_READ_TOKEN": READ, "TIKTOKLIVE_WEB_READ_TOKEN": OVERLAY}
        public = make(Wiring(self.reactor), "tcp:81:interface=0.0.0.0?tokens=public", environ)
        self.assertEqual("web:tcp:81:interface=0.0.0.0", public.title)
        self.begin(public, 81)
        self.begin(make_feed(Wiring(self.reactor), "82?tokens=FEED", environ), 82)
        statuses = [self.ask("/rooms", token=t, port=81).status for t in (READ, OVERLAY, "")]
        self.assertEqual([503, 401, 401], statuses)  # it was told of no rooms
        self.assertEqual(426, self.ask("/", port=82).status)

    def test_what_is_missing(self) -> None:
        """What is said of a token that is missing names the variable of that set."""
        with self.assertRaisesRegex(ValueError, "set TIKTOKLIVE_PUBLIC_TOKEN or TIKTOKLIVE_PUBLIC"):
            make(Wiring(self.reactor), "0.0.0.0:81?tokens=PUBLIC", {"TIKTOKLIVE_WEB_TOKEN": TOKEN})
        for options in ("tokens=a-b", "tokens=", "token=x", "tokens=1"):
            with self.assertRaises(ValueError, msg=options):
                make(Wiring(self.reactor), f"81?{options}", {})
        answer = self.ask("/api/rooms", "POST", b"{}")
        self.assertIn("TIKTOKLIVE_WEB_TOKEN", answer.json["error"])


class ReadTokensTests(SynchronousTestCase):
    """Tokens of the environment."""

    def test_scopes(self) -> None:
        """Each set has its own variables."""
        environ = {"TIKTOKLIVE_X_OVERLAY_TOKEN": OVERLAY, **ALL}
        expected = Tokens({Scope.OVERLAY: OVERLAY}, True, "X")
        self.assertEqual(expected, read_tokens(environ, open_to_all=True, named="X"))
