"""
What no push server should send: one function for each kind, by name in :data:`GARBAGE`.

Each kind is made out of a good frame, so that a client has to look closely.  Nothing of it holds
a message that would be lost if it is skipped: what comes in a good frame is sent besides.
"""

from __future__ import annotations

import functools
import gzip
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from types import MappingProxyType
from typing import Final, TypeAlias

from tiktoklive.errors import FrameError
from tiktoklive.wire import frames
from tiktoklive.wire.batches import build_batch, parse_batch
from tiktoklive.wire.frames_pb2 import WebcastPushFrame

#: How much the bombs unpack to, and how much the largest message announces.
BOMB: Final = 200 * 1024 * 1024

_MIB = 1024 * 1024
_CHAT = "WebcastChatMessage"


@dataclass(frozen=True, slots=True)
class Good:
    """
    What was sent just before, which garbage is made of.

    :ivar frame: the push frame, as it was sent.
    :ivar batch: the batch in it, not compressed.
    :ivar next_id: gives ids that no message has had.
    """

    frame: bytes
    batch: bytes
    next_id: Callable[[], int]


@dataclass(frozen=True, slots=True)
class Raw:
    """Bytes below WebSocket messages, as they are."""

    data: bytes


#: A binary message, a text message, or what is none.
Piece: TypeAlias = bytes | str | Raw

Maker: TypeAlias = Callable[[Good, Random], list[Piece]]


def batch_of(pieces: list[Piece]) -> bytes:
    """What is nearest to some garbage where batches come without frames: as a body of HTTP."""
    piece = pieces[-1]
    if isinstance(piece, bytes):
        try:
            return frames.parse_frame(piece).payload
        except FrameError:
            return piece
    return piece.data if isinstance(piece, Raw) else piece.encode()


# --- bytes that are no frames -----------------------------------------------------------


def _random(good: Good, rng: Random) -> list[Piece]:
    # The first byte is a wire type that there is not: random bytes may be a frame by chance.
    return [b"\x07" + rng.randbytes(rng.randrange(1, 400))]


def _empty(good: Good, rng: Random) -> list[Piece]:
    return [b""]


def _text(good: Good, rng: Random) -> list[Piece]:
    return ["hello", '{"type": "ping"}']


def _page(good: Good, rng: Random) -> list[Piece]:
    return [b"<html><head><title>502 Bad Gateway</title></head><body></body></html>"]


