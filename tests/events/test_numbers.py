"""Tests of 1.x's numbers."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st
from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.events.numbers import in_ms, leading_integer, number, wrap32


class NumberTests(SynchronousTestCase):
    """Numbers of 32 bits, and doubles."""

    def test_wrap(self) -> None:
        """Only the low 32 bits count, and the highest of them is the sign."""
        for value, wrapped in (
            (0, 0),
            (-1, -1),
            (0x7FFF_FFFF, 0x7FFF_FFFF),
            (0x8000_0000, -0x8000_0000),
            (0xFFFF_FFFF_FFFF_FFFF, -1),
            (-0x8000_0001, 0x7FFF_FFFF),
        ):
            self.assertEqual(wrapped, wrap32(value))

    def test_doubles(self) -> None:
        """Integers beyond 2^53 have a double's digits, padded with zeros."""
        self.assertEqual(9007199254740992, number(9007199254740993))
        self.assertEqual(18446744073709552000, number(18446744073709551615))
        self.assertEqual("100", json.dumps(number(1e2)))
        self.assertEqual("0", json.dumps(number(-0.0)))
        self.assertEqual(0.5, number(0.5))
        for nothing in (float("nan"), float("inf"), float("-inf"), 10**400):
            self.assertIsNone(number(nothing))

    @given(st.one_of(st.floats(), st.integers()))
    def test_same_double(self, value: float) -> None:
        """What is printed gives the same double back."""
        printed = number(value)
        if printed is not None:
            self.assertEqual(float(value), float(json.dumps(printed)))

    def test_leading_integer(self) -> None:
        """A text's front is read; what follows it is ignored."""
        for source, expected in (
            ("12", 12),
            ("\n 7 lvl", 7),
            ("-4", -4),
            ("0X1f", 31),
            ("9007199254740993", 9007199254740992),
            ("- 4", None),
            ("", None),
            ("²", None),
            ("0xG", None),
            ("0x" + "f" * 400, None),
            ("9" * 5000, None),
        ):
            self.assertEqual(expected, leading_integer(source), source)


class InMillisecondsTests(SynchronousTestCase):
    """Times of either unit."""

    def test_both(self) -> None:
        """Seconds are converted, milliseconds and nothing stay as they are."""
        self.assertEqual(
            [1_700_000_000_000, 1_700_000_000_123, 0, -1],
            [in_ms(time) for time in (1_700_000_000, 1_700_000_000_123, 0, -1)],
        )
