"""
Inputs of at most 64 KiB, compressed or not, that are made to cost much; and what they cost.

Coverage leads to what a reader does, not to how much of it it does: these repeat what a reader
understands, inside of what it understands.  ``python -m tests.fuzz.costing --seconds 10 READER``
tries one reader; :mod:`tests.fuzz.run` does that beside what atheris finds.
"""

from __future__ import annotations

import argparse
import gc
import gzip
import json
import resource
import sys
from collections.abc import Callable
from functools import partial
from random import Random
from time import monotonic
from typing import NamedTuple

from google.protobuf.descriptor import FieldDescriptor

from tests.costs import bombs
from tests.costs.measure import MEMORY, SECONDS, STEPS, Cost, by_itself, measure, yardstick
from tests.fuzz.readers import METHODS, READERS
from tests.fuzz.reading import STATUSES
from tiktoklive.errors import DecodeError
from tiktoklive.net.limits import MAX_ANSWER
from tiktoklive.wire.inflate import gunzip
from tiktoklive.wire.messages import MESSAGE_TYPES

#: Bytes of an input as it comes.
LARGEST = 64 * 1024

#: Bytes that one becomes when it is unpacked, at most.
_UNPACKED = 12 * 1024 * 1024

_MOST = 2 * 1024 * 1024 * 1024

_UNITS = (
    b"\x00", b"\x0a\x00", b"\x08\x01", b"\x12\x00", b"\x1a\x00", b"\x9b\x06\x9c\x06", b"\x9b\x06",
    b"\xff", b"\x80\x00", b"\x7f", b"[", b"[],", b"{},", b'{"a":', b'"a":0,', b"0,", b'"ab",', b'"',
    b'\\"', b"\\", b"\\u0001", b"\\ud83d", b"1", b"1.5,", b" ", b"\r\n", b"a:\r\n", b"a", b"<title",
    b"<script", b"</script", b'id="', b"a://", b"&", b";", b"=", b"%", b"\xe2\x82\xac", b"\x01",
    b"\xf0\x9f\x98\x80", b"Set-Cookie: a=b\r\n", b"HTTP/1.1 100 Continue\r\n\r\n", b"1\r\nx\r\n",
    b"\x82\x00", b"\x00\x00", b"\x89\x00", b"\x02\x00", b"room_id=1", b'"roomId":"7"', b"-", b"e9",
)  # fmt: skip


class Found(NamedTuple):
    """How many inputs there were, the most that one took, and which took too much."""

    inputs: int
    memory: int
    seconds: float
    found: list[str]


