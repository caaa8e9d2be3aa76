"""Tests of tiktoklive.wire.inflate, with each implementation that is installed."""

from __future__ import annotations

import gzip
import random
import runpy
import sys
import tracemalloc
import zlib
from importlib.util import find_spec
from itertools import product
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st
from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.errors import DecodeError, FrameError, PayloadTooLargeError
from tiktoklive.wire import inflate
from tiktoklive.wire.frames import MAX_PAYLOAD
from tiktoklive.wire.inflate import INSTALLED, gunzip

MIB = 1024 * 1024

#: The package that each but zlib comes in.
PACKAGES = {"libdeflate": "deflate", "isal": "isal"}


def packed(content: bytes, level: int = 6, **trailer: int) -> bytes:
    """A gzip stream; with another ``size``, or ``crc``, in its trailer if that is given."""
    stream = zlib.compressobj(level, wbits=31)
    data = stream.compress(content) + stream.flush()
    size, crc = trailer.get("size", len(content)), trailer.get("crc", zlib.crc32(content))
    return data[:-8] + crc.to_bytes(4, "little") + size.to_bytes(4, "little")


def outcome(data: bytes, limit: int) -> bytes | str:
    """The content, or the name and text of the error."""
    try:
        return gunzip(data, limit)
    except DecodeError as error:
        return f"{type(error).__name__}: {error}"


def damaged(data: bytes, chance: random.Random) -> bytes:
    """The stream with some bits turned, bytes left out or put in, or something behind it."""
    found = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 3))):
        place = chance.randrange(len(found))
        way = chance.randrange(4)
        if way == 0:
            found[place] ^= 1 << chance.randrange(8)
        elif way == 1:
            del found[place : place + chance.randrange(1, 4)]
        elif way == 2:
            found[place:place] = chance.randbytes(chance.randrange(1, 4))
        else:
            found += chance.choice((b"x", bytes(8), data, data[-8:], data[-4:]))
    return bytes(found)


class ZlibTests(SynchronousTestCase):
    """By the standard library."""

    name = "zlib"

    def setUp(self) -> None:
        if self.name not in INSTALLED:
            self.skipTest(f"{self.name} is not installed")
        self.patch(inflate, "fastest", INSTALLED[self.name])

    def test_at_once(self) -> None:
        """What is in order is done by it, at once, whatever the level; but for nothing at all."""
        for content, level in product((b"a", b"content" * 1000, bytes(MIB)), range(10)):
            self.assertEqual(content, INSTALLED[self.name](packed(content, level), len(content)))
        self.assertEqual(b"", gunzip(packed(b""), 0))

    def test_truncated(self) -> None:
        """A stream that ends early, anywhere, is an error and not half a payload."""
        data = packed(b"content" * 100)
        for end in range(2, len(data)):
            self.assertRaises(FrameError, gunzip, data[:end], MIB)

    def test_lies(self) -> None:
        """A trailer with another checksum, or with another size, smaller or larger, is an error."""
        content = b"content" * 100
        for size in (0, 1, 699, 701, 2000, MIB, MIB + 1, 0xFFFFFFFF):
            self.assertRaises(FrameError, gunzip, packed(content, size=size), MIB)
        for bit in range(32):
            crc = zlib.crc32(content) ^ 1 << bit
            self.assertRaises(FrameError, gunzip, packed(content, crc=crc), MIB)

    def test_larger(self) -> None:
        """What says that it fits and does not is refused, however little it says."""
        for size in (0, 1, 699, 700):
            self.assertRaises(DecodeError, gunzip, packed(bytes(701), size=size), 700)
            behind = packed(bytes(701)) + size.to_bytes(4, "little")
            self.assertRaises(PayloadTooLargeError, gunzip, behind, 700)

    def test_trailing_bytes(self) -> None:
        """Bytes behind the stream are ignored, whatever size they read as."""
        data = packed(b"content")
        for behind in (
            b"x",
            bytes(3),
            bytes(4),
            bytes(100),
            b"\0\0tail",
            b"\x08\0\0\0",
            b"\xff" * 4,
        ):
            self.assertEqual(b"content", gunzip(data + behind, 100))
        self.assertEqual(b"content", gunzip(data + data[-8:], 100))

    def test_second(self) -> None:
        """A second stream, the same or another, whole or begun, is an error."""
        data = packed(b"content")
        same_size = packed(b"CONTENT"), packed(b"longer than that", size=7)
        for behind in (data, *same_size, packed(b""), data[:3], data[:-1]):
            for limit in (7, 100, 1 << 24):
                self.assertRaises(FrameError, gunzip, data + behind, limit)

    def test_looks_like_a_second(self) -> None:
        """What a stream begins with may stand inside of one."""
        content = random.Random(1).randbytes(1000) + packed(b"inside") + bytes(1000)
        for level in (0, 6):
            self.assertEqual(content, gunzip(packed(content, level), 10_000))

    def test_header(self) -> None:
        """A stream with a name and a comment is read; one with flags that nobody knows is not."""
        body = packed(b"content")[10:]
        named = b"\x1f\x8b\x08\x18\0\0\0\0\0\0name\0comment\0" + body
        self.assertEqual(b"content", gunzip(named, 100))
        for flags in (0x20, 0x40, 0x80):
            self.assertRaises(
                FrameError, gunzip, bytes([31, 139, 8, flags, 0, 0, 0, 0, 0, 0]) + body, 100
            )

    def test_limit(self) -> None:
        """Content of exactly the limit passes, one byte more does not."""
        for size in (0, 1, 1000, MIB - 1, MIB, MIB + 1, 3 * MIB):
            data = bytes(size)
            self.assertEqual(gunzip(packed(data), size), data)
            self.assertRaises(PayloadTooLargeError, gunzip, packed(data + b"x"), size)

    def test_bomb(self) -> None:
        """Two hundred MiB of zeros cost little memory, whatever the limit and the trailer."""
        stream = zlib.compressobj(9, wbits=31)
        block = bytes(MIB)
        bomb = b"".join(stream.compress(block) for _ in range(200)) + stream.flush()
        lies = [bomb[:-4] + size.to_bytes(4, "little") for size in (0, 1000, MIB)]
        del block
        for data, limit in product((bomb, *lies), (MAX_PAYLOAD, 4 * MIB)):
            tracemalloc.start()
            try:
                self.assertRaises(PayloadTooLargeError, gunzip, data, limit)
                self.assertLess(tracemalloc.get_traced_memory()[1], 2.5 * MIB)
            finally:
                tracemalloc.stop()

    def test_large(self) -> None:
        """What is large, and not too large, is read although the end is not the trailer."""
        data = random.Random(1).randbytes(3 * MIB)
        self.assertEqual(data, gunzip(gzip.compress(data) + b"\xff\xff\xff\xff", 4 * MIB))


