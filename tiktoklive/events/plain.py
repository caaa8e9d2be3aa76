"""Any message as plain JSON values, for the types that 1.x had no shape for."""

from __future__ import annotations

import base64
import math
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message

from tiktoklive.wire.text import text

#: Deeper messages than this cannot come off the wire: protobuf's own limit.
_DEEPEST = 100

_LONG = {FieldDescriptor.CPPTYPE_INT64, FieldDescriptor.CPPTYPE_UINT64}
_REAL = {FieldDescriptor.CPPTYPE_DOUBLE, FieldDescriptor.CPPTYPE_FLOAT}


def as_plain(message: Message) -> dict[str, Any]:
    """
    A message as JSON values.

    Keys are the field names in lowerCamelCase; only fields that were on the wire appear, unknown
    ones don't.  64-bit integers are decimal text; ``bytes`` are text if they are UTF-8, base64 if
    not; malformed sequences in texts are U+FFFD; enums are integers; NaN and infinity are
    ``None``; maps are lists of ``{"key": ..., "value": ...}``.

    :return: a new ``dict`` that :func:`json.dumps` takes.  Never raises.
    """
    return _message(message, _DEEPEST)


def _message(message: Message, depth: int) -> dict[str, Any]:
    shape: dict[str, Any] = {}
    for field, value in message.ListFields():
        name, many, convert, entries = _rule(field)
        if convert is None:
            if depth <= 0:
                continue
            if entries is not None:
                shape[name] = _entries(value, entries, depth)
            elif many:
                shape[name] = [_message(item, depth - 1) for item in value]
            else:
                shape[name] = _message(value, depth - 1)
        elif many:
            shape[name] = [convert(item) for item in value]
        else:
            shape[name] = convert(value)
    return shape


def _entries(value: Any, entries: Any, depth: int) -> list[dict[str, Any]]:
    """A protobuf map as a list of its entries."""
    _, _, convert_key, _ = _rule(entries.fields_by_name["key"])
    _, _, convert, _ = _rule(entries.fields_by_name["value"])
    assert convert_key is not None  # a key is never a message
    return [
        {
            "key": convert_key(key),
            "value": _message(value[key], depth - 1) if convert is None else convert(value[key]),
        }
        for key in _keys(value)
    ]


def _keys(value: Iterable[Any]) -> list[Any]:
    """The keys of a map in an order that doesn't change from run to run."""
    return sorted(value, key=lambda key: (str(type(key)), key))


@cache
def _rule(
    field: FieldDescriptor,
) -> tuple[str, bool, Callable[[Any], Any] | None, Any]:
    """Of a field: its JSON name, whether it repeats, what converts a value, its map entry.

    The converter of sub-messages is ``None``: they are walked, not converted.
    """
    name = field.json_name
    many = field.is_repeated
    kind = field.cpp_type
    entries = None
    convert: Callable[[Any], Any] | None
    if kind == FieldDescriptor.CPPTYPE_MESSAGE:
        convert = None
        entry = field.message_type
        if many and entry is not None and entry.GetOptions().map_entry:
            entries = entry
    elif kind in _LONG:
        convert = str
    elif kind in _REAL:
        convert = _real
    elif kind == FieldDescriptor.CPPTYPE_STRING:
        convert = text if field.type == FieldDescriptor.TYPE_STRING else _bytes
    elif kind == FieldDescriptor.CPPTYPE_BOOL:
        convert = bool
    else:
        convert = int
    return name, many, convert, entries


def _real(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _bytes(value: bytes) -> str:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return base64.b64encode(value).decode("ascii")
