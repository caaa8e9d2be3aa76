"""
How many fields a message has, at all depths, told from its bytes before they are read.

A field of two bytes becomes an object of some hundred when it is read, and as many again in what
is made of that.  It takes two bytes at least, so a message that is short enough cannot have too
many: what is longer is walked, up to the limit.
"""

from __future__ import annotations

from functools import cache
from typing import Final, TypeAlias

from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.message import DecodeError, Message

#: Of parts that become much when an event is made of them: for how many fields one of them counts.
#: A member of an army is told with all that the 1.x shape says of a user.
_HEAVY: Final = {"tiktoklive.BattleUserArmies.user_army": 4}

#: Messages inside bytes: counted when they are read.
_UNREAD: Final = {"tiktoklive.WebcastPushFrame.payload", "tiktoklive.ResponseMessage.payload"}

#: How deep messages may nest: protobuf's own limit.
_DEEPEST: Final = 100

#: Bytes of the longest varint.
_LONGEST: Final = 10

#: What JSON writes with six characters.
_CONTROLS: Final = bytes(range(0x20))

#: By tag, of fields that have a length: the layout of what is inside, ``None`` for packed numbers,
#: which are as many as their bytes at most; and for how many fields more than one it counts.
Layout: TypeAlias = "dict[int, tuple[Layout | None, int]]"

#: Of texts, in the place of a layout.
_TEXT: Final[Layout] = {}

#: Texts up to here are not looked into: however many there are, they do not become much.
_SHORT: Final = 8

_FIXED: Final = {1: 8, 5: 4}
_GROUP, _GROUP_END = 3, 4


def count_fields(data: bytes, layout: Layout, limit: int) -> int:
    """
    How many fields a message has: those inside others too, and each packed number.

    What the layout does not know counts as one, groups as what is in them.  A control character
    in a text counts, too: it takes six times its size in JSON.

    :param limit: beyond it, counting ends.
    :raise google.protobuf.message.DecodeError: it is damaged before the limit is reached.
    """
    try:
        return _count(data, layout, limit)
    except IndexError:
        raise DecodeError("ends early") from None


def layout_of(kind: type[Message]) -> Layout:
    """The layout of a message type."""
    return _layout(kind.DESCRIPTOR)


def small(fields: int, kind: type[Message]) -> int:
    """Bytes of a message that cannot have more fields than that."""
    return 2 * fields // _weight(kind.DESCRIPTOR)


def _count(data: bytes, layout: Layout, limit: int) -> int:
    #: What is around the message or group that is walked: where it ends, what it has, and its
    #: number if it is a group.
    outer: list[tuple[int, Layout, int]] = []
    count = place = group = 0
    end = len(data)
    while count <= limit:
        while place >= end:
            if place > end or group:
                raise DecodeError("ends early")
            if not outer:
                return count
            end, layout, group = outer.pop()
        tag = data[place]
        place += 1
        if tag & 0x80:
            tag, place = _varint(data, place - 1)
        kind = tag & 7
        count += 1
        if kind == 2:
            length = data[place]
            place += 1
            if length & 0x80:
                length, place = _varint(data, place - 1)
            behind = place + length
            if behind > end:
                raise DecodeError("ends early")
            known = layout.get(tag)
            if known is not None:
                inside, more = known
                count += more
                if inside is None:  # packed numbers
                    count += length
                elif inside is not _TEXT:
                    _deeper(outer, (end, layout, group))
                    end, layout, group = behind, inside, 0
                    continue
                elif length > _SHORT:
                    piece = data[place:behind]
                    count += length - len(piece.translate(None, _CONTROLS))
            place = behind
        elif kind == 0:
            place += 1
            if data[place - 1] & 0x80:
                _, place = _varint(data, place - 1)
        elif kind in _FIXED:
            place += _FIXED[kind]
        elif kind == _GROUP:
            _deeper(outer, (end, layout, group))
            layout, group = {}, tag >> 3
        elif kind == _GROUP_END and group == tag >> 3:
            _, layout, group = outer.pop()
        else:
            raise DecodeError("has a field of no kind")
    return count


def _deeper(outer: list[tuple[int, Layout, int]], here: tuple[int, Layout, int]) -> None:
    if len(outer) >= _DEEPEST:
        raise DecodeError("nests too deeply")
    outer.append(here)


def _varint(data: bytes, place: int) -> tuple[int, int]:
    """A varint, and the first byte behind it."""
    value = 0
    for number in range(_LONGEST):
        byte = data[place + number]
        value |= (byte & 0x7F) << 7 * number
        if byte < 0x80:
            return value, place + number + 1
    raise DecodeError("has a number that does not end")


@cache
def _layout(descriptor: Descriptor) -> Layout:
    found: Layout = {}
    _layouts[descriptor.full_name] = found
    for field in descriptor.fields:
        more = _HEAVY.get(field.full_name, 1) - 1
        inside: Layout | None
        if field.message_type is not None:
            name = field.message_type.full_name
            inside = _layouts[name] if name in _layouts else _layout(field.message_type)
        elif field.full_name in _UNREAD:
            continue
        elif field.type in (FieldDescriptor.TYPE_STRING, FieldDescriptor.TYPE_BYTES):
            inside = _TEXT
        elif field.is_repeated:
            inside = None
        else:
            continue
        found[field.number << 3 | 2] = (inside, more)
    return found


@cache
def _weight(descriptor: Descriptor) -> int:
    """For how many fields one may count at most, of all that are in such a message."""
    seen, left, most = set(), [descriptor], 1
    while left:
        each = left.pop()
        if each.full_name in seen:
            continue
        seen.add(each.full_name)
        for field in each.fields:
            most = max(most, _HEAVY.get(field.full_name, 1))
            if field.message_type is not None:
                left.append(field.message_type)
    return most


#: By name, those that were made: types contain each other.
_layouts: dict[str, Layout] = {}
