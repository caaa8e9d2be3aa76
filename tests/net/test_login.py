"""Where a session may go."""

from __future__ import annotations

from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.net.login import Login


class LoginTests(SynchronousTestCase):
    """Cookies of a logged-in account."""

    def test_tiktok(self) -> None:
        """TikTok's hosts get it over TLS, under its three names and with the data centre."""
        login = Login(" sessionid=s3cr3t ", "useast1a")
        for url in (
            "https://www.tiktok.com/",
            "https://tiktok.com",
            "https://webcast.tiktok.com/webcast/im/fetch/?a=b",
            "wss://webcast-ws.eu.TikTok.com/x",
        ):
            self.assertEqual(
                {
                    "sessionid": "s3cr3t",
                    "sessionid_ss": "s3cr3t",
                    "sid_tt": "s3cr3t",
                    "tt-target-idc": "useast1a",
                },
                login.cookies_for(url),
                url,
            )

    def test_others(self) -> None:
        """Nobody else gets it: not without TLS, and no host that only looks like TikTok's."""
        login = Login("s3cr3t", hosts=["relay.example"])
        for url in (
            "http://www.tiktok.com/",
            "ws://webcast-ws.tiktok.com/",
            "https://tiktok.com.evil.example/",
            "https://eviltiktok.com/",
            "https://api.eulerstream.com/",
            "https://www.tiktok.com@evil.example/",
            "https://evil.example\\.tiktok.com/",
            "https://evil.example%2f.tiktok.com/",
            "https://evil.example;.tiktok.com/",
            "https://evil.example\x00.tiktok.com/",
            "https://evil.example\u3002.tiktok.com/",
            "https://other.relay.example/",
            "nonsense",
            "",
        ):
            self.assertEqual({}, login.cookies_for(url), url)

    def test_named(self) -> None:
        """Hosts that the user named get it; whether they have TLS was the user's decision."""
        login = Login("s3cr3t", hosts=["Relay.example", "127.0.0.1"])
        for url in ("https://relay.example/x", "http://127.0.0.1:8080/", "ws://127.0.0.1:1/"):
            self.assertEqual("s3cr3t", login.cookies_for(url)["sessionid"])
        self.assertNotIn("tt-target-idc", login.cookies_for("https://relay.example"))

    def test_other(self) -> None:
        """Another account may go to the same hosts, and brings no data centre of the first."""
        other = Login("s3cr3t", "useast1a", ["relay.example"]).other("t")
        self.assertEqual(
            {"sessionid": "t", "sessionid_ss": "t", "sid_tt": "t"},
            other.cookies_for("https://relay.example"),
        )

    def test_no_cookie(self) -> None:
        """What is no cookie's value is refused, and not shown."""
        for session_id, target in (
            ("", ""),
            ("s3cr3t; x", ""),
            ('"s3cr3t"', ""),
            ("s3cr3t\r\nX: y", ""),
            ("ok", "s3cr3t;"),
        ):
            error = self.assertRaises(ValueError, Login, session_id, target)
            self.assertNotIn("s3cr3t", str(error))

    def test_repr(self) -> None:
        """It does not show itself."""
        self.assertNotIn("s3cr3t", repr(Login("s3cr3t")))
