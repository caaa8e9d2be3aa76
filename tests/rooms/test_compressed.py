"""JSON objects that are kept for long and looked at seldom."""

from __future__ import annotations

import json
import tracemalloc
from typing import Any

from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.rooms.details import CompressedJson


class CompressedJsonTests(SynchronousTestCase):
    """A :class:`CompressedJson` object."""

    value: dict[str, Any] = {
        "id": 7_300_000_000_000_000_001,
        "title": "naïve \N{GRINNING FACE} \ud83d",
        "owner": {"stats": [1, 2.5, None, True]},
    }

    def test_same(self) -> None:
        """It is what was packed: keys, order, values, and as a dict."""
        packed = CompressedJson(self.value)
        self.assertEqual(self.value, dict(packed))
        self.assertEqual(list(self.value), list(packed))
        self.assertEqual(packed, self.value)
        self.assertEqual((3, [1, 2.5, None, True]), (len(packed), packed["owner"]["stats"]))
        self.assertIsNone(packed.get("missing"))
        self.assertRaises(KeyError, packed.__getitem__, "missing")

    def test_many(self) -> None:
        """More of them than stay open are told apart."""
        many = [CompressedJson({"number": number}) for number in range(50)]
        self.assertEqual(list(range(50)), [each["number"] for each in many])
        self.assertEqual(0, many[0]["number"])

    def test_small(self) -> None:
        """It takes a fraction of the memory of the objects."""
        texts = [
            json.dumps(
                {str(key): {"id": key, "urls": [f"https://{n}/{key}"]} for key in range(500)}
            )
            for n in range(20)
        ]
        tracemalloc.start()
        self.addCleanup(tracemalloc.stop)
        plain = [json.loads(text) for text in texts]
        whole = tracemalloc.get_traced_memory()[0]
        packed = [CompressedJson(each) for each in plain]
        del plain
        left = tracemalloc.get_traced_memory()[0]
        self.assertEqual(20, len(packed))
        self.assertLess(left * 5, whole)

    def test_repr(self) -> None:
        """Its repr does not fill the log."""
        self.assertLess(len(repr(CompressedJson({"text": "x" * 100_000}))), 80)
