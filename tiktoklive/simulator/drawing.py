"""Pictures as PNG, each drawn from its name: the same for the same name, whatever the variant."""

from __future__ import annotations

import struct
import zlib
from hashlib import sha256
from typing import Final

from tiktoklive.simulator.pictures import DRAWINGS
from tiktoklive.simulator.requests import Answer

#: Pixels of a picture's sides, and of those of one of its 8 x 8 squares.
SIDE: Final = 96
_SQUARE: Final = SIDE // 8

_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"


def picture_answer(path: str) -> Answer:
    """The answer to a request for a picture."""
    name = path.partition("~")[0]
    return Answer(
        200,
        picture(name, round_=name.startswith(f"/{DRAWINGS}/")),
        "image/png",
        (("Cache-Control", "public, max-age=86400"),),
    )


def picture(name: str, *, round_: bool = False) -> bytes:
    """
    Draw a picture.

    :param name: what it is drawn from.
    :param round_: a jewel, as for gifts, instead of a pattern of squares, as for people.
    """
    chance = sha256(name.encode()).digest()
    back, front = _color(chance[0], light=True), _color(chance[1], light=False)
    shows = _in_jewel if round_ else _in_pattern
    rows = []
    for y in range(SIDE):
        bits = 0
        for x in range(SIDE):
            bits = bits << 1 | shows(chance, x, y)
        rows.append(b"\0" + bits.to_bytes(SIDE // 8, "big"))
    header = struct.pack(">IIBBBBB", SIDE, SIDE, 1, 3, 0, 0, 0)  # one bit a pixel, of a palette
    return b"".join(
        (
            _SIGNATURE,
            _chunk(b"IHDR", header),
            _chunk(b"PLTE", back + front),
            _chunk(b"IDAT", zlib.compress(b"".join(rows), 9)),
            _chunk(b"IEND", b""),
        )
    )


def _in_pattern(chance: bytes, x: int, y: int) -> bool:
    """Whether a pixel is in front: squares of which the left half mirrors the right one."""
    column, row = x // _SQUARE, y // _SQUARE
    if not (1 <= column <= 6 and 1 <= row <= 6):
        return False
    return bool(chance[2 + row] >> min(column, 7 - column) & 1)


def _in_jewel(chance: bytes, x: int, y: int) -> bool:
    """The same for a jewel with facets."""
    across, down = abs(2 * x - SIDE + 1), abs(2 * y - SIDE + 1)
    if across + down > SIDE - 8:
        return False
    return (across * (1 + chance[2] % 3) + down * (1 + chance[3] % 3)) // 24 % 3 != 1


def _color(chance: int, *, light: bool) -> bytes:
    """A color of the wheel, light or strong."""
    part, rest = divmod(chance * 6, 256)
    up, down = rest, 255 - rest
    wheel = (
        (255, up, 0),
        (down, 255, 0),
        (0, 255, up),
        (0, down, 255),
        (up, 0, 255),
        (255, 0, down),
    )
    return bytes(200 + each * 55 // 255 if light else each * 170 // 255 for each in wheel[part])


def _chunk(kind: bytes, data: bytes) -> bytes:
    """A piece of a PNG file."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
