"""JSON as ECMAScript writes and reads it, where Python's differs."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from json.encoder import encode_basestring
from typing import Any, cast

from tiktoklive.events.numbers import number

_compact = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode

_SURROGATE = re.compile("[\ud800-\udfff]")

#: Where Python writes ``1e-05`` or ``1e-07``, ECMAScript has ``0.00001`` and ``1e-7``.
_SMALL = "e-0"

_HIGHEST_INDEX = 4294967294

#: How deep JSON inside a message may nest; far below what exhausts Python's stack.
_DEEPEST = 100

#: Characters that JSON inside a message may have; that of real ones has some hundreds.
_LONGEST = 262_144

#: A bracket, or a string, which may have no end: what was read once is never read again.
_BRACKETS = re.compile(r"""[{}\[\]]|"[^"\\]*+(?:\\.[^"\\]*+)*+"?""", re.DOTALL)
_OPENING, _CLOSING = frozenset("{["), frozenset("}]")

_BLANKS = " \t\n\r"

#: Integers of so few digits are exact in a double.
_EXACT_DIGITS = 15


def to_json(value: Any) -> str:
    """
    The JSON text of a shape, as ECMAScript prints it: compact, raw UTF-8.

    The text can always be encoded: a lone surrogate, possible in ``monitorExtra`` only, is
    escaped.

    :param value: what ``as_dict()`` gave, or a list or ``dict`` around such.
    """
    written = _compact(value)
    if _SMALL in written:
        written = "".join(_write(value))
    if not written.isascii():
        try:
            written.encode()
        except UnicodeEncodeError:
            return _SURROGATE.sub(lambda lone: f"\\u{ord(lone[0]):04x}", written)
    return written


def _write(value: Any) -> Iterator[str]:
    """The same as the encoder of :mod:`json`, but for small fractions; seldom needed."""
    if isinstance(value, dict):
        yield "{"
        comma = ""
        for key, item in value.items():
            yield f"{comma}{encode_basestring(str(key))}:"
            yield from _write(item)
            comma = ","
        yield "}"
    elif isinstance(value, list | tuple):
        yield "["
        comma = ""
        for item in value:
            yield comma
            yield from _write(item)
            comma = ","
        yield "]"
    elif isinstance(value, float) and 0 < abs(value) < 1e-4:
        yield _small(value)
    else:
        yield _compact(value)


def _small(value: float) -> str:
    """A fraction in plain notation down to 1e-6, with a bare exponent below."""
    if abs(value) >= 1e-6:
        return format(Decimal(repr(value)), "f")
    mantissa, _, exponent = repr(value).partition("e-")
    return f"{mantissa}e-{exponent.lstrip('0')}"


def parse_object(source: str) -> dict[str, Any] | None:
    """
    Read a JSON object as strictly as ECMAScript.

    Every number is a double, printed by :func:`~tiktoklive.events.numbers.number`; keys that are
    array indexes come first, in ascending order.

    :return: ``None`` when the text doesn't start with ``{``, isn't JSON, nests deeper than 100
        levels, or has more than 256 Ki characters.
    """
    if len(source) > _LONGEST or not source.startswith("{"):
        return None
    openings = source.count("{") + source.count("[")
    if openings > _DEEPEST and _is_too_deep(source):
        return None
    try:
        found, end = (_SHORT if len(source) <= _SHORT_TEXT else _LONG).raw_decode(source)
    except (ValueError, RecursionError):
        return None
    if source[end:].strip(_BLANKS):
        return None
    if openings == 1 and not any(map(str.isdigit, found)):
        return cast("dict[str, Any]", found)  # it began with a brace
    return _indexes_first(cast("dict[str, Any]", found))


def _is_too_deep(source: str) -> bool:
    """Whether a JSON text nests deeper than is read, in one pass over it."""
    depth = 0
    for found in _BRACKETS.finditer(source):
        bracket = found[0]
        if bracket in _OPENING:
            depth += 1
            if depth > _DEEPEST:
                return True
        elif bracket in _CLOSING:
            depth -= 1
    return False


def _integer(digits: str) -> int | float | None:
    return int(digits) if len(digits) <= _EXACT_DIGITS else number(float(digits))


def _fraction(digits: str) -> int | float | None:
    double = float(digits)
    return number(double) if double.is_integer() or not math.isfinite(double) else double


def _no_constant(word: str) -> Any:
    raise ValueError(word)


def _indexes_first(read: dict[str, Any]) -> dict[str, Any]:
    """Put the keys that are array indexes in front, in every object inside, too."""
    indexes = []
    for key, value in read.items():
        if key.isdigit() and _is_index(key):
            indexes.append(key)
        if isinstance(value, dict):
            read[key] = _indexes_first(value)
        elif isinstance(value, list):
            _sort_in(value)
    if not indexes:
        return read
    return {key: read.pop(key) for key in sorted(indexes, key=int)} | read


def _sort_in(values: list[Any]) -> None:
    for place, value in enumerate(values):
        if isinstance(value, dict):
            values[place] = _indexes_first(value)
        elif isinstance(value, list):
            _sort_in(value)


def _is_index(key: str) -> bool:
    return (
        len(key) <= 10
        and key.isascii()
        and (key[0] != "0" or key == "0")
        and int(key) <= _HIGHEST_INDEX
    )


#: Of texts up to here, the numbers are remembered: those of a room come with every gift.
_SHORT_TEXT = 4096

_SHORT = json.JSONDecoder(
    parse_int=lru_cache(maxsize=512)(_integer),
    parse_float=_fraction,
    parse_constant=_no_constant,
)
_LONG = json.JSONDecoder(parse_int=_integer, parse_float=_fraction, parse_constant=_no_constant)