def _truncated_frame(good: Good, rng: Random) -> list[Piece]:
    return [good.frame[: rng.randrange(len(good.frame) // 2, len(good.frame))]]


def _wrong_wire_types(good: Good, rng: Random) -> list[Piece]:
    # payload_type and payload as numbers, seq_id with a fixed size.
    return [b"\x38\x01\x40\x01\x0d\x01\x02\x03\x04"]


def _huge_length(good: Good, rng: Random) -> list[Piece]:
    # A payload of two gigabytes, of which a hundred bytes follow.
    return [b"\x3a\x03msg\x42\xff\xff\xff\xff\x07" + bytes(100)]


def _out_of_range(good: Good, rng: Random) -> list[Piece]:
    # A log_id of eleven bytes, and one whose tenth byte is too large for 64 bits.
    return [b"\x10" + b"\xff" * 10 + b"\x01", b"\x10" + b"\xff" * 9 + b"\x7f\x3a\x03msg"]


def _field_zero(good: Good, rng: Random) -> list[Piece]:
    return [b"\x02\x03abc\x3a\x03msg"]


def _unclosed_groups(good: Good, rng: Random) -> list[Piece]:
    return [b"\x3a\x03msg" + b"\xa3\x06" * 5000]


def _announced(good: Good, rng: Random) -> list[Piece]:
    return [Raw(b"\x82\x7f" + BOMB.to_bytes(8, "big") + bytes(_MIB))]


def _reserved_opcode(good: Good, rng: Random) -> list[Piece]:
    return [Raw(b"\x83\x03abc")]


# --- frames whose payload is no batch ----------------------------------------------------


def _unknown_types(good: Good, rng: Random) -> list[Piece]:
    names = ["im_switch_room_resp", "close", "x" * 5000, ""]
    return [
        WebcastPushFrame(log_id=1, payload_type=name, payload=b"\x08\x01").SerializeToString()
        for name in names
    ]


def _bad_utf8(good: Good, rng: Random) -> list[Piece]:
    # A type and a header that are no text; a batch whose cursor and internal_ext are none.
    batch = b"\x12\x02\xff\xfe\x2a\x03\xc3\x28\x80"
    return [b"\x3a\x02\xff\xfe\x42\x01x\x2a\x04\x0a\x02\xff\xfe", frames.push(batch, 1)]


def _empty_batch(good: Good, rng: Random) -> list[Piece]:
    return [WebcastPushFrame(log_id=1, payload_type="msg").SerializeToString(), _msg(b"")]


def _truncated_gzip(good: Good, rng: Random) -> list[Piece]:
    packed = _gzipped(good.batch)
    return [_msg(packed[: rng.randrange(len(packed) // 2, len(packed) - 1)])]


def _bad_crc(good: Good, rng: Random) -> list[Piece]:
    packed = bytearray(_gzipped(good.batch))
    packed[-8 + rng.randrange(4)] ^= 0x55
    return [_msg(bytes(packed))]


@functools.cache
def bomb(size: int = BOMB) -> bytes:
    """Zeros, compressed with gzip to a thousandth of their size."""
    packing = zlib.compressobj(9, wbits=31)
    block = bytes(_MIB)
    return b"".join(packing.compress(block) for _ in range(size // _MIB)) + packing.flush()


def _bomb(good: Good, rng: Random) -> list[Piece]:
    return [_msg(bomb())]


def _gzip_in_gzip(good: Good, rng: Random) -> list[Piece]:
    return [_msg(_gzipped(_gzipped(good.batch)))]


def _batch_of_wrong_types(good: Good, rng: Random) -> list[Piece]:
    # Its messages as a number, its cursor as a number, its times as texts.
    return [frames.push(b"\x08\x01\x10\x01\x1a\x01x\x22\x01x", 1)]


def _truncated_batch(good: Good, rng: Random) -> list[Piece]:
    return [frames.push(good.batch[: rng.randrange(len(good.batch) // 2, len(good.batch))], 1)]


def _batch_in_batch(good: Good, rng: Random) -> list[Piece]:
    inner = build_batch([("WebcastResponse", good.batch, good.next_id(), False)])
    return [frames.push(inner, 1), _msg(good.frame)]


def _deep_nesting(good: Good, rng: Random) -> list[Piece]:
    # Users among the fans of users among the fans of users, and groups that no schema has.
    deep = b""
    for _ in range(400):
        deep = _field(45, deep)
    deep = _field(2, deep)
    other = b"".join(b"\xa3\x06" for _ in range(3000)) + b"".join(b"\xa4\x06" for _ in range(3000))
    messages = [(_CHAT, payload, good.next_id(), False) for payload in (deep, other)]
    return [frames.push(build_batch(messages), 1)]


# --- batches whose messages are wrong ------------------------------------------------------


def _unknown_methods(good: Good, rng: Random) -> list[Piece]:
    names = [f"WebcastUnheardOf{rng.getrandbits(32)}Message", "", "Webcast" * 500, "../../etc"]
    batch = build_batch([(name, rng.randbytes(30), good.next_id(), False) for name in names])
    # And a method that is no text.
    return [frames.push(batch + b"\x0a\x06\x0a\x02\xff\xfe\x12\x00", 1)]


def _bad_payloads(good: Good, rng: Random) -> list[Piece]:
    names = [_CHAT, "WebcastGiftMessage", "WebcastControlMessage", "WebcastLikeMessage"]
    batch = build_batch([(name, b"\x0a\xff\xff", good.next_id(), False) for name in names])
    return [frames.push(batch, 1)]


def _out_of_range_numbers(good: Good, rng: Random) -> list[Piece]:
    # The largest numbers everywhere: times, durations, pauses, ids.
    most = b"\xff\xff\xff\xff\xff\xff\xff\xff\x7f"
    pace = b"".join(bytes([number << 3]) + most for number in (3, 4, 6, 8))
    chat = build_batch([(_CHAT, b"\x0a\x0a\x20" + most, 0, False)])
    return [frames.push(pace + chat, (1 << 64) - 1)]


def _duplicates(good: Good, rng: Random) -> list[Piece]:
    return [good.frame, good.frame, frames.push(good.batch, 1), frames.push(good.batch, 1)]


def _duplicate_messages(good: Good, rng: Random) -> list[Piece]:
    twice = parse_batch(good.batch)
    twice.messages.extend([*twice.messages])
    return [frames.push(twice.SerializeToString(), 1)]


def _duplicate_fields(good: Good, rng: Random) -> list[Piece]:
    # The whole frame once more behind itself: the last of each field counts.
    return [good.frame + good.frame]


#: What can be sent between good frames, by name.
GARBAGE: Final = MappingProxyType(
    dict[str, Maker](
        {
            "random bytes": _random,
            "empty message": _empty,
            "text": _text,
            "html page": _page,
            "truncated frame": _truncated_frame,
            "wrong wire types": _wrong_wire_types,
            "huge length": _huge_length,
            "varint out of range": _out_of_range,
            "field zero": _field_zero,
            "unclosed groups": _unclosed_groups,
            "unknown payload types": _unknown_types,
            "bad utf-8": _bad_utf8,
            "empty batch": _empty_batch,
            "truncated gzip": _truncated_gzip,
            "bad crc": _bad_crc,
            "gzip bomb": _bomb,
            "gzip in gzip": _gzip_in_gzip,
            "batch of wrong types": _batch_of_wrong_types,
            "truncated batch": _truncated_batch,
            "batch in batch": _batch_in_batch,
            "deep nesting": _deep_nesting,
            "unknown methods": _unknown_methods,
            "bad payloads": _bad_payloads,
            "largest numbers": _out_of_range_numbers,
            "duplicate frames": _duplicates,
            "duplicate messages": _duplicate_messages,
            "duplicate fields": _duplicate_fields,
            "announced 200 MiB": _announced,
            "reserved opcode": _reserved_opcode,
        }
    )
)

#: Those after which a client has to give up the stream: it cannot know where the next message is.
FATAL: Final = frozenset(("announced 200 MiB", "reserved opcode"))


def _msg(payload: bytes) -> bytes:
    """A frame of type ``msg`` with any payload."""
    return WebcastPushFrame(log_id=1, payload_type="msg", payload=payload).SerializeToString()


def _gzipped(data: bytes) -> bytes:
    """The same for the same data, at any time: gzip would write the time."""
    return gzip.compress(data, mtime=0)


def _field(number: int, content: bytes) -> bytes:
    """A length-delimited field."""
    return _varint(number << 3 | 2) + _varint(len(content)) + content


def _varint(value: int) -> bytes:
    encoded = b""
    while value > 127:
        encoded += bytes([value & 127 | 128])
        value >>= 7
    return encoded + bytes([value])
