"""Numbers as the 1.x client had them: 32 bits that wrap, and doubles."""

from __future__ import annotations

import math
import re

#: Up to here a double holds every integer.
EXACT = 1 << 53

#: Integers of fewer digits are exact in a double.
_EXACT_DIGITS = 16

#: From here on ECMAScript prints an exponent.
_EXPONENT_FROM = 1e21

# White space is ECMAScript's, digits are ASCII only.
_LEADING_INTEGER = re.compile(
    "[\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]*"
    "([+-]?)(?:0[xX]([0-9a-fA-F]*)|([0-9]+))"
)


def wrap32(value: int) -> int:
    """The low 32 bits of an integer, signed: what 1.x reads from an ``int32`` field."""
    if -0x8000_0000 <= value <= 0x7FFF_FFFF:
        return value  # nearly always
    return ((value + 0x8000_0000) & 0xFFFF_FFFF) - 0x8000_0000


def number(value: float) -> int | float | None:
    """
    The JSON number that a double prints as in ECMAScript.

    :return: an ``int`` of the shortest digits that give the same double back, padded with zeros
        (9007199254740993 gives 9007199254740992); a ``float`` for fractions and from 1e21 on;
        ``None`` for what JSON has no number for.
    """
    if -EXACT <= value <= EXACT and value == (whole := int(value)):
        return whole
    try:
        double = float(value)
    except OverflowError:
        return None
    if not -_EXPONENT_FROM < double < _EXPONENT_FROM:
        return double if math.isfinite(double) else None
    if not double.is_integer():
        return double
    digits, _, exponent = repr(double).partition("e+")
    if not exponent:
        return int(double)
    digits, _, fraction = digits.partition(".")
    return int(digits + fraction + "0" * (int(exponent) - len(fraction)))


def leading_integer(value: str) -> int | float | None:
    """
    The number at the front of a text, as ECMAScript's ``parseInt`` reads it.

    :param value: ``"12"``, ``" 7 lvl"``, ``"0x1F"``; what follows the digits is ignored.
    :return: the number as :func:`number` prints it; ``None`` when there are no digits.
    """
    if value.isdecimal() and value.isascii() and len(value) < _EXACT_DIGITS:
        return int(value)  # nearly always
    found = _LEADING_INTEGER.match(value)
    if found is None:
        return None
    sign, hexadecimal, decimal = found.groups()
    if decimal is None:
        if not hexadecimal:
            return None
        amount = number(int(hexadecimal, 16))
    else:
        amount = number(float(decimal))
    return -amount if sign == "-" and amount is not None else amount


def in_ms(time: int) -> int:
    """
    A time in milliseconds since 1970; 0 stays 0.

    Some of TikTok's times are in seconds and some in milliseconds, whatever their field is called:
    those in captions are called ``timestamp_ms`` and are seconds.

    :param time: in seconds if it is below 10**11, which is the year 5138, or March 1973.
    """
    return time * 1000 if 0 < time < 100_000_000_000 else time
