"""Bytes that are small and become much: frames, answers, and heads of answers."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from typing import Any

from google.protobuf.descriptor import Descriptor, FieldDescriptor

from tiktoklive.wire.messages import MESSAGE_TYPES

#: Bytes of a payload that is never walked, since it cannot have too many fields.
UNWALKED = 64 * 1024

MI = 1024 * 1024


def varint(number: int) -> bytes:
    """A number, as protobuf writes it."""
    written = b""
    while number > 127:
        written += bytes([number & 127 | 128])
        number >>= 7
    return written + bytes([number])


def field(number: int, value: bytes | int) -> bytes:
    """A field with a length, or with a number."""
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    return varint(number << 3 | 2) + varint(len(value)) + value


def item(method: str, payload: bytes, number: int = 7) -> bytes:
    """A message of a batch."""
    return field(1, field(1, method.encode()) + field(2, payload) + field(3, number))


def frame(payload: bytes, more: bytes = b"", *, packed: bool = True) -> bytes:
    """A push frame."""
    payload = gzip.compress(payload) if packed else payload
    return field(2, 1) + more + field(7, b"msg") + field(8, payload)


def _inside(path: tuple[int, ...], content: bytes) -> bytes:
    for number in reversed(path):
        content = field(number, content)
    return content


def _filled(size: int, unit: bytes, method: str, path: tuple[int, ...]) -> bytes:
    """A batch of messages of up to 16 KiB, each full of the same."""
    payload = _inside(path, unit * ((16 * 1024 - 64) // len(unit)))
    return b"".join(item(method, payload, 7 + n) for n in range(size // (16 * 1024)))


def repeated() -> Iterator[tuple[str, str, tuple[int, ...], FieldDescriptor]]:
    """Each field of the schema that repeats: by the shortest way from a message, once."""
    found = set()
    for method, kind in sorted(MESSAGE_TYPES.items()):
        for path, each in fields_of(kind.DESCRIPTOR):
            if each.is_repeated and each.full_name not in found:
                found.add(each.full_name)
                yield each.full_name, method, path, each


def fields_of(top: Descriptor) -> Iterator[tuple[tuple[int, ...], FieldDescriptor]]:
    """Each field of a message and of those in it, with the shortest way there."""
    left: list[tuple[Descriptor, tuple[int, ...]]] = [(top, ())]
    seen = {top.full_name}
    for descriptor, path in left:
        for each in descriptor.fields:
            yield path, each
            kind = each.message_type
            if kind is not None and kind.full_name not in seen:
                seen.add(kind.full_name)
                left.append((kind, (*path, each.number)))


def schema_frames() -> Iterator[tuple[str, bytes]]:
    """For each field of the schema that repeats, a frame that is full of it."""
    for name, method, path, each in repeated():
        if each.message_type is not None:
            units = [b""]
            if each.message_type.GetOptions().map_entry:
                units = [field(1, 300)]
        elif each.type in (FieldDescriptor.TYPE_STRING, FieldDescriptor.TYPE_BYTES):
            units = [b"ab"]
        else:
            units = [b"\x7f" * 1000]
        for unit in units:
            yield name, frame(_filled(UNWALKED, field(each.number, unit), method, path))


def _deep(number: int, depth: int) -> bytes:
    content = b""
    for _ in range(depth):
        content = field(number, content)
    return content


def _battle(number: int, givers: int = 50) -> bytes:
    """The scores of a battle of many hosts, with the longest names of their supporters."""
    name = field(3, "\U0001f600".encode() * 100)
    army = b"".join(field(1, field(1, each) + field(2, 5) + name) for each in range(1, givers))
    sides = (field(3, field(1, host) + field(2, army + field(2, 1))) for host in range(1, 13))
    return item("WebcastLinkMicArmies", field(2, number) + b"".join(sides), 10_000 + number)


def _scores(count: int) -> bytes:
    """That of one host, which changes."""
    return b"".join(
        item("WebcastLinkMicArmies", field(2, 1) + field(3, field(1, 1) + field(2, field(2, n))), n)
        for n in range(2, count)
    )


def _battles(count: int) -> bytes:
    """Battles that open."""
    sides = b"".join(field(3, field(1, host) + field(2, field(2, 1))) for host in range(1, 13))
    return b"".join(
        item("WebcastLinkMicArmies", field(2, number) + sides, number) for number in range(1, count)
    )


def frames() -> dict[str, bytes]:
    """Frames, by what is in them."""
    chat, users, gift = "WebcastChatMessage", "WebcastRoomUserSeqMessage", "WebcastGiftMessage"
    armies = "WebcastLinkMicArmies"
    badge, rank = field(64, b""), field(2, b"")

    def badges(count: int) -> bytes:
        return item(chat, field(2, field(1, 5) + badge * count) + field(3, b"hi"))

    def group(number: int, content: bytes = b"") -> bytes:
        return varint(number << 3 | 3) + content + varint(number << 3 | 4)

    nested = b""
    for _ in range(90):
        nested = group(99, nested)
    seen = item(chat, field(3, b"x"))
    kinds = {
        "badges 5 Mi": frame(badges(5 * MI)),
        "badges 500,000": frame(badges(500_000)),
        "ranks 8 Mi": frame(item(users, rank * (8 * MI - 1000))),
        "ranks 500,000": frame(item(users, rank * 500_000)),
        "ranks of two bytes": frame(item(users, field(2, field(1, 1)) * 500_000)),
        "ranks, a little less than too many": frame(item(users, rank * 16_000)),
        "two messages, a little less than too many": frame(2 * item(users, rank * 16_000)),
        "messages of ranks": frame(500 * item(users, rank * 1500)),
        "scores of a large battle": frame(_battle(1) + _scores(2000)),
        "large battles": frame(b"".join(_battle(number) for number in range(1, 6))),
        "many battles": frame(_battles(250)),
        "armies": frame(item(armies, field(3, field(2, field(1, field(1, b"") * 16_000))))),
        "a batch that begins with an empty group": frame(group(99) + seen * 1 + rank * 4 * MI),
        "a batch of empty messages": frame(field(1, b"") * 8 * MI),
        "a batch of many messages": frame(seen * 10_000),
        "a batch of the most messages": frame(seen * 2000),
        "headers 8 Mi": field(2, 1) + field(7, b"msg") + field(5, b"") * (8 * MI - 100),
        "headers 1 Mi": field(2, 1) + field(7, b"msg") + field(5, b"") * MI + field(8, seen),
        "headers 8,000": field(5, b"") * 8000 + frame(seen),
        "headers, parameters and ranks together": frame(
            field(7, b"") * 15_000 + 2 * item(users, rank * 8_000),
            field(5, b"") * 16_000,
        ),
        "unknown numbers": frame(seen + field(200, 1) * 4 * MI),
        "unknown fields of a frame": frame(seen, field(200, 1) * 500_000),
        "unknown texts": frame(seen + field(200, b"") * 600_000),
        "unknown groups": frame(seen + group(99) * 500_000),
        "groups in groups": frame(seen + nested * 5000),
        "groups in groups in a message": frame(item(chat, nested * 5000)),
        "groups of badges": frame(item(chat, group(2, badge * 500_000))),
        "groups without end": frame(item(chat, varint(99 << 3 | 3) * 1_000_000)),
        "ends of groups": frame(item(chat, varint(99 << 3 | 4) * 1_000_000)),
        "unknown numbers in a message": frame(item(chat, field(3, b"x") + field(200, 1) * 300_000)),
        "unknown fields in many messages": frame(60 * item(chat, field(200, 1) * 10_000)),
        "unknown fields in many deep messages": frame(
            60 * item(chat, field(2, field(64, b"\xc0\x0c\x01" * 5000)))
        ),
        "packed numbers": frame(
            item("WebcastMemberMessage", field(13, field(9, b"\x7f" * 1_000_000)))
        ),
        "packed numbers, a little less than too many": frame(
            item("WebcastMemberMessage", field(13, field(9, b"\x7f" * 16_000)))
        ),
        "maps": frame(
            item(
                "WebcastMemberMessage",
                b"".join(field(25, field(1, n) + field(2, n)) for n in range(100_000)),
            )
        ),
        "maps, a little less than too many": frame(
            item(
                "WebcastMemberMessage",
                b"".join(field(25, field(1, n) + field(2, n)) for n in range(5_400)),
            )
        ),
        "pieces of text in pieces of text": frame(item(chat, field(2, _deep(21, 90)) * 2000)),
        "users in users": frame(item(chat, _deep(2, 98))),
        "deeper than protobuf reads": frame(item(chat, _deep(2, 5000))),
        "numbers of ten bytes": frame(item(chat, (b"\x18" + b"\xff" * 9 + b"\x01") * 90_000)),
        "a number without end": frame(item(chat, b"\x18" + b"\xff" * 1_000_000)),
        "a length without end": frame(b"\x0a" + b"\xff" * 1_000_000),
        "a tag without end": frame(b"\xff" * 2_000_000),
        "lengths of five bytes": frame(item(chat, b"\x12\x80\x80\x80\x00" * 200_000)),
        "fixed numbers": frame(item(chat, b"\x19" + b"\x01" * 1_000_000)),
        "damage behind badges": frame(badges(500_000)[:-3] + b"\xff"),
        "damaged messages": frame(60 * item(chat, field(2, badge * 15_000) + b"\x0a\x7f")),
        "a long text": frame(item(chat, field(3, b"a" * 1_000_000))),
        "a long text of quotes": frame(item(chat, field(3, b'"' * 1_000_000))),
        "a long wide text": frame(item(chat, field(3, "\U0001f600".encode() * 250_000))),
        "one wide character": frame(item(chat, field(3, b"a" * 1_000_000 + "😀".encode()))),
        "quotes and one wide character": frame(
            item(chat, field(3, b'"' * 900_000 + "\U0001f600".encode()))
        ),
        "control characters": frame(item(chat, field(3, b"\x01" * 1_000_000 + "😀".encode()))),
        "short texts of control characters": frame(
            item(chat, field(3, "😀".encode()) + field(22, b"\x01" * 9) * 90_000)
        ),
        "malformed text": frame(item(chat, field(3, b"\xff" * 1_000_000))),
        "many long texts": frame(2 * item(chat, field(3, b"\xff" * 1_000_000))),
        "bytes of no known type": frame(item("WebcastNobodyKnows", b"\xff" * 2_000_000)),
        "a monitor of brackets": frame(
            item(gift, field(2, 5655) + field(22, b"{" + b"[" * 101 + b'\\"' * 100_000))
        ),
        "a monitor of lists": frame(
            item(gift, field(2, 5655) + field(22, b'{"a":[' + b"[]," * 300_000 + b"0]}"))
        ),
        "a monitor of numbers": frame(
            item(gift, field(2, 5655) + field(22, b'{"a":[' + b"1," * 450_000 + b"0]}"))
        ),
        "a monitor of a long number": frame(
            item(gift, field(2, 5655) + field(22, b'{"a":' + b"1" * 900_000 + b"}"))
        ),
        "a monitor of indexes": frame(
            item(
                gift,
                field(2, 5655)
                + field(22, b"{" + b",".join(b'"%d":0' % n for n in range(90_000)) + b"}"),
            )
        ),
        "gzip in gzip": frame(gzip.compress(badges(500_000))),
        "more gzip behind gzip": field(7, b"msg") + field(8, gzip.compress(seen) * 2),
        "garbage behind gzip": field(7, b"msg") + field(8, gzip.compress(seen) + b"x" * MI),
        "16 MiB of zeros": frame(bytes(16 * MI)),
        "2 MiB of a batch": frame(item(chat, field(3, b"a" * 1000)) * 1990),
        "not packed": frame(badges(500_000), packed=False),
        "nothing": b"",
    }
    return kinds


def json_texts() -> dict[str, bytes]:
    """JSON, by what is in it; each about as long as an answer may be."""
    size = 4 * MI - 100

    def filled(unit: bytes, start: bytes = b"[", end: bytes = b"0]") -> bytes:
        return start + unit * ((size - len(start) - len(end)) // len(unit)) + end

    def just(unit: bytes, marks: int, start: bytes = b"[", end: bytes = b"0]") -> bytes:
        """So many that they are nearly too many."""
        return start + unit * (199_000 // marks) + end

    return {
        "openings": b"[" * size,
        "openings of objects": b'{"":' * (size // 4),
        "openings in texts": b'"' + b"[" * (size - 2) + b'"',
        "100 deep": b"[" * 100 + b"]" * 100,
        "101 deep": b"[" * 101 + b"]" * 101,
        "lists": filled(b"[],"),
        "lists in lists": filled(b"[[]],"),
        "objects": filled(b"{},"),
        "objects in objects": filled(b'{"a":{}},'),
        "zeros": filled(b"0,"),
        "numbers": filled(b"1000,"),
        "fractions": filled(b"1e5,"),
        "texts": filled(b'"ab",'),
        "empty texts": filled(b'"",'),
        "nearly too many lists": just(b"[],", 2),
        "nearly too many objects": just(b"{},", 2),
        "nearly too many objects in objects": just(b'{"a":{}},', 4),
        "nearly too many objects of one name": just(b'{"":0},', 3),
        "nearly too many numbers": just(b"1000,", 1),
        "nearly too many fractions": just(b"1.5,", 1),
        "nearly too many texts": just(b'"ab",', 1),
        "nearly too many wide texts": just('"\u20ac\u20ac",'.encode(), 1),
        "nearly too many names": b"{" + b",".join(b'"%d":0' % n for n in range(98_000)) + b"}",
        "nearly too many long names": b"{"
        + b",".join(b'"%020d":0' % n for n in range(98_000))
        + b"}",
        "the same name": filled(b'"a":0,', b"{", b'"a":0}'),
        "one text": filled(b"a", b'"', b'"'),
        "one wide text": filled("\U0001f600".encode(), b'"', b'"'),
        "one wide character": b'"' + b"a" * (size - 10) + "\U0001f600".encode() + b'"',
        "a text of euros": filled("\u20ac".encode(), b'"', b'"'),
        "escapes": filled(b"\\u00e9", b'"', b'"'),
        "escaped quotes": filled(b'\\"', b'"', b'"'),
        "surrogates": filled(b"\\ud83d\\ude00", b'"', b'"'),
        "lone surrogates": filled(b"\\ud83d", b'"', b'"'),
        "backslashes": filled(b"\\\\", b'"', b'"'),
        "quotes without end": b'"' * size,
        "escaped quotes without a beginning": filled(b'\\"', b"{" + b"[" * 101, b""),
        "a text without end": b'{"a":"' + b"x" * size,
        "digits": b"1" * size,
        "digits of a fraction": b"0." + b"1" * size,
        "digits of an exponent": b"1e" + b"1" * 1000,
        "long numbers": filled(b"1" * 4299 + b","),
        "blanks": b" " * size + b"0",
        "utf-16": ("[" + "[]," * 300_000 + "0]").encode("utf-16"),
        "a title 1 MB long": b'{"data":{"title":"' + b"t" * MI + b'"}}',
    }


def heads() -> dict[str, Any]:
    """Answers of HTTP: how each begins, and what is said again and again then."""
    ok = b"HTTP/1.1 200 OK\r\n"
    chunked = ok + b"Transfer-Encoding: chunked\r\n\r\n"
    return {
        "headers": (ok, b"X-Header: some value\r\n"),
        "short headers": (ok, b"a:\r\n"),
        "the same header, long": (ok, b"X: " + b"y" * 10_000 + b"\r\n"),
        "different headers": (ok, [b"X-%d: y\r\n" % n for n in range(200_000)]),
        "cookies": (ok, b"Set-Cookie: a=b; Path=/\r\n"),
        "different cookies": (ok, [b"Set-Cookie: a%d=b\r\n" % n for n in range(200_000)]),
        "odd cookies": (ok, b'Set-Cookie: a="' + b'\\"' * 4000 + b"\r\n"),
        "folded headers": (ok + b"X: y\r\n", b" more\r\n"),
        "one line": (ok + b"X: ", b"y" * 10_000),
        "interim answers": (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        "interim answers with headers": (b"", b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"),
        "a reason without end": (b"HTTP/1.1 200 ", b"OK" * 1000),
        "empty lines": (b"", b"\r\n" * 1000),
        "trailers": (chunked + b"1\r\nx\r\n0\r\n", b"X-Trailer: some value\r\n"),
        "extensions of chunks": (chunked + b"1;", b"extension=x;" * 100),
        "chunks with extensions": (chunked, b"1;" + b"x" * 1000 + b"\r\nx\r\n"),
        "a body": (ok + b"\r\n", b"x" * 10_000),
        "chunks of one byte": (chunked, b"1\r\nx\r\n" * 1000),
    }