class IsalTests(ZlibTests):
    """By isal."""

    name = "isal"


class LibdeflateTests(ZlibTests):
    """By libdeflate."""

    name = "libdeflate"


class SameTests(SynchronousTestCase):
    """All that are installed, side by side."""

    def same(self, data: bytes, limit: int) -> bytes | str:
        """What all make of it: the same, but for codes that libdeflate alone can read."""
        found = {}
        for name, at_once in INSTALLED.items():
            with patch.object(inflate, "fastest", at_once):
                found[name] = outcome(data, limit)
        whole, wanted = found.get("libdeflate"), found["zlib"]
        if isinstance(whole, bytes) and isinstance(wanted, str):
            self.assertRegex(wanted, "invalid literal/length code|too many length or distance")
            self.assertLessEqual(len(whole), limit)
            self.assertIn(zlib.crc32(whole).to_bytes(4, "little"), data)
            del found["libdeflate"]
        self.assertEqual({wanted}, set(found.values()), data.hex())
        return wanted

    def test_damaged(self) -> None:
        """Damaged streams are refused by all with the same words, or read by all as the same."""
        chance = random.Random(15)
        contents = (b"a", b"content" * 100, bytes(1000), chance.randbytes(500))
        refused = 0
        for _ in range(5000):
            data = damaged(packed(chance.choice(contents), chance.choice((0, 1, 6))), chance)
            refused += isinstance(self.same(data, chance.choice((10, 700, 5000))), str)
        self.assertTrue(1000 < refused < 4900, refused)

    @given(st.binary(max_size=300), st.integers(0, 2000))
    def test_arbitrary(self, data: bytes, limit: int) -> None:
        """Whatever the bytes are, or follows the first ones, only our own errors come out."""
        for begin in (b"\x1f\x8b\x08\x00", packed(b"content")[:-8], b""):
            self.same(begin + data, limit)


class InstalledTests(SynchronousTestCase):
    """Which of them is used."""

    def test_fastest(self) -> None:
        """libdeflate, then isal, then zlib, which is always there."""
        names = [name for name in ("libdeflate", "isal", "zlib") if name in INSTALLED]
        self.assertEqual(names, list(INSTALLED))
        for name, package in PACKAGES.items():
            self.assertEqual(find_spec(package) is not None, name in INSTALLED)
        self.assertIs(INSTALLED[names[0]], inflate.fastest)

    def test_without(self) -> None:
        """Without a package it is the next one."""
        missing: dict[str, None] = {}
        for package, name in (("deflate", "libdeflate"), ("isal", "isal")):
            missing[package] = None
            with patch.dict(sys.modules, missing):
                found = runpy.run_path(inflate.__file__)
            self.assertNotIn(name, found["INSTALLED"])
            self.assertIs(found["fastest"], next(iter(found["INSTALLED"].values())))
        self.assertEqual(["zlib"], list(found["INSTALLED"]))
