"""Addresses that name a user."""

from __future__ import annotations

from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.described.userinfo import has_user


class UserTests(SynchronousTestCase):
    """What counts as a user."""

    def test_there(self) -> None:
        """A name, a password or both, whatever the scheme, and wherever the address stands."""
        for text in (
            "http://token@h",
            "http://:pw@h:1",
            "SOCKS5://a:b@[::1]:1080",
            "name=de,proxy=http://token@h",
            "other:mqtt://token@h/topic",
            "redis://h,https://token@h",
            "http://a%40b@h",
            "http://a@b@h?x",
            "predis://token@h",
        ):
            self.assertTrue(has_user(text), text)
            self.assertTrue(has_user(("x", text)) and has_user({"x": text}) and has_user([[text]]))

    def test_not_there(self) -> None:
        """The path and the query may have an @, and Redis knows names that are no secrets."""
        for value in (
            "http://h",
            "https://www.tiktok.com/@anna/live",
            "https://h?mail=a@b",
            "https://h#a@b",
            "@anna",
            "a@b",
            "http://@h",
            "sign http://h to a@b",
            "redis:rediss://me@h/0",
            "unix://me@/run/redis",
            None,
            7,
            ("http://h", "direct"),
            {},
        ):
            self.assertFalse(has_user(value), value)
