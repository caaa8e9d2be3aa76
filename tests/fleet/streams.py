"""The streams of the Redis in memory: entries, groups, and who has what."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tiktoklive.errors import RedisReplyError

Id = tuple[int, int]
_LAST = 2**64 - 1


def wrong(said: str, code: str = "ERR") -> RedisReplyError:
    """An error as the server words it."""
    return RedisReplyError(f"{code} {said}", code=code)


def as_id(text: bytes, other: int = 0) -> Id:
    """An id; one without its second half has ``other`` there."""
    first, dash, second = text.partition(b"-")
    try:
        return int(first), int(second) if dash else other
    except ValueError:
        raise wrong("Invalid stream ID specified as stream command argument") from None


def shown(entry: Id) -> bytes:
    """An id as it is sent."""
    return b"%d-%d" % entry


@dataclass
class Pending:
    """Who has an entry, since when, and how often it was handed out."""

    consumer: bytes
    at: int
    times: int = 1


@dataclass
class Group:
    """A group: the last entry it was given, and those that are not acknowledged."""

    last: Id
    pending: dict[Id, Pending] = field(default_factory=dict)
    consumers: dict[bytes, int] = field(default_factory=dict)
    read: int | None = 0


@dataclass
class MemoryStream:
    """A stream."""

    entries: dict[Id, list[bytes]] = field(default_factory=dict)
    last: Id = (0, 0)
    added: int = 0
    groups: dict[bytes, Group] = field(default_factory=dict)


class StreamCommands:
    """The commands of streams; the values of all keys are here."""

    def __init__(self) -> None:
        self.data: dict[bytes, Any] = {}

    def now(self) -> int:
        """Milliseconds since 1970."""
        raise NotImplementedError

    def value(self, key: bytes, kind: type) -> Any:
        """What a key holds, ``None`` for nothing."""
        found = self.data.get(key)
        if found is not None and not isinstance(found, kind):
            raise wrong("Operation against a key holding the wrong kind of value", code="WRONGTYPE")
        return found

    def stream(self, key: bytes) -> MemoryStream | None:
        """A stream, ``None`` for none."""
        found: MemoryStream | None = self.value(key, MemoryStream)
        return found

    def group(self, key: bytes, name: bytes) -> Group:
        """A group of a stream."""
        stream = self.stream(key)
        if stream is None or name not in stream.groups:
            raise wrong(
                f"No such key '{key.decode()}' or consumer group '{name.decode()}'", code="NOGROUP"
            )
        return stream.groups[name]

    def do_xadd(self, key: bytes, *words: bytes) -> bytes | None:
        rest = list(words)
        trim: tuple[bytes, bytes] | None = None
        make = True
        while rest and rest[0].upper() in (b"NOMKSTREAM", b"MAXLEN", b"MINID"):
            option = rest.pop(0).upper()
            if option == b"NOMKSTREAM":
                make = False
                continue
            if rest[0] in (b"~", b"="):
                rest.pop(0)
            trim = option, rest.pop(0)
        if len(rest) < 3 or not len(rest) % 2:
            raise wrong("wrong number of arguments for 'xadd' command")
        stream = self.stream(key)
        if stream is None:
            if not make:
                return None
            stream = self.data[key] = MemoryStream()
        if rest[0] == b"*":
            now = self.now()
            entry = (now, 0) if now > stream.last[0] else (stream.last[0], stream.last[1] + 1)
        else:
            entry = as_id(rest[0])
            if entry <= stream.last:
                raise wrong(
                    "The ID specified in XADD is equal or smaller than the target stream top item"
                )
        stream.entries[entry] = rest[1:]
        stream.last = entry
        stream.added += 1
        if trim is not None:
            self._trim(stream, *trim)
        return shown(entry)

    @staticmethod
    def _trim(stream: MemoryStream, option: bytes, bound: bytes) -> int:
        """Exactly: the real one may keep some more where it was told "about" (~)."""
        if option == b"MAXLEN":
            gone = list(stream.entries)[: max(len(stream.entries) - int(bound), 0)]
        else:
            gone = [each for each in stream.entries if each < as_id(bound)]
        for each in gone:
            del stream.entries[each]
        return len(gone)

    def do_xtrim(self, key: bytes, option: bytes, *words: bytes) -> int:
        stream = self.stream(key)
        return 0 if stream is None else self._trim(stream, option.upper(), words[-1])

    def do_xlen(self, key: bytes) -> int:
        stream = self.stream(key)
        return 0 if stream is None else len(stream.entries)

    def do_xdel(self, key: bytes, *entries: bytes) -> int:
        stream = self.stream(key) or MemoryStream()
        return sum(stream.entries.pop(as_id(each), None) is not None for each in entries)

    def do_xrange(self, key: bytes, first: bytes, last: bytes, *words: bytes) -> list[Any]:
        stream = self.stream(key) or MemoryStream()
        begin = (0, 0) if first == b"-" else as_id(first.lstrip(b"("))
        end = (_LAST, _LAST) if last == b"+" else as_id(last.lstrip(b"("), _LAST)
        found = [
            [shown(entry), fields]
            for entry, fields in stream.entries.items()
            if begin <= entry <= end
            and not (first[:1] == b"(" and entry == begin)
            and not (last[:1] == b"(" and entry == end)
        ]
        return found[: int(words[1])] if words else found

    def do_xrevrange(self, key: bytes, last: bytes, first: bytes, *words: bytes) -> list[Any]:
        found = self.do_xrange(key, first, last)[::-1]
        return found[: int(words[1])] if words else found

    def do_xgroup(self, what: bytes, key: bytes, name: bytes, *words: bytes) -> Any:
        what = what.upper()
        stream = self.stream(key)
        if what == b"CREATE":
            if stream is None:
                if b"MKSTREAM" not in [word.upper() for word in words]:
                    raise wrong("The XGROUP subcommand requires the key to exist.")
                stream = self.data[key] = MemoryStream()
            if name in stream.groups:
                raise wrong("Consumer Group name already exists", code="BUSYGROUP")
            last = stream.last if words[0] == b"$" else as_id(words[0])
            read = stream.added if words[0] == b"$" else 0 if last == (0, 0) else None
            stream.groups[name] = Group(last, read=read)
            return b"OK"
        if what == b"DESTROY":
            return int(stream is not None and stream.groups.pop(name, None) is not None)
        group = self.group(key, name)
        if what == b"SETID":
            group.last = as_id(words[0])
            group.read = int(words[2]) if words[1:2] == (b"ENTRIESREAD",) else None
            return b"OK"
        if what == b"CREATECONSUMER":
            made = words[0] not in group.consumers
            group.consumers.setdefault(words[0], self.now())
            return int(made)
        if what == b"DELCONSUMER":
            mine = [each for each, has in group.pending.items() if has.consumer == words[0]]
            for each in mine:
                del group.pending[each]
            group.consumers.pop(words[0], None)
            return len(mine)
        raise wrong(f"unknown subcommand '{what.decode()}'. Try XGROUP HELP.")

    def do_xreadgroup(self, *words: bytes) -> list[Any] | None:
        rest = list(words)
        _, name, consumer = rest.pop(0), rest.pop(0), rest.pop(0)
        count, ack = 2**32, True
        while rest[0].upper() != b"STREAMS":
            option = rest.pop(0).upper()
            if option == b"NOACK":
                ack = False
            elif option == b"COUNT":
                count = int(rest.pop(0))
            else:
                rest.pop(0)
        keys = rest[1 : len(rest) // 2 + 1]
        found = []
        for key, since in zip(keys, rest[len(rest) // 2 + 1 :], strict=True):
            group, stream = self.group(key, name), self.stream(key)
            assert stream is not None
            group.consumers[consumer] = self.now()
            entries: list[Any] = []
            if since == b">":
                new = [each for each in stream.entries if each > group.last][:count]
                for each in new:
                    group.last = each
                    group.read = None if group.read is None else group.read + 1
                    if ack:
                        group.pending[each] = Pending(consumer, self.now())
                    entries.append([shown(each), stream.entries[each]])
                if new and new[-1] == stream.last:
                    group.read = stream.added
                if not new:
                    continue
            else:
                mine = sorted(
                    each
                    for each, has in group.pending.items()
                    if has.consumer == consumer and each > as_id(since)
                )
                entries = [[shown(each), stream.entries.get(each)] for each in mine[:count]]
            found.append([key, entries])
        return found or None

    def do_xread(self, *words: bytes) -> list[Any] | None:
        rest = list(words)
        count = 2**32
        while rest[0].upper() != b"STREAMS":
            option = rest.pop(0).upper()
            value = rest.pop(0)
            count = int(value) if option == b"COUNT" else count
        key, since = rest[1:]
        entries = self.do_xrange(key, b"(" + since, b"+", b"COUNT", b"%d" % count)
        return [[key, entries]] if entries else None

    def do_xack(self, key: bytes, name: bytes, *entries: bytes) -> int:
        stream = self.stream(key)
        if stream is None or name not in stream.groups:
            return 0
        pending = stream.groups[name].pending
        return sum(pending.pop(as_id(each), None) is not None for each in entries)

    def do_xpending(self, key: bytes, name: bytes, *words: bytes) -> Any:
        pending = self.group(key, name).pending
        if not words:
            if not pending:
                return [0, None, None, None]
            held: dict[bytes, int] = {}
            for has in pending.values():
                held[has.consumer] = held.get(has.consumer, 0) + 1
            shares = [[consumer, b"%d" % held[consumer]] for consumer in sorted(held)]
            return [len(pending), shown(min(pending)), shown(max(pending)), shares]
        rest = list(words)
        idle = 0
        if rest[0].upper() == b"IDLE":
            idle = int(rest[1])
            del rest[:2]
        begin = (0, 0) if rest[0] == b"-" else as_id(rest[0])
        end = (_LAST, _LAST) if rest[1] == b"+" else as_id(rest[1], _LAST)
        found = [
            [shown(each), has.consumer, self.now() - has.at, has.times]
            for each, has in sorted(pending.items())
            if begin <= each <= end
            and self.now() - has.at >= idle
            and (len(rest) < 4 or has.consumer == rest[3])
        ]
        return found[: int(rest[2])]

    def do_xclaim(
        self, key: bytes, name: bytes, consumer: bytes, idle: bytes, *words: bytes
    ) -> Any:
        group, stream = self.group(key, name), self.stream(key)
        assert stream is not None
        rest = list(words)
        given = []
        while rest and rest[0][:1].isdigit():
            given.append(as_id(rest.pop(0)))
        options = [word.upper() for word in rest]
        group.consumers.setdefault(consumer, self.now())
        done = []
        for each in given:
            has = group.pending.get(each)
            if has is None and b"FORCE" in options and each in stream.entries:
                has = group.pending[each] = Pending(consumer, 0, 0)
            if has is None or self.now() - has.at < int(idle):
                continue
            if each not in stream.entries:
                del group.pending[each]
                continue
            since = int(options[options.index(b"IDLE") + 1]) if b"IDLE" in options else 0
            times = has.times if b"JUSTID" in options else has.times + 1
            group.pending[each] = Pending(consumer, self.now() - since, times)
            done.append(each)
        if b"JUSTID" in options:
            return [shown(each) for each in done]
        return [[shown(each), stream.entries[each]] for each in done]

    def do_xautoclaim(
        self, key: bytes, name: bytes, consumer: bytes, idle: bytes, start: bytes, *words: bytes
    ) -> list[Any]:
        group, stream = self.group(key, name), self.stream(key)
        assert stream is not None
        options = [word.upper() for word in words]
        count = int(options[options.index(b"COUNT") + 1]) if b"COUNT" in options else 100
        group.consumers.setdefault(consumer, self.now())
        waiting = sorted(each for each in group.pending if each >= as_id(start))
        looked, claimed, gone = 0, [], []
        for each in waiting:
            if len(claimed) >= count or looked >= count * 10:
                break
            looked += 1
            has = group.pending[each]
            if each not in stream.entries:
                del group.pending[each]
                gone.append(shown(each))
            elif self.now() - has.at >= int(idle):
                times = has.times if b"JUSTID" in options else has.times + 1
                group.pending[each] = Pending(consumer, self.now(), times)
                claimed.append(each)
        following = shown(waiting[looked]) if looked < len(waiting) else b"0-0"
        if b"JUSTID" in options:
            return [following, [shown(each) for each in claimed], gone]
        return [following, [[shown(each), stream.entries[each]] for each in claimed], gone]

    def do_xinfo(self, what: bytes, key: bytes, *words: bytes) -> Any:
        stream = self.stream(key)
        if stream is None:
            raise wrong("no such key")
        if what.upper() == b"GROUPS":
            return [
                [
                    *(b"name", name, b"consumers", len(group.consumers)),
                    *(b"pending", len(group.pending), b"last-delivered-id", shown(group.last)),
                    *(b"entries-read", group.read),
                    *(b"lag", None if group.read is None else stream.added - group.read),
                ]
                for name, group in sorted(stream.groups.items())
            ]
        if what.upper() == b"CONSUMERS":
            group = self.group(key, words[0])
            return [
                [
                    *(b"name", consumer),
                    b"pending",
                    sum(has.consumer == consumer for has in group.pending.values()),
                    *(b"idle", self.now() - at),
                ]
                for consumer, at in sorted(group.consumers.items())
            ]
        raise wrong(f"unknown subcommand '{what.decode()}'. Try XINFO HELP.")
