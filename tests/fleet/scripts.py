"""What the scripts of the stream do, for the Redis in memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from tests.fleet.memory import MemoryRedis
from tests.fleet.streams import wrong
from tiktoklive.fleet.client import Script
from tiktoklive.fleet.stream import APPEND, FORGET_CONSUMERS, MAKE_GROUP, READ

Owned = Callable[[bytes], bool]


def appends(owned: Owned = lambda fence: True) -> Any:
    """The body of the script that appends."""

    def append(server: MemoryRedis, keys: Sequence[bytes], words: Sequence[bytes]) -> list[int]:
        events, ids, old = keys[:3]
        length, age, remembered, memory = words[:4]
        answer = []
        server.do("XTRIM", events, "MINID", "~", server.now() - int(age) * 1000)
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


def read(server: MemoryRedis, keys: Sequence[bytes], words: Sequence[bytes]) -> list[Any]:
    """The body of ``READ``."""
    name, consumer, count = words
    stream = server.stream(keys[0])
    if stream is None or name not in stream.groups:
        raise wrong("there is no group", code="NOGROUP")
    group = stream.groups[name]
    last = b"%d-%d" % group.last
    missed = lag = 0
    if group.read is not None:
        missed = max(0, stream.added - len(stream.entries) - group.read)
        lag = stream.added - group.read - missed
    asked = ("XREADGROUP", "GROUP", name, consumer, "COUNT", count, "STREAMS", keys[0], ">")
    reply = server.do(*asked)
    entries = reply[0][1] if reply else []
    if group.read is not None:
        group.read = stream.added - (lag - len(entries))
    return [missed, last, lag - len(entries), entries]


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
    FORGET_CONSUMERS: forget,
}


def teach(server: MemoryRedis) -> MemoryRedis:
    """Let a server know them."""
    for script, body in BODIES.items():
        server.teach(script, body)
    return server
