"""
JSON of others, bounded before it is read: how many values it has, how deep, how much memory.

And its numbers and ids, which are written in either way.
"""

from __future__ import annotations

import json
import re
from typing import Any, Final

from tiktoklive.wire.limits import MAX_VALUES

#: How deep lists and objects may nest: far below what exhausts Python's stack.
DEEPEST: Final = 100

#: Bytes of memory that may be taken, as far as they can be told before.
_ROOM: Final = 24 * 1024 * 1024

#: Bytes that one value takes, with its share of the list or object that it is in, without its text.
_VALUE: Final = 110

_STEPS: Final = {ord("["): 1, ord("{"): 1, ord("]"): -1, ord("}"): -1}
_NO_BRACKETS: Final = bytes(set(range(256)) - set(_STEPS) - {ord('"')})
_FOUR_BYTES: Final = bytes(range(0xF0, 0x100))
_RUN: Final = re.compile(rb'"[^"]*"?|([^"]+)')


class JsonTooLargeError(ValueError):
    """JSON has more values, nests deeper, or takes more memory, than allowed."""


def read_json(data: bytes | str, *, values: int = MAX_VALUES) -> Any:
    """
    Read JSON that comes from outside.

    :param values: how many values and names it may have.  Told by the marks between them, those
        in texts included, so that it may have fewer.
    :raise JsonTooLargeError: it has more, nests deeper than 100, or would take too much memory.
    :raise ValueError: it is no JSON.
    """
    _check(data, values)
    return json.loads(data)


def read_first_json(data: bytes, *, values: int = MAX_VALUES) -> Any:
    """Likewise the JSON with which something begins; what follows it counts as well."""
    _check(data, values)
    return json.JSONDecoder().raw_decode(data.decode("utf-8", "replace"))[0]


def _check(data: bytes | str, values: int) -> None:
    if isinstance(data, str):
        marks, width = data.encode("utf-8", "replace"), 1 if data.isascii() else 4
    else:
        marks, width = data, _width(data)
    openings = marks.count(b"[") + marks.count(b"{")
    count = openings + marks.count(b",") + marks.count(b":")
    if count > values:
        raise JsonTooLargeError(f"it has more than {values} values")
    # The text is there as bytes, as one text and in the values.
    if len(data) * (1 + 2 * width) + count * _VALUE > _ROOM:
        raise JsonTooLargeError(f"it is {len(data)} bytes of text and {count} values")
    if openings > DEEPEST and _depth(marks, count) > DEEPEST:
        raise JsonTooLargeError(f"it nests deeper than {DEEPEST}")


def _width(data: bytes) -> int:
    """How many bytes a character takes in memory, at most."""
    if not json.detect_encoding(data).startswith("utf-8"):
        raise ValueError("it is not UTF-8")
    if data.isascii():
        return 1
    # Only what begins with such a byte takes more than two.
    return 2 if len(data.translate(None, _FOUR_BYTES)) == len(data) else 4


def _depth(data: bytes, count: int) -> int:
    """
    How deep a JSON text nests; every step looks at each byte once.

    :param count: how many marks stand between its values.
    :raise ValueError: it has more texts than there may be between them, so it is no JSON; telling
        them apart would cost a hundred times their size.
    """
    data = data.replace(b"\\\\", b"").replace(b'\\"', b"").translate(None, _NO_BRACKETS)
    if data.count(b'"') > 2 * (count + 1):
        raise ValueError("it has quotation marks where none can be")
    depth = deepest = 0
    for found in _RUN.finditer(data):  # one after the other: all at once take their own memory
        if found[1] is not None:
            for step in map(_STEPS.__getitem__, found[1]):
                depth += step
                if depth > deepest:
                    deepest = depth
    return deepest


def number(value: object) -> int | None:
    """A whole number, written as such or as text."""
    text = digits(value)
    return int(text) if text else None


def digits(value: object) -> str | None:
    """
    Decimal text of an id, without leading zeros; ``""`` for none given, ``None`` for something of
    no form.
    """
    if value is None or value == "":
        return ""
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1 << 64:
        return str(value)
    if isinstance(value, str) and len(value) <= 20 and value.isascii() and value.isdigit():
        return str(int(value)) if int(value) < 1 << 64 else None
    return None
