"""Tests of JSON as ECMAScript writes and reads it."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st
from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.events.jsontext import parse_object, to_json

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    # Any code point, lone surrogates too.
    | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


class WriteTests(SynchronousTestCase):
    """Writing."""

    def test_compact(self) -> None:
        """There are no blanks, and only what must be escaped is."""
        self.assertEqual(
            '{"a":[1,null,true],"é\u2028":"\\"\\\\\\n\\u0001\x7f😀"}',
            to_json({"a": [1, None, True], "é\u2028": '"\\\n\x01\x7f😀'}),
        )

    def test_small_fractions(self) -> None:
        """Fractions are written as ECMAScript does; texts that look like them stay."""
        self.assertEqual(
            '{"a":[0.00001,-0.000001,1.5e-7,0.0001,1e+21,1e-100],"b":"1e-05","c":{}}',
            to_json({"a": [1e-5, -1e-6, 1.5e-7, 1e-4, 1e21, 1e-100], "b": "1e-05", "c": {}}),
        )

    def test_lone_surrogate(self) -> None:
        """A lone surrogate is escaped, so that the text can be encoded."""
        self.assertEqual(b'["\\ud800\xc3\xa9"]', to_json(["\ud800é"]).encode())

    @given(VALUES)
    def test_reads_back(self, value: object) -> None:
        """Whatever is written can be encoded, and reads back the same."""
        again = json.loads(to_json(value).encode())
        # A pair of surrogates comes back as the one character that it stands for.
        self.assertEqual(json.loads(json.dumps(value)), again)


class ReadTests(SynchronousTestCase):
    """Reading."""

    def test_blanks(self) -> None:
        """JSON's blanks may follow, others may not, and none may lead."""
        self.assertEqual({}, parse_object("{} \t\r\n"))
        for source in ("{}\u00a0", "{}\f", " {}", "\ufeff{}", "{} {}"):
            self.assertIsNone(parse_object(source), source)

    def test_indexes_first(self) -> None:
        """Keys that are array indexes come first, at every depth."""
        found = parse_object('{"b":[[{"y":0,"1":0}]],"2":{"x":0,"0":0},"00":0,"1":0}')
        self.assertEqual(
            '{"1": 0, "2": {"0": 0, "x": 0}, "b": [[{"1": 0, "y": 0}]], "00": 0}',
            json.dumps(found),
        )

    @given(
        st.dictionaries(
            st.text(),
            st.floats(-(2.0**53), 2.0**53) | st.just(float("nan")) | st.text() | st.none(),
            max_size=4,
        )
    )
    def test_agrees(self, value: dict[str, object]) -> None:
        """What Python writes without its own words is read as the same values."""
        source = json.dumps(value)
        found = parse_object(source)
        if found is None:
            self.assertIn("NaN", source)
        else:
            self.assertEqual(json.loads(source), found)
