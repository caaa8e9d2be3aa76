"""How many fields a message has, told from its bytes before it costs the memory of reading them."""

from __future__ import annotations

#: Bytes up to which reading is harmless, however many fields there are: an empty message in a
#: list takes two bytes, and some 250 when it was read.
SMALL = 128 * 1024


def has_more_than(limit: int, data: bytes) -> bool:
    """
    Whether a protobuf message has more fields of a length than that, at its top level.

    What is damaged has as many as there are up to the damage.
    """
    size = len(data)
    if size <= SMALL:
        return False
    count = place = 0
    while place < size:
        kind = data[place] & 7
        place = _behind(data, place)
        if kind == 2:
            count += 1
            if count > limit:
                return True
            start, place = place, _behind(data, place)
            if place > size:
                return False
            length = 0
            for number, byte in enumerate(data[start:place]):
                length |= (byte & 0x7F) << 7 * number
            place += length
        elif kind == 0:
            place = _behind(data, place)
        elif kind in _FIXED:
            place += _FIXED[kind]
        else:
            return False
    return False


_FIXED = {1: 8, 5: 4}

#: Bytes of the longest varint.  A longer one is damage; adding it up would take time that grows
#: with the square of its length.
_LONGEST = 10


def _behind(data: bytes, place: int) -> int:
    """The first byte behind a varint; behind all bytes if it does not end where it must."""
    size = len(data)
    last = place + _LONGEST
    while place < size and data[place] & 0x80:
        place += 1
        if place == last:
            return size + 1
    return place + 1