def a_message(rng: Random, size: int) -> tuple[str, bytes]:
    """A message of a random type: some of its fields, again and again, at some depth."""
    method = rng.choice(METHODS)
    fields = list(_ways(method))
    content = b""
    for _ in range(rng.randint(1, 3)):
        path, each = rng.choice(fields)
        repeated = [pair for pair in fields if pair[1].is_repeated]
        if repeated and rng.random() < 0.7:
            path, each = rng.choice(repeated)
        unit = _unit(each, rng)
        part = unit * (rng.randint(1, max(1, size)) // len(unit))
        for number in reversed(path):
            part = bombs.field(number, part)
        content += part
    return method, content[:size] if rng.random() < 0.1 else content


def _unit(each: FieldDescriptor, rng: Random) -> bytes:
    kind = each.message_type
    if kind is not None:
        many = rng.randint(0, 2) if kind.fields else 0
        inner = [_unit(rng.choice(kind.fields), rng) for _ in range(many)]
        return bombs.field(each.number, b"".join(inner))
    if each.type in (FieldDescriptor.TYPE_STRING, FieldDescriptor.TYPE_BYTES):
        return bombs.field(each.number, rng.choice(_UNITS) * rng.choice((0, 1, 5, 100)))
    if rng.random() < 0.3:
        return bombs.field(each.number, b"\x7f" * rng.choice((1, 10, 1000)))
    return bombs.field(each.number, rng.choice((0, 1, 300, 1 << 60)))


def _ways(method: str) -> list[tuple[tuple[int, ...], FieldDescriptor]]:
    if method not in _KNOWN:
        _KNOWN[method] = list(bombs.fields_of(MESSAGE_TYPES[method].DESCRIPTOR))
    return _KNOWN[method]


_KNOWN: dict[str, list[tuple[tuple[int, ...], FieldDescriptor]]] = {}


def _batch(rng: Random, size: int) -> bytes:
    count = rng.choice((1, 1, 2, 30, 500))
    content = b""
    for number in range(count):
        if number < 3 or rng.random() < 0.1:
            item = bombs.item(*a_message(rng, size // count), number + 1)
        content += item
        if len(content) > size:
            break
    return content


def _repeated(rng: Random, samples: tuple[bytes, ...], size: int) -> bytes:
    """A sample in which something stands again and again."""
    data = rng.choice(samples) if samples else b"\0"
    for _ in range(rng.randint(1, 3)):
        start = rng.randint(0, len(data))
        own = data[start : start + rng.randint(1, 40)]
        unit = rng.choice(_UNITS) if not own or rng.random() < 0.6 else own
        if rng.random() < 0.3:
            unit += rng.choice(_UNITS)
        place = rng.randint(0, len(data))
        many = rng.randint(1, max(1, size // len(unit)))
        data = data[:place] + unit * many + data[place:]
    return data


def an_input(name: str, rng: Random) -> tuple[bytes, Callable[[], object]]:
    """Bytes for a reader, not more than may come, and what reads them."""
    reader = READERS[name]
    while True:
        packed = rng.random() < 0.6
        size = rng.choice((1000, 30_000, LARGEST, _UNPACKED // 4 if packed else LARGEST))
        if name == "message":
            method, payload = a_message(rng, min(size, LARGEST))
            data = bytes([METHODS.index(method)]) + payload
            return data, partial(reader, data)
        if name in ("frame", "stream of frames", "batch", "stream of batches"):
            data = _batch(rng, size) if rng.random() < 0.8 else _repeated(rng, reader.samples, size)
            if "frame" in name:
                data = bombs.frame(data, packed=packed) if rng.random() < 0.9 else data
            elif packed:
                squeezed = gzip.compress(data)
                if len(squeezed) <= LARGEST:
                    return squeezed, partial(_unpacked, reader, b"", squeezed)
        elif name in ("http", "socket", "handshake"):
            data = _repeated(rng, reader.samples, size)
            if name == "http" and packed:
                data = gzip.compress(data)
                head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n"
                data = head % len(data) + data
        else:
            data = _repeated(rng, reader.samples, size)
            if packed:
                first = data[:1] if rng.random() < 0.2 else bytes([rng.randrange(len(STATUSES))])
                squeezed = gzip.compress(data[1:])
                if len(squeezed) <= LARGEST:
                    return squeezed, partial(_unpacked, reader, first, squeezed)
        if len(data) <= LARGEST:
            return data, partial(reader, data)


def _unpacked(reader: Callable[[bytes], None], first: bytes, squeezed: bytes) -> None:
    """As :class:`~tiktoklive.net.web.Web` unpacks a body."""
    try:
        body = gunzip(squeezed, MAX_ANSWER)
    except DecodeError:
        return
    reader(first + body)


def too_much(cost: Cost, action: Callable[[], object], seconds: float = SECONDS) -> bool:
    """Whether something costs too much, and not only because the machine is busy."""
    for _ in range(3):
        if cost.memory <= MEMORY and cost.seconds <= seconds:
            return False
        cost = measure(action)
    return True


def search(name: str, seed: int, seconds: float, most: int, limit: float = SECONDS) -> Found:
    """
    Try inputs for a reader for a while.

    :param most: how many.
    :param limit: seconds that one may take.
    """
    rng, end = Random(seed), monotonic() + seconds
    count, memory, time, found = 0, 0, 0.0, []
    for sample in READERS[name].samples:
        READERS[name](sample)
    gc.freeze()  # what was there before is not looked through again and again
    while monotonic() < end and count < most and len(found) < 5:
        data, action = an_input(name, rng)
        try:
            cost = measure(action)
        except Exception as error:
            found.append(f"{error!r} of {len(data)} bytes: {data[:400]!r}")
            continue
        count += 1
        memory, time = max(memory, cost.memory), max(time, cost.seconds)
        if too_much(cost, action, limit):
            found.append(f"{cost} of {len(data)} bytes: {data[:400]!r}")
    return Found(count, memory, time, found)


def main(arguments: list[str]) -> int:
    """Search; one line of JSON for each reader."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("readers", nargs="*", metavar="READER", help=", ".join(READERS))
    parser.add_argument("--seconds", type=float, default=10, help="for each of them")
    parser.add_argument("--most", type=int, default=1 << 60, help="inputs for each of them")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--relative", action="store_true", help="to this machine's speed")
    options = parser.parse_args(arguments)
    resource.setrlimit(resource.RLIMIT_AS, (_MOST, _MOST))  # not the machine's
    limit = STEPS * yardstick() if options.relative else SECONDS
    for name in options.readers or READERS:
        found = search(name, options.seed, options.seconds, options.most, limit)
        sys.stdout.write(json.dumps({"reader": name, **found._asdict()}) + "\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    by_itself("tests.fuzz.costing")
    sys.exit(main(sys.argv[1:]))
