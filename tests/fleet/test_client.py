"""The client, with a real server: commands, scripts, and all that ends a connection."""

from __future__ import annotations

from tests.fleet.server import RedisTestCase
from tests.outputs.doubles import Said
from tiktoklive.errors import (
    RedisAwayError,
    RedisFullError,
    RedisNotReadyError,
    RedisRefusedError,
    RedisReplyError,
    RedisSlowError,
)
from tiktoklive.fleet.client import Script


class CommandTests(RedisTestCase):
    """What is sent, and what comes back."""

    async def test_bytes(self) -> None:
        """Bytes come back as they were sent: "007" is no number, and no text is decoded."""
        client = await self.connected(self.server())
        self.assertEqual(b"OK", await client.call("SET", "key", b"\xff\x00\r\n"))
        self.assertEqual(b"\xff\x00\r\n", await client.call("GET", "key"))
        await client.call("SET", "number", "007")
        self.assertEqual(b"007", await client.call("GET", "number"))
        self.assertEqual(8, await client.call("INCRBY", "counted", 8))
        self.assertIsNone(await client.call("GET", "nothing"))
        entry = await client.call("XADD", "stream", "*", "a", "é")
        self.assertEqual(
            [[entry, [b"a", "é".encode()]]], await client.call("XRANGE", "stream", "-", "+")
        )

    async def test_error(self) -> None:
        """An error in place of an answer is raised, with its code, and the connection stays."""
        client = await self.connected(self.server())
        await client.call("SET", "key", "1")
        error = await self.assertFailure(
            self.deferred(client.call("LPUSH", "key", "2")), RedisReplyError
        )
        self.assertEqual("WRONGTYPE", error.code)
        error = await self.assertFailure(self.deferred(client.call("NOSUCH")), RedisReplyError)
        self.assertEqual("ERR", error.code)
        self.assertTrue(client.connected)

    async def test_script(self) -> None:
        """A script that Redis does not know is sent once, and again when Redis forgot it."""
        client = await self.connected(self.server())
        script = Script("adds", "return {KEYS[1], tonumber(ARGV[1]) + 1}")
        for _ in range(2):
            self.assertEqual([b"key", 8], await client.script(script, ["key"], ["007"]))
            await client.call("SCRIPT", "FLUSH")

    async def test_cancelled(self) -> None:
        """A command that is cancelled takes no other one's answer."""
        client = await self.connected(self.server())
        first = self.deferred(client.call("ECHO", "first"))
        second = self.deferred(client.call("ECHO", "second"))
        first.cancel()
        self.assertEqual(b"second", await second)
        self.failureResultOf(first)


class LostTests(RedisTestCase):
    """Connections that end, or stand and are of no use."""

    async def test_killed(self) -> None:
        """A command in flight fails, one without a connection fails at once, and it comes back."""
        server = self.server(aof=True)
        client = await self.connected(server)
        told: list[bool] = []
        client.watch(told.append)
        waiting = self.deferred(client.call("BLPOP", "nothing", "0", timeout=30))
        server.kill()
        error = await self.assertFailure(waiting, RedisAwayError)
        self.assertTrue(error.sent)
        error = await self.assertFailure(self.deferred(client.call("PING")), RedisAwayError)
        self.assertFalse(error.sent)
        self.assertIn("was lost", client.why)
        server.start()
        await client.when_connected()
        self.assertEqual("", client.why)
        self.assertEqual(b"PONG", await client.call("PING"))
        self.assertEqual([False, True], told)

    async def test_said(self) -> None:
        """That they are connected is logged by one of two, and again when it was said not to be."""
        said = Said(self, "RedisClient")
        server = self.server(aof=True)
        server.wait()
        first = await self.connected(server)
        second = await self.connected(server, lines=first.lines)
        self.assertEqual([f"{server.url}: connected"], said.lines)
        server.kill()
        for client in (first, second):
            while client.connected:
                await self.moment()
        server.start()
        for client in (first, second):
            await client.when_connected()
        lost = [line for line in said.lines if "was lost" in line]
        connected = [line for line in said.lines if line.endswith(": connected")]
        self.assertEqual(1, len(lost), said.lines)
        self.assertEqual(2, len(connected), said.lines)

    async def test_frozen(self) -> None:
        """A server that does not answer costs its limit once: then there is no connection."""
        server = self.server()
        client = await self.connected(server, limit=0.2)
        server.freeze()
        error = await self.assertFailure(self.deferred(client.call("PING")), RedisSlowError)
        self.assertTrue(error.sent)
        await self.assertFailure(self.deferred(client.call("PING")), RedisAwayError)
        server.thaw()
        await client.when_connected()
        self.assertEqual(b"PONG", await client.call("PING"))

    async def test_stopped(self) -> None:
        """Stopping fails what waits, and leaves nothing open."""
        client = await self.connected(self.server())
        waiting = self.deferred(client.call("BLPOP", "nothing", "0", timeout=30))
        stopped = client.stopService()
        await self.assertFailure(waiting, RedisAwayError)
        await stopped
        error = await self.assertFailure(self.deferred(client.call("PING")), RedisAwayError)
        self.assertIn("stopped", str(error))

    async def test_no_longer_master(self) -> None:
        """Told that it may not write, the client looks for the master anew."""
        server = self.server()
        client = await self.connected(server)
        other = await self.connected(server)
        told: list[bool] = []
        client.watch(told.append)
        await other.call("REPLICAOF", "127.0.0.1", "1")
        await self.assertFailure(self.deferred(client.call("SET", "key", "1")), RedisNotReadyError)
        await other.call("REPLICAOF", "NO", "ONE")
        await client.when_connected()
        self.assertEqual(b"OK", await client.call("SET", "key", "1"))
        self.assertEqual([False, True], told)

    async def test_full(self) -> None:
        """A server without memory says that it is full, and goes on answering."""
        client = await self.connected(self.server(more=["--maxmemory", "3mb"]))

        async def fill() -> None:
            for number in range(100):
                await client.call("SET", number, bytes(100_000))

        error = await self.assertFailure(self.deferred(fill()), RedisFullError)
        self.assertIn("maxmemory", str(error))
        self.assertTrue(client.connected)


class PasswordTests(RedisTestCase):
    """Servers that want a password."""

    async def test_password(self) -> None:
        """The right one connects."""
        server = self.server(more=["--requirepass", "right-password"])
        client = await self.connected(server, password="right-password")
        self.assertEqual(b"PONG", await client.call("PING"))

    async def test_wrong(self) -> None:
        """A wrong one, and none, are told without being shown, and are tried again."""
        server = self.server(more=["--requirepass", "right-password"])
        (await self.connected(server, password="right-password")).log.debug("it listens")
        for password, words in (("wrong-password", "not the right one"), ("", "NOAUTH")):
            client = self.client(server, password=password)
            waiting = client.when_connected()
            while words not in client.why:
                await self.moment()
            error = await self.assertFailure(self.deferred(client.call("PING")), RedisAwayError)
            self.assertIn(words, str(error))
            self.assertNotIn("wrong-password", str(error) + client.why)
            self.assertIn("TIKTOKLIVE_REDIS_PASSWORD", client.why)
            self.assertNoResult(waiting)
            waiting.addErrback(lambda _: None)

    def test_kind(self) -> None:
        """A missing password is an error whose remedy is one."""
        self.assertEqual("auth", RedisRefusedError.remedy.value)
