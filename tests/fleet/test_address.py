"""Addresses of Redis, and the secrets that are not in them."""

from __future__ import annotations

import os
from pathlib import Path

from twisted.internet.task import Clock
from twisted.trial.unittest import SynchronousTestCase

from tests.net.authority import Authority
from tiktoklive.fleet.address import RedisAddress, network_of, parse_redis, read_password


class AddressTests(SynchronousTestCase):
    """What is said on a command line."""

    def test_addresses(self) -> None:
        """Host, port, database, TLS, a user, a socket, and what is for others to read."""
        for text, address, rest, shown in (
            ("redis://a", RedisAddress("a"), "", "redis://a:6379/0"),
            ("redis://a:1/2?x=1", RedisAddress("a", 1, 2), "x=1", "redis://a:1/2"),
            ("rediss://me@a", RedisAddress("a", tls=True, user="me"), "", "rediss://a:6379/0"),
            ("redis://[::1]:5", RedisAddress("::1", 5), "", "redis://[::1]:5/0"),
            (
                "unix:///run/r?db=3&x=1",
                RedisAddress("", 0, 3, path="/run/r"),
                "x=1",
                "unix:///run/r",
            ),
        ):
            self.assertEqual((address, rest), parse_redis(text))
            self.assertEqual(shown, str(address))

    def test_refused(self) -> None:
        """What is no address is refused, in words that show what one looks like."""
        for text in (
            "",
            "a:1",
            "http://a",
            "redis://",
            "redis://a/b",
            "redis://a:b",
            "redis://a b",
        ):
            self.assertRaises(ValueError, parse_redis, text)
        error = self.assertRaises(ValueError, parse_redis, "redis:/a")
        self.assertIn("redis://HOST:PORT/DB", str(error))
        self.assertRaises(ValueError, parse_redis, "unix://run/redis")
        self.assertRaises(ValueError, parse_redis, "unix:///run/redis?db=x")

    def test_password(self) -> None:
        """A password in an address is refused, not shown, and told where it belongs."""
        for text in (
            "redis://:geheim@a",
            "redis://me:geheim@a",
            "redis://a?password=geheim",
            "unix://me:geheim@/run/redis",
        ):
            error = self.assertRaises(ValueError, parse_redis, text)
            self.assertNotIn("geheim", str(error))
            self.assertIn("TIKTOKLIVE_REDIS_PASSWORD_FILE", str(error))


class SecretTests(SynchronousTestCase):
    """What the environment says."""

    def file(self, text: bytes) -> str:
        """A file that its owner alone can read."""
        path = self.mktemp()
        Path(path).write_bytes(text)
        os.chmod(path, 0o600)
        return path

    def test_password(self) -> None:
        """It is in a variable, or in the file that another one names, or there is none."""
        self.assertEqual("", read_password({}))
        self.assertEqual("a", read_password({"TIKTOKLIVE_REDIS_PASSWORD": "a"}))
        variable = "TIKTOKLIVE_REDIS_PASSWORD_FILE"
        path = self.file(b"secret\n")
        self.assertEqual("secret", read_password({variable: path}))
        os.chmod(path, 0o644)
        self.assertRaises(ValueError, read_password, {variable: path})
        error = self.assertRaises(ValueError, read_password, {variable: "the-secret-itself"})
        self.assertNotIn("the-secret-itself", str(error))

    def test_trusted(self) -> None:
        """Certificates are read from a file; one that is not there, or holds none, is refused."""
        variable = "TIKTOKLIVE_REDIS_CA_FILE"
        path = self.file(Authority().root.dumpPEM())
        self.assertIsNotNone(network_of(Clock(), {variable: path}))
        for wrong in (self.file(b"none"), self.mktemp()):
            self.assertRaises(ValueError, network_of, Clock(), {variable: wrong})
