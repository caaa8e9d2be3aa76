"""What the scripts of the stream do, for the Redis in memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from tests.fleet.memory import MemoryRedis
from tests.fleet.streams import Group, MemoryStream, wrong
from tiktoklive.fleet.client import Script
from tiktoklive.fleet.stream import APPEND, FORGET_CONSUMERS, LAG, MAKE_GROUP, READ

Owned = Callable[[bytes], bool]


def appends(owned: Owned = lambda fence: True) -> Any:
    """The body of the script that appends."""

    def append(server: MemoryRedis, keys: Sequence[bytes], words: Sequence[bytes]) -> list[int]:
        events, ids, old = keys[:3]
        length, age, remembered, memory = words[:4]
        answer = []
        for first in range(4, len(words), 6):
            key, fence, name, shape, about, payload = words[first : first + 6]
            if not owned(fence):
                answer.append(-1)
            elif server.do("SISMEMBER", ids, key) or server.do("SISMEMBER", old, key):
                answer.append(0)
            else:
                named = (b"id", key, b"event", name, b"envelope", shape, b"about", about)
                server.do("XADD", events, "MAXLEN", "~", length, "*", *named, "payload", payload)
                server.do("SADD", ids, key)
                if server.do("SCARD", ids) >= int(remembered):
                    server.data[old] = server.data.pop(ids)
                answer.append(1)
        server.do("XTRIM", events, "MINID", "~", server.now() - int(age) * 1000)
        server.do("EXPIRE", ids, memory)
        server.do("EXPIRE", old, memory)
        return answer

    return append


def make_group(server: MemoryRedis, keys: Sequence[bytes], words: Sequence[bytes]) -> int:
    """The body of ``MAKE_GROUP``."""
    name, start = words
    stream = server.stream(keys[0])
    if stream is not None and name in stream.groups:
        return 0
    server.do("XGROUP", "CREATE", keys[0], name, start, "MKSTREAM")
    made = server.group(keys[0], name)
    stream = server.stream(keys[0])
    assert stream is not None
    made.read = stream.added if start == b"$" else 0
    return 1


def position(server: MemoryRedis, key: bytes, name: bytes) -> tuple[MemoryStream, Group, int, int]:
    """A stream and a group, how many it has read, and how many were removed before."""
    stream = server.stream(key)
    if stream is None or name not in stream.groups:
        raise wrong("there is no group", code="NOGROUP")
    group = stream.groups[name]
    done = group.read or 0
    missed = 0
    if group.last == stream.last:
        done = stream.added
    elif not stream.entries or min(stream.entries) > group.last:
        missed = max(0, stream.added - len(stream.entries) - done)
    return stream, group, done, missed


def read(server: MemoryRedis, keys: Sequence[bytes], words: Sequence[bytes]) -> list[Any]:
    """The body of ``READ``."""
    name, consumer, count = words
    stream, group, done, missed = position(server, keys[0], name)
    last = b"%d-%d" % group.last
    asked = ("XREADGROUP", "GROUP", name, consumer, "COUNT", count, "STREAMS", keys[0], ">")
    reply = server.do(*asked)
    entries = reply[0][1] if reply else []
    lag = stream.added - done - missed - len(entries)
    group.read = stream.added - lag
    return [missed, last, lag, entries]


def lag_of(server: MemoryRedis, keys: Sequence[bytes], words: Sequence[bytes]) -> int:
    """The body of ``LAG``."""
    stream, _, done, missed = position(server, keys[0], words[0])
    return stream.added - done - missed


def forget(server: MemoryRedis, keys: Sequence[bytes], words: Sequence[bytes]) -> int:
    """The body of ``FORGET_CONSUMERS``."""
    gone = 0
    for consumer in server.do("XINFO", "CONSUMERS", keys[0], words[0]):
        found = dict(zip(consumer[::2], consumer[1::2], strict=True))
        if not found[b"pending"] and found[b"idle"] > int(words[1]):
            server.do("XGROUP", "DELCONSUMER", keys[0], words[0], found[b"name"])
            gone += 1
    return gone


BODIES: dict[Script, Any] = {
    APPEND: appends(),
    MAKE_GROUP: make_group,
    READ: read,
    LAG: lag_of,
    FORGET_CONSUMERS: forget,
}


def teach(server: MemoryRedis) -> MemoryRedis:
    """Let a server know them."""
    for script, body in BODIES.items():
        server.teach(script, body)
    return server
