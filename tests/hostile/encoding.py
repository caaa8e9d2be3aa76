"""Protobuf, push frames and WebSocket frames, written by hand (wire facts §6, §10)."""

from __future__ import annotations

import base64
import hashlib
import json
import struct
import zlib
from typing import Any

_GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


def varint(number: int) -> bytes:
    """A number as protobuf writes it; negative ones as 64 bits."""
    number &= (1 << 64) - 1
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    out.append(number)
    return bytes(out)


def field(number: int, value: int | str | bytes) -> bytes:
    """One field: numbers as varints, text and bytes with their length."""
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    if isinstance(value, str):
        value = value.encode()
    return varint(number << 3 | 2) + varint(len(value)) + value


def gzipped(data: bytes) -> bytes:
    """In one piece, with the trailer that a gzip file has."""
    packer = zlib.compressobj(6, wbits=31)
    return packer.compress(data) + packer.flush()


def common(method: str, number: int, room: int) -> bytes:
    """The header that every message begins with."""
    return field(1, field(1, method) + field(2, number) + field(3, room))


def message(method: str, payload: bytes, number: int = 0, *, history: bool = False) -> bytes:
    """A message as a field of a batch."""
    parts = field(1, method) + field(2, payload)
    if number:
        parts += field(3, number)
    if history:
        parts += field(6, 1)
    return field(1, parts)


def user(number: int, name: str, more: bytes = b"") -> bytes:
    """A user, without the field's own number."""
    return field(1, number) + field(3, name) + field(38, name) + more


def chat(number: int, room: int, said: str, sender: bytes = b"") -> bytes:
    """A comment."""
    payload = common("WebcastChatMessage", number, room)
    payload += field(2, sender or user(5, "somebody")) + field(3, said)
    return message("WebcastChatMessage", payload, number)


def gift(number: int, room: int, repeat: int, group: int, more: bytes = b"") -> bytes:
    """A gift of a streak that goes on."""
    payload = common("WebcastGiftMessage", number, room)
    payload += field(2, 5655) + field(5, repeat) + field(7, user(6, "giver")) + field(11, group)
    payload += field(15, field(5, 5655) + field(11, 1) + field(12, 1) + field(16, "Rose")) + more
    return message("WebcastGiftMessage", payload, number)


def control(number: int, room: int, action: int, *, history: bool = False) -> bytes:
    """A control message: 1 paused, 2 goes on, 3 ended."""
    payload = common("WebcastControlMessage", number, room) + field(2, action)
    return message("WebcastControlMessage", payload, number, history=history)


def batch(
    *messages: bytes, cursor: str = "c1", internal_ext: str = "ie", ack: bool = True
) -> bytes:
    """A batch, which wants an acknowledgement if not told otherwise."""
    out = b"".join(messages) + field(2, cursor) + field(5, internal_ext)
    return out + field(9, 1) if ack else out


def push(payload: bytes, kind: str = "msg", *, packed: bool = True) -> bytes:
    """A push frame."""
    body = gzipped(payload) if packed else payload
    return field(2, 1) + field(6, "pb") + field(7, kind) + field(8, body)


def frame(data: bytes, opcode: int = 2, *, fin: bool = True, length: int | None = None) -> bytes:
    """A WebSocket frame as servers send it; its length may be a lie."""
    size = len(data) if length is None else length
    head = bytes([(128 if fin else 0) | opcode])
    if size < 126:
        head += bytes([size])
    elif size < 65536:
        head += b"\x7e" + struct.pack(">H", size)
    else:
        head += b"\x7f" + struct.pack(">Q", size)
    return head + data


def masked(data: bytes, opcode: int = 2, *, fin: bool = True) -> bytes:
    """A WebSocket frame as clients send it, masked with zeros."""
    head = bytes([(128 if fin else 0) | opcode])
    if len(data) < 126:
        head += bytes([128 | len(data)])
    else:
        head += b"\xfe" + struct.pack(">H", len(data))
    return head + bytes(4) + data


def accept(key: str) -> str:
    """The answer to a client's ``Sec-WebSocket-Key``."""
    return base64.b64encode(hashlib.sha1(key.encode() + _GUID).digest()).decode()


def response(
    status: int = 200,
    body: Any = b"",
    headers: list[tuple[str, str]] | None = None,
    *,
    reason: str = "OK",
    kind: str = "application/json",
) -> bytes:
    """An HTTP answer; what is not bytes becomes JSON."""
    if not isinstance(body, bytes):
        body = json.dumps(body).encode()
    lines = [f"HTTP/1.1 {status} {reason}", f"Content-Type: {kind}", f"Content-Length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in headers or ()]
    return "\r\n".join(lines).encode("latin-1", "replace") + b"\r\n\r\n" + body
