"""
A strict Redis in memory, and a client of it: for tests whose clock is theirs.

It knows the few commands that a fleet uses, with the answers and errors of the real server, against
which ``test_memory`` compares it.  A script is a function of the test's, in the place of its Lua.
"""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Callable, Sequence
from typing import Any

from twisted.internet.defer import Deferred, succeed
from twisted.internet.task import Clock

from tests.fleet.streams import MemoryStream, StreamCommands, wrong
from tiktoklive.deferreds import Waiters, wait_at_most
from tiktoklive.errors import RedisAwayError
from tiktoklive.fleet.address import RedisAddress
from tiktoklive.fleet.client import Script

#: What a script does: given the server, its keys and its arguments.
Body = Callable[["MemoryRedis", Sequence[bytes], Sequence[bytes]], Any]

_KINDS = {bytes: b"string", dict: b"hash", set: b"set", MemoryStream: b"stream"}


def as_bytes(word: bytes | str | int) -> bytes:
    """A word as it is sent."""
    return word if isinstance(word, bytes) else str(word).encode()


class MemoryRedis(StreamCommands):
    """
    One server with one database.

    :param clock: its time, in seconds since 1970.
    :ivar log: the commands that it did, as they came.
    :ivar error: what it answers to all commands instead, if anything.
    """

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self.clock = clock
        self.log: list[tuple[bytes, ...]] = []
        self.error: Exception | None = None
        self.changed: Waiters[None] = Waiters()
        self._expiry: dict[bytes, float] = {}
        self._scripts: dict[str, Body] = {}

    def teach(self, script: Script, body: Body) -> None:
        """Say what a script does."""
        self._scripts[script.sha] = body

    def now(self) -> int:
        """Milliseconds since 1970."""
        return int(self.clock.seconds() * 1000)

    def execute(self, *words: bytes | str | int) -> Any:
        """
        Do one command.

        :raise RedisReplyError: what the server says.
        """
        given = tuple(map(as_bytes, words))
        self.log.append(given)
        if self.error is not None:
            raise self.error
        return self.do(*given)

    def do(self, *words: bytes | str | int) -> Any:
        """As a script does one: nothing keeps it from it."""
        name, *rest = map(as_bytes, words)
        self._expire()
        method = getattr(self, f"do_{name.decode().lower()}", None)
        if method is None:
            raise wrong(f"unknown command '{name.decode()}'")
        try:
            return method(*rest)
        except TypeError as error:
            if "positional argument" not in str(error):
                raise
            raise wrong(
                f"wrong number of arguments for '{name.decode().lower()}' command"
            ) from None

    def _expire(self) -> None:
        for key in [key for key, at in self._expiry.items() if at <= self.now()]:
            del self._expiry[key]
            self.data.pop(key, None)

    # Keys

    def do_ping(self) -> bytes:
        return b"PONG"

    def do_type(self, key: bytes) -> bytes:
        return _KINDS[type(self.data[key])] if key in self.data else b"none"

    def do_exists(self, *keys: bytes) -> int:
        return sum(key in self.data for key in keys)

    def do_del(self, *keys: bytes) -> int:
        for key in keys:
            self._expiry.pop(key, None)
        return sum(self.data.pop(key, None) is not None for key in keys)

    def do_pexpire(self, key: bytes, milliseconds: bytes) -> int:
        if key not in self.data:
            return 0
        self._expiry[key] = self.now() + int(milliseconds)
        return 1

    def do_expire(self, key: bytes, seconds: bytes) -> int:
        return self.do_pexpire(key, b"%d" % (int(seconds) * 1000))

    def do_pttl(self, key: bytes) -> int:
        if key not in self.data:
            return -2
        return int(self._expiry[key] - self.now()) if key in self._expiry else -1

    def do_keys(self, pattern: bytes) -> list[bytes]:
        return [key for key in self.data if fnmatch.fnmatchcase(key.decode(), pattern.decode())]

    def do_time(self) -> list[bytes]:
        now = self.now()
        return [b"%d" % (now // 1000), b"%d" % (now % 1000 * 1000)]

    # Strings

    def do_get(self, key: bytes) -> bytes | None:
        value: bytes | None = self.value(key, bytes)
        return value

    def do_set(self, key: bytes, value: bytes, *options: bytes) -> bytes | None:
        words = list(options)
        lasts = None
        while words:
            word = words.pop(0).upper()
            if (word == b"NX" and key in self.data) or (word == b"XX" and key not in self.data):
                return None
            if word in (b"PX", b"EX") and words:
                lasts = int(words.pop(0)) * (1 if word == b"PX" else 1000)
            elif word not in (b"NX", b"XX"):
                raise wrong("syntax error")
        self.data[key] = value
        self._expiry.pop(key, None)
        if lasts is not None:
            self._expiry[key] = self.now() + lasts
        return b"OK"

    def do_incrby(self, key: bytes, by: bytes) -> int:
        old = self.value(key, bytes) or b"0"
        if not re.fullmatch(rb"0|-?[1-9]\d*", old):
            raise wrong("value is not an integer or out of range")
        number = int(old) + int(by)
        self.data[key] = b"%d" % number
        return number

    def do_incr(self, key: bytes) -> int:
        return self.do_incrby(key, b"1")

    # Hashes

    def do_hset(self, key: bytes, *pairs: bytes) -> int:
        if not pairs or len(pairs) % 2:
            raise wrong("wrong number of arguments for 'hset' command")
        fields = self.value(key, dict) if key in self.data else self.data.setdefault(key, {})
        before = len(fields)
        fields.update(zip(pairs[::2], pairs[1::2], strict=True))
        return len(fields) - before

    def do_hget(self, key: bytes, name: bytes) -> bytes | None:
        found: bytes | None = (self.value(key, dict) or {}).get(name)
        return found

    def do_hmget(self, key: bytes, *names: bytes) -> list[bytes | None]:
        return [(self.value(key, dict) or {}).get(name) for name in names]

    def do_hgetall(self, key: bytes) -> list[bytes]:
        return [each for pair in (self.value(key, dict) or {}).items() for each in pair]

    def do_hdel(self, key: bytes, *names: bytes) -> int:
        fields = self.value(key, dict) or {}
        gone = sum(fields.pop(name, None) is not None for name in names)
        self._drop_empty(key)
        return gone

    def do_hlen(self, key: bytes) -> int:
        return len(self.value(key, dict) or {})

    # Sets

    def do_sadd(self, key: bytes, *members: bytes) -> int:
        found = self.value(key, set) if key in self.data else self.data.setdefault(key, set())
        before = len(found)
        found.update(members)
        return len(found) - before

    def do_srem(self, key: bytes, *members: bytes) -> int:
        found = self.value(key, set) or set()
        gone = len(found.intersection(members))
        found.difference_update(members)
        self._drop_empty(key)
        return gone

    def do_smembers(self, key: bytes) -> list[bytes]:
        return sorted(self.value(key, set) or ())

    def do_sismember(self, key: bytes, member: bytes) -> int:
        return int(member in (self.value(key, set) or ()))

    def do_scard(self, key: bytes) -> int:
        return len(self.value(key, set) or ())

    def _drop_empty(self, key: bytes) -> None:
        if key in self.data and not self.data[key]:
            self.do_del(key)

    # Scripts

    def run(self, script: Script, keys: Sequence[bytes], arguments: Sequence[bytes]) -> Any:
        """Run a script, by what was taught of it."""
        if script.sha not in self._scripts:
            raise AssertionError(f"no body was taught for the script {script.name!r}")
        self.log.append((b"EVALSHA", script.name.encode(), *keys, *arguments))
        if self.error is not None:
            raise self.error
        return self._scripts[script.sha](self, keys, arguments)


class MemoryClient:
    """
    What :class:`~tiktoklive.fleet.client.RedisClient` is, with a :class:`MemoryRedis`.

    :ivar lost_answers: of how many of the next commands the answer is lost: they are done, and the
        connection ends.
    """

    def __init__(self, server: MemoryRedis, *, connected: bool = True) -> None:
        self.server = server
        self.address = RedisAddress("memory.example")
        self.limit = 5.0
        self.why = "" if connected else "memory.example has not been asked yet"
        self.lost_answers = 0
        self.running = False
        self._told: list[Callable[[bool], object]] = []
        self._waiters: Waiters[None] = Waiters()

    @property
    def connected(self) -> bool:
        """Whether commands can be sent now."""
        return not self.why

    def startService(self) -> None:
        """Nothing is to be done."""
        self.running = True

    def stopService(self) -> Deferred[None]:
        """No command can be sent any more."""
        self.running = False
        self.part("the client was stopped")
        return succeed(None)

    def when_connected(self) -> Deferred[None]:
        """Fires when commands can be sent."""
        return succeed(None) if self.connected else self._waiters.wait()

    def watch(self, told: Callable[[bool], object]) -> None:
        """Have something called whenever the connection is made or lost."""
        self._told.append(told)

    def part(self, why: str = "the connection was lost") -> None:
        """Lose the connection."""
        was, self.why = self.connected, why
        if was:
            for told in list(self._told):
                told(False)

    def join(self) -> None:
        """Connect again."""
        self.why = ""
        for told in list(self._told):
            told(True)
        self._waiters.tell(None)

    async def call(self, *words: bytes | str | int, timeout: float | None = None) -> Any:
        """Have a command done; one that waits (``BLOCK``) does so by the server's clock."""
        reply = self._asked(lambda: self.server.execute(*words))
        given = [as_bytes(word).upper() for word in words]
        if reply is None and b"BLOCK" in given:
            end = self.server.now() + int(given[given.index(b"BLOCK") + 1])
            while reply is None and self.server.now() < end:
                left = (end - self.server.now()) / 1000
                waiting = self.server.changed.wait()
                await wait_at_most(waiting, left, self.server.clock, waiting.cancel)
                reply = self._asked(lambda: self.server.execute(*words))
        if given[0] in (b"XADD", b"EVALSHA"):
            self.server.changed.tell(None)
        return reply

    async def script(
        self,
        script: Script,
        keys: Sequence[bytes | str | int],
        arguments: Sequence[bytes | str | int],
        timeout: float | None = None,
    ) -> Any:
        """Run a script."""
        given = [as_bytes(each) for each in keys], [as_bytes(each) for each in arguments]
        reply = self._asked(lambda: self.server.run(script, *given))
        self.server.changed.tell(None)
        return reply

    def _asked(self, ask: Callable[[], Any]) -> Any:
        if not self.connected:
            raise RedisAwayError(f"Redis cannot be asked: {self.why}.")
        reply = ask()
        if self.lost_answers:
            self.lost_answers -= 1
            self.part()
            raise RedisAwayError("The connection was lost.", sent=True)
        return reply
