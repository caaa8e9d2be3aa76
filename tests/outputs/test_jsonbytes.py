"""JSON as bytes, by either means."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum, IntEnum
from itertools import islice
from types import MappingProxyType
from typing import Any, NamedTuple

from hypothesis import given
from twisted.trial.unittest import SkipTest, SynchronousTestCase

from tests.events.test_classic import SHARED, lines_of
from tests.events.test_jsontext import VALUES
from tiktoklive.events import decode
from tiktoklive.outputs import jsonbytes
from tiktoklive.outputs.jsonbytes import by_json, dumps, loads
from tiktoklive.simulator.lifelike import RandomScript

SCRIPT = RandomScript(9)


class Color(Enum):
    """Not a number."""

    RED = "red"


class Level(IntEnum):
    """A number."""

    HIGH = 3


class Pair(NamedTuple):
    """Two."""

    one: int
    two: str


@dataclass
class Thing:
    """Something."""

    name: str


class EitherTests(SynchronousTestCase):
    """The standard library's way, and whichever is in use: with orjson, that one."""

    def both(self, value: Any) -> bytes:
        """What both write."""
        written = by_json(value)
        self.assertEqual(written, dumps(value))
        return written

    def test_plain(self) -> None:
        """No blanks, no escapes but those that JSON asks for; keys keep their order."""
        self.assertEqual(
            '{"b":[1,null,true,-0.5],"a":"é\u2028\\"\\\\\\n\\u0001\x7f😀"}'.encode(),
            self.both({"b": [1, None, True, -0.5], "a": 'é\u2028"\\\n\x01\x7f😀'}),
        )

    def test_integers(self) -> None:
        """Integers are exact, however long they are."""
        for number in (2**53 + 1, 2**64 - 1, -(2**63), 2**64, -(2**63) - 1, 10**60):
            self.assertEqual(str(number).encode(), self.both(number))
        self.assertEqual(b'{"a":[18446744073709551616]}', self.both({"a": [2**64]}))

    def test_no_number(self) -> None:
        """What JSON has no number for is null, beside a long integer as well."""
        strange = [float("nan"), float("inf"), -float("inf"), {"a": (float("nan"),)}]
        self.assertEqual(b'[null,null,null,{"a":[null]}]', self.both(strange))
        self.assertEqual(b"[null,18446744073709551616]", self.both([float("nan"), 2**64]))

    def test_lone_surrogates(self) -> None:
        """Half a character becomes its escape, as a key too."""
        self.assertEqual(b'{"\\ud83d":"\\ude00x"}', self.both({"\ud83d": "\ude00x"}))

    def test_unknown_values(self) -> None:
        """What JSON has no value for is written as the nearest, or as its text."""
        now = datetime(2026, 1, 31, 12, tzinfo=UTC)
        for value, text in (
            (ValueError("gone"), '"gone"'),
            (MappingProxyType({"a": 1}), '{"a":1}'),
            (Counter("aa"), '{"a":2}'),
            ({5}, "[5]"),
            (frozenset(), "[]"),
            ((1, 2), "[1,2]"),
            (Pair(1, "b"), '[1,"b"]'),
            (Color.RED, '"red"'),
            (Level.HIGH, "3"),
            (now, f'"{now}"'),
            (now.date(), '"2026-01-31"'),
            (Thing("x"), json.dumps(str(Thing("x")))),
            (b"\xff", json.dumps(str(b"\xff"))),
            ({1: 2, None: 3}, '{"1":2,"null":3}'),
        ):
            with self.subTest(text):
                self.assertEqual(text.encode(), self.both(value))
                self.assertEqual(f'{{"a":[{text}]}}'.encode(), self.both({"a": [value]}))

    def test_deep(self) -> None:
        """JSON that nests deeper than orjson goes is written all the same."""
        value: Any = []
        for _ in range(300):
            value = [value]
        self.assertEqual(b"[" * 301 + b"]" * 301, self.both(value))

    @given(VALUES)
    def test_reads_back(self, value: object) -> None:
        """Whatever is written reads back as what the standard library makes of it."""
        expected = json.loads(json.dumps(value))
        self.check(expected, value)

    def test_loads(self) -> None:
        """What was written is read, by either; what is no JSON is a ValueError."""
        for parser in (jsonbytes.orjson, None):
            self.patch(jsonbytes, "orjson", parser)
            for value in ({"a": [1, 2.5, None, "é\n"]}, 2**70, "\ud800"):
                self.assertEqual(value, loads(by_json(value)))
            for text in (b"", b"{", b"\xff", b'{"a": 1} 2'):
                self.assertRaises(ValueError, loads, text)

    def check(self, expected: object, value: object) -> None:
        """Both read back as this."""
        writers: tuple[Callable[[Any], bytes], ...] = (by_json, dumps)
        for write in writers:
            self.assertEqual(expected, json.loads(write(value)))

    def test_captured(self) -> None:
        """Every captured message reads back as its shape."""
        for _, line in lines_of(SHARED / "captures" / "messages.jsonl"):
            shape = decode(line["type"], bytes.fromhex(line["payload_hex"])).as_dict()
            self.check(shape, shape)

    def test_in_use(self) -> None:
        """Where orjson is installed, it is what writes."""
        if jsonbytes.orjson is None:
            raise SkipTest("The extra 'fast' is not installed.")
        self.patch(jsonbytes, "by_json", None)
        self.assertEqual(b"[1]", dumps([1]))


class WithoutTests(SynchronousTestCase):
    """Without orjson."""

    def test_encoder(self) -> None:
        """The encoder in C that is made once writes what the documented one writes."""
        if jsonbytes._pieces is None:
            raise SkipTest("This Python has none.")
        values: list[Any] = [decode(m, p).as_dict() for m, p, _ in islice(SCRIPT.messages(), 200)]
        values += [{1: None, "é\u2028": [1.5, 1e-7, True, {}]}, "x", [], {5}, Level.HIGH, 2**70]
        values += [float("nan"), [{"a": float("-inf")}], {"\ud83d": Color.RED}]
        written = [by_json(value) for value in values]
        self.patch(jsonbytes, "_pieces", None)
        self.assertEqual([by_json(value) for value in values], written)

    def test_without(self) -> None:
        """The standard library takes its place."""
        self.patch(jsonbytes, "orjson", None)
        self.assertEqual(b"[1e+16]", dumps([1e16]))
