"""JSON of others, bounded before it is read."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st
from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.wire.jsonread import (
    JsonTooLargeError,
    digits,
    number,
    read_first_json,
    read_json,
)

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=20,
)


class ReadTests(SynchronousTestCase):
    """What is read, and what is not."""

    @given(VALUES)
    def test_as_json(self, value: object) -> None:
        """What is not too large is read as ever, as bytes and as text."""
        for text in (json.dumps(value), json.dumps(value, ensure_ascii=False)):
            self.assertEqual(value, read_json(text))
            self.assertEqual(value, read_json(text.encode()))
            if text[0] in "[{":
                self.assertEqual(value, read_first_json(text.encode() + b";x=1"))

    def test_values(self) -> None:
        """Values count, and names."""
        self.assertEqual([0] * 9, read_json(b"[0,0,0,0,0,0,0,0,0]", values=9))
        self.assertRaises(JsonTooLargeError, read_json, b"[0,0,0,0,0,0,0,0,0,0]", values=9)
        self.assertRaises(JsonTooLargeError, read_json, b'{"a":0,"b":0}', values=3)

    def test_depth(self) -> None:
        """A hundred levels are read; brackets in texts are none, however these are written."""
        self.assertTrue(read_json(b"[" * 100 + b"]" * 100))
        self.assertRaises(JsonTooLargeError, read_json, b"[" * 101 + b"]" * 101)
        for text in ("[" * 200, '\\"' + "[" * 200, "\\\\", '"' * 3 + "{" * 200):
            self.assertEqual([text] * 2, read_json(json.dumps([text] * 2)))
        # A text that does not end hides nothing that is before it.
        self.assertRaises(JsonTooLargeError, read_json, b"[" * 101 + b'"]]]]' + b'\\"' * 9)

    def test_quotes(self) -> None:
        """More quotation marks than there can be texts are no JSON, and are not told apart."""
        nested = b"[" * 101 + b"]" * 101
        with self.assertRaisesRegex(ValueError, "quotation marks"):
            read_json(b"[" + nested + b"," + b'"' * 1000 + b"]")
        self.assertRaises(JsonTooLargeError, read_json, b'["a","b",' + nested + b"]")

    def test_memory(self) -> None:
        """A long text is read; one that takes four bytes for each character must be shorter."""
        self.assertEqual(4_000_000, len(read_json(b'"' + b"x" * 4_000_000 + b'"')))
        wide = "\U0001f600".encode()
        self.assertRaises(JsonTooLargeError, read_json, b'"' + b"x" * 4_000_000 + wide + b'"')
        self.assertRaises(JsonTooLargeError, read_json, '"' + "x" * 4_000_000 + '\U0001f600"')

    def test_no_json(self) -> None:
        """What is none is told as such, and so is what is not UTF-8."""
        for data in (b"", b"<html>", b"\xff\xfe[\x00]\x00", b"\xff", b"1" * 5000):
            self.assertRaises(ValueError, read_json, data)


class NumberTests(SynchronousTestCase):
    """Ids, written in either way."""

    def test_digits(self) -> None:
        """Whole numbers of 64 bits, without sign; nothing is ``""``, other things ``None``."""
        largest = (1 << 64) - 1
        for value, wanted in (
            (None, ""),
            ("", ""),
            (0, "0"),
            (largest, str(largest)),
            (str(largest), str(largest)),
            (largest + 1, None),
            (str(largest + 1), None),
            ("0" * 20, "0"),
            ("00", "0"),
            ("0123", "123"),
            ("0" * 21, None),
            (-1, None),
            ("-1", None),
            (True, None),
            ("²", None),
            (1.5, None),
        ):
            self.assertEqual(wanted, digits(value), repr(value))
        self.assertEqual([7, None, None], [number(value) for value in ("7", "", "x")])
