"""Where first batches may lead."""

from __future__ import annotations

from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.signing.push_hosts import (
    host_of,
    is_relay,
    is_trusted,
    refused_relay,
    with_query,
)


class PlacesTests(SynchronousTestCase):
    """Push servers."""

    def test_tiktok(self) -> None:
        """TikTok's hosts, over TLS."""
        for server, trusted in (
            ("wss://webcast-ws.tiktok.com/x", True),
            ("wss://webcast3-ws-web-useast1a.tiktok.com/x", True),
            ("wss://tiktok.com/", True),
            ("ws://webcast-ws.tiktok.com/x", False),
            ("https://webcast-ws.tiktok.com/x", False),
            ("wss://eviltiktok.com/x", False),
            ("wss://tiktok.com.evil.example/x", False),
            ("wss://tiktok.com@evil.example/x", False),
            ("wss://evil.example\\.tiktok.com/x", False),
            ("wss://[bad/x", False),
            ("webcast-ws.tiktok.com", False),
            ("", False),
        ):
            self.assertIs(trusted, is_trusted(server, ()), server)

    def test_configured(self) -> None:
        """The hosts that the user configured; without TLS only if they were."""
        bases = ("ws://127.0.0.1:99", "https://relay.example")
        for server, trusted in (
            ("ws://127.0.0.1:7/x", True),
            ("wss://relay.example/x", True),
            ("ws://relay.example/x", False),
            ("wss://other.example/x", False),
        ):
            self.assertIs(trusted, is_trusted(server, bases), server)

    def test_host(self) -> None:
        """What may be shown of an address: no token, no user, and not all of a long one."""
        self.assertEqual("a.example", host_of("wss://user:key@a.example/?token=x"))
        self.assertEqual("[bad", host_of("wss://[bad")[-4:])
        self.assertLess(len(host_of("x" * 500)), 150)

    def test_relay(self) -> None:
        """A relay is one by its name alone, over TLS, and no host of TikTok's is one."""
        bases, hosts = ("ws://127.0.0.1:99",), ("Relay.example", "127.0.0.1", "x.tiktok.com")
        for server, wanted in (
            ("wss://relay.example/?token=x", True),
            ("wss://RELAY.example:8443/", True),
            ("ws://127.0.0.1:7/", True),
            ("ws://relay.example/", False),
            ("https://relay.example/", False),
            ("wss://relay.example.evil.example/", False),
            ("wss://relay.example@evil.example/", False),
            ("wss://a.relay.example/", False),
            ("wss://x.tiktok.com/", False),
            ("wss://[bad/", False),
            ("", False),
        ):
            self.assertIs(wanted, is_relay(server, bases, hosts), server)
        self.assertFalse(is_relay("wss://relay.example/", (), ()))

    def test_refused(self) -> None:
        """What is not allowed is told with whose it is, what it would see, and the flag for it."""
        said = refused_relay("wss://ws.sign.example/?token=s3cret", "api.sign.example")
        for words in (
            "'ws.sign.example'",
            "its name ends like the sign server's, in sign.example",
            "your network address, the room",
            "never a session",
            "--allow-push-host ws.sign.example",
        ):
            self.assertIn(words, said)
        self.assertNotIn("s3cret", said)
        said = refused_relay("wss://evil.example/", "api.sign.test")
        self.assertIn("nor does its name end like that of the sign server (api.sign.test)", said)
        for server in ("ws://ws.sign.example/", "ws.sign.example", "wss://[bad"):
            self.assertNotIn("--allow", refused_relay(server, "api.sign.example"), server)
        self.assertEqual("no push server", refused_relay("", "api.sign.example"))

    def test_query(self) -> None:
        """A query is added behind whatever stands there."""
        pairs = [("a", "b c"), ("a", "|")]
        for url, whole in (
            ("wss://x/p", "wss://x/p?a=b+c&a=%7C"),
            ("wss://x/p?q=1", "wss://x/p?q=1&a=b+c&a=%7C"),
            ("wss://x/p?", "wss://x/p?a=b+c&a=%7C"),
            ("wss://x/p?q=1&", "wss://x/p?q=1&a=b+c&a=%7C"),
        ):
            self.assertEqual(whole, with_query(url, pairs))
